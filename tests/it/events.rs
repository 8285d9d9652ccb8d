//! What may happen: months of events, what they change, and what is asked for.

use std::collections::BTreeMap;

use outgrow::plan::compile;
use outgrow::sim;
use outgrow::units::Seed;

use crate::run::run;
use crate::twin;

/// A few dozen roundings of 2⁻⁵³, in other orders.
const REL_ROUNDING: f64 = 1e-12;
/// A wrong one in 16,000 figures, where the error is the run's own.
const SIGMAS_MC: f64 = 4.0;

/// Two platforms with noise, incidents and debt; what a test adds stands in the gaps and at the end.
fn text(web: &str, work: &str, more: &str) -> String {
    format!(
        r#"
name = "What may happen"
start = "2027-01"
months = 24
baseline = "stay"
discount_rate = "9 % / year"

[demand]
growth = "1 .. 3 % / month"
month_to_month = "5 % / month"

[drivers.engineers]
today = 9
people = true

[people]
loaded_hour = "$100 / hour"
opportunity_premium = "20 %"

[business]
revenue = "$900 / hour"
margin = "60 %"

[vendors.shop]

[platforms.old]
vendor = "shop"
[platforms.old.runtime.web]
price = "$100 / month"
today = 6
{web}
[platforms.old.tooling.logs]
price = "$300 / month"
[platforms.old.tooling.support]
percent_of = "all"
percent = "10 %"
[platforms.old.work.upkeep]
hours = "20 .. 30 hours / month"
{work}
[platforms.old.incidents.outage]
rate = "0.5 .. 2 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}
responders = 2
revenue_hit = "30 %"
[platforms.old.debt]
today = "50 %"
accrual = "2 % / month"
paydown = "1 % / month"
at_full = {{ hours = "+80 %", restore = "+70 %" }}

[platforms.new.runtime.web]
price = "$60 / month"
today = 6
vendor = "shop"
[platforms.new.work.upkeep]
hours = "40 hours / month"
[platforms.new.incidents.outage]
rate = "1 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}

[options.stay]
platform = "old"
[options.move]
platform = "new"
migration = "leave"

[migrations.leave]
from = "old"
starts = "month 3"
effort = "10 .. 20 engineer-weeks"
people = 2
{more}
"#
    )
}

/// Everything that an event can do.
const ALL: &str = r#"
prices = { shop = "1.5 times" }
demand = "2 times"
adds = { old = { data = { replica = { price = "$70 / month" } } }, new = { tooling = { siem = { once = "$900" } } } }
removes = ["old.tooling.logs"]
ends_credits = ["shop"]
debt = "+20 %"
hours = "40 hours"
restore = "2 times"
switches_on = "report"
[requirements.report]
[platforms.old.cannot.report]
blocked = "$9,000 / month"
"#;

fn traces(text: &str) -> Vec<BTreeMap<String, Vec<f64>>> {
    let scenario = twin::read(text);
    twin::compare(&scenario, Seed(5), 0, 2, "events");
    sim::trace(&compile(&scenario), Seed(5), 0, 40)
}

fn first(text: &str) -> BTreeMap<String, Vec<f64>> {
    traces(text).remove(0)
}

/// Each quantity of one text that the other has too is the same to the bit, in every month of 40 trials.
fn assert_same(one: &str, other: &str, but: &[&str]) {
    for (trial, (one, other)) in traces(one).iter().zip(traces(other)).enumerate() {
        for (path, values) in one.iter().filter(|(path, _)| !but.iter().any(|word| path.contains(word))) {
            let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
            assert_eq!(bits(values), bits(&other[path]), "{path} of trial {trial}");
        }
    }
}

fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0), "{what}: {found}, not {wanted}");
}

#[test]
fn an_event_that_never_happens_changes_no_cent() {
    let plain = text("", "", "");
    for when in [
        "probability = 0\nmonth = \"month 1\"",
        "hazard = \"0 % / month\"",
        "probability = 1\nmonth = \"month 25 .. 40\"",
    ] {
        let more = format!("[events.x]\n{when}\n{ALL}").replace("25 .. 40", "200");
        assert_same(&plain, &text("", "", &more), &[]);
    }
}

