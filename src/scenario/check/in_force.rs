use crate::model::{Estimate, InForce, RequirementId};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

use super::{
    NOWHERE, Names,
    whole::{greatest, lowest},
};

/// `begins`, `until` and `needs` of a line or an item of work.
pub(super) fn read(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> InForce {
    let begins = table.estimate_if("begins", &keys::MONTH_NUMBER, notes);
    let until = table.estimate_if("until", &keys::MONTH_NUMBER, notes);
    if let (Some(begins), Some(until)) = (&begins, &until)
        && is_written([begins, until])
        && (greatest(until) + 0.5).floor() < (lowest(begins) + 0.5).floor()
    {
        let span = notes.place(&until.path);
        let message = format!("{} ends before it begins: it never counts", table.name());
        notes.error(code::NEVER_IN_FORCE, &span, message).cure =
            "`begins` is its first month and `until` its last: write a later `until`".into();
    }
    let is_said = table.has("needs");
    let needs = table.reference("needs", &names.requirements, "requirement", notes);
    let needs = is_said.then(|| RequirementId(needs.unwrap_or(NOWHERE)));
    InForce { begins, until, needs, after: None, before: Vec::new(), changed: None }
}

/// Whether estimates were written, and not refused.
fn is_written(all: [&Estimate; 2]) -> bool {
    all.iter().all(|estimate| !estimate.written.is_empty())
}
