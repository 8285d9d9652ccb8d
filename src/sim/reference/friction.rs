//! The twin of developers' own time: MODEL.md §5, friction and onboarding.

use super::Twin;
use super::option::Side;
use crate::model::{DriverId, Estimate, Platform};

impl Twin<'_> {
    /// Hours of a side in the month: friction by its share of traffic, onboarding where more than half of it is (the old
    /// platform keeps it at one half).
    pub(super) fn own_time(&self, side: &Side, m: u32) -> [f64; 2] {
        let friction = &side.platform.friction;
        let reading = |id: DriverId| self.drivers[id.0][self.j(m)];
        let waiting = self.per(&friction.per, &reading) * side.traffic_share;
        let onboarding = if side.is_host { self.onboarding(side, m) } else { 0.0 };
        [waiting * self.alive(m), onboarding * self.alive(m)]
    }

    /// Hours that requests take in the month whoever does the work, and the part of their delay that is lost.
    pub(super) fn requests(&self, side: &Side, m: u32) -> Option<(f64, f64)> {
        let waiting = side.platform.friction.waiting.as_ref()?;
        let here = if side.is_host { self.alive(m) } else { 0.0 };
        let all = self.steady_requests(side.platform, &|id: DriverId| self.drivers[id.0][self.j(m)])?;
        Some((here * all, self.value(&waiting.lost)))
    }

    /// The hours where everybody is on one platform.
    pub(super) fn steady_requests(&self, platform: &Platform, reading: &dyn Fn(DriverId) -> f64) -> Option<f64> {
        let waiting = platform.friction.waiting.as_ref()?;
        let engineers = reading(self.scenario.people.engineers?);
        Some(self.value(&waiting.requests) * self.value(&waiting.handling_hours) * engineers)
    }

    /// Something for each of what drivers count in a month.
    pub(super) fn per(&self, terms: &[(DriverId, Estimate)], reading: &dyn Fn(DriverId) -> f64) -> f64 {
        let each = |(id, each): &(DriverId, Estimate)| {
            self.value(each) * self.scenario.driver(*id).times_a_month * reading(*id)
        };
        terms.iter().map(each).sum()
    }

    /// Hours × (people joining + turnover · people).
    fn onboarding(&self, side: &Side, m: u32) -> f64 {
        let (Some(hours), Some(engineers)) = (&side.platform.friction.onboarding_hours, self.scenario.people.engineers)
        else {
            return 0.0;
        };
        let now = self.drivers[engineers.0][self.j(m)];
        let before = if m == 1 { self.today(engineers) } else { self.drivers[engineers.0][self.j(m) - 1] };
        let joined = (now - before).max(0.0) + self.value(&self.scenario.people.turnover) / 12.0 * now;
        self.value(hours) * side.debt.onboarding * joined
    }

    /// The same in a steady month: nobody is added, those who leave are replaced.
    pub(super) fn steady_own_time(
        &self,
        platform: &Platform,
        reading: &dyn Fn(DriverId) -> f64,
        onboarding_factor: f64,
    ) -> f64 {
        let waiting = self.per(&platform.friction.per, reading);
        let replaced = match (&platform.friction.onboarding_hours, self.scenario.people.engineers) {
            (Some(hours), Some(engineers)) => {
                self.value(hours) * self.value(&self.scenario.people.turnover) / 12.0 * reading(engineers)
            }
            _ => 0.0,
        };
        waiting + replaced * onboarding_factor
    }
}
