//! Which word a run has earned, by the rule that `--explain-verdict` prints.
//!
//! Of the words only three can be earned so far: *pays back*, *does not pay back* and *too close to call*. The stronger ones need
//! studies that do not exist yet. Under tco at present value, the option other than the baseline with the lowest
//! expected cost leads; it pays back if it is expected to be cheaper, and is too close to call if the expected
//! difference is small or does not keep its sign.

use crate::model::VerdictRule;
use crate::summary::{Lens, Mean, Summary};

/// A difference below so many of its standard errors has no side.
const NOISE: f64 = 2.0;
/// Amounts below half a cent are zero.
const HALF_A_CENT: f64 = 0.005;

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The leading option is expected to be cheaper than the baseline.
    PaysBack,
    /// It is expected to be dearer.
    DoesNotPayBack,
    /// The rule for closeness applies.
    TooCloseToCall,
}

impl Word {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaysBack => "pays_back",
            Self::DoesNotPayBack => "does_not_pay_back",
            Self::TooCloseToCall => "too_close_to_call",
        }
    }
}

/// An option's expected cost beside the baseline's, at present value under tco.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Place in the summary's options.
    pub option: usize,
    /// Cost to the horizon, dollars.
    pub cost: Mean,
    /// Cost less the baseline's, dollars, formed trial by trial.
    pub difference: Mean,
}

/// The rule, evaluated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// The baseline's expected cost to the horizon, dollars.
    pub baseline_cost: Mean,
    /// The leading option's expected difference at the horizon, dollars.
    pub difference: Mean,
    /// Size of that difference as a share of the baseline's cost; `None` where the baseline costs nothing.
    pub share: Option<f64>,
    /// A bound on the standard error of the share.
    pub share_se: Option<f64>,
    /// Below this share of the baseline's cost a difference is too close to call.
    pub small_share: f64,
    /// The month whose expected difference must have the sign of the horizon's, and the expected difference to its end, where the horizon is longer.
    pub early: Option<(u32, Mean)>,
    /// Whether the share is below the threshold.
    pub is_small: bool,
    /// Whether the difference is below twice its sampling error: too few futures to tell the sides apart.
    pub is_noise: bool,
    /// Whether the early difference has the opposite sign of the one at the horizon; no difference yet is neither.
    pub changes_sign: bool,
}

/// What a run says, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The word.
    pub word: Word,
    /// The option other than the baseline with the lowest expected cost; ties go to the first by name.
    pub leader: Standing,
    /// The other options that are not the baseline, the cheapest first.
    pub others: Vec<Standing>,
    /// Why the word is what it is.
    pub rule: Rule,
}

/// Judges a run.
///
/// # Panics
/// If the summary has no option beside its baseline; a checked scenario has one.
#[must_use]
pub fn of(summary: &Summary) -> Verdict {
    let mut standings: Vec<Standing> =
        (0..summary.options.len()).filter(|i| *i != summary.baseline).map(|i| standing(summary, i)).collect();
    standings.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value).then(a.option.cmp(&b.option)));
    assert!(!standings.is_empty(), "Invariant: a summary compares at least one option with its baseline");
    let leader = standings.remove(0);
    let rule = evaluate(summary, leader, summary.verdict_rule);
    Verdict { word: word(&rule), leader, others: standings, rule }
}

fn standing(summary: &Summary, option: usize) -> Standing {
    let delta = &summary.headline(option, Lens::Tco).delta;
    let difference = delta.last().expect("a series has month 0").mean;
    Standing { option, cost: cost(summary, option), difference }
}

fn cost(summary: &Summary, option: usize) -> Mean {
    let tco = &summary.options[option].costs[Lens::Tco as usize];
    tco.present_value.last().expect("a series has month 0").mean
}

fn evaluate(summary: &Summary, leader: Standing, marks: VerdictRule) -> Rule {
    let baseline_cost = cost(summary, summary.baseline);
    let difference = leader.difference;
    let share = (baseline_cost.value != 0.0).then(|| (difference.value / baseline_cost.value).abs());
    let from = marks.steady_from;
    let early =
        (summary.months > from).then(|| (from, summary.headline(leader.option, Lens::Tco).delta[from as usize].mean));
    // Whatever the two errors have to do with each other, the ratio's is no larger.
    let share_se = share.map(|share| (difference.se + share * baseline_cost.se) / baseline_cost.value.abs());
    let is_small = difference.value.abs() < (marks.too_close * baseline_cost.value.abs()).max(HALF_A_CENT);
    let is_noise = difference.value.abs() < NOISE * difference.se;
    let changes_sign = early.is_some_and(|(_, then)| sign(then.value) * sign(difference.value) < 0);
    Rule {
        baseline_cost,
        difference,
        share,
        share_se,
        small_share: marks.too_close,
        early,
        is_small,
        is_noise,
        changes_sign,
    }
}

fn word(rule: &Rule) -> Word {
    if rule.is_small || rule.is_noise || rule.changes_sign {
        Word::TooCloseToCall
    } else if rule.difference.value < 0.0 {
        Word::PaysBack
    } else {
        Word::DoesNotPayBack
    }
}

fn sign(amount: f64) -> i8 {
    if amount.abs() < HALF_A_CENT {
        0
    } else if amount < 0.0 {
        -1
    } else {
        1
    }
}
