//! What is legal and probably not meant: lines that cost nothing, plans that nothing fits into, projects that nobody sees
//! the end of, figures that are called measured without a word of where.

use crate::model::{
    Basis, Bracket, Counted, Driver, DriverId, DriverKind, Estimate, LadderScheme, LayerKind, Line, Migration,
    Platform, Scenario, Scheme, Sizing, Traffic, UnitPrice, UnitsScheme, When,
};
use crate::scenario::{code, estimate::number, notes::Notes};
use crate::units::WEEKS_PER_MONTH;

/// How far rounding may move a time.
const ROUNDING: f64 = 1e-9;
/// Part of a month below which nobody minds that it is rounded away: three days.
const LEAST_PART: f64 = 0.1;

pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for platform in &scenario.platforms {
        for line in &platform.lines {
            let at = format!("platform.{}.{}", platform.name, line.place());
            free(line, &at, notes);
            if let Scheme::Once { when: When::Month(month), .. } = &line.scheme {
                paid_too_late(&line.name, month, scenario.months, notes);
            }
            if let Scheme::Ladder(ladder) = &line.scheme {
                fits_today(ladder, &at, scenario, notes);
            }
        }
    }
    for migration in &scenario.migrations {
        ends_too_late(migration, scenario.months, notes);
        leads_too_long(migration, notes);
    }
    parts_of_months(scenario, notes);
    unread_drivers(scenario, notes);
    unsourced(scenario, notes);
}

/// Whether an estimate of the file's own is surely 0; a list price that is free is no slip.
fn is_nothing(estimate: &Estimate) -> bool {
    !estimate.path.starts_with("price.") && !estimate.written.is_empty() && estimate.constant() == Some(0.0)
}

/// A line without a price is an error, and one whose price is 0 is said to be.
fn free(line: &Line, at: &str, notes: &mut Notes) {
    let all_free = |brackets: &[Bracket]| brackets.iter().all(|bracket| is_nothing(&bracket.price));
    let nothing: Vec<&Estimate> = match &line.scheme {
        Scheme::Once { amount, .. } => vec![amount],
        Scheme::Fixed { price, times } => vec![price, times],
        Scheme::Units(units) => match &units.price {
            UnitPrice::Single(price) => vec![price],
            UnitPrice::Bundle(parts) => parts.iter().flat_map(|part| [&part.price, &part.times]).collect(),
        },
        Scheme::Seats { price, .. } => vec![price],
        Scheme::Copy { scale, .. } => vec![scale],
        Scheme::Metered { brackets, .. } if all_free(brackets) => brackets.iter().map(|b| &b.price).take(1).collect(),
        Scheme::Share(share) if all_free(&share.brackets) && share.at_least.written.is_empty() => {
            share.brackets.iter().map(|bracket| &bracket.price).take(1).collect()
        }
        Scheme::Metered { .. } | Scheme::Share(_) | Scheme::Ladder(_) => Vec::new(),
    };
    let held = line.commitment.iter().flat_map(|commitment| &commitment.held).map(|held| &held.price);
    for estimate in nothing.into_iter().chain(held).filter(|estimate| is_nothing(estimate)) {
        let span = notes.place(&estimate.path);
        let key = estimate.path.strip_prefix(at).unwrap_or(&estimate.path).trim_start_matches('.');
        let message = format!("`{key}` of `{}` is 0: nothing is paid for it", line.place());
        notes.warning(code::COSTS_NOTHING, &span, message).cure = "write what it costs, or leave it out".into();
    }
}

fn paid_too_late(name: &str, month: &Estimate, months: u32, notes: &mut Notes) {
    let first = (super::whole::lowest(month) + 0.5).floor();
    if first > f64::from(months) {
        let span = notes.place(&month.path);
        let message = format!("`{name}` is paid in month {}, after the last month, {months}", number(first));
        notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure =
            "it is never paid: lengthen `months`, or leave it out".into();
    }
}

