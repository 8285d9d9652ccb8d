use std::ops::Range;

use super::builder::Builder;
use super::debt;
use super::driver::Drivers;
use super::friction::{self, Joining};
use super::incident;
use super::line::{self, Cost, Life, Place};
use super::loss::{self, Credits};
use super::migration::{self, Project};
use super::op::{Col, Op, Unary};
use super::part::{LineColumn, Second};
use super::work::{self, People};
use crate::model::{Account, Bucket, CostPhase, DriverId, IncidentClass, Lens, Line, Platform, WayToRun};

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
    /// Margin lost in the month while production is down; 0 where nothing is said of revenue.
    pub(super) loss: Col,
    /// The same with incidents at their mean.
    pub(super) mean_loss: Col,
    /// What customers are paid for the month's incidents.
    pub(super) penalties: Col,
    /// The same with incidents at their mean.
    pub(super) mean_penalties: Col,
    /// What developers' hours of the month, the project's too, are worth above their pay.
    pub(super) premium: Col,
    /// The same with incidents at their mean and without the project.
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
    /// Debt of the platform that it ends on, if that has any.
    pub(super) debt: Option<Col>,
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
    /// Mean share of all traffic in the month.
    traffic_share: Col,
    /// 1 on the platform with the larger share of it, else 0.
    host: Col,
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
    mean_invoiced: [Vec<(Col, Col)>; 4],
    opening: [Vec<(Col, Col)>; 4],
    hours: Vec<(Col, Col)>,
    dual_hours: Vec<(Col, Col)>,
    mean_hours: Vec<(Col, Col)>,
    loss: Vec<(Col, Col)>,
    mean_loss: Vec<(Col, Col)>,
    penalties: Vec<(Col, Col)>,
    mean_penalties: Vec<(Col, Col)>,
    walls: Vec<(String, Col)>,
    /// Of the last side.
    debt: Option<Col>,
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
    let hours = b.sum(terms.hours);
    let mean_hours = b.sum(terms.mean_hours);
    let all_hours = b.add(hours, project_hours);
    let mut lowered = Lowered {
        invoiced,
        dual: terms.dual.map(|t| b.sum(t)),
        mean_invoiced: b.sum(terms.mean_invoiced.concat()),
        opening: terms.opening.map(|t| b.sum(t)),
        hours,
        dual_hours: b.sum(terms.dual_hours),
        mean_hours,
        loss: b.sum(terms.loss),
        mean_loss: b.sum(terms.mean_loss),
        penalties: b.sum(terms.penalties),
        mean_penalties: b.sum(terms.mean_penalties),
        premium: b.mul(people.premium, all_hours),
        mean_premium: b.mul(people.premium, mean_hours),
        project_hours,
        hour: people.hour,
        project,
        walls: terms.walls,
        lines: terms.lines,
        debt: terms.debt,
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
    for (what, col) in [
        ("hours", lowered.hours),
        ("dual_hours", lowered.dual_hours),
        ("mean_hours", lowered.mean_hours),
        ("mean_invoiced", lowered.mean_invoiced),
        ("mean_loss", lowered.mean_loss),
        ("mean_penalties", lowered.mean_penalties),
        ("mean_premium", lowered.mean_premium),
    ] {
        b.name(format!("option.{}.{what}", option.name), col);
    }
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
        let owned = b.estimate(&option.owned_share);
        let settled = b.zero();
        return vec![Side {
            platform: own,
            service: one,
            traffic: one,
            traffic_share: one,
            host: one,
            since,
            first_month: None,
            owned,
            settled,
            moved,
            share,
            second,
        }];
    };
    let phase = project.phase;
    let floor = b.unary(Unary::Floor, project.on);
    let first_month = b.add(floor, one);
    let old = (phase.old_service(), phase.old_traffic());
    let new = (phase.new_service(), phase.new_traffic());
    let second_old = Second::between(b, (project.cutover, project.off), old, None);
    let second_new = Second::between(b, (project.on, project.cutover), new, Some(project.traffic));
    let owned = b.estimate(&option.owned_share);
    let owned_so_far = debt::owned_while_leaving(b, option, project.start);
    let zero = b.zero();
    let stayed = b.sub(one, phase.moved());
    let half = b.constant(0.5);
    let beyond_half = b.sub(phase.moved(), half);
    let host_is_new = b.unary(Unary::Ceil, beyond_half);
    let host_is_old = b.sub(one, host_is_new);
    vec![
        Side {
            platform: scenario.platform(today),
            service: phase.old_service(),
            traffic: phase.old_traffic(),
            traffic_share: stayed,
            host: host_is_old,
            since: None,
            first_month: None,
            owned: owned_so_far,
            settled: zero,
            moved: Some(phase.moved()),
            share: Share::Old { before: phase.old_load(), after: phase.old_standby(), cutover: project.cutover },
            second: second_old,
        },
        Side {
            platform: own,
            service: phase.new_service(),
            traffic: phase.new_traffic(),
            traffic_share: phase.moved(),
            host: host_is_new,
            since: Some(phase.since_cutover()),
            first_month: Some(first_month),
            owned,
            settled: project.cutover,
            moved: None,
            share: Share::New(phase.new_load()),
            second: second_new,
        },
    ]
}

