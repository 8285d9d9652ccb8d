use super::builder::Builder;
use super::driver::Drivers;
use super::incident;
use super::line::{self, Cost, Life, Place};
use super::migration::{self, Project};
use super::op::{Col, Op};
use super::part::{LineColumn, Second};
use super::work::{self, People};
use crate::model::{Account, Bucket, CostPhase, DriverId, Lens, Platform, WayToRun};

/// An option's month, lowered.
pub(super) struct Lowered {
    /// Invoiced amounts by bucket, in the order of [`Bucket::ALL`]; engineering holds outside help.
    pub(super) invoiced: [Col; 4],
    /// The part of them that is dual running.
    pub(super) dual: [Col; 4],
    /// Invoiced amounts of the month with incidents at their mean.
    pub(super) mean_invoiced: Col,
    /// Amounts due at the opening, by bucket.
    pub(super) opening: [Col; 4],
    /// Hours of running it.
    pub(super) hours: Col,
    /// The part of them that is dual running.
    pub(super) dual_hours: Col,
    /// Hours of running it with incidents at their mean.
    pub(super) mean_hours: Col,
    /// Revenue lost while down.
    pub(super) loss: Col,
    /// What customers are paid for incidents.
    pub(super) penalties: Col,
    /// What developers' hours are worth above their pay.
    pub(super) premium: Col,
    /// Revenue lost, with incidents at their mean.
    pub(super) mean_loss: Col,
    /// Penalties, with incidents at their mean.
    pub(super) mean_penalties: Col,
    /// The premium on the hours of running it, with incidents at their mean.
    pub(super) mean_premium: Col,
    /// Hours of the project.
    pub(super) project_hours: Col,
    /// Cost of an hour.
    pub(super) hour: Col,
    /// The project that leads to it, if one does.
    pub(super) project: Option<Project>,
    /// Lines with a capacity wall: the line's path and the first month of it, −1 without one.
    pub(super) walls: Vec<(String, Col)>,
    /// What it is made of.
    pub(super) lines: Vec<LineColumn>,
}

impl Lowered {
    /// What the economic lens adds to tco.
    pub(super) fn beside(&self) -> [(Account, Col); 3] {
        [(Account::Loss, self.loss), (Account::Penalties, self.penalties), (Account::Premium, self.premium)]
    }
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
    /// Share of traffic moved away; `None` on the platform that is moved to.
    moved: Option<Col>,
    share: Share,
    /// When it is the second platform that serves.
    second: Second,
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
    dual: [Vec<(Col, Col)>; 4],
    mean_help: Vec<(Col, Col)>,
    opening: [Vec<(Col, Col)>; 4],
    hours: Vec<(Col, Col)>,
    dual_hours: Vec<(Col, Col)>,
    mean_hours: Vec<(Col, Col)>,
    walls: Vec<(String, Col)>,
    lines: Vec<LineColumn>,
}

