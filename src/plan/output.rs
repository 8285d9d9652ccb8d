use super::builder::Builder;
use serde::{Deserialize, Serialize};

use super::cover::DoneBy;
use super::demand::Demand;
use super::event::{self, EventColumn};
use super::hours::{self, HoursColumns};
use super::must_leave;
use super::op::{Binary, Col, Deepest, Exact, Op, Track, Worth};
use super::option::Lowered;
use super::part::{self, LineColumn, Part};
use super::requirement;
use super::signal::SignalColumn;
use super::steady::Steady;
use crate::model::{Bucket, Lens, Scenario, VerdictRule, WayToRun};

/// Where a block's results stand.
#[derive(Debug, Clone)]
pub struct Outputs {
    /// Place of the baseline among the options.
    pub baseline: usize,
    /// What is decided on.
    pub headline: View,
    /// By option, in the scenario's order.
    pub options: Vec<OptionColumns>,
    /// Each option other than the baseline under every view; views that are the same columns are one comparison.
    pub comparisons: Vec<Comparison>,
    /// Demand of the month, season and noise in it.
    pub demand: Col,
    /// The trial's growth case, as its place among the cases, where there are several.
    pub case: Option<Col>,
    /// The fiscal years that the horizon touches.
    pub fiscal_years: Vec<FiscalYear>,
    /// Capacity walls, by option and line; the ends of what services do among them, as `cover.LAYER`.
    pub walls: Vec<Wall>,
    /// Folk signals that can be known, by option.
    pub signals: Vec<SignalColumn>,
    /// What may happen, in the scenario's order.
    pub events: Vec<EventColumn>,
    /// The month from which the product is no more, infinite where it goes on; `None` where nothing can end it.
    pub ended: Option<Col>,
}

/// A fiscal year, as far as the horizon holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    /// The calendar year that it ends in.
    pub year: i32,
    /// Its first month of the horizon.
    pub first: u32,
    /// Its last month of the horizon.
    pub last: u32,
}

impl FiscalYear {
    /// How many months of it the horizon holds.
    #[must_use]
    pub const fn months(self) -> u32 {
        self.last + 1 - self.first
    }

    /// Whether those are not all of its twelve.
    #[must_use]
    pub const fn is_partial(self) -> bool {
        self.months() < 12
    }
}

/// A line that has a capacity wall, in one option.
#[derive(Debug, Clone)]
pub struct Wall {
    /// The option.
    pub option: usize,
    /// The line's path: `platform.heroku.data.postgres`.
    pub line: String,
    /// The first month in which more is needed than its largest plan holds; −1 until then.
    pub month: Col,
}

/// One column for each lens, in the order of [`Lens::ALL`]; lenses that agree have the same one.
pub type ByLens = [Col; Lens::COUNT];

