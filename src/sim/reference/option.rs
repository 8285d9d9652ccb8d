//! The twin of options: sides, months, what they cost so far.

use std::collections::BTreeMap;

use super::super::trace::Trace;
use super::Twin;
use super::contract::{Ahead, Billed};
use super::cover::Lived;
use super::debt::Effects;
use super::decided::Deciding;
use super::incident::Happened;
use super::ladder::Ladders;
use super::project::{Project, moved, part, stayed_until};
use crate::math::elementary::pow;
use crate::math::finance::discount_factor;
use crate::model::{Bucket, DriverId, Lens, Line, Moves, Platform, Scenario, Scheme, Task, VendorId, WayToRun, When};
use crate::units::WEEKS_PER_MONTH;

/// One platform in one month of one option.
pub(super) struct Side<'a> {
    pub(super) platform: &'a Platform,
    pub(super) service: f64,
    pub(super) traffic: f64,
    /// Mean share of all traffic in the month, of which it serves that.
    pub(super) traffic_share: f64,
    /// Whether it is where more than half of the traffic is; the old one keeps it at one half. A share within 10⁻⁹ of one
    /// half is one half, as everywhere that something is rounded up.
    pub(super) is_host: bool,
    pub(super) since: Option<f64>,
    /// What part of the time in service, and of the time with traffic, it is the second of two that serve.
    pub(super) second: (f64, f64),
    /// The month a one-off amount of a platform that is moved to falls in, at the earliest.
    pub(super) first_month: Option<f64>,
    pub(super) debt: Effects,
    /// The part of its hours that is done by those whose job it is.
    pub(super) owned: f64,
    /// When all traffic is here; 0 on a platform of the opening.
    pub(super) settled: f64,
    /// When leaving it begins.
    pub(super) leaving: f64,
    /// Whether it is one that is left.
    pub(super) is_left: bool,
    /// Whether none of what moves in a way has left it, or it is not one that is moved to.
    pub(super) all_here: Box<dyn Fn(Option<Moves>) -> bool + 'a>,
    /// What it sees of a driver for something that may say how it moves.
    pub(super) load: Box<dyn Fn(DriverId, Option<Moves>) -> f64 + 'a>,
}

/// What an option costs in a month.
#[derive(Default, Clone)]
pub(super) struct Costs {
    pub(super) invoiced: [f64; 4],
    /// The parts of invoices and hours that are of the platform that is second of two.
    pub(super) dual: [f64; 4],
    pub(super) mean_invoiced: f64,
    pub(super) loss: f64,
    pub(super) mean_loss: f64,
    pub(super) penalties: f64,
    pub(super) mean_penalties: f64,
    /// Coverable ones among the hours.
    pub(super) coverable: f64,
    pub(super) mean_coverable: f64,
    /// Hours that requests of developers take, and the part of their delay that is lost, side after side.
    pub(super) requests: Vec<(f64, f64)>,
    /// Pay of seats that are opened, and of those filled today.
    pub(super) pay: [f64; 2],
    pub(super) blocked: f64,
    pub(super) hours: f64,
    pub(super) dual_hours: f64,
    pub(super) mean_hours: f64,
    pub(super) project_hours: f64,
    pub(super) outside_hours: f64,
    /// All hours, the project's too, by what they go into.
    pub(super) by_task: BTreeMap<Task, f64>,
    pub(super) project_invoiced: f64,
    pub(super) owed: f64,
    /// What is missing to a minimum spend, and what is left of credits, by vendor.
    pub(super) settled: Vec<(VendorId, f64, Option<f64>)>,
}

impl Costs {
    pub(super) fn spent(&mut self, task: Task, hours: f64) {
        *self.by_task.entry(task).or_default() += hours;
    }
}

/// What an option has cost so far under one lens.
struct Sums {
    nominal: f64,
    present: f64,
    real: f64,
    /// Of the fiscal year alone.
    fiscal: f64,
}

impl Sums {
    const fn begun_with(opening: f64) -> Self {
        Self { nominal: opening, present: opening, real: opening, fiscal: opening }
    }

    fn add(&mut self, scenario: &Scenario, m: u32, amount: f64, begins_year: bool) {
        let years = f64::from(m) / 12.0;
        self.nominal += amount;
        self.present += amount * scenario.discount_rate.map_or(1.0, |rate| discount_factor(rate, m));
        self.real += amount / scenario.inflation.map_or(1.0, |rate| pow(1.0 + rate.get(), years));
        // What is paid at the opening is of the year that month 1 is in, even where that begins with it.
        self.fiscal = if begins_year && m > 1 { amount } else { self.fiscal + amount };
    }
}