#[test]
fn adding_an_event_changes_no_other_draw() {
    let leaves = "[events.leaves]\nhazard = \"2 .. 9 % / month\"\nhours = \"20 .. 90 hours\"\n";
    let rise = "[events.rise]\nhazard = \"5 % / month\"\nprices = { shop = \"1.1 .. 1.5 times\" }\n";
    let money = ["invoiced", "dual", "monthly", "cumulative", "present", "real", "fiscal", "decided"];
    let (one, both) = (text("", "", leaves), text("", "", &format!("{leaves}{rise}")));
    assert_same(&one, &both, &money);
    let differ = traces(&one)
        .iter()
        .zip(traces(&both))
        .any(|(a, b)| a["option.stay.monthly.tco"] != b["option.stay.monthly.tco"]);
    assert!(differ, "prices rise somewhere");
}

#[test]
fn a_price_factor_from_month_1_on_is_prices_written_so() {
    let rise = "[events.rise]\nprobability = 1\nmonth = \"month 1\"\nprices = { shop = \"1.5 times\" }\n";
    let dearer =
        text("", "", "").replace("$100 / month", "$150 / month").replace("$300 /", "$450 /").replace("$60 /", "$90 /");
    for (risen, written) in traces(&text("", "", rise)).iter().zip(traces(&dearer)) {
        for (path, values) in written.iter().filter(|(path, _)| !path.ends_with("size_last_dearer")) {
            for (month, (a, b)) in risen[path].iter().zip(values).enumerate() {
                near(*a, *b, &format!("{path} in month {}", month + 1));
            }
        }
    }
}

#[test]
fn what_an_event_removes_is_paid_until_then_and_what_it_adds_from_then_on() {
    let logs = "[platforms.old.tooling.logs]\nprice = \"$300 / month\"\n";
    let event = |month: u32, does: &str| {
        text("", "", &format!("[events.x]\nprobability = 1\nmonth = \"month {month}\"\n{does}\n"))
    };
    let (with, without) = (text("", "", ""), text("", "", "").replace(logs, ""));
    // The steady month knows no events.
    assert_same(&without, &event(1, "removes = [\"old.tooling.logs\"]"), &["size_last_dearer"]);
    let removed = first(&event(7, "removes = [\"old.tooling.logs\"]"));
    let adds = "adds = { old = { tooling = { logs = { price = \"$300 / month\" }, fee = { once = \"$50\" } } } }";
    let added = first(&event(7, adds).replacen(logs, "", 1));
    let (with, without) = (first(&with), first(&without));
    let path = "option.stay.invoiced.tooling";
    for month in 1..=24_usize {
        let (whole, rest) = (with[path][month - 1], without[path][month - 1]);
        near(removed[path][month - 1], if month < 7 { whole } else { rest }, &format!("removed, month {month}"));
        // The setup fee is a line of the platform too: its share of support is paid with it.
        let fee = if month == 7 { 55.0 } else { 0.0 };
        near(added[path][month - 1], if month < 7 { rest } else { whole + fee }, &format!("added, month {month}"));
    }
}

#[test]
fn what_nobody_ever_asks_for_adds_nothing() {
    let never = "[requirements.report]\n[requirements.other]\n[platforms.old.cannot.report]\nblocked = \"$9,000 / month\"\n\
                 [platforms.old.data.audit]\nprice = \"$800 / month\"\nneeds = \"report\"\n\
                 [platforms.new.data.fee]\nonce = \"$800\"\nneeds = \"report\"\n\
                 [platforms.old.work.audit]\nhours = \"9 hours / month\"\nneeds = \"other\"\n";
    assert_same(&text("", "", ""), &text("", "", never), &[]);
}

#[test]
fn begins_and_until_are_a_lines_first_and_last_month() {
    let found =
        first(&text("begins = \"month 3\"\nuntil = \"month 5\"", "begins = \"month 4\"\nuntil = \"month 4\"", ""));
    let (whole, tooling) = (first(&text("", "", "")), 300.0 * 1.1 - 300.0);
    for month in 1..=24_usize {
        let path = "option.stay.invoiced.runtime";
        let wanted = if (3..=5).contains(&month) { whole[path][month - 1] } else { 0.0 };
        near(found[path][month - 1], wanted, &format!("runtime in month {month}"));
        let hours = whole["option.stay.hours"][month - 1] - found["option.stay.hours"][month - 1];
        assert_eq!(month != 4, hours > 1.0, "hours in month {month}");
        let support = found["option.stay.invoiced.tooling"][month - 1] - 300.0;
        near(support, tooling + 0.1 * wanted, &format!("a share of what counts, month {month}"));
    }
}

