use super::figure::{Mean, PlaceQuantile, Probability, Quantile, Spread, When, WhenQuantile, Z95};
use super::{
    Cap, Condition, Crossover, Debt, Decided, Demand, DoneBy, Leaving, Ledger, Lens, Mark, OptionSummary, Outcomes,
    QUANTILES, Reason, Scale, Summary, Wall, event, parts, people, signal,
};
use crate::math::elementary::exp;
use crate::model::{self, MigrationId, Reading, Scenario};
use crate::plan::op::Col;
use crate::plan::{Comparison, Plan, View, ln_sizes};
use crate::sim::{Crossings, Draws, Fates, Series};
use crate::units::Seed;

/// The requirements that today's platform must be left for.
fn must_leave(scenario: &Scenario) -> Vec<(String, usize)> {
    let asked = scenario.must_leave().into_iter().filter_map(|(cause, must)| match cause {
        model::Cause::Requirement(id) => Some((scenario.requirements[id.0].title.clone(), must.to.0)),
        model::Cause::Event(_) => None,
    });
    asked.collect()
}

/// Reads a run's figures off its sums, sketches and counts.
///
/// # Panics
/// If the run did not keep all that a summary is made of ([`crate::sim::Quantiles::All`]).
#[must_use]
pub fn of(scenario: &Scenario, plan: &Plan, draws: &Draws, seed: Seed) -> Summary {
    let options = (0..scenario.options.len()).map(|place| option(scenario, plan, draws, place)).collect();
    Summary {
        scenario: scenario.name.clone(),
        question: scenario.question.clone(),
        reasons: scenario.reasons.iter().map(|reason| self::reason(scenario, *reason)).collect(),
        start: scenario.start,
        months: scenario.months,
        currency: scenario.currency,
        trials: draws.trials,
        seed: seed.0,
        discount_rate: scenario.discount_rate,
        inflation: scenario.inflation,
        fiscal_years: plan.outputs.fiscal_years.clone(),
        years: people::years(scenario.months),
        hours_per_month: scenario.people.hours_per_month,
        baseline: plan.outputs.baseline,
        tuned: scenario.tuned.map(|option| option.0),
        options,
        demand: demand(&draws.series[&plan.outputs.demand][plan.months as usize]),
        verdict_rule: scenario.verdict,
        best_per_trial: mean_of(&draws.best),
        cases: parts::cases(scenario, plan, draws),
        signals: signal::signals(scenario, plan, draws),
        events: event::events(scenario, plan, draws),
        must_leave: must_leave(scenario),
        lines: parts::lines(plan, draws),
        ledger: Ledger::of(scenario),
        hides_pay: false,
    }
}

fn option(scenario: &Scenario, plan: &Plan, draws: &Draws, place: usize) -> OptionSummary {
    let way = &scenario.options[place];
    let columns = &plan.outputs.options[place];
    let views = Lens::ALL.into_iter().flat_map(|lens| [false, true].map(|discounted| View { lens, discounted }));
    let against = |view: View| {
        let found = plan.outputs.comparison(place, view)?;
        Some(crossover(plan, draws, view, (&plan.outputs.comparisons[found], &draws.crossings[found])))
    };
    let against: Vec<Crossover> = views.filter_map(against).collect();
    let means = |col: Col| draws.series[&col][1..].iter().map(|s| mean_of(&s.moments)).collect();
    let debt = |col: Col| {
        let (by_year, last) = people::phases(plan, draws, place);
        Debt { by_month: means(col), by_year, last }
    };
    OptionSummary {
        name: way.name.clone(),
        title: way.title.clone(),
        platform: if way.change.is_some() { &way.title } else { &scenario.platform(way.platform).title }.clone(),
        leaves: way.platform != scenario.baseline().platform && scenario.tuned.is_none_or(|tuned| tuned.0 != place),
        costs: Lens::ALL.into_iter().map(|lens| parts::costs(plan, draws, columns, lens)).collect(),
        buckets: columns.buckets.iter().map(|col| means(*col)).collect(),
        project: means(columns.project),
        hours: means(columns.hours),
        people: people::people(plan, draws, place),
        project_weeks: spread(&draws.series[&columns.project_weeks][plan.months as usize]),
        finished: Probability { count: draws.finished[place], of: draws.trials },
        one_person: columns.know.map(|_| Probability { count: draws.one_person[place], of: draws.trials }),
        late: columns.late.map(|_| Probability { count: draws.late[place], of: draws.trials }),
        cheapest: Probability { count: draws.cheapest[place], of: draws.trials },
        against: (place != plan.outputs.baseline).then_some(against),
        decided: decided(scenario, plan, draws, place),
        leaving: way.migration.and_then(|id| leaving(scenario, draws, (id, place), columns.instead)),
        walls: walls(plan, draws, place),
        debt: columns.debt.map(debt),
        done_by: columns
            .done_by
            .iter()
            .map(|done| DoneBy {
                name: done.name.clone(),
                title: done.title.clone(),
                hours: means(done.hours),
                seats: done.seats.map(means),
                cap: cap(plan, draws, place, done),
            })
            .collect(),
        owed: columns.owed.map(|col| spread(&draws.series[&col][plan.months as usize])),
    }
}

