//! From what size on the leading option costs no more: the page's answer to "outgrown".

use crate::present::number::{in_futures, times_at_least};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Probability, Scale, Summary};

/// Sizes this near to today's count as today's; the grid's own is 1 up to rounding.
const TODAY: f64 = 1.01;

/// One sentence on the crossover scale: a steady month beside the baseline's, once the move is done and paid.
///
/// The scale is the least size from which the option *stays* no dearer. It says nothing of smaller sizes, where an option may be
/// cheaper too; nor does this.
pub fn line(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let scale = &summary.headline(leader, Lens::Tco).scale;
    let own = side::name(summary, leader);
    match scale.quantiles[1].at {
        Some(size) if size > TODAY => {
            let times = times_at_least(size);
            format!("Size: from {times} times today's load on, a month on {own} costs no more, in half of futures.")
        }
        Some(_) => {
            let share = in_futures(crossed(scale, TODAY));
            format!("Size: at today's load and above, a month on {own} costs no more, in {share}.")
        }
        None => {
            let largest = scale.sizes.last().copied().unwrap_or(1.0);
            let crossed = crossed(scale, largest);
            let share = in_futures(Probability { count: crossed.of - crossed.count, of: crossed.of });
            format!("Size: at {:.0} times today's load, a month on {own} costs more, in {share}.", largest.round())
        }
    }
}

/// In how many futures it costs no more at a size and at all above.
fn crossed(scale: &Scale, size: f64) -> Probability {
    let place = scale.sizes.iter().rposition(|s| *s <= size);
    place.map_or(Probability { count: 0, of: 1 }, |place| scale.crossed_by[place])
}
