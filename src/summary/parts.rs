//! What totals are made of: lenses, fiscal years, phases and lines; and what growth cases make of them.

use super::figure::{Mean, Probability};
use super::of::{mean_of, of_all, outcomes, paid_back, spread, when_quantiles};
use super::{CaseAgainst, CaseOption, CaseSummary, Costs, Lens, LineSummary, PartTotal, Spread};
use crate::model::{CostPhase, Scenario};
use crate::plan::op::Col;
use crate::plan::{OptionColumns, Plan};
use crate::sim::{Case, Draws};

/// An option's costs under a lens.
pub(super) fn costs(plan: &Plan, draws: &Draws, columns: &OptionColumns, lens: Lens) -> Costs {
    let place = lens as usize;
    let horizon = plan.months as usize;
    let all = |col: Col| draws.series[&col].iter().map(spread).collect::<Vec<Spread>>();
    let means = |col: Col| draws.series[&col].iter().map(|s| mean_of(&s.moments)).collect::<Vec<Mean>>();
    let fiscal = |col: Col| {
        let closes = plan.outputs.fiscal_years.iter().map(|year| &draws.series[&col][year.last as usize]);
        closes.map(|s| mean_of(&s.moments)).collect::<Vec<Mean>>()
    };
    let [real_difference, fiscal_difference] = match columns.differences {
        None => [Vec::new(), Vec::new()],
        Some([real_difference, difference]) => [means(real_difference[place]), fiscal(difference[place])],
    };
    let total = |part: &crate::plan::Part| PartTotal {
        account: part.account,
        phase: part.phase,
        total: mean_of(&draws.series[&part.total][horizon].moments),
        present_value: mean_of(&draws.series[&part.present][horizon].moments),
    };
    Costs {
        lens,
        monthly: all(columns.monthly[place]).split_off(1),
        cumulative: all(columns.cumulative[place]),
        present_value: all(columns.present[place]),
        real: means(columns.real[place]),
        real_difference,
        fiscal_years: fiscal(columns.fiscal[place]),
        fiscal_difference,
        parts: columns.parts[place].iter().map(total).collect(),
    }
}

/// Every line of every option, without those that are 0 throughout.
pub(super) fn lines(plan: &Plan, draws: &Draws) -> Vec<LineSummary> {
    let nothing = Mean { value: 0.0, se: 0.0, sd: 0.0 };
    let mut lines = Vec::new();
    for (option, columns) in plan.outputs.options.iter().enumerate() {
        for line in &columns.lines {
            let is_opening = line.phase == CostPhase::Opening;
            let by_month: Vec<Mean> = draws.series[&line.amount]
                .iter()
                .enumerate()
                .map(|(month, s)| if (month == 0) == is_opening { mean_of(&s.moments) } else { nothing })
                .collect();
            if by_month.iter().all(|mean| *mean == nothing) {
                continue;
            }
            lines.push(LineSummary {
                option,
                platform: line.platform.clone(),
                account: line.account,
                line: line.line.clone(),
                phase: line.phase,
                lens: line.lens,
                by_month,
            });
        }
    }
    lines
}

/// What happens under each growth case.
pub(super) fn cases(scenario: &Scenario, plan: &Plan, draws: &Draws) -> Vec<CaseSummary> {
    let of_case = |(case, kept): (&crate::model::GrowthCase, &Case)| {
        let options = 0..if kept.trials == 0 { 0 } else { plan.outputs.options.len() };
        CaseSummary {
            name: case.name.clone(),
            share: Probability { count: kept.trials, of: draws.trials },
            options: options.map(|option| case_option(kept, option, option == plan.outputs.baseline)).collect(),
        }
    };
    scenario.demand.cases.iter().zip(&draws.cases).map(of_case).collect()
}

fn case_option(case: &Case, option: usize, is_baseline: bool) -> CaseOption {
    let fates = &case.fates[option];
    let against = || CaseAgainst {
        difference: mean_of(&case.delta[option]),
        outcomes: outcomes(fates, case.trials),
        paid_back: Probability { count: paid_back(fates), of: case.trials },
        break_even: when_quantiles(&of_all(fates)),
    };
    CaseOption { cost: mean_of(&case.cost[option]), against: (!is_baseline).then(against) }
}
