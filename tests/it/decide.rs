//! What is decided on: which costs, over which time, by which rules, against arithmetic by hand.

use outgrow::math::elementary::pow;
use outgrow::sim::trials_of;
use outgrow::study::verdict::{self, Verdict, Word};
use outgrow::study::{answer, later};
use outgrow::summary::Lens;
use outgrow::units::Seed;
use outgrow::{present, sim};

use crate::generate;
use crate::run::{Run, run};

/// Two platforms that nothing moves: every future is the same, and every figure can be done by hand.
///
/// | a month | stay | move |
/// |---|---|---|
/// | invoices | 2,000 | 1,000 |
/// | engineers' time, $100 an hour | 0 | 15 h = 1,500 |
/// | blocked revenue, from the opening on | 900 | 0 |
///
/// Without a project: beside staying a month of moving costs −1,000 on invoices, +500 with engineers' time, −400 with what is
/// blocked.
fn text(verdict: &str) -> String {
    format!(
        r#"
name = "Which costs decide"
start = "2027-01"
months = 24
baseline = "stay"
discount_rate = "12 % / year"
[demand]
growth = "0 % / month"
[people]
loaded_hour = "$100 / hour"
[requirements.network]
title  = "A private network"
begins = "month 1"
[platforms.paas.cannot.network]
blocked = "$900 / month"
[platforms.paas.runtime.web]
price = "$2,000 / month"
[platforms.cloud.runtime.web]
price = "$1,000 / month"
[platforms.cloud.work.upkeep]
hours = "15 hours / month"
[options.stay]
platform = "paas"
[options.move]
platform = "cloud"
{verdict}"#
    )
}

/// A run of few futures, its verdict too.
fn judged(text: &str, trials: u64) -> (Run, Verdict) {
    let run = run(text, trials, 3);
    let later = later::of(&run.scenario, later::Ask { trials: trials.min(1_024), seed: Seed(3), threads: 2 }, None);
    let verdict = verdict::of(&run.summary, &later, None);
    (run, verdict)
}

/// What a dollar a month comes to over 24 months at 12 % a year.
fn annuity() -> f64 {
    (1..=24).map(|m| pow(1.12, -f64::from(m) / 12.0)).sum()
}

#[test]
fn the_lens_that_is_decided_on_turns_the_word() {
    let months = annuity();
    for (lens, difference, word) in [
        ("invoices", -1_000.0, Word::PaysBack),
        ("cash", -1_000.0, Word::PaysBack),
        ("tco", 500.0, Word::DoesNotPayBack),
        ("economic", -400.0, Word::PaysBack),
    ] {
        let (run, verdict) = judged(&text(&format!("[verdict]\nlens = \"{lens}\"")), 64);
        let (found, wanted) = (verdict.leader.difference.value, difference * months);
        assert!((found - wanted).abs() < 1e-6 * wanted.abs(), "{lens}: {found}, by hand {wanted}");
        assert_eq!(verdict.word, word, "{lens}");
        // The least of a trial, and who is the cheapest, go by the same costs.
        let best = run.summary.options[run.option(if difference < 0.0 { "move" } else { "stay" })].cheapest;
        assert_eq!(best.count, 64, "{lens}");
        let least = run.summary.best_per_trial.value;
        let base = run.summary.cost(run.option("stay")).last().expect("months").mean.value;
        assert!((least - base - wanted.min(0.0)).abs() < 1e-6 * base, "{lens}: {least}");
    }
}

#[test]
fn what_is_decided_on_is_not_discounted_where_the_file_says_so() {
    let (run, verdict) = judged(&text("[verdict]\ndiscounted = false"), 64);
    assert!((verdict.leader.difference.value - 500.0 * 24.0).abs() < 1e-6, "{}", verdict.leader.difference.value);
    assert!((verdict.rule.baseline_cost.value - 2_000.0 * 24.0).abs() < 1e-6);
    let page = page(&run, &verdict);
    assert!(page.contains("not discounted") && !page.contains("present value"), "{page}");
}

