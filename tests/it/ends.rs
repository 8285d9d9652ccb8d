//! What ends: the product, and projects that begin because something is asked for; against arithmetic by hand, and what must
//! hold of them.

use std::collections::BTreeMap;

use outgrow::plan::compile;
use outgrow::sim;
use outgrow::summary::{Crossover, Lens, When};
use outgrow::units::Seed;

use crate::run::run;
use crate::twin;

/// A few dozen roundings of 2⁻⁵³, in other orders.
const REL_ROUNDING: f64 = 1e-12;
/// Trials of a property.
const TRIALS: u64 = 400;

/// A platform where all is owed that can be, one that is cheaper from its first day on but for the project, and what a test
/// says besides. The project takes two months.
fn text(starts: &str, more: &str) -> String {
    format!(
        r#"
name = "What ends"
start = "2027-01"
months = 24
baseline = "stay"

[demand]
growth = "1 % / month"
month_to_month = "5 % / month"

[people]
loaded_hour = "$100 / hour"
engineers = "engineers"
opportunity_premium = "10 %"

[business]
revenue = "$900 / hour"
margin = "60 %"

[drivers.engineers]
today = 9
people = true

[vendors.shop]
contract = {{ minimum_spend = "$2,000 / month", until = "month 9", renews_every = "12 months", notice = "1 month" }}
[vendors.club]

[platforms.old.runtime.web]
price = "$100 / month"
times = 3
[platforms.old.runtime.cluster]
price = "$50 / month"
today = 6
at_least = 6
driver = "engineers"
vendor = "club"
commit.held = {{ quantity = 4, price = "$40 / month", until = "month 5" }}
[platforms.old.data.support]
percent_of = "all"
percent = "10 %"
[platforms.old.tooling.suite]
price = "$500 / month"
vendor = "shop"
[platforms.old.work.upkeep]
hours = "20 hours / month"
[platforms.old.friction]
per = {{ engineers = "2 hours" }}
[platforms.old.onboarding]
hours = "40 hours"
[platforms.old.incidents.outage]
rate = "2 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}
revenue_hit = "30 %"
[platforms.new.runtime.web]
price = "$90 / month"
[platforms.new.work.upkeep]
hours = "10 hours / month"

[incidents.region]
rate = "1 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}
responders = 1
revenue_hit = {{ old = "100 %", new = "100 %" }}

[requirements.report]
begins = "month 4"
[platforms.old.cannot.report]
blocked = "$700 / month"

[options.stay]
platform = "old"
[options.move]
platform = "new"
migration = "leave"

[migrations.leave]
from = "old"
effort = "14.6 engineer-weeks"
overrun = 1
people = 1.68
{starts}
{more}
"#
    )
}

/// The product ends in a month, whatever happens.
fn pivot(month: u32) -> String {
    format!("[events.pivot]\nprobability = 1\nmonth = \"month {month}\"\nhours = \"30 hours\"\nends = \"product\"\n")
}

fn traces(text: &str) -> Vec<BTreeMap<String, Vec<f64>>> {
    let scenario = twin::read(text);
    twin::compare(&scenario, Seed(5), 0, 2, "ends");
    sim::trace(&compile(&scenario), Seed(5), 0, 40)
}

/// Each quantity of one text that the other has too is the same to the bit, in the first months of 40 trials.
fn assert_same(one: &str, other: &str, months: usize, but: &[&str]) {
    for (trial, (one, other)) in traces(one).iter().zip(traces(other)).enumerate() {
        for (path, values) in one.iter().filter(|(path, _)| !but.iter().any(|word| path.contains(word))) {
            let bits = |values: &[f64]| values[..months].iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
            assert_eq!(bits(values), bits(&other[path]), "{path} of trial {trial}");
        }
    }
}

/// The option that moves, under the headline.
fn moved(text: &str) -> Crossover {
    let run = run(text, TRIALS, 5);
    run.summary.headline(run.option("move"), Lens::Tco).clone()
}

#[test]
fn a_product_that_never_ends_changes_no_cent() {
    let plain = text("starts = \"month 3\"", "");
    for when in
        ["probability = 0\nmonth = \"month 1\"", "hazard = \"0 % / month\"", "probability = 1\nmonth = \"month 25\""]
    {
        let more = format!("[events.x]\n{when}\nends = \"product\"\n");
        assert_same(&plain, &text("starts = \"month 3\"", &more), 24, &[]);
    }
}

