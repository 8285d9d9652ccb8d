//! What people's hours go into, who does them, and the phases of debt, by the year of the run.

use super::figure::{Mean, Probability};
use super::of::mean_of;
use super::{Phases, Year};
use crate::model::Task;
use crate::plan::op::Col;
use crate::plan::{OptionColumns, Plan, Who, ends_year};
use crate::sim::Draws;

/// An option's hours, the project's too, by what they go into and by who does them. Both add up to the same.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    /// Hours a month of each of [`super::Summary::years`], by what they go into, in the order of pages; what takes none in any
    /// year is left out.
    pub tasks: Vec<(Task, Vec<Mean>)>,
    /// The same by who does them: developers, layers in the order in which they take hours, people from outside.
    pub by: Vec<HoursBy>,
    /// All of them.
    pub together: Vec<Mean>,
}

/// Hours that somebody does.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursBy {
    /// Who.
    pub who: Who,
    /// What people call them.
    pub title: String,
    /// Hours of each month, `[month - 1]`.
    pub by_month: Vec<Mean>,
    /// Hours a month of each year.
    pub by_year: Vec<Mean>,
}

/// The whole years of a run; one of fewer months where it has none.
pub(super) fn years(months: u32) -> Vec<Year> {
    let ends = (1..=months).filter(|month| ends_year(*month, months));
    ends.map(|last| Year { first: last.saturating_sub(12) + 1, last }).collect()
}

pub(super) fn people(plan: &Plan, draws: &Draws, place: usize) -> People {
    let columns = &plan.outputs.options[place];
    let years = years(plan.months);
    let a_month = |col: Col| {
        let of = |year: &Year| {
            let months = f64::from(year.months());
            let Mean { value, se, sd } = mean_of(&draws.series[&col][year.last as usize].moments);
            Mean { value: value / months, se: se / months, sd: sd / months }
        };
        years.iter().map(of).collect::<Vec<Mean>>()
    };
    let tasks = columns.people.tasks.iter().map(|(task, col)| (*task, a_month(*col)));
    let by = columns.people.by.iter().map(|by| HoursBy {
        who: by.who,
        title: title(columns, by.who),
        by_month: draws.series[&by.monthly][1..].iter().map(|s| mean_of(&s.moments)).collect(),
        by_year: a_month(by.in_year),
    });
    People {
        tasks: tasks.filter(|(_, hours)| hours.iter().any(|mean| mean.value != 0.0)).collect(),
        by: by.collect(),
        together: a_month(columns.people.together),
    }
}

fn title(columns: &OptionColumns, who: Who) -> String {
    match who {
        Who::Developers => "developers".to_owned(),
        Who::Layer(place) => columns.done_by[place].title.clone(),
        Who::Outside => "outside help with the move".to_owned(),
    }
}

/// The phases at the ends of years, and those of the last month.
pub(super) fn phases(plan: &Plan, draws: &Draws, place: usize) -> (Vec<Phases>, Phases) {
    let of = |counts: &[u64; 3]| {
        let [simple, drift, black_box] = counts.map(|count| Probability { count, of: draws.trials });
        Phases { simple, drift, black_box }
    };
    let mut all: Vec<Phases> = draws.phases[place].iter().map(of).collect();
    let last = all[all.len() - 1];
    // A run that does not end with a year has its last month counted beside the years.
    all.truncate(years(plan.months).len());
    (all, last)
}
