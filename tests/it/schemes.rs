//! Price lines, each against arithmetic by hand, and what must hold of them whatever their figures.

use std::collections::BTreeSet;

use outgrow::math::law::Law;
use outgrow::model::{Basis, DriverKind, InForce, Line, Scenario, Scheme, UnitPrice};
use outgrow::plan::compile;
use outgrow::sim;
use outgrow::units::Seed;

use crate::refuse::book;
use crate::run::run;
use crate::{generate, twin};

/// A dozen roundings of 2⁻⁵³ of what is added.
const REL_ROUNDING: f64 = 1e-12;
/// Dollars by hand against dollars by the program.
const CENT: f64 = 0.005;

/// Two platforms with nothing uncertain. The project lasts month 2, traffic moves in its second half, and the old
/// platform stays for half a month after it.
fn text(head: &str, old: &str, new: &str, standby: &str) -> String {
    format!(
        r#"
name = "By hand"
start = "2027-01"
months = 24
baseline = "stay"
{head}

[drivers.requests]
today = 1_000

[drivers.database]
today = "60 GB"
inflow = "10 GB / month"
elasticity = 0

[drivers.engineers]
today = 9.2
elasticity = 0
people = true

[people]
loaded_hour = "$95 / hour"
refocus = "0 min"

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
effort = "1 person-month"
overrun = 1
people = 1
traffic_moves_in_last = "50 %"
overlap = "0.5 months"
standby = "{standby}"
"#
    )
}

const STILL: &str = "[demand]\ngrowth = \"0 % / month\"";
const NOTHING: &str = "[platforms.new.data.none]\nprice = \"$0 / month\"";

/// An option's invoices of a bucket by month, in the first trial, at the prices of the tests.
fn invoiced(text: &str, option: &str, bucket: &str) -> Vec<f64> {
    let traces = sim::trace(&compile(&twin::read_at(&book(), text)), Seed(1), 0, 1);
    traces[0][&format!("option.{option}.invoiced.{bucket}")].clone()
}

fn assert_months(found: &[f64], wanted: &[(usize, f64)], what: &str) {
    for (month, wanted) in wanted {
        let found = found[month - 1];
        assert!((found - wanted).abs() < CENT, "{what}, month {month}: {found}, by hand {wanted}");
    }
}

#[test]
fn a_ladder_is_climbed_as_its_stock_grows_and_several_of_the_last_follow() {
    let old = r#"[platforms.old.data.postgres]
fits = { storage = "database", connections = 100 }
above = "wall"
plans = [
    { name = "a", price = "$50 / month", storage = "64 GB", connections = 120 },
    { name = "b", price = "$200 / month", storage = "0.128 TB", connections = "unlimited" },
]"#;
    let text = text(STILL, old, NOTHING, "100 %");
    // 60 GB and 10 more each month: 130 GB in month 8, 260 GB in month 21.
    let wanted = [(1, 50.0), (2, 200.0), (7, 200.0), (8, 400.0), (20, 400.0), (21, 600.0)];
    assert_months(&invoiced(&text, "stay", "data"), &wanted, "the ladder");
    let run = run(&text, 64, 1);
    let walls = |option: &str| &run.summary.options[run.option(option)].walls;
    let [wall] = walls("stay").as_slice() else { panic!("one line has a wall") };
    assert_eq!(wall.line, "platform.old.data.postgres");
    let hit: Vec<u64> = wall.hit_by.iter().map(|p| p.count).collect();
    assert_eq!((hit.len(), hit[7], hit[8], hit[24]), (25, 0, 64, 64));
    // Who has moved by then never hits it.
    assert_eq!(walls("move")[0].hit_by[24].count, 0);
}

#[test]
fn a_reading_by_the_day_the_week_or_the_second_is_billed_by_the_month() {
    let old = r#"[drivers.day]
today = "50 GB / day"
[drivers.week]
from = { engineers = 1 }
unit = "deploys / week"
[drivers.second]
today = "50 requests / second"
[platforms.old.runtime.day]
meter = "day"
free = "100 GB"
price = "$0.09 / GB"
[platforms.old.data.week]
meter = "week"
price = "$2 / deploy"
[platforms.old.tooling.second]
meter = "second"
price = "$0.40 / million requests""#;
    let text = text(STILL, &format!("{old}\n"), NOTHING, "100 %");
    // 365/12 days, 365/84 weeks, 730 hours.
    let day = (50.0 * 365.0 / 12.0 - 100.0) * 0.09;
    let week = 9.2 * 365.0 / 84.0 * 2.0;
    let second = 50.0 * 730.0 * 3600.0 * 0.40 / 1e6;
    assert_months(&invoiced(&text, "stay", "runtime"), &[(1, day), (24, day)], "by the day");
    assert_months(&invoiced(&text, "stay", "data"), &[(1, week), (24, week)], "by the week");
    assert_months(&invoiced(&text, "stay", "tooling"), &[(1, second), (24, second)], "by the second");
}

