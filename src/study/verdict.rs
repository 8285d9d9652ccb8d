//! Which word a run has earned, by the rule that `--explain-verdict` prints.
//!
//! By what is decided on (tco at present value unless the file says otherwise), averaged over the futures: the cheapest option that leaves is compared with the cheapest that
//! does not (today's platform, or the same tuned), and a tuned platform with today's as it is.
//!
//! ```text
//! knowing something decides it ─▶ find out first
//! leaving is clearly cheaper  ─▶ leave when, where the leader waits for something, else leave now, or pays back where waiting would be cheaper still (or was not tried)
//! it is not, tuning clearly is ─▶ fix first
//! leaving is clearly dearer   ─▶ stay, or does not pay back where leaving later would (or was not tried)
//! otherwise                   ─▶ too close to call
//! ```
//!
//! Clearly: by more than a share of the baseline's cost, by more than noise, and on the same side early and late.

use super::answer::Answer;
use super::information::Finding;
use super::later::Later;
use crate::model::VerdictRule;
use crate::summary::{Mean, Summary};

/// A difference below so many of its standard errors has no side.
const NOISE: f64 = 2.0;
/// Fewer futures than these tell nothing apart.
const FEW: u64 = 30;
/// Amounts below half a cent are zero.
const HALF_A_CENT: f64 = 0.005;

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A measurement is worth several times its cost, and what it settles may well turn the choice.
    FindOutFirst,
    /// Leaving is expected to be cheaper than not leaving, and than leaving a year or two later.
    LeaveNow,
    /// Leaving once something has come is expected to be cheaper than not leaving, and than any other option.
    LeaveWhen,
    /// It is expected to be cheaper than not leaving; leaving later may be cheaper still.
    PaysBack,
    /// It is expected to be dearer; leaving later may not be.
    DoesNotPayBack,
    /// It is expected to be dearer, a year or two later too.
    Stay,
    /// Today's platform, tuned, is expected to be cheaper than as it is, and leaving not clearly cheaper than that.
    FixFirst,
    /// The rule for closeness applies.
    TooCloseToCall,
}

impl Word {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FindOutFirst => "find_out_first",
            Self::LeaveNow => "leave_now",
            Self::LeaveWhen => "leave_when",
            Self::PaysBack => "pays_back",
            Self::DoesNotPayBack => "does_not_pay_back",
            Self::Stay => "stay",
            Self::FixFirst => "fix_first",
            Self::TooCloseToCall => "too_close_to_call",
        }
    }

    /// Whether it says that leaving costs less.
    #[must_use]
    pub const fn is_for_leaving(self) -> bool {
        matches!(self, Self::LeaveNow | Self::LeaveWhen | Self::PaysBack)
    }
}

/// An option's expected cost beside the baseline's, by what is decided on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Place in the summary's options.
    pub option: usize,
    /// Cost to the horizon, dollars.
    pub cost: Mean,
    /// Cost less the baseline's, dollars, formed trial by trial.
    pub difference: Mean,
}

/// One option's expected cost less another's, and whether it is clear which is cheaper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The option.
    pub option: usize,
    /// What it is compared with.
    pub with: usize,
    /// The expected difference at the horizon, dollars.
    pub difference: Mean,
    /// Size of that difference as a share of the baseline's cost; `None` where the baseline costs nothing.
    pub share: Option<f64>,
    /// A bound on the standard error of the share.
    pub share_se: Option<f64>,
    /// The month whose expected difference must have the sign of the horizon's, and the expected difference to its end,
    /// where the horizon is longer.
    pub early: Option<(u32, Mean)>,
    /// Whether the share is below the threshold.
    pub is_small: bool,
    /// Whether the difference is below twice its sampling error: too few futures to tell the sides apart.
    pub is_noise: bool,
    /// Whether the early difference has the opposite sign of the one at the horizon; no difference yet, or one within its
    /// noise, is neither.
    pub changes_sign: bool,
}

impl Comparison {
    /// Whether nothing speaks against naming a side.
    #[must_use]
    pub const fn is_clear(&self) -> bool {
        !(self.is_small || self.is_noise || self.changes_sign)
    }

    /// Whether the option is clearly the dearer one.
    #[must_use]
    pub fn is_clearly_dearer(&self) -> bool {
        self.is_clear() && self.difference.value > 0.0
    }

