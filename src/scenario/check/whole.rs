//! Checks that need more than one table: what an option leads to, what a line counts, what a platform lacks.

use crate::model::{
    Bucket, Driver, DriverId, DriverKind, Estimate, Frequency, Line, Scenario, Scheme, Sizing, UnitsScheme,
};
use crate::scenario::{code, notes::Notes};

use super::{business, driver, event, friction, incident, migration, must_leave, requirement, sense::is_empty, vendor};

pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    let zero = zeros(scenario);
    driver::check(scenario, notes);
    cycles(scenario, notes);
    options(scenario, notes);
    beyond_the_horizon(scenario, notes);
    lacking(scenario, notes);
    unused(scenario, notes);
    if let Some(of) = scenario.people.deploys
        && scenario.platforms.iter().any(|platform| platform.debt.is_some())
    {
        nonzero(scenario, of, &zero, "people.deploys", notes);
    }
    business::check(scenario, notes);
    vendor::check(scenario, notes);
    migration::check(scenario, notes);
    event::check(scenario, notes);
    must_leave::check(scenario, notes);
    requirement::check(scenario, notes);
    friction::check(scenario, notes);
    incident::check_causes(scenario, notes);
    for platform in &scenario.platforms {
        let path = format!("platform.{}", platform.name);
        for line in &platform.lines {
            if let Scheme::Units(units) = &line.scheme {
                let at = format!("{path}.{}.{}", line.bucket.name(), line.name);
                sized(units, &at, notes);
                held(units, line, &at, notes);
                if matches!(units.sizing, Sizing::Today(_)) {
                    nonzero(scenario, units.driver, &zero, &format!("{at}.driver"), notes);
                }
            }
        }
        for work in &platform.work {
            if let Some(of) = work.driver {
                nonzero(scenario, of, &zero, &format!("{path}.work.{}.driver", work.name), notes);
            }
        }
        for class in &platform.incidents {
            let at = format!("{path}.incident.{}.driver", class.name);
            if let Frequency::Monthly { driver: Some(of), .. } = class.frequency {
                nonzero(scenario, of, &zero, &at, notes);
            }
        }
    }
}

/// Drivers that follow themselves: one report for each ring, at its first driver.
fn cycles(scenario: &Scenario, notes: &mut Notes) {
    let reaches = |start: usize| {
        let mut seen = vec![false; scenario.drivers.len()];
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for DriverId(of) in followed(scenario, at) {
                if let Some(seen) = seen.get_mut(of)
                    && !*seen
                {
                    *seen = true;
                    open.push(of);
                }
            }
        }
        seen
    };
    let reached: Vec<Vec<bool>> = (0..scenario.drivers.len()).map(reaches).collect();
    let cyclic: Vec<bool> = (0..reached.len()).map(|at| reached[at][at]).collect();
    for at in (0..cyclic.len()).filter(|&at| cyclic[at]) {
        let first = (0..at).all(|before| !(reached[at][before] && reached[before][at]));
        if first {
            let ring: Vec<&str> = (0..cyclic.len())
                .filter(|&other| reached[at][other] && reached[other][at])
                .map(|other| scenario.drivers[other].name.as_str())
                .collect();
            let key = if matches!(scenario.drivers[at].kind, DriverKind::PerUnits { .. }) { "per" } else { "from" };
            let span = notes.place(&format!("driver.{}.{key}", scenario.drivers[at].name));
            let message = format!("drivers follow each other in a ring: {}", ring.join(", "));
            notes.error(code::CYCLE, &span, message).cure = "one of them needs a `today` of its own".into();
        }
    }
}

/// The drivers that one follows: themselves, or through the units of lines.
fn followed(scenario: &Scenario, at: usize) -> Vec<DriverId> {
    match scenario.drivers.get(at).map(|driver| &driver.kind) {
        Some(DriverKind::Derived { terms }) => terms.iter().map(|(of, _)| *of).collect(),
        Some(DriverKind::PerUnits { terms }) => {
            terms.iter().filter_map(|(of, _)| Some(scenario.units_of(of)?.driver)).collect()
        }
        _ => Vec::new(),
    }
}

