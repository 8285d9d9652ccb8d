//! What an estimate is called in sentences: "growth of traffic", "hours a month to run AWS", "effort planned for the move to AWS".

use super::side::one_line;
use crate::model::{Estimate, Platform, Scenario};
use crate::units::Currency;

/// The words of a path.
#[must_use]
pub fn words(scenario: &Scenario, path: &str) -> String {
    let pieces: Vec<&str> = path.split('.').collect();
    match pieces.as_slice() {
        ["demand", "case"] => "which growth case comes".to_owned(),
        ["demand", key] => of_demand(key).to_owned(),
        ["demand", "case", case, key] => format!("{} in the {} case", of_demand(key), plain(case)),
        ["people", key, ..] => of_people(key),
        ["driver", name, key @ ..] => of_driver(scenario, name, key),
        ["platform", name, rest @ ..] => of_platform(&title(scenario, name), rest),
        ["migration", name, key @ ..] => of_migration(scenario, name, &key.join(".")),
        ["incident", class, key @ ..] => of_incidents(&plain(class), key),
        ["event", name, key @ ..] => of_event(&event_title(scenario, name), key),
        ["requirement", name, ..] => format!("when {} is asked for", plain(name)),
        ["option", name, "owned_share"] => {
            format!("part of developers' hours that are somebody's job on {}", option_title(scenario, name))
        }
        ["business", key] => format!("{} of the business", plain(key)),
        ["exchange", currency] => format!("what one {currency} is worth"),
        ["option", name, "cover", layer, key @ ..] => of_cover(&layer_title(scenario, name, layer), key),
        ["vendor", name, "rises"] => format!("how much {} raises prices a year", plain(name)),
        ["vendor", name, key @ ..] => format!("{} of {}", plain(&key.join(" ")), plain(name)),
        ["option", name, "change", rest @ ..] => of_change(&option_title(scenario, name), rest),
        ["option", name, "effort"] => format!("work on {}", option_title(scenario, name)),
        ["option", name, "starts"] => format!("start of {}", option_title(scenario, name)),
        ["file", name @ ..] => format!("which row of {} comes", one_line(&name.join("."))),
        ["price", rest @ ..] => format!("list price of {}", rest.join(" ")),
        _ => plain(path),
    }
}

/// The platform that an input is of, by its place, and what [`words`] call it: of a project's the one that it leads to.
#[must_use]
pub fn platform_of(scenario: &Scenario, path: &str) -> Option<(usize, String)> {
    let pieces: Vec<&str> = path.split('.').collect();
    let place = match pieces.as_slice() {
        ["platform", name, ..] => scenario.platforms.iter().position(|platform| platform.name == *name)?,
        ["migration", name, ..] => target(scenario, name)?.platform.0,
        _ => return None,
    };
    Some((place, short(scenario.platforms.get(place)?)))
}

/// The unit that its value is in: a driver's own where that is meant.
#[must_use]
pub fn unit(scenario: &Scenario, path: &str) -> String {
    if path == "demand.growth" {
        return "share / month".to_owned();
    }
    // So many incidents for each deploy are read as a share of them.
    if let ["platform", _, "incident", _, "per", _] = path.split('.').collect::<Vec<_>>().as_slice() {
        return "share".to_owned();
    }
    let Some(estimate) = find(scenario, path) else { return String::new() };
    let Some(rest) = estimate.unit.strip_prefix("of the driver") else { return scenario.unit_of(estimate) };
    let name = crate::model::read_at(path);
    let driver = scenario.drivers.iter().find(|driver| name == Some(driver.name.as_str()));
    driver.map_or_else(String::new, |driver| format!("{}{rest}", driver.unit))
}

/// The unit that people say it in where that is another than its own, and how many of that unit its own has.
#[must_use]
pub fn said_in(path: &str) -> Option<(&'static str, f64)> {
    match path.split('.').collect::<Vec<_>>().as_slice() {
        ["platform", _, "friction", "per", _] => Some(("minutes", 60.0)),
        _ => None,
    }
}

/// What its value is in, where that is money.
#[must_use]
pub fn currency(scenario: &Scenario, path: &str) -> Option<Currency> {
    let estimate = find(scenario, path).filter(|estimate| estimate.unit.starts_with('$'))?;
    Some(estimate.currency().unwrap_or(scenario.currency))
}