#[test]
fn after_the_end_only_what_is_owed_is_paid() {
    let (goes_on, ends) = (text("starts = \"month 2\"", ""), text("starts = \"month 2\"", &pivot(4)));
    // Up to the end nothing is different but what can be given up then.
    assert_same(&goes_on, &ends, 3, &["owed"]);
    for trace in traces(&ends) {
        for option in ["stay", "move"] {
            let of = |what: &str, month: usize| trace[&format!("option.{option}.{what}")][month - 1];
            for month in 4..=24_usize {
                // Four units are held to month 5; the contract runs to month 9 and is not renewed.
                let owed = if month <= 5 { 160.0 } else { 0.0 } + if month <= 9 { 2_000.0 } else { 0.0 };
                for lens in ["invoices", "cash", "tco", "economic"] {
                    assert_eq!(of(&format!("monthly.{lens}"), month), owed, "{option}, {lens}, month {month}");
                }
                for what in ["hours", "mean_hours", "project_hours", "loss", "mean_loss", "blocked", "premium"] {
                    assert_eq!(of(what, month), 0.0, "{option}, {what}, month {month}");
                }
            }
            assert_eq!(of("owed", 4), 160.0 + 5.0 * 2_000.0, "{option}");
        }
    }
}

#[test]
fn two_months_of_a_product_cost_two_months() {
    let trace =
        traces(&text("starts = \"month 12\"", &pivot(3)).replace("month 9", "month 1").replace("month 5", "month 1"))
            .remove(0);
    let total = |option: &str, month: usize| trace[&format!("option.{option}.cumulative.tco")][month - 1];
    for option in ["stay", "move"] {
        assert!(total(option, 2) > total(option, 1));
        // The contract was renewed with month 2 and is owed to month 13.
        let owed = |month: usize| (month.min(13) - 2) as f64 * 2_000.0;
        for month in 3..=24_usize {
            let (found, wanted) = (total(option, month), total(option, 2) + owed(month));
            assert!((found - wanted).abs() <= REL_ROUNDING * wanted, "{option}, month {month}: {found}, not {wanted}");
        }
    }
}

#[test]
fn a_trial_whose_product_ends_has_one_outcome() {
    let outcomes = |starts: &str, end: u32| moved(&text(starts, &pivot(end))).outcomes;
    // In month 6 the project that began with month 5 has cost something and saved nothing.
    assert_eq!(outcomes("starts = \"month 5\"", 6).ended_first.count, TRIALS);
    assert_eq!(outcomes("starts = \"month 5.5\"", 6).ended_first.count, TRIALS);
    // What would have begun with the end or later has not begun, by whatever it waits for.
    for (starts, end) in [
        ("starts = \"month 6\"", 6),
        ("starts = \"month 1\"", 1),
        ("starts = \"month 9\"", 6),
        ("starts_when_any = [\"month 6\"]", 6),
        ("starts_when_any = [\"report is on\"]", 5),
    ] {
        let crossover = moved(&text(starts, &pivot(end)));
        assert_eq!(crossover.outcomes.did_not_leave.count, TRIALS, "{starts}");
        assert!(crossover.delta.iter().all(|month| month.mean.value == 0.0 && month.mean.sd == 0.0), "{starts}");
        assert!(crossover.ahead_at.iter().all(|ahead| ahead.count == 0), "{starts}");
    }
    // A month earlier the same conditions have been read.
    assert_eq!(outcomes("starts_when_any = [\"month 6\"]", 7).did_not_leave.count, 0);
    assert_eq!(outcomes("starts_when_any = [\"report is on\"]", 6).did_not_leave.count, 0);
}

#[test]
fn outcomes_add_up_and_some_of_each_come_about() {
    let pivot = "[events.pivot]\nhazard = \"6 % / month\"\nends = \"product\"\n";
    let crossover = moved(&text("starts = \"month 6\"", pivot));
    let o = crossover.outcomes;
    let all = [o.did_not_leave, o.from_the_start, o.broke_even, o.ended_first, o.never].map(|p| p.count);
    assert_eq!(all.iter().sum::<u64>(), TRIALS);
    assert!(o.did_not_leave.count > 0 && o.ended_first.count > 0, "{all:?}");
}

#[test]
fn the_run_rate_looks_at_no_month_after_the_end() {
    // The project and its overlap are over at the time 5: month 8 is the first that may count, and a month that counts is
    // followed by twelve of the product's.
    let whole = text("starts = \"month 3\"", "");
    let at = |text: &str| moved(text).run_rate[1].at;
    assert_eq!(at(&whole), When::Month(8));
    let ends = |month: u32| text("starts = \"month 3\"", &pivot(month));
    assert_eq!(at(&ends(21)), When::Month(8));
    assert_eq!(at(&ends(20)), When::Never);
}

