//! What the picture of the deciding inputs says, and what it is made of.

use crate::present::number::{in_futures, span};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Probability, Summary};

/// An input, and what the option's mean difference from the cheapest that does not leave is where it is about as low, and about as high, as in
/// one future of ten.
#[derive(Debug, Clone, PartialEq)]
pub struct Hinge {
    /// Its path in the scenario.
    pub path: String,
    /// What it is: "hours a month to run ECS".
    pub label: String,
    /// The value that one future in ten is below, in words: "26".
    pub low: String,
    /// The value that one in ten is above, with what it is counted in where the label does not say: "55".
    pub high: String,
    /// What the values are counted in where the label does not say: "engineer-weeks".
    pub unit: String,
    /// Mean difference to the horizon at about the low value, dollars, option less the other.
    pub delta_low: f64,
    /// And at about the high one.
    pub delta_high: f64,
    /// Standard error of what is between the two, dollars.
    pub error: f64,
    /// Where the choice flips, if it does within the range.
    pub flip: Option<Flip>,
}

/// The value at which the choice flips.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The side on which leaving loses, in words: "leaving loses above 40 h".
    pub text: String,
    /// How likely the input lies there.
    pub beyond: Probability,
}

/// A swing below so many of its standard errors is not drawn.
const ERRORS: f64 = 2.0;

impl Hinge {
    /// How far the input moves the difference, dollars.
    #[must_use]
    pub fn swing(&self) -> f64 {
        (self.delta_high - self.delta_low).abs()
    }

    /// Whether its swing, and with it its direction, is more than noise.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.swing() >= ERRORS * self.error
    }

    /// What it is, and what it is counted in.
    #[must_use]
    pub fn row(&self) -> String {
        if self.unit.is_empty() { capital(&self.label) } else { format!("{}, {}", capital(&self.label), self.unit) }
    }

    /// The values at the ends of a bar, short: "0.42×" and "2.4×", "12 weeks" and "45 weeks".
    #[must_use]
    pub fn ends(&self) -> [String; 2] {
        let short = match self.unit.as_str() {
            "times the plan" => "×",
            "engineer-weeks" => " weeks",
            _ => "",
        };
        let high = self.high.strip_suffix(&self.unit).unwrap_or(&self.high).trim_end();
        [format!("{}{short}", self.low), format!("{high}{short}")]
    }
}

/// The leader and what it is compared with: the cheapest option that does not leave.
fn compared(summary: &Summary, verdict: &Verdict) -> (String, String) {
    let leading = &verdict.rule.leading;
    (side::name(summary, leading.option), side::name(summary, leading.with))
}

/// The finding: the input that moves most and where it flips the choice, or that none does.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict, hinges: &[Hinge]) -> String {
    let (own, base) = compared(summary, verdict);
    let Some(first) = hinges.first() else { return String::new() };
    let flips: Vec<&Hinge> = hinges.iter().filter(|h| h.flip.is_some()).collect();
    match (flips.as_slice(), &first.flip) {
        ([], _) => format!(
            "No single figure turns the choice between {own} and {base}; {} moves it most, by {}",
            first.label,
            summary.currency.money(first.swing(), 0.0)
        ),
        (_, Some(flip)) => format!("It hinges on {}: {}", first.label, flip.text),
        ([flipping, ..], None) => {
            let flip = flipping.flip.as_ref().map_or("", |f| f.text.as_str());
            format!("{} moves the difference most; {} turns the choice: {flip}", capital(&first.label), flipping.label)
        }
    }
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let (own, base) = compared(summary, verdict);
    vec![
        format!(
            "{own} minus {base} after {}, invoices and engineers’ time. {}",
            span(summary.months),
            super::money_of(summary)
        ),
        "Mean difference where a figure is about as low as in 1 future of 10, and where it is about as high".to_owned(),
    ]
}

/// What the bars are beside the page's figures.
#[must_use]
pub const fn bridge(summary: &Summary) -> &'static str {
    match summary.discount_rate {
        Some(_) => "Averages at present value, as on the page.",
        None => "Averages, as on the page.",
    }
}

/// What stands beside a bar.
#[must_use]
pub fn beside(hinge: &Hinge) -> [String; 2] {
    match &hinge.flip {
        Some(flip) => [capital(&flip.text), format!("in {}", in_futures(flip.beyond))],
        None if hinge.delta_low.max(hinge.delta_high) <= 0.0 => ["Cheaper throughout".to_owned(), String::new()],
        None if hinge.delta_low.min(hinge.delta_high) >= 0.0 => ["Dearer throughout".to_owned(), String::new()],
        None => ["Changes sides".to_owned(), String::new()],
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
