//! Mixtures, rows of files, draws that are shared and draws that move together, as a run has them.

use outgrow::math::elementary::pow;
use outgrow::model::Scenario;
use outgrow::plan::compile;
use outgrow::scenario::{LoadError, Loader, read};
use outgrow::sim::{self, trace};
use outgrow::units::Seed;

use crate::run::{request, run, sample};
use crate::twin;

/// Standard errors that a mean may be off.
const SIGMAS: f64 = 4.0;

const HEAD: &str = "name = \"x\"\nstart = \"2027-01\"\nbaseline = \"stay\"\n";

const PLATFORMS: &str = "[people]\nloaded_hour = \"$95 / hour\"\n\
    [platforms.a.runtime.web]\nprice = \"$100 / month\"\ntoday = 8\n\
    [platforms.b.runtime.web]\nprice = \"$90 / month\"\ntoday = 8\n\
    [options.stay]\nplatform = \"a\"\n[options.other]\nplatform = \"b\"\n";

/// A file of so many months with this demand and what else it says.
fn file(months: u32, demand: &str, extra: &str) -> String {
    format!("{HEAD}months = {months}\n[demand]\n{demand}\n{PLATFORMS}{extra}")
}

/// Draws of estimates by trial, of a file with some tables more.
pub fn drawn(extra: &str, paths: &[&str], trials: u64, seed: u64) -> Vec<Vec<f64>> {
    draws_of(&twin::read(&file(1, "growth = \"0 % / month\"", extra)), paths, trials, seed)
}