#[test]
fn what_is_asked_for_starts_a_project_with_the_month_after() {
    let waits = text("starts_when_any = [\"report is on\"]", "");
    assert_same(&text("starts = \"month 5\"", ""), &waits, 24, &["cutover"]);
    // Not before the month that is stated.
    let later = text("starts = \"month 7\"\nstarts_when_any = [\"report is on\"]", "");
    assert_same(&text("starts = \"month 7\"", ""), &later, 24, &["cutover"]);
    // An event may ask for it.
    let asked = waits.replace("begins = \"month 4\"", "").replace(
        "[options.stay]",
        "[events.deal]\nprobability = 1\nmonth = \"month 4\"\nswitches_on = \"report\"\n[options.stay]",
    );
    assert_same(&waits, &asked, 24, &[]);
}

/// The platform that is lived on ends in month 6, whatever happens; within two months one begins to leave.
fn shutdown(chance: u32, more: &str) -> String {
    format!(
        "[events.shutdown]\nprobability = {chance}\nmonth = \"month 6\"\nends = \"old\"\nto = \"move\"\n\
         within = \"2 months\"\n{more}\n"
    )
}

#[test]
fn a_platform_that_never_ends_changes_no_cent() {
    for starts in ["starts = \"month 9\"", "starts_when_any = [\"report is on\"]"] {
        let never = text(starts, &shutdown(0, "rush = 2\nlast_day = \"1 months\""));
        assert_same(&text(starts, ""), &never, 24, &["cutover"]);
    }
}

#[test]
fn a_platform_that_ends_is_left_as_if_that_had_been_stated() {
    // Month 6 begins at the time 5: the migration begins at 7, with month 8.
    let ended = text("starts = \"month 20\"", &shutdown(1, ""));
    let asked = text("starts = \"month 20\"", "")
        .replace("begins = \"month 4\"", "begins = \"month 6\"")
        .replace("blocked = \"$700 / month\"", "blocked = \"$0 / month\"\nto = \"move\"\nwithin = \"2 months\"");
    for (trace, stated) in traces(&ended).iter().zip(traces(&text("starts = \"month 8\"", ""))) {
        // What it comes to beside who stays is not one of them: who stays leaves as well.
        let is_own = |path: &str| path.starts_with("option.move.") && !path.ends_with(".decided_delta");
        for (path, values) in stated.iter().filter(|(path, _)| is_own(path)) {
            let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
            assert_eq!(bits(&trace[path]), bits(values), "{path}");
            // So does who stays, and nothing is between the two.
            let stays = path.replace("option.move.", "option.stay.");
            if let Some(staying) = trace.get(&stays) {
                assert_eq!(bits(staying), bits(values), "{stays}");
            }
        }
    }
    let crossover = moved(&ended);
    assert!(crossover.delta.iter().all(|month| month.mean.value == 0.0 && month.mean.sd == 0.0));
    let no_blocks = |text: &str| text.replace("blocked = \"$700 / month\"", "blocked = \"$0 / month\"");
    assert_same(&no_blocks(&ended), &asked, 24, &["requirement.", "event.", "signal."]);
}

#[test]
fn who_leaves_before_is_not_forced_and_not_rushed() {
    for starts in ["starts = \"month 8\"", "starts = \"month 3\"", "starts_when_any = [\"report is on\"]"] {
        let (plain, ends) = (traces(&text(starts, "")), traces(&text(starts, &shutdown(1, "rush = 2"))));
        for (plain, ends) in plain.iter().zip(ends) {
            for what in ["project_hours", "monthly.economic", "owed"] {
                let path = format!("option.move.{what}");
                assert_eq!(plain[&path], ends[&path], "{starts}, {path}");
            }
            let hours = |trace: &BTreeMap<String, Vec<f64>>, option: &str| -> f64 {
                trace[&format!("option.{option}.project_hours")].iter().sum()
            };
            let (planned, rushed) = (hours(&plain.clone(), "move"), hours(&ends, "stay"));
            assert!((rushed - 2.0 * planned).abs() < REL_ROUNDING * rushed, "{rushed}, not twice {planned}");
        }
    }
}

