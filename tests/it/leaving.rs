//! When one leaves and how: conditions, workloads, cutovers that fail, against arithmetic by hand, and what must hold of
//! them.

use outgrow::math::law::Law;
use outgrow::model::{Condition, Contract, Estimate, Reading, Scenario, Side};
use outgrow::plan::compile;
use outgrow::sim::{self, Trace};
use outgrow::summary::{self, OptionSummary, Outcomes, Summary, When};
use outgrow::units::Seed;

use crate::generate;
use crate::run::request;
use crate::twin::read;

/// Hand arithmetic with a few roundings.
const REL_ROUNDING: f64 = 1e-12;
/// Trials of a property.
const TRIALS: u64 = 600;

/// A bill of $1,000 that grows by a tenth a month, a project of exactly four months at 315 hours a month, and what the
/// migration says besides.
fn text(more: &str) -> String {
    format!(
        "name = \"By hand\"\nstart = \"2027-01\"\nmonths = 24\nbaseline = \"stay\"\n\
         [demand]\ngrowth = \"10 % / month\"\n[people]\nloaded_hour = \"$50 / hour\"\n\
         [drivers.rows]\ntoday = 100\nelasticity = 0\n\
         [vendors.shop]\n\
         [platforms.old]\nvendor = \"shop\"\n[platforms.old.runtime.web]\nmeter = \"demand\"\nprice = \"$1000\"\n\
         [platforms.old.data.plan]\nfits = {{ size = \"demand\" }}\nabove = \"wall\"\n\
         plans = [{{ name = \"only\", price = \"$0 / month\", size = 1.3 }}]\n\
         [platforms.new.runtime.web]\nmeter = \"demand\"\nprice = \"$400\"\n\
         [options.stay]\nplatform = \"old\"\n[options.go]\nplatform = \"new\"\nmigration = \"leave\"\n\
         [migrations.leave]\nfrom = \"old\"\neffort = \"36.5 engineer-weeks\"\noverrun = 1\npeople = 2.1\n{more}\n"
    )
}

fn traced(scenario: &Scenario) -> Trace {
    sim::trace(&compile(scenario), Seed(0), 0, 1).remove(0)
}

fn summarise(scenario: &Scenario, trials: u64) -> Summary {
    let plan = compile(scenario);
    let draws = sim::run(&plan, &request(0..trials, Seed(5), 2), &|_| {});
    summary::of(scenario, &plan, &draws, Seed(5))
}

/// The month in which the only option that waits leaves; `None` for never.
fn leaves_in(scenario: &Scenario) -> Option<u32> {
    let summary = summarise(scenario, 8);
    let go = summary.options.iter().find(|option| option.name == "go").expect("it is there");
    match go.leaving.as_ref().expect("it waits").month[1].at {
        When::Month(month) => Some(month),
        When::FromStart | When::Never => None,
    }
}

#[test]
fn conditions_are_read_at_the_end_of_a_month_and_acted_on_in_the_next() {
    // Bills by month: 1000, 1100, 1210, 1331, 1464.10, 1610.51; means of three: 1000, 1050, 1103.33, 1213.67, 1335.03.
    let cases = [
        ("bill > $1,213 / month", Some(5)),
        ("bill > $1,214 / month", Some(6)),
        ("bill > $1,213 / month for 2 months", Some(6)),
        ("bill > $1,049 / month", Some(3)), // of the two months there are
        ("bill < $1,060 / month", Some(2)), // in month 1 nothing has been invoiced
        ("bill > $1,000 / month", Some(3)), // on the mark is not above it
        ("demand > 1.2", Some(4)),          // month 3 reads 1.21
        ("demand > 1.2 for 3 months", Some(6)),
        ("demand < 1.05", Some(1)),           // the as-of reading is seen at the opening
        ("demand < 1.05 for 2 months", None), // and month 2 reads 1.1
        ("rows > 99 for 3 months", Some(4)),  // months 1 to 3; the as-of reading is no month of the run
        ("wall", Some(5)),                    // month 4 needs 1.331
        ("month 7", Some(7)),
        ("month 25", None),
    ];
    for (condition, wanted) in cases {
        let scenario = read(&text(&format!("starts_when_any = [\"{condition}\"]")));
        assert_eq!(leaves_in(&scenario), wanted, "{condition}");
    }
    let any = read(&text("starts_when_any = [\"wall\", \"month 20\", \"bill > $1,213 / month\"]"));
    assert_eq!(leaves_in(&any), Some(5), "the first of them");
}

