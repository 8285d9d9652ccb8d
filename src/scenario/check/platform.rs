use crate::model::{Bucket, Line, Platform};
use crate::scenario::notes::Notes;
use crate::scenario::table::Table;

use super::{Names, copy, debt, friction, incident, line, requirement, share, vendor, work};

/// Reads a platform.
pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Platform {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let usual = line::waste(&mut table, None, notes);
    let is_home = names.home.as_ref().is_none_or(|home| *home == name);
    let mut lines: Vec<Line> = Vec::new();
    for (key, bucket) in [("runtime", Bucket::Runtime), ("data", Bucket::Data), ("tooling", Bucket::Tooling)] {
        let tables = table.named(key, key, notes);
        let about = (is_home, usual.as_ref().filter(|_| bucket != Bucket::Tooling));
        let read = |(name, table)| line::read((bucket, name), table, about, names, notes);
        lines.extend(tables.into_iter().map(read));
    }
    let seller = vendor::named(&mut table, names, notes);
    lines.iter_mut().for_each(|line| line.vendor = line.vendor.or(seller));
    let work = table.named("work", "work", notes);
    let incidents = table.named("incidents", "incident", notes);
    let debt = debt::read(&mut table, names.home.as_ref() == Some(&name), notes);
    let friction = friction::read(&mut table, names, notes);
    let cannot = requirement::cannot(&mut table, names, notes);
    table.finish(notes);
    Platform {
        name,
        title,
        seller,
        lines,
        work: work.into_iter().map(|(name, table)| work::read(name, table, names, notes)).collect(),
        incidents: incidents.into_iter().map(|(name, table)| incident::read(name, table, names, notes)).collect(),
        debt,
        friction,
        cannot,
    }
}

/// What a platform's lines have to do with each other, once all of them are known.
pub(super) fn check(platform: &Platform, notes: &mut Notes) {
    share::check(platform, notes);
    copy::check(platform, notes);
    incident::check(platform, notes);
}
