//! The twin: one trial and one month at a time, slow and obvious, written from MODEL.md and not from the kernel. Reads
//! the scenario, not the plan, and consumes the same uniforms; a test compares the quantities both name.

mod debt;
mod estimate;
mod friction;
mod ladder;
mod line;
mod loss;
mod steady;

use super::source::{ONCE, Source};
use super::trace::Trace;
use crate::math::elementary::{exp, ln, ln_1p, normal_quantile, pow, uniform};
use crate::math::{finance::discount_factor, poisson};
use crate::model::{
    Bucket, DriverId, DriverKind, Frequency, Growth, IncidentClass, Learning, Lens, Line, Migration, Platform,
    Scenario, Scheme, WayToRun, When,
};
use crate::units::WEEKS_PER_MONTH;

use debt::Effects;
use ladder::Ladders;

/// One possible future.
struct Twin<'a> {
    scenario: &'a Scenario,
    source: &'a Source,
    trial: u64,
    /// Readings of every driver by months since as-of, not yet cut to whole pieces or split.
    demand: Vec<Demand>,
    drivers: Vec<Vec<f64>>,
}

#[derive(Clone, Copy)]
struct Demand {
    trend: f64,
    seasoned: f64,
}

/// A project's times in months since the opening.
struct Project<'a> {
    migration: &'a Migration,
    start: f64,
    traffic: f64,
    cutover: f64,
    on: f64,
    off: f64,
    weeks: f64,
}

/// A class of incidents in a month: how many and how long together, as drawn and at the mean.
struct Happened<'a> {
    class: &'a IncidentClass,
    count: f64,
    lengths: f64,
    mean: f64,
    mean_lengths: f64,
}

/// One platform in one month of one option.
struct Side<'a> {
    platform: &'a Platform,
    service: f64,
    traffic: f64,
    /// Mean share of all traffic in the month.
    traffic_share: f64,
    since: Option<f64>,
    /// What part of the time in service, and of the time with traffic, it is the second of two that serve.
    second: (f64, f64),
    /// The month a one-off amount of a platform that is moved to falls in, at the earliest.
    first_month: Option<f64>,
    debt: Effects,
    /// Whether no traffic has left it, or it is not one that is moved to.
    all_here: bool,
    load: Box<dyn Fn(DriverId) -> f64 + 'a>,
}

/// What an option costs in a month.
#[derive(Default, Clone, Copy)]
struct Costs {
    invoiced: [f64; 4],
    /// The parts of invoices and hours that are of the platform that is second of two.
    dual: [f64; 4],
    mean_invoiced: f64,
    loss: f64,
    mean_loss: f64,
    penalties: f64,
    mean_penalties: f64,
    hours: f64,
    dual_hours: f64,
    mean_hours: f64,
    project_hours: f64,
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

/// Lives one trial through and gives every quantity that the plan names, by the same paths.
#[must_use]
pub fn trial(scenario: &Scenario, source: &Source, trial: u64) -> Trace {
    let mut twin = Twin { scenario, source, trial, demand: Vec::new(), drivers: Vec::new() };
    twin.demand = twin.live_demand();
    twin.drivers = (0..scenario.drivers.len()).map(|id| twin.live_driver(DriverId(id))).collect();
    let mut trace = Trace::new();
    for m in 1..=scenario.months {
        let j = (scenario.as_of_months_before + m - 1) as usize;
        let mut note = |path: String, value: f64| trace.entry(path).or_default().push(value);
        note("demand.ln_trend".into(), ln(twin.demand[j].trend));
        note("demand.index".into(), twin.demand[j].seasoned);
        note("people.hour".into(), twin.hour(m));
        for (id, driver) in scenario.drivers.iter().enumerate() {
            note(format!("driver.{}", driver.name), twin.drivers[id][j]);
        }
    }
    for option in &scenario.options {
        twin.live_option(option, &mut trace);
    }
    trace
}

impl<'a> Twin<'a> {
    /// Trend × noise, season beside it, from the as-of month to the horizon.
    fn live_demand(&self) -> Vec<Demand> {
        let scenario = self.scenario;
        let n = scenario.as_of_months_before;
        let mut pick = self.uniform("demand.case", ONCE);
        let mut case = scenario.demand.cases.last().expect("a scenario has a growth case");
        for candidate in &scenario.demand.cases {
            if pick <= candidate.weight {
                case = candidate;
                break;
            }
            pick -= candidate.weight;
        }
        let log_growth = match &case.growth {
            Growth::PerMonth(g) => ln_1p(self.value(g)),
            Growth::Continuous(g) => self.value(g),
        };
        let half_life = case.half_life_months.as_ref().map(|h| self.value(h));
        let ceiling = case.saturation_times.as_ref().map(|k| self.value(k));
        let sigma = case.volatility.as_ref().map_or(0.0, |s| self.value(s));
        let season = |j: u32| scenario.demand.season[scenario.start.plus(j as i32 - n as i32).index()];
        let mut noise = 1.0;
        let mut months = Vec::new();
        for j in 0..n + scenario.months {
            // G = ln(1+g) · Σ over i < j of 2^(−i/h)
            let faded: f64 = (0..j).map(|i| half_life.map_or(1.0, |h| pow(0.5, f64::from(i) / h))).sum();
            let g = log_growth * faded;
            let trend = match ceiling {
                Some(k) if log_growth > 0.0 => k / (1.0 + (k - 1.0) * exp(-g * k / (k - 1.0))),
                _ => exp(g),
            };
            if j > 0 {
                let z = normal_quantile(self.uniform("demand.noise", j));
                noise *= exp(sigma * z - sigma * sigma / 2.0);
            }
            months.push(Demand { trend, seasoned: trend * noise * season(j) / season(0) });
        }
        months
    }

