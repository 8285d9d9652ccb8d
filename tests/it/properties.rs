//! What must hold of any run, whatever its figures.

use outgrow::math::law::Law;
use outgrow::model::{Scenario, Scheme, UnitPrice};
use outgrow::plan::compile;
use outgrow::sim::{self, Quantiles, Request};
use outgrow::study::later;
use outgrow::summary::{self, Lens, Summary, When};
use outgrow::units::Seed;
use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::run::{Run, request, run};
use crate::{generate, twin};

/// Sums of a few dozen exact amounts: rounding and the fixed grid stay far below this.
const CENT: f64 = 0.005;
/// The same amounts added in another order of magnitude: roundings of 2⁻⁵³ and a grid of 10⁻⁹ of the total.
const REL_ROUNDING: f64 = 1e-8;

fn fixture(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read_to_string(folder.join(name)).expect("a fixture")
}

fn shipped() -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/heroku-to-ecs.toml");
    std::fs::read_to_string(file).expect("the shipped scenario")
}

fn summarise(scenario: &Scenario, trials: u64, seed: u64) -> Summary {
    let plan = compile(scenario);
    let draws = sim::run(&plan, &request(0..trials, Seed(seed), 2), &|_| {});
    summary::of(scenario, &plan, &draws, Seed(seed))
}

/// Everything a summary says of an option, for comparing bits.
fn bits(summary: &Summary, option: &str) -> String {
    let found = summary.options.iter().find(|o| o.name == option).expect("the option");
    // Which option is cheapest is a statement about all of them.
    format!("{:?} {:?} {:?} {:?} {:?}", found.costs, found.buckets, found.project, found.hours, found.against)
}

#[test]
fn without_uncertainty_a_run_is_hand_arithmetic_to_the_cent() {
    let run = run(&fixture("small-stays.toml"), 64, 0);
    let aws = run.option("aws");
    // 8 weeks of 40 hours at $95 in months 1 and 2; month 3 paid double; then 750 + 2·95 instead of 1,500.
    let by_hand = |m: i32| match m {
        0..=2 => 15_200.0 * f64::from(m),
        _ => 30_400.0 + 940.0 - 560.0 * f64::from(m - 3),
    };
    let invoices_by_hand = |m: i32| if m < 3 { 0.0 } else { 750.0 - 750.0 * f64::from(m - 3) };
    let tco = run.summary.headline(aws, Lens::Tco);
    let invoices = run.summary.headline(aws, Lens::Invoices);
    for m in 0..=60 {
        for (lens, expected) in [(tco, by_hand(m)), (invoices, invoices_by_hand(m))] {
            let found = &lens.delta[m as usize];
            assert!((found.mean.value - expected).abs() < CENT, "month {m}: {} for {expected}", found.mean.value);
            assert!(found.mean.sd < CENT, "month {m} has no spread");
            let median = found.quantiles.iter().find(|quantile| quantile.p == 0.5);
            assert!(lens.lens != Lens::Tco || median.is_some(), "the headline's quantiles are kept in every month");
            assert!(
                median.is_none_or(|q| (q.value - expected).abs() < CENT),
                "month {m}: the median is the only value"
            );
        }
    }
    assert_eq!(tco.break_even.map(|q| q.at), [When::Month(59); 3]);
    assert_eq!(invoices.break_even.map(|q| q.at), [When::Month(4); 3]);
    assert_eq!(tco.deepest_hole_month.map(|months| months.map(|q| q.at)), Some([3; 3]));
    assert!((tco.deepest_hole.mean.value - 31_340.0).abs() < CENT);
    // Three full months after the overlap of month 3.
    assert_eq!(tco.run_rate.map(|q| q.at), [When::Month(6); 3]);
    // A fixed bill does not grow: the steady month is cheaper at every size.
    assert_eq!(tco.scale.quantiles.map(|q| q.at), [Some(tco.scale.sizes[0]); 3]);
    assert!((run.summary.options[aws].project_weeks.mean.value - 8.0).abs() < 1e-9);
}

