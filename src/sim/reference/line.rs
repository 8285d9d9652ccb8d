//! The twin of the price lines: MODEL.md §4, a line and a month at a time.

use super::ladder::Ladders;
use super::option::{Costs, Happened, Side};
use super::{Twin, ceil};
use crate::model::{Bracket, Line, Scheme, ShareScheme, Sizing, UnitPrice, UnitsScheme, When};

impl Twin<'_> {
    /// Adds what a platform's lines are invoiced at in the month, shares last, then what vendors give back; bills that ran
    /// away are outside of both.
    pub(super) fn add_lines(
        &self,
        side: &Side,
        m: u32,
        ladders: &mut Ladders,
        happened: &[Happened],
        costs: &mut Costs,
    ) {
        let copied = |line: &Line, cost: f64| cost * (1.0 + self.value(&line.copies)) * self.counts(&line.in_force, m);
        let (shares, others): (Vec<&Line>, Vec<&Line>) = side.platform.lines.iter().partition(|line| line.is_share());
        let invoices: Vec<(&Line, f64)> = others
            .into_iter()
            .map(|line| (line, copied(line, self.line(line, side, m, ladders) * self.price_by_events(line, m))))
            .collect();
        let mut add = |line: &Line, cost: f64| {
            let paid = cost * self.kept(side.platform, line, &|nth| happened[nth].count);
            costs.invoiced[line.bucket as usize] += paid;
            costs.dual[line.bucket as usize] += paid * side.second.0;
            costs.mean_invoiced += cost * self.kept(side.platform, line, &|nth| happened[nth].mean);
        };
        invoices.iter().for_each(|(line, cost)| add(line, *cost));
        for line in shares {
            if let Scheme::Share(scheme) = &line.scheme {
                add(line, copied(line, self.share(scheme, &invoices, side.service)));
            }
        }
        for Happened { class, count, mean, .. } in happened {
            let Some(runaway) = &class.runaway else { continue };
            for (line, cost) in invoices.iter().filter(|(line, _)| class.runs_away(line)) {
                let one = self.ran_away(runaway, *cost);
                costs.invoiced[line.bucket as usize] += count * one;
                costs.dual[line.bucket as usize] += count * one * side.second.1;
                costs.mean_invoiced += mean * one;
            }
        }
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
            Scheme::Share(_) => unreachable!("Invariant: shares are taken of what the other lines cost"),
        }
    }

    fn units(&self, line: &Line, scheme: &UnitsScheme, side: &Side, m: u32) -> f64 {
        let load = (side.load)(scheme.driver, line.moves);
        match &scheme.sizing {
            Sizing::Today(units) if self.j(m) == 0 && (side.all_here)(line.moves) => self.value(units),
            _ => self.units_for(scheme, load),
        }
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
                today * (1.0 + headroom) * (1.0 + (1.0 - e) * (peak - 1.0)) / (units - 0.5)
            }
        };
        let a = load * (1.0 + headroom) / capacity;
        let b = peak * a;
        let (a, b) = (ceil(a.max(at_least)), ceil(b.max(at_least)));
        a + (1.0 - e) * (b - a)
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
