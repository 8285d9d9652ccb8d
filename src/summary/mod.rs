//! What a run found, each figure with its sampling error. Made from [`crate::sim::Draws`] by [`of`]; knows nothing of
//! how anything is shown.

mod crossover;
mod event;
mod evidence;
mod figure;
mod leaving;
mod of;
mod parts;
mod people;
mod signal;

pub use crate::model::{Account, CostPhase, Fact, Lens, Side, Task, WorkKind};
pub use crate::plan::{FiscalYear, Who};
pub use crossover::{Crossover, Outcomes, Scale};
pub use event::{Ends, EventDifference, EventSummary};
pub use evidence::{Entry, Evidence, Ledger};
pub use figure::{Mean, PlaceQuantile, Probability, Quantile, Spread, When, WhenQuantile, Z95, all_at_once};
pub use leaving::{Condition, Leaving, Mark};
pub use of::{demand, of, place_at};
pub use people::{HoursBy, People};
pub use signal::{Fired, Signal};

use crate::model::{Bucket, VerdictRule};
use crate::units::{Currency, YearMonth, YearlyRate};

/// The quantiles that are kept of a sketched amount.
pub const QUANTILES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// A finished run.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The scenario's title.
    pub scenario: String,
    /// What is to be decided; may be empty.
    pub question: String,
    /// Why leaving is thought of, as the file has it.
    pub reasons: Vec<Reason>,
    /// Month 1.
    pub start: YearMonth,
    /// The horizon M.
    pub months: u32,
    /// What every amount is in.
    pub currency: Currency,
    /// Trials.
    pub trials: u64,
    /// Seed of every stream.
    pub seed: u64,
    /// The rate of present values; `None`: nothing is discounted.
    pub discount_rate: Option<YearlyRate>,
    /// The rate of the real view; `None`: amounts are as paid.
    pub inflation: Option<YearlyRate>,
    /// The fiscal years that the horizon touches; the first and the last may hold fewer than twelve months of it.
    pub fiscal_years: Vec<FiscalYear>,
    /// The whole years of the run, from month 1; one of fewer months where it has none.
    pub years: Vec<Year>,
    /// Hours of a person in a month.
    pub hours_per_month: f64,
    /// Place of the baseline in `options`.
    pub baseline: usize,
    /// Place of the option that is the baseline's platform after a few days of work, if the scenario names one.
    pub tuned: Option<usize>,
    /// The options, by name.
    pub options: Vec<OptionSummary>,
    /// Demand of the last month, as a multiple of the as-of month's.
    pub demand: Demand,
    /// The thresholds of the verdict.
    pub verdict_rule: VerdictRule,
    /// The least of all options' cost, of what is decided on, trial by trial: what foresight would pay.
    pub best_per_trial: Mean,
    /// What happens under each growth case, in the scenario's order; empty where there is one.
    pub cases: Vec<CaseSummary>,
    /// Folk signals, all of them, in a fixed order.
    pub signals: Vec<Signal>,
    /// What may happen, in the scenario's order.
    pub events: Vec<EventSummary>,
    /// What may be asked for that the baseline's platform must be left for: what it is called, and the place of the option
    /// that whoever is still there then moves as.
    pub must_leave: Vec<(String, usize)>,
    /// Every line of every option, by platform and phase; what is 0 throughout is left out.
    pub lines: Vec<LineSummary>,
    /// What the run rests on.
    pub ledger: Ledger,
    /// Whether what is shown leaves out rates of pay and what they can be read from.
    pub hides_pay: bool,
}

/// What happens in the trials that drew a growth case, under the headline's view.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSummary {
    /// The case's name.
    pub name: String,
    /// Share of trials that drew it.
    pub share: Probability,
    /// By option, in the order of [`Summary::options`]; empty where no trial drew the case.
    pub options: Vec<CaseOption>,
}

/// An option in the trials of one growth case; errors are of those trials.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseOption {
    /// Cost to the horizon.
    pub cost: Mean,
    /// Against the baseline; `None` for the baseline itself.
    pub against: Option<CaseAgainst>,
}

