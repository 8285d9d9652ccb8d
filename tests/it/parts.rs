//! Totals and what they are made of: lines, phases, buckets, fiscal years, growth cases and lenses.

use outgrow::math::moments::Moments;
use outgrow::model::price::AsOf;
use outgrow::present::tables::{self, Cell};
use outgrow::present::{Made, json};
use outgrow::sim::{self, Sampling};
use outgrow::study::verdict;
use outgrow::summary::{Account, CostPhase, Lens, Mean, PartTotal};
use outgrow::units::Seed;
use serde_json::Value;

use crate::pages::assert_errors;
use crate::run::{Run, run};
use crate::{generate, twin};

/// A few thousand roundings of 2⁻⁵³, and each mean's grid of at most 2⁻⁴¹ · 32 of the headline's total.
const REL_ADDS_UP: f64 = 1e-9;
/// Dollars by hand against dollars by the program.
const CENT: f64 = 0.005;

fn assert_same(what: f64, total: f64, label: &str) {
    assert!((what - total).abs() <= REL_ADDS_UP * total.abs().max(1.0), "{label}: {what} is not {total}");
}

fn fixture(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read_to_string(folder.join(name)).expect("a fixture")
}

fn sum<'m>(means: impl IntoIterator<Item = &'m Mean>) -> f64 {
    means.into_iter().map(|mean| mean.value).sum()
}

/// Mean cost of an option's lines over all months, of those that a lens counts.
fn lines_under(run: &Run, option: usize, lens: Lens) -> f64 {
    let own = run.summary.lines.iter().filter(|line| line.option == option && line.lens <= lens);
    own.map(|line| sum(&line.by_month)).sum()
}

#[test]
fn lines_phases_buckets_and_fiscal_years_add_up_to_the_total_in_every_lens() {
    for number in 0..30 {
        let run = run(&generate::scenario(number), 600, number);
        for (place, option) in run.summary.options.iter().enumerate() {
            for costs in &option.costs {
                let total = costs.cumulative.last().expect("a series has month 0").mean.value;
                let label = format!("generated {number}, {}, {}", option.name, costs.lens.name());
                assert_same(costs.parts.iter().map(|part| part.total.value).sum(), total, &format!("{label}, phases"));
                let worth = costs.present_value.last().expect("a series has month 0").mean.value;
                let parts = costs.parts.iter().map(|part| part.present_value.value).sum();
                assert_same(parts, worth, &format!("{label}, phases at present value"));
                assert_same(lines_under(&run, place, costs.lens), total, &format!("{label}, lines"));
                assert_same(sum(&costs.fiscal_years), total, &format!("{label}, fiscal years"));
                let months: f64 = costs.monthly.iter().map(|month| month.mean.value).sum();
                assert_same(costs.cumulative[0].mean.value + months, total, &format!("{label}, months"));
                if place != run.summary.baseline {
                    let delta = run.summary.crossover(place, costs.lens, false).delta.last().expect("month 0");
                    let label = format!("{label}, differences of fiscal years");
                    let scale = total.abs().max(1.0);
                    let off = (sum(&costs.fiscal_difference) - delta.mean.value).abs();
                    assert!(off <= REL_ADDS_UP * scale, "{label}: off by {off}");
                }
            }
            let tco = &option.costs[Lens::Tco as usize];
            for part in &tco.parts {
                let (account, phase) = (part.account, part.phase);
                let own = run.summary.lines.iter().filter(|line| line.option == place && line.account == account);
                let lines: f64 = own.filter(|line| line.phase == phase).map(|line| sum(&line.by_month)).sum();
                let scale = tco.cumulative.last().expect("month 0").mean.value.abs().max(1.0);
                let off = (lines - part.total.value).abs();
                assert!(off <= REL_ADDS_UP * scale, "generated {number}: {account:?} {phase:?} is off by {off}");
            }
        }
    }
}