#[test]
fn readings_in_millions_with_exponents_and_units_as_price_pages_write_them_bill_the_same() {
    let driver = |today: &str| format!("[drivers.calls]\ntoday = {today}\n");
    let line = |rest: &str| format!("[platforms.old.runtime.calls]\nmeter = \"calls\"\n{rest}\n");
    let cases = [
        (driver("\"60 million requests / month\""), line("free = \"2 million requests\"\nsku = \"cloud.requests\"")),
        (driver("\"60e6 requests / month\""), line("free = \"2e6 requests\"\nprice = \"$0.40 / million requests\"")),
        (driver("60\nunit = \"million requests / month\""), line("free = 2\nsku = \"cloud.requests\"")),
        (
            driver("60\nunit = \"million requests / month\""),
            line("free = \"2,000 thousand requests\"\nprice = \"$0.40 / million\""),
        ),
        (driver("\"58 GB\""), line("price = \"$0.40 / GB-month\"")),
    ];
    for (driver, line) in cases {
        let text = text(STILL, &format!("{driver}{line}"), NOTHING, "100 %");
        assert_months(&invoiced(&text, "stay", "runtime"), &[(1, 23.2), (24, 23.2)], &format!("{driver}{line}"));
    }
    let seats = "[platforms.old.runtime.seats]\nseats = \"engineers\"\nprice = \"$21 / user-month\"\n";
    let fixed = "[platforms.old.data.nat]\nprice = \"$0.04 / vCPU-hour\"\ntimes = 2\n[platforms.old.tooling.nat]\nsku = \"cloud.vcpu\"\ntimes = 2";
    let text = text(STILL, &format!("{seats}{fixed}"), NOTHING, "100 %");
    assert_months(&invoiced(&text, "stay", "runtime"), &[(1, 210.0)], "ten seats");
    assert_months(&invoiced(&text, "stay", "data"), &[(1, 0.04 * 730.0 * 2.0)], "two by the hour");
    assert_months(&invoiced(&text, "stay", "tooling"), &[(1, 0.04 * 730.0 * 2.0)], "two of a list price");
}

#[test]
fn a_plan_is_left_for_a_smaller_one_only_where_the_line_descends() {
    let plans = r#"[platforms.old.data.postgres]
fits = { rows = "requests" }
plans = [
    { name = "a", price = "$50 / month", rows = 500 },
    { name = "b", price = "$100 / month", rows = 1_000 },
]"#;
    let shrinks = "[demand]\ngrowth = \"-10 % / month\"";
    // 0.9^6 is 0.531, 0.9^7 is 0.478.
    let stays = invoiced(&text(shrinks, plans, NOTHING, "100 %"), "stay", "data");
    assert_months(&stays, &[(1, 100.0), (8, 100.0), (24, 100.0)], "remembers");
    let descends = format!("{plans}\ndescends = true");
    let falls = invoiced(&text(shrinks, &descends, NOTHING, "100 %"), "stay", "data");
    assert_months(&falls, &[(1, 100.0), (7, 100.0), (8, 50.0), (24, 50.0)], "descends");
}

#[test]
fn a_plan_climbed_between_the_as_of_month_and_month_1_is_kept() {
    let plans = r#"[platforms.old.data.postgres]
fits = { rows = "requests" }
plans = [
    { name = "a", price = "$100 / month", rows = 1_000 },
    { name = "b", price = "$300 / month", rows = 4_000 },
]"#;
    let head = "as_of = \"2026-11\"\n[demand]\ngrowth = \"0 % / month\"\nseason = { nov = 1, dec = 3, jan = 1 }";
    let kept = invoiced(&text(head, plans, NOTHING, "100 %"), "stay", "data");
    assert_months(&kept, &[(1, 300.0), (11, 300.0)], "remembers December");
    let descends = format!("{plans}\ndescends = true");
    let left = invoiced(&text(head, &descends, NOTHING, "100 %"), "stay", "data");
    assert_months(&left, &[(1, 100.0), (11, 100.0), (12, 300.0), (13, 100.0)], "descends");
}

