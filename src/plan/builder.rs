use std::collections::HashMap;
use std::ops::Range;

use super::estimate::Drawn;
use super::op::{Binary, Col, Op, Stage, Step, Unary, Worth};
use super::unknown::GrowthOfCases;
use super::{Figure, Outputs, Plan};
use crate::math::elementary;
use crate::math::finance::discount_factor;
use crate::model::{Estimate, Scenario};
use crate::units::YearlyRate;

/// Gathers operations, computing identical ones once and constants never.
pub(super) struct Builder<'s> {
    pub(super) scenario: &'s Scenario,
    stages: Vec<Stage>,
    values: HashMap<Col, f64>,
    constants: HashMap<u64, Col>,
    known: HashMap<Op, Col>,
    steps: [Vec<Step>; 4],
    opening: Vec<Step>,
    pub(super) drawn: Drawn<'s>,
    streams: Vec<String>,
    names: Vec<(String, Col)>,
    figures: Vec<Figure>,
    /// Growth over all cases, where the trial's case decides it.
    pub(super) growth: Option<GrowthOfCases>,
    /// How many columns are kept from month to month by [`Op::Keep`].
    recalled: u32,
    /// Estimates in the order they were asked for.
    asked: Vec<(String, Col)>,
    /// As of when figures are that an option changes.
    pub(super) as_of: AsOf,
}

/// As of when figures are that an option changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AsOf {
    /// Of the month at hand.
    Month,
    /// As if nothing had been changed.
    Before,
    /// With all that is changed.
    After,
}

impl<'s> Builder<'s> {
    pub(super) fn new(scenario: &'s Scenario) -> Self {
        Self {
            scenario,
            stages: Vec::new(),
            values: HashMap::new(),
            constants: HashMap::new(),
            known: HashMap::new(),
            steps: std::array::from_fn(|_| Vec::new()),
            opening: Vec::new(),
            drawn: Drawn::of(scenario),
            streams: Vec::new(),
            names: Vec::new(),
            figures: Vec::new(),
            growth: None,
            recalled: 0,
            asked: Vec::new(),
            as_of: AsOf::Month,
        }
    }

    /// The column of a constant.
    pub(super) fn constant(&mut self, value: f64) -> Col {
        if let Some(col) = self.constants.get(&value.to_bits()) {
            return *col;
        }
        let col = self.allocate(1, Stage::Constant);
        self.constants.insert(value.to_bits(), col);
        self.values.insert(col, value);
        col
    }

    pub(super) fn zero(&mut self) -> Col {
        self.constant(0.0)
    }

    pub(super) fn one(&mut self) -> Col {
        self.constant(1.0)
    }

    /// The value of a column that never changes.
    pub(super) fn value(&self, col: Col) -> Option<f64> {
        self.values.get(&col).copied()
    }

    /// The column of an estimate.
    pub(super) fn estimate(&mut self, estimate: &Estimate) -> Col {
        let col = self.column_of(estimate);
        self.asked.push((estimate.path.clone(), col));
        col
    }

    /// The column of an estimate as it is before an option changes it.
    pub(super) fn estimate_before(&mut self, estimate: &Estimate) -> Col {
        let as_of = std::mem::replace(&mut self.as_of, AsOf::Before);
        let col = self.estimate(estimate);
        self.as_of = as_of;
        col
    }

    /// How many estimates were asked for: where a figure's own begin.
    pub(super) fn mark(&self) -> usize {
        self.asked.len()
    }

    /// Keeps what something comes to, of the estimates asked for between two marks.
    pub(super) fn figure(
        &mut self,
        path: &str,
        option: usize,
        unit: &'static str,
        term: (Col, Col),
        asked: Range<usize>,
    ) {
        let (weight, amount) = term;
        let parts = self.asked[asked].to_vec();
        self.figures.push(Figure { path: path.to_owned(), option, unit, weight, amount, parts });
    }

    /// The column of an estimate that may be absent.
    pub(super) fn estimate_or(&mut self, estimate: Option<&Estimate>, absent: f64) -> Col {
        match estimate {
            Some(estimate) => self.estimate(estimate),
            None => self.constant(absent),
        }
    }

