use super::builder::Builder;
use super::op::{Binary, Col, Deepest, Op, Track, Worth};
use super::option::Lowered;
use super::steady::Steady;
use crate::model::Bucket;

/// Where a block's results stand.
#[derive(Debug, Clone)]
pub struct Outputs {
    /// Place of the baseline among the options.
    pub baseline: usize,
    /// By option, in the scenario's order.
    pub options: Vec<OptionColumns>,
    /// Each option other than the baseline, under each lens, as paid and at present value.
    pub comparisons: Vec<Comparison>,
    /// Demand of the month, season and noise in it.
    pub demand: Col,
    /// Capacity walls, by option and line.
    pub walls: Vec<Wall>,
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

/// What is read of an option.
#[derive(Debug, Clone)]
pub struct OptionColumns {
    /// Cost of the month by lens (invoices, tco), dollars.
    pub monthly: [Col; 2],
    /// Cumulative cost by lens, as paid. Has a value at the opening.
    pub cumulative: [Col; 2],
    /// Cumulative cost by lens, at present value. Has a value at the opening.
    pub present: [Col; 2],
    /// Cost of the month by bucket under tco, without the project; engineering holds hours and outside help.
    pub buckets: [Col; 4],
    /// Cost of the month's project hours.
    pub project: Col,
    /// Hours of the month for running it.
    pub hours: Col,
    /// Engineer-weeks of the project so far.
    pub project_weeks: Col,
    /// When its project starts, months since the opening; 0 without a project.
    pub left: Col,
    /// When all traffic is on its platform, months since the opening; 0 without a project.
    pub cutover: Col,
    /// Operational debt of the platform it ends on, if that has any.
    pub debt: Option<Col>,
}

/// How money over time is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// 0 invoices, 1 tco.
    pub lens: usize,
    /// Whether at present value.
    pub discounted: bool,
}

/// An option against the baseline under one view.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The option.
    pub option: usize,
    /// The view.
    pub view: View,
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

/// Lowers costs, sums and differences.
pub(super) fn lower(b: &mut Builder, demand: Col, options: Vec<Lowered>, steady: &Steady) -> Outputs {
    let scenario = b.scenario;
    let baseline = scenario.baseline.0;
    let columns: Vec<OptionColumns> = options.iter().map(|o| option_columns(b, o)).collect();
    let mean_costs: Vec<[Col; 2]> = options.iter().map(|o| mean_costs(b, o)).collect();
    let mut comparisons = Vec::new();
    for option in (0..options.len()).filter(|i| *i != baseline) {
        for lens in 0..2 {
            let run_rate = run_rate(b, mean_costs[option][lens], mean_costs[baseline][lens], &options[option]);
            let nominal = b.emit_with_opening(Op::Binary {
                f: Binary::Sub,
                a: columns[option].cumulative[lens],
                b: columns[baseline].cumulative[lens],
            });
            let deepest = Deepest(b.emit_with_opening(Op::Deepest { delta: nominal }));
            let size_last_dearer = steady.last_above(b, option, baseline, lens);
            for discounted in [false, true] {
                let sums = |c: &OptionColumns| if discounted { c.present[lens] } else { c.cumulative[lens] };
                let (own, base) = (sums(&columns[option]), sums(&columns[baseline]));
                let delta = b.emit_with_opening(Op::Binary { f: Binary::Sub, a: own, b: base });
                let track = Track(b.emit_with_opening(Op::Track { delta, baseline: base }));
                let view = View { lens, discounted };
                let (run_rate_last_above, run_rate_first) = run_rate;
                comparisons.push(Comparison {
                    option,
                    view,
                    delta,
                    track,
                    deepest,
                    run_rate_last_above,
                    run_rate_first,
                    size_last_dearer,
                });
            }
        }
    }
    for (option, c) in scenario.options.iter().zip(&columns) {
        b.name(format!("option.{}.monthly.tco", option.name), c.monthly[1]);
        b.name(format!("option.{}.cumulative.tco", option.name), c.cumulative[1]);
        b.name(format!("option.{}.present.invoices", option.name), c.present[0]);
        b.name(format!("option.{}.present.tco", option.name), c.present[1]);
    }
    for comparison in &comparisons {
        let name = &scenario.options[comparison.option].name;
        if comparison.view == (View { lens: 1, discounted: false }) {
            b.name(format!("option.{name}.size_last_dearer"), comparison.size_last_dearer);
        }
    }
    let of_option = |(option, lowered): (usize, Lowered)| {
        lowered.walls.into_iter().map(move |(line, month)| Wall { option, line, month })
    };
    let walls = options.into_iter().enumerate().flat_map(of_option).collect();
    Outputs { baseline, options: columns, comparisons, demand, walls }
}

fn option_columns(b: &mut Builder, option: &Lowered) -> OptionColumns {
    let one = b.one();
    let hours_cost = b.mul(option.hours, option.hour);
    let project = b.mul(option.project_hours, option.hour);
    let invoices = b.sum(option.invoiced.iter().map(|col| (one, *col)).collect());
    let engineering = b.add(option.invoiced[Bucket::Engineering as usize], hours_cost);
    let running = b.add(invoices, hours_cost);
    let tco = b.add(running, project);
    let opening = b.sum(option.opening.iter().map(|col| (one, *col)).collect());
    let monthly = [invoices, tco];
    let mut accrue = |worth| monthly.map(|amount| b.emit_with_opening(Op::Accrue { amount, opening, worth }));
    let cumulative = accrue(Worth::Nominal);
    let present = accrue(Worth::Present);
    let (project_weeks, left, cutover) = match &option.project {
        None => (b.zero(), b.zero(), b.zero()),
        Some(project) => {
            let weeks = b.mul(project.weeks, project.phase.part());
            let zero = b.zero();
            (b.emit(Op::Accrue { amount: weeks, opening: zero, worth: Worth::Nominal }), project.start, project.cutover)
        }
    };
    let [runtime, data, tooling, _] = option.invoiced;
    OptionColumns {
        monthly,
        cumulative,
        present,
        buckets: [runtime, data, tooling, engineering],
        project,
        hours: option.hours,
        project_weeks,
        left,
        cutover,
        debt: option.debt,
    }
}

/// The month's running cost by lens, incidents at their mean, without the project: it is over where this is read.
fn mean_costs(b: &mut Builder, option: &Lowered) -> [Col; 2] {
    let hours = b.mul(option.mean_hours, option.hour);
    let tco = b.add(option.mean_invoiced, hours);
    [option.mean_invoiced, tco]
}

/// The last bad month and the first month that may count: three full months after the overlap.
fn run_rate(b: &mut Builder, own: Col, baseline: Col, option: &Lowered) -> (Col, Col) {
    let difference = b.sub(own, baseline);
    let overlap_end = option.project.as_ref().map_or_else(|| b.zero(), |p| p.off);
    let last_above = b.emit(Op::RunRate { difference, baseline, overlap_end });
    let full = b.unary(super::op::Unary::Ceil, overlap_end);
    let three = b.constant(3.0);
    (last_above, b.add(full, three))
}
