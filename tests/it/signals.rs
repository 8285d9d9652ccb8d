//! Waiting for others, what layers wait for, and folk signals, against arithmetic by hand.

use std::collections::BTreeMap;

use outgrow::model::{Scenario, Signal};
use outgrow::plan::compile;
use outgrow::sim::{Quantiles, Request, run, trace};
use outgrow::summary::{self, Fired};
use outgrow::units::Seed;

use crate::generate;
use crate::twin::{compare, read};

/// Sums of two dozen hours or dollars, each rounded a few times.
const REL_SUM: f64 = 1e-9;
const MONTHS: usize = 24;

type Trace = BTreeMap<String, Vec<f64>>;

#[track_caller]
fn near(found: f64, wanted: f64, what: &str) {
    let is_near = (found - wanted).abs() <= REL_SUM * found.abs().max(wanted.abs()).max(1.0);
    assert!(is_near, "{what}: {found}, by hand {wanted}");
}

/// Ten engineers and 30 hours of work a month on one platform; `people` and `more` is what else the file says.
fn scene(people: &str, here: &str, more: &str) -> String {
    format!(
        r#"
name = "Waiting"
start = "2027-01"
months = {MONTHS}
baseline = "stay"
[demand]
growth = "0 % / month"
[drivers.engineers]
today = 10
[drivers.deploys]
today = 10
[people]
loaded_hour = "$100 / hour"
refocus = "0 min"
engineers = "engineers"
{people}
[platforms.here]
{here}
[platforms.here.runtime.web]
price = "$1,000 / month"
[platforms.here.work.upkeep]
hours = "30 hours / month"
[options.stay]
platform = "here"
[options.covered]
platform = "here"
{more}
"#
    )
}

fn lived(text: &str, trials: usize) -> Vec<Trace> {
    let scenario = read(text);
    compare(&scenario, Seed(7), 0, trials, "scene");
    trace(&compile(&scenario), Seed(7), 0, trials)
}

fn one(text: &str) -> Trace {
    lived(text, 1).remove(0)
}

/// One request of an hour from each engineer a month; half of the delay is lost.
const WAITING: &str = "waiting = { requests = \"1 / month\", handling = \"1 hour\", lost = \"50 %\" }";

fn team(productive: u32, more: &str) -> String {
    format!(
        "[options.covered.cover.team]\nkind = \"dedicated\"\npay = \"$9,000 / month\"\nproductive = \"{productive} hours / month\"\n{more}\n"
    )
}

#[test]
fn who_asks_waits_for_the_handling_times_the_load_over_what_is_idle() {
    let service = "[options.covered.cover.firm]\nkind = \"service\"\norder = 0\nretainer = \"$0 / month\"\nincludes = \"20 hours / month\"\n";
    // Hours that cover can take: 30 of work and ten requests of an hour. What is lost: ten requests · an hour · ρ/(1 − ρ) · ½.
    for (cover, developers, lost, what) in [
        (String::new(), 40.0, 0.0, "nobody is waited for, and the requests are hours of developers"),
        (team(50, ""), 0.0, 10.0 * (0.8 / 0.2) * 0.5, "a load of 40 in 50"),
        (team(100, ""), 0.0, 10.0 * (0.4 / 0.6) * 0.5, "a load of 40 in 100"),
        (team(40, ""), 0.0, 10.0 * (0.95 / 0.05) * 0.5, "never more than 95 %"),
        (team(10, ""), 30.0, 10.0 * (0.95 / 0.05) * 0.5, "what is too much stays with developers"),
        (service.to_owned(), 20.0, 0.0, "a service is no gate"),
        (
            format!("{service}{}", team(50, "order = 1")),
            0.0,
            10.0 * (0.4 / 0.6) * 0.5,
            "a service takes 20 hours before",
        ),
        (
            format!("{}{}", team(50, "order = 0"), team(20, "order = 1").replace("cover.team", "cover.second")),
            0.0,
            10.0 * (0.8 / 0.2) * 0.5,
            "only the first is waited for",
        ),
    ] {
        let trial = one(&scene("", WAITING, &cover));
        for m in 0..MONTHS {
            near(trial["option.covered.hours"][m], developers + lost, what);
            near(trial["option.covered.mean_hours"][m], developers + lost, what);
            near(trial["option.stay.hours"][m], 40.0, "developers serve themselves");
        }
    }
}