/// What is decided on, where that is not the cost to the horizon.
fn decided(scenario: &Scenario, plan: &Plan, draws: &Draws, place: usize) -> Option<Decided> {
    let columns = &plan.outputs.options[place];
    let at_end = |col: Col| &draws.series[&col][plan.months as usize];
    let is_other = columns.decided != columns.total(plan.outputs.headline);
    let nothing = || Spread { mean: Mean { value: 0.0, se: 0.0, sd: 0.0 }, quantiles: Vec::new() };
    let is_asked = scenario.verdict.end_value_years > 0.0 || is_other;
    is_asked.then(|| Decided {
        cost: mean_of(&at_end(columns.decided).moments),
        difference: columns.decided_delta.map_or_else(nothing, |delta| spread(at_end(delta))),
    })
}

/// A reason, and of a requirement who meets it.
fn reason(scenario: &Scenario, reason: model::Reason) -> Reason {
    match reason {
        model::Reason::Bill => Reason::Bill,
        model::Reason::Capacity => Reason::Capacity,
        model::Reason::Incidents => Reason::Incidents,
        model::Reason::Waiting => Reason::Waiting,
        model::Reason::OnePerson => Reason::OnePerson,
        model::Reason::Requirement(id) => {
            let requirement = &scenario.requirements[id.0];
            let meets = |option| scenario.lived_on(option).cannot.iter().all(|cannot| cannot.requirement != id);
            Reason::Requirement {
                name: requirement.name.clone(),
                title: requirement.title.clone(),
                meets: scenario.options.iter().map(meets).collect(),
            }
        }
    }
}

/// The first month in which a project can start that waits for any of these and finds it so today: what is invoiced, worked, hit
/// or asked for in month 1 starts it in month 2, a reading of the as-of month in month 1. Where something else could start it
/// by then (a month, a contract that ends, incidents, a platform that is left), only month 1 is at once.
fn first_read(scenario: &Scenario, conditions: &[model::Condition]) -> u32 {
    let of_month_1 = |condition: &model::Condition| match condition {
        model::Condition::Reading { of, months, .. } => {
            *months == 1 && matches!(of, Reading::Bill | Reading::Toil) // drivers are read as of today
        }
        model::Condition::Wall | model::Condition::Requirement(_) => true,
        _ => false,
    };
    let otherwise = |condition: &model::Condition| match condition {
        model::Condition::Month(month) => *month == 2,
        model::Condition::Repeated { .. } | model::Condition::Renewal => true,
        _ => false,
    };
    let is_later = conditions.iter().any(of_month_1) && !conditions.iter().any(otherwise);
    if is_later && scenario.must_leave().is_empty() { 2 } else { 1 }
}

/// When the project of an option starts that waits for something.
fn leaving(
    scenario: &Scenario,
    draws: &Draws,
    (migration, option): (MigrationId, usize),
    instead: Option<usize>,
) -> Option<Leaving> {
    let migration = &scenario.migrations[migration.0];
    let starts = &draws.starts[option];
    let never = starts.len() - 1;
    let mut those = starts.clone();
    those[never] = 0;
    let condition = |condition: &model::Condition| match *condition {
        model::Condition::Month(month) => Condition::Month(month),
        model::Condition::Repeated { ref class, months } => Condition::Repeated(class.clone(), months),
        model::Condition::Renewal => Condition::Renewal,
        model::Condition::Wall => Condition::Wall,
        model::Condition::Filled(_) => unreachable!("Invariant: projects do not wait for seats"),
        model::Condition::Requirement(id) => Condition::Requirement(scenario.requirements[id.0].title.clone()),
        model::Condition::Reading { of, side, mark: value, months } => {
            let mark = Mark { side, value, months };
            match of {
                Reading::Bill => Condition::Bill(mark),
                Reading::Toil => Condition::Toil(mark),
                Reading::Fact(fact) => Condition::Fact(fact, mark),
                Reading::Driver(id) => {
                    let driver = scenario.driver(id);
                    Condition::Driver(driver.name.clone(), driver.unit.clone(), mark)
                }
            }
        }
    };
    let stayed = draws.stayed.0[option].as_ref().filter(|_| starts[never] > 0);
    let instead = stayed.map(mean_of).and_then(|mean| Some((instead?, mean)));
    let (low, high) = migration.start_month.law.support();
    let read = first_read(scenario, &migration.starts_when_any);
    migration.waits().then(|| Leaving {
        first: read.max(low.ceil().min(f64::from(scenario.months) + 1.0) as u32),
        is_free: high <= f64::from(read),
        conditions: migration.starts_when_any.iter().map(condition).collect(),
        left_by: running(&starts[..never], draws.trials),
        month: when_quantiles(starts),
        instead,
        month_among_those: those.iter().any(|count| *count > 0).then(|| when_quantiles(&those)),
    })
}

