use super::builder::Builder;
use super::debt;
use super::driver::Drivers;
use super::incident;
use super::line::{self, Cost, Life, Place};
use super::migration::{self, Project};
use super::op::{Col, Op};
use super::work::{self, People};
use crate::model::{Bucket, DriverId, Platform, WayToRun};

/// An option's month, lowered.
pub(super) struct Lowered {
    /// Invoiced amounts by bucket, in the order of [`Bucket::ALL`]; engineering holds outside help.
    pub(super) invoiced: [Col; 4],
    /// Invoiced amounts of the month with incidents at their mean.
    pub(super) mean_invoiced: Col,
    /// Amounts due at the opening, by bucket.
    pub(super) opening: [Col; 4],
    /// Hours of running it.
    pub(super) hours: Col,
    /// The same with incidents at their mean.
    pub(super) mean_hours: Col,
    /// Hours of the project.
    pub(super) project_hours: Col,
    /// Cost of an hour.
    pub(super) hour: Col,
    /// The project that leads to it, if one does.
    pub(super) project: Option<Project>,
    /// Lines with a capacity wall: the line's path and the first month of it, −1 without one.
    pub(super) walls: Vec<(String, Col)>,
    /// Debt of the platform that it ends on, if that has any.
    pub(super) debt: Option<Col>,
}

/// One platform inside an option.
struct Side<'a> {
    platform: &'a Platform,
    /// Part of the month in service.
    service: Col,
    /// Part of the month with traffic.
    traffic: Col,
    /// Months since the cutover; `None` on the platform lived on today.
    since: Option<Col>,
    /// First month in service; `None` if it is in service from the opening.
    first_month: Option<Col>,
    /// The part of its hours that is done by those whose job it is.
    owned: Col,
    /// When traffic is all here and debt begins to grow, months since the opening; 0 on a platform of the opening.
    settled: Col,
    /// Share of traffic moved away; `None` on the platform that is moved to.
    moved: Option<Col>,
    share: Share,
}

/// How much of a load a side sees while in service.
#[derive(Clone, Copy)]
enum Share {
    All,
    Old { before: Col, after: Col, cutover: Col },
    New(Col),
}

#[derive(Default)]
struct Terms {
    invoiced: [Vec<(Col, Col)>; 4],
    mean_help: Vec<(Col, Col)>,
    opening: [Vec<(Col, Col)>; 4],
    hours: Vec<(Col, Col)>,
    mean_hours: Vec<(Col, Col)>,
    walls: Vec<(String, Col)>,
    /// Of the last side.
    debt: Option<Col>,
}

/// Lowers all options, in the scenario's order.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, people: &People) -> Vec<Lowered> {
    let options = b.scenario.options.iter().enumerate();
    options.map(|(place, option)| lower_one(b, drivers, people, option, place)).collect()
}

fn lower_one(b: &mut Builder, drivers: &Drivers, people: &People, option: &WayToRun, own: usize) -> Lowered {
    let scenario = b.scenario;
    let project = option.migration.map(|id| migration::lower(b, &scenario.migrations[id.0]));
    let mut terms = Terms::default();
    for side in sides(b, option, project.as_ref()) {
        add_side(b, drivers, people, &side, own, &mut terms);
    }
    let mut mean_terms: Vec<(Col, Col)> = Vec::new();
    for bucket in [Bucket::Runtime, Bucket::Data, Bucket::Tooling] {
        mean_terms.extend(&terms.invoiced[bucket as usize]);
    }
    mean_terms.extend(&terms.mean_help);
    let project_hours = match &project {
        None => b.zero(),
        Some(project) => {
            let hours = b.mul(project.weeks, people.hours_per_week);
            b.mul(hours, project.phase.part())
        }
    };
    let invoiced = terms.invoiced.map(|t| b.sum(t));
    let lowered = Lowered {
        invoiced,
        mean_invoiced: b.sum(mean_terms),
        opening: terms.opening.map(|t| b.sum(t)),
        hours: b.sum(terms.hours),
        mean_hours: b.sum(terms.mean_hours),
        project_hours,
        hour: people.hour,
        project,
        walls: terms.walls,
        debt: terms.debt,
    };
    for (line, month) in &lowered.walls {
        b.name(format!("option.{}.wall.{line}", option.name), *month);
    }
    for bucket in Bucket::ALL {
        b.name(format!("option.{}.invoiced.{}", option.name, bucket.name()), lowered.invoiced[bucket as usize]);
    }
    b.name(format!("option.{}.hours", option.name), lowered.hours);
    b.name(format!("option.{}.mean_hours", option.name), lowered.mean_hours);
    b.name(format!("option.{}.project_hours", option.name), project_hours);
    if let Some(project) = &lowered.project {
        b.name(format!("option.{}.cutover", option.name), project.cutover);
        b.name(format!("option.{}.moved", option.name), project.phase.moved());
    }
    lowered
}