fn find<'s>(scenario: &'s Scenario, path: &str) -> Option<&'s Estimate> {
    scenario.estimates().into_iter().find(|estimate| estimate.path == path)
}

/// What a range of its values is of, where its words do not say: "12 to 35 engineer-weeks", "0.42 to 2.4 times the plan".
#[must_use]
pub fn counted_in(path: &str) -> &'static str {
    match path.split('.').collect::<Vec<_>>().as_slice() {
        ["migration" | "option", _, "effort"] => "engineer-weeks",
        ["migration", _, "overrun"] | ["event", _, "rush"] | ["platform", _, "cannot", _, "rush"] => "times the plan",
        _ => "",
    }
}

fn of_demand(key: &str) -> &str {
    match key {
        "growth" | "growth_continuous" => "growth of traffic a month",
        "growth_halves_every" => "months in which growth halves",
        "levels_off_at" => "where growth levels off",
        "today" => "traffic today",
        "month_to_month" => "swings of traffic from month to month",
        _ => "demand",
    }
}

fn of_people(key: &str) -> String {
    match key {
        "loaded_hour" => "what an engineer's hour costs".to_owned(),
        "raise" => "raises a year".to_owned(),
        "refocus" => "time lost by an interruption".to_owned(),
        other => plain(other),
    }
}

fn of_driver(scenario: &Scenario, driver: &str, key: &[&str]) -> String {
    let name = plain(driver);
    let found = scenario.drivers.iter().find(|found| found.name == driver);
    // "GB of database", where the driver's name does not say what is counted.
    let counted = match found.map(|found| found.unit.split('/').next().unwrap_or_default().trim()) {
        Some(unit) if !unit.is_empty() && unit != name => format!("{unit} of {name}"),
        _ => name.clone(),
    };
    match key {
        ["today"] => format!("{counted} today"),
        ["inflow"] => format!("{counted} added a month"),
        ["purge"] => format!("{counted} deleted a month"),
        ["elasticity"] => format!("how {name} follows traffic"),
        ["own_growth"] => format!("growth of {name} of its own"),
        [.., last] => format!("{name} for each {}", plain(last)),
        [] => name,
    }
}

fn of_platform(title: &str, rest: &[&str]) -> String {
    match rest {
        ["work", item, "learning", key] => {
            format!("{} of {} on {title}", of_learning(key), plain(item))
        }
        ["work", item, "hours"] => format!("hours a month for {} on {title}", plain(item)),
        ["work", item, "interruptions"] => format!("interruptions a month by {} on {title}", plain(item)),
        ["work", item, "elasticity"] => format!("how {} on {title} follows what drives it", plain(item)),
        ["work", item, key] => format!("{} of {} on {title}", plain(key), plain(item)),
        ["incident", class, "learning", key] => {
            format!("{} of {} incidents on {title}", of_learning(key), plain(class))
        }
        ["incident", class, key @ ..] => format!("{} on {title}", of_incidents(&plain(class), key)),
        ["cannot", _, key @ ("within" | "last_day" | "rush")] => of_leaving(key),
        ["cannot", what, "blocked"] => format!("revenue that {title} blocks by not having {}", plain(what)),
        [.., "begins"] => format!("month in which {} on {title} begins", plain(&rest[..rest.len() - 1].join(" "))),
        [.., "until"] => format!("month in which {} on {title} ends", plain(&rest[..rest.len() - 1].join(" "))),
        ["friction", "per", driver] => format!("minutes lost to each {} on {title}", one_of(driver)),
        ["onboarding", "hours"] => format!("hours until somebody new is at home on {title}"),
        ["onboarding", key] => format!("{} of people who join on {title}", plain(key)),
        ["debt", key @ ..] => of_debt(title, key),
        [_, line, "price"] => format!("price of {} on {title}", plain(line)),
        [_, line, "today"] => {
            let many = if line.ends_with('s') { "number" } else { "units" };
            format!("{many} of {} at today's load on {title}", plain(line))
        }
        [_, line, "copies"] => format!("copies of {} on {title}", plain(line)),
        [_, line, "peak"] => format!("peak over mean load of {} on {title}", plain(line)),
        [_, line, "capacity"] => format!("load that a unit of {} on {title} carries", plain(line)),
        [_, line, "at_least"] => format!("least units of {} on {title}", plain(line)),
        [_, line, "autoscaling"] => format!("part of {} on {title} that follows the load", plain(line)),
        [_, line, "elasticity"] => format!("how {} on {title} follows what drives it", plain(line)),
        [_, line, "free"] => format!("free allowance of {} on {title}", plain(line)),
        [_, line, "fits", what] => format!("need for {} in {} on {title}", plain(what), plain(line)),
        [_, line, "each", what, "price"] => format!("price of {} in {} on {title}", plain(what), plain(line)),
        [_, line, "each", what, "times"] => {
            format!("number of {} in a unit of {} on {title}", plain(what), plain(line))
        }
        [_, line, "brackets", nth, key] => format!("{} of {} on {title}, bracket {nth}", plain(key), plain(line)),
        [_, line, "plans", plan, key] => {
            format!("{} of plan {} of {} on {title}", plain(key), plain(plan), plain(line))
        }
        [_, line, key @ ..] => format!("{} of {} on {title}", plain(&key.join(" ")), plain(line)),
        _ => format!("{} of {title}", plain(&rest.join(" "))),
    }
}

