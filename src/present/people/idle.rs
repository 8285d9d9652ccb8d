//! Seats that are paid whole and take only a part of their time.

use super::money::Money;
use crate::summary::{HoursBy, Mean, Summary, Who};

/// From which part of the time on a seat counts as busy.
const BUSY: f64 = 0.9;

/// Seats of a layer, a month of the last year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Idle {
    /// The option.
    pub option: usize,
    /// How many seats.
    pub seats: f64,
    /// Hours that they work.
    pub hours: Mean,
    /// Hours that they are paid.
    pub paid: f64,
}

/// All such seats of some options.
#[must_use]
pub fn idle(summary: &Summary, options: &[usize]) -> Vec<Idle> {
    let Some(last) = summary.years.last() else { return Vec::new() };
    let year = summary.years.len() - 1;
    let of = |option: usize, by: &HoursBy| {
        let Who::Layer(layer) = by.who else { return None };
        let seats = summary.options[option].done_by.get(layer)?.seats.as_ref()?;
        let months = &seats[last.first as usize - 1..last.last as usize];
        let seats = months.iter().map(|mean| mean.value).sum::<f64>() / f64::from(last.months());
        let (paid, hours) = (seats * summary.hours_per_month, by.by_year[year]);
        let is_paid = Money::of(summary, option, year).of_whom(by.who).value > 0.0;
        (is_paid && paid > 0.0 && hours.value < BUSY * paid).then_some(Idle { option, seats, hours, paid })
    };
    let all = options.iter().flat_map(|option| summary.options[*option].people.by.iter().map(move |by| (*option, by)));
    all.filter_map(|(option, by)| of(option, by)).collect()
}