    /// The number of a stream.
    pub(super) fn stream(&mut self, path: String) -> u32 {
        let known = self.streams.iter().position(|s| *s == path);
        index(known.unwrap_or_else(|| {
            self.streams.push(path);
            self.streams.len() - 1
        }))
    }

    /// Adds an operation, unless the same stands already, and gives the first column it writes.
    pub(super) fn emit(&mut self, op: Op) -> Col {
        if let Some(col) = self.known.get(&op) {
            return *col;
        }
        let read = op.reads().into_iter().map(|col| self.stages[col.index()]).max();
        let stage = op.own_stage().max(read.unwrap_or(Stage::Once));
        let out = self.allocate(op.width(), stage);
        self.known.insert(op.clone(), out);
        let list = match stage {
            Stage::Constant | Stage::Once => 0,
            Stage::Advance => 1,
            Stage::Monthly => 2,
            Stage::Size => 3,
        };
        self.steps[list].push(Step { op, out });
        out
    }

    /// What is kept of a month for the next, by [`Builder::keep`]: `start` in month 1.
    pub(super) fn recall(&mut self, start: Col) -> Col {
        self.recalled += 1;
        self.emit(Op::Recall { start, key: self.recalled })
    }

    /// Keeps a month's value for the next, where `recalled` reads it.
    pub(super) fn keep(&mut self, recalled: Col, a: Col) {
        self.steps[2].push(Step { op: Op::Keep { a }, out: recalled.plus(1) });
    }

    /// Adds an operation that also has a value at the opening.
    pub(super) fn emit_with_opening(&mut self, op: Op) -> Col {
        let out = self.emit(op.clone());
        let step = Step { op, out };
        if !self.opening.contains(&step) {
            self.opening.push(step);
        }
        out
    }

    pub(super) fn unary(&mut self, f: Unary, a: Col) -> Col {
        match self.value(a) {
            Some(value) => self.constant(apply_unary(f, value)),
            None => self.emit(Op::Unary { f, a }),
        }
    }

    pub(super) fn binary(&mut self, f: Binary, a: Col, b: Col) -> Col {
        match (f, self.value(a), self.value(b)) {
            (_, Some(x), Some(y)) => self.constant(apply_binary(f, x, y)),
            (Binary::Mul, Some(1.0), _) => b,
            (Binary::Add, Some(0.0), _) => b,
            (Binary::Mul | Binary::Div | Binary::Pow, _, Some(1.0)) => a,
            (Binary::Add | Binary::Sub, _, Some(0.0)) => a,
            (Binary::Mul, Some(0.0), _) | (Binary::Mul, _, Some(0.0)) => self.zero(),
            (Binary::Pow, _, Some(0.0)) => self.one(),
            _ => self.emit(Op::Binary { f, a, b }),
        }
    }

    pub(super) fn add(&mut self, a: Col, b: Col) -> Col {
        self.binary(Binary::Add, a, b)
    }

    pub(super) fn sub(&mut self, a: Col, b: Col) -> Col {
        self.binary(Binary::Sub, a, b)
    }

    pub(super) fn mul(&mut self, a: Col, b: Col) -> Col {
        self.binary(Binary::Mul, a, b)
    }

    pub(super) fn div(&mut self, a: Col, b: Col) -> Col {
        self.binary(Binary::Div, a, b)
    }

    /// ln(1 + a).
    pub(super) fn ln_1p(&mut self, a: Col) -> Col {
        self.unary(Unary::Ln1p, a)
    }

    /// Σ weight·amount in order; weights of 1 and sums of one term cost nothing.
    pub(super) fn sum(&mut self, terms: Vec<(Col, Col)>) -> Col {
        let zero = self.zero();
        let terms: Vec<_> = terms.into_iter().filter(|(w, x)| *w != zero && *x != zero).collect();
        match terms.as_slice() {
            [] => zero,
            [(w, x)] => self.mul(*w, *x),
            _ => self.emit(Op::SumProducts { terms }),
        }
    }

