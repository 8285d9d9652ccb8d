//! Both cases, argued at equal length and from the results alone: each side opens with its odds, and then has the strongest of
//! what else speaks for it. What speaks for neither is said as well.

use super::{WIDTH, quantile, weeks};
use crate::present::number::{amount, bill, odds};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Mean, Probability, Spread, Summary, When};

/// What names are cut to in an argument that would otherwise not fit its line, characters.
const SHORTER: [usize; 2] = [16, 10];
/// Characters before an argument.
const INDENT: usize = 4;

/// The lines of both cases, as many for either.
pub fn lines(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let facts = Facts::of(summary, verdict.leader.option);
    let mut lines = vec!["  For leaving".to_owned()];
    lines.extend(facts.for_leaving().map(|argument| facts.line(&argument)));
    lines.push("  For staying".to_owned());
    lines.extend(facts.for_staying().map(|argument| facts.line(&argument)));
    lines
}

/// What the arguments are made of.
struct Facts {
    own: String,
    base: String,
    /// Futures that end with the option no dearer, having left.
    cheaper: Probability,
    /// Futures that end with it dearer.
    dearer: Probability,
    /// The difference at the horizon.
    end: Spread,
    /// Invoices a month in the last year, option and baseline.
    invoices: (f64, f64),
    /// Hours a month in the last year, option and baseline.
    hours: (f64, f64),
    /// Engineer-weeks of the move.
    weeks: String,
    /// From when it costs less each month in half of futures.
    run_rate: When,
    /// "12 months": what the last year is called.
    months: String,
}

impl Facts {
    fn of(summary: &Summary, leader: usize) -> Self {
        let crossover = summary.headline(leader, Lens::Tco);
        let outcomes = crossover.outcomes;
        let dearer = Probability { count: outcomes.never.count + outcomes.ended_first.count, of: outcomes.never.of };
        let invoices =
            |i: usize| late(summary.options[i].costs[Lens::Invoices as usize].monthly.iter().map(|s| s.mean));
        let hours = |i: usize| late(summary.options[i].hours.iter().copied());
        let base = summary.baseline;
        Self {
            own: side::name(summary, leader),
            base: side::name(summary, base),
            cheaper: *crossover.ahead_at.last().expect("a series has month 0"),
            dearer,
            end: crossover.delta.last().expect("a series has month 0").clone(),
            invoices: (invoices(leader), invoices(base)),
            hours: (hours(leader), hours(base)),
            weeks: weeks(summary, leader),
            run_rate: crossover.run_rate[1].at,
            months: if summary.months == 1 { "month".to_owned() } else { format!("{} months", summary.months.min(12)) },
        }
    }

    fn for_leaving(&self) -> [String; 2] {
        let tail = self.tail(0.1, self.end.at(0.1) < 0.0);
        let opening = format!("{{own}} ends cheaper in {}{tail}.", number_of(self.cheaper));
        let (own, base) = self.invoices;
        let second = if own < base && bill(own, 0.0) != bill(base, 0.0) {
            self.invoices_differ()
        } else if lower(self.hours.0, self.hours.1) {
            self.hours_differ()
        } else if matches!(self.run_rate, When::Month(_) | When::FromStart) {
            "In half of futures each month costs less on {own} at the end than on {base}.".to_owned()
        } else {
            "Nothing else: neither its invoices nor its hours come out lower than on {base}.".to_owned()
        };
        [opening, second]
    }

    fn for_staying(&self) -> [String; 2] {
        let tail = self.tail(0.9, self.end.at(0.9) > 0.0);
        let opening = format!("{{base}} ends cheaper in {}{tail}.", number_of(self.dearer));
        let (own, base) = self.invoices;
        let second = if lower(self.hours.1, self.hours.0) {
            self.hours_differ()
        } else if base < own && bill(own, 0.0) != bill(base, 0.0) {
            self.invoices_differ()
        } else if !self.weeks.starts_with("no ") {
            format!("The move takes {} from other work, whatever comes of it.", self.weeks)
        } else {
            "Nothing else: neither its invoices nor its hours come out lower than on {own}.".to_owned()
        };
        [opening, second]
    }

    /// By how much a side wins in its best tenth, where it wins there at all.
    fn tail(&self, p: f64, wins: bool) -> String {
        let size = quantile(&self.end, p);
        if wins && size != "$0" { format!(", in 1 in 10 by over {size}") } else { String::new() }
    }

    fn invoices_differ(&self) -> String {
        let (own, base) = (bill(self.invoices.0, 0.0), bill(self.invoices.1, 0.0));
        format!("In the last {} {{own}} invoices {own} a month, {{base}} {base}.", self.months)
    }

    fn hours_differ(&self) -> String {
        let (own, base) = (amount(self.hours.0, 0.0), amount(self.hours.1, 0.0));
        format!("Running {{own}} takes {own} hours a month in the last {}, {{base}} {base}.", self.months)
    }

    /// An argument on one line: names are shortened where it takes that.
    fn line(&self, argument: &str) -> String {
        let with = |own: &str, base: &str| argument.replace("{own}", own).replace("{base}", base);
        let mut text = with(&self.own, &self.base);
        for longest in SHORTER {
            if text.chars().count() + INDENT > WIDTH {
                text = with(&side::cut(&self.own, longest), &side::cut(&self.base, longest));
            }
        }
        format!("{}{text}", " ".repeat(INDENT))
    }
}

/// The mean of a monthly series over its last twelve months.
fn late(series: impl Iterator<Item = Mean>) -> f64 {
    let all: Vec<f64> = series.map(|m| m.value).collect();
    let last = &all[all.len().saturating_sub(12)..];
    last.iter().sum::<f64>() / last.len().max(1) as f64
}

/// Whether one figure is lower than another as far as two figures show.
fn lower(one: f64, other: f64) -> bool {
    one < other && amount(one, 0.0) != amount(other, 0.0)
}

fn number_of(p: Probability) -> String {
    match odds(p).as_str() {
        "none" => "no future".to_owned(),
        some => format!("{some} futures"),
    }
}
