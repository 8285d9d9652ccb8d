//! The sentences at the top: the word, by how much, and how sure.

use super::table::worse_than;
use super::weeks;
use crate::present::finding::average;
use crate::present::finding::hinges::Hinge;
use crate::present::finding::{nobody_leaves, paid, unpaid};
use crate::present::number::{
    HALF_A_CENT, about_half, count, has_side, in_futures, month, odds, odds_cell, span, third,
};
use crate::present::{finding, leaving, side};
use crate::study::information::Finding;
use crate::study::later::Later;
use crate::study::verdict::{Considered, Verdict, Word};
use crate::summary::{Evidence, Lens, Mean, Probability, Summary, When};

/// The word and by how much.
pub fn verdict(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], with_risk: bool) -> String {
    let mut said = word(summary, verdict, hinges);
    if let (true, Some(tuned)) = (with_risk, not_clear_beside_tuned(verdict)) {
        said.push_str(&worse_case(summary, verdict, tuned));
    }
    let is_strong = matches!(verdict.word, Word::LeaveNow | Word::Stay | Word::FindOutFirst);
    match is_strong && summary.trials < FEW && !summary.is_certain() && !nobody_leaves(summary, verdict) {
        true => format!("{said}  Few futures: run {}.", count(ENOUGH)),
        false => said,
    }
}

/// Below so many futures a strong word comes with a warning, and how many are enough for any.
const FEW: u64 = 1_000;
const ENOUGH: u64 = 16_384;

fn word(summary: &Summary, verdict: &Verdict, hinges: &[Hinge]) -> String {
    if nobody_leaves(summary, verdict) {
        return format!("NOBODY LEAVES within {}: {}.", span(summary.months), finding::why_nobody(summary, verdict));
    }
    let (own, base) = (side::name(summary, verdict.leader.option), side::name(summary, summary.baseline));
    match verdict.word {
        Word::FindOutFirst => format!("FIND OUT FIRST.  {}", find_out(summary, verdict, hinges, [&own, &base])),
        Word::LeaveNow => {
            let leaving = summary.options[verdict.leader.option].leaving.as_ref();
            let already = leaving.and_then(|leaving| leaving::already(summary, leaving));
            let already = already.map_or_else(String::new, |already| already + "  ");
            format!("LEAVE NOW.  {already}{}", on_average(summary, verdict, &own, &base))
        }
        Word::LeaveWhen => format!("LEAVE WHEN {}", waiting(summary, verdict).join(".  ")),
        Word::PaysBack => paying(summary, verdict, ["PAYS BACK", &own, &base]),
        Word::DoesNotPayBack => paying(summary, verdict, ["DOES NOT PAY BACK", &own, &base]),
        Word::Stay => {
            let until =
                if side::forced_to(summary, summary.baseline).is_some() { " until it must be left" } else { "" };
            format!("STAY on {}{until}.  {}", side::today(summary), on_average(summary, verdict, &own, &base))
        }
        Word::FixFirst => {
            format!("{}.  {}", fix_first(verdict, &side::today(summary)), fixed(summary, verdict, &own, &base))
        }
        Word::TooCloseToCall => {
            format!("TOO CLOSE TO CALL.  {}  {}", close(summary, verdict, &own, &base), undecided(summary, verdict))
        }
    }
}

/// The choice without finding anything out.
fn today(summary: &Summary, verdict: &Verdict, [own, base]: [&str; 2]) -> String {
    let now = || on_average(summary, verdict, own, base);
    match verdict.today {
        Word::LeaveWhen => format!("leave when {}: {}", waiting(summary, verdict)[0], now()),
        Word::PaysBack => match wait(summary, verdict, base) {
            Some((later, then)) => format!("wait {}.  {then}  Leaving as stated, {}", span(later.months), now()),
            None => format!("leave: {}", now()),
        },
        Word::LeaveNow | Word::FindOutFirst => format!("leave: {}", now()),
        Word::Stay | Word::DoesNotPayBack => format!("stay: {}", now()),
        Word::FixFirst => format!("fix first: {}", fixed(summary, verdict, own, base)),
        Word::TooCloseToCall => {
            let stay = if side::forced_to(summary, summary.baseline).is_some() { "leave" } else { "stay" };
            format!("{stay}, though it is too close to call: {}", close(summary, verdict, own, base))
        }
    }
}

