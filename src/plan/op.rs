//! The operations a plan is made of. Each reads columns of a block and writes one column or a few that stand together;
//! none knows a name, a trial count or a thread.

pub use super::columns::{Committed, Contracted, Deepest, MisHire, Phase, Seats, Track};
pub use super::ladder::Limit;
pub use super::operands::{Again, Bought, Course, Exact, Held, Memory, Need, Today};
use serde::{Deserialize, Serialize};

use crate::model::Side;

/// A column of a block: one `f64` for each trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Col(pub u32);

impl Col {
    /// The column `n` places on, for operations that write several.
    #[must_use]
    #[inline]
    pub const fn plus(self, n: u32) -> Self {
        Self(self.0 + n)
    }

    /// The place in a block.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// When an operation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Never: the column is filled when a block's memory is made.
    Constant,
    /// Once a trial.
    Once,
    /// In every month since the as-of month: demand and stocks move before month 1 too.
    Advance,
    /// In months 1 to M.
    Monthly,
    /// At each size of the grid that crossover scale is read from; never mixed with months.
    Size,
}

/// Functions of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unary {
    /// e^a.
    Exp,
    /// ln a.
    Ln,
    /// ln(1 + a).
    Ln1p,
    /// The least integer at or above a, but for rounding error (MODEL.md §3).
    Ceil,
    /// ⌊a + ½⌋.
    Round,
    /// ⌊a⌋.
    Floor,
}

/// Functions of two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binary {
    /// a + b.
    Add,
    /// a − b.
    Sub,
    /// a · b.
    Mul,
    /// a / b.
    Div,
    /// The larger.
    Max,
    /// The smaller.
    Min,
    /// a^b, a ≥ 0.
    Pow,
}

/// Which clock a yearly drift follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// Months since month 1: prices and pay.
    Start,
    /// Months since the as-of month: drivers.
    AsOf,
}

/// At which worth an amount is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Worth {
    /// As paid.
    Nominal,
    /// At present value, times (1 + r)^(−m/12), r the discount rate.
    Present,
    /// In dollars of the opening, times (1 + inflation)^(−m/12).
    Real,
}

/// An operation. Fields are columns read unless said otherwise; what it writes stands beside it in [`Step`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "a field is the column its name says; the variant's sentence says what is done with it"
)]
pub enum Op {
    /// Once: draws estimate `input` of the plan.
    Estimate { input: u32 },
    /// Once: the row of file `file` of the plan that the trial draws, from 0.
    Row { file: u32 },
    /// Once: the value of column `column` of the plan in a row.
    Cell { row: Col, column: u32 },
    /// Once: the growth case of a trial, as its place among the cases; `stream` and the plan's case weights.
    Case { stream: u32 },
    /// The column among `among` that `which` points at.
    Select { which: Col, among: Vec<Col> },
    /// A function of one column.
    Unary { f: Unary, a: Col },
    /// A function of two columns.
    Binary { f: Binary, a: Col, b: Col },
    /// Σ weight·amount, in order.
    SumProducts { terms: Vec<(Col, Col)> },

    /// ln of the trend; keeps Σ ln(1+g)·2^(−i/h) and the fade beside it. Writes ln T, that sum, the fade.
    Trend { log_growth: Col, decay: Col, saturation: Col },
    /// Σ (σ·z − σ²/2): ln of the noise.
    Noise { sigma: Col, stream: u32 },
    /// ln(S·D) and S·D.
    Seasoned { trend: Col, noise: Col },
    /// The running maximum of a column, starting from 0 at the as-of month.
    RunningMax { a: Col },
    /// A stock at the month's opening; writes that and the level that is carried on.
    Stock { today: Col, purge: Col, inflow: Col },
    /// base · e^(rate · months/12).
    Drift { base: Col, log_rate: Col, clock: Clock },

