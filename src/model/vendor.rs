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
    /// The share of its invoice of a platform that an incident there gives back, by the name of the class.
    pub sla_credit: Vec<(String, Estimate)>,
}
