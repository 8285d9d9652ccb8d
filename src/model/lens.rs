use super::Bucket;

use serde::{Deserialize, Serialize};

/// Which costs are counted (MODEL.md §8). Each holds all that the one before it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lens {
    /// What is invoiced.
    Invoices,
    /// Invoices and the pay of seats that are opened because of the option.
    Cash,
    /// Cash and the hours of people already paid, at what an hour costs.
    Tco,
    /// Tco and what is not paid by anybody: revenue lost, penalties to customers, what an hour is worth above its pay.
    Economic,
}

impl Lens {
    /// How many.
    pub const COUNT: usize = 4;

    /// All of them, the narrowest first.
    pub const ALL: [Self; Self::COUNT] = [Self::Invoices, Self::Cash, Self::Tco, Self::Economic];

    /// The lens itself, or the widest within it that counts only what somebody is paid.
    #[must_use]
    pub const fn paid(self) -> Self {
        match self {
            Self::Economic => Self::Tco,
            own => own,
        }
    }

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invoices => "invoices",
            Self::Cash => "cash",
            Self::Tco => "tco",
            Self::Economic => "economic",
        }
    }
}

/// What a cost is counted as: one of the four buckets, or one of what the economic lens shows beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A bucket.
    Bucket(Bucket),
    /// Revenue lost.
    Loss,
    /// Penalties to customers.
    Penalties,
    /// What developers' hours are worth above their pay.
    Premium,
    /// Revenue that does not come because something is asked for that a platform cannot meet.
    Blocked,
}

impl Account {
    /// What stands beside the buckets, in the order of pages and tables.
    pub const BESIDE: [Self; 4] = [Self::Loss, Self::Penalties, Self::Premium, Self::Blocked];

    /// The name in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bucket(bucket) => bucket.name(),
            Self::Loss => "loss",
            Self::Penalties => "penalties",
            Self::Premium => "premium",
            Self::Blocked => "blocked",
        }
    }
}

/// When in the life of an option a cost falls. The phases of a bucket add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostPhase {
    /// At moment 0.
    Opening,
    /// What the platform that carries production costs: the old one until the cutover, the new one after it.
    Running,
    /// What the other platform costs while both serve: the new one before the cutover, the old one after it.
    DualRunning,
    /// The project.
    Project,
}

impl CostPhase {
    /// All of them, in the order of pages and tables.
    pub const ALL: [Self; 4] = [Self::Opening, Self::Running, Self::DualRunning, Self::Project];

    /// The name in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Running => "running",
            Self::DualRunning => "dual_running",
            Self::Project => "project",
        }
    }
}