#[test]
fn nobody_waits_before_a_seat_is_filled() {
    let trial = one(&scene("", WAITING, &team(50, "lag = \"3 months\"\nramp = \"2 months\"")));
    // Filled with month 4; a quarter of 50 hours then, three quarters of it a month later.
    for (m, wanted) in [(2, 40.0), (3, 27.5 + 95.0), (4, 2.5 + 95.0), (5, 20.0)] {
        near(trial["option.covered.hours"][m], wanted, &format!("month {}", m + 1));
    }
}

#[test]
fn requests_and_waiting_count_once_where_most_of_the_traffic_is() {
    let more = r#"
[platforms.there.runtime.web]
price = "$500 / month"
[platforms.there.waiting]
requests = "2 / month"
handling = "1 hour"
lost = "10 %"
[options.covered.cover.team]
kind = "dedicated"
seats = 1
filled = 1
pay = "$9,000 / month"
productive = "100 hours / month"
[migrations.move]
from = "here"
starts = "month 4"
effort = "20 engineer-weeks"
overrun = 1
people = 1
traffic_moves_in_last = "100 %"
overlap = "2 months"
"#;
    let text = scene("", WAITING, more).replace("work.upkeep]\nhours = \"30 hours", "work.upkeep]\nhours = \"0 hours");
    let text = text.replace(
        "[options.covered]\nplatform = \"here\"",
        "[options.covered]\nplatform = \"there\"\nmigration = \"move\"",
    );
    let trial = one(&text);
    let mut seen = [0, 0];
    for m in 0..MONTHS {
        let moved = trial["option.covered.moved"][m];
        let is_new = moved > 0.5;
        seen[usize::from(is_new)] += 1;
        let (handling, lost) = if is_new { (20.0, 0.1) } else { (10.0, 0.5) };
        // Of the month the team is there, which it is from the time 3 on.
        let works = if m < 3 { 0.0 } else { 1.0 };
        let load = handling / 100.0;
        let waited = works * handling * lost * load / (1.0 - load);
        near(trial["option.covered.hours"][m], (1.0 - works) * handling + waited, &format!("month {}", m + 1));
    }
    assert!(seen.iter().all(|months| *months > 3), "{seen:?}");
}

#[test]
fn full_debt_adds_to_the_hours_of_whoever_joins() {
    let people = "turnover = \"60 % / year\"\ndeploys = \"deploys\"";
    let here = "onboarding = { hours = \"40 hours\" }\ndebt = { today = \"20 %\", accrual = \"5 % / month\", paydown = \"0 % / month\", at_full = { onboarding = \"+50 %\" } }";
    let trial = one(&scene(people, here, ""));
    let debt = &trial["option.stay.debt.here"];
    assert!(debt[MONTHS - 1] > 0.6, "{debt:?}");
    for (m, q) in debt.iter().enumerate() {
        let joined = 0.6 / 12.0 * 10.0;
        let by_hand = 30.0 + 40.0 * joined * (1.0 + 0.5 * q) / (1.0 + 0.5 * 0.2);
        near(trial["option.stay.hours"][m], by_hand, &format!("month {}", m + 1));
    }
}