fn draws_of(scenario: &Scenario, paths: &[&str], trials: u64, seed: u64) -> Vec<Vec<f64>> {
    let plan = compile(scenario);
    let column = |path: &&str| plan.estimates.iter().find(|(own, _)| own == path).unwrap_or_else(|| panic!("{path}")).1;
    let columns: Vec<_> = paths.iter().map(column).collect();
    let request = sim::Request { columns: columns.clone(), ..request(0..trials, Seed(seed), 2) };
    let draws = sim::run(&plan, &request, &|_| {});
    columns.into_iter().map(|column| draws.column(column)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn codes(text: String) -> Vec<&'static str> {
    struct Text(String);
    impl Loader for Text {
        fn load(&self, _: &str) -> Result<String, LoadError> {
            Ok(self.0.clone())
        }
    }
    let problems = match read("x.toml", &Text(text)) {
        Ok((_, warnings)) => warnings,
        Err(report) => report.problems,
    };
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_wider_estimate_of_growth_widens_the_band_of_costs() {
    let band = |growth: &str| {
        let mut totals = run(&file(48, &format!("growth = \"{growth} % / month\""), ""), 2_048, 3).totals("stay");
        totals.sort_by(f64::total_cmp);
        totals[totals.len() * 95 / 100] - totals[totals.len() * 5 / 100]
    };
    let bands = [band("1.9 .. 2.1"), band("1.5 .. 2.6"), band("0.8 .. 4")];
    assert!(bands[0] < bands[1] && bands[1] < bands[2], "{bands:?}");
}

#[test]
fn more_noise_of_the_same_mean_leaves_the_mean_of_demand() {
    for noise in [1.0, 9.0] {
        let text = file(24, &format!("growth = \"2 % / month\"\nmonth_to_month = \"{noise} % / month\""), "");
        let plan = compile(&twin::read(&text));
        let last = |trace: &sim::Trace| *trace["demand.index"].last().expect("a month");
        let values: Vec<f64> =
            (0..16).flat_map(|block| trace(&plan, Seed(5), block * 512, 512)).map(|t| last(&t)).collect();
        // 23 steps from month 1 to month 24.
        let (found, wanted) = (mean(&values), pow(1.02, 23.0));
        let se = sample(&values).mean_se;
        assert!((found - wanted).abs() <= SIGMAS * se, "{noise}: {found} for {wanted} ± {se}");
    }
}

/// Of PEERS' mistakes: one growth factor for every line.
#[test]
fn one_growth_factor_is_not_every_line_s() {
    let extra = "[drivers.half]\ntoday = 100\nelasticity = 0.5\n[drivers.still]\ntoday = 100\nelasticity = 0\n\
        [drivers.piled]\ntoday = 100\ninflow = \"5 / month\"\n";
    let plan = compile(&twin::read(&file(25, "growth = \"2 % / month\"", extra)));
    let trace = &trace(&plan, Seed(1), 0, 1)[0];
    let after_two_years = |driver: &str| trace[&format!("driver.{driver}")][24] / trace[&format!("driver.{driver}")][0];
    let growth = pow(1.02, 24.0);
    assert!((after_two_years("half") - growth.sqrt()).abs() < 1e-9);
    assert!((after_two_years("still") - 1.0).abs() < 1e-12);
    let piled: f64 = 1.0 + 0.05 * (0..24).map(|j| pow(1.02, f64::from(j))).sum::<f64>();
    assert!((after_two_years("piled") - piled).abs() < 1e-9, "{} for {piled}", after_two_years("piled"));
}

/// Of PEERS' mistakes: a log-normal whose mean lies above its P95.
#[test]
fn a_log_normal_whose_mean_lies_above_its_p95_is_told() {
    let with = |ends: &str| {
        let extra = format!("[drivers.x]\ntoday = \"{ends}\"\n[platforms.a.data.x]\nmeter = \"x\"\nprice = \"$1\"\n");
        codes(file(12, "growth = \"0 % / month\"", &extra))
    };
    // e^(σ²/2) passes e^(1.645σ) at σ = 3.29: ends e^(2·1.645·3.29) = 50,000-fold apart.
    assert!(with("1 .. 60000").contains(&"W001"), "{:?}", with("1 .. 60000"));
    assert!(!with("1 .. 40000").contains(&"W001"), "{:?}", with("1 .. 40000"));
}

/// Of PEERS' mistakes: an impossible correlation matrix accepted.
#[test]
fn an_impossible_correlation_matrix_is_refused_and_a_slip_is_mended() {
    let with = |third: f64| {
        let three = [("one", "two", 0.8), ("two", "three", 0.8), ("one", "three", third)];
        let mut extra = String::new();
        for name in ["one", "two", "three"] {
            extra += &format!("[drivers.{name}]\ntoday = \"1 .. 2\"\n");
        }
        for (nth, (a, b, rho)) in three.into_iter().enumerate() {
            extra += &format!(
                "[together.p{nth}]\ninputs = [\"drivers.{a}.today\", \"drivers.{b}.today\"]\nrho = {rho}\nwhy = \"said\"\n"
            );
        }
        file(12, "growth = \"0 % / month\"", &extra)
    };
    // By the other two it is at least 0.64 − 0.36 = 0.28.
    assert!(codes(with(-0.5)).contains(&"E036"));
    assert!(codes(with(0.25)).contains(&"W015"));
    let sound = codes(with(0.3));
    assert!(!sound.contains(&"W015") && !sound.contains(&"E036"), "{sound:?}");
    let mended = twin::read(&with(0.25));
    let moved: Vec<f64> = mended.together.iter().map(|pair| (pair.rho - pair.stated).abs()).collect();
    assert!(moved.iter().all(|moved| *moved > 0.0 && *moved < 0.1), "{moved:?}");
    assert!(outgrow::math::correlation::is_possible(&mended.groups[0].correlations));
}

#[test]
fn a_pair_that_moves_together_changes_no_other_draw_and_the_first_of_it_keeps_its_own() {
    let drivers =
        "[drivers.one]\ntoday = \"1 .. 2\"\n[drivers.three]\ntoday = \"1 .. 2\"\n[drivers.two]\ntoday = \"1 .. 2\"\n";
    let pair = "[together.both]\ninputs = [\"drivers.two.today\", \"drivers.one.today\"]\nrho = 0.7\nwhy = \"said\"\n";
    let paths = ["driver.one.today", "driver.two.today", "driver.three.today"];
    let apart = drawn(drivers, &paths, 1_024, 1);
    let together = drawn(&format!("{drivers}{pair}"), &paths, 1_024, 1);
    assert_eq!(apart[0], together[0], "the first of the group");
    assert_eq!(apart[2], together[2], "outside of it");
    let changed = apart[1].iter().zip(&together[1]).filter(|(a, b)| a != b).count();
    assert!(changed > 1_000, "{changed}");
    // Each by itself is what it was: its mean within 4 standard errors of both.
    let off = (mean(&apart[1]) - mean(&together[1])).abs();
    let (one, other) = (sample(&apart[1]).mean_se, sample(&together[1]).mean_se);
    let se = (one * one + other * other).sqrt();
    assert!(off <= SIGMAS * se, "{off} of {se}");
}

#[test]
fn a_correlation_of_nothing_is_no_correlation() {
    let drivers = "[drivers.one]\ntoday = \"1 .. 2\"\n[drivers.two]\ntoday = \"1 .. 2\"\n";
    let pair = "[together.both]\ninputs = [\"drivers.two.today\", \"drivers.one.today\"]\nrho = 0\nwhy = \"said\"\n";
    let paths = ["driver.one.today", "driver.two.today"];
    assert_eq!(drawn(drivers, &paths, 512, 1), drawn(&format!("{drivers}{pair}"), &paths, 512, 1));
}

#[test]
fn columns_of_a_file_come_from_one_row_and_every_row_as_often() {
    let column = |name: &str| format!("[drivers.{name}]\ntoday = {{ file = \"rows.csv\", column = \"{name}\" }}\n");
    let extra = ["gb", "requests", "sent"].map(column).concat();
    let found = drawn(&extra, &["driver.gb.today", "driver.requests.today", "driver.sent.today"], 12_000, 4);
    let rows = [
        (140.0, 320.0, 3.1),
        (155.0, 410.0, 2.4),
        (148.0, 290.0, 4.4),
        (171.0, 505.0, 3.0),
        (160.0, 380.0, 3.7),
        (190.0, 455.0, 2.9),
    ];
    let mut counts = [0_u32; 6];
    for trial in 0..12_000 {
        let row = (found[0][trial], found[1][trial], found[2][trial]);
        counts[rows.iter().position(|known| *known == row).unwrap_or_else(|| panic!("{row:?} is no row"))] += 1;
    }
    // 12,000 draws of 6: 2,000 each, with a standard error of √(2,000·5/6) = 41.
    assert!(counts.iter().all(|count| count.abs_diff(2_000) <= 164), "{counts:?}");
}

#[test]
fn the_same_draw_times_a_factor_is_just_that_through_every_step() {
    let extra = "[drivers.one]\ntoday = { same_as = \"drivers.two.today\", times = 3 }\n\
        [drivers.two]\ntoday = { same_as = \"drivers.three.today\", times = 0.5 }\n[drivers.three]\ntoday = \"1 .. 9\"\n";
    let found = drawn(extra, &["driver.one.today", "driver.two.today", "driver.three.today"], 600, 2);
    for trial in 0..600 {
        assert_eq!(found[0][trial], 1.5 * found[2][trial]);
        assert_eq!(found[1][trial], 0.5 * found[2][trial]);
    }
}

#[test]
fn a_mixture_holds_each_part_as_often_as_its_weight_says() {
    let extra =
        "[drivers.one]\ntoday = { mix = [{ low = 1, mode = 2, high = 3 }, 7, \"20 .. 30\"], weights = [5, 2, 3] }\n";
    let found = &drawn(extra, &["driver.one.today"], 10_000, 9)[0];
    let share = |is: &dyn Fn(f64) -> bool| found.iter().filter(|x| is(**x)).count() as f64 / 10_000.0;
    for (wanted, found) in [(0.5, share(&|x| x < 5.0)), (0.2, share(&|x| x == 7.0)), (0.3, share(&|x| x > 8.0))] {
        let se = (wanted * (1.0_f64 - wanted) / 10_000.0).sqrt();
        assert!((found - wanted).abs() <= SIGMAS * se, "{found} for {wanted}");
    }
}

#[test]
fn what_hinges_on_shared_draws_is_named_once_and_by_its_own_quantile() {
    let extra = "[drivers.one]\ntoday = { same_as = \"drivers.two.today\", times = 3 }\n[drivers.two]\ntoday = \"100 .. 400\"\n\
        [drivers.gb]\ntoday = { file = \"rows.csv\", column = \"gb\" }\n[drivers.sent]\ntoday = { file = \"rows.csv\", column = \"sent\" }\n\
        [platforms.a.data.one]\nmeter = \"one\"\nprice = \"$2 .. 4\"\n[platforms.b.data.gb]\nmeter = \"gb\"\nprice = \"$5 .. 9\"\n\
        [platforms.a.data.sent]\nmeter = \"sent\"\nprice = \"$1\"\n\
        [together.prices]\ninputs = [\"platforms.a.data.one.price\", \"platforms.b.data.gb.price\"]\nrho = 0.9\nwhy = \"said\"\n";
    let scenario = twin::read(&file(12, "growth = \"0 % / month\"", extra));
    let plan = compile(&scenario);
    let request = sim::Request {
        deciders: Some(outgrow::plan::View::of(&outgrow::model::VerdictRule::default())),
        ..request(0..4_096, Seed(3), 2)
    };
    let draws = sim::run(&plan, &request, &|_| {});
    let sums = draws.deciders.as_ref().expect("the request asks for them");
    let mut paths: Vec<&str> = sums.unknowns.iter().map(|unknown| unknown.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        ["driver.two.today", "file.rows.csv", "platform.a.data.one.price", "platform.b.data.gb.price"],
        "one for each draw"
    );
    for (unknown, by_option) in sums.unknowns.iter().zip(&sums.differences) {
        let counts: Vec<u64> = by_option.iter().flatten().map(outgrow::math::moments::Moments::count).collect();
        let wanted = 4_096.0 / counts.len() as f64;
        // Twentieths of 4,096: 205 each, with a standard error of 14.
        let se = (wanted * (1.0 - 1.0 / counts.len() as f64)).sqrt();
        assert!(
            counts.iter().all(|count| (*count as f64 - wanted).abs() <= SIGMAS * se),
            "{}: {counts:?}",
            unknown.path
        );
    }
}