fn walls(plan: &Plan, draws: &Draws, place: usize) -> Vec<Wall> {
    let of_a_line = |wall: &Wall| !wall.line.starts_with(OF_COVER);
    all_walls(plan, draws, place).filter(of_a_line).collect()
}

/// How walls are called that are the ends of what services do.
const OF_COVER: &str = "cover.";

fn all_walls(plan: &Plan, draws: &Draws, place: usize) -> impl Iterator<Item = Wall> {
    let own = plan.outputs.walls.iter().zip(&draws.walls).filter(move |(wall, _)| wall.option == place);
    own.map(|(wall, counts)| {
        let mut counts = counts.clone();
        counts[0] = 0; // those that never hit it
        Wall { line: wall.line.clone(), hit_by: running(&counts, draws.trials) }
    })
}

/// How often a service does all that it does at most, and what it leaves then.
fn cap(plan: &Plan, draws: &Draws, place: usize, done: &crate::plan::DoneBy) -> Option<Cap> {
    let beyond = draws.series[&done.cap?.beyond][1..].iter().map(|s| mean_of(&s.moments)).collect();
    let line = format!("{OF_COVER}{}", done.name);
    let wall = all_walls(plan, draws, place).find(|wall| wall.line == line)?;
    Some(Cap { reached_by: wall.hit_by, beyond })
}

fn crossover(plan: &Plan, draws: &Draws, view: View, (comparison, counts): (&Comparison, &Crossings)) -> Crossover {
    let of = draws.trials;
    let chance = |count: u64| Probability { count, of };
    let months = plan.months as usize;
    let never = months + 1;
    // `did not leave` counts as never on the scale of all futures.
    let of_all = of_all(&counts.fates);
    let mut run_rate = counts.run_rate.clone();
    run_rate[never] += counts.fates.did_not_leave;
    let mut those = counts.fates.break_even.clone();
    those[never] = 0;
    let paid_back = paid_back(&counts.fates);
    let left = of - counts.fates.did_not_leave;
    let left_alone = Fates { did_not_leave: 0, ..counts.fates.clone() };
    Crossover {
        lens: view.lens,
        discounted: view.discounted,
        delta: draws.series[&comparison.delta].iter().map(spread).collect(),
        outcomes: outcomes(&counts.fates, of),
        broke_even_by: running(&counts.fates.break_even[..=months], of),
        ahead_at: counts.ahead_at.iter().map(|count| chance(*count)).collect(),
        first_touch_by: running(&counts.first_touch, of),
        crosses_back: chance(counts.crosses_back),
        ahead_then_behind: chance(counts.ahead_then_behind),
        paid_back_of_those_that_left: (left > 0).then_some(Probability { count: paid_back, of: left }),
        outcomes_of_those_that_left: (0 < left && left < of).then(|| outcomes(&left_alone, left)),
        break_even: when_quantiles(&of_all),
        break_even_among_those: those.iter().any(|count| *count > 0).then(|| when_quantiles(&those)),
        deepest_hole: spread(&draws.series[&comparison.deepest.amount()][months]),
        deepest_hole_month: month_quantiles(&counts.hole_month),
        run_rate: when_quantiles(&run_rate),
        run_rate_by: running(&counts.run_rate[..=months], of),
        scale: scale(counts),
    }
}

/// What became of so many trials.
pub(super) fn outcomes(fates: &Fates, of: u64) -> Outcomes {
    let chance = |count: u64| Probability { count, of };
    let never = fates.break_even.len() - 1;
    Outcomes {
        did_not_leave: chance(fates.did_not_leave),
        from_the_start: chance(fates.break_even[0]),
        broke_even: chance(fates.break_even[1..never].iter().sum()),
        ended_first: chance(fates.ended_first),
        never: chance(fates.break_even[never] - fates.ended_first),
    }
}