#[test]
fn fees_follow_the_drift_of_their_vendor_and_pay_does_not() {
    let more = r#"
[vendors.firm]
rises = "21 % / year"
[events.rise]
probability = 1
month = "month 20"
prices = { firm = "2 times" }
[options.covered.cover.firm]
kind = "service"
vendor = "firm"
setup_fee = "$500"
retainer = "$1,000 / month"
includes = "5 hours / month"
beyond = "$10 / hour"
[options.covered.cover.team]
kind = "dedicated"
order = 1
pay = "$9,000 / month"
productive = "1 hour / month"
"#;
    let trial = one(&scene("", "", more));
    let bill = &trial["option.covered.invoiced.engineering"];
    near(bill[0], 1_750.0, "retainer, 25 hours beyond, the fee");
    near(bill[12], 1_250.0 * 1.21, "a year later");
    let half = outgrow::math::elementary::pow(1.21, 18.0 / 12.0);
    near(bill[18], 1_250.0 * half, "before the event");
    near(bill[19], 2.0 * 1_250.0 * outgrow::math::elementary::pow(1.21, 19.0 / 12.0), "and after it");
    assert!(trial["option.covered.pay.opened"].iter().all(|pay| *pay == 9_000.0), "seats are paid as stated");
}

/// The first month in which the team has somebody, from 1.
fn hired(text: &str) -> Option<usize> {
    one(text)["option.covered.cover.team.seats"].iter().position(|seats| *seats > 0.0).map(|place| place + 1)
}

#[test]
fn layers_wait_for_what_projects_wait_for_and_for_what_is_said_of_the_team() {
    let incidents = "incidents.outage = { rate = \"400 / month\", duration = { p50 = 1, p90 = 2, unit = \"min\" } }";
    let plan = "data.plan = { fits = { rows = \"rows\" }, above = \"wall\", plans = [{ name = \"one\", price = \"$50 / month\", rows = 130 }] }";
    let here = format!("vendor = \"shop\"\n{incidents}\n{plan}");
    let more = r#"
[drivers.rows]
today = 100
inflow = "10 / month"
[vendors.shop]
contract = { minimum_spend = "$10 / month", until = "month 5", renews_every = 12 }
[requirements.soc2]
begins = "month 4"
"#;
    let people = "services = 3\nregions = \"rows\"\ncodebases = 4\nci_minutes = \"rows\"\nknow_production = 1";
    for (condition, wanted) in [
        // The bill is 1,050 dollars a month, and 1,100 from the wall on.
        ("bill > $900 / month", Some(2)),
        ("bill > $900 / month for 3 months", Some(4)),
        // 1,050 in months 1 to 4, 1,100 in months 5 to 7, of which the mean is first above 1,090.
        ("bill > $1,090 / month", Some(8)),
        ("bill > $9,000 / month", None),
        // 100 rows in month 1, 140 in month 5.
        ("wall", Some(6)),
        ("renewal", Some(6)),
        ("soc2 is on", Some(5)),
        ("outage twice in 1 month", Some(2)),
        ("services > 2", Some(1)),
        ("services > 2 for 2 months", Some(3)),
        ("regions > 115", Some(4)),
        ("ci_minutes > 115 for 2 months", Some(5)),
        ("engineers_per_codebase > 2", Some(1)),
        ("know_production < 2", Some(1)),
    ] {
        let text = scene(people, &here, &format!("{more}{}", team(50, &format!("hire_when_any = [\"{condition}\"]"))));
        assert_eq!(hired(&text), wanted, "{condition}");
    }
}

#[test]
fn a_bill_of_a_layer_is_that_of_its_own_option_with_the_fees_in_it() {
    let firm = "[options.covered.cover.firm]\nkind = \"service\"\nbegins = \"month 5\"\nretainer = \"$4,000 / month\"\nincludes = \"1 hour / month\"\n";
    let text = scene("", "", &format!("{firm}{}", team(50, "hire_when_any = [\"bill > $2,000 / month\"]")));
    // In month 5 the mean of three months is 7,000/3 dollars.
    assert_eq!(hired(&text), Some(6));
}

#[test]
fn a_signal_that_has_been_latches() {
    let more = format!(
        "[requirements.soc2]\nbegins = \"month 3\"\n{}",
        team(50, "hire_when_any = [\"soc2 is on\"]\nattrition = \"90 % / year\"")
    );
    for trial in lived(&scene("", "", &more), 8) {
        let seats = &trial["option.covered.cover.team.seats"];
        assert_eq!(seats[..4], [0.0, 0.0, 0.0, 1.0]);
        assert!(seats[4..].iter().all(|seats| *seats > 0.0), "who leaves is replaced: {seats:?}");
    }
}

