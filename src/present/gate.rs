//! What came of a requirement, in one sentence and for another program.

use serde_json::{Value, json};

use super::number::count;
use super::side;
use crate::study::gate::{Held, Wanted};
use crate::summary::{Probability, Summary};

/// Most decimals of a percentage.
const MOST_DECIMALS: usize = 4;

/// What was asked, what came out, and whether that is enough.
#[must_use]
pub fn sentence(summary: &Summary, option: usize, held: &Held) -> String {
    let name = side::name(summary, option);
    let claim = match held.requirement.wanted {
        Wanted::PaidBack { months } => {
            let plural = if months == 1 { "" } else { "s" };
            format!("{name} has paid back within {months} month{plural}")
        }
        Wanted::HoleBelow { dollars } => {
            format!("the deepest hole of {name}, as paid, is below {}", summary.currency.full(dollars))
        }
    };
    let asked = percent(held.requirement.odds, 0);
    let end = match (held.is_met(), held.is_open()) {
        (true, _) => "met",
        (false, true) => "not shown to be met, for holes are counted by size, in steps of 0.4 %",
        (false, false) => "not met",
    };
    let noise = match held.is_noise() {
        true => format!(" (within what {} futures can tell apart; more --trials tell more)", count(held.surely.of)),
        false => String::new(),
    };
    let said = format!("{claim} in {}; {asked} were asked: {end}{noise}", share(held));
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same for another program.
#[must_use]
pub fn json(summary: &Summary, option: usize, held: &Held) -> Value {
    let mut value = match held.requirement.wanted {
        Wanted::PaidBack { months } => json!({ "asked": "paid_back_within", "months": months }),
        Wanted::HoleBelow { dollars } => {
            json!({ "asked": "deepest_hole_below", "amount": dollars, "currency": summary.currency.code() })
        }
    };
    let (low, high) = held.surely.interval();
    let rest = json!({
        "option": summary.options[option].name,
        "odds": held.requirement.odds,
        "share": held.surely.value(),
        "se": held.surely.se(),
        "low": low,
        "high": high,
        "at_most": held.at_most.value(),
        "is_met": held.is_met(),
        "sentence": sentence(summary, option, held),
    });
    if let (Value::Object(value), Value::Object(rest)) = (&mut value, rest) {
        value.extend(rest);
    }
    value
}

/// The share of futures with its standard error, "61.3 % ± 0.4 of futures"; both ends where holes leave it open. In tens, as on
/// pages, 5.1 % would be 1 in 10: twice of what is compared with the odds.
fn share(held: &Held) -> String {
    let Probability { count: n, of } = held.surely;
    let odds = held.requirement.odds;
    if held.at_most != held.surely && held.is_open() {
        let (low, high) = (held.surely.value(), held.at_most.value());
        return format!("between {} and {} of futures", told_apart(low, odds), told_apart(high, odds));
    }
    match n {
        0 => format!("none of {} futures", count(of)),
        n if n == of => format!("all of {} futures", count(of)),
        _ => {
            let se = 100.0 * held.surely.se();
            let decimals = if se < 0.05 { 2 } else { 1 };
            format!("{} ± {se:.decimals$} of futures", told_apart(held.surely.value(), odds))
        }
    }
}

/// A share in percent with a decimal, more where it would look like the odds and is not.
fn told_apart(value: f64, odds: f64) -> String {
    let looks_alike =
        |decimals: &usize| (value - odds).abs() > 1e-12 && percent(value, *decimals) == percent(odds, *decimals);
    percent(value, (1..MOST_DECIMALS).find(|decimals| !looks_alike(decimals)).unwrap_or(MOST_DECIMALS))
}

/// A share in percent with at least so many decimals, more where it has more: "70 %", "99.5 %".
fn percent(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", MOST_DECIMALS.max(decimals), 100.0 * value);
    if decimals > 0 {
        return format!("{:.decimals$} %", 100.0 * value);
    }
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::{share, told_apart};
    use crate::study::gate::{Held, Requirement, Wanted};
    use crate::summary::Probability;

    fn held(counts: [u64; 2], odds: f64) -> Held {
        let [surely, at_most] = counts.map(|count| Probability { count, of: 16_384 });
        Held { requirement: Requirement { wanted: Wanted::PaidBack { months: 24 }, odds }, surely, at_most }
    }

    #[test]
    fn a_share_never_looks_like_the_odds_that_it_misses() {
        // 11,468 of 16,384 are 69.995 %.
        assert_eq!(told_apart(11_468.0 / 16_384.0, 0.7), "69.995 %");
        assert_eq!(told_apart(0.7, 0.7), "70.0 %");
        assert_eq!(told_apart(0.613, 0.7), "61.3 %");
    }

    #[test]
    fn a_share_has_its_error_and_one_without_error_its_count() {
        // √(0.613 · 0.387 / 16,384) = 0.38 %.
        assert_eq!(share(&held([10_043, 10_043], 0.7)), "61.3 % ± 0.4 of futures");
        // Once "1 in 10 futures (5.1 % ± 0.2)".
        assert_eq!(share(&held([836, 836], 0.1)), "5.1 % ± 0.2 of futures");
        assert_eq!(share(&held([0, 0], 0.7)), "none of 16,384 futures");
        assert_eq!(share(&held([16_384, 16_384], 0.7)), "all of 16,384 futures");
        assert_eq!(share(&held([14_700, 14_800], 0.9)), "between 89.7 % and 90.3 % of futures");
        // What holes leave open is said only where it decides.
        assert_eq!(share(&held([14_800, 14_810], 0.9)), "90.3 % ± 0.2 of futures");
    }

    #[test]
    fn odds_are_met_when_they_are_reached_and_not_by_what_is_unsure() {
        assert!(held([8_192, 8_192], 0.5).is_met() && !held([8_191, 8_191], 0.5).is_met());
        assert!(held([8_191, 8_191], 0.5).is_noise() && !held([8_191, 8_191], 0.7).is_noise());
        assert!(held([16_384, 16_384], 1.0).is_met() && !held([16_383, 16_383], 1.0).is_met());
        let open = held([14_700, 14_800], 0.9);
        assert!(!open.is_met() && open.is_open() && !held([14_700, 14_800], 0.95).is_open());
    }
}
