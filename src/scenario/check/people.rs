use crate::math::law::Law;
use crate::model::{DriverId, People};
use crate::scenario::table::{Field, Table};
use crate::scenario::{estimate, keys, later, notes::Notes};

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
    };
    table.finish(later::PEOPLE, notes);
    people
}

/// The driver that counts something, if the table says.
fn counted_by(field: Option<Field<'_>>, names: &Names, notes: &mut Notes) -> Option<DriverId> {
    Some(DriverId(field?.reference(&names.drivers, "driver", notes).unwrap_or(NOWHERE)))
}
