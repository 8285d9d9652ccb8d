//! Why leaving is thought of, reason by reason: what the results say of each option, and whether it mends it.
//!
//! Nothing is computed here that the summary does not hold: figures of an option stand beside the baseline's. A reason of
//! which the file says nothing is answered with that.

use crate::summary::{Account, Lens, Mean, Probability, Reason, Summary, Task};

/// A difference below so many standard errors is noise.
const NOISE: f64 = 2.0;
/// What does not happen.
const NOTHING: Mean = Mean { value: 0.0, se: 0.0, sd: 0.0 };

/// A reason, and what comes of it with an option.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The reason.
    pub reason: Reason,
    /// The option.
    pub option: usize,
    /// What the results say.
    pub figures: Figures,
    /// Whether the option makes it better than staying does, by more than noise; `None` where that cannot be said.
    pub mends: Option<bool>,
    /// Whether it makes it worse, by more than noise.
    pub worsens: bool,
}

/// What the results say of a reason, of the option and of the baseline.
#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    /// Invoices of the last month, and of the horizon less the baseline's.
    Bill {
        /// Of the option.
        with: Mean,
        /// Of the baseline.
        without: Mean,
        /// To the horizon, as paid.
        difference: Mean,
    },
    /// Futures in which a largest plan is outgrown, of the line that is in the most.
    Capacity {
        /// Of the option, on today's platform before it leaves among them.
        with: Probability,
        /// Of the baseline.
        without: Probability,
    },
    /// What incidents take, of the option and of the baseline.
    Incidents {
        /// Hours a month in the last year, whoever does them.
        hours: [Mean; 2],
        /// Outside help, lost margin and what customers are paid, dollars to the horizon as paid; errors are at most so large.
        money: [Mean; 2],
    },
    /// Something that is asked for.
    Requirement {
        /// Whether the option's platform meets it.
        with: bool,
        /// Whether the baseline's does.
        without: bool,
        /// Futures in which the option is there by the last month.
        there: Probability,
        /// Revenue that is blocked, dollars to the horizon as paid: of the option, of the baseline.
        blocked: [Mean; 2],
    },
    /// Hours a month that engineers lose waiting on others, in the last year.
    Waiting {
        /// Of the option.
        with: Mean,
        /// Of the baseline.
        without: Mean,
    },
    /// Futures in which at most one person knows production in the last month.
    OnePerson {
        /// With the option.
        with: Probability,
        /// With the baseline.
        without: Probability,
    },
    /// The file says nothing of it.
    NotInTheFile,
}

/// What every option that is not the baseline comes to, reason by reason in the order of the file.
#[must_use]
pub fn of(summary: &Summary) -> Vec<Answered> {
    let options = || (0..summary.options.len()).filter(|option| *option != summary.baseline);
    summary.reasons.iter().flat_map(|reason| options().map(|option| answered(summary, reason, option))).collect()
}

/// What one option comes to.
#[must_use]
pub fn of_option(summary: &Summary, option: usize) -> Vec<Answered> {
    summary.reasons.iter().map(|reason| answered(summary, reason, option)).collect()
}

fn answered(summary: &Summary, reason: &Reason, option: usize) -> Answered {
    let base = summary.baseline;
    let figures = match reason {
        Reason::Bill => bill(summary, option),
        Reason::Capacity => walls(summary, base).map_or(Figures::NotInTheFile, |without| {
            let nobody = Probability { count: 0, of: without.of };
            Figures::Capacity { with: walls(summary, option).unwrap_or(nobody), without }
        }),
        Reason::Incidents => {
            let hours = [option, base].map(|option| hours_of(summary, option, Task::Incidents));
            let money = [option, base].map(|option| incidents(summary, option));
            match [hours, money].concat().iter().all(Option::is_none) {
                true => Figures::NotInTheFile,
                false => Figures::Incidents {
                    hours: hours.map(|mean| mean.unwrap_or(NOTHING)),
                    money: money.map(|mean| mean.unwrap_or(NOTHING)),
                },
            }
        }
        Reason::Waiting => match [option, base].map(|option| hours_of(summary, option, Task::Waiting)) {
            [None, None] => Figures::NotInTheFile,
            [with, without] => Figures::Waiting { with: with.unwrap_or(NOTHING), without: without.unwrap_or(NOTHING) },
        },
        Reason::OnePerson => match [option, base].map(|option| summary.options[option].one_person) {
            [Some(with), Some(without)] => Figures::OnePerson { with, without },
            _ => Figures::NotInTheFile,
        },
        Reason::Requirement { meets, .. } => Figures::Requirement {
            with: meets[option],
            without: meets[base],
            there: summary.options[option].finished,
            blocked: [option, base].map(|option| account(summary, option, Account::Blocked)),
        },
    };
    let mends = mends(&figures);
    let worsens = worsens(&figures);
    Answered { reason: reason.clone(), option, figures, mends, worsens }
}

