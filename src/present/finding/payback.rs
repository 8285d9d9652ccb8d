//! What the picture of paying back says: by when, and how much of it is only invoices.

use crate::present::finding::{average, by, names, never_left, nobody_leaves, paid};
use crate::present::number::{about_half, about_half_cell, has_side, in_futures, odds, span};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Probability, Summary, When};

/// The finding: by when half of futures are paid back, first as people count it, then on invoices alone.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, _) = names(summary, leader);
    let moving = side::moving(summary, leader);
    let horizon = span(summary.months);
    if nobody_leaves(summary, verdict) {
        return format!("Nobody leaves within {horizon}: {}", super::why_nobody(summary, verdict));
    }
    if let Some(said) = won_by_another(summary, verdict) {
        return said;
    }
    let [invoices, tco] = [Lens::Invoices, summary.lens()].map(|lens| summary.headline(leader, lens));
    let more = match summary.lens() {
        Lens::Invoices => return on_invoices(summary, leader),
        Lens::Cash => "new hires’ pay".to_owned(),
        Lens::Tco => "engineers’ time".to_owned(),
        Lens::Economic => format!("engineers’ time and {}", super::economic(summary).replace('\'', "’")),
    };
    let [first, then] = [invoices, tco].map(|crossover| by(summary, crossover));
    let share = |crossover: &Crossover| about_half(paid(crossover));
    let alone =
        |crossover: &Crossover| share(crossover).trim_end_matches(" futures").trim_end_matches(" of").to_owned();
    let lower = moving.replacen("Moving", "moving", 1);
    match (half(invoices), half(tco)) {
        (When::Month(_), When::Month(_)) if first == then => {
            format!("In half of futures {lower} has paid for itself by {then}, with and without {more}")
        }
        (When::Month(_), When::Month(_)) => {
            format!("In half of futures {lower} has paid for itself by {then}; on invoices alone, by {first}")
        }
        (When::FromStart, When::Month(_)) => format!(
            "In half of futures {lower} has paid for itself by {then}; on invoices alone it is never dearer{}",
            in_how_many(invoices)
        ),
        (When::FromStart, When::FromStart) => match odds(tco.outcomes.from_the_start).as_str() {
            "all" => format!("{own} has nothing to pay back in any future"),
            _ => format!("{own} has nothing to pay back in {}", in_futures(tco.outcomes.from_the_start)),
        },
        (When::Month(_), When::Never) => format!(
            "{moving} pays for itself within {horizon} in {}; on invoices alone, in half by {first}",
            share(tco)
        ),
        (When::FromStart, When::Never) => format!(
            "{moving} pays for itself within {horizon} in {}; on invoices alone it is never dearer{}",
            share(tco),
            in_how_many(invoices)
        ),
        (When::Never, When::Never) if share(invoices) == share(tco) => {
            format!("{moving} pays for itself within {horizon} in {}", share(tco))
        }
        (When::Never, When::Never) => format!(
            "{moving} pays for itself within {horizon} in {}; on invoices alone in {}",
            share(tco),
            alone(invoices)
        ),
        (When::Never, When::Month(_) | When::FromStart) | (When::Month(_), When::FromStart) => format!(
            "Counting {more} helps: {own} is paid back within {horizon} in {}, on invoices alone in {}",
            share(tco),
            alone(invoices)
        ),
    }
}

/// The finding where nothing else than invoices is decided on.
fn on_invoices(summary: &Summary, leader: usize) -> String {
    let crossover = summary.decided(leader);
    let (moving, horizon) = (side::moving(summary, leader), span(summary.months));
    match half(crossover) {
        When::Month(_) => {
            let lower = moving.replacen("Moving", "moving", 1);
            format!("In half of futures {lower} has paid for itself by {}, on invoices", by(summary, crossover))
        }
        When::Never => {
            format!("{moving} pays for itself within {horizon} in {}, on invoices", about_half(paid(crossover)))
        }
        When::FromStart => {
            format!("On invoices there is nothing to pay back in {}", in_futures(crossover.outcomes.from_the_start))
        }
    }
}

