//! What an option's hours go into, and who does them (MODEL.md §5): the same hours twice, so that both add up to them.

use super::builder::Builder;
use super::op::{Col, Op};
use super::option::Lowered;
use crate::model::{Task, Work};

/// Hours of the month by what they go into: pairs of factors.
#[derive(Default)]
pub(super) struct ByTask {
    terms: Vec<(Task, (Col, Col))>,
}

impl ByTask {
    /// Adds a product to a task.
    pub(super) fn push(&mut self, task: Task, term: (Col, Col)) {
        self.terms.push((task, term));
    }

    /// Adds the hours of an item of work in the part of the month that its platform serves.
    pub(super) fn push_work(&mut self, b: &mut Builder, work: &Work, (service, hours): (Col, Col)) {
        match work.tasks().as_slice() {
            [(task, _)] => self.push(*task, (service, hours)),
            tasks => {
                let weighted = b.mul(service, hours);
                for (task, part) in tasks {
                    let part = b.constant(*part);
                    self.push(*task, (part, weighted));
                }
            }
        }
    }

    /// Hours of the month by task, in the order of pages.
    pub(super) fn sums(self, b: &mut Builder) -> [Col; Task::COUNT] {
        Task::all().map(|task| {
            let own = self.terms.iter().filter(|(known, _)| *known == task);
            let own = own.map(|(_, term)| *term).collect();
            b.sum(own)
        })
    }
}

/// Who does hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Developers.
    Developers,
    /// A layer of cover, by its place among those of the option.
    Layer(usize),
    /// People from outside who help with the project.
    Outside,
}

/// Hours that somebody does.
#[derive(Debug, Clone, Copy)]
pub struct HoursBy {
    /// Who.
    pub who: Who,
    /// Hours of the month.
    pub monthly: Col,
    /// Hours of the year of the run so far.
    pub in_year: Col,
}

/// All hours of an option, twice. Years are those of the run: month 1 begins one.
#[derive(Debug, Clone)]
pub struct HoursColumns {
    /// Hours of the year so far by what they go into, in the order of pages; what never takes any is left out.
    pub tasks: Vec<(Task, Col)>,
    /// The same by who does them, developers first.
    pub by: Vec<HoursBy>,
    /// All of them.
    pub together: Col,
}

/// Lowers an option's hours by the year.
pub(super) fn lower(b: &mut Builder, option: &Lowered) -> HoursColumns {
    let (zero, one) = (b.zero(), b.one());
    let year = |b: &mut Builder, amount: Col| b.emit(Op::AccrueYear { amount, opening: zero, first: 0 });
    let some = Task::all().into_iter().zip(option.by_task).filter(|(_, col)| *col != zero);
    let tasks: Vec<(Task, Col)> = some.map(|(task, col)| (task, year(b, col))).collect();
    let developers = b.add(option.hours, option.project_hours);
    let layers = option.done_by.iter().enumerate().map(|(place, done)| (Who::Layer(place), done.hours));
    let outside = (Who::Outside, option.outside_hours);
    let all = std::iter::once((Who::Developers, developers)).chain(layers).chain(std::iter::once(outside));
    let is_there = |(who, col): &(Who, Col)| *who == Who::Developers || *col != zero;
    let all: Vec<(Who, Col)> = all.filter(is_there).collect();
    let by = all.iter().map(|(who, monthly)| HoursBy { who: *who, monthly: *monthly, in_year: year(b, *monthly) });
    let by: Vec<HoursBy> = by.collect();
    let together = b.sum(all.iter().map(|(_, col)| (one, *col)).collect());
    HoursColumns { tasks, by, together: year(b, together) }
}

/// Whether a month ends a year of the run; in a run of less than a year the last month does.
#[must_use]
pub const fn ends_year(month: u32, months: u32) -> bool {
    month > 0 && (month.is_multiple_of(12) || (months < 12 && month == months))
}
