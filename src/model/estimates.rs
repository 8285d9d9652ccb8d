use std::collections::BTreeSet;

use super::{
    Change, Counted, Debt, Driver, DriverKind, Estimate, Event, Fact, Frequency, GrowthCase, InForce, IncidentClass,
    Learning, Line, Migration, MustLeave, Occurs, Platform, Scenario, Scheme, Sizing, Traffic, UnitPrice, Vendor, When,
    Work,
};

impl Scenario {
    /// Every estimate of the scenario, constants and defaults among them, in a fixed order. A list price stands once,
    /// wherever it is paid.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        self.demand.cases.iter().for_each(|case| of_case(case, &mut all));
        self.drivers.iter().for_each(|driver| of_driver(driver, &mut all));
        all.extend([&self.people.loaded_hour, &self.people.raise, &self.people.refocus_hours]);
        all.extend([&self.people.opportunity_premium, &self.people.turnover]);
        all.extend(Fact::ALL.iter().filter_map(|fact| fact.said(&self.people)).filter_map(Counted::number));
        all.extend(self.business.iter().flat_map(|business| [&business.revenue_per_month, &business.margin]));
        self.events.iter().for_each(|event| of_event(event, &mut all));
        all.extend(self.requirements.iter().filter_map(|requirement| requirement.begins.as_ref()));
        all.extend(&self.exchange);
        self.vendors.iter().for_each(|vendor| of_vendor(vendor, &mut all));
        self.platforms.iter().for_each(|platform| of_platform(platform, &mut all));
        all.extend(self.options.iter().map(|option| &option.owned_share));
        all.extend(self.options.iter().flat_map(|option| &option.cover.layers).flat_map(super::Layer::estimates));
        self.options.iter().filter_map(|option| option.change.as_ref()).for_each(|change| of_change(change, &mut all));
        self.migrations.iter().for_each(|migration| of_migration(migration, &mut all));
        let mut seen = BTreeSet::new();
        all.retain(|estimate| seen.insert(estimate.path.as_str()));
        all
    }

    /// An estimate's unit in words: the currency that it is in; a driver's own where the key is in that.
    #[must_use]
    pub fn unit_of(&self, estimate: &Estimate) -> String {
        if estimate.unit.starts_with('$') {
            let currency = estimate.currency().unwrap_or(self.currency);
            return estimate.unit.replacen('$', currency.sign().trim_end(), 1);
        }
        let Some(rest) = estimate.unit.strip_prefix("of the driver") else { return estimate.unit.to_owned() };
        if estimate.path.contains(".fits.") {
            return "as the plans say".to_owned();
        }
        let name = super::driver::read_at(&estimate.path);
        let driver = self.drivers.iter().find(|driver| name == Some(driver.name.as_str()));
        driver.map_or_else(|| estimate.unit.to_owned(), |driver| format!("{}{rest}", driver.unit))
    }
}

impl Platform {
    /// Every estimate of the platform; one that is paid on two lines stands twice.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        of_platform(self, &mut all);
        all
    }
}

impl Line {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        of_line(self, &mut all);
        all
    }
}

impl Work {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        of_work(self, &mut all);
        all
    }
}

impl IncidentClass {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        of_incidents(self, &mut all);
        all
    }
}

impl Debt {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        of_debt(self, &mut all);
        all
    }
}

/// What is not changed is the platform's own, of the same path.
fn of_change<'s>(change: &'s Change, all: &mut Vec<&'s Estimate>) {
    all.extend([&change.starts, &change.effort_weeks]);
    of_platform(&change.platform, all);
}

fn of_case<'s>(case: &'s GrowthCase, all: &mut Vec<&'s Estimate>) {
    all.push(case.growth.estimate());
    all.extend(&case.half_life_months);
    all.extend(&case.saturation_times);
    all.extend(&case.volatility);
}

fn of_driver<'s>(driver: &'s Driver, all: &mut Vec<&'s Estimate>) {
    match &driver.kind {
        DriverKind::Flow { today, elasticity, own_growth } => all.extend([today, elasticity, own_growth]),
        DriverKind::Stock { today, inflow, purge, elasticity } => all.extend([today, inflow, purge, elasticity]),
        DriverKind::Derived { terms } => all.extend(terms.iter().map(|(_, times)| times)),
        DriverKind::PerUnits { terms } => all.extend(terms.iter().map(|(_, each)| each)),
    }
}

fn of_vendor<'s>(vendor: &'s Vendor, all: &mut Vec<&'s Estimate>) {
    all.extend(&vendor.rises);
    if let Some(contract) = &vendor.contract {
        all.extend([&contract.minimum_spend, &contract.until, &contract.notice]);
        all.extend(&contract.renews_every);
    }
    if let Some(credits) = &vendor.credits {
        all.push(&credits.amount);
        all.extend(credits.begins.iter().chain(&credits.until));
    }
    all.extend(vendor.sla_credit.iter().map(|(_, share)| share));
}

fn of_platform<'s>(platform: &'s Platform, all: &mut Vec<&'s Estimate>) {
    platform.lines.iter().for_each(|line| of_line(line, all));
    platform.work.iter().for_each(|work| of_work(work, all));
    platform.incidents.iter().for_each(|class| of_incidents(class, all));
    platform.debt.iter().for_each(|debt| of_debt(debt, all));
    all.extend(platform.friction.per.iter().map(|(_, hours)| hours));
    all.extend(&platform.friction.onboarding_hours);
    all.extend(platform.friction.waiting.iter().flat_map(|w| [&w.requests, &w.handling_hours, &w.lost]));
    all.extend(platform.cannot.iter().filter_map(|cannot| cannot.blocked.as_ref()));
    platform.cannot.iter().filter_map(|cannot| cannot.leave.as_ref()).for_each(|leave| of_must_leave(leave, all));
}

