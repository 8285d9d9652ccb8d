//! What a vendor's invoice comes to for an option as a whole: the shortfall of a minimum spend, then credits.

use super::builder::Builder;
use super::event;
use super::must_leave::Gone;
use super::op::{Binary, Col, Contracted, Op};
use super::part::{LineColumn, Weights};
use super::terms::Terms;
use crate::model::{Account, Bucket, CostPhase, Lens, Platform, Vendor, VendorId};

/// A line's invoice of the month from a vendor with a contract or credits, after SLA credit.
pub(super) struct Bill<'s> {
    pub(super) vendor: Option<VendorId>,
    pub(super) platform: &'s Platform,
    pub(super) bucket: Bucket,
    pub(super) line: String,
    /// What `cost` is multiplied by: the part of the month, and what SLA credits leave.
    pub(super) paid: Col,
    pub(super) cost: Col,
    /// `paid` with incidents at their mean, and the cost that it is on, upfront payments spread.
    pub(super) at_mean: (Col, Col),
    /// The cost after SLA credit, and how it falls to the phases.
    pub(super) after_credit: Col,
    pub(super) phases: Weights,
}

impl Bill<'_> {
    /// Counts the invoice, of which the part `left` is paid.
    pub(super) fn post(&self, b: &mut Builder, left: Col, terms: &mut Terms) {
        let bucket = self.bucket as usize;
        let paid = b.mul(self.paid, left);
        terms.invoiced[bucket].push((paid, self.cost));
        let after_credit = b.mul(self.after_credit, left);
        terms.dual[bucket].push((self.phases.dual, after_credit));
        let parts = self.phases.split(b, after_credit);
        let zero = b.zero();
        terms.line(zero, self.platform, (self.bucket, self.line.clone()), parts, Lens::Invoices);
    }
}

/// Whether a vendor's invoices are settled for an option as a whole.
pub(super) fn is_settled(vendor: &Vendor) -> bool {
    vendor.contract.is_some() || vendor.credits.is_some()
}

/// Settles what vendors with a contract or credits have billed to an option that begins to leave at `leaving`, if it ever does.
/// `ends` is the platform that it leaves where that can be gone, and when.
pub(super) fn settle<'s>(
    b: &mut Builder<'s>,
    own: usize,
    leaving: Option<Col>,
    ends: Option<(&str, Gone)>,
    terms: &mut Terms<'s>,
) {
    let scenario = b.scenario;
    if terms.bills.is_empty() {
        return;
    }
    let leaving = leaving.unwrap_or_else(|| b.constant(f64::INFINITY));
    let bills = std::mem::take(&mut terms.bills);
    for (place, vendor) in scenario.vendors.iter().enumerate().filter(|(_, vendor)| is_settled(vendor)) {
        let of_vendor: Vec<&Bill> = bills.iter().filter(|bill| bill.vendor == Some(VendorId(place))).collect();
        if of_vendor.is_empty() {
            continue;
        }
        let billed = b.sum(of_vendor.iter().map(|bill| (bill.paid, bill.cost)).collect());
        let at_mean = b.sum(of_vendor.iter().map(|bill| bill.at_mean).collect());
        // Who sells something elsewhere too is owed on.
        let is_all_there = |left: &str| of_vendor.iter().all(|bill| bill.platform.name == left);
        let gone = ends.filter(|(left, gone)| gone.seller == Some(VendorId(place)) && is_all_there(left));
        let signed = (leaving, gone.map(|(_, gone)| gone.known));
        let short = shortfall(b, vendor, [billed, at_mean], (own, signed), terms);
        let left = left(b, (VendorId(place), vendor), (billed, short), own);
        of_vendor.iter().for_each(|bill| bill.post(b, left, terms));
        if short != b.zero() {
            let paid = b.mul(left, short);
            terms.invoiced[Bucket::Runtime as usize].push((left, short));
            terms.lines.push(LineColumn {
                platform: None,
                account: Account::Bucket(Bucket::Runtime),
                line: format!("vendor.{}.minimum_spend", vendor.name),
                phase: CostPhase::Running,
                lens: Lens::Invoices,
                amount: paid,
            });
        }
    }
}

/// What is missing to a minimum spend in the month, while its contract is in force.
fn shortfall(
    b: &mut Builder,
    vendor: &Vendor,
    [billed, at_mean]: [Col; 2],
    (own, (leaving, gone)): (usize, (Col, Option<Col>)),
    terms: &mut Terms<'_>,
) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let Some(contract) = &vendor.contract else { return zero };
    let mark = b.mark();
    let least = b.estimate(&contract.minimum_spend);
    let until = b.estimate(&contract.until);
    let renews_every = contract.renews_every.as_ref().map(|term| b.estimate(term));
    let notice = b.estimate(&contract.notice);
    let month = Contracted(b.emit(Op::Contract { until, renews_every, notice, leaving, gone }));
    let asked = mark..b.mark();
    let missing = |b: &mut Builder, billed: Col| {
        let least = b.mul(month.in_force(), least);
        let missing = b.sub(least, billed);
        b.binary(Binary::Max, missing, zero)
    };
    let short = missing(b, billed);
    let mean = missing(b, at_mean);
    terms.mean_invoiced[Bucket::Runtime as usize].push((one, mean));
    terms.owed.push((month.to_come(), least));
    let path = format!("vendor.{}.minimum_spend", vendor.name);
    b.figure(&path, own, "$", (one, short), asked);
    let option = &b.scenario.options[own].name;
    b.name(format!("option.{option}.{path}"), short);
    short
}

/// The part of a vendor's invoice that its credits leave to be paid.
fn left(b: &mut Builder, (id, vendor): (VendorId, &Vendor), (billed, short): (Col, Col), own: usize) -> Col {
    let one = b.one();
    let Some(credits) = &vendor.credits else { return one };
    let mark = b.mark();
    let amount = b.estimate(&credits.amount);
    let begins = b.estimate_or(credits.begins.as_ref(), 1.0);
    let until = credits.until.as_ref().map(|until| b.estimate(until));
    let ended = event::credits_end(b, id);
    let invoice = b.add(billed, short);
    let left = b.emit(Op::Credits { invoice, amount, begins, until, ended });
    let asked = mark..b.mark();
    let used = b.sub(one, left);
    let path = format!("vendor.{}.credits", vendor.name);
    b.figure(&path, own, "$", (used, invoice), asked);
    let option = &b.scenario.options[own].name;
    b.name(format!("option.{option}.{path}"), left.plus(1));
    left
}