#[test]
fn margin_is_lost_from_the_last_day_on_to_the_cutover() {
    // The migration begins at 7 and takes two months: what is gone at 7.5 is missed for a month and a half.
    let late = text("starts = \"month 20\"", &shutdown(1, "last_day = \"2.5 months\""));
    let quiet = |text: &str| {
        text.replace("revenue_hit = \"30 %\"", "revenue_hit = \"0 %\"")
            .replace("old = \"100 %\", new = \"100 %\"", "old = \"0 %\", new = \"0 %\"")
    };
    for trace in traces(&quiet(&late)) {
        let demand = &trace["demand.index"];
        let loss = &trace["option.stay.loss"];
        for month in 1..=24_usize {
            let part = [0.0, 0.5, 1.0][[8, 9].iter().position(|m| *m == month).map_or(0, |at| at + 1)];
            let wanted = 900.0 * 730.0 * 0.6 * demand[month - 1] * part;
            let (found, slack) = (loss[month - 1], 1e-9 * 900.0 * 730.0);
            assert!((found - wanted).abs() <= slack * demand[month - 1], "month {month}: {found}, not {wanted}");
        }
    }
    let late_in = |text: &str| {
        let run = run(text, TRIALS, 5);
        run.summary.options[run.option("stay")].late.map(|late| late.count)
    };
    assert_eq!(late_in(&late), Some(TRIALS));
    assert_eq!(late_in(&late.replace("2.5 months", "9 months")), Some(0));
    assert_eq!(late_in(&text("", &shutdown(1, ""))), None);
}

/// One line at 10 × $100 a month that is sold by `paas`, which shuts down; another platform at $400 by `cloud`. Everything is
/// certain. What a test says of the line, the vendors and the migration stands in its place.
fn shut(last_day: &str, (line, vendors, migration): (&str, &str, &str)) -> String {
    format!(
        r#"
name = "Shut down"
start = "2027-01"
months = 24
baseline = "stay"
[demand]
growth = "0 % / month"
[people]
loaded_hour = "$100 / hour"
hours_per_month = 160
[business]
revenue = "$10 / hour"
margin = "50 %"
[platforms.old]
vendor = "paas"
[platforms.old.runtime.web]
price = "$100 / month"
capacity = 0.1
{line}
[platforms.old.work.upkeep]
hours = "10 hours / month"
[platforms.new.runtime.web]
price = "$400 / month"
vendor = "cloud"
{vendors}
[options.stay]
platform = "old"
[options.move]
platform = "new"
migration = "leave"
[migrations.leave]
from = "old"
effort = "73 engineer-weeks"
overrun = 1
people = 8.4
overlap = "3 months"
{migration}
[events.shutdown]
probability = 1
month = "month 5"
ends = "old"
to = "move"
within = "3 months"
last_day = "{last_day}"
"#
    )
}

const TWO_VENDORS: &str = "[vendors.paas]\n[vendors.cloud]\n";

/// What both options are invoiced at, month after month, and what they owe.
fn invoiced(text: &str) -> [Vec<f64>; 2] {
    let trace = traces(text).remove(0);
    let of = |what: &str| trace[&format!("option.move.{what}")].clone();
    [of("monthly.invoices"), of("owed")]
}

/// The same in every month, but for rounding.
fn assert_paid(found: &[f64], wanted: impl Fn(usize) -> f64) {
    for (nth, found) in found.iter().enumerate() {
        let wanted = wanted(nth + 1);
        assert!((found - wanted).abs() <= 1e-9 * wanted.max(1.0), "month {}: {found}, not {wanted}", nth + 1);
    }
}

#[test]
fn after_its_last_day_a_platform_sells_nothing() {
    // Whoever must leave begins at 4 + 3 = 7 and takes two months: the cutover is at 9, the overlap would end at 12. The new
    // platform is on from 9. The last day is at 8.5.
    let text = shut("4.5 months", ("", TWO_VENDORS, "starts = \"month 20\""));
    let old = |month: usize| [1_000.0, 500.0, 0.0][month.saturating_sub(8).min(2)];
    let new = |month: usize| if month > 9 { 400.0 } else { 0.0 };
    assert_paid(&invoiced(&text)[0], |month| old(month) + new(month));
    let trace = traces(&text).remove(0);
    // Nobody works on what is gone; margin is lost from 8.5 to 9, though the overlap goes on.
    assert_paid(&trace["option.stay.task.other-work"].clone(), |month| old(month) / 100.0 + 0.0 * new(month));
    assert_paid(&trace["option.stay.loss"].clone(), |month| if month == 9 { 0.5 * 10.0 * 730.0 * 0.5 } else { 0.0 });
    // In the overlap it ends too: the last day at 10.25, with nothing lost.
    let text = shut("6.25 months", ("", TWO_VENDORS, "starts = \"month 20\""));
    let old = |month: usize| {
        if month <= 10 {
            1_000.0
        } else if month == 11 {
            250.0
        } else {
            0.0
        }
    };
    assert_paid(&invoiced(&text)[0], |month| old(month) + new(month));
    assert_paid(&traces(&text).remove(0)["option.stay.loss"].clone(), |_| 0.0);
}

