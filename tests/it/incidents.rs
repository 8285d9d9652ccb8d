//! What incidents cost and what developers' own time comes to, each against arithmetic by hand.
//!
//! Lengths are made sure (P50 = P90), and penalties of $1 and $1,000 show how many incidents of two classes a month had.

use outgrow::math::elementary::pow;
use outgrow::math::law::Law;
use outgrow::plan::compile;
use outgrow::sim::{self, Trace};
use outgrow::units::Seed;

use crate::{generate, twin};

/// A dozen roundings of 2⁻⁵³ of what is added.
const REL_ROUNDING: f64 = 1e-12;
/// Trials that are looked at; a month of some of them has no incident, of some many.
const TRIALS: usize = 16;
const MONTHS: usize = 24;
/// Deploys are counted by the week.
const WEEKS: f64 = 365.0 / 84.0;

/// Two platforms; the project lasts `effort` from month 2 on, traffic moves in its second half.
fn text(head: &str, people: &str, old: &str, new: &str, effort: &str) -> String {
    format!(
        r#"
name = "By hand"
start = "2027-03"
months = {MONTHS}
baseline = "stay"
{head}

[drivers.engineers]
today = 10
people = true

[drivers.deploys]
today = 10
elasticity = 0

[people]
loaded_hour = "$100 / hour"
refocus = "0 min"
{people}

{old}

{new}

[options.stay]
platform = "old"

[options.move]
platform = "new"
migration = "leave"

[migrations.leave]
from = "old"
starts = "month 2"
effort = "{effort}"
overrun = 1
people = 1
traffic_moves_in_last = "50 %"
overlap = "0 months"
"#
    )
}

const STILL: &str = "[demand]\ngrowth = \"0 % / month\"";
const GROWING: &str = "[demand]\ngrowth = \"2 % / month\"";
const BUSINESS: &str = "[business]\nrevenue = \"$730,000 / month\"\nmargin = \"60 %\"";
/// What an hour without revenue costs in `BUSINESS`.
const HOUR: f64 = 600.0;
const NOTHING: &str = "[platforms.new.data.none]\nprice = \"$0 / month\"";

fn traces(text: &str) -> Vec<Trace> {
    sim::trace(&compile(&twin::read(text)), Seed(3), 0, TRIALS)
}

fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0), "{what}: {found}, by hand {wanted}");
}

/// Calls with each trial, its trace and each month from 1.
fn each_month(traces: &[Trace], mut see: impl FnMut(&dyn Fn(&str) -> f64, usize)) {
    for trace in traces {
        for month in 1..=MONTHS {
            see(&|name: &str| trace[&format!("option.{name}")][month - 1], month);
        }
    }
}

/// Two classes of incidents on a platform: n_a of 40 hours that stop all revenue, n_b of 20 hours that stop half of it and
/// of which four fifths come later.
fn two_classes(platform: &str, rate: f64) -> String {
    format!(
        r#"
[platforms.{platform}.incidents.a]
rate = "{rate} / month"
duration = {{ p50 = 40, p90 = 40, unit = "hours" }}
revenue_hit = "100 %"
penalties = "$1"
[platforms.{platform}.incidents.b]
rate = "{rate} / month"
duration = {{ p50 = 20, p90 = 20, unit = "hours" }}
revenue_hit = "50 %"
recovered = "80 %"
penalties = "$1000"
"#
    )
}

/// How many of either class, from what was paid for them.
fn counts(penalties: f64) -> (f64, f64) {
    let b = (penalties / 1000.0).floor();
    (penalties - 1000.0 * b, b)
}

#[test]
fn more_hours_than_a_month_has_are_scaled_down_together() {
    let text = text(&format!("{STILL}\n{BUSINESS}"), "", &two_classes("old", 15.0), NOTHING, "600 engineer-weeks");
    let mut seen = [0, 0];
    each_month(&traces(&text), |of, month| {
        let (a, b) = counts(of("stay.penalties"));
        let stopped = 40.0 * a + 10.0 * b;
        let never_comes = 40.0 * a + 10.0 * b * 0.2;
        let wanted = HOUR * never_comes * (730.0 / stopped.max(730.0));
        near(of("stay.loss"), wanted, &format!("{a} and {b} in month {month}"));
        seen[usize::from(stopped > 730.0)] += 1;
        // At the mean the cap is on the mean hours: 15 · 40 + 15 · 10 is 750.
        near(of("stay.mean_loss"), HOUR * (600.0 + 150.0 * 0.2) * (730.0 / 750.0), "at the mean");
        near(of("stay.mean_penalties"), 15_015.0, "at the mean");
    });
    assert!(seen[0] > 20 && seen[1] > 20, "both sides of the cap are seen: {seen:?}");
}

