//! `summary.json`: every figure of a run under a stable name, each sampled one with its error.
//!
//! A mean has `value`, `se` and `sd`; a probability its counts, `se` and 95 % interval; a quantile its 95 % interval. Series by
//! month are columns: `series.mean[m]` is month m, 0 the opening, unless the name says `from_month_1`. A series with a
//! column `month` holds those months alone: other lenses than the headline's are given at the ends of years and at the
//! horizon. Months are numbers, or "from_the_start" and "never". Renaming a field is a breaking change and raises
//! `schema_version`. Names that say `usd` say the code of the report's currency where that is another: `cost_eur`.

pub(super) mod compact;
mod deciders;
mod parts;
mod people;
mod reasons;

use serde_json::{Map, Value, json};

use super::Made;
use super::tables::iso;
use crate::model::{Bucket, Scenario};
use crate::study::answer::Answer;
use crate::study::later::Later;
use crate::study::verdict::{Comparison, Standing, Verdict};
use crate::summary::{
    Costs, Crossover, Debt, DoneBy, Leaving, Lens, Mean, OptionSummary, Outcomes, PlaceQuantile, Probability,
    QUANTILES, Quantile, Scale, Spread, Summary, When, WhenQuantile,
};
use crate::units::Currency;

/// Version of the field names.
pub const SCHEMA_VERSION: u32 = 1;

/// The document, ending in a line feed.
#[must_use]
pub fn text(summary: &Summary, verdict: &Verdict, answer: Option<(&Scenario, &Answer)>, made: Made) -> String {
    let options: Vec<Value> = summary.options.iter().map(|o| option(summary, o)).collect();
    let mut document = json!({
        "schema_version": SCHEMA_VERSION,
        "program": "outgrow",
        "program_version": made.version,
        "stream_version": made.streams,
        "seed": summary.seed,
        "trials": summary.trials,
        "scenario": summary.scenario,
        "question": summary.question,
        "start": iso(summary.start),
        "months": summary.months,
        "currency": summary.currency.code(),
        "discount_rate_per_year": summary.discount_rate.map(|r| r.get()),
        "inflation_per_year": summary.inflation.map(|r| r.get()),
        "fiscal_years": parts::fiscal_years(summary),
        "years": people::years(summary),
        "baseline": summary.options[summary.baseline].name,
        "verdict": judged(summary, verdict),
        "demand_in_last_month": { "times_today": spread(&summary.demand.spread), "carried_by_largest_thousandth": summary.demand.tail_share },
        "best_per_trial_usd": mean(summary.best_per_trial),
        "growth_cases": parts::cases(summary),
        "options": options,
        "signals": parts::signals(summary),
        "evidence": parts::evidence(&summary.ledger),
    });
    if let (Some(map), false) = (document.as_object_mut(), summary.events.is_empty()) {
        map.insert("events".into(), json!(parts::events(summary)));
    }
    if let (Some(map), false) = (document.as_object_mut(), summary.reasons.is_empty()) {
        map.insert("reasons".into(), json!(reasons::all(summary)));
    }
    if let Some((scenario, answer)) = answer {
        deciders::add(&mut document, summary, scenario, answer);
    }
    in_currency(&mut document, summary);
    compact::text(&document)
}

/// A document with what came of a gate as its last member.
///
/// # Panics
/// If it is not one that [`text`] has made.
#[must_use]
pub fn with_gate(document: &str, gate: Value) -> String {
    let mut document: Value = serde_json::from_str(document).expect("the document is JSON");
    document["gate"] = gate;
    compact::text(&document)
}

/// Where the report is not in dollars: names of fields that say `usd` say its code instead, `difference_eur`. Names of options are
/// left alone.
fn in_currency(value: &mut Value, summary: &Summary) {
    if summary.currency == Currency::USD {
        return;
    }
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| in_currency(one, summary)),
        Value::Object(fields) => {
            let own = std::mem::take(fields);
            for (name, mut value) in own {
                in_currency(&mut value, summary);
                let is_option = summary.options.iter().any(|option| option.name == name);
                fields.insert(if is_option { name } else { renamed(&name, summary.currency) }, value);
            }
        }
        _ => {}
    }
}

fn renamed(name: &str, currency: Currency) -> String {
    let code = currency.suffix();
    let said = |word| if matches!(word, "usd" | "dollars") { code.as_str() } else { word };
    name.split('_').map(said).collect::<Vec<_>>().join("_")
}

