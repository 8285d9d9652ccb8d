//! From what size on the leading option costs no more: the page's answer to "outgrown".

use crate::present::number::times_at_least;
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Summary};

/// One sentence on the crossover scale: a steady month beside the baseline's, once the move is done and paid (which it leaves out), in half of
/// futures like the months of the page and of the pictures.
///
/// The scale is the least size from which the option *stays* no dearer. It says nothing of smaller sizes, where an option may be
/// cheaper too; nor does this.
pub fn line(summary: &Summary, verdict: &Verdict, longest_name: usize) -> String {
    let leader = verdict.leader.option;
    let scale = &summary.headline(leader, Lens::Tco).scale;
    let own = side::cut(&side::name(summary, leader), longest_name);
    let leaves = summary.options[leader].leaves;
    let there = format!("Size: in half of futures {own}{}", if leaves { ", once there," } else { "" });
    let least = scale.sizes.first().copied().unwrap_or(0.0);
    match scale.quantiles[1].at {
        Some(size) if size <= least => {
            format!("{there} is no dearer at every size tried, down to {} today's load.", part(least))
        }
        Some(size) => format!("{there} is no dearer from {} times today's load on.", times_at_least(size)),
        None => {
            let times = scale.sizes.last().copied().unwrap_or(1.0).round();
            format!("{there} is dearer even at {times:.0} times today's load.")
        }
    }
}

/// The smallest size in words: "an eighth of".
fn part(size: f64) -> String {
    if (size * 8.0 - 1.0).abs() < 1e-6 { "an eighth of".to_owned() } else { format!("{} times", times_at_least(size)) }
}