fn of_event<'s>(event: &'s Event, all: &mut Vec<&'s Estimate>) {
    match &event.when {
        Occurs::Hazard(hazard) => all.push(hazard),
        Occurs::Stated { probability, month } => all.extend([probability, month]),
    }
    all.extend(&event.demand);
    all.extend(event.prices.iter().map(|(_, times)| times));
    all.extend(&event.debt);
    all.extend(&event.hours);
    all.extend(event.restore.iter().flat_map(|restore| std::iter::once(&restore.times).chain(&restore.lasts_months)));
    event.ends_platform.iter().for_each(|leave| of_must_leave(leave, all));
}

fn of_must_leave<'s>(leave: &'s MustLeave, all: &mut Vec<&'s Estimate>) {
    all.extend([&leave.within_months, &leave.rush]);
    all.extend(&leave.last_day_months);
}

fn of_in_force<'s>(in_force: &'s InForce, all: &mut Vec<&'s Estimate>) {
    all.extend(&in_force.begins);
    all.extend(&in_force.until);
}

fn of_line<'s>(line: &'s Line, all: &mut Vec<&'s Estimate>) {
    all.push(&line.copies);
    of_in_force(&line.in_force, all);
    all.extend(&line.rises);
    all.extend(line.waste.iter().flat_map(|waste| [&waste.share, &waste.tidy]));
    if let Some(commitment) = &line.commitment {
        all.extend(commitment.held.iter().flat_map(|held| [&held.quantity, &held.price, &held.until]));
        if let Some(bought) = &commitment.bought {
            all.extend([&bought.share, &bought.discount, &bought.months]);
            all.extend(&bought.begins);
        }
    }
    match &line.scheme {
        Scheme::Once { amount, when } => {
            all.push(amount);
            if let When::Month(month) = when {
                all.push(month);
            }
        }
        Scheme::Fixed { price, times } => all.extend([price, times]),
        Scheme::Units(units) => {
            let (Sizing::Capacity(size) | Sizing::Today(size)) = &units.sizing;
            match &units.price {
                UnitPrice::Single(price) => all.push(price),
                UnitPrice::Bundle(parts) => all.extend(parts.iter().flat_map(|part| [&part.price, &part.times])),
            }
            all.extend([size, &units.headroom, &units.peak, &units.at_least, &units.autoscaling]);
        }
        Scheme::Metered { brackets, .. } => all.extend(brackets.iter().map(|bracket| &bracket.price)),
        Scheme::Ladder(ladder) => {
            all.extend(ladder.needs.iter().filter_map(|need| need.of.number()));
            all.extend(ladder.plans.iter().map(|plan| &plan.price));
        }
        Scheme::Seats { price, .. } => all.push(price),
        Scheme::Copy { scale, .. } => all.push(scale),
        Scheme::Share(share) => {
            all.extend(share.brackets.iter().map(|bracket| &bracket.price));
            all.push(&share.at_least);
        }
    }
}

fn of_work<'s>(work: &'s Work, all: &mut Vec<&'s Estimate>) {
    all.extend([&work.hours, &work.interruptions, &work.elasticity]);
    of_learning(work.learning.as_ref(), all);
    of_in_force(&work.in_force, all);
}

fn of_incidents<'s>(class: &'s IncidentClass, all: &mut Vec<&'s Estimate>) {
    match &class.frequency {
        Frequency::Monthly { today, elasticity, .. } => all.extend([today, elasticity]),
        Frequency::Constant(rate) => all.push(rate),
        Frequency::Per(terms) => all.extend(terms.iter().map(|(_, each)| each)),
    }
    all.extend([&class.duration_p50_hours, &class.duration_p90_hours]);
    all.extend([&class.responders, &class.follow_up_hours, &class.outside_help_per_hour]);
    all.extend([&class.revenue_hit, &class.recovered, &class.penalties]);
    all.extend(class.runaway.iter().flat_map(|r| [&r.times, &r.noticed_after_hours, &r.refunded]));
    of_learning(class.learning.as_ref(), all);
}

fn of_debt<'s>(debt: &'s Debt, all: &mut Vec<&'s Estimate>) {
    all.extend([&debt.today, &debt.accrual, &debt.paydown]);
    all.extend([&debt.at_full_hours, &debt.at_full_incidents, &debt.at_full_restore]);
    all.push(&debt.at_full_onboarding);
}

fn of_learning<'s>(learning: Option<&'s Learning>, all: &mut Vec<&'s Estimate>) {
    if let Some(learning) = learning {
        all.extend([&learning.extra, &learning.half_life_months]);
    }
}

fn of_migration<'s>(migration: &'s Migration, all: &mut Vec<&'s Estimate>) {
    let m = migration;
    all.extend([&m.start_month, &m.effort_weeks, &m.overrun, &m.people]);
    match &m.traffic {
        Traffic::InLast(part) => all.push(part),
        Traffic::Workloads(workloads) => all.extend(workloads.iter().map(|workload| &workload.moves_at)),
    }
    all.extend([&m.lead_months, &m.overlap_months, &m.standby]);
    all.extend(m.outside_help.iter().flat_map(|help| [&help.rate, &help.share]));
    all.extend(m.cutover.iter().flat_map(|c| [&c.fails, &c.cost, &c.delay_months, &c.redo]));
}
