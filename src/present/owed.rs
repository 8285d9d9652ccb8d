//! What is still to be paid after the last month, in a sentence.

use super::number::span;
use super::side;
use crate::summary::Summary;

/// Parts of what the baseline costs from which on what is owed afterwards is worth a line.
const WORTH_A_LINE: f64 = 0.01;

/// The sentence on the option that owes the most, where that is worth a line.
#[must_use]
pub fn sentence(summary: &Summary) -> Option<String> {
    let of_baseline = &summary.options[summary.baseline].costs[summary.lens() as usize];
    let least = of_baseline.cumulative.last()?.mean.value * WORTH_A_LINE;
    let owed =
        summary.options.iter().enumerate().filter_map(|(place, option)| Some((place, option.owed.as_ref()?.mean)));
    let (place, mean) = owed.max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    (mean.value > least).then(|| {
        let name = side::name(summary, place);
        format!(
            "After {} {} is still owed on {name}, bought ahead or signed: not counted above.",
            span(summary.months),
            summary.currency.money(mean.value, mean.se)
        )
    })
}
