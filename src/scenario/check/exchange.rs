use std::sync::Arc;

use crate::model::Estimate;
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};
use crate::units::Currency;

/// `exchange = { EUR = "1.02 .. 1.20 USD" }`: what one of another currency is worth in the report's, one draw for each. From here on an
/// amount of money may be in it.
pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> Vec<Estimate> {
    let Some(field) = root.take("exchange") else { return Vec::new() };
    let Some(mut table) = Table::open(&field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let mut all = Vec::new();
    for field in table.fields() {
        table.take(field.key);
        let own = notes.currency;
        let message = match Currency::new(field.key) {
            Some(currency) if currency != own => None,
            Some(_) => Some(format!("the report is in {} itself", own.code())),
            None => Some(format!("`{}` is no code of a currency", field.key)),
        };
        if let Some(message) = message {
            notes.error(code::EXCHANGE, &field.key_span, message).cure =
                format!("write the three letters of another currency: {}", example(own));
            continue;
        }
        all.extend(field.estimate(&keys::EXCHANGE, notes));
    }
    table.finish(notes);
    notes.currencies = all.iter().map(|rate| Arc::new(rate.clone())).collect();
    all
}

/// How the worth of another currency is stated in a report in this one.
pub(in crate::scenario) fn example(report: Currency) -> String {
    match report {
        Currency::USD => "exchange = { EUR = \"1.02 .. 1.20 USD\" }".into(),
        own => format!("exchange = {{ USD = \"0.85 .. 0.95 {}\" }}", own.code()),
    }
}
