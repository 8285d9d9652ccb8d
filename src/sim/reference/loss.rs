//! The twin of what incidents cost beside hours and help: MODEL.md §6.

use super::Twin;
use super::incident::Happened;
use super::option::{Costs, Side};
use crate::model::{Line, Platform, Runaway};

/// Hours of a month.
const MONTH: f64 = 730.0;

impl Twin<'_> {
    /// What is left of a line's invoice after the SLA credit of its vendor, given how many incidents there were.
    pub(super) fn kept(&self, platform: &Platform, line: &Line, count: &dyn Fn(usize) -> f64) -> f64 {
        let Some(vendor) = line.vendor.map(|id| &self.scenario.vendors[id.0]) else { return 1.0 };
        let mut given = 0.0;
        for (nth, class) in platform.incidents.iter().enumerate() {
            for (name, share) in &vendor.sla_credit {
                if *name == class.name {
                    given += self.value(share) * count(nth);
                }
            }
        }
        (1.0 - given).max(0.0)
    }

    /// What one runaway bill adds to a line that costs so much in the month.
    pub(super) fn ran_away(&self, runaway: &Runaway, cost: f64) -> f64 {
        let unnoticed = self.value(&runaway.noticed_after_hours) / MONTH;
        cost * self.value(&runaway.times) * unnoticed * (1.0 - self.value(&runaway.refunded))
    }

    /// Margin lost and penalties, as drawn and at the mean.
    pub(super) fn add_losses(&self, side: &Side, m: u32, happened: &[Happened], costs: &mut Costs) {
        costs.loss += self.lost(side, m, happened, |class| class.lengths);
        costs.mean_loss += self.lost(side, m, happened, |class| class.mean_lengths);
        for Happened { class, count, mean, here: (_, reach), .. } in happened {
            costs.penalties += count * self.value(&class.penalties) * reach;
            costs.mean_penalties += mean * self.value(&class.penalties) * reach;
        }
    }

    fn lost(&self, side: &Side, m: u32, happened: &[Happened], lengths: impl Fn(&Happened) -> f64) -> f64 {
        let Some(business) = &self.scenario.business else { return 0.0 };
        let an_hour = self.value(&business.revenue_per_month) / MONTH * self.value(&business.margin);
        let stopped: f64 = happened.iter().map(|h| self.value(&h.class.revenue_hit) * lengths(h)).sum();
        let never_comes: f64 = happened
            .iter()
            .map(|h| self.value(&h.class.revenue_hit) * lengths(h) * (1.0 - self.value(&h.class.recovered)))
            .sum();
        // All that stops is scaled down together where it is more than a month.
        let hours = if stopped > MONTH { never_comes * MONTH / stopped } else { never_comes };
        an_hour * self.demand[self.j(m)].seasoned * side.traffic_share * hours
    }
}
