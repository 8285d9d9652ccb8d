//! The twin of the steady month at a size: crossover scale by plain arithmetic.

use super::{Twin, ceil};
use crate::math::elementary::{exp, pow};
use crate::model::{DriverId, DriverKind, Platform, Scheme, WayToRun};

/// Sizes from an eighth of today to 64 times it, four to an octave: places 0 to 36.
const PLACES: i32 = 37;

impl Twin<'_> {
    /// The last place on the grid at which a steady month of an option costs more than the baseline's; −1 if none.
    pub(super) fn last_dearer_size(&self, option: &WayToRun) -> f64 {
        let scenario = self.scenario;
        let own = scenario.platform(option.platform);
        let today = scenario.platform(scenario.baseline().platform);
        let dearer = |place: &i32| {
            let size = pow(2.0, f64::from(place - 12) / 4.0);
            let baseline = self.steady_cost(today, size);
            self.steady_cost(own, size) - baseline > (1e-9 * baseline).max(0.005)
        };
        (0..PLACES).rev().find(dearer).map_or(-1.0, f64::from)
    }

    /// Invoices and hours of a steady month: month-1 prices, no season, learning or luck, all traffic here.
    fn steady_cost(&self, platform: &Platform, size: f64) -> f64 {
        let reading = |id: DriverId| self.steady_reading(id, size);
        let ratio = |driver: Option<DriverId>, elasticity: f64| {
            driver.map_or(1.0, |id| pow(reading(id) / self.today(id), elasticity))
        };
        let refocus = self.value(&self.scenario.people.refocus_hours);
        let mut invoices = 0.0;
        let mut hours = 0.0;
        let mut lines = Vec::new();
        for line in platform.lines.iter().filter(|line| !line.is_share()) {
            let cost = match &line.scheme {
                Scheme::Once { .. } | Scheme::Share(_) => 0.0,
                Scheme::Fixed { price, times } => self.value(price) * self.value(times),
                Scheme::Units(scheme) => {
                    self.units_for(scheme, reading(scheme.driver)) * self.unit_price(&scheme.price)
                }
                Scheme::Metered { driver, in_a_month, brackets } => {
                    self.metered(reading(*driver) * in_a_month, brackets)
                }
                Scheme::Ladder(scheme) => self.ladder_at_once(scheme, &reading),
                Scheme::Seats { driver, price } => self.value(price) * ceil(reading(*driver)),
            };
            lines.push((line, cost * (1.0 + self.value(&line.copies))));
        }
        invoices += lines.iter().map(|(_, cost)| cost).sum::<f64>();
        for line in &platform.lines {
            if let Scheme::Share(scheme) = &line.scheme {
                invoices += self.share(scheme, &lines, 1.0) * (1.0 + self.value(&line.copies));
            }
        }
        for work in &platform.work {
            let today = self.value(&work.hours) + self.value(&work.interruptions) * refocus;
            hours += today * ratio(work.driver, self.value(&work.elasticity));
        }
        for class in &platform.incidents {
            let mean = self.value(&class.rate_per_month) * ratio(class.driver, self.value(&class.elasticity));
            let (p50, sigma) = self.length(class);
            let lasting = mean * p50 * exp(sigma * sigma / 2.0);
            hours += self.labour(class, mean, lasting, refocus);
            invoices += lasting * self.value(&class.outside_help_per_hour);
        }
        invoices + hours * self.value(&self.scenario.people.loaded_hour)
    }

    fn steady_reading(&self, id: DriverId, size: f64) -> f64 {
        let driver = self.scenario.driver(id);
        let raw = match &driver.kind {
            DriverKind::Flow { today, elasticity, .. } | DriverKind::Stock { today, elasticity, .. } => {
                self.value(today) * pow(size, self.value(elasticity))
            }
            DriverKind::Derived { terms } => {
                terms.iter().map(|(of, times)| self.value(times) * self.steady_reading(*of, size)).sum()
            }
        };
        if driver.whole { ceil(raw) } else { raw }
    }
}
