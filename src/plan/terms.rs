//! What a side adds to its option: lines, work, developers' own time, incidents and what they lose.

use std::ops::Range;

use super::builder::Builder;
use super::contract::{self, Bill};
use super::debt;
use super::driver::Drivers;
use super::event;
use super::friction::{self, Joining};
use super::hours::ByTask;
use super::in_force;
use super::incident;
use super::line::{self, Cost};
use super::loss::{self, Credits};
use super::op::Col;
use super::part::{LineColumn, Weights};
use super::requirement;
use super::side::{self, Side};
use super::work::{self, People};
use crate::model::{Account, Bucket, CostPhase, DriverId, IncidentClass, Lens, Line, Moves, Platform, Task};

/// What the sides of an option add up to.
#[derive(Default)]
pub(super) struct Terms<'s> {
    pub(super) invoiced: [Vec<(Col, Col)>; 4],
    pub(super) dual: [Vec<(Col, Col)>; 4],
    pub(super) mean_invoiced: [Vec<(Col, Col)>; 4],
    pub(super) opening: [Vec<(Col, Col)>; 4],
    pub(super) hours: Vec<(Col, Col)>,
    pub(super) dual_hours: Vec<(Col, Col)>,
    pub(super) mean_hours: Vec<(Col, Col)>,
    /// The hours by what they go into.
    pub(super) by_task: ByTask,
    pub(super) loss: Vec<(Col, Col)>,
    pub(super) mean_loss: Vec<(Col, Col)>,
    pub(super) penalties: Vec<(Col, Col)>,
    pub(super) mean_penalties: Vec<(Col, Col)>,
    pub(super) blocked: Vec<(Col, Col)>,
    pub(super) walls: Vec<(String, Col)>,
    /// Counts of incidents of the month by class, side after side.
    pub(super) struck: Vec<(String, Col)>,
    /// What developers ask of those who run a platform, side after side.
    pub(super) waits: Vec<Waits<'s>>,
    /// Of the last side.
    pub(super) debt: Option<Col>,
    pub(super) lines: Vec<LineColumn>,
    /// Whether somebody else than developers may do hours.
    pub(super) is_covered: bool,
    /// Places of `hours` and `mean_hours` that no cover takes: developers' own time.
    pub(super) own_time: Vec<usize>,
    /// Debt that goes on once it is known who did the hours.
    pub(super) debts: Vec<debt::Pending>,
    /// Of vendors whose invoices are settled for the option as a whole.
    pub(super) bills: Vec<Bill<'s>>,
    /// What is still to be paid after the month.
    pub(super) owed: Vec<(Col, Col)>,
}

/// What developers ask in a month of those who run a platform.
pub(super) struct Waits<'s> {
    pub(super) platform: &'s Platform,
    /// Hours that it takes those.
    pub(super) handling: Col,
    /// The part of the delay that is lost.
    pub(super) lost: Col,
    /// What was asked for to know it.
    pub(super) asked: Range<usize>,
}

impl Terms<'_> {
    /// Keeps a line of a platform by phase: while it carries production, and while it is the second that serves.
    pub(super) fn line(
        &mut self,
        zero: Col,
        platform: &Platform,
        (bucket, line): (Bucket, String),
        parts: [Col; 2],
        lens: Lens,
    ) {
        for (phase, amount) in [CostPhase::Running, CostPhase::DualRunning].into_iter().zip(parts) {
            if amount != zero {
                let (platform, line) = (Some(platform.name.clone()), line.clone());
                self.lines.push(LineColumn { platform, account: Account::Bucket(bucket), line, phase, lens, amount });
            }
        }
    }
}

