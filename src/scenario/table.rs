//! A cursor over one table: keys are taken by name, and what is left over at the end is an error.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::evidence::Evidence;
use super::walk::Takes;
use super::{code, notes::Notes, paths};
use super::{quantity, renamed};

/// A table while it is read.
#[derive(Clone)]
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    /// Its header, or the whole of an inline table.
    pub(super) span: Range<usize>,
    /// Dotted path with singular words: `platform.ecs.runtime.web`; empty for the file itself.
    pub(super) path: String,
    /// What its figures rest on, unless they say.
    pub(super) evidence: Evidence,
    /// Keys that were asked for.
    known: Vec<&'a str>,
    /// The path that stands where this table is, where an option changes it.
    instead_of: Option<String>,
    /// What an option changes, by where its key stands in the file; nothing in a table that no option changes.
    changes: Option<Rc<Changes>>,
}

/// What an option changes of a platform, by where the key stands that says so.
pub(super) type Changes = BTreeMap<usize, Instead>;

/// A key that stands for another: what it says has a path and evidence of its own.
pub(super) struct Instead {
    /// Its own path.
    pub(super) path: String,
    /// The path that it stands for.
    pub(super) of: String,
    pub(super) evidence: Evidence,
}

/// A key and its value.
pub(super) struct Field<'a> {
    pub(super) key: &'a str,
    pub(super) key_span: Range<usize>,
    pub(super) value: &'a DeValue<'a>,
    pub(super) span: Range<usize>,
    pub(super) path: String,
    pub(super) evidence: Evidence,
    /// The path of what an option changes with it.
    pub(super) instead_of: Option<String>,
    pub(super) changes: Option<Rc<Changes>>,
}

/// Tables of one kind in one place: far more than anybody writes, and few enough for checks that look at pairs.
const MOST_TABLES: usize = 1_000;

/// Keys of this kind of table that say nothing in the one at hand.
pub(super) struct Elsewhere {
    pub(super) keys: &'static [&'static str],
    /// Completes "`peak` belongs to …".
    pub(super) owner: fn(&str) -> &'static str,
}

impl<'a> Table<'a> {
    pub(super) fn root(document: &'a Spanned<DeTable<'a>>, notes: &mut Notes) -> Self {
        let table = Self {
            entries: document.get_ref(),
            span: 0..0,
            path: String::new(),
            evidence: Evidence::default(),
            known: Vec::new(),
            instead_of: None,
            changes: None,
        };
        table.with_evidence(notes)
    }

    /// The table of a name as an option changes it: `entries` are its own with what is changed in its place.
    pub(super) fn changed<'b>(&self, entries: &'b DeTable<'b>, changes: Changes) -> Table<'b> {
        Table {
            entries,
            span: self.span.clone(),
            path: self.path.clone(),
            evidence: self.evidence.clone(),
            known: Vec::new(),
            instead_of: None,
            changes: Some(Rc::new(changes)),
        }
    }

    /// What stands in it.
    pub(super) const fn entries(&self) -> &'a DeTable<'a> {
        self.entries
    }

    /// The table that a field holds.
    pub(super) fn open(field: &Field<'a>, notes: &mut Notes) -> Option<Self> {
        let DeValue::Table(entries) = field.value else {
            let is_doubled = notes.text(&field.span).starts_with("[[");
            wrong_type(field, if is_doubled { "a table: its header has single brackets" } else { "a table" }, notes);
            return None;
        };
        notes.remember(&field.path, &field.key_span);
        notes.takes(&field.path, || Takes::Table);
        let table = Self {
            entries,
            span: field.key_span.clone(),
            path: field.path.clone(),
            evidence: field.evidence.clone(),
            known: Vec::new(),
            instead_of: field.instead_of.clone(),
            changes: field.changes.clone(),
        };
        Some(table.with_evidence(notes))
    }

    fn with_evidence(mut self, notes: &mut Notes) -> Self {
        self.evidence = Evidence::below(&mut self, notes);
        self
    }

