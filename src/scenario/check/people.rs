use crate::math::law::Law;
use crate::model::{DriverId, People};
use crate::scenario::table::Table;
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
            deploys: None,
        };
    };
    let counts_deploys = table.has("deploys");
    let deploys = table.reference("deploys", &names.drivers, "driver", notes);
    let people = People {
        loaded_hour: table.estimate("loaded_hour", &keys::WAGE, notes),
        raise: table.estimate_or("raise", &keys::YEARLY, Law::Constant(0.0), notes),
        refocus_hours: table.estimate_or("refocus", &keys::REFOCUS, estimate::ten_to_forty_minutes(), notes),
        hours_per_month: table.number("hours_per_month", &keys::HOURS_A_MONTH, notes).unwrap_or(HOURS_PER_MONTH),
        deploys: counts_deploys.then(|| DriverId(deploys.unwrap_or(NOWHERE))),
    };
    table.finish(later::PEOPLE, notes);
    people
}
