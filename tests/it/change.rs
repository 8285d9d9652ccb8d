//! Options that change their platform, against arithmetic by hand, and what must hold of them.

use outgrow::plan::compile;
use outgrow::sim;
use outgrow::summary::{Lens, When};
use outgrow::units::Seed;

use crate::run::run;
use crate::twin::read;

/// A few dozen roundings of 2⁻⁵³.
const REL_ROUNDING: f64 = 1e-12;

/// A platform without chance, and an option that makes these changes on it.
fn text(option: &str, change: &str) -> String {
    format!(
        r#"
name = "One platform"
start = "2027-01"
months = 6
baseline = "stay"
tuned = "tuned"

[demand]
growth = "0 % / month"

[people]
loaded_hour = "$50 / hour"
refocus = "0 min"

[platforms.paas.runtime.web]
price = "$100 / month"
today = 10
peak = 2
autoscaling = 0
at_least = 1
[platforms.paas.data.disk]
price = "$30 / month"
[platforms.paas.tooling.support]
percent_of = "all"
percent = "10 %"
[platforms.paas.work.upkeep]
hours = "6 hours / month"

[options.stay]
platform = "paas"
[options.tuned]
title = "Tuned"
platform = "paas"
{option}
[options.tuned.change]
{change}
"#
    )
}

/// Invoices of the tuned option in each month, and the hours of running it and of changing it.
fn months(option: &str, change: &str) -> Vec<[f64; 3]> {
    let plan = compile(&read(&text(option, change)));
    let trace = &sim::trace(&plan, Seed(1), 0, 1)[0];
    let series = |what: &str| trace[&format!("option.tuned.{what}")].clone();
    let (bill, hours, project) = (series("monthly.invoices"), series("hours"), series("project_hours"));
    (0..bill.len()).map(|m| [bill[m], hours[m], project[m]]).collect()
}

fn is_near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0)
}

/// Until its month the platform is the baseline's: 10 · 100 + 30 = 1,030, a tenth for support, 6 hours of work.
const BEFORE: f64 = 1_133.0;

