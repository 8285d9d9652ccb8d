//! The twin of events and requirements: MODEL.md §3, what may happen, and when lines and work count.

use super::super::source::ONCE;
use super::Twin;
use super::option::{Costs, Side};
use super::project::{Project, moved, stayed_until};
use crate::model::{Cause, Changed, Event, EventId, InForce, Line, Occurs, RequirementId, VendorId};

const NEVER: f64 = f64::INFINITY;

impl Twin<'_> {
    /// The month of each event, looked for month by month; never, if it is not within the horizon.
    pub(super) fn live_events(&self) -> Vec<f64> {
        let one = |event: &Event| {
            let u = self.uniform(&format!("event.{}", event.name), ONCE);
            match &event.when {
                Occurs::Stated { probability, month } => {
                    if u <= self.value(probability) {
                        self.whole_month(month)
                    } else {
                        NEVER
                    }
                }
                Occurs::Hazard(hazard) => {
                    let hazard = self.value(hazard);
                    let mut not_yet = 1.0;
                    for m in 1..=self.scenario.months {
                        not_yet *= 1.0 - hazard;
                        if u <= 1.0 - not_yet {
                            return f64::from(m);
                        }
                    }
                    NEVER
                }
            }
        };
        self.scenario.events.iter().map(one).collect()
    }

    /// A stated month as a whole one.
    pub(super) fn whole_month(&self, month: &crate::model::Estimate) -> f64 {
        (self.value(month) + 0.5).floor().max(1.0)
    }

    /// The month from which the product is no more.
    pub(super) fn product_ends(&self) -> f64 {
        let ending = self.scenario.events.iter().zip(&self.events).filter(|(event, _)| event.ends_product);
        ending.fold(NEVER, |first, (_, month)| first.min(*month))
    }

    /// When something comes that the baseline's platform must be left for.
    fn comes(&self, cause: Cause) -> f64 {
        match cause {
            Cause::Event(id) => self.events[id.0],
            Cause::Requirement(id) => self.requirement_month(id),
        }
    }

    /// When a project must start at the latest, and the factor on its effort then.
    pub(super) fn must_start(&self) -> (f64, f64) {
        let mut first = (NEVER, 1.0);
        for (cause, must) in self.scenario.must_leave() {
            let time = self.comes(cause) - 1.0 + self.value(&must.within_months);
            if time < first.0 && time < f64::from(self.scenario.months) {
                first = (time, self.value(&must.rush));
            }
        }
        first
    }

    /// When the baseline's platform is shut down, by what has happened to month m.
    pub(super) fn shut_down(&self, m: u32) -> f64 {
        let ends = |(event, month): (&Event, f64)| {
            let after = event.ends_platform.as_ref()?.last_day_months.as_ref()?;
            Some(month - 1.0 + self.value(after))
        };
        self.so_far(m).filter_map(ends).fold(NEVER, f64::min)
    }

    /// Margin lost in month m by traffic that is still on a platform after its last day.
    pub(super) fn lost_with_the_platform(&self, project: &Project, m: u32) -> f64 {
        let Some(business) = &self.scenario.business else { return 0.0 };
        let mut last_day = NEVER;
        for (cause, must) in self.scenario.must_leave() {
            if let Some(after) = &must.last_day_months {
                last_day = last_day.min(self.comes(cause) - 1.0 + self.value(after));
            }
        }
        let x = f64::from(m);
        let lost = if last_day < x { 1.0 - moved(project, x) - stayed_until(project, x, last_day) } else { 0.0 };
        let margin = self.value(&business.revenue_per_month) * self.value(&business.margin);
        margin * self.demand[self.j(m)].seasoned * lost.max(0.0) * self.alive(m)
    }

    /// When what is signed and bought ahead is given up: as leaving begins, or with the product.
    pub(super) fn given_up(&self, leaving: f64) -> f64 {
        leaving.min(self.product_ends() - 1.0)
    }

    /// 1 while there is a product, else 0.
    pub(super) fn alive(&self, m: u32) -> f64 {
        if f64::from(m) < self.product_ends() { 1.0 } else { 0.0 }
    }

    /// Whether an event has happened by month m.
    fn has_happened(&self, EventId(event): EventId, m: u32) -> bool {
        self.events[event] <= f64::from(m)
    }

    /// Events of which something is true in month m.
    fn so_far(&self, m: u32) -> impl Iterator<Item = (&Event, f64)> {
        let all = self.scenario.events.iter().zip(self.events.iter().copied());
        all.filter(move |(_, month)| *month <= f64::from(m))
    }

    /// What events make of demand, j months after the as-of month.
    pub(super) fn demand_by_events(&self, j: u32) -> f64 {
        let before = self.scenario.as_of_months_before;
        if j < before {
            return 1.0;
        }
        let factors = self.so_far(j - before + 1).filter_map(|(event, _)| event.demand.as_ref());
        factors.map(|times| self.value(times)).product()
    }

    /// What events make of the price of a line.
    pub(super) fn price_by_events(&self, line: &Line, m: u32) -> f64 {
        line.vendor.map_or(1.0, |vendor| self.vendor_by_events(vendor, m))
    }

    /// What events make of a vendor's prices.
    pub(super) fn vendor_by_events(&self, vendor: VendorId, m: u32) -> f64 {
        let factors = self.so_far(m).flat_map(|(event, _)| &event.prices);
        factors.filter(|(of, _)| *of == vendor).map(|(_, times)| self.value(times)).product()
    }

    /// The month from which a vendor's credits are over.
    pub(super) fn credits_end(&self, vendor: VendorId) -> f64 {
        let ending =
            self.scenario.events.iter().zip(&self.events).filter(|(event, _)| event.ends_credits.contains(&vendor));
        ending.fold(NEVER, |first, (_, month)| first.min(*month))
    }

    /// What events make of the time to restore.
    pub(super) fn restore_by_events(&self, m: u32) -> f64 {
        let mut factor = 1.0;
        for (event, month) in self.so_far(m) {
            let Some(restore) = &event.restore else { continue };
            let lasts = restore.lasts_months.as_ref().map_or(NEVER, |lasts| (self.value(lasts) + 0.5).floor());
            if f64::from(m) < month + lasts {
                factor *= self.value(&restore.times);
            }
        }
        factor
    }

    /// Debt that events of the month bring.
    pub(super) fn debt_by_events(&self, m: u32) -> f64 {
        self.of_the_month(m).filter_map(|event| event.debt.as_ref()).map(|debt| self.value(debt)).sum()
    }

    /// Hours that events of the month take.
    pub(super) fn hours_by_events(&self, m: u32) -> f64 {
        self.of_the_month(m).filter_map(|event| event.hours.as_ref()).map(|hours| self.value(hours)).sum::<f64>()
            * self.alive(m)
    }

    fn of_the_month(&self, m: u32) -> impl Iterator<Item = &Event> {
        self.so_far(m).filter(move |(_, month)| *month == f64::from(m)).map(|(event, _)| event)
    }

    /// The month from which something is asked for.
    fn requirement_month(&self, id: RequirementId) -> f64 {
        let own = self.scenario.requirements[id.0].begins.as_ref().map_or(NEVER, |begins| self.whole_month(begins));
        let switches = self.scenario.events.iter().zip(&self.events).filter(|(event, _)| event.switches_on == Some(id));
        switches.fold(own, |first, (_, month)| first.min(*month))
    }

    pub(super) fn is_asked_for(&self, id: RequirementId, m: u32) -> bool {
        self.requirement_month(id) <= f64::from(m)
    }

    /// The first month in which everything is there that a line waits for.
    pub(super) fn begins_counting(&self, in_force: &InForce) -> f64 {
        let begins = in_force.begins.as_ref().map_or(1.0, |begins| self.whole_month(begins));
        let needed = in_force.needs.map_or(1.0, |id| self.requirement_month(id));
        let brought = in_force.after.map_or(1.0, |id| self.events[id.0]);
        let changed = match &in_force.changed {
            Some(Changed::Begins(starts)) => self.whole_month(starts),
            _ => 1.0,
        };
        begins.max(needed).max(brought).max(changed)
    }

    /// Whether something is asked for in month 1 whatever happens.
    pub(super) fn is_asked_for_at_once(&self, id: RequirementId) -> bool {
        self.scenario.requirements[id.0].begins.as_ref().is_some_and(|begins| self.whole_month(begins) == 1.0)
    }

    /// 1 if a line or an item of work counts in month m, else 0.
    pub(super) fn counts(&self, in_force: &InForce, m: u32) -> f64 {
        let month = f64::from(m);
        let is_over = in_force.until.as_ref().is_some_and(|until| month > (self.value(until) + 0.5).floor())
            || in_force.before.iter().any(|id| self.has_happened(*id, m))
            || matches!(&in_force.changed, Some(Changed::Ends(starts)) if month >= self.whole_month(starts));
        if month >= self.begins_counting(in_force) && !is_over { self.alive(m) } else { 0.0 }
    }

    /// The same in a steady month.
    pub(super) fn counts_steadily(&self, in_force: &InForce) -> f64 {
        let is_there = in_force.needs.is_none_or(|id| self.is_asked_for_at_once(id));
        let stays = !matches!(in_force.changed, Some(Changed::Ends(_)));
        let counts = stays && in_force.until.is_none() && in_force.after.is_none() && is_there;
        if counts { 1.0 } else { 0.0 }
    }

    /// Revenue that a side's platform keeps from coming.
    pub(super) fn add_blocked(&self, side: &Side, m: u32, costs: &mut Costs) {
        for cannot in &side.platform.cannot {
            if self.is_asked_for(cannot.requirement, m) {
                let blocked = cannot.blocked.as_ref().map_or(0.0, |b| self.value(b));
                costs.blocked += blocked * side.traffic_share * self.alive(m);
            }
        }
    }

    /// Notes what has happened by month m.
    pub(super) fn note_events(&self, m: u32, note: &mut dyn FnMut(String, f64)) {
        let number = |is: bool| if is { 1.0 } else { 0.0 };
        for (nth, event) in self.scenario.events.iter().enumerate() {
            note(format!("event.{}", event.name), number(self.has_happened(EventId(nth), m)));
        }
        for (nth, requirement) in self.scenario.requirements.iter().enumerate() {
            note(format!("requirement.{}", requirement.name), number(self.is_asked_for(RequirementId(nth), m)));
        }
        for (nth, vendor) in self.scenario.vendors.iter().enumerate() {
            let mut ending =
                self.scenario.events.iter().filter(|e| e.ends_credits.iter().any(|id| id.0 == nth)).peekable();
            if ending.peek().is_some() {
                let is_over = ending.any(|e| self.so_far(m).any(|(happened, _)| happened.name == e.name));
                note(format!("vendor.{}.credits_over", vendor.name), number(is_over));
            }
        }
    }
}
