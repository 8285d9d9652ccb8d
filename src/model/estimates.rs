use std::collections::BTreeSet;

use super::{Debt, Estimate, IncidentClass, Line, Platform, Scenario, Work};

impl Scenario {
    /// Every estimate of the scenario, constants and defaults among them, in a fixed order. A list price stands once,
    /// wherever it is paid.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        look::of_scenario(self, &mut all);
        let mut seen = BTreeSet::new();
        all.retain(|estimate| seen.insert(estimate.path.as_str()));
        all
    }

    /// The same to be changed, each as often as it stands; not those that others share, which are behind an `Arc`.
    pub fn estimates_mut(&mut self) -> Vec<&mut Estimate> {
        let mut all = Vec::new();
        change::of_scenario(self, &mut all);
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
        look::of_platform(self, &mut all);
        all
    }
}

impl Line {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        look::of_line(self, &mut all);
        all
    }
}

impl Work {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        look::of_work(self, &mut all);
        all
    }
}

impl IncidentClass {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        look::of_incidents(self, &mut all);
        all
    }
}

impl Debt {
    /// Its estimates.
    #[must_use]
    pub fn estimates(&self) -> Vec<&Estimate> {
        let mut all = Vec::new();
        look::of_debt(self, &mut all);
        all
    }
}