fn of_debt(title: &str, key: &[&str]) -> String {
    match key {
        ["today"] => format!("operational debt of {title} today"),
        ["accrual"] => format!("how fast operational debt of {title} grows"),
        ["paydown"] => format!("how fast operational debt of {title} is paid down"),
        ["at_full", "hours"] => format!("extra hours on {title} at full debt"),
        ["at_full", what] => format!("what full debt adds to the {} on {title}", plain(what)),
        _ => format!("{} of the operational debt of {title}", plain(&key.join(" "))),
    }
}

fn option_title(scenario: &Scenario, option: &str) -> String {
    let found = scenario.options.iter().find(|found| found.name == option);
    let title = found.map_or_else(String::new, |found| one_line(&found.title));
    if title.is_empty() { plain(option) } else { title }
}

fn layer_title(scenario: &Scenario, option: &str, layer: &str) -> String {
    let option = scenario.options.iter().find(|found| found.name == option);
    let layer_of =
        |option: &crate::model::WayToRun| option.cover.layers.iter().find(|found| found.name == layer).cloned();
    let title = option.and_then(layer_of).map_or_else(String::new, |layer| one_line(&layer.title));
    if title.is_empty() { plain(layer) } else { title }
}

fn of_cover(layer: &str, key: &[&str]) -> String {
    match key {
        ["seats"] => format!("seats of {layer}"),
        ["pay"] => format!("what a seat of {layer} costs"),
        ["productive"] => format!("productive hours of a seat of {layer}"),
        ["attrition"] => format!("part of {layer} that leaves in a year"),
        ["lag"] => format!("months until a seat of {layer} is filled"),
        ["ramp"] => format!("months until somebody new in {layer} is productive"),
        ["recruiting"] => format!("cost of recruiting for {layer}"),
        ["retainer"] => format!("retainer of {layer}"),
        ["onboarding"] => format!("onboarding fee of {layer}"),
        ["overage"] => format!("price of an hour of {layer} above those included"),
        ["day_rate"] => format!("price of a day of {layer}"),
        ["days"] => format!("days a month of {layer}"),
        _ => format!("{} of {layer}", plain(&key.join(" "))),
    }
}

/// One of what a driver counts: "deploys" are for each "deploy".
fn one_of(driver: &str) -> String {
    let name = plain(driver);
    name.strip_suffix('s').filter(|one| !one.ends_with('s')).map_or_else(|| name.clone(), str::to_owned)
}

/// What an option changes is called as on a platform, where it is.
fn of_change(title: &str, rest: &[&str]) -> String {
    match rest {
        ["incidents", below @ ..] => of_platform(title, &[&["incident"], below].concat()),
        _ => of_platform(title, rest),
    }
}