#[test]
fn before_its_stated_month_nothing_starts_and_what_held_before_and_does_not_now_starts_nothing() {
    let cases =
        [("demand > 1.2", "month 9", Some(9)), ("demand < 1.05", "month 4", None), ("wall", "month 6.5", Some(7))];
    for (condition, starts, wanted) in cases {
        let scenario = read(&text(&format!("starts = \"{starts}\"\nstarts_when_any = [\"{condition}\"]")));
        assert_eq!(leaves_in(&scenario), wanted, "{condition} from {starts}");
    }
}

#[test]
fn a_renewal_comes_at_the_end_of_each_term() {
    let mut scenario = read(&text("starts_when_any = [\"month 24\"]"));
    let constant = |value: f64| Estimate { law: Law::Constant(value), ..scenario.people.raise.clone() };
    let contract = Contract {
        minimum_spend: constant(0.0),
        until: constant(4.6), // its last month is the 5th
        renews_every: Some(constant(6.0)),
        notice: constant(0.0),
    };
    let from = [1.0, 6.0, 6.5, 13.0].map(constant);
    scenario.vendors[0].contract = Some(contract);
    scenario.migrations[0].starts_when_any = vec![Condition::Renewal];
    for (from, wanted) in from.into_iter().zip([6, 6, 12, 18]) {
        scenario.migrations[0].start_month = from;
        assert_eq!(leaves_in(&scenario), Some(wanted));
    }
}

#[test]
fn a_study_puts_off_what_follows_the_condition() {
    let mut scenario = read(&text("starts_when_any = [\"wall\"]"));
    scenario.migrations[0].delay_months = 12;
    assert_eq!(leaves_in(&scenario), Some(17));
    assert_eq!(traced(&scenario)["option.go.cutover"].last(), Some(&20.0));
}

fn close(found: &[f64], wanted: &[f64], what: &str) {
    for (m, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert!(
            (found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0),
            "{what} in month {}: {found}, not {wanted}",
            m + 1
        );
    }
}

#[test]
fn workloads_move_one_after_the_other_and_a_failed_cutover_brings_all_back() {
    let workloads = "workloads = { web = { traffic = \"70 %\", moves_at = \"60 %\" }, rest = { traffic = \"30 %\", moves_at = \"100 %\" } }";
    let trace = traced(&read(&text(workloads)));
    close(&trace["option.go.moved"], &[0.0, 0.0, 0.42, 0.7, 1.0, 1.0], "share moved");
    // Attempts at 4, 5.5, 7, 8.5 fail, that at 10 succeeds; work from 4.5 to 5.5, 6 to 7, 7.5 to 8.5, 9 to 10.
    let cutover = "cutover = { fails = \"90 %\", cost = \"$1,000\", delay = \"0.5 months\", redo = \"25 %\" }";
    let help = "outside_help = \"$100 / hour\"\noutside_help_share = \"20 %\"";
    let scenario = read(&text(&format!("{workloads}\n{cutover}\n{help}")));
    // Two trials of three have four failures, 0.9⁴, and none has more.
    let ends = |trace: &Trace| trace["option.go.cutover"].last().copied().expect("months");
    let latest = |a: &Trace, b: &Trace| ends(a).total_cmp(&ends(b));
    let trace = sim::trace(&compile(&scenario), Seed(1), 0, 40).into_iter().max_by(latest).expect("40 trials");
    close(&trace["option.go.moved"], &[0.0, 0.0, 0.42, 0.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0], "share moved");
    let work = [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 1.0, 0.5, 0.5, 1.0, 0.0, 0.0].map(|part| 315.0 * part);
    close(&trace["option.go.project_hours"], &work.map(|hours| 0.8 * hours), "developers' hours");
    let failed = [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0];
    let invoiced: Vec<f64> = work.iter().zip(failed).map(|(hours, failed)| 20.0 * hours + 1_000.0 * failed).collect();
    close(&trace["option.go.project_invoiced"], &invoiced, "invoiced");
    let cutover = ends(&trace);
    assert!((cutover - 10.0).abs() < REL_ROUNDING * 10.0, "five attempts, no more: {cutover}");
}

