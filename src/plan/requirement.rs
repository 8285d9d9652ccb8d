//! What is asked of the product: from which month on, and what it costs not to meet it.

use super::builder::Builder;
use super::event;
use super::op::{Binary, Col};
use crate::model::{EventId, Platform, RequirementId};

/// The month from which a requirement is on, infinite where nothing switches it on: the first of its own and of those of
/// the events that do.
pub(super) fn month(b: &mut Builder, id: RequirementId) -> Col {
    let scenario = b.scenario;
    let mut first = match &scenario.requirements[id.0].begins {
        None => b.constant(f64::INFINITY),
        Some(begins) => {
            let begins = b.estimate(begins);
            event::whole_month(b, begins)
        }
    };
    for (place, event) in scenario.events.iter().enumerate() {
        if event.switches_on == Some(id) {
            let month = event::month(b, EventId(place));
            first = b.binary(Binary::Min, month, first);
        }
    }
    first
}

/// 1 in months in which a requirement is on, else 0.
pub(super) fn on(b: &mut Builder, id: RequirementId) -> Col {
    let month = month(b, id);
    event::from(b, month)
}

/// 1 where it is on in month 1 whatever happens, else 0: how the steady month sees it.
pub(super) fn on_at_the_opening(b: &mut Builder, id: RequirementId) -> Col {
    let Some(begins) = &b.scenario.requirements[id.0].begins else { return b.zero() };
    let begins = b.estimate(begins);
    let first = event::whole_month(b, begins);
    let (zero, two) = (b.zero(), b.constant(2.0));
    let left = b.sub(two, first);
    b.binary(Binary::Max, left, zero)
}

/// What is blocked in a month on a platform with all traffic, given whether each requirement is on; with it the
/// requirement.
pub(super) fn blocked(
    b: &mut Builder,
    platform: &Platform,
    is_on: fn(&mut Builder, RequirementId) -> Col,
) -> Vec<(RequirementId, Col)> {
    let mut all = Vec::new();
    for cannot in &platform.cannot {
        if let Some(blocked) = &cannot.blocked {
            let on = is_on(b, cannot.requirement);
            let amount = b.estimate(blocked);
            all.push((cannot.requirement, b.mul(on, amount)));
        }
    }
    all
}

/// Names for the twin in which months each requirement is on.
pub(super) fn name_all(b: &mut Builder) {
    for (place, requirement) in b.scenario.requirements.iter().enumerate() {
        let on = on(b, RequirementId(place));
        b.name(format!("requirement.{}", requirement.name), on);
    }
}
