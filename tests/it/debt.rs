//! Operational debt against arithmetic by hand, and what must hold of it whatever its figures.

use outgrow::math::elementary::exp;
use outgrow::math::law::Law;
use outgrow::model::{Cover, Debt, Scenario};
use outgrow::plan::compile;
use outgrow::sim;
use outgrow::units::Seed;

use crate::run::run;
use crate::{generate, twin};

/// A few dozen roundings of 2⁻⁵³, in other orders.
const REL_ROUNDING: f64 = 1e-12;
/// z of the nine-in-ten point of a standard normal, from tables.
const Z90: f64 = 1.281_551_565_544_600_4;

const AT_FULL: &str = "at_full = { hours = \"+80 %\", incidents = \"+150 %\", restore = \"+70 %\" }";

/// Two platforms with nothing uncertain but the incidents; the project has the months from the opening of month 2 on,
/// `months_long` of them.
fn text(people: &str, old: &str, new: &str, (stay, leave): (&str, &str), months_long: f64) -> String {
    let weeks = months_long * 365.0 / 84.0;
    format!(
        r#"
name = "By hand"
start = "2027-01"
months = 24
baseline = "stay"

[demand]
growth = "2 % / month"

[drivers.deploys]
unit = "deploys / week"
today = 9

[people]
loaded_hour = "$100 / hour"
refocus = "0 min"
{people}

[platforms.old.work.upkeep]
hours = "20 hours / month"
[platforms.old.incidents.outage]
rate = "2 / month"
duration = {{ p50 = 1, p90 = 2, unit = "hours" }}
{old}

[platforms.new.work.upkeep]
hours = "10 hours / month"
{new}

[options.stay]
platform = "old"
{stay}

[options.move]
platform = "new"
migration = "leave"
{leave}

[migrations.leave]
from = "old"
starts = "month 2"
effort = "{weeks} engineer-weeks"
overrun = "1 times"
people = 1
overlap = "2 months"
"#
    )
}

/// A quantity of the first trial, by month.
fn series(text: &str, path: &str) -> Vec<f64> {
    let scenario = twin::read(text);
    twin::compare(&scenario, Seed(3), 0, 2, path);
    sim::trace(&compile(&scenario), Seed(3), 0, 1)[0][path].clone()
}

fn same(found: &[f64], wanted: impl Fn(i32) -> f64, what: &str) {
    for (m, found) in (1..).zip(found) {
        let wanted = wanted(m);
        assert!(
            (found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0),
            "{what} in month {m}: {found} for {wanted}"
        );
    }
}

fn debt(platform: &str, today: &str) -> String {
    format!("[platforms.{platform}.debt]\n{today}\naccrual = \"10 % / month\"\npaydown = \"5 % / month\"\n{AT_FULL}")
}

#[test]
fn on_todays_platform_debt_grows_from_its_reading_and_hours_are_as_seen_at_that() {
    let text = text("", &debt("old", "today = \"30 %\""), "", ("", ""), 2.5);
    // Nobody pays down: q* = 1, and what is missing shrinks by e^(-0.1) a month.
    let q = |m: i32| 1.0 - 0.7 * exp(-0.1 * f64::from(m - 1));
    same(&series(&text, "option.stay.debt.old"), q, "debt");
    same(&series(&text, "option.stay.debt.old.work"), |m| (1.0 + 0.8 * q(m)) / 1.24, "hours");
    same(&series(&text, "option.stay.debt.old.incidents"), |m| (1.0 + 1.5 * q(m)) / 1.45, "rate");
    same(&series(&text, "option.stay.debt.old.restore"), |m| (1.0 + 0.7 * q(m)) / 1.21, "length");
    // One responder, no follow-up: 2 a month, each of mean e^(sigma²/2) hours with sigma = ln 2 / z.
    let sigma = std::f64::consts::LN_2 / Z90;
    let mean = 2.0 * exp(sigma * sigma / 2.0);
    let by_hand =
        |m: i32| 20.0 * (1.0 + 0.8 * q(m)) / 1.24 + mean * (1.0 + 1.5 * q(m)) / 1.45 * (1.0 + 0.7 * q(m)) / 1.21;
    same(&series(&text, "option.stay.mean_hours"), by_hand, "hours with incidents at their mean");
    // The side that is left is the same platform, and goes on until it is switched off.
    assert_eq!(series(&text, "option.move.debt.old"), series(&text, "option.stay.debt.old"));
}

#[test]
fn what_is_owned_pays_debt_down_to_where_both_meet() {
    let text =
        text("", &debt("old", "today = \"90 %\""), "", ("owned_share = \"50 %\"", "owned_share = \"50 %\""), 2.0);
    // α = 0.1, π = 0.05 · 0.5: q* = 0.8.
    let q = |m: i32| 0.8 + 0.1 * exp(-0.125 * f64::from(m - 1));
    same(&series(&text, "option.stay.debt.old"), q, "debt");
}

