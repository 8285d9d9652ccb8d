//! What happened: how likely each event is by when, and what it is to the difference between options.

use super::figure::{Mean, Probability};
use super::of::{mean_of, running};
use crate::model::{Event, Scenario};
use crate::plan::Plan;
use crate::sim::{Draws, Happened};

/// An event over all futures.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSummary {
    /// Its name in the file.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it ends.
    pub ends: Ends,
    /// Share of trials in which it has happened by the end of each month, `[month]`, month 0 the opening.
    pub happened_by: Vec<Probability>,
    /// By option, in the order of [`super::Summary::options`]; `None` for the baseline.
    pub options: Vec<Option<EventDifference>>,
}

/// What an event ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nothing.
    Nothing,
    /// The product: nothing is paid then but what is owed.
    Product,
    /// The baseline's platform: who is still there moves as the option of this place does.
    Platform(usize),
}

/// An option against the baseline with an event and without it, under the headline's view at the horizon. Whatever else is
/// drawn has no part in an event, so the two kinds of futures differ by it, by its estimates and by chance alone.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDifference {
    /// Mean Δ of the trials in which it happened; `None` where there are none.
    pub with: Option<Mean>,
    /// Mean Δ of the trials in which it did not; `None` where there are none.
    pub without: Option<Mean>,
    /// What the event adds to the mean Δ of all trials: its chance × (with − without). `sd` is not of anything.
    pub contribution: Option<Mean>,
}

impl EventSummary {
    /// Share of trials in which it happens by the horizon.
    #[must_use]
    pub fn happens(&self) -> Probability {
        *self.happened_by.last().expect("Invariant: the series begins with the opening")
    }
}

/// All events, in the scenario's order.
pub(super) fn events(scenario: &Scenario, plan: &Plan, draws: &Draws) -> Vec<EventSummary> {
    let one = |(event, kept): (&crate::plan::EventColumn, &Happened)| {
        let mut months = kept.months.clone();
        months[0] = 0; // those in which it did not happen
        let happened_by = running(&months, draws.trials);
        let happened = happened_by.last().map_or(0, |all| all.count);
        let of =
            |option: usize| (option != plan.outputs.baseline).then(|| difference(kept, option, happened, draws.trials));
        EventSummary {
            name: event.name.clone(),
            title: event.title.clone(),
            ends: ends(scenario, &event.name),
            happened_by,
            options: (0..plan.outputs.options.len()).map(of).collect(),
        }
    };
    plan.outputs.events.iter().zip(&draws.events).map(one).collect()
}

fn ends(scenario: &Scenario, name: &str) -> Ends {
    match scenario.events.iter().find(|event| event.name == name) {
        Some(event) if event.ends_product => Ends::Product,
        Some(Event { ends_platform: Some(must), .. }) => Ends::Platform(must.to.0),
        _ => Ends::Nothing,
    }
}

fn difference(kept: &Happened, option: usize, happened: u64, trials: u64) -> EventDifference {
    let [without, with] = &kept.delta[option];
    let without = (happened < trials).then(|| mean_of(without));
    let with = (happened > 0).then(|| mean_of(with));
    let contribution = with.zip(without).map(|(with, without)| contribution(happened, trials, with, without));
    EventDifference { with, without, contribution }
}

/// p·(with − without): its error has three parts that chance keeps apart, those of the two means and that of p (the delta
/// method, to first order).
fn contribution(happened: u64, trials: u64, with: Mean, without: Mean) -> Mean {
    let chance = Probability { count: happened, of: trials };
    let (p, difference) = (chance.value(), with.value - without.value);
    let variance =
        p * p * (with.se * with.se + without.se * without.se) + difference * difference * chance.se() * chance.se();
    Mean { value: p * difference, se: variance.sqrt(), sd: f64::NAN }
}
