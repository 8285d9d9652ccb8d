//! Your reasons for leaving, checked against the results.

use crate::present::reasons::brief;
use crate::study::reasons;
use crate::study::verdict::Verdict;
use crate::summary::Summary;

/// What the leader does about each; nothing where the file has no reasons. What it costs stands in the table above.
pub fn sentence(summary: &Summary, verdict: &Verdict, longest_name: usize) -> Option<String> {
    brief(summary, &reasons::of_option(summary, verdict.leader.option), longest_name)
}