    /// The mean of the last three months' amount, of fewer in months 1 and 2; writes that and the two months before.
    Trailing { amount: Col },
    /// 1 where a reading lay on this side of a mark in each of so many months, the last of them the month before; beside it
    /// the months running. Month 1 sees the reading `today`, where there is one and one month is enough. Where it `is_past`
    /// the reading is that of the month before already, and month 1 sees none.
    Held { reading: Col, today: Option<Col>, side: Side, mark: Exact, months: u32, is_past: bool },
    /// 1 where a reading lies on this side of a mark, else 0.
    Beyond { reading: Col, side: Side, mark: Exact },
    /// Whether a count has come to two in so many months: writes 1 or 0 for those that ended with the month before and with
    /// this month, and the months of the last two, −∞ where they have not come.
    Twice { count: Col, months: u32 },
    /// The first month at whose end a reading had lain on this side of a mark so many months running, 0 where `today` it does
    /// and one month is enough, −1 until then; none from the month `ended` on. Beside it the months running.
    Fired { reading: Col, today: Option<Col>, side: Side, mark: Exact, months: u32, ended: Option<Col> },
    /// What [`Op::Keep`] kept in the month before, `start` in month 1; `key` tells apart what begins alike. Writes that and
    /// what is kept.
    Recall { start: Col, key: u32 },
    /// Keeps a column for the next month: written beside what [`Op::Recall`] writes.
    Keep { a: Col },
    /// 1 where a contract came to an end, or to a further term, with the month before.
    Renewed { until: Col, every: Option<Col> },
    /// The time at which a project starts: +∞ until the first month, not before the time `from`, in which one of `holds` is
    /// above 0, one of the months in `hits` (−1 where it has not come yet) lies before, or `month` has come; then its opening,
    /// put off by `delay`. Nothing starts from the month `ended` on.
    Start { holds: Vec<Col>, hits: Vec<Col>, month: Option<u32>, from: Col, delay: u32, ended: Option<Col> },
    /// When a project starts that must start at one of these times at the latest, the factor on its effort that comes with that,
    /// and the first of them, all `before` a time; writes these three. Where it starts by itself at or before them the factor is 1.
    Forced { own: Col, causes: Vec<(Col, Col)>, before: u32 },
    /// Attempts to cut over that fail, one after the other, drawn once a trial.
    Attempts { fails: Col, stream: u32 },
    /// How many of them fall into the month.
    Failed { tried: Col, gap: Col, failed: Col },
    /// The month of an event with the same chance in each until it happens, drawn in `stream`; infinite: never.
    Hazard { hazard: Col, stream: u32 },
    /// The stated month of an event that happens with a chance, drawn in `stream`; infinite where it does not.
    Chance { probability: Col, month: Col, stream: u32 },
    /// 1 from a month on, 0 before it and before month 1.
    From { month: Col },

    /// Where a project stands in the month; writes the columns of [`Phase`].
    Phase { start: Col, cutover: Col, traffic: Col, on: Col, off: Col, standby: Col, course: Option<Course> },
    /// The load at cutover, from the month of cutover on; 0 before.
    HoldAtCutover { load: Col, cutover: Col },
    /// What a platform that is being left sees of a load while in service: load·before + held·after.
    LoadOld { load: Col, before: Col, held: Col, after: Col },
    /// m − 1: months since the opening, for an option that is on its platform from the start.
    Elapsed,
    /// 1 + extra·2^(−k/half-life).
    Learning { extra: Col, half_life: Col, since: Col },

    /// Operational debt of the month, and what is carried into the next: from the first full month after `cutover` on it
    /// goes from `start` towards accrual/(accrual + paydown). What is `added` in a month counts in it at once, up to 1.
    Debt { start: Col, accrual: Col, paydown: Col, cutover: Col, added: Col },
    /// What becomes of it in a month, less what somebody takes off: the step of [`Op::Debt`] alone.
    DebtStep { now: Col, accrual: Col, paydown: Col, lowers: Col, cutover: Col },
    /// Where that ends: accrual/(accrual + paydown), or `start` where both are 0.
    SettledDebt { start: Col, accrual: Col, paydown: Col },

