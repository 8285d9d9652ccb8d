//! `--require-payback`, `--require-hole-below`: what a run must show, for a pull request to be refused where it does not.

use super::Failure;
use super::result::Outcome;
use crate::model::Scenario;
use crate::present::gate;
use crate::study::gate::{Held, Requirement, Wanted};
use crate::units::Currency;

/// What a run must show.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "A gate, for continuous checks")]
pub(super) struct GateArguments {
    /// Requires that it has paid back for good, engineers' time counted, within so many months of the file's first: "24 months".
    #[arg(long, value_name = "TIME", value_parser = months, requires = "odds")]
    require_payback: Option<u32>,
    /// Requires that the deepest hole, as paid, is below an amount in the report's currency: "$200k".
    #[arg(long, value_name = "AMOUNT", value_parser = amount, requires = "odds")]
    require_hole_below: Option<Amount>,
    /// In which share of futures at least: 70%. One holds for both requirements; of two the first is for the payback.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    odds: Vec<f64>,
    /// The option that is asked; the one that the verdict is about without it.
    #[arg(long, value_name = "NAME")]
    option: Option<String>,
}

/// An amount with its currency, if that was said.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Amount {
    amount: f64,
    currency: Option<Currency>,
}

/// What is asked of the results of one scenario.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// The place of the option; `None`: the leader's.
    pub(super) option: Option<usize>,
    pub(super) requirements: Vec<Requirement>,
}

/// What came of it.
pub(super) struct Answered {
    /// The place of the option.
    pub(super) option: usize,
    pub(super) held: Vec<Held>,
}

impl GateArguments {
    /// Whether anything is required.
    pub(super) const fn is_there(&self) -> bool {
        self.require_payback.is_some() || self.require_hole_below.is_some()
    }

    /// What is wrong with the flags, whatever the scenario is.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let requirements = usize::from(self.require_payback.is_some()) + usize::from(self.require_hole_below.is_some());
        let wrong = |text: &str| Err(Failure::Input(format!("outgrow: {text}\nNothing was computed.\n")));
        if requirements == 0 && !(self.odds.is_empty() && self.option.is_none()) {
            return wrong("--odds and --option go with --require-payback or --require-hole-below");
        }
        if self.odds.len() > requirements.max(1) {
            return wrong(
                "there are more --odds than requirements: one for all, or one for each, that of the payback first",
            );
        }
        Ok(())
    }

    /// What is asked of a scenario's results.
    ///
    /// # Errors
    /// Where it has no such option, too few months, or another currency.
    pub(super) fn of(&self, scenario: &Scenario) -> Result<Asked, Failure> {
        let wrong = |text: String| Failure::Input(format!("outgrow: {text}\nNothing was computed.\n"));
        let option = self.option.as_deref().map(|name| option(scenario, name).map_err(wrong)).transpose()?;
        let [first, last] = [self.odds.first(), self.odds.last()].map(|odds| odds.copied().unwrap_or(1.0));
        let mut requirements = Vec::new();
        if let Some(months) = self.require_payback {
            if months > scenario.months {
                let horizon = scenario.months;
                return Err(wrong(format!("--require-payback: {months} months lie beyond the file's {horizon}")));
            }
            requirements.push(Requirement { wanted: Wanted::PaidBack { months }, odds: first });
        }
        if let Some(Amount { amount, currency }) = self.require_hole_below {
            if let Some(other) = currency.filter(|currency| *currency != scenario.currency) {
                let (own, other) = (scenario.currency.code(), other.code());
                return Err(wrong(format!("--require-hole-below: the report is in {own}, not {other}")));
            }
            requirements.push(Requirement { wanted: Wanted::HoleBelow { dollars: amount }, odds: last });
        }
        Ok(Asked { option, requirements })
    }
}

/// The place of an option that can be asked.
fn option(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let names = scenario.options.iter().map(|option| option.name.as_str());
    match names.clone().position(|own| own == name) {
        Some(place) if place == scenario.baseline.0 => Err(format!(
            "--option {name}: that is the baseline, which others are compared with and which pays nothing back"
        )),
        Some(place) => Ok(place),
        None => {
            let others = names.enumerate().filter(|(place, _)| *place != scenario.baseline.0).map(|(_, name)| name);
            let others: Vec<&str> = others.collect();
            Err(format!("--option {}: the file has {}", name.escape_debug(), others.join(", ")))
        }
    }
}

impl Answered {
    /// Whether all that was asked is met.
    pub(super) fn is_met(&self) -> bool {
        self.held.iter().all(Held::is_met)
    }

    /// A sentence for each requirement, each on a line.
    pub(super) fn text(&self, outcome: &Outcome) -> String {
        self.held.iter().map(|held| format!("{}.\n", gate::sentence(&outcome.summary, self.option, held))).collect()
    }

