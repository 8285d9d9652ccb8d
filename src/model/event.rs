use super::{Estimate, MustLeave, RequirementId, VendorId};

/// An event's place in [`super::Scenario::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventId(pub usize);

/// Something that may happen, once at most (MODEL.md §3). What it does holds from its month on.
///
/// Lines that it adds or removes say so themselves, in [`super::InForce`].
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its name, which also names its random stream: `event.price-rise`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// When it happens.
    pub when: Occurs,
    /// Factor on demand, above 0.
    pub demand: Option<Estimate>,
    /// Factors on the prices of vendors, above 0, by vendor.
    pub prices: Vec<(VendorId, Estimate)>,
    /// Vendors whose credits end.
    pub ends_credits: Vec<VendorId>,
    /// What is added to the operational debt of every platform in service; share, 0..=1.
    pub debt: Option<Estimate>,
    /// Hours of operations, once, in its month.
    pub hours: Option<Estimate>,
    /// Factor on the time to restore.
    pub restore: Option<Restore>,
    /// What is asked for from then on.
    pub switches_on: Option<RequirementId>,
    /// Whether the product ends: all costs stop but what is owed.
    pub ends_product: bool,
    /// Whether the baseline's platform ends.
    pub ends_platform: Option<MustLeave>,
}

/// When an event happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Occurs {
    /// In a month with this chance if it has not happened before; share a month, 0..=1.
    Hazard(Estimate),
    /// With a chance, and then in a month.
    Stated {
        /// The chance that it ever happens; share, 0..=1.
        probability: Estimate,
        /// Its month, rounded to a whole one, at least 1.
        month: Estimate,
    },
}

/// A factor on the time to restore.
#[derive(Debug, Clone, PartialEq)]
pub struct Restore {
    /// The factor, above 0.
    pub times: Estimate,
    /// For how many months, rounded to whole ones; without it for good.
    pub lasts_months: Option<Estimate>,
}
