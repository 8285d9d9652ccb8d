use std::ops::Range;

use super::builder::Builder;
use super::change;
use super::commitment;
use super::driver::Drivers;
use super::event;
use super::in_force;
use super::ladder;
use super::must_leave::Gone;
use super::op::{Binary, Col, Op, Today, Unary};
use super::price;
use crate::model::{
    Estimate, InForce, Line, Moves, Platform, Scheme, ShareScheme, Sizing, UnitPrice, UnitsScheme, When,
};

/// How a line's amount is paid.
pub(super) enum Cost {
    /// For every month in service, in proportion to the part of it.
    Running(Col),
    /// At the opening.
    Opening(Col),
    /// In the month as it stands: already for the part of it in service, and 0 in a month that does not owe it.
    Invoiced(Col),
    /// As that, for a line that is bought ahead.
    Committed {
        /// What is paid.
        paid: Col,
        /// The same with what is paid upfront spread over its term.
        spread: Col,
        /// What is still to be paid after the month.
        owed: Col,
    },
}

impl Cost {
    /// The factor on what is paid in the month, and that amount; `None` for what is due at the opening.
    fn in_month(&self, b: &mut Builder, service: Col) -> Option<(Col, Col)> {
        let one = b.one();
        match self {
            Self::Running(cost) => Some((service, *cost)),
            Self::Invoiced(paid) | Self::Committed { paid, .. } => Some((one, *paid)),
            Self::Opening(_) => None,
        }
    }
}

/// Which month a line is lowered for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// Month after month from the as-of month on.
    Months,
    /// The steady month at a size: nothing is paid once in it, and nothing went before.
    Steady,
}

/// What a line needs to know of its side.
pub(super) struct Place<'a> {
    /// The load of a driver that the side sees while in service; the driver itself where it is not split.
    pub(super) load: &'a dyn Fn(&mut Builder, crate::model::DriverId) -> Col,
    /// Part of the month in service.
    pub(super) service: Col,
    /// First month in service, for a platform that is moved to.
    pub(super) first_month: Option<Col>,
    /// Share of traffic moved, on a platform whose as-of month is billed at the units that run today.
    pub(super) moved: Option<Col>,
    /// The part of the hours that is done by those whose job it is.
    pub(super) owned: Col,
    /// When all traffic is here, months since the opening; 0 on a platform of the opening.
    pub(super) settled: Col,
    /// When leaving it begins, months since the opening; `None` if nobody leaves it.
    pub(super) leaving: Option<Col>,
    /// When the platform is gone, if it can be.
    pub(super) gone: Option<Gone>,
    pub(super) life: Life,
    /// The same for lines that move with traffic and at the cutover, whatever they count; none where nothing moves.
    pub(super) ways: Option<[&'a Place<'a>; 2]>,
}

impl Place<'_> {
    /// The place as a line sees it that may say how it moves.
    fn of(&self, line: &Line) -> &Self {
        match (line.moves, self.ways) {
            (Some(Moves::WithTraffic), Some([with_traffic, _])) => with_traffic,
            (Some(Moves::AtCutover), Some([_, at_cutover])) => at_cutover,
            _ => self,
        }
    }
}

/// Lowers a line to its month's cost, after those that are `done`. This is where a price line's arithmetic is written
/// down; its loops are in `sim::ops::line`.
fn lower(b: &mut Builder, drivers: &Drivers, line: &Line, place: &Place, done: &[(&Line, Cost)]) -> Cost {
    let place = place.of(line);
    let scale = price::scale(b, line, place);
    let dearer = price::factor(b, line, place.life);
    match &line.scheme {
        Scheme::Once { amount, when } => {
            let amount = b.estimate(amount);
            let amount = b.mul(amount, scale);
            once(b, (amount, dearer), (when, &line.in_force), place)
        }
        Scheme::Fixed { price, times } => {
            let price = b.estimate(price);
            let times = b.estimate(times);
            let price = b.mul(price, times);
            let price = b.mul(price, scale);
            Cost::Running(b.mul(price, dearer))
        }
        Scheme::Units(scheme) => {
            let units = units(b, drivers, scheme, place);
            let price = unit_price(b, &scheme.price);
            if let Some(commitment) = &line.commitment {
                let (units, price) = (b.mul(units, scale), b.mul(price, dearer));
                let counts = in_force::weight(b, &line.in_force);
                let gone = place.gone.filter(|gone| gone.seller == line.vendor).map(|gone| gone.known);
                return commitment::lower(b, commitment, (units, price, counts), gone, place);
            }
            let price = b.mul(price, scale);
            let price = b.mul(price, dearer);
            Cost::Running(b.mul(units, price))
        }
        Scheme::Metered { driver, in_a_month, brackets } => {
            let load = (place.load)(b, *driver);
            let in_a_month = b.constant(*in_a_month);
            let quantity = b.mul(load, in_a_month);
            let brackets = brackets.iter().map(|x| (b.constant(x.up_to), b.estimate(&x.price))).collect();
            let cost = b.emit(Op::Metered { quantity, brackets });
            let cost = b.mul(cost, scale);
            Cost::Running(b.mul(cost, dearer))
        }
        Scheme::Ladder(scheme) => {
            let cost = ladder::lower(b, drivers, (scheme, &line.in_force), place);
            let cost = b.mul(cost, scale);
            Cost::Running(b.mul(cost, dearer))
        }
        Scheme::Seats { driver, price } => {
            let people = (place.load)(b, *driver);
            let seats = b.unary(Unary::Ceil, people);
            let price = b.estimate(price);
            let price = b.mul(price, scale);
            let price = b.mul(price, dearer);
            Cost::Running(b.mul(seats, price))
        }
        Scheme::Share(scheme) => {
            let invoice = invoice(b, |line| scheme.covers(line), place, done);
            let cost = share(b, scheme, dearer, place, invoice);
            Cost::Invoiced(b.mul(cost, scale))
        }
        Scheme::Copy { of, scale: times } => {
            let copied = invoice(b, |line| line.can_be_copied() && of.iter().any(|of| of.names(line)), place, done);
            let times = b.estimate(times);
            let cost = b.mul(copied, times);
            Cost::Invoiced(b.mul(cost, scale))
        }
    }
}

