//! Questions put to a finished run: each a function of its summary or its sums, each answer numbers and no text.

pub mod answer;
pub mod arithmetic;
pub mod attribution;
pub mod curve;
pub mod deciders;
pub mod demand;
pub mod gate;
pub mod information;
pub mod knowing;
pub mod later;
pub mod part;
pub mod reasons;
pub mod redact;
pub mod sample;
pub mod sweep;
pub mod verdict;