    /// A driver's readings, whole pieces where it comes in them.
    fn live_driver(&self, id: DriverId) -> Vec<f64> {
        let driver = self.scenario.driver(id);
        let raw: Vec<f64> = match &driver.kind {
            DriverKind::Flow { today, elasticity, own_growth } => {
                let (today, elasticity, own) = (self.value(today), self.value(elasticity), self.value(own_growth));
                let mut highest: f64 = 1.0;
                let follow = |(j, demand): (usize, &Demand)| {
                    highest = highest.max(pow(demand.trend, elasticity));
                    let follows = if driver.people { highest } else { pow(demand.seasoned, elasticity) };
                    today * follows * pow(1.0 + own, j as f64 / 12.0)
                };
                self.demand.iter().enumerate().map(follow).collect()
            }
            DriverKind::Stock { today, inflow, purge, elasticity } => {
                let (mut level, inflow) = (self.value(today), self.value(inflow));
                let (purge, elasticity) = (self.value(purge), self.value(elasticity));
                let step = |demand: &Demand| {
                    let opening = level;
                    level = level * (1.0 - purge) + inflow * pow(demand.seasoned, elasticity);
                    opening
                };
                self.demand.iter().map(step).collect()
            }
            DriverKind::Derived { terms } => {
                let parts: Vec<(f64, Vec<f64>)> =
                    terms.iter().map(|(of, times)| (self.value(times), self.live_driver(*of))).collect();
                (0..self.demand.len()).map(|j| parts.iter().map(|(times, of)| times * of[j]).sum()).collect()
            }
        };
        raw.into_iter().map(|x| if driver.whole { ceil(x) } else { x }).collect()
    }

    fn j(&self, m: u32) -> usize {
        (self.scenario.as_of_months_before + m - 1) as usize
    }

    /// Dollars an hour in month m.
    fn hour(&self, m: u32) -> f64 {
        let people = &self.scenario.people;
        self.value(&people.loaded_hour) * pow(1.0 + self.value(&people.raise), f64::from(m - 1) / 12.0)
    }

    fn live_option(&self, option: &WayToRun, trace: &mut Trace) {
        let scenario = self.scenario;
        let project = option.migration.map(|id| self.plan_project(&scenario.migrations[id.0]));
        let own = scenario.platform(option.platform);
        let opening_platform = if project.is_some() { scenario.platform(scenario.baseline().platform) } else { own };
        let is_baseline = option.name == scenario.baseline().name;
        let last_dearer = (!is_baseline).then(|| self.last_dearer_size(option));
        let opening = Bucket::ALL.map(|bucket| self.opening(opening_platform, bucket));
        let mut sums = Lens::ALL.map(|_| Sums::begun_with(opening.iter().sum()));
        let mut ladders = Ladders::default();
        for m in 1..=scenario.months {
            let costs = self.month(option, project.as_ref(), m, &mut ladders);
            let invoices: f64 = costs.invoiced.iter().sum();
            let tco = invoices + (costs.hours + costs.project_hours) * self.hour(m);
            let premium = self.value(&scenario.people.opportunity_premium) * self.hour(m);
            let economic = tco + costs.loss + costs.penalties + premium * (costs.hours + costs.project_hours);
            let monthly = [invoices, invoices, tco, economic];
            let begins_year = scenario.start.plus(m as i32 - 1).index() == usize::from(scenario.fiscal_year);
            for (sums, amount) in sums.iter_mut().zip(monthly) {
                sums.add(scenario, m, amount, begins_year);
            }
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
            note("project_hours", costs.project_hours);
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
            for side in self.sides(option, project.as_ref(), m).iter().filter(|side| side.platform.debt.is_some()) {
                let path = format!("debt.{}", side.platform.name);
                note(&path, side.debt.level);
                note(&format!("{path}.work"), side.debt.hours);
                note(&format!("{path}.incidents"), side.debt.incidents);
                note(&format!("{path}.restore"), side.debt.restore);
            }
            if let Some(project) = &project {
                note("cutover", project.cutover);
                note("moved", moved(project, f64::from(m)));
            }
        }
    }