    /// The field of a key, if the table has it.
    pub(super) fn take(&mut self, key: &'a str) -> Option<Field<'a>> {
        self.known.push(key);
        let entry = self.entries.get_key_value(key).or_else(|| {
            let old = renamed::predecessor(&self.path, key)?;
            self.entries.get_key_value(old)
        });
        entry.map(|(name, value)| self.field(name, value))
    }

    /// The field of a key; its absence is an error.
    pub(super) fn need(&mut self, key: &'static str, example: &str, notes: &mut Notes) -> Option<Field<'a>> {
        let field = self.take(key);
        notes.asked(|| self.path_of(key), |asked| asked.needed = true);
        if field.is_none() && !self.is_excused() {
            let problem = notes.error(code::MISSING, &self.span, format!("{} has no `{key}`", self.name()));
            problem.cure = format!("write {key} = {example}");
        }
        field
    }

    /// What stands at a key, without asking for it.
    pub(super) fn value(&self, key: &str) -> Option<&DeValue<'a>> {
        self.entries.get(key).map(Spanned::get_ref)
    }

    /// Where a key stands.
    pub(super) fn span_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.get_key_value(key).map(|(key, _)| key.span())
    }

    /// Whether the table has a key, perhaps under the name it had once.
    pub(super) fn has(&self, key: &str) -> bool {
        let was = || renamed::predecessor(&self.path, key).is_some_and(|old| self.entries.contains_key(old));
        self.entries.contains_key(key) || was()
    }

    /// Whether another key says what seems to be missing.
    pub(super) fn is_excused(&self) -> bool {
        self.entries.keys().any(|key| stands_in(key.get_ref()))
    }

