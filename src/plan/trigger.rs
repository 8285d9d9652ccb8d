//! What starts a project: conditions that are read at the end of a month and acted on at the opening of the next.

use super::builder::Builder;
use super::driver::Drivers;
use super::event;
use super::op::{Binary, Col, Exact, Op, Unary};
use super::option::Lowered;
use super::requirement;
use crate::model::{Condition, Line, Migration, Reading};

/// What conditions read of the baseline.
pub(super) struct Seen {
    /// Mean invoice of the last three months.
    bill: Col,
    /// Developers' coverable hours in their working time, where something looks at that.
    toil: Option<Col>,
    /// First months in which its walls are hit, −1 before that.
    walls: Vec<Col>,
    /// Counts of incidents of the month, by class.
    struck: Vec<(String, Col)>,
}

impl Seen {
    /// Of the baseline, lowered.
    pub(super) fn of(b: &mut Builder, baseline: &Lowered) -> Self {
        let walls = baseline.walls.iter().map(|w| w.1).collect();
        Self { bill: bill(b, &baseline.invoiced), toil: baseline.toil, walls, struck: baseline.struck.clone() }
    }
}

/// Mean invoice of the last three months.
pub(super) fn bill(b: &mut Builder, invoiced: &[Col]) -> Col {
    let one = b.one();
    let invoices = b.sum(invoiced.iter().map(|col| (one, *col)).collect());
    b.emit(Op::Trailing { amount: invoices })
}

/// Lowers the time at which a project starts: the first of its conditions, not before the month that it states.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, migration: &Migration, seen: &Seen) -> Col {
    let month = b.estimate(&migration.start_month);
    let one = b.one();
    let from = b.sub(month, one);
    let (mut holds, mut hits, mut first) = (Vec::new(), Vec::new(), None);
    for condition in &migration.starts_when_any {
        match *condition {
            Condition::Reading { of, side, mark, months } => {
                let zero = b.zero();
                let (reading, today) = match of {
                    Reading::Bill => (seen.bill, None),
                    Reading::Toil => (seen.toil.unwrap_or(zero), None),
                    Reading::Fact(fact) => {
                        let (now, today) = drivers.fact(b, fact).unwrap_or((zero, zero));
                        (now, Some(today))
                    }
                    Reading::Driver(id) => (drivers.now(id), Some(drivers.today(id))),
                };
                holds.push(b.emit(Op::Held { reading, today, side, mark: Exact::new(mark), months, is_past: false }));
            }
            Condition::Month(number) => first = Some(first.map_or(number, |known: u32| known.min(number))),
            Condition::Repeated { ref class, months } => holds.extend(twice(b, &seen.struck, class, months)),
            Condition::Renewal => holds.extend(renewals(b)),
            Condition::Wall => hits.extend(&seen.walls),
            Condition::Requirement(id) => hits.push(requirement::month(b, id)),
            Condition::Filled(_) => unreachable!("Invariant: projects do not wait for seats"),
        }
    }
    let ended = event::product_ends(b);
    b.emit(Op::Start { holds, hits, month: first, from, delay: migration.delay_months, ended })
}

/// Whether a class has struck a platform twice in so many months, for each platform that has it.
pub(super) fn twice(b: &mut Builder, struck: &[(String, Col)], class: &str, months: u32) -> Vec<Col> {
    let counts = struck.iter().filter(|(name, _)| name == class);
    counts.map(|(_, count)| b.emit(Op::Twice { count: *count, months })).collect()
}

/// The renewals of all contracts with vendors of the baseline's platform.
pub(super) fn renewals(b: &mut Builder) -> Vec<Col> {
    let scenario = b.scenario;
    let lines = &scenario.platform(scenario.baseline().platform).lines;
    let sells = |at: usize| lines.iter().any(|line: &Line| line.vendor.is_some_and(|vendor| vendor.0 == at));
    let vendors = scenario.vendors.iter().enumerate().filter(|(at, _)| sells(*at));
    let contracts: Vec<_> = vendors.filter_map(|(_, vendor)| vendor.contract.as_ref()).collect();
    let mut all = Vec::new();
    for contract in contracts {
        let [until, every] = [Some(&contract.until), contract.renews_every.as_ref()].map(|months| {
            months.map(|months| {
                let months = b.estimate(months);
                let whole = b.unary(Unary::Round, months);
                let one = b.one();
                b.binary(Binary::Max, whole, one)
            })
        });
        all.extend(until.map(|until| b.emit(Op::Renewed { until, every })));
    }
    all
}
