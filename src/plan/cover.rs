//! Who does an option's coverable hours beside its developers: layers that take what they can, in order (MODEL.md §5).
//!
//! What a month leaves to the next, debt and the load that seats are opened for, goes through [`Op::Recall`] and
//! [`Op::Keep`]: who does the hours is known only when all of them are.

mod bill;
mod steady;
mod waiting;
mod when;

pub(super) use steady::{Seen as SeenAtASize, reads_bill as reads_bill_at_a_size, steady};

use self::bill::Bill;
use self::when::{Seen, runs, seats_of};
use super::builder::Builder;
use super::debt;
use super::driver::Drivers;
use super::migration::Project;
use super::op::{Binary, Col, Exact, Op, Seats};
use super::part::{LineColumn, inside, share_of};
use super::price;
use super::terms::{Terms, Waits};
use super::work::People;
use crate::model::{
    Account, Bucket, Consultant, CostPhase, Fact, Layer, LayerKind, Lens, Scenario, Service, Side, Task, WayToRun,
};

/// Engineer-days of an engineer-week.
const DAYS_PER_WEEK: f64 = 5.0;

/// Hours of a month that a layer does.
#[derive(Debug, Clone, PartialEq)]
pub struct DoneBy {
    /// The layer's name in the file.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Hours that it takes in the month.
    pub hours: Col,
    /// Its filled seats, if it has any.
    pub seats: Option<Col>,
    /// What it leaves because it does no more, of a service with an end to what it does.
    pub cap: Option<Cap>,
}

/// The end of what a service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Hours of the month that it would do without it.
    pub beyond: Col,
    /// The first month in which there are any, −1 before that.
    pub month: Col,
}

/// What cover makes of an option's month.
pub(super) struct Done {
    /// The part of coverable hours that developers do.
    pub(super) developers: Col,
    /// Coverable hours of running it that developers do not.
    pub(super) taken: Col,
    /// The same with incidents at their mean.
    pub(super) mean_taken: Col,
    /// Pay of seats that are opened, and of those filled today.
    pub(super) pay: [Col; 2],
    pub(super) by: Vec<DoneBy>,
    pub(super) toil: Option<Col>,
    /// How many know production, where the file says how many do of the team.
    pub(super) know: Option<Col>,
    /// Where the mean bill of the last months is kept for conditions that read it.
    pub(super) bill: Option<Col>,
}

/// Whether somebody covers an option, before or after it leaves.
pub(super) fn is_covered(scenario: &Scenario, option: &WayToRun) -> bool {
    let leaves = option.migration.is_some();
    !option.cover.is_empty() || (leaves && !scenario.baseline().cover.is_empty())
}

/// The part of the hours that those whose job it is did in the month before: what waste goes by, for who does the hours of a
/// month is known when its lines are. In month 1 the developers' own part.
pub(super) fn owned_before(b: &mut Builder, own: usize, leaves: bool) -> Col {
    let scenario = b.scenario;
    let option = if leaves { scenario.baseline() } else { &scenario.options[own] };
    let start = b.estimate(&option.owned_share);
    b.recall(start)
}

/// Hours in all working time of the engineers.
pub(super) fn toil(b: &mut Builder, drivers: &Drivers, hours: Col) -> Option<Col> {
    let engineers = drivers.now(b.scenario.people.engineers?);
    let each = b.constant(b.scenario.people.hours_per_month);
    let time = b.mul(engineers, each);
    Some(share_of(b, hours, time))
}

/// A layer as an option lives with it.
struct Run<'s> {
    layer: &'s Layer,
    /// When it begins to work, months since the opening.
    begins: Col,
    /// When it works no more.
    until: Col,
    /// When it is paid no more.
    paid_until: Col,
    /// When nobody is hired any more.
    hires_until: Col,
    /// Whether its people are let go when it is left.
    is_released: bool,
}

/// What a layer can take in a month, all of it.
struct Able {
    /// The part of the month in which it works.
    works: Col,
    /// Hours of a whole month; `None`: as many as there are.
    hours: Option<Col>,
    /// The part of all hours that it may take.
    may: Col,
}