/// What is read of an option.
#[derive(Debug, Clone)]
pub struct OptionColumns {
    /// Cost of the month, dollars.
    pub monthly: ByLens,
    /// Cumulative cost, as paid. Has a value at the opening.
    pub cumulative: ByLens,
    /// Cumulative cost, at present value. Has a value at the opening.
    pub present: ByLens,
    /// Cumulative cost in dollars of the opening, not discounted. Has a value at the opening.
    pub real: ByLens,
    /// Cost since the fiscal year began, as paid.
    pub fiscal: ByLens,
    /// `real` and `fiscal`, less the baseline's; `None` for the baseline.
    pub differences: Option<[ByLens; 2]>,
    /// Bucket by phase under each lens.
    pub parts: [Vec<Part>; Lens::COUNT],
    /// Every line by platform and phase.
    pub lines: Vec<LineColumn>,
    /// Cost of the month by bucket under tco, without the project; engineering holds hours and outside help.
    pub buckets: [Col; 4],
    /// Cost of the project in the month: developers' hours, and what is invoiced for it.
    pub project: Col,
    /// Hours of the month for running it.
    pub hours: Col,
    /// All hours, the project's too: what they go into, and who does them.
    pub people: HoursColumns,
    /// Engineer-weeks of developers on the project so far.
    pub project_weeks: Col,
    /// When its project starts, months since the opening; +∞ until a project that waits has started; −∞ without a
    /// project.
    pub left: Col,
    /// Months between what its project waits for and its start, if it waits for something that is seen month by month.
    pub waits: Option<u32>,
    /// What is decided on: its cost to the end of the time over which options are compared, with what is added there.
    pub decided: Col,
    /// The same less the baseline's; `None` for the baseline.
    pub decided_delta: Option<Col>,
    /// The option that leaves for the same without waiting, if this one waits and there is one: that of a policy first.
    pub instead: Option<usize>,
    /// When all traffic is on its platform, months since the opening; 0 without a project.
    pub cutover: Col,
    /// When its project must start at the latest, months since the opening, if it ever must.
    pub forced: Option<Col>,
    /// When all traffic has left today's platform, and when that is gone, if it can be.
    pub late: Option<[Col; 2]>,
    /// Operational debt of the platform it ends on, if that has any.
    pub debt: Option<Col>,
    /// How many know production, where the file says how many do of the team.
    pub know: Option<Col>,
    /// Who does hours beside its developers, in the order in which they take them.
    pub done_by: Vec<DoneBy>,
    /// What is still to be paid after the month of what is bought ahead and signed, if anything can be.
    pub owed: Option<Col>,
}

/// How money over time is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Which costs.
    pub lens: Lens,
    /// Whether at present value.
    pub discounted: bool,
}

impl View {
    /// What a verdict decides on.
    #[must_use]
    pub const fn of(rule: &VerdictRule) -> Self {
        Self { lens: rule.lens, discounted: rule.discounted }
    }
}

/// An option against the baseline under one view, or under several that are the same.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The option.
    pub option: usize,
    /// The views.
    pub views: Vec<View>,
    /// Option less baseline, cumulative.
    pub delta: Col,
    /// Where the difference stands.
    pub track: Track,
    /// The largest nominal difference so far and its month (the same for both views of a lens).
    pub deepest: Deepest,
    /// Last month whose trailing three-month running cost is above the baseline's, at mean incidents.
    pub run_rate_last_above: Col,
    /// First month that may count as a run-rate crossover.
    pub run_rate_first: Col,
    /// Last place on the grid of sizes at which it costs more in a steady month, −1 if none; beside it the number of
    /// changes of side.
    pub size_last_dearer: Col,
}

impl Comparison {
    fn is_the_same(&self, other: &Self) -> bool {
        let columns = |c: &Self| (c.option, c.delta, c.deepest.0, c.run_rate_last_above, c.size_last_dearer);
        columns(self) == columns(other)
    }
}

impl OptionColumns {
    /// Its cumulative cost under a view.
    #[must_use]
    pub const fn total(&self, view: View) -> Col {
        let lens = view.lens as usize;
        if view.discounted { self.present[lens] } else { self.cumulative[lens] }
    }
}

impl Outputs {
    /// An option's comparison under a view, by its place; `None` for the baseline.
    #[must_use]
    pub fn comparison(&self, option: usize, view: View) -> Option<usize> {
        self.comparisons.iter().position(|c| c.option == option && c.views.contains(&view))
    }
}