#[test]
fn months_in_service_in_part_are_costed_at_their_mean_load_and_billed_for_the_part() {
    let lines = |name: &str| {
        format!(
            r#"[platforms.{name}.data.postgres]
fits = {{ rows = "requests" }}
descends = true
plans = [
    {{ name = "a", price = "$50 / month", rows = 500 }},
    {{ name = "b", price = "$100 / month", rows = 1_000 }},
]
[platforms.{name}.tooling.seats]
seats = "engineers"
price = "$30 / month"
[platforms.{name}.runtime.support]
percent_of = ["data"]
percent = "10 %"
at_least = "$8 / month""#
        )
    };
    for standby in ["100 %", "0 %"] {
        let text = text(STILL, &lines("old"), &lines("new"), standby);
        // Month 2: the new platform serves half of it, and on average half the load while it does: 50 / 2. The old one
        // serves all of it with three quarters of the load. Month 3: the old one serves half of it, and its plan does not
        // come down while traffic leaves, standby or not.
        let data = [(1, 100.0), (2, 100.0 + 25.0), (3, 50.0 + 100.0), (4, 100.0)];
        assert_months(&invoiced(&text, "move", "data"), &data, standby);
        // ⌈9.2⌉ seats, people in full on both.
        let seats = [(1, 300.0), (2, 300.0 + 150.0), (3, 150.0 + 300.0), (4, 300.0)];
        assert_months(&invoiced(&text, "move", "tooling"), &seats, standby);
        // A tenth of each invoice, at least $8 for a whole month and $4 for half of one: 10 + max(2.5, 4), then
        // max(5, 4) + 10.
        let share = [(1, 10.0), (2, 14.0), (3, 15.0), (4, 10.0)];
        assert_months(&invoiced(&text, "move", "runtime"), &share, standby);
    }
}

#[test]
fn a_platform_moved_to_begins_with_what_its_first_month_needs() {
    // A stock that shrinks: the plan it would have needed before anybody was there is not remembered.
    let head =
        "[demand]\ngrowth = \"0 % / month\"\n[drivers.rows]\ntoday = 1_000\ninflow = 0\npurge = \"60 % / month\"";
    let new = r#"[platforms.new.data.postgres]
fits = { rows = "rows" }
plans = [
    { name = "a", price = "$50 / month", rows = 500 },
    { name = "b", price = "$100 / month", rows = 1_000 },
]"#;
    let old = "[platforms.old.data.none]\nprice = \"$0 / month\"";
    let found = invoiced(&text(head, old, new, "100 %"), "move", "data");
    assert_months(&found, &[(1, 0.0), (2, 25.0), (3, 50.0), (24, 50.0)], "moved to");
}

#[test]
fn seats_bundles_and_shares_are_what_they_are_by_hand() {
    let old = r#"[platforms.old.tooling.seats]
seats = "engineers"
price = "$25 / month"
copies = "20 %"

[platforms.old.runtime.tasks]
today = 4
each = { vcpu = { price = "$30 / month" }, gb = { price = "$3 / month", times = 2 } }

[platforms.old.data.database]
price = "$12,000 / month"
copies = "50 %"

[platforms.old.data.support]
percent_of = ["data.database", "data"]
brackets = [{ up_to = "$10,000 / month", percent = "10 %" }, { percent = "7 %" }]

[platforms.old.runtime.marketplace]
percent_of = ["runtime", "tooling.seats"]
percent = "10 %"
at_least = "$60 / month"
copies = "50 %"

[platforms.old.data.fee]
once = "$1,000"
month = "month 3"

[platforms.old.data.setup]
once = "$5,000""#;
    let text = text(STILL, old, NOTHING, "100 %");
    // 10 seats of $25 and a fifth more.
    assert_months(&invoiced(&text, "stay", "tooling"), &[(1, 300.0), (24, 300.0)], "seats");
    // 18,000: 1,000 of the first 10,000, 560 of the rest; the opening's amount is no month's, month 3's is.
    let data = [(1, 18_000.0 + 1_560.0), (2, 19_560.0), (3, 19_000.0 + 1_630.0), (4, 19_560.0)];
    assert_months(&invoiced(&text, "stay", "data"), &data, "a share by brackets");
    // 4 units of 30 + 2·3; a tenth of 144 + 300 is 44.40, and $60 at least, half more for the copies of it.
    assert_months(&invoiced(&text, "stay", "runtime"), &[(1, 144.0 + 90.0), (24, 234.0)], "a bundle and a minimum");
}

