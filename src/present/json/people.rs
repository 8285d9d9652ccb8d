//! What people's hours go into, who does them, and phases of debt, by the year of the run.

use serde_json::{Map, Value, json};

use super::{means, probabilities};
use crate::summary::{Mean, People, Phases, Probability, Summary, Who, Year};

/// The years that the figures below are of.
pub(super) fn years(summary: &Summary) -> Vec<Value> {
    let year = |year: &Year| json!({ "year": year.number(), "first_month": year.first, "last_month": year.last });
    summary.years.iter().map(year).collect()
}

/// Hours a month by what they go into and by who does them, the project's among them; the rows of either add up to `together`.
pub(super) fn hours(summary: &Summary, people: &People) -> Value {
    let tasks: Map<String, Value> =
        people.tasks.iter().map(|(task, hours)| (task.name().to_owned(), means(hours))).collect();
    let engineers = |hours: &[Mean]| {
        let of = |mean: &Mean| {
            let each = summary.hours_per_month;
            Mean { value: mean.value / each, se: mean.se / each, sd: mean.sd / each }
        };
        means(&hours.iter().map(of).collect::<Vec<_>>())
    };
    let by = |by: &crate::summary::HoursBy| {
        json!({
            "who": match by.who {
                Who::Developers => "developers",
                Who::Layer(_) => "layer",
                Who::Outside => "outside",
            },
            "title": by.title,
            "hours_from_month_1": means(&by.by_month),
            "hours_a_month_by_year": means(&by.by_year),
            "engineers_by_year": engineers(&by.by_year),
        })
    };
    json!({
        "hours_a_month_by_year": { "by_task": tasks, "together": means(&people.together) },
        "engineers_by_year": engineers(&people.together),
        "by": people.by.iter().map(by).collect::<Vec<_>>(),
    })
}

/// How likely each phase is, by year.
pub(super) fn phases(by_year: &[Phases]) -> Value {
    let column = |of: fn(&Phases) -> Probability| {
        let shares: Vec<Probability> = by_year.iter().map(of).collect();
        probabilities(&shares)
    };
    json!({
        "simple": column(|phases| phases.simple),
        "drift": column(|phases| phases.drift),
        "black_box": column(|phases| phases.black_box),
    })
}
