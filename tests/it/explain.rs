//! The arithmetic of a figure is the kernel's.

use outgrow::plan::compile;
use outgrow::sim::trace;
use outgrow::study::arithmetic::{self, Arithmetic, Future, Lived};
use outgrow::units::Seed;

/// Each step is worked out again from the numbers shown: a handful of roundings.
const REL_ROUNDING: f64 = 1e-12;

fn shipped() -> outgrow::model::Scenario {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/heroku-to-ecs.toml");
    crate::twin::read(&std::fs::read_to_string(path).expect("the shipped case"))
}

fn holds(found: &Arithmetic) {
    for step in &found.steps {
        if let Some(again) = step.again {
            let allowed = REL_ROUNDING * step.value.abs().max(1.0);
            assert!(
                again == step.value || (again - step.value).abs() <= allowed,
                "{} in month {}: {step:?}",
                found.path,
                found.month
            );
        }
    }
}

#[test]
fn every_named_figure_is_the_trace_s_to_the_bit_and_its_steps_hold() {
    let scenario = shipped();
    let plan = compile(&scenario);
    for (seed, trial) in [(Seed(7), 0), (Seed(1), 515)] {
        let traced = trace(&plan, seed, trial, 1).remove(0);
        for month in [1, 5, 60] {
            let lived = Lived::to(&plan, month, Future::Trial(seed, trial));
            for (path, values) in &traced {
                let found = arithmetic::of(&scenario, &plan, path, None, &lived).expect("a path of the trace");
                let value = found.steps[0].value;
                assert_eq!(value.to_bits(), values[month as usize - 1].to_bits(), "{path} in month {month}");
                holds(&found);
            }
        }
    }
}

#[test]
fn the_lines_of_a_bucket_add_up_to_it_in_every_option() {
    let scenario = shipped();
    let plan = compile(&scenario);
    for month in [1, 5, 8] {
        for future in [Future::Median, Future::Trial(Seed(7), 41)] {
            let lived = Lived::to(&plan, month, future);
            for option in &scenario.options {
                for (bucket, word) in [("runtime", ".runtime."), ("data", ".data."), ("tooling", ".tooling.")] {
                    let of = |path: &str| arithmetic::of(&scenario, &plan, path, Some(&option.name), &lived);
                    let mut lines: Vec<String> =
                        plan.figures.iter().map(|f| f.path.clone()).filter(|path| path.contains(word)).collect();
                    lines.sort();
                    lines.dedup();
                    let found: Vec<Arithmetic> = lines.iter().filter_map(|path| of(path)).collect();
                    found.iter().for_each(holds);
                    let sum: f64 = found.iter().map(|found| found.steps[0].value).sum();
                    let whole =
                        of(&format!("option.{}.invoiced.{bucket}", option.name)).expect("a bucket").steps[0].value;
                    assert!(
                        (sum - whole).abs() < 1e-6,
                        "{} {bucket} in month {month}: {sum}, not {whole}",
                        option.name
                    );
                    assert!(!found.is_empty());
                }
            }
        }
    }
}

#[test]
fn generated_scenarios_are_explained_too() {
    for number in 0..5 {
        let scenario = crate::twin::read(&crate::generate::scenario(number));
        let plan = compile(&scenario);
        let lived = Lived::to(&plan, 1 + (number as u32 % scenario.months), Future::Trial(Seed(number), 9));
        for path in arithmetic::paths(&plan) {
            let found = arithmetic::of(&scenario, &plan, &path, None, &lived);
            holds(&found.unwrap_or_else(|| panic!("{path} is listed")));
        }
    }
}

#[test]
fn a_figure_checked_by_hand_reads_as_such() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small-stays.toml");
    let scenario = crate::twin::read(&std::fs::read_to_string(path).expect("the fixture"));
    let plan = compile(&scenario);
    let value = |path: &str, month| {
        arithmetic::of(&scenario, &plan, path, None, &Lived::to(&plan, month, Future::Median)).expect(path).steps[0]
            .value
    };
    assert_eq!(value("platform.heroku.runtime.dynos", 4), 1500.0);
    assert!((value("option.aws.project_hours", 1) - 160.0).abs() < 1e-9, "eight weeks of 40 hours over two months");
    assert!((value("platform.aws.work.upkeep", 3) - 2.0).abs() < 1e-12);
}

/// Two platforms, on one of which everything costs a part of the other's price.
fn small(lines: &str) -> outgrow::model::Scenario {
    let head = "name = \"x\"\nstart = \"2027-01\"\nmonths = 12\nbaseline = \"a\"\n[people]\nloaded_hour = \"$95 / hour\"\n\
        [demand]\ngrowth = \"0 % / month\"\nseason = { feb = 1.2 }\n";
    let options = "[options.a]\nplatform = \"p\"\n[options.b]\nplatform = \"p\"\n";
    crate::twin::read(&format!("{head}{lines}\n{options}"))
}

fn told(scenario: &outgrow::model::Scenario, path: &str, month: u32) -> (f64, String) {
    let plan = compile(scenario);
    let found = arithmetic::of(scenario, &plan, path, None, &Lived::to(&plan, month, Future::Median)).expect(path);
    holds(&found);
    let told: Vec<String> = found.steps.iter().map(|step| format!("{} = {}", step.what, step.how)).collect();
    (found.steps[0].value, told.join("\n"))
}

