use crate::math::law::Law;
use crate::model::{Contract, Credits, Estimate, Scenario, Vendor, VendorId};
use crate::scenario::table::{Table, nearest};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

use super::whole::{greatest, lowest};
use super::{NOWHERE, Names};

pub(super) fn read(name: String, mut table: Table<'_>, notes: &mut Notes) -> Vendor {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let sla_credit = sla_credit(&mut table, notes);
    let rises = table.estimate_if("rises", &keys::YEARLY, notes);
    let contract = table.take("contract").and_then(|field| contract(Table::open(&field, notes)?, notes));
    let credits = table.take("credits").and_then(|field| credits(Table::open(&field, notes)?, notes));
    table.finish(notes);
    Vendor { name, title, rises, contract, credits, sla_credit }
}

/// `{ minimum_spend = "$6,000 / month", until = "month 14", renews_every = "12 months", notice = "2 months" }`
fn contract(mut table: Table<'_>, notes: &mut Notes) -> Option<Contract> {
    let contract = Contract {
        minimum_spend: table.estimate("minimum_spend", &keys::PRICE, notes),
        until: table.estimate("until", &keys::MONTH_NUMBER, notes),
        renews_every: table.estimate_if("renews_every", &keys::TERM, notes),
        notice: table.estimate_or("notice", &keys::MONTHS, Law::Constant(0.0), notes),
    };
    table.finish(notes);
    Some(contract)
}

/// `{ amount = "$25,000", until = "month 18" }`
fn credits(mut table: Table<'_>, notes: &mut Notes) -> Option<Credits> {
    let credits = Credits {
        amount: table.estimate("amount", &keys::AMOUNT_OF_MONEY, notes),
        begins: table.estimate_if("begins", &keys::MONTH_NUMBER, notes),
        until: table.estimate_if("until", &keys::MONTH_NUMBER, notes),
    };
    table.finish(notes);
    let first = credits.begins.as_ref().map_or(1.0, lowest);
    if let Some(until) = credits.until.as_ref().filter(|until| greatest(until) < first) {
        let span = notes.place(&until.path);
        let message = "these credits lapse before they begin";
        notes.warning(code::LAPSES_FIRST, &span, message).cure = "they pay nothing: let `until` be later".into();
    }
    Some(credits)
}

/// Shares of the invoice by the name of a class.
fn sla_credit(table: &mut Table<'_>, notes: &mut Notes) -> Vec<(String, Estimate)> {
    let Some(field) = table.take("sla_credit") else { return Vec::new() };
    let Some(mut by_class) = Table::open(&field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let mut shares = Vec::new();
    for field in by_class.fields() {
        by_class.take(field.key);
        shares.extend(field.estimate(&keys::SHARE, notes).map(|share| (field.key.to_owned(), share)));
    }
    by_class.finish(notes);
    shares
}

/// Who sells something, if the table says.
pub(super) fn named(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Option<VendorId> {
    let is_said = table.has("vendor");
    let place = table.reference("vendor", &names.vendors, "vendor", notes);
    is_said.then(|| VendorId(place.unwrap_or(NOWHERE)))
}

/// A vendor sells something, and what it gives credit for can happen where it does.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for (at, vendor) in scenario.vendors.iter().enumerate() {
        let path = format!("vendor.{}", vendor.name);
        let sells = |platform: &&crate::model::Platform| {
            platform.lines.iter().any(|line| line.vendor.is_some_and(|id| id.0 == at || id.0 == NOWHERE))
        };
        let buyers: Vec<_> = scenario.platforms.iter().filter(sells).collect();
        let follows = |layer: &crate::model::Layer| layer.vendor.is_some_and(|id| id.0 == at || id.0 == NOWHERE);
        let is_of_a_layer = scenario.options.iter().flat_map(|option| &option.cover.layers).any(follows);
        if buyers.is_empty() && !(is_of_a_layer && vendor.credits.is_none()) {
            let span = notes.place(&path);
            let message = format!("no line is bought from the vendor `{}`", vendor.name);
            notes.warning(code::UNUSED, &span, message).cure =
                format!("write vendor = \"{}\" on a platform or a line", vendor.name);
            continue;
        }
        if vendor.contract.is_some()
            && let Some(home) = scenario.options.get(scenario.baseline.0).map(|option| option.platform)
            && let Some(home) = scenario.platforms.get(home.0)
            && !sells(&home)
        {
            let span = notes.place(&format!("{path}.contract"));
            let message = format!("a contract with `{}`, of whom {} buys nothing today", vendor.name, home.name);
            notes.error(code::CONTRACT, &span, message).cure =
                "a contract is one in force now: leave it out, or buy a line from this vendor".into();
        }
        let classes: Vec<&str> =
            buyers.iter().flat_map(|platform| &platform.incidents).map(|class| class.name.as_str()).collect();
        for (class, share) in &vendor.sla_credit {
            if !classes.contains(&class.as_str()) {
                let span = notes.place(&share.path);
                let message = format!("no platform that buys from `{}` has incidents `{class}`", vendor.name);
                let problem = notes.error(code::UNKNOWN_NAME, &span, message);
                problem.cure = match nearest(class, classes.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None if classes.is_empty() => "there are no incidents on its platforms".into(),
                    None => format!("there is {}", classes.join(", ")),
                };
            }
        }
    }
}