#[test]
fn a_page_says_what_it_decides_on_where_that_is_not_tco() {
    let of = |verdict: &str| {
        let (run, verdict) = judged(&text(verdict), 64);
        page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let economic = of("[verdict]\nlens = \"economic\"");
    let said = "Decided on invoices, engineers' time and blocked revenue. On invoices and engineers' time";
    assert!(economic.contains(said), "{economic}");
    assert!(economic.contains("with blocked revenue, discounted 12 % a year"), "{economic}");
    assert!(of("[verdict]\nlens = \"invoices\"").contains("Decided on invoices alone."));
    assert!(!of("").contains("Decided on"));
}

#[test]
fn what_could_be_known_is_valued_by_what_is_decided_on() {
    // What is blocked is counted under the economic lens alone: under tco nothing depends on it.
    let unsure = text("[verdict]\nlens = \"LENS\"").replace("$900 / month", "$100 .. 900 / month");
    for (lens, is_unknown) in [("tco", false), ("economic", true)] {
        let scenario = crate::twin::read(&unsure.replace("LENS", lens));
        let plan = outgrow::plan::compile(&scenario);
        let view = plan.outputs.headline;
        let request = sim::Request { deciders: Some(view), ..crate::run::request(0..4_096, Seed(3), 2) };
        let draws = sim::run(&plan, &request, &|_| {});
        let lucks =
            sim::lucks(&plan, view, &sim::Request { trials: trials_of(&request.trials), ..request }, None, &|_| {});
        let answer = answer::of(&scenario, draws.deciders.as_ref().expect("asked for"), &lucks);
        let path = "platform.paas.cannot.network.blocked";
        let found = answer.deciders.iter().find(|decider| decider.unknown.path == path);
        assert_eq!(found.is_some(), is_unknown, "{lens}");
        assert_eq!(found.is_some_and(|decider| decider.knowing.worth.value > 0.0), is_unknown, "{lens}");
    }
}

#[test]
fn what_is_decided_on_moves_no_figure_and_picks_the_one_of_its_lens() {
    for number in 0..6 {
        let text = generate::scenario(number);
        let plain = run(&text, 256, 9);
        for lens in Lens::ALL {
            let decided = run(&format!("{text}[verdict]\nlens = \"{}\"\n", lens.name()), 256, 9);
            let verdict = verdict::of(&decided.summary, &[], None);
            for standing in [&verdict.leader].into_iter().chain(&verdict.others) {
                let of_lens = plain.summary.headline(standing.option, lens);
                let wanted = of_lens.delta.last().expect("months").mean.value;
                let base = verdict.rule.baseline_cost.value.abs().max(1.0);
                assert!(
                    (standing.difference.value - wanted).abs() <= 1e-9 * base,
                    "generated {number}, {}",
                    lens.name()
                );
                let found = decided.summary.headline(standing.option, lens);
                assert_eq!(found.break_even, of_lens.break_even, "generated {number}, {}", lens.name());
            }
        }
    }
}

/// A bill of $5,000 that doubles within two years in half of futures and stays in the other half.
fn growing(more: &str) -> String {
    format!(
        r#"
name = "When to leave"
start = "2027-01"
months = 60
baseline = "stay"
[demand.cases.flat]
weight = 0.5
growth = "0 % / month"
[demand.cases.grows]
weight = 0.5
growth = "3 % / month"
[drivers.requests]
today = 100
[people]
loaded_hour = "$100 / hour"
[platforms.paas.runtime.web]
meter = "requests"
price = "$50 / request"
[platforms.cloud.runtime.web]
meter = "requests"
price = "$15 / request"
[platforms.cloud.work.upkeep]
hours = "40 hours / month"
[options.stay]
platform = "paas"
[options.move]
platform = "cloud"
migration = "away"
[migrations.away]
from = "paas"
effort = "10 engineer-weeks"
overrun = 1
people = 2
{more}"#
    )
}

#[test]
fn a_policy_is_the_option_that_starts_by_its_conditions() {
    let by_rule = growing("[policies.rule]\noption = \"move\"\nstarts_when_any = [\"bill > $8,000 / month\"]");
    let by_hand = growing(
        "[options.rule]\nplatform = \"cloud\"\nmigration = \"wait\"\n[migrations.wait]\nfrom = \"paas\"\n\
         effort = \"10 engineer-weeks\"\noverrun = 1\npeople = 2\nstarts_when_any = [\"bill > $8,000 / month\"]",
    );
    let [rule, hand] = [by_rule, by_hand].map(|text| run(&text, 512, 3));
    for option in ["move", "rule"] {
        let [one, other] = [&rule, &hand].map(|run| run.summary.decided(run.option(option)).clone());
        assert_eq!(one, other, "{option}");
    }
    let plain = run(&growing(""), 512, 3);
    let [with, without] = [&rule, &plain].map(|run| run.summary.decided(run.option("move")).clone());
    assert_eq!(with, without, "a policy changes no other option");
    assert_ne!(rule.summary.decided(rule.option("rule")), rule.summary.decided(rule.option("move")));
}

#[test]
fn where_it_never_comes_leaving_now_costs_what_it_costs_in_those_futures() {
    let text = growing("[policies.rule]\noption = \"move\"\nstarts_when_any = [\"bill > $8,000 / month\"]");
    let (run, verdict) = judged(&text, 512);
    let summary = &run.summary;
    let leaving = summary.options[run.option("rule")].leaving.as_ref().expect("it waits");
    // The bill never passes the mark where it does not grow, and always does where it does.
    let flat = summary.cases.iter().find(|case| case.name == "flat").expect("a case");
    assert_eq!(leaving.left_by[60].of - leaving.left_by[60].count, flat.share.count);
    let (option, difference) = leaving.instead.expect("somebody leaves now");
    assert_eq!(option, run.option("move"));
    let wanted = flat.options[option].against.as_ref().expect("compared").difference;
    assert!((difference.value - wanted.value).abs() <= 1e-9 * wanted.value.abs(), "{difference:?} {wanted:?}");
    // Beside staying: 40 hours at $100, less 0.7 of $5,000, is $500 a month dearer; and the project is paid.
    assert!(difference.value > 0.0);
    assert_eq!(verdict.leader.option, run.option("rule"));
    assert_eq!(verdict.word, Word::LeaveWhen);
    let said = page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Not yet.") && said.contains("move is $") && said.contains("dearer than paas."), "{said}");
}

/// Old bills $5,000 in every month, new $1,000; the move takes four weeks and waits for what is given.
fn waiting_for(conditions: &str, more: &str) -> String {
    format!(
        r#"
name = "What it waits for"
start = "2027-01"
months = 24
baseline = "stay"
[demand]
growth = "0 % / month"
[people]
loaded_hour = "$100 / hour"
services = 3
[platforms.old]
title = "Old"
[platforms.old.runtime.web]
price = "$5,000 / month"
[platforms.new.runtime.web]
price = "$1,000 / month"
[options.stay]
title = "Old"
platform = "old"
[options.go]
platform = "new"
migration = "m"
[migrations.m]
from = "old"
starts_when_any = [{conditions}]
effort = "4 engineer-weeks"
overrun = 1
people = 1
overlap = "0 months"
{more}"#
    )
}

#[test]
fn what_holds_today_is_not_waited_for() {
    let cases = [
        // What it waits for, what else is said of the project, whether it holds today, the word, what the page says of it.
        (r#""bill > $4,000 / month""#, "", true, Word::LeaveNow, "The Old bill is above $4,000 a month today."),
        (
            r#""bill > $4,000 / month", "month 9""#,
            "",
            true,
            Word::LeaveNow,
            "What it waits for holds today: the Old bill",
        ),
        (r#""services > 2""#, "", true, Word::LeaveNow, "Services are above 2 today."),
        (r#""bill > $5,000 / month", "month 9""#, "", false, Word::LeaveWhen, "Not yet."),
        // It has held for no three months yet.
        (r#""bill > $4,000 / month for 3 months""#, "", false, Word::LeaveWhen, "Not yet."),
        // A month is waited for, and not what the bill is today.
        (r#""bill > $9,000 / month", "month 2""#, "", false, Word::LeaveWhen, "Not yet."),
        // The calendar holds it back, and nothing else: what it is today is not read.
        (r#""bill > $4,000 / month""#, "starts = \"month 6\"", false, Word::LeaveNow, "LEAVE NOW. new is"),
    ];
    for (conditions, more, holds, word, says) in cases {
        let (run, verdict) = judged(&waiting_for(conditions, more), 64);
        let leaving = run.summary.options[run.option("go")].leaving.as_ref().expect("it waits");
        assert_eq!((leaving.holds_today(), verdict.word), (holds, word), "{conditions} {more}");
        let said = page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(says), "{conditions}: {said}");
        assert_eq!(said.contains("Not yet."), says == "Not yet.", "{conditions}: {said}");
        assert!(!said.contains("add an option that leaves at once") || word == Word::LeaveWhen, "{said}");
    }
}

#[test]
fn a_page_of_constants_speaks_of_no_chances() {
    let constants = |more: &str, bill: &str| {
        let head = if more.contains("[options.tuned]") { "tuned = \"tuned\"\n[demand]" } else { "[demand]" };
        let text = waiting_for("\"month 5\"", more).replace("$5,000", bill).replacen("[demand]", head, 1);
        let (run, verdict) = judged(&text, 64);
        assert!(run.summary.is_certain());
        page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let tuned = "[options.tuned]\ntitle = \"Tuned\"\nplatform = \"old\"\n[options.tuned.change]\n\
        \"runtime.web.price\" = \"$4,500 / month\"\n";
    let event =
        "[events.audit]\ntitle = \"Audit\"\nprobability = \"100 %\"\nmonth = \"month 13\"\nhours = \"24 hours\"\n";
    let mut seen = String::new();
    for more in ["", tuned, event, "lead = \"1 month\"\n"] {
        for bill in ["$5,000", "$6,123.45", "$1,500", "$1,000", "$1,400"] {
            let said = constants(more, bill);
            let chances =
                ["average", "half of futures", " in 10", "nearly", "in all futures", "in no future", "noise", "around"];
            for chance in chances {
                assert!(!said.contains(chance), "{bill} {more}: {chance}: {said}");
            }
            assert!(said.contains("Nothing is left to chance: all 64 futures cost the same."), "{said}");
            assert!(said.contains(&format!("{bill} a month on Old, from Jan 2027")), "{said}");
            seen += &said;
        }
    }
    let parts = [
        "That comes in May 2027.",
        "ends cheaper.",
        "ends dearer.",
        "ends cheapest.",
        "has paid for itself by",
        "Sure to come: Audit (Jan 2028), in all figures above.",
        "does not pay for itself",
    ];
    for part in parts {
        assert!(seen.contains(part), "{part} is never said: {seen}");
    }
}

#[test]
fn the_bill_in_the_head_is_what_is_billed_every_month() {
    let once = "[platforms.old.runtime.setup]\nonce = \"$7,000\"\nmonth = \"month 1\"\n";
    let (run, verdict) = judged(&waiting_for("\"month 5\"", once), 64);
    assert_eq!(run.summary.options[run.option("stay")].costs[0].monthly[0].mean.value, 12_000.0);
    let said = page(&run, &verdict);
    assert!(said.contains(" $5,000 a month on Old"), "{said}");
}

#[test]
fn what_is_invoiced_for_a_move_is_not_told_as_engineers_time() {
    let said = |text: &str| {
        let (run, verdict) = judged(text, 64);
        page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let waits = "\"bill > $4,000 / month\"";
    // Four weeks of 150 · 84/365 hours at $100.
    let plain = said(&waiting_for(waits, ""));
    assert!(plain.contains("The move takes $14k of engineers' time (4 engineer-weeks), whatever"), "{plain}");
    // A quarter of them at $150 from outside: 103.6 hours and 34.5 hours.
    let help = "outside_help = \"$150 / hour\"\noutside_help_share = \"25 %\"";
    let helped = said(&waiting_for(waits, help));
    let wanted = "The move takes $10k of engineers' time (3 engineer-weeks) and $5,200 of invoices, whatever";
    assert!(helped.contains(wanted), "{helped}");
    // Nobody of ours works on it.
    let bought = said(&waiting_for(waits, &help.replace("25 %", "100 %")));
    assert!(bought.contains("The move takes $21k of invoices, whatever"), "{bought}");
    // A cutover that fails is paid for as well: F of 0 to 4 failures at $1,000, p = 50 %, E F = 0.9375.
    let fails = said(&waiting_for(waits, "cutover = { fails = \"50 %\", cost = \"$1,000\" }"));
    assert!(fails.contains("The move takes $14k of engineers' time (4 engineer-weeks) and $"), "{fails}");
}

/// What a file's measurements are worth, by name.
fn findings(text: &str) -> Vec<(String, f64)> {
    let scenario = crate::twin::read(text);
    let plan = outgrow::plan::compile(&scenario);
    let view = plan.outputs.headline;
    let request = sim::Request { deciders: Some(view), ..crate::run::request(0..4_096, Seed(3), 2) };
    let draws = sim::run(&plan, &request, &|_| {});
    let lucks = sim::lucks(&plan, view, &sim::Request { trials: trials_of(&request.trials), ..request }, None, &|_| {});
    let answer = answer::of(&scenario, draws.deciders.as_ref().expect("asked for"), &lucks);
    answer.findings.iter().map(|found| (found.measurement.name.clone(), found.worth.value)).collect()
}

#[test]
fn a_measurement_that_leaves_some_of_the_spread_is_worth_less_and_never_below_nothing() {
    // What is saved a month and the hours that it takes are not known, either of them.
    let unsure = text("").replace("15 hours / month", "2 .. 20 hours / month").replace("$2,000", "$1,200 .. 3,000");
    let inputs =
        "inputs = [\"platforms.cloud.work.upkeep.hours\", \"platforms.paas.runtime.web.price\"]\ncost = \"$100\"";
    let left = [0, 20, 50, 90];
    let asked = left.map(|percent| format!("[measurements.m{percent:02}]\n{inputs}\nleaves = \"{percent} %\"\n"));
    let found = findings(&format!("{unsure}\n{}", asked.concat()));
    let worth = |percent: u32| {
        let name = format!("m{percent:02}");
        found.iter().find(|(known, _)| *known == name).expect("stated").1
    };
    let all = left.map(worth);
    assert!(all[0] > 0.0 && all[3] >= 0.0, "{all:?}");
    assert!(all.windows(2).all(|pair| pair[1] < pair[0]), "{all:?}");
}

#[test]
fn options_are_compared_over_the_window_and_no_longer() {
    // The project is paid at first and saves later: dearer over three months, cheaper over four years.
    let saves =
        growing("").replace("40 hours / month", "10 hours / month").replace("10 engineer-weeks", "2 engineer-weeks");
    let long = run(&saves, 256, 3);
    let place = long.option("move");
    for (months, word) in [(3, Word::DoesNotPayBack), (48, Word::PaysBack)] {
        let (short, verdict) = judged(&format!("{saves}[verdict]\nwindow = \"{months} months\"\ntoo_close = 0"), 256);
        let wanted = long.summary.decided(place).delta[months].mean.value;
        let found = verdict.leader.difference.value;
        assert!((found - wanted).abs() <= 1e-9 * wanted.abs(), "{months}: {found} for {wanted}");
        assert_eq!(wanted < 0.0, months > 12, "{wanted}");
        let best = if wanted < 0.0 { "move" } else { "stay" };
        assert_eq!(short.summary.options[short.option(best)].cheapest.count, 256, "{months}");
        // What is told by month goes on to the horizon.
        assert_eq!(short.summary.decided(place), long.summary.decided(place), "{months}");
        let now_or_later = [word, Word::LeaveNow];
        assert!(
            now_or_later.contains(&verdict.word) || (wanted > 0.0 && verdict.word == Word::Stay),
            "{:?}",
            verdict.word
        );
        let said = page(&short, &verdict).split_whitespace().collect::<Vec<_>>().join(" ");
        let over = if months == 3 { "over 3 months, on average" } else { "over 4 years, on average" };
        assert!(said.contains(over), "{said}");
    }
}

#[test]
fn years_of_the_last_difference_are_added_at_the_end_and_shown() {
    // A month of moving costs 500 more with engineers' time: two years of that, at the worth of month 24.
    let (run, verdict) = judged(&text("[verdict]\nend_value = \"2 years\""), 64);
    let end = 24.0 * 500.0 * pow(1.12, -2.0);
    let wanted = 500.0 * annuity() + end;
    let found = verdict.leader.difference.value;
    assert!((found - wanted).abs() < 1e-6 * wanted, "{found}, by hand {wanted}");
    let added = run.summary.end_value(run.option("move")).expect("stated");
    assert!((added - end).abs() < 1e-6 * end, "{added}, by hand {end}");
    // Of the baseline nothing is added: it is what the others differ from.
    let base = 2_000.0 * annuity();
    assert!((verdict.rule.baseline_cost.value - base).abs() < 1e-6 * base);
    let said = page(&run, &verdict).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("In that, 2 years more at what the last months cost: "), "{said}");
    assert!(said.contains("2-year cost and end value beside"), "{said}");
    // Over one year, not discounted: 12 months and 24 more of 500 each.
    let verdict = judged(&text("[verdict]\nwindow = \"1 year\"\nend_value = \"2 years\"\ndiscounted = false"), 64).1;
    assert!((verdict.leader.difference.value - 36.0 * 500.0).abs() < 1e-6, "{}", verdict.leader.difference.value);
}

#[test]
fn foresight_is_worth_what_it_is_over_the_window() {
    let text = growing("[verdict]\nwindow = \"20 months\"\nend_value = \"1 year\"");
    let scenario = crate::twin::read(&text);
    let plan = outgrow::plan::compile(&scenario);
    let view = plan.outputs.headline;
    let columns = plan.outputs.options.iter().map(|option| option.decided).collect();
    let request = sim::Request { deciders: Some(view), columns, ..crate::run::request(0..1_024, Seed(3), 2) };
    let draws = sim::run(&plan, &request, &|_| {});
    let costs: Vec<Vec<f64>> = plan.outputs.options.iter().map(|option| draws.column(option.decided)).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let least: Vec<f64> = (0..1_024).map(|t| costs.iter().map(|of| of[t]).fold(f64::INFINITY, f64::min)).collect();
    let best = costs.iter().map(|of| mean(of)).fold(f64::INFINITY, f64::min);
    let regret = &draws.deciders.as_ref().expect("asked for").regret;
    let foresight = outgrow::study::information::foresight(regret).value;
    assert!((foresight - (best - mean(&least))).abs() < 1e-6 * best.abs(), "{foresight}");
    assert!((draws.best.mean() - mean(&least)).abs() < 1e-6 * best.abs());
}

/// The page of a run without what it hinges on.
fn page(run: &Run, verdict: &Verdict) -> String {
    present::page::terminal(&present::page::of(&run.summary, verdict, &[]))
}

#[test]
fn quantiles_are_kept_every_month_of_the_lens_that_is_decided_on() {
    for lens in Lens::ALL {
        let (run, _) = judged(&text(&format!("[verdict]\nlens = \"{}\"", lens.name())), 64);
        let place = run.option("move");
        assert!(run.summary.decided(place).delta.iter().all(|month| !month.quantiles.is_empty()), "{}", lens.name());
        assert!(run.summary.cost(place).iter().all(|month| !month.quantiles.is_empty()), "{}", lens.name());
    }
}
