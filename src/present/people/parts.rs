//! Parts in figures that add up to the whole that is shown, with no digit that is only noise.

use crate::present::number::count;
use crate::summary::{Mean, Probability};

/// What stands where there is nothing.
pub const NOTHING: &str = "–";

/// The step that hours are shown in: tenths below ten hours, whole hours above, or so coarse that noise does not show.
#[must_use]
pub fn step(together: Mean) -> f64 {
    let mut step = if together.value < 10.0 { 0.1 } else { 1.0 };
    while step < together.se && 10.0 * step <= together.value {
        step *= 10.0;
    }
    step
}

/// Parts as multiples of a step whose sum is the whole, rounded to it: each is rounded down, and what is missing goes to those
/// that lost most (Hamilton's method of apportionment).
#[must_use]
pub fn apportioned(parts: &[f64], whole: f64, step: f64) -> Vec<u64> {
    let steps: Vec<f64> = parts.iter().map(|part| (part / step).max(0.0)).collect();
    let mut shown: Vec<u64> = steps.iter().map(|steps| steps.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| steps[*b].fract().total_cmp(&steps[*a].fract()).then(a.cmp(b)));
    let missing = ((whole / step).round().max(0.0) as u64).saturating_sub(shown.iter().sum());
    order.into_iter().take(missing as usize).for_each(|place| shown[place] += 1);
    shown
}

/// Hours of parts and of the whole: "12", "<1", "0.4".
#[must_use]
pub fn hours(parts: &[f64], together: Mean) -> (Vec<String>, String) {
    let step = step(together);
    let shown = apportioned(parts, together.value, step);
    let all = shown.iter().sum();
    let cells = parts.iter().zip(shown).map(|(part, steps)| written(*part, steps, step)).collect();
    (cells, written(together.value, all, step))
}

pub(super) fn written(exact: f64, steps: u64, step: f64) -> String {
    match steps {
        // What is left of a difference that is 0 but for rounding.
        0 if exact <= 1e-9 => NOTHING.to_owned(),
        0 if step < 1.0 => format!("<{step}"),
        0 => format!("<{}", count(step as u64)),
        _ if step < 1.0 => format!("{:.1}", steps as f64 * step),
        _ => count(steps * step as u64),
    }
}

/// Hours as engineers, to a hundredth of one where the step of the hours allows it.
#[must_use]
pub fn engineers(hours: f64, together: Mean, each: f64) -> String {
    match (step(together) / each, hours / each) {
        (step, n) if step > 0.15 => format!("{n:.0}"),
        (step, n) if step > 0.015 || n >= 9.95 => format!("{n:.1}"),
        (_, n) if n < 0.005 => "<0.01".to_owned(),
        (_, n) => format!("{n:.2}"),
    }
}

/// Shares of all futures that add up to 1, in percent: "37 %", "<1 %".
#[must_use]
pub fn shares(parts: &[Probability]) -> Vec<String> {
    let noise = parts.iter().map(|p| p.se()).fold(0.0, f64::max);
    let step = if noise > 0.01 { 0.1 } else { 0.01 };
    let shown = apportioned(&parts.iter().map(|p| p.value()).collect::<Vec<_>>(), 1.0, step);
    parts.iter().zip(shown).map(|(part, steps)| percent(*part, steps, step)).collect()
}

/// A share of all futures in percent.
#[must_use]
pub fn share(part: Probability) -> String {
    let step = if part.se() > 0.01 { 0.1 } else { 0.01 };
    percent(part, (part.value() / step).round() as u64, step)
}

/// The least bound that a share is surely below, of those that people use; the step where none is.
fn bound(part: Probability, step: u64) -> u64 {
    let (_, high) = part.interval();
    [1, 2, 5].into_iter().find(|bound| *bound < step && 100.0 * high < *bound as f64).unwrap_or(step)
}

fn percent(part: Probability, steps: u64, step: f64) -> String {
    let each = (100.0 * step).round() as u64;
    match steps * each {
        _ if part.count == 0 => NOTHING.to_owned(),
        0 => format!("<{} %", bound(part, each)),
        100 if part.count < part.of => {
            let others = Probability { count: part.of - part.count, of: part.of };
            format!(">{} %", 100 - bound(others, each))
        }
        shown => format!("{shown} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::{apportioned, engineers, hours, share, shares};
    use crate::summary::{Mean, Probability};

    fn mean(value: f64, se: f64) -> Mean {
        Mean { value, se, sd: 0.0 }
    }

    #[test]
    fn parts_add_up_to_the_whole_that_is_shown() {
        // Three thirds of ten: two are rounded down and one up.
        assert_eq!(apportioned(&[10.0 / 3.0; 3], 10.0, 1.0), [4, 3, 3]);
        assert_eq!(apportioned(&[0.4, 0.4, 0.4, 61.6], 62.8, 1.0), [1, 0, 0, 62]);
        assert_eq!(apportioned(&[-1e-12, 5.0], 5.0, 1.0), [0, 5]);
        assert_eq!(apportioned(&[], 0.0, 1.0), Vec::<u64>::new());
    }

    #[test]
    fn hours_have_no_digit_that_is_noise() {
        let parts = [60.2, 3.4, 0.2, 0.0];
        let cases = [
            (0.2, ["60", "4", "<1", "–"], "64"), // what is missing to 64 goes to the part that lost most
            (3.0, ["60", "<10", "<10", "–"], "60"),
            (f64::NAN, ["60", "4", "<1", "–"], "64"), // one future has no noise that could be known
        ];
        for (se, cells, together) in cases {
            assert_eq!(hours(&parts, mean(63.8, se)), (cells.map(str::to_owned).into(), together.to_owned()));
        }
        assert_eq!(hours(&[3.04, 0.02], mean(3.06, 0.01)).0, ["3.1", "<0.1"]);
        assert_eq!(engineers(60.2, mean(63.8, 0.2), 150.0), "0.40");
        assert_eq!(engineers(60.2, mean(63.8, 3.0), 150.0), "0.4");
        assert_eq!(engineers(1_800.0, mean(1_900.0, 0.2), 150.0), "12.0");
    }

    #[test]
    fn shares_add_up_to_all() {
        let p = |count: u64| Probability { count, of: 10_000 };
        assert_eq!(shares(&[p(3_333), p(3_333), p(3_334)]), ["33 %", "33 %", "34 %"]);
        assert_eq!(shares(&[p(9_990), p(10), p(0)]), [">99 %", "<1 %", "–"]);
        assert_eq!(shares(&[p(10_000), p(0), p(0)]), ["100 %", "–", "–"]);
        assert_eq!(share(Probability { count: 13, of: 40 }), "30 %"); // forty futures do not tell percents
        // Where its neighbours are too rough for percents, a small part is told by what it is surely below.
        let p = |count: u64| Probability { count, of: 1_000 };
        assert_eq!(shares(&[p(498), p(501), p(1)]), ["50 %", "50 %", "<1 %"]);
        assert_eq!(shares(&[p(486), p(502), p(12)]), ["50 %", "50 %", "<2 %"]);
        assert_eq!(share(p(999)), ">99 %");
    }
}
