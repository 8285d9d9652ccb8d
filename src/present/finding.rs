//! The sentences on the lead chart, computed from the result, and what the pictures say in common.

pub mod average;
pub mod costs;
pub mod hinges;
pub mod month;
pub mod payback;
pub mod people;
pub mod run_rate;

use crate::present::leaving::conditions;
use crate::present::number::{about_half, count, has_side, in_futures, odds, span, when};
use crate::present::{Made, side};
use crate::study::verdict::{Standing, Verdict, Word};
use crate::summary::{Account, Condition, Crossover, Ends, EventSummary, Lens, Probability, Summary, When};

/// From this share of futures on the rest is not spoken of.
const NEARLY_ALL: f64 = 0.99;

/// The finding: when the move has paid for itself and in how many futures it has not, or that it is too close to call.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let crossover = summary.decided(leader);
    let moving = side::moving(summary, leader);
    let (unpaid, paid) = (odds(unpaid(crossover)), about_half(paid(crossover)));
    let horizon = span(summary.months);
    let by = by(summary, crossover);
    if nobody_leaves(summary, verdict) {
        return format!("Nobody leaves within {horizon}: {}", why_nobody(summary, verdict));
    }
    if let (true, Some(said)) = (summary.is_certain(), certainly(summary, verdict)) {
        return said;
    }
    match (verdict.word, crossover.break_even[1].at) {
        (Word::TooCloseToCall, _) => close(summary, verdict),
        (Word::FixFirst, _) if verdict.rule.tuned.is_some() => fix_first(summary, verdict),
        // What is advised until it is found out leads.
        (Word::FindOutFirst, _) if verdict.today == Word::FixFirst && verdict.rule.tuned.is_some() => {
            format!("Find out first: {}", fix_first(summary, verdict))
        }
        (word, When::Month(_)) if !word.is_for_leaving() => {
            // Half of futures pay it back although it is dearer on average, or because it is not.
            let joined = if verdict.leader.difference.value > 0.0 { ", though" } else { ";" };
            format!("{}{joined} half of futures have paid back by {by}", on_average(summary, verdict))
        }
        (word, When::Never) if word.is_for_leaving() => {
            format!("{}, though it pays for itself in {paid}", on_average(summary, verdict))
        }
        (_, When::Month(_)) => {
            let rest = match unpaid.as_str() {
                "none" => format!(", in all after {horizon}"),
                // Half have and half have not: said once.
                "5 in 10" => return format!("{moving} has paid for itself within {horizon} in {paid}, by {by}"),
                some => format!("; {some} have not after {horizon}"),
            };
            format!("{moving} has paid for itself by {by} in half of futures{rest}")
        }
        (_, When::Never) => format!("{moving} pays for itself within {horizon} in {paid}"),
        (_, When::FromStart) => {
            let (own, other) = names(summary, leader);
            match odds(crossover.outcomes.from_the_start).as_str() {
                "all" => format!("{own} is never dearer than {other}, in any future"),
                some => format!("{own} is never dearer than {other} in {some} futures"),
            }
        }
    }
}

/// The same where there is one future only.
fn certainly(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let leader = verdict.leader.option;
    let moving = side::moving(summary, leader);
    let (own, other) = names(summary, leader);
    let is_about_it = verdict.word.is_for_leaving() || matches!(verdict.word, Word::Stay | Word::DoesNotPayBack);
    is_about_it.then(|| match summary.decided(leader).break_even[1].at {
        When::Month(_) => format!("{moving} has paid for itself by {}", by(summary, summary.decided(leader))),
        When::Never => format!("{moving} does not pay for itself within {}", span(summary.months)),
        When::FromStart => format!("{own} is never dearer than {other}"),
    })
}

/// ", on average", where futures differ.
#[must_use]
pub fn on_average_of_all(summary: &Summary) -> &'static str {
    if summary.is_certain() { "" } else { ", on average" }
}

/// ", in half of futures", where they differ.
#[must_use]
pub fn in_half(summary: &Summary) -> &'static str {
    if summary.is_certain() { "" } else { ", in half of futures" }
}

fn names(summary: &Summary, option: usize) -> (String, String) {
    (side::name(summary, option), side::name(summary, summary.baseline))
}

fn on_average(summary: &Summary, verdict: &Verdict) -> String {
    let (own, other) = names(summary, verdict.leader.option);
    let size = average::beside_baseline(summary, verdict, &verdict.leader);
    if !has_side(&size) {
        return format!("On average {own} costs about what {other} does over {}", over(summary));
    }
    format!("On average {own} is {size} than {other} over {}", over(summary))
}

