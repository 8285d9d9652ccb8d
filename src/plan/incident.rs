use super::builder::Builder;
use super::debt::Effects;
use super::driver::Drivers;
use super::op::{Binary, Col, Op, Unary};
use super::work::{People, learning};
use crate::model::IncidentClass;

/// z of the nine-in-ten point of a standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

/// What a class does in a month, as it turns out.
pub(super) struct Lowered {
    /// Hours of people.
    pub(super) hours: Col,
    /// Outside help, dollars.
    pub(super) invoiced: Col,
}

/// A class's parameters, lowered.
struct Class {
    mean: Col,
    mu: Col,
    sigma: Col,
    responders: Col,
    each: Col,
    help: Col,
    restore: Col,
}

/// Lowers a class on a side that has traffic for `traffic` of the month: its counts and lengths as drawn.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    platform: &str,
    class: &IncidentClass,
    (traffic, since, debt): (Col, Option<Col>, &Effects),
) -> Lowered {
    let path = format!("platform.{platform}.incident.{}", class.name);
    let c = parameters(b, drivers, people, class, (traffic, since, debt));
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
    (traffic, since, debt): (Col, Option<Col>, &Effects),
) -> Lowered {
    let c = parameters(b, drivers, people, class, (traffic, since, debt));
    let lengths = mean_length(b, &c);
    paid(b, &c, c.mean, lengths)
}

fn parameters(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    class: &IncidentClass,
    (traffic, since, debt): (Col, Option<Col>, &Effects),
) -> Class {
    let elasticity = b.estimate(&class.elasticity);
    let rate = b.estimate(&class.rate_per_month);
    let scale = drivers.scale(b, class.driver, elasticity);
    let practice = learning(b, class.learning.as_ref(), since);
    let scaled = b.mul(rate, scale);
    let practised = b.mul(scaled, practice);
    let indebted = b.mul(practised, debt.incidents);
    let mean = b.mul(indebted, traffic);
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
    Class { mean, mu, sigma, responders, each, help, restore: debt.restore }
}

/// Hours and outside help of so many incidents that last so long together.
fn paid(b: &mut Builder, c: &Class, count: Col, lengths: Col) -> Lowered {
    let hours = b.sum(vec![(c.responders, lengths), (c.each, count)]);
    Lowered { hours, invoiced: b.mul(c.help, lengths) }
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