fn mends(figures: &Figures) -> Option<bool> {
    match figures {
        Figures::Bill { with, without, .. } | Figures::Waiting { with, without } => Some(is_lower(*with, *without)),
        // Fewer hours for more losses is neither better nor worse.
        Figures::Incidents { hours, money } => {
            Some([hours, money].iter().any(|pair| is_lower(pair[0], pair[1])) && !is_worse([hours, money]))
        }
        Figures::Capacity { with, without } | Figures::OnePerson { with, without } => {
            Some(without.value() - with.value() > NOISE * (with.se() + without.se()) && without.count > with.count)
        }
        Figures::Requirement { with, without, .. } => (!without).then_some(*with),
        Figures::NotInTheFile => None,
    }
}

fn worsens(figures: &Figures) -> bool {
    match figures {
        Figures::Bill { with, without, .. } | Figures::Waiting { with, without } => is_lower(*without, *with),
        Figures::Incidents { hours, money } => {
            is_worse([hours, money]) && ![hours, money].iter().any(|pair| is_lower(pair[0], pair[1]))
        }
        Figures::Capacity { with, without } | Figures::OnePerson { with, without } => {
            with.value() - without.value() > NOISE * (with.se() + without.se()) && with.count > without.count
        }
        Figures::Requirement { .. } | Figures::NotInTheFile => false,
    }
}

/// Whether the first of any pair is above the second.
fn is_worse(pairs: [&[Mean; 2]; 2]) -> bool {
    pairs.iter().any(|pair| is_lower(pair[1], pair[0]))
}

/// Whether one mean is below another, whatever their errors have to do with each other.
fn is_lower(one: Mean, other: Mean) -> bool {
    other.value - one.value > NOISE * (one.se + other.se)
}

fn bill(summary: &Summary, option: usize) -> Figures {
    let last = |option: usize| {
        let months = &summary.options[option].costs[Lens::Invoices as usize].monthly;
        months.last().expect("Invariant: a horizon has a month").mean
    };
    let crossover = summary.crossover(option, Lens::Invoices, false);
    let difference = crossover.delta.last().expect("Invariant: a series has month 0").mean;
    Figures::Bill { with: last(option), without: last(summary.baseline), difference }
}

/// Futures in which a largest plan is outgrown by the last month; `None` where no plan of the option can be.
fn walls(summary: &Summary, option: usize) -> Option<Probability> {
    let hit = summary.options[option].walls.iter().filter_map(|wall| wall.hit_by.last().copied());
    hit.max_by_key(|hit| hit.count)
}

/// Hours a month that go into something in the last year, whoever does them; `None` where none do in any year.
fn hours_of(summary: &Summary, option: usize, what: Task) -> Option<Mean> {
    let tasks = &summary.options[option].people.tasks;
    tasks.iter().find(|(task, _)| *task == what).and_then(|(_, by_year)| by_year.last().copied())
}

/// What incidents cost to the horizon beside hours; `None` where that is nothing.
fn incidents(summary: &Summary, option: usize) -> Option<Mean> {
    let own = summary.lines.iter().filter(|line| line.option == option && line.line.starts_with("incident."));
    // Hours are counted as such: whose they are decides what they cost.
    let own = own.filter(|line| line.lens == Lens::Invoices);
    let mut all: Vec<Mean> = own.flat_map(|line| line.by_month.iter().copied()).collect();
    let beside = [Account::Loss, Account::Penalties].map(|of| account(summary, option, of));
    all.extend(beside.into_iter().filter(|mean| mean.value > 0.0));
    (!all.is_empty()).then(|| {
        let sum = |of: fn(&Mean) -> f64| all.iter().map(of).sum();
        Mean { value: sum(|mean| mean.value), se: sum(|mean| mean.se), sd: f64::NAN }
    })
}

/// What stands beside the buckets to the horizon, as paid.
fn account(summary: &Summary, option: usize, account: Account) -> Mean {
    let parts = &summary.options[option].costs[Lens::Economic as usize].parts;
    let found = parts.iter().find(|part| part.account == account);
    found.map_or(Mean { value: 0.0, se: 0.0, sd: 0.0 }, |part| part.total)
}