    fn is_clearly_cheaper(&self) -> bool {
        self.is_clear() && self.difference.value < 0.0
    }
}

/// A measurement, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Considered {
    /// What it is worth.
    pub finding: Finding,
    /// Whether that is so many times its cost, by more than its error.
    pub is_worth_it: bool,
    /// Whether it may well turn the choice: it flips within the middle of what is thought possible, by more than its error.
    pub may_turn: bool,
}

impl Considered {
    /// Whether it should come first.
    #[must_use]
    pub const fn comes_first(&self) -> bool {
        self.is_worth_it && self.may_turn
    }
}

/// The rule, evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The baseline's expected cost to the horizon, dollars.
    pub baseline_cost: Mean,
    /// Below this share of the baseline's cost a difference is too close to call.
    pub small_share: f64,
    /// The leader against the cheapest option that does not leave.
    pub leading: Comparison,
    /// The tuned platform against the baseline, where the scenario names one that does not lead.
    pub tuned: Option<Comparison>,
    /// The most valuable measurement that the scenario states.
    pub measurement: Option<Considered>,
    /// What leaving a year and two years later would cost, where the leader leaves and the horizon has room for it.
    pub later: Vec<Later>,
}

/// What a run says, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The word.
    pub word: Word,
    /// The word if nothing could be found out first.
    pub today: Word,
    /// The option that the answer is about: of those that leave the one with the lowest expected cost, else of the others
    /// beside the baseline; ties go to the first by name.
    pub leader: Standing,
    /// The other options that are not the baseline, the cheapest first.
    pub others: Vec<Standing>,
    /// Why the word is what it is.
    pub rule: Rule,
}

/// Judges a run, given what leaving later would cost and what the answer hinges on.
///
/// # Panics
/// If the summary has no option beside its baseline; a checked scenario has one.
#[must_use]
pub fn of(summary: &Summary, later: &[Later], answer: Option<&Answer>) -> Verdict {
    let mut standings: Vec<Standing> =
        (0..summary.options.len()).filter(|i| *i != summary.baseline).map(|i| standing(summary, i)).collect();
    standings.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value).then(a.option.cmp(&b.option)));
    assert!(!standings.is_empty(), "Invariant: a summary compares at least one option with its baseline");
    let leaves = |standing: &Standing| summary.options[standing.option].leaves;
    let leader = standings.remove(standings.iter().position(leaves).unwrap_or(0));
    let staying = standings.iter().find(|other| !leaves(other) && other.difference.value < 0.0);
    let with = staying.filter(|_| leaves(&leader)).map_or(summary.baseline, |other| other.option);
    let tuned = summary.tuned.filter(|tuned| *tuned != leader.option);
    let rule = Rule {
        baseline_cost: cost(summary, summary.baseline),
        small_share: summary.verdict_rule.too_close,
        leading: compare(summary, leader.option, with),
        tuned: tuned.map(|tuned| compare(summary, tuned, summary.baseline)),
        measurement: answer.and_then(|answer| considered(answer, summary.verdict_rule)),
        later: later.iter().filter(|later| later.option == leader.option).copied().collect(),
    };
    let how = match summary.options[leader.option].leaving.as_ref() {
        _ if !leaves(&leader) => Leader::Stays,
        Some(leaving) if !leaving.is_at_once() => Leader::Waits,
        _ => Leader::Leaves,
    };
    let today = without_finding_out(&rule, how);
    let finds_out = rule.measurement.as_ref().is_some_and(Considered::comes_first);
    Verdict { word: if finds_out { Word::FindOutFirst } else { today }, today, leader, others: standings, rule }
}

/// What the leading option does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leader {
    /// It keeps today's platform.
    Stays,
    /// It leaves as the calendar says.
    Leaves,
    /// It leaves once something has come.
    Waits,
}

/// An option's expected cost beside the baseline's.
#[must_use]
pub fn standing(summary: &Summary, option: usize) -> Standing {
    Standing { option, cost: cost(summary, option), difference: difference(summary, option, None) }
}

fn cost(summary: &Summary, option: usize) -> Mean {
    let to_the_end = || summary.cost(option).last().expect("a series has month 0").mean;
    summary.options[option].decided.as_ref().map_or_else(to_the_end, |decided| decided.cost)
}

