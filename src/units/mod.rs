//! Quantities as types: currencies, rates, seeds, calendar months.
//!
//! A type stands where a mix-up would compile and stay silent. In the kernel a block is plain `f64` columns whose
//! unit stands in the name; these types stop at its door.

mod calendar;
mod currency;
mod rate;

pub use calendar::YearMonth;
pub use currency::Currency;
pub use rate::{Seed, YearlyRate};

/// Hours in a month: 8,760 hours of a 365-day year over 12.
pub const HOURS_PER_MONTH: f64 = 730.0;
/// Weeks in a month: 365 days over 84 (12 months of 7-day weeks).
pub const WEEKS_PER_MONTH: f64 = 365.0 / 84.0;
/// Longest horizon a scenario may ask for, in months.
pub const MAX_MONTHS: u32 = 360;