#[test]
fn lines_and_phases_add_up_in_every_trial_and_month() {
    for number in 0..12 {
        let scenario = twin::read(&generate::scenario(number));
        let plan = outgrow::plan::compile(&scenario);
        for trial in [0, 77] {
            for month in [1, scenario.months.min(4), scenario.months / 2, scenario.months] {
                let columns = sim::columns(&plan, (Seed(number), Sampling::Plain), trial, month);
                for option in &plan.outputs.options {
                    for lens in Lens::ALL {
                        let at = lens as usize;
                        let label = format!("generated {number}, trial {trial}, month {month}, {}", lens.name());
                        let counted = option.lines.iter().filter(|line| line.lens <= lens);
                        let running = counted.filter(|line| line.phase != CostPhase::Opening);
                        let lines: f64 = running.map(|line| columns.now[line.amount.index()]).sum();
                        assert_same(lines, columns.now[option.monthly[at].index()], &format!("{label}, lines"));
                        let parts: f64 = option.parts[at].iter().map(|part| columns.now[part.total.index()]).sum();
                        assert_same(parts, columns.now[option.cumulative[at].index()], &format!("{label}, phases"));
                        let worth: f64 = option.parts[at].iter().map(|part| columns.now[part.present.index()]).sum();
                        let label = format!("{label}, phases at present value");
                        assert_same(worth, columns.now[option.present[at].index()], &label);
                    }
                }
            }
        }
    }
}

#[test]
fn a_month_of_both_platforms_is_dual_running_of_the_old_one() {
    // Two months of project, then a month in which the old platform is still paid: MODEL.md §7.
    let run = run(&fixture("small-stays.toml"), 2, 1);
    let own =
        (0..run.summary.options.len()).find(|place| *place != run.summary.baseline).expect("an option that leaves");
    let of = |phase: CostPhase, lens: Lens| -> f64 {
        let parts = &run.summary.options[own].costs[lens as usize].parts;
        parts.iter().filter(|part| part.phase == phase).map(|part| part.total.value).sum()
    };
    assert!((of(CostPhase::DualRunning, Lens::Invoices) - 1_500.0).abs() < CENT);
    assert_eq!(of(CostPhase::Project, Lens::Invoices), 0.0);
    assert!((of(CostPhase::Project, Lens::Tco) - 8.0 * 40.0 * 95.0).abs() < CENT);
}

/// $100 a month for 24 months from May 2027 and $1,000 at the opening, beside an option of $60.
fn by_hand(head: &str) -> Run {
    let text = format!(
        "name = \"By hand\"\nstart = \"2027-05\"\nmonths = 24\nbaseline = \"stay\"\n{head}\n[run]\ntrials = 2\n\
         [demand]\ngrowth = \"0 % / month\"\n[people]\nloaded_hour = \"$95 / hour\"\nrefocus = \"0 min\"\n\
         [platforms.old.runtime.web]\nprice = \"$100 / month\"\n[platforms.old.tooling.setup]\nonce = \"$1,000\"\n\
         [platforms.new.runtime.web]\nprice = \"$60 / month\"\n[platforms.new.tooling.other]\nprice = \"$0 / month\"\n\
         [options.stay]\nplatform = \"old\"\n[options.move]\nplatform = \"new\"\n"
    );
    run(&text, 2, 1)
}

#[test]
fn fiscal_years_begin_with_their_month_and_say_how_much_of_them_there_is() {
    let years = |head: &str| {
        let run = by_hand(head);
        let stay = run.option("stay");
        let totals: Vec<f64> = run.summary.options[stay].costs[0].fiscal_years.iter().map(|mean| mean.value).collect();
        let years = run.summary.fiscal_years.iter().map(|year| (year.year, year.months(), year.is_partial()));
        years.zip(totals).collect::<Vec<_>>()
    };
    // The year that begins in July 2027 ends in 2028 and is called by that.
    let july = [((2027, 2, true), 1_200.0), ((2028, 12, false), 1_200.0), ((2029, 10, true), 1_000.0)];
    assert_eq!(years("fiscal_year = \"jul\""), july);
    // One that begins with month 1 holds the opening too.
    assert_eq!(years("fiscal_year = \"may\""), [((2028, 12, false), 2_200.0), ((2029, 12, false), 1_200.0)]);
    let calendar = [((2027, 8, true), 1_800.0), ((2028, 12, false), 1_200.0), ((2029, 4, true), 400.0)];
    assert_eq!(years(""), calendar);
}

