use super::Estimate;

/// What is bought ahead of a line that buys units: paid whether it is needed or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// One that is held already, of a platform of the opening.
    pub held: Option<Held>,
    /// What is bought once none is held, if anything is.
    pub bought: Option<Bought>,
}

/// A commitment that is held when month 1 begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Units, those of copies and waste among them; at least 0.
    pub quantity: Estimate,
    /// Dollars a month for one, as agreed: it does not drift.
    pub price: Estimate,
    /// Its last month.
    pub until: Estimate,
}

/// A part of the units that is bought for a term, and again at its end unless leaving has begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Bought {
    /// The part of the units of the month in which it is bought. Share, 0..=1.
    pub share: Estimate,
    /// What that saves of the price of that month. Share, 0..=1.
    pub discount: Estimate,
    /// Its term, rounded to whole months, at least 1.
    pub months: Estimate,
    /// The month in which it is first bought, rounded; `None` for the first full month after the cutover.
    pub begins: Option<Estimate>,
    /// Whether the whole term is paid in the month in which it is bought.
    pub upfront: bool,
}