fn add_side(b: &mut Builder, drivers: &Drivers, people: &People, side: &Side, own: usize, terms: &mut Terms) {
    let platform = format!("platform.{}", side.platform.name);
    let zero = b.zero();
    let debt = debt::lower(b, drivers, side.platform, (side.owned, side.settled), own);
    terms.debt = debt.level;
    let incidents = happen(b, drivers, people, side, &debt);
    add_lines(b, drivers, side, own, &incidents, terms);
    for item in &side.platform.work {
        let mark = b.mark();
        let hours = work::lower(b, drivers, people, item, (side.since, &debt));
        let asked = mark..b.mark();
        b.figure(&format!("{platform}.work.{}", item.name), own, "hours", (side.service, hours), asked);
        terms.hours.push((side.service, hours));
        terms.dual_hours.push((side.second.service.dual, hours));
        terms.mean_hours.push((side.service, hours));
        let paid = b.mul(hours, people.hour);
        let parts = side.second.service.split(b, paid);
        terms.line(zero, side.platform, (Bucket::Engineering, format!("work.{}", item.name)), parts, Lens::Tco);
    }
    add_own_time(b, drivers, people, side, own, terms);
    let (one, engineering) = (b.one(), Bucket::Engineering as usize);
    for Happening { class, path, asked, drawn, mean } in &incidents {
        b.figure(&format!("{path}.hours"), own, "hours", (one, drawn.hours), asked.clone());
        b.figure(&format!("{path}.outside_help"), own, "$", (one, drawn.invoiced), asked.clone());
        terms.hours.push((one, drawn.hours));
        terms.mean_hours.push((one, mean.hours));
        terms.invoiced[engineering].push((one, drawn.invoiced));
        terms.mean_invoiced[engineering].push((one, mean.invoiced));
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
    add_losses(b, drivers, side, own, &incidents, terms);
}

/// A class of incidents in a month, as drawn and at its mean.
struct Happening<'a> {
    class: &'a IncidentClass,
    path: String,
    asked: Range<usize>,
    drawn: incident::Lowered,
    mean: incident::Lowered,
}

fn happen<'a>(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    side: &Side<'a>,
    debt: &debt::Effects,
) -> Vec<Happening<'a>> {
    let when = (side.traffic, side.since, debt);
    let classes = side.platform.incidents.iter().map(|class| {
        let mark = b.mark();
        let drawn = incident::lower(b, drivers, people, &side.platform.name, class, when);
        let asked = mark..b.mark();
        let mean = incident::lower_mean(b, drivers, people, class, when);
        Happening {
            class,
            path: format!("platform.{}.incident.{}", side.platform.name, class.name),
            asked,
            drawn,
            mean,
        }
    });
    classes.collect()
}

/// What the lines of a side are invoiced at, less what vendors give back, and the bills that ran away.
fn add_lines(b: &mut Builder, drivers: &Drivers, side: &Side, own: usize, incidents: &[Happening], terms: &mut Terms) {
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
        let (weight, cost, phases) = match cost {
            Cost::Running(cost) => (side.service, cost, side.second.service),
            Cost::Invoiced(cost) => (one, cost, side.second.share),
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
        let paid = b.mul(weight, kept);
        terms.invoiced[bucket].push((paid, cost));
        let after_credit = b.mul(kept, cost);
        terms.dual[bucket].push((phases.dual, after_credit));
        let parts = phases.split(b, after_credit);
        terms.line(zero, side.platform, (line.bucket, line.name.clone()), parts, Lens::Invoices);
        let paid = b.mul(weight, mean_credits.kept(line));
        terms.mean_invoiced[bucket].push((paid, cost));
        for Happening { class, path, asked, drawn, mean } in incidents.iter().filter(|i| i.class.runs_away(line)) {
            let bill = b.mul(weight, cost);
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
        line: line.name.clone(),
        phase: CostPhase::Opening,
        lens: Lens::Invoices,
        amount,
    }
}

/// Developers' own hours: friction by the share of traffic, onboarding where the larger share of it is.
fn add_own_time(b: &mut Builder, drivers: &Drivers, people: &People, side: &Side, own: usize, terms: &mut Terms) {
    let (zero, one) = (b.zero(), b.one());
    let friction = &side.platform.friction;
    let mut add = |b: &mut Builder, what: &str, hours: Col, part: Col, asked: Range<usize>| {
        let hours = b.mul(part, hours);
        if hours != b.zero() {
            b.figure(&format!("platform.{}.{what}", side.platform.name), own, "hours", (one, hours), asked);
        }
        terms.hours.push((one, hours));
        terms.mean_hours.push((one, hours));
        let paid = b.mul(hours, people.hour);
        terms.line(zero, side.platform, (Bucket::Engineering, what.to_owned()), [paid, zero], Lens::Tco);
    };
    let mark = b.mark();
    let hours = friction::per_driver(b, drivers, friction);
    let asked = mark..b.mark();
    add(b, "friction", hours, side.traffic_share, asked);
    let mark = b.mark();
    let hours = friction::onboarding(b, drivers, friction, Joining::MonthByMonth);
    let asked = mark..b.mark();
    add(b, "onboarding", hours, side.host, asked);
}

/// The economic lens's own: margin lost, and what customers are paid.
fn add_losses(b: &mut Builder, drivers: &Drivers, side: &Side, own: usize, incidents: &[Happening], terms: &mut Terms) {
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