#[test]
fn every_effect_is_arithmetic_by_hand() {
    let event = format!("[events.x]\nprobability = 1\nmonth = \"month 4.6\"\nlasts = \"3 months\"\n{ALL}");
    let fall = "[events.fall]\nprobability = 1\nmonth = \"month 9\"\ndemand = \"0.25 times\"\n";
    let still = |more: &str| {
        let text = text("", "", more)
            .replace("growth = \"1 .. 3 % / month\"\nmonth_to_month = \"5 % / month\"", "growth = \"0 % / month\"");
        text.replace(
            "accrual = \"2 % / month\"\npaydown = \"1 % / month\"",
            "accrual = \"0 % / month\"\npaydown = \"0 % / month\"",
        )
    };
    let (found, plain) = (first(&still(&format!("{event}{fall}").replace("+20 %", "+60 %"))), first(&still("")));
    for month in 1..=24_usize {
        let of = |path: &str| found[path][month - 1];
        let was = |path: &str| plain[path][month - 1];
        let on = month >= 5;
        let demand = if month >= 9 {
            0.5
        } else if on {
            2.0
        } else {
            1.0
        };
        near(of("demand.index"), demand, &format!("demand in month {month}"));
        near(of("driver.engineers"), if on { 18.0 } else { 9.0 }, &format!("people in month {month}"));
        near(of("event.x"), f64::from(u8::from(on)), "happened");
        near(of("requirement.report"), f64::from(u8::from(on)), "asked for");
        near(of("option.stay.blocked"), if on { 9_000.0 } else { 0.0 }, "blocked");
        near(of("option.stay.debt.old"), if on { 1.0 } else { 0.5 }, "debt is full at most");
        let more = of("option.stay.monthly.economic") - of("option.stay.monthly.tco");
        let parts = ["loss", "penalties", "premium", "blocked"].map(|part| of(&format!("option.stay.{part}")));
        near(more, parts.iter().sum(), "economic");
        // Hours are upkeep, 40 once, and two people on each incident: restore is 2 for three months, debt apart.
        let debt = if on { [1.8 / 1.4, 1.7 / 1.35] } else { [1.0, 1.0] };
        let restore = debt[1] * if (5..8).contains(&month) { 2.0 } else { 1.0 };
        let once = if month == 5 { 40.0 } else { 0.0 };
        near(of("option.stay.loss"), was("option.stay.loss") * restore * demand, &format!("loss in month {month}"));
        assert!(of("option.stay.hours") >= debt[0] * 20.0 + once - 1e-9);
        assert!(was("option.stay.blocked") == 0.0);
    }
    let hours = |month: usize| found["option.stay.mean_hours"][month - 1];
    near(hours(5) - hours(6), 40.0, "hours are taken once");
    near(found["option.move.blocked"][23], 0.0, "nothing is blocked where no traffic is");
    let steady = "option.move.size_last_dearer";
    near(found[steady][23], plain[steady][23], "the steady month knows no events");
}

#[test]
fn a_fee_that_waits_for_a_requirement_is_paid_in_its_first_month() {
    let more =
        "[requirements.report]\nbegins = \"month 6\"\n[platforms.old.data.fee]\nonce = \"$800\"\nneeds = \"report\"\n";
    for (month, paid) in first(&text("", "", more))["option.stay.invoiced.data"].iter().enumerate() {
        near(*paid, if month + 1 == 6 { 800.0 } else { 0.0 }, &format!("month {}", month + 1));
    }
}

#[test]
fn a_hazard_has_the_same_chance_in_every_month_that_it_has_not_happened() {
    const TRIALS: u64 = 16_384;
    let event = "[events.x]\nhazard = \"4 % / month\"\nhours = \"9 hours\"\n[events.y]\nprobability = \"30 %\"\nmonth = \"month 5\"\nhours = \"9 hours\"\n";
    let run = run(&text("", "", event), TRIALS, 3);
    let mut not_yet = 1.0_f64;
    for (month, found) in run.summary.events[0].happened_by.iter().enumerate() {
        let wanted = 1.0 - not_yet;
        let se = (wanted * not_yet / TRIALS as f64).sqrt();
        assert!((found.value() - wanted).abs() <= SIGMAS_MC * se, "by month {month}: {}, not {wanted}", found.value());
        not_yet *= 0.96;
    }
    let stated = &run.summary.events[1];
    assert_eq!(stated.happened_by[4].count, 0);
    assert_eq!(stated.happened_by[5].count, stated.happens().count);
    let se = (0.3 * 0.7 / TRIALS as f64).sqrt();
    assert!((stated.happens().value() - 0.3).abs() <= SIGMAS_MC * se);
}

