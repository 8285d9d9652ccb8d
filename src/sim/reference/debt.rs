//! The twin of operational debt: month after month from the opening, each time anew.

use super::project::{Project, part};
use super::{Twin, ceil};
use crate::math::elementary::exp;
use crate::model::{Debt, DriverId, Estimate, Platform, WayToRun};

/// What debt multiplies in a month.
#[derive(Clone, Copy)]
pub(super) struct Effects {
    pub(super) level: f64,
    pub(super) hours: f64,
    pub(super) incidents: f64,
    pub(super) restore: f64,
    pub(super) onboarding: f64,
}

const NONE: Effects = Effects { level: 0.0, hours: 1.0, incidents: 1.0, restore: 1.0, onboarding: 1.0 };

impl Twin<'_> {
    /// Debt of a platform in month m, for traffic that is all there since `cutover`; `service` and `owned` are the part in
    /// service and c of a month, `lowers` what somebody takes off in it.
    pub(super) fn debt(
        &self,
        platform: &Platform,
        m: u32,
        (cutover, service): (f64, &dyn Fn(u32) -> f64),
        owned: &dyn Fn(u32) -> f64,
        lowers: &dyn Fn(u32) -> f64,
    ) -> Effects {
        let Some(debt) = &platform.debt else { return NONE };
        let first = ceil(cutover) + 1.0;
        let mut q = self.value(&debt.today);
        for month in 1..=m {
            if service(month) > 0.0 {
                q = (q + self.debt_by_events(month)).min(1.0);
            }
            if month == m || f64::from(month) < first {
                continue;
            }
            let [accrual, paydown] =
                self.as_of(f64::from(month), || [self.value(&debt.accrual), self.value(&debt.paydown)]);
            let alpha = accrual * self.changes(&|id| self.drivers[id.0][self.j(month)]);
            let pi = paydown * owned(month);
            if alpha + pi > 0.0 {
                let rest = alpha / (alpha + pi);
                q = rest + (q - rest) * exp(-(alpha + pi));
            }
            q = (q - lowers(month)).max(0.0);
        }
        self.effects(debt, q)
    }

    /// The part of the hours that is owned on the platform an option leaves.
    pub(super) fn owned_while_leaving(&self, option: &WayToRun, project: &Project, m: u32) -> f64 {
        let started = part(f64::from(m), project.start, f64::INFINITY);
        let today = if option.migration.is_some() { self.scenario.baseline() } else { option };
        let way = self.scenario.way_out(option).map_or(option, |(way, _)| way);
        let before = self.value(&today.owned_share);
        before + (self.value(&way.owned_share) - before) * started
    }

    /// Where debt ends on an option's own platform, drivers being at a reading for good.
    pub(super) fn settled_debt(&self, option: &WayToRun, owned: f64, reading: &dyn Fn(DriverId) -> f64) -> Effects {
        let Some(debt) = &self.scenario.lived_on(option).debt else { return NONE };
        let alpha = self.value(&debt.accrual) * self.changes(reading);
        let pi = self.value(&debt.paydown) * owned;
        let q = if alpha + pi > 0.0 { alpha / (alpha + pi) } else { self.value(&debt.today) };
        self.effects(debt, q)
    }

    /// Deploys against today's.
    fn changes(&self, reading: &dyn Fn(DriverId) -> f64) -> f64 {
        self.scenario.people.deploys.map_or(1.0, |id| reading(id) / self.today(id))
    }

    fn effects(&self, debt: &Debt, q: f64) -> Effects {
        let of = |at_full: &Estimate| {
            let a = self.value(at_full);
            (1.0 + a * q) / (1.0 + a * self.value(&debt.today))
        };
        Effects {
            level: q,
            hours: of(&debt.at_full_hours),
            incidents: of(&debt.at_full_incidents),
            restore: of(&debt.at_full_restore),
            onboarding: of(&debt.at_full_onboarding),
        }
    }
}
