//! The twin of incidents: what goes wrong in a month, and what people do about it.

use super::Twin;
use super::option::Side;
use crate::math::elementary::{exp, ln, normal_quantile, uniform};
use crate::math::poisson;
use crate::model::{DriverId, Frequency, IncidentClass};

/// A class of incidents in a month: how many and how long together, as drawn and at the mean.
pub(super) struct Happened<'a> {
    pub(super) class: &'a IncidentClass,
    pub(super) count: f64,
    pub(super) lengths: f64,
    pub(super) mean: f64,
    pub(super) mean_lengths: f64,
    /// The part of its hours that is here, and of what customers are paid.
    pub(super) here: (f64, f64),
    /// What part of its hours is of the second platform that serves.
    pub(super) second: f64,
}

impl Twin<'_> {
    /// What goes wrong on a side in the month.
    pub(super) fn happened<'b>(&self, side: &Side<'b>, m: u32) -> Vec<Happened<'b>> {
        let j = self.j(m) as u32;
        let one_class = |class: &'b IncidentClass| {
            let path = class.luck(&side.platform.name);
            let number = match &class.frequency {
                Frequency::Monthly { today, driver, elasticity } => {
                    self.value(today) * self.scale(*driver, self.value(elasticity), m)
                }
                Frequency::Constant(rate) => self.value(rate),
                Frequency::Per(terms) => self.per(terms, &|id: DriverId| self.drivers[id.0][self.j(m)]),
            };
            let own = self.learning(class.learning.as_ref(), side.since) * side.traffic * side.debt.incidents;
            let mean = self.alive(m) * if class.shared { number } else { number * own };
            let count = poisson::quantile(self.uniform(&format!("{path}.count"), j), mean);
            let (p50, sigma) = self.length(class);
            let restore = side.debt.restore * self.restore_by_events(m);
            let p50 = if class.shared { p50 } else { p50 * restore };
            let stream = self.source.stream(&format!("{path}.duration"));
            let lengths = (0..count).map(|i| uniform(self.source.word(stream, self.trial, j, i)));
            let lengths = lengths.map(|u| p50 * exp(sigma * normal_quantile(u))).sum();
            let mean_lengths = mean * p50 * exp(sigma * sigma / 2.0);
            let (here, second) = if class.shared {
                ((side.service, side.traffic_share), side.second.0)
            } else {
                ((1.0, 1.0), side.second.1)
            };
            Happened { class, count: f64::from(count), lengths, mean, mean_lengths, here, second }
        };
        side.platform.incidents.iter().map(one_class).collect()
    }

    /// Median hours and sigma of the log of one incident's length.
    pub(super) fn length(&self, class: &IncidentClass) -> (f64, f64) {
        let p50 = self.value(&class.duration_p50_hours);
        (p50, ln(self.value(&class.duration_p90_hours) / p50) / normal_quantile(0.9))
    }

    /// Hours of people for `n` incidents that last `hours` together.
    pub(super) fn labour(&self, class: &IncidentClass, n: f64, hours: f64, refocus: f64) -> f64 {
        self.value(&class.responders) * (hours + n * refocus) + n * self.value(&class.follow_up_hours)
    }
}
