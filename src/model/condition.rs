use super::{DriverId, RequirementId};

/// Something that is read at the end of a month and acted on at the opening of the next (MODEL.md §7).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Condition {
    /// A reading beyond a mark, so many months running.
    Reading {
        /// What is read.
        of: Reading,
        /// On which side of the mark.
        side: Side,
        /// The mark, in what is read: dollars a month, or the driver's own unit.
        mark: f64,
        /// Months running, at least 1.
        months: u32,
    },
    /// The month of this number begins, at least 1.
    Month(u32),
    /// A contract of a vendor of the baseline's platform has come to an end, or is renewed.
    Renewal,
    /// A capacity wall of the baseline's platform has been hit.
    Wall,
    /// A seat of the dedicated layer in this place of the option's own is filled.
    Filled(usize),
    /// Something is asked for.
    Requirement(RequirementId),
}

/// What a condition reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Mean invoice of the last three months in the baseline; of fewer in months 1 and 2.
    Bill,
    /// A driver.
    Driver(DriverId),
    /// Developers' coverable hours of the month in all of their working time; of a project in the baseline.
    Toil,
}

/// On which side of a mark a reading lies; on the mark it is on neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

impl Side {
    /// Whether a reading lies on this side of a mark.
    #[must_use]
    #[inline]
    pub fn holds(self, reading: f64, mark: f64) -> bool {
        match self {
            Self::Above => reading > mark,
            Self::Below => reading < mark,
        }
    }
}