#[test]
fn a_platform_that_is_gone_carries_in_its_last_month_what_has_not_moved() {
    // Traffic moves from 7 to 9, and the last day is at 8.5: in month 9 the old platform has half a month of 1 − φ, from a half
    // to a quarter of the load, and is billed for half a month of that mean, 3/8.
    let text = shut("4.5 months", ("", TWO_VENDORS, "starts = \"month 20\"\ntraffic_moves_in_last = \"100 %\""));
    let trace = traces(&text).remove(0);
    // ⌈10 · 3/8⌉ = 4 units for half a month, and $400 of the new one, on since 7.
    assert_paid(&trace["option.move.monthly.invoices"][8..9], |_| 4.0 * 50.0 + 400.0);
    // From 8.5 to 9 a quarter falls to nothing: an eighth of it for half a month is lost.
    assert_paid(&trace["option.move.loss"][8..9], |_| 10.0 * 730.0 * 0.5 * 0.125 * 0.5);
}

#[test]
fn a_vendor_whose_platform_is_gone_is_owed_nothing() {
    let contract = |name: &str, more: &str| {
        format!(
            "[vendors.{name}]\ncontract = {{ minimum_spend = \"$1,500 / month\", until = \"month 20\", renews_every = 6 }}\n{more}"
        )
    };
    // Gone at 12.5; who left with month 1 has been away since 5, and pays the minimum until then.
    let starts = "starts = \"month 1\"";
    let text = shut("8.5 months", ("", &contract("paas", "[vendors.cloud]"), starts));
    let least = |month: usize| {
        if month <= 12 {
            1_500.0
        } else if month == 13 {
            750.0
        } else {
            0.0
        }
    };
    let new = |month: usize| if month > 2 { 400.0 } else { 0.0 };
    let [paid, owed] = invoiced(&text);
    assert_paid(&paid, |month| least(month) + new(month));
    // That it ends is known from month 5 on.
    assert_paid(&owed, |month| {
        1_500.0 * if month < 5 { 20 - month } else { 0 } as f64
            + if month >= 5 { 1_500.0 * (12.5 - month as f64).max(0.0) } else { 0.0 }
    });
    // Who sells something to the option elsewhere is owed on, and so is who does not run the platform.
    let elsewhere = text.replace("vendor = \"cloud\"", "vendor = \"paas\"");
    assert_paid(&invoiced(&elsewhere)[0], |month| if month <= 20 { 1_500.0 } else { 400.0 });
    let line = "vendor = \"shop\"";
    let other = shut("8.5 months", (line, &contract("shop", TWO_VENDORS), starts));
    assert_paid(&invoiced(&other)[0], |month| if month <= 20 { 1_500.0 } else { 0.0 } + new(month));
}

#[test]
fn what_is_bought_ahead_of_a_platform_ends_with_it() {
    let commit = |upfront: bool| {
        format!("commit = {{ share = \"60 %\", discount = \"50 %\", months = 12, upfront = {upfront} }}")
    };
    // Bought in month 1 for $300 of the $1,000, to month 12; leaving begins with month 4 and is over at 5, the overlap at 8;
    // gone at 10.5.
    let starts = "starts = \"month 4\"";
    let text = shut("6.5 months", (&commit(false), TWO_VENDORS, starts));
    let new = |month: usize| if month > 5 { 400.0 } else { 0.0 };
    let ahead = |month: usize| {
        if month <= 10 {
            300.0
        } else if month == 11 {
            150.0
        } else {
            0.0
        }
    };
    let [paid, owed] = invoiced(&text);
    let rest = |month: usize| if month <= 5 { 400.0 } else { 0.0 };
    // Standby carries all of the load to 8, so the rest is paid to then.
    let rest = |month: usize| rest(month) + if (6..=8).contains(&month) { 400.0 } else { 0.0 };
    assert_paid(&paid, |month| ahead(month) + rest(month) + new(month));
    assert_paid(&owed[4..], |nth| 300.0 * (10.5 - (nth + 4) as f64).max(0.0));
    // Paid at once in month 1, when nobody knows; nothing comes back.
    let text = shut("6.5 months", (&commit(true), TWO_VENDORS, starts));
    let at_once = |month: usize| if month == 1 { 3_600.0 } else { 0.0 };
    assert_paid(&invoiced(&text)[0], |month| at_once(month) + rest(month) + new(month));
}