/// Everything that is said of an option, but when it leaves.
fn said(option: &OptionSummary) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        option.costs, option.buckets, option.hours, option.project_weeks, option.against
    )
}

#[test]
fn the_same_said_in_another_way_is_the_same_to_the_bit() {
    let pairs = [
        ("starts_when_any = [\"month 1\"]", "starts = \"month 1\""),
        ("starts_when_any = [\"month 5\"]", "starts = \"month 5\""),
        ("workloads = { all = { traffic = \"100 %\", moves_at = \"100 %\" } }", ""),
        (
            "workloads = { a = { traffic = \"25 %\", moves_at = 1 }, b = { traffic = \"75 %\", moves_at = 1 } }",
            "traffic_moves_in_last = 0",
        ),
        ("cutover = { fails = 0, cost = \"$9,000\", delay = \"3 weeks\", redo = \"50 %\" }", ""),
        ("outside_help = \"$90 / hour\"\noutside_help_share = 0", ""),
    ];
    for (one, other) in pairs {
        let [one_said, other_said] = [one, other].map(|more| {
            let uncertain = text(more).replace("overrun = 1\n", "").replace("\"10 % / month\"", "\"1 .. 4 % / month\"");
            let summary = summarise(&read(&uncertain), TRIALS);
            summary.options.iter().map(said).collect::<Vec<_>>()
        });
        assert!(one_said == other_said, "{one} beside {other}");
    }
}

#[test]
fn an_option_that_waits_for_what_never_comes_costs_what_the_baseline_does_to_the_cent() {
    for number in 0..12 {
        let mut scenario = crate::twin::unforced(&generate::scenario(number));
        for migration in &mut scenario.migrations {
            migration.starts_when_any =
                vec![Condition::Reading { of: Reading::Bill, side: Side::Above, mark: 1e15, months: 1 }];
        }
        let summary = summarise(&scenario, TRIALS);
        let moved = summary.options.iter().find(|option| option.name == "move").expect("it is there");
        for crossover in moved.against.as_ref().expect("it is no baseline") {
            assert!(crossover.delta.iter().all(|month| month.mean.value == 0.0 && month.mean.sd == 0.0), "{number}");
            assert_eq!(crossover.outcomes.did_not_leave.count, TRIALS, "{number}");
            assert_eq!(crossover.break_even.map(|q| q.at), [When::Never; 3]);
            assert!(crossover.ahead_at.iter().all(|ahead| ahead.count == 0), "{number}: to be ahead is to have left");
        }
        let leaving = moved.leaving.as_ref().expect("it waits");
        assert!(leaving.left_by.iter().all(|left| left.count == 0) && leaving.month_among_those.is_none());
    }
}

fn add_up(outcomes: &Outcomes, of: u64) -> bool {
    let Outcomes { did_not_leave, from_the_start, broke_even, ended_first, never } = *outcomes;
    let all = [did_not_leave, from_the_start, broke_even, ended_first, never];
    all.iter().all(|p| p.of == of) && all.iter().map(|p| p.count).sum::<u64>() == of
}

#[test]
fn every_trial_has_exactly_one_outcome() {
    let mut some_left = 0;
    for number in 0..60 {
        let summary = summarise(&read(&generate::scenario(number)), TRIALS);
        for option in &summary.options {
            for crossover in option.against.iter().flatten() {
                assert!(add_up(&crossover.outcomes, TRIALS), "{number} {}", option.name);
                let left = TRIALS - crossover.outcomes.did_not_leave.count;
                if let Some(outcomes) = &crossover.outcomes_of_those_that_left {
                    assert!(add_up(outcomes, left) && outcomes.did_not_leave.count == 0, "{number} {}", option.name);
                    assert_eq!(outcomes.never.count, crossover.outcomes.never.count);
                    some_left += 1;
                }
                if let Some(leaving) = &option.leaving {
                    assert_eq!(leaving.left_by.last().map(|p| p.count), Some(left), "{number} {}", option.name);
                }
            }
        }
    }
    assert!(some_left > 10, "projects wait for what comes in some futures only: {some_left}");
}