/// An option against the baseline in the trials of one growth case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseAgainst {
    /// Δ at the horizon.
    pub difference: Mean,
    /// What became of the trials.
    pub outcomes: Outcomes,
    /// Share that broke even for good by the horizon or never was dearer.
    pub paid_back: Probability,
    /// Break-even for good at 10, 50 and 90 % of the case's trials.
    pub break_even: [WhenQuantile; 3],
}

/// A line of an option on one platform in one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSummary {
    /// The option, by its place.
    pub option: usize,
    /// The platform's name; `None` for what counts by option.
    pub platform: Option<String>,
    /// What it is counted as.
    pub account: Account,
    /// Its name: `web`; `work.upkeep`, `incident.outage`, `migration.to-ecs`.
    pub line: String,
    /// When it falls.
    pub phase: CostPhase,
    /// The narrowest lens that counts it.
    pub lens: Lens,
    /// Mean nominal dollars, `[month]`, month 0 the opening.
    pub by_month: Vec<Mean>,
}

/// A bucket's cost over the horizon in one phase, or of what stands beside the buckets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartTotal {
    /// What it is counted as.
    pub account: Account,
    /// When it falls.
    pub phase: CostPhase,
    /// Nominal dollars.
    pub total: Mean,
    /// Dollars of the opening; nominal where nothing is discounted.
    pub present_value: Mean,
}

/// Demand of the last month, season and noise in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Mean and quantiles.
    pub spread: Spread,
    /// What the largest one in a thousand futures carry of the mean, share, read off the sketch.
    pub tail_share: f64,
    /// Trials that it is read from.
    pub trials: u64,
}

/// What one option costs.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionSummary {
    /// Name in the file.
    pub name: String,
    /// Short title for labels: "Stay on Heroku".
    pub title: String,
    /// Title of the platform it ends on: "Heroku".
    pub platform: String,
    /// Whether it ends on another platform than today's, which today's after a few days of work is not.
    pub leaves: bool,
    /// By lens, in the order of [`Lens::ALL`].
    pub costs: Vec<Costs>,
    /// Mean cost of each month by bucket under tco, dollars, `[bucket][month - 1]`, in the order of [`Bucket::ALL`],
    /// without the project.
    pub buckets: Vec<Vec<Mean>>,
    /// Mean cost of each month's project, dollars: developers' hours, and what is invoiced for it.
    pub project: Vec<Mean>,
    /// Hours a month that running it takes developers, by month.
    pub hours: Vec<Mean>,
    /// All hours that it takes of anybody, the project's too.
    pub people: People,
    /// Engineer-weeks that the project takes within the horizon.
    pub project_weeks: Spread,
    /// Share of trials in which the project that leads to it is finished by the horizon; all without a project.
    pub finished: Probability,
    /// Share of trials in which traffic is still on today's platform when that is gone, within the horizon; `None` where it
    /// cannot go.
    pub late: Option<Probability>,
    /// Share of trials in which at most one person knows production in the last month; `None` where the file does not say how
    /// many of the team do.
    pub one_person: Option<Probability>,
    /// Share of trials in which it is the cheapest by what is decided on; ties go to the baseline, then to the first by name.
    pub cheapest: Probability,
    /// Against the baseline; `None` for the baseline itself.
    pub against: Option<Vec<Crossover>>,
    /// What is decided on, where that is not the cost to the horizon.
    pub decided: Option<Decided>,
    /// What its project waits for, and when that comes; `None` where the calendar alone starts it.
    pub leaving: Option<Leaving>,
    /// Capacity walls that it may hit, on its own platform or on the one it leaves.
    pub walls: Vec<Wall>,
    /// Operational debt of the platform it ends on; `None` where that has none.
    pub debt: Option<Debt>,
    /// Who does hours beside its developers, in the order in which they take them; `hours` are the developers'.
    pub done_by: Vec<DoneBy>,
    /// What is still to be paid after the horizon whatever happens, nominal dollars; `None` where nothing can be.
    pub owed: Option<Spread>,
}

/// An option's cost over the time in which options are compared, with what is added at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Dollars.
    pub cost: Mean,
    /// The same less the baseline's.
    pub difference: Spread,
}

