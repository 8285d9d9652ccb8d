//! The steady month at a given size: what crossover scale is read from (MODEL.md §9). Month-1 prices, no season, events
//! or learning, drivers at X_0·D^ε, incidents at their mean,
//! debt where it settles, all traffic on the option's own platform; what has an end is over, what begins has begun,
//! requirements are as at the opening.

use super::builder::{AsOf, Builder};
use super::cover;
use super::debt;
use super::driver::{Drivers, per_units};
use super::friction::{self, Joining};
use super::in_force;
use super::incident;
use super::line::{self, Cost, Life, Place};
use super::loss::{self, Credits};
use super::op::{Binary, Col, Op, Unary};
use super::output::ByLens;
use super::requirement;
use super::work::{self, People};
use crate::model::{DriverId, DriverKind, Lens, Platform, WayToRun};

/// Where the steady month stands: last place on the grid at which the option costs more, by comparison of lenses.
pub(super) struct Steady {
    costs: Vec<ByLens>,
}

/// Lowers the steady cost of every option by lens.
pub(super) fn lower(b: &mut Builder, people: &People) -> Steady {
    let log_size = b.emit(Op::Size);
    b.as_of = AsOf::After;
    let drivers = drivers(b, log_size);
    let scenario = b.scenario;
    let costs = scenario.options.iter().enumerate().map(|(own, option)| cost(b, &drivers, people, (own, option)));
    let costs = costs.collect();
    b.as_of = AsOf::Month;
    Steady { costs }
}

impl Steady {
    /// The column of the last grid place at which the option costs more than the baseline, −1 if none.
    pub(super) fn last_above(&self, b: &mut Builder, option: usize, baseline: usize, lens: Lens) -> Col {
        let (own, base) = (self.costs[option][lens as usize], self.costs[baseline][lens as usize]);
        let difference = b.emit(Op::Binary { f: Binary::Sub, a: own, b: base });
        b.emit(Op::LastDearer { difference, baseline: base })
    }
}

/// X_0·D^ε of every driver.
fn drivers(b: &mut Builder, log_size: Col) -> Drivers {
    let scenario = b.scenario;
    let readings = (0..scenario.drivers.len()).map(|id| reading(b, log_size, DriverId(id))).collect();
    Drivers::from_readings(readings)
}

/// A driver's reading at a size, and today's.
fn reading(b: &mut Builder, log_size: Col, id: DriverId) -> (Col, Col) {
    let driver = b.scenario.driver(id);
    let (now, today) = match &driver.kind {
        DriverKind::Flow { today, elasticity, .. } | DriverKind::Stock { today, elasticity, .. } => {
            let today = b.estimate(today);
            let elasticity = b.estimate(elasticity);
            let log = b.mul(elasticity, log_size);
            let factor = b.unary(Unary::Exp, log);
            (b.mul(today, factor), today)
        }
        DriverKind::Derived { terms } => {
            let parts: Vec<_> = terms
                .iter()
                .map(|(of, times)| {
                    let (now, today) = reading(b, log_size, *of);
                    let times = b.estimate(times);
                    ((times, now), (times, today))
                })
                .collect();
            let (now, today) = parts.into_iter().unzip();
            (b.sum(now), b.sum(today))
        }
        DriverKind::PerUnits { terms } => per_units(b, terms, |b, id| reading(b, log_size, id), None),
    };
    if driver.whole { (b.unary(Unary::Ceil, now), b.unary(Unary::Ceil, today)) } else { (now, today) }
}

/// Where a platform's lines stand in a steady month in which the part `owned` of the hours is done by those whose job it is.
fn place<'a>(b: &mut Builder, load: &'a dyn Fn(&mut Builder, DriverId) -> Col, owned: Col) -> Place<'a> {
    let (zero, one) = (b.zero(), b.one());
    Place {
        load,
        service: one,
        first_month: None,
        moved: None,
        owned,
        settled: zero,
        leaving: None,
        gone: None,
        life: Life::Steady,
        ways: None,
    }
}

/// Incidents of a steady month at their mean, by class.
fn happen(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    platform: &Platform,
    debt: &debt::Effects,
) -> Vec<incident::Lowered> {
    let one = b.one();
    let at = incident::Place { service: one, traffic: one, traffic_share: one, alive: one, since: None, debt };
    platform.incidents.iter().map(|class| incident::lower_mean(b, drivers, people, class, at)).collect()
}

/// What a platform is invoiced at in a steady month.
fn invoices(
    b: &mut Builder,
    drivers: &Drivers,
    platform: &Platform,
    place: &Place,
    classes: &[incident::Lowered],
) -> Vec<(Col, Col)> {
    let one = b.one();
    let counts: Vec<Col> = classes.iter().map(|class| class.count).collect();
    let credits = Credits::of(b, platform, &counts);
    let mut invoiced = Vec::new();
    for (line, cost, _) in line::lower_all(b, drivers, platform, place) {
        if let Cost::Running(cost) | Cost::Invoiced(cost) = cost {
            invoiced.push((credits.kept(line), cost));
            let runs_away = platform.incidents.iter().zip(classes).filter(|(class, _)| class.runs_away(line));
            invoiced.extend(runs_away.map(|(_, mean)| (mean.runaway, cost)));
        }
    }
    invoiced.extend(classes.iter().map(|mean| (one, mean.invoiced)));
    invoiced
}

