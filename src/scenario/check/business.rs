use crate::model::{Business, Scenario};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

/// `[business]`, if the file has it.
pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> Option<Business> {
    let mut table = Table::open(&root.take("business")?, notes)?;
    let business = Business {
        revenue_per_month: table.estimate("revenue", &keys::REVENUE, notes),
        margin: table.estimate("margin", &keys::SHARE, notes),
    };
    table.finish(notes);
    Some(business)
}

/// A part of revenue is of nothing where nobody says what revenue there is.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    if scenario.business.is_some() {
        return;
    }
    for class in scenario.platforms.iter().flat_map(|platform| &platform.incidents) {
        if !class.shared && !class.revenue_hit.written.is_empty() {
            let span = notes.place(&class.revenue_hit.path);
            let message = "`revenue_hit` is a part of revenue, and the file has no [business]";
            notes.error(code::MISSING, &span, message).cure =
                format!("write [business] with revenue = {} and its margin", keys::REVENUE.example);
        }
    }
}