#[test]
fn a_contract_that_is_renewed_takes_notice_whenever_one_leaves() {
    // To month 8, then six months at a time, two months of notice.
    let contract = "[vendors.paas]\ncontract = { minimum_spend = \"$1,500 / month\", until = \"month 8\", renews_every = 6, \
                    notice = \"2 months\" }\n[vendors.cloud]";
    let last_month = |text: &str| {
        let trace = traces(text).remove(0);
        let paid = &trace["option.move.vendor.paas.minimum_spend"];
        let last = paid.iter().rposition(|paid| *paid > 0.0).map_or(0, |nth| nth + 1);
        // It is owed without a gap.
        assert!(paid[..last].iter().all(|paid| *paid > 0.0), "{paid:?}");
        last
    };
    let calm = |vendors: &str, starts: &str| {
        shut("9 months", ("", vendors, starts))
            .replace("probability = 1", "probability = 0")
            .replace("overlap = \"3 months\"", "overlap = \"0 months\"")
    };
    // Leaving with the month after an end is not renewed, and takes notice like the month before; a month later it is renewed.
    let by_hand = [
        ("6", 8),
        ("7", 8),
        ("7.5", 9),
        ("8", 9),
        ("8.5", 10),
        ("9", 10),
        ("9.5", 11),
        ("10", 14),
        ("13", 14),
        ("14", 15),
        ("15", 16),
        ("15.5", 17),
        ("16", 20),
    ];
    for (month, last) in by_hand {
        assert_eq!(
            last_month(&calm(contract, &format!("starts = \"month {month}\""))),
            last,
            "leaving with month {month}"
        );
    }
    // Without notice nothing is owed of a term that has ended; of the month in which one leaves all is.
    let none = contract.replace(", notice = \"2 months\"", "");
    for (month, last) in [("7", 8), ("8.5", 8), ("9", 8), ("9.5", 9), ("10", 14)] {
        assert_eq!(
            last_month(&calm(&none, &format!("starts = \"month {month}\""))),
            last,
            "leaving with month {month}"
        );
    }
    // Waiting for the renewal is leaving with the month after it.
    assert_eq!(last_month(&calm(contract, "starts_when_any = [\"renewal\"]")), 10);
    assert_eq!(last_month(&calm(&none, "starts_when_any = [\"renewal\"]")), 8);
    // One that ends by itself is given no notice of.
    let ends = contract.replace(" renews_every = 6,", "");
    for month in ["6", "8", "9", "12"] {
        assert_eq!(last_month(&calm(&ends, &format!("starts = \"month {month}\""))), 8, "leaving with month {month}");
    }
}

#[test]
fn a_project_that_is_not_finished_has_not_paid_back() {
    let calm = |starts: &str| {
        let text = shut("9 months", ("", TWO_VENDORS, starts)).replace("probability = 1", "probability = 0");
        let run = run(&text, TRIALS, 5);
        Lens::ALL.map(|lens| run.summary.headline(run.option("move"), lens).outcomes)
    };
    // Begun with the last month, or a month before it, nothing has been invoiced by the horizon that was not before.
    for starts in ["starts = \"month 24\"", "starts = \"month 23.5\""] {
        for outcomes in calm(starts) {
            assert_eq!((outcomes.never.count, outcomes.from_the_start.count), (TRIALS, 0), "{starts}");
        }
    }
    // The cutover is at 24, with the last month's end.
    let [invoices, ..] = calm("starts = \"month 23\"");
    assert_eq!(invoices.from_the_start.count, TRIALS);
    // Where the product ends before the cutover, that came first.
    let text =
        shut("9 months", ("", TWO_VENDORS, "starts = \"month 3\"")).replace("probability = 1", "probability = 0");
    let run = run(&format!("{text}{}", pivot(4)), TRIALS, 5);
    let outcomes = run.summary.headline(run.option("move"), Lens::Invoices).outcomes;
    assert_eq!((outcomes.ended_first.count, outcomes.from_the_start.count), (TRIALS, 0));
}
