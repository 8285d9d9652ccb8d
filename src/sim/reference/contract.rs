//! The twin of what is bought ahead, of waste, contracts and credits: MODEL.md §4, every month from what was bought so far.

use std::collections::BTreeMap;

use super::option::{Costs, Side};
use super::{Twin, ceil};
use crate::math::elementary::pow;
use crate::model::{Bucket, Contract, Credits, Line, Platform, UnitsScheme, VendorId};

/// Something bought ahead: so many units for so much, from a month to a month.
struct Bought {
    from: f64,
    to: f64,
    units: f64,
    price: f64,
    at_once: bool,
}

/// What an option has bought ahead so far, by the line's path, and what is left of credits.
#[derive(Default)]
pub(super) struct Ahead {
    bought: BTreeMap<String, Vec<Bought>>,
    balances: BTreeMap<usize, f64>,
    owed: f64,
}

/// What a line comes to in a month: as paid, and with what is paid at once spread over its term.
#[derive(Clone, Copy)]
pub(super) struct Paid {
    pub(super) now: f64,
    pub(super) spread: f64,
}

/// What a vendor with a contract or credits has billed an option in the month, by bucket: in all, of a platform that is
/// the second of two, at mean incidents.
#[derive(Default, Clone, Copy)]
pub(super) struct Billed {
    pub(super) all: [f64; 4],
    pub(super) dual: [f64; 4],
    pub(super) mean: f64,
    pub(super) has_lines: bool,
}

fn month_of(x: f64) -> f64 {
    (x + 0.5).floor().max(1.0)
}