/// The baseline's platform first: an option that has not left adds up the same terms in the same order.
fn sides<'s>(b: &mut Builder<'s>, option: &WayToRun, project: Option<&Project>) -> Vec<Side<'s>> {
    let scenario = b.scenario;
    let one = b.one();
    let own = scenario.platform(option.platform);
    let today = scenario.baseline().platform;
    let Some(project) = project else {
        let since = (option.platform != today).then(|| b.emit(Op::Elapsed));
        let moved = Some(b.zero());
        let share = Share::All;
        let owned = b.estimate(&option.owned_share);
        let settled = b.zero();
        return vec![Side {
            platform: own,
            service: one,
            traffic: one,
            since,
            first_month: None,
            owned,
            settled,
            moved,
            share,
        }];
    };
    let phase = project.phase;
    let floor = b.unary(super::op::Unary::Floor, project.on);
    let first_month = b.add(floor, one);
    let owned = b.estimate(&option.owned_share);
    let owned_so_far = debt::owned_while_leaving(b, option, project.start);
    let zero = b.zero();
    vec![
        Side {
            platform: scenario.platform(today),
            service: phase.old_service(),
            traffic: phase.old_traffic(),
            since: None,
            first_month: None,
            owned: owned_so_far,
            settled: zero,
            moved: Some(phase.moved()),
            share: Share::Old { before: phase.old_load(), after: phase.old_standby(), cutover: project.cutover },
        },
        Side {
            platform: own,
            service: phase.new_service(),
            traffic: phase.new_traffic(),
            since: Some(phase.since_cutover()),
            first_month: Some(first_month),
            owned,
            settled: project.cutover,
            moved: None,
            share: Share::New(phase.new_load()),
        },
    ]
}

fn add_side(b: &mut Builder, drivers: &Drivers, people: &People, side: &Side, own: usize, terms: &mut Terms) {
    let platform = format!("platform.{}", side.platform.name);
    let one = b.one();
    let load = |b: &mut Builder, id: DriverId| load_of(b, drivers, side.share, id);
    let place = Place {
        load: &load,
        service: side.service,
        first_month: side.first_month,
        moved: side.moved,
        life: Life::Months,
    };
    for line in &side.platform.lines {
        let path = || format!("platform.{}.{}", side.platform.name, line.place());
        terms.walls.extend(line::wall(b, drivers, line, &place).map(|month| (path(), month)));
    }
    for (line, cost, asked) in line::lower_all(b, drivers, side.platform, &place) {
        let bucket = line.bucket as usize;
        let (list, term) = match cost {
            Cost::Running(cost) => (&mut terms.invoiced[bucket], (side.service, cost)),
            Cost::Invoiced(cost) => (&mut terms.invoiced[bucket], (one, cost)),
            Cost::Opening(cost) => (&mut terms.opening[bucket], (one, cost)),
        };
        list.push(term);
        b.figure(&format!("{platform}.{}.{}", line.bucket.name(), line.name), own, "$", term, asked);
    }
    let debt = debt::lower(b, drivers, side.platform, (side.owned, side.settled), own);
    terms.debt = debt.level;
    for item in &side.platform.work {
        let mark = b.mark();
        let hours = work::lower(b, drivers, people, item, (side.since, &debt));
        let asked = mark..b.mark();
        b.figure(&format!("{platform}.work.{}", item.name), own, "hours", (side.service, hours), asked);
        terms.hours.push((side.service, hours));
        terms.mean_hours.push((side.service, hours));
    }
    let engineering = Bucket::Engineering as usize;
    for class in &side.platform.incidents {
        let when = (side.traffic, side.since, &debt);
        let mark = b.mark();
        let drawn = incident::lower(b, drivers, people, &side.platform.name, class, when);
        let path = format!("{platform}.incident.{}", class.name);
        let asked = mark..b.mark();
        b.figure(&format!("{path}.hours"), own, "hours", (one, drawn.hours), asked.clone());
        b.figure(&format!("{path}.outside_help"), own, "$", (one, drawn.invoiced), asked);
        let mean = incident::lower_mean(b, drivers, people, class, when);
        terms.hours.push((one, drawn.hours));
        terms.mean_hours.push((one, mean.hours));
        terms.invoiced[engineering].push((one, drawn.invoiced));
        terms.mean_help.push((one, mean.invoiced));
    }
}

/// The load of a driver that a side sees while in service: only load drivers are split.
fn load_of(b: &mut Builder, drivers: &Drivers, share: Share, id: DriverId) -> Col {
    let now = drivers.now(id);
    if !b.scenario.is_load(id) {
        return now;
    }
    match share {
        Share::All => now,
        Share::New(part) => b.mul(now, part),
        Share::Old { before, after, cutover } => {
            let held = b.emit(Op::HoldAtCutover { load: now, cutover });
            b.emit(Op::LoadOld { load: now, before, held, after })
        }
    }
}