/// Lowers who does the hours that the terms hold, adds what they cost to the terms, and lets debt go on.
pub(super) fn lower(
    b: &mut Builder,
    (drivers, people): (&Drivers, &People),
    own: usize,
    project: Option<&Project>,
    (project_hours, owned_before, terms): (Option<Col>, Option<Col>, &mut Terms),
) -> Done {
    let scenario = b.scenario;
    let option = &scenario.options[own];
    let (zero, one) = (b.zero(), b.one());
    let recalled = b.recall(zero);
    let bill = when::reads_bill(scenario, own, project.is_some()).then(|| b.recall(zero));
    let walls = terms.walls.iter().map(|(_, month)| *month).collect();
    let seen = Seen { toil: recalled, bill, walls, struck: &terms.struck };
    let with_seats = seats_of(b, drivers, own, project, &seen);
    let runs: Vec<Run> = runs(b, drivers, own, project, &seen, &with_seats);
    let [coverable, mean_coverable] = [coverable(b, terms, &terms.hours), coverable(b, terms, &terms.mean_hours)];
    let pool = project_hours.map_or(coverable, |hours| b.add(coverable, hours));
    let able: Vec<Able> = runs.iter().map(|run| able(b, people, run, &with_seats)).collect();
    let (taken, rest) = share_out(b, pool, &able);
    let (mean_taken, mean_rest) = share_out(b, mean_coverable, &able);
    let developers = share_of(b, rest, pool);
    // Without hours of a project this is the rest to the bit.
    let by_developers = project_hours.map_or(rest, |hours| {
        let of_project = b.mul(hours, developers);
        let others = b.sub(rest, of_project);
        b.binary(Binary::Max, others, zero)
    });

    add_waiting(b, people, own, [pool, mean_coverable], [&taken, &mean_taken], (&able, &runs, &with_seats), terms);
    let mut pay = [Vec::new(), Vec::new()];
    let (mut owned_taken, mut others_taken, mut lowers) = (Vec::new(), Vec::new(), Vec::new());
    for ((run, able), (taken, mean_taken)) in runs.iter().zip(&able).zip(taken.iter().zip(&mean_taken)) {
        let dearer = price::of_vendor(b, run.layer.vendor);
        let mut bill = Bill { own, layer: run.layer, dearer, terms };
        match &run.layer.kind {
            LayerKind::Dedicated(dedicated) => {
                owned_taken.push((one, *taken));
                let paid = inside(b, run.begins, run.paid_until);
                let seats = find(&with_seats, run.layer);
                bill.seats(b, dedicated, (seats, paid), &mut pay);
            }
            LayerKind::Service(service) => {
                owned_taken.push((one, *taken));
                bill.service(b, service, (run.begins, able.works), [*taken, *mean_taken]);
            }
            LayerKind::Consultant(consultant) => {
                others_taken.push((one, *taken));
                bill.consultant(b, consultant, able.works);
                let each = b.estimate(&consultant.lowers_debt);
                lowers.push((able.works, each));
            }
        }
    }
    let owned = match project {
        Some(project) => debt::owned_while_leaving(b, [scenario.baseline(), option], project.start),
        None => b.estimate(&option.owned_share),
    };
    let [owned_taken, others_taken, lowers] = [owned_taken, others_taken, lowers].map(|terms| b.sum(terms));
    let owned = owned_part(b, owned, pool, owned_taken, others_taken);
    owned_before.into_iter().for_each(|before| b.keep(before, owned));
    for pending in std::mem::take(&mut terms.debts) {
        debt::carry(b, &pending, owned, lowers);
    }
    let toil = toil(b, drivers, by_developers);
    b.keep(recalled, toil.unwrap_or(zero));
    let know = know(b, drivers, &runs, &able, &with_seats);
    let mut by: Vec<DoneBy> =
        runs.iter().zip(&taken).map(|(run, hours)| done_by(b, run, *hours, &with_seats)).collect();
    for (place, (done, run)) in by.iter_mut().zip(&runs).enumerate() {
        done.cap = cap(b, run, pool, &able[..=place], &taken[..=place]);
    }
    let option = &option.name;
    for done in &by {
        b.name(format!("option.{option}.cover.{}.hours", done.name), done.hours);
        if let Some(cap) = done.cap {
            b.name(format!("option.{option}.cover.{}.beyond", done.name), cap.beyond);
            b.name(format!("option.{option}.cover.{}.cap", done.name), cap.month);
        }
        if let Some(seats) = done.seats {
            b.name(format!("option.{option}.cover.{}.seats", done.name), seats);
        }
    }
    b.name(format!("option.{option}.owned"), owned);
    if let Some(know) = know {
        b.name(format!("option.{option}.know_production"), know);
    }
    let pay = pay.map(|terms| b.sum(terms));
    b.name(format!("option.{option}.pay.opened"), pay[0]);
    b.name(format!("option.{option}.pay.of_today"), pay[1]);
    for line in terms.lines.iter_mut().filter(|line| is_coverable(line)) {
        line.amount = b.mul(line.amount, developers);
    }
    Done {
        developers,
        taken: b.sub(coverable, by_developers),
        mean_taken: b.sub(mean_coverable, mean_rest),
        pay,
        by,
        toil,
        know,
        bill,
    }
}

