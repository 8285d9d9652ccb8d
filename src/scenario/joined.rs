//! A scenario that stands in several files: the one that is run, what it `extends`, and files of parts.
//!
//! All texts stand one after the other in one [`SourceFile`], so that a span says which file it is of. Each is parsed
//! behind as many blanks as stand before it there. What a file says itself stands over what it extends: a key over a key,
//! and what is written in braces over the whole.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path};

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::evidence::Evidence;
use super::paths::{keys as keys_of, leads, spelled};
use super::table::{Table, nearest, word_for, wrong_type};
use super::walk::Takes;
use super::{LoadError, Loader, code, notes::Notes, syntax};
use crate::diag::SourceFile;

/// The file that another begins with.
pub(super) const EXTENDS: &str = "extends";
/// What of that file is left out.
pub(super) const WITHOUT: &str = "without";
/// The file of parts that a table by name is taken from.
pub(super) const PART: &str = "part";

/// Most files of one scenario.
const MOST_FILES: usize = 64;

/// The texts of a scenario, the one that is run first.
pub(super) struct Texts {
    texts: Vec<Text>,
    faults: Vec<Fault>,
}

struct Text {
    /// Relative to the folder of the first.
    name: String,
    text: String,
    /// The text behind blanks, as long as all that stands before it.
    padded: String,
}

impl Text {
    /// A text that begins at a byte of all texts.
    fn at(start: usize, name: String, text: String) -> Self {
        // Blanks and not lines: what is said of a line counts from the file's own first.
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let padded = format!("{}{bare}", " ".repeat(start + text.len() - bare.len()));
        Self { name, text, padded }
    }
}

/// What is wrong with how files are joined.
struct Fault {
    code: &'static str,
    span: Range<usize>,
    message: String,
    cure: String,
}

type Entries<'t> = DeTable<'t>;

impl Texts {
    /// Loads a file and all that it names.
    pub(super) fn load(root: &str, loader: &dyn Loader) -> Result<(Self, SourceFile), LoadError> {
        let text = loader.load(root)?;
        let name = Path::new(root).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut file = SourceFile::new(root.to_owned(), text.clone());
        let mut all = Self { texts: vec![Text::at(0, name, text)], faults: Vec::new() };
        let mut nth = 0;
        while nth < all.texts.len() {
            for (named, span) in references(&all.texts[nth].padded) {
                if let Err(mut fault) = all.join(nth, &named, (root, loader), &mut file) {
                    fault.span = span;
                    all.faults.push(fault);
                }
            }
            nth += 1;
        }
        Ok((all, file))
    }

    /// Loads what one of the files names, if it is not here yet.
    fn join(
        &mut self,
        from: usize,
        named: &str,
        (root, loader): (&str, &dyn Loader),
        file: &mut SourceFile,
    ) -> Result<(), Fault> {
        let fault = |message: String, cure: &str| Fault {
            code: code::UNREADABLE_FILE,
            span: 0..0,
            message,
            cure: cure.to_owned(),
        };
        if !is_seen_from_a_folder(named) {
            let message = format!("`{named}` is no scenario or file of parts");
            return Err(fault(message, "write its name as seen from this file: \"base.toml\", \"../parts/aws.toml\""));
        }
        let name = relative(&self.texts[from].name, named);
        if self.place(&name).is_some() {
            return Ok(());
        }
        if self.texts.len() == MOST_FILES {
            let message = format!("a scenario stands in {MOST_FILES} files at most");
            return Err(fault(message, "look whether files name each other in a ring"));
        }
        let path = Path::new(root).with_file_name(&name).to_string_lossy().into_owned();
        let text = loader
            .load(&path)
            .map_err(|error| fault(format!("`{named}`: {error}"), "name it as seen from the folder of this file"))?;
        let start = file.join(path, &text);
        self.texts.push(Text::at(start, name, text));
        Ok(())
    }