/// What tuning saves and what leaving does; where leaving is expected to save more, that this does not decide.
fn fix_first(summary: &Summary, verdict: &Verdict) -> String {
    let (own, other) = names(summary, verdict.leader.option);
    let leading = &verdict.rule.leading;
    let Some(tuned) = verdict.rule.tuned else { return on_average(summary, verdict) };
    let said = |option: usize| average::of_option(summary, verdict, option).unwrap_or_default();
    let first = match (side::name(summary, tuned.option), said(tuned.option)) {
        (name, size) if has_side(&size) => format!("{name} is {size} than {other}"),
        (name, _) => format!("{name} costs about what {other} does"),
    };
    let horizon = over(summary);
    match leading.with == tuned.option && leading.difference.value < 0.0 {
        true => {
            format!("{first} over {horizon} on average; {own}, {}, is too near to that to call", said(leading.option))
        }
        false => match said(leading.option) {
            size if has_side(&size) => format!("{first} over {horizon} on average; {own} is {size}"),
            _ => format!("{first} over {horizon} on average; {own} costs about the same"),
        },
    }
}

fn close(summary: &Summary, verdict: &Verdict) -> String {
    let (own, other) = (side::name(summary, verdict.leader.option), side::name(summary, verdict.rule.leading.with));
    let horizon = over(summary);
    let leading = &verdict.rule.leading;
    match leading.early {
        Some((month, then)) if leading.changes_sign && !leading.is_small => {
            let (then, after) = if then.value < 0.0 { ("cheaper", "dearer") } else { ("dearer", "cheaper") };
            let early = span(month);
            format!(
                "Too close to call: {own} is {then} than {other} after {early}, {after} after {horizon}, on average"
            )
        }
        _ if leading.is_noise && !leading.is_small => {
            format!("Too close to call: too few futures to tell whether {own} or {other} costs less over {horizon}")
        }
        _ => format!("Too close to call: over {horizon}, {own} and {other} cost about the same on average"),
    }
}

/// What is drawn: the subject, and how to read it.
#[must_use]
pub fn subtitle(summary: &Summary, option: usize) -> [String; 2] {
    let full = |i: usize| side::one_line(&summary.options[i].platform);
    let is_nameless = full(option).is_empty() || full(summary.baseline).is_empty();
    // Where several options end on one platform its name says too little.
    let is_shared = [option, summary.baseline].iter().any(|i| !full(*i).starts_with(&side::name(summary, *i)));
    let (own, other) = if is_nameless || is_shared || full(option) == full(summary.baseline) {
        names(summary, option)
    } else {
        (full(option), full(summary.baseline))
    };
    let subject = format!("{own} minus {other}: cost so far, {}, compared future by future", counted(summary));
    let reading = "Line: middle future. Inner band: half of all futures. Outer band: 9 in 10";
    [subject, format!("{}. {reading}", money_of(summary))]
}

/// Which money is meant: "US dollars at present value, 9 % a year".
#[must_use]
pub fn money_of(summary: &Summary) -> String {
    let money = hinges::capital(summary.currency.name());
    summary.rate().map_or_else(
        || format!("{money}, not discounted"),
        |rate| format!("{money} at present value, {} % a year", (rate.get() * 1e4).round() / 1e2),
    )
}

/// The time over which options are compared: "5 years", "3 years and 2 years more at the last pace".
#[must_use]
pub fn over(summary: &Summary) -> String {
    let window = span(summary.decided_at());
    match (summary.verdict_rule.end_value_years * 12.0).round() as u32 {
        0 => window,
        months => format!("{window} and {} more at the last pace", span(months)),
    }
}

/// What is counted where it is decided: "invoices and engineers' time".
#[must_use]
pub fn counts(summary: &Summary) -> String {
    match summary.lens() {
        Lens::Invoices => "invoices alone".to_owned(),
        Lens::Cash => "invoices and new hires' pay".to_owned(),
        Lens::Tco => "invoices and engineers' time".to_owned(),
        Lens::Economic => {
            let more = economic(summary);
            let joined = if more.contains(" and ") { "," } else { " and" };
            format!("invoices, engineers' time{joined} {more}")
        }
    }
}

/// The same in a picture.
#[must_use]
pub fn counted(summary: &Summary) -> String {
    counts(summary).replace('\'', "’")
}

/// Whether revenue is blocked in any option.
#[must_use]
pub fn counts_blocked(summary: &Summary) -> bool {
    has_account(summary, Account::Blocked)
}

