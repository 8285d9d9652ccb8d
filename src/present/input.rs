//! What an estimate is called in sentences: "growth of traffic", "hours a month to run AWS", "effort planned for the move to AWS".

use super::side::one_line;
use crate::model::{Estimate, Platform, Scenario};

/// The words of a path.
#[must_use]
pub fn words(scenario: &Scenario, path: &str) -> String {
    let pieces: Vec<&str> = path.split('.').collect();
    match pieces.as_slice() {
        ["demand", "case"] => "which growth case comes".to_owned(),
        ["demand", key] => of_demand(key).to_owned(),
        ["demand", "case", case, key] => format!("{} in the {} case", of_demand(key), plain(case)),
        ["people", key, ..] => of_people(key),
        ["driver", name, key @ ..] => of_driver(&plain(name), key),
        ["platform", name, rest @ ..] => of_platform(&title(scenario, name), rest),
        ["migration", name, key, ..] => of_migration(scenario, name, key),
        ["incident", class, key @ ..] => of_incidents(&plain(class), key),
        ["event", name, key @ ..] => of_event(&event_title(scenario, name), key),
        ["requirement", name, ..] => format!("when {} is asked for", plain(name)),
        ["option", name, "change", rest @ ..] => of_change(&option_title(scenario, name), rest),
        ["option", name, "effort"] => format!("work on {}", option_title(scenario, name)),
        ["option", name, "starts"] => format!("start of {}", option_title(scenario, name)),
        ["file", name @ ..] => format!("which row of {} comes", one_line(&name.join("."))),
        ["price", rest @ ..] => format!("list price of {}", rest.join(" ")),
        _ => plain(path),
    }
}

/// The unit that its value is in: a driver's own where that is meant.
#[must_use]
pub fn unit(scenario: &Scenario, path: &str) -> String {
    if path == "demand.growth" {
        return "share / month".to_owned();
    }
    let estimates = scenario.estimates();
    let found: Option<&&Estimate> = estimates.iter().find(|estimate| estimate.path == path);
    let Some(estimate) = found else { return String::new() };
    let Some(rest) = estimate.unit.strip_prefix("of the driver") else { return estimate.unit.to_owned() };
    let name = path.strip_prefix("driver.").and_then(|path| path.split('.').next());
    let driver = scenario.drivers.iter().find(|driver| name == Some(driver.name.as_str()));
    driver.map_or_else(String::new, |driver| format!("{}{rest}", driver.unit))
}

/// What a range of its values is of, where its words do not say: "12 to 35 engineer-weeks", "0.42 to 2.4 times the plan".
#[must_use]
pub fn counted_in(path: &str) -> &'static str {
    match path.split('.').collect::<Vec<_>>().as_slice() {
        ["migration" | "option", _, "effort"] => "engineer-weeks",
        ["migration", _, "overrun"] => "times the plan",
        _ => "",
    }
}

fn of_demand(key: &str) -> &str {
    match key {
        "growth" | "growth_continuous" => "growth of traffic a month",
        "growth_halves_every" => "months in which growth halves",
        "levels_off_at" => "where growth levels off",
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

fn of_driver(name: &str, key: &[&str]) -> String {
    match key {
        ["today"] => format!("{name} today"),
        ["inflow"] => format!("{name} added a month"),
        ["purge"] => format!("{name} deleted a month"),
        ["elasticity"] => format!("how {name} follows traffic"),
        ["own_growth"] => format!("growth of {name} of its own"),
        [.., last] => format!("{name} for each {}", plain(last)),
        [] => name.to_owned(),
    }
}

fn of_platform(title: &str, rest: &[&str]) -> String {
    match rest {
        ["work", item, "learning", key] => {
            format!("{} of {} on {title}", of_learning(key), plain(item))
        }
        ["work", item, "hours"] => format!("hours a month of {} on {title}", plain(item)),
        ["work", item, "interruptions"] => format!("interruptions a month by {} on {title}", plain(item)),
        ["work", item, key] => format!("{} of {} on {title}", plain(key), plain(item)),
        ["incident", class, "learning", key] => {
            format!("{} of {} incidents on {title}", of_learning(key), plain(class))
        }
        ["incident", class, key @ ..] => format!("{} on {title}", of_incidents(&plain(class), key)),
        [_, line, "price"] => format!("price of {} on {title}", plain(line)),
        [_, line, "today"] => format!("{} units that {title} would run today", plain(line)),
        [_, line, "copies"] => format!("copies of {} on {title}", plain(line)),
        [_, line, key @ ..] => format!("{} of {} on {title}", plain(&key.join(" ")), plain(line)),
        _ => format!("{} of {title}", plain(&rest.join(" "))),
    }
}

/// What an option changes is called as on a platform, where it is.
fn of_change(title: &str, rest: &[&str]) -> String {
    match rest {
        ["incidents", below @ ..] => of_platform(title, &[&["incident"], below].concat()),
        _ => of_platform(title, rest),
    }
}

fn option_title(scenario: &Scenario, name: &str) -> String {
    let title = scenario.options.iter().find(|option| option.name == name).map(|option| one_line(&option.title));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| plain(name))
}

fn of_event(title: &str, key: &[&str]) -> String {
    match key {
        ["hazard"] => format!("chance a month of \"{title}\""),
        ["probability"] => format!("chance of \"{title}\""),
        ["month"] => format!("month of \"{title}\""),
        ["demand"] => format!("what \"{title}\" makes of traffic"),
        ["prices", vendor] => format!("what \"{title}\" makes of prices of {}", plain(vendor)),
        ["debt"] => format!("operational debt that \"{title}\" adds"),
        ["hours"] => format!("hours that \"{title}\" takes"),
        ["restore"] => format!("what \"{title}\" makes of the time to restore"),
        ["lasts"] => format!("for how long \"{title}\" is felt"),
        ["adds", platform, rest @ ..] => format!("{} on {} after \"{title}\"", plain(&rest.join(" ")), plain(platform)),
        _ => format!("{} of \"{title}\"", plain(&key.join(" "))),
    }
}

fn event_title(scenario: &Scenario, name: &str) -> String {
    let title = scenario.events.iter().find(|event| event.name == name).map(|event| one_line(&event.title));
    title.filter(|title| !title.is_empty()).map_or_else(|| plain(name), |title| plain(&title))
}

fn of_learning(key: &str) -> &'static str {
    if key == "extra" { "extra at first" } else { "time to halve what is extra at first" }
}

fn of_incidents(class: &str, key: &[&str]) -> String {
    match key {
        ["rate"] => format!("{class} incidents a month"),
        ["duration", ..] => format!("length of {class} incidents"),
        ["responders"] => format!("people on a {class} incident"),
        ["follow_up"] => format!("hours after a {class} incident"),
        ["outside_help"] => format!("outside help in {class} incidents"),
        _ => format!("{} of {class} incidents", plain(&key.join(" "))),
    }
}

fn of_migration(scenario: &Scenario, name: &str, key: &str) -> String {
    let leads_to = |option: &&crate::model::WayToRun| {
        option.migration.is_some_and(|id| scenario.migrations.get(id.0).is_some_and(|m| m.name == name))
    };
    let target = scenario.options.iter().find(leads_to).map(|option| short(scenario.platform(option.platform)));
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