    /// The same for another program.
    pub(super) fn json(&self, outcome: &Outcome) -> serde_json::Value {
        let each = self.held.iter().map(|held| gate::json(&outcome.summary, self.option, held));
        serde_json::json!({ "is_met": self.is_met(), "requirements": each.collect::<Vec<_>>() })
    }
}

/// Reads "24 months", "2 years" or a number of months.
fn months(text: &str) -> Result<u32, String> {
    let wanted = || "write it like \"24 months\"".to_owned();
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let each = match unit.trim() {
        "" | "month" | "months" => 1,
        "year" | "years" => 12,
        _ => return Err(wanted()),
    };
    let months = number.parse::<u32>().ok().and_then(|number| number.checked_mul(each));
    months.filter(|months| *months > 0).ok_or_else(wanted)
}

/// Reads "70%", "7 in 10" or 0.7.
fn share(text: &str) -> Result<f64, String> {
    let wanted = || "write it like 70%, above 0 and up to 100%".to_owned();
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let text = text.trim();
    let share = match (text.strip_suffix('%'), text.split_once(" in ")) {
        (Some(percent), _) => number(percent).map(|percent| percent / 100.0),
        (None, Some((some, of))) => number(some).zip(number(of)).map(|(some, of)| some / of),
        (None, None) => number(text),
    };
    share.filter(|share| *share > 0.0 && *share <= 1.0).ok_or_else(wanted)
}

/// Reads "$200k", "1.2M", "200,000 EUR", "CHF 90000".
fn amount(text: &str) -> Result<Amount, String> {
    let wanted = || "write an amount above 0 like \"$200k\", with the currency of the report or none".to_owned();
    let (rest, currency) = without_currency(text.trim());
    let (digits, times) = match rest.trim_end().chars().last() {
        Some('k' | 'K') => (&rest.trim_end()[..rest.trim_end().len() - 1], 1e3),
        Some('M') => (&rest.trim_end()[..rest.trim_end().len() - 1], 1e6),
        Some('B') => (&rest.trim_end()[..rest.trim_end().len() - 1], 1e9),
        _ => (rest, 1.0),
    };
    let plain = digits.trim().replace([',', '_'], "");
    let is_number = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let amount = plain.parse::<f64>().ok().filter(|_| is_number).map(|number| number * times);
    let amount = amount.filter(|amount| *amount > 0.0 && amount.is_finite()).ok_or_else(wanted)?;
    Ok(Amount { amount, currency })
}

/// An amount without its sign or code.
fn without_currency(text: &str) -> (&str, Option<Currency>) {
    for code in ["USD", "EUR", "GBP"] {
        let currency = Currency::new(code).expect("three capital letters");
        if let Some(rest) = text.strip_prefix(currency.sign()) {
            return (rest, Some(currency));
        }
    }
    let (before, after) = (text.get(..3).and_then(Currency::new), text.len().checked_sub(3));
    match (before, after.and_then(|at| Some((text.get(..at)?, Currency::new(text.get(at..)?)?)))) {
        (Some(currency), _) => (&text[3..], Some(currency)),
        (None, Some((rest, currency))) => (rest, Some(currency)),
        (None, None) => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, amount, months, share};
    use crate::units::Currency;

    #[test]
    fn what_is_required_is_read_as_people_write_it() {
        for (text, wanted) in [("24 months", 24), ("2 years", 24), ("18", 18), ("1 month", 1)] {
            assert_eq!(months(text), Ok(wanted), "{text}");
        }
        for wrong in ["", "soon", "0 months", "-3", "2.5 years", "24 weeks", "9999999999 years"] {
            assert!(months(wrong).is_err(), "{wrong}");
        }
        for (text, wanted) in [("70%", 0.7), ("99.5 %", 0.995), ("0.7", 0.7), ("7 in 10", 0.7), ("100%", 1.0)] {
            assert_eq!(share(text), Ok(wanted), "{text}");
        }
        for wrong in ["", "70", "0%", "101%", "-1%", "NaN", "nan%", "7 in 0", "inf"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn amounts_keep_their_currency() {
        let of = |code: &str| Currency::new(code);
        let cases = [
            ("$200k", 200_000.0, of("USD")),
            ("200,000", 200_000.0, None),
            ("€1.2M", 1_200_000.0, of("EUR")),
            ("90_000 CHF", 90_000.0, of("CHF")),
            ("CHF 90000", 90_000.0, of("CHF")),
            ("15K", 15_000.0, None),
        ];
        for (text, wanted, currency) in cases {
            assert_eq!(amount(text), Ok(Amount { amount: wanted, currency }), "{text}");
        }
        for wrong in ["", "$", "-5", "$-5", "0", "k", "1e9", "200 dollars", "nan", "€", "£ k", "1.2.3"] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }
}