/// Walks over all that holds estimates: once to look at them, and once to change them.
macro_rules! walk {
    ($module:ident $(, $m:tt)?) => {
        mod $module {
            use crate::model::{
                Change, Counted, Debt, Driver, DriverKind, Estimate, Event, Frequency, GrowthCase, InForce, IncidentClass,
                Layer, LayerKind, Learning, Line, Migration, MustLeave, Occurs, People, Platform, Scenario, Scheme, Sizing,
                Traffic, UnitPrice, Vendor, When, Work,
            };

            type All<'s> = Vec<&'s $($m)? Estimate>;

            pub(super) fn of_scenario<'s>(scenario: &'s $($m)? Scenario, all: &mut All<'s>) {
                (&$($m)? scenario.demand.cases).into_iter().for_each(|case| of_case(case, all));
                (&$($m)? scenario.drivers).into_iter().for_each(|driver| of_driver(driver, all));
                of_people(&$($m)? scenario.people, all);
                if let Some(business) = &$($m)? scenario.business {
                    all.extend([&$($m)? business.revenue_per_month, &$($m)? business.margin]);
                }
                (&$($m)? scenario.events).into_iter().for_each(|event| of_event(event, all));
                for requirement in &$($m)? scenario.requirements {
                    all.extend(&$($m)? requirement.begins);
                }
                all.extend(&$($m)? scenario.exchange);
                (&$($m)? scenario.vendors).into_iter().for_each(|vendor| of_vendor(vendor, all));
                (&$($m)? scenario.platforms).into_iter().for_each(|platform| of_platform(platform, all));
                let mut shares = Vec::new();
                let mut layers = Vec::new();
                let mut changes = Vec::new();
                for option in &$($m)? scenario.options {
                    shares.push(&$($m)? option.owned_share);
                    layers.extend(&$($m)? option.cover.layers);
                    changes.extend(&$($m)? option.change);
                }
                all.extend(shares);
                layers.into_iter().for_each(|layer| of_layer(layer, all));
                changes.into_iter().for_each(|change| of_change(change, all));
                (&$($m)? scenario.migrations).into_iter().for_each(|migration| of_migration(migration, all));
            }

            /// What is not changed is the platform's own, of the same path.
            fn of_change<'s>(change: &'s $($m)? Change, all: &mut All<'s>) {
                all.extend([&$($m)? change.starts, &$($m)? change.effort_weeks]);
                of_platform(&$($m)? change.platform, all);
            }

            fn of_case<'s>(case: &'s $($m)? GrowthCase, all: &mut All<'s>) {
                use crate::model::Growth;
                let (Growth::PerMonth(growth) | Growth::Continuous(growth)) = &$($m)? case.growth;
                all.push(growth);
                all.extend(&$($m)? case.half_life_months);
                all.extend(&$($m)? case.saturation_times);
                all.extend(&$($m)? case.volatility);
            }

            fn of_driver<'s>(driver: &'s $($m)? Driver, all: &mut All<'s>) {
                match &$($m)? driver.kind {
                    DriverKind::Flow { today, elasticity, own_growth } => all.extend([today, elasticity, own_growth]),
                    DriverKind::Stock { today, inflow, purge, elasticity } => {
                        all.extend([today, inflow, purge, elasticity]);
                    }
                    DriverKind::Derived { terms } => all.extend(terms.into_iter().map(|(_, times)| times)),
                    DriverKind::PerUnits { terms } => all.extend(terms.into_iter().map(|(_, each)| each)),
                }
            }

            fn of_people<'s>(people: &'s $($m)? People, all: &mut All<'s>) {
                all.extend([&$($m)? people.loaded_hour, &$($m)? people.raise, &$($m)? people.refocus_hours]);
                all.extend([&$($m)? people.opportunity_premium, &$($m)? people.turnover]);
                of_counted(&$($m)? people.services, all);
                of_counted(&$($m)? people.regions, all);
                of_counted(&$($m)? people.codebases, all);
                of_counted(&$($m)? people.ci_minutes, all);
                of_counted(&$($m)? people.know_production, all);
            }

            fn of_counted<'s>(counted: &'s $($m)? Option<Counted>, all: &mut All<'s>) {
                if let Some(Counted::Number(number)) = counted {
                    all.push(number);
                }
            }

            fn of_vendor<'s>(vendor: &'s $($m)? Vendor, all: &mut All<'s>) {
                all.extend(&$($m)? vendor.rises);
                if let Some(contract) = &$($m)? vendor.contract {
                    all.extend([&$($m)? contract.minimum_spend, &$($m)? contract.until, &$($m)? contract.notice]);
                    all.extend(&$($m)? contract.renews_every);
                }
                if let Some(credits) = &$($m)? vendor.credits {
                    all.push(&$($m)? credits.amount);
                    all.extend(&$($m)? credits.begins);
                    all.extend(&$($m)? credits.until);
                }
                all.extend((&$($m)? vendor.sla_credit).into_iter().map(|(_, share)| share));
            }

            pub(super) fn of_platform<'s>(platform: &'s $($m)? Platform, all: &mut All<'s>) {
                (&$($m)? platform.lines).into_iter().for_each(|line| of_line(line, all));
                (&$($m)? platform.work).into_iter().for_each(|work| of_work(work, all));
                (&$($m)? platform.incidents).into_iter().for_each(|class| of_incidents(class, all));
                (&$($m)? platform.debt).into_iter().for_each(|debt| of_debt(debt, all));
                all.extend((&$($m)? platform.friction.per).into_iter().map(|(_, hours)| hours));
                all.extend(&$($m)? platform.friction.onboarding_hours);
                if let Some(w) = &$($m)? platform.friction.waiting {
                    all.extend([&$($m)? w.requests, &$($m)? w.handling_hours, &$($m)? w.lost]);
                }
                let mut leaves = Vec::new();
                for cannot in &$($m)? platform.cannot {
                    all.extend(&$($m)? cannot.blocked);
                    leaves.extend(&$($m)? cannot.leave);
                }
                leaves.into_iter().for_each(|leave| of_must_leave(leave, all));
            }

            fn of_layer<'s>(layer: &'s $($m)? Layer, all: &mut All<'s>) {
                all.push(&$($m)? layer.notice_months);
                all.extend(&$($m)? layer.begins);
                match &$($m)? layer.kind {
                    LayerKind::Dedicated(d) => {
                        all.extend([&$($m)? d.pay, &$($m)? d.productive_hours, &$($m)? d.lag_months]);
                        all.extend([&$($m)? d.recruiting, &$($m)? d.ramp_months, &$($m)? d.attrition]);
                        if let Some(mis_hire) = &$($m)? d.mis_hire {
                            all.extend([&$($m)? mis_hire.share, &$($m)? mis_hire.after_months]);
                        }
                    }
                    LayerKind::Service(s) => {
                        all.extend([&$($m)? s.setup_fee, &$($m)? s.retainer, &$($m)? s.includes_hours]);
                        all.push(&$($m)? s.stays_inside);
                        all.extend(&$($m)? s.beyond);
                        all.extend(&$($m)? s.at_most_hours);
                    }
                    LayerKind::Consultant(c) => {
                        all.extend([&$($m)? c.days, &$($m)? c.day_rate, &$($m)? c.lowers_debt]);
                        all.extend(&$($m)? c.lasts_months);
                    }
                }
            }

            fn of_event<'s>(event: &'s $($m)? Event, all: &mut All<'s>) {
                match &$($m)? event.when {
                    Occurs::Hazard(hazard) => all.push(hazard),
                    Occurs::Stated { probability, month } => all.extend([probability, month]),
                }
                all.extend(&$($m)? event.demand);
                all.extend((&$($m)? event.prices).into_iter().map(|(_, times)| times));
                all.extend(&$($m)? event.debt);
                all.extend(&$($m)? event.hours);
                if let Some(restore) = &$($m)? event.restore {
                    all.push(&$($m)? restore.times);
                    all.extend(&$($m)? restore.lasts_months);
                }
                (&$($m)? event.ends_platform).into_iter().for_each(|leave| of_must_leave(leave, all));
            }

            fn of_must_leave<'s>(leave: &'s $($m)? MustLeave, all: &mut All<'s>) {
                all.extend([&$($m)? leave.within_months, &$($m)? leave.rush]);
                all.extend(&$($m)? leave.last_day_months);
            }

            fn of_in_force<'s>(in_force: &'s $($m)? InForce, all: &mut All<'s>) {
                all.extend(&$($m)? in_force.begins);
                all.extend(&$($m)? in_force.until);
            }

            pub(super) fn of_line<'s>(line: &'s $($m)? Line, all: &mut All<'s>) {
                all.push(&$($m)? line.copies);
                of_in_force(&$($m)? line.in_force, all);
                all.extend(&$($m)? line.rises);
                if let Some(waste) = &$($m)? line.waste {
                    all.extend([&$($m)? waste.share, &$($m)? waste.tidy]);
                }
                if let Some(commitment) = &$($m)? line.commitment {
                    if let Some(held) = &$($m)? commitment.held {
                        all.extend([&$($m)? held.quantity, &$($m)? held.price, &$($m)? held.until]);
                    }
                    if let Some(bought) = &$($m)? commitment.bought {
                        all.extend([&$($m)? bought.share, &$($m)? bought.discount, &$($m)? bought.months]);
                        all.extend(&$($m)? bought.begins);
                    }
                }
                of_scheme(&$($m)? line.scheme, all);
            }

            fn of_scheme<'s>(scheme: &'s $($m)? Scheme, all: &mut All<'s>) {
                match scheme {
                    Scheme::Once { amount, when } => {
                        all.push(amount);
                        if let When::Month(month) = when {
                            all.push(month);
                        }
                    }
                    Scheme::Fixed { price, times } => all.extend([price, times]),
                    Scheme::Units(units) => {
                        let (Sizing::Capacity(size) | Sizing::Today(size)) = &$($m)? units.sizing;
                        match &$($m)? units.price {
                            UnitPrice::Single(price) => all.push(price),
                            UnitPrice::Bundle(parts) => {
                                for part in parts {
                                    all.extend([&$($m)? part.price, &$($m)? part.times]);
                                }
                            }
                        }
                        all.extend([size, &$($m)? units.headroom, &$($m)? units.peak]);
                        all.extend([&$($m)? units.at_least, &$($m)? units.autoscaling]);
                    }
                    Scheme::Metered { brackets, .. } => {
                        all.extend(brackets.into_iter().map(|bracket| &$($m)? bracket.price));
                    }
                    Scheme::Ladder(ladder) => {
                        for need in &$($m)? ladder.needs {
                            if let Counted::Number(number) = &$($m)? need.of {
                                all.push(number);
                            }
                        }
                        all.extend((&$($m)? ladder.plans).into_iter().map(|plan| &$($m)? plan.price));
                    }
                    Scheme::Seats { price, .. } => all.push(price),
                    Scheme::Copy { scale, .. } => all.push(scale),
                    Scheme::Share(share) => {
                        all.extend((&$($m)? share.brackets).into_iter().map(|bracket| &$($m)? bracket.price));
                        all.push(&$($m)? share.at_least);
                    }
                }
            }

            pub(super) fn of_work<'s>(work: &'s $($m)? Work, all: &mut All<'s>) {
                all.extend([&$($m)? work.hours, &$($m)? work.interruptions, &$($m)? work.elasticity]);
                of_learning(&$($m)? work.learning, all);
                of_in_force(&$($m)? work.in_force, all);
            }

            pub(super) fn of_incidents<'s>(class: &'s $($m)? IncidentClass, all: &mut All<'s>) {
                match &$($m)? class.frequency {
                    Frequency::Monthly { today, elasticity, .. } => all.extend([today, elasticity]),
                    Frequency::Constant(rate) => all.push(rate),
                    Frequency::Per(terms) => all.extend(terms.into_iter().map(|(_, each)| each)),
                }
                all.extend([&$($m)? class.duration_p50_hours, &$($m)? class.duration_p90_hours]);
                all.extend([&$($m)? class.responders, &$($m)? class.follow_up_hours]);
                all.push(&$($m)? class.outside_help_per_hour);
                all.extend([&$($m)? class.revenue_hit, &$($m)? class.recovered, &$($m)? class.penalties]);
                if let Some(runaway) = &$($m)? class.runaway {
                    all.extend([&$($m)? runaway.times, &$($m)? runaway.noticed_after_hours, &$($m)? runaway.refunded]);
                }
                of_learning(&$($m)? class.learning, all);
            }

            pub(super) fn of_debt<'s>(debt: &'s $($m)? Debt, all: &mut All<'s>) {
                all.extend([&$($m)? debt.today, &$($m)? debt.accrual, &$($m)? debt.paydown]);
                all.extend([&$($m)? debt.at_full_hours, &$($m)? debt.at_full_incidents]);
                all.extend([&$($m)? debt.at_full_restore, &$($m)? debt.at_full_onboarding]);
            }

            fn of_learning<'s>(learning: &'s $($m)? Option<Learning>, all: &mut All<'s>) {
                if let Some(learning) = learning {
                    all.extend([&$($m)? learning.extra, &$($m)? learning.half_life_months]);
                }
            }

            fn of_migration<'s>(m: &'s $($m)? Migration, all: &mut All<'s>) {
                all.extend([&$($m)? m.start_month, &$($m)? m.effort_weeks, &$($m)? m.overrun, &$($m)? m.people]);
                match &$($m)? m.traffic {
                    Traffic::InLast(part) => all.push(part),
                    Traffic::Workloads(workloads) => {
                        all.extend(workloads.into_iter().map(|workload| &$($m)? workload.moves_at));
                    }
                }
                all.extend([&$($m)? m.lead_months, &$($m)? m.overlap_months, &$($m)? m.standby]);
                if let Some(help) = &$($m)? m.outside_help {
                    all.extend([&$($m)? help.rate, &$($m)? help.share]);
                }
                if let Some(c) = &$($m)? m.cutover {
                    all.extend([&$($m)? c.fails, &$($m)? c.cost, &$($m)? c.delay_months, &$($m)? c.redo]);
                }
            }
        }
    };
}

walk!(look);
walk!(change, mut);
