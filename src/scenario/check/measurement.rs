use toml::de::DeValue;

use crate::model::{MOST_INPUTS, Measurement, Scenario};
use crate::scenario::paths::{as_written, singular};
use crate::scenario::table::{Field, Table, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

pub(super) fn read(name: String, mut table: Table<'_>, notes: &mut Notes) -> Measurement {
    let inputs = table.need("inputs", "[\"platforms.ecs.work.upkeep.hours\"], what it settles", notes);
    let measurement = Measurement {
        name,
        inputs: inputs.map(|field| listed(&field, notes)).unwrap_or_default(),
        how: table.text("how", notes).unwrap_or_default(),
        cost_usd: table
            .need("cost", keys::AMOUNT_OF_MONEY.example, notes)
            .and_then(|field| field.number(&keys::AMOUNT_OF_MONEY, notes))
            .unwrap_or(0.0),
        takes_months: table.number("takes", &keys::MONTHS, notes).unwrap_or(0.0),
        leaves: leaves(&mut table, notes),
    };
    table.finish(notes);
    measurement
}

/// The part of the spread that is left; one that leaves all of it finds nothing out.
fn leaves(table: &mut Table<'_>, notes: &mut Notes) -> f64 {
    let span = table.span_of("leaves").unwrap_or_default();
    let left = table.number("leaves", &keys::SHARE, notes).unwrap_or(0.0);
    if left >= 1.0 {
        let message = "`leaves` is all of the spread: nothing is found out".to_owned();
        notes.error(code::OUT_OF_RANGE, &span, message).cure = "write what is left, like \"30 %\"".into();
    }
    left
}

/// The paths of a list, as paths of estimates.
fn listed(field: &Field<'_>, notes: &mut Notes) -> Vec<String> {
    notes.takes(&field.path, || Takes::Estimates);
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "a list of estimates: [\"platforms.ecs.work.upkeep.hours\"]", notes);
        return Vec::new();
    };
    if items.is_empty() || items.len() > MOST_INPUTS {
        let message = format!("`inputs` names {} estimates; it names 1 to {MOST_INPUTS}", items.len());
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure = "name what is measured".into();
    }
    let mut all = Vec::new();
    for (nth, item) in items.iter().enumerate().take(MOST_INPUTS) {
        let element = field.element(nth, item);
        notes.remember(&element.path, &element.span);
        all.extend(element.text(notes).map(|text| singular(&text)));
    }
    all
}

/// Reports inputs that are no estimates, or that are known already.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    let estimates = scenario.estimates();
    let has_cases = scenario.demand.cases.len() > 1;
    for measurement in &scenario.measurements {
        for (nth, input) in measurement.inputs.iter().enumerate() {
            let span = notes.place(&format!("measurement.{}.inputs.{}", measurement.name, nth + 1));
            let of_all_cases = has_cases && matches!(input.as_str(), "demand.growth" | "demand.case");
            let found = estimates.iter().find(|estimate| estimate.path == *input);
            if of_all_cases || found.is_some_and(|estimate| estimate.constant().is_none()) {
                continue;
            }
            let written = notes.text(&span).trim_matches('"').to_owned();
            if found.is_some() {
                let message = format!("`{written}` is one number: there is nothing to find out");
                notes.error(code::UNKNOWN_NAME, &span, message).cure =
                    "write what is thought possible, like \"20 .. 60 hours / month\", or leave it out".into();
                continue;
            }
            let unsure = estimates.iter().filter(|e| e.constant().is_none()).map(|e| e.path.as_str());
            let near = nearest(input, unsure).map(as_written);
            let problem = notes.error(code::UNKNOWN_NAME, &span, format!("there is no estimate `{written}`"));
            problem.cure = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`outgrow check --resolved` lists them".into(),
            };
        }
    }
}
