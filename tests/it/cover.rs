//! Who does the hours: what layers take, what they cost, and what that leaves of debt.

use std::collections::BTreeMap;

use outgrow::model::LayerKind;
use outgrow::plan::compile;
use outgrow::sim::trace;
use outgrow::units::Seed;

use crate::generate;
use crate::twin::{compare, read};

/// Sums of two dozen hours or dollars, each rounded a few times.
const REL_SUM: f64 = 1e-9;

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= REL_SUM * one.abs().max(other.abs()).max(1.0)
}

/// A team on a platform of its own with debt, work and incidents; `options` is what else the file says.
fn scene(options: &str) -> String {
    format!(
        r#"
name = "Cover"
start = "2027-01"
months = 24
baseline = "stay"
[demand]
growth = "2 % / month"
[drivers.engineers]
today = 10
people = true
[drivers.deploys]
today = 10
[people]
loaded_hour = "$100 / hour"
raise = "4 % / year"
refocus = "20 min"
engineers = "engineers"
deploys = "deploys"
[platforms.here]
title = "Here"
friction = {{ per = {{ deploys = "6 min" }} }}
[platforms.here.runtime.web]
price = "$1,000 / month"
[platforms.here.work.upkeep]
hours = "30 .. 60 hours / month"
driver = "engineers"
[platforms.here.incidents.outage]
rate = "1 / month"
duration = {{ p50 = 1, p90 = 4, unit = "hours" }}
responders = 2
follow_up = "2 hours"
[platforms.here.debt]
preset = "drifting"
[options.stay]
platform = "here"
[options.covered]
platform = "here"
{options}
"#
    )
}

fn lived(text: &str, trials: usize) -> Vec<BTreeMap<String, Vec<f64>>> {
    let scenario = read(text);
    compare(&scenario, Seed(7), 0, trials, "scene");
    trace(&compile(&scenario), Seed(7), 0, trials)
}

const SERVICE: &str = r#"[options.covered.cover.firm]
kind = "service"
retainer = "$4,000 / month"
includes = "20 hours / month"
"#;

#[test]
fn a_retainer_takes_the_hours_it_includes_and_no_more() {
    for trial in lived(&scene(SERVICE), 8) {
        for m in 0..24 {
            let (stay, covered) = (trial["option.stay.hours"][m], trial["option.covered.hours"][m]);
            let taken = trial["option.covered.cover.firm.hours"][m];
            assert!((0.0..=20.0).contains(&taken), "{taken}");
            assert!(taken > 0.0);
            if m == 0 {
                assert!(near(stay, covered + taken), "the first month's debt is the same: {stay}, {covered}, {taken}");
            }
            let bill = trial["option.covered.invoiced.engineering"][m];
            assert!(near(bill, 4_000.0), "included hours cost the retainer: {bill}");
        }
    }
}

#[test]
fn a_service_sells_hours_up_to_its_cap_those_included_among_them() {
    let text =
        scene(&SERVICE.replace("includes =", "beyond = \"$10 / hour\"\nat_most = \"25 hours / month\"\nincludes ="));
    for trial in lived(&text, 8) {
        let [taken, bill] =
            ["cover.firm.hours", "invoiced.engineering"].map(|of| trial[&format!("option.covered.{of}")].clone());
        for (taken, bill) in taken.iter().zip(bill) {
            assert!(near(*taken, 25.0), "there is more to do, and more is not sold: {taken}");
            assert!(near(bill, 4_050.0), "five hours above those included: {bill}");
        }
    }
}

