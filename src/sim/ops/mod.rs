//! The loops: one function for each operation of a plan, over whole columns. The arithmetic is MODEL.md's; the choice
//! of operations is `plan`'s. Every loop is free of branches that depend on a lane where speed needs it, and is
//! compiled for wide vectors by `multiversion`.

mod algebra;
mod commitment;
mod cover;
mod debt;
mod demand;
mod estimate;
mod event;
mod friction;
mod incident;
mod ladder;
mod line;
mod migration;
mod signal;
mod tally;
mod trigger;

pub(super) use estimate::{row_of, scores};
pub(super) use incident::Pool;

use super::block::{Block, Context, Moment};
use crate::plan::op::{Binary, Col, Op, Phase, Step};

/// Runs steps at a moment.
pub(super) fn run(context: &Context, block: &mut Block, at: Moment, steps: &[Step]) {
    for step in steps {
        run_step(context, block, at, step);
    }
}

/// Runs a step, unless what it reads says that nothing comes of it: a platform that is not there yet, or no more, is a good
/// part of most plans.
pub(super) fn run_step(context: &Context, block: &mut Block, at: Moment, step: &Step) {
    let out = step.out;
    match of_nothing(block, step, at) {
        OfNothing::Nothing => block.clear(out),
        OfNothing::AsItWas => (),
        OfNothing::NotKnown => {
            compute(context, block, at, step);
            match step.op {
                Op::Binary { .. } | Op::SumProducts { .. } | Op::Count { .. } | Op::Durations { .. } => block.look(out),
                Op::InMonth { .. } | Op::LoadOld { .. } | Op::From { .. } => block.look(out),
                Op::Twice { .. } => [out, out.plus(1)].into_iter().for_each(|col| block.look(col)),
                Op::Phase { .. } => (0..Phase::WIDTH).for_each(|place| block.look(out.plus(place))),
                _ => (),
            }
        }
    }
}

/// What comes of nothing.
enum OfNothing {
    /// Nothing.
    Nothing,
    /// What stands there already.
    AsItWas,
    /// That has to be worked out.
    NotKnown,
}

/// What comes of an operation on columns some of which are 0 in every trial.
#[inline]
fn of_nothing(block: &Block, Step { op, out }: &Step, at: Moment) -> OfNothing {
    let no = |col: &Col| block.is_nothing(*col);
    let is_nothing = match op {
        Op::Binary { f: Binary::Mul, a, b } => no(a) || no(b),
        Op::Binary { f: Binary::Add | Binary::Sub | Binary::Max | Binary::Min, a, b } => no(a) && no(b),
        Op::SumProducts { terms } => terms.iter().all(|(weight, amount)| no(weight) || no(amount)),
        Op::LoadOld { load, before, held, after } => (no(load) || no(before)) && (no(held) || no(after)),
        Op::Count { mean: a, .. } | Op::Durations { count: a, .. } | Op::Metered { quantity: a, .. } => no(a),
        Op::InMonth { amount, service, .. } => no(amount) || no(service),
        Op::Accrue { amount, .. } if at.month > 1 && no(amount) => return OfNothing::AsItWas,
        Op::AccrueYear { amount, first, .. } if no(amount) && !tally::begins_year(at, *first) => {
            return OfNothing::AsItWas;
        }
        // What did not come twice lately and does not come has not come twice lately.
        Op::Twice { count, .. } if at.month > 1 && no(count) && no(out) && no(&out.plus(1)) => {
            return OfNothing::AsItWas;
        }
        _ => false,
    };
    if is_nothing { OfNothing::Nothing } else { OfNothing::NotKnown }
}

