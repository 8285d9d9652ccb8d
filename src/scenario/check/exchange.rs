use std::sync::Arc;

use crate::model::Estimate;
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

/// `exchange = { EUR = "1.02 .. 1.20 USD" }`: what one of another currency is worth, one draw for each. From here on an
/// amount of money may be in it.
pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> Vec<Estimate> {
    let Some(field) = root.take("exchange") else { return Vec::new() };
    let Some(mut table) = Table::open(&field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let mut all = Vec::new();
    for field in table.fields() {
        table.take(field.key);
        let is_code = field.key.len() == 3 && field.key.bytes().all(|b| b.is_ascii_uppercase());
        if !is_code || field.key == "USD" {
            let message = match field.key {
                "USD" => "a dollar is a dollar".to_owned(),
                other => format!("`{other}` is no code of a currency"),
            };
            notes.error(code::EXCHANGE, &field.key_span, message).cure =
                "write the three letters of another currency: exchange = { EUR = \"1.02 .. 1.20 USD\" }".into();
            continue;
        }
        all.extend(field.estimate(&keys::EXCHANGE, notes));
    }
    table.finish(&[], notes);
    notes.currencies = all.iter().map(|rate| Arc::new(rate.clone())).collect();
    all
}