#[test]
fn whoever_does_not_work_out_is_gone_and_the_seat_is_filled_again() {
    let team = r#"[options.covered.cover.team]
kind = "dedicated"
pay = "$9,000 / month"
productive = "10 hours / month"
lag = "2 months"
recruiting = "$1,000"
"#;
    let seats = |more: &str| {
        let all = lived(&scene(&format!("{team}{more}")), 80);
        all.into_iter().map(|trial| trial["option.covered.cover.team.seats"].clone()).collect::<Vec<_>>()
    };
    // All fail after four months: two months of lag, four of work, and so on.
    for seats in seats("mis_hire = \"100 %\"\nmis_hire_after = \"4 months\"\n") {
        let by_hand: Vec<f64> = (0..24).map(|m| f64::from(u8::from(m % 6 >= 2))).collect();
        assert_eq!(seats, by_hand);
    }
    // One in four: of 80 first hires, whose seat is empty in month 7, about 20.
    let empty = seats("mis_hire = \"25 %\"\nmis_hire_after = \"4 months\"\n").iter().filter(|s| s[6] == 0.0).count();
    let four_sigmas = 4.0 * (80.0 * 0.25 * 0.75_f64).sqrt();
    assert!((empty as f64 - 20.0).abs() <= four_sigmas, "{empty}");
    // Nobody of today is one, and nobody is where nothing is said.
    for seats in seats("filled = 1\nmis_hire = \"100 %\"\nmis_hire_after = \"4 months\"\n").iter().chain(&seats("")) {
        assert!(seats[2..].iter().all(|seats| *seats == 1.0), "{seats:?}");
    }
}

#[test]
fn who_knows_production_goes_by_who_works_on_it() {
    let scene = |more: &str| {
        let text =
            scene(more).replace("engineers = \"engineers\"\n", "engineers = \"engineers\"\nknow_production = 1\n");
        text.replace("baseline =", "reasons = [\"one person\"]\nbaseline =")
    };
    let know = |more: &str| {
        lived(&scene(more), 8).into_iter().map(|trial| {
            assert_eq!(trial["option.covered.signal.one_person"][23], 0.0, "it is one today, and that latches");
            (trial["option.covered.know_production"].clone(), trial.get("option.covered.cover.team.seats").cloned())
        })
    };
    let team = "[options.covered.cover.team]\nkind = \"dedicated\"\npay = \"$9,000 / month\"\nproductive = \"10 hours / month\"\n";
    for (know, _) in know(&format!("{team}seats = 2\nlag = \"3 months\"\n")) {
        assert_eq!(know[1..5], [1.0, 1.0, 3.0, 3.0], "two more once they are there");
    }
    for (know, seats) in know(&format!("{team}filled = 1\nlag = \"3 months\"\nattrition = \"90 % / year\"\n")) {
        assert_eq!(Some(know), seats, "who was there today is among those who know");
    }
    for (know, _) in know(SERVICE) {
        assert!(know.iter().all(|know| *know == 3.0));
    }
    let summary = crate::run::run(&scene(SERVICE), 64, 1).summary;
    let shares: Vec<f64> = summary.options.iter().map(|o| o.one_person.expect("it is said").value()).collect();
    let answered = &outgrow::study::reasons::of(&summary)[0];
    assert_eq!((shares, answered.mends), (vec![0.0, 1.0], Some(true)), "covered, stay");
}

#[test]
fn a_service_with_unlimited_free_hours_is_developers_at_price_zero() {
    let free = r#"[options.covered.cover.firm]
kind = "service"
retainer = "$0 / month"
beyond = "$0 / hour"
"#;
    let owned = "owned_share = \"100 %\"\n";
    let zero =
        scene(owned).replace("$100 / hour", "$0 / hour").replace("friction = { per = { deploys = \"6 min\" } }\n", "");
    let covered = scene(free).replace("friction = { per = { deploys = \"6 min\" } }\n", "");
    for (covered, zero) in lived(&covered, 8).iter().zip(lived(&zero, 8)) {
        for m in 0..24 {
            assert_eq!(covered["option.covered.hours"][m], 0.0);
            for what in ["monthly.tco", "cumulative.tco", "debt.here"] {
                let (one, other) =
                    (covered[&format!("option.covered.{what}")][m], zero[&format!("option.covered.{what}")][m]);
                assert!(near(one, other), "{what} in month {}: {one}, {other}", m + 1);
            }
        }
    }
}

#[test]
fn debt_falls_only_where_somebody_owns_the_work() {
    for (options, may_fall) in [("", false), (SERVICE, true), (&SERVICE.replace("20 hours", "0 hours"), false)] {
        let mut fell = false;
        for trial in lived(&scene(options), 8) {
            let debt = &trial["option.covered.debt.here"];
            assert!(debt.iter().all(|q| (0.0..=1.0).contains(q)));
            fell |= debt.windows(2).any(|pair| pair[1] < pair[0]);
        }
        assert_eq!(fell, may_fall, "{options}");
    }
}

