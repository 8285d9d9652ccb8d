//! What each operation says of itself in words and numbers: a row for each.

use super::{Walk, number, short};
use crate::math::law::Law;
use crate::model::{Estimate, Sizing, UnitsOf, UnitsScheme};
use crate::plan::ceil;
use crate::plan::op::{Binary, Clock, Col, Memory, Need, Op, Phase, Unary, Worth};

impl Walk<'_> {
    /// The trial's value of an estimate of the figure at hand, in the report's currency where it is money.
    pub(super) fn drawn(&self, estimate: &Estimate) -> f64 {
        let own = self.in_its_currency(estimate);
        estimate.exchange.as_ref().map_or(own, |rate| own * self.drawn(rate))
    }

    fn in_its_currency(&self, estimate: &Estimate) -> f64 {
        match self.plan.estimates.iter().find(|(path, _)| *path == estimate.path) {
            Some((_, col)) => self.value(*col),
            None if let Law::Constant(value) = estimate.law => value,
            None => f64::NAN,
        }
    }

    /// "500 (price)", "500 × 0.9 (price × exchange.USD)".
    pub(super) fn stated_as(&self, estimate: &Estimate) -> String {
        let (own, path) = (number(self.in_its_currency(estimate)), short(&estimate.path));
        match &estimate.exchange {
            None => format!("{own} ({path})"),
            Some(rate) => format!("{own} × {} ({path} × {})", number(self.drawn(rate)), rate.path),
        }
    }

    /// Units of a line in the as-of month with its whole load.
    pub(super) fn units_today(&self, of: &UnitsOf, depth: usize) -> f64 {
        let Some(UnitsScheme { driver, sizing, headroom, peak, at_least, autoscaling, .. }) =
            self.scenario.units_of(of)
        else {
            return f64::NAN;
        };
        match sizing {
            Sizing::Today(units) => self.drawn(units),
            Sizing::Capacity(one) => {
                let need = self.today(*driver, depth) * (1.0 + self.drawn(headroom)) / self.drawn(one);
                let units = |need: f64| ceil(need.max(self.drawn(at_least)));
                let (mean, peak) = (units(need), units(need * self.drawn(peak)));
                mean + (1.0 - self.drawn(autoscaling)) * (peak - mean)
            }
        }
    }

    /// Whether an operation makes another currency the report's.
    pub(super) fn is_converted(&self, op: &Op) -> bool {
        let is_rate =
            |col: Col| self.plan.estimates.iter().any(|(path, own)| *own == col && path.starts_with("exchange."));
        matches!(op, Op::Binary { f: Binary::Mul, a, b } if is_rate(*a) || is_rate(*b))
    }

    /// How an operation makes its number, the number again, and what is worth taking apart further.
    pub(super) fn told(&self, op: &Op, place: u32, value: f64) -> (String, Option<f64>, Vec<(Col, String)>) {
        let v = |col: &Col| self.value(*col);
        let n = |col: &Col| number(self.value(*col));
        let plain = |cols: &[Col]| -> Vec<(Col, String)> {
            cols.iter().filter(|col| self.is_worth(**col)).map(|col| (*col, String::new())).collect()
        };
        let with = |list: &[(Col, &str)]| -> Vec<(Col, String)> {
            list.iter().map(|(col, what)| (*col, (*what).to_owned())).collect()
        };
        match op {
            Op::Estimate { input } => {
                let law = &self.plan.inputs[*input as usize];
                let own = self.parts.iter().any(|(path, _)| *path == law.path);
                let of = if own { format!(": {}", law.path) } else { String::new() };
                let others = law.score.iter().map(|(path, _)| path.as_str()).filter(|path| *path != law.path);
                let others: Vec<&str> = others.collect();
                let with =
                    if others.is_empty() { String::new() } else { format!(", together with {}", others.join(", ")) };
                (format!("drawn once for all months{of}{with}"), None, Vec::new())
            }
            Op::Row { file } => {
                let file = &self.plan.files[*file as usize];
                (format!("row {} of the {} in {}, drawn once", value + 1.0, file.rows, file.name), None, Vec::new())
            }
            Op::Cell { row, column } => {
                let column = &self.plan.file_columns[*column as usize];
                let file = &self.plan.files[column.file];
                let how = format!("row {} of {}: {}", v(row) + 1.0, file.name, column.path);
                (how, Some(column.values[v(row) as usize]), Vec::new())
            }
            Op::Case { .. } => {
                let case = &self.scenario.demand.cases[value as usize];
                (format!("the growth case `{}`", case.name), None, Vec::new())
            }
            Op::Select { which, among } => {
                let chosen = among[v(which) as usize];
                let is_case = |step: &crate::plan::op::Step| step.out == *which && matches!(step.op, Op::Case { .. });
                if !self.plan.once.iter().any(is_case) {
                    let below = vec![(*which, "whether an event holds".to_owned()), (chosen, "so it is".to_owned())];
                    return ("what an event makes of it, if it holds".to_owned(), Some(v(&chosen)), below);
                }
                let below = vec![(*which, "growth case".to_owned()), (chosen, "of that case".to_owned())];
                ("what the trial's growth case says".to_owned(), Some(v(&chosen)), below)
            }
            Op::Unary { f, a } => (unary(*f, &n(a)), Some(crate::plan::apply_unary(*f, v(a))), plain(&[*a])),
            Op::Binary { f, a, b } => {
                // A minimum stands where the larger is taken, and where it rises as prices do; all that is 1 is one column.
                let is_least = |col: Col| *f == Binary::Max || (*f == Binary::Mul && self.value(col) > 1.0);
                let called = |col: Col| match self.own_name(col, Some(&["at_least"])) {
                    Some(name) if is_least(col) => format!("{} ({name})", number(self.value(col))),
                    _ => self.called(col),
                };
                let how = binary(*f, &called(*a), &called(*b));
                (how, Some(crate::plan::apply_binary(*f, v(a), v(b))), plain(&[*a, *b]))
            }
            Op::SumProducts { terms } => self.sum(terms),
            Op::Trend { log_growth, decay, saturation } => {
                let how = "ln of the trend: growth of every month so far, fading, towards its ceiling".to_owned();
                let below = [
                    (*log_growth, "ln of 1 + growth a month"),
                    (*decay, "what is left of growth a month later"),
                    (*saturation, "levels off at so many times today"),
                ];
                (how, None, with(&below))
            }
            Op::Seasoned { trend, noise } => {
                let season = self.plan.ln_season[(self.plan.as_of + self.month - 1) as usize];
                let factor = crate::math::elementary::exp(season);
                let how = format!("trend e^{} × noise e^{} × season {}", n(trend), n(noise), number(factor));
                let ln = v(trend) + v(noise) + season;
                let (how, again) =
                    if place == 0 { (format!("ln of: {how}"), ln) } else { (how, crate::math::elementary::exp(ln)) };
                (how, Some(again), with(&[(*trend, "ln of the trend"), (*noise, "ln of the noise so far")]))
            }
            Op::Noise { sigma, .. } => {
                ("the months' noise so far, added up".to_owned(), None, with(&[(*sigma, "spread a month")]))
            }
            Op::RunningMax { a } => ("the highest so far".to_owned(), None, plain(&[*a])),
            Op::Stock { today, purge, inflow } => {
                let how = "level at the month's opening: last month's less its loss, plus what came in".to_owned();
                (how, None, with(&[(*today, "at first"), (*purge, "loss a month"), (*inflow, "comes in this month")]))
            }
            Op::Drift { base, log_rate, clock } => {
                let since = match clock {
                    Clock::Start => self.month - 1,
                    Clock::AsOf => self.plan.as_of + self.month - 1,
                };
                let how = format!("{} × e^({} × {since}/12)", self.called(*base), n(log_rate));
                let again = v(base) * crate::math::elementary::exp(v(log_rate) * f64::from(since) / 12.0);
                (how, Some(again), with(&[(*base, ""), (*log_rate, "ln of a year's rise")]))
            }
            Op::Phase { start, cutover, traffic, on, off, standby, .. } => {
                let stands_by =
                    if place == 6 { format!("; it still sees {} of the load", n(standby)) } else { String::new() };
                let how = format!(
                    "{}; in months since the opening the project starts at {}, traffic moves from {}, cutover at {}; new platform \
                     in service from {}, old one until {}{stands_by}",
                    phase(place),
                    n(start),
                    n(traffic),
                    n(cutover),
                    n(on),
                    n(off)
                );
                (how, None, Vec::new())
            }
            Op::HoldAtCutover { load, .. } => {
                ("the load in the month of the cutover, 0 before".to_owned(), None, plain(&[*load]))
            }
            Op::LoadOld { load, before, held, after } => {
                let how = format!("{} × {} + {} × {}", self.called(*load), n(before), n(held), n(after));
                let again = v(load) * v(before) + v(held) * v(after);
                (
                    how,
                    Some(again),
                    with(&[
                        (*load, "load"),
                        (*before, "share still here"),
                        (*held, "load at the cutover"),
                        (*after, "share that stands by"),
                    ]),
                )
            }
            Op::Elapsed => {
                (format!("months since the opening: {} − 1", self.month), Some(f64::from(self.month - 1)), Vec::new())
            }
            Op::Learning { extra, half_life, since } => {
                let how = format!("1 + {} × 2^(−{} / {})", self.called(*extra), n(since), self.called(*half_life));
                let again = 1.0 + v(extra) * crate::math::elementary::pow(0.5, v(since) / v(half_life));
                (how, Some(again), with(&[(*since, "months since the cutover"), (*extra, ""), (*half_life, "")]))
            }
            Op::Debt { start, accrual, paydown, cutover, added } => {
                let sum = v(accrual) + v(paydown);
                let rest = if sum > 0.0 { v(accrual) / sum } else { value };
                let how = format!(
                    "began at {} and moves from the first full month after {} on, now towards {}, of what is missing {} a month",
                    self.called(*start),
                    n(cutover),
                    number(rest),
                    number(-crate::math::elementary::exp_m1(-sum))
                );
                let below = [
                    (*accrual, "what changes add in the month"),
                    (*paydown, "what is paid down in it"),
                    (*added, "what events add in it"),
                ];
                (how, None, with(&below))
            }
            Op::Recall { start, .. } if self.month == 1 => {
                ("what it begins with".to_owned(), Some(v(start)), plain(&[*start]))
            }
            Op::Recall { .. } => ("what the month before left".to_owned(), None, Vec::new()),
            Op::Twice { count, months } => {
                let how = format!("1 where it came twice in the {months} months to the last, else 0");
                (how, None, with(&[(*count, "times in the month")]))
            }
            Op::Fired { reading, mark, months, .. } => {
                let how = format!(
                    "the first month at whose end it had been beyond {} for {months}, −1 before it",
                    number(mark.get())
                );
                (how, None, with(&[(*reading, "reading")]))
            }
            Op::Seats { .. } => ("seats that are filled, month after month".to_owned(), None, Vec::new()),
            Op::Hazard { hazard, .. } => {
                let how = format!("the month of the event, drawn with a chance of {} in each month", n(hazard));
                (how, None, with(&[(*hazard, "chance a month")]))
            }
            Op::Chance { probability, month, .. } => {
                let how = format!("month {}, with a chance of {}; else never", n(month), n(probability));
                (how, None, with(&[(*probability, "chance of ever"), (*month, "month")]))
            }
            Op::From { month } if v(month).is_finite() => {
                (format!("1 from month {} on, else 0", n(month)), None, with(&[(*month, "month")]))
            }
            Op::From { .. } => ("1 from a month on that never comes".to_owned(), None, Vec::new()),
            Op::Units { load, per_load, peak, at_least, slack, today } => {
                let below = with(&[
                    (*load, "load"),
                    (*per_load, "units for one of the load"),
                    (*peak, "peak over mean"),
                    (*at_least, "at least"),
                    (*slack, "part of the peak that is paid for"),
                ]);
                if let Some(today) = today
                    && self.plan.as_of + self.month == 1
                    && v(&today.moved) == 0.0
                {
                    return (
                        "the as-of month is billed at what runs today".to_owned(),
                        Some(v(&today.units)),
                        plain(&[today.units]),
                    );
                }
                let mean = v(load) * v(per_load);
                let (a, b) = (ceil(mean.max(v(at_least))), ceil((v(peak) * mean).max(v(at_least))));
                let how = format!(
                    "mean load needs {} units, rounded up {}; peak {}, rounded up {}; {} + {} × ({} − {})",
                    number(mean),
                    number(a),
                    number(v(peak) * mean),
                    number(b),
                    number(a),
                    n(slack),
                    number(b),
                    number(a)
                );
                (how, Some(a + v(slack) * (b - a)), below)
            }
            Op::Metered { quantity, brackets } => {
                let (mut from, mut sum, mut pieces) = (0.0, 0.0, Vec::new());
                for (end, price) in brackets {
                    let inside = (v(quantity).min(v(end)) - from).max(0.0);
                    if inside > 0.0 {
                        pieces.push(format!("{} × {}", number(inside), self.rate(*price)));
                        sum += inside * v(price);
                    }
                    from = v(end);
                }
                let how = if pieces.is_empty() { "nothing is used".to_owned() } else { pieces.join(" + ") };
                (how, Some(sum), with(&[(*quantity, "quantity")]))
            }
            Op::Rung { needs, plans, memory } => {
                let stays = matches!(
                    memory,
                    Memory::SinceAsOf { descends: false } | Memory::InService { descends_until: None, .. }
                );
                let fit: Vec<String> = needs.iter().map(|need| self.called(*need)).collect();
                let stays = if stays { "; it never goes down" } else { "" };
                let how = match times_of_the_last(value, plans.len()) {
                    Some(times) => format!("{times} times the last plan, so that it holds {}", fit.join(" and ")),
                    None => {
                        let holds: Vec<String> =
                            plans[value as usize].iter().map(|limit| number(limit.get())).collect();
                        let place = value as usize + 1;
                        let (fit, holds) = (fit.join(" and "), holds.join(" and "));
                        format!("plan {place} of {}: {fit} must fit, and it holds {holds}{stays}", plans.len())
                    }
                };
                (format!("counted from 0, {how}"), None, plain(needs))
            }
            Op::RungPrice { rung, prices } => {
                let below = with(&[(*rung, "plan")]);
                match times_of_the_last(v(rung), prices.len()) {
                    Some(times) => {
                        let last = prices.last().expect("Invariant: a ladder has a plan");
                        let how = format!("{} × {}, the last plan", number(times), self.called(*last));
                        (how, Some(times * v(last)), below)
                    }
                    None => {
                        let price = prices[v(rung) as usize];
                        (format!("the plan's price, {}", self.called(price)), Some(v(&price)), below)
                    }
                }
            }
            Op::Wall { rung, .. } => {
                let how = "the first month in service above the last plan, −1 before it".to_owned();
                (how, None, with(&[(*rung, "plan")]))
            }
            Op::InMonth { amount, month, .. } => {
                let when =
                    if v(month).is_finite() { format!("in month {}", n(month)) } else { "in no month".to_owned() };
                (format!("{} {when}, else 0", self.called(*amount)), None, plain(&[*amount]))
            }
            Op::Commitment { need, .. } => self.told_of_commitment(op, need),
            Op::Contract { .. } => {
                let end = self.written_at(op, 2).map_or(f64::NAN, |col| self.value(col));
                let how = format!("1 while the contract is in force, else 0; its term ends with month {}", number(end));
                (how, None, Vec::new())
            }
            Op::Credits { invoice, .. } => {
                let rest = self.written_at(op, 1).map_or(f64::NAN, |col| self.value(col));
                let how = format!("what credits leave of {}, and {} of them is left", n(invoice), number(rest));
                (how, None, with(&[(*invoice, "the vendor's invoice of the month")]))
            }
            Op::Rise { now, today } if place == 0 => {
                let before = if self.month == 1 {
                    v(today)
                } else {
                    self.written_at(op, 1).map_or(f64::NAN, |col| self.columns.before[col.index()])
                };
                let how = format!("{} now less {} before, at least 0", self.called(*now), number(before));
                (how, Some((v(now) - before).max(0.0)), plain(&[*now]))
            }
            Op::Count { mean, .. } => (
                format!("a Poisson draw whose mean is {}", n(mean)),
                None,
                with(&[(*mean, "mean number in the month")]),
            ),
            Op::Durations { count, mu, sigma, .. } => {
                let how = format!("hours of {} incidents together, each with a length of its own", n(count));
                (
                    how,
                    None,
                    with(&[(*count, "number"), (*mu, "ln of the median length"), (*sigma, "spread of the log")]),
                )
            }
            Op::Accrue { amount, opening, worth } => {
                let factor = self.plan.factor(*worth, self.month);
                let own = self.written_at(op, place).map_or(f64::NAN, |col| self.columns.before[col.index()]);
                let times = match worth {
                    Worth::Nominal => String::new(),
                    Worth::Present => format!(" × {} (present value)", number(factor)),
                    Worth::Real => {
                        format!(" × {} ({} of the opening)", number(factor), self.scenario.currency.word())
                    }
                };
                let how =
                    format!("{} up to month {}, plus {}{times}", number(own), self.month - 1, self.called(*amount));
                let _ = opening;
                (how, Some(own + v(amount) * factor), plain(&[*amount]))
            }
            Op::AccrueYear { amount, opening, first } => {
                let months = (self.month - 1 + first) % 12;
                let own = match self.month {
                    1 => v(opening),
                    _ if months == 0 => 0.0,
                    _ => self.written_at(op, place).map_or(f64::NAN, |col| self.columns.before[col.index()]),
                };
                let how = format!(
                    "{} of the {months} months of the fiscal year so far, plus {}",
                    number(own),
                    self.called(*amount)
                );
                (how, Some(own + v(amount)), plain(&[*amount]))
            }
            other => {
                let reads = other.reads();
                let word = format!("{other:?}");
                let word = word.split([' ', '{']).next().unwrap_or_default().to_lowercase();
                let shown: Vec<String> = reads.iter().map(|col| self.called(*col)).collect();
                (format!("{word} of {}", shown.join(", ")), None, plain(&reads))
            }
        }
    }
}

