use crate::math::law::Law;
use crate::model::{Counted, DriverId, Fact, People};
use crate::scenario::measure::Measure;
use crate::scenario::table::{Field, Table};
use crate::scenario::walk::{Bounds, Takes};
use crate::scenario::{estimate, keys, notes::Notes, quantity};

use super::{NOWHERE, Names};

/// Working hours of a person in a month, where the file does not say.
const HOURS_PER_MONTH: f64 = 150.0;

pub(super) fn read(root: &mut Table<'_>, names: &Names, notes: &mut Notes) -> People {
    let example = "… in a table [people] with its loaded_hour";
    let Some(mut table) = root.need("people", example, notes).and_then(|field| Table::open(&field, notes)) else {
        let none = || estimate::stand_in(&keys::WAGE);
        return People {
            loaded_hour: none(),
            raise: none(),
            refocus_hours: none(),
            hours_per_month: HOURS_PER_MONTH,
            opportunity_premium: none(),
            turnover: none(),
            engineers: None,
            deploys: None,
            services: None,
            regions: None,
            codebases: None,
            ci_minutes: None,
            know_production: None,
        };
    };
    let zero = Law::Constant(0.0);
    let people = People {
        loaded_hour: table.estimate("loaded_hour", &keys::WAGE, notes),
        raise: table.estimate_or("raise", &keys::YEARLY, zero.clone(), notes),
        refocus_hours: table.estimate_or("refocus", &keys::REFOCUS, estimate::ten_to_forty_minutes(), notes),
        hours_per_month: table.number("hours_per_month", &keys::HOURS_A_MONTH, notes).unwrap_or(HOURS_PER_MONTH),
        opportunity_premium: table.estimate_or("opportunity_premium", &keys::EXTRA, zero.clone(), notes),
        turnover: table.estimate_or("turnover", &keys::TURNOVER, zero, notes),
        engineers: counted_by(table.take("engineers"), names, notes),
        deploys: counted_by(table.take("deploys"), names, notes),
        services: fact(table.take("services"), &keys::COUNT, names, notes),
        regions: fact(table.take("regions"), &keys::COUNT, names, notes),
        codebases: fact(table.take("codebases"), &keys::CODEBASES, names, notes),
        ci_minutes: fact(table.take("ci_minutes"), &keys::COUNT, names, notes),
        know_production: fact(table.take("know_production"), &keys::COUNT, names, notes),
    };
    table.finish(notes);
    people
}

/// The driver that counts something, if the table says.
fn counted_by(field: Option<Field<'_>>, names: &Names, notes: &mut Notes) -> Option<DriverId> {
    Some(DriverId(field?.reference(&names.drivers, "driver", notes).unwrap_or(NOWHERE)))
}

/// A number, or the name of the driver that counts it.
fn fact(field: Option<Field<'_>>, measure: &Measure<'_>, names: &Names, notes: &mut Notes) -> Option<Counted> {
    let field = field?;
    let path = field.path.clone();
    let names_a_driver = field.value.as_str().is_some_and(|text| quantity::parse(text).is_err());
    let counted = if names_a_driver {
        counted_by(Some(field), names, notes).map(Counted::Driver)
    } else {
        Some(Counted::Number(field.estimate(measure, notes).unwrap_or_else(|| estimate::stand_in(measure))))
    };
    notes.takes(&path, || Takes::Counted(Bounds::of(measure)));
    counted
}

/// What is said of the team that a condition may read.
pub(super) fn said(people: &People) -> Vec<Fact> {
    let is_said = |fact: &Fact| {
        fact.said(people).is_some() && (*fact != Fact::EngineersPerCodebase || people.engineers.is_some())
    };
    Fact::ALL.into_iter().filter(is_said).collect()
}
