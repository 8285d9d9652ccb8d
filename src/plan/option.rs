use super::builder::Builder;
use super::change;
use super::contract;
use super::cover::{self, DoneBy};
use super::driver::Drivers;
use super::event;
use super::migration::{self, Project};
use super::must_leave;
use super::op::Col;
use super::part::LineColumn;
use super::side;
use super::signal;
use super::terms::{self, Terms};
use super::trigger::{self, Seen};
use super::work::People;
use crate::model::{Account, Bucket, CostPhase, Fact, Lens, Signal, Task, WayToRun};

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
    /// Pay of the month for seats that are opened, and for those that are filled today.
    pub(super) pay: [Col; 2],
    /// Who does hours of running it beside developers, and of the project where that is left to them.
    pub(super) done_by: Vec<DoneBy>,
    /// Coverable hours of developers in their working time, where something looks at that.
    pub(super) toil: Option<Col>,
    /// Revenue that does not come because something is asked for that cannot be met.
    pub(super) blocked: Col,
    /// Hours of the project that developers do, and of changing the platform.
    pub(super) project_hours: Col,
    /// And those that people from outside do.
    pub(super) outside_hours: Col,
    /// All hours, the project's too, by what they go into; in the order of [`Task::all`].
    pub(super) by_task: [Col; Task::COUNT],
    /// Engineer-weeks of changing the platform in the month, where the option does.
    pub(super) change_weeks: Option<Col>,
    /// What is invoiced for it: people from outside, failed attempts to cut over.
    pub(super) project_invoiced: Col,
    /// Cost of an hour.
    pub(super) hour: Col,
    /// Whether that project is its own, and not one that it begins only if it must.
    pub(super) is_own: bool,
    /// The project that leads to it, if one does.
    pub(super) project: Option<Project>,
    /// Lines with a capacity wall: the line's path and the first month of it, −1 without one.
    pub(super) walls: Vec<(String, Col)>,
    /// Counts of incidents of the month, by class.
    pub(super) struck: Vec<(String, Col)>,
    /// When folk signals fire, where the file says what they need.
    pub(super) signals: Vec<(Signal, Col)>,
    /// How many know production, where the file says how many do of the team.
    pub(super) know: Option<Col>,
    /// What it is made of.
    pub(super) lines: Vec<LineColumn>,
    /// What is still to be paid after the month of what is bought ahead and signed.
    pub(super) owed: Col,
    /// Debt of the platform that it ends on, if that has any.
    pub(super) debt: Option<Col>,
}

impl Lowered {
    /// What the economic lens adds to tco.
    pub(super) fn beside(&self) -> [(Account, Col); 4] {
        let blocked = (Account::Blocked, self.blocked);
        [(Account::Loss, self.loss), (Account::Penalties, self.penalties), (Account::Premium, self.premium), blocked]
    }
}

/// Lowers all options, in the scenario's order.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, people: &People) -> Vec<Lowered> {
    let scenario = b.scenario;
    let waits = |option: &WayToRun| option.migration.is_some_and(|id| scenario.migrations[id.0].waits());
    // What projects wait for is of the baseline's months, which then come before them.
    let baseline = scenario.baseline.0;
    let mut first = scenario.options.iter().any(waits).then(|| lower_one(b, drivers, people, baseline, None));
    let seen = first.as_ref().map(|baseline| Seen::of(b, baseline));
    let own = |place: usize| match first.take_if(|_| place == baseline) {
        Some(lowered) => lowered,
        None => lower_one(b, drivers, people, place, seen.as_ref()),
    };
    (0..scenario.options.len()).map(own).collect()
}

