use crate::model::{MigrationId, PlatformId, WayToRun};
use crate::scenario::table::Table;
use crate::scenario::{later, notes::Notes};

use super::{NOWHERE, Names};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> WayToRun {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let platform = table.need("platform", "\"…\", the platform it ends on", notes);
    let platform = platform.and_then(|field| field.reference(&names.platforms, "platform", notes)).unwrap_or(NOWHERE);
    let migrates = table.has("migration");
    let migration = table.reference("migration", &names.migrations, "migration", notes);
    table.finish(later::OPTION, notes);
    WayToRun {
        name,
        title,
        platform: PlatformId(platform),
        migration: migrates.then(|| MigrationId(migration.unwrap_or(NOWHERE))),
    }
}
