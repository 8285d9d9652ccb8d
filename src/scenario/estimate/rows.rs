//! A column of a file beside the scenario: a trial draws a row, the same for all columns of the file.

use std::sync::Arc;

use super::form::Shape;
use crate::math::law::Law;
use crate::model::{Column, Draw};
use crate::scenario::beside::Rows;
use crate::scenario::measure::{Factor, Measure};
use crate::scenario::table::{Field, Table, nearest};
use crate::scenario::{code, notes::Notes};

/// Cells of a column that are complained about; the rest is probably wrong in the same way.
const SHOWN: usize = 3;
/// Headers that a cure lists.
const HEADERS: usize = 8;
/// Longest name of a file, in characters.
const LONGEST: usize = 100;

/// `{ file = "egress.csv", column = "gb", unit = "GB / month" }`. Where the file is still to be loaded it is a stand-in.
pub(super) fn read(
    table: &mut Table<'_>,
    factor: Option<Factor>,
    measure: &Measure<'_>,
    cap: Option<f64>,
    notes: &mut Notes,
) -> Option<(Shape, Draw)> {
    let file = table.need("file", "\"egress.csv\", beside the scenario", notes);
    let column = table.need("column", "\"gb\", its header", notes);
    let (file, column) = (file?, column?);
    let (name, header) = (file.text(notes), column.text(notes));
    let (name, header, factor) = (name?, header?, factor?);
    if !is_beside(&name) {
        let message = format!("`{name}` is no file beside the scenario");
        notes.error(code::ROWS, &file.span, message).cure =
            "write the name of a file in the same folder: letters, digits, spaces, . - and _".into();
        return None;
    }
    let name = notes.seen_from_the_scenario(&name, &file.span);
    let mut beside = std::mem::take(&mut notes.beside);
    let values = match beside.rows(&name) {
        None => Some(None),
        Some(Err(error)) => {
            notes.error(code::ROWS, &file.span, format!("`{name}`: {error}")).cure =
                "put the file into the scenario's folder, as text with commas and a line of headers".into();
            None
        }
        Some(Ok(rows)) => {
            let reader = Reader { rows, name: &name, header: &header, factor, measure, cap };
            reader.values((&file, &column), notes).map(Some)
        }
    };
    notes.beside = beside;
    let Some(values) = values? else { return Some((Shape::Constant(1.0), Draw::Own)) };
    let law = Law::discrete(&values, &vec![1.0; values.len()]);
    let column = Column { file: name, column: header, values: Arc::from(values) };
    Some((Shape::Drawn(law), Draw::Row(column)))
}

/// Whether a name is of a file in the scenario's own folder, and nothing but a name.
fn is_beside(name: &str) -> bool {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    !name.is_empty() && !name.starts_with(['.', '-', ' ']) && name.chars().count() <= LONGEST && name.chars().all(good)
}

/// A column while it is read.
struct Reader<'r> {
    rows: &'r Rows,
    name: &'r str,
    header: &'r str,
    factor: Factor,
    measure: &'r Measure<'r>,
    cap: Option<f64>,
}

impl Reader<'_> {
    fn values(&self, (file, column): (&Field<'_>, &Field<'_>), notes: &mut Notes) -> Option<Vec<f64>> {
        let Self { rows, name, header, .. } = self;
        let mut found = rows.header.iter().enumerate().filter(|(_, own)| own == header).map(|(place, _)| place);
        let Some(place) = found.next() else {
            let problem = notes.error(code::ROWS, &column.span, format!("`{name}` has no column `{header}`"));
            problem.cure = match nearest(header, rows.header.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => {
                    let shown: Vec<&str> = rows.header.iter().take(HEADERS).map(String::as_str).collect();
                    format!("its first line has {}", shown.join(", "))
                }
            };
            return None;
        };
        if found.next().is_some() {
            notes.error(code::ROWS, &column.span, format!("`{name}` has two columns `{header}`")).cure =
                "give one of them another header".into();
            return None;
        }
        if rows.rows.len() < 2 {
            let message =
                format!("`{name}` has {} below its headers", if rows.rows.is_empty() { "no row" } else { "one row" });
            notes.error(code::ROWS, &file.span, message).cure =
                "a row is one way things may turn out: write two or more".into();
            return None;
        }
        let mut wrong = 0;
        let mut values = Vec::with_capacity(rows.rows.len());
        for (line, cells) in &rows.rows {
            match self.value(cells, place) {
                Ok(value) => values.push(value),
                Err((code, message, cure)) => {
                    wrong += 1;
                    if wrong <= SHOWN {
                        let message = format!("`{name}`, line {line}, column `{header}`: {message}");
                        notes.error(code, &column.span, message).cure = cure;
                    }
                }
            }
        }
        if wrong > SHOWN {
            let message = format!("`{name}`: {} more cells of column `{header}` are wrong", wrong - SHOWN);
            notes.error(code::ROWS, &column.span, message).cure = "see to those above first".into();
        }
        (wrong == 0).then_some(values)
    }

    /// The value of a row in the canonical unit; otherwise the code, what is wrong and the way out.
    fn value(&self, cells: &[String], place: usize) -> Result<f64, (&'static str, String, String)> {
        let text = cells.get(place).map_or("", String::as_str);
        if cells.len() != self.rows.header.len() {
            let message =
                format!("the line has {} cells, and there are {} headers", cells.len(), self.rows.header.len());
            return Err((code::ROWS, message, "quote what holds a comma".into()));
        }
        let stated = text.parse::<f64>().ok().filter(|value| value.is_finite());
        let Some(stated) = stated else {
            let shown: String = text.chars().take(30).collect();
            let message =
                if text.is_empty() { "the cell is empty".to_owned() } else { format!("`{shown}` is no number") };
            let cure =
                "write plain numbers, 1234.5; their unit stands in the scenario; take rows out that nobody knows";
            return Err((code::ROWS, message, cure.into()));
        };
        let value = self.factor.apply(stated);
        if !self.measure.holds(value) || !value.is_finite() {
            let message = format!("{text} is not {}", self.measure.what);
            return Err((code::OUT_OF_RANGE, message, "put the cell right, or take its row out".into()));
        }
        if self.cap.is_some_and(|cap| value > cap) {
            let message = format!("{text} is above 15 % a month, and growth that lasts explodes");
            return Err((code::OUT_OF_RANGE, message, "take the row out".into()));
        }
        Ok(value)
    }
}