#[test]
fn three_years_are_too_short_for_the_small_team() {
    let run = run(&fixture("small-stays-36.toml"), 64, 0);
    let tco = run.summary.headline(run.option("aws"), Lens::Tco);
    assert!((tco.delta[36].mean.value - 12_860.0).abs() < CENT);
    assert_eq!(tco.break_even.map(|q| q.at), [When::Never; 3]);
    assert_eq!(tco.outcomes.never.count, 64);
}

#[test]
fn a_saving_that_starts_after_three_years_is_no_change_of_sides() {
    let text = "name = \"Late\"\nstart = \"2027-01\"\nmonths = 60\nbaseline = \"stay\"\n[demand]\ngrowth = \"0 % / month\"\n\
        [people]\nloaded_hour = \"$100 / hour\"\n[platforms.old.runtime.all]\nprice = \"$10,000 / month\"\n\
        [platforms.new.runtime.all]\nprice = \"$2,000 / month\"\n[options.stay]\ntitle = \"Stay\"\nplatform = \"old\"\n\
        [options.move]\ntitle = \"Move\"\nplatform = \"new\"\nmigration = \"late\"\n[migrations.late]\nfrom = \"old\"\n\
        starts = \"month 40\"\neffort = \"1 engineer-weeks\"\npeople = 1\noverrun = \"1 times\"\n";
    let verdict = outgrow::study::verdict::of(&run(text, 64, 0).summary, &[], None);
    assert_eq!(verdict.rule.leading.early.map(|(month, mean)| (month, mean.value)), Some((36, 0.0)));
    assert!(!verdict.rule.leading.changes_sign);
    assert_eq!(verdict.word, outgrow::study::verdict::Word::PaysBack);
}

#[test]
fn leaving_a_year_later_costs_what_a_file_that_says_so_costs() {
    let ends = |number: u64, delay: u32| {
        let mut scenario = twin::read(&generate::scenario(number));
        let leave = scenario.migrations.iter().position(|m| m.name == "leave").expect("generated");
        scenario.months = 48;
        // What waits has no stated month to put off.
        scenario.migrations.iter_mut().for_each(|migration| migration.starts_when_any.clear());
        scenario.migrations[leave].start_month.law = Law::Constant(f64::from(2 + delay));
        let option = scenario.options.iter().position(|o| o.name == "move").expect("generated");
        (scenario, option)
    };
    for number in 0..5 {
        let (now, option) = ends(number, 0);
        let ask = later::Ask { trials: 700, seed: Seed(number), threads: 2 };
        let found = later::of(&now, ask, None);
        assert!(found.iter().all(|l| now.options[l.option].migration.is_some()), "only who leaves can leave later");
        for months in later::DELAYS {
            let tried = found.iter().find(|l| (l.option, l.months) == (option, months)).expect("tried");
            let (stated, _) = ends(number, months);
            let end = |scenario: &Scenario| {
                let plan = compile(scenario);
                let draws = sim::run(&plan, &request(0..700, Seed(number), 1), &|_| {});
                let summary = summary::of(scenario, &plan, &draws, Seed(number));
                summary.headline(option, Lens::Tco).delta.last().expect("months").mean
            };
            let (there, here) = (end(&stated), end(&now));
            assert_close(tried.beside_staying.value, there.value);
            assert_close(tried.beside_staying.se, there.se);
            assert_close(tried.beside_now.value, there.value - here.value);
        }
    }
    let mut short = ends(0, 0).0;
    short.months = 23;
    assert_eq!(later::of(&short, later::Ask { trials: 8, seed: Seed(0), threads: 1 }, None), []);
}

/// Two ways to the same mean: the run's sums are on a grid of 2⁻⁴⁰ of their scale.
fn assert_close(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-6 * (1.0 + other.abs()), "{one} and {other}");
}

