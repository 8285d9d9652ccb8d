//! What waiting for those who run a platform costs developers: one person as a gate (MODEL.md §5).

use super::Able;
use crate::plan::builder::Builder;
use crate::plan::op::{Binary, Col, Exact, Op};
use crate::plan::part::share_of;

/// The most that a layer is loaded: beyond it queues have no end.
const MOST_LOAD: f64 = 0.95;

/// How many times its handling a request waits in the month, mean over its time: ρ/(1 − ρ) of the first layer with a filled
/// seat, ρ being what the layers before it leave, in what it can do. Nobody waits while there is none. `seats` are the filled
/// ones of layers that have any.
pub(super) fn delay(b: &mut Builder, pool: Col, taken: &[Col], able: &[Able], seats: &[Option<Col>]) -> Col {
    let (one, most) = (b.one(), b.constant(MOST_LOAD));
    let (mut offered, mut left) = (pool, one);
    let mut terms = Vec::new();
    for ((taken, able), seats) in taken.iter().zip(able).zip(seats) {
        if let (Some(seats), Some(hours)) = (seats, able.hours) {
            let is_filled =
                b.emit(Op::Beyond { reading: *seats, side: crate::model::Side::Above, mark: Exact::new(0.5) });
            let serves = b.mul(able.works, is_filled);
            let serves = b.binary(Binary::Min, serves, left);
            left = b.sub(left, serves);
            let load = share_of(b, offered, hours);
            let load = b.binary(Binary::Min, load, most);
            let idle = b.sub(one, load);
            terms.push((serves, b.div(load, idle)));
        }
        offered = b.sub(offered, *taken);
    }
    b.sum(terms)
}