/// What a side adds.
pub(super) fn add_side<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    side: &Side<'s>,
    own: usize,
    terms: &mut Terms<'s>,
) {
    let platform = format!("platform.{}", side.platform.name);
    let zero = b.zero();
    let mut debt = if terms.is_covered {
        let (debt, pending) = debt::lower_covered(b, drivers, side.platform, (side.settled, side.service), own);
        terms.debts.extend(pending);
        debt
    } else {
        debt::lower(b, drivers, side.platform, (side.owned, side.settled, side.service), own)
    };
    terms.debt = debt.level;
    let after_events = event::restore(b);
    debt.restore = b.mul(debt.restore, after_events);
    let incidents = happen(b, drivers, people, side, &debt);
    add_lines(b, drivers, side, own, &incidents, terms);
    for item in &side.platform.work {
        let mark = b.mark();
        let hours = work::lower(b, drivers, people, item, (side.since, &debt));
        let counts = in_force::weight(b, &item.in_force);
        let hours = b.mul(counts, hours);
        let asked = mark..b.mark();
        b.figure(&format!("{platform}.work.{}", item.name), own, "hours", (side.service, hours), asked);
        terms.by_task.push_work(b, item, (side.service, hours));
        terms.hours.push((side.service, hours));
        terms.dual_hours.push((side.second.service.dual, hours));
        terms.mean_hours.push((side.service, hours));
        let paid = b.mul(hours, people.hour);
        let parts = side.second.service.split(b, paid);
        terms.line(zero, side.platform, (Bucket::Engineering, format!("work.{}", item.name)), parts, Lens::Tco);
    }
    add_requests(b, drivers, people, side, own, terms);
    add_own_time(b, drivers, people, (side, &debt), own, terms);
    let (one, engineering) = (b.one(), Bucket::Engineering as usize);
    for Happening { class, path, asked, drawn, mean, second } in &incidents {
        b.figure(&format!("{path}.hours"), own, "hours", (one, drawn.hours), asked.clone());
        b.figure(&format!("{path}.outside_help"), own, "$", (one, drawn.invoiced), asked.clone());
        terms.by_task.push(Task::Incidents, (one, drawn.hours));
        terms.struck.push((class.name.clone(), drawn.count));
        terms.hours.push((one, drawn.hours));
        terms.mean_hours.push((one, mean.hours));
        terms.invoiced[engineering].push((one, drawn.invoiced));
        terms.mean_invoiced[engineering].push((one, mean.invoiced));
        terms.dual_hours.push((second.dual, drawn.hours));
        terms.dual[engineering].push((second.dual, drawn.invoiced));
        let paid = b.mul(drawn.hours, people.hour);
        let name = format!("incident.{}", class.name);
        let help = (Bucket::Engineering, format!("{name}.outside_help"));
        for (what, amount, lens) in
            [((Bucket::Engineering, name), paid, Lens::Tco), (help, drawn.invoiced, Lens::Invoices)]
        {
            let parts = second.split(b, amount);
            terms.line(zero, side.platform, what, parts, lens);
        }
    }
    add_losses(b, drivers, side, own, &incidents, terms);
    add_blocked(b, side, own, terms);
}

/// A class of incidents in a month, as drawn and at its mean.
struct Happening<'a> {
    class: &'a IncidentClass,
    path: String,
    asked: Range<usize>,
    drawn: incident::Lowered,
    mean: incident::Lowered,
    /// When its hours are of the second platform that serves.
    second: Weights,
}

fn happen<'a>(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    side: &Side<'a>,
    debt: &debt::Effects,
) -> Vec<Happening<'a>> {
    let Side { service, traffic, traffic_share, since, .. } = *side;
    let alive = event::alive(b);
    let place = incident::Place { service, traffic, traffic_share, alive, since, debt };
    let classes = side.platform.incidents.iter().map(|class| {
        let mark = b.mark();
        let drawn = incident::lower(b, drivers, people, &side.platform.name, class, place);
        let asked = mark..b.mark();
        let mean = incident::lower_mean(b, drivers, people, class, place);
        Happening {
            class,
            path: format!("platform.{}.incident.{}", side.platform.name, class.name),
            asked,
            drawn,
            mean,
            second: if class.shared { side.second.share } else { side.second.traffic },
        }
    });
    classes.collect()
}