    /// What a monthly amount adds up to so far, as paid.
    pub(super) fn running_sum(&mut self, amount: Col) -> Col {
        let opening = self.zero();
        self.emit(Op::Accrue { amount, opening, worth: Worth::Nominal })
    }

    /// What a monthly amount adds up to so far at present value; as paid where nothing is discounted.
    pub(super) fn present_sum(&mut self, amount: Col) -> Col {
        let opening = self.zero();
        let worth = self.scenario.discount_rate.map_or(Worth::Nominal, |_| Worth::Present);
        self.emit(Op::Accrue { amount, opening, worth })
    }

    /// Names a column.
    pub(super) fn name(&mut self, path: String, col: Col) {
        self.names.push((path, col));
    }

    pub(super) fn finish(self, outputs: Outputs) -> Plan {
        let scenario = self.scenario;
        let [once, advance, monthly, sizes] = self.steps;
        let steps_since_as_of = scenario.as_of_months_before + scenario.months;
        let season = |offset: i32| scenario.demand.season[scenario.start.plus(offset).index()];
        let as_of = season(-(scenario.as_of_months_before as i32));
        let ln_season = (0..steps_since_as_of as i32)
            .map(|j| elementary::ln(season(j - scenario.as_of_months_before as i32) / as_of))
            .collect();
        let factors = |rate: Option<YearlyRate>| {
            (0..=scenario.months).map(|m| rate.map_or(1.0, |r| discount_factor(r, m))).collect()
        };
        let mut case_weights = Vec::with_capacity(scenario.demand.cases.len());
        for case in &scenario.demand.cases {
            case_weights.push(case_weights.last().copied().unwrap_or(0.0) + case.weight);
        }
        if let Some(last) = case_weights.last_mut() {
            *last = 1.0;
        }
        let mut constants: Vec<(Col, f64)> = self.values.into_iter().collect();
        constants.sort_by_key(|(col, _)| *col);
        Plan {
            months: scenario.months,
            as_of: scenario.as_of_months_before,
            columns: index(self.stages.len()),
            constants,
            once,
            advance,
            monthly,
            sizes,
            opening: self.opening,
            inputs: self.drawn.inputs,
            files: self.drawn.files,
            file_columns: self.drawn.columns,
            estimates: self.drawn.estimates.into_iter().collect(),
            streams: self.streams,
            case_weights,
            growth: self.growth,
            ln_season,
            discount: factors(scenario.discount_rate),
            deflator: factors(scenario.inflation),
            outputs,
            names: self.names,
            figures: self.figures,
        }
    }

    fn allocate(&mut self, width: u32, stage: Stage) -> Col {
        let col = Col(index(self.stages.len()));
        self.stages.extend(std::iter::repeat_n(stage, width as usize));
        col
    }
}

/// A place in a table as the small number operations hold.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).expect("a scenario of a few megabytes has fewer than 2^32 columns")
}

/// The function of one value.
#[must_use]
pub(crate) fn apply_unary(f: Unary, a: f64) -> f64 {
    match f {
        Unary::Exp => elementary::exp(a),
        Unary::Ln => elementary::ln(a),
        Unary::Ln1p => elementary::ln_1p(a),
        Unary::Ceil => ceil(a),
        Unary::Round => (a + 0.5).floor(),
        Unary::Floor => a.floor(),
    }
}

/// The function of two values.
#[must_use]
pub(crate) fn apply_binary(f: Binary, a: f64, b: f64) -> f64 {
    match f {
        Binary::Add => a + b,
        Binary::Sub => a - b,
        Binary::Mul => a * b,
        Binary::Div => a / b,
        Binary::Max => a.max(b),
        Binary::Min => a.min(b),
        Binary::Pow => elementary::pow(a, b),
    }
}

/// The least integer at or above x − 10⁻⁹·max(1, |x|): rounding error never buys a unit (MODEL.md §3).
/// What never comes stays at +∞.
#[inline(always)]
#[must_use]
pub(crate) fn ceil(x: f64) -> f64 {
    (x - 1e-9 * x.abs().clamp(1.0, f64::MAX)).ceil()
}