    /// Seats of people: writes the columns of [`Seats`] and, of each seat, the month from which on it is filled (±∞: always,
    /// not open). Seats open at the time `opens`, those of today and what anybody leaves from `begins` on, none from `ends` on.
    Seats {
        begins: Col,
        opens: Col,
        ends: Col,
        lag: Col,
        ramp: Col,
        attrition: Col,
        mis_hire: Option<MisHire>,
        seats: u32,
        filled: u32,
        stream: u32,
    },

    /// Units that carry a load; in the as-of month what runs today.
    Units { load: Col, per_load: Col, peak: Col, at_least: Col, slack: Col, today: Option<Today> },
    /// Graduated brackets: ends ascending (constants' columns), prices beside them.
    Metered { quantity: Col, brackets: Vec<(Col, Col)> },
    /// The rung of a ladder that holds all `needs`; by [`Memory`] writes the rung, or the rung and that of the month before.
    Rung { needs: Vec<Col>, plans: Vec<Vec<Limit>>, memory: Memory },
    /// The price of a rung: above the last plan, several of it.
    RungPrice { rung: Col, prices: Vec<Col> },
    /// The first month in service above the last of `plans`; −1 until then.
    Wall { rung: Col, plans: u32, service: Col },
    /// An amount in one month, if the platform is in service then.
    InMonth { amount: Col, month: Col, service: Col },

    /// What is bought ahead of a line that buys units; writes the columns of [`Committed`].
    Commitment { need: Need, held: Option<Held>, bought: Option<Bought> },
    /// A vendor's contract; writes the columns of [`Contracted`].
    Contract { until: Col, renews_every: Option<Col>, notice: Col, leaving: Col, gone: Option<Col> },
    /// A balance that pays invoices; writes the part of the month's invoice that is left, and the balance after it.
    Credits { invoice: Col, amount: Col, begins: Col, until: Option<Col>, ended: Option<Col> },

    /// What a reading has risen by since the month before, at least 0, in month 1 since the as-of month; beside it the reading.
    Rise { now: Col, today: Col },

    /// A Poisson count of the month from one uniform.
    Count { mean: Col, stream: u32 },
    /// Total length of a count of log-normal incidents, each with its own draw.
    Durations { count: Col, mu: Col, sigma: Col, stream: u32 },

    /// ln of the size of the grid, today 0.
    Size,
    /// Last place on the grid at which the option costs more, −1 if none; writes that, the number of changes of side,
    /// and the side it was on.
    LastDearer { difference: Col, baseline: Col },

    /// The running sum of a monthly amount upon an opening amount.
    Accrue { amount: Col, opening: Col, worth: Worth },
    /// The same as paid, begun anew with each fiscal year; month 1 is the month `first` of one, from 0. The opening
    /// counts to the first.
    AccrueYear { amount: Col, opening: Col, first: u32 },
    /// Where the difference stands; writes the columns of [`Track`]. Runs at the opening too.
    Track { delta: Col, baseline: Col },
    /// The largest nominal difference so far and its month. Runs at the opening too.
    Deepest { delta: Col },
    /// What is decided on: a cost so far, to the end of month `until` and no longer, and with that so many times what a month of
    /// late costs more than the baseline, at the worth of that month. Runs at the opening too.
    Decided { total: Col, pace: Option<Col>, until: u32, times: Exact, worth: Worth },
    /// Last month, before `ended`, in which the trailing three-month difference is above 0; writes that and the two months before.
    RunRate { difference: Col, baseline: Col, overlap_end: Col, ended: Col },
}

/// An operation and the first column it writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is done.
    pub op: Op,
    /// The first column written.
    pub out: Col,
}

