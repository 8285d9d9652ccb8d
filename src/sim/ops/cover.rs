use super::super::block::{Block, Context, Moment};
use crate::math::elementary::uniform;
use crate::plan::op::Seats;
use crate::plan::op::{Col, Op};

/// What was kept of the month before; in month 1 what it begins with.
pub(super) fn recall(block: &mut Block, at: Moment, start: Col, out: Col) {
    super::write(block, out, |b, now| {
        now.copy_from_slice(b.get(if at.month == 1 { start } else { out.plus(1) }));
    });
}

/// Seats: who is there in the month, how productive, and who leaves at its end.
pub(super) fn seats(context: &Context, block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Seats { begins, opens, ends, lag, ramp, attrition, mis_hire, seats, filled, stream } = op else {
        unreachable!("Invariant: called for seats only")
    };
    let stream = context.streams[*stream as usize];
    let [mut of_today, mut opened, mut productive, mut recruited] = block.take_many::<4>(out);
    for column in [&mut of_today, &mut opened, &mut productive, &mut recruited] {
        column.fill(0.0);
    }
    let month = f64::from(at.month);
    for seat in 0..*seats {
        let is_of_today = seat < *filled;
        let column = out.plus(Seats::WIDTH + seat);
        let mut from = block.take(column);
        if at.month == 1 {
            from.fill(if is_of_today { f64::NEG_INFINITY } else { f64::INFINITY });
        }
        let b = &*block;
        let opens = b.get(if is_of_today { *begins } else { *opens });
        let (ends, lag, ramp, attrition) = (b.get(*ends), b.get(*lag), b.get(*ramp), b.get(*attrition));
        let ends_badly = mis_hire.map(|mis| (b.get(mis.share), b.get(mis.after), context.streams[mis.stream as usize]));
        let count = if is_of_today { &mut of_today } else { &mut opened };
        for (lane, from) in from.iter_mut().enumerate() {
            if *from == f64::INFINITY && opens[lane] < month && ends[lane] > month - 1.0 {
                *from = month + lag[lane];
            }
            if *from > month {
                continue;
            }
            count[lane] += 1.0;
            recruited[lane] += f64::from(u8::from(*from == month));
            let practised = (month - *from + 0.5) / ramp[lane].max(f64::MIN_POSITIVE);
            productive[lane] += practised.min(1.0);
            if let Some((share, after, luck)) = ends_badly
                && month - *from == after[lane] - 1.0
            {
                let word = context.source.word(luck, b.first_trial + lane as u64, at.since_as_of, seat);
                if uniform(word) < share[lane] {
                    *from = f64::INFINITY;
                }
            }
            if attrition[lane] > 0.0 {
                let word = context.source.word(stream, b.first_trial + lane as u64, at.since_as_of, seat);
                if uniform(word) < attrition[lane] {
                    *from = f64::INFINITY;
                }
            }
        }
        block.put(column, from);
    }
    block.put_many(out, [of_today, opened, productive, recruited]);
}
