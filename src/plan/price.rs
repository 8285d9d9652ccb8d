//! What a price is multiplied by in a month, and what is idle of what is paid for.

use super::builder::Builder;
use super::event;
use super::line::{Life, Place};
use super::op::{Binary, Clock, Col, Op};
use crate::model::{Estimate, Line, VendorId};

/// The most of a line that is waste: a tenth is always used.
const MOST_WASTE: f64 = 0.9;

/// The price of month m over that of month 1: (1 + d)^((m−1)/12) with d of the line or else of its vendor, times what events
/// have made of the vendor's prices.
pub(super) fn factor(b: &mut Builder, line: &Line, life: Life) -> Col {
    if line.is_copy() {
        return b.one(); // it drifts with what it is of
    }
    if life == Life::Steady {
        return b.one();
    }
    let by_events = event::price_factor(b, line.vendor);
    let drifted = drifted(b, drift(b, line));
    b.mul(drifted, by_events)
}

/// The same of what a vendor's prices are followed by and that is no line: fees.
pub(super) fn of_vendor(b: &mut Builder, vendor: Option<VendorId>) -> Col {
    let Some(id) = vendor else { return b.one() };
    let by_events = event::price_factor(b, vendor);
    let rises = b.scenario.vendors[id.0].rises.as_ref();
    let drifted = drifted(b, rises);
    b.mul(drifted, by_events)
}

/// (1 + d)^((m−1)/12).
fn drifted(b: &mut Builder, rises: Option<&Estimate>) -> Col {
    match rises {
        Some(rises) => {
            let rises = b.estimate(rises);
            let log_rate = b.ln_1p(rises);
            let base = b.one();
            if log_rate == b.zero() { base } else { b.emit(Op::Drift { base, log_rate, clock: Clock::Start }) }
        }
        None => b.one(),
    }
}

fn drift<'s>(b: &Builder<'s>, line: &'s Line) -> Option<&'s Estimate> {
    let vendors = &b.scenario.vendors;
    line.rises.as_ref().or_else(|| line.vendor.and_then(|id| vendors[id.0].rises.as_ref()))
}

/// How many times production's own need a line is bought: copies, then waste, (1 + copies)/(1 − ω_m).
pub(super) fn scale(b: &mut Builder, line: &Line, place: &Place) -> Col {
    let one = b.one();
    let copies = b.estimate(&line.copies);
    let environments = b.add(one, copies);
    let Some(waste) = &line.waste else { return environments };
    let (share, tidy) = (b.estimate(&waste.share), b.estimate(&waste.tidy));
    let tidied = b.mul(tidy, place.owned);
    let rest = b.sub(one, tidied);
    let idle = b.mul(share, rest);
    let most = b.constant(MOST_WASTE);
    let idle = b.binary(Binary::Min, idle, most);
    let used = b.sub(one, idle);
    b.div(environments, used)
}