/// A steady month of an option, by lens.
fn cost(b: &mut Builder, drivers: &Drivers, people: &People, (own, option): (usize, &WayToRun)) -> ByLens {
    let platform = b.scenario.lived_on(option);
    let one = b.one();
    let load = |_: &mut Builder, id: DriverId| drivers.now(id);
    let mut owned = b.estimate(&option.owned_share);
    let seen = cover::is_covered(b.scenario, option).then(|| {
        // Who does the hours is read with the debt of today, which where it settles depends on; and what layers wait for with
        // no more than the developers' own part.
        let debt = debt::none(b);
        let classes = happen(b, drivers, people, platform, &debt);
        let place = place(b, &load, owned);
        let bill = cover::reads_bill_at_a_size(b.scenario, own).then(|| {
            let invoiced = invoices(b, drivers, platform, &place, &classes);
            b.sum(invoiced)
        });
        let walls = platform.lines.iter().filter_map(|line| line::wall_at_a_size(b, drivers, line, &place)).collect();
        let seen = cover::SeenAtASize { bill, walls };
        let hours = coverable(b, drivers, people, platform, (&classes, &debt));
        let hours = b.sum(hours);
        owned = cover::steady(b, (drivers, people), own, hours, &seen).owned;
        seen
    });
    let place = place(b, &load, owned);
    let debt = debt::settled(b, drivers, platform, owned);
    let classes = happen(b, drivers, people, platform, &debt);
    let mut invoiced = invoices(b, drivers, platform, &place, &classes);
    let mut hours = coverable(b, drivers, people, platform, (&classes, &debt));
    let mut pay = [b.zero(); 2];
    if let Some(seen) = seen {
        let pool = b.sum(hours);
        let steady = cover::steady(b, (drivers, people), own, pool, &seen);
        hours = vec![(one, steady.rest)];
        invoiced.push((one, steady.invoiced));
        pay = steady.pay;
        if let Some((handling, lost)) = requests(b, drivers, platform) {
            let waited = b.mul(handling, steady.delay);
            hours.push((lost, waited));
        }
    }
    hours.push((one, friction::per_driver(b, drivers, &platform.friction)));
    hours.push((one, friction::onboarding(b, drivers, &platform.friction, Joining::Replacements, &debt)));
    let invoices = b.sum(invoiced);
    let hours = b.sum(hours);
    let paid = b.mul(hours, people.hour_at_start);
    let cash = b.add(invoices, pay[0]);
    let tco = b.add(cash, paid);
    let tco = b.add(tco, pay[1]);
    let beside = beside(b, drivers, people, (platform, &classes), hours);
    let economic = b.add(tco, beside);
    [invoices, cash, tco, economic]
}

/// What engineers ask of those who run a platform: hours of these, and the part of the delay that is lost.
fn requests(b: &mut Builder, drivers: &Drivers, platform: &Platform) -> Option<(Col, Col)> {
    friction::requests(b, drivers, platform.friction.waiting.as_ref()?)
}

/// Hours that are not developers' own: work, incidents and requests.
fn coverable(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    platform: &Platform,
    (classes, debt): (&[incident::Lowered], &debt::Effects),
) -> Vec<(Col, Col)> {
    let one = b.one();
    let mut hours = Vec::new();
    for item in &platform.work {
        let counts = in_force::steady_weight(b, &item.in_force);
        hours.push((counts, work::lower(b, drivers, people, item, (None, debt))));
    }
    hours.extend(classes.iter().map(|mean| (one, mean.hours)));
    hours.extend(requests(b, drivers, platform).map(|(handling, _)| (one, handling)));
    hours
}

/// What the economic lens adds to the tco of a steady month.
fn beside(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    (platform, classes): (&Platform, &[incident::Lowered]),
    hours: Col,
) -> Col {
    let one = b.one();
    let mut terms: Vec<(Col, Col)> = classes.iter().map(|class| (one, class.penalties)).collect();
    let stopped: Vec<Col> = classes.iter().map(|class| class.stopped).collect();
    if let Some(worth) = loss::worth_of_an_hour(b, drivers, one, &stopped) {
        terms.extend(classes.iter().map(|class| (worth, class.lost)));
    }
    let above_pay = b.estimate(&b.scenario.people.opportunity_premium);
    let premium = b.mul(above_pay, people.hour_at_start);
    terms.push((premium, hours));
    let blocked = requirement::blocked(b, platform, requirement::on_at_the_opening);
    terms.extend(blocked.into_iter().map(|(_, amount)| (one, amount)));
    b.sum(terms)
}
