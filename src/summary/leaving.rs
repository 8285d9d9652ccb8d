//! When projects start that wait for something, and what they wait for.

use super::figure::{Mean, Probability, WhenQuantile};
use crate::model::{Fact, Side};

/// When a project starts that waits for something.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// What it waits for: the first of these starts it.
    pub conditions: Vec<Condition>,
    /// Share of trials in which it has started by the end of each month, `[month]`; 0 at month 0.
    pub left_by: Vec<Probability>,
    /// The month in which it starts at 10, 50 and 90 % of all trials; never within the horizon counts as never.
    pub month: [WhenQuantile; 3],
    /// The same among the trials in which it starts; `None` if there are none.
    pub month_among_those: Option<[WhenQuantile; 3]>,
    /// The option that leaves for the same platform without waiting, and its expected difference from the baseline, by what is
    /// decided on, in the trials in which this project never starts; `None` where there is no such option or no such trial.
    pub instead: Option<(usize, Mean)>,
    /// The first month in which it can start, by its own month and by when what it waits for can be read: what is read of a month
    /// starts nothing before the next.
    pub first: u32,
    /// Whether its own month holds it back in no future: then it waits for its conditions alone.
    pub is_free: bool,
}

impl Leaving {
    /// Whether it starts as soon as it can, whatever happens: then nothing is waited for.
    #[must_use]
    pub fn is_at_once(&self) -> bool {
        self.left_by.get(self.first as usize).is_some_and(|first| first.count == first.of)
    }

    /// Whether what it waits for holds today in every future.
    #[must_use]
    pub fn holds_today(&self) -> bool {
        self.is_free && self.is_at_once()
    }

    /// Whether it holds today in no future; where its own month comes first nobody reads it today.
    #[must_use]
    pub fn holds_not_yet(&self) -> bool {
        self.is_free && self.left_by.get(self.first as usize).is_none_or(|first| first.count == 0)
    }
}

/// What a project waits for, with the names that people know.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The baseline's bill, mean of three months, in dollars a month.
    Bill(Mark),
    /// Developers' coverable hours in their working time, share.
    Toil(Mark),
    /// A driver's reading: its name, its unit in words.
    Driver(String, String, Mark),
    /// What is said of the team.
    Fact(Fact, Mark),
    /// A class of incidents strikes twice in so many months: its name.
    Repeated(String, u32),
    /// A month begins.
    Month(u32),
    /// A contract of the baseline's platform ends or is renewed.
    Renewal,
    /// A wall of the baseline's platform is hit.
    Wall,
    /// What is called so is asked for.
    Requirement(String),
}

/// A mark that a reading lies beyond for some months.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// On which side of it.
    pub side: Side,
    /// The mark.
    pub value: f64,
    /// Months running.
    pub months: u32,
}
