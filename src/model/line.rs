use super::{Above, Commitment, DriverId, Estimate, InForce, LadderScheme, VendorId};

/// Where money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// What the application runs on.
    Runtime,
    /// Databases, caches, queues, storage.
    Data,
    /// Logs, monitoring, CI, support.
    Tooling,
    /// People's hours, and help that is invoiced for them.
    Engineering,
}

impl Bucket {
    /// All four, in the order of pages and tables.
    pub const ALL: [Self; 4] = [Self::Runtime, Self::Data, Self::Tooling, Self::Engineering];

    /// The name in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Data => "data",
            Self::Tooling => "tooling",
            Self::Engineering => "engineering",
        }
    }
}

/// One thing that is paid for.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which of the four buckets it counts in.
    pub bucket: Bucket,
    /// Its name, unique in its platform and bucket.
    pub name: String,
    /// How the monthly cost follows from the driver.
    pub scheme: Scheme,
    /// What all other environments cost, in parts of production: the line costs 1 + copies times as much. At least 0.
    pub copies: Estimate,
    /// Who sells it, if the file says.
    pub vendor: Option<VendorId>,
    /// How what it carries moves from platform to platform, if the file says: load drivers with the traffic, others not.
    pub moves: Option<Moves>,
    /// When it counts.
    pub in_force: InForce,
    /// How its price drifts, share a year above −1; `None` if as its vendor's do, or not at all.
    pub rises: Option<Estimate>,
    /// What is idle of it, its own or its platform's.
    pub waste: Option<Waste>,
    /// What is bought ahead; of units and bundles only.
    pub commitment: Option<Commitment>,
}

/// How what a line carries moves from the old platform to the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// In the shares of traffic moved.
    WithTraffic,
    /// All at once at the cutover.
    AtCutover,
}

/// What is idle or oversized beyond peak need and headroom: the line costs 1/(1 − ω_m) as much, with ω_m = share ·
/// (1 − tidy · c_m), at most 0.9, and c_m the part of the hours that is done by those whose job it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Waste {
    /// The part of what is paid that is idle where nobody looks after it. Share, 0..=1.
    pub share: Estimate,
    /// How much of it goes where those whose job it is do all the work. Share, 0..=1.
    pub tidy: Estimate,
}

/// How a month's cost follows from a driver (MODEL.md §4).
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// An amount paid once.
    Once {
        /// Dollars.
        amount: Estimate,
        /// When.
        when: When,
    },
    /// The same every month.
    Fixed {
        /// Dollars a month for one.
        price: Estimate,
        /// How many of it, at least 0.
        times: Estimate,
    },
    /// So much for each unit that runs.
    Units(UnitsScheme),
    /// Graduated brackets on the month's quantity.
    Metered {
        /// What is metered.
        driver: DriverId,
        /// How many of the driver's readings make a month's quantity: 365/12 of one a day, 1 of one a month or of a level.
        in_a_month: f64,
        /// Ascending brackets, the last without an end. A free allowance is a first bracket at price 0.
        brackets: Vec<Bracket>,
    },
    /// One of several plans, the first that everything fits.
    Ladder(LadderScheme),
    /// So much for each person, whole people counted.
    Seats {
        /// Who sits on them.
        driver: DriverId,
        /// Dollars a month for one seat.
        price: Estimate,
    },
    /// A part of what other lines of the platform are invoiced at.
    Share(ShareScheme),
    /// What other lines of the platform cost, times a factor.
    Copy {
        /// Which lines. What two of them name counts once.
        of: Vec<Billed>,
        /// The factor, at least 0.
        scale: Estimate,
    },
}

/// When a one-off amount falls.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// At moment 0, undiscounted; on a platform that is moved to: in its first month in service.
    Opening,
    /// In a month, rounded to a whole one, at least 1.
    Month(Estimate),
}

/// Units bought to carry a load: mean need a = X·(1+headroom)/capacity, peak need b = peak·a, both at least `at_least`;
/// u = ⌈a⌉ + (1−autoscaling)·(⌈b⌉−⌈a⌉).
#[derive(Debug, Clone, PartialEq)]
pub struct UnitsScheme {
    /// The load.
    pub driver: DriverId,
    /// What one unit costs.
    pub price: UnitPrice,
    /// What one unit carries.
    pub sizing: Sizing,
    /// Spare capacity kept, share of the load, at least 0.
    pub headroom: Estimate,
    /// Peak load over mean load, at least 1.
    pub peak: Estimate,
    /// Fewest units that ever run.
    pub at_least: Estimate,
    /// How well autoscaling follows the load: 0 pays for the peak, 1 for the mean.
    pub autoscaling: Estimate,
}

