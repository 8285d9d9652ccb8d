use crate::model::{Friction, Scenario, Waiting};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::{Names, driver};

/// `friction`, `onboarding` and `waiting` of a platform.
pub(super) fn read(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Friction {
    let mut friction = Friction { per: Vec::new(), onboarding_hours: None, waiting: None };
    if let Some(mut inside) = table.take("friction").and_then(|field| Table::open(&field, notes)) {
        let example = "{ deploys = \"4 .. 12 min\" }";
        if let Some(field) = inside.need("per", example, notes) {
            friction.per = driver::terms(&field, (&keys::REFOCUS, example), names, notes);
        }
        inside.finish(notes);
    }
    if let Some(mut inside) = table.take("onboarding").and_then(|field| Table::open(&field, notes)) {
        friction.onboarding_hours = Some(inside.estimate("hours", &keys::REFOCUS, notes));
        inside.finish(notes);
    }
    friction.waiting = waiting(table, notes);
    friction
}

/// `{ requests = "0.5 .. 2 / month", handling = "1 .. 3 hours", lost = "20 .. 50 %" }`
fn waiting(table: &mut Table<'_>, notes: &mut Notes) -> Option<Waiting> {
    let mut inside = table.take("waiting").and_then(|field| Table::open(&field, notes))?;
    let waiting = Waiting {
        requests: inside.estimate("requests", &keys::REQUESTS, notes),
        handling_hours: inside.estimate("handling", &keys::REFOCUS, notes),
        lost: inside.estimate("lost", &keys::SHARE, notes),
    };
    inside.finish(notes);
    Some(waiting)
}

/// Who joins and who asks are read off the driver that counts engineers.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    if scenario.people.engineers.is_some() {
        return;
    }
    for platform in &scenario.platforms {
        let friction = &platform.friction;
        let onboarding = ("onboarding", "people who join", friction.onboarding_hours.is_some());
        let waiting = ("waiting", "requests of engineers", friction.waiting.is_some());
        for (key, of, _) in [onboarding, waiting].into_iter().filter(|(_, _, is_said)| *is_said) {
            let span = notes.place(&format!("platform.{}.{key}", platform.name));
            let message = format!("`{key}` is of {of}, and [people] does not say what counts them");
            notes.error(code::MISSING, &span, message).cure =
                "write engineers = \"…\", the driver that counts them, in [people]".into();
        }
    }
}
