//! From what size on the leading option costs no more: the page's answer to "outgrown".

use crate::present::finding::{counts_blocked, in_half};
use crate::present::number::times_at_least;
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Summary};

/// One sentence on the crossover scale, of the option that the sentence on the roadmap before it names: a steady month beside the baseline's, once the move is done and paid (which it leaves out), in half of
/// futures like the months of the page and of the pictures.
///
/// The scale is the least size from which the option *stays* no dearer. It says nothing of smaller sizes, where an option may be
/// cheaper too; nor does this.
///
/// Nothing is said where blocked revenue is decided on: it comes with what is asked for, not with load.
pub fn line(summary: &Summary, verdict: &Verdict) -> Option<String> {
    if summary.lens() == Lens::Economic && counts_blocked(summary) {
        return None;
    }
    // Nor where both ways end on the same platform.
    if side::forced_to(summary, summary.baseline).is_some() {
        return None;
    }
    let leader = verdict.leader.option;
    let scale = &summary.decided(leader).scale;
    let there = if summary.options[leader].leaves { "Size: once there, a month is" } else { "Size: a month is" };
    let in_half = in_half(summary);
    let least = scale.sizes.first().copied().unwrap_or(0.0);
    Some(match scale.quantiles[1].at {
        Some(size) if size <= least => {
            format!("{there} no dearer even at {} today's load{in_half}.", part(least))
        }
        Some(size) => format!("{there} no dearer from {}× today's load on{in_half}.", times_at_least(size)),
        None => {
            let times = scale.sizes.last().copied().unwrap_or(1.0).round();
            format!("{there} dearer even at {times:.0}× today's load{in_half}.")
        }
    })
}

/// The smallest size in words: "1/8 of".
fn part(size: f64) -> String {
    if (size * 8.0 - 1.0).abs() < 1e-6 { "1/8 of".to_owned() } else { format!("{}×", times_at_least(size)) }
}
