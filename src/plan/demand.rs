use super::builder::Builder;
use super::event;
use super::op::{Binary, Col, Op, Unary};
use super::unknown::GrowthOfCases;
use crate::model::{Growth, GrowthCase};

/// Where demand stands.
pub(super) struct Demand {
    /// ln of the trend and of what events make of it.
    pub(super) ln_level: Col,
    /// ln(S·D).
    pub(super) ln_seasoned: Col,
    /// S·D.
    pub(super) seasoned: Col,
    /// The trial's growth case, where there are several.
    pub(super) case: Option<Col>,
}

/// Lowers trend, events, noise and season. The parameters of every case are drawn; the trial's case picks among them.
pub(super) fn lower(b: &mut Builder) -> Demand {
    let cases = &b.scenario.demand.cases;
    let log_growth = per_case(b, cases, log_growth);
    b.growth = (b.value(log_growth).is_none() && cases.len() > 1).then(|| over_cases(log_growth, cases));
    let decay = per_case(b, cases, decay);
    let saturation = per_case(b, cases, |b, case| b.estimate_or(case.saturation_times.as_ref(), f64::INFINITY));
    let sigma = per_case(b, cases, |b, case| b.estimate_or(case.volatility.as_ref(), 0.0));
    let ln_trend = b.emit(Op::Trend { log_growth, decay, saturation });
    let zero = b.zero();
    let noise = if sigma == zero {
        zero
    } else {
        let stream = b.stream("demand.noise".into());
        b.emit(Op::Noise { sigma, stream })
    };
    let ln_events = event::ln_demand(b);
    let ln_level = b.add(ln_trend, ln_events);
    let ln_seasoned = b.emit(Op::Seasoned { trend: ln_level, noise });
    let seasoned = ln_seasoned.plus(1);
    b.name("demand.ln_trend".into(), ln_trend);
    b.name("demand.ln_events".into(), ln_events);
    b.name("demand.index".into(), seasoned);
    let case = (cases.len() > 1).then(|| case_column(b));
    Demand { ln_level, ln_seasoned, seasoned, case }
}

fn per_case(b: &mut Builder, cases: &[GrowthCase], lower: impl Fn(&mut Builder, &GrowthCase) -> Col) -> Col {
    let among: Vec<Col> = cases.iter().map(|case| lower(b, case)).collect();
    if among.iter().all(|col| *col == among[0]) {
        return among[0];
    }
    let which = case_column(b);
    b.emit(Op::Select { which, among })
}

/// The trial's growth case, as its place among the cases.
fn case_column(b: &mut Builder) -> Col {
    let stream = b.stream("demand.case".into());
    b.emit(Op::Case { stream })
}

fn over_cases(column: Col, cases: &[GrowthCase]) -> GrowthOfCases {
    let of = |case: &GrowthCase| {
        let continuous = matches!(case.growth, Growth::Continuous(_));
        (case.weight, case.growth.estimate().law.clone(), continuous)
    };
    GrowthOfCases { column, cases: cases.iter().map(of).collect() }
}

fn log_growth(b: &mut Builder, case: &GrowthCase) -> Col {
    let col = b.estimate(case.growth.estimate());
    match case.growth {
        Growth::PerMonth(_) => b.ln_1p(col),
        Growth::Continuous(_) => col,
    }
}

/// 2^(−1/h): what is left of the growth after a month.
fn decay(b: &mut Builder, case: &GrowthCase) -> Col {
    let Some(half_life) = &case.half_life_months else { return b.one() };
    let half_life = b.estimate(half_life);
    let minus_ln2 = b.constant(-std::f64::consts::LN_2);
    let log = b.binary(Binary::Div, minus_ln2, half_life);
    b.unary(Unary::Exp, log)
}