/// Whoever a service sends is never alone: so many who know production it counts for.
const OF_A_SERVICE: f64 = 2.0;

/// How many know production: those of the team, those of today among them, and who has come since. A seat of today without
/// anybody is one fewer, and so is one that is left and released.
fn know(
    b: &mut Builder,
    drivers: &Drivers,
    runs: &[Run],
    able: &[Able],
    with_seats: &[(&Layer, Seats)],
) -> Option<Col> {
    let (of_the_team, _) = drivers.fact(b, Fact::KnowProduction)?;
    let one = b.one();
    let mut terms = vec![(one, of_the_team)];
    for (run, able) in runs.iter().zip(able) {
        match &run.layer.kind {
            LayerKind::Dedicated(dedicated) => {
                let seats = find(with_seats, run.layer);
                terms.push((able.works, seats.opened()));
                let filled = b.constant(f64::from(dedicated.filled));
                terms.push((able.works, b.sub(seats.of_today(), filled)));
                if run.is_released {
                    let gone = b.sub(able.works, one);
                    terms.push((gone, filled));
                }
            }
            LayerKind::Service(_) => terms.push((able.works, b.constant(OF_A_SERVICE))),
            LayerKind::Consultant(_) => {}
        }
    }
    Some(b.sum(terms))
}

/// Adds what developers lose while they wait for those who look after their platform: as drawn, and with incidents at their
/// mean.
fn add_waiting(
    b: &mut Builder,
    people: &People,
    own: usize,
    pools: [Col; 2],
    taken: [&[Col]; 2],
    (able, runs, with_seats): (&[Able], &[Run], &[(&Layer, Seats)]),
    terms: &mut Terms,
) {
    let one = b.one();
    let waits = std::mem::take(&mut terms.waits);
    if waits.is_empty() {
        return;
    }
    let mut seats = Vec::with_capacity(runs.len());
    for run in runs {
        seats.push(filled(b, run.layer, with_seats));
    }
    let [delay, mean_delay] = [0, 1].map(|at| waiting::delay(b, pools[at], taken[at], able, &seats));
    for Waits { platform, handling, lost, asked } in waits {
        let [hours, mean_hours] = [delay, mean_delay].map(|delay| {
            let waited = b.mul(handling, delay);
            b.mul(lost, waited)
        });
        b.figure(&format!("platform.{}.waiting", platform.name), own, "hours", (one, hours), asked);
        terms.by_task.push(Task::Waiting, (one, hours));
        terms.own_time.push(terms.hours.len());
        terms.hours.push((one, hours));
        terms.mean_hours.push((one, mean_hours));
        terms.lines.push(LineColumn {
            platform: Some(platform.name.clone()),
            account: Account::Bucket(Bucket::Engineering),
            line: "waiting".to_owned(),
            phase: CostPhase::Running,
            lens: Lens::Tco,
            amount: b.mul(hours, people.hour),
        });
    }
}

/// Whether a line is of hours that somebody else may do.
fn is_coverable(line: &LineColumn) -> bool {
    let is_own = ["friction", "onboarding", "waiting"].contains(&line.line.as_str()) || line.line.starts_with("cover.");
    line.lens == Lens::Tco && !is_own
}

/// The hours of a side that are not developers' own time.
pub(super) fn coverable(b: &mut Builder, terms: &Terms, hours: &[(Col, Col)]) -> Col {
    let others = hours.iter().enumerate().filter(|(place, _)| !terms.own_time.contains(place));
    b.sum(others.map(|(_, term)| *term).collect())
}

/// Who takes how much, in order, and what is left.
fn share_out(b: &mut Builder, pool: Col, able: &[Able]) -> (Vec<Col>, Col) {
    let mut rest = pool;
    let mut taken = Vec::with_capacity(able.len());
    for able in able {
        let may = b.mul(pool, able.may);
        let could = able.hours.map_or(may, |hours| b.binary(Binary::Min, may, hours));
        let could = b.mul(able.works, could);
        let own = b.binary(Binary::Min, rest, could);
        rest = b.sub(rest, own);
        taken.push(own);
    }
    (taken, rest)
}

/// Hours below which a difference is rounding.
const NO_HOURS: f64 = 1e-6;