fn has_account(summary: &Summary, account: Account) -> bool {
    let costs = summary.options.iter().map(|option| &option.costs[Lens::Economic as usize]);
    costs.flat_map(|costs| &costs.parts).any(|part| part.total.value != 0.0 && part.account == account)
}

/// What the economic lens adds, of all that a scenario may have it count.
#[must_use]
pub fn economic(summary: &Summary) -> &'static str {
    let has = |account: Account| has_account(summary, account);
    match (has(Account::Loss) || has(Account::Penalties), has(Account::Premium), has(Account::Blocked)) {
        (false, false, true) => "blocked revenue",
        (false, true, false) => "what else engineers would do",
        (false, true, true) => "blocked revenue, engineers' worth",
        (true, false, true) => "downtime and blocked revenue",
        (true, true, false) => "downtime and engineers' worth",
        (true, true, true) => "what is lost beside that",
        (_, false, false) => "what downtime loses",
    }
}

/// That a platform is gone before the leading option has left it, where that is more than a few futures.
#[must_use]
pub fn gone_first(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let is_told = |late: &Probability| late.value() > 1.0 - NEARLY_ALL;
    let base = side::today(summary);
    let Some(late) = summary.options[verdict.leader.option].late.filter(is_told) else {
        let late = summary.options[summary.baseline].late.filter(is_told)?;
        let often = in_futures(late);
        return Some(format!(
            "Who waits until it must be left is not out on the last day of {base} in {often}, and customers are without it."
        ));
    };
    let stays = summary.options[summary.baseline]
        .late
        .map_or_else(String::new, |late| format!("; for who stays until it must be left, in {}", odds(late)));
    Some(format!("{base} is gone before the move is done, and customers without, in {}{stays}.", in_futures(late)))
}

/// What no figure of the run counts.
#[must_use]
pub fn not_counted(summary: &Summary) -> String {
    let is_covered = summary.options.iter().any(|option| !option.done_by.is_empty());
    // Something can be owed after the horizon only where something is bought ahead or signed.
    let has_commitments = summary.options.iter().any(|option| option.owed.is_some());
    let all = [
        ("downtime", !summary.adds(Lens::Economic)),
        ("hiring", !is_covered),
        ("commitments", !has_commitments),
        ("events", summary.events.is_empty()),
    ];
    all.iter().filter(|(_, is_missing)| *is_missing).map(|(what, _)| *what).collect::<Vec<_>>().join(", ")
}

/// Where the picture comes from.
#[must_use]
pub fn source(summary: &Summary, made: Made) -> String {
    let made = format!(
        "outgrow {}, {} futures, seed {}. Not counted: {}.",
        made.version,
        count(summary.trials),
        summary.seed,
        not_counted(summary)
    );
    match side::one_line(&summary.scenario) {
        scenario if scenario.is_empty() => made,
        scenario => format!("{made} Scenario: {scenario}"),
    }
}

/// The share of futures that have broken even by the horizon.
#[must_use]
pub fn paid(crossover: &Crossover) -> Probability {
    crossover.broke_even_by.last().copied().expect("a series has month 0")
}

/// The share of futures that have not broken even by the horizon, for whatever reason.
#[must_use]
pub fn unpaid(crossover: &Crossover) -> Probability {
    let paid = paid(crossover);
    Probability { count: paid.of - paid.count, of: paid.of }
}

/// By when half of futures are paid back, as the page's table has it.
#[must_use]
pub fn by(summary: &Summary, crossover: &Crossover) -> String {
    when(summary.start, summary.months, crossover.break_even[1])
}

/// Whether the leading option's project starts in no future within the horizon.
#[must_use]
pub fn nobody_leaves(summary: &Summary, verdict: &Verdict) -> bool {
    never_left(summary, verdict.leader.option)
}

/// Why nobody leaves: what is waited for does not come, the product ends first, or the calendar says so.
#[must_use]
pub fn why_nobody(summary: &Summary, verdict: &Verdict) -> String {
    let leaving = summary.options[verdict.leader.option].leaving.as_ref();
    let by_calendar = |one: &Condition| matches!(one, Condition::Month(_));
    let ends = summary.events.iter().filter(|event| event.ends == Ends::Product).map(EventSummary::happens);
    let product = ends.max_by_key(|happens| happens.count).filter(|happens| happens.count > 0);
    let first = product.map(|happens| match happens.count == happens.of {
        true => "the product ends first".to_owned(),
        false => format!("in {} the product ends first", in_futures(happens)),
    });
    match leaving.filter(|leaving| !leaving.conditions.iter().all(by_calendar)) {
        Some(leaving) => {
            let never = format!("in none of them does it come that {}", conditions(summary, leaving));
            [Some(never), first].into_iter().flatten().collect::<Vec<_>>().join(", and ")
        }
        None => match first {
            Some(first) if product.is_some_and(|happens| happens.count == happens.of) => first,
            Some(first) => format!("the project starts later, or {first}"),
            None => "the project starts later".to_owned(),
        },
    }
}

