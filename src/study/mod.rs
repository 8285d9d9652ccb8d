//! Questions put to a finished run: each a function of the summary, each answer numbers and no text.

pub mod arithmetic;
pub mod demand;
pub mod later;
pub mod verdict;
