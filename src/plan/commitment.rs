//! What is bought ahead of a line that buys units: MODEL.md §4.

use super::builder::Builder;
use super::line::{Cost, Life, Place};
use super::op::{Bought, Col, Committed, Held, Need, Op, Unary};
use crate::model::Commitment;

/// A line's cost where a part of its `units`, those of copies and waste among them, is bought ahead; `price` is of one,
/// in the month, `counts` is 1 where the line is in force, else 0, and `gone` is when nobody sells it any more.
pub(super) fn lower(
    b: &mut Builder,
    commitment: &Commitment,
    (units, price, counts): (Col, Col, Col),
    gone: Option<Col>,
    place: &Place,
) -> Cost {
    if place.life == Life::Steady {
        return Cost::Running(steady(b, commitment, units, price));
    }
    let held = commitment.held.as_ref().filter(|_| place.first_month.is_none()).map(|held| Held {
        quantity: b.estimate(&held.quantity),
        price: b.estimate(&held.price),
        until: b.estimate(&held.until),
    });
    let bought = commitment.bought.as_ref().map(|bought| Bought {
        share: b.estimate(&bought.share),
        discount: b.estimate(&bought.discount),
        months: b.estimate(&bought.months),
        begins: match &bought.begins {
            Some(begins) => b.estimate(begins),
            None => first_full_month(b, place.settled),
        },
        upfront: bought.upfront,
    });
    let never = b.constant(f64::INFINITY);
    let service = b.mul(place.service, counts);
    let need = Need { units, price, service, leaving: place.leaving.unwrap_or(never), gone };
    let month = Committed(b.emit(Op::Commitment { need, held, bought }));
    Cost::Committed { paid: month.paid(), spread: month.spread(), owed: month.owed() }
}

/// ⌈C⌉ + 1.
fn first_full_month(b: &mut Builder, cutover: Col) -> Col {
    let full = b.unary(Unary::Ceil, cutover);
    let one = b.one();
    b.add(full, one)
}

/// In a steady month what is bought ahead is in use: the part bought ahead saves its discount. What is held ends.
fn steady(b: &mut Builder, commitment: &Commitment, units: Col, price: Col) -> Col {
    let full = b.mul(units, price);
    let Some(bought) = &commitment.bought else { return full };
    let (share, discount) = (b.estimate(&bought.share), b.estimate(&bought.discount));
    let saved = b.mul(share, discount);
    let one = b.one();
    let paid = b.sub(one, saved);
    b.mul(full, paid)
}