#[test]
fn what_is_lost_follows_demand_and_the_share_of_traffic() {
    // One month of project from the opening of month 2; traffic moves in its second half: a quarter of month 2.
    let head = format!("{GROWING}\n{BUSINESS}");
    let text = text(&head, "", &two_classes("old", 1.0), &two_classes("new", 1.0), "1 person-month");
    each_month(&traces(&text), |of, month| {
        let demand = pow(1.02, month as f64 - 1.0);
        let lost = |(a, b): (f64, f64)| HOUR * demand * (40.0 * a + 2.0 * b);
        near(of("stay.loss"), lost(counts(of("stay.penalties"))), &format!("staying, month {month}"));
        let (a, b) = (1.0, 1.0);
        let here = match month {
            // The old one has all of its incidents, the new one half of a month of them.
            2 => 0.75 + 0.25 * 0.5,
            _ => 1.0,
        };
        near(of("move.mean_loss"), here * lost((a, b)), &format!("at the mean, month {month}"));
        if month != 2 {
            near(of("move.loss"), lost(counts(of("move.penalties"))), &format!("moving, month {month}"));
        }
    });
}

#[test]
fn a_credit_takes_at_most_all_of_the_vendors_invoice() {
    let old = r#"
[vendors.shop]
sla_credit = { a = "40 %" }
[vendors.other]
[platforms.old]
vendor = "shop"
[platforms.old.runtime.web]
price = "$1,000 / month"
copies = "20 %"
[platforms.old.runtime.setup]
once = "$3,000"
[platforms.old.data.disk]
price = "$500 / month"
vendor = "other"
[platforms.old.tooling.support]
percent_of = "all"
percent = "10 %"
"#;
    let head = "[demand]\ngrowth = \"0 % / month\"";
    let old = format!("{old}{}", two_classes("old", 1.5).replace("revenue_hit = \"100 %\"\n", ""));
    let old = old.replace("revenue_hit = \"50 %\"\nrecovered = \"80 %\"\n", "");
    let mut seen = [0; 4];
    each_month(&traces(&text(head, "", &old, NOTHING, "600 engineer-weeks")), |of, month| {
        let (a, _) = counts(of("stay.penalties"));
        let kept = (1.0 - 0.4 * a).max(0.0);
        seen[a.min(3.0) as usize] += 1;
        let what = format!("{a} incidents in month {month}");
        near(of("stay.invoiced.runtime"), 1_200.0 * kept, &what);
        near(of("stay.invoiced.tooling"), 170.0 * kept, &what);
        near(of("stay.invoiced.data"), 500.0, &what);
        assert!(a < 3.0 || of("stay.invoiced.runtime") == 0.0, "{what}: nothing is invoiced, to the bit");
        near(of("stay.mean_invoiced"), 1_370.0 * 0.4 + 500.0, "at the mean, 1.5 incidents");
        if month == 1 {
            let opening = of("stay.cumulative.tco") - of("stay.monthly.tco");
            near(opening, 3_000.0, "of the opening nothing is given back");
        }
    });
    assert!(seen.iter().all(|times| *times > 5), "none, one, two and more are seen: {seen:?}");
}