impl Twin<'_> {
    /// (1 + d)^((m−1)/12), times what events have made of the price.
    pub(super) fn dearer(&self, line: &Line, m: u32) -> f64 {
        let of_vendor = line.vendor.and_then(|id| self.scenario.vendors[id.0].rises.as_ref());
        let yearly = line.rises.as_ref().or(of_vendor).map_or(0.0, |rises| self.value(rises));
        pow(1.0 + yearly, f64::from(m - 1) / 12.0) * self.price_by_events(line, m)
    }

    /// What copies and waste multiply a line by, where the part `owned` of the hours is done by those whose job it is.
    pub(super) fn bought_for(&self, line: &Line, owned: f64) -> f64 {
        let idle = line
            .waste
            .as_ref()
            .map_or(0.0, |waste| (self.value(&waste.share) * (1.0 - self.value(&waste.tidy) * owned)).min(0.9));
        (1.0 + self.value(&line.copies)) / (1.0 - idle)
    }

    /// What a line of which a part may be bought ahead costs in month m.
    pub(super) fn committed(&self, line: &Line, scheme: &UnitsScheme, side: &Side, m: u32, ahead: &mut Ahead) -> Paid {
        let commitment = line.commitment.as_ref().expect("Invariant: asked of lines that have one");
        let x = f64::from(m);
        let units = self.units(line, scheme, side, m) * self.bought_for(line, side.owned);
        let in_service = side.service * self.counts(&line.in_force, m);
        let price = self.unit_price(&scheme.price) * self.dearer(line, m);
        let path = format!("platform.{}.{}", side.platform.name, line.place());
        let log = ahead.bought.entry(path).or_default();
        if let (1, Some(held), None) = (m, &commitment.held, side.first_month) {
            let (units, price) = (self.value(&held.quantity), self.value(&held.price));
            log.push(Bought { from: 1.0, to: month_of(self.value(&held.until)), units, price, at_once: false });
        }
        if let Some(terms) = &commitment.bought {
            let first = match &terms.begins {
                Some(begins) => month_of(self.value(begins)),
                None => ceil(side.settled) + 1.0,
            };
            let runs = log.iter().any(|bought| bought.to >= x);
            let is_being_left = side.leaving < x;
            if !runs && !is_being_left && x >= first && in_service > 0.0 {
                log.push(Bought {
                    from: x,
                    to: x + month_of(self.value(&terms.months)) - 1.0,
                    units: units * self.value(&terms.share),
                    price: price * (1.0 - self.value(&terms.discount)),
                    at_once: terms.upfront,
                });
            }
        }
        let gone = if side.is_left && side.platform.seller == line.vendor { self.shut_down(m) } else { f64::INFINITY };
        let part = (gone - (x - 1.0)).clamp(0.0, 1.0);
        let mut paid = Paid { now: 0.0, spread: 0.0 };
        let mut covered = 0.0;
        for bought in log.iter().filter(|bought| bought.from <= x && x <= bought.to) {
            let of_month = bought.units * bought.price;
            covered += bought.units;
            paid.spread += of_month * part;
            let term = bought.to.min(gone) - bought.from + 1.0;
            paid.now += match bought.at_once {
                true if bought.from == x => of_month * term,
                true => 0.0,
                false => of_month * part,
            };
            if !bought.at_once {
                ahead.owed += of_month * (bought.to.min(gone) - x).max(0.0);
            }
        }
        let more = (units - covered).max(0.0) * price * in_service;
        Paid { now: paid.now + more, spread: paid.spread + more }
    }

    /// Adds what vendors with a contract or credits are paid in the month; leaving begins at the time `leaving`.
    pub(super) fn settle(
        &self,
        bills: &BTreeMap<usize, Billed>,
        (leaving, left): (f64, Option<[&Platform; 2]>),
        m: u32,
        ahead: &mut Ahead,
        costs: &mut Costs,
    ) {
        for (place, billed) in bills.iter().filter(|(_, billed)| billed.has_lines) {
            let vendor = &self.scenario.vendors[*place];
            let lines: f64 = billed.all.iter().sum();
            let mut missing = 0.0;
            if let Some(contract) = &vendor.contract {
                let last = self.last_month(contract, leaving, m);
                let least = self.value(&contract.minimum_spend);
                // A platform that is shut down ends what is signed with whoever ran it and sells nothing elsewhere.
                let gone = match left {
                    Some([old, new])
                        if old.seller == Some(VendorId(*place))
                            && new.lines.iter().all(|line| line.vendor != old.seller) =>
                    {
                        self.shut_down(m)
                    }
                    _ => f64::INFINITY,
                };
                if f64::from(m) <= last && f64::from(m) < gone + 1.0 {
                    let least_now = least * (gone - f64::from(m) + 1.0).min(1.0);
                    missing = (least_now - lines).max(0.0);
                    costs.mean_invoiced += (least_now - billed.mean).max(0.0);
                    ahead.owed += (last.min(gone) - f64::from(m)).max(0.0) * least;
                }
            }
            let used = vendor.credits.as_ref().map_or(0.0, |credits| {
                let balance = ahead.balances.entry(*place).or_insert_with(|| self.value(&credits.amount));
                let (first, last) = self.pays(credits);
                let last = last.min(self.credits_end(VendorId(*place)) - 1.0);
                if f64::from(m) > last {
                    *balance = 0.0;
                }
                let used = if f64::from(m) >= first { balance.min(lines + missing) } else { 0.0 };
                *balance -= used;
                used
            });
            let left = if used > 0.0 { (lines + missing - used) / (lines + missing) } else { 1.0 };
            for bucket in Bucket::ALL {
                costs.invoiced[bucket as usize] += billed.all[bucket as usize] * left;
                costs.dual[bucket as usize] += billed.dual[bucket as usize] * left;
            }
            costs.invoiced[Bucket::Runtime as usize] += missing * left;
            costs.mean_invoiced += billed.mean;
            costs.settled.push((VendorId(*place), missing, ahead.balances.get(place).copied()));
        }
        costs.owed = std::mem::take(&mut ahead.owed);
    }

    /// The first and the last month that credits pay.
    fn pays(&self, credits: &Credits) -> (f64, f64) {
        let first = credits.begins.as_ref().map_or(1.0, |begins| month_of(self.value(begins)));
        let last = credits.until.as_ref().map_or(f64::INFINITY, |until| month_of(self.value(until)));
        (first, last)
    }

    /// The last month of a contract as it stands in month m: the end of its term, or of the notice that is given as leaving
    /// begins if nothing else would end it.
    fn last_month(&self, contract: &Contract, leaving: f64, m: u32) -> f64 {
        let mut end = month_of(self.value(&contract.until));
        if let Some(term) = &contract.renews_every {
            while f64::from(m) > end && leaving >= end + 1.0 {
                end += month_of(self.value(term));
            }
        }
        let has_begun = leaving < f64::from(m);
        if !has_begun || contract.renews_every.is_none() {
            return end;
        }
        let notice = (self.value(&contract.notice) + 0.5).floor();
        end.max(ceil(leaving) + notice)
    }
}