#[test]
fn real_totals_are_in_dollars_of_the_opening() {
    // A year of 1.01¹²: 100 a month is a geometric sum of 1/1.01.
    let run = by_hand("inflation = \"12.682503013196972 % / year\"\ndiscount_rate = \"9 % / year\"");
    let (stay, leave) = (run.option("stay"), run.option("move"));
    let worth: f64 = std::iter::successors(Some(1.0 / 1.01), |factor| Some(factor / 1.01)).take(24).sum();
    for lens in Lens::ALL {
        let costs = |option: usize| &run.summary.options[option].costs[lens as usize];
        assert!((costs(stay).real[24].value - (1_000.0 + 100.0 * worth)).abs() < CENT);
        assert_eq!(costs(stay).real[0].value, 1_000.0);
        assert!((costs(leave).real_difference[24].value + 1_000.0 + 40.0 * worth).abs() < CENT);
        assert!(costs(stay).real_difference.is_empty());
    }
    // Without a rate of inflation, as paid.
    let run = by_hand("");
    let costs = &run.summary.options[run.option("stay")].costs[Lens::Tco as usize];
    let nominal: Vec<Mean> = costs.cumulative.iter().map(|spread| spread.mean).collect();
    assert_eq!(costs.real, nominal);
}

#[test]
fn growth_cases_weighted_by_their_shares_are_the_whole() {
    let mut seen = 0;
    for number in 0..40 {
        let run = run(&generate::scenario(number), 1_024, number);
        let cases = &run.summary.cases;
        assert_eq!(cases.len(), if run.scenario.demand.cases.len() > 1 { run.scenario.demand.cases.len() } else { 0 });
        if cases.is_empty() {
            continue;
        }
        seen += 1;
        assert_eq!(cases.iter().map(|case| case.share.count).sum::<u64>(), 1_024);
        for (place, option) in run.summary.options.iter().enumerate() {
            let weighted = |of: &dyn Fn(&outgrow::summary::CaseOption) -> f64| -> f64 {
                let drawn = cases.iter().filter(|case| case.share.count > 0);
                drawn.map(|case| case.share.value() * of(&case.options[place])).sum()
            };
            let total = option.costs[Lens::Tco as usize].present_value.last().expect("month 0").mean.value;
            assert_same(weighted(&|case| case.cost.value), total, &format!("generated {number}"));
            if place == run.summary.baseline {
                continue;
            }
            let all = run.summary.headline(place, Lens::Tco);
            let against = |case: &outgrow::summary::CaseOption| case.against.clone().expect("not the baseline");
            let delta = weighted(&|case| against(case).difference.value);
            let off = (delta - all.delta.last().expect("month 0").mean.value).abs();
            assert!(off <= REL_ADDS_UP * total.abs().max(1.0), "generated {number}: off by {off}");
            let paid: u64 = cases.iter().flat_map(|c| c.options.get(place)).map(|c| against(c).paid_back.count).sum();
            assert_eq!(paid, all.outcomes.from_the_start.count + all.outcomes.broke_even.count);
            let stayed = |c| against(c).outcomes.did_not_leave.count;
            let stayed: u64 = cases.iter().flat_map(|c| c.options.get(place)).map(stayed).sum();
            assert_eq!(stayed, all.outcomes.did_not_leave.count);
        }
    }
    assert!(seen > 10, "scenarios have cases: {seen}");
}

#[test]
fn a_case_has_the_error_of_its_own_trials() {
    let run = run(&generate::scenario(1), 2_048, 5);
    let case = run.plan.outputs.case.expect("scenario 1 has growth cases");
    let place = (0..run.summary.options.len()).find(|place| *place != run.summary.baseline).expect("two options");
    let view = outgrow::plan::View::of(&outgrow::model::VerdictRule::default());
    let found = run.plan.outputs.comparison(place, view).expect("every view is compared");
    let delta = run.plan.outputs.comparisons[found].delta;
    let request = sim::Request { columns: vec![case, delta], ..crate::run::request(0..2_048, Seed(5), 2) };
    let draws = sim::run(&run.plan, &request, &|_| {});
    for (nth, summary) in run.summary.cases.iter().enumerate() {
        let of_case =
            draws.column(case).into_iter().zip(draws.column(delta)).filter(|(which, _)| *which as usize == nth);
        let values: Vec<f64> = of_case.map(|(_, delta)| delta).collect();
        let mut sum = Moments::new(0.0, 1_048_576.0);
        sum.add(&values);
        let shown = summary.options[place].against.clone().expect("not the baseline").difference;
        assert_same(shown.value, sum.mean(), &summary.name);
        assert!((shown.se - sum.standard_error()).abs() <= 1e-6 * shown.se, "{}", summary.name);
    }
}