/// Where half of futures have paid it back beside today's platform though the verdict is not for it: that, and what the option
/// that it is compared with is beside it.
fn won_by_another(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let (leader, leading) = (verdict.leader.option, &verdict.rule.leading);
    let tco = summary.decided(leader);
    let is_it = !verdict.word.is_for_leaving()
        && leading.with != summary.baseline
        && leading.difference.value > 0.0
        && matches!(half(tco), When::Month(_));
    let apart = average::beside_other(summary, verdict);
    (is_it && has_side(&apart)).then(|| {
        let (own, base) = names(summary, leader);
        let size = apart.replace("dearer", "cheaper");
        format!(
            "Beside {base} as it is half of futures have paid {own} back by {}; {} is {size} than {own}",
            by(summary, tco),
            side::name(summary, leading.with)
        )
    })
}

/// " in 9 in 10"; nothing where it is all of them.
fn in_how_many(crossover: &Crossover) -> String {
    match about_half_cell(crossover.outcomes.from_the_start).as_str() {
        "all" => String::new(),
        some => format!(" in {some}"),
    }
}

fn half(crossover: &Crossover) -> When {
    crossover.break_even[1].at
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let (own, base) = names(summary, verdict.leader.option);
    let money = match summary.rate() {
        Some(_) => "at present value",
        None => "not discounted",
    };
    let stayed = summary.decided(verdict.leader.option).outcomes.did_not_leave;
    let end = match stayed.count {
        0 => format!("futures that have not paid back after {}", span(summary.months)),
        _ => format!("not paid back after {}, or never left ({})", span(summary.months), odds(stayed)),
    };
    vec![
        format!(
            "Share of futures in which {own} has paid for itself: from then on its cost so far stays at or below {base}’s"
        ),
        format!("A line for each way of counting, {money}. Above a line’s end: {end}"),
    ]
}

/// What the shares are beside the page's figures, and what they are before anything is spent.
#[must_use]
pub fn bridge(summary: &Summary, drawn: &[&Crossover]) -> Vec<String> {
    let counted = match summary.rate() {
        Some(_) => "Futures counted at present value, as on the page.",
        None => "Futures counted, as on the page.",
    };
    let is_free = drawn.iter().any(|crossover| crossover.outcomes.from_the_start.count > 0);
    let at_the_left = is_free.then(|| "At the left: futures that are no dearer from the start.".to_owned());
    [counted.to_owned()].into_iter().chain(at_the_left).collect()
}

/// A way of counting, in words; several that give the same line are said together.
#[must_use]
pub fn counted(summary: &Summary, lenses: &[Lens]) -> String {
    let mut all = lenses.iter().map(|lens| words(summary, *lens));
    let first = all.next().unwrap_or_default();
    all.fold(first, |said, more| format!("{said} and {}", more.to_lowercase()))
}

fn words(summary: &Summary, lens: Lens) -> String {
    match lens {
        Lens::Invoices => "Invoices only".to_owned(),
        Lens::Cash => "With new hires’ pay".to_owned(),
        Lens::Tco => "With engineers’ time".to_owned(),
        Lens::Economic => format!("With {}", super::economic(summary).replace('\'', "’")),
    }
}

/// What a line's end means: how many have paid back, and how many have not.
#[must_use]
pub fn outcome(crossover: &Crossover) -> String {
    let said =
        |p: Probability| about_half_cell(p).replace("under 1 in", "fewer than 1 in").replace("over 19", "more than 19");
    match (said(paid(crossover)).as_str(), said(super::unpaid(crossover)).as_str()) {
        ("all", _) if crossover.outcomes.from_the_start == paid(crossover) => "all no dearer from the start".to_owned(),
        ("none", _) => "none paid back".to_owned(),
        // Of nearly all the rest goes without saying, and of few and of half too.
        (paid, unpaid) if ["none"].contains(&unpaid) || unpaid.starts_with("fewer") => format!("{paid} paid back"),
        (paid, _) if paid.starts_with("fewer") || paid.ends_with("half") => format!("{paid} paid back"),
        (paid, unpaid) => format!("{paid} paid back, {unpaid} not"),
    }
}

/// What another option's line ends at, and when it comes to half where the verdict names the option.
#[must_use]
pub fn other(summary: &Summary, option: usize, is_named: bool) -> Vec<String> {
    if never_left(summary, option) {
        return vec!["nobody leaves".to_owned()];
    }
    let crossover = summary.decided(option);
    let half = match half(crossover) {
        When::Month(_) if is_named => vec![format!("half by {}", by(summary, crossover))],
        _ => Vec::new(),
    };
    [outcome(crossover)].into_iter().chain(half).collect()
}