fn judged(summary: &Summary, verdict: &Verdict) -> Value {
    let rule = &verdict.rule;
    let named = |option: usize| &summary.options[option].name;
    let later = |later: &Later| {
        json!({
            "option": named(later.option),
            "months_later": later.months,
            "beside_leaving_as_stated_usd": mean(later.beside_now),
            "leaving_as_stated_beside_baseline_usd": mean(verdict.leader.difference),
            "beside_baseline_usd": {
                "value": verdict.leader.difference.value + later.beside_now.value,
                "se_at_most": verdict.leader.difference.se + later.beside_now.se,
            },
            "beside_baseline_in_its_own_futures_usd": mean(later.beside_staying),
        })
    };
    let mut value = json!({
        "word": verdict.word.name(),
        "leader": standing(summary, &verdict.leader),
        "others": verdict.others.iter().map(|o| standing(summary, o)).collect::<Vec<_>>(),
        "rule": {
            "lens": summary.lens().name(),
            "baseline_cost_usd": mean(rule.baseline_cost),
            "small_below_share": rule.small_share,
            "leading": comparison(summary, &rule.leading),
            "measurement": rule.measurement.as_ref().map(|considered| json!({
                "name": considered.finding.measurement.name,
                "is_worth_its_cost": considered.is_worth_it,
                "may_turn_the_choice": considered.may_turn,
            })),
            "tuned": rule.tuned.map(|tuned| comparison(summary, &tuned)),
            "leaving_later": rule.later.iter().map(later).collect::<Vec<_>>(),
        },
    });
    if let (Some(rule), false) = (value["rule"].as_object_mut(), summary.verdict_rule.discounted) {
        rule.insert("discounted".into(), json!(false));
    }
    for standing in [&verdict.leader].into_iter().chain(&verdict.others) {
        let added = summary.end_value(standing.option);
        let name = &summary.options[standing.option].name;
        if let (Some(rule), Some(added)) = (value["rule"].as_object_mut(), added) {
            let all = rule.entry("end_value_usd").or_insert_with(|| json!({}));
            all[name.as_str()] = json!(added);
        }
    }
    if let (Some(rule), Some(window)) = (value["rule"].as_object_mut(), summary.verdict_rule.window) {
        rule.insert("window_months".into(), json!(window));
    }
    value
}

fn comparison(summary: &Summary, comparison: &Comparison) -> Value {
    json!({
        "option": summary.options[comparison.option].name,
        "beside": summary.options[comparison.with].name,
        "difference_usd": mean(comparison.difference),
        "share_of_baseline_cost": comparison.share,
        "share_of_baseline_cost_se_at_most": comparison.share_se,
        "is_small": comparison.is_small,
        "is_noise": comparison.is_noise,
        "early_month": comparison.early.map(|(month, _)| month),
        "early_difference_usd": comparison.early.map(|(_, difference)| mean(difference)),
        "changes_sign": comparison.changes_sign,
    })
}

fn standing(summary: &Summary, standing: &Standing) -> Value {
    json!({
        "option": summary.options[standing.option].name,
        "cost_usd": mean(standing.cost),
        "difference_usd": mean(standing.difference),
    })
}

fn option(summary: &Summary, option: &OptionSummary) -> Value {
    let buckets: Map<String, Value> = Bucket::ALL
        .iter()
        .zip(&option.buckets)
        .map(|(bucket, by_month)| (format!("{}_usd_from_month_1", bucket.name()), means(by_month)))
        .collect();
    let mut value = json!({
        "name": option.name,
        "title": option.title,
        "platform": option.platform,
        "project_finished": probability(option.finished),
        "cheapest": probability(option.cheapest),
        "project_engineer_weeks": spread(&option.project_weeks),
        "project_usd_from_month_1": means(&option.project),
        "hours_from_month_1": means(&option.hours),
        "people": people::hours(summary, &option.people),
        "buckets": buckets,
        "costs": option.costs.iter().map(|c| costs(summary, c)).collect::<Vec<_>>(),
        "capacity_walls": parts::walls(&option.walls),
        "against_baseline": option.against.as_ref().map(|all| all.iter().map(|c| crossover(c, summary.lens())).collect::<Vec<_>>()),
    });
    if let (Some(map), Some(leaving)) = (value.as_object_mut(), &option.leaving) {
        map.insert("leaving".into(), of_leaving(summary, leaving));
    }
    if let (Some(map), Some(late)) = (value.as_object_mut(), option.late) {
        map.insert("on_a_platform_that_is_gone".into(), probability(late));
    }
    if let (Some(map), Some(debt)) = (value.as_object_mut(), &option.debt) {
        map.insert("debt".into(), of_debt(debt));
    }
    if let (Some(map), false) = (value.as_object_mut(), option.done_by.is_empty()) {
        let all = option.done_by.iter().enumerate().map(|layer| done_by(layer, &option.done_by));
        map.insert("who_does_the_hours".into(), all.collect());
    }
    if let (Some(map), Some(owed)) = (value.as_object_mut(), &option.owed) {
        map.insert("owed_after_the_horizon_usd".into(), spread(owed));
    }
    value
}