fn options(scenario: &Scenario, notes: &mut Notes) {
    if scenario.options.len() < 2 {
        let message = match scenario.options.as_slice() {
            [] => "the file has no options".to_owned(),
            [only] => format!("the file has one option, `{}`: there is nothing to compare", only.name),
            _ => return,
        };
        let span = notes.place("option");
        notes.error(code::TOO_FEW_OPTIONS, &span, message).cure =
            "add [options.NAME], one of them what you live in today".into();
    }
    let Some(baseline) = scenario.options.get(scenario.baseline.0) else { return };
    if baseline.migration.is_some() {
        let span = notes.place(&format!("option.{}.migration", baseline.name));
        let message = format!("`{}` is the baseline, lived in today, and has a migration", baseline.name);
        let others = scenario.options.iter().filter(|option| option.migration.is_none());
        let others: Vec<&str> = others.map(|option| option.name.as_str()).collect();
        notes.error(code::BASELINE_MIGRATES, &span, message).cure = match others.as_slice() {
            [] => "leave the migration out".to_owned(),
            [only] => format!("write baseline = \"{only}\", which has none, or leave the migration out"),
            several => format!("name one without as the baseline ({}), or leave it out", several.join(", ")),
        };
        return; // where the others come from and go to cannot be judged
    }
    let Some(home) = scenario.platforms.get(baseline.platform.0) else { return };
    for migration in &scenario.migrations {
        if let Some(from) = scenario.platforms.get(migration.from.0)
            && migration.from != baseline.platform
        {
            let span = notes.place(&format!("migration.{}.from", migration.name));
            let message =
                format!("`{}` leads away from {}, but the baseline lives on {}", migration.name, from.name, home.name);
            notes.error(code::MIGRATION_ENDS, &span, message).cure = format!("write from = \"{}\"", home.name);
        }
    }
    for option in &scenario.options {
        let Some(platform) = scenario.platforms.get(option.platform.0) else { continue };
        let moves = option.platform != baseline.platform;
        let path = format!("option.{}", option.name);
        if option.name != baseline.name && !moves && option.migration.is_some() {
            let span = notes.place(&format!("{path}.migration"));
            let message = format!("`{}` has a migration and ends on {}, where it begins", option.name, platform.name);
            notes.error(code::MIGRATION_ENDS, &span, message).cure =
                "name the platform it leads to, or leave the migration out".into();
        }
        if moves && option.migration.is_none() {
            let span = notes.place(&format!("{path}.platform"));
            let message = format!(
                "`{}` is on {} from the first day, and nothing is paid for getting there",
                option.name, platform.name
            );
            notes.warning(code::FREE_MOVE, &span, message).cure = "name a migration, unless that is meant".into();
        }
    }
}

/// A project that starts after the last month is never seen.
fn beyond_the_horizon(scenario: &Scenario, notes: &mut Notes) {
    for migration in &scenario.migrations {
        let first = lowest(&migration.start_month);
        if first >= f64::from(scenario.months) + 1.0 {
            let span = notes.place(&migration.start_month.path);
            let message = format!("`{}` starts after the last month, {}", migration.name, scenario.months);
            notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure = "no option that needs it ever leaves".into();
        }
    }
}

/// A bucket, a class of incidents or debt that one option's platform has and another's has not: a comparison that leaves
/// something out is wrong in one direction.
fn lacking(scenario: &Scenario, notes: &mut Notes) {
    let used: Vec<_> = (scenario.platforms.iter().enumerate())
        .filter(|(at, _)| scenario.options.iter().any(|option| option.platform.0 == *at))
        .map(|(_, platform)| platform)
        .collect();
    for platform in &used {
        let span = notes.place(&format!("platform.{}", platform.name));
        if is_empty(platform) {
            let message =
                format!("{} has neither lines nor work nor incidents nor friction: it costs nothing", platform.name);
            notes.warning(code::BUCKET_LACKING, &span, message).cure = "write what is paid for and done there".into();
            continue;
        }
        for bucket in Bucket::ALL {
            let has = |p: &crate::model::Platform| match bucket {
                Bucket::Engineering => !p.work.is_empty(),
                // What an event may add is no part of the platform as it stands.
                _ => p.lines.iter().any(|line| line.bucket == bucket && line.in_force.after.is_none()),
            };
            if let Some(other) = used.iter().find(|other| has(other))
                && !has(platform)
            {
                let what = if bucket == Bucket::Engineering { "work" } else { bucket.name() };
                let message = format!("{} has {what} and {} has none", other.name, platform.name);
                notes.warning(code::BUCKET_LACKING, &span, message).cure = "add it, unless it is truly nothing".into();
            }
        }
        if platform.debt.is_none()
            && let Some(other) = used.iter().find(|other| other.debt.is_some())
        {
            let message = format!("{} has debt and {} has none", other.name, platform.name);
            notes.warning(code::BUCKET_LACKING, &span, message).cure = "add it, unless nothing piles up there".into();
        }
        for other in &used {
            for class in &other.incidents {
                if !platform.incidents.iter().any(|own| own.name == class.name) {
                    let message =
                        format!("{} has incidents `{}` and {} has none", other.name, class.name, platform.name);
                    notes.warning(code::INCIDENTS_LACKING, &span, message).cure =
                        "add the class, unless it cannot happen there".into();
                }
            }
        }
    }
}