/// What one unit costs a month.
#[derive(Debug, Clone, PartialEq)]
pub enum UnitPrice {
    /// Dollars.
    Single(Estimate),
    /// Several things that only come together, by name: one unit costs all of them.
    Bundle(Vec<Part>),
}

/// One of the things that a unit is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is called: "vcpu".
    pub name: String,
    /// Dollars a month for one.
    pub price: Estimate,
    /// How many of it a unit holds, at least 0.
    pub times: Estimate,
}

/// What one unit carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Sizing {
    /// So much of the driver, above 0.
    Capacity(Estimate),
    /// What makes the formula give this many units in the as-of month, with half a unit of slack before rounding; the
    /// as-of month is billed at it. Above 0.5.
    Today(Estimate),
}

/// A piece of a graduated tariff.
#[derive(Debug, Clone, PartialEq)]
pub struct Bracket {
    /// Quantity a month where the bracket ends, dollars for a share; infinite for the last.
    pub up_to: f64,
    /// Dollars for one of the quantity inside the bracket; for a share, the part of a dollar.
    pub price: Estimate,
}

/// A graduated percentage of the month's invoice of other lines, copies in it, at least a minimum. Of nothing it is
/// the minimum; a month in service in part bears that part of the minimum.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareScheme {
    /// Which lines. What two of them name counts once.
    pub of: Vec<Billed>,
    /// Ascending brackets of the invoice, the last without an end.
    pub brackets: Vec<Bracket>,
    /// Dollars a month.
    pub at_least: Estimate,
}

/// Lines that a share is taken of, or a copy made of; a share itself is none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Billed {
    /// Every line of the platform.
    All,
    /// Those of one bucket.
    Bucket(Bucket),
    /// One line.
    Line(Bucket, String),
}

impl Billed {
    /// Whether a line is one of them, shares left aside.
    #[must_use]
    pub fn names(&self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Bucket(bucket) => line.bucket == *bucket,
            Self::Line(bucket, name) => line.bucket == *bucket && line.name == *name,
        }
    }
}

impl ShareScheme {
    /// Whether a line's invoice counts.
    #[must_use]
    pub fn covers(&self, line: &Line) -> bool {
        !line.is_share() && self.of.iter().any(|billed| billed.names(line))
    }
}

impl Line {
    /// Whether it is a share of others, and so comes after them.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        matches!(self.scheme, Scheme::Share(_))
    }

    /// Whether it is a copy of others, and so comes after them and before shares.
    #[must_use]
    pub const fn is_copy(&self) -> bool {
        matches!(self.scheme, Scheme::Copy { .. })
    }

    /// Whether it can be copied: paid every month, and for something of its own.
    #[must_use]
    pub const fn can_be_copied(&self) -> bool {
        !matches!(self.scheme, Scheme::Share(_) | Scheme::Copy { .. } | Scheme::Once { .. })
    }

    /// When it is worked out: copies after what they are copies of, shares last.
    #[must_use]
    pub const fn turn(&self) -> u8 {
        match self.scheme {
            Scheme::Copy { .. } => 1,
            Scheme::Share(_) => 2,
            _ => 0,
        }
    }

    /// Whether more than its largest plan holds is a capacity wall.
    #[must_use]
    pub const fn has_wall(&self) -> bool {
        matches!(self.scheme, Scheme::Ladder(LadderScheme { above: Above::Wall, .. }))
    }

    /// Where it stands in its platform: `runtime.web`; `runtime.web.before` where a change puts another in its place.
    #[must_use]
    pub fn place(&self) -> String {
        let before = if self.in_force.ends_with_a_change() { ".before" } else { "" };
        format!("{}.{}{before}", self.bucket.name(), self.name)
    }

    /// What it is called in tables: its name, and whether it is what was there before a change.
    #[must_use]
    pub fn label(&self) -> String {
        let before = if self.in_force.ends_with_a_change() { ", before" } else { "" };
        format!("{}{before}", self.name)
    }
}