/// What to do today where neither side is cheaper: what can still be changed later.
fn undecided(summary: &Summary, verdict: &Verdict) -> &'static str {
    match summary.options[verdict.leader.option].leaves {
        _ if side::forced_to(summary, summary.baseline).is_some() => {
            "If you must decide today: leave; sooner or later it has to be."
        }
        true => "If you must decide today: stay; leaving later is still open.",
        false => "If you must decide today: change nothing; one can still do it later.",
    }
}

/// What the leader waits for, and when that comes.
fn waiting(summary: &Summary, verdict: &Verdict) -> [String; 2] {
    let leaving = summary.options[verdict.leader.option].leaving.as_ref();
    let said = leaving.map(|l| {
        let then = [leaving::not_yet(l), leaving::gets_there(summary, l), leaving::in_those(summary, l)];
        [leaving::conditions(summary, l), then.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join("  ")]
    });
    said.unwrap_or_default()
}

/// Whether it pays back; where waiting is clearly better, that first.
fn paying(summary: &Summary, verdict: &Verdict, [word, own, base]: [&str; 3]) -> String {
    let now = on_average(summary, verdict, own, base);
    match wait(summary, verdict, base) {
        Some((later, then)) => {
            format!("{word}; wait {} and it does better.  {then}  If you leave as stated, {now}", span(later.months))
        }
        None => format!("{word}.  {now}"),
    }
}

/// The best time to leave later, where that is clearly cheaper than leaving as stated, and what it comes to.
fn wait<'v>(summary: &Summary, verdict: &'v Verdict, base: &str) -> Option<(&'v Later, String)> {
    let clearly = |later: &&Later| later.beside_now.value < -CLEARLY * later.beside_now.se;
    let later = average::best_delay(verdict).filter(clearly)?;
    let then = better_later(summary, verdict, base);
    (!then.is_empty()).then(|| (later, then.trim_start().to_owned()))
}

/// So many standard errors are clear.
const CLEARLY: f64 = 2.0;

/// That leaving later is cheaper than the baseline, and than leaving now, where it is.
fn better_later(summary: &Summary, verdict: &Verdict, base: &str) -> String {
    let Some(later) = average::best_delay(verdict) else { return String::new() };
    let gains = summary.currency.beside(later.beside_now.value, later.beside_now.se).ends_with(" cheaper");
    match average::put_off(summary, verdict, later) {
        size if gains && size.ends_with(" cheaper") => {
            format!("  Leaving {} later is {size} than {base}.", span(later.months))
        }
        _ => String::new(),
    }
}

/// What there is to find out, and what the choice is until then.
fn find_out(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], [own, base]: [&str; 2]) -> String {
    let Some(Considered { finding, .. }) = &verdict.rule.measurement else {
        return on_average(summary, verdict, own, base);
    };
    let how = side::cut(&side::one_line(finding.measurement.words()), LONGEST_HOW);
    let worth = summary.currency.money(finding.worth.value, 0.0);
    let cost = match finding.measurement.cost_usd {
        cost if cost < HALF_A_CENT => "nothing".to_owned(),
        cost => summary.currency.money(cost, 0.0),
    };
    let stay = if verdict.rule.leading.with == summary.baseline { "stay" } else { "fix first" };
    let until = today(summary, verdict, [own, base]);
    let then = what_then(&finding.measurement.inputs, hinges, stay).unwrap_or_default();
    format!(
        "{}: costs {cost}, worth {}.{then}  If you must decide today, {until}",
        capital(&how),
        if_it_tells(finding, &worth, " on average")
    )
}

/// What to do with the answer, where leaving turns on one of the figures: "  Below 27 hours: leave; else stay."; which, where
/// several are found out.
fn what_then(inputs: &[String], hinges: &[Hinge], stay: &str) -> Option<String> {
    let settles = |hinge: &&Hinge| inputs.contains(&hinge.path) && hinge.turns();
    let hinge = hinges.iter().find(settles)?;
    let (claim, place) = hinge.flip.as_ref()?.said();
    let place = if inputs.len() == 1 { capital(place) } else { of_what(place, &hinge.label) };
    let (then, other) = match claim {
        "leaving wins on average" => ("leave", stay),
        "leaving loses on average" => (stay, "leave"),
        _ => return None,
    };
    Some(format!("  {place}: {then}; else {other}."))
}