fn lower_one(b: &mut Builder, drivers: &Drivers, people: &People, own: usize, seen: Option<&Seen>) -> Lowered {
    let scenario = b.scenario;
    let option = &scenario.options[own];
    let way = scenario.way_out(option);
    let is_own = option.migration.is_some();
    let project = way.map(|(_, id)| migration::lower(b, drivers, (&scenario.migrations[id.0], is_own), seen));
    let is_covered = cover::is_covered(scenario, option);
    let mut terms = Terms { is_covered, ..Terms::default() };
    let owned_before = is_covered.then(|| cover::owned_before(b, own, is_own));
    let mut debt = None;
    for (place, mut side) in side::lower(b, option, way.map(|way| way.0).zip(project.as_ref())).into_iter().enumerate()
    {
        side.owned = owned_before.unwrap_or(side.owned);
        terms::add_side(b, drivers, people, &side, own, &mut terms);
        // Of the platform that it ends on: an option that only leaves if it must, stays.
        if place == 0 || is_own {
            debt = terms.debt;
        }
    }
    if let Some(lost) = project.as_ref().and_then(|project| must_leave::lost(b, drivers, project)) {
        let one = b.one();
        terms.loss.push((one, lost));
        terms.mean_loss.push((one, lost));
    }
    add_events(b, people, own, &mut terms);
    let given_up = event::given_up(b, project.as_ref().map(|project| project.start));
    let left = if is_own { scenario.baseline() } else { option };
    let gone = project.as_ref().and_then(|_| must_leave::gone(b, left));
    contract::settle(b, own, given_up, gone.map(|gone| (&*scenario.lived_on(left).name, gone)), &mut terms);
    let owed = b.sum(std::mem::take(&mut terms.owed));
    let (mut project_hours, outside_hours, bills) = match &project {
        None => (b.zero(), b.zero(), Vec::new()),
        Some(project) => project_of(b, people, project),
    };
    let one = b.one();
    for hours in [project_hours, outside_hours] {
        terms.by_task.push(Task::Project, (one, hours));
    }
    let done = is_covered.then(|| {
        let by_cover = option.migration.is_some_and(|id| scenario.migrations[id.0].hours_by_cover);
        let hours = by_cover.then_some(project_hours);
        // Who leaves because they must keeps those who look after it.
        let chosen = project.as_ref().filter(|_| is_own);
        let done = cover::lower(b, (drivers, people), own, chosen, (hours, owned_before, &mut terms));
        if by_cover {
            project_hours = b.mul(project_hours, done.developers);
        }
        done
    });
    let toil = match &done {
        Some(done) => done.toil,
        None => {
            let coverable = cover::coverable(b, &terms, &terms.hours);
            cover::toil(b, drivers, coverable)
        }
    };
    let of_the_team = drivers.fact(b, Fact::KnowProduction).map(|(now, _)| now);
    let know = done.as_ref().and_then(|done| done.know).or(of_the_team);
    let signals = signal::lower(b, drivers, option, (toil, know), &terms.struck);
    let invoiced = terms.invoiced.map(|t| b.sum(t));
    if let Some(bill) = done.as_ref().and_then(|done| done.bill) {
        let all = trigger::bill(b, &invoiced);
        b.keep(bill, all);
    }
    if let Some((way, id)) = way {
        let name = format!("migration.{}", scenario.migrations[id.0].name);
        let hours = (name.clone(), Lens::Tco, b.mul(project_hours, people.hour));
        let bills = bills.iter().map(|(what, amount)| (format!("{name}.{what}"), Lens::Invoices, *amount));
        for (line, lens, amount) in std::iter::once(hours).chain(bills) {
            terms.lines.push(LineColumn {
                platform: Some(scenario.platform(way.platform).name.clone()),
                account: Account::Bucket(Bucket::Engineering),
                line,
                phase: CostPhase::Project,
                lens,
                amount,
            });
        }
    }
    let change_weeks = option.change.as_ref().map(|change| change::weeks(b, change));
    if let Some(weeks) = change_weeks {
        let hours = b.mul(weeks, people.hours_per_week);
        terms.by_task.push(Task::Project, (one, hours));
        project_hours = b.add(project_hours, hours);
        let amount = b.mul(hours, people.hour);
        if amount != b.zero() {
            terms.lines.push(LineColumn {
                platform: Some(scenario.platform(option.platform).name.clone()),
                account: Account::Bucket(Bucket::Engineering),
                line: format!("option.{}.change", option.name),
                phase: CostPhase::Project,
                lens: Lens::Tco,
                amount,
            });
        }
    }
    let project_invoiced = bills.iter().fold(b.zero(), |sum, (_, bill)| b.add(sum, *bill));
    let mut hours = b.sum(terms.hours);
    let mut dual_hours = b.sum(terms.dual_hours);
    let mut mean_hours = b.sum(terms.mean_hours);
    let (mut pay, mut done_by) = ([b.zero(); 2], Vec::new());
    if let Some(done) = done {
        hours = b.sub(hours, done.taken);
        dual_hours = b.mul(dual_hours, done.developers);
        mean_hours = b.sub(mean_hours, done.mean_taken);
        (pay, done_by) = (done.pay, done.by);
    }
    let all_hours = b.add(hours, project_hours);
    let mut lowered = Lowered {
        invoiced,
        dual: terms.dual.map(|t| b.sum(t)),
        mean_invoiced: b.sum(terms.mean_invoiced.concat()),
        opening: terms.opening.map(|t| b.sum(t)),
        hours,
        dual_hours,
        mean_hours,
        loss: b.sum(terms.loss),
        mean_loss: b.sum(terms.mean_loss),
        penalties: b.sum(terms.penalties),
        mean_penalties: b.sum(terms.mean_penalties),
        premium: b.mul(people.premium, all_hours),
        mean_premium: b.mul(people.premium, mean_hours),
        pay,
        done_by,
        toil,
        blocked: b.sum(terms.blocked),
        project_hours,
        outside_hours,
        by_task: terms.by_task.sums(b),
        change_weeks,
        project_invoiced,
        hour: people.hour,
        project,
        walls: terms.walls,
        struck: terms.struck,
        signals,
        know,
        lines: terms.lines,
        owed,
        debt,
        is_own,
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
        ("owed", lowered.owed),
    ] {
        b.name(format!("option.{}.{what}", option.name), col);
    }
    for (task, col) in Task::all().into_iter().zip(lowered.by_task) {
        b.name(format!("option.{}.task.{}", option.name, task.name()), col);
    }
    b.name(format!("option.{}.outside_hours", option.name), outside_hours);
    b.name(format!("option.{}.project_hours", option.name), project_hours);
    b.name(format!("option.{}.project_invoiced", option.name), project_invoiced);
    if let Some(project) = &lowered.project {
        b.name(format!("option.{}.cutover", option.name), project.cutover);
        b.name(format!("option.{}.moved", option.name), project.phase.moved());
    }
    lowered
}