#[test]
fn more_deploys_make_more_debt() {
    let text = text("deploys = \"deploys\"", &debt("old", "today = \"30 %\""), "", ("", ""), 2.0);
    let changes = |m: i32| (1..m).map(|i| (1..i).fold(1.0, |x, _| x * 1.02)).sum::<f64>();
    same(&series(&text, "option.stay.debt.old"), |m| 1.0 - 0.7 * exp(-0.1 * changes(m)), "debt");
}

#[test]
fn where_traffic_moves_to_debt_begins_with_the_first_full_month_after_the_cutover() {
    // The project starts at 1, so the cutover is at 3.5 and the first full month is month 5.
    let at_half = text("", "", &debt("new", ""), ("", ""), 2.5);
    let grown = |m: i32, steps_from: i32| 1.0 - exp(-0.1 * f64::from((m - steps_from).max(0)));
    same(&series(&at_half, "option.move.debt.new"), |m| grown(m, 5), "debt after a cutover inside a month");
    same(&series(&at_half, "option.move.debt.new.work"), |m| 1.0 + 0.8 * grown(m, 5), "hours, printed at no debt");
    // At 3, where month 4 is full.
    let at_end = text("", "", &debt("new", ""), ("", ""), 2.0);
    same(&series(&at_end, "option.move.debt.new"), |m| grown(m, 4), "debt after a cutover at the end of a month");
    // A platform that brings its debt: hours are as seen at that.
    let brought = text("", "", &debt("new", "today = \"40 %\""), ("", ""), 2.0);
    let q = |m: i32| 1.0 - 0.6 * (1.0 - grown(m, 4));
    same(&series(&brought, "option.move.debt.new"), q, "debt that came along");
    same(&series(&brought, "option.move.debt.new.work"), |m| (1.0 + 0.8 * q(m)) / 1.32, "its hours");
}

#[test]
fn the_platform_that_is_left_is_owned_as_before_until_the_project_starts() {
    // The project starts at 1.5: month 2 is half and half.
    let text =
        text("", &debt("old", "today = \"90 %\""), "", ("owned_share = \"20 %\"", "owned_share = \"100 %\""), 6.0)
            .replace("month 2\"", "month 2.5\"");
    let step = |q: f64, owned: f64| {
        let (alpha, pi) = (0.1, 0.05 * owned);
        alpha / (alpha + pi) + (q - alpha / (alpha + pi)) * exp(-(alpha + pi))
    };
    let owned = |m: i32| match m {
        1 => 0.2,
        2 => 0.6,
        _ => 1.0,
    };
    let q = |m: i32| (1..m).fold(0.9, |q, month| step(q, owned(month)));
    same(&series(&text, "option.move.debt.old"), q, "debt on the side that is left");
    same(&series(&text, "option.stay.debt.old"), |m| (1..m).fold(0.9, |q, _| step(q, 0.2)), "debt of the baseline");
}

#[test]
fn the_steady_month_has_debt_where_it_settles() {
    // With all of it owned q* = 0.1 / (0.1 + 0.05) on the old platform: 20 · (1 + 0.8 · 2/3) / 1.24 hours and no incidents,
    // against what the new one costs.
    let by_hand = 20.0 * 100.0 * (1.0 + 0.8 * 2.0 / 3.0) / 1.24;
    for (price, wanted) in [(by_hand - 1.0, Some(0.125)), (by_hand + 1.0, None)] {
        let old = debt("old", "today = \"30 %\"");
        let text = text("", &old, "", ("owned_share = 1", ""), 2.0)
            .replace("rate = \"2 / month\"", "rate = \"0 / month\"")
            .replace(
                "hours = \"10 hours / month\"",
                "hours = \"0 hours / month\"\n[platforms.new.tooling.all]\nprice = \"$PRICE / month\"",
            )
            .replace("PRICE", &price.to_string());
        let run = run(&text, 4, 0);
        let scale = &run.summary.headline(run.option("move"), outgrow::summary::Lens::Tco).scale;
        let found = scale.quantiles[1].at;
        assert!(found.zip(wanted).map_or(found == wanted, |(a, b)| (a - b).abs() < 1e-9), "{price}: {found:?}");
    }
}

#[test]
fn debt_stays_between_none_and_full_and_never_falls_where_nobody_pays() {
    let mut seen = 0;
    for number in 0..60 {
        let text = generate::scenario(number);
        let unpaid: String = text
            .lines()
            .filter(|line| !line.starts_with("owned_share"))
            .fold(String::new(), |all, line| all + line + "\n");
        for (text, is_paid) in [(&text, true), (&unpaid, false)] {
            let mut scenario = twin::read(text);
            if !is_paid {
                // Whoever covers an option pays too.
                scenario.options.iter_mut().for_each(|option| option.cover = Cover::default());
            }
            let traces = sim::trace(&compile(&scenario), Seed(number), 0, 16);
            for (path, values) in traces.iter().flatten() {
                // option.NAME.debt.PLATFORM
                if path.split('.').nth(2) != Some("debt") || path.split('.').count() != 4 {
                    continue;
                }
                seen += 1;
                assert!(values.iter().all(|q| (0.0..=1.0).contains(q)), "generated {number}: {path} {values:?}");
                let rises = values.windows(2).all(|pair| pair[0] <= pair[1]);
                assert!(is_paid || rises, "generated {number}: {path} {values:?}");
            }
        }
    }
    assert!(seen > 1_000, "{seen}");
}