#[test]
fn an_incident_has_come_twice_when_two_fell_into_the_window() {
    let here = "incidents.outage = { rate = \"0.3 / month\", duration = { p50 = 1, p90 = 2, unit = \"min\" }, responders = 0, follow_up = \"1 hour\" }";
    let text = scene("", here, "").replace("hours = \"30 hours", "hours = \"0 hours");
    let mut seen = [0, 0];
    for trial in lived(&text, 60) {
        // An hour for each incident.
        let counts = &trial["option.stay.hours"];
        let is_twice = |m: &usize| counts[m.saturating_sub(2)..=*m].iter().sum::<f64>() > 1.5;
        let by_hand = (0..MONTHS).find(is_twice).map_or(-1.0, |m| (m + 1) as f64);
        assert_eq!(trial["option.stay.signal.incident_twice"][MONTHS - 1], by_hand, "{counts:?}");
        seen[usize::from(by_hand < 0.0)] += 1;
    }
    assert!(seen.iter().all(|trials| *trials > 0), "{seen:?}");
}

fn signals_of(trial: &Trace, option: &str) -> BTreeMap<&'static str, Option<f64>> {
    let month = |signal: Signal| trial.get(&format!("option.{option}.signal.{}", signal.name())).map(|m| m[MONTHS - 1]);
    Signal::ALL.into_iter().map(|signal| (signal.name(), month(signal))).collect()
}

#[test]
fn signals_fire_in_the_month_that_arithmetic_says() {
    let nothing = scene("", "", "").replace("engineers = \"engineers\"\n", "");
    assert!(signals_of(&one(&nothing), "stay").values().all(Option::is_none), "of nothing said nothing is known");
    let people = "deploys = \"deploys\"\nservices = 1\nregions = \"rows\"\ncodebases = 2\nci_minutes = \"rows\"\nknow_production = 1";
    let more = "[drivers.rows]\ntoday = 0\ninflow = \"2 / month\"\n[requirements.soc2]\nbegins = \"month 7\"\n";
    let text = scene(people, "", more)
        .replace("[drivers.deploys]\ntoday = 10", "[drivers.deploys]\ntoday = 43\nunit = \"deploys / month\"");
    let at = |text: &str| signals_of(&one(text), "stay");
    let found = at(&text);
    for (name, month) in [
        // 10 engineers on 2 codebases are 5 and no more; 43 deploys a month are fewer than 10 a week.
        ("engineers_per_codebase", Some(-1.0)),
        ("deploys_per_week", Some(-1.0)),
        // 30 hours of 1,500.
        ("operations_15_percent", Some(-1.0)),
        ("operations_20_percent", Some(-1.0)),
        // 0 in month 1, 2 in month 2, 16 in month 9.
        ("slow_ci", Some(9.0)),
        ("regions", Some(2.0)),
        ("compliance", Some(7.0)),
        ("services", Some(-1.0)),
        ("incident_twice", None),
        ("one_person", Some(0.0)),
    ] {
        assert_eq!(found[name], month, "{name}");
    }
    let other = text
        .replace("today = 43", "today = 44")
        .replace("services = 1", "services = 2")
        .replace("codebases = 2", "codebases = 1.9")
        .replace("know_production = 1", "know_production = 2")
        .replace("hours = \"30 hours", "hours = \"240 hours");
    let found = at(&other);
    for (name, month) in [
        ("engineers_per_codebase", 0.0),
        ("deploys_per_week", 0.0),
        // 240 of 1,500 are 16 %, for three months running with the end of month 3.
        ("operations_15_percent", 3.0),
        ("operations_20_percent", -1.0),
        ("services", 0.0),
        ("one_person", -1.0),
    ] {
        assert_eq!(found[name], Some(month), "{name}");
    }
}