#[test]
fn what_is_changed_is_changed_from_its_month_on_and_nothing_before() {
    // (change, invoices and hours from month 3 on)
    let cases = [
        (r#""runtime.web.price" = "$80 / month""#, 1.1 * 830.0, 6.0),
        // 8 would run today
        (r#""runtime.web.today" = 8"#, 1.1 * 830.0, 6.0),
        // One unit carries what it carries: 2a = 9.5, so a = 4.75, and the mean takes 5.
        (r#""runtime.web.autoscaling" = 1"#, 1.1 * 530.0, 6.0),
        // a + (b − a)/2 for a = 4.75 and b = 9.5: 5 + (10 − 5)/2
        (r#""runtime.web.autoscaling" = "50 %""#, 1.1 * 780.0, 6.0),
        // 2 · 4.75 · 1.2 = 11.4
        (r#""runtime.web.headroom" = "20 %""#, 1.1 * 1_230.0, 6.0),
        // With a `today` of its own the rest is read as changed: 8 of them, and no formula of before.
        ("\"runtime.web.today\" = 8\n\"runtime.web.autoscaling\" = 1", 1.1 * 830.0, 6.0),
        (r#""data.disk" = "none""#, 1_100.0, 6.0),
        (r#""data.disk" = { meter = "demand", price = "$7" }"#, 1.1 * 1_007.0, 6.0),
        (r#""data.cache" = { price = "$70 / month" }"#, 1.1 * 1_100.0, 6.0),
        (r#""tooling.support.percent" = "20 %""#, 1.2 * 1_030.0, 6.0),
        (r#""tooling.support" = { percent_of = ["data"], percent = "10 %" }"#, 1_033.0, 6.0),
        (r#""work.upkeep.hours" = "9 hours / month""#, BEFORE, 9.0),
        (r#""work.looking" = { hours = "1 hour / month" }"#, BEFORE, 7.0),
        (r#""work.upkeep" = "none""#, BEFORE, 0.0),
        (r#""work.upkeep" = { hours = "2 hours / month", driver = "demand" }"#, BEFORE, 2.0),
        (r#""waste" = "50 %""#, 1.1 * 2_060.0, 6.0),
    ];
    for (change, bill, hours) in cases {
        let found = months("starts = \"month 3\"\neffort = \"1 engineer-week\"", change);
        for (m, found) in found.into_iter().enumerate() {
            let (bill, hours) = if m < 2 { (BEFORE, 6.0) } else { (bill, hours) };
            // A week of 150 hours a month: 150 · 84/365.
            let wanted = [bill, hours, if m == 2 { 150.0 * 84.0 / 365.0 } else { 0.0 }];
            assert!((0..3).all(|k| is_near(found[k], wanted[k])), "{change} in month {}: {found:?}, {wanted:?}", m + 1);
        }
    }
}

#[test]
fn a_change_of_month_1_holds_in_the_as_of_month() {
    let found = months("", r#""runtime.web.autoscaling" = 1"#);
    assert!(is_near(found[0][0], 1.1 * 530.0), "{found:?}");
    let found = months("starts = \"month 2.4\"", r#""runtime.web.today" = 8"#);
    assert!(is_near(found[0][0], BEFORE) && is_near(found[1][0], 1.1 * 830.0), "rounded to a whole month: {found:?}");
}

/// Everything spreads, and an option changes what is said.
fn spread(change: &str) -> String {
    format!(
        r#"
name = "One platform"
start = "2027-01"
months = 24
baseline = "stay"
tuned = "tuned"
[demand]
growth = "1 .. 3 % / month"
month_to_month = "5 % / month"
[people]
loaded_hour = "$50 .. 150 / hour"
[platforms.paas.runtime.web]
price = "$100 .. 300 / month"
today = 10
[platforms.paas.data.disk]
price = "$30 .. 90 / month"
[platforms.paas.work.upkeep]
hours = "6 .. 40 hours / month"
[platforms.paas.debt]
preset = "drifting"
[platforms.paas.incidents.outage]
rate = "0.5 .. 2 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}
outside_help = "$500 / hour"
[options.stay]
platform = "paas"
[options.tuned]
platform = "paas"
starts = "month 3"
change = {{ {change} }}
"#
    )
}

#[test]
fn what_is_not_changed_is_the_same_draw() {
    let found = run(&spread("\"data.disk\" = \"none\", \"data.other\" = { price = \"$10 / month\" }"), 256, 5);
    let crossover = found.summary.headline(found.option("tuned"), Lens::Tco);
    // All that spreads in the difference is the price of the disk, $30 to $90 in 22 months: at most a few hundred dollars, where
    // options with draws of their own would be tens of thousands apart.
    let end = crossover.delta.last().expect("24 months");
    let disk = found.summary.options[found.option("stay")].costs[0].parts.iter();
    let disk: f64 = disk.filter(|part| part.account.name() == "data").map(|part| part.total.sd).sum();
    assert!((end.mean.sd - disk * 22.0 / 24.0).abs() <= 1e-6 * disk, "{} and {disk}", end.mean.sd);
    assert!(
        crossover.delta[2].mean.value == 0.0 && crossover.delta[2].mean.sd == 0.0,
        "before month 3 it is the baseline"
    );
    assert_eq!(found.summary.options[found.option("tuned")].platform, "tuned", "it is told apart");
}

#[test]
fn a_higher_rate_keeps_the_incidents_that_there_were() {
    let scenario = read(&spread("\"incidents.outage.rate\" = \"4 .. 9 / month\""));
    let traces = sim::trace(&compile(&scenario), Seed(5), 0, 64);
    let mut more = 0;
    for trace in &traces {
        let [own, base] = ["tuned", "stay"].map(|option| &trace[&format!("option.{option}.invoiced.engineering")]);
        for (m, (own, base)) in own.iter().zip(base).enumerate() {
            assert!(own >= base && (m > 1 || own == base), "month {}: {own} and {base}", m + 1);
            more += usize::from(own > base);
        }
    }
    assert!(more > 64 * 15, "in most of 22 months there are more: {more}");
}

#[test]
fn debt_goes_on() {
    let scenario = read(&spread("\"debt.accrual\" = \"0 % / month\", \"debt.paydown\" = \"0 % / month\""));
    for trace in sim::trace(&compile(&scenario), Seed(5), 0, 16) {
        let [own, base] = ["tuned", "stay"].map(|option| &trace[&format!("option.{option}.debt.paas")]);
        assert_eq!(own[..3], base[..3], "months 1 to 3 open as they did");
        assert!(own[2..].windows(2).all(|pair| pair[0] == pair[1]), "and stands from then on: {own:?}");
        assert!(base[23] > own[23]);
    }
}

#[test]
fn a_change_that_only_saves_pays_back_from_the_start_and_is_no_way_of_leaving() {
    let found = run(&spread("\"data.disk\" = \"none\""), 64, 5);
    let place = found.option("tuned");
    let crossover = found.summary.headline(place, Lens::Tco);
    assert_eq!(crossover.break_even.map(|q| q.at), [When::FromStart; 3]);
    assert!(!found.summary.options[place].leaves);
}
