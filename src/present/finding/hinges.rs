//! What the picture of the deciding inputs says, and what it is made of.

use crate::present::number::{in_futures, odds_cell};
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

/// A turn in fewer futures than these is not likely: it lies outside what is shown as the range of 8 in 10.
const LIKELY: f64 = 0.1;

impl Flip {
    /// Whether it may well turn the choice.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.beyond.value() >= LIKELY
    }

    /// What it says, and where: "leaving loses" and "above 69 hours".
    #[must_use]
    pub fn said(&self) -> (&str, &str) {
        let place = [" above ", " below "].into_iter().filter_map(|side| self.text.rfind(side)).max();
        place.map_or(("it turns where", self.text.as_str()), |at| (&self.text[..at], &self.text[at + 1..]))
    }
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

    /// Whether the choice turns within what is drawn of the input, as its bar has it: in no fewer futures than are beyond the
    /// bar's end, and the bar is on both sides of zero.
    #[must_use]
    pub fn turns(&self) -> bool {
        let is_on_both = self.delta_low.min(self.delta_high) < 0.0 && self.delta_low.max(self.delta_high) > 0.0;
        is_on_both && self.flip.as_ref().is_some_and(Flip::is_likely)
    }

    /// What it is, and what it is counted in.
    #[must_use]
    pub fn row(&self) -> String {
        let name = capital(&self.label).replace('\'', "’");
        if self.unit.is_empty() { name } else { format!("{name}, {}", self.unit) }
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
    let likely = |hinge: &Hinge| hinge.flip.clone().filter(|_| hinge.turns());
    let flips: Vec<&Hinge> = hinges.iter().filter(|h| likely(h).is_some()).collect();
    let may = if hinges.iter().any(|h| h.flip.is_some()) { "is likely to turn" } else { "turns" };
    let title = match (flips.as_slice(), &likely(first)) {
        ([], _) => format!(
            "No single figure {may} the choice between {own} and {base}; {} moves it most, by {}",
            first.label,
            summary.currency.money(first.swing(), 0.0)
        ),
        (_, Some(flip)) => format!("It hinges on {}: {}", first.label, flip.text),
        ([flipping, ..], None) => {
            let flip = flipping.flip.as_ref().map_or("", |f| f.text.as_str());
            format!("{} moves the difference most; {} turns the choice: {flip}", capital(&first.label), flipping.label)
        }
    };
    title.replace('\'', "’")
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let (own, base) = compared(summary, verdict);
    vec![
        format!(
            "{own} minus {base} after {}, {}. {}",
            super::over(summary),
            super::counted(summary),
            super::money_of(summary)
        ),
        "Mean difference where a figure is about as low as in 1 future of 10, and where it is about as high".to_owned(),
    ]
}

/// What the bars are beside the page's figures.
#[must_use]
pub fn bridge(summary: &Summary) -> &'static str {
    match summary.rate() {
        Some(_) => "Averages at present value, as on the page.",
        None => "Averages, as on the page.",
    }
}

/// What stands over the words beside the bars: what all of them claim, or what they are.
#[must_use]
pub fn heading(hinges: &[Hinge]) -> String {
    let mut claims = hinges.iter().filter_map(|hinge| hinge.flip.as_ref()).map(|flip| flip.said().0);
    match claims.next() {
        Some(first) if claims.all(|claim| claim == first) => capital(first),
        Some(_) => "The choice turns".to_owned(),
        None => String::new(),
    }
}

/// What stands beside a bar: where the choice flips, and how often that is; with whose win where the heading does not say it.
#[must_use]
pub fn beside(hinge: &Hinge, heading: &str) -> [String; 2] {
    match &hinge.flip {
        Some(flip) => {
            let (claim, place) = flip.said();
            let odds = match capital(claim) == heading {
                true => format!("in {}", in_futures(flip.beyond)),
                false => format!("{} ({})", capital(claim), odds_cell(flip.beyond)),
            };
            [place.to_owned(), odds]
        }
        None if hinge.delta_low.max(hinge.delta_high) <= 0.0 => ["Cheaper all along the bar".to_owned(), String::new()],
        None if hinge.delta_low.min(hinge.delta_high) >= 0.0 => ["Dearer all along the bar".to_owned(), String::new()],
        None => ["Changes sides".to_owned(), String::new()],
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
