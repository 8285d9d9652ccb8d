use crate::model::{Cannot, Requirement, RequirementId, Scenario};
use crate::scenario::table::{Table, named};
use crate::scenario::{code, keys, notes::Notes};

use super::{NOWHERE, Names, must_leave};

/// `[requirements.NAME]`.
pub(super) fn read(name: String, mut table: Table<'_>, notes: &mut Notes) -> Requirement {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let begins = table.estimate_if("begins", &keys::MONTH_NUMBER, notes);
    table.finish(notes);
    Requirement { name, title, begins }
}

/// `[platforms.NAME.cannot.REQUIREMENT]`.
pub(super) fn cannot(platform: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Vec<Cannot> {
    let tables = platform.named("cannot", "cannot", notes);
    let one = |(name, mut table): (String, Table<'_>)| {
        let place = named(&name, &names.requirements, "requirement", &table.span, notes);
        let blocked = table.estimate_if("blocked", &keys::REVENUE_BLOCKED, notes);
        if blocked.is_none() && !table.has("to") {
            let message = format!("{} has no `blocked`", table.name());
            notes.error(code::MISSING, &table.span, message).cure =
                format!("write blocked = {}", keys::REVENUE_BLOCKED.example);
        }
        let leave = table.has("to").then(|| must_leave::read(&mut table, names, notes));
        table.finish(notes);
        Cannot { requirement: RequirementId(place.unwrap_or(NOWHERE)), blocked, leave }
    };
    tables.into_iter().map(one).collect()
}

/// Whether something switches a requirement on; a name that was refused counts as one that comes.
pub(super) fn comes(scenario: &Scenario, id: RequirementId) -> bool {
    let switched = scenario.events.iter().any(|event| event.switches_on == Some(id));
    scenario.requirements.get(id.0).is_none_or(|requirement| requirement.begins.is_some() || switched)
}

/// Reports what waits for a requirement that nothing switches on.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    let mut warn = |id: RequirementId, at: &str| {
        if comes(scenario, id) {
            return;
        }
        let name = &scenario.requirements[id.0].name;
        let span = notes.place(at);
        let message = format!("nothing ever asks for `{name}`: what waits for it never counts");
        notes.warning(code::NEVER_ASKED_FOR, &span, message).cure =
            format!("write begins in [requirements.{name}], or switches_on = \"{name}\" in an event");
    };
    for platform in &scenario.platforms {
        let path = format!("platform.{}", platform.name);
        for line in &platform.lines {
            line.in_force.needs.into_iter().for_each(|id| warn(id, &format!("{path}.{}.needs", line.place())));
        }
        for item in &platform.work {
            item.in_force.needs.into_iter().for_each(|id| warn(id, &format!("{path}.work.{}.needs", item.name)));
        }
        for cannot in &platform.cannot {
            let name = scenario.requirements.get(cannot.requirement.0).map_or("", |found| &found.name);
            warn(cannot.requirement, &format!("{path}.cannot.{name}"));
        }
    }
}
