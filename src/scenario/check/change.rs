//! `change` of an option: what is different on its platform from a month on, by path.
//!
//! The platform is read a second time with what is changed in its place, so a changed figure takes what its key takes and
//! every rule of a platform holds. What is not changed keeps its path, and with it its draw. A figure that is changed says
//! what it was before; a line or an item of work whose kind is changed is two, one until that month and one from it on.

mod joined;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::math::law::Law;
use crate::model::{Change, Estimate, OptionId, Platform, Scenario};
use crate::scenario::joined::list as list_paths;
use crate::scenario::table::{Changes, Field, Instead, Table, nearest};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes, paths};

use super::{Names, platform};
use joined::Joined;

/// What takes a line, an item of work or a key away.
const NONE: &str = "none";

/// Tables of a platform of which something may be changed, and how many words lead to a thing in it that can come and go.
const PARTS: [(&str, usize); 10] = [
    ("runtime", 2),
    ("data", 2),
    ("tooling", 2),
    ("work", 2),
    ("incidents", 2),
    ("friction", 1),
    ("onboarding", 1),
    ("waiting", 1),
    ("debt", 1),
    ("waste", 1),
];

/// What an option says of a change, before the platforms are known.
pub(super) struct Told<'a> {
    fields: Vec<Field<'a>>,
    span: Range<usize>,
    starts: Estimate,
    effort_weeks: Estimate,
}

/// Reads `change`, `starts` and `effort` of an option.
pub(super) fn told<'a>(table: &mut Table<'a>, notes: &mut Notes) -> Option<Told<'a>> {
    let starts = table.estimate_or("starts", &keys::MONTH_NUMBER, Law::Constant(1.0), notes);
    let effort_weeks = table.estimate_or("effort", &keys::EFFORT, Law::Constant(0.0), notes);
    let Some(field) = table.take("change") else {
        for key in ["starts", "effort"] {
            if let Some(span) = table.span_of(key) {
                let message =
                    format!("`{key}` of an option is of what it changes, and {} has no `change`", table.name());
                notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                    "write it in [migrations.NAME], or write change = { \"runtime.web.today\" = 4 }".into();
            }
        }
        return None;
    };
    let changes = Table::open(&field, notes)?;
    notes.takes(&field.path, || Takes::Changes);
    let (fields, span) = (changes.fields(), field.key_span.clone());
    if fields.is_empty() {
        let message = format!("`change` of {} changes nothing", table.name());
        notes.error(code::MISSING, &span, message).cure = "write change = { \"runtime.web.today\" = 4 }".into();
    }
    for field in &fields {
        remember(&field.path, (&field.key_span, &field.span), field.value, notes);
    }
    Some(Told { fields, span, starts, effort_weeks })
}

/// Keeps what is changed, value by value.
fn remember(path: &str, (key, value): (&Range<usize>, &Range<usize>), what: &DeValue<'_>, notes: &mut Notes) {
    match what {
        DeValue::Table(inside) => {
            for (name, below) in inside {
                let path = format!("{path}.{}", name.get_ref());
                remember(&path, (&name.span(), &below.span()), below.get_ref(), notes);
            }
        }
        _ => notes.changed(path, key, value, matches!(what, DeValue::Array(_))),
    }
}