    /// The same texts behind all that a source holds, as if they lay in the folder of its first.
    pub(super) fn behind(self, file: &mut SourceFile) -> Self {
        let root = file.name.clone();
        let behind = |Text { name, text, .. }: Text| {
            let path = Path::new(&root).with_file_name(&name).to_string_lossy().into_owned();
            Text::at(file.join(path, &text), name, text)
        };
        Self { texts: self.texts.into_iter().map(behind).collect(), faults: Vec::new() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.texts.iter().position(|text| text.name == name)
    }

    /// The joined tables; `None` where something is wrong, which `notes` holds then.
    pub(super) fn document(&self, notes: &mut Notes) -> Option<Spanned<Entries<'_>>> {
        let mut parsed = Vec::new();
        for text in &self.texts {
            let (document, errors): (_, Vec<Error>) = DeTable::parse_recoverable(&text.padded);
            syntax::report(&errors, &text.padded, "a line is key = value, and text stands in quotes", notes);
            misstated(document.get_ref(), notes);
            parsed.push(document.into_inner());
        }
        let mut joining = Joining { texts: self, parsed, way: Vec::new(), faults: Vec::new() };
        // What a broken file seems to say is not worth a hundred complaints.
        let document = if notes.has_errors() || !self.faults.is_empty() { None } else { Some(joining.whole(0)) };
        for fault in self.faults.iter().chain(&joining.faults) {
            notes.error(fault.code, &fault.span, &fault.message).cure.clone_from(&fault.cure);
        }
        document.filter(|_| !notes.has_errors()).map(|document| Spanned::new(0..self.texts[0].text.len(), document))
    }

    /// Whether a file of this name is one of them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// By where keys stand, what holds for each by its own file; nothing where there is one file.
    pub(super) fn evidence(&self) -> BTreeMap<usize, Evidence> {
        let mut all = BTreeMap::new();
        for text in self.texts.iter().filter(|_| self.texts.len() > 1) {
            let (document, _) = DeTable::parse_recoverable(&text.padded);
            Evidence::default().by_key(document.get_ref(), &mut all);
        }
        all
    }

    /// Names and texts of the files that the first names, and those they name.
    pub(super) fn others(self) -> impl Iterator<Item = (String, String)> {
        self.texts.into_iter().skip(1).map(|text| (text.name, text.text))
    }
}

struct Joining<'t> {
    texts: &'t Texts,
    parsed: Vec<Entries<'t>>,
    /// Files that are being joined, each because of the one before.
    way: Vec<usize>,
    faults: Vec<Fault>,
}

