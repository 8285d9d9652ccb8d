//! Which memory a column lives in. Most columns of a month are needed for a few operations only: those share places, so that a
//! block is as small as what is alive at a time and stays in the caches of a processor.

use std::collections::BTreeSet;

use super::Plan;
use super::op::{Clock, Col, Memory, Op, Step};

/// A place in a block's memory for every column.
#[derive(Debug, Clone)]
pub struct Places {
    /// By column.
    pub by_column: Vec<u32>,
    /// How many there are.
    pub count: usize,
}

impl Places {
    /// Each column has its own.
    #[must_use]
    pub fn of_their_own(plan: &Plan) -> Self {
        Self { by_column: (0..plan.columns).collect(), count: plan.columns as usize }
    }

    /// Columns that are written anew at each month, or each size, and are read no more after an operation of the same month
    /// or size leave their place to a column that is written later. What `read` names, by whoever looks at a block after a
    /// month, keeps its own.
    #[must_use]
    pub fn shared(plan: &Plan, read: &BTreeSet<Col>) -> Self {
        let elsewhere = [&plan.once, &plan.advance, &plan.opening].into_iter().flatten();
        let mut kept: BTreeSet<Col> = elsewhere.flat_map(|step| step.op.reads()).collect();
        kept.extend(read);
        kept.extend(plan.opening.iter().map(|step| step.out));
        let lives = [&plan.sizes, &plan.monthly].map(|steps| lives(plan, steps, &kept));
        let mut sharing: BTreeSet<Col> = BTreeSet::new();
        sharing.extend(lives.iter().flat_map(|(steps, _)| steps.iter().flatten()));
        // A place for each column that is not there: plans that were pruned keep the numbers of their columns.
        let written = [&plan.once, &plan.advance, &plan.monthly, &plan.sizes].into_iter().flatten();
        let own: BTreeSet<Col> = written
            .flat_map(|step| (0..step.op.width()).map(|place| step.out.plus(place)))
            .chain(plan.constants.iter().map(|(col, _)| *col))
            .chain(kept.iter().copied())
            .filter(|col| !sharing.contains(col))
            .collect();
        let mut by_column = vec![0; plan.columns as usize];
        for (place, col) in own.iter().enumerate() {
            by_column[col.index()] = place as u32;
        }
        let first = own.len() as u32;
        let (mut free, mut next): (Vec<u32>, u32) = (Vec::new(), first);
        for (begins, ends) in &lives {
            free.clear();
            free.extend((first..next).rev());
            for (begins, ends) in begins.iter().zip(ends) {
                // What ends with a step is still read by it.
                if let Some(col) = begins {
                    by_column[col.index()] = free.pop().unwrap_or_else(|| {
                        next += 1;
                        next - 1
                    });
                }
                free.extend(ends.iter().map(|col| by_column[col.index()]));
            }
        }
        Self { by_column, count: next as usize }
    }
}

/// By step: the column that may share and begins with it, and those that are read by it last.
fn lives(plan: &Plan, steps: &[Step], kept: &BTreeSet<Col>) -> (Vec<Option<Col>>, Vec<Vec<Col>>) {
    let mut last: Vec<Option<usize>> = vec![None; plan.columns as usize];
    let mut begins: Vec<Option<Col>> = vec![None; steps.len()];
    for (place, step) in steps.iter().enumerate() {
        step.op.reads().iter().for_each(|col| last[col.index()] = Some(place));
        // One that is read before it is written is what a month leaves to the next.
        let is_read_before = last[step.out.index()].is_some();
        if is_written_anew(&step.op) && !is_read_before && !kept.contains(&step.out) {
            begins[place] = Some(step.out);
        }
    }
    let mut ends: Vec<Vec<Col>> = vec![Vec::new(); steps.len()];
    for (place, col) in begins.iter().enumerate().filter_map(|(place, col)| Some((place, (*col)?))) {
        ends[last[col.index()].unwrap_or(place)].push(col);
    }
    (begins, ends)
}

/// Whether every value of what it writes, one column, is worked out from what it reads, whatever was there.
const fn is_written_anew(op: &Op) -> bool {
    matches!(
        op,
        Op::Unary { .. }
            | Op::Binary { .. }
            | Op::SumProducts { .. }
            | Op::Select { .. }
            | Op::Drift { clock: Clock::Start, .. }
            | Op::Beyond { .. }
            | Op::LoadOld { .. }
            | Op::Learning { .. }
            | Op::SettledDebt { .. }
            | Op::Units { .. }
            | Op::Metered { .. }
            | Op::Rung { memory: Memory::None, .. }
            | Op::RungPrice { .. }
            | Op::InMonth { .. }
            | Op::Count { .. }
            | Op::Durations { .. }
            | Op::Elapsed
            | Op::Size
    )
}