/// What the lines of a side are invoiced at, less what vendors give back, and the bills that ran away.
fn add_lines<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    side: &Side<'s>,
    own: usize,
    incidents: &[Happening],
    terms: &mut Terms<'s>,
) {
    let platform = format!("platform.{}", side.platform.name);
    let (zero, one) = (b.zero(), b.one());
    let load = |b: &mut Builder, id: DriverId| side::load_of(b, drivers, side.share, id, None);
    let with_traffic = |b: &mut Builder, id| side::load_of(b, drivers, side.share, id, Some(Moves::WithTraffic));
    let at_cutover = |b: &mut Builder, id| side::load_of(b, drivers, side.share, id, Some(Moves::AtCutover));
    let some_at_once = side.platform.lines.iter().any(|line| line.moves == Some(Moves::AtCutover));
    let moved = if some_at_once { side.moved_at_cutover(b) } else { side.moved };
    let with_traffic = side.place(&with_traffic, side.moved, None);
    let at_cutover = side.place(&at_cutover, moved, None);
    let place = side.place(&load, side.moved, Some([&with_traffic, &at_cutover]));
    for line in &side.platform.lines {
        let path = || format!("{platform}.{}", line.place());
        terms.walls.extend(line::wall(b, drivers, line, &place).map(|month| (path(), month)));
    }
    let mark = b.mark();
    let credits = Credits::of(b, side.platform, &incidents.iter().map(|i| i.drawn.count).collect::<Vec<_>>());
    let credited = mark..b.mark();
    let mean_credits = Credits::of(b, side.platform, &incidents.iter().map(|i| i.mean.count).collect::<Vec<_>>());
    let mut sold: Vec<(&Line, (Col, Col))> = Vec::new();
    for (line, cost, asked) in line::lower_all(b, drivers, side.platform, &place) {
        let bucket = line.bucket as usize;
        let path = format!("{platform}.{}", line.place());
        let (weight, cost, usual, phases) = match cost {
            Cost::Running(cost) => (side.service, cost, cost, side.second.service),
            Cost::Invoiced(cost) => (one, cost, cost, side.second.share),
            Cost::Committed { paid, spread, owed } => {
                terms.owed.push((one, owed));
                (one, paid, spread, side.second.share)
            }
            Cost::Opening(cost) => {
                terms.opening[bucket].push((one, cost));
                terms.lines.push(opening(side.platform, line, cost));
                b.figure(&path, own, "$", (one, cost), asked);
                continue;
            }
        };
        b.figure(&path, own, "$", (weight, cost), asked);
        sold.push((line, (weight, cost)));
        let kept = credits.kept(line);
        let bill = Bill {
            vendor: line.vendor,
            platform: side.platform,
            bucket: line.bucket,
            line: line.label(),
            paid: b.mul(weight, kept),
            cost,
            at_mean: (b.mul(weight, mean_credits.kept(line)), usual),
            after_credit: b.mul(kept, cost),
            phases,
        };
        terms.mean_invoiced[bucket].push(bill.at_mean);
        if line.vendor.is_some_and(|id| contract::is_settled(&b.scenario.vendors[id.0])) {
            terms.bills.push(bill);
        } else {
            bill.post(b, one, terms);
        }
        for Happening { class, path, asked, drawn, mean, .. } in incidents.iter().filter(|i| i.class.runs_away(line)) {
            let bill = b.mul(weight, usual);
            let ran = b.mul(drawn.runaway, bill);
            b.figure(&format!("{path}.runaway"), own, "$", (one, ran), asked.clone());
            terms.invoiced[bucket].push((one, ran));
            terms.dual[bucket].push((side.second.traffic.dual, ran));
            let parts = side.second.traffic.split(b, ran);
            let name = format!("incident.{}.runaway", class.name);
            terms.line(zero, side.platform, (line.bucket, name), parts, Lens::Invoices);
            terms.mean_invoiced[bucket].push((mean.runaway, bill));
        }
    }
    for (vendor, part) in credits.given(b) {
        let lines = sold.iter().filter(|(line, _)| line.vendor == Some(vendor)).map(|(_, term)| *term).collect();
        let invoice = b.sum(lines);
        let given = b.mul(part, invoice);
        let path = format!("{platform}.vendor.{}.sla_credit", b.scenario.vendors[vendor.0].name);
        b.figure(&path, own, "$", (one, given), credited.clone());
    }
}

/// What a line costs at moment 0.
fn opening(platform: &Platform, line: &Line, amount: Col) -> LineColumn {
    LineColumn {
        platform: Some(platform.name.clone()),
        account: Account::Bucket(line.bucket),
        line: line.label(),
        phase: CostPhase::Opening,
        lens: Lens::Invoices,
        amount,
    }
}

