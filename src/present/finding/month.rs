//! What a month costs in the end, in parts that add up: the same figures on the page and on the picture.

use super::hinges::rival;
use crate::present::grid;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Summary};
use crate::units::Currency;

/// What a month costs in the end is the mean of so many: one month alone may be a season's peak.
pub const YEAR: usize = 12;

/// A part may be off by so much of it.
const OFF: f64 = 0.05;
/// And what is left of a month without its work by so much.
const REST_OFF: f64 = 0.015;
/// Totals that are nearer than this share of the larger cost the same.
const APART: f64 = 0.005;

/// An option's mean month of the last year, dollars as paid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Month {
    /// What is invoiced.
    pub invoices: f64,
    /// People's hours, those of the move among them.
    pub work: f64,
    /// What is decided on beside them: revenue lost and blocked; or, below 0, what of them is not counted.
    pub beside: f64,
}

impl Month {
    /// An option's.
    #[must_use]
    pub fn of(summary: &Summary, option: usize) -> Self {
        Self::in_months(summary, option, (summary.months as usize).saturating_sub(YEAR), YEAR)
    }

    /// The mean of so many months from one on, the first is 0.
    #[must_use]
    pub fn in_months(summary: &Summary, option: usize, from: usize, many: usize) -> Self {
        let mean = |lens: Lens| {
            let monthly = summary.options[option].costs[lens as usize].monthly.iter().skip(from).take(many);
            monthly.clone().map(|s| s.mean.value).sum::<f64>() / monthly.count().max(1) as f64
        };
        let invoices = mean(Lens::Invoices);
        let work = (mean(Lens::Tco) - invoices).max(0.0);
        Self { invoices, work, beside: mean(summary.lens()) - mean(Lens::Tco) }
    }

    /// Both together; a month of credits alone costs nothing.
    fn both(self) -> f64 {
        (self.invoices + self.work).max(0.0)
    }

    /// All that is decided on.
    #[must_use]
    pub fn total(self) -> f64 {
        (self.invoices + self.work + self.beside).max(0.0)
    }
}

/// The grid of the months that a report speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Months {
    unit: f64,
    currency: Currency,
}

impl Months {
    /// Two figures of the largest month, and more only where parts would not add up to it, or months that differ would read alike.
    #[must_use]
    pub fn of(summary: &Summary, verdict: &Verdict) -> Self {
        let leader = verdict.leader.option;
        let mut told = vec![leader, summary.baseline, verdict.rule.leading.with, rival(verdict)];
        told.sort_unstable();
        told.dedup();
        let months: Vec<Month> = told.into_iter().map(|option| Month::of(summary, option)).collect();
        Self { unit: unit(&months), currency: summary.currency }
    }

    /// A month with all that is in it.
    #[must_use]
    pub fn total(self, month: Month) -> String {
        self.currency.on_grid(month.total(), self.unit)
    }

    /// Whether one month is dearer than another as both are written.
    #[must_use]
    pub fn is_above(self, one: Month, other: Month) -> bool {
        let on = |month: Month| grid::nearest(month.total(), self.unit);
        on(one) > on(other)
    }

    /// What is invoiced of it.
    #[must_use]
    pub fn invoices(self, month: Month) -> String {
        self.currency.on_grid(invoices(month, self.unit), self.unit)
    }

    /// What is decided on beside both, so that it adds up with them.
    #[must_use]
    pub fn beside(self, month: Month) -> String {
        let on = |dollars: f64| grid::nearest(dollars, self.unit);
        self.currency.on_grid(on(month.total()) - on(month.both()), self.unit)
    }

    /// What is left of it: rounded by itself, as on the page of who does what.
    #[must_use]
    pub fn work(self, month: Month) -> String {
        self.currency.on_grid(month.work, self.unit)
    }
}

/// What is invoiced of a month on a grid, so that it adds up with its work.
fn invoices(month: Month, unit: f64) -> f64 {
    grid::nearest(month.both(), unit) - grid::nearest(month.work, unit)
}

fn unit(months: &[Month]) -> f64 {
    let largest = months.iter().map(|month| month.total()).fold(0.0, f64::max);
    let near = |shown: f64, dollars: f64| (shown - dollars).abs() <= OFF * dollars.abs();
    let adds_up = |month: &Month, unit: f64| {
        let is_near = |dollars: f64| near(grid::nearest(dollars, unit), dollars);
        let rest = (invoices(*month, unit) - month.invoices).abs();
        is_near(month.both()) && is_near(month.work) && rest <= (unit / 2.0).max(REST_OFF * month.invoices.abs())
    };
    let on = |dollars: f64, unit: f64| grid::nearest(dollars, unit);
    let two_figures = |dollars: f64| on(dollars, grid::power(dollars.abs(), 2));
    let pairs = || months.iter().enumerate().flat_map(|(nth, one)| months[..nth].iter().map(move |other| (one, other)));
    let is_told_apart = |unit: f64| {
        pairs().all(|(one, other)| {
            let [first, second] = [one, other].map(|month| month.total());
            let differ = |one: f64, other: f64| two_figures(one) != two_figures(other);
            // What two figures tell apart is not told alike because it adds up.
            ((first - second).abs() <= APART * first.max(second) || on(first, unit) != on(second, unit))
                && (!differ(one.invoices, other.invoices) || invoices(*one, unit) != invoices(*other, unit))
                && (!differ(one.work, other.work) || on(one.work, unit) != on(other.work, unit))
        })
    };
    let (mut unit, least) = (grid::power(largest, 2), grid::power(largest, 4));
    while unit > least * 1.5 && !(months.iter().all(|month| adds_up(month, unit)) && is_told_apart(unit)) {
        unit /= 10.0;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::{Month, Months, unit};
    use crate::units::Currency;

    fn told(months: &[Month]) -> Vec<[String; 3]> {
        let grid = Months { unit: unit(months), currency: Currency::USD };
        months.iter().map(|month| [grid.invoices(*month), grid.work(*month), grid.total(*month)]).collect()
    }

    #[test]
    fn invoices_and_work_add_up_to_the_month() {
        let month = |invoices: f64, work: f64| Month { invoices, work, beside: 0.0 };
        // To two figures these were 17,000 + 1,800 of 18,000, and 4,500 + 7,000 of 12,000.
        let said = told(&[month(16_640.0, 1_770.0), month(4_480.0, 7_040.0)]);
        assert_eq!(said[0], ["$16,600", "$1,800", "$18,400"]);
        assert_eq!(said[1], ["$4,500", "$7,000", "$11,500"]);
        // Work of 4,755 is 4,800 here as on the page of who does what, though 32,711 less 27,956 on the grid is 4,700.
        assert_eq!(told(&[month(27_956.0, 4_755.0), month(9_900.0, 10_000.0)])[0], ["$27,900", "$4,800", "$32,700"]);
        // Nor are invoices of 4,270 told as 4,200 because work of 1,270 is 1,300.
        assert_eq!(told(&[month(4_270.0, 1_270.0)])[0], ["$4,270", "$1,270", "$5,540"]);
        // Where two figures do, there are no more.
        assert_eq!(told(&[month(20_100.0, 9_950.0)])[0], ["$20,000", "$10,000", "$30,000"]);
        // Months that differ do not read alike.
        let said = told(&[month(6_000.0, 5_350.0), month(6_000.0, 4_600.0)]);
        assert_ne!(said[0][2], said[1][2]);
    }
}
