use crate::model::price::PriceBook;
use crate::model::{Demand, Estimate, Growth, GrowthCase};
use crate::scenario::measure::Measure;
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::driver::{self, Counted};
use super::season;

/// Growth above this is taken only from a file that says so with `max`, per month.
const FASTEST: f64 = 0.15;
/// ln(1.15): the same, quoted continuously.
const FASTEST_CONTINUOUS: f64 = 0.139_761_942_375_158_68;
/// How far weights may miss 1 by rounding.
const WEIGHTS_SLACK: f64 = 1e-9;
/// Weights that a message shows.
const SHOWN: usize = 8;

/// A course of growth as far as one table states it.
#[derive(Default, Clone)]
struct Course {
    growth: Option<Growth>,
    half_life_months: Option<Estimate>,
    saturation_times: Option<Estimate>,
    volatility: Option<Estimate>,
}

/// Demand, and what it counts where it states a reading.
pub(super) fn read(root: &mut Table<'_>, book: &PriceBook, notes: &mut Notes) -> (Demand, Option<Counted>) {
    let example = "… in a table [demand] with its growth";
    let Some(mut table) = root.need("demand", example, notes).and_then(|field| Table::open(&field, notes)) else {
        return (Demand { cases: Vec::new(), season: [1.0; 12] }, None);
    };
    let counted = counted(&mut table, book, notes);
    let season = season::read(&mut table, notes);
    let shared = Course::read(&mut table, notes);
    let has_cases = table.has("cases");
    let cases: Vec<GrowthCase> = table
        .named("cases", "case", notes)
        .into_iter()
        .map(|(name, mut case)| {
            let weight = case.need("weight", keys::WEIGHT.example, notes);
            let weight = weight.and_then(|field| field.number(&keys::WEIGHT, notes)).unwrap_or(f64::NAN);
            let course = Course::read(&mut case, notes).or(&shared, &case.path, notes);
            let growth = course.growth(&case, notes);
            case.finish(notes);
            course.case(name, weight, growth)
        })
        .collect();
    let cases = if has_cases {
        weighed(cases, &table, notes)
    } else {
        let growth = shared.growth(&table, notes);
        vec![shared.case("only".to_owned(), 1.0, growth)]
    };
    table.finish(notes);
    (Demand { cases, season }, counted)
}

/// `today = "140 requests / second"`: what the index of 1 stands for.
fn counted(table: &mut Table<'_>, book: &PriceBook, notes: &mut Notes) -> Option<Counted> {
    let is_bare = table.has("unit") && !table.has("today");
    let (counts, unit) = driver::unit_of(table, book, notes);
    if is_bare {
        let message = "[demand] says what it counts and not how many there are today";
        notes.error(code::MISSING, &table.span, message).cure = "write today = \"140 requests / second\"".into();
    }
    let measure = Measure { above_low: true, what: "a reading above 0", ..keys::amount(&counts) };
    let today = table.estimate_if("today", &measure, notes)?;
    Some(Counted { counts, unit, today })
}

/// Checks that the weights add up to 1, and takes out what rounding left.
fn weighed(mut cases: Vec<GrowthCase>, table: &Table<'_>, notes: &mut Notes) -> Vec<GrowthCase> {
    let sum: f64 = cases.iter().map(|case| case.weight).sum();
    if (sum - 1.0).abs() > WEIGHTS_SLACK {
        let span = notes.place("demand.case");
        let number = crate::scenario::estimate::number;
        let read: Vec<String> =
            cases.iter().take(SHOWN).map(|case| format!("{} {}", case.name, number(case.weight))).collect();
        let rest = if cases.len() > SHOWN { ", …" } else { "" };
        let message = format!(
            "the weights of the cases in {} add up to {}: {}{rest}",
            table.name(),
            number(sum),
            read.join(", ")
        );
        notes.error(code::WEIGHTS, &span, message).cure = "make them add up to 1, or to \"100 %\"".into();
    }
    for case in &mut cases {
        case.weight /= sum;
    }
    cases
}

impl Course {
    fn read(table: &mut Table<'_>, notes: &mut Notes) -> Self {
        let growth = capped(table, "growth", &keys::GROWTH, FASTEST, notes).map(Growth::PerMonth);
        let continuous = capped(table, "growth_continuous", &keys::GROWTH_CONTINUOUS, FASTEST_CONTINUOUS, notes);
        if growth.is_some() && continuous.is_some() {
            let span = notes.place(&format!("{}.growth_continuous", table.path));
            let message = format!("{} states its growth twice", table.name());
            notes.error(code::DOES_NOT_BELONG, &span, message).cure = "keep `growth` or `growth_continuous`".into();
        }
        Self {
            growth: growth.or(continuous.map(Growth::Continuous)),
            half_life_months: table.estimate_if("growth_halves_every", &keys::HALVING, notes),
            saturation_times: table.estimate_if("levels_off_at", &keys::LEVEL, notes),
            volatility: table.estimate_if("month_to_month", &keys::NOISE, notes),
        }
    }

    /// What a case does not state is what [demand] states, as an estimate of the case's own.
    fn or(self, shared: &Self, path: &str, notes: &mut Notes) -> Self {
        let mut moved = |estimate: &Estimate| {
            let key = estimate.path.rsplit('.').next().unwrap_or_default();
            let moved = format!("{path}.{key}");
            let span = notes.place(&estimate.path);
            notes.remember(&moved, &span);
            Estimate { path: moved, ..estimate.clone() }
        };
        Self {
            growth: self.growth.or_else(|| {
                shared.growth.as_ref().map(|growth| match growth {
                    Growth::PerMonth(estimate) => Growth::PerMonth(moved(estimate)),
                    Growth::Continuous(estimate) => Growth::Continuous(moved(estimate)),
                })
            }),
            half_life_months: self.half_life_months.or_else(|| shared.half_life_months.as_ref().map(&mut moved)),
            saturation_times: self.saturation_times.or_else(|| shared.saturation_times.as_ref().map(&mut moved)),
            volatility: self.volatility.or_else(|| shared.volatility.as_ref().map(&mut moved)),
        }
    }

    /// The growth, which no default of ours stands in for: it decides too much.
    fn growth(&self, table: &Table<'_>, notes: &mut Notes) -> Option<Growth> {
        if self.growth.is_none() && !table.has("growth") && !table.has("growth_continuous") {
            let message = format!("{} has no `growth`", table.name());
            notes.error(code::MISSING, &table.span, message).cure =
                "write growth = \"1 .. 4 % / month\", or \"0 % / month\" if demand stands still".into();
        }
        self.growth.clone()
    }

    fn case(self, name: String, weight: f64, growth: Option<Growth>) -> GrowthCase {
        let none = || Growth::PerMonth(crate::scenario::estimate::stand_in(&keys::GROWTH));
        GrowthCase {
            name,
            weight,
            growth: growth.unwrap_or_else(none),
            half_life_months: self.half_life_months,
            saturation_times: self.saturation_times,
            volatility: self.volatility,
        }
    }
}

fn capped(
    table: &mut Table<'_>,
    key: &'static str,
    measure: &Measure<'_>,
    cap: f64,
    notes: &mut Notes,
) -> Option<Estimate> {
    table.take(key)?.estimate_capped(measure, Some(cap), notes)
}
