//! The arithmetic of one figure as people read it: each number, what it is, how it came about.

use serde_json::{Value, json};

use crate::study::arithmetic::{Arithmetic, Future, number};
use crate::units::{Currency, YearMonth};

/// Widest line, in characters.
const WIDEST: usize = 100;

/// The page, each line ended.
#[must_use]
pub fn text(arithmetic: &Arithmetic, (start, currency): (YearMonth, Currency), future: Future) -> String {
    let Arithmetic { path, option, month, unit, steps } = arithmetic;
    let when = start.plus(i32::try_from(*month).unwrap_or(1) - 1);
    let option = option.as_ref().map_or_else(String::new, |name| format!(", in the option {name}"));
    let result = steps.first().map_or(0.0, |step| step.value);
    let amount = match *unit {
        "$" => format!("{}{}", currency.sign(), number(result)),
        unit => format!("{} {unit}", number(result)).trim_end().to_owned(),
    };
    let mut text = format!("{path}{option}\nmonth {month} ({when}): {amount}\n{}\n\n", lived(future));
    let widest = steps.iter().map(|step| number(step.value).chars().count()).max().unwrap_or(0);
    for step in steps {
        let indent = "  ".repeat(step.depth);
        let said = match (step.what.as_str(), step.how.as_str()) {
            ("", "") => "as above".to_owned(),
            ("", how) => format!("= {how}"),
            (what, "") => what.to_owned(),
            (what, how) => format!("{what} = {how}"),
        };
        let margin = format!("{:widest$}    {indent}", "");
        let mut first = format!("  {:>widest$}  {indent}", number(step.value));
        for (nth, piece) in said.split('\n').enumerate() {
            let piece = if nth == 0 { piece.to_owned() } else { format!("  + {piece}") };
            for line in broken(&piece, WIDEST.saturating_sub(margin.chars().count() + 4).max(30)) {
                text.push_str(format!("{first}{line}").trim_end());
                text.push('\n');
                first = format!("{margin}  ");
            }
        }
    }
    text
}

fn lived(future: Future) -> String {
    match future {
        Future::Median => "at median inputs: every estimate and every draw of luck at its middle".to_owned(),
        Future::Trial(seed, trial) => format!("trial {trial} of seed {}", seed.0),
    }
}

/// A text in lines of at most so many characters, broken between words.
fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one from the start");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// The same for another program.
#[must_use]
pub fn json(arithmetic: &Arithmetic, currency: Currency, future: Future) -> Value {
    let steps: Vec<Value> = (arithmetic.steps.iter())
        .map(|step| json!({ "depth": step.depth, "value": step.value, "what": step.what, "how": step.how }))
        .collect();
    let (seed, trial) = match future {
        Future::Median => (None, None),
        Future::Trial(seed, trial) => (Some(seed.0), Some(trial)),
    };
    json!({
        "path": arithmetic.path,
        "option": arithmetic.option,
        "month": arithmetic.month,
        "unit": if arithmetic.unit == "$" { currency.sign().trim_end() } else { arithmetic.unit },
        "value": arithmetic.steps.first().map(|step| step.value),
        "median_inputs": trial.is_none(),
        "seed": seed,
        "trial": trial,
        "steps": steps,
    })
}
