//! A table as Parquet, for people who read it into pandas, DuckDB or a warehouse. The only file that knows polars.

use polars::prelude::{Column, DataFrame, NamedFrom, ParquetCompression, ParquetWriter, PolarsError, Series};

use crate::present::tables::{Cell, Table};

/// The file: a column for each of the table's, texts as UTF-8, whole numbers as 64-bit integers, figures as doubles, what does
/// not exist as null. A text is data here and needs no guard against spreadsheets.
///
/// # Panics
/// If two columns of the table have one name.
#[must_use]
pub fn bytes(table: &Table) -> Vec<u8> {
    written(table).expect("columns of one length and different names make a file in memory")
}

fn written(table: &Table) -> Result<Vec<u8>, PolarsError> {
    let columns = (0..table.columns.len()).map(|place| column(table, place)).collect();
    let mut frame = DataFrame::new(table.rows.len(), columns)?;
    let mut file = Vec::new();
    // A pool of threads is woken for longer than a table of this size takes.
    let writer = ParquetWriter::new(&mut file).with_compression(ParquetCompression::Snappy).set_parallel(false);
    writer.finish(&mut frame)?;
    Ok(file)
}

/// One column, of the kind that its cells are.
fn column(table: &Table, place: usize) -> Column {
    let cells = || table.rows.iter().map(|row| &row[place]);
    let name = table.columns[place].as_str().into();
    let series = match cells().find(|cell| **cell != Cell::Empty) {
        Some(Cell::Given(_) | Cell::Word(_)) => Series::new(name, cells().map(text).collect::<Vec<_>>()),
        Some(Cell::Whole(_)) => Series::new(name, cells().map(whole).collect::<Vec<_>>()),
        Some(Cell::Number(_) | Cell::Empty) | None => Series::new(name, cells().map(number).collect::<Vec<_>>()),
    };
    series.into()
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Given(text) | Cell::Word(text) => Some(text),
        _ => None,
    }
}

fn whole(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Whole(n) => Some(*n),
        _ => None,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        // Adding zero turns −0 into 0.
        Cell::Number(value) => Some(value + 0.0),
        Cell::Whole(n) => Some(*n as f64),
        _ => None,
    }
}
