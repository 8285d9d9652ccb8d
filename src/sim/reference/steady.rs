//! The twin of the steady month at a size: crossover scale by plain arithmetic.

use super::{Twin, ceil};
use crate::math::elementary::{exp, pow};
use crate::model::{DriverId, DriverKind, Frequency, Scheme, WayToRun};

/// Sizes from an eighth of today to 64 times it, four to an octave: places 0 to 36.
const PLACES: i32 = 37;

impl Twin<'_> {
    /// The last place on the grid at which a steady month of an option costs more than the baseline's; −1 if none.
    pub(super) fn last_dearer_size(&self, option: &WayToRun) -> f64 {
        let scenario = self.scenario;
        let dearer = |place: &i32| {
            let size = pow(2.0, f64::from(place - 12) / 4.0);
            let baseline = self.steady_cost(scenario.baseline(), size);
            self.steady_cost(option, size) - baseline > (1e-9 * baseline).max(0.005)
        };
        (0..PLACES).rev().find(dearer).map_or(-1.0, f64::from)
    }

    /// Invoices and hours of a steady month: month-1 prices, no season, learning or luck, all traffic here, debt settled.
    fn steady_cost(&self, option: &WayToRun, size: f64) -> f64 {
        let platform = self.scenario.platform(option.platform);
        let debt = self.settled_debt(option, &|id| self.steady_reading(id, size));
        let reading = |id: DriverId| self.steady_reading(id, size);
        let ratio = |driver: Option<DriverId>, elasticity: f64| {
            driver.map_or(1.0, |id| pow(reading(id) / self.today(id), elasticity))
        };
        let refocus = self.value(&self.scenario.people.refocus_hours);
        let mut invoices = 0.0;
        let mut hours = 0.0;
        let means: Vec<f64> = platform
            .incidents
            .iter()
            .map(|class| match &class.frequency {
                Frequency::Monthly { today, driver, elasticity } => {
                    self.value(today) * ratio(*driver, self.value(elasticity))
                }
                Frequency::Constant(rate) => self.value(rate),
                Frequency::Per(terms) => self.per(terms, &reading),
            })
            .zip(&platform.incidents)
            .map(|(mean, class): (f64, _)| if class.shared { mean } else { mean * debt.incidents })
            .collect();
        let mut lines = Vec::new();
        for line in platform.lines.iter().filter(|line| line.turn() == 0) {
            let cost = match &line.scheme {
                Scheme::Once { .. } | Scheme::Share(_) | Scheme::Copy { .. } => 0.0,
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
            let bought = line.commitment.as_ref().and_then(|commitment| commitment.bought.as_ref());
            let saved = bought.map_or(0.0, |bought| self.value(&bought.share) * self.value(&bought.discount));
            let owned = self.value(&option.owned_share);
            let counts = self.counts_steadily(&line.in_force);
            lines.push((line, cost * self.bought_for(line, owned) * (1.0 - saved) * counts));
        }
        for line in &platform.lines {
            if let Scheme::Copy { of, scale } = &line.scheme {
                let cost = self.copied(of, &lines, |cost| *cost) * self.value(scale);
                lines.push((line, cost * (1.0 + self.value(&line.copies)) * self.counts_steadily(&line.in_force)));
            }
        }
        for (line, cost) in &lines {
            invoices += cost * self.kept(platform, line, &|nth| means[nth]);
            for (class, mean) in platform.incidents.iter().zip(&means).filter(|(class, _)| class.runs_away(line)) {
                invoices += class.runaway.as_ref().map_or(0.0, |runaway| mean * self.ran_away(runaway, *cost));
            }
        }
        for line in &platform.lines {
            if let Scheme::Share(scheme) = &line.scheme {
                let cost = self.share(scheme, &lines, 1.0) * (1.0 + self.value(&line.copies));
                let cost = cost * self.counts_steadily(&line.in_force);
                invoices += cost * self.kept(platform, line, &|nth| means[nth]);
            }
        }
        for work in &platform.work {
            let today = self.value(&work.hours) + self.value(&work.interruptions) * refocus;
            let counts = self.counts_steadily(&work.in_force);
            hours += today * ratio(work.driver, self.value(&work.elasticity)) * debt.hours * counts;
        }
        for (class, mean) in platform.incidents.iter().zip(means) {
            let (p50, sigma) = self.length(class);
            let lasting = mean * p50 * if class.shared { 1.0 } else { debt.restore } * exp(sigma * sigma / 2.0);
            hours += self.labour(class, mean, lasting, refocus);
            invoices += lasting * self.value(&class.outside_help_per_hour);
        }
        hours += self.steady_own_time(platform, &reading);
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
