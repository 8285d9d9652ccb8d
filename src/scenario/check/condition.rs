//! What something waits for: `bill > $12,000 / month`, `engineers > 12 for 3 months`, `soc2 is on`, `renewal`, `wall`, `month 18`.

use toml::de::DeValue;

use crate::model::{Condition, DriverId, Reading, RequirementId, Side};
use crate::scenario::estimate::in_own;
use crate::scenario::measure::{Factor, Measure};
use crate::scenario::table::{Field, named, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes, quantity};

use super::Names;

const EXAMPLE: &str = "write it like \"bill > $12,000 / month\", \"engineers > 12 for 3 months\", \"soc2 is on\", \"renewal\", \"wall\" or \"month 18\"";
/// Most conditions in a list.
const MOST: usize = 20;
/// Longest time that a reading has to hold, months.
const LONGEST: u32 = 360;
/// Words that a condition may begin with and that are not computed yet.
const LATER: [&str; 5] = ["know_production", "services", "regions", "codebases", "twice"];

/// What a condition starts or ends.
#[derive(Clone, Copy)]
pub(super) enum Of<'n> {
    /// A project, which looks at the baseline.
    Project,
    /// A layer of cover, which looks at its own option; these are the dedicated ones of that.
    Layer(&'n [(String, bool)]),
}

/// The conditions of a list, at least one.
pub(super) fn read_any(field: &Field<'_>, of: Of<'_>, names: &Names, notes: &mut Notes) -> Vec<Condition> {
    notes.takes(&field.path, || Takes::Conditions);
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "a list of conditions: [\"bill > $12,000 / month\", \"renewal\"]", notes);
        return Vec::new();
    };
    if items.is_empty() || items.len() > MOST {
        let message = format!("`{}` names {} conditions; it names 1 to {MOST}", field.key, items.len());
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure = EXAMPLE.into();
    }
    let mut all = Vec::new();
    for (nth, item) in items.iter().enumerate().take(MOST) {
        let element = field.element(nth, item);
        notes.remember(&element.path, &element.span);
        all.extend(element.text(notes).and_then(|text| one(text.trim(), &element, (of, names), notes)));
    }
    all
}

/// The one condition of a text.
pub(super) fn read_one(field: &Field<'_>, of: Of<'_>, names: &Names, notes: &mut Notes) -> Option<Condition> {
    notes.remember(&field.path, &field.span);
    let text = field.text(notes)?;
    one(text.trim(), field, (of, names), notes)
}

