//! From what size on the leading option costs no more: the page's answer to "outgrown".

use crate::present::number::{amount, odds};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Probability, Scale, Summary};

/// Sizes this near to today's count as today's; the grid's own is 1 up to rounding.
const TODAY: f64 = 1.01;

/// One sentence on the crossover scale: a steady month beside the baseline's, once the move is done and paid.
pub fn line(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let scale = &summary.headline(leader, Lens::Tco).scale;
    let own = side::name(summary, leader);
    match scale.quantiles[1].at {
        Some(size) if size > TODAY => {
            let times = amount(size, 0.0);
            format!("Size: from {times} times today's load on, a month on {own} costs no more, in half of futures.")
        }
        Some(_) => format!("Size: at today's load a month on {own} costs no more, in {} futures.", now(scale)),
        None => {
            let largest = scale.sizes.last().map_or(0.0, |size| size.round());
            format!("Size: up to {largest} times today's load a month on {own} costs more, in half of futures.")
        }
    }
}

/// In how many futures it has crossed at today's size.
fn now(scale: &Scale) -> String {
    let at_today = scale.sizes.iter().rposition(|size| *size <= TODAY);
    odds(at_today.map_or(Probability { count: 0, of: 1 }, |place| scale.crossed_by[place]))
}
