use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

/// Months as files write them.
pub(super) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Factors January to December with mean 1. Months not given share what makes the mean 1; where all twelve are given they
/// are divided by their mean, since only their ratios count.
pub(super) fn read(table: &mut Table<'_>, notes: &mut Notes) -> [f64; 12] {
    let even = [1.0; 12];
    let Some(field) = table.take("season") else {
        return even;
    };
    let Some(mut table) = Table::open(&field, notes) else {
        return even;
    };
    let given = MONTHS.map(|month| table.number(month, &keys::TIMES, notes));
    let span = table.span.clone();
    table.finish(notes);

    let sum: f64 = given.iter().flatten().sum();
    let count = given.iter().flatten().count();
    if count == 12 {
        return given.map(|factor| factor.unwrap_or(1.0) * 12.0 / sum);
    }
    #[allow(clippy::cast_precision_loss, reason = "at most twelve")]
    let rest = (12.0 - sum) / (12 - count) as f64;
    if rest > 0.0 {
        return given.map(|factor| factor.unwrap_or(rest));
    }
    let problem = notes.error(
        code::SEASON,
        &span,
        format!("the months given add up to {sum}, which leaves the others {rest:.2} each"),
    );
    problem.cure = "the year's mean is 1: lower the factors, or give all twelve months".into();
    even
}