#[test]
fn lenses_are_nested_and_quantiles_are_where_they_are_promised() {
    let run = run(&generate::scenario(3), 600, 3);
    let months = run.summary.months as usize;
    for option in &run.summary.options {
        for pair in option.costs.windows(2) {
            for (less, more) in pair[0].cumulative.iter().zip(&pair[1].cumulative) {
                let rounding = REL_ADDS_UP * more.mean.value.abs();
                assert!(less.mean.value <= more.mean.value + rounding, "{}", option.name);
            }
        }
        for costs in &option.costs {
            for (month, spread) in costs.cumulative.iter().enumerate() {
                let kept = !spread.quantiles.is_empty();
                let always = costs.lens == Lens::Tco || month.is_multiple_of(12) || month == months;
                assert!(kept || !always, "{}, month {month}", costs.lens.name());
                assert!(always || !kept || costs.lens == Lens::Economic, "{}, month {month}", costs.lens.name());
            }
        }
    }
}

#[test]
fn equal_lenses_are_followed_once() {
    for number in 0..10 {
        let run = run(&generate::scenario(number), 64, number);
        let outputs = &run.plan.outputs;
        let views: usize = outputs.comparisons.iter().map(|comparison| comparison.views.len()).sum();
        let others = run.summary.options.len() - 1;
        assert_eq!(views, others * Lens::ALL.len() * 2, "every view is compared");
        // Cash is told from invoices by seats, which may be opened, economic from tco by what stands beside the buckets;
        // without a rate nothing tells worths apart.
        let worths = if run.summary.discount_rate.is_some() { 2 } else { 1 };
        let summary = &run.summary;
        let is_beside = |part: &PartTotal| Account::BESIDE.contains(&part.account);
        let beside = |option: usize| summary.options[option].costs[Lens::Economic as usize].parts.iter().any(is_beside);
        let seats = |option: &outgrow::model::WayToRun| {
            let opened = |layer: &outgrow::model::Layer| match &layer.kind {
                outgrow::model::LayerKind::Dedicated(dedicated) => dedicated.seats > dedicated.filled,
                _ => false,
            };
            option.cover.layers.iter().any(opened)
        };
        let scenario = &run.scenario;
        let opens = |place: usize| {
            let option = &scenario.options[place];
            seats(option) || (option.migration.is_some() && seats(scenario.baseline()))
        };
        let either = |is: &dyn Fn(usize) -> bool, option: usize| usize::from(is(option) || is(summary.baseline));
        let distinct = |option: usize| 2 + either(&beside, option) + either(&opens, option);
        let wanted: usize = (0..=others).filter(|o| *o != summary.baseline).map(distinct).sum();
        assert_eq!(outputs.comparisons.len(), wanted * worths, "generated {number}");
        for (place, option) in summary.options.iter().enumerate() {
            let of = |lens: Lens| &option.costs[lens as usize];
            assert_eq!(of(Lens::Economic).cumulative == of(Lens::Tco).cumulative, !beside(place), "generated {number}");
        }
    }
}

#[test]
fn the_table_of_lines_adds_up_and_names_its_rows_once() {
    let number = (0..).find(|number| !generate::scenario(*number).contains("[business]")).expect("some state none");
    let run = run(&generate::scenario(number), 300, 2);
    let table = tables::lines(&run.summary);
    let at = |name: &str| table.columns.iter().position(|column| column == name).expect("a column");
    let mut keys: Vec<String> = table.rows.iter().map(|row| format!("{:?}", &row[..at("mean_usd")])).collect();
    let rows = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), rows, "option, platform, bucket, line, phase and month name a row");
    for option in &run.summary.options {
        let own = table.rows.iter().filter(|row| row[0] == Cell::Given(option.name.clone()));
        let amount = |row: &Vec<Cell>| if let Cell::Number(value) = row[at("mean_usd")] { value } else { 0.0 };
        let total: f64 = own.map(amount).sum();
        let economic = &option.costs[Lens::Economic as usize];
        assert_same(total, economic.cumulative.last().expect("month 0").mean.value, &option.name);
    }
    let beside = table.rows.iter().any(|row| row[at("bucket")] == Cell::Word(Account::Loss.name().to_owned()));
    assert!(!beside, "nothing is lost where nothing is stated");
}