/// One row for each operation: which loop, on which columns.
fn compute(context: &Context, block: &mut Block, at: Moment, step: &Step) {
    let out = step.out;
    match &step.op {
        Op::Estimate { input } => estimate::own(context, block, *input, out),
        Op::Row { file } => estimate::row(context, block, *file, out),
        Op::Cell { row, column } => estimate::cell(context, block, *row, *column, out),
        Op::Case { stream } => estimate::case(context, block, *stream, out),
        Op::Select { which, among } => algebra::select(block, *which, among, out),
        Op::Unary { f, a } => write(block, out, |b, o| algebra::unary(*f, b.get(*a), o)),
        Op::Binary { f, a, b: right } => write(block, out, |b, o| algebra::binary(*f, b.get(*a), b.get(*right), o)),
        Op::SumProducts { terms } => algebra::sum_products(block, terms, out),
        Op::Trend { log_growth, decay, saturation } => {
            demand::trend(block, at, [*log_growth, *decay, *saturation], out);
        }
        Op::Noise { sigma, stream } => demand::noise(context, block, at, *sigma, *stream, out),
        Op::Seasoned { trend, noise } => {
            let season = context.plan.ln_season[at.since_as_of as usize];
            demand::seasoned(block, [*trend, *noise], season, out);
        }
        Op::RunningMax { a } => {
            let first = at.since_as_of == 0;
            write(block, out, |b, o| demand::running_max(first, b.get(*a), o));
        }
        Op::Stock { today, purge, inflow } => demand::stock(block, at, [*today, *purge, *inflow], out),
        Op::Drift { base, log_rate, clock } => {
            let years = demand::years(*clock, at);
            write(block, out, |b, o| demand::drift(years, b.get(*base), b.get(*log_rate), o));
        }
        Op::Size => write(block, out, |_, o| o.fill(context.ln_sizes[at.size])),
        Op::LastDearer { difference, baseline } => tally::last_dearer(block, at, *difference, *baseline, out),
        Op::Elapsed => write(block, out, |_, o| o.fill(f64::from(at.month - 1))),
        Op::Trailing { amount } => trigger::trailing(block, at, *amount, out),
        Op::Beyond { reading, side, mark } => {
            write(block, out, |b, o| trigger::beyond(*side, mark.get(), b.get(*reading), o));
        }
        Op::Recall { start, .. } => cover::recall(block, at, *start, out),
        Op::Keep { a } => write(block, out, |b, o| o.copy_from_slice(b.get(*a))),
        Op::Seats { .. } => cover::seats(context, block, at, &step.op, out),
        Op::DebtStep { now, accrual, paydown, lowers, cutover } => write(block, out, |b, o| {
            o.copy_from_slice(b.get(*now));
            debt::carry(at, [*accrual, *paydown, *lowers, *cutover].map(|col| b.get(col)), o);
        }),
        Op::Held { .. } => trigger::held(block, at, &step.op, out),
        Op::Twice { count, months } => signal::twice(block, at, (*count, *months), out),
        Op::Fired { .. } => signal::fired(block, at, &step.op, out),
        Op::Renewed { until, every } => {
            write(block, out, |b, o| trigger::renewed(at, b.get(*until), every.map(|every| b.get(every)), o));
        }
        Op::Start { .. } => trigger::start(block, at, &step.op, out),
        Op::Forced { own, causes, before } => trigger::forced(block, *own, causes, f64::from(*before), out),
        Op::Attempts { fails, stream } => trigger::attempts(context, block, at, *fails, *stream, out),
        Op::Failed { tried, gap, failed } => write(block, out, |b, o| {
            migration::failed(f64::from(at.month), b.get(*tried), b.get(*gap), b.get(*failed), o);
        }),
        Op::Phase { start, cutover, traffic, on, off, standby, course } => {
            let times = [*start, *cutover, *traffic, *on, *off, *standby];
            migration::phase(block, at, times, out);
            if let Some(course) = course {
                migration::on_course(block, at, times, course, out);
            }
        }
        Op::HoldAtCutover { load, cutover } => {
            write(block, out, |b, o| migration::hold(f64::from(at.month), b.get(*load), b.get(*cutover), o));
        }
        Op::LoadOld { load, before, held, after } => write(block, out, |b, o| {
            migration::load_old(b.get(*load), b.get(*before), b.get(*held), b.get(*after), o);
        }),
        Op::Learning { extra, half_life, since } => {
            write(block, out, |b, o| migration::learning(b.get(*extra), b.get(*half_life), b.get(*since), o));
        }
        Op::Hazard { hazard, stream } => event::hazard(context, block, at, *hazard, *stream, out),
        Op::Chance { probability, month, stream } => {
            event::chance(context, block, at, [*probability, *month], *stream, out);
        }
        Op::From { month } => write(block, out, |b, o| event::from(f64::from(at.month), b.get(*month), o)),
        Op::Debt { start, accrual, paydown, cutover, added } => {
            debt::month(block, at, [*start, *accrual, *paydown, *cutover, *added], out);
        }
        Op::SettledDebt { start, accrual, paydown } => {
            write(block, out, |b, o| debt::settled(b.get(*start), b.get(*accrual), b.get(*paydown), o));
        }
        Op::Units { .. } => line::units(block, at, &step.op, out),
        Op::Metered { quantity, brackets } => line::metered(block, *quantity, brackets, out),
        Op::Rung { .. } => ladder::rung(block, at, &step.op, out),
        Op::RungPrice { rung, prices } => ladder::price(block, *rung, prices, out),
        Op::Wall { rung, plans, service } => {
            write(block, out, |b, o| ladder::wall(at, *plans, b.get(*rung), b.get(*service), o));
        }
        Op::InMonth { amount, month, service } => {
            write(block, out, |b, o| {
                line::in_month(f64::from(at.month), b.get(*amount), b.get(*month), b.get(*service), o)
            });
        }
        Op::Commitment { need, held, bought } => commitment::month(block, at, *need, (*held, *bought), out),
        Op::Contract { until, renews_every, notice, leaving, gone } => {
            commitment::contract(block, at, (*until, *renews_every), ([*notice, *leaving], *gone), out);
        }
        Op::Credits { invoice, amount, begins, until, ended } => {
            commitment::credits(block, at, [*invoice, *amount, *begins], (*until, *ended), out);
        }
        Op::Rise { now, today } => friction::rise(block, at, [*now, *today], out),
        Op::Count { mean, stream } => incident::count(context, block, at, *mean, *stream, out),
        Op::Durations { count, mu, sigma, stream } => {
            incident::durations(context, block, at, [*count, *mu, *sigma], *stream, out);
        }
        Op::Accrue { amount, opening, worth } => tally::accrue(context, block, at, *amount, *opening, *worth, out),
        Op::AccrueYear { amount, opening, first } => tally::accrue_year(block, at, *amount, *opening, *first, out),
        Op::Track { delta, baseline } => tally::track(block, at, *delta, *baseline, out),
        Op::Decided { total, pace, until, times, worth } => {
            tally::decided(context, block, at, (*total, *pace), (*until, times.get()), *worth, out);
        }
        Op::Deepest { delta } => tally::deepest(block, at, *delta, out),
        Op::RunRate { difference, baseline, overlap_end, ended } => {
            tally::run_rate(block, at, [*difference, *baseline, *overlap_end, *ended], out);
        }
    }
}

/// Writes one column from others.
#[inline]
fn write(block: &mut Block, out: Col, f: impl FnOnce(&Block, &mut [f64])) {
    let mut column = block.take(out);
    f(block, &mut column);
    block.put(out, column);
}

fn fill_words(context: &Context, block: &mut Block, stream: super::source::Stream, month: u32) {
    context.source.fill(stream, month, block.first_trial, &mut block.words);
}