impl<'t> Joining<'t> {
    /// A file with its parts, over what it extends.
    fn whole(&mut self, nth: usize) -> Entries<'t> {
        self.way.push(nth);
        let mut entries = self.parsed[nth].clone();
        for (group, tables) in &mut entries {
            let DeValue::Table(tables) = tables.get_mut() else { continue };
            for (name, table) in tables.iter_mut() {
                if let DeValue::Table(table) = table.get_mut()
                    && let Some((file, span)) = text_at(table, PART)
                    && let Some(part) = self.part(nth, (group.get_ref(), name.get_ref()), (&file, &span))
                {
                    self.put_under(table, part);
                }
            }
        }
        if let Some((file, span)) = text_at(&entries, EXTENDS)
            && let Some(mut base) = self.other(nth, &file, &span)
        {
            base.remove(EXTENDS);
            base.remove(WITHOUT);
            self.leave_out(&entries, &mut base);
            self.put_under(&mut entries, base);
        }
        self.way.pop();
        entries
    }

    /// Another file, whole; `None` where that is wrong, or it cannot be read.
    fn other(&mut self, from: usize, named: &str, span: &Range<usize>) -> Option<Entries<'t>> {
        let nth = self.texts.place(&relative(&self.texts.texts[from].name, named))?;
        if self.way.contains(&nth) {
            let cure = "put what both need into a third file";
            self.fault(span, format!("`{named}` is made from this file, and this one from it"), cure.to_owned());
            return None;
        }
        Some(self.whole(nth))
    }

    /// A table by name of a file of parts.
    fn part(
        &mut self,
        from: usize,
        (group, name): (&str, &str),
        (file, span): (&str, &Range<usize>),
    ) -> Option<Entries<'t>> {
        let parts = self.other(from, file, span)?;
        let tables = parts.get(group).and_then(|tables| tables.get_ref().as_table());
        let Some(part) = tables.and_then(|tables| tables.get(name)?.get_ref().as_table()) else {
            let names = || tables.into_iter().flatten().map(|(name, _)| name.get_ref().as_ref());
            let cure = match nearest(name, names()) {
                Some(near) => format!("did you mean {group}.{near}? A part is taken under its own name"),
                None if names().next().is_none() => format!("the file has no {group}"),
                None => format!("it has {}", names().collect::<Vec<&str>>().join(", ")),
            };
            self.fault(span, format!("`{file}` has no [{group}.{name}]"), cure);
            return None;
        };
        let mut part = part.clone();
        part.remove(PART);
        Some(part)
    }

    /// Takes out of `base` what `entries` does without.
    fn leave_out(&mut self, entries: &Entries<'t>, base: &mut Entries<'t>) {
        let Some(DeValue::Array(paths)) = entries.get(WITHOUT).map(Spanned::get_ref) else { return };
        for path in paths {
            let Some(text) = path.get_ref().as_str() else { continue };
            let mut way = Vec::new();
            let is_there = keys_of(text).is_some_and(|keys| leads(base, &keys, &mut way));
            if !is_there {
                let mut all = Vec::new();
                list_ways(&mut Vec::new(), base, &mut all);
                let plain: Vec<String> = all.iter().map(|way| way.join(".")).collect();
                let near = nearest(&text.replace(['"', '\''], ""), plain.iter().map(String::as_str));
                let near = near.and_then(|near| all.iter().find(|way| way.join(".") == near));
                let cure = match near.map(|way| spelled(way)) {
                    Some(near) if near.contains('"') => format!("did you mean '{near}'?"),
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "write a path of the file that is extended: \"options.ecs\"".to_owned(),
                };
                self.fault(&path.span(), format!("the file that this one extends has no `{text}`"), cure);
            } else if let Some(braces) = self.braces_around(base, &way) {
                let message = format!("`{text}` is a part of what is written in braces");
                let cure = format!("leave out the whole of it, \"{braces}\", or write it anew with what is to be left");
                self.fault(&path.span(), message, cure);
            } else {
                take_out(base, &way);
            }
        }
    }

    /// The table in braces that a way leads through, as a path.
    fn braces_around(&self, base: &Entries<'t>, way: &[String]) -> Option<String> {
        let mut entries = base;
        for (nth, key) in way.iter().enumerate().take(way.len() - 1) {
            let value = entries.get(key.as_str())?;
            if self.begins(&value.span()) == Some('{') {
                return Some(spelled(&way[..=nth]));
            }
            entries = value.get_ref().as_table()?;
        }
        None
    }

    /// Lets `entries` stand over others: a key over a key, table by table.
    fn put_under(&self, entries: &mut Entries<'t>, others: Entries<'t>) {
        for (key, other) in others {
            let Some(own) = entries.get_mut(key.get_ref().as_ref()) else {
                entries.insert(key, other);
                continue;
            };
            let is_one_thing = self.begins(&own.span()) == Some('{');
            if let (DeValue::Table(own), DeValue::Table(other), false) =
                (own.get_mut(), other.into_inner(), is_one_thing)
            {
                self.put_under(own, other);
            }
        }
    }

    /// The first character of what stands somewhere.
    fn begins(&self, span: &Range<usize>) -> Option<char> {
        let text = self.texts.texts.iter().rev().find(|text| text.padded.len() - text.text.len() <= span.start)?;
        text.padded.get(span.start..)?.chars().next()
    }

    fn fault(&mut self, span: &Range<usize>, message: String, cure: String) {
        self.faults.push(Fault { code: code::JOINED, span: span.clone(), message, cure });
    }
}

/// Takes the keys that say how files are joined, which was done before anything was read.
pub(super) fn keys(root: &mut Table<'_>, notes: &mut Notes) {
    root.text("extends", notes);
    if let Some(field) = root.take("without") {
        notes.takes(&field.path, || Takes::Texts);
        let is_list = field.value.as_array().is_some_and(|paths| paths.iter().all(|path| path.get_ref().is_str()));
        if !is_list {
            wrong_type(&field, "a list of paths: [\"options.ecs\"]", notes);
        } else if !root.has(EXTENDS) {
            let message = "`without` leaves out something of a file that is extended, and there is none".to_owned();
            notes.error(code::DOES_NOT_BELONG, &field.key_span, message).cure = "write extends = \"base.toml\"".into();
        }
    }
}

