use super::Estimate;

/// A vendor's place in [`super::Scenario::vendors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VendorId(pub usize);

/// Somebody who sends invoices.
#[derive(Debug, Clone, PartialEq)]
pub struct Vendor {
    /// The name lines refer to it by.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// How its prices drift, share a year above −1; `None` if they stand still.
    pub rises: Option<Estimate>,
    /// What the team has signed with it, if anything.
    pub contract: Option<Contract>,
    /// What pays its invoices first, if anything does.
    pub credits: Option<Credits>,
    /// The share of its invoice of a platform that an incident there gives back, by the name of the class.
    pub sla_credit: Vec<(String, Estimate)>,
}

/// A contract in force from month 1 on: what is invoiced at least.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Dollars a month, at least 0.
    pub minimum_spend: Estimate,
    /// Its last month, rounded to a whole one, at least 1.
    pub until: Estimate,
    /// The term it is renewed for, rounded to whole months, at least 1; `None` if it ends.
    pub renews_every: Option<Estimate>,
    /// How long it is owed after leaving has begun, where that is longer than its term, rounded to whole months; of no
    /// account for one that is not renewed.
    pub notice: Estimate,
}

/// An amount that pays invoices until it is spent or lapses.
#[derive(Debug, Clone, PartialEq)]
pub struct Credits {
    /// Dollars, at least 0.
    pub amount: Estimate,
    /// The first month that it pays, rounded to a whole one, at least 1; `None` for month 1.
    pub begins: Option<Estimate>,
    /// The last month that it pays, rounded; `None` if it does not lapse.
    pub until: Option<Estimate>,
}