/// When a project starts that waits for something, only where one does.
fn of_leaving(summary: &Summary, leaving: &Leaving) -> Value {
    let instead = leaving.instead.map(
        |(option, difference)| json!({ "option": summary.options[option].name, "difference_usd": mean(difference) }),
    );
    json!({
        "holds_today": leaving.holds_today(),
        "leaving_otherwise_where_it_never_comes": instead,
        "left_by": probabilities(&leaving.left_by),
        "month": leaving.month.map(when),
        "month_among_those_that_leave": leaving.month_among_those.map(|months| months.map(when)),
    })
}

/// A layer of cover; `hours_from_month_1` of its option are the developers'.
fn done_by((place, layer): (usize, &DoneBy), all: &[DoneBy]) -> Value {
    let mut value = json!({
        "layer": layer.name,
        "title": layer.title,
        "hours_from_month_1": means(&layer.hours),
        "filled_seats_from_month_1": layer.seats.as_ref().map(|seats| means(seats)),
    });
    if let (Some(map), Some(cap)) = (value.as_object_mut(), &layer.cap) {
        let after = all[place + 1..].iter().map(|layer| layer.name.as_str());
        let said = json!({
            "reached_by": probabilities(&cap.reached_by),
            "hours_beyond_from_month_1": means(&cap.beyond),
            "left_to": after.chain(["developers"]).collect::<Vec<_>>(),
        });
        map.insert("at_most".into(), said);
    }
    value
}

/// Operational debt as a share of full debt, only where a file has it.
fn of_debt(debt: &Debt) -> Value {
    json!({
        "share_from_month_1": means(&debt.by_month),
        "simple_in_last_month": probability(debt.last.simple),
        "drift_in_last_month": probability(debt.last.drift),
        "black_box_in_last_month": probability(debt.last.black_box),
        "phases_at_the_end_of_each_year": people::phases(&debt.by_year),
    })
}

fn costs(summary: &Summary, costs: &Costs) -> Value {
    let is_whole = costs.lens == summary.lens();
    let mut value = json!({
        "lens": costs.lens.name(),
        "monthly_usd_from_month_1": series(&costs.monthly, 1, is_whole),
        "cumulative_usd": series(&costs.cumulative, 0, is_whole),
        "cumulative_present_value_usd": series(&costs.present_value, 0, is_whole),
    });
    if let Value::Object(fields) = &mut value {
        fields.extend(parts::costs(summary, costs));
    }
    value
}

fn crossover(crossover: &Crossover, decides: Lens) -> Value {
    let is_whole = crossover.lens == decides;
    let shares = |by_month: &[Probability]| at_months(&probabilities, by_month, 0, is_whole);
    let left = crossover.outcomes_of_those_that_left.as_ref().map(outcomes);
    let among = crossover.break_even_among_those.map(|whens| whens.map(when));
    let mut value = json!({
        "lens": crossover.lens.name(),
        "discounted": crossover.discounted,
        "outcomes": outcomes(&crossover.outcomes),
        "paid_back_of_those_that_left": crossover.paid_back_of_those_that_left.map(probability),
        "break_even": crossover.break_even.map(when),
        "break_even_among_those_that_do": among,
        "run_rate_crossover": crossover.run_rate.map(when),
        "deepest_hole_usd": spread(&crossover.deepest_hole),
        "deepest_hole_month": crossover.deepest_hole_month.map(|months| months.map(at)),
        "crosses_back": probability(crossover.crosses_back),
        "ahead_then_behind": probability(crossover.ahead_then_behind),
        "broke_even_by": probabilities(&crossover.broke_even_by),
        "ahead_at": shares(&crossover.ahead_at),
        "first_touch_by": shares(&crossover.first_touch_by),
        "run_rate_crossed_by": shares(&crossover.run_rate_by),
        "crossover_scale": scale(&crossover.scale),
        "difference_usd": series(&crossover.delta, 0, is_whole),
    });
    if let (Some(map), Some(left)) = (value.as_object_mut(), left) {
        map.insert("outcomes_of_those_that_left".into(), left);
    }
    value
}

