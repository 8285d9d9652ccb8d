//! The twin of the steady month at a size: crossover scale by plain arithmetic.

use super::{Twin, ceil};
use crate::math::elementary::{exp, pow};
use crate::model::{DriverId, DriverKind, Frequency, IncidentClass, Line, Platform, Scheme, WayToRun};

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
        let platform = self.scenario.lived_on(option);
        let reading = |id: DriverId| self.steady_reading(id, size);
        let is_covered = self.is_covered(option);
        // Who does the hours is read at the debt of today, and bills that layers wait for with the developers' own part.
        let own_part = self.value(&option.owned_share);
        let seen = (
            self.steady_invoices(platform, own_part, (1.0, 1.0), &reading),
            platform.lines.iter().any(|line| self.is_above_its_wall(line, &reading)),
        );
        let owned = if is_covered {
            let pool = self.steady_hours(platform, (1.0, 1.0, 1.0), &reading);
            self.steady_cover(option, pool, &reading, seen).3
        } else {
            own_part
        };
        let debt = self.settled_debt(option, owned, &reading);
        let mut invoices = self.steady_invoices(platform, owned, (debt.incidents, debt.restore), &reading);
        let pool = self.steady_hours(platform, (debt.hours, debt.incidents, debt.restore), &reading);
        let mut hours = pool;
        let mut pay = 0.0;
        if is_covered {
            let (rest, invoiced, seats, _, delay) = self.steady_cover(option, pool, &reading, seen);
            hours = rest;
            invoices += invoiced;
            pay = seats[0] + seats[1];
            if let (Some(waiting), Some(handling)) =
                (&platform.friction.waiting, self.steady_requests(platform, &reading))
            {
                hours += handling * delay * self.value(&waiting.lost);
            }
        }
        hours += self.steady_own_time(platform, &reading, debt.onboarding);
        invoices + pay + hours * self.value(&self.scenario.people.loaded_hour)
    }

    /// Whether more is needed than a line with a wall holds.
    fn is_above_its_wall(&self, line: &Line, reading: &dyn Fn(DriverId) -> f64) -> bool {
        let Scheme::Ladder(scheme) = &line.scheme else { return false };
        line.has_wall() && self.counts_steadily(&line.in_force) > 0.0 && self.is_above_at_once(scheme, reading)
    }

    /// What a platform is invoiced at, debt multiplying the rate of incidents and their length.
    fn steady_invoices(
        &self,
        platform: &Platform,
        owned: f64,
        (rate_factor, length_factor): (f64, f64),
        reading: &dyn Fn(DriverId) -> f64,
    ) -> f64 {
        let ratio = |driver: Option<DriverId>, elasticity: f64| {
            driver.map_or(1.0, |id| pow(reading(id) / self.today(id), elasticity))
        };
        let mut invoices = 0.0;
        let means: Vec<f64> = platform
            .incidents
            .iter()
            .map(|class| match &class.frequency {
                Frequency::Monthly { today, driver, elasticity } => {
                    self.value(today) * ratio(*driver, self.value(elasticity))
                }
                Frequency::Constant(rate) => self.value(rate),
                Frequency::Per(terms) => self.per(terms, reading),
            })
            .zip(&platform.incidents)
            .map(|(mean, class): (f64, _)| if class.shared { mean } else { mean * rate_factor })
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
                Scheme::Ladder(scheme) => self.ladder_at_once(scheme, reading),
                Scheme::Seats { driver, price } => self.value(price) * ceil(reading(*driver)),
            };
            let bought = line.commitment.as_ref().and_then(|commitment| commitment.bought.as_ref());
            let saved = bought.map_or(0.0, |bought| self.value(&bought.share) * self.value(&bought.discount));
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
        for (class, mean) in platform.incidents.iter().zip(&means) {
            let restore = if class.shared { 1.0 } else { length_factor };
            invoices += mean * restore * self.mean_length(class) * self.value(&class.outside_help_per_hour);
        }
        invoices
    }

    /// Mean length of one incident as stated, hours.
    fn mean_length(&self, class: &IncidentClass) -> f64 {
        let (p50, sigma) = self.length(class);
        p50 * exp(sigma * sigma / 2.0)
    }

    /// Hours of work and incidents that debt multiplies: work, the rate of incidents, their length.
    fn steady_hours(
        &self,
        platform: &Platform,
        (work_factor, rate_factor, length_factor): (f64, f64, f64),
        reading: &dyn Fn(DriverId) -> f64,
    ) -> f64 {
        let refocus = self.value(&self.scenario.people.refocus_hours);
        let ratio = |driver: Option<DriverId>, elasticity: f64| {
            driver.map_or(1.0, |id| pow(reading(id) / self.today(id), elasticity))
        };
        let mut hours = 0.0;
        for work in &platform.work {
            let today = self.value(&work.hours) + self.value(&work.interruptions) * refocus;
            let counts = self.counts_steadily(&work.in_force);
            hours += today * ratio(work.driver, self.value(&work.elasticity)) * work_factor * counts;
        }
        for class in &platform.incidents {
            let number = match &class.frequency {
                Frequency::Monthly { today, driver, elasticity } => {
                    self.value(today) * ratio(*driver, self.value(elasticity))
                }
                Frequency::Constant(rate) => self.value(rate),
                Frequency::Per(terms) => self.per(terms, reading),
            };
            let (rate, length) = if class.shared { (1.0, 1.0) } else { (rate_factor, length_factor) };
            let mean = number * rate;
            hours += self.labour(class, mean, mean * length * self.mean_length(class), refocus);
        }
        hours += self.steady_requests(platform, reading).unwrap_or(0.0);
        hours
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
            DriverKind::PerUnits { terms } => {
                let units = |of| self.units_for(self.sized(of), self.steady_reading(self.sized(of).driver, size));
                terms.iter().map(|(of, each)| self.value(each) * units(of)).sum()
            }
        };
        if driver.whole { ceil(raw) } else { raw }
    }
}
