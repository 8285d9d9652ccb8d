//! What growth comes to at the horizon, in words.

use std::fmt::Write as _;

use crate::study::demand::rests_on_the_tail;
use crate::summary::Summary;

/// Middle, one in ten and mean of demand in the last month, and a warning where the mean rests on the tail; lines ended.
#[must_use]
pub fn text(summary: &Summary) -> String {
    let spread = &summary.demand.spread;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "demand in month {}: half of futures above {:.2} times today's, 1 in 10 above {:.2}, mean {:.2}",
        summary.months,
        spread.at(0.5),
        spread.at(0.9),
        spread.mean.value
    );
    text + &warning(summary).unwrap_or_default()
}

/// The warning, its line ended; `None` where the mean does not rest on the tail.
#[must_use]
pub fn warning(summary: &Summary) -> Option<String> {
    rests_on_the_tail(&summary.demand).then(|| {
        let percent = 100.0 * summary.demand.tail_share;
        format!(
            "warning: 1 future in 1,000 carries {percent:.0} % of mean demand in month {}: averages rest on it, and their\n\
             noise is larger than stated; let growth fade, level off, state a lower `max`, or less noise\n",
            summary.months
        )
    })
}