/// Expected cost to the end of a month less the baseline's; `None`: of what is decided on.
fn difference(summary: &Summary, option: usize, month: Option<u32>) -> Mean {
    if option == summary.baseline {
        return Mean { value: 0.0, se: 0.0, sd: 0.0 };
    }
    month.map_or_else(|| summary.difference(option).mean, |month| summary.decided(option).delta[month as usize].mean)
}

/// The difference of two options to the end of a month. Both are known beside the baseline; whatever their errors have to do with
/// each other, that of the difference is no larger than their sum.
fn between(summary: &Summary, option: usize, with: usize, month: Option<u32>) -> Mean {
    let (one, other) = (difference(summary, option, month), difference(summary, with, month));
    Mean { value: one.value - other.value, se: one.se + other.se, sd: one.sd + other.sd }
}

/// One option's expected cost less another's, by the rule's marks.
#[must_use]
pub fn compare(summary: &Summary, option: usize, with: usize) -> Comparison {
    let baseline_cost = cost(summary, summary.baseline);
    let difference = between(summary, option, with, None);
    let share = (baseline_cost.value != 0.0).then(|| (difference.value / baseline_cost.value).abs());
    let VerdictRule { too_close, steady_from, .. } = summary.verdict_rule;
    let early =
        (summary.decided_at() > steady_from).then(|| (steady_from, between(summary, option, with, Some(steady_from))));
    // Whatever the two errors have to do with each other, the ratio's is no larger.
    let share_se = share.map(|share| (difference.se + share * baseline_cost.se) / baseline_cost.value.abs());
    Comparison {
        option,
        with,
        difference,
        share,
        share_se,
        early,
        is_small: difference.value.abs() < (too_close * baseline_cost.value.abs()).max(HALF_A_CENT),
        is_noise: summary.trials < FEW || difference.value.abs() < NOISE * difference.se,
        changes_sign: early.is_some_and(|(_, then)| side(then) * sign(difference.value) < 0),
    }
}

/// The measurement that should come first, else the most valuable one.
fn considered(answer: &Answer, marks: VerdictRule) -> Option<Considered> {
    let outside = (1.0 - marks.flips_within) / 2.0;
    let may_turn = |finding: &Finding| {
        let settled = answer.deciders.iter().filter(|d| finding.measurement.inputs.contains(&d.unknown.path));
        let mut flips = settled.flat_map(|decider| &decider.knowing.flips);
        flips.any(|flip| flip.probability - flip.se >= outside && flip.probability + flip.se <= 1.0 - outside)
    };
    let judged = |finding: &Finding| {
        let worth = finding.worth.value - finding.worth.se;
        Considered {
            is_worth_it: worth > 0.0 && worth >= marks.worth_finding_out * finding.measurement.cost_usd,
            may_turn: may_turn(finding),
            finding: finding.clone(),
        }
    };
    let all: Vec<Considered> = answer.findings.iter().map(judged).collect();
    all.iter().find(|measurement| measurement.comes_first()).or(all.first()).cloned()
}

fn without_finding_out(rule: &Rule, leader: Leader) -> Word {
    let leading = &rule.leading;
    if leading.is_clearly_cheaper() {
        // Without anybody who leaves, the leader is today's platform after some work.
        return match leader {
            Leader::Waits => Word::LeaveWhen,
            Leader::Leaves if rule.is_best_now() => Word::LeaveNow,
            Leader::Leaves => Word::PaysBack,
            Leader::Stays => Word::FixFirst,
        };
    }
    if rule.tuned.is_some_and(|tuned| tuned.is_clearly_cheaper()) {
        return Word::FixFirst;
    }
    match leading.is_clear() {
        false => Word::TooCloseToCall,
        true if leader == Leader::Stays || rule.is_no_better_later() => Word::Stay,
        true => Word::DoesNotPayBack,
    }
}

impl Rule {
    /// Whether leaving later was tried and is no cheaper than leaving as stated.
    #[must_use]
    pub fn is_best_now(&self) -> bool {
        !self.later.is_empty() && self.later.iter().all(|later| later.beside_now.value >= 0.0)
    }

    /// Whether leaving later was tried and is dearer than today's platform.
    #[must_use]
    pub fn is_no_better_later(&self) -> bool {
        !self.later.is_empty() && self.later.iter().all(|later| later.beside_staying.value > 0.0)
    }
}

/// The side of a sampled difference; one within its noise has none.
fn side(mean: Mean) -> i8 {
    if mean.value.abs() < NOISE * mean.se { 0 } else { sign(mean.value) }
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