#[test]
fn a_project_that_never_starts_costs_the_baselines_cents() {
    for number in 0..20 {
        let mut scenario = twin::unforced(&generate::scenario(number));
        let leave = scenario.migrations.iter().position(|m| m.name == "leave").expect("generated");
        scenario.migrations[leave].start_month.law = Law::Constant(900.0);
        let plan = compile(&scenario);
        let draws = sim::run(&plan, &request(0..700, Seed(number), 2), &|_| {});
        let summary = summary::of(&scenario, &plan, &draws, Seed(number));
        let place = |name: &str| scenario.options.iter().position(|o| o.name == name).expect("generated");
        for lens in Lens::ALL {
            let against = summary.headline(place("move"), lens);
            assert_eq!(against.outcomes.did_not_leave.count, 700, "generated {number}");
            assert!(against.delta.iter().all(|d| d.mean.value == 0.0 && d.mean.sd == 0.0), "generated {number}");
            assert!(against.ahead_at.iter().all(|p| p.count == 0));
            assert_eq!(against.break_even.map(|q| q.at), [When::Never; 3]);
        }
        let columns = &plan.outputs.options;
        for (own, base) in columns[place("move")].monthly.iter().zip(&columns[place("stay")].monthly) {
            for (own, base) in draws.series[own].iter().zip(&draws.series[base]).skip(1) {
                assert_eq!(own.moments.mean().to_bits(), base.moments.mean().to_bits(), "generated {number}");
            }
        }
    }
}

#[test]
fn the_outcomes_of_all_trials_add_up_to_one() {
    for number in 0..60 {
        let run = run(&generate::scenario(number), 600, number);
        for option in &run.summary.options {
            let unfinished = 600 - option.finished.count;
            for c in option.against.iter().flatten() {
                let o = c.outcomes;
                let all = [o.did_not_leave, o.from_the_start, o.broke_even, o.ended_first, o.never];
                assert_eq!(all.iter().map(|p| p.count).sum::<u64>(), 600, "generated {number}");
                assert_eq!(c.broke_even_by.last().map(|p| p.count), Some(o.from_the_start.count + o.broke_even.count));
                // Break-even for good exists exactly where the option is no dearer at the horizon and its project is finished.
                let ahead = c.ahead_at.last().expect("a month").count;
                let paid_back = o.from_the_start.count + o.broke_even.count;
                assert!((paid_back..=paid_back + unfinished).contains(&ahead), "generated {number}");
                assert!(c.ahead_then_behind.count <= o.never.count + o.ended_first.count);
            }
        }
        let cheapest: u64 = run.summary.options.iter().map(|o| o.cheapest.count).sum();
        assert_eq!(cheapest, 600);
    }
}

#[test]
fn layers_and_buckets_add_up_to_the_total() {
    for number in 0..20 {
        let run = run(&generate::scenario(number), 600, number);
        for option in &run.summary.options {
            for m in 0..run.scenario.months as usize {
                let buckets: f64 = option.buckets.iter().map(|bucket| bucket[m].value).sum();
                let total = option.costs[Lens::Tco as usize].monthly[m].mean.value;
                let parts = buckets + option.project[m].value;
                assert!((parts - total).abs() <= REL_ROUNDING * total.abs().max(1.0), "generated {number}, month {m}");
            }
        }
    }
}

#[test]
fn doubling_every_price_doubles_every_cost() {
    for number in 0..20 {
        let one = run(&generate::scaled(number, 1.0), 600, 3);
        let two = run(&generate::scaled(number, 2.0), 600, 3);
        for (a, b) in one.summary.options.iter().zip(&two.summary.options) {
            for (a, b) in a.costs.iter().zip(&b.costs) {
                for (a, b) in a.monthly.iter().zip(&b.monthly).chain(a.present_value.iter().zip(&b.present_value)) {
                    let (a, b) = (2.0 * a.mean.value, b.mean.value);
                    assert!(
                        (a - b).abs() <= REL_ROUNDING * b.abs().max(1.0),
                        "generated {number}: twice {a} is not {b}"
                    );
                }
            }
        }
    }
}

/// The tables of a file, in the opposite order.
fn upside_down(text: &str) -> String {
    let mut head = String::new();
    let mut tables: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            tables.push(String::new());
        }
        let place = tables.last_mut().unwrap_or(&mut head);
        place.push_str(line);
        place.push('\n');
    }
    tables.reverse();
    head + &tables.concat()
}

#[test]
fn the_order_of_tables_in_a_file_means_nothing() {
    for number in 0..40 {
        let text = generate::scenario(number);
        assert_eq!(twin::read(&upside_down(&text)), twin::read(&text), "generated {number}");
    }
    assert_eq!(twin::read(&upside_down(&shipped())), twin::read(&shipped()));
}