fn unused(scenario: &Scenario, notes: &mut Notes) {
    let misnamed = |option: &crate::model::WayToRun| {
        option.platform.0 >= scenario.platforms.len()
            || option.migration.is_some_and(|id| id.0 >= scenario.migrations.len())
    };
    if scenario.options.iter().any(misnamed) {
        return; // a misspelt name is reported already, and may mean the one that seems unused
    }
    let mut warn = |path: String, what: &str, name: &str| {
        let span = notes.place(&path);
        let problem = notes.warning(code::UNUSED, &span, format!("no option uses the {what} `{name}`"));
        problem.cure = "it is not computed".into();
    };
    for (at, platform) in scenario.platforms.iter().enumerate() {
        if !scenario.options.iter().any(|option| option.platform.0 == at) {
            warn(format!("platform.{}", platform.name), "platform", &platform.name);
        }
    }
    for (at, migration) in scenario.migrations.iter().enumerate() {
        if !scenario.options.iter().any(|option| option.migration.is_some_and(|id| id.0 == at)) {
            warn(format!("migration.{}", migration.name), "migration", &migration.name);
        }
    }
}

/// What runs today is at least the fewest that ever run.
fn sized(units: &UnitsScheme, at: &str, notes: &mut Notes) {
    let Sizing::Today(today) = &units.sizing else { return };
    if today.written.is_empty() {
        return; // it was refused
    }
    let (most, least) = (greatest(today), lowest(&units.at_least));
    if most < least {
        let span = notes.place(&format!("{at}.today"));
        let unless = if units.at_least.written.is_empty() { " unless stated" } else { "" };
        let message = format!("`today` is {most} and `at_least` is {least}{unless}: fewer run than ever run");
        notes.error(code::BELOW_LEAST, &span, message).cure = "lower `at_least` to what runs today".into();
    }
}

/// What is held already is not surely more than what runs.
fn held(units: &UnitsScheme, line: &Line, at: &str, notes: &mut Notes) {
    let Some(held) = line.commitment.as_ref().and_then(|commitment| commitment.held.as_ref()) else { return };
    let Sizing::Today(today) = &units.sizing else { return };
    let most = greatest(today) * (1.0 + greatest(&line.copies));
    let least = lowest(&held.quantity);
    if line.waste.is_none() && least > most {
        let span = notes.place(&format!("{at}.commit.held.quantity"));
        let message = format!("{least} are held and {most} run today: the rest is paid for and idle");
        notes.warning(code::IDLE_COMMITMENT, &span, message).cure =
            "write how many of these units are held, if that is not meant".into();
    }
}

/// A ratio to today needs a today above zero.
fn nonzero(scenario: &Scenario, of: DriverId, zero: &[bool], at: &str, notes: &mut Notes) {
    if zero.get(of.0) == Some(&true) {
        let name = &scenario.driver(of).name;
        let span = notes.place(at);
        let message = format!("this grows with `{name}` as a multiple of today, and today `{name}` is 0");
        notes.error(code::ZERO_TODAY, &span, message).cure =
            "give the driver a reading above 0, or leave it out here".into();
    }
}

/// Which drivers can be 0 today. What follows others is once all of those are, or their factors.
fn zeros(scenario: &Scenario) -> Vec<bool> {
    let mut zero = vec![false; scenario.drivers.len()];
    loop {
        let is_zero = |driver: &Driver| match &driver.kind {
            DriverKind::Flow { today, .. } | DriverKind::Stock { today, .. } => lowest(today) <= 0.0,
            DriverKind::Derived { terms } => {
                terms.iter().all(|(of, factor)| zero.get(of.0) == Some(&true) || lowest(factor) <= 0.0)
            }
            DriverKind::PerUnits { terms } => terms.iter().all(|(of, each)| {
                let may_be_none = |units: &UnitsScheme| {
                    matches!(units.sizing, Sizing::Capacity(_))
                        && zero.get(units.driver.0) == Some(&true)
                        && lowest(&units.at_least) <= 0.0
                };
                lowest(each) <= 0.0 || scenario.units_of(of).is_none_or(may_be_none)
            }),
        };
        let next: Vec<bool> = scenario.drivers.iter().map(is_zero).collect();
        if next == zero {
            return zero;
        }
        zero = next;
    }
}

/// The least value that a draw of the estimate gives.
pub(super) fn lowest(estimate: &Estimate) -> f64 {
    estimate.law.quantile(crate::math::elementary::uniform(0))
}

/// The greatest value that a draw of the estimate gives.
pub(super) fn greatest(estimate: &Estimate) -> f64 {
    estimate.law.quantile(crate::math::elementary::uniform(u32::MAX))
}