#[test]
fn a_number_is_named_by_its_part_in_the_line_and_not_by_another_of_its_size() {
    let scenario = small(
        "[platforms.p.runtime.web]\ntoday = 4\npeak = 2\nat_least = 2\nautoscaling = 0.5\ncopies = \"15 %\"\n\
         each = { vcpu = { price = \"$85 / month\", times = 2 }, gb = { price = \"$2 / month\", times = 2 } }",
    );
    let (value, told) = told(&scenario, "platform.p.runtime.web", 2);
    assert!(!told.contains("times = ") && !told.contains(" = peak"), "{told}");
    assert!(told.contains("peak over mean: peak") && told.contains("at least: at_least"), "{told}");
    assert!(told.contains("(2 × 2 (gb) + 2 × 85 (vcpu)) × (1 + 0.15 (copies))"), "copies are a step: {told}");
    assert!(told.contains("(4 (today) − 0.5) ÷"), "half a unit of slack is a step: {told}");
    // (4 − ½)/(1 + ½) is 2.33 units at today's load, and February's is 1.222 times that: 2.85 at the mean, 5.7 at the peak.
    assert!((value - 4.5 * 174.0 * 1.15).abs() < 1e-9, "3 for the mean and half of the 3 more of the peak: {value}");
}

#[test]
fn half_a_unit_of_slack_is_not_called_autoscaling_where_that_is_a_half_too() {
    let scenario =
        small("[platforms.p.runtime.web]\ntoday = \"10 .. 17\"\npeak = 2\nautoscaling = 0.5\nprice = \"$85 / month\"");
    let (_, told) = told(&scenario, "platform.p.runtime.web", 2);
    assert!(!told.contains("− 0.5 (autoscaling)\n"), "{told}");
    assert!(told.contains("(1 − 0.5 (autoscaling)) × (2 (peak) − 1)"), "{told}");
}

#[test]
fn a_line_alone_in_its_bucket_is_explained_by_its_own_figures() {
    let scenario = small(
        "[platforms.p.runtime.web]\nprice = \"$350 / month\"\n[platforms.p.tooling.support]\npercent_of = \"all\"\npercent = \"10 %\"",
    );
    let (value, told) = told(&scenario, "platform.p.tooling.support", 2);
    assert_eq!(value, 35.0);
    assert!(told.contains("350 × 10 %") && !told.contains("invoiced"), "{told}");
}

#[test]
fn a_season_s_factor_and_terms_of_nothing_are_shown() {
    let scenario = small(
        "[platforms.p.runtime.web]\nprice = \"$1 / month\"\n[platforms.p.runtime.set]\nonce = \"$3\"\nmonth = \"month 5\"\n\
        [platforms.p.runtime.up]\nonce = \"$4\"\nmonth = \"month 6\"",
    );
    let (_, season) = told(&scenario, "demand.index", 2);
    // The other eleven make the mean 1: 1.2 over 10.8/11.
    assert!(season.contains("season 1.222"), "{season}");
    let (_, nothing) = told(&scenario, "option.a.invoiced.runtime", 2);
    assert!(nothing.contains("platform.p.runtime.set") && nothing.contains("platform.p.runtime.up"), "{nothing}");
}

#[test]
fn a_path_may_be_spelled_as_the_file_spells_it() {
    let cases = [
        ("platforms.ecs.runtime.web", "platform.ecs.runtime.web"),
        ("platforms.ecs.incidents.outage.hours", "platform.ecs.incident.outage.hours"),
        ("options.ecs.hours", "option.ecs.hours"),
        ("platform.options.runtime.incidents", "platform.options.runtime.incidents"), // names stay
    ];
    for (text, wanted) in cases {
        assert_eq!(arithmetic::singular(text), wanted);
    }
}

#[test]
fn an_unknown_path_gets_what_was_probably_meant() {
    let plan = compile(&shipped());
    assert_eq!(arithmetic::nearest(&plan, "option.ecs.invoced.runtime")[0], "option.ecs.invoiced.runtime");
    assert!(arithmetic::nearest(&plan, "ecs.runtime.web").contains(&"platform.ecs.runtime.web".to_owned()));
    assert!(arithmetic::nearest(&plan, "\u{1b}[31m").is_empty());
}

/// Every scheme: its steps hold, and the operations of plans are told in words.
#[test]
fn every_price_scheme_is_explained_in_words() {
    let scenario = crate::twin::read(outgrow::scenario::schema::EVERY_KEY);
    let plan = compile(&scenario);
    let of = |path: &str, month| {
        let found = arithmetic::of(&scenario, &plan, path, None, &Lived::to(&plan, month, Future::Median)).expect(path);
        holds(&found);
        let told: Vec<String> = found.steps.iter().map(|step| format!("{} = {}", step.what, step.how)).collect();
        (found.steps[0].value, told.join("\n"))
    };
    let (value, told) = of("platform.here.data.listed", 20);
    assert!(told.contains("plan 4 of 9") && told.contains("never goes down"), "{told}");
    assert!(told.contains("(heroku.postgres.standard-4)") && value > 0.0, "{told}");
    let (value, told) = of("platform.here.data.written", 20);
    assert_eq!(value, 200.0);
    assert!(told.contains("it holds 400 and no end") && !told.contains("never goes down"), "{told}");
    let (value, told) = of("platform.here.tooling.errors", 7);
    assert_eq!(value, 26.0 * 11.0);
    assert!(told.contains("rounded up") && told.contains("(price)"), "{told}");
    let (_, told) = of("platform.here.tooling.support", 7);
    assert!(told.contains("29 (at_least)") && told.contains("× 3 %"), "{told}");
    assert!(told.contains("platform.here.runtime.bundle"), "a share is of its lines: {told}");
    let (_, told) = of("platform.here.runtime.bundle", 7);
    assert!(told.contains("(aws.fargate.vcpu)") && told.contains("(sidecar price)"), "{told}");
}