/// Gives options their platform as they change it. `untouched` are the tables of the platforms.
pub(super) fn settle(
    scenario: &mut Scenario,
    told: Vec<Option<Told<'_>>>,
    untouched: &[Table<'_>],
    names: &Names,
    notes: &mut Notes,
) {
    for (place, told) in told.into_iter().enumerate() {
        let Some(told) = told else { continue };
        let option = &scenario.options[place];
        let home = scenario.options.get(scenario.baseline.0).map(|baseline| baseline.platform);
        let wrong = if scenario.baseline == OptionId(place) {
            Some("the baseline is what is lived on today, and changes nothing".to_owned())
        } else if option.migration.is_some() {
            Some("an option with a migration goes to another platform: that one is written as it is to be".to_owned())
        } else if home.is_some_and(|home| home != option.platform) {
            Some(format!("`{}` is not on the baseline's platform, which is what is changed", option.name))
        } else {
            None
        };
        if let Some(message) = wrong {
            notes.error(code::DOES_NOT_BELONG, &told.span, message).cure =
                "write `change` in an option of its own, on the baseline's platform".into();
            continue;
        }
        let at = option.platform.0;
        let (Some(before), Some(table)) = (scenario.platforms.get(at), untouched.get(at)) else { continue };
        let path = format!("option.{}.change", option.name);
        let changed = read(&told, (before, table), &path, names, notes);
        let Told { starts, effort_weeks, .. } = told;
        scenario.options[place].change = changed.map(|platform| Change { platform, starts, effort_weeks });
    }
}

/// The platform with what is changed in its place.
fn read(
    told: &Told<'_>,
    (before, table): (&Platform, &Table<'_>),
    path: &str,
    names: &Names,
    notes: &mut Notes,
) -> Option<Platform> {
    let mut entries: DeTable<'_> = table.entries().clone();
    let mut changes = Changes::new();
    let mut is_known = true;
    for field in &told.fields {
        is_known &= put(field, &mut entries, table, notes) && !is_said_twice(field, &told.fields, notes);
        let of = paths::singular(&format!("platforms.{}.{}", before.name, field.key));
        let instead = Instead { path: format!("{path}.{}", field.key), of, evidence: field.evidence.clone() };
        changes.insert(field.key_span.start, instead);
    }
    if !is_known || notes.has_errors() {
        return None;
    }
    let starts = Arc::new(told.starts.clone());
    let estimates = before.estimates().into_iter().map(|estimate| (estimate.path.clone(), estimate.clone())).collect();
    notes.unchanged = Some((estimates, Arc::clone(&starts)));
    let after =
        notes.aside(|notes| platform::read(before.name.clone(), table.changed(&entries, changes), names, notes));
    notes.unchanged = None;
    if notes.has_errors() {
        return None;
    }
    let mut joined = Joined { before, starts, notes };
    let platform = joined.platform(after);
    one_law(before, &platform, told, notes);
    notes.aside(|notes| platform::check(&platform, notes));
    Some(platform)
}

/// Whether the thing that a field is of is changed as a whole too, with another word on the field: one of both would be lost.
fn is_said_twice(field: &Field<'_>, fields: &[Field<'_>], notes: &mut Notes) -> bool {
    let says_it = |whole: &&Field<'_>| {
        let rest = field.key.strip_prefix(whole.key).and_then(|rest| rest.strip_prefix('.'));
        let first = rest.and_then(|rest| rest.split('.').next());
        matches!((first, whole.value), (Some(first), DeValue::Table(table)) if table.contains_key(first))
    };
    let Some(whole) = fields.iter().find(says_it) else { return false };
    let message = format!("`{}` is said here, and in what `{}` becomes", field.key, whole.key);
    notes.error(code::DOES_NOT_BELONG, &field.key_span, message).cure = "keep one of both".into();
    true
}