#[test]
fn with_and_without_an_event_add_up_to_the_mean_of_all() {
    let event = "[events.rise]\nhazard = \"3 % / month\"\nprices = { shop = \"3 times\" }\n";
    let run = run(&text("", "", event), 4_096, 3);
    let (stay, leave) = (run.option("stay"), run.option("move"));
    let event = &run.summary.events[0];
    assert!(event.options[stay].is_none(), "the baseline is compared with nothing");
    let against = event.options[leave].as_ref().expect("an option beside the baseline");
    let (with, without) = (against.with.expect("some rise"), against.without.expect("some do not"));
    let p = event.happens().value();
    let mean = run.summary.headline(leave, outgrow::summary::Lens::Tco).delta[24].mean.value;
    let sum = p * with.value + (1.0 - p) * without.value;
    // Each sum is of amounts rounded to 2⁻⁴⁰ of a unit of some hundred thousand dollars.
    assert!((sum - mean).abs() < 1e-6, "{sum} and {mean}");
    let adds = against.contribution.expect("both kinds are there");
    assert!((adds.value - (mean - without.value)).abs() < 1e-6);
    assert!(with.value < without.value - 4.0 * (with.se + without.se), "staying pays the higher price on more");
    // The error of a mean of 4,096 by replicates of another seed.
    let again: Vec<f64> = (10..30)
        .map(|seed| {
            let run = crate::run::run(
                &text("", "", "[events.rise]\nhazard = \"3 % / month\"\nprices = { shop = \"3 times\" }\n"),
                512,
                seed,
            );
            let adds = run.summary.events[0].options[leave].as_ref().and_then(|o| o.contribution).expect("both kinds");
            (adds.value, adds.se)
        })
        .map(|(value, se)| (value - adds.value) / se)
        .collect();
    let far = again.iter().filter(|z| z.abs() > SIGMAS_MC).count();
    assert_eq!(far, 0, "{again:?}");
}

#[test]
fn an_event_of_month_1_acts_in_month_1() {
    let certain = |what: &str| {
        let more = format!(
            "[events.launch]\nprobability = 1\nmonth = \"month 1\"\n{what}\n[drivers.pods]\nper = {{ \"old.runtime.web\" = 3 }}\n"
        );
        let text = text("", "", &more)
            .replace("month_to_month = \"5 % / month\"\n", "")
            .replace("1 .. 3 % / month", "0 % / month");
        let text = text.replace(
            "[platforms.old.tooling.logs]\nprice = \"$300 / month\"",
            "[platforms.old.tooling.desks]\nseats = \"engineers\"\nprice = \"$10 / month\"",
        );
        let scenario = twin::read(&text);
        twin::compare(&scenario, Seed(5), 0, 2, what);
        let trace = sim::trace(&compile(&scenario), Seed(5), 0, 1).remove(0);
        let first = |path: &str| trace[path][0];
        [
            first("option.stay.invoiced.runtime"),
            first("option.stay.invoiced.tooling"),
            first("driver.engineers"),
            first("driver.pods"),
        ]
    };
    // Six run today: half a unit of slack, so twice the demand needs ⌈11⌉ units. Support is a tenth of all of it.
    let [web, tooling, engineers, pods] = certain("demand = \"2 times\"");
    assert_eq!([web, engineers, pods], [1_100.0, 18.0, 33.0]);
    assert!((tooling - (180.0 + 128.0)).abs() < 1e-9, "{tooling}");
    // With half of it ⌈2.75⌉; nobody is let go.
    let [web, _, engineers, pods] = certain("demand = \"0.5 times\"");
    assert_eq!([web, engineers, pods], [300.0, 9.0, 9.0]);
    // What leaves demand alone leaves what runs today.
    let [web, _, engineers, pods] = certain("demand = \"1 times\"");
    assert_eq!([web, engineers, pods], [600.0, 9.0, 18.0]);
    let [web, ..] = certain("prices = { shop = \"2 times\" }");
    assert_eq!(web, 1_200.0);
}