#[test]
fn what_is_no_cover_changes_nothing() {
    let nothing = "[options.covered.cover.firm]\nkind = \"service\"\nretainer = \"$0 / month\"\n";
    for (without, with) in lived(&scene(""), 8).iter().zip(lived(&scene(nothing), 8)) {
        for (path, values) in without {
            assert_eq!(values, &with[path], "{path} to the bit");
        }
    }
}

#[test]
fn seats_open_when_developers_have_too_much_to_do() {
    let team = r#"[options.covered.cover.team]
kind = "dedicated"
seats = 2
pay = "$15,000 / month"
productive = "20 hours / month"
hire_when_any = ["toil > 0.1 % for 3 months"]
lag = "2 months"
recruiting = "$5,000"
ramp = "2 months"
[options.covered.cover.firm]
kind = "service"
order = 1
retainer = "$2,000 / month"
includes = "30 hours / month"
ends_when = "team is filled"
notice = "1 month"
"#;
    for trial in lived(&scene(team), 4) {
        let seats = &trial["option.covered.cover.team.seats"];
        // Three months of toil are seen at the end of month 3; the seats open with month 4 and are filled with month 6.
        assert_eq!(&seats[..7], [0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 2.0]);
        let team = &trial["option.covered.cover.team.hours"];
        assert!(near(team[5], 10.0), "two people at a quarter of 20 hours: {}", team[5]);
        assert!(near(team[6], 30.0), "at three quarters: {}", team[6]);
        let firm = &trial["option.covered.cover.firm.hours"];
        assert!(firm[6] > 0.0 && firm[7] == 0.0, "it works for a month after it is told: {firm:?}");
        let bill = &trial["option.covered.invoiced.engineering"];
        assert!(near(bill[5], 12_000.0) && near(bill[6], 2_000.0) && bill[7] == 0.0, "{bill:?}");
        let (invoices, cash) = (trial["option.covered.monthly.invoices"][7], trial["option.covered.monthly.cash"][7]);
        let raised = 15_000.0 * outgrow::math::elementary::pow(1.04, 7.0 / 12.0);
        assert!(near(cash - invoices, 2.0 * raised), "pay of opened seats is cash: {}", cash - invoices);
    }
}

#[test]
fn seats_of_today_are_no_cash_and_go_on_when_one_leaves() {
    let text = scene("").replace("[options.covered]\nplatform = \"here\"\n", "")
        + r#"
[platforms.there]
title = "There"
[platforms.there.runtime.web]
price = "$500 / month"
[platforms.there.work.upkeep]
hours = "40 hours / month"
[options.stay.cover.ops]
kind = "dedicated"
seats = 1
filled = 1
pay = "$10,000 / month"
productive = "10 hours / month"
[options.kept]
platform = "there"
migration = "move"
[options.kept.cover.ops]
[options.free]
platform = "there"
migration = "move"
[options.free.cover.ops]
released = true
[options.paid]
platform = "there"
migration = "move"
[migrations.move]
from = "here"
starts = "month 4"
effort = "8 engineer-weeks"
overrun = 1
people = 2
"#;
    for trial in lived(&text, 4) {
        let of = |option: &str, what: &str, m: usize| trial[&format!("option.{option}.{what}")][m];
        for m in 0..24 {
            assert_eq!(of("stay", "monthly.cash", m), of("stay", "monthly.invoices", m));
            let pay = of("stay", "pay.of_today", m);
            assert_eq!(of("kept", "pay.of_today", m), pay);
            assert_eq!(of("paid", "pay.of_today", m), pay);
            assert_eq!(of("free", "pay.of_today", m), if m < 3 { pay } else { 0.0 });
            assert!(of("kept", "cover.ops.hours", m) > 0.0);
            assert_eq!(of("paid", "cover.ops.hours", m) > 0.0, m < 3, "nobody of the baseline's works for it any more");
            if m < 3 {
                for option in ["kept", "free", "paid"] {
                    assert_eq!(of(option, "monthly.tco", m), of("stay", "monthly.tco", m), "not left yet");
                    assert_eq!(of(option, "debt.here", m), of("stay", "debt.here", m));
                }
            }
        }
    }
}

