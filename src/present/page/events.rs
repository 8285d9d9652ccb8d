//! What may happen, and what each event does to the answer.

use crate::present::number::{in_futures, odds, span};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Ends, EventSummary, Mean, Summary};

/// A contribution below so many of its standard errors is noise.
const NOISE: f64 = 2.0;

/// The events that move the leader's difference from what the verdict compares it with by more than noise, the most weighty
/// first, a line for each.
pub fn lines(summary: &Summary, verdict: &Verdict, most: usize, longest_name: usize) -> Vec<String> {
    let moves = |event| Some((event, contribution(event, verdict)?));
    let mut weighty: Vec<(&EventSummary, Mean)> = summary.events.iter().filter_map(moves).collect();
    weighty.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let line = |(event, adds): &(&EventSummary, Mean)| line(summary, verdict, event, *adds, longest_name);
    weighty.iter().take(most).map(line).collect()
}

/// What may end, and what that is for the figures of the page: a line for each event that ends something.
pub fn ends(summary: &Summary) -> Vec<String> {
    let title = |event: &EventSummary| side::cut(&side::one_line(&event.title), side::LONGEST);
    let base = side::today(summary);
    let line = |event: &EventSummary| {
        let often = in_futures(event.happens());
        match event.ends {
            Ends::Nothing => None,
            Ends::Product => Some(format!(
                "The product ends in {often} ({}): from then on only what is owed is paid. Averages hold these futures too.",
                title(event)
            )),
            Ends::Platform(to) => Some(format!(
                "{base} must be left in {often} ({}): who is still there then moves to {}.",
                title(event),
                side::name(summary, to)
            )),
        }
    };
    summary.events.iter().filter_map(line).collect()
}

fn line(summary: &Summary, verdict: &Verdict, event: &EventSummary, adds: Mean, longest_name: usize) -> String {
    let leading = &verdict.rule.leading;
    let gains = if adds.value < 0.0 { leading.option } else { leading.with };
    let [title, name] =
        [side::one_line(&event.title), side::name(summary, gains)].map(|name| side::cut(&name, longest_name));
    format!(
        "May happen: {title} ({} within {}): {} for {name}, in the averages above.",
        odds(event.happens()),
        span(summary.months),
        summary.currency.money(adds.value, adds.se)
    )
}

/// What an event adds to the mean of the leader's difference from the other, where that is more than noise. Both are known
/// beside the baseline; whatever their errors have to do with each other, that of the difference is no larger than their sum.
fn contribution(event: &EventSummary, verdict: &Verdict) -> Option<Mean> {
    let leading = &verdict.rule.leading;
    let of = |option: usize| event.options.get(option)?.as_ref().map(|difference| difference.contribution);
    let own = of(leading.option)??;
    let (value, se) = match of(leading.with) {
        Some(other) => other.map(|other| (own.value - other.value, own.se + other.se))?,
        None => (own.value, own.se),
    };
    (value.abs() > NOISE * se).then_some(Mean { value, se, sd: f64::NAN })
}
