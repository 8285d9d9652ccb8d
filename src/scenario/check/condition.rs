//! What something waits for: `bill > $12,000 / month`, `engineers > 12 for 3 months`, `soc2 is on`, `renewal`, `wall`, `month 18`.

use toml::de::DeValue;

use crate::model::{Condition, DriverId, Fact, Platform, Reading, RequirementId, Scenario, Side};
use crate::scenario::estimate::in_own;
use crate::scenario::measure::{Factor, Measure};
use crate::scenario::table::{Field, named, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes, quantity};

use super::{Names, requirement};

const EXAMPLE: &str = "write it like \"bill > $12,000 / month\", \"engineers > 12 for 3 months\", \"soc2 is on\", \"renewal\", \"wall\" or \"month 18\"";
/// Most conditions in a list.
const MOST: usize = 20;
/// Longest time that a reading has to hold, months.
const LONGEST: u32 = 360;
/// Longest time in which a class of incidents may strike twice, months.
const LONGEST_TWICE: u32 = 60;

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
        let found = element.text(notes).and_then(|text| one(text.trim(), &element, (of, names), notes));
        // What was refused keeps its place; the reading fails, and nobody waits for it.
        all.push(found.unwrap_or(Condition::Month(1)));
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
    if let Some((message, cure)) = not_one_comparison(text) {
        notes.error(code::CONDITION, &field.span, message).cure = cure.into();
        return None;
    }
    match text {
        "renewal" => return Some(Condition::Renewal),
        "wall" => return Some(Condition::Wall),
        _ => {}
    }
    if let Some(at) = text.find(['>', '<']) {
        let side = if text[at..].starts_with('>') { Side::Above } else { Side::Below };
        return comparison((text[..at].trim(), side, text[at + 1..].trim()), field, names, notes);
    }
    if let Some(number) = text.strip_prefix("month ") {
        return month(number.trim(), field, notes).map(Condition::Month);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let (Of::Layer(layers), [name, "is", "filled"]) = (of, words.as_slice()) {
        return filled(name, layers, field, notes);
    }
    if let [name, "is", "on"] = words.as_slice() {
        let place = named(name, &names.requirements, "requirement", &field.span, notes)?;
        return Some(Condition::Requirement(RequirementId(place)));
    }
    if let [class, "twice", rest @ ..] = words.as_slice() {
        let months = twice_in(rest, field, notes)?;
        return Some(Condition::Repeated { class: (*class).to_owned(), months });
    }
    let message = match (of, words.as_slice()) {
        (Of::Project, [_, "is", "filled"]) => format!("\"{text}\": projects do not wait for seats"),
        _ => format!("\"{text}\" is no condition"),
    };
    notes.error(code::CONDITION, &field.span, message).cure = match nearest(text, ["renewal", "wall"].into_iter()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => EXAMPLE.into(),
    };
    None
}