fn one(text: &str, field: &Field<'_>, (of, names): (Of<'_>, &Names), notes: &mut Notes) -> Option<Condition> {
    let is_of_a_layer = matches!(of, Of::Layer(_));
    match text {
        "renewal" | "wall" if is_of_a_layer => {
            not_yet(text, field, notes);
            return None;
        }
        "renewal" => return Some(Condition::Renewal),
        "wall" => return Some(Condition::Wall),
        _ => {}
    }
    if let Some(at) = text.find(['>', '<']) {
        let side = if text[at..].starts_with('>') { Side::Above } else { Side::Below };
        return comparison((text[..at].trim(), side, text[at + 1..].trim()), field, (of, names), notes);
    }
    if let Some(number) = text.strip_prefix("month ") {
        return month(number.trim(), field, notes).map(Condition::Month);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let (Of::Layer(layers), [name, "is", "filled"]) = (of, words.as_slice()) {
        return filled(name, layers, field, notes);
    }
    if let (Of::Project, [name, "is", "on"]) = (of, words.as_slice()) {
        let place = named(name, &names.requirements, "requirement", &field.span, notes)?;
        return Some(Condition::Requirement(RequirementId(place)));
    }
    let is_later = matches!(words.as_slice(), [_, "is", "on" | "filled"] | [_, "twice", "in", _, "months" | "month"]);
    if is_later {
        not_yet(text, field, notes);
        return None;
    }
    let message = format!("\"{text}\" is no condition");
    notes.error(code::CONDITION, &field.span, message).cure = match nearest(text, ["renewal", "wall"].into_iter()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => EXAMPLE.into(),
    };
    None
}

/// `platform-team is filled`: a dedicated layer of the same option.
fn filled(name: &str, layers: &[(String, bool)], field: &Field<'_>, notes: &mut Notes) -> Option<Condition> {
    match layers.iter().position(|(known, _)| known == name) {
        Some(place) if layers[place].1 => return Some(Condition::Filled(place)),
        Some(_) => {
            let message = format!("`{name}` has no seats to be filled");
            notes.error(code::LAYER_WAITS, &field.span, message).cure = "name a layer of kind = \"dedicated\"".into();
        }
        None => {
            let near =
                nearest(name, layers.iter().filter(|(_, has_seats)| *has_seats).map(|(known, _)| known.as_str()));
            let problem = notes.error(code::UNKNOWN_NAME, &field.span, format!("this option has no layer `{name}`"));
            problem.cure = match near {
                Some(near) => format!("did you mean \"{near} is filled\"?"),
                None => "name a dedicated layer of the same option".into(),
            };
        }
    }
    None
}

/// `bill > $12,000 / month`, `engineers > 12 for 3 months`.
fn comparison(
    (word, side, rest): (&str, Side, &str),
    field: &Field<'_>,
    (waits, names): (Of<'_>, &Names),
    notes: &mut Notes,
) -> Option<Condition> {
    let (mark, months) = match rest.split_once(" for ") {
        None => (rest, 1),
        Some((mark, time)) => (mark, running(time, field, notes)?),
    };
    let driver = names.drivers.iter().position(|name| name == word);
    let (of, mark) = match driver {
        None if word == "toil" => (Reading::Toil, number(mark, &keys::EXTRA, field, notes)?),
        None if word == "bill" && matches!(waits, Of::Layer(_)) => {
            not_yet(word, field, notes);
            return None;
        }
        None if word == "bill" => (Reading::Bill, number(mark, &keys::PRICE, field, notes)?),
        None if LATER.contains(&word) => {
            not_yet(word, field, notes);
            return None;
        }
        None => {
            let known = || names.drivers.iter().map(String::as_str).chain(["bill", "toil"]);
            let problem = notes.error(code::UNKNOWN_NAME, &field.span, format!("nothing is called `{word}` here"));
            problem.cure = match nearest(word, known()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "a condition reads `bill`, `toil` or a driver by its name".into(),
            };
            return None;
        }
        Some(place) => {
            notes.names_driver(word);
            (Reading::Driver(DriverId(place)), number(mark, &keys::amount(&names.units[place]), field, notes)?)
        }
    };
    Some(Condition::Reading { of, side, mark, months })
}

/// One number in the unit of what is read.
fn number(text: &str, measure: &Measure<'_>, field: &Field<'_>, notes: &mut Notes) -> Option<f64> {
    let found = quantity::parse(text).map_err(|refusal| refusal.message);
    let is_one = |quantity: &quantity::Quantity| quantity.last.is_none() && !quantity.numbers_a_month;
    let message = match found {
        Ok(quantity) if is_one(&quantity) => match of_unit(&quantity.first.unit, measure, notes) {
            Some(factor) if measure.holds(factor.apply(quantity.first.value)) => {
                return Some(factor.apply(quantity.first.value));
            }
            Some(_) => format!("`{text}` is out of range: wanted {}", measure.what),
            None if measure.unit.starts_with('$') => {
                format!("`{text}` has another unit: wanted {}, in {}", measure.what, notes.currency.word())
            }
            None => format!("`{text}` has another unit: wanted {}", measure.what),
        },
        Ok(_) => format!("`{text}` is not one number"),
        Err(message) => format!("`{text}`: {message}"),
    };
    notes.error(code::CONDITION, &field.span, message).cure =
        format!("write it like {}", measure.example_in(notes.currency));
    None
}

/// The factor of a unit, money in the report's currency.
fn of_unit(unit: &quantity::Unit, measure: &Measure<'_>, notes: &Notes) -> Option<Factor> {
    measure.factor(&in_own(unit, measure, notes)?)
}

/// "3 months".
fn running(text: &str, field: &Field<'_>, notes: &mut Notes) -> Option<u32> {
    let mut words = text.split_whitespace();
    let months = words.next().and_then(|number| number.parse().ok()).filter(|n| (1..=LONGEST).contains(n));
    let is_whole = matches!(words.next(), Some("month" | "months")) && words.next().is_none();
    if let Some(months) = months.filter(|_| is_whole) {
        return Some(months);
    }
    let message = format!("\"for {text}\" is no whole number of months, 1 to {LONGEST}");
    notes.error(code::CONDITION, &field.span, message).cure = "write it like \"for 3 months\"".into();
    None
}

/// The number of a month.
fn month(text: &str, field: &Field<'_>, notes: &mut Notes) -> Option<u32> {
    let number = text.parse().ok().filter(|number| (1..=1_200).contains(number));
    if number.is_none() {
        let message = format!("`{text}` is not the number of one month, 1 to 1,200");
        notes.error(code::CONDITION, &field.span, message).cure =
            "months are counted from `start`, which is month 1: \"month 18\"".into();
    }
    number
}

fn not_yet(what: &str, field: &Field<'_>, notes: &mut Notes) {
    let message = format!("`{what}` is part of the language but is not computed yet");
    notes.error(code::NOT_COMPUTED_YET, &field.span, message).cure = "leave this condition out for now".into();
}