/// Lowers costs, sums and differences.
pub(super) fn lower(b: &mut Builder, demand: &Demand, options: Vec<Lowered>, steady: &Steady) -> Outputs {
    let scenario = b.scenario;
    let baseline = scenario.baseline.0;
    let mut columns: Vec<OptionColumns> = options.iter().map(|o| option_columns(b, o)).collect();
    let base = columns[baseline].clone();
    for (place, own) in columns.iter_mut().enumerate().filter(|(place, _)| *place != baseline) {
        own.instead = instead(scenario, place);
        own.differences = Some(differences(b, own, &base));
    }
    let mean_costs: Vec<ByLens> = options.iter().map(|o| mean_costs(b, o)).collect();
    decide(b, &mut columns, &mean_costs);
    let mut comparisons: Vec<Comparison> = Vec::new();
    for option in (0..options.len()).filter(|i| *i != baseline) {
        for lens in Lens::ALL {
            let place = lens as usize;
            let run_rate = run_rate(b, mean_costs[option][place], mean_costs[baseline][place], &options[option]);
            let size_last_dearer = steady.last_above(b, option, baseline, lens);
            for discounted in [false, true] {
                let view = View { lens, discounted };
                let own = compare(b, (option, view), [&columns[option], &base], run_rate, size_last_dearer);
                match comparisons.iter_mut().find(|known| known.is_the_same(&own)) {
                    Some(known) => known.views.push(view),
                    None => comparisons.push(own),
                }
            }
        }
    }
    let (headline, base) = (View::of(&scenario.verdict), columns[baseline].decided);
    for (_, own) in columns.iter_mut().enumerate().filter(|(place, _)| *place != baseline) {
        // The same operation is the same column: where nothing else is said, the comparison's.
        own.decided_delta = Some(b.emit(Op::Binary { f: Binary::Sub, a: own.decided, b: base }));
    }
    name(b, &columns, &comparisons);
    let of_signals = |(option, lowered): (usize, &Lowered)| {
        let all = lowered.signals.clone();
        all.into_iter().map(move |(signal, month)| SignalColumn { signal, option, month })
    };
    let signals = options.iter().enumerate().flat_map(of_signals).collect();
    let of_option = |(option, lowered): (usize, Lowered)| {
        let caps =
            lowered.done_by.into_iter().filter_map(|done| Some((format!("cover.{}", done.name), done.cap?.month)));
        lowered.walls.into_iter().chain(caps).map(move |(line, month)| Wall { option, line, month })
    };
    let walls = options.into_iter().enumerate().flat_map(of_option).collect();
    let fiscal_years = fiscal_years(scenario);
    let (case, demand) = (demand.case, demand.seasoned);
    let events = event::columns(b);
    let ended = event::product_ends(b);
    requirement::name_all(b);
    Outputs {
        baseline,
        headline,
        options: columns,
        comparisons,
        demand,
        case,
        fiscal_years,
        walls,
        signals,
        events,
        ended,
    }
}

/// The option that leaves for the platform of one that waits, as the calendar says.
fn instead(scenario: &Scenario, option: usize) -> Option<usize> {
    let waits = |option: &WayToRun| option.migration.map(|id| scenario.migrations[id.0].waits());
    let own = &scenario.options[option];
    if waits(own) != Some(true) {
        return None;
    }
    let leaves = |place: &usize| {
        let other = &scenario.options[*place];
        other.platform == own.platform && waits(other) == Some(false)
    };
    own.rule_for.map(|option| option.0).filter(leaves).or_else(|| (0..scenario.options.len()).find(leaves))
}

/// Lowers what is decided on: the headline's total where nothing else is said.
fn decide(b: &mut Builder, columns: &mut [OptionColumns], mean_costs: &[ByLens]) {
    let (scenario, baseline) = (b.scenario, b.scenario.baseline.0);
    let rule = scenario.verdict;
    let (view, until) = (View::of(&rule), scenario.decided_at());
    let worth = if rule.discounted && scenario.discount_rate.is_some() { Worth::Present } else { Worth::Nominal };
    let times = Exact::new(12.0 * rule.end_value_years);
    let lens = rule.lens as usize;
    for (option, own) in columns.iter_mut().enumerate() {
        let total = own.total(view);
        let pace = (option != baseline && rule.end_value_years > 0.0).then(|| {
            let amount = b.sub(mean_costs[option][lens], mean_costs[baseline][lens]);
            b.emit(Op::Trailing { amount })
        });
        let is_total = pace.is_none() && until == scenario.months;
        let decided = Op::Decided { total, pace, until, times, worth };
        own.decided = if is_total { total } else { b.emit_with_opening(decided) };
    }
}