/// A layer of cover and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct DoneBy {
    /// Its name in the file.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Mean hours of each month, those of the project among them where it does that, `[month - 1]`.
    pub hours: Vec<Mean>,
    /// Mean number of its filled seats, `[month - 1]`; `None` where it has none.
    pub seats: Option<Vec<Mean>>,
    /// What it leaves to whoever comes after it, of a service that does so many hours at most.
    pub cap: Option<Cap>,
}

/// How often a service does all that it does at most, and what it leaves then.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// Share of trials in which there were hours beyond it by the end of each month, `[month]`.
    pub reached_by: Vec<Probability>,
    /// Mean hours of each month that it would do without it, `[month - 1]`.
    pub beyond: Vec<Mean>,
}

/// Why leaving is thought of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// What is invoiced.
    Bill,
    /// A plan that is outgrown.
    Capacity,
    /// What goes wrong.
    Incidents,
    /// Developers wait for those who run it.
    Waiting,
    /// One person alone could bring it back.
    OnePerson,
    /// Something is asked for, or will be.
    Requirement {
        /// Its name in the file.
        name: String,
        /// What people call it.
        title: String,
        /// By option: whether the platform that it ends on meets it.
        meets: Vec<bool>,
    },
}

/// Operational debt of a platform, from none (0) to full (1). Before the cutover it is what it begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Debt {
    /// Mean of each month, share, `[month - 1]`.
    pub by_month: Vec<Mean>,
    /// Its phases at the end of each of [`Summary::years`].
    pub by_year: Vec<Phases>,
    /// Its phases in the last month.
    pub last: Phases,
}

/// How likely each phase of operational debt is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phases {
    /// Share of trials in which it is below a third.
    pub simple: Probability,
    /// Share of trials in which it lies between.
    pub drift: Probability,
    /// Share of trials in which it is above two thirds.
    pub black_box: Probability,
}

/// A year of the run, by its first and last month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Its first month.
    pub first: u32,
    /// Its last month.
    pub last: u32,
}

impl Year {
    /// How many months it has.
    #[must_use]
    pub const fn months(self) -> u32 {
        self.last + 1 - self.first
    }

    /// Which it is, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.last.div_ceil(12)
    }
}

/// A line's capacity wall: more is needed than its largest plan holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Wall {
    /// The line's path: `platform.heroku.data.postgres`.
    pub line: String,
    /// Share of trials that have hit it by the end of each month, `[month]`.
    pub hit_by: Vec<Probability>,
}

/// Costs under one lens. Quantiles are kept of the headline's lens in every month, of the others' at the ends of years and
/// at the horizon; a lens that is the same as the headline's has as many.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// The lens.
    pub lens: Lens,
    /// Each month's cost, nominal dollars, `[month - 1]`.
    pub monthly: Vec<Spread>,
    /// Cumulative cost, nominal dollars, `[month]`, month 0 the opening.
    pub cumulative: Vec<Spread>,
    /// Cumulative cost at present value, `[month]`.
    pub present_value: Vec<Spread>,
    /// Cumulative cost in dollars of the opening, not discounted, `[month]`.
    pub real: Vec<Mean>,
    /// The same less the baseline's; empty for the baseline.
    pub real_difference: Vec<Mean>,
    /// Cost of each of [`Summary::fiscal_years`], nominal dollars, the opening in the first.
    pub fiscal_years: Vec<Mean>,
    /// The same less the baseline's; empty for the baseline.
    pub fiscal_difference: Vec<Mean>,
    /// Bucket by phase, and what stands beside the buckets: together the cumulative cost at the horizon.
    pub parts: Vec<PartTotal>,
}

impl Summary {
    /// An option's comparison by what is decided on.
    ///
    /// # Panics
    /// If `option` is the baseline.
    #[must_use]
    pub fn decided(&self, option: usize) -> &Crossover {
        self.headline(option, self.lens())
    }

    /// The month to whose end options are compared.
    #[must_use]
    pub fn decided_at(&self) -> u32 {
        self.verdict_rule.window.unwrap_or(self.months)
    }