/// More than half of the futures never see what a project is for.
fn ends_too_late(migration: &Migration, months: u32, notes: &mut Notes) {
    let middle = |estimate: &Estimate| estimate.law.quantile(0.5);
    let last = f64::from(months);
    if super::whole::lowest(&migration.start_month) >= last + 1.0 {
        return; // it never starts, which is said already
    }
    let length = middle(&migration.effort_weeks) * middle(&migration.overrun) / middle(&migration.people);
    let end = middle(&migration.start_month) - 1.0 + length / WEEKS_PER_MONTH;
    if end > last {
        let span = notes.place(&migration.effort_weeks.path);
        let message = format!(
            "at its median `{}` ends after {} months, and the last month is {months}",
            migration.name,
            number(end.round())
        );
        notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure =
            "lengthen `months`, start sooner or put more `people` on it: most futures never see what it is for".into();
    }
}

/// A platform that is said to serve before its project starts.
fn leads_too_long(migration: &Migration, notes: &mut Notes) {
    let middle = |estimate: &Estimate| estimate.law.quantile(0.5);
    let weeks = middle(&migration.effort_weeks) * middle(&migration.overrun) / middle(&migration.people);
    let length = weeks / WEEKS_PER_MONTH;
    let before_traffic = match &migration.traffic {
        Traffic::InLast(part) => 1.0 - middle(part),
        Traffic::Workloads(all) => all.iter().map(|one| middle(&one.moves_at)).fold(1.0, f64::min),
    };
    let lead = middle(&migration.lead_months);
    if lead > length * before_traffic * (1.0 + ROUNDING) {
        let tenths = |months: f64| number((months * 10.0).round() / 10.0);
        let span = notes.place(&migration.lead_months.path);
        let message = format!(
            "`lead` is {} months at its median, and first traffic moves {} months after the project starts",
            tenths(lead),
            tenths(length * before_traffic)
        );
        notes.warning(code::LEAD_CUT, &span, message).cure =
            "the new platform is on, and paid, from the project's start at the earliest".into();
    }
}

/// Times that count in whole months and are surely none.
fn parts_of_months(scenario: &Scenario, notes: &mut Notes) {
    let mut all: Vec<&Estimate> = Vec::new();
    all.extend(scenario.vendors.iter().filter_map(|vendor| Some(&vendor.contract.as_ref()?.notice)));
    for layer in scenario.options.iter().flat_map(|option| &option.cover.layers) {
        all.push(&layer.notice_months);
        all.extend(&layer.begins);
        match &layer.kind {
            LayerKind::Dedicated(seats) => {
                all.extend([&seats.lag_months, &seats.ramp_months]);
                all.extend(seats.mis_hire.iter().map(|mis_hire| &mis_hire.after_months));
            }
            LayerKind::Consultant(days) => all.extend(&days.lasts_months),
            LayerKind::Service(_) => {}
        }
    }
    let restores = scenario.events.iter().filter_map(|event| event.restore.as_ref()?.lasts_months.as_ref());
    for estimate in all.into_iter().chain(restores) {
        let Some(months) = estimate.constant() else { continue };
        let whole = (months + 0.5).floor();
        if (months - whole).abs() > LEAST_PART {
            let span = notes.place(&estimate.path);
            let key = estimate.path.rsplit('.').next().unwrap_or(&estimate.path);
            let said = number((months * 100.0).round() / 100.0);
            let message = format!("`{key}` is {said} months, and counts in whole ones: {}", number(whole));
            notes.warning(code::WHOLE_MONTHS, &span, message).cure = "write the months that are meant".into();
        }
    }
}