fn compare(
    b: &mut Builder,
    (option, view): (usize, View),
    [own, base]: [&OptionColumns; 2],
    (run_rate_last_above, run_rate_first): (Col, Col),
    size_last_dearer: Col,
) -> Comparison {
    let lens = view.lens as usize;
    let mut less = |a: Col, base: Col| b.emit_with_opening(Op::Binary { f: Binary::Sub, a, b: base });
    let nominal = less(own.cumulative[lens], base.cumulative[lens]);
    let sums = |c: &OptionColumns| if view.discounted { c.present[lens] } else { c.cumulative[lens] };
    let delta = less(sums(own), sums(base));
    let deepest = Deepest(b.emit_with_opening(Op::Deepest { delta: nominal }));
    let track = Track(b.emit_with_opening(Op::Track { delta, baseline: sums(base) }));
    let views = vec![view];
    Comparison { option, views, delta, track, deepest, run_rate_last_above, run_rate_first, size_last_dearer }
}

/// What an option's real total and its fiscal year cost, less the baseline's.
fn differences(b: &mut Builder, own: &OptionColumns, base: &OptionColumns) -> [ByLens; 2] {
    let less = |a: Col, base: Col| Op::Binary { f: Binary::Sub, a, b: base };
    let real = std::array::from_fn(|lens| b.emit_with_opening(less(own.real[lens], base.real[lens])));
    let fiscal = std::array::from_fn(|lens| b.emit(less(own.fiscal[lens], base.fiscal[lens])));
    [real, fiscal]
}

fn name(b: &mut Builder, columns: &[OptionColumns], comparisons: &[Comparison]) {
    let scenario = b.scenario;
    for (option, c) in scenario.options.iter().zip(columns) {
        for lens in Lens::ALL {
            let kinds =
                [("monthly", c.monthly), ("cumulative", c.cumulative), ("present", c.present), ("real", c.real)];
            for (what, by_lens) in kinds.into_iter().chain([("fiscal", c.fiscal)]) {
                b.name(format!("option.{}.{what}.{}", option.name, lens.name()), by_lens[lens as usize]);
            }
        }
    }
    for comparison in comparisons {
        let name = &scenario.options[comparison.option].name;
        if comparison.views.contains(&View { lens: Lens::Tco, discounted: false }) {
            b.name(format!("option.{name}.size_last_dearer"), comparison.size_last_dearer);
        }
    }
    // Last: where nothing is said of it, it is a column that has a name.
    for (option, c) in scenario.options.iter().zip(columns) {
        b.name(format!("option.{}.decided", option.name), c.decided);
        c.decided_delta.into_iter().for_each(|col| b.name(format!("option.{}.decided_delta", option.name), col));
    }
}

/// How far month 1 is into its fiscal year, months.
fn into_fiscal_year(scenario: &Scenario) -> u32 {
    (scenario.start.index() as u32 + 12 - u32::from(scenario.fiscal_year)) % 12
}

fn fiscal_years(scenario: &Scenario) -> Vec<FiscalYear> {
    let into = into_fiscal_year(scenario);
    let mut years: Vec<FiscalYear> = Vec::new();
    for m in 1..=scenario.months {
        if m == 1 || (m - 1 + into).is_multiple_of(12) {
            let ends = m + 11 - (m - 1 + into) % 12;
            years.push(FiscalYear { year: scenario.start.plus(ends as i32 - 1).year(), first: m, last: m });
        } else if let Some(year) = years.last_mut() {
            year.last = m;
        }
    }
    years
}