/// What is wrong with a text that compares by another sign than > and <, or says several things at once.
fn not_one_comparison(text: &str) -> Option<(String, &'static str)> {
    if text.contains('=') {
        let message = format!("\"{text}\": a reading lies above or below a mark, and is equal to none");
        return Some((message, "write > or <: of what is counted whole, \"engineers > 4\" holds from 5 on"));
    }
    let joins = [" and ", " or ", " && ", " || "].into_iter().find(|joint| text.contains(joint))?;
    let message = format!("\"{text}\": a condition says one thing, without `{}`", joins.trim());
    let any = "write each in quotes of its own: any one of a list is enough";
    let all = "any one of a list is enough, and nothing waits for two at once: name the one that comes later";
    Some((message, if joins.contains('o') || joins.contains('|') { any } else { all }))
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
    names: &Names,
    notes: &mut Notes,
) -> Option<Condition> {
    let (mark, months) = match rest.split_once(" for ") {
        None => (rest, 1),
        Some((mark, time)) => (mark, running(time, field, notes)?),
    };
    let driver = names.drivers.iter().position(|name| name == word);
    let fact = Fact::ALL.into_iter().find(|fact| fact.word() == word);
    let (of, mark) = match driver {
        None if word == "toil" => (Reading::Toil, number(mark, &keys::EXTRA, field, notes)?),
        None if word == "bill" => (Reading::Bill, number(mark, &keys::PRICE, field, notes)?),
        None if fact.is_some_and(|fact| !is_said(fact, field, names, notes)) => return None,
        None if fact.is_some() => (Reading::Fact(fact?), number(mark, &keys::COUNT, field, notes)?),
        None => {
            let words = || Fact::ALL.iter().map(|fact| fact.word()).chain(["bill", "toil"]);
            let known = || names.drivers.iter().map(String::as_str).chain(words());
            let problem = notes.error(code::UNKNOWN_NAME, &field.span, format!("nothing is called `{word}` here"));
            problem.cure = match nearest(word, known()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "a condition reads `bill`, `toil`, a driver by its name, or what [people] says".into(),
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

/// "in 3 months".
fn twice_in(words: &[&str], field: &Field<'_>, notes: &mut Notes) -> Option<u32> {
    let months = match words {
        ["in", number, "month" | "months"] => number.parse().ok().filter(|n| (1..=LONGEST_TWICE).contains(n)),
        _ => None,
    };
    if months.is_none() {
        let message = format!("\"twice {}\" is no whole number of months, 1 to {LONGEST_TWICE}", words.join(" "));
        notes.error(code::CONDITION, &field.span, message).cure =
            "write it like \"failed-deploy twice in 3 months\"".into();
    }
    months
}

/// Whether `[people]` says what a condition reads of the team.
fn is_said(fact: Fact, field: &Field<'_>, names: &Names, notes: &mut Notes) -> bool {
    let is_said = names.facts.contains(&fact);
    if !is_said {
        let message = format!("nothing says what `{}` is", fact.word());
        notes.error(code::MISSING, &field.span, message).cure = match fact {
            Fact::EngineersPerCodebase => "write engineers = \"…\" and codebases = 2 in [people]".into(),
            _ => format!("write {} = 2, or the driver that counts it, in [people]", fact.word()),
        };
    }
    is_said
}

/// Why a condition can never hold where some platforms are lived on, and what to do.
pub(super) fn never_comes(
    scenario: &Scenario,
    condition: &Condition,
    platforms: &[&Platform],
) -> Option<(String, String)> {
    let here = || platforms.iter().map(|platform| platform.name.as_str()).collect::<Vec<_>>().join(" or ");
    match condition {
        Condition::Wall => {
            let has_wall = platforms.iter().flat_map(|platform| &platform.lines).any(crate::model::Line::has_wall);
            let message = format!("no line of {} has a wall", here());
            (!has_wall).then(|| (message, "write above = \"wall\" on a ladder of it".into()))
        }
        Condition::Renewal => {
            let home = scenario.platforms.get(scenario.options.get(scenario.baseline.0)?.platform.0)?;
            let mut vendors = home.lines.iter().filter_map(|line| scenario.vendors.get(line.vendor?.0));
            let is_signed = vendors.any(|vendor| vendor.contract.is_some());
            let message = format!("no vendor of {} has a contract that could be renewed", home.name);
            (!is_signed).then(|| (message, "write contract = { until = \"month 14\" } on [vendors.NAME]".into()))
        }
        Condition::Requirement(id) if !requirement::comes(scenario, *id) => {
            let name = &scenario.requirements.get(id.0)?.name;
            let cure = format!("write begins in [requirements.{name}], or switches_on = \"{name}\" in an event");
            Some((format!("nothing ever asks for `{name}`"), cure))
        }
        Condition::Repeated { class, .. } => {
            let classes = || platforms.iter().flat_map(|platform| &platform.incidents).map(|class| class.name.as_str());
            let message = format!("{} has no incidents `{class}`", here());
            let cure = match nearest(class, classes()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "name a class of its incidents".into(),
            };
            (!classes().any(|known| known == class)).then_some((message, cure))
        }
        Condition::Reading { of: Reading::Fact(fact), side, mark, .. } if *fact != Fact::EngineersPerCodebase => {
            let number = fact.said(&scenario.people)?.number()?.constant()?;
            let message = format!("`{}` is {} and stays so", fact.word(), estimate::number(number));
            let cure =
                format!("write a range, or a driver that counts it, or leave this out: it never lies beyond {mark}");
            (!side.holds(number, *mark)).then_some((message, cure))
        }
        _ => None,
    }
}
