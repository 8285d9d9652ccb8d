//! The twin of the price lines: MODEL.md §4, a line and a month at a time.

use std::collections::BTreeMap;

use super::contract::{Ahead, Billed as BilledBy, Paid};
use super::incident::Happened;
use super::ladder::Ladders;
use super::option::{Costs, Side};
use super::{Twin, ceil};
use crate::model::{Billed, Bracket, Estimate, Line, Scheme, ShareScheme, Sizing, UnitPrice, UnitsScheme, When};

impl Twin<'_> {
    /// Adds what a platform's lines are invoiced at in the month, shares last, then what vendors give back; bills that ran
    /// away are outside of both.
    pub(super) fn add_lines(
        &self,
        side: &Side,
        m: u32,
        (ladders, ahead): (&mut Ladders, &mut Ahead),
        happened: &[Happened],
        (costs, bills): (&mut Costs, &mut BTreeMap<usize, BilledBy>),
    ) {
        let lines = &side.platform.lines;
        let mut invoices: Vec<(&Line, Paid)> = Vec::new();
        for line in lines.iter().filter(|line| line.can_be_copied() || matches!(line.scheme, Scheme::Once { .. })) {
            let paid = match &line.scheme {
                Scheme::Units(scheme) if line.commitment.is_some() => self.committed(line, scheme, side, m, ahead),
                _ => {
                    let one = self.line(line, side, m, ladders) * self.dearer(line, m) * self.counts(&line.in_force, m);
                    let now = one * self.bought_for(line, side.owned);
                    Paid { now, spread: now }
                }
            };
            invoices.push((line, paid));
        }
        let copies = |line: &Line| (1.0 + self.value(&line.copies)) * self.counts(&line.in_force, m);
        for line in lines {
            if let Scheme::Copy { of, scale } = &line.scheme {
                let now = self.copied(of, &invoices, |paid| paid.now) * self.value(scale) * copies(line);
                invoices.push((line, Paid { now, spread: now }));
            }
        }
        let mut all = invoices.clone();
        for line in lines {
            if let Scheme::Share(scheme) = &line.scheme {
                let billed: Vec<(&Line, f64)> = invoices.iter().map(|(line, paid)| (*line, paid.now)).collect();
                let now = self.share(scheme, &billed, side.service * self.dearer(line, m)) * copies(line);
                all.push((line, Paid { now, spread: now }));
            }
        }
        for (line, cost) in &all {
            let bucket = line.bucket as usize;
            let paid = cost.now * self.kept(side.platform, line, &|nth| happened[nth].count);
            let mean = cost.spread * self.kept(side.platform, line, &|nth| happened[nth].mean);
            let waits = line.vendor.filter(|id| {
                let vendor = &self.scenario.vendors[id.0];
                vendor.contract.is_some() || vendor.credits.is_some()
            });
            match waits {
                Some(vendor) => {
                    let billed = bills.entry(vendor.0).or_default();
                    billed.has_lines = true;
                    billed.all[bucket] += paid;
                    billed.dual[bucket] += paid * side.second.0;
                    billed.mean += mean;
                }
                None => {
                    costs.invoiced[bucket] += paid;
                    costs.dual[bucket] += paid * side.second.0;
                    costs.mean_invoiced += mean;
                }
            }
        }
        for Happened { class, count, mean, .. } in happened {
            let Some(runaway) = &class.runaway else { continue };
            for (line, cost) in invoices.iter().filter(|(line, _)| class.runs_away(line)) {
                let one = self.ran_away(runaway, cost.spread);
                costs.invoiced[line.bucket as usize] += count * one;
                costs.dual[line.bucket as usize] += count * one * side.second.1;
                costs.mean_invoiced += mean * one;
            }
        }
    }

    /// What the lines that a copy names cost together.
    pub(super) fn copied<T>(&self, of: &[Billed], invoices: &[(&Line, T)], cost: impl Fn(&T) -> f64) -> f64 {
        let named = invoices.iter().filter(|(line, _)| line.can_be_copied() && of.iter().any(|of| of.names(line)));
        named.map(|(_, paid)| cost(paid)).sum()
    }

    /// A graduated percentage of the invoice of the lines it covers, and at least a minimum for the part of the month in
    /// service.
    pub(super) fn share(&self, scheme: &ShareScheme, invoices: &[(&Line, f64)], service: f64) -> f64 {
        let covered = invoices.iter().filter(|(line, _)| scheme.covers(line));
        let invoice: f64 = covered.map(|(_, cost)| cost).sum();
        self.metered(invoice, &scheme.brackets).max(self.value(&scheme.at_least) * service)
    }

    /// Dollars for one unit: of a bundle, all of its parts.
    pub(super) fn unit_price(&self, price: &UnitPrice) -> f64 {
        match price {
            UnitPrice::Single(price) => self.value(price),
            UnitPrice::Bundle(parts) => {
                parts.iter().map(|part| self.value(&part.price) * self.value(&part.times)).sum()
            }
        }
    }

    /// A line's cost in the month, for the part of it in service.
    fn line(&self, line: &Line, side: &Side, m: u32, ladders: &mut Ladders) -> f64 {
        match &line.scheme {
            Scheme::Once { amount, when } => {
                let begins = self.begins_counting(&line.in_force);
                let month = match (when, side.first_month) {
                    (When::Opening, None) if !line.in_force.begins_later() => return 0.0,
                    (When::Opening, first) => first.unwrap_or(1.0).max(begins),
                    (When::Month(stated), first) => self.whole_month(stated).max(first.unwrap_or(1.0)).max(begins),
                };
                if month == f64::from(m) && side.service > 0.0 { self.value(amount) } else { 0.0 }
            }
            Scheme::Fixed { price, times } => self.value(price) * self.value(times) * side.service,
            Scheme::Units(scheme) => self.units(line, scheme, side, m) * self.unit_price(&scheme.price) * side.service,
            Scheme::Metered { driver, in_a_month, brackets } => {
                self.metered((side.load)(*driver, line.moves) * in_a_month, brackets) * side.service
            }
            Scheme::Ladder(scheme) => self.ladder(scheme, line, side, m, ladders) * side.service,
            Scheme::Seats { driver, price } => {
                self.value(price) * ceil((side.load)(*driver, line.moves)) * side.service
            }
            Scheme::Share(_) | Scheme::Copy { .. } => unreachable!("Invariant: both are of what other lines cost"),
        }
    }

    pub(super) fn units(&self, line: &Line, scheme: &UnitsScheme, side: &Side, m: u32) -> f64 {
        let load = (side.load)(scheme.driver, line.moves);
        match &scheme.sizing {
            Sizing::Today(units)
                if self.j(m) == 0
                    && (side.all_here)(line.moves)
                    && self.is_as_read(scheme)
                    && !self.is_resized(scheme, m) =>
            {
                self.value(units)
            }
            _ => self.units_for(scheme, load),
        }
    }

    /// Whether the as-of month has what was read as of it: no event of that month has changed it.
    pub(super) fn is_as_read(&self, scheme: &UnitsScheme) -> bool {
        self.demand[0].events == 1.0 || self.drivers[scheme.driver.0][0] == self.today(scheme.driver)
    }

    pub(super) fn units_for(&self, scheme: &UnitsScheme, load: f64) -> f64 {
        let today = self.today(scheme.driver);
        let (headroom, peak) = (self.value(&scheme.headroom), self.value(&scheme.peak));
        let (e, at_least) = (self.value(&scheme.autoscaling), self.value(&scheme.at_least));
        let capacity = match &scheme.sizing {
            Sizing::Capacity(capacity) => self.value(capacity),
            Sizing::Today(units) => {
                let units = self.value(units);
                // a + (1−e)·(b−a) = n − ½ at today's load, with a = today·(1+headroom)/capacity and b = peak·a
                let capacity = |headroom: f64, peak: f64, e: f64| {
                    today * (1.0 + headroom) * (1.0 + (1.0 - e) * (peak - 1.0)) / (units - 0.5)
                };
                // What one carries is what it carries today, unless a change says how many run after it.
                let is_of_today = !says_how_many(scheme);
                let then = |estimate: &Estimate| self.as_of(0.0, || self.value(estimate));
                if is_of_today {
                    capacity(then(&scheme.headroom), then(&scheme.peak), then(&scheme.autoscaling))
                } else {
                    capacity(headroom, peak, e)
                }
            }
        };
        let a = load * (1.0 + headroom) / capacity;
        let b = peak * a;
        let (a, b) = (ceil(a.max(at_least)), ceil(b.max(at_least)));
        a + (1.0 - e) * (b - a)
    }

    /// Whether a change has come that moves the number of units without saying how many run.
    fn is_resized(&self, scheme: &UnitsScheme, m: u32) -> bool {
        let counted = [&scheme.headroom, &scheme.peak, &scheme.autoscaling];
        let mut changes = counted.into_iter().filter_map(|estimate| estimate.before.as_ref());
        !says_how_many(scheme) && changes.any(|before| f64::from(m) >= self.whole_month(&before.until))
    }

    pub(super) fn metered(&self, quantity: f64, brackets: &[Bracket]) -> f64 {
        let mut from = 0.0;
        let mut cost = 0.0;
        for bracket in brackets {
            if quantity > from {
                cost += (quantity.min(bracket.up_to) - from) * self.value(&bracket.price);
            }
            from = bracket.up_to;
        }
        cost
    }
}

/// Whether a change says how many units run after it.
fn says_how_many(scheme: &UnitsScheme) -> bool {
    matches!(&scheme.sizing, Sizing::Today(units) if units.before.is_some())
}
