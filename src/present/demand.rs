//! What growth comes to at the horizon, in words.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::diag::{Place, Problem, Severity};
use crate::model::GrowthCase;
use crate::scenario::Reading;
use crate::study::demand::rests_on_the_tail;
use crate::summary::Demand;

/// The stable name of the warning, after those of the reader.
const HEAVY_TAIL: &str = "W012";

/// Middle, one in ten and mean of demand in the last month, and a warning where the mean rests on the tail; lines ended.
/// `growth` is where the growth stands that reaches highest.
#[must_use]
pub fn text(demand: &Demand, months: u32, growth: Place) -> String {
    let spread = &demand.spread;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "demand in month {}: half of futures above {:.2} times today's, 1 in 10 above {:.2}, mean {:.2}",
        months,
        spread.at(0.5),
        spread.at(0.9),
        spread.mean.value
    );
    text + &warning(demand, months, growth).map_or_else(String::new, |warning| format!("{warning}\n"))
}

/// The warning; `None` where the mean does not rest on the tail.
#[must_use]
pub fn warning(demand: &Demand, months: u32, growth: Place) -> Option<Problem> {
    rests_on_the_tail(demand).then(|| Problem {
        code: HEAVY_TAIL,
        severity: Severity::Warning,
        message: format!(
            "1 future in 1,000 carries {:.0} % of mean demand in month {}: averages rest on it, and their noise is larger \
             than stated",
            100.0 * demand.tail_share,
            months
        ),
        place: growth,
        wanted: String::new(),
        cure: "let growth fade, level off, state a lower `max`, or less noise".into(),
    })
}

/// Where the growth of the case that reaches highest stands, or what is nearest to it in the file.
#[must_use]
pub fn growth(reading: &Reading) -> Place {
    let cases = &reading.scenario.demand.cases;
    let high = |case: &&GrowthCase| case.growth.estimate().law.quantile(0.9);
    let highest = cases.iter().max_by(|a, b| high(a).total_cmp(&high(b)));
    let path = highest.map_or("demand.growth", |case| &case.growth.estimate().path);
    let key = path.rsplit('.').next().unwrap_or(path);
    let paths = [path.to_owned(), format!("demand.{key}"), "demand".to_owned()];
    let span = paths.iter().find_map(|path| {
        let asked = reading.walk.asked.get(path)?;
        asked.key.clone()
    });
    Place { file: Arc::clone(&reading.walk.file), span: span.unwrap_or(0..0) }
}