#[test]
fn what_developers_no_longer_do_is_no_operations_of_theirs() {
    let text = scene("", "", &team(100, "begins = \"month 3\"")).replace("hours = \"30 hours", "hours = \"320 hours");
    let trial = one(&text);
    let month =
        |option: &str, name: &str| trial[&format!("option.{option}.signal.operations_{name}_percent")][MONTHS - 1];
    // 320 of 1,500 hours; from month 3 on 220, which are 14.7 %.
    assert_eq!([month("stay", "15"), month("stay", "20")], [3.0, 3.0]);
    assert_eq!([month("covered", "15"), month("covered", "20")], [-1.0, -1.0]);
}

#[test]
fn nothing_fires_once_the_product_has_ended() {
    let more = "[requirements.soc2]\nbegins = \"month 7\"\n[events.pivot]\nprobability = 1\nmonth = \"month 7\"\nends = \"product\"\n";
    assert_eq!(one(&scene("", "", more))["option.stay.signal.compliance"][MONTHS - 1], -1.0);
    let later = more.replace("\"month 7\"\nends", "\"month 8\"\nends");
    assert_eq!(one(&scene("", "", &later))["option.stay.signal.compliance"][MONTHS - 1], 7.0);
}

fn summarised(scenario: &Scenario, trials: u64, threads: usize) -> summary::Summary {
    let plan = compile(scenario);
    let request = Request {
        trials: 0..trials,
        seed: Seed(7),
        threads,
        quantiles: Quantiles::All,
        columns: Vec::new(),
        deciders: None,
    };
    summary::of(scenario, &plan, &run(&plan, &request, &|_| {}), Seed(7))
}

#[test]
fn a_probability_is_the_share_of_trials_in_which_the_signal_has_fired() {
    // More than a block of them.
    const TRIALS: usize = 700;
    let mut known = 0;
    for number in [1, 4, 9, 12, 17] {
        let scenario = read(&generate::scenario(number));
        let plan = compile(&scenario);
        let mut trials = trace(&plan, Seed(7), 0, 512);
        trials.extend(trace(&plan, Seed(7), 512, TRIALS - 512));
        let summary = summarised(&scenario, TRIALS as u64, 2);
        assert_eq!(summary.signals.len(), Signal::ALL.len(), "none is left out");
        for signal in &summary.signals {
            for (option, fired) in scenario.options.iter().zip(&signal.options) {
                let path = format!("option.{}.signal.{}", option.name, signal.name);
                let Fired::By(by_month) = fired else {
                    assert!(!trials[0].contains_key(&path), "{path}");
                    continue;
                };
                known += 1;
                assert_eq!(by_month.len() as u32, scenario.months + 1);
                for (month, share) in by_month.iter().enumerate() {
                    let last = |trial: &Trace| *trial[&path].last().expect("months are lived");
                    let has_fired = |trial: &&Trace| last(trial) >= 0.0 && last(trial) <= month as f64;
                    let count = trials.iter().filter(has_fired).count() as u64;
                    assert_eq!((share.count, share.of), (count, TRIALS as u64), "{path} by month {month}");
                }
            }
        }
    }
    assert!(known > 50, "{known}");
}

#[test]
fn signals_of_the_team_are_the_same_in_every_option_and_those_of_options_need_not_be() {
    let text = scene("codebases = \"1 .. 3\"", "", &team(100, "")).replace("hours = \"30 hours", "hours = \"320 hours");
    let summary = summarised(&read(&text), 600, 1);
    for signal in summary.signals.iter().filter(|signal| !signal.is_of_the_option) {
        assert!(signal.options.windows(2).all(|pair| pair[0] == pair[1]), "{}", signal.name);
    }
    let toil = summary.signals.iter().find(|signal| signal.name == "operations_20_percent").expect("it is one of ours");
    let shares: Vec<f64> = toil.options.iter().map(|fired| fired.by_the_horizon().expect("known").value()).collect();
    assert_eq!(shares, [0.0, 1.0], "covered first, by name");
}