/// Lines that are paid at list prices.
const LISTED: &str = r#"[platforms.old.runtime.web]
sku = "paas.dyno.large"
today = 4

[platforms.old.runtime.tasks]
today = 2
each = { "cloud.vcpu" = 1, "cloud.gb" = 2, agent = { sku = "paas.dyno.small", times = 0.5 } }

[platforms.old.data.postgres]
ladder = "paas.postgres"
fits = { storage = "database" }

[platforms.old.data.disk]
sku = "cloud.disk"
meter = "database"
free = "10 GB"

[platforms.old.tooling.seats]
sku = "cloud.seat"
seats = "engineers"

[platforms.old.tooling.balancer]
sku = "paas.dyno.small"

[platforms.old.tooling.calls]
meter = "calls"
sku = "cloud.requests"

[drivers.calls]
today = "5,000,000 requests / month""#;

#[test]
fn list_prices_are_paid_by_the_month_by_the_unit_by_the_seat_and_by_the_meter() {
    let text = text(STILL, LISTED, NOTHING, "100 %");
    // 4 dynos of 500; 2 tasks of 29.20 for a vCPU, 2 · 2.92 for memory and 25 for half a dyno.
    let runtime = 2_000.0 + 2.0 * (29.2 + 5.84 + 25.0);
    assert_months(&invoiced(&text, "stay", "runtime"), &[(1, runtime), (24, runtime)], "units");
    // 60 GB: the plan of 64 at 50, then that of 1 TB at 365; 10 of them are free of the disk.
    let data = [(1, 50.0 + 5.0), (2, 365.0 + 6.0)];
    assert_months(&invoiced(&text, "stay", "data"), &data, "plans and a meter");
    // Ten seats, one fixed, five million requests.
    assert_months(&invoiced(&text, "stay", "tooling"), &[(1, 200.0 + 50.0 + 2.0)], "seats, one, millions");
}

#[test]
fn a_list_price_is_quoted_with_source_and_date_and_is_one_figure_wherever_it_is_paid() {
    let new = r#"[platforms.new.runtime.web]
sku = "paas.dyno.small"
today = 4"#;
    let scenario = twin::read_at(&book(), &text(STILL, LISTED, new, "100 %"));
    let estimates = scenario.estimates();
    let prices: Vec<_> = estimates.into_iter().filter(|estimate| estimate.path.starts_with("price.")).collect();
    assert!(prices.iter().all(|e| e.basis == Basis::Quoted && e.source == "the list, 2026-08-04"));
    // Three lines on two platforms pay for the small dyno.
    let paths: Vec<&str> = prices.iter().map(|price| &price.path["price.".len()..]).collect();
    let wanted = [
        "paas.dyno.small",
        "cloud.gb",
        "cloud.vcpu",
        "paas.dyno.large",
        "cloud.disk",
        "paas.postgres.one",
        "paas.postgres.two",
        "cloud.requests",
        "cloud.seat",
    ];
    assert_eq!(paths.iter().collect::<BTreeSet<_>>(), wanted.iter().collect::<BTreeSet<_>>());
    assert_eq!(paths.len(), wanted.len());
}

/// Generated scenario `number` with the lines of its platform `old`, always in force, nothing of them idle or bought ahead, at
/// prices that stand still, as `change` leaves them; the month's invoices of staying by trial, all buckets.
fn staying(number: u64, change: impl Fn(&mut Vec<Line>)) -> Vec<Vec<f64>> {
    let mut scenario = twin::unforced(&generate::scenario(number));
    let old = scenario.platforms.iter_mut().find(|p| p.name == "old").expect("generated");
    for line in &mut old.lines {
        (line.in_force, line.rises, line.waste, line.commitment) = (InForce::default(), None, None, None);
    }
    change(&mut old.lines);
    old.incidents.clear();
    // What follows units of lines that are no more.
    for driver in &mut scenario.drivers {
        if let DriverKind::PerUnits { terms } = &mut driver.kind {
            terms.clear();
        }
    }
    scenario.events.iter_mut().for_each(|event| event.prices.clear());
    for vendor in &mut scenario.vendors {
        (vendor.rises, vendor.contract, vendor.credits) = (None, None, None);
    }
    let by_bucket = |trace: &sim::Trace| {
        let buckets = ["runtime", "data", "tooling"].map(|bucket| &trace[&format!("option.stay.invoiced.{bucket}")]);
        (0..buckets[0].len()).map(|month| buckets.iter().map(|b| b[month]).sum()).collect()
    };
    sim::trace(&compile(&scenario), Seed(number), 0, 64).iter().map(by_bucket).collect()
}