/// A place and what it is of, the unit said once: "Above 9.9 hours a month of upkeep on Hosts".
fn of_what(place: &str, label: &str) -> String {
    let unit = label.split(' ').next().unwrap_or_default();
    match place.strip_suffix(unit).filter(|_| !unit.is_empty()) {
        Some(place) => format!("{}{label}", capital(place)),
        None => format!("{} {place}", capital(label)),
    }
}

/// What is worth its cost though it need not come first.
pub fn worth_knowing(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let considered = verdict.rule.measurement.as_ref().filter(|_| verdict.word != Word::FindOutFirst)?;
    let Considered { finding, is_worth_it, .. } = considered;
    let how = side::cut(&side::one_line(finding.measurement.words()), LONGEST_HOW / 2);
    let (worth, cost) = (
        summary.currency.money(finding.worth.value, finding.worth.se),
        summary.currency.money(finding.measurement.cost_usd, 0.0),
    );
    is_worth_it
        .then(|| format!("Worth its cost, not first: {how} ({cost}, worth {}).", if_it_tells(finding, &worth, "")))
}

/// What a measurement is worth: one that tells all, or part of it.
fn if_it_tells(finding: &Finding, worth: &str, on_average: &str) -> String {
    match finding.measurement.leaves > 0.0 {
        true => format!("about {worth}{on_average}"),
        false => format!("{worth}{on_average} if it tells all"),
    }
}

/// Longest way of finding something out, characters.
const LONGEST_HOW: usize = 80;

/// Where leaving is clearly dearer than the tuned platform, the word says that one stays.
fn fix_first(verdict: &Verdict, base: &str) -> String {
    if verdict.rule.leading.is_clearly_dearer() {
        format!("FIX FIRST, and stay on {base}")
    } else {
        "FIX FIRST".to_owned()
    }
}

/// What the work on today's platform saves, and what leaving does instead: beside the baseline as the table has them, or,
/// where leaving is expected to save more, by how much and why that does not decide.
fn fixed(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let tuned = verdict.rule.tuned.and_then(|tuned| verdict.others.iter().find(|other| other.option == tuned.option));
    let Some(tuned) = tuned else { return on_average(summary, verdict, own, base) };
    let other = side::name(summary, tuned.option);
    let saves = compared(&other, base, &average::beside_baseline(summary, verdict, tuned));
    let first = format!("{saves} over {}{}", finding::over(summary), finding::on_average_of_all(summary));
    let leading = &verdict.rule.leading;
    let early = leading.early.filter(|_| leading.changes_sign);
    let saves_more = not_clear_beside_tuned(verdict) == Some(tuned.option);
    match (average::beside_other(summary, verdict), average::beside_baseline(summary, verdict, &verdict.leader)) {
        (more, size) if saves_more => {
            let why = match early {
                _ if !has_side(&more) => {
                    let by = size.strip_suffix(" cheaper").map_or_else(|| comes_to(&size), |size| format!("by {size}"));
                    return format!("{first}; {own} {by}, no clear difference.");
                }
                Some((month, then)) => {
                    format!("but {} after {}", summary.currency.beside(then.value, then.se), span(month))
                }
                None if leading.is_small => format!("under {} % of the cost", percent(verdict.rule.small_share)),
                None => "perhaps by chance".to_owned(),
            };
            format!("{first}.  {own} is {more} still, {why}: too close to call.")
        }
        (_, size) => {
            let why = match early {
                _ if leading.is_clear() => String::new(),
                Some((month, _)) => format!(", but cheaper than {other} after {}", span(month)),
                None => format!(", too near to {other} to call"),
            };
            format!("{first}; {own} {}{why}.", comes_to(&size))
        }
    }
}