    /// Keys not asked for by name, in order; for tables whose keys are names or quantiles.
    pub(super) fn fields(&self) -> Vec<Field<'a>> {
        let of_the_table = |key: &str| key == "basis" || key == "source";
        self.entries.iter().filter(|(key, _)| !of_the_table(key.get_ref())).map(|(k, v)| self.field(k, v)).collect()
    }

    /// Tables by name below a key, sorted by name. `singular` takes the key's place in paths.
    pub(super) fn named(&mut self, key: &'static str, singular: &str, notes: &mut Notes) -> Vec<(String, Self)> {
        let Some(field) = self.take(key) else {
            return Vec::new();
        };
        let Some(mut group) = Self::open(&field, notes) else {
            return Vec::new();
        };
        group.path = if self.path.is_empty() { singular.to_owned() } else { format!("{}.{singular}", self.path) };
        let span = group.span.clone();
        notes.remember(&group.path, &span);
        notes.takes(&group.path, || Takes::Named(key));
        let fields = group.fields();
        group.keep_walk(notes);
        if fields.len() > MOST_TABLES {
            let message = format!("`{key}` has {} tables; it takes {MOST_TABLES} at most", fields.len());
            notes.error(code::OUT_OF_RANGE, &span, message).cure = "sum up what need not be told apart".into();
            return Vec::new();
        }
        let tables = fields.iter().filter_map(|field| {
            check_name(field, notes);
            let mut table = Self::open(field, notes)?;
            if self.path.is_empty() {
                // It was joined before anything was read.
                table.text("part", notes);
            }
            Some((field.key.to_owned(), table))
        });
        tables.collect()
    }

    fn field(&self, key: &'a Spanned<toml::de::DeString<'a>>, value: &'a Spanned<DeValue<'a>>) -> Field<'a> {
        let instead = self.changes.as_ref().and_then(|changes| changes.get(&key.span().start));
        let below = || self.instead_of.as_ref().map(|of| format!("{of}.{}", key.get_ref()));
        let (path, evidence, instead_of) = match instead {
            Some(instead) => (instead.path.clone(), instead.evidence.clone(), Some(instead.of.clone())),
            None => (self.path_of(key.get_ref()), self.evidence.clone(), below()),
        };
        Field {
            key: key.get_ref(),
            key_span: key.span(),
            value: value.get_ref(),
            span: value.span(),
            path,
            evidence,
            instead_of,
            changes: self.changes.clone(),
        }
    }

    /// The dotted path of a key.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Keeps which keys were asked for, and where those stand that the file has.
    fn keep_walk(&self, notes: &mut Notes) {
        for key in &self.known {
            let found = self.entries.get_key_value(*key);
            notes.asked(
                || self.path_of(key),
                |asked| {
                    asked.key = found.map(|(key, _)| key.span());
                    asked.value = found.map(|(_, value)| value.span());
                    asked.is_list = found.is_some_and(|(_, value)| value.get_ref().is_array());
                },
            );
        }
    }

    /// The table in words, as the file has it: "`platforms.ecs.runtime.web`" or "the file".
    pub(super) fn name(&self) -> String {
        if self.path.is_empty() { "the file".to_owned() } else { format!("`{}`", paths::table_as_written(&self.path)) }
    }

    /// Reports every key that was not taken.
    pub(super) fn finish(self, notes: &mut Notes) {
        self.finish_among(&Elsewhere { keys: &[], owner: |_| "" }, notes);
    }

    /// As [`Table::finish`], with keys that belong to tables of the same kind but say nothing here.
    pub(super) fn finish_among(self, elsewhere: &Elsewhere, notes: &mut Notes) {
        self.keep_walk(notes);
        for (key, value) in self.entries {
            let (name, span) = (key.get_ref().as_ref(), key.span());
            if self.known.contains(&name) {
                continue;
            }
            if let Some(row) = renamed::successor(&self.path, name) {
                row.report(&span, self.entries.contains_key(row.new), notes);
            } else if elsewhere.keys.contains(&name) {
                let owner = (elsewhere.owner)(name);
                let problem = notes.error(code::DOES_NOT_BELONG, &span, format!("`{name}` belongs to {owner}"));
                problem.cure = format!("{} is not one: leave it out", self.name());
            } else {
                self.report_unknown(name, &span, value, elsewhere.keys, notes);
            }
        }
    }

    fn report_unknown(
        &self,
        name: &str,
        span: &Range<usize>,
        value: &Spanned<DeValue<'_>>,
        elsewhere: &[&str],
        notes: &mut Notes,
    ) {
        let mut known: Vec<&str> = self.known.clone();
        known.sort_unstable();
        known.dedup();
        let what = if value.get_ref().is_table() { "table" } else { "key" };
        let problem = notes.error(code::UNKNOWN_KEY, span, format!("{} has no {what} `{name}`", self.name()));
        let near = nearest(name, known.iter().chain(elsewhere).copied());
        // "january" for "jan"
        let begins = |known: &&str| known.len() >= 3 && name.starts_with(known);
        problem.cure = match near.or_else(|| known.iter().copied().find(begins)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it knows {}", known.join(", ")),
        };
    }

    pub(super) fn text(&mut self, key: &'static str, notes: &mut Notes) -> Option<String> {
        self.spanned_text(key, notes).map(|(text, _)| text)
    }

    pub(super) fn spanned_text(&mut self, key: &'static str, notes: &mut Notes) -> Option<(String, Range<usize>)> {
        let field = self.take(key)?;
        field.text(notes).map(|text| (text, field.span.clone()))
    }

    pub(super) fn flag(&mut self, key: &'static str, notes: &mut Notes) -> bool {
        match self.take(key) {
            None => false,
            Some(field) => {
                notes.takes(&field.path, || Takes::Flag);
                field.value.as_bool().unwrap_or_else(|| {
                    wrong_type(&field, "true or false", notes);
                    false
                })
            }
        }
    }

    /// A whole number within a range; its absence is `None`, and so is a refused one.
    pub(super) fn whole(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u64>,
        notes: &mut Notes,
    ) -> Option<u64> {
        let field = self.take(key)?;
        notes.takes(&field.path, || Takes::Whole(*range.start(), *range.end()));
        let value = match field.value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(_) => None,
            _ => {
                wrong_type(&field, &format!("a whole number without quotes: {}", plainly(&field)), notes);
                return None;
            }
        };
        let value = value.filter(|value| range.contains(value));
        if value.is_none() {
            let (least, most) = (range.start(), range.end());
            let message = format!("`{key}` is {}; it is a whole number, {least} to {most}", notes.text(&field.span));
            notes.error(code::OUT_OF_RANGE, &field.span, message).cure = "write one in this range".into();
        }
        value
    }

    /// The place of a name in a sorted list: what the key refers to.
    pub(super) fn reference(
        &mut self,
        key: &'static str,
        names: &[String],
        what: &str,
        notes: &mut Notes,
    ) -> Option<usize> {
        let field = self.take(key)?;
        field.reference(names, what, notes)
    }
}

impl<'a> Field<'a> {
    /// The `nth` thing in the list that the field holds.
    pub(super) fn element(&self, nth: usize, item: &'a Spanned<DeValue<'a>>) -> Self {
        Self {
            key: self.key,
            key_span: item.span(),
            value: item.get_ref(),
            span: item.span(),
            path: format!("{}.{}", self.path, nth + 1),
            evidence: self.evidence.clone(),
            instead_of: self.instead_of.as_ref().map(|of| format!("{of}.{}", nth + 1)),
            changes: self.changes.clone(),
        }
    }

