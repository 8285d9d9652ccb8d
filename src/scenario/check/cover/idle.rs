//! Layers that are legal and probably not meant: those that never take an hour, and those that are paid for nothing.

use crate::model::{Condition, Dedicated, Layer, LayerKind, Scenario, WayToRun};
use crate::scenario::check::whole;
use crate::scenario::estimate::number;
use crate::scenario::{code, notes::Notes};

pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for option in &scenario.options {
        for layer in &option.cover.layers {
            takes_nothing(layer, notes);
            comes_too_late(layer, scenario.months, notes);
        }
        left_with_pay(scenario, option, notes);
    }
}

/// A time as it is computed, in whole months.
fn whole_months(months: f64) -> f64 {
    (months + 0.5).floor()
}

/// Whoever surely never takes an hour.
fn takes_nothing(layer: &Layer, notes: &mut Notes) {
    let name = &layer.name;
    let (estimate, message, cure) = match &layer.kind {
        LayerKind::Dedicated(Dedicated { productive_hours, .. }) if whole::greatest(productive_hours) == 0.0 => {
            let message = format!("`{name}` is paid and productive for no hour: it takes nothing");
            (productive_hours, message, "write productive = \"100 hours / month\"")
        }
        LayerKind::Service(service) if whole::lowest(&service.stays_inside) >= 1.0 => {
            let message = format!("all hours stay inside: `{name}` is paid and takes nothing");
            (&service.stays_inside, message, "write stays_inside = \"20 .. 35 %\"")
        }
        LayerKind::Consultant(consultant) if whole::greatest(&consultant.days) == 0.0 => {
            (&consultant.days, format!("`{name}` comes for no day: it takes nothing"), "write days = \"4 / month\"")
        }
        LayerKind::Consultant(consultant) => match &consultant.lasts_months {
            Some(lasts) if whole_months(whole::greatest(lasts)) < 1.0 => {
                (lasts, format!("`{name}` lasts for no month: it takes nothing"), "write lasts = \"3 months\"")
            }
            _ => return ends_first(layer, notes),
        },
        LayerKind::Dedicated(_) | LayerKind::Service(_) => return ends_first(layer, notes),
    };
    notes.warning(code::TAKES_NOTHING, &notes.place(&estimate.path), message).cure = cure.into();
}

/// A layer that ends in a month before the one in which it begins.
fn ends_first(layer: &Layer, notes: &mut Notes) {
    let begins = layer.begins.as_ref().map_or(1.0, |month| whole_months(whole::lowest(month)));
    let notice = whole_months(whole::greatest(&layer.notice_months));
    let ends = layer.ends_when.iter().find_map(|condition| match condition {
        Condition::Month(month) if f64::from(*month) + notice <= begins => Some(*month),
        _ => None,
    });
    if let Some(month) = ends {
        let message = format!(
            "`{}` ends as month {month} opens, and begins with month {}: it takes nothing",
            layer.name,
            number(begins)
        );
        let span = notes.place(&format!("{}.ends_when", layer.path));
        notes.warning(code::TAKES_NOTHING, &span, message).cure = "let it end later, or leave it out".into();
    }
}

/// Layers that begin, and seats that open, after the last month.
fn comes_too_late(layer: &Layer, months: u32, notes: &mut Notes) {
    if let Some(begins) = &layer.begins {
        let first = whole_months(whole::lowest(begins));
        if first > f64::from(months) {
            let message =
                format!("`{}` begins with month {}, after the last month, {months}", layer.name, number(first));
            notes.warning(code::BEYOND_THE_HORIZON, &notes.place(&begins.path), message).cure =
                "it never works: lengthen `months`, or leave it out".into();
        }
    }
    let ends = layer.ends_when.iter().map(|condition| (condition, format!("{}.ends_when", layer.path)));
    let hires = layer.hires_when().iter().enumerate();
    let hires = hires.map(|(nth, condition)| (condition, format!("{}.hire_when_any.{}", layer.path, nth + 1)));
    for (condition, path) in ends.chain(hires) {
        if let Condition::Month(month) = condition
            && *month > months
        {
            let message = format!("month {month} is after the last month, {months}");
            notes.warning(code::BEYOND_THE_HORIZON, &notes.place(&path), message).cure =
                "it never comes: lengthen `months`, or leave it out".into();
        }
    }
}

/// Seats of the baseline that an option leaves, and goes on paying for.
fn left_with_pay(scenario: &Scenario, option: &WayToRun, notes: &mut Notes) {
    let Some(home) = scenario.options.get(scenario.baseline.0).filter(|home| home.name != option.name) else { return };
    if option.migration.is_none() || option.cover.is_released {
        return;
    }
    for layer in home.cover.layers.iter().filter(|layer| !option.cover.goes_on.contains(&layer.name)) {
        let LayerKind::Dedicated(dedicated) = &layer.kind else { continue };
        let name = &layer.name;
        let seats = if dedicated.seats == 1 { "the seat".to_owned() } else { format!("the {} seats", dedicated.seats) };
        let message = format!(
            "`{}` does not name `{name}` of the baseline: {seats} would do nothing once it leaves, and stay paid",
            option.name
        );
        notes.warning(code::IDLE_SEATS, &notes.place(&format!("option.{}", option.name)), message).cure =
            format!("write cover.{name} = {{}} and they go on; with released = true in it nobody pays them any more");
    }
}
