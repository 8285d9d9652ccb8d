//! Folk signals: how likely each has fired by when, for each option.

use super::figure::Probability;
use super::of::running;
use crate::model::{self, Scenario};
use crate::plan::Plan;
use crate::sim::Draws;

/// A folk signal over all futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Its stable name: `deploys_per_week`.
    pub name: &'static str,
    /// What people call it: "more than 10 deploys a week".
    pub title: &'static str,
    /// Whether it may differ between options; the others look at the team alone.
    pub is_of_the_option: bool,
    /// By option, in the order of [`super::Summary::options`].
    pub options: Vec<Fired>,
}

/// Whether a signal has fired, in one option.
#[derive(Debug, Clone, PartialEq)]
pub enum Fired {
    /// Share of trials in which it has fired by the end of each month, `[month]`; month 0: by what is read today.
    By(Vec<Probability>),
    /// The file does not say what it takes to know: what is missing, as it stands behind "the file does not say".
    NotKnown(&'static str),
}

impl Fired {
    /// The first month by whose end it has fired in half of the trials, 0 by what is read today; `None` where that is in none
    /// of the horizon, or cannot be known.
    #[must_use]
    pub fn half_by(&self) -> Option<u32> {
        let Self::By(by_month) = self else { return None };
        by_month.iter().position(|p| 2 * p.count >= p.of).map(|month| month as u32)
    }

    /// Share of trials in which it has fired by the horizon; `None` where that cannot be known.
    #[must_use]
    pub fn by_the_horizon(&self) -> Option<Probability> {
        match self {
            Self::By(by_month) => by_month.last().copied(),
            Self::NotKnown(_) => None,
        }
    }
}

/// All signals, in the order in which they are shown.
pub(super) fn signals(scenario: &Scenario, plan: &Plan, draws: &Draws) -> Vec<Signal> {
    let fired = |signal: model::Signal, option: usize| {
        let is_it = |column: &&crate::plan::SignalColumn| column.signal == signal && column.option == option;
        match plan.outputs.signals.iter().zip(&draws.signals).find(|(column, _)| is_it(column)) {
            Some((_, months)) => Fired::By(running(&months[..=plan.months as usize], draws.trials)),
            None => {
                Fired::NotKnown(signal.missing(scenario, &scenario.options[option]).unwrap_or("what it takes to know"))
            }
        }
    };
    let one = |signal: model::Signal| Signal {
        name: signal.name(),
        title: signal.title(),
        is_of_the_option: signal.is_of_the_option(),
        options: (0..scenario.options.len()).map(|option| fired(signal, option)).collect(),
    };
    model::Signal::ALL.into_iter().map(one).collect()
}