    pub(super) fn text(&self, notes: &mut Notes) -> Option<String> {
        notes.takes(&self.path, || Takes::Text);
        let DeValue::String(text) = self.value else {
            wrong_type(self, "text in quotes", notes);
            return None;
        };
        if text.chars().any(|c| c.is_control() || turns(c)) {
            let message = format!("`{}` holds a line break or another control character", self.key);
            notes.error(code::CONTROL_CHARACTER, &self.span, message).cure = "write it on one line".into();
            return None;
        }
        Some(text.to_string())
    }

    /// The place of the name that the field holds, in a sorted list of names.
    pub(super) fn reference(&self, names: &[String], what: &str, notes: &mut Notes) -> Option<usize> {
        notes.remember(&self.path, &self.span);
        let text = self.text(notes);
        notes.takes(&self.path, || Takes::Name(what.to_owned()));
        let text = text?;
        named(&text, names, what, &self.span, notes)
    }
}

/// Whether a character turns the direction of what follows it, breaks a line or cannot be seen: a page with it would not
/// show what the file says.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Names that a cure lists.
const SHOWN: usize = 12;

/// Whether a key says what a missing one of its table would have said.
fn stands_in(key: &str) -> bool {
    key == "copy_of"
}

/// The place of a name in a sorted list of names.
pub(super) fn named(text: &str, names: &[String], what: &str, span: &Range<usize>, notes: &mut Notes) -> Option<usize> {
    let place = names.iter().position(|name| name == text);
    if what == "driver" {
        notes.names_driver(text);
    }
    if place.is_none() {
        let guess = if notes.is_crowded() { None } else { nearest(text, names.iter().map(String::as_str)) };
        let problem = notes.error(code::UNKNOWN_NAME, span, format!("there is no {what} `{text}`"));
        problem.cure = match guess {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if names.is_empty() => format!("the file has no {what}s"),
            None => {
                let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
                let rest = if names.len() > SHOWN { ", …" } else { "" };
                format!("there is {}{rest}", first.join(", "))
            }
        };
    }
    place
}

/// Names become parts of paths, of labels and of streams of random numbers.
pub(super) fn check_name(field: &Field<'_>, notes: &mut Notes) -> bool {
    const LONGEST: usize = 60;
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    // A cell that begins with - is a formula to a spreadsheet.
    let is_name = !field.key.is_empty()
        && !field.key.starts_with('-')
        && field.key.len() <= LONGEST
        && field.key.chars().all(good);
    if !is_name {
        let message = format!("`{}` is no name", field.key.chars().take(LONGEST).collect::<String>());
        notes.error(code::BAD_NAME, &field.key_span, message).cure = format!(
            "a name has letters a to z, digits, - and _, not - first, at most {LONGEST}; a `title` may say anything"
        );
    }
    is_name
}

/// What a value is, in a word.
pub(super) const fn word_for(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn wrong_type(field: &Field<'_>, wanted: &str, notes: &mut Notes) {
    let found = word_for(field.value);
    let span = if field.value.is_table() { &field.key_span } else { &field.span };
    notes.error(code::WRONG_TYPE, span, format!("`{}` is {found}", field.key)).cure = format!("wanted {wanted}");
}

/// A key with the whole number that its text seems to mean, or with one as an example.
fn plainly(field: &Field<'_>) -> String {
    const EXAMPLE: f64 = 36.0;
    let read = |text: &str| {
        let quantity = quantity::parse(text).ok().filter(|quantity| quantity.last.is_none())?;
        let times = match (quantity.first.unit.over.as_str(), field.key) {
            ("year", "months") => 12.0,
            _ => 1.0,
        };
        Some(quantity.first.value * times).filter(|value| value.fract() == 0.0 && *value > 0.0)
    };
    format!("{} = {}", field.key, field.value.as_str().and_then(read).unwrap_or(EXAMPLE))
}

/// The name that was probably meant: at most a third of its letters away.
pub(super) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wrong: String = wrong.chars().take(80).collect();
    names
        .map(|name| (strsim::damerau_levenshtein(&wrong, name), name))
        .filter(|(distance, name)| *distance <= name.chars().count().max(3) / 3)
        .min()
        .map(|(_, name)| name)
}
