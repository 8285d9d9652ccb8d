//! Columns that one operation writes together, by name.

use super::op::Col;

/// The columns that [`super::op::Op::Commitment`] writes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed(pub Col);

impl Committed {
    /// How many columns.
    pub const WIDTH: u32 = 6;
    /// Dollars paid in the month, for what is bought ahead and for the rest.
    #[must_use]
    pub const fn paid(self) -> Col {
        self.0
    }
    /// The same with what is paid upfront spread over its term.
    #[must_use]
    pub const fn spread(self) -> Col {
        self.0.plus(1)
    }
    /// Dollars that are still to be paid for what is bought ahead, after the month.
    #[must_use]
    pub const fn owed(self) -> Col {
        self.0.plus(2)
    }
    /// Units bought ahead.
    #[must_use]
    pub const fn quantity(self) -> Col {
        self.0.plus(3)
    }
    /// Dollars a month for one of them.
    #[must_use]
    pub const fn price(self) -> Col {
        self.0.plus(4)
    }
    /// The last month for which they are bought; 0 before the first.
    #[must_use]
    pub const fn end(self) -> Col {
        self.0.plus(5)
    }
}

/// The columns that [`super::op::Op::Contract`] writes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contracted(pub Col);

impl Contracted {
    /// How many columns.
    pub const WIDTH: u32 = 3;
    /// 1 while it is in force, else 0.
    #[must_use]
    pub const fn in_force(self) -> Col {
        self.0
    }
    /// The months for which it is owed after this one.
    #[must_use]
    pub const fn to_come(self) -> Col {
        self.0.plus(1)
    }
    /// The last month of its term.
    #[must_use]
    pub const fn end(self) -> Col {
        self.0.plus(2)
    }
}

/// The columns that [`super::op::Op::Phase`] writes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase(pub Col);

impl Phase {
    /// How many columns.
    pub const WIDTH: u32 = 10;
    /// Part of the project's hours that falls into the month; more than 1 in all where attempts fail.
    #[must_use]
    pub const fn part(self) -> Col {
        self.0
    }
    /// Mean share of traffic moved.
    #[must_use]
    pub const fn moved(self) -> Col {
        self.0.plus(1)
    }
    /// Part of the month the new platform is in service.
    #[must_use]
    pub const fn new_service(self) -> Col {
        self.0.plus(2)
    }
    /// Part of the month the old platform is in service.
    #[must_use]
    pub const fn old_service(self) -> Col {
        self.0.plus(3)
    }
    /// Mean load on the new platform while it is in service, share of the month's load.
    #[must_use]
    pub const fn new_load(self) -> Col {
        self.0.plus(4)
    }
    /// Mean load on the old platform while it is in service that is not standby, share of the month's load.
    #[must_use]
    pub const fn old_load(self) -> Col {
        self.0.plus(5)
    }
    /// Mean standby load on the old platform while it is in service, share of the load at cutover.
    #[must_use]
    pub const fn old_standby(self) -> Col {
        self.0.plus(6)
    }
    /// Part of the month the new platform has traffic.
    #[must_use]
    pub const fn new_traffic(self) -> Col {
        self.0.plus(7)
    }
    /// Part of the month the old platform has traffic.
    #[must_use]
    pub const fn old_traffic(self) -> Col {
        self.0.plus(8)
    }
    /// Months since the cutover, 0 before it.
    #[must_use]
    pub const fn since_cutover(self) -> Col {
        self.0.plus(9)
    }
}

/// The columns that [`super::op::Op::Track`] writes, in order. Months are −1 where it has not happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Track(pub Col);

impl Track {
    /// How many columns.
    pub const WIDTH: u32 = 4;
    /// Last month in which the option was dearer so far.
    #[must_use]
    pub const fn last_above(self) -> Col {
        self.0
    }
    /// First month at or below 0 after having been above.
    #[must_use]
    pub const fn first_touch(self) -> Col {
        self.0.plus(1)
    }
    /// 1 from the month on in which it was above 0 again after that.
    #[must_use]
    pub const fn crossed_back(self) -> Col {
        self.0.plus(2)
    }
    /// 1 if above 0 now.
    #[must_use]
    pub const fn above(self) -> Col {
        self.0.plus(3)
    }
}

/// The columns that [`super::op::Op::Deepest`] writes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deepest(pub Col);

impl Deepest {
    /// The largest difference so far, at least 0.
    #[must_use]
    pub const fn amount(self) -> Col {
        self.0
    }
    /// Its month.
    #[must_use]
    pub const fn month(self) -> Col {
        self.0.plus(1)
    }
}

/// The first columns that [`super::op::Op::Seats`] writes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats(pub Col);

impl Seats {
    /// How many columns, beside one for each seat.
    pub const WIDTH: u32 = 4;
    /// Filled ones among those filled today.
    #[must_use]
    pub const fn of_today(self) -> Col {
        self.0
    }
    /// Filled ones among the others.
    #[must_use]
    pub const fn opened(self) -> Col {
        self.0.plus(1)
    }
    /// What they come to in people who know the place.
    #[must_use]
    pub const fn productive(self) -> Col {
        self.0.plus(2)
    }
    /// How many are filled anew in the month.
    #[must_use]
    pub const fn recruited(self) -> Col {
        self.0.plus(3)
    }
}

/// People who are hired and do not work out: the part of all hires, and the whole months after which they are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MisHire {
    /// The part, a share.
    pub share: Col,
    /// Months, 1 at least.
    pub after: Col,
    /// Where their luck is drawn.
    pub stream: u32,
}