impl Op {
    /// How many columns it writes.
    #[must_use]
    pub const fn width(&self) -> u32 {
        match self {
            Self::Trend { .. }
            | Self::Forced { .. }
            | Self::RunRate { .. }
            | Self::LastDearer { .. }
            | Self::Trailing { .. } => 3,
            Self::Seasoned { .. }
            | Self::Stock { .. }
            | Self::Held { .. }
            | Self::Fired { .. }
            | Self::Rise { .. }
            | Self::Deepest { .. }
            | Self::Debt { .. }
            | Self::Recall { .. }
            | Self::Credits { .. }
            | Self::Rung { memory: Memory::SinceAsOf { .. }, .. } => 2,
            Self::Twice { .. } => 4,
            Self::Phase { .. } => Phase::WIDTH,
            Self::Track { .. } => Track::WIDTH,
            Self::Seats { seats, .. } => Seats::WIDTH + *seats,
            Self::Commitment { .. } => Committed::WIDTH,
            Self::Contract { .. } => Contracted::WIDTH,
            _ => 1,
        }
    }

    /// The earliest stage it may run in, whatever it reads.
    #[must_use]
    pub const fn own_stage(&self) -> Stage {
        match self {
            Self::Estimate { .. }
            | Self::Row { .. }
            | Self::Cell { .. }
            | Self::Case { .. }
            | Self::Select { .. }
            | Self::Unary { .. }
            | Self::Binary { .. }
            | Self::SumProducts { .. }
            | Self::SettledDebt { .. }
            | Self::Beyond { .. }
            | Self::Units { today: None, .. }
            | Self::Rung { memory: Memory::None, .. }
            | Self::RungPrice { .. }
            | Self::Metered { .. } => Stage::Once,
            Self::Trend { .. }
            | Self::Noise { .. }
            | Self::Seasoned { .. }
            | Self::RunningMax { .. }
            | Self::Hazard { .. }
            | Self::Chance { .. }
            | Self::From { .. }
            | Self::Stock { .. }
            | Self::Rung { memory: Memory::SinceAsOf { .. }, .. }
            | Self::Drift { clock: Clock::AsOf, .. } => Stage::Advance,
            Self::Size | Self::LastDearer { .. } => Stage::Size,
            _ => Stage::Monthly,
        }
    }

