//! Amounts of money on a grid: rounding, and writing out as many digits as the grid has.

use crate::units::Currency;

/// The coarsest and the finest grid that amounts of one sentence share, as a multiple of each other.
const SHARED: f64 = 100.0;

/// The grid of an amount with so many figures: a power of ten; ten times coarser where the standard error is more than half of
/// that, though never coarser than half the amount: what is left is still the amount. Powers of ten alone, so that amounts
/// of one report are rounded alike and their differences can be checked.
#[must_use]
pub fn unit(size: f64, figures: u32, se: f64) -> f64 {
    let mut unit = power(size, figures);
    while se > 5.0 * unit && 10.0 * unit <= size / 2.0 {
        unit *= 10.0;
    }
    unit
}

/// One grid for amounts that stand in one sentence, each with its standard error: the coarsest of theirs, where every amount
/// but nothing is at least twice as large. `None` where they are so far apart that no grid suits both.
#[must_use]
pub fn shared(amounts: &[(f64, f64)]) -> Option<f64> {
    let sizes = || amounts.iter().map(|(size, se)| (size.abs(), *se)).filter(|(size, _)| *size > 0.0);
    let coarsest = sizes().map(|(size, se)| unit(size, 2, se)).fold(0.0, f64::max);
    let smallest = sizes().map(|(size, _)| size).fold(f64::INFINITY, f64::min);
    let mut unit = coarsest;
    while unit > smallest / 2.0 && unit * SHARED > coarsest {
        unit = finer(unit);
    }
    (unit > 0.0 && unit <= smallest / 2.0 && unit.is_finite()).then_some(unit)
}

/// The next finer step of 1, 2, 5.
fn finer(unit: f64) -> f64 {
    let power = power(unit, 1);
    match unit / power {
        lead if lead > 4.0 => 2.0 * power,
        lead if lead > 1.5 => power,
        _ => power / 2.0,
    }
}

/// The grid of two amounts and their difference, so that the three add up as written: two figures of the larger amount, finer
/// only where one of the three would be off by more than a twentieth of it and more than the difference's standard error.
#[must_use]
pub fn adding_up(one: f64, other: f64, se: f64) -> f64 {
    let difference = one - other;
    let mut unit = power(one.abs().max(other.abs()), 2);
    let on = |dollars: f64, unit: f64| (dollars / unit).round() * unit;
    let is_near = |shown: f64, dollars: f64| {
        (shown - dollars).abs() <= (dollars.abs() / 20.0).max(se) && (shown != 0.0 || dollars.abs() <= se.max(0.005))
    };
    let are_near = |unit: f64| {
        let [a, b] = [one, other].map(|dollars| on(dollars, unit));
        is_near(a, one) && is_near(b, other) && is_near(a - b, difference)
    };
    while unit > 0.01 && !are_near(unit) {
        unit = finer(unit);
    }
    unit
}

/// The nearest amount on a grid.
#[must_use]
pub fn nearest(dollars: f64, unit: f64) -> f64 {
    let rounded = (dollars / unit).round() * unit;
    if unit < 1.0 { (rounded * 1e6).round() / 1e6 } else { rounded.round() }
}

/// An amount that lies on a grid, without its sign: "$140k", "$8,200", "$1.23M", "$3.8e16".
#[must_use]
pub fn written(currency: Currency, dollars: f64, unit: f64) -> String {
    let (size, sign) = (dollars.abs(), currency.sign());
    let (scale, letter, longest) = match size {
        s if s >= 999.5e12 => return format!("{sign}{size:.1e}"),
        s if s >= 999.5e9 => (1e12, "T", 3),
        s if s >= 999.5e6 => (1e9, "B", 3),
        s if s >= 999.5e3 => (1e6, "M", 3),
        s if s >= 9_999.5 => (1e3, "k", 1),
        s => return format!("{sign}{}", plain(s, unit)),
    };
    let decimals = decimals(scale, unit);
    match decimals > longest {
        true => format!("{sign}{}", plain(size, unit)),
        false => format!("{sign}{:.decimals$}{letter}", size / scale),
    }
}

/// An amount written out: "8,200", "7.20".
#[must_use]
pub fn plain(size: f64, unit: f64) -> String {
    let whole = super::number::count(size.floor() as u64);
    match size {
        s if s < 0.005 => "0".to_owned(),
        s if unit < 1.0 && s.fract() != 0.0 => {
            let cents = (s.fract() * 100.0).round();
            if cents < 100.0 { format!("{whole}.{cents:02}") } else { super::number::count(s.round() as u64) }
        }
        s => super::number::count(s.round() as u64),
    }
}

/// The value of the last of so many figures.
#[must_use]
pub fn power(size: f64, figures: u32) -> f64 {
    let mut unit = 1.0;
    if size == 0.0 || !size.is_finite() {
        return unit;
    }
    while unit * 10.0 <= size {
        unit *= 10.0;
    }
    while unit > size {
        unit /= 10.0;
    }
    for _ in 1..figures {
        unit /= 10.0;
    }
    unit
}

fn decimals(scale: f64, unit: f64) -> usize {
    let (mut place, mut decimals) = (scale, 0);
    while place > unit * 1.000_1 && decimals < 12 {
        place /= 10.0;
        decimals += 1;
    }
    decimals
}