/// Lowers a platform's lines in their order, copies and shares after what they are of; with each its cost, and which
/// estimates it asked for.
pub(super) fn lower_all<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    platform: &'s Platform,
    place: &Place,
) -> Vec<(&'s Line, Cost, Range<usize>)> {
    let mut done = Vec::with_capacity(platform.lines.len());
    let mut asked = Vec::with_capacity(platform.lines.len());
    let owed = |line: &&Line| place.life == Life::Months || !matches!(line.scheme, Scheme::Once { .. });
    for turn in 0..=2 {
        for line in platform.lines.iter().filter(owed).filter(|line| line.turn() == turn) {
            let mark = b.mark();
            let cost = lower(b, drivers, line, place, &done);
            let cost = counted(b, line, cost, place.life);
            done.push((line, cost));
            asked.push(mark..b.mark());
        }
    }
    done.into_iter().zip(asked).map(|((line, cost), asked)| (line, cost, asked)).collect()
}

/// A cost where the line is in force. What is due at the opening comes before all that; what is bought ahead is bought while
/// it is, and paid to the end of its term.
fn counted(b: &mut Builder, line: &Line, cost: Cost, life: Life) -> Cost {
    let counts = match life {
        Life::Months => in_force::weight(b, &line.in_force),
        Life::Steady => in_force::steady_weight(b, &line.in_force),
    };
    match cost {
        Cost::Running(cost) => Cost::Running(b.mul(counts, cost)),
        Cost::Invoiced(cost) => Cost::Invoiced(b.mul(counts, cost)),
        Cost::Opening(_) | Cost::Committed { .. } => cost,
    }
}

/// 1 where a line is above its capacity wall in a steady month, else 0, if it has one.
pub(super) fn wall_at_a_size(b: &mut Builder, drivers: &Drivers, line: &Line, place: &Place) -> Option<Col> {
    match &line.scheme {
        Scheme::Ladder(scheme) if line.has_wall() => {
            Some(ladder::wall_at_a_size(b, drivers, (scheme, &line.in_force), place.of(line)))
        }
        _ => None,
    }
}

/// The first month in which a line hits its capacity wall, if it has one.
pub(super) fn wall(b: &mut Builder, drivers: &Drivers, line: &Line, place: &Place) -> Option<Col> {
    match &line.scheme {
        Scheme::Ladder(scheme) if line.has_wall() => {
            Some(ladder::wall(b, drivers, (scheme, &line.in_force), place.of(line)))
        }
        _ => None,
    }
}

/// What some lines are invoiced at in the month. What is due at the opening is no month's.
fn invoice(b: &mut Builder, is_one: impl Fn(&Line) -> bool, place: &Place, done: &[(&Line, Cost)]) -> Col {
    let covered = done.iter().filter(|(line, _)| is_one(line));
    let terms = covered.filter_map(|(_, cost)| cost.in_month(b, place.service)).collect();
    b.sum(terms)
}

/// Brackets on an invoice, and the minimum, which is a price, for the part of the month in service.
fn share(b: &mut Builder, scheme: &ShareScheme, dearer: Col, place: &Place, invoice: Col) -> Col {
    let brackets = scheme.brackets.iter().map(|x| (b.constant(x.up_to), b.estimate(&x.price))).collect();
    let part = b.emit(Op::Metered { quantity: invoice, brackets });
    let at_least = b.estimate(&scheme.at_least);
    let least = b.mul(at_least, place.service);
    let least = b.mul(least, dearer);
    if least == b.zero() { part } else { b.binary(Binary::Max, part, least) }
}