    /// The columns it reads.
    #[must_use]
    pub fn reads(&self) -> Vec<Col> {
        match self {
            Self::Estimate { .. } | Self::Row { .. } | Self::Case { .. } | Self::Elapsed | Self::Size => Vec::new(),
            Self::Cell { row, .. } => vec![*row],
            Self::Select { which, among } => std::iter::once(*which).chain(among.iter().copied()).collect(),
            Self::Unary { a, .. } | Self::RunningMax { a } => vec![*a],
            Self::Binary { a, b, .. } => vec![*a, *b],
            Self::SumProducts { terms } => terms.iter().flat_map(|(w, x)| [*w, *x]).collect(),
            Self::Trend { log_growth, decay, saturation } => vec![*log_growth, *decay, *saturation],
            Self::Noise { sigma, .. } => vec![*sigma],
            Self::Seasoned { trend, noise } => vec![*trend, *noise],
            Self::Stock { today, purge, inflow } => vec![*today, *purge, *inflow],
            Self::Drift { base, log_rate, .. } => vec![*base, *log_rate],
            Self::Trailing { amount } => vec![*amount],
            Self::Held { reading, today, .. } => std::iter::once(*reading).chain(*today).collect(),
            Self::Beyond { reading, .. } => vec![*reading],
            Self::Twice { count, .. } => vec![*count],
            Self::Fired { reading, today, ended, .. } => {
                std::iter::once(*reading).chain(*today).chain(*ended).collect()
            }
            Self::Recall { start, .. } => vec![*start],
            Self::Keep { a } => vec![*a],
            Self::DebtStep { now, accrual, paydown, lowers, cutover } => {
                vec![*now, *accrual, *paydown, *lowers, *cutover]
            }
            Self::Seats { begins, opens, ends, lag, ramp, attrition, mis_hire, .. } => {
                let all = [*begins, *opens, *ends, *lag, *ramp, *attrition].into_iter();
                all.chain(mis_hire.iter().flat_map(|mis_hire| [mis_hire.share, mis_hire.after])).collect()
            }
            Self::Renewed { until, every } => std::iter::once(*until).chain(*every).collect(),
            Self::Start { holds, hits, from, ended, .. } => {
                holds.iter().chain(hits).chain(ended).copied().chain(std::iter::once(*from)).collect()
            }
            Self::Forced { own, causes, .. } => {
                std::iter::once(*own).chain(causes.iter().flat_map(|(time, rush)| [*time, *rush])).collect()
            }
            Self::Attempts { fails, .. } => vec![*fails],
            Self::Failed { tried, gap, failed } => vec![*tried, *gap, *failed],
            Self::Phase { start, cutover, traffic, on, off, standby, course } => {
                let all = vec![*start, *cutover, *traffic, *on, *off, *standby];
                all.into_iter().chain(course.iter().flat_map(Course::reads)).collect()
            }
            Self::HoldAtCutover { load, cutover } => vec![*load, *cutover],
            Self::LoadOld { load, before, held, after } => vec![*load, *before, *held, *after],
            Self::Learning { extra, half_life, since } => vec![*extra, *half_life, *since],
            Self::Hazard { hazard, .. } => vec![*hazard],
            Self::Chance { probability, month, .. } => vec![*probability, *month],
            Self::From { month } => vec![*month],
            Self::Debt { start, accrual, paydown, cutover, added } => {
                vec![*start, *accrual, *paydown, *cutover, *added]
            }
            Self::SettledDebt { start, accrual, paydown } => vec![*start, *accrual, *paydown],
            Self::Units { load, per_load, peak, at_least, slack, today } => {
                let mut all = vec![*load, *per_load, *peak, *at_least, *slack];
                all.extend(today.iter().flat_map(|t| [t.units, t.moved]));
                all
            }
            Self::Metered { quantity, brackets } => {
                std::iter::once(*quantity).chain(brackets.iter().flat_map(|(e, p)| [*e, *p])).collect()
            }
            Self::Rung { needs, memory, .. } => needs.iter().copied().chain(memory.reads()).collect(),
            Self::RungPrice { rung, prices } => std::iter::once(*rung).chain(prices.iter().copied()).collect(),
            Self::Wall { rung, service, .. } => vec![*rung, *service],
            Self::InMonth { amount, month, service } => vec![*amount, *month, *service],
            Self::Commitment { need, held, bought } => {
                let mut all = vec![need.units, need.price, need.service, need.leaving];
                all.extend(need.gone);
                all.extend(held.iter().flat_map(|held| [held.quantity, held.price, held.until]));
                all.extend(bought.iter().flat_map(|x| [x.share, x.discount, x.months, x.begins]));
                all
            }
            Self::Contract { until, renews_every, notice, leaving, gone } => {
                [*until, *notice, *leaving].into_iter().chain(*renews_every).chain(*gone).collect()
            }
            Self::Credits { invoice, amount, begins, until, ended } => {
                [*invoice, *amount, *begins].into_iter().chain(*until).chain(*ended).collect()
            }
            Self::Rise { now, today } => vec![*now, *today],
            Self::Count { mean, .. } => vec![*mean],
            Self::Durations { count, mu, sigma, .. } => vec![*count, *mu, *sigma],
            Self::Accrue { amount, opening, .. } | Self::AccrueYear { amount, opening, .. } => vec![*amount, *opening],
            Self::Track { delta, baseline } => vec![*delta, *baseline],
            Self::Decided { total, pace, .. } => std::iter::once(*total).chain(*pace).collect(),
            Self::Deepest { delta } => vec![*delta],
            Self::RunRate { difference, baseline, overlap_end, ended } => {
                vec![*difference, *baseline, *overlap_end, *ended]
            }
            Self::LastDearer { difference, baseline } => vec![*difference, *baseline],
        }
    }
}