impl Terms {
    /// Keeps a line of a platform by phase: while it carries production, and while it is the second that serves.
    fn line(&mut self, zero: Col, platform: &Platform, (bucket, line): (Bucket, String), parts: [Col; 2], lens: Lens) {
        for (phase, amount) in [CostPhase::Running, CostPhase::DualRunning].into_iter().zip(parts) {
            if amount != zero {
                let (platform, line) = (Some(platform.name.clone()), line.clone());
                self.lines.push(LineColumn { platform, account: Account::Bucket(bucket), line, phase, lens, amount });
            }
        }
    }
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
    if let Some(id) = option.migration {
        terms.lines.push(LineColumn {
            platform: Some(scenario.platform(option.platform).name.clone()),
            account: Account::Bucket(Bucket::Engineering),
            line: format!("migration.{}", scenario.migrations[id.0].name),
            phase: CostPhase::Project,
            lens: Lens::Tco,
            amount: b.mul(project_hours, people.hour),
        });
    }
    let mut lowered = Lowered {
        invoiced,
        dual: terms.dual.map(|t| b.sum(t)),
        mean_invoiced: b.sum(mean_terms),
        opening: terms.opening.map(|t| b.sum(t)),
        hours: b.sum(terms.hours),
        dual_hours: b.sum(terms.dual_hours),
        mean_hours: b.sum(terms.mean_hours),
        loss: b.zero(),
        penalties: b.zero(),
        premium: b.zero(),
        mean_loss: b.zero(),
        mean_penalties: b.zero(),
        mean_premium: b.zero(),
        project_hours,
        hour: people.hour,
        project,
        walls: terms.walls,
        lines: terms.lines,
    };
    for (account, amount) in lowered.beside() {
        b.name(format!("option.{}.{}", option.name, account.name()), amount);
        if amount != b.zero() {
            let (line, phase, lens) = (account.name().to_owned(), CostPhase::Running, Lens::Economic);
            lowered.lines.push(LineColumn { platform: None, account, line, phase, lens, amount });
        }
    }
    for (line, month) in &lowered.walls {
        b.name(format!("option.{}.wall.{line}", option.name), *month);
    }
    for bucket in Bucket::ALL {
        let (place, name) = (bucket as usize, bucket.name());
        b.name(format!("option.{}.invoiced.{name}", option.name), lowered.invoiced[place]);
        b.name(format!("option.{}.dual.{name}", option.name), lowered.dual[place]);
        b.name(format!("option.{}.opening.{name}", option.name), lowered.opening[place]);
    }
    b.name(format!("option.{}.hours", option.name), lowered.hours);
    b.name(format!("option.{}.dual_hours", option.name), lowered.dual_hours);
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
        let second = Second::never(b);
        return vec![Side {
            platform: own,
            service: one,
            traffic: one,
            since,
            first_month: None,
            moved,
            share,
            second,
        }];
    };
    let phase = project.phase;
    let floor = b.unary(super::op::Unary::Floor, project.on);
    let first_month = b.add(floor, one);
    let old = (phase.old_service(), phase.old_traffic());
    let new = (phase.new_service(), phase.new_traffic());
    let second_old = Second::between(b, (project.cutover, project.off), old, None);
    let second_new = Second::between(b, (project.on, project.cutover), new, Some(project.traffic));
    vec![
        Side {
            platform: scenario.platform(today),
            service: phase.old_service(),
            traffic: phase.old_traffic(),
            since: None,
            first_month: None,
            moved: Some(phase.moved()),
            share: Share::Old { before: phase.old_load(), after: phase.old_standby(), cutover: project.cutover },
            second: second_old,
        },
        Side {
            platform: own,
            service: phase.new_service(),
            traffic: phase.new_traffic(),
            since: Some(phase.since_cutover()),
            first_month: Some(first_month),
            moved: None,
            share: Share::New(phase.new_load()),
            second: second_new,
        },
    ]
}

fn add_side(b: &mut Builder, drivers: &Drivers, people: &People, side: &Side, own: usize, terms: &mut Terms) {
    let platform = format!("platform.{}", side.platform.name);
    let (zero, one) = (b.zero(), b.one());
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
        let (term, weights) = match cost {
            Cost::Running(cost) => ((side.service, cost), Some(side.second.service)),
            Cost::Invoiced(cost) => ((one, cost), Some(side.second.share)),
            Cost::Opening(cost) => ((one, cost), None),
        };
        b.figure(&format!("{platform}.{}.{}", line.bucket.name(), line.name), own, "$", term, asked);
        let Some(weights) = weights else {
            terms.opening[bucket].push(term);
            terms.lines.push(LineColumn {
                platform: Some(side.platform.name.clone()),
                account: Account::Bucket(line.bucket),
                line: line.name.clone(),
                phase: CostPhase::Opening,
                lens: Lens::Invoices,
                amount: term.1,
            });
            continue;
        };
        terms.invoiced[bucket].push(term);
        terms.dual[bucket].push((weights.dual, term.1));
        let parts = weights.split(b, term.1);
        terms.line(zero, side.platform, (line.bucket, line.name.clone()), parts, Lens::Invoices);
    }
    for item in &side.platform.work {
        let mark = b.mark();
        let hours = work::lower(b, drivers, people, item, side.since);
        let asked = mark..b.mark();
        b.figure(&format!("{platform}.work.{}", item.name), own, "hours", (side.service, hours), asked);
        terms.hours.push((side.service, hours));
        terms.dual_hours.push((side.second.service.dual, hours));
        terms.mean_hours.push((side.service, hours));
        let paid = b.mul(hours, people.hour);
        let parts = side.second.service.split(b, paid);
        terms.line(zero, side.platform, (Bucket::Engineering, format!("work.{}", item.name)), parts, Lens::Tco);
    }
    let engineering = Bucket::Engineering as usize;
    for class in &side.platform.incidents {
        let when = (side.traffic, side.since);
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
        terms.dual_hours.push((side.second.traffic.dual, drawn.hours));
        terms.dual[engineering].push((side.second.traffic.dual, drawn.invoiced));
        let paid = b.mul(drawn.hours, people.hour);
        let name = format!("incident.{}", class.name);
        let help = (Bucket::Engineering, format!("{name}.outside_help"));
        for (what, amount, lens) in
            [((Bucket::Engineering, name), paid, Lens::Tco), (help, drawn.invoiced, Lens::Invoices)]
        {
            let parts = side.second.traffic.split(b, amount);
            terms.line(zero, side.platform, what, parts, lens);
        }
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
