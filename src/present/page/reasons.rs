//! Your reasons for leaving, checked one by one against the results.

use super::average;
use super::block::Block;
use crate::present::reasons::sentence;
use crate::present::side;
use crate::study::reasons;
use crate::study::verdict::Verdict;
use crate::summary::Summary;

/// A line for each reason, below one that says at what price; nothing where the file has no reasons.
pub fn blocks(summary: &Summary, verdict: &Verdict, longest_name: usize) -> Vec<Block> {
    let answered = reasons::of_option(summary, verdict.leader.option);
    if answered.is_empty() {
        return Vec::new();
    }
    let name = side::cut(&side::name(summary, verdict.leader.option), longest_name);
    let price = average::beside_baseline(summary, verdict, &verdict.leader);
    let head = format!("What {name} does about your reasons ({price} on average):");
    let lines = answered.iter().map(|answered| sentence(summary, answered, longest_name));
    [Block::Gap].into_iter().chain([head].into_iter().chain(lines).map(Block::Words)).collect()
}
