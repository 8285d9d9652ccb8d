//! What is not known and could be: each estimate that is drawn, the growth case, and growth over all cases. Each is cut
//! into groups of equal probability, twentieths, or into its values where it has few.

use super::op::{Col, Op};
use super::{Plan, View};
use crate::math::elementary::{exp_m1, ln_1p};
use crate::math::law::Law;

/// Groups that an estimate is cut into.
pub const TWENTIETHS: usize = 20;

/// Something that is drawn once a trial and holds for all its months.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The path of the estimate; `demand.case` and `demand.growth` for the two that no estimate of the file is.
    pub path: String,
    /// Where its groups begin and end on the scale of probability: 0, …, 1.
    pub edges: Vec<f64>,
    /// What it is drawn from.
    pub of: Of,
}

/// What an unknown is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// Estimate `input` of the plan.
    Estimate {
        /// Its place.
        input: usize,
        /// Its law.
        law: Law,
    },
    /// The row of a file, in the order of a column of it.
    Rows {
        /// The file's place in the plan.
        file: usize,
        /// By row, its place in that order.
        rank: Vec<u32>,
        /// The law of that column, where it is the only one in use: then the unknown is the estimate that it is of.
        law: Option<Law>,
    },
    /// The growth case; a group is a case.
    Case {
        /// The trial's case.
        column: Col,
    },
    /// Growth a month of the trial's case.
    Growth {
        /// ln(1 + growth) of the trial.
        column: Col,
        /// The same where a group ends and the next begins.
        ends: Vec<f64>,
        /// Growth over all cases.
        growth: GrowthOfCases,
    },
}

/// Growth a month over all cases, by weight.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthOfCases {
    /// ln(1 + growth) of the trial's case.
    pub column: Col,
    /// Weight and law of each case, and whether it is quoted continuously.
    pub cases: Vec<(f64, Law, bool)>,
}

impl GrowthOfCases {
    /// The chance of growth at most `log`, as ln(1 + growth).
    fn cdf(&self, log: f64) -> f64 {
        let of = |(weight, law, continuous): &(f64, Law, bool)| {
            weight * law.cdf(if *continuous { log } else { exp_m1(log) })
        };
        self.cases.iter().map(of).sum()
    }

