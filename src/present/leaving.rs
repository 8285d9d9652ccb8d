//! What a project waits for, and when that comes, in words.

use super::number::{count, has_side, in_futures, month, odds, span, third};
use super::side;
use crate::summary::{Condition, Fact, Leaving, Mark, Side, Summary, When, all_at_once};

/// "the Heroku bill passes $12,000 a month or the contract is renewed".
#[must_use]
pub fn conditions(summary: &Summary, leaving: &Leaving) -> String {
    let all: Vec<String> = leaving.conditions.iter().map(|one| condition(summary, one)).collect();
    match all.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} or {other}"),
        [one, rest @ ..] => format!("{one} or one of {} other things happens", rest.len()),
        [] => "its time has come".to_owned(),
    }
}

fn condition(summary: &Summary, condition: &Condition) -> String {
    let base = side::today(summary);
    match condition {
        Condition::Bill(mark) => {
            let (sign, verb) = (summary.currency.sign(), verb(*mark, true));
            format!("the {base} bill {verb} {sign}{} a month{}", plain(mark.value), running(*mark))
        }
        Condition::Toil(mark) => format!(
            "running {base} {} {} % of developers' time{}",
            if mark.side == Side::Above { "takes more than" } else { "takes less than" },
            plain((mark.value * 1e4).round() / 100.0),
            running(*mark)
        ),
        Condition::Driver(name, unit, mark) => {
            let unit = side::one_line(unit);
            let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
            let name = side::cut(&side::one_line(&name.replace(['_', '-'], " ")), side::LONGEST);
            format!("{name} {} {}{unit}{}", verb(*mark, false), plain(mark.value), running(*mark))
        }
        Condition::Fact(fact, mark) => {
            let name = match fact {
                Fact::Services => "services",
                Fact::Regions => "regions",
                Fact::Codebases => "codebases",
                Fact::EngineersPerCodebase => "engineers per codebase",
                Fact::CiMinutes => "minutes of CI",
                Fact::KnowProduction => "people who know production",
            };
            format!("{name} {} {}{}", verb(*mark, false), plain(mark.value), running(*mark))
        }
        Condition::Repeated(class, months) => {
            let class = side::cut(&side::one_line(&class.replace(['_', '-'], " ")), side::LONGEST);
            let time = if *months == 1 { "a month".to_owned() } else { format!("{months} months") };
            format!("{class} strikes {base} twice in {time}")
        }
        Condition::Month(number) => format!("{} comes", month(summary.start, *number)),
        Condition::Renewal => format!("the {base} contract ends or is renewed"),
        Condition::Wall => format!("{base} hits a wall"),
        Condition::Requirement(title) => {
            format!("{} is asked for", side::cut(&side::in_sentence(&side::one_line(title)), side::LONGEST))
        }
    }
}

const fn verb(mark: Mark, is_one: bool) -> &'static str {
    match (mark.side, is_one) {
        (Side::Above, true) => "passes",
        (Side::Above, false) => "pass",
        (Side::Below, true) => "falls below",
        (Side::Below, false) => "fall below",
    }
}

fn running(mark: Mark) -> String {
    if mark.months == 1 { String::new() } else { format!(" for {} months", mark.months) }
}

/// A number as a file states it: "12,000", "0.5".
fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value < 1e15 { count(value as u64) } else { value.to_string() }
}

/// "Not yet.", where it is so in no future.
#[must_use]
pub fn not_yet(leaving: &Leaving) -> String {
    if leaving.holds_not_yet() { "Not yet.".to_owned() } else { String::new() }
}

/// "The Heroku bill is above $4,000 a month today.", where what is waited for holds in every future.
#[must_use]
pub fn already(summary: &Summary, leaving: &Leaving) -> Option<String> {
    let said = match leaving.conditions.as_slice() {
        [one] => holding(summary, one),
        _ => format!("what it waits for holds today: {}", conditions(summary, leaving)),
    };
    let mut letters = said.chars();
    let first = letters.next()?.to_uppercase();
    leaving.holds_today().then(|| format!("{}{}.", first.collect::<String>(), letters.as_str()))
}

/// That a condition holds today.
fn holding(summary: &Summary, one: &Condition) -> String {
    let base = side::today(summary);
    let is = |mark: Mark| if mark.side == Side::Above { "above" } else { "below" };
    match one {
        Condition::Bill(mark) => {
            format!("the {base} bill is {} {}{} a month today", is(*mark), summary.currency.sign(), plain(mark.value))
        }
        Condition::Driver(.., mark) | Condition::Fact(_, mark) => {
            let all = condition(summary, one);
            all.replacen(&format!(" {} ", verb(*mark, false)), &format!(" are {} ", is(*mark)), 1) + " today"
        }
        Condition::Wall => format!("{base} is beyond its largest plan today"),
        _ => condition(summary, one) + " today",
    }
}

/// What leaving without waiting comes to where it never comes: "In those, ECS now is $140k dearer than Heroku."
#[must_use]
pub fn in_those(summary: &Summary, leaving: &Leaving) -> String {
    let Some((option, mean)) = leaving.instead else { return String::new() };
    match summary.currency.beside(mean.value, mean.se) {
        size if has_side(&size) => {
            let (name, base) = (side::name(summary, option), side::name(summary, summary.baseline));
            let those = match leaving.month[1].at {
                When::Month(_) => "In those",
                When::FromStart | When::Never => "Where it never comes",
            };
            format!("{those}, {name} is {size} than {base}.")
        }
        _ => String::new(),
    }
}

/// "Half of futures get there by mid-2028; 1 in 4 never do."
#[must_use]
pub fn gets_there(summary: &Summary, leaving: &Leaving) -> String {
    let horizon = span(summary.months);
    let left = leaving.left_by.last().copied();
    let Some(left) = left.filter(|left| left.count > 0) else {
        return match summary.is_certain() {
            true => format!("That does not come within {horizon}."),
            false => format!("No future gets there in {horizon}."),
        };
    };
    if let Some(at) = all_at_once(&leaving.left_by) {
        let all = if summary.is_certain() { "" } else { ", in all futures" };
        return format!("That comes in {}{all}.", month(summary.start, at as u32));
    }
    let never = crate::summary::Probability { count: left.of - left.count, of: left.of };
    match leaving.month[1].at {
        When::Month(m) => {
            let rest = if never.count == 0 { "all do".to_owned() } else { format!("{} never do", odds(never)) };
            format!("Half of futures get there by {}; {rest}.", third(summary.start, m))
        }
        When::FromStart | When::Never => format!("Within {horizon} that comes in {}.", in_futures(left)),
    }
}
