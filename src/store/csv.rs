//! A table as CSV (RFC 4180) for people who open it in a spreadsheet.

use crate::present::tables::{Cell, Table};

/// A cell that begins with one of these may be a formula to a spreadsheet (OWASP, CSV injection; the last four are the full-width
/// forms that some locales read alike).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The file: UTF-8, a header line, numbers in their shortest form that reads back as the same number.
#[must_use]
pub fn bytes(table: &Table) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&table.columns).expect("a table's first row can be written to memory");
    for row in &table.rows {
        writer.write_record(row.iter().map(text)).expect("every row has as many cells as there are columns");
    }
    writer.into_inner().expect("memory can be flushed")
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Given(given) => guarded(given),
        Cell::Word(word) => word.clone(),
        // Adding zero turns −0 into 0.
        Cell::Number(value) => format!("{}", value + 0.0),
        Cell::Whole(value) => value.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A text from a scenario file, never a formula: an apostrophe stands before what a spreadsheet would compute.
fn guarded(given: &str) -> String {
    if given.starts_with(FORMULA) { format!("'{given}") } else { given.to_owned() }
}
