//! Tables that a run leaves, read back.

use outgrow::present::tables::{Cell, Table};
use outgrow::store;
use polars::prelude::{AnyValue, DataFrame, DataType, ParquetReader, SerReader};

fn read(bytes: Vec<u8>) -> DataFrame {
    ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a sound Parquet file")
}

/// Whether a value read back is what stood in a cell.
fn is_same(cell: &Cell, value: &AnyValue) -> bool {
    match (cell, value) {
        (Cell::Given(text) | Cell::Word(text), AnyValue::String(read)) => text == read,
        (Cell::Number(number), AnyValue::Float64(read)) => (number + 0.0).to_bits() == read.to_bits(),
        (Cell::Whole(number), AnyValue::UInt64(read)) => number == read,
        (Cell::Empty, AnyValue::Null) => true,
        _ => false,
    }
}

#[test]
fn parquet_holds_every_cell_to_the_last_bit() {
    let words = |texts: [&str; 3]| texts.map(|text| Cell::Given(text.to_owned()));
    let [a, b, c] = words(["=1+1", "Größe, \"x\"", ""]);
    let rows = vec![
        vec![a, Cell::Whole(u64::MAX), Cell::Number(0.1 + 0.2), Cell::Empty],
        vec![b, Cell::Whole(0), Cell::Number(-0.0), Cell::Empty],
        vec![c, Cell::Empty, Cell::Empty, Cell::Empty],
    ];
    let table = Table { columns: ["name", "n", "cost_usd", "none"].map(str::to_owned).into(), rows };
    let frame = read(store::parquet::bytes(&table));
    let kinds: Vec<DataType> = frame.columns().iter().map(|c| c.dtype().clone()).collect();
    assert_eq!(kinds, [DataType::String, DataType::UInt64, DataType::Float64, DataType::Float64]);
    for (place, name) in table.columns.iter().enumerate() {
        let column = frame.column(name).expect("every column is there");
        for (at, row) in table.rows.iter().enumerate() {
            let value = column.get(at).expect("every row is there");
            assert!(is_same(&row[place], &value), "{name}, row {at}: {:?} was read as {value:?}", row[place]);
        }
    }
}

#[test]
fn a_table_without_rows_keeps_its_columns() {
    let table = Table { columns: vec!["month".to_owned()], rows: Vec::new() };
    let frame = read(store::parquet::bytes(&table));
    assert_eq!((frame.height(), frame.width()), (0, 1));
}