    /// What an option costs beside the baseline, of what is decided on, with what is added at the end of the time.
    ///
    /// # Panics
    /// If `option` is the baseline.
    #[must_use]
    pub fn difference(&self, option: usize) -> &Spread {
        match &self.options[option].decided {
            Some(decided) => &decided.difference,
            None => self.decided(option).delta.last().expect("Invariant: a series begins with month 0"),
        }
    }

    /// What of an option's mean difference is added at the end of the time, dollars; nothing where nothing is.
    #[must_use]
    pub fn end_value(&self, option: usize) -> Option<f64> {
        let until = &self.decided(option).delta[self.decided_at() as usize];
        let is_added = self.verdict_rule.end_value_years > 0.0;
        is_added.then(|| self.difference(option).mean.value - until.mean.value)
    }

    /// Whether all futures are one: every option costs the same in each of them, in every month and under every lens.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let all = self.options.iter().flat_map(|option| &option.costs);
        let mut all = all.flat_map(|costs| costs.monthly.iter().chain(&costs.cumulative));
        self.trials > 1 && all.all(|cost| cost.mean.sd == 0.0)
    }

    /// What the baseline is billed in month 1 by whoever bills it in month 2 too, dollars: one-off amounts are nobody's monthly
    /// bill.
    #[must_use]
    pub fn bill_of_today(&self) -> Mean {
        let costs = &self.options[self.baseline].costs[Lens::Invoices as usize];
        let first = costs.monthly[0].mean;
        let is_invoiced = |line: &&LineSummary| {
            line.option == self.baseline && line.lens == Lens::Invoices && line.phase != CostPhase::Opening
        };
        let once: f64 = self
            .lines
            .iter()
            .filter(is_invoiced)
            .filter(|line| line.by_month.get(2).is_some_and(|second| second.value == 0.0))
            .map(|line| line.by_month[1].value)
            .sum();
        Mean { value: first.value - once, ..first }
    }

    /// The lens that is decided on.
    #[must_use]
    pub const fn lens(&self) -> Lens {
        self.verdict_rule.lens
    }

    /// The rate at which what is decided on is discounted, if it is.
    #[must_use]
    pub fn rate(&self) -> Option<YearlyRate> {
        self.discount_rate.filter(|_| self.verdict_rule.discounted)
    }

    /// An option's comparison under a lens, discounted as what is decided on.
    ///
    /// # Panics
    /// If `option` is the baseline.
    #[must_use]
    pub fn headline(&self, option: usize, lens: Lens) -> &Crossover {
        self.crossover(option, lens, self.rate().is_some())
    }

    /// An option's comparison of what is decided on that somebody pays: losses are no money out.
    ///
    /// # Panics
    /// If `option` is the baseline.
    #[must_use]
    pub fn paid(&self, option: usize) -> &Crossover {
        self.headline(option, self.lens().paid())
    }

    /// An option's cumulative cost, `[month]`, of what is decided on.
    #[must_use]
    pub fn cost(&self, option: usize) -> &[Spread] {
        let costs = &self.options[option].costs[self.lens() as usize];
        if self.verdict_rule.discounted { &costs.present_value } else { &costs.cumulative }
    }

    /// An option's comparison under a lens, discounted or not. Without a rate both are the same figures.
    ///
    /// # Panics
    /// If `option` is the baseline.
    #[must_use]
    pub fn crossover(&self, option: usize, lens: Lens, discounted: bool) -> &Crossover {
        let all = self.options[option].against.as_ref().expect("only called for options other than the baseline");
        let found = all.iter().find(|c| c.lens == lens && c.discounted == discounted);
        found.expect("every lens is compared both ways")
    }

    /// Whether a lens counts something that the one before it does not, for any option.
    #[must_use]
    pub fn adds(&self, lens: Lens) -> bool {
        let Some(before) = (lens as usize).checked_sub(1) else { return true };
        self.options.iter().any(|option| {
            let [one, other] = [before, lens as usize].map(|place| &option.costs[place].cumulative);
            one.iter().zip(other).any(|(one, other)| one.mean != other.mean)
        })
    }

    /// Mean cost of a bucket over the horizon, nominal dollars.
    #[must_use]
    pub fn bucket_total(&self, option: usize, bucket: Bucket) -> f64 {
        self.options[option].buckets[bucket as usize].iter().map(|m| m.value).sum()
    }
}
