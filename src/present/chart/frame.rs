//! Where amounts and months are on the picture.

use crate::present::scene::Area;
use crate::units::Currency;

/// The plot's place and its two scales.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Where the plot is, pixels.
    pub plot: Area,
    /// The last month, at the right edge.
    pub months: u32,
    /// What amounts are in.
    pub currency: Currency,
    /// The amount at the lower edge.
    pub lowest: f64,
    /// The amount at the upper edge.
    pub highest: f64,
}

impl Frame {
    /// Pixels from the left of the end of a month; month 0 is the left edge.
    #[must_use]
    pub fn x(&self, month: f64) -> f64 {
        self.plot.left + (self.plot.right - self.plot.left) * month / f64::from(self.months.max(1))
    }

    /// Pixels from the top of an amount.
    #[must_use]
    pub fn y(&self, dollars: f64) -> f64 {
        let share = (dollars - self.lowest) / (self.highest - self.lowest);
        self.plot.bottom - (self.plot.bottom - self.plot.top) * share
    }
}

/// Room over the highest and under the lowest amount, as a share of what is between them.
const ROOM_ABOVE: f64 = 0.17;
const ROOM_BELOW: f64 = 0.09;
/// The least share of the scale on either side of zero, so that both sides can be named.
const LEAST_SIDE: f64 = 0.13;

/// The scale's ends for amounts between `low` and `high`, with room for labels on both sides of zero.
#[must_use]
pub fn limits(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = (low.min(0.0), high.max(0.0));
    let between = high - low;
    if between <= 0.0 {
        return (-1_000.0, 1_000.0);
    }
    (low - between * if -low < between * LEAST_SIDE { LEAST_SIDE } else { ROOM_BELOW }, high + between * ROOM_ABOVE)
}