#[test]
fn a_bill_runs_away_outside_of_shares_and_credits() {
    let old = r#"
[vendors.shop]
sla_credit = { a = "40 %" }
[platforms.old]
vendor = "shop"
[platforms.old.runtime.web]
price = "$1,000 / month"
copies = "20 %"
[platforms.old.tooling.support]
percent_of = "all"
percent = "10 %"
[platforms.old.incidents.a]
per = { deploys = "2 %" }
duration = { p50 = 1, p90 = 1, unit = "hours" }
penalties = "$1"
runaway = { line = "runtime.web", times = "3 times", noticed_after = "2 days", refunded = "25 %" }
"#;
    let each = 1_200.0 * 3.0 * 48.0 / 730.0 * 0.75;
    // Ten deploys a week, two in a hundred of which go wrong.
    let mean = 0.2 * WEEKS;
    let text = text(STILL, "deploys = \"deploys\"", old, NOTHING, "600 engineer-weeks");
    each_month(&traces(&text), |of, month| {
        let n = of("stay.penalties");
        let kept = (1.0 - 0.4 * n).max(0.0);
        near(of("stay.invoiced.runtime"), 1_200.0 * kept + n * each, &format!("{n} incidents in month {month}"));
        near(of("stay.invoiced.tooling"), 120.0 * kept, "a share of what was bought");
        near(of("stay.mean_penalties"), mean, "mean number a month");
        near(of("stay.mean_invoiced"), 1_320.0 * (1.0 - 0.4 * mean) + mean * each, "at the mean");
    });
}

#[test]
fn classes_with_a_common_cause_have_the_same_luck_on_two_platforms() {
    let platforms = |cause: &str| {
        let one = |platform: &str| {
            let class = format!("rate = \"1.5 / month\"\nduration = {{ p50 = 1, p90 = 5, unit = \"hours\" }}\n{cause}");
            format!("[platforms.{platform}.incidents.x]\n{class}penalties = \"$1\"\nresponders = 1\n")
        };
        let text = text(STILL, "", &one("old"), &one("new"), "1 person-month");
        traces(&text.replace("migration = \"leave\"\n", ""))
    };
    let mut differ = 0;
    each_month(&platforms("common_cause = \"weather\"\n"), |of, month| {
        assert_eq!(of("stay.penalties"), of("move.penalties"), "counts in month {month}");
        assert_eq!(of("stay.hours"), of("move.hours"), "lengths in month {month}");
    });
    each_month(&platforms(""), |of, _| differ += usize::from(of("stay.penalties") != of("move.penalties")));
    assert!(differ > TRIALS * MONTHS / 4, "apart, they have luck of their own: {differ}");
}

#[test]
fn friction_is_split_by_the_share_of_traffic() {
    let of_platform =
        |name: &str, minutes: u32| format!("[platforms.{name}.friction]\nper = {{ deploys = \"{minutes} min\" }}\n");
    let (old, new) = (of_platform("old", 6), of_platform("new", 12));
    // By the week because [people] says that it counts deploys; by the month or the week because its unit says so.
    for (people, unit, times) in [
        ("deploys = \"deploys\"", "", WEEKS),
        ("", "unit = \"deploys / week\"\n", WEEKS),
        ("deploys = \"deploys\"", "unit = \"deploys / month\"\n", 1.0),
        ("", "", 1.0),
    ] {
        let text = text(STILL, people, &old, &new, "1 person-month");
        let text = text.replace("[drivers.deploys]\n", &format!("[drivers.deploys]\n{unit}"));
        let (slow, quick) = (0.2 * 10.0 * times, 0.1 * 10.0 * times);
        each_month(&traces(&text), |of, month| {
            let wanted = match month {
                1 => quick,
                2 => 0.75 * quick + 0.25 * slow,
                _ => slow,
            };
            near(of("move.hours"), wanted, &format!("{people} {unit} month {month}"));
            near(of("stay.mean_hours"), quick, "staying");
        });
    }
}

