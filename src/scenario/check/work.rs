use crate::math::law::Law;
use crate::model::{DriverId, Learning, Work};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::{NOWHERE, Names, in_force};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Work {
    if !table.has("hours") && !table.has("interruptions") {
        let message = format!("{} has neither `hours` nor `interruptions`", table.name());
        notes.error(code::MISSING, &table.span, message).cure = format!("write hours = {}", keys::WORK.example);
    }
    let zero = Law::Constant(0.0);
    let work = Work {
        name,
        hours: table.estimate_or("hours", &keys::WORK, zero.clone(), notes),
        interruptions: table.estimate_or("interruptions", &keys::RATE, zero, notes),
        driver: driver(&mut table, names, notes),
        elasticity: table.estimate_or("elasticity", &keys::ELASTICITY, Law::Constant(1.0), notes),
        learning: learning(&mut table, notes),
        in_force: in_force::read(&mut table, names, notes),
    };
    table.finish(&[], notes);
    work
}

/// What hours or a rate grow with, if anything. An elasticity on nothing would be silently without effect.
pub(super) fn driver(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Option<DriverId> {
    if table.has("elasticity") && !table.has("driver") {
        let message = format!("{} has an `elasticity` and no `driver` to apply it to", table.name());
        notes.error(code::MISSING, &table.span, message).cure = "write driver = \"demand\"".into();
    }
    let present = table.has("driver");
    let place = table.reference("driver", &names.drivers, "driver", notes);
    present.then(|| DriverId(place.unwrap_or(NOWHERE)))
}

/// How something falls with practice.
pub(super) fn learning(table: &mut Table<'_>, notes: &mut Notes) -> Option<Learning> {
    let mut table = Table::open(&table.take("learning")?, notes)?;
    let learning = Learning {
        extra: table.estimate("extra", &keys::EXTRA, notes),
        half_life_months: table.estimate("halves_every", &keys::HALVING, notes),
    };
    table.finish(&[], notes);
    Some(learning)
}