/// Trials that broke even for good or never were dearer.
pub(super) fn paid_back(fates: &Fates) -> u64 {
    fates.break_even[..fates.break_even.len() - 1].iter().sum()
}

/// Break-even of all trials, those that did not leave as never.
pub(super) fn of_all(fates: &Fates) -> Vec<u64> {
    let mut counts = fates.break_even.clone();
    *counts.last_mut().expect("Invariant: the scale ends with never") += fates.did_not_leave;
    counts
}

fn scale(counts: &Crossings) -> Scale {
    let of = counts.size.iter().sum();
    let sizes: Vec<f64> = ln_sizes().into_iter().map(exp).collect();
    Scale {
        crossed_by: running(&counts.size[..sizes.len()], of),
        quantiles: place_quantiles(&counts.size).map(|q| q.map(|place| sizes.get(place).copied())),
        changes_often: Probability { count: counts.size_changes_often, of },
        sizes,
    }
}

/// Demand of the last month.
#[must_use]
pub fn demand(series: &Series) -> Demand {
    let trials = series.moments.count();
    let total = series.moments.mean() * trials as f64;
    let largest = (trials as f64 / 1_000.0).ceil();
    let tail = series.sketch.as_ref().map_or(0.0, |sketch| sketch.ranks().sum_of_largest(largest));
    let tail_share = if total > 0.0 { (tail / total).min(1.0) } else { 0.0 };
    Demand { spread: spread(series), tail_share, trials }
}

pub(super) fn mean_of(moments: &crate::math::moments::Moments) -> Mean {
    Mean { value: moments.mean(), se: moments.standard_error(), sd: moments.sd() }
}

pub(super) fn spread(series: &Series) -> Spread {
    let quantiles = series.sketch.as_ref().map_or_else(Vec::new, |sketch| {
        let ranks = sketch.ranks();
        let at = |p: f64| {
            let (low, high) = ranks.interval(p, Z95);
            Quantile { p, value: ranks.quantile(p), low, high }
        };
        QUANTILES.iter().map(|p| at(*p)).collect()
    });
    Spread { mean: mean_of(&series.moments), quantiles }
}

/// Running shares of counts by month.
pub(super) fn running(counts: &[u64], of: u64) -> Vec<Probability> {
    let mut count = 0;
    let add = |more: &u64| {
        count += more;
        Probability { count, of }
    };
    counts.iter().map(add).collect()
}

/// 10, 50 and 90 % places of counts, each with its order-statistic interval.
fn place_quantiles(counts: &[u64]) -> [PlaceQuantile<usize>; 3] {
    let at = |rank: f64| place_at(counts, rank);
    let n = counts.iter().sum::<u64>() as f64;
    [10_u8, 50, 90].map(|percent| {
        let p = f64::from(percent) / 100.0;
        let half = Z95 * (n * p * (1.0 - p)).sqrt();
        PlaceQuantile { percent, at: at(p * n), low: at(p * n - half), high: at(p * n + half) }
    })
}

/// The same on the scale start, 1..=M, never.
pub(super) fn when_quantiles(counts: &[u64]) -> [WhenQuantile; 3] {
    place_quantiles(counts).map(|q| q.map(|place| when(place, counts.len())))
}

fn when(place: usize, scale: usize) -> When {
    match place {
        0 => When::FromStart,
        place if place + 1 == scale => When::Never,
        month => When::Month(month as u32),
    }
}

fn month_quantiles(counts: &[u64]) -> Option<[PlaceQuantile<u32>; 3]> {
    let any = counts.iter().any(|count| *count > 0);
    any.then(|| place_quantiles(counts).map(|q| q.map(|place| place as u32)))
}

/// The least place with at least `rank` counted at or before it: the inverse of the empirical distribution
/// (Hyndman & Fan 1996, type 1). A rank a rounding error above an integer counts as that integer.
#[must_use]
pub fn place_at(counts: &[u64], rank: f64) -> usize {
    let total: u64 = counts.iter().sum();
    let rank = (rank - 1e-9).ceil().clamp(1.0, (total as f64).max(1.0)) as u64;
    let mut before = 0;
    for (place, count) in counts.iter().enumerate() {
        before += count;
        if before >= rank {
            return place;
        }
    }
    counts.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::place_at;

    #[test]
    fn a_quantile_of_months_is_the_least_with_that_share_at_or_before_it() {
        let counts = [0, 3, 0, 5, 2];
        let cases = [(0.0, 1), (3.0, 1), (3.01, 3), (5.0, 3), (8.0, 3), (9.0, 4), (10.0, 4)];
        for (rank, place) in cases {
            assert_eq!(place_at(&counts, rank), place, "rank {rank}");
        }
    }
}