fn option_columns(b: &mut Builder, option: &Lowered) -> OptionColumns {
    let scenario = b.scenario;
    let one = b.one();
    let hours_cost = b.mul(option.hours, option.hour);
    let project_hours = b.mul(option.project_hours, option.hour);
    let project = b.add(project_hours, option.project_invoiced);
    let invoices = b.sum(option.invoiced.iter().map(|col| (one, *col)).collect());
    let invoices = b.add(invoices, option.project_invoiced);
    let engineering = b.add(option.invoiced[Bucket::Engineering as usize], hours_cost);
    let [opened, of_today] = option.pay;
    let engineering = b.add(engineering, opened);
    let engineering = b.add(engineering, of_today);
    let cash = b.add(invoices, opened);
    let running = b.add(cash, hours_cost);
    let running = b.add(running, of_today);
    let tco = b.add(running, project_hours);
    let economic = option.beside().into_iter().fold(tco, |sum, (_, amount)| b.add(sum, amount));
    let opening = b.sum(option.opening.iter().map(|col| (one, *col)).collect());
    let monthly = [invoices, cash, tco, economic];
    // Without a rate the views are the same columns.
    let present = scenario.discount_rate.map_or(Worth::Nominal, |_| Worth::Present);
    let real = scenario.inflation.map_or(Worth::Nominal, |_| Worth::Real);
    let first = into_fiscal_year(scenario);
    let [cumulative, present, real] = [Worth::Nominal, present, real]
        .map(|worth| monthly.map(|amount| b.emit_with_opening(Op::Accrue { amount, opening, worth })));
    let fiscal = monthly.map(|amount| b.emit(Op::AccrueYear { amount, opening, first }));
    let (project_weeks, left, cutover) = match &option.project {
        None => {
            let weeks = option.change_weeks.map(|weeks| b.running_sum(weeks));
            (weeks.unwrap_or_else(|| b.zero()), b.constant(f64::NEG_INFINITY), b.zero())
        }
        Some(project) => {
            let mut weeks = b.mul(project.weeks, project.part);
            if let Some((share, _)) = project.outside {
                let (one, outside) = (b.one(), share);
                let own = b.sub(one, outside);
                weeks = b.mul(weeks, own);
            }
            if let Some(change) = option.change_weeks {
                weeks = b.add(weeks, change);
            }
            let weeks = b.running_sum(weeks);
            match option.is_own {
                true => (weeks, project.start, project.cutover),
                false => (weeks, b.constant(f64::NEG_INFINITY), b.zero()),
            }
        }
    };
    let [runtime, data, tooling, _] = option.invoiced;
    OptionColumns {
        monthly,
        cumulative,
        present,
        real,
        fiscal,
        differences: None,
        parts: part::lower(b, option),
        lines: option.lines.clone(),
        buckets: [runtime, data, tooling, engineering],
        project,
        hours: option.hours,
        people: hours::lower(b, option),
        project_weeks,
        left,
        waits: option.project.as_ref().and_then(|project| project.waits),
        decided: monthly[0],
        decided_delta: None,
        instead: None,
        cutover,
        forced: option.project.as_ref().filter(|_| option.is_own).and_then(|project| project.forced),
        late: option.project.as_ref().and_then(|project| Some([project.cutover, must_leave::last_day(b)?])),
        debt: option.debt,
        know: option.know,
        done_by: option.done_by.clone(),
        owed: (option.owed != b.zero()).then_some(option.owed),
    }
}

/// The month's running cost by lens, incidents at their mean, without the project: it is over where this is read.
fn mean_costs(b: &mut Builder, option: &Lowered) -> ByLens {
    let hours = b.mul(option.mean_hours, option.hour);
    let [opened, of_today] = option.pay;
    let cash = b.add(option.mean_invoiced, opened);
    let tco = b.add(cash, hours);
    let tco = b.add(tco, of_today);
    let beside = [option.mean_loss, option.mean_penalties, option.mean_premium, option.blocked];
    let economic = beside.into_iter().fold(tco, |sum, amount| b.add(sum, amount));
    [option.mean_invoiced, cash, tco, economic]
}

/// The last bad month and the first month that may count: three full months after the overlap.
fn run_rate(b: &mut Builder, own: Col, baseline: Col, option: &Lowered) -> (Col, Col) {
    let difference = b.sub(own, baseline);
    let overlap_end = option.project.as_ref().map_or_else(|| b.zero(), |p| p.alone);
    let ended = event::product_ends(b).unwrap_or_else(|| b.constant(f64::INFINITY));
    let last_above = b.emit(Op::RunRate { difference, baseline, overlap_end, ended });
    let full = b.unary(super::op::Unary::Ceil, overlap_end);
    let three = b.constant(3.0);
    (last_above, b.add(full, three))
}
