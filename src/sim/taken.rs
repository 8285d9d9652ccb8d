//! Sums while a run goes on, in the order in which blocks come by them: by month, and in a month by the operation that writes
//! the column. A column is added while it is still at hand; it need not outlive its month.

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::{Block, Moment};
use super::draws::Series;
use crate::plan::Plan;
use crate::plan::op::Col;

/// The sums of a thread.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// By month from the opening on.
    months: Vec<Month>,
    /// The next of a month's sums that no operation has written yet.
    next: usize,
}

/// The sums of a month.
#[derive(Debug, Clone, Default)]
struct Month {
    /// Of columns that an operation of the month writes last, with its place among those, in that order.
    by_step: Vec<(usize, Col, Series)>,
    /// Of the others.
    others: Vec<(Col, Series)>,
}

impl Taken {
    /// Takes what is kept out of sums by column.
    pub(super) fn out_of(series: &mut BTreeMap<Col, Vec<Series>>, plan: &Plan) -> Self {
        let mut written: BTreeMap<Col, usize> = BTreeMap::new();
        for (place, step) in plan.monthly.iter().enumerate() {
            written.extend((0..step.op.width()).map(|column| (step.out.plus(column), place)));
        }
        let mut months = vec![Month::default(); plan.months as usize + 1];
        for (col, series) in series {
            for (month, series) in series.iter_mut().enumerate().filter(|(_, series)| series.is_kept) {
                let own = std::mem::replace(series, Series::none());
                match written.get(col).filter(|_| month > 0) {
                    Some(step) => months[month].by_step.push((*step, *col, own)),
                    None => months[month].others.push((*col, own)),
                }
            }
        }
        months.iter_mut().for_each(|month| month.by_step.sort_by_key(|(step, _, _)| *step));
        Self { months, next: 0 }
    }

    /// Puts them back.
    pub(super) fn put_back(self, series: &mut BTreeMap<Col, Vec<Series>>) {
        for (place, month) in self.months.into_iter().enumerate() {
            let by_step = month.by_step.into_iter().map(|(_, col, own)| (col, own));
            for (col, own) in by_step.chain(month.others) {
                series.get_mut(&col).expect("Invariant: it was taken from there")[place] = own;
            }
        }
    }

    /// Adds what an operation of a month has written.
    #[inline]
    pub(super) fn step(&mut self, block: &Block, at: Moment, step: usize, lanes: &Range<usize>) {
        let all = &mut self.months[at.month as usize].by_step;
        while let Some((_, col, series)) = all.get_mut(self.next).filter(|(own, ..)| *own == step) {
            add(series, block, *col, lanes);
            self.next += 1;
        }
    }

    /// Adds what stands at the end of a month, or at the opening, whoever wrote it.
    pub(super) fn month(&mut self, block: &Block, at: Moment, lanes: &Range<usize>) {
        self.next = 0;
        for (col, series) in &mut self.months[at.month as usize].others {
            add(series, block, *col, lanes);
        }
    }

    /// Joins another thread's.
    pub(super) fn merge(&mut self, other: &Self) {
        for (own, more) in self.months.iter_mut().zip(&other.months) {
            own.by_step.iter_mut().zip(&more.by_step).for_each(|((_, _, own), (_, _, more))| own.merge(more));
            own.others.iter_mut().zip(&more.others).for_each(|((_, own), (_, more))| own.merge(more));
        }
    }
}

fn add(series: &mut Series, block: &Block, col: Col, lanes: &Range<usize>) {
    if block.is_nothing(col) {
        series.moments.add_nothing(lanes.len() as u64);
        if let Some(sketch) = &mut series.sketch {
            sketch.add_nothing(lanes.len() as u64);
        }
        return;
    }
    series.add(&block.get(col)[lanes.clone()]);
}