#[test]
fn whoever_joins_is_onboarded_once_where_most_of_the_traffic_is() {
    let of_platform = |name: &str, hours: u32| format!("[platforms.{name}.onboarding]\nhours = \"{hours} hours\"\n");
    let (old, new) = (of_platform("old", 20), of_platform("new", 50));
    let people = "engineers = \"engineers\"\nturnover = \"12 % / year\"";
    // A month of project has moved a quarter of month 2's traffic, half a month of it five eighths.
    for (effort, in_month_2) in [("1 person-month", 20.0), ("0.5 person-month", 50.0)] {
        for (growth, as_of) in [(10.0_f64, "2027-03"), (10.0, "2027-01"), (-5.0, "2027-03")] {
            let head = format!("as_of = \"{as_of}\"\n[demand]\ngrowth = \"{growth} % / month\"");
            let text = text(&head, people, &old, &new, effort);
            let months_before = if as_of == "2027-01" { 2 } else { 0 };
            // The running maximum: nobody is dismissed, and whoever was not joins nobody.
            let people_in = |j: i32| 10.0 * pow(1.0 + growth.max(0.0) / 100.0, f64::from(j));
            each_month(&traces(&text), |of, month| {
                let j = months_before + month as i32 - 1;
                // In month 1 against the as-of reading.
                let before = if month == 1 { people_in(0) } else { people_in(j - 1) };
                let joined = people_in(j) - before + 0.01 * people_in(j);
                let hours = match month {
                    1 => 20.0,
                    2 => in_month_2,
                    _ => 50.0,
                };
                near(of("move.hours"), hours * joined, &format!("{effort}, {growth} %, {as_of}, month {month}"));
                near(of("stay.hours"), 20.0 * joined, "staying");
            });
        }
    }
}

#[test]
fn a_premium_is_on_all_hours_of_developers() {
    let work = |name: &str, hours: u32| format!("[platforms.{name}.work.upkeep]\nhours = \"{hours} hours / month\"\n");
    let people = "opportunity_premium = \"50 %\"";
    let text = text(STILL, people, &work("old", 30), &work("new", 10), "1 person-month");
    each_month(&traces(&text), |of, month| {
        // 150 hours of the project in month 2, in which the new platform is in service for the half with traffic.
        let wanted = match month {
            1 => 30.0,
            2 => 30.0 + 5.0 + 150.0,
            _ => 10.0,
        };
        near(of("move.premium"), 50.0 * wanted, &format!("month {month}"));
        near(of("stay.mean_premium"), 50.0 * 30.0, "staying");
    });
}

#[test]
fn an_option_that_never_leaves_loses_and_pays_what_the_baseline_does_to_the_bit() {
    let mut compared = 0;
    for number in 0..40 {
        let mut scenario = twin::unforced(&generate::scenario(number));
        let leave = scenario.migrations.iter().position(|m| m.name == "leave").expect("generated");
        scenario.migrations[leave].start_month.law = Law::Constant(900.0);
        for trace in sim::trace(&compile(&scenario), Seed(number), 0, TRIALS) {
            for (path, values) in trace.iter().filter(|(path, _)| path.starts_with("option.stay.")) {
                let bits = |values: &[f64]| values.iter().map(|x| (x + 0.0).to_bits()).collect::<Vec<_>>();
                let own = &trace[&path.replacen("stay", "move", 1)];
                assert_eq!(bits(own), bits(values), "generated {number}: {path}");
                compared += 1;
            }
        }
    }
    assert!(compared > 40 * TRIALS * 10, "{compared}");
}

#[test]
fn without_business_penalties_and_premium_nothing_is_added_to_tco() {
    let class =
        "[platforms.old.incidents.x]\nrate = \"1 / month\"\nduration = { p50 = 1, p90 = 5, unit = \"hours\" }\n";
    let plan = compile(&twin::read(&text(STILL, "", class, NOTHING, "1 person-month")));
    for option in ["stay", "move"] {
        for what in ["loss", "mean_loss", "penalties", "mean_penalties", "premium", "mean_premium"] {
            let name = format!("option.{option}.{what}");
            let (_, col) = plan.names.iter().find(|(path, _)| *path == name).expect("it is named");
            assert!(plan.constants.contains(&(*col, 0.0)), "{name} is the column of zeros");
        }
    }
}

/// A region that is down, on both platforms: $1 to customers for each, so that penalties count them.
const REGION: &str = r#"
[incidents.region]
rate = "0.8 / month"
duration = { p50 = 10, p90 = 10, unit = "hours" }
revenue_hit = { old = "100 %", new = "50 %" }
responders = 3
penalties = "$1"
"#;