/// What the last of some layers would take without an end to what it does, less what it takes: 0 to the bit where that does not
/// bind, since both are then the same operations.
fn cap(b: &mut Builder, run: &Run, pool: Col, able: &[Able], taken: &[Col]) -> Option<Cap> {
    let LayerKind::Service(Service { beyond: Some(_), at_most_hours: Some(_), .. }) = run.layer.kind else {
        return None;
    };
    let ((own, able), before) = (taken.last().zip(able.last())?, &taken[..taken.len() - 1]);
    let rest = before.iter().fold(pool, |rest, taken| b.sub(rest, *taken));
    let could = b.mul(pool, able.may);
    let could = b.mul(able.works, could);
    let whole = b.binary(Binary::Min, rest, could);
    let beyond = b.sub(whole, *own);
    let nothing = Exact::new(NO_HOURS);
    let month =
        b.emit(Op::Fired { reading: beyond, today: None, side: Side::Above, mark: nothing, months: 1, ended: None });
    Some(Cap { beyond, month })
}

/// c of MODEL.md §5: what is taken by those whose job it is, and the part of the developers' own that is `owned`.
fn owned_part(b: &mut Builder, owned: Col, pool: Col, taken: Col, others: Col) -> Col {
    let one = b.one();
    let part = share_of(b, taken, pool);
    let not_owned = b.sub(one, owned);
    let gained = b.mul(not_owned, part);
    let c = b.add(owned, gained);
    let lost = share_of(b, others, pool);
    let lost = b.mul(owned, lost);
    b.sub(c, lost)
}

fn find(with_seats: &[(&Layer, Seats)], layer: &Layer) -> Seats {
    let found = with_seats.iter().find(|(known, _)| known.path == layer.path);
    found.expect("Invariant: the seats of every dedicated layer are lowered first").1
}

fn done_by(b: &mut Builder, run: &Run, hours: Col, with_seats: &[(&Layer, Seats)]) -> DoneBy {
    let seats = filled(b, run.layer, with_seats);
    DoneBy { name: run.layer.name.clone(), title: run.layer.title.clone(), hours, seats, cap: None }
}

/// The filled seats of a layer that has any.
fn filled(b: &mut Builder, layer: &Layer, with_seats: &[(&Layer, Seats)]) -> Option<Col> {
    matches!(layer.kind, LayerKind::Dedicated(_)).then(|| {
        let seats = find(with_seats, layer);
        b.add(seats.of_today(), seats.opened())
    })
}

/// What a layer can do in a month.
fn able(b: &mut Builder, people: &People, run: &Run, with_seats: &[(&Layer, Seats)]) -> Able {
    let (zero, one) = (b.zero(), b.one());
    let never_ends = b.value(run.until) == Some(f64::INFINITY);
    let works = if run.begins == zero && never_ends { one } else { inside(b, run.begins, run.until) };
    let (hours, may) = match &run.layer.kind {
        LayerKind::Dedicated(dedicated) => {
            let each = b.estimate(&dedicated.productive_hours);
            (Some(b.mul(find(with_seats, run.layer).productive(), each)), one)
        }
        LayerKind::Service(service) => of_service(b, service),
        LayerKind::Consultant(consultant) => (Some(of_consultant(b, people, consultant)), one),
    };
    Able { works, hours, may }
}

/// Hours of a month that a service does at most, and the part of all hours that it may.
fn of_service(b: &mut Builder, service: &Service) -> (Option<Col>, Col) {
    let one = b.one();
    let included = b.estimate(&service.includes_hours);
    let hours = match (&service.beyond, &service.at_most_hours) {
        (None, _) => Some(included),
        (Some(_), None) => None,
        (Some(_), Some(all)) => {
            let all = b.estimate(all);
            Some(b.binary(Binary::Max, included, all))
        }
    };
    let inside = b.estimate(&service.stays_inside);
    (hours, b.sub(one, inside))
}

fn of_consultant(b: &mut Builder, people: &People, consultant: &Consultant) -> Col {
    let days = b.estimate(&consultant.days);
    let week = b.constant(DAYS_PER_WEEK);
    let day = b.div(people.hours_per_week, week);
    b.mul(days, day)
}

/// What a layer's hours above those included cost in a month of which it works a part.
fn overage(b: &mut Builder, service: &Service, works: Col, taken: Col) -> Col {
    let Some(rate) = &service.beyond else { return b.zero() };
    let (zero, included) = (b.zero(), b.estimate(&service.includes_hours));
    let included = b.mul(works, included);
    let above = b.sub(taken, included);
    let above = b.binary(Binary::Max, above, zero);
    let rate = b.estimate(rate);
    b.mul(rate, above)
}
