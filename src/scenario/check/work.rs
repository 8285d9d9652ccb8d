use crate::math::law::Law;
use crate::model::{DriverId, Learning, Work, WorkKind};
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
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
        kinds: kinds(&mut table, notes),
        hours: table.estimate_or("hours", &keys::WORK, zero.clone(), notes),
        interruptions: table.estimate_or("interruptions", &keys::RATE, zero, notes),
        driver: driver(&mut table, names, notes),
        elasticity: table.estimate_or("elasticity", &keys::ELASTICITY, Law::Constant(1.0), notes),
        learning: learning(&mut table, notes),
        in_force: in_force::read(&mut table, names, notes),
    };
    table.finish(notes);
    work
}

/// What kind of work it is: a word for all of it, or a table of parts.
fn kinds(table: &mut Table<'_>, notes: &mut Notes) -> Vec<(WorkKind, f64)> {
    let Some(field) = table.take("kind") else { return Vec::new() };
    if !field.value.is_table() {
        let word = field.text(notes);
        notes.takes(&field.path, || Takes::Words(&WorkKind::NAMES));
        let Some(word) = word else { return Vec::new() };
        let found = WorkKind::ALL.into_iter().find(|kind| kind.name() == word);
        if found.is_none() {
            notes.error(code::UNKNOWN_WORD, &field.span, format!("there is no work of kind `{word}`")).cure =
                format!("there is {}; without a `kind` it is other work", WorkKind::NAMES.join(", "));
        }
        return found.into_iter().map(|kind| (kind, 1.0)).collect();
    }
    let Some(mut parts) = Table::open(&field, notes) else { return Vec::new() };
    let part = |kind: WorkKind| Some((kind, parts.number(kind.name(), &keys::SHARE, notes)?));
    let kinds: Vec<(WorkKind, f64)> = WorkKind::ALL.into_iter().filter_map(part).collect();
    let all: f64 = kinds.iter().map(|(_, part)| part).sum();
    let is_empty = parts.fields().is_empty();
    parts.finish(notes);
    if is_empty {
        notes.error(code::MISSING, &field.span, "`kind` has no part of any kind").cure =
            "write kind = \"monitoring\" or kind = { monitoring = \"30 %\", data = \"50 %\" }".into();
    }
    if all > 1.0 + 1e-9 {
        let message = format!("the parts of {} come to {:.0} %", table.name(), 100.0 * all);
        notes.error(code::WEIGHTS, &field.span, message).cure =
            "they come to 100 % at most; the rest is other work".into();
    }
    kinds.into_iter().filter(|(_, part)| *part > 0.0).collect()
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
    table.finish(notes);
    Some(learning)
}