impl Twin<'_> {
    pub(super) fn live_option(&self, option: &WayToRun, trace: &mut Trace) -> Deciding {
        let scenario = self.scenario;
        let way = scenario.way_out(option);
        let is_own = option.migration.is_some();
        let project = way.map(|(_, id)| self.plan_project(&scenario.migrations[id.0], is_own));
        let own = scenario.lived_on(way.map_or(option, |(way, _)| way));
        // An option on today's platform that must leave it leaves it as it has it.
        let first = if is_own { scenario.baseline() } else { option };
        let opening_platform = if project.is_some() { scenario.lived_on(first) } else { own };
        let is_baseline = option.name == scenario.baseline().name;
        let last_dearer = (!is_baseline).then(|| self.as_of(f64::INFINITY, || self.last_dearer_size(option)));
        self.at.set(0.0);
        let opening = Bucket::ALL.map(|bucket| self.opening(opening_platform, bucket));
        let mut sums = Lens::ALL.map(|_| Sums::begun_with(opening.iter().sum()));
        let (mut ladders, mut ahead, mut lived) = (Ladders::default(), Ahead::default(), Lived::default());
        let mut deciding = Deciding::default();
        for m in 1..=scenario.months {
            self.at.set(f64::from(m));
            let costs = self.month(option, project.as_ref(), m, (&mut ladders, &mut ahead, &mut lived));
            let invoices = costs.invoiced.iter().sum::<f64>() + costs.project_invoiced;
            let cash = invoices + costs.pay[0];
            let tco = cash + costs.pay[1] + (costs.hours + costs.project_hours) * self.hour(m);
            let premium = self.value(&scenario.people.opportunity_premium) * self.hour(m);
            let economic =
                tco + costs.loss + costs.penalties + costs.blocked + premium * (costs.hours + costs.project_hours);
            let monthly = [invoices, cash, tco, economic];
            let begins_year = scenario.start.plus(m as i32 - 1).index() == usize::from(scenario.fiscal_year);
            for (sums, amount) in sums.iter_mut().zip(monthly) {
                sums.add(scenario, m, amount, begins_year);
            }
            let so_far = |sums: &Sums| if scenario.verdict.discounted { sums.present } else { sums.nominal };
            let running = {
                let cash = costs.mean_invoiced + costs.pay[0];
                let tco = cash + costs.pay[1] + costs.mean_hours * self.hour(m);
                let beside = costs.mean_loss + costs.mean_penalties + costs.blocked + premium * costs.mean_hours;
                [costs.mean_invoiced, cash, tco, tco + beside]
            };
            deciding.push(scenario.verdict.lens, sums.each_ref().map(so_far), running);
            let mut note = |what: &str, value: f64| {
                trace.entry(format!("option.{}.{what}", option.name)).or_default().push(value);
            };
            for bucket in Bucket::ALL {
                note(&format!("invoiced.{}", bucket.name()), costs.invoiced[bucket as usize]);
                note(&format!("dual.{}", bucket.name()), costs.dual[bucket as usize]);
                note(&format!("opening.{}", bucket.name()), opening[bucket as usize]);
            }
            note("hours", costs.hours);
            note("dual_hours", costs.dual_hours);
            note("mean_hours", costs.mean_hours);
            note("mean_invoiced", costs.mean_invoiced);
            note("loss", costs.loss);
            note("mean_loss", costs.mean_loss);
            note("penalties", costs.penalties);
            note("mean_penalties", costs.mean_penalties);
            note("premium", premium * (costs.hours + costs.project_hours));
            note("mean_premium", premium * costs.mean_hours);
            note("blocked", costs.blocked);
            note("project_hours", costs.project_hours);
            note("outside_hours", costs.outside_hours);
            for task in Task::all() {
                note(&format!("task.{}", task.name()), costs.by_task.get(&task).copied().unwrap_or(0.0));
            }
            lived.noted.iter().for_each(|(what, value)| note(what, *value));
            self.note_signals(option, m, &mut lived, &mut note);
            note("project_invoiced", costs.project_invoiced);
            note("owed", costs.owed);
            for (VendorId(place), missing, balance) in &costs.settled {
                let vendor = format!("vendor.{}", scenario.vendors[*place].name);
                if scenario.vendors[*place].contract.is_some() {
                    note(&format!("{vendor}.minimum_spend"), *missing);
                }
                balance.iter().for_each(|balance| note(&format!("{vendor}.credits"), *balance));
            }
            for (lens, (sums, amount)) in Lens::ALL.into_iter().zip(sums.iter().zip(monthly)) {
                note(&format!("monthly.{}", lens.name()), amount);
                note(&format!("cumulative.{}", lens.name()), sums.nominal);
                note(&format!("present.{}", lens.name()), sums.present);
                note(&format!("real.{}", lens.name()), sums.real);
                note(&format!("fiscal.{}", lens.name()), sums.fiscal);
            }
            if let Some(place) = last_dearer {
                note("size_last_dearer", place);
            }
            let left = project.is_some().then_some(opening_platform);
            for platform in left.into_iter().chain([own]) {
                for line in platform.lines.iter().filter(|line| line.has_wall()) {
                    let path = format!("platform.{}.{}", platform.name, line.place());
                    note(&format!("wall.{path}"), ladders.wall(&path));
                }
            }
            for side in
                self.sides(option, project.as_ref(), m, &lived).iter().filter(|side| side.platform.debt.is_some())
            {
                let path = format!("debt.{}", side.platform.name);
                note(&path, side.debt.level);
                note(&format!("{path}.work"), side.debt.hours);
                note(&format!("{path}.incidents"), side.debt.incidents);
                note(&format!("{path}.restore"), side.debt.restore);
                note(&format!("{path}.onboarding"), side.debt.onboarding);
            }
            if let Some(project) = &project {
                let delayed = f64::from(project.migration.delay_months);
                // What starts it by itself is not known of before.
                let own = if is_own { self.starts(project.migration) } else { f64::INFINITY };
                let is_known = !project.migration.waits() || own - delayed < f64::from(m);
                let seen = self.project_from(project.migration, if is_known { own } else { f64::INFINITY });
                note("cutover", seen.cutover);
                note("moved", moved(project, f64::from(m)));
            }
        }
        deciding
    }

    /// Amounts of a bucket due at moment 0.
    pub(super) fn opening(&self, platform: &Platform, bucket: Bucket) -> f64 {
        let due = |line: &Line| match &line.scheme {
            Scheme::Once { amount, when: When::Opening } if !line.in_force.begins_later() => {
                self.value(amount) * (1.0 + self.value(&line.copies))
            }
            _ => 0.0,
        };
        platform.lines.iter().filter(|line| line.bucket == bucket).map(due).sum()
    }

    pub(super) fn month(
        &self,
        option: &WayToRun,
        project: Option<&Project>,
        m: u32,
        (ladders, ahead, lived): (&mut Ladders, &mut Ahead, &mut Lived),
    ) -> Costs {
        let mut costs = Costs::default();
        let mut bills: BTreeMap<usize, Billed> = BTreeMap::new();
        for side in self.sides(option, project, m, lived) {
            let happened = self.happened(&side, m);
            for one in &happened {
                let key = (side.platform.name.clone(), one.class.name.clone());
                lived.struck.entry(key).or_default().push(one.count);
            }
            self.add_lines(&side, m, (ladders, ahead), &happened, (&mut costs, &mut bills));
            self.add_people(&side, m, &happened, &mut costs);
            self.add_losses(&side, m, &happened, &mut costs);
            self.add_blocked(&side, m, &mut costs);
        }
        costs.spent(Task::Events, self.hours_by_events(m));
        lived.walls = self.walls_of(option, project, ladders);
        costs.hours += self.hours_by_events(m);
        costs.coverable += self.hours_by_events(m);
        costs.mean_hours += self.hours_by_events(m);
        costs.mean_coverable += self.hours_by_events(m);
        let leaving = self.given_up(project.map_or(f64::INFINITY, |project| project.start));
        let left = project.and_then(|_| {
            let first = if option.migration.is_some() { self.scenario.baseline() } else { option };
            let way = self.scenario.way_out(option)?.0;
            Some([first, way].map(|option| self.scenario.lived_on(option)))
        });
        self.settle(&bills, (leaving, left), m, ahead, &mut costs);
        if let Some(project) = project {
            let lost = self.lost_with_the_platform(project, m);
            costs.loss += lost;
            costs.mean_loss += lost;
        }
        if let Some(project) = project.filter(|_| f64::from(m) < self.product_ends()) {
            let hours_per_week = self.scenario.people.hours_per_month / WEEKS_PER_MONTH;
            let hours = project.weeks * hours_per_week * project.worked(f64::from(m));
            let help = project.migration.outside_help.as_ref();
            let (share, rate) = help.map_or((0.0, 0.0), |help| (self.value(&help.share), self.value(&help.rate)));
            costs.project_hours = hours * (1.0 - share);
            costs.outside_hours = hours * share;
            costs.spent(Task::Project, hours);
            let failure = project.migration.cutover.as_ref().map_or(0.0, |cutover| self.value(&cutover.cost));
            costs.project_invoiced = hours * share * rate + failure * project.failed(m) as f64;
        }
        if let Some(change) = &option.change
            && f64::from(m) == self.whole_month(&change.starts)
            && f64::from(m) < self.product_ends()
        {
            let hours_per_week = self.scenario.people.hours_per_month / WEEKS_PER_MONTH;
            let hours = self.value(&change.effort_weeks) * hours_per_week;
            costs.project_hours += hours;
            costs.spent(Task::Project, hours);
        }
        self.take_over(option, project.filter(|_| option.migration.is_some()), m, lived, &mut costs);
        lived.bills.push(costs.invoiced.iter().sum());
        costs
    }

    /// First months in which walls of the platforms that an option lives on were hit so far.
    fn walls_of(&self, option: &WayToRun, project: Option<&Project>, ladders: &Ladders) -> Vec<f64> {
        let scenario = self.scenario;
        let way = scenario.way_out(option).map_or(option, |(way, _)| way);
        let left = project.map(|_| scenario.platform(scenario.baseline().platform));
        let platforms = left.into_iter().chain([scenario.platform(way.platform)]);
        let of = |platform: &Platform| {
            let walls = platform.lines.iter().filter(|line| line.has_wall());
            walls
                .map(|line| ladders.wall(&format!("platform.{}.{}", platform.name, line.place())))
                .collect::<Vec<f64>>()
        };
        platforms.flat_map(of).collect()
    }

    fn sides<'b>(&'b self, option: &'b WayToRun, project: Option<&'b Project>, m: u32, lived: &Lived) -> Vec<Side<'b>> {
        let scenario = self.scenario;
        let is_covered = self.is_covered(option);
        let lowers = |m: u32| if is_covered { lived.lowers(m) } else { 0.0 };
        let owned = |m: u32, without: &dyn Fn(u32) -> f64| if is_covered { lived.owned(m) } else { without(m) };
        // Waste goes by who did the hours of the month before.
        let at_first = if option.migration.is_some() { scenario.baseline() } else { option };
        let before = |without: f64| match m {
            _ if !is_covered => without,
            1 => self.value(&at_first.owned_share),
            m => lived.owned(m - 1),
        };
        let way = scenario.way_out(option).map_or(option, |(way, _)| way);
        let own = scenario.lived_on(way);
        let today = scenario.baseline().platform;
        let left = scenario.lived_on(if option.migration.is_some() { scenario.baseline() } else { option });
        let full = move |id: DriverId| self.drivers[id.0][self.j(m)];
        let Some(project) = project else {
            let since = (option.platform != today).then(|| f64::from(m - 1));
            let load = Box::new(move |id, _| full(id));
            return vec![Side {
                platform: own,
                service: 1.0,
                traffic: 1.0,
                traffic_share: 1.0,
                is_host: true,
                since,
                second: (0.0, 0.0),
                first_month: None,
                debt: self.debt(own, m, (0.0, &|_| 1.0), &|m| owned(m, &|_| self.value(&option.owned_share)), &lowers),
                owned: before(self.value(&option.owned_share)),
                settled: 0.0,
                leaving: self.given_up(f64::INFINITY),
                is_left: false,
                all_here: Box::new(|_| true),
                load,
            }];
        };
        let x = f64::from(m);
        let share = moved(project, x);
        let old_service = part(x, 0.0, project.off);
        let new_service = part(x, project.on, f64::INFINITY);
        let standing_by = part(x, project.cutover, project.off) * self.value(&project.migration.standby);
        let cutover_month = (project.cutover.ceil() as u32).max(1);
        let held = move |id: DriverId| {
            if cutover_month <= m { self.drivers[id.0][self.j(cutover_month)] } else { 0.0 }
        };
        let per = |amount: f64, service: f64| if service > 0.0 { amount / service } else { 0.0 };
        let split = move |id: DriverId, moves: Option<Moves>, part: f64| {
            if scenario.is_load(id) || moves.is_some() { part } else { full(id) }
        };
        // What moves in a way and has not, added up over the part of the month in which the old platform serves.
        let stays = move |moves| match moves {
            Some(Moves::AtCutover) => part(x, 0.0, project.cutover.min(project.off)),
            Some(Moves::WithTraffic) | None => stayed_until(project, x, project.off),
        };
        // The share of what moves in a way that is on the new platform.
        let gone = move |moves| match moves {
            Some(Moves::AtCutover) => part(x, project.cutover, f64::INFINITY),
            Some(Moves::WithTraffic) | None => share,
        };
        vec![
            Side {
                platform: left,
                service: old_service,
                traffic: project.old_traffic(x),
                traffic_share: stayed_until(project, x, project.off),
                is_host: 1.0 - share >= 0.5 - 1e-9,
                since: None,
                second: (per(part(x, project.cutover, project.off), old_service), 0.0),
                first_month: None,
                debt: self.debt(
                    left,
                    m,
                    (0.0, &|m| part(f64::from(m), 0.0, project.off)),
                    &|m| owned(m, &|m| self.owned_while_leaving(option, project, m)),
                    &lowers,
                ),
                owned: before(self.owned_while_leaving(option, project, m)),
                settled: 0.0,
                leaving: self.given_up(project.start),
                is_left: true,
                all_here: Box::new(move |moves| gone(moves) == 0.0),
                load: Box::new(move |id, moves| {
                    let own = full(id) * per(stays(moves), old_service);
                    split(id, moves, own + held(id) * per(standing_by, old_service))
                }),
            },
            Side {
                platform: own,
                service: new_service,
                traffic: project.new_traffic(x),
                traffic_share: share,
                is_host: share > 0.5 + 1e-9,
                since: Some((x - 1.0 - project.cutover).max(0.0)),
                second: (
                    per(part(x, project.on, project.cutover), new_service),
                    per(part(x, project.traffic, project.attempts[0]), project.new_traffic(x)),
                ),
                first_month: Some(project.on.floor() + 1.0),
                debt: self.debt(
                    own,
                    m,
                    (project.cutover, &|m| part(f64::from(m), project.on, f64::INFINITY)),
                    &|m| owned(m, &|_| self.value(&way.owned_share)),
                    &lowers,
                ),
                owned: before(self.value(&way.owned_share)),
                settled: project.cutover,
                leaving: self.given_up(f64::INFINITY),
                is_left: false,
                all_here: Box::new(|_| false),
                load: Box::new(move |id, moves| split(id, moves, full(id) * per(gone(moves), new_service))),
            },
        ]
    }

    fn add_people(&self, side: &Side, m: u32, happened: &[Happened], costs: &mut Costs) {
        let refocus = self.value(&self.scenario.people.refocus_hours);
        for work in &side.platform.work {
            let today = self.value(&work.hours) + self.value(&work.interruptions) * refocus;
            let scale = self.scale(work.driver, self.value(&work.elasticity), m);
            let hours =
                today * scale * self.learning(work.learning.as_ref(), side.since) * side.service * side.debt.hours;
            let hours = hours * self.counts(&work.in_force, m);
            let of_a_kind: f64 = work.kinds.iter().map(|(_, part)| part).sum();
            work.kinds.iter().for_each(|(kind, part)| costs.spent(Task::Work(*kind), part * hours));
            costs.spent(Task::OtherWork, (1.0 - of_a_kind) * hours);
            costs.hours += hours;
            costs.coverable += hours;
            costs.dual_hours += hours * side.second.0;
            costs.mean_hours += hours;
            costs.mean_coverable += hours;
        }
        if let Some((handling, lost)) = self.requests(side, m) {
            costs.hours += handling;
            costs.coverable += handling;
            costs.mean_hours += handling;
            costs.mean_coverable += handling;
            costs.spent(Task::Requests, handling);
            costs.requests.push((handling, lost));
        }
        let [friction, onboarding] = self.own_time(side, m);
        let own_time = friction + onboarding;
        costs.spent(Task::Friction, friction);
        costs.spent(Task::Onboarding, onboarding);
        costs.hours += own_time;
        costs.mean_hours += own_time;
        for Happened { class, count, lengths, mean, mean_lengths, here: (here, _), second } in happened {
            let help = self.value(&class.outside_help_per_hour);
            let labour = self.labour(class, *count, *lengths, refocus) * here;
            costs.spent(Task::Incidents, labour);
            costs.hours += labour;
            costs.coverable += labour;
            costs.dual_hours += labour * second;
            let mean_labour = self.labour(class, *mean, *mean_lengths, refocus) * here;
            costs.mean_hours += mean_labour;
            costs.mean_coverable += mean_labour;
            costs.invoiced[Bucket::Engineering as usize] += lengths * help * here;
            costs.dual[Bucket::Engineering as usize] += lengths * help * here * second;
            costs.mean_invoiced += mean_lengths * help * here;
        }
    }
}