/// Refuses joints that are of another type: without the files that they would name all the rest would seem to be missing.
fn misstated(root: &Entries<'_>, notes: &mut Notes) {
    let mut wanted = |table: &Entries<'_>, key: &str, is_right: fn(&DeValue<'_>) -> bool, wanted: &str| {
        let Some(value) = table.get(key).filter(|value| !is_right(value.get_ref())) else { return };
        let message = format!("`{key}` is {}", word_for(value.get_ref()));
        notes.error(code::WRONG_TYPE, &value.span(), message).cure = format!("wanted {wanted}");
    };
    let is_text = |value: &DeValue<'_>| value.is_str();
    wanted(root, EXTENDS, is_text, "the name of one file: \"base.toml\"");
    let tables = root.values().filter_map(|group| group.get_ref().as_table()).flat_map(|tables| tables.values());
    for table in tables.filter_map(|table| table.get_ref().as_table()) {
        wanted(table, PART, is_text, "the name of one file: \"parts.toml\"");
    }
}

/// What a file names, and where: those it takes parts from and the one it extends, in the order in which they are said over.
fn references(text: &str) -> Vec<(String, Range<usize>)> {
    let (document, _) = DeTable::parse_recoverable(text);
    let root = document.get_ref();
    let tables = root.values().filter_map(|group| group.get_ref().as_table());
    let parts =
        tables.flat_map(|tables| tables.values()).filter_map(|table| text_at(table.get_ref().as_table()?, PART));
    parts.chain(text_at(root, EXTENDS)).collect()
}

/// The text of a key, and where it stands.
fn text_at(table: &Entries<'_>, key: &str) -> Option<(String, Range<usize>)> {
    let value = table.get(key)?;
    Some((value.get_ref().as_str()?.to_owned(), value.span()))
}

/// Takes out what a way leads to.
fn take_out(entries: &mut Entries<'_>, way: &[String]) {
    match way {
        [] => {}
        [last] => drop(entries.remove(last.as_str())),
        [first, rest @ ..] => {
            if let Some(DeValue::Table(below)) = entries.get_mut(first.as_str()).map(Spanned::get_mut) {
                take_out(below, rest);
            }
        }
    }
}

/// The keys that lead to everything below a table.
fn list_ways(at: &mut Vec<String>, table: &Entries<'_>, all: &mut Vec<Vec<String>>) {
    for (key, value) in table {
        at.push(key.get_ref().to_string());
        if let DeValue::Table(below) = value.get_ref() {
            list_ways(at, below, all);
        }
        all.push(at.clone());
        at.pop();
    }
}

/// Every path below a table.
pub(super) fn list(at: &str, table: &Entries<'_>, all: &mut Vec<String>) {
    for (key, value) in table {
        let path = if at.is_empty() { key.get_ref().to_string() } else { format!("{at}.{}", key.get_ref()) };
        if let DeValue::Table(below) = value.get_ref() {
            list(&path, below, all);
        }
        all.push(path);
    }
}

/// Whether a name is of a TOML file, as seen from a folder.
fn is_seen_from_a_folder(name: &str) -> bool {
    let path = Path::new(name);
    let is_way =
        |piece: Component<'_>| matches!(piece, Component::Normal(_) | Component::ParentDir | Component::CurDir);
    path.extension().is_some_and(|end| end == "toml") && path.components().all(is_way) && !name.contains('\\')
}

/// The name of a file that another names, as seen from the folder that the other's name is seen from.
pub(super) fn relative(from: &str, named: &str) -> String {
    let mut pieces: Vec<Component<'_>> = Vec::new();
    let way = Path::new(from).parent().unwrap_or(Path::new(""));
    for piece in way.components().chain(Path::new(named).components()) {
        match (piece, pieces.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(pieces.pop()),
            _ => pieces.push(piece),
        }
    }
    let pieces: Vec<String> = pieces.iter().map(|piece| piece.as_os_str().to_string_lossy().into_owned()).collect();
    pieces.join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_name_is_seen_from_the_file_that_names_it() {
        for (from, named, seen) in [
            ("a.toml", "b.toml", "b.toml"),
            ("a.toml", "./b.toml", "b.toml"),
            ("../x/a.toml", "b.csv", "../x/b.csv"),
            ("../x/a.toml", "../y/b.toml", "../y/b.toml"),
            ("../x/a.toml", "../../b.toml", "../../b.toml"),
        ] {
            assert_eq!(relative(from, named), seen, "{named} of {from}");
        }
    }
}