/// Hours that requests of developers take whoever does the work, where the larger share of traffic is.
fn add_requests<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    side: &Side<'s>,
    own: usize,
    terms: &mut Terms<'s>,
) {
    let (zero, one) = (b.zero(), b.one());
    let mark = b.mark();
    let Some(waiting) = &side.platform.friction.waiting else { return };
    let Some((handling, lost)) = friction::requests(b, drivers, waiting) else { return };
    let alive = event::alive(b);
    let here = b.mul(alive, side.host);
    let handling = b.mul(here, handling);
    let asked = mark..b.mark();
    let path = format!("platform.{}.requests", side.platform.name);
    b.figure(&path, own, "hours", (one, handling), asked.clone());
    terms.by_task.push(Task::Requests, (one, handling));
    terms.hours.push((one, handling));
    terms.mean_hours.push((one, handling));
    let paid = b.mul(handling, people.hour);
    let line = (Bucket::Engineering, "requests".to_owned());
    terms.line(zero, side.platform, line, [paid, zero], Lens::Tco);
    terms.waits.push(Waits { platform: side.platform, handling, lost, asked });
}

/// Developers' own hours: friction by the share of traffic, onboarding where the larger share of it is.
fn add_own_time<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    (side, debt): (&Side<'s>, &debt::Effects),
    own: usize,
    terms: &mut Terms<'s>,
) {
    let (zero, one) = (b.zero(), b.one());
    let friction = &side.platform.friction;
    let alive = event::alive(b);
    let mut add = |b: &mut Builder, task: Task, hours: Col, part: Col, asked: Range<usize>| {
        let what = task.name();
        let hours = b.mul(part, hours);
        let hours = b.mul(alive, hours);
        if hours != b.zero() {
            b.figure(&format!("platform.{}.{what}", side.platform.name), own, "hours", (one, hours), asked);
        }
        terms.by_task.push(task, (one, hours));
        terms.own_time.push(terms.hours.len());
        terms.hours.push((one, hours));
        terms.mean_hours.push((one, hours));
        let paid = b.mul(hours, people.hour);
        terms.line(zero, side.platform, (Bucket::Engineering, what.to_owned()), [paid, zero], Lens::Tco);
    };
    let mark = b.mark();
    let hours = friction::per_driver(b, drivers, friction);
    let asked = mark..b.mark();
    add(b, Task::Friction, hours, side.traffic_share, asked);
    let mark = b.mark();
    let hours = friction::onboarding(b, drivers, friction, Joining::MonthByMonth, debt);
    let asked = mark..b.mark();
    add(b, Task::Onboarding, hours, side.host, asked);
}

/// The economic lens's own: margin lost, and what customers are paid.
fn add_losses<'s>(
    b: &mut Builder,
    drivers: &Drivers,
    side: &Side<'s>,
    own: usize,
    incidents: &[Happening],
    terms: &mut Terms<'s>,
) {
    let one = b.one();
    let mut worth = |stopped: Vec<Col>| loss::worth_of_an_hour(b, drivers, side.traffic_share, &stopped);
    let drawn_worth = worth(incidents.iter().map(|i| i.drawn.stopped).collect());
    let mean_worth = worth(incidents.iter().map(|i| i.mean.stopped).collect());
    for Happening { path, asked, drawn, mean, .. } in incidents {
        if let (Some(drawn_worth), Some(mean_worth)) = (drawn_worth, mean_worth) {
            let lost = b.mul(drawn_worth, drawn.lost);
            if lost != b.zero() {
                b.figure(&format!("{path}.lost_margin"), own, "$", (one, lost), asked.clone());
            }
            terms.loss.push((one, lost));
            terms.mean_loss.push((mean_worth, mean.lost));
        }
        if drawn.penalties != b.zero() {
            b.figure(&format!("{path}.penalties"), own, "$", (one, drawn.penalties), asked.clone());
        }
        terms.penalties.push((one, drawn.penalties));
        terms.mean_penalties.push((one, mean.penalties));
    }
}

/// Revenue that does not come because the platform cannot meet what is asked for, by its share of traffic.
fn add_blocked(b: &mut Builder, side: &Side, own: usize, terms: &mut Terms) {
    let (one, alive) = (b.one(), event::alive(b));
    let mark = b.mark();
    for (id, amount) in requirement::blocked(b, side.platform, requirement::on) {
        let blocked = b.mul(side.traffic_share, amount);
        let blocked = b.mul(alive, blocked);
        let name = &b.scenario.requirements[id.0].name;
        let path = format!("platform.{}.cannot.{name}.blocked", side.platform.name);
        b.figure(&path, own, "$", (one, blocked), mark..b.mark());
        terms.blocked.push((one, blocked));
    }
}