fn of_event(title: &str, key: &[&str]) -> String {
    match key {
        ["hazard"] => format!("chance a month of \u{201C}{title}\u{201D}"),
        ["probability"] => format!("chance of \u{201C}{title}\u{201D}"),
        ["month"] => format!("month of \u{201C}{title}\u{201D}"),
        ["demand"] => format!("what \u{201C}{title}\u{201D} makes of traffic"),
        ["prices", vendor] => format!("what \u{201C}{title}\u{201D} makes of prices of {}", plain(vendor)),
        ["debt"] => format!("operational debt that \u{201C}{title}\u{201D} adds"),
        ["hours"] => format!("hours that \u{201C}{title}\u{201D} takes"),
        ["restore"] => format!("what \u{201C}{title}\u{201D} makes of the time to restore"),
        [key @ ("within" | "last_day" | "rush")] => of_leaving(key),
        ["lasts"] => format!("for how long \u{201C}{title}\u{201D} is felt"),
        ["adds", platform, rest @ ..] => {
            format!("{} on {} after \u{201C}{title}\u{201D}", plain(&rest.join(" ")), plain(platform))
        }
        _ => format!("{} of \u{201C}{title}\u{201D}", plain(&key.join(" "))),
    }
}

/// What is said of a platform that must be left.
fn of_leaving(key: &str) -> String {
    match key {
        "within" => "months until who waits begins to leave",
        "last_day" => "months of notice before the end",
        _ => "effort of a move in a hurry",
    }
    .to_owned()
}

fn event_title(scenario: &Scenario, name: &str) -> String {
    let title = scenario.events.iter().find(|event| event.name == name).map(|event| one_line(&event.title));
    title.filter(|title| !title.is_empty()).map_or_else(|| plain(name), |title| plain(&title))
}

fn of_learning(key: &str) -> &'static str {
    if key == "extra" { "extra at first" } else { "time to halve what is extra at first" }
}

fn of_incidents(class: &str, key: &[&str]) -> String {
    let an = if class.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    match key {
        ["rate"] => format!("how often a month something breaks (\u{201C}{class}\u{201D})"),
        ["duration", ..] => format!("hours until it works again (\u{201C}{class}\u{201D})"),
        ["per", driver] => format!("{} that end in \u{201C}{class}\u{201D}", plain(driver)),
        ["responders"] => format!("people on {an} {class} incident"),
        ["follow_up"] => format!("hours of work after {an} {class} incident"),
        ["revenue_hit"] => format!("share of revenue lost during {class} incidents"),
        ["outside_help"] => format!("outside help in {class} incidents"),
        ["elasticity"] => format!("how {class} incidents follow what drives them"),
        _ => format!("{} of {class} incidents", plain(&key.join(" "))),
    }
}

/// The first option that a project leads to.
fn target<'s>(scenario: &'s Scenario, name: &str) -> Option<&'s crate::model::WayToRun> {
    let leads_to = |option: &&crate::model::WayToRun| {
        option.migration.is_some_and(|id| scenario.migrations.get(id.0).is_some_and(|m| m.name == name))
    };
    scenario.options.iter().find(leads_to)
}

fn of_migration(scenario: &Scenario, name: &str, key: &str) -> String {
    let target = target(scenario, name).map(|option| short(scenario.platform(option.platform)));
    let project = target.map_or_else(|| plain(name), |title| format!("the move to {title}"));
    match key {
        "effort" => format!("effort planned for {project}"),
        "overrun" => format!("overrun of {project}"),
        "people" => format!("people on {project}"),
        "starts" => format!("start of {project}"),
        "traffic_moves_in_last" => format!("part of {project} in which traffic moves"),
        "outside_help" => format!("outside help in {project}, an hour"),
        "outside_help_share" => format!("part of {project} done by outside help"),
        "cutover.fails" => format!("chance that a cutover fails in {project}"),
        "cutover.cost" => format!("cost of a failed cutover in {project}"),
        "cutover.delay" => format!("delay after a failed cutover in {project}"),
        "cutover.redo" => format!("part of {project} done again after a failed cutover"),
        "lead" => format!("months that the new platform runs before {project} brings traffic"),
        "overlap" => format!("months that both run after {project}"),
        "standby" => format!("load on the old platform after {project}"),
        other => format!("{} of {project}", plain(other)),
    }
}

fn title(scenario: &Scenario, name: &str) -> String {
    scenario.platforms.iter().find(|platform| platform.name == name).map_or_else(|| plain(name), short)
}

/// What people call a platform, without what stands in brackets.
fn short(platform: &Platform) -> String {
    let title = platform.title.split_once(" (").map_or(platform.title.as_str(), |(before, _)| before);
    let title = one_line(title);
    if title.is_empty() { plain(&platform.name) } else { title }
}

/// A name of the file as words.
fn plain(name: &str) -> String {
    one_line(&name.replace(['_', '-', '.'], " "))
}
