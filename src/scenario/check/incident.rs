use crate::math::law::Law;
use crate::model::{Estimate, IncidentClass};
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, later, notes::Notes};

use super::{Names, work};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> IncidentClass {
    let (duration_p50_hours, duration_p90_hours) = duration(&mut table, notes);
    let constant = Law::Constant;
    let class = IncidentClass {
        name,
        rate_per_month: table.estimate("rate", &keys::RATE, notes),
        driver: work::driver(&mut table, names, notes),
        elasticity: table.estimate_or("elasticity", &keys::ELASTICITY, constant(1.0), notes),
        duration_p50_hours,
        duration_p90_hours,
        responders: table.estimate_or("responders", &keys::COUNT, constant(1.0), notes),
        follow_up_hours: table.estimate_or("follow_up", &keys::REFOCUS, constant(0.0), notes),
        outside_help_per_hour: table.estimate_or("outside_help", &keys::WAGE, constant(0.0), notes),
        learning: work::learning(&mut table, notes),
    };
    table.finish(later::INCIDENT, notes);
    class
}

/// The log-normal length of one incident, by its median and the length that one in ten passes. It is luck, drawn for each
/// incident, and no estimate: hence the two numbers only.
fn duration(table: &mut Table<'_>, notes: &mut Notes) -> (Estimate, Estimate) {
    let none = || (estimate::stand_in(&keys::CLOCK), estimate::stand_in(&keys::CLOCK));
    let example = "{ p50 = 25, p90 = 120, unit = \"min\" }";
    if let Some(field) = table.take("duration").filter(|field| !field.value.is_table()) {
        let message = "`duration` is one length; incidents spread over many";
        notes.error(code::WRONG_TYPE, &field.span, message).cure =
            format!("write its median and the length that one in ten passes: {example}");
        return none();
    }
    let Some(mut table) = table.need("duration", example, notes).and_then(|field| Table::open(&field, notes)) else {
        return none();
    };
    let unit = table.spanned_text("unit", notes);
    notes.takes(&table.path_of("unit"), || Takes::Unit);
    if unit.is_none() && !table.has("unit") {
        let message = format!("{} has no unit", table.name());
        notes.error(code::UNIT, &table.span, message).cure = format!("write it like {example}");
    }
    let mut quantile = |key| {
        let field = table.need(key, "25", notes)?;
        let (unit, span) = unit.as_ref()?;
        field.estimate_in(unit, span, &keys::CLOCK, notes)
    };
    let (p50, p90) = (quantile("p50"), quantile("p90"));
    let span = table.span.clone();
    table.finish(&[], notes);
    let (Some(p50), Some(p90)) = (p50, p90) else {
        return none();
    };
    if p50.constant() > p90.constant() {
        let message = "the length that one in ten passes is below the median".to_owned();
        notes.error(code::NO_SUCH_LAW, &span, message).cure = "`p90` is at least `p50`".into();
    }
    (p50, p90)
}
