use crate::math::law::Law;
use crate::model::{MigrationId, PlatformId, WayToRun};
use crate::scenario::table::Table;
use crate::scenario::{keys, notes::Notes};

use super::{NOWHERE, Names, change, cover};

/// Reads an option; with it what it changes on its platform, which is read once the platforms are.
pub(super) fn read<'a>(
    name: String,
    mut table: Table<'a>,
    names: &Names,
    notes: &mut Notes,
) -> (WayToRun, Option<change::Told<'a>>) {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let platform = table.need("platform", "\"…\", the platform it ends on", notes);
    let platform = platform.and_then(|field| field.reference(&names.platforms, "platform", notes)).unwrap_or(NOWHERE);
    let migrates = table.has("migration");
    let migration = table.reference("migration", &names.migrations, "migration", notes);
    let owned_share = table.estimate_or("owned_share", &keys::SHARE, Law::Constant(0.0), notes);
    let cover = cover::read(&name, &mut table, names, notes);
    let told = change::told(&mut table, notes);
    table.finish(notes);
    let option = WayToRun {
        name,
        title,
        platform: PlatformId(platform),
        migration: migrates.then(|| MigrationId(migration.unwrap_or(NOWHERE))),
        owned_share,
        cover,
        change: None,
        rule_for: None,
    };
    (option, told)
}

/// The platform that an option names, before its table is read.
pub(super) fn platform(table: &mut Table<'_>) -> Option<String> {
    Some(table.take("platform")?.value.as_str()?.to_owned())
}