#[test]
fn renaming_an_option_moves_it_and_changes_none_of_its_figures() {
    for number in 0..8 {
        // Who does an option's work is the option's own, and so is its stream: it alone goes by the option's name.
        let text = generate::scenario(number);
        let text: String = text
            .lines()
            .filter(|line| !line.starts_with("owned_share"))
            .fold(String::new(), |all, line| all + line + "\n");
        let renamed = text.replace("[options.move", "[options.zz-last");
        let renamed =
            renamed.replace("to = \"move\"", "to = \"zz-last\"").replace("option = \"move\"", "option = \"zz-last\"");
        let (a, b) = (twin::read(&text), twin::read(&renamed));
        let alone = |mut scenario: outgrow::model::Scenario| {
            scenario.options.iter_mut().for_each(|option| option.cover = outgrow::model::Cover::default());
            scenario
        };
        let (a, b) = (summarise(&alone(a), 600, 9), summarise(&alone(b), 600, 9));
        assert_eq!(bits(&a, "move"), bits(&b, "zz-last"), "generated {number}");
        assert_eq!(bits(&a, "other"), bits(&b, "other"), "generated {number}");
        assert_eq!(bits(&a, "stay"), bits(&b, "stay"), "generated {number}");
    }
}

#[test]
fn taking_an_option_a_line_or_an_input_away_changes_no_other_draw() {
    let text = shipped();
    let all = twin::read(&text);
    let mut fewer = all.clone();
    fewer.options.retain(|option| option.name != "heroku-tuned");
    let (a, b) = (summarise(&all, 1_000, 4), summarise(&fewer, 1_000, 4));
    assert_eq!(bits(&a, "ecs"), bits(&b, "ecs"));
    assert_eq!(bits(&a, "heroku"), bits(&b, "heroku"));
    // A line whose price is drawn goes; the platform's other lines, work and incidents draw what they drew.
    let seed = Seed(4);
    let before = sim::trace(&compile(&all), seed, 0, 8);
    let ecs = all.platforms.iter().position(|p| p.name == "ecs").expect("a platform of the case");
    let mut shorter = all.clone();
    shorter.platforms[ecs].lines.retain(|line| line.bucket != outgrow::model::Bucket::Tooling);
    let after = sim::trace(&compile(&shorter), seed, 0, 8);
    for (before, after) in before.iter().zip(&after) {
        for path in ["option.ecs.hours", "option.ecs.invoiced.runtime", "option.heroku.monthly.tco", "demand.index"] {
            assert_eq!(before[path], after[path], "{path}");
        }
    }
}

#[test]
fn a_dearer_price_never_makes_its_option_cheaper_in_any_trial() {
    for number in 0..20 {
        let scenario = twin::read(&generate::scenario(number));
        let mut dearer = scenario.clone();
        let new = dearer.platforms.iter().position(|p| p.name == "new").expect("generated");
        for line in &mut dearer.platforms[new].lines {
            if let Scheme::Units(units) = &mut line.scheme
                && let UnitPrice::Single(price) = &mut units.price
            {
                price.law = price.law.scaled(1.3);
            }
        }
        let column = |scenario: &Scenario| {
            let plan = compile(scenario);
            let place = scenario.options.iter().position(|o| o.name == "move").expect("generated");
            let columns = vec![plan.outputs.options[place].present[Lens::Tco as usize]];
            let request = Request { columns: columns.clone(), ..request(0..600, Seed(1), 1) };
            sim::run(&plan, &request, &|_| {}).column(columns[0])
        };
        let pairs = column(&scenario).into_iter().zip(column(&dearer));
        assert!(pairs.into_iter().all(|(a, b)| b >= a - REL_ROUNDING * a.abs()), "generated {number}");
    }
}

/// A run's summary from given threads and cuts of the trial range, joined in the opposite order.
fn in_pieces(scenario: &Scenario, cuts: &[u64], threads: usize) -> Summary {
    let plan = compile(scenario);
    let mut shards: Vec<_> =
        cuts.windows(2).map(|cut| sim::run(&plan, &request(cut[0]..cut[1], Seed(7), threads), &|_| {})).collect();
    let mut joined = shards.pop().expect("a piece");
    shards.into_iter().rev().for_each(|shard| joined.merge(shard));
    summary::of(scenario, &plan, &joined, Seed(7))
}