/// What is needed today fits into one of the plans; else several of the largest are paid for from the start, and the
/// likeliest reason is a unit.
fn fits_today(ladder: &LadderScheme, at: &str, scenario: &Scenario, notes: &mut Notes) {
    let Some(largest) = ladder.plans.last() else { return };
    if notes.stands(&format!("{at}.above")) {
        return; // the file has thought of it
    }
    for (need, limit) in ladder.needs.iter().zip(&largest.limits) {
        let needed = match &need.of {
            Counted::Driver(id) => today(scenario, *id, scenario.drivers.len()),
            Counted::Number(amount) => amount.law.quantile(0.5),
        };
        let ratio = needed / limit;
        if ratio > 1.0 {
            let span = notes.place(&format!("{at}.fits.{}", need.limit));
            let message = format!(
                "today's `{}` is {} times what the largest plan, `{}`, holds: {} of it are bought",
                need.limit,
                number((ratio * 10.0).round() / 10.0),
                largest.name,
                number(ratio.ceil())
            );
            notes.warning(code::ABOVE_THE_PLANS, &span, message).cure =
                "look at its unit; if that is meant, write above = \"split\"".into();
        }
    }
}

/// A driver's reading of today with every estimate at its median. `depth` ends rings, which are reported elsewhere.
pub(super) fn today(scenario: &Scenario, id: DriverId, depth: usize) -> f64 {
    let Some(driver) = scenario.drivers.get(id.0).filter(|_| depth > 0) else { return 0.0 };
    match &driver.kind {
        DriverKind::Flow { today, .. } | DriverKind::Stock { today, .. } => today.law.quantile(0.5),
        DriverKind::Derived { terms } => {
            terms.iter().map(|(of, times)| times.law.quantile(0.5) * today(scenario, *of, depth - 1)).sum()
        }
        DriverKind::PerUnits { terms } => {
            let units = |of| match scenario.units_of(of) {
                None => 0.0,
                Some(UnitsScheme { sizing: Sizing::Today(units), .. }) => units.law.quantile(0.5),
                Some(UnitsScheme { sizing: Sizing::Capacity(one), driver, at_least, .. }) => {
                    let needed = today(scenario, *driver, depth - 1) / one.law.quantile(0.5);
                    needed.max(at_least.law.quantile(0.5)).ceil()
                }
            };
            terms.iter().map(|(of, each)| each.law.quantile(0.5) * units(of)).sum()
        }
    }
}

/// A driver that nothing names moves nothing.
fn unread_drivers(scenario: &Scenario, notes: &mut Notes) {
    if notes.has_errors() {
        return; // a misspelt name is reported already, and may mean the one that seems unused
    }
    let unread: Vec<&Driver> =
        scenario.drivers.iter().filter(|driver| driver.name != "demand" && !notes.is_named(&driver.name)).collect();
    for driver in unread {
        let span = notes.place(&format!("driver.{}", driver.name));
        let problem = notes.warning(code::UNUSED, &span, format!("nothing uses the driver `{}`", driver.name));
        problem.cure = "no cost follows it: name it in a line, or leave it out".into();
    }
}

/// Figures that are called measured or quoted say where.
fn unsourced(scenario: &Scenario, notes: &mut Notes) {
    for (basis, word) in [(Basis::Measured, "measured"), (Basis::Quoted, "quoted")] {
        let all = scenario.estimates();
        let mut bare: Vec<&&Estimate> = (all.iter())
            .filter(|estimate| estimate.basis == basis && estimate.source.is_empty() && !estimate.written.is_empty())
            .collect();
        bare.sort_by_key(|estimate| notes.place(&estimate.path).start);
        let Some(first) = bare.first() else { continue };
        let span = notes.place(&first.path);
        let message = match bare.len() {
            1 => format!("a figure is called {word} and has no `source`"),
            many => format!("{many} figures are called {word} and have no `source`; this is the first"),
        };
        notes.warning(code::NO_SOURCE, &span, message).cure =
            "write source = \"…\": an invoice, a dashboard, an offer, with its date".into();
    }
}

/// Whether nothing at all is on a platform.
pub(super) fn is_empty(platform: &Platform) -> bool {
    let friction = &platform.friction;
    let has_friction = !friction.per.is_empty() || friction.onboarding_hours.is_some() || friction.waiting.is_some();
    platform.lines.is_empty() && platform.work.is_empty() && platform.incidents.is_empty() && !has_friction
}
