//! `[policies.NAME]`: a rule for when an option is taken. It becomes an option of its own, the same in all but what its project waits
//! for, behind those of the file: draws go by the paths of estimates, which it shares, so that both live the same futures.

use std::ops::Range;

use crate::model::{Condition, MigrationId, OptionId, Reading, Scenario};
use crate::scenario::table::Table;
use crate::scenario::{code, notes::Notes};

use super::{Names, condition, migration};

/// A policy as it is written.
pub(super) struct Told {
    name: String,
    title: Option<String>,
    /// The option, where there is one of that name, and where it is named.
    option: Option<(usize, Range<usize>)>,
    conditions: Vec<Condition>,
}

/// Reads one, whose name no option has.
pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Told {
    if names.options.contains(&name) {
        let message = format!("`{name}` is an option already");
        notes.error(code::NAME_TAKEN, &table.span, message).cure =
            "give the policy another name: both stand in the results".into();
    }
    let title = table.text("title", notes);
    let option = table.need("option", "\"…\", the option that is taken", notes);
    let option = option.and_then(|field| Some((field.reference(&names.options, "option", notes)?, field.span.clone())));
    let waits_for = table.need("starts_when_any", "[\"bill > $12,000 / month\"], what it waits for", notes);
    let conditions = waits_for.map(|field| condition::read_any(&field, condition::Of::Project, names, notes));
    table.finish(notes);
    Told { name, title, option, conditions: conditions.unwrap_or_default() }
}

/// Adds the options that policies stand for.
pub(super) fn settle(scenario: &mut Scenario, all: Vec<Told>, notes: &mut Notes) {
    for told in all {
        let path = format!("policy.{}", told.name);
        migration::check_conditions(scenario, &path, &told.conditions, notes);
        toil(scenario, &path, &told.conditions, notes);
        let Some((place, span)) = told.option else { continue };
        let Some(option) = scenario.options.get(place) else { continue };
        let Some(project) = option.migration else {
            let message = format!("`{}` has no migration: nobody can wait with it", option.name);
            notes.error(code::DOES_NOT_BELONG, &span, message).cure = "name an option that leaves".into();
            continue;
        };
        let Some(project) = scenario.migrations.get(project.0) else { continue };
        let (mut option, mut project) = (option.clone(), project.clone());
        option.title = told.title.unwrap_or_else(|| told.name.clone());
        option.name = told.name;
        option.rule_for = Some(OptionId(place));
        option.migration = Some(MigrationId(scenario.migrations.len()));
        project.starts_when_any = told.conditions;
        scenario.migrations.push(project);
        scenario.options.push(option);
    }
}

/// Toil is of engineers.
fn toil(scenario: &Scenario, path: &str, conditions: &[Condition], notes: &mut Notes) {
    let is_toil = |one: &Condition| matches!(one, Condition::Reading { of: Reading::Toil, .. });
    if let Some(nth) = conditions.iter().position(is_toil).filter(|_| scenario.people.engineers.is_none()) {
        let span = notes.place(&format!("{path}.starts_when_any.{}", nth + 1));
        notes.error(code::TOIL_OF_NOBODY, &span, "`toil` is of engineers, and nothing counts them".to_owned()).cure =
            "write engineers = \"…\", a driver, in [people]".into();
    }
}
