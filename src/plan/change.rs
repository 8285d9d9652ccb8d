//! What an option changes on its platform: from when on, and what that takes (MODEL.md §7).

use super::builder::Builder;
use super::event;
use super::op::{Col, Op};
use crate::model::{Change, Estimate};

/// The month in which something is changed, a whole one.
pub(super) fn month(b: &mut Builder, starts: &Estimate) -> Col {
    let starts = b.column_of(starts);
    event::whole_month(b, starts)
}

/// 1 from that month on, else 0.
pub(super) fn from(b: &mut Builder, starts: &Estimate) -> Col {
    let month = month(b, starts);
    event::from(b, month)
}

/// Engineer-weeks of developers in the month that a change takes: all of them in the month in which it begins to hold, unless
/// there is no product any more.
pub(super) fn weeks(b: &mut Builder, change: &Change) -> Col {
    let weeks = b.estimate(&change.effort_weeks);
    let starts = b.estimate(&change.starts);
    let month = event::whole_month(b, starts);
    let service = event::alive(b);
    let amount = b.mul(weeks, service);
    if amount == b.zero() { amount } else { b.emit(Op::InMonth { amount, month, service }) }
}
