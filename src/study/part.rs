//! A part of a run: some of its futures, and what they add up to. Parts join exactly, so that a run is that of all of its
//! futures wherever they were lived.

use std::fmt::Write;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::later::{self, Ask};
use crate::math::moments::Moments;
use crate::model::Scenario;
use crate::plan::Plan;
use crate::sim::{self, Draws, LUCKS, Lucks, Request};

/// Most parts that a run is cut into.
pub const MOST_PARTS: u64 = 9_999;

/// Which part of a run: `number` of `of`, from 1 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Its number, 1 to `of`.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

impl Part {
    /// All of a run.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// One of several, if there is such a part.
    #[must_use]
    pub fn new(number: u64, of: u64) -> Option<Self> {
        ((1..=of).contains(&number) && of <= MOST_PARTS).then_some(Self { number, of })
    }

    /// Its share of some futures: each is in just one part, and parts are as long as each other, to one.
    #[must_use]
    pub fn share(self, all: &Range<u64>) -> Range<u64> {
        let length = u128::from(all.end - all.start);
        let until = |parts: u64| all.start + (length * u128::from(parts) / u128::from(self.of)) as u64;
        until(self.number - 1)..until(self.number)
    }
}

/// What the futures of a part add up to: all that figures and answers are made from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sums {
    /// The futures.
    pub draws: Draws,
    /// Futures that were lived with several lucks.
    pub lucks: Lucks,
    /// Options that leave later, beside themselves and the baseline.
    pub later: Vec<Moments>,
}

impl Sums {
    /// How many lives of a future a part of a request takes: once each, then those that are lived with several lucks, then those
    /// in which options leave later.
    #[must_use]
    pub fn lives(scenario: &Scenario, all: &Request, part: Part) -> u64 {
        let share = |trials: &Range<u64>| {
            let own = part.share(trials);
            own.end - own.start
        };
        let later = if later::is_there(scenario) { share(&(0..all.trials.end.min(sim::FIRST))) } else { 0 };
        share(&all.trials) + u64::from(LUCKS) * share(&sim::trials_of(&all.trials)) + later
    }

    /// Lives a part of the futures that a request asks for; `progress` is told of lives, of as many as [`Self::lives`].
    #[must_use]
    pub fn of(scenario: &Scenario, plan: &Plan, all: &Request, part: Part, progress: &(dyn Fn(u64) + Sync)) -> Self {
        let (trials, seed, threads) = (all.trials.end, all.seed, all.threads);
        let own = |trials: &Range<u64>| Request { trials: part.share(trials), ..all.clone() };
        let ask = Ask { trials: trials.min(sim::FIRST), seed, threads };
        let draws = sim::run(plan, &own(&all.trials), progress);
        let lived = own(&sim::trials_of(&all.trials));
        let several = |done: u64| progress(u64::from(LUCKS) * done);
        let lucks = sim::lucks(plan, plan.outputs.headline, &lived, draws.totals.as_ref(), &several);
        let later = later::sums(scenario, part.share(&(0..ask.trials)), ask, draws.totals.as_ref(), progress);
        Self { draws, lucks, later }
    }

    /// Those of no future, for parts to be joined to.
    #[must_use]
    pub fn nothing(scenario: &Scenario, plan: &Plan, all: &Request) -> Self {
        let ask = Ask { trials: 0, seed: all.seed, threads: 1 };
        Self {
            draws: sim::nothing(plan, all),
            lucks: sim::lucks(
                plan,
                plan.outputs.headline,
                &Request { trials: 0..0, threads: 1, ..all.clone() },
                None,
                &|_| {},
            ),
            later: later::sums(scenario, 0..0, ask, None, &|_| {}),
        }
    }

    /// Joins another part of the same run: exactly, in any order.
    pub fn merge(&mut self, other: Self) {
        self.draws.merge(other.draws);
        self.lucks.merge(&other.lucks);
        self.later.iter_mut().zip(&other.later).for_each(|(own, more)| own.merge(more));
    }
}

/// What a plan comes to in 64 hexadecimal digits: two programs of one version that would compute something else differ in it.
#[must_use]
pub fn hash_of(plan: &Plan) -> String {
    struct Hashing(Sha256);
    impl Write for Hashing {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut hashing = Hashing(Sha256::new());
    write!(hashing, "{plan:?}").expect("hashing a text cannot fail");
    hashing.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn every_future_is_in_one_part() {
        for (start, length, of) in [(0, 10, 3), (5, 2, 7), (0, 1_000_000_007, 9_999), (3, u64::MAX - 3, 16)] {
            let all = start..start + length;
            let mut until = start;
            for number in 1..=of {
                let share = Part::new(number, of).expect("a part").share(&all);
                assert!(share.start == until && (share.end - share.start).abs_diff(length / of) <= 1);
                until = share.end;
            }
            assert_eq!(until, all.end);
        }
        assert_eq!([Part::new(0, 3), Part::new(4, 3), Part::new(1, 10_000)], [None; 3]);
    }
}
