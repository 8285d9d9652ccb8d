//! The twin of cover in a steady month.

use super::super::Twin;
use super::Gate;
use crate::model::{Condition, DriverId, Layer, LayerKind, Reading, Side, WayToRun};

impl Twin<'_> {
    /// A steady month: developers' hours that are left, invoices, pay of opened seats and of today's, what is owned, and how
    /// many times its handling a request waits. Conditions read its bill, and whether more is needed than a wall holds.
    pub(in crate::sim::reference) fn steady_cover(
        &self,
        option: &WayToRun,
        pool: f64,
        reading: &dyn Fn(DriverId) -> f64,
        (bill, has_wall): (f64, bool),
    ) -> (f64, f64, [f64; 2], f64, f64) {
        let home = self.scenario.baseline();
        let is_over = |layer: &Layer| {
            let is_short = matches!(&layer.kind, LayerKind::Consultant(c) if c.lasts_months.is_some());
            is_short || !layer.ends_when.is_empty()
        };
        let kept = home.cover.layers.iter().filter(|layer| option.cover.goes_on.contains(&layer.name));
        let mut layers: Vec<&Layer> = option.cover.layers.iter().chain(kept).filter(|layer| !is_over(layer)).collect();
        layers.sort_by_key(|layer| (layer.order, layer.name.clone()));
        let lived = |toil: Option<f64>| {
            let (mut rest, mut job, mut others, mut invoices, mut pay) = (pool, 0.0, 0.0, 0.0, [0.0; 2]);
            let mut gate = Gate { left: 1.0, delay: 0.0, mean_delay: 0.0 };
            for layer in &layers {
                let offered = (rest, rest);
                let mut take = |able: f64, outside: f64| {
                    let own = able.min(pool * outside).min(rest);
                    rest -= own;
                    own
                };
                match &layer.kind {
                    LayerKind::Dedicated(dedicated) => {
                        let is_open = dedicated.hire_when_any.is_empty()
                            || toil.is_some_and(|toil| {
                                dedicated
                                    .hire_when_any
                                    .iter()
                                    .any(|c| self.holds_at_a_size(c, (toil, bill, has_wall), reading))
                            });
                        let filled = if is_open { dedicated.seats } else { dedicated.filled };
                        let able = f64::from(filled) * self.value(&dedicated.productive_hours);
                        if filled > 0 {
                            gate.serves(1.0, able, offered);
                        }
                        job += take(able, 1.0);
                        pay[0] += f64::from(filled - dedicated.filled) * self.value(&dedicated.pay);
                        pay[1] += f64::from(dedicated.filled) * self.value(&dedicated.pay);
                    }
                    LayerKind::Service(service) => {
                        let own = take(self.able(service), 1.0 - self.value(&service.stays_inside));
                        job += own;
                        invoices += self.value(&service.retainer) + self.overage(service, 1.0, own);
                    }
                    LayerKind::Consultant(consultant) => {
                        let days = self.value(&consultant.days);
                        others += take(days * self.hours_a_day(), 1.0);
                        invoices += days * self.value(&consultant.day_rate);
                    }
                }
            }
            let per = |hours: f64| if pool > 0.0 { hours / pool } else { 0.0 };
            let owned = self.value(&option.owned_share) * (1.0 - per(job) - per(others)) + per(job);
            (rest, invoices, pay, owned, gate.delay)
        };
        let without = self.toil_of(lived(None).0, reading);
        let (rest, invoices, mut pay, owned, delay) = lived(Some(without));
        if option.migration.is_some() && !option.cover.is_released {
            for layer in &home.cover.layers {
                let LayerKind::Dedicated(dedicated) = &layer.kind else { continue };
                if option.cover.goes_on.contains(&layer.name) || is_over(layer) {
                    continue;
                }
                let open = if dedicated.hire_when_any.is_empty() { dedicated.seats - dedicated.filled } else { 0 };
                pay[0] += f64::from(open) * self.value(&dedicated.pay);
                pay[1] += f64::from(dedicated.filled) * self.value(&dedicated.pay);
            }
        }
        (rest, invoices, pay, owned, delay)
    }

    fn holds_at_a_size(
        &self,
        condition: &Condition,
        (toil, bill, has_wall): (f64, f64, bool),
        reading: &dyn Fn(DriverId) -> f64,
    ) -> bool {
        match *condition {
            Condition::Wall => has_wall,
            Condition::Requirement(id) => self.is_asked_for_at_once(id),
            Condition::Reading { of, side, mark, .. } => {
                let seen = match of {
                    Reading::Driver(id) => reading(id),
                    Reading::Fact(fact) => self.fact_under(fact, reading),
                    Reading::Toil => toil,
                    Reading::Bill => bill,
                };
                if side == Side::Above { seen > mark } else { seen < mark }
            }
            _ => true,
        }
    }
}
