//! What is bought ahead, contracts and credits, a trial at a time: few lines have any.

use super::super::block::{Block, Moment};
use crate::plan::ceil;
use crate::plan::op::{Bought, Col, Committed, Contracted, Held, Need};

/// The nearest whole month, at least the first.
fn whole(months: f64) -> f64 {
    (months + 0.5).floor().max(1.0)
}

/// The part of month m before a time.
fn part_before(m: f64, time: f64) -> f64 {
    (time - (m - 1.0)).clamp(0.0, 1.0)
}

/// What is bought ahead at a moment.
#[derive(Clone, Copy)]
struct Ahead {
    quantity: f64,
    price: f64,
    /// The last month.
    end: f64,
}

/// What is paid for a line of which a part is bought ahead.
pub(super) fn month(
    block: &mut Block,
    at: Moment,
    need: Need,
    (held, bought): (Option<Held>, Option<Bought>),
    out: Col,
) {
    let mut columns = block.take_many::<{ Committed::WIDTH as usize }>(out);
    let m = f64::from(at.month);
    for lane in 0..block.lanes() {
        let get = |col: Col| block.get(col)[lane];
        let [paid, spread, owed, quantity, price, end] = &mut columns;
        let mut ahead = Ahead { quantity: quantity[lane], price: price[lane], end: end[lane] };
        if at.month == 1 {
            ahead = Ahead { quantity: 0.0, price: 0.0, end: 0.0 };
            if let Some(held) = held {
                ahead = Ahead { quantity: get(held.quantity), price: get(held.price), end: whole(get(held.until)) };
            }
        }
        let (units, full_price, service) = (get(need.units), get(need.price), get(need.service));
        let mut is_new = false;
        let mut is_upfront = false;
        if let Some(bought) = bought {
            let term = whole(get(bought.months));
            is_new = m > ahead.end && m >= whole(get(bought.begins)) && service > 0.0 && get(need.leaving) >= m;
            if is_new {
                let price = full_price * (1.0 - get(bought.discount));
                ahead = Ahead { quantity: get(bought.share) * units, price, end: m + term - 1.0 };
            }
            // What was held before month 1 is paid by the month all the same.
            is_upfront = bought.upfront && held.is_none_or(|held| ahead.end > whole(get(held.until)));
        }
        let in_use = if m <= ahead.end { ahead.quantity } else { 0.0 };
        let by_month = in_use * ahead.price;
        let rest = service * (units - in_use).max(0.0) * full_price;
        // Whoever is gone is owed nothing after its last day.
        let gone = need.gone.map_or(f64::INFINITY, get);
        let part = part_before(m, gone);
        let last = ahead.end.min(gone);
        let months = if !is_upfront {
            part
        } else if is_new {
            last - m + 1.0
        } else {
            0.0
        };
        paid[lane] = by_month * months + rest;
        spread[lane] = by_month * part + rest;
        owed[lane] = if is_upfront { 0.0 } else { by_month * (last - m).max(0.0) };
        (quantity[lane], price[lane], end[lane]) = (ahead.quantity, ahead.price, ahead.end);
    }
    block.put_many(out, columns);
}

/// The part of the month in which a contract is in force, for how many months it is owed after this one, and the last month
/// of its term.
pub(super) fn contract(
    block: &mut Block,
    at: Moment,
    (until, renews_every): (Col, Option<Col>),
    ([notice, leaving], gone): ([Col; 2], Option<Col>),
    out: Col,
) {
    let [mut in_force, mut to_come, mut end] = block.take_many::<{ Contracted::WIDTH as usize }>(out);
    let m = f64::from(at.month);
    for lane in 0..block.lanes() {
        let get = |col: Col| block.get(col)[lane];
        if at.month == 1 {
            end[lane] = whole(get(until));
        }
        let leaves = get(leaving);
        if let Some(term) = renews_every
            && m > end[lane]
            && leaves >= m
        {
            end[lane] = m + whole(get(term)) - 1.0;
        }
        // Notice is given as leaving begins, of what would be renewed again and again.
        let is_given = leaves < m && renews_every.is_some();
        let noticed = if is_given { ceil(leaves) + (get(notice) + 0.5).floor() } else { 0.0 };
        let last = end[lane].max(noticed);
        let gone = gone.map_or(f64::INFINITY, get);
        in_force[lane] = if m <= last { part_before(m, gone) } else { 0.0 };
        to_come[lane] = (last.min(gone) - m).max(0.0);
    }
    block.put_many(out, [in_force, to_come, end]);
}

/// A balance that pays invoices from its first month to its last, or until it is spent or ended.
pub(super) fn credits(
    block: &mut Block,
    at: Moment,
    [invoice, amount, begins]: [Col; 3],
    (until, ended): (Option<Col>, Option<Col>),
    out: Col,
) {
    let [mut left, mut balance] = block.take_many::<2>(out);
    let m = f64::from(at.month);
    for lane in 0..block.lanes() {
        let get = |col: Col| block.get(col)[lane];
        if at.month == 1 {
            balance[lane] = get(amount);
        }
        let lapsed = until.is_some_and(|until| m > whole(get(until))) || ended.is_some_and(|ended| m >= get(ended));
        if lapsed {
            balance[lane] = 0.0;
        }
        let billed = get(invoice);
        let used = if m >= whole(get(begins)) { balance[lane].min(billed) } else { 0.0 };
        left[lane] = if used > 0.0 { (billed - used) / billed } else { 1.0 };
        balance[lane] -= used;
    }
    block.put_many(out, [left, balance]);
}