/// Puts what a field says where its key leads; whether there is such a place.
fn put<'a>(field: &Field<'a>, entries: &mut DeTable<'a>, table: &Table<'_>, notes: &mut Notes) -> bool {
    let pieces: Vec<&str> = field.key.split('.').collect();
    let Some((_, depth)) =
        PARTS.iter().find(|(part, _)| *part == pieces[0]).filter(|(_, depth)| pieces.len() >= *depth)
    else {
        if field.value.is_table() && PARTS.iter().any(|(part, _)| *part == field.key) {
            let message = format!("`{}` holds several things, and each change names one", field.key);
            notes.error(code::DOES_NOT_BELONG, &field.key_span, message).cure =
                format!("write the path in quotes: \"{}.NAME.KEY\" = …", field.key);
            return false;
        }
        return unknown(field, table, notes);
    };
    if field.key == "debt.today" || field.key == "debt.preset" {
        let message = format!("`{}` says how it stands today: that is what the change begins with", field.key);
        notes.error(code::DOES_NOT_BELONG, &field.key_span, message).cure =
            "change debt.accrual or debt.paydown; debt goes on from where it is".into();
        return false;
    }
    let (last, way) = pieces.split_last().expect("Invariant: a text has a piece at least");
    let is_taken_away = field.value.as_str() == Some(NONE);
    let mut at = entries;
    for (nth, piece) in way.iter().enumerate() {
        // A bucket that the platform lacks may get its first line, and a thing that is there a table of its own.
        let may_come = if nth == 0 { way.len() == 1 && field.value.is_table() } else { nth >= *depth };
        if may_come && !at.contains_key(*piece) {
            at.insert(key(piece, field), Spanned::new(field.key_span.clone(), DeValue::Table(DeTable::new())));
        }
        match at.get_mut(*piece).map(Spanned::get_mut) {
            Some(DeValue::Table(below)) => at = below,
            _ => return unknown(field, table, notes),
        }
    }
    let is_there = at.contains_key(*last);
    // What a table lacks it may get: its reader knows which keys it takes.
    let may_come = pieces.len() > *depth || *depth == 1 || field.value.is_table();
    if !is_there && (is_taken_away || !may_come) {
        return unknown(field, table, notes);
    }
    at.remove(*last);
    if !is_taken_away {
        at.insert(key(last, field), Spanned::new(field.span.clone(), field.value.clone()));
    }
    true
}

/// A key that stands where the field's does.
fn key<'a>(name: &str, field: &Field<'a>) -> Spanned<DeString<'a>> {
    Spanned::new(field.key_span.clone(), DeString::Owned(name.to_owned()))
}

/// Reports a path that leads nowhere, with the nearest that does.
fn unknown(field: &Field<'_>, table: &Table<'_>, notes: &mut Notes) -> bool {
    let mut all = Vec::new();
    list_paths("", table.entries(), &mut all);
    all.retain(|path| PARTS.iter().any(|(part, _)| path.split('.').next() == Some(part)));
    let platform = table.path.rsplit('.').next().unwrap_or_default();
    let message = format!("platform `{platform}` has no `{}`", field.key);
    let near = nearest(field.key, all.iter().map(String::as_str)).map(str::to_owned);
    // Of a thing that is there, what it says; else what is there.
    let prefix = field.key.rsplit_once('.').map(|(before, _)| format!("{before}."));
    let beside = || -> Vec<&str> {
        let under = |path: &&String| prefix.as_ref().is_some_and(|prefix| path.starts_with(prefix.as_str()));
        all.iter().filter(under).map(String::as_str).take(8).collect()
    };
    let cure = match (near, beside()) {
        (Some(near), _) => format!("did you mean \"{near}\"?"),
        (None, beside) if !beside.is_empty() => format!("there is {}", beside.join(", ")),
        _ => {
            "write the path of a figure, a line, an item of work or a class of incidents: \"runtime.web.today\"".into()
        }
    };
    notes.error(code::UNKNOWN_NAME, &field.key_span, message).cure = cure;
    false
}

/// A path has one law: where a change moves a figure that it does not name, it has to name the whole.
fn one_law(before: &Platform, after: &Platform, told: &Told<'_>, notes: &mut Notes) {
    let was = before.estimates();
    for estimate in after.estimates() {
        let same = was.iter().find(|other| other.path == estimate.path);
        let differs = |same: &&Estimate| (&same.law, &same.draw) != (&estimate.law, &estimate.draw);
        if estimate.before.is_none() && same.is_some_and(differs) {
            let path = paths::as_written(&estimate.path);
            let message = format!("this leaves `{path}` with another figure, and says nothing of it");
            notes.error(code::DOES_NOT_BELONG, &told.span, message).cure =
                "change that figure by its own path, or write the whole line, work or class anew".into();
            return;
        }
    }
}