/// By how much the leader is cheaper or dearer where downtime and blocked revenue count too, if that is the other side or so
/// much more that the page's figures are the smaller part.
pub fn what_else_counts(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let leader = verdict.leader.option;
    let end = |lens: Lens| summary.headline(leader, lens).delta.last().expect("a series has month 0").mean;
    if summary.lens() != Lens::Tco {
        return Some(decided_on(summary, leader, end(Lens::Tco)));
    }
    let (own, all) = (end(Lens::Tco), end(Lens::Economic));
    let half = summary.headline(leader, Lens::Economic).delta.last().map(|delta| delta.at(0.5));
    let is_clear = |mean: Mean| mean.value.abs() > CLEARLY * mean.se;
    let turns = (own.value < 0.0) != (all.value < 0.0);
    if !is_clear(own) || !is_clear(all) || !(turns || all.value.abs() > MUCH_MORE * own.value.abs()) {
        return None;
    }
    let size = summary.currency.beside(all.value, all.se);
    let (name, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
    // A mean that a few futures make is not the usual case.
    let usual = half.filter(|half| all.value.abs() > MUCH_MORE * half.abs());
    let tail = |half: f64| {
        let delta = summary.headline(leader, Lens::Economic).delta.last()?;
        let one_in_20 = delta.at(if all.value < 0.0 { 0.05 } else { 0.95 });
        let far = (one_in_20.abs() > MUCH_MORE * half.abs()).then(|| summary.currency.money(one_in_20.abs(), 0.0));
        far.map(|far| format!(", over {far} in 1 in 20"))
    };
    let usual = usual.map_or_else(String::new, |half| match summary.currency.beside(half, 0.0) {
        size if has_side(&size) => format!(", {size} in half of futures{}", tail(half).unwrap_or_default()),
        _ => String::new(),
    });
    let average = finding::on_average_of_all(summary).trim_start_matches(',');
    Some(format!("Counting {} too, {name} is {size} than {base}{average}{usual}.", finding::economic(summary)))
}

/// What of the leader's difference is added at the end, where something is.
pub fn end_value(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let leader = verdict.leader.option;
    let value = summary.end_value(leader).filter(|_| !nobody_leaves(summary, verdict))?;
    let (name, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
    let years = span((summary.verdict_rule.end_value_years * 12.0).round() as u32);
    Some(match summary.currency.beside(value, 0.0) {
        size if has_side(&size) => {
            format!("In that, {years} more at what the last months cost: {name} {size} than {base}.")
        }
        _ => format!("In that, {years} more at what the last months cost: no difference."),
    })
}

/// What is counted where it is not invoices and engineers' time, and what the leader comes to on those.
fn decided_on(summary: &Summary, leader: usize, costs: Mean) -> String {
    let (name, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
    let average = finding::on_average_of_all(summary).trim_start_matches(',');
    let size = match summary.currency.beside(costs.value, costs.se) {
        size if has_side(&size) => format!("{name} is {size} than {base}{average}"),
        _ => format!("{name} costs about what {base} does{average}"),
    };
    format!("Decided on {}.  On invoices and engineers' time {size}.", finding::counts(summary))
}
/// How much of the figures is anybody's own: "No figure of yours is in this; 140 of 195 are judged."
pub fn own_figures(summary: &Summary) -> String {
    let Evidence { measured, quoted, judged, without_basis, assumed, .. } = summary.ledger.counts();
    let all = measured + quoted + judged + without_basis + assumed;
    let rest = judged + without_basis + assumed;
    let how = if judged < rest { "judged or assumed" } else { "judged" };
    match measured {
        0 => format!("No figure of yours is in this; {rest} of {all} are {how}."),
        _ => format!("{measured} of {all} figures are measured, {rest} {how}."),
    }
}

/// So many times what is counted else is worth a line.
const MUCH_MORE: f64 = 2.0;

/// The tuned platform, where it is fixed first although leaving is expected to save more.
fn not_clear_beside_tuned(verdict: &Verdict) -> Option<usize> {
    let (leading, tuned) = (&verdict.rule.leading, verdict.rule.tuned?.option);
    let is_it = verdict.today == Word::FixFirst && leading.with == tuned && leading.difference.value < 0.0;
    is_it.then_some(tuned)
}

/// That the leader's bad case is worse than another option's, where it is.
fn worse_case(summary: &Summary, verdict: &Verdict, other: usize) -> String {
    let of = |option: usize| summary.difference(option).at(BAD);
    let leader = verdict.leader.option;
    if of(leader) <= of(other) || of(leader) <= 0.0 {
        return String::new();
    }
    let [bad, better] = [leader, other].map(|option| worse_than(summary, option));
    format!("  Bad case (1 in 10): {bad}; of {}: {better}.", side::name(summary, other))
}

/// The bad case: one future in ten is worse.
const BAD: f64 = 0.9;

/// "is $20k dearer", "costs about the same".
fn comes_to(size: &str) -> String {
    if has_side(size) { format!("is {size}") } else { "costs about the same".to_owned() }
}

fn percent(share: f64) -> String {
    ((share * 1e4).round() / 1e2).to_string()
}

/// The leader beside what it is compared with: today's platform, or that tuned, and then beside today's too.
fn on_average(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let leading = &verdict.rule.leading;
    let horizon = finding::over(summary);
    let first = compared(own, &side::name(summary, leading.with), &average::beside_other(summary, verdict));
    let average = finding::on_average_of_all(summary);
    if leading.with == summary.baseline {
        return format!("{first} over {horizon}{average}.");
    }
    let other = average::beside_baseline(summary, verdict, &verdict.leader);
    let as_it_is = if side::forced_to(summary, summary.baseline).is_some() { "" } else { " as it is" };
    format!("{first} over {horizon}{average}, and {} {base}{as_it_is}.", beside_than(other))
}

fn compared(own: &str, other: &str, size: &str) -> String {
    match size {
        size if has_side(size) => format!("{own} is {size} than {other}"),
        "the same cost" => format!("{own} costs what {other} does"),
        _ => format!("{own} costs about what {other} does"),
    }
}

/// "$20k dearer than", "about the same as".
fn beside_than(size: String) -> String {
    if has_side(&size) { size + " than" } else { size + " as" }
}

fn close(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let rule = &verdict.rule.leading;
    let late = average::beside_other(summary, verdict);
    let other = side::name(summary, rule.with);
    if !has_side(&late) {
        return on_average(summary, verdict, own, base);
    }
    if rule.is_small {
        let percent = percent(verdict.rule.small_share);
        let average = finding::on_average_of_all(summary).trim_start_matches(',');
        return format!("{own} is {late} than {other}{average}, under {percent} % of the cost.");
    }
    if let Some((month, early)) = rule.early.filter(|_| rule.changes_sign) {
        let early = summary.currency.beside(early.value, early.se);
        if has_side(&early) {
            // "after 3 years, … after 5": the unit is said once.
            let horizon = finding::over(summary);
            let later = horizon.strip_suffix(" years").unwrap_or(&horizon);
            return format!("{own} is {early} than {other} after {}, {late} after {later}.", span(month));
        }
    }
    format!("{own} is {late} than {other} on average, perhaps by chance: too few futures.")
}

/// When half of futures have paid it back, and how many have not; where fixing comes first, when that has.
pub fn how_sure(summary: &Summary, verdict: &Verdict, with_more: bool) -> String {
    let leader = verdict.leader.option;
    let base = side::name(summary, summary.baseline);
    if nobody_leaves(summary, verdict) {
        return format!("Until then {} costs what {base} does.", side::name(summary, leader));
    }
    let tuned = verdict.rule.tuned.filter(|_| verdict.word == Word::FixFirst);
    if let Some(said) = tuned.and_then(|tuned| of_tuned(summary, tuned.option)) {
        return format!("{said}{}", tail_decides(summary, verdict));
    }
    if summary.is_certain() {
        return certainly(summary, verdict);
    }
    let crossover = summary.decided(leader);
    let horizon = span(summary.months);
    if verdict.word == Word::LeaveWhen {
        let own = side::name(summary, leader);
        let stayed = crossover.outcomes.did_not_leave;
        let left = Probability { count: stayed.of - stayed.count, of: stayed.of };
        let (left, paid) = (capital(&odds(left)), odds(paid(crossover)));
        let first = on_average(summary, verdict, &own, &base);
        return format!("{first}  {left} leave within {horizon}, and {paid} have paid it back by then.");
    }
    let rest = match odds_cell(unpaid(crossover)).as_str() {
        "none" => "all have".to_owned(),
        // Half have, so these are about the other half.
        "5 in 10" => "about half have not".to_owned(),
        rest => format!("{rest} have not"),
    };
    let stayed = crossover.outcomes.did_not_leave;
    let stay = if stayed.count == 0 { String::new() } else { format!("  {} never leave.", capital(&odds(stayed))) };
    match crossover.break_even[1].at {
        When::Month(m) => {
            let by = third(summary.start, m);
            // The headline may be beside the tuned platform; paying back is beside today's as it is.
            let half = match verdict.rule.leading.with == summary.baseline {
                true => "Half of futures have paid it back".to_owned(),
                false => format!("Beside {base} half of futures have paid back"),
            };
            let other = if with_more { early_beside_other(summary, verdict) } else { String::new() };
            format!("{half} by {by}; {rest} in {horizon}.{other}{stay}")
        }
        When::Never => format!("It is paid back within {horizon} in {}.{stay}", about_half(paid(crossover))),
        When::FromStart => {
            let from_start = in_futures(crossover.outcomes.from_the_start);
            format!("It is never dearer, from the first month on, in {from_start}.{stay}")
        }
    }
}

/// When it is paid back where there is one future only.
fn certainly(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let [own, base] = [leader, summary.baseline].map(|option| side::name(summary, option));
    // By how much stands in the word itself, but where that says what is waited for.
    let first = match verdict.word {
        Word::LeaveWhen => on_average(summary, verdict, &own, &base) + "  ",
        _ => String::new(),
    };
    let beside = if verdict.rule.leading.with == summary.baseline { String::new() } else { format!(" beside {base}") };
    let then = match summary.decided(leader).break_even[1].at {
        When::Month(m) => format!("It has paid for itself{beside} by {}.", month(summary.start, m)),
        When::Never => format!("It does not pay for itself{beside} within {}.", span(summary.months)),
        When::FromStart => format!("It is never dearer than {base}, from the first month on."),
    };
    format!("{first}{then}")
}

/// What the leader is beside the tuned platform early on, where the verdict compares it with that: when it is paid back
/// beside it is not counted.
fn early_beside_other(summary: &Summary, verdict: &Verdict) -> String {
    let leading = &verdict.rule.leading;
    match leading.early {
        Some((month, then)) if leading.with != summary.baseline => {
            let other = side::name(summary, leading.with);
            let size = summary.currency.beside(then.value, CLEARLY * then.se);
            format!("  Beside {other}: {size} after {}{}.", span(month), finding::on_average_of_all(summary))
        }
        _ => String::new(),
    }
}

/// That the loser on average ends cheapest about as often, where it does.
fn tail_decides(summary: &Summary, verdict: &Verdict) -> String {
    let leading = &verdict.rule.leading;
    let often = summary.options[leading.option].cheapest.value() >= ABOUT_HALF;
    match often && leading.is_clearly_dearer() {
        true => {
            let own = side::name(summary, leading.option);
            let share = in_futures(summary.options[leading.option].cheapest);
            format!("  {own} ends cheapest in {share}, but where it is dearer, it is by more.")
        }
        false => String::new(),
    }
}

/// From this share of futures on an option wins about as often as not.
const ABOUT_HALF: f64 = 0.45;

/// When the tuned platform has paid for itself, and what it takes; nothing where that is in fewer than half of futures.
fn of_tuned(summary: &Summary, option: usize) -> Option<String> {
    let name = side::name(summary, option);
    let weeks = weeks(summary, option);
    let in_half = finding::in_half(summary).trim_start_matches(',');
    match summary.decided(option).break_even[1].at {
        When::Month(m) => {
            let by = month(summary.start, m);
            Some(format!("{name} takes {weeks}, paid back by {by}{in_half}."))
        }
        When::FromStart => Some(format!("{name} takes {weeks} and is never dearer{in_half}.")),
        When::Never => None,
    }
}

/// What the page's money is: "averages of all futures at present value (9 % a year)", "averages of all futures, not discounted".
pub fn averaged(summary: &Summary) -> String {
    let is_certain = summary.is_certain();
    let with = match summary.lens() {
        Lens::Invoices => "invoices alone".to_owned(),
        Lens::Cash => "with new hires' pay".to_owned(),
        Lens::Tco => String::new(),
        Lens::Economic => format!("with {}", finding::economic(summary)),
    };
    let with = match summary.verdict_rule.end_value_years {
        years if with.is_empty() && years > 0.0 && !is_certain => "on average".to_owned(),
        _ => with,
    };
    if !with.is_empty() || is_certain {
        let percent = |rate: f64| (rate * 1e4).round() / 1e2;
        let worth = summary
            .rate()
            .map_or_else(|| "not discounted".to_owned(), |rate| format!("discounted {} % a year", percent(rate.get())));
        return if with.is_empty() { worth } else { format!("{with}, {worth}") };
    }
    summary.rate().map_or_else(
        || "averages of all futures, not discounted".to_owned(),
        |rate| {
            let percent = (rate.get() * 1e4).round() / 1e2;
            format!("averages of all futures at present value ({percent} % a year)")
        },
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