/// Hours of developers on a project in the month, those of people from outside, and what is invoiced for it, by name.
fn project_of(b: &mut Builder, people: &People, project: &Project) -> (Col, Col, Vec<(&'static str, Col)>) {
    let hours = b.mul(project.weeks, people.hours_per_week);
    let hours = b.mul(hours, project.part);
    let mut bills = Vec::new();
    let (mut own, mut others) = (hours, b.zero());
    if let Some((share, rate)) = project.outside {
        let outside = b.mul(hours, share);
        own = b.sub(hours, outside);
        others = outside;
        bills.push(("outside_help", b.mul(outside, rate)));
    }
    if project.failures != b.zero() {
        bills.push(("failed_cutovers", project.failures));
    }
    (own, others, bills)
}

/// Hours that events take in their month, the same in every option.
fn add_events(b: &mut Builder, people: &People, own: usize, terms: &mut Terms) {
    let one = b.one();
    for event::Taken { event, hours, asked } in event::hours(b) {
        b.figure(&format!("event.{}.hours", event.name), own, "hours", (one, hours), asked);
        terms.by_task.push(Task::Events, (one, hours));
        terms.hours.push((one, hours));
        terms.mean_hours.push((one, hours));
        terms.lines.push(LineColumn {
            platform: None,
            account: Account::Bucket(Bucket::Engineering),
            line: format!("event.{}", event.name),
            phase: CostPhase::Running,
            lens: Lens::Tco,
            amount: b.mul(hours, people.hour),
        });
    }
}
