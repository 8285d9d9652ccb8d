use super::builder::Builder;
use super::debt::{self, Effects};
use super::driver::Drivers;
use super::op::{Binary, Col, Op, Unary};
use super::work::{People, learning};
use crate::model::{Frequency, IncidentClass};
use crate::units::HOURS_PER_MONTH;

/// z of the nine-in-ten point of a standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

/// What a class does in a month.
pub(super) struct Lowered {
    /// Number of incidents.
    pub(super) count: Col,
    /// Hours of people.
    pub(super) hours: Col,
    /// Outside help, dollars.
    pub(super) invoiced: Col,
    /// Hours of all revenue that stop: the share hit × length.
    pub(super) stopped: Col,
    /// Those of them that do not come later.
    pub(super) lost: Col,
    /// What customers are paid, dollars.
    pub(super) penalties: Col,
    /// How many times its cost of the month the line of a runaway bill costs on top.
    pub(super) runaway: Col,
}

/// A class's parameters, lowered.
struct Class {
    mean: Col,
    mu: Col,
    sigma: Col,
    responders: Col,
    each: Col,
    help: Col,
    /// The part of hours and help that is here.
    here: Col,
    restore: Col,
    hit: Col,
    never_recovered: Col,
    penalty: Col,
    runaway: Col,
}

/// What a class needs to know of its side.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Part of the month in service.
    pub(super) service: Col,
    /// Part of the month with traffic.
    pub(super) traffic: Col,
    /// Mean share of all traffic in the month.
    pub(super) traffic_share: Col,
    /// 1 while the product lives, else 0.
    pub(super) alive: Col,
    /// Months since the cutover.
    pub(super) since: Option<Col>,
    /// What debt multiplies.
    pub(super) debt: &'a Effects,
}

/// Lowers a class on a side: its counts and lengths as drawn.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    platform: &str,
    class: &IncidentClass,
    place: Place,
) -> Lowered {
    let path = class.luck(platform);
    let c = parameters(b, drivers, people, class, place);
    let stream = b.stream(format!("{path}.count"));
    let count = b.emit(Op::Count { mean: c.mean, stream });
    let stream = b.stream(format!("{path}.duration"));
    let lengths = b.emit(Op::Durations { count, mu: c.mu, sigma: c.sigma, stream });
    let lengths = b.mul(lengths, c.restore);
    paid(b, &c, count, lengths)
}

/// The same at its mean, given estimates and load.
pub(super) fn lower_mean(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    class: &IncidentClass,
    place: Place,
) -> Lowered {
    let c = parameters(b, drivers, people, class, place);
    let lengths = mean_length(b, &c);
    paid(b, &c, c.mean, lengths)
}

fn parameters(b: &mut Builder, drivers: &Drivers, people: &People, class: &IncidentClass, place: Place) -> Class {
    let one = b.one();
    let nothing = debt::none(b);
    // What all platforms suffer at once is as frequent and as long on each: its hours are for the part in service, what
    // customers are paid for the share of traffic.
    let (happens, here, reach, since, debt) = if class.shared {
        (one, place.service, place.traffic_share, None, &nothing)
    } else {
        (place.traffic, one, one, place.since, place.debt)
    };
    let scaled = match &class.frequency {
        Frequency::Monthly { today, driver, elasticity } => {
            let elasticity = b.estimate(elasticity);
            let rate = b.estimate(today);
            let scale = drivers.scale(b, *driver, elasticity);
            b.mul(rate, scale)
        }
        Frequency::Constant(rate) => b.estimate(rate),
        Frequency::Per(terms) => drivers.per(b, terms),
    };
    let practice = learning(b, class.learning.as_ref(), since);
    let practised = b.mul(scaled, practice);
    let indebted = b.mul(practised, debt.incidents);
    let mean = b.mul(indebted, happens);
    let mean = b.mul(place.alive, mean);
    let p50 = b.estimate(&class.duration_p50_hours);
    let p90 = b.estimate(&class.duration_p90_hours);
    let mu = b.unary(Unary::Ln, p50);
    let ratio = b.div(p90, p50);
    let log_ratio = b.unary(Unary::Ln, ratio);
    let z90 = b.constant(Z90);
    let sigma = b.div(log_ratio, z90);
    let responders = b.estimate(&class.responders);
    let refocus = b.mul(responders, people.refocus);
    let follow_up = b.estimate(&class.follow_up_hours);
    let each = b.add(refocus, follow_up);
    let help = b.estimate(&class.outside_help_per_hour);
    let hit = b.estimate(&class.revenue_hit);
    let recovered = b.estimate(&class.recovered);
    let never_recovered = b.sub(one, recovered);
    let penalty = b.estimate(&class.penalties);
    let penalty = b.mul(penalty, reach);
    let runaway = runaway(b, class);
    let restore = debt.restore;
    Class { mean, mu, sigma, responders, each, help, here, restore, hit, never_recovered, penalty, runaway }
}

/// How many times its cost of a month one runaway bill adds to a line: multiple × time until noticed × what is not refunded.
fn runaway(b: &mut Builder, class: &IncidentClass) -> Col {
    let Some(runaway) = &class.runaway else { return b.zero() };
    let times = b.estimate(&runaway.times);
    let hours = b.estimate(&runaway.noticed_after_hours);
    let refunded = b.estimate(&runaway.refunded);
    let (one, month) = (b.one(), b.constant(HOURS_PER_MONTH));
    let part = b.div(hours, month);
    let paid = b.sub(one, refunded);
    let added = b.mul(times, part);
    b.mul(added, paid)
}

/// What so many incidents that last so long together come to.
fn paid(b: &mut Builder, c: &Class, count: Col, lengths: Col) -> Lowered {
    let hours = b.sum(vec![(c.responders, lengths), (c.each, count)]);
    let hours = b.mul(hours, c.here);
    let invoiced = b.mul(c.help, lengths);
    let invoiced = b.mul(invoiced, c.here);
    let stopped = b.mul(c.hit, lengths);
    let lost = b.mul(stopped, c.never_recovered);
    let penalties = b.mul(count, c.penalty);
    let runaway = b.mul(count, c.runaway);
    Lowered { count, hours, invoiced, stopped, lost, penalties, runaway }
}

/// Mean number × mean of a log-normal length, e^(mu + sigma²/2).
fn mean_length(b: &mut Builder, c: &Class) -> Col {
    let half = b.constant(0.5);
    let square = b.binary(Binary::Mul, c.sigma, c.sigma);
    let square = b.mul(half, square);
    let log = b.add(c.mu, square);
    let each = b.unary(Unary::Exp, log);
    let lengths = b.mul(c.mean, each);
    b.mul(lengths, c.restore)
}
