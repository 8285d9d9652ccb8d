//! The paths at which two documents differ, and what stands there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::joined::{EXTENDS, PART, WITHOUT};

/// What a leaf is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What figures are made from.
    Input,
    /// Titles and evidence.
    Words,
    /// Number of futures and seed.
    Run,
    /// A file of rows beside both, with other rows.
    Rows,
}

/// A path at which the documents differ.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Its keys, or the name of a file of rows.
    pub(super) way: Vec<String>,
    pub(super) kind: Kind,
    /// Whether it is one figure, in whatever form.
    pub(super) is_figure: bool,
}

/// Keys that say what people call things, and what figures rest on.
const WORDS: [&str; 4] = ["basis", "source", "title", "question"];
/// A document without what says how its files are joined, which is done.
pub(super) fn without_joints(mut document: DeTable<'_>) -> DeTable<'_> {
    document.remove(EXTENDS);
    document.remove(WITHOUT);
    for (_, tables) in &mut document {
        let DeValue::Table(tables) = tables.get_mut() else { continue };
        for (_, table) in tables.iter_mut() {
            if let DeValue::Table(table) = table.get_mut() {
                table.remove(PART);
            }
        }
    }
    document
}

/// Where two documents, and the files of rows beside both, differ. Below a path of `figures` nothing is told apart.
pub(super) fn differing(
    [a, b]: &[DeTable<'_>; 2],
    [rows, others]: &[BTreeMap<String, String>; 2],
    figures: &BTreeSet<String>,
) -> Vec<Leaf> {
    let mut found = Vec::new();
    below(a, b, &mut Vec::new(), figures, &mut found);
    let changed = rows.iter().filter(|(name, text)| others.get(*name).is_some_and(|other| other != *text));
    found.extend(changed.map(|(name, _)| Leaf { way: vec![name.clone()], kind: Kind::Rows, is_figure: false }));
    found
}

fn below(a: &DeTable<'_>, b: &DeTable<'_>, at: &mut Vec<String>, figures: &BTreeSet<String>, found: &mut Vec<Leaf>) {
    let keys: BTreeSet<&str> = a.iter().chain(b.iter()).map(|(key, _)| key.get_ref().as_ref()).collect();
    for key in keys {
        at.push(key.to_owned());
        let is_figure = figures.contains(&at.join("."));
        let values = [a, b].map(|table| table.get(key).map(Spanned::get_ref));
        match values {
            [Some(DeValue::Table(one)), Some(DeValue::Table(other))] if !is_figure => {
                below(one, other, at, figures, found);
            }
            [Some(one), Some(other)] if same(one, other) => {}
            [Some(DeValue::Table(one)), Some(DeValue::Table(other))] if same_tables(one, other, true) => {
                found.extend(words_that_differ(one, other, at));
            }
            [Some(_), Some(_)] => found.push(Leaf { way: at.clone(), kind: kind(at, is_figure), is_figure }),
            [Some(only), None] | [None, Some(only)] => alone(only, at, is_figure, found),
            [None, None] => {}
        }
        at.pop();
    }
}

/// Titles and evidence of a figure that is the same otherwise.
fn words_that_differ(one: &DeTable<'_>, other: &DeTable<'_>, at: &[String]) -> Vec<Leaf> {
    let differ = |word: &&&str| match (one.get(**word), other.get(**word)) {
        (Some(a), Some(b)) => !same(a.get_ref(), b.get_ref()),
        (None, None) => false,
        _ => true,
    };
    let ways = WORDS.iter().filter(differ).map(|word| [at, &[(*word).to_owned()]].concat());
    ways.map(|way| Leaf { way, kind: Kind::Words, is_figure: false }).collect()
}

/// What one document has and the other lacks: one difference; tables by name that stand in one table are several.
fn alone(only: &DeValue<'_>, at: &[String], is_figure: bool, found: &mut Vec<Leaf>) {
    let is_group = |table: &DeTable<'_>| at == ["run"] || table.iter().all(|(_, value)| value.get_ref().is_table());
    match only {
        DeValue::Table(table) if at.len() == 1 && !is_figure && is_group(table) => {
            let below = table.iter().map(|(key, value)| ([at, &[key.get_ref().to_string()]].concat(), value.get_ref()));
            found.extend(below.map(|(way, value)| Leaf { kind: kind(&way, value.is_table()), way, is_figure: false }));
        }
        _ => found.push(Leaf { way: at.to_vec(), kind: kind(at, is_figure || only.is_table()), is_figure }),
    }
}

/// What a path is of.
pub(super) fn kind(at: &[String], is_figure: bool) -> Kind {
    let at: Vec<&str> = at.iter().map(String::as_str).collect();
    match at.as_slice() {
        ["name"] => Kind::Words,
        ["run", "trials" | "seed"] => Kind::Run,
        [.., last] if !is_figure && WORDS.contains(last) => Kind::Words,
        _ => Kind::Input,
    }
}

/// Whether two values mean the same, however they are written.
fn same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Array(one), DeValue::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| same(a.get_ref(), b.get_ref()))
        }
        (DeValue::Table(one), DeValue::Table(other)) => same_tables(one, other, false),
        (DeValue::Float(one), DeValue::Float(other)) if one.as_str() == other.as_str() => true,
        (DeValue::Integer(one), DeValue::Integer(other)) if one.as_str() == other.as_str() => {
            one.radix() == other.radix()
        }
        _ => number(one).is_some_and(|a| number(other).is_some_and(|b| a == b)),
    }
}