fn outcomes(outcomes: &Outcomes) -> Value {
    json!({
        "did_not_leave": probability(outcomes.did_not_leave),
        "from_the_start": probability(outcomes.from_the_start),
        "broke_even": probability(outcomes.broke_even),
        "ended_first": probability(outcomes.ended_first),
        "never": probability(outcomes.never),
    })
}

/// Multiples of today's demand; null where the size lies beyond the grid.
fn scale(scale: &Scale) -> Value {
    json!({
        "size": scale.quantiles.map(at),
        "changes_often": probability(scale.changes_often),
        "sizes": scale.sizes,
        "crossed_by": probabilities(&scale.crossed_by),
    })
}

fn mean(mean: Mean) -> Value {
    json!({ "value": mean.value, "se": mean.se, "sd": mean.sd })
}

fn means(by_month: &[Mean]) -> Value {
    let column = |of: fn(&Mean) -> f64| by_month.iter().map(of).collect::<Vec<_>>();
    json!({ "mean": column(|m| m.value), "se": column(|m| m.se) })
}

fn probability(p: Probability) -> Value {
    let (low, high) = p.interval();
    json!({ "value": p.value(), "se": p.se(), "low": low, "high": high, "count": p.count, "of": p.of })
}

fn probabilities(by_month: &[Probability]) -> Value {
    let column = |of: fn(&Probability) -> f64| by_month.iter().map(of).collect::<Vec<_>>();
    json!({ "value": column(|p| p.value()), "low": column(|p| p.interval().0), "high": column(|p| p.interval().1) })
}

fn spread(spread: &Spread) -> Value {
    let quantiles: Map<String, Value> = spread
        .quantiles
        .iter()
        .map(|q| (name(q.p), json!({ "value": q.value, "low": q.low, "high": q.high })))
        .collect();
    json!({ "mean": mean(spread.mean), "quantiles": quantiles })
}

/// A series by month from `first` on: whole under the lens that is decided on, at the ends of years and at its end under others.
fn series(by_month: &[Spread], first: u32, is_whole: bool) -> Value {
    at_months(&columns, by_month, first, is_whole)
}

fn at_months<T: Clone>(show: &dyn Fn(&[T]) -> Value, by_month: &[T], first: u32, is_whole: bool) -> Value {
    if is_whole {
        return show(by_month);
    }
    let last = first + by_month.len() as u32 - 1;
    let months: Vec<u32> = (first..=last).filter(|m| m.is_multiple_of(12) || *m == last).collect();
    let kept: Vec<T> = months.iter().map(|m| by_month[(m - first) as usize].clone()).collect();
    let mut value = show(&kept);
    if let Value::Object(columns) = &mut value {
        columns.insert("month".to_owned(), json!(months));
    }
    value
}

fn columns(by_month: &[Spread]) -> Value {
    let column = |of: &dyn Fn(&Spread) -> f64| by_month.iter().map(of).collect::<Vec<_>>();
    let mut columns = Map::new();
    columns.insert("mean".to_owned(), json!(column(&|s| s.mean.value)));
    columns.insert("se".to_owned(), json!(column(&|s| s.mean.se)));
    let kept = QUANTILES.iter().enumerate().filter(|(i, _)| by_month.iter().all(|s| *i < s.quantiles.len()));
    for (i, p) in kept {
        let part = |of: fn(&Quantile) -> f64| column(&move |s: &Spread| of(&s.quantiles[i]));
        columns.insert(name(*p), json!(part(|q| q.value)));
        columns.insert(format!("{}_low", name(*p)), json!(part(|q| q.low)));
        columns.insert(format!("{}_high", name(*p)), json!(part(|q| q.high)));
    }
    Value::Object(columns)
}

fn when(q: WhenQuantile) -> Value {
    at(q.map(place))
}

fn at<T: serde::Serialize>(q: PlaceQuantile<T>) -> Value {
    json!({ "percent": q.percent, "at": q.at, "low": q.low, "high": q.high })
}

fn place(when: When) -> Value {
    match when {
        When::FromStart => json!("from_the_start"),
        When::Month(month) => json!(month),
        When::Never => json!("never"),
    }
}

/// "p05" for 0.05.
fn name(p: f64) -> String {
    format!("p{:02.0}", p * 100.0)
}