    fn plan_project(&self, migration: &'a Migration) -> Project<'a> {
        let start = self.value(&migration.start_month) - 1.0 + f64::from(migration.delay_months);
        let weeks = self.value(&migration.effort_weeks) * self.value(&migration.overrun);
        let length = weeks / self.value(&migration.people) / WEEKS_PER_MONTH;
        let cutover = start + length;
        let traffic = cutover - self.value(&migration.moves_in_last) * length;
        let on = (traffic - self.value(&migration.lead_months)).max(start);
        let off = cutover + self.value(&migration.overlap_months);
        Project { migration, start, traffic, cutover, on, off, weeks }
    }

    /// Amounts of a bucket due at moment 0.
    fn opening(&self, platform: &Platform, bucket: Bucket) -> f64 {
        let due = |line: &Line| match &line.scheme {
            Scheme::Once { amount, when: When::Opening } => self.value(amount) * (1.0 + self.value(&line.copies)),
            _ => 0.0,
        };
        platform.lines.iter().filter(|line| line.bucket == bucket).map(due).sum()
    }

    fn month(&self, option: &WayToRun, project: Option<&Project>, m: u32, ladders: &mut Ladders) -> Costs {
        let mut costs = Costs::default();
        for side in self.sides(option, project, m) {
            let happened = self.happened(&side, m);
            self.add_lines(&side, m, ladders, &happened, &mut costs);
            self.add_people(&side, m, &happened, &mut costs);
            self.add_losses(&side, m, &happened, &mut costs);
        }
        if let Some(project) = project {
            let length = project.cutover - project.start;
            let inside = part(f64::from(m), project.start, project.cutover);
            let hours_per_week = self.scenario.people.hours_per_month / WEEKS_PER_MONTH;
            let share = if length > 0.0 { inside / length } else { 0.0 };
            costs.project_hours = project.weeks * hours_per_week * share;
        }
        costs
    }

    fn sides<'b>(&'b self, option: &WayToRun, project: Option<&'b Project>, m: u32) -> Vec<Side<'b>> {
        let scenario = self.scenario;
        let own = scenario.platform(option.platform);
        let today = scenario.baseline().platform;
        let full = move |id: DriverId| self.drivers[id.0][self.j(m)];
        let Some(project) = project else {
            let since = (option.platform != today).then(|| f64::from(m - 1));
            let load = Box::new(full);
            return vec![Side {
                platform: own,
                service: 1.0,
                traffic: 1.0,
                traffic_share: 1.0,
                since,
                second: (0.0, 0.0),
                first_month: None,
                debt: self.debt(own, m, 0.0, &|_| self.value(&option.owned_share)),
                all_here: true,
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
        let split = move |id: DriverId, part: f64| if scenario.is_load(id) { part } else { full(id) };
        vec![
            Side {
                platform: scenario.platform(today),
                service: old_service,
                traffic: part(x, 0.0, project.cutover),
                traffic_share: 1.0 - share,
                since: None,
                second: (per(part(x, project.cutover, project.off), old_service), 0.0),
                first_month: None,
                debt: self.debt(scenario.platform(today), m, 0.0, &|m| self.owned_while_leaving(option, project, m)),
                all_here: share == 0.0,
                load: Box::new(move |id| {
                    split(id, full(id) * per(1.0 - share, old_service) + held(id) * per(standing_by, old_service))
                }),
            },
            Side {
                platform: own,
                service: new_service,
                traffic: part(x, project.traffic, f64::INFINITY),
                traffic_share: share,
                since: Some((x - 1.0 - project.cutover).max(0.0)),
                second: (
                    per(part(x, project.on, project.cutover), new_service),
                    per(part(x, project.traffic, project.cutover), part(x, project.traffic, f64::INFINITY)),
                ),
                first_month: Some(project.on.floor() + 1.0),
                debt: self.debt(own, m, project.cutover, &|_| self.value(&option.owned_share)),
                all_here: false,
                load: Box::new(move |id| split(id, full(id) * per(share, new_service))),
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
            costs.hours += hours;
            costs.dual_hours += hours * side.second.0;
            costs.mean_hours += hours;
        }
        let own_time = self.own_time(side, m);
        costs.hours += own_time;
        costs.mean_hours += own_time;
        for Happened { class, count, lengths, mean, mean_lengths } in happened {
            let help = self.value(&class.outside_help_per_hour);
            let labour = self.labour(class, *count, *lengths, refocus);
            costs.hours += labour;
            costs.dual_hours += labour * side.second.1;
            costs.mean_hours += self.labour(class, *mean, *mean_lengths, refocus);
            costs.invoiced[Bucket::Engineering as usize] += lengths * help;
            costs.dual[Bucket::Engineering as usize] += lengths * help * side.second.1;
            costs.mean_invoiced += mean_lengths * help;
        }
    }

    /// (X/X_0)^elasticity.
    fn scale(&self, driver: Option<DriverId>, elasticity: f64, m: u32) -> f64 {
        driver.map_or(1.0, |id| pow(self.drivers[id.0][self.j(m)] / self.today(id), elasticity))
    }

    /// The as-of reading.
    fn today(&self, id: DriverId) -> f64 {
        let driver = self.scenario.driver(id);
        let raw = match &driver.kind {
            DriverKind::Flow { today, .. } | DriverKind::Stock { today, .. } => self.value(today),
            DriverKind::Derived { terms } => terms.iter().map(|(of, times)| self.value(times) * self.today(*of)).sum(),
        };
        if driver.whole { ceil(raw) } else { raw }
    }

    fn learning(&self, learning: Option<&Learning>, since: Option<f64>) -> f64 {
        match (learning, since) {
            (Some(l), Some(k)) => 1.0 + self.value(&l.extra) * pow(0.5, k / self.value(&l.half_life_months)),
            _ => 1.0,
        }
    }

    /// What goes wrong on a side in the month.
    fn happened<'b>(&self, side: &Side<'b>, m: u32) -> Vec<Happened<'b>> {
        let j = self.j(m) as u32;
        let one_class = |class: &'b IncidentClass| {
            let own = format!("platform.{}.incident.{}", side.platform.name, class.name);
            let path = class.common_cause.as_ref().map_or(own, |cause| format!("common_cause.{cause}"));
            let number = match &class.frequency {
                Frequency::Monthly { today, driver, elasticity } => {
                    self.value(today) * self.scale(*driver, self.value(elasticity), m)
                }
                Frequency::Per(terms) => self.per(terms, &|id: DriverId| self.drivers[id.0][self.j(m)]),
            };
            let mean = number * self.learning(class.learning.as_ref(), side.since) * side.traffic * side.debt.incidents;
            let count = poisson::quantile(self.uniform(&format!("{path}.count"), j), mean);
            let (p50, sigma) = self.length(class);
            let p50 = p50 * side.debt.restore;
            let stream = self.source.stream(&format!("{path}.duration"));
            let lengths = (0..count).map(|i| uniform(self.source.word(stream, self.trial, j, i)));
            let lengths = lengths.map(|u| p50 * exp(sigma * normal_quantile(u))).sum();
            let mean_lengths = mean * p50 * exp(sigma * sigma / 2.0);
            Happened { class, count: f64::from(count), lengths, mean, mean_lengths }
        };
        side.platform.incidents.iter().map(one_class).collect()
    }

    /// Median hours and sigma of the log of one incident's length.
    fn length(&self, class: &IncidentClass) -> (f64, f64) {
        let p50 = self.value(&class.duration_p50_hours);
        (p50, ln(self.value(&class.duration_p90_hours) / p50) / normal_quantile(0.9))
    }

    /// Hours of people for `n` incidents that last `hours` together.
    fn labour(&self, class: &IncidentClass, n: f64, hours: f64, refocus: f64) -> f64 {
        self.value(&class.responders) * (hours + n * refocus) + n * self.value(&class.follow_up_hours)
    }
}

/// The part of month m (the time from m − 1 to m) that lies in [begin, end].
fn part(m: f64, begin: f64, end: f64) -> f64 {
    (m.min(end) - (m - 1.0).max(begin)).max(0.0)
}

/// Mean over month m of the share of traffic moved: 0 until traffic starts, linear to the cutover, then 1. The area of a
/// trapezium on the climbing part.
fn moved(project: &Project, m: f64) -> f64 {
    let share = |t: f64| {
        if t >= project.cutover { 1.0 } else { ((t - project.traffic) / (project.cutover - project.traffic)).max(0.0) }
    };
    let (low, high) = ((m - 1.0).max(project.traffic), m.min(project.cutover));
    let climbing = if high > low { (high - low) * (share(low) + share(high).min(1.0)) / 2.0 } else { 0.0 };
    climbing + part(m, project.cutover, f64::INFINITY)
}

/// The least integer not below x but for rounding error.
fn ceil(x: f64) -> f64 {
    (x - 1e-9 * x.abs().max(1.0)).ceil()
}
