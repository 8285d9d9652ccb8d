//! What conditions read today: one that holds already waits for nothing.

use crate::model::{
    Condition, Estimate, Fact, Line, Platform, PlatformId, Reading, Scenario, Scheme, Side, Sizing, UnitPrice,
};
use crate::scenario::estimate::number;

use super::sense;

/// That a condition holds today, with every estimate at its median, and the month that begins with what waits for it; `home`
/// sends the bill that is read.
pub(super) fn holds(scenario: &Scenario, condition: &Condition, home: PlatformId) -> Option<(String, u32)> {
    let Condition::Reading { of, side, mark, months: 1 } = *condition else { return None };
    let (name, today) = match of {
        Reading::Driver(id) => {
            let today = sense::today(scenario, id, scenario.drivers.len());
            (scenario.drivers.get(id.0)?.name.as_str(), today)
        }
        Reading::Fact(fact) if fact != Fact::EngineersPerCodebase => {
            let number = fact.said(&scenario.people)?.number()?;
            (fact.word(), median(number))
        }
        Reading::Bill => {
            let least = least_bill(scenario, scenario.platforms.get(home.0)?);
            let holds = side == Side::Above && side.holds(least, mark);
            let (amount, code) = (number(least.round()), scenario.currency.code());
            let message = format!("the bill is {amount} {code} a month or more today: this holds once one has come");
            return holds.then_some((message, 2));
        }
        _ => return None,
    };
    let message = format!("`{name}` is {} today: this holds already", number(today));
    side.holds(today, mark).then_some((message, 1))
}

fn median(estimate: &Estimate) -> f64 {
    estimate.law.quantile(0.5)
}

/// What lines that are the same every month and units that run today come to at medians, where nothing pays for them first:
/// other lines come on top.
fn least_bill(scenario: &Scenario, platform: &Platform) -> f64 {
    let is_paid = |line: &&Line| {
        let vendor = line.vendor.and_then(|id| scenario.vendors.get(id.0));
        line.in_force.is_always() && line.commitment.is_none() && vendor.is_none_or(|vendor| vendor.credits.is_none())
    };
    let of = |line: &Line| {
        let one = match &line.scheme {
            Scheme::Fixed { price, times } => median(price) * median(times),
            Scheme::Units(units) => match (&units.sizing, &units.price) {
                (Sizing::Today(running), UnitPrice::Single(price)) => median(running) * median(price),
                _ => 0.0,
            },
            _ => 0.0,
        };
        one * (1.0 + median(&line.copies))
    };
    platform.lines.iter().filter(is_paid).map(of).sum()
}
