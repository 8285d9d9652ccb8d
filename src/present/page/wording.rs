//! The sentences at the top: the word, by how much, and how sure.

use crate::present::finding::{nobody_leaves, paid, unpaid};
use crate::present::number::{HALF_A_CENT, amount, beside, in_futures, money, month, odds, span, third};
use crate::present::{leaving, side};
use crate::study::verdict::{Considered, Verdict, Word};
use crate::summary::{Lens, Mean, Summary, When};

/// The word and by how much.
pub fn verdict(summary: &Summary, verdict: &Verdict) -> String {
    if nobody_leaves(summary, verdict) {
        return format!("NOBODY LEAVES within {}: the project starts later.", span(summary.months));
    }
    let (own, base) = (side::name(summary, verdict.leader.option), side::name(summary, summary.baseline));
    match verdict.word {
        Word::FindOutFirst => format!("FIND OUT FIRST.  {}", find_out(summary, verdict, &own, &base)),
        Word::LeaveNow => format!("LEAVE NOW.  {}", on_average(summary, verdict, &own, &base)),
        Word::LeaveWhen => {
            let leaving = summary.options[verdict.leader.option].leaving.as_ref();
            let said = leaving.map(|l| (leaving::conditions(summary, l), leaving::gets_there(summary, l)));
            let (when, comes) = said.unwrap_or_default();
            format!("LEAVE WHEN {when}.  {comes}")
        }
        Word::PaysBack => {
            format!("PAYS BACK.  {}{}", on_average(summary, verdict, &own, &base), better_later(verdict, false, &base))
        }
        Word::DoesNotPayBack => format!(
            "DOES NOT PAY BACK.  {}{}",
            on_average(summary, verdict, &own, &base),
            better_later(verdict, true, &base)
        ),
        Word::Stay => format!("STAY on {base}.  {}", on_average(summary, verdict, &own, &base)),
        Word::FixFirst => format!("{}.  {}", fix_first(verdict, &base), fixed(summary, verdict, &own, &base)),
        Word::TooCloseToCall => format!("TOO CLOSE TO CALL.  {}", close(summary, verdict, &own, &base)),
    }
}

/// That leaving later is cheaper still, or cheaper than staying, where it is.
fn better_later(verdict: &Verdict, than_staying: bool, base: &str) -> String {
    let best = verdict.rule.later.iter().min_by(|a, b| a.beside_now.value.total_cmp(&b.beside_now.value));
    let Some(later) = best else { return String::new() };
    let (difference, than) = if than_staying {
        (later.beside_staying, format!("than {base}"))
    } else {
        (later.beside_now, "still".to_owned())
    };
    match beside(difference.value, difference.se) {
        size if size.ends_with(" cheaper") => format!("  Leaving {} later it is {size} {than}.", span(later.months)),
        _ => String::new(),
    }
}