/// Debt that does nothing leaves every bit of a run as it is without any.
#[test]
fn a_table_without_effect_changes_no_bit() {
    for number in 0..10 {
        let with = twin::read(&generate::scenario(number));
        let mut without: Scenario = with.clone();
        let mut idle = with.clone();
        without.platforms.iter_mut().for_each(|platform| platform.debt = None);
        for debt in idle.platforms.iter_mut().filter_map(|platform| platform.debt.as_mut()) {
            let Debt { at_full_hours, at_full_incidents, at_full_restore, at_full_onboarding, .. } = debt;
            for effect in [at_full_hours, at_full_incidents, at_full_restore, at_full_onboarding] {
                effect.law = Law::Constant(0.0);
            }
        }
        let trace = |scenario: &Scenario| {
            let mut traces = sim::trace(&compile(scenario), Seed(number), 0, 8);
            traces.iter_mut().for_each(|trace| trace.retain(|path, _| path.split('.').nth(2) != Some("debt")));
            traces
        };
        assert_eq!(trace(&idle), trace(&without), "generated {number}");
    }
}

#[test]
fn the_summary_says_how_much_debt_there_is_and_in_which_phase_it_ends() {
    let text = text("", &debt("old", "today = \"30 %\""), "", ("", ""), 2.0);
    let run = run(&text, 64, 0);
    let stay = run.summary.options[run.option("stay")].debt.as_ref().expect("its platform has debt");
    for (m, found) in (1..).zip(&stay.by_month) {
        let wanted = 1.0 - 0.7 * exp(-0.1 * f64::from(m - 1));
        // The grid that sums are exact on is 2⁻⁴⁰ of 16 times a thousandth of the baseline's cost.
        assert!((found.value - wanted).abs() < 1e-8, "month {m}: {} for {wanted}", found.value);
    }
    assert_eq!([stay.last.simple.count, stay.last.drift.count, stay.last.black_box.count], [0, 0, 64]);
    assert!(run.summary.options[run.option("move")].debt.is_none(), "the platform moved to has none");
    // In month 6 it is 1 − 0.7·e^(−0.5), between the two; in month 1 below a third.
    for (months, wanted) in [(6, [0, 64, 0]), (1, [64, 0, 0])] {
        let short = crate::run::run(&text.replace("months = 24", &format!("months = {months}")), 64, 0);
        let debt = short.summary.options[short.option("stay")].debt.as_ref().expect("its platform has debt");
        assert_eq!([debt.last.simple.count, debt.last.drift.count, debt.last.black_box.count], wanted);
    }
    let verdict = outgrow::study::verdict::of(&run.summary, &[], None);
    let made = outgrow::present::Made { version: "0", streams: 1 };
    let json = outgrow::present::json::text(&run.summary, &verdict, None, made);
    assert_eq!(json.matches("\"black_box_in_last_month\"").count(), 1, "only where there is debt");
}

#[test]
fn what_a_preset_stands_for_is_shown_with_its_reason_and_counted_as_assumed() {
    struct Text(String);
    impl outgrow::scenario::Loader for Text {
        fn load(&self, _: &str) -> Result<String, outgrow::scenario::LoadError> {
            Ok(self.0.clone())
        }
    }
    let own = "[platforms.old.debt]\npreset = \"black box\"\nat_full.restore = \"+10 %\"";
    let other = "[platforms.new.debt]\npreset = \"simple\"\ntoday = \"5 %\"";
    let text = Text(text("", own, other, ("", ""), 2.0));
    let reading =
        outgrow::scenario::read_whole(&crate::refuse::book(), "x.toml", &text).unwrap_or_else(|r| panic!("{r}"));
    let debt = |platform: usize| reading.scenario.platforms[platform].debt.clone().expect("it has debt");
    let (new, old) = (debt(0), debt(1));
    for (estimate, low, high) in [
        (&old.today, 0.70, 0.92),
        (&old.accrual, 0.02, 0.06),
        (&old.paydown, 0.02, 0.08),
        (&old.at_full_hours, 0.3, 1.5),
        (&old.at_full_incidents, 0.5, 3.0),
        (&new.accrual, 0.003, 0.015),
        (&new.at_full_restore, 0.3, 1.5),
    ] {
        assert!(estimate.source.starts_with("assumed by outgrow: ") && estimate.written.is_empty(), "{estimate:?}");
        assert_eq!(estimate.basis, outgrow::model::Basis::Assumed);
        for (p, wanted) in [(0.05, low), (0.95, high)] {
            assert!((estimate.law.quantile(p) - wanted).abs() < 1e-9, "{}", estimate.path);
        }
    }
    // What is stated stays, and a preset says nothing of today where nobody lives today.
    assert_eq!((old.at_full_restore.constant(), new.today.constant()), (Some(0.1), Some(0.05)));
    let page = outgrow::present::resolved::text("x.toml", &reading);
    assert_eq!(page.matches("(assumed by outgrow: one person knows, nobody dares;").count(), 1, "{page}");
    assert!(page.contains("none: as many changes as today"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 100));
}
