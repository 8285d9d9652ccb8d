//! What operations read that is more than a column.

use super::op::Col;

/// A number that a plan holds as it is, for operations that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact(u64);

impl Exact {
    /// Of a number.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self(value.to_bits())
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// What a ladder remembers. Rungs count from 0; rung K − 1 + n of a ladder of K plans is n + 1 of the last plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Memory {
    /// Nothing: the rung is that of the moment.
    None,
    /// All months from the as-of month on, as if no traffic ever left; in the as-of month itself the rung before is its
    /// own. Where the ladder descends, the month before alone.
    SinceAsOf {
        /// Whether the ladder does.
        descends: bool,
    },
    /// The months in service on a side; out of service nothing.
    InService {
        /// The rung to begin with; without one the lowest.
        start: Option<Col>,
        /// Where the ladder descends: the share of traffic moved away, which keeps it from doing so.
        descends_until: Option<Col>,
        /// Part of the month in service.
        service: Col,
    },
}

impl Memory {
    pub(super) fn reads(self) -> Vec<Col> {
        match self {
            Self::None | Self::SinceAsOf { .. } => Vec::new(),
            Self::InService { start, descends_until, service } => {
                start.into_iter().chain(descends_until).chain([service]).collect()
            }
        }
    }
}

/// Units running today, which the as-of month is billed at while no traffic has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Today {
    /// The number of units.
    pub units: Col,
    /// Above 0 where traffic has moved, or the load.
    pub moved: Col,
}

/// How a project goes that is more than work and one ramp.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Course {
    /// When the cutover is tried for the first time.
    pub tried: Col,
    /// When the last part of the traffic moves, if that attempt succeeds.
    pub last_traffic: Col,
    /// Shares of the traffic that move at once, and when; none where it moves linearly.
    pub steps: Vec<(Exact, Col)>,
    /// What follows failed attempts.
    pub again: Option<Again>,
}

/// What follows a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Again {
    /// How many attempts fail.
    pub failed: Col,
    /// Months from one attempt to the next.
    pub gap: Col,
    /// Months of work at the end of those.
    pub redone: Col,
}

impl Course {
    pub(super) fn reads(&self) -> Vec<Col> {
        let again = self.again.iter().flat_map(|again| [again.failed, again.gap, again.redone]);
        let steps = self.steps.iter().map(|(_, time)| *time);
        [self.tried, self.last_traffic].into_iter().chain(steps).chain(again).collect()
    }
}

/// What a line that may be bought ahead needs in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Need {
    /// Units while in service, those of copies and waste among them.
    pub units: Col,
    /// Dollars a month for one.
    pub price: Col,
    /// Part of the month in service.
    pub service: Col,
    /// When leaving begins, months since the opening; infinite where it does not.
    pub leaving: Col,
    /// When nobody sells it any more, as far as that is known in the month; `None` where that cannot be.
    pub gone: Option<Col>,
}

/// What is held when month 1 begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    /// Units.
    pub quantity: Col,
    /// Dollars a month for one.
    pub price: Col,
    /// The last month, not yet rounded.
    pub until: Col,
}

/// What is bought for a term, again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bought {
    /// Part of the units.
    pub share: Col,
    /// Part of the price that is saved.
    pub discount: Col,
    /// The term in months, not yet rounded.
    pub months: Col,
    /// The first month of the first, not yet rounded.
    pub begins: Col,
    /// Whether the term is paid at once.
    pub upfront: bool,
}
