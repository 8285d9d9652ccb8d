//! What an option's costs are made of: lines, phases and buckets, which add up to the total under every lens.

use super::builder::Builder;
use super::op::{Binary, Col};
use super::option::Lowered;
use crate::model::{Account, Bucket, CostPhase, Lens};

/// A line of an option on one platform in one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct LineColumn {
    /// The platform that it is of; the one moved to for the project, none for what counts by option.
    pub platform: Option<String>,
    /// What it is counted as.
    pub account: Account,
    /// Its name: `web`; `work.upkeep`, `incident.outage`, `incident.outage.outside_help`, `migration.to-ecs`.
    pub line: String,
    /// When it falls.
    pub phase: CostPhase,
    /// The narrowest lens that counts it.
    pub lens: Lens,
    /// Dollars of the month; for the opening phase dollars of moment 0.
    pub amount: Col,
}

/// A bucket's, or what stands beside them, in one phase under one lens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is counted as.
    pub account: Account,
    /// When it falls.
    pub phase: CostPhase,
    /// Dollars so far, as paid.
    pub total: Col,
    /// And at present value; the same column where nothing is discounted.
    pub present: Col,
}

/// How the amounts of a platform fall to the phases: a weight for the month's part in which it carries production, and one
/// for that in which it is the second of two that serve.
#[derive(Clone, Copy)]
pub(super) struct Second {
    /// On what is paid while it is in service: parts of the month.
    pub(super) service: Weights,
    /// On amounts that are of the month as it stands: shares of the part in service.
    pub(super) share: Weights,
    /// On incidents: shares of the part with traffic.
    pub(super) traffic: Weights,
}

/// While it carries production, and while it is the second.
#[derive(Clone, Copy)]
pub(super) struct Weights {
    pub(super) running: Col,
    pub(super) dual: Col,
}

impl Weights {
    fn of(b: &mut Builder, whole: Col, dual: Col) -> Self {
        Self { running: b.sub(whole, dual), dual }
    }

    /// The columns of an amount by phase.
    pub(super) fn split(self, b: &mut Builder, amount: Col) -> [Col; 2] {
        [b.mul(self.running, amount), b.mul(self.dual, amount)]
    }
}

impl Second {
    /// Of a platform that is never second.
    pub(super) fn never(b: &mut Builder) -> Self {
        let (one, zero) = (b.one(), b.zero());
        let weights = Weights { running: one, dual: zero };
        Self { service: weights, share: weights, traffic: weights }
    }

    /// Of one that is between two times; `service` and `traffic` are its parts of the month in service and with traffic,
    /// and `with_traffic` is when it has some in that time, if it does.
    pub(super) fn between(
        b: &mut Builder,
        (begin, end): (Col, Col),
        (service, traffic): (Col, Col),
        with_traffic: Option<(Col, Col)>,
    ) -> Self {
        let one = b.one();
        let serving = inside(b, begin, end);
        let share = share_of(b, serving, service);
        let with_traffic = match with_traffic {
            None => b.zero(),
            Some((first, last)) => {
                let with_traffic = inside(b, first, last);
                share_of(b, with_traffic, traffic)
            }
        };
        Self {
            service: Weights::of(b, service, serving),
            share: Weights::of(b, one, share),
            traffic: Weights::of(b, one, with_traffic),
        }
    }
}

/// The length of time inside the month that lies between two times, months since the opening.
pub(super) fn inside(b: &mut Builder, begin: Col, end: Col) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let opening = b.emit(super::op::Op::Elapsed);
    let close = b.add(opening, one);
    let last = b.binary(Binary::Min, close, end);
    let first = b.binary(Binary::Max, opening, begin);
    let length = b.sub(last, first);
    b.binary(Binary::Max, length, zero)
}

/// The part of the month that lies after a time, months since the opening.
pub(super) fn after(b: &mut Builder, time: Col) -> Col {
    let one = b.one();
    let opening = b.emit(super::op::Op::Elapsed);
    let close = b.add(opening, one);
    inside(b, time, close)
}

/// A part of another part; 0 of nothing.
pub(super) fn share_of(b: &mut Builder, part: Col, whole: Col) -> Col {
    let least = b.constant(f64::MIN_POSITIVE);
    let whole = b.binary(Binary::Max, whole, least);
    b.div(part, whole)
}

/// Bucket by phase under every lens, and what stands beside the buckets; what is 0 in every month is left out.
pub(super) fn lower(b: &mut Builder, option: &Lowered) -> [Vec<Part>; Lens::COUNT] {
    Lens::ALL.map(|lens| {
        let mut parts = Vec::new();
        for bucket in Bucket::ALL {
            let place = bucket as usize;
            let counts_hours = lens >= Lens::Tco && bucket == Bucket::Engineering;
            let with_hours = |b: &mut Builder, invoiced: Col, hours: Col| {
                if !counts_hours {
                    return invoiced;
                }
                let paid = b.mul(hours, option.hour);
                b.add(invoiced, paid)
            };
            let mut all = with_hours(b, option.invoiced[place], option.hours);
            for (pay, from) in option.pay.into_iter().zip([Lens::Cash, Lens::Tco]) {
                if lens >= from && bucket == Bucket::Engineering {
                    all = b.add(all, pay);
                }
            }
            let second = with_hours(b, option.dual[place], option.dual_hours);
            let running = b.sub(all, second);
            let mut add = |b: &mut Builder, phase: CostPhase, amount: Col| {
                parts.extend(part(b, Account::Bucket(bucket), phase, amount));
            };
            add(b, CostPhase::Opening, option.opening[place]);
            add(b, CostPhase::Running, running);
            add(b, CostPhase::DualRunning, second);
            if bucket == Bucket::Engineering {
                let mut project = option.project_invoiced;
                if counts_hours {
                    let hours = b.mul(option.project_hours, option.hour);
                    project = b.add(project, hours);
                }
                add(b, CostPhase::Project, project);
            }
        }
        if lens == Lens::Economic {
            for (account, amount) in option.beside() {
                parts.extend(part(b, account, CostPhase::Running, amount));
            }
        }
        parts
    })
}

/// The running sums of a part, unless it is always 0; what is due at the opening stands still.
fn part(b: &mut Builder, account: Account, phase: CostPhase, amount: Col) -> Option<Part> {
    let zero = b.zero();
    (amount != zero).then(|| {
        let [total, present] = match phase {
            CostPhase::Opening => [amount; 2],
            _ => [b.running_sum(amount), b.present_sum(amount)],
        };
        Part { account, phase, total, present }
    })
}