fn same_tables(one: &DeTable<'_>, other: &DeTable<'_>, but_words: bool) -> bool {
    let counts = |key: &str| !but_words || !WORDS.contains(&key);
    let keys: BTreeSet<&str> = one.iter().chain(other.iter()).map(|(key, _)| key.get_ref().as_ref()).collect();
    keys.into_iter().filter(|key| counts(key)).all(|key| match (one.get(key), other.get(key)) {
        (Some(a), Some(b)) => same(a.get_ref(), b.get_ref()),
        _ => false,
    })
}

/// A number, whole or not; `None` for one that is too long for either.
fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => {
            i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok().map(|n| n as f64)
        }
        DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

/// The key and the value at a path.
pub(super) fn find<'d, 't>(
    document: &'d DeTable<'t>,
    way: &[String],
) -> Option<(&'d Spanned<Cow<'t, str>>, &'d Spanned<DeValue<'t>>)> {
    let (last, above) = way.split_last()?;
    let mut table = document;
    for key in above {
        table = table.get(key.as_str())?.get_ref().as_table()?;
    }
    table.get_key_value(last.as_str())
}

/// Lets a document say at a path what another says there, which may be nothing.
pub(super) fn put<'t>(document: &mut DeTable<'t>, other: &DeTable<'t>, way: &[String]) {
    let Some((first, rest)) = way.split_first() else { return };
    let theirs = other.get_key_value(first.as_str());
    if rest.is_empty() {
        document.remove(first.as_str());
        document.extend(theirs.map(|(key, value)| (key.clone(), value.clone())));
        return;
    }
    let below = theirs.and_then(|(_, value)| value.get_ref().as_table());
    if let (false, Some((key, value))) = (document.contains_key(first.as_str()), theirs) {
        document.insert(key.clone(), Spanned::new(value.span(), DeValue::Table(DeTable::new())));
    }
    let Some(DeValue::Table(table)) = document.get_mut(first.as_str()).map(Spanned::get_mut) else { return };
    put(table, below.unwrap_or(&DeTable::new()), rest);
    // A group that the other does not have goes with its last table.
    if table.is_empty() && below.is_none() {
        document.remove(first.as_str());
    }
}

/// How many keys stand below a table.
pub(super) fn keys_of(table: &DeTable<'_>) -> usize {
    let of = |value: &DeValue<'_>| value.as_table().map_or(1, keys_of);
    table.iter().map(|(_, value)| of(value.get_ref())).sum()
}

/// A value as it is written, on one line; a table as if it stood in braces, without what it rests on.
pub(super) fn written(text: &str, value: &DeValue<'_>, span: &Range<usize>) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match value {
        DeValue::Table(table) => {
            let entry = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
                format!("{} = {}", key.get_ref(), written(text, value.get_ref(), &value.span()))
            };
            let mut entries: Vec<_> = table.iter().collect();
            entries.retain(|(key, _)| !WORDS.contains(&key.get_ref().as_ref()));
            entries.sort_by_key(|(key, _)| key.span().start);
            format!("{{ {} }}", entries.into_iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => one_line(text.get(span.clone()).unwrap_or("")),
    }
}

/// Where all keys and values at and below a path stand.
pub(super) fn spans(document: &DeTable<'_>, way: &[String]) -> Vec<Range<usize>> {
    fn gather(value: &Spanned<DeValue<'_>>, spans: &mut Vec<Range<usize>>) {
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in table {
                    spans.push(key.span());
                    gather(value, spans);
                }
            }
            _ => spans.push(value.span()),
        }
    }
    let mut spans = Vec::new();
    if let Some((key, value)) = find(document, way) {
        spans.push(key.span());
        gather(value, &mut spans);
    }
    spans
}