#[test]
fn a_consultant_takes_debt_off_and_owns_nothing() {
    let review = r#"[options.covered.cover.review]
kind = "consultant"
begins = "month 3"
lasts = "2 months"
days = "4 / month"
day_rate = "$1,500"
lowers_debt = "5 % / month"
"#;
    for (with, without) in lived(&scene(review), 4).iter().zip(lived(&scene(""), 4)) {
        let (with_debt, without_debt) = (&with["option.covered.debt.here"], &without["option.covered.debt.here"]);
        assert_eq!(with_debt[..3], without_debt[..3]);
        assert!(near(with_debt[3], (without_debt[3] - 0.05).max(0.0)), "{with_debt:?}");
        let bill = &with["option.covered.invoiced.engineering"];
        assert_eq!(
            bill.iter().map(|paid| *paid > 0.0).collect::<Vec<_>>()[..6],
            [false, false, true, true, false, false]
        );
        assert!(near(bill[2], 6_000.0));
    }
}

/// Everything that is done is work that there is, whoever does it; and no team does more than its people can.
#[test]
fn hours_of_layers_and_developers_add_up_to_the_work() {
    let mut seen = 0;
    for number in 0..120 {
        let mut scenario = read(&generate::scenario(number));
        // Debt goes by who does the hours, projects may wait for them, and waiting is none of the work.
        scenario.platforms.iter_mut().for_each(|platform| {
            platform.debt = None;
            platform.friction.waiting = None;
        });
        scenario.events.iter_mut().for_each(|event| event.debt = None);
        scenario.migrations.iter_mut().for_each(|migration| migration.starts_when_any.clear());
        let with = trace(&compile(&scenario), Seed(number), 0, 2);
        let layers: Vec<_> = scenario.options.iter().map(|option| option.cover.layers.clone()).collect();
        scenario.options.iter_mut().for_each(|option| option.cover = Default::default());
        let without = trace(&compile(&scenario), Seed(number), 0, 2);
        for (with, without) in with.iter().zip(&without) {
            for (option, layers) in scenario.options.iter().zip(&layers) {
                let path = |what: &str| format!("option.{}.{what}", option.name);
                let start = path("cover.");
                let taken: Vec<(&String, &Vec<f64>)> =
                    with.iter().filter(|(name, _)| name.starts_with(&start) && name.ends_with(".hours")).collect();
                if taken.is_empty() {
                    continue;
                }
                for m in 0..scenario.months as usize {
                    let of = |trial: &BTreeMap<String, Vec<f64>>| {
                        trial[&path("hours")][m] + trial[&path("project_hours")][m]
                    };
                    let layers_do: f64 = taken.iter().map(|(_, hours)| hours[m]).sum();
                    let (found, wanted) = (of(with) + layers_do, of(without));
                    assert!(near(found, wanted), "generated {number}, month {}: {found} of {wanted}", m + 1);
                    assert!(taken.iter().all(|(_, hours)| hours[m] >= 0.0) && with[&path("hours")][m] >= -REL_SUM);
                    let owned = with[&path("owned")][m];
                    assert!((-REL_SUM..=1.0 + REL_SUM).contains(&owned), "generated {number}: {owned}");
                    seen += 1;
                }
                for layer in layers {
                    let LayerKind::Dedicated(dedicated) = &layer.kind else { continue };
                    let most = dedicated.productive_hours.law.quantile(1.0 - 1e-12);
                    let of = |what: &str| &with[&path(&format!("cover.{}.{what}", layer.name))];
                    for (hours, seats) in of("hours").iter().zip(of("seats")) {
                        assert!(*hours <= seats * most * (1.0 + REL_SUM), "generated {number}: {hours} by {seats}");
                    }
                }
            }
        }
    }
    assert!(seen > 1_000, "{seen} months are covered");
}
