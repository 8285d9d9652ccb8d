//! What the picture of the deciding inputs says, and what it is made of.

use crate::present::number::odds_cell;
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

/// A turn in fewer futures than these is not spoken of: it is nowhere likely.
pub const LIKELY: f64 = 0.05;

impl Flip {
    /// How often the input lies beyond, in a cell: who reads that eight in ten lie between two values knows that one in ten lies
    /// beyond each, so that less than that is said to be less.
    #[must_use]
    pub fn odds(&self) -> String {
        if self.beyond.value() < 0.1 { "under 1 in 10".to_owned() } else { odds_cell(self.beyond) }
    }

    /// What it says, and where: "leaving loses" and "above 69 hours".
    #[must_use]
    pub fn said(&self) -> (&str, &str) {
        let place = [" above ", " below "].into_iter().filter_map(|side| self.text.rfind(side)).max();
        place.map_or(("it turns where", self.text.as_str()), |at| (&self.text[..at], &self.text[at + 1..]))
    }
}

/// An end of a bar that is no more than such a share of it beyond zero is at zero.
const LEVEL: f64 = 0.05;
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

    /// Whether the choice turns where the input may well lie.
    #[must_use]
    pub const fn turns(&self) -> bool {
        self.flip.is_some()
    }

    /// Whether its bar is on both sides of where the choice turns; a turn may lie beyond what is drawn of the input.
    #[must_use]
    pub fn crosses(&self) -> bool {
        self.turns() && self.delta_low.min(self.delta_high) < 0.0 && self.delta_low.max(self.delta_high) > 0.0
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

/// What the choice is between beside the leader: the cheapest that does not leave, or another way of leaving that comes between
/// the two.
#[must_use]
pub fn rival(verdict: &Verdict) -> usize {
    let leading = &verdict.rule.leading;
    let stays = verdict.leader.cost.value - leading.difference.value;
    let nearer = verdict.others.iter().find(|other| other.option != leading.with && other.cost.value < stays);
    match nearer {
        Some(other) if leading.difference.value < 0.0 => other.option,
        _ => leading.with,
    }
}

/// The leader and its rival.
fn compared(summary: &Summary, verdict: &Verdict) -> (String, String) {
    (side::name(summary, verdict.leader.option), side::name(summary, rival(verdict)))
}

/// The finding: of the inputs that turn the choice the one that moves most, and where; or that none does.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict, hinges: &[Hinge]) -> String {
    let (own, base) = compared(summary, verdict);
    let Some(first) = hinges.first() else { return String::new() };
    let said = |flip: &Flip| format!("{} ({})", flip.text, flip.odds());
    let turns = hinges.iter().find_map(|hinge| Some((hinge, hinge.flip.as_ref()?)));
    let title = match turns {
        Some((hinge, flip)) => format!("It hinges on {}: {}", hinge.label, said(flip)),
        None => format!(
            "No single figure is likely to turn the choice between {own} and {base}; it depends most on {}, by {}",
            first.label,
            summary.currency.money(first.swing(), 0.0)
        ),
    };
    title.replace('\'', "’")
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let (own, base) = compared(summary, verdict);
    vec![
        format!("{own} minus {base} after {}, {}", super::over(summary), super::counted(summary)),
        format!(
            "{}. Mean difference where a figure is about as low as in 1 future of 10, and where about as high",
            super::money_of(summary)
        ),
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
                true => format!("in {} futures", flip.odds()),
                false => format!("{} ({})", capital(claim), flip.odds()),
            };
            [place.to_owned(), odds]
        }
        None if hinge.delta_low.max(hinge.delta_high) <= 0.0 => ["Cheaper all along the bar".to_owned(), String::new()],
        None if hinge.delta_low.min(hinge.delta_high) >= 0.0 => ["Dearer all along the bar".to_owned(), String::new()],
        None => {
            let least = hinge.delta_low.abs().min(hinge.delta_high.abs());
            let is_level = least <= (LEVEL * hinge.swing()).max(ERRORS * hinge.error);
            let said = if is_level { "About the same at one end" } else { "On both sides, without a clear value" };
            [said.to_owned(), String::new()]
        }
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
