//! What hours cost: of whoever does them, and of what they go into.
//!
//! Developers' hours are paid by the hour; a layer by its price, busy or not, which is told of what it does in the proportion of
//! the hours, since it takes of every kind alike (MODEL.md §5).

use super::parts;
use crate::model::Bucket;
use crate::summary::{Account, Lens, Mean, Summary, Task, Who, Year};

/// Money a month of an option in a year.
pub(super) struct Money<'s> {
    summary: &'s Summary,
    option: usize,
    /// The year, by its place.
    year: usize,
}

impl<'s> Money<'s> {
    pub(super) const fn of(summary: &'s Summary, option: usize, year: usize) -> Self {
        Self { summary, option, year }
    }

    /// A month of the year, mean of the lines of engineering that are meant; errors are at most so large.
    fn sum(&self, is_it: impl Fn(&str, Lens) -> bool) -> Mean {
        let Year { first, last } = self.summary.years[self.year];
        let months = f64::from(last + 1 - first);
        let lines = self.summary.lines.iter().filter(|line| {
            let is_engineering = line.account == Account::Bucket(Bucket::Engineering);
            line.option == self.option && is_engineering && is_it(&line.line, line.lens)
        });
        let means = lines.flat_map(|line| line.by_month.iter().skip(first as usize).take((last + 1 - first) as usize));
        let [mut value, mut se] = [0.0; 2];
        for mean in means {
            value += mean.value / months;
            // One future has no error that could be known.
            se += if mean.se.is_finite() { mean.se / months } else { 0.0 };
        }
        Mean { value, se, sd: f64::NAN }
    }

    /// What developers' hours of lines come to.
    fn of_developers(&self, is_it: impl Fn(&str) -> bool) -> Mean {
        self.sum(|line, lens| lens == Lens::Tco && !line.starts_with("cover.") && is_it(line))
    }

    /// What a layer is paid, or what developers' hours and people from outside cost.
    pub(super) fn of_whom(&self, who: Who) -> Mean {
        match who {
            Who::Developers => self.of_developers(|_| true),
            Who::Outside => self.sum(|line, _| line.starts_with("migration.") && line.ends_with(".outside_help")),
            Who::Layer(place) => {
                let layers = &self.summary.options[self.option].done_by;
                let prefix = layers.get(place).map(|layer| format!("cover.{}.", layer.name));
                prefix.map_or(self.sum(|_, _| false), |prefix| self.sum(|line, _| line.starts_with(&prefix)))
            }
        }
    }

    /// All of it: the sum over whoever does hours.
    pub(super) fn together(&self) -> Mean {
        let by = &self.summary.options[self.option].people.by;
        let all: Vec<Mean> = by.iter().map(|by| self.of_whom(by.who)).collect();
        let sum = |of: fn(&Mean) -> f64| all.iter().map(of).sum();
        Mean { value: sum(|mean| mean.value), se: sum(|mean| mean.se), sd: f64::NAN }
    }

    /// What each of some tasks costs, and after them what is paid while there is nothing to do.
    pub(super) fn of_tasks(&self, tasks: &[Task]) -> Vec<f64> {
        let people = &self.summary.options[self.option].people;
        let hours = |task: Task| {
            let found = people.tasks.iter().find(|(known, _)| *known == task);
            found.map_or(0.0, |(_, by_year)| by_year[self.year].value)
        };
        let all = |is_it: fn(Task) -> bool| Task::all().into_iter().filter(|task| is_it(*task)).map(hours).sum::<f64>();
        let (worked, coverable) = (all(is_work), all(is_coverable));
        let layers = people.by.iter().filter(|by| matches!(by.who, Who::Layer(_)));
        let layers: f64 = layers.map(|by| self.of_whom(by.who).value).sum();
        let part = |hours: f64, whole: f64| if whole > 0.0 { hours / whole } else { 0.0 };
        let own = |prefix: &'static str| self.of_developers(|line| line.starts_with(prefix)).value;
        let of = |task: &Task| {
            let of_layers = if is_coverable(*task) { layers * part(hours(*task), coverable) } else { 0.0 };
            let of_developers = match task {
                Task::Work(_) | Task::OtherWork => own("work.") * part(hours(*task), worked),
                Task::Requests => own("requests"),
                Task::Incidents => own("incident."),
                Task::Events => own("event."),
                Task::Friction => own("friction"),
                Task::Waiting => own("waiting"),
                Task::Onboarding => own("onboarding"),
                Task::Project => own("migration.") + own("option.") + self.of_whom(Who::Outside).value,
            };
            of_developers + of_layers
        };
        tasks.iter().map(of).chain([if coverable > 0.0 { 0.0 } else { layers }]).collect()
    }
}

const fn is_work(task: Task) -> bool {
    matches!(task, Task::Work(_) | Task::OtherWork)
}

const fn is_coverable(task: Task) -> bool {
    is_work(task) || matches!(task, Task::Requests | Task::Incidents | Task::Events)
}

/// Noise of more than so many steps makes them coarser, as for all money.
const STEPS: f64 = 5.0;

/// Amounts of money that add up to the whole that is shown, to three figures of that where noise allows: "1,200", "<10".
pub(super) fn shown(amounts: &[f64], together: Mean) -> (Vec<String>, String) {
    let mut step = 1.0;
    while 1_000.0 * step <= together.value || STEPS * step < together.se && 10.0 * step <= together.value {
        step *= 10.0;
    }
    let cells = parts::apportioned(amounts, together.value, step);
    let all = cells.iter().sum();
    let cells = amounts.iter().zip(cells).map(|(exact, steps)| parts::written(*exact, steps, step)).collect();
    (cells, parts::written(together.value, all, step))
}
