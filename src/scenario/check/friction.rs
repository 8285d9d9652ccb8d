use crate::model::{Friction, Scenario};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::{Names, driver};

/// `friction` and `onboarding` of a platform.
pub(super) fn read(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Friction {
    let mut friction = Friction { per: Vec::new(), onboarding_hours: None };
    if let Some(mut inside) = table.take("friction").and_then(|field| Table::open(&field, notes)) {
        let example = "{ deploys = \"4 .. 12 min\" }";
        if let Some(field) = inside.need("per", example, notes) {
            friction.per = driver::terms(&field, (&keys::REFOCUS, example), names, notes);
        }
        inside.finish(&[], notes);
    }
    if let Some(mut inside) = table.take("onboarding").and_then(|field| Table::open(&field, notes)) {
        friction.onboarding_hours = Some(inside.estimate("hours", &keys::REFOCUS, notes));
        inside.finish(&[], notes);
    }
    friction
}

/// Who joins is read off the driver that counts engineers.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    if scenario.people.engineers.is_some() {
        return;
    }
    for platform in scenario.platforms.iter().filter(|platform| platform.friction.onboarding_hours.is_some()) {
        let span = notes.place(&format!("platform.{}.onboarding", platform.name));
        let message = "`onboarding` is of people who join, and [people] does not say what counts them";
        notes.error(code::MISSING, &span, message).cure =
            "write engineers = \"…\", the driver that counts them, in [people]".into();
    }
}