#[test]
fn a_ladder_never_descends_unless_told() {
    let falls = |months: &[f64]| months.windows(2).any(|pair| pair[1] < pair[0] * (1.0 - REL_ROUNDING));
    let mut fell = 0;
    for number in 0..60 {
        let only = |descends: bool| {
            staying(number, |lines| {
                lines.retain(|line| matches!(line.scheme, Scheme::Ladder(_)));
                for line in lines {
                    if let Scheme::Ladder(ladder) = &mut line.scheme {
                        ladder.descends = descends;
                    }
                }
            })
        };
        assert!(!only(false).iter().any(|months| falls(months)), "generated {number}");
        fell += only(true).iter().filter(|months| falls(months)).count();
    }
    assert!(fell > 100, "some would descend if told: {fell}");
}

#[test]
fn a_share_of_nothing_is_nothing() {
    let mut shares = 0;
    for number in 0..40 {
        let months = staying(number, |lines| {
            lines.retain(|line| !matches!(line.scheme, Scheme::Once { .. }));
            for line in lines {
                match &mut line.scheme {
                    Scheme::Share(share) => share.at_least.law = Law::Constant(0.0),
                    _ => {
                        let mut price = line.copies.clone();
                        price.law = Law::Constant(0.0);
                        line.scheme = Scheme::Fixed { times: price.clone(), price };
                    }
                }
            }
        });
        assert!(months.iter().flatten().all(|cost| *cost == 0.0), "generated {number}");
        let scenario = twin::read(&generate::scenario(number));
        shares += scenario.platforms.iter().flat_map(|p| &p.lines).filter(|line| line.is_share()).count();
    }
    assert!(shares > 40, "shares are generated: {shares}");
}

#[test]
fn seats_count_whole_people() {
    let mut seen = 0;
    for number in 0..60 {
        let months = staying(number, |lines| {
            lines.retain(|line| matches!(line.scheme, Scheme::Seats { .. }));
            for line in lines {
                if let Scheme::Seats { price, .. } = &mut line.scheme {
                    price.law = Law::Constant(10.0);
                }
            }
        });
        for seats in months.iter().flatten().map(|cost| cost / 10.0) {
            assert!((seats - seats.round()).abs() < REL_ROUNDING * seats.max(1.0), "generated {number}: {seats}");
            seen += usize::from(seats > 0.0);
        }
    }
    assert!(seen > 1_000, "seats are generated: {seen}");
}

/// The bundles among lines as separate unit lines, one for each part.
fn unbundled(lines: &mut Vec<Line>) -> usize {
    let mut parts = 0;
    let apart = |line: Line| -> Vec<Line> {
        let Scheme::Units(units) = &line.scheme else { return vec![line] };
        let UnitPrice::Bundle(bundle) = &units.price else { return vec![line] };
        let one = |part: &outgrow::model::Part| {
            let mut price = part.price.clone();
            price.law = price.law.scaled(part.times.constant().expect("generated as a number"));
            let units = outgrow::model::UnitsScheme { price: UnitPrice::Single(price), ..units.clone() };
            Line { name: format!("{}-{}", line.name, part.name), scheme: Scheme::Units(units), ..line.clone() }
        };
        parts += bundle.len();
        bundle.iter().map(one).collect()
    };
    *lines = std::mem::take(lines).into_iter().flat_map(apart).collect();
    parts
}

#[test]
fn a_bundle_equals_the_sum_of_its_parts_as_separate_unit_lines() {
    let mut bundles = 0;
    for number in 0..40 {
        // What is held has one price for the whole bundle.
        let whole = staying(number, |lines| lines.iter_mut().for_each(|line| line.commitment = None));
        let apart = staying(number, |lines| {
            lines.iter_mut().for_each(|line| line.commitment = None);
            unbundled(lines);
        });
        for (whole, apart) in whole.iter().flatten().zip(apart.iter().flatten()) {
            assert!((whole - apart).abs() <= REL_ROUNDING * whole.abs(), "generated {number}: {whole}, apart {apart}");
        }
        let mut scenario: Scenario = twin::read(&generate::scenario(number));
        bundles += scenario.platforms.iter_mut().map(|p| unbundled(&mut p.lines)).sum::<usize>();
    }
    assert!(bundles > 40, "bundles are generated: {bundles}");
}
