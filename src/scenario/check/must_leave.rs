//! That the baseline's platform must be left: `to`, `within`, `last_day`, `rush`.

use crate::math::law::Law;
use crate::model::{Cause, MustLeave, OptionId, Scenario};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::{NOWHERE, Names};

/// What an event or a platform that cannot meet something says of it.
pub(super) fn read(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> MustLeave {
    if !table.has("to") {
        let message = format!("{} does not say where the baseline goes", table.name());
        notes.error(code::NO_WAY_OUT, &table.span, message).cure =
            "write to = \"...\", an option with a migration".into();
    }
    let to = table.reference("to", &names.options, "option", notes);
    MustLeave {
        to: OptionId(to.unwrap_or(NOWHERE)),
        within_months: table.estimate_or("within", &keys::MONTHS, Law::Constant(0.0), notes),
        last_day_months: table.estimate_if("last_day", &keys::MONTHS, notes),
        rush: table.estimate_or("rush", &keys::TIMES, Law::Constant(1.0), notes),
    }
}

/// Whether whoever must leave can: by one way, that leads off the platform.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    let home = scenario.options.get(scenario.baseline.0).map(|baseline| baseline.platform);
    for platform in scenario.platforms.iter().enumerate().filter(|(at, _)| home.is_some_and(|home| home.0 != *at)) {
        for cannot in platform.1.cannot.iter().filter(|cannot| cannot.leave.is_some()) {
            let name = scenario.requirements.get(cannot.requirement.0).map_or("", |found| &found.name);
            let span = notes.place(&format!("platform.{}.cannot.{name}.to", platform.1.name));
            let message = format!("`{}` must be left, and nobody lives on it today", platform.1.name);
            notes.error(code::ENDS_ELSEWHERE, &span, message).cure =
                "only the baseline's platform can be left; write `blocked` here".into();
        }
    }
    let mut first: Option<&str> = None;
    for (cause, must) in scenario.must_leave() {
        let Some(to) = scenario.options.get(must.to.0) else { continue };
        let span = notes.place(&at(scenario, cause));
        if to.migration.is_none() {
            let message = format!("`{}` has no migration: it does not say how the baseline gets there", to.name);
            notes.error(code::NO_WAY_OUT, &span, message).cure = "name an option with a migration".into();
        }
        if let Some(known) = first.filter(|known| *known != to.name) {
            let message = format!("the baseline leaves for `{known}` elsewhere, and here for `{}`", to.name);
            notes.error(code::SEVERAL_WAYS_OUT, &span, message).cure = format!("write to = \"{known}\" in all places");
        }
        first = first.or(Some(&to.name));
        if let Some(last_day) = &must.last_day_months
            && last_day.median() < must.within_months.median()
        {
            let span = notes.place(&last_day.path);
            let message =
                "the platform is gone before anybody has to begin to leave: `last_day` comes sooner than `within`";
            notes.warning(code::LAST_DAY_FIRST, &span, message).cure =
                "both are counted from the same month; let `last_day` be later, if that is not meant".into();
        }
    }
}

/// Where `to` stands.
fn at(scenario: &Scenario, cause: Cause) -> String {
    match cause {
        Cause::Event(id) => format!("event.{}.to", scenario.events[id.0].name),
        Cause::Requirement(id) => {
            let home = scenario.platform(scenario.baseline().platform);
            let name = scenario.requirements.get(id.0).map_or("", |found| &found.name);
            format!("platform.{}.cannot.{name}.to", home.name)
        }
    }
}