impl Walk<'_> {
    /// What is bought ahead, and what is bought beside it.
    fn told_of_commitment(&self, op: &Op, need: &Need) -> (String, Option<f64>, Vec<(Col, String)>) {
        let written = |place: u32| self.written_at(op, place).map_or(f64::NAN, |col| self.value(col));
        let (quantity, price, end) = (written(3), written(4), written(5));
        let in_force = f64::from(self.month) <= end;
        let ahead = if in_force { quantity } else { 0.0 };
        let rest = (self.value(need.units) - ahead).max(0.0);
        let ahead = match in_force {
            true => format!("{} bought ahead at {} each to month {}", number(quantity), number(price), number(end)),
            false => "nothing bought ahead".to_owned(),
        };
        let how = format!("{ahead}, and {} more at {}", number(rest), number(self.value(need.price)));
        let below = vec![(need.units, "units".to_owned()), (need.price, "price of one".to_owned())];
        (how, None, below)
    }
}

/// How many of the last plan a rung stands for, where it is more than one.
fn times_of_the_last(rung: f64, plans: usize) -> Option<f64> {
    (rung >= plans as f64).then_some(rung - plans as f64 + 2.0)
}

fn unary(f: Unary, a: &str) -> String {
    match f {
        Unary::Exp => format!("e^{a}"),
        Unary::Ln => format!("ln {a}"),
        Unary::Ln1p => format!("ln(1 + {a})"),
        Unary::Ceil => format!("{a}, rounded up"),
        Unary::Round => format!("{a}, rounded"),
        Unary::Floor => format!("{a}, rounded down"),
    }
}

fn binary(f: Binary, a: &str, b: &str) -> String {
    match f {
        Binary::Add => format!("{a} + {b}"),
        Binary::Sub => format!("{a} − {b}"),
        Binary::Mul => format!("{a} × {b}"),
        Binary::Div => format!("{a} ÷ {b}"),
        Binary::Max => format!("the larger of {a} and {b}"),
        Binary::Min => format!("the smaller of {a} and {b}"),
        Binary::Pow => format!("{a} ^ {b}"),
    }
}

/// What each column of a project's month is.
fn phase(place: u32) -> &'static str {
    const WORDS: [&str; Phase::WIDTH as usize] = [
        "part of the project that falls into the month",
        "mean share of traffic moved",
        "part of the month the new platform is in service",
        "part of the month the old platform is in service",
        "mean load on the new platform while in service, share of the month's",
        "mean load on the old platform while in service, share of the month's",
        "mean standby load on the old platform, share of the load at cutover",
        "part of the month the new platform has traffic",
        "part of the month the old platform has traffic",
        "months since the cutover",
    ];
    WORDS[place as usize]
}