/// Dollars a month for one unit.
fn unit_price(b: &mut Builder, price: &UnitPrice) -> Col {
    match price {
        UnitPrice::Single(price) => b.estimate(price),
        UnitPrice::Bundle(parts) => {
            let terms = parts.iter().map(|part| (b.estimate(&part.times), b.estimate(&part.price))).collect();
            b.sum(terms)
        }
    }
}

/// An amount in its month, at that month's price.
fn once(b: &mut Builder, (amount, dearer): (Col, Col), (when, in_force): (&When, &InForce), place: &Place) -> Cost {
    let stated = match when {
        When::Opening => None,
        When::Month(month) => {
            let month = b.estimate(month);
            Some(event::whole_month(b, month))
        }
    };
    let begun = in_force::first_month(b, in_force);
    let months = [stated, place.first_month, begun].into_iter().flatten();
    let Some(month) = months.reduce(|month, other| b.binary(Binary::Max, month, other)) else {
        return Cost::Opening(amount);
    };
    let amount = b.mul(amount, dearer);
    Cost::Invoiced(b.emit(Op::InMonth { amount, month, service: place.service }))
}

/// Units that carry the load (MODEL.md §4); a stated `today` fixes the capacity (there, first bill).
fn units(b: &mut Builder, drivers: &Drivers, scheme: &UnitsScheme, place: &Place) -> Col {
    units_for(b, scheme, |b| ((place.load)(b, scheme.driver), drivers.today(scheme.driver)), place.moved)
}

/// The same of a load with its reading of the as-of month.
pub(super) fn units_for(
    b: &mut Builder,
    scheme: &UnitsScheme,
    load: impl FnOnce(&mut Builder) -> (Col, Col),
    moved: Option<Col>,
) -> Col {
    let one = b.one();
    let headroom = b.estimate(&scheme.headroom);
    let spare = b.add(one, headroom);
    let peak = b.estimate(&scheme.peak);
    let autoscaling = b.estimate(&scheme.autoscaling);
    let slack = b.sub(one, autoscaling);
    let (load, load_today) = load(b);
    let (per_load, today) = match &scheme.sizing {
        Sizing::Capacity(capacity) => {
            let capacity = b.estimate(capacity);
            (b.div(spare, capacity), None)
        }
        Sizing::Today(running) => {
            let units = b.estimate(running);
            let half = b.constant(0.5);
            let need = b.sub(units, half);
            let (peak, slack, more) = at_sizing(b, scheme, running, (peak, slack, spare));
            // n − ½ = a + slack·(peak·a − a), so the need for a unit of load is (n − ½) / (X_0 · (1 + slack·(peak − 1))).
            let above_mean = b.sub(peak, one);
            let paid_above = b.mul(slack, above_mean);
            let factor = b.add(one, paid_above);
            let at_today = b.mul(load_today, factor);
            let per_load = b.div(need, at_today);
            let per_load = b.mul(per_load, more);
            let moved = moved.map(|moved| resized(b, scheme, running, moved));
            let moved = moved.map(|moved| event::moves_load(b, moved, [load, load_today]));
            (per_load, moved.map(|moved| Today { units, moved }))
        }
    };
    let at_least = b.estimate(&scheme.at_least);
    b.emit(Op::Units { load, per_load, peak, at_least, slack, today })
}

/// What the capacity of a line is read from that says how many units run today: peak, the part of it that is paid for, and
/// what the headroom is times. A change that says how many run after it is read with what it changes; one that does not
/// leaves the capacity as it is.
fn at_sizing(
    b: &mut Builder,
    scheme: &UnitsScheme,
    running: &Estimate,
    (peak, slack, spare): (Col, Col, Col),
) -> (Col, Col, Col) {
    let one = b.one();
    if running.before.is_some() || !is_resized(scheme) {
        return (peak, slack, one);
    }
    let peak = b.estimate_before(&scheme.peak);
    let autoscaling = b.estimate_before(&scheme.autoscaling);
    let slack = b.sub(one, autoscaling);
    let headroom = b.estimate_before(&scheme.headroom);
    let then = b.add(one, headroom);
    (peak, slack, b.div(spare, then))
}

/// Whether a change touches what units are counted by.
fn is_resized(scheme: &UnitsScheme) -> bool {
    [&scheme.headroom, &scheme.peak, &scheme.autoscaling].into_iter().any(|estimate| estimate.before.is_some())
}

/// What keeps the as-of month from being billed at the units that run today: traffic that has moved, or a change of what
/// they are counted by.
fn resized(b: &mut Builder, scheme: &UnitsScheme, running: &Estimate, moved: Col) -> Col {
    if running.before.is_some() {
        return moved;
    }
    let counted = [&scheme.headroom, &scheme.peak, &scheme.autoscaling];
    let Some(before) = counted.into_iter().find_map(|estimate| estimate.before.as_ref()) else { return moved };
    let changed = change::from(b, &before.until);
    b.binary(Binary::Max, moved, changed)
}