    /// The least ln(1 + growth) with at least that chance, by halving.
    fn log_quantile(&self, p: f64) -> f64 {
        let of = |(_, law, continuous): &(f64, Law, bool)| {
            let value = law.quantile(p);
            if *continuous { value } else { ln_1p(value) }
        };
        let (low, high) = self.cases.iter().map(of).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        // The quantile lies between those of the cases; 60 halvings leave less than a rounding of it.
        let (mut low, mut high) = (low - 1e-12, high);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.cdf(middle) >= p {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

impl Unknown {
    /// Whether its groups are in an order that means something: all but cases, and rows that say several things.
    #[must_use]
    pub const fn is_ordered(&self) -> bool {
        !matches!(self.of, Of::Case { .. } | Of::Rows { law: None, .. })
    }

    /// Whether it has a value that is a number.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        self.is_ordered()
    }

    /// Whether its groups are its values, each with its own chance.
    #[must_use]
    pub const fn has_few_values(&self) -> bool {
        match &self.of {
            Of::Case { .. } => true,
            Of::Estimate { law: Law::Discrete { values, .. }, .. } => values.len() <= TWENTIETHS,
            Of::Rows { rank, .. } => rank.len() <= TWENTIETHS,
            Of::Estimate { .. } | Of::Growth { .. } => false,
        }
    }

    /// The value that the share p of all outcomes does not pass; what is no number by the place of its group.
    #[must_use]
    pub fn value(&self, p: f64) -> f64 {
        match &self.of {
            Of::Estimate { law, .. } | Of::Rows { law: Some(law), .. } => law.quantile(p),
            Of::Case { .. } | Of::Rows { law: None, .. } => {
                self.edges[1..].iter().position(|edge| p <= *edge).unwrap_or(0) as f64
            }
            Of::Growth { growth, .. } => exp_m1(growth.log_quantile(p)),
        }
    }
}

/// The total of an option that a view looks at; of the headline what is decided on.
#[must_use]
pub fn total(plan: &Plan, option: usize, view: View) -> Col {
    let columns = &plan.outputs.options[option];
    if view == plan.outputs.headline { columns.decided } else { columns.total(view) }
}

/// Everything unknown that reaches an option's total, the growth case and growth first, then estimates in the plan's order.
#[must_use]
pub fn unknowns(plan: &Plan, view: View) -> Vec<Unknown> {
    let used = plan.only_for((0..plan.outputs.options.len()).map(|option| total(plan, option, view)));
    let mut all = Vec::new();
    if let Some(column) = used.once.iter().find_map(|step| matches!(step.op, Op::Case { .. }).then_some(step.out)) {
        let edges = std::iter::once(0.0).chain(plan.case_weights.iter().copied()).collect();
        all.push(Unknown { path: "demand.case".into(), edges, of: Of::Case { column } });
    }
    all.extend(plan.growth.as_ref().and_then(over_cases));
    let mut inputs: Vec<usize> = used
        .once
        .iter()
        .filter_map(|step| if let Op::Estimate { input } = step.op { Some(input as usize) } else { None })
        .collect();
    inputs.sort_unstable();
    all.extend(inputs.into_iter().map(|input| of_estimate(plan, input)));
    all.extend((0..plan.files.len()).filter_map(|file| of_file(plan, &used, file)));
    all
}

/// The rows of a file, of which the columns in use are `used`'s. Rows in the order of the first of those: what a row says of
/// the others is in what it says of that one, as far as they go together.
fn of_file(plan: &Plan, used: &Plan, file: usize) -> Option<Unknown> {
    let columns = used.once.iter().filter_map(|step| match step.op {
        Op::Cell { column, .. } => Some(&plan.file_columns[column as usize]).filter(|column| column.file == file),
        _ => None,
    });
    let columns: Vec<_> = columns.collect();
    let first = columns.first()?;
    let mut order: Vec<usize> = (0..first.values.len()).collect();
    order.sort_by(|a, b| first.values[*a].total_cmp(&first.values[*b]));
    let mut rank = vec![0; order.len()];
    for (place, row) in order.into_iter().enumerate() {
        rank[row] = place as u32;
    }
    let groups = rank.len().min(TWENTIETHS);
    // A group ends before the first row whose place is in the next.
    let edge = |group: usize| (group * rank.len()).div_ceil(groups) as f64 / rank.len() as f64;
    let edges = (0..=groups).map(edge).collect();
    let is_alone = columns.len() == 1;
    let path = if is_alone { first.path.clone() } else { plan.files[file].path() };
    Some(Unknown { path, edges, of: Of::Rows { file, rank, law: is_alone.then(|| first.law.clone()) } })
}

fn of_estimate(plan: &Plan, input: usize) -> Unknown {
    let estimate = &plan.inputs[input];
    let edges = match &estimate.law {
        Law::Discrete { cumulative, .. } if cumulative.len() <= TWENTIETHS => {
            std::iter::once(0.0).chain(cumulative.iter().copied()).collect()
        }
        _ => twentieths(),
    };
    Unknown { path: estimate.path.clone(), edges, of: Of::Estimate { input, law: estimate.law.clone() } }
}

/// Growth over all cases, unless it has so few values that the case says it all.
fn over_cases(growth: &GrowthOfCases) -> Option<Unknown> {
    let mut ends: Vec<f64> = twentieths()[1..TWENTIETHS].iter().map(|p| growth.log_quantile(*p)).collect();
    ends.dedup_by(|b, a| *b - *a < 1e-9);
    let edges: Vec<f64> =
        std::iter::once(0.0).chain(ends.iter().map(|end| growth.cdf(*end).min(1.0))).chain([1.0]).collect();
    // A case of one value for sure may end a group at 1 already.
    let is_cut = edges.windows(2).all(|pair| pair[0] + 1e-9 < pair[1]) && ends.len() >= TWENTIETHS / 2;
    is_cut.then(|| Unknown {
        path: "demand.growth".into(),
        edges,
        of: Of::Growth { column: growth.column, ends, growth: growth.clone() },
    })
}

fn twentieths() -> Vec<f64> {
    (0..=TWENTIETHS).map(|place| place as f64 / TWENTIETHS as f64).collect()
}
