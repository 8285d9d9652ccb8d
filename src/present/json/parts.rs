//! What totals are made of, growth cases, capacity walls and the evidence ledger.

use serde_json::{Map, Value, json};

use super::{at_months, mean, means, outcomes, probabilities, probability, when};
use crate::summary::{
    CaseOption, CaseSummary, Costs, Entry, EventDifference, EventSummary, Fired, FiscalYear, Ledger, Mean, Signal,
    Summary, Wall,
};

/// The fiscal years, by the calendar year that each ends in, and how much of each the horizon holds.
pub(super) fn fiscal_years(summary: &Summary) -> Vec<Value> {
    let year = |year: &FiscalYear| {
        json!({
            "year": year.year,
            "first_month": year.first,
            "last_month": year.last,
            "months": year.months(),
            "is_partial": year.is_partial(),
        })
    };
    summary.fiscal_years.iter().map(year).collect()
}

/// An option's phases, fiscal years and real totals under one lens.
pub(super) fn costs(summary: &Summary, costs: &Costs) -> Map<String, Value> {
    let part = |part: &crate::summary::PartTotal| json!({ "bucket": part.account.name(), "phase": part.phase.name(), "usd": mean(part.total) });
    // Means alone, and of every lens alike at the ends of years.
    let at_year_ends = |by_month: &[Mean]| at_months(&means, by_month, 0, false);
    let difference = |by: &[Mean], show: &dyn Fn(&[Mean]) -> Value| (!by.is_empty()).then(|| show(by));
    let real = summary.inflation.map(|_| {
        json!({
            "cumulative_usd": at_year_ends(&costs.real),
            "difference_usd": difference(&costs.real_difference, &at_year_ends),
        })
    });
    let mut fields = Map::new();
    fields.insert("phases_to_horizon".into(), costs.parts.iter().map(part).collect());
    fields.insert("fiscal_years_usd".into(), means(&costs.fiscal_years));
    fields.insert("fiscal_years_difference_usd".into(), json!(difference(&costs.fiscal_difference, &means)));
    fields.insert("in_dollars_of_the_opening".into(), json!(real));
    fields
}

/// What happens under each growth case, by option: under tco, at present value where there is a rate.
pub(super) fn cases(summary: &Summary) -> Vec<Value> {
    let option = |(place, option): (usize, &CaseOption)| {
        let against = option.against.as_ref().map(|against| {
            json!({
                "difference_usd": mean(against.difference),
                "outcomes": outcomes(&against.outcomes),
                "paid_back": probability(against.paid_back),
                "break_even": against.break_even.map(when),
            })
        });
        json!({ "option": summary.options[place].name, "cost_usd": mean(option.cost), "against_baseline": against })
    };
    let case = |case: &CaseSummary| {
        let options: Vec<Value> = case.options.iter().enumerate().map(option).collect();
        json!({ "case": case.name, "share": probability(case.share), "options": options })
    };
    summary.cases.iter().map(case).collect()
}

/// How likely each event is by the end of each month, and the difference of options with it and without it: under tco, at
/// present value where there is a rate. Only where a file has events.
pub(super) fn events(summary: &Summary) -> Vec<Value> {
    let option = |(place, difference): (usize, &Option<EventDifference>)| {
        let EventDifference { with, without, contribution } = difference.as_ref()?;
        Some(json!({
            "option": summary.options[place].name,
            "difference_with_usd": with.map(mean),
            "difference_without_usd": without.map(mean),
            "adds_to_difference_usd": contribution.map(|adds| json!({ "value": adds.value, "se": adds.se })),
        }))
    };
    let event = |event: &EventSummary| {
        let options: Vec<Value> = event.options.iter().enumerate().filter_map(option).collect();
        json!({
            "event": event.name,
            "title": event.title,
            "happens": probability(event.happens()),
            "happened_by": probabilities(&event.happened_by),
            "against_baseline": options,
        })
    };
    summary.events.iter().map(event).collect()
}

/// Folk signals: how likely each has fired by the end of each month, month 0 by what is read today; or what the file does not
/// say that it needs. Those that look at the team alone once, the others by option.
pub(super) fn signals(summary: &Summary) -> Vec<Value> {
    let fired = |fired: &Fired| match fired {
        Fired::By(by_month) => ("fired_by", probabilities(by_month)),
        Fired::NotKnown(missing) => ("not_known", json!(format!("the file does not say {missing}"))),
    };
    let signal = |signal: &Signal| {
        let mut value = json!({ "signal": signal.name, "title": signal.title });
        let Value::Object(fields) = &mut value else { return value };
        match signal.options.as_slice() {
            [all, ..] if !signal.is_of_the_option => {
                let (key, what) = fired(all);
                fields.insert(key.to_owned(), what);
            }
            each => {
                let option = |(place, one): (usize, &Fired)| {
                    let (key, what) = fired(one);
                    json!({ "option": summary.options[place].name, key: what })
                };
                fields.insert("options".to_owned(), each.iter().enumerate().map(option).collect());
            }
        }
        value
    };
    summary.signals.iter().map(signal).collect()
}

/// Share of trials that have hit a wall by the end of each month.
pub(super) fn walls(walls: &[Wall]) -> Vec<Value> {
    walls.iter().map(|wall| json!({ "line": wall.line, "hit_by": probabilities(&wall.hit_by) })).collect()
}

/// What the run rests on: how many figures on what, and each of them.
pub(super) fn evidence(ledger: &Ledger) -> Value {
    let counts = ledger.counts();
    let entry = |entry: &Entry| {
        let [p10, p50, p90] = entry.quantiles;
        json!({
            "path": entry.path,
            "unit": entry.unit,
            "basis": entry.basis.name(),
            "is_default": entry.is_default,
            "is_unverified": entry.is_unverified,
            "source": entry.source,
            "price_read": entry.as_of.map(|as_of| as_of.to_string()),
            "p10": p10,
            "p50": p50,
            "p90": p90,
        })
    };
    json!({
        "measured": counts.measured,
        "quoted": counts.quoted,
        "judged": counts.judged,
        "without_basis": counts.without_basis,
        "assumed": counts.assumed,
        "list_prices": counts.listed,
        "list_prices_unverified": counts.unverified,
        "oldest_list_price": counts.oldest.map(|as_of| as_of.to_string()),
        "entries": ledger.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}