#[test]
fn threads_and_shards_do_not_show() {
    let mut texts: Vec<String> = (0..4).map(generate::scenario).collect();
    texts.push(shipped());
    for (nth, text) in texts.iter().enumerate() {
        let scenario = twin::read(text);
        let whole = format!("{:?}", in_pieces(&scenario, &[0, 3_000], 1));
        for threads in [2, 3, 7, 16] {
            assert!(
                format!("{:?}", in_pieces(&scenario, &[0, 3_000], threads)) == whole,
                "{threads} threads, scenario {nth}"
            );
        }
        for cuts in [&[0, 1, 64, 513, 3_000][..], &[0, 1_024, 3_000], &[0, 2_999, 3_000]] {
            assert!(format!("{:?}", in_pieces(&scenario, cuts, 2)) == whole, "cut at {cuts:?}, scenario {nth}");
        }
    }
}

#[test]
fn the_first_trials_of_a_longer_run_are_those_of_a_shorter_one() {
    let text = generate::scenario(5);
    let (short, long) = (run(&text, 700, 2), run(&text, 1_900, 2));
    assert_eq!(short.totals("move")[..], long.totals("move")[..700]);
}

#[test]
fn seed_nought_is_a_seed_like_any_other() {
    let text = generate::scenario(6);
    let totals = |seed| run(&text, 600, seed).totals("move");
    assert_eq!(totals(0), totals(0));
    assert_ne!(totals(0), totals(1));
}

/// Figures of a run with their stated standard errors.
fn watched(run: &Run) -> Vec<(&'static str, f64, f64)> {
    let ecs = run.option("ecs");
    let tco = run.summary.headline(ecs, Lens::Tco);
    let cost =
        run.summary.options[run.option("heroku")].costs[Lens::Tco as usize].present_value.last().expect("a month").mean;
    let delta = tco.delta.last().expect("a month");
    let ahead = tco.ahead_at[36];
    let median = delta.quantiles.iter().find(|q| q.p == 0.5).expect("kept");
    let rank_se = (median.high - median.low) / (2.0 * summary::Z95);
    vec![
        ("cost of staying", cost.value, cost.se),
        ("difference at the horizon", delta.mean.value, delta.mean.se),
        ("median difference", median.value, rank_se),
        ("ahead at three years", ahead.value(), ahead.se()),
        ("deepest hole", tco.deepest_hole.mean.value, tco.deepest_hole.mean.se),
    ]
}

#[test]
fn forty_seeds_scatter_as_the_standard_errors_say() {
    const SEEDS: u64 = 40;
    /// Chance that a right program fails one figure on these fixed seeds, both sides together; five figures: half a percent.
    const ALPHA: f64 = 0.001;
    let text = shipped();
    let runs: Vec<_> = (0..SEEDS).map(|seed| watched(&run(&text, 2_000, 1_000 + seed))).collect();
    let law = ChiSquared::new((SEEDS - 1) as f64).expect("degrees of freedom");
    let (low, high) = (law.inverse_cdf(ALPHA / 2.0), law.inverse_cdf(1.0 - ALPHA / 2.0));
    for figure in 0..runs[0].len() {
        let name = runs[0][figure].0;
        let values: Vec<(f64, f64)> = runs.iter().map(|run| (run[figure].1, run[figure].2)).collect();
        let mean = values.iter().map(|(value, _)| value).sum::<f64>() / SEEDS as f64;
        let squares: f64 = values.iter().map(|(value, se)| (value - mean) / se).map(|z| z * z).sum();
        assert!((low..high).contains(&squares), "{name}: Σz² is {squares:.1}, wanted {low:.1} to {high:.1}");
    }
}

#[test]
fn means_only_give_the_same_means_as_all_quantiles() {
    let scenario = twin::read(&generate::scenario(11));
    let plan = compile(&scenario);
    let of = |quantiles| sim::run(&plan, &Request { quantiles, ..request(0..600, Seed(3), 1) }, &|_| {});
    let (all, few) = (of(Quantiles::All), of(Quantiles::Headline));
    for (col, series) in &few.series {
        for (few, all) in series.iter().zip(&all.series[col]) {
            assert_eq!(few.moments, all.moments);
        }
    }
}
