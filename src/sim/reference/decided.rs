//! The twin of what is decided on (MODEL.md §10): an option's cost to the end of the window, and years of what it costs more there.

use super::super::trace::Trace;
use super::Twin;
use crate::math::finance::discount_factor;
use crate::model::{Lens, WayToRun};

/// What an option costs under the lens that is decided on, month by month.
#[derive(Default)]
pub(super) struct Deciding {
    /// Dollars so far, discounted where that is asked for.
    so_far: Vec<f64>,
    /// Dollars of running it in the month, as paid, incidents at their mean, without the project.
    running: Vec<f64>,
}

impl Deciding {
    /// A month's end: the cost so far and what the month's running costs, both by lens.
    pub(super) fn push(&mut self, lens: Lens, so_far: [f64; Lens::COUNT], running: [f64; Lens::COUNT]) {
        self.so_far.push(so_far[lens as usize]);
        self.running.push(running[lens as usize]);
    }

    /// Mean running cost of the window's last three months, of fewer where it has no three.
    fn late(&self, window: usize) -> f64 {
        let last = &self.running[window.saturating_sub(3)..window];
        last.iter().sum::<f64>() / last.len() as f64
    }
}

impl Twin<'_> {
    /// Notes what is decided on of every option, from the end of month 1 on; after the window it stands.
    pub(super) fn note_decided(&self, all: &[(&WayToRun, Deciding)], trace: &mut Trace) {
        let scenario = self.scenario;
        let rule = scenario.verdict;
        let window = rule.window.unwrap_or(scenario.months);
        let home = &scenario.baseline().name;
        let baseline = all.iter().find(|(option, _)| option.name == *home).expect("the baseline is an option");
        let rate = scenario.discount_rate.filter(|_| rule.discounted);
        let worth = rate.map_or(1.0, |rate| discount_factor(rate, window));
        let decided = |of: &Deciding, m: u32| {
            let cost = of.so_far[m.min(window) as usize - 1];
            let apart = of.late(window as usize) - baseline.1.late(window as usize);
            if m < window { cost } else { cost + 12.0 * rule.end_value_years * worth * apart }
        };
        for (option, own) in all {
            let is_baseline = option.name == *home;
            for m in 1..=scenario.months {
                let mut note = |what: &str, value: f64| {
                    trace.entry(format!("option.{}.{what}", option.name)).or_default().push(value);
                };
                note("decided", decided(own, m));
                if !is_baseline {
                    note("decided_delta", decided(own, m) - decided(&baseline.1, m));
                }
            }
        }
    }
}
