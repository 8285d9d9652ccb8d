//! From what size on the leading option costs no more: the page's answer to "outgrown".

use crate::present::number::times_at_least;
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Summary};

/// One sentence on the crossover scale: a steady month beside the baseline's, once the move is done and paid, in half of
/// futures like the months of the page and of the pictures.
///
/// The scale is the least size from which the option *stays* no dearer. It says nothing of smaller sizes, where an option may be
/// cheaper too; nor does this.
pub fn line(summary: &Summary, verdict: &Verdict, longest_name: usize) -> String {
    let leader = verdict.leader.option;
    let scale = &summary.headline(leader, Lens::Tco).scale;
    let [own, base] = [leader, summary.baseline].map(|option| side::cut(&side::name(summary, option), longest_name));
    match scale.quantiles[1].at {
        Some(size) => {
            let times = times_at_least(size);
            format!("Size: {own} runs no dearer than {base} from {times} times today's load on, in half of futures.")
        }
        None => {
            let times = scale.sizes.last().copied().unwrap_or(1.0).round();
            format!("Size: {own} runs dearer than {base} even at {times:.0} times today's load, in half of futures.")
        }
    }
}