/// Whether an option's project starts in no future within the horizon.
#[must_use]
pub fn never_left(summary: &Summary, option: usize) -> bool {
    let stayed = summary.decided(option).outcomes.did_not_leave;
    stayed.count == stayed.of
}

/// That the leading option's move is not finished in some futures, where it is more than a few: they have paid for what they do
/// not have yet.
#[must_use]
pub fn unfinished(summary: &Summary, verdict: &Verdict) -> Option<String> {
    not_finished(summary, verdict.leader.option, "The move")
}

/// The same of another option.
#[must_use]
pub fn other_unfinished(summary: &Summary, option: usize) -> Option<String> {
    not_finished(summary, option, &format!("The move to {}", side::name(summary, option)))
}

fn not_finished(summary: &Summary, option: usize, the_move: &str) -> Option<String> {
    let finished = summary.options[option].finished;
    if finished.value() >= NEARLY_ALL || never_left(summary, option) {
        return None;
    }
    let horizon = span(summary.months);
    // Who waits and has not left has no move to finish; that some never leave is said where the word is.
    let stayed = summary.decided(option).outcomes.did_not_leave.count;
    let waits = summary.options[option].leaving.is_some();
    let begun = if waits { finished.of - stayed } else { finished.of };
    let rest = Probability { count: begun - finished.count, of: finished.of };
    if waits && rest.value() <= 1.0 - NEARLY_ALL {
        return None;
    }
    let share = if finished.count == 0 { "any future".to_owned() } else { in_futures(rest) };
    let share = if summary.is_certain() { String::new() } else { format!(" in {share}") };
    if waits && stayed > 0 {
        let the_move = the_move.replacen('T', "t", 1);
        return Some(format!("One has left, and {the_move} is not finished within {horizon},{share}."));
    }
    Some(format!("{the_move} is not finished within {horizon}{share}."))
}

/// An option's expected difference, or that it is never left for.
#[must_use]
pub fn on_average_beside(summary: &Summary, standing: &Standing) -> String {
    if never_left(summary, standing.option) {
        return "nobody leaves".to_owned();
    }
    summary.currency.beside(standing.difference.value, standing.difference.se)
}

/// Today's platform, tuned, where the scenario names it and the picture is of another option: it is in every picture.
#[must_use]
pub fn tuned(verdict: &Verdict) -> Option<usize> {
    verdict.rule.tuned.map(|tuned| tuned.option)
}

/// Whether the verdict names the tuned platform: its line has full weight then.
#[must_use]
pub fn names_tuned(verdict: &Verdict) -> bool {
    verdict.word == Word::FixFirst && verdict.rule.tuned.is_some()
}

/// The other options that are not drawn, the longest way to say it first: all with what they come to, all by name, the best.
#[must_use]
pub fn also_compared(summary: &Summary, verdict: &Verdict, drawn: &[usize]) -> Vec<String> {
    let missing: Vec<&Standing> = verdict.others.iter().filter(|o| !drawn.contains(&o.option)).collect();
    let Some((best, rest)) = missing.split_first() else { return Vec::new() };
    let name = |standing: &Standing| side::name(summary, standing.option);
    let with_size = |standing: &Standing| match on_average_beside(summary, standing) {
        size if size.starts_with("nobody") => format!("{} ({size})", name(standing)),
        size => format!("{} ({size} on average)", name(standing)),
    };
    let said = |all: Vec<String>| format!("Also compared: {}.", all.join("; "));
    let sizes = said(missing.iter().map(|standing| with_size(standing)).collect());
    let names = said(missing.iter().map(|standing| name(standing)).collect());
    let short = match rest.len() {
        0 => said(vec![name(best)]),
        n => format!("Also compared: {}, and {n} more.", name(best)),
    };
    vec![sizes, names, short]
}

/// What lines and diamonds are beside the page's figures.
pub const BRIDGE: &str = "Lines: middle futures. Diamonds: averages, as on the page.";

/// What an average as paid is beside the page's figures.
#[must_use]
pub fn averages_as_paid(summary: &Summary) -> &'static str {
    match summary.rate() {
        Some(_) => "Averages as paid; the page’s totals are at present value.",
        None => "Averages, as on the page.",
    }
}