#[test]
fn the_ledger_counts_what_it_lists() {
    let text =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/heroku-to-ecs.toml"))
            .expect("the shipped scenario");
    let run = run(&text, 2, 1);
    let (ledger, counts) = (&run.summary.ledger, run.summary.ledger.counts());
    let all = counts.measured + counts.quoted + counts.judged + counts.without_basis + counts.assumed;
    assert_eq!(all, ledger.entries.len());
    let listed = ledger.entries.iter().filter(|entry| entry.path.starts_with("price."));
    assert_eq!(listed.clone().count(), counts.listed);
    assert!(listed.clone().all(|entry| entry.as_of.is_some() && !entry.source.is_empty()));
    assert!(counts.listed > 20, "{}", counts.listed);
    // The oldest price is one of the list, and none has an earlier month.
    let month = |as_of: AsOf| as_of.months_before(outgrow::units::YearMonth::new(9999, 12).expect("a month"));
    let oldest = counts.oldest.expect("list prices have dates");
    assert!(listed.filter_map(|entry| entry.as_of).all(|as_of| month(as_of) <= month(oldest)));
    assert!(ledger.entries.iter().all(|entry| entry.quantiles.is_sorted()));
}

#[test]
fn the_json_of_a_run_holds_what_its_totals_are_made_of_with_their_errors() {
    let text = format!("inflation = \"3 % / year\"\nfiscal_year = \"jul\"\n{}", without_views(&generate::scenario(1)));
    let run = run(&text, 300, 1);
    let text =
        json::text(&run.summary, &verdict::of(&run.summary, &[], None), None, Made { version: "test", streams: 1 });
    let document: Value = serde_json::from_str(&text).expect("sound JSON");
    assert_errors("generated", &document, "");
    let length = |value: &Value| value.as_array().map_or(0, Vec::len);
    let years = length(&document["fiscal_years"]);
    assert_eq!(years, run.summary.fiscal_years.len());
    assert_eq!(length(&document["growth_cases"]), run.scenario.demand.cases.len());
    assert_eq!(length(&document["evidence"]["entries"]), run.summary.ledger.entries.len());
    for (place, option) in document["options"].as_array().expect("options").iter().enumerate() {
        assert!(option["capacity_walls"].is_array());
        for (lens, costs) in Lens::ALL.into_iter().zip(option["costs"].as_array().expect("lenses")) {
            assert_eq!(costs["lens"], lens.name());
            assert_eq!(length(&costs["fiscal_years_usd"]["mean"]), years);
            assert_eq!(costs["fiscal_years_difference_usd"].is_null(), place == run.summary.baseline);
            assert!(length(&costs["phases_to_horizon"]) > 3);
            let real = &costs["in_dollars_of_the_opening"];
            assert_eq!(real["difference_usd"].is_null(), place == run.summary.baseline);
            assert_eq!(
                real["cumulative_usd"]["month"].as_array().and_then(|m| m.last()),
                Some(&run.summary.months.into())
            );
            // The headline has every month, the others those they name.
            let cumulative = &costs["cumulative_usd"];
            let months = cumulative.get("month").map_or(run.summary.months as usize + 1, length);
            assert_eq!(cumulative.get("month").is_none(), lens == Lens::Tco);
            assert_eq!((length(&cumulative["mean"]), length(&cumulative["p50_high"])), (months, months));
        }
    }
}

/// A generated scenario without the lines that the test says itself.
fn without_views(text: &str) -> String {
    let said = |line: &&str| !line.starts_with("inflation") && !line.starts_with("fiscal_year");
    text.lines().filter(said).collect::<Vec<_>>().join("\n")
}