/// What there is to find out, and what the choice is until then.
fn find_out(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let Some(Considered { finding, .. }) = &verdict.rule.measurement else {
        return on_average(summary, verdict, own, base);
    };
    let how = side::cut(&side::one_line(finding.measurement.words()), LONGEST_HOW);
    let worth = money(finding.worth.value, 0.0);
    let cost = match finding.measurement.cost_usd {
        cost if cost < HALF_A_CENT => "nothing".to_owned(),
        cost => money(cost, 0.0),
    };
    let until = on_average(summary, verdict, own, base);
    let today = if verdict.rule.leading.difference.value < 0.0 { "leave" } else { "stay" };
    format!("{}: worth up to {worth}, costs {cost}.  If you must decide today, {today}: {until}", capital(&how))
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

/// What the work on today's platform saves, and what leaving adds to that.
fn fixed(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let Some(tuned) = verdict.rule.tuned else { return on_average(summary, verdict, own, base) };
    let saved = beside(tuned.difference.value, tuned.difference.se);
    let other = side::name(summary, tuned.option);
    let leading = &verdict.rule.leading;
    let beyond = beside_than(beside(leading.difference.value, leading.difference.se));
    let doubt = match leading.early {
        _ if leading.is_small || leading.is_noise => ", too near to call",
        Some((_, then)) if leading.changes_sign && then.value > 0.0 => ", but dearer for the first years",
        Some(_) if leading.changes_sign => ", but cheaper for the first years",
        _ => "",
    };
    format!("{other} is {saved} than {base} over {}, on average; {own} {beyond} that{doubt}.", span(summary.months))
}

/// The leader beside what it is compared with: today's platform, or that tuned, and then beside today's too.
fn on_average(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let leading = &verdict.rule.leading;
    let horizon = span(summary.months);
    let first = compared(own, &side::name(summary, leading.with), leading.difference);
    if leading.with == summary.baseline {
        return format!("{first} over {horizon}, on average.");
    }
    let other = verdict.leader.difference;
    format!("{first} over {horizon}, on average, and {} {base} as it is.", beside_than(beside(other.value, other.se)))
}

fn compared(own: &str, other: &str, difference: Mean) -> String {
    match beside(difference.value, difference.se) {
        size if size.starts_with('$') => format!("{own} is {size} than {other}"),
        size if size == "the same cost" => format!("{own} costs what {other} does"),
        _ => format!("{own} costs about what {other} does"),
    }
}

/// "$20k dearer than", "about the same as".
fn beside_than(size: String) -> String {
    if size.starts_with('$') { size + " than" } else { size + " as" }
}

fn close(summary: &Summary, verdict: &Verdict, own: &str, base: &str) -> String {
    let rule = &verdict.rule.leading;
    let late = beside(rule.difference.value, rule.difference.se);
    let other = side::name(summary, rule.with);
    if !late.starts_with('$') {
        return on_average(summary, verdict, own, base);
    }
    if rule.is_small {
        let percent = (verdict.rule.small_share * 100.0).round();
        return format!("{own} is {late} than {other} on average, under {percent} % of the cost.");
    }
    if let Some((month, early)) = rule.early.filter(|_| rule.changes_sign) {
        let early = beside(early.value, early.se);
        if early.starts_with('$') {
            // "after 3 years, … after 5": the unit is said once.
            let horizon = span(summary.months);
            let later = horizon.strip_suffix(" years").unwrap_or(&horizon);
            return format!("{own} is {early} than {other} after {}, {late} after {later}.", span(month));
        }
    }
    format!("{own} is {late} than {other} on average, perhaps by chance: too few futures.")
}

/// When half of futures have paid it back, and how many have not.
pub fn how_sure(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let crossover = summary.headline(leader, Lens::Tco);
    let horizon = span(summary.months);
    if nobody_leaves(summary, verdict) {
        let (own, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
        return format!("Until then {own} costs what {base} does.");
    }
    let what = match verdict.word {
        Word::FixFirst if summary.options[leader].leaves => format!("leaving for {}", side::name(summary, leader)),
        _ => "it".to_owned(),
    };
    let first = match verdict.word {
        Word::LeaveWhen => {
            let (own, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
            format!("{}  ", on_average(summary, verdict, &own, &base))
        }
        _ => String::new(),
    };
    let tuned = verdict.rule.tuned.filter(|_| verdict.word == Word::FixFirst);
    let tuned = tuned.map_or_else(String::new, |tuned| of_tuned(summary, tuned.option));
    // The headline may be beside the tuned platform; paying back is beside today's as it is.
    let beside_today = match verdict.rule.leading.with == summary.baseline || verdict.word == Word::FixFirst {
        true => String::new(),
        false => format!(", beside {} as it is,", side::name(summary, summary.baseline)),
    };
    let rest = odds(unpaid(crossover));
    let stayed = crossover.outcomes.did_not_leave;
    let is_said = verdict.word == Word::LeaveWhen || stayed.count == 0;
    let stay = if is_said { String::new() } else { format!("  {} never leave.", capital(&odds(stayed))) };
    match crossover.break_even[1].at {
        When::Month(m) => {
            let by = third(summary.start, m);
            let rest = if rest == "none" { "all".to_owned() + " have" } else { format!("{rest} have not") };
            format!(
                "{first}{tuned}Half of futures have paid {what} back{beside_today} by {by}; {rest} in {horizon}.{stay}"
            )
        }
        When::Never => {
            format!(
                "{first}{tuned}{} is paid back within {horizon} in {}.{stay}",
                capital(&what),
                in_futures(paid(crossover))
            )
        }
        When::FromStart => {
            let from_start = in_futures(crossover.outcomes.from_the_start);
            format!("{first}{tuned}{} is never dearer, from the first month on, in {from_start}.{stay}", capital(&what))
        }
    }
}

/// When the tuned platform is paid back, and what it takes.
fn of_tuned(summary: &Summary, option: usize) -> String {
    let name = side::name(summary, option);
    let weeks = summary.options[option].project_weeks.mean;
    let weeks = amount(weeks.value, weeks.se);
    match summary.headline(option, Lens::Tco).break_even[1].at {
        When::Month(m) => {
            format!(
                "{name} takes {weeks} engineer-weeks, paid back by {} in half of futures.  ",
                month(summary.start, m)
            )
        }
        When::FromStart => format!("{name} takes {weeks} engineer-weeks and is never dearer in half of futures.  "),
        When::Never => String::new(),
    }
}

/// What the figures are: "at present value (9 % a year)", "not discounted".
pub fn discounting(summary: &Summary) -> String {
    summary.discount_rate.map_or_else(
        || "not discounted".to_owned(),
        |rate| format!("at present value ({} % a year)", (rate.get() * 1e4).round() / 1e2),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