#[test]
fn a_shared_incident_hits_all_that_are_exposed_in_the_same_months() {
    // The old platform serves until the opening of month 3; traffic moves in the second half of month 2.
    let head = format!("{STILL}\n{BUSINESS}\n{REGION}");
    let debt = "[platforms.new.debt]\npreset = \"black box\"";
    let old = NOTHING.replace("new", "old");
    let text = text(&head, "", &old, &format!("{NOTHING}\n{debt}"), "1 person-month");
    let mut seen = 0.0;
    each_month(&traces(&text), |of, month| {
        let n = of("stay.penalties");
        seen += n;
        near(of("stay.hours"), 30.0 * n, "three people for ten hours each");
        near(of("stay.loss"), HOUR * 10.0 * n, "all revenue");
        near(of("move.penalties"), n, &format!("the same ones, month {month}"));
        // In month 2 the new one serves for half of the month, and a quarter of the hits are on it.
        let (hours, hit) = match month {
            1 => (1.0, 1.0),
            2 => (1.5, 0.75 + 0.25 * 0.5),
            _ => (1.0, 0.5),
        };
        near(of("move.hours"), 30.0 * n * hours, &format!("hours, month {month}"));
        near(of("move.loss"), HOUR * 10.0 * n * hit, &format!("loss, month {month}"));
        near(of("move.mean_loss"), HOUR * 10.0 * 0.8 * hit, "at the mean, whatever the debt");
    });
    assert!(seen > 100.0, "{seen}");
}

#[test]
fn a_shared_incident_is_drawn_once_and_changes_no_other_draw() {
    let classes = format!("{}{}", two_classes("old", 1.0), two_classes("new", 1.0));
    let with = text(
        &format!("{STILL}\n{}", REGION.replace("new = ", "").replace("\"100 %\", \"50 %\"", "\"100 %\"")),
        "",
        &classes,
        "",
        "1 person-month",
    );
    let without = text(STILL, "", &classes, "", "1 person-month");
    let strip = |text: &str| {
        text.replace("revenue_hit = \"100 %\"\n", "").replace("revenue_hit = \"50 %\"\nrecovered = \"80 %\"\n", "")
    };
    let (with, without) = (traces(&strip(&with)), traces(&strip(&without)));
    for (with, without) in with.iter().zip(&without) {
        for month in 0..MONTHS {
            let own = |trace: &Trace| trace["option.move.penalties"][month];
            // The region's are in the first two months only: its platform is left then.
            let more = own(with) - own(without);
            assert!(more >= 0.0 && more.fract() == 0.0 || month == 1, "{more}");
            assert!(month < 2 || more == 0.0, "month {}: {more}", month + 1);
        }
    }
}

#[test]
fn rates_follow_load_deploys_practice_and_debt() {
    let new = r#"
[platforms.new.incidents.load]
rate = "2 / month"
driver = "demand"
elasticity = 0.5
duration = { p50 = 3, p90 = 3, unit = "hours" }
learning = { extra = "60 %", halves_every = "4 months" }
[platforms.new.incidents.release]
per = { deploys = "4 %" }
duration = { p50 = 1, p90 = 1, unit = "hours" }
[platforms.new.debt]
accrual = "5 % / month"
paydown = "0 % / month"
at_full = { incidents = "+150 %" }
"#;
    let people = "engineers = \"engineers\"\ndeploys = \"deploys\"";
    let old = NOTHING.replace("new", "old");
    let text = text(GROWING, people, &old, new, "6 engineer-weeks").replace("elasticity = 0\n", "elasticity = 1\n");
    // On the platform from the opening: practice begins with month 1.
    let text = text.replace("\nmigration = \"leave\"", "");
    let text = text.split("[migrations.leave]").next().expect("the options stand before it");
    for trial in traces(text) {
        for month in 0..MONTHS {
            let demand = outgrow::math::elementary::pow(1.02, month as f64);
            let practice = 1.0 + 0.6 * outgrow::math::elementary::pow(0.5, month as f64 / 4.0);
            let debt = 1.0 + 1.5 * trial["option.move.debt.new"][month];
            let load = 2.0 * demand.sqrt() * practice * debt * 3.0;
            let releases = 0.04 * 10.0 * demand * WEEKS * debt;
            near(trial["option.move.mean_hours"][month], load + releases, &format!("month {}", month + 1));
        }
        assert!(trial["option.move.debt.new"][MONTHS - 1] > 0.5, "debt grows");
    }
}
