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
    /// What the team has signed with it, if anything.
    pub contract: Option<Contract>,
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
    /// How long it is owed after leaving has begun, where that is longer than its term, rounded to whole months.
    pub notice: Estimate,
}
