//! Why leaving is thought of, answered in sentences from the results.

use super::number::{amount, in_futures, span};
use super::side;
use crate::study::reasons::{Answered, Figures};
use crate::summary::{Mean, Reason, Summary};

/// What a reason is called.
#[must_use]
pub fn name(reason: &Reason) -> String {
    match reason {
        Reason::Bill => "the bill".to_owned(),
        Reason::Capacity => "capacity".to_owned(),
        Reason::Incidents => "incidents".to_owned(),
        Reason::Waiting => "waiting".to_owned(),
        Reason::OnePerson => "one person".to_owned(),
        Reason::Requirement { title, .. } => side::in_sentence(&side::one_line(title)),
    }
}

/// All reasons of one option in a sentence: where it is better than staying, where it is not, and what the file says nothing of.
#[must_use]
pub fn brief(summary: &Summary, answered: &[Answered], longest: usize) -> Option<String> {
    let option = side::cut(&side::name(summary, answered.first()?.option), longest);
    let group = |label: &str, is_one: &dyn Fn(&Answered) -> bool| {
        let own: Vec<String> = answered.iter().filter(|one| is_one(one)).map(|one| in_brackets(summary, one)).collect();
        (!own.is_empty()).then(|| format!("{label} {}", own.join(", ")))
    };
    let is_missing = |one: &Answered| one.figures == Figures::NotInTheFile;
    let is_same =
        |one: &Answered| matches!(one.figures, Figures::OnePerson { with, without } if with.count == without.count);
    let groups = [
        group("better on", &|one| one.mends == Some(true)),
        group("the same on", &is_same),
        group("no better on", &|one| one.mends == Some(false) && !one.worsens && !is_same(one)),
        group("worse on", &|one| one.worsens),
        group("nothing to mend:", &|one| one.mends.is_none() && !is_missing(one) && !is_same(one)),
        group("not in the file:", &is_missing),
    ];
    let said: Vec<String> = groups.into_iter().flatten().collect();
    Some(format!("Your reasons, with {option}: {}.", said.join("; ")))
}

/// A reason with its figures behind it: "the bill ($6,900 in the last month, not $33,000)".
fn in_brackets(summary: &Summary, answered: &Answered) -> String {
    let name = name(&answered.reason);
    let figures = match &answered.figures {
        Figures::NotInTheFile => return name,
        Figures::Bill { with, without, .. } => {
            format!(
                "{} in the last month, not {}",
                summary.currency.bill(with.value, with.se),
                summary.currency.bill(without.value, without.se)
            )
        }
        Figures::Capacity { with, without } => {
            format!("a plan outgrown in {}, not {}", in_futures(*with), in_futures(*without))
        }
        Figures::Incidents { hours, money } => {
            let [with, without] = hours.map(|mean| amount(mean.value, mean.se));
            let lost = lost(summary, money).map_or_else(String::new, |[with, without]| {
                format!("; {with} lost in {}, not {without}", span(summary.months))
            });
            format!("{with} hours a month, not {without}{lost}")
        }
        Figures::Waiting { with, without } => {
            format!("{} hours a month lost, not {}", amount(with.value, with.se), amount(without.value, without.se))
        }
        Figures::OnePerson { with, without } => match with.count == without.count {
            true => format!("at most one knows production at the end in {}, there as here", in_futures(*with)),
            false => format!(
                "at most one knows production at the end in {}, not {}",
                in_futures(*with),
                in_futures(*without)
            ),
        },
        Figures::Requirement { without: true, .. } => "met today".to_owned(),
        Figures::Requirement { with: false, .. } => "not met".to_owned(),
        Figures::Requirement { there, .. } if summary.options[answered.option].leaves => {
            format!("there in {} by the end", in_futures(*there))
        }
        Figures::Requirement { .. } => "met".to_owned(),
    };
    format!("{name} ({figures})")
}

/// What incidents lose beside hours, with the option and without; nothing where neither loses anything.
fn lost(summary: &Summary, money: &[Mean; 2]) -> Option<[String; 2]> {
    let is_any = money.iter().any(|mean| mean.value > 0.0);
    is_any.then(|| money.map(|mean| summary.currency.money(mean.value, mean.se)))
}

/// The answer alone: a sentence, its first letter as it stands behind a colon.
#[must_use]
pub fn says(summary: &Summary, answered: &Answered, longest: usize) -> String {
    let [own, base] = [answered.option, summary.baseline].map(|of| side::cut(&side::name(summary, of), longest));
    match &answered.figures {
        Figures::NotInTheFile => match answered.reason {
            Reason::Capacity => format!("the file has no limit that {base} could run into."),
            Reason::OnePerson => "the file does not say how many know production.".to_owned(),
            _ => "the file says nothing of it.".to_owned(),
        },
        Figures::Bill { with, without, .. } => {
            let [own_bill, base_bill] = [with, without].map(|mean| summary.currency.bill(mean.value, mean.se));
            format!("{own} bills {own_bill} in the last month, {base} {base_bill}.")
        }
        Figures::Capacity { with, without } => format!(
            "{base} outgrows its largest plan in {}, with {own} {}.",
            in_futures(*without),
            if with.count == 0 { "none is outgrown".to_owned() } else { format!("one in {}", in_futures(*with)) }
        ),
        Figures::Incidents { hours, money } => {
            let [with, without] = hours.map(|mean| amount(mean.value, mean.se));
            let lost = lost(summary, money).map_or_else(String::new, |[with, without]| {
                format!(", and lose {with} and {without} in {}", span(summary.months))
            });
            format!("in the last year they take {with} hours a month with {own}, {without} on {base}{lost}.")
        }
        Figures::Waiting { with, without } => format!(
            "in the last year it takes {} hours a month with {own}, {} on {base}.",
            amount(with.value, with.se),
            amount(without.value, without.se)
        ),
        Figures::OnePerson { with, without } => format!(
            "at most one person knows production at the end in {} with {own}, in {} on {base}.",
            in_futures(*with),
            in_futures(*without)
        ),
        Figures::Requirement { without: true, .. } => format!("{base} meets it."),
        Figures::Requirement { with: false, .. } => format!("neither {base} nor {own} meets it."),
        Figures::Requirement { there, .. } if summary.options[answered.option].leaves => {
            format!("{base} cannot meet it, {own} can: there in {} by the end.", in_futures(*there))
        }
        Figures::Requirement { .. } => format!("{base} cannot meet it, {own} can."),
    }
}

/// Whether the option mends it, in a word.
#[must_use]
pub const fn mends(answered: &Answered) -> &'static str {
    match answered.mends {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}
