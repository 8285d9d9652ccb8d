//! The keys of the language as a tree, with their sentences: what a schema is printed from.
//!
//! The structure is what the reader asks for while it reads `every_key.toml`, a file in which each key stands once; the
//! sentences are that file's comments. So no list of keys exists beside the reader, and a key that is added there is in the
//! schema as soon as the file has it; tests hold that every key of the source does.

use std::collections::BTreeSet;

use super::walk::{Takes, Walk};
use super::{LoadError, Loader, read_whole};

const FILE: &str = "every_key.toml";

/// The file with every key.
pub const EVERY_KEY: &str = include_str!("every_key.toml");

/// The rows that it draws figures from, whatever their file is called.
const EVERY_KEY_ROWS: &str = include_str!("every_key.csv");

/// What stands in the files that it joins, and in it.
const EVERY_KEY_TABLES: &str = "[drivers.requests]\n[options.gone]\n";

/// The text of a file that the file with every key names.
#[must_use]
pub fn beside(name: &str) -> Option<&'static str> {
    match name {
        "base.toml" | "parts.toml" => Some(EVERY_KEY_TABLES),
        _ => name.ends_with(".csv").then_some(EVERY_KEY_ROWS),
    }
}

/// Tables whose keys are those of another: the buckets of a platform hold the same kind of line.
const SAME: [(&str, &str); 2] = [("data", "runtime"), ("tooling", "runtime")];

/// A key and what may stand there.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The word in the file.
    pub name: String,
    /// A sentence on it.
    pub sentence: String,
    /// Whether every table of its kind must have it.
    pub is_needed: bool,
    /// What it takes.
    pub shape: Shape,
}

/// What may stand at a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A table with these keys.
    Table(Vec<Key>),
    /// Tables by name, each with these keys, beside keys of the group itself.
    Named {
        /// A sentence on one of them.
        sentence: String,
        /// The keys of each.
        each: Vec<Key>,
        /// The keys of the group.
        own: Vec<Key>,
    },
    /// Tables by name of the same kind as those at another key beside it.
    SameAs(&'static str),
    /// A list of tables.
    List {
        /// The keys of each.
        each: Vec<Key>,
        /// Keys of which each has exactly one; none where there is nothing to choose.
        either: Vec<String>,
    },
    /// Things by name.
    ByName {
        /// What each may be, if it is no table.
        forms: Vec<Takes>,
        /// The keys of one that is a table; none where none is.
        table: Vec<Key>,
        /// Whether a name may be that of a list price, with dots.
        is_dotted: bool,
        /// The keys of the group.
        own: Vec<Key>,
    },
    /// A word, or a table with these keys.
    WordOr {
        /// The words.
        words: Takes,
        /// The keys of the table.
        table: Vec<Key>,
    },
    /// Something without keys.
    Leaf(Takes),
    /// Something without keys that takes this or that, by what else the table has.
    Forms(Vec<Takes>),
    /// Asked for, and nowhere in the file in this kind of table: as the key of the same name elsewhere.
    Unseen,
}

/// The language.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// The keys of a file.
    pub root: Vec<Key>,
    /// The keys of an estimate written as a table. `p` stands for every quantile, p1 to p99; in the table of a plan, `*`
    /// for every limit.
    pub estimate: Vec<Key>,
}

/// Hands the file with every key to the reader.
struct Specimen;

impl Loader for Specimen {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        Ok(beside(name).unwrap_or(EVERY_KEY).to_owned())
    }
}

/// The keys of the language.
///
/// # Panics
/// If the file with every key is refused, which a test sees.
#[must_use]
pub fn language() -> Language {
    let reading =
        read_whole(super::prices::compiled(), FILE, &Specimen).unwrap_or_else(|report| panic!("Invariant: {report}"));
    let mut tree = Tree { walk: &reading.walk, estimates: Vec::new() };
    let root = tree.keys(&[String::new()]);
    let tables = std::mem::take(&mut tree.estimates);
    let estimate = tree.keys(&tables);
    let mut language = Language { root, estimate };
    let known = [explained(&language.root), explained(&language.estimate)].concat();
    fill(&mut language.root, &known);
    fill(&mut language.estimate, &known);
    language
}

struct Tree<'w> {
    walk: &'w Walk,
    /// Estimates that are written as tables.
    estimates: Vec<String>,
}

impl Tree<'_> {
    /// The keys of one kind of table, of which these are all, in the order of the file.
    fn keys(&mut self, tables: &[String]) -> Vec<Key> {
        let mut names: Vec<(usize, String)> = Vec::new();
        for table in tables {
            for (key, _, asked) in self.walk.below(table) {
                // A group under its singular word is reached by the file's word.
                if matches!(asked.takes, Some(Takes::Named(_))) && asked.key.is_none() {
                    continue;
                }
                let name = match asked.takes {
                    Some(Takes::Limit(_)) => "*",
                    _ if is_quantile(key) && self.is_an_estimate(table) => "p",
                    _ => key,
                };
                let at = asked.key.as_ref().map_or(usize::MAX, |span| span.start);
                match names.iter_mut().find(|(_, known)| known == name) {
                    Some(known) => known.0 = known.0.min(at),
                    None => names.push((at, name.to_owned())),
                }
            }
        }
        names.sort();
        names.into_iter().map(|(_, name)| self.key(&name, tables)).collect()
    }

    fn is_an_estimate(&self, path: &str) -> bool {
        matches!(self.walk.asked.get(path).and_then(|asked| asked.takes.as_ref()), Some(Takes::Estimate(_)))
    }

    fn key(&mut self, name: &str, tables: &[String]) -> Key {
        let is_many = matches!(name, "p" | "*");
        let paths: Vec<String> = if is_many {
            let meant = |key: &str, takes: &Option<Takes>| match name {
                "p" => is_quantile(key),
                _ => matches!(takes, Some(Takes::Limit(_))),
            };
            let of = |table: &String| -> Vec<String> {
                let meant = self.walk.below(table).filter(|(key, _, asked)| meant(key, &asked.takes));
                meant.map(|(_, path, _)| path.to_owned()).collect()
            };
            tables.iter().flat_map(of).collect()
        } else {
            tables.iter().map(|table| join(table, name)).filter(|path| self.walk.asked.contains_key(path)).collect()
        };
        let is_needed =
            !is_many && paths.len() == tables.len() && paths.iter().all(|path| self.walk.asked[path].needed);
        let sentence = paths.iter().map(|path| self.sentence(path)).find(|s| !s.is_empty()).unwrap_or_default();
        Key { name: name.to_owned(), sentence, is_needed, shape: self.shape(name, tables, &paths) }
    }

    fn shape(&mut self, name: &str, tables: &[String], paths: &[String]) -> Shape {
        // A word may be the key of something else in another table.
        let is_group = self.groups(name, tables).is_some();
        if let Some((_, same)) = SAME.iter().find(|(key, _)| is_group && *key == name) {
            return Shape::SameAs(same);
        }
        if let Some(mut groups) = self.groups(name, tables) {
            for (other, _) in SAME.iter().filter(|(_, same)| *same == name) {
                groups.extend(self.groups(other, tables).unwrap_or_default());
            }
            let members: Vec<String> = groups.iter().flat_map(|group| self.members(group)).collect();
            let sentence = members.iter().map(|path| self.sentence(path)).find(|s| !s.is_empty()).unwrap_or_default();
            let own = self.keys_of_group(paths);
            return Shape::Named { sentence, each: self.keys(&members), own };
        }
        let present: Vec<&String> = paths.iter().filter(|path| self.walk.asked[*path].key.is_some()).collect();
        let takes = present.iter().find_map(|path| self.walk.asked[*path].takes.clone());
        let words = present.iter().find(|path| matches!(self.walk.asked[**path].takes, Some(Takes::Words(_))));
        let is_table = |path: &&&String| self.walk.asked[**path].takes == Some(Takes::Table);
        let tables: Vec<String> = present.iter().filter(is_table).map(|path| (*path).clone()).collect();
        if let (Some(words), false) = (words.and_then(|path| self.walk.asked[*path].takes.clone()), tables.is_empty()) {
            return Shape::WordOr { words, table: self.keys(&tables) };
        }
        match takes {
            Some(Takes::Table) => {
                let inside: Vec<String> = present.into_iter().cloned().collect();
                Shape::Table(self.keys(&inside))
            }
            Some(Takes::ByName) => {
                let groups: Vec<String> = present.into_iter().cloned().collect();
                self.by_name(&groups)
            }
            None if present.iter().any(|path| self.walk.asked[*path].is_list) => {
                let elements: Vec<String> = present.iter().flat_map(|path| self.members(path)).collect();
                Shape::List { each: self.keys(&elements), either: self.either(&elements) }
            }
            Some(_) => {
                let paths: Vec<String> = present.into_iter().cloned().collect();
                let mut forms = self.forms(&paths);
                if forms.len() == 1 { Shape::Leaf(forms.remove(0)) } else { Shape::Forms(forms) }
            }
            None => Shape::Unseen,
        }
    }

    /// Keys that some of these tables must have and others need not: each has one of them.
    fn either(&self, tables: &[String]) -> Vec<String> {
        let needed = |table: &String| -> BTreeSet<String> {
            let needed = self.walk.below(table).filter(|(.., asked)| asked.needed);
            needed.map(|(key, ..)| key.to_owned()).collect()
        };
        let needed: Vec<BTreeSet<String>> = tables.iter().map(needed).collect();
        let some: BTreeSet<&String> = needed.iter().flatten().collect();
        some.into_iter().filter(|key| !needed.iter().all(|of| of.contains(*key))).cloned().collect()
    }

    /// What stands at these paths without being a table of its own kind, each once.
    fn forms(&mut self, paths: &[String]) -> Vec<Takes> {
        let mut forms: Vec<Takes> = Vec::new();
        for path in paths {
            let Some(takes) = self.walk.asked[path].takes.clone() else { continue };
            if matches!(takes, Takes::Estimate(_)) && self.walk.below(path).next().is_some() {
                self.estimates.push(path.clone());
            }
            if takes != Takes::Table && !forms.contains(&takes) {
                forms.push(takes);
            }
        }
        forms
    }

    /// Groups whose keys are names.
    fn by_name(&mut self, groups: &[String]) -> Shape {
        let mut members: Vec<String> = Vec::new();
        let mut is_dotted = false;
        for group in groups {
            let found = self.walk.members(group);
            is_dotted |= found.iter().any(|path| path[group.len() + 1..].contains('.'));
            members.extend(found.into_iter().map(str::to_owned));
        }
        let (tables, others): (Vec<String>, Vec<String>) =
            members.into_iter().partition(|path| self.walk.asked[path].takes == Some(Takes::Table));
        let forms = self.forms(&others);
        Shape::ByName { forms, table: self.keys(&tables), is_dotted, own: self.keys_of_group(groups) }
    }

    /// `basis` and `source` of a table whose other keys are names.
    fn keys_of_group(&mut self, paths: &[String]) -> Vec<Key> {
        let keys: BTreeSet<&str> = ["basis", "source"].into();
        keys.into_iter().map(|name| self.key(name, paths)).collect()
    }

    /// The groups that a key of the file reaches, by their singular paths.
    fn groups(&self, name: &str, tables: &[String]) -> Option<Vec<String>> {
        let reaches = |table: &String| {
            let found = self
                .walk
                .below(table)
                .filter(|(.., asked)| matches!(asked.takes, Some(Takes::Named(key)) if key == name));
            found.map(|(_, path, _)| path.to_owned()).collect::<Vec<_>>()
        };
        let groups: Vec<String> = tables.iter().flat_map(reaches).collect();
        (!groups.is_empty()).then_some(groups)
    }

    /// The tables of a group or of a list.
    fn members(&self, group: &str) -> Vec<String> {
        let tables = self.walk.below(group).filter(|(.., asked)| matches!(asked.takes, Some(Takes::Table)));
        tables.map(|(_, path, _)| path.to_owned()).collect()
    }

    /// The comment above a key or behind it; none where the key is not what its line is about.
    fn sentence(&self, path: &str) -> String {
        let Some(at) = self.walk.asked.get(path).and_then(|asked| asked.key.as_ref()) else { return String::new() };
        let text = &self.walk.file.text;
        let start = text[..at.start].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let is_header = line.starts_with('[');
        let is_first = text[start..at.start].chars().all(|c| matches!(c, ' ' | '{'));
        if is_header != text[at.end..].starts_with(']') || !(is_header || is_first) {
            return String::new();
        }
        if let Some((_, behind)) = line.rsplit_once("# ").filter(|(before, _)| !before.trim().is_empty()) {
            return behind.trim().to_owned();
        }
        let above = text[..start].lines().rev().map_while(|line| line.trim().strip_prefix("# "));
        let mut above: Vec<&str> = above.map(str::trim).collect();
        above.reverse();
        above.join(" ")
    }
}

/// Whether a key is one of p1 to p99.
fn is_quantile(key: &str) -> bool {
    key.strip_prefix('p').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn join(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

/// Keys that have a sentence, those of tables before those inside them.
fn explained(keys: &[Key]) -> Vec<Key> {
    let mut all: Vec<Key> = keys.iter().filter(|key| !key.sentence.is_empty()).cloned().collect();
    for key in keys {
        match &key.shape {
            Shape::Table(keys) | Shape::WordOr { table: keys, .. } => all.extend(explained(keys)),
            Shape::List { each, .. } | Shape::Named { each, .. } => all.extend(explained(each)),
            Shape::ByName { table, .. } => all.extend(explained(table)),
            _ => {}
        }
    }
    all
}

/// What a key does not say here, the first key of the same name says.
fn fill(keys: &mut [Key], known: &[Key]) {
    for key in keys {
        let same = |known: &&Key| known.name == key.name && known.shape != Shape::Unseen;
        if let Some(same) = known.iter().find(same) {
            if key.sentence.is_empty() {
                key.sentence.clone_from(&same.sentence);
            }
            if key.shape == Shape::Unseen {
                key.shape = same.shape.clone();
            }
        }
        match &mut key.shape {
            Shape::Table(keys) | Shape::WordOr { table: keys, .. } | Shape::List { each: keys, .. } => {
                fill(keys, known)
            }
            Shape::ByName { table, own, .. } => {
                fill(table, known);
                fill(own, known);
            }
            Shape::Named { each, own, .. } => {
                fill(each, known);
                fill(own, known);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::walk::Bounds;

    fn each<'k>(keys: &'k [Key], path: &str, see: &mut dyn FnMut(&str, &'k Key)) {
        for key in keys {
            let path = join(path, &key.name);
            see(&path, key);
            match &key.shape {
                Shape::Table(keys) | Shape::WordOr { table: keys, .. } | Shape::List { each: keys, .. } => {
                    each(keys, &path, see);
                }
                Shape::Named { each: keys, .. } => each(keys, &format!("{path}.*"), see),
                Shape::ByName { table, .. } => each(table, &format!("{path}.*"), see),
                _ => {}
            }
        }
    }

    #[test]
    fn every_key_has_a_sentence() {
        let language = language();
        let mut lacking = Vec::new();
        for keys in [&language.root, &language.estimate] {
            each(keys, "", &mut |path, key| {
                if key.sentence.len() < 5 || !key.sentence.ends_with('.') {
                    lacking.push(format!("{path}: {:?}", key.sentence));
                }
            });
        }
        assert!(lacking.is_empty(), "src/scenario/every_key.toml lacks a sentence on\n{}", lacking.join("\n"));
    }

    #[test]
    fn the_tree_is_the_language() {
        let mut paths = Vec::new();
        let language = language();
        each(&language.root, "", &mut |path, key| paths.push((path.to_owned(), key)));
        let of = |path: &str| paths.iter().find(|(p, _)| p == path).unwrap_or_else(|| panic!("{path}")).1;
        assert!(of("name").is_needed && of("platforms.*.work").sentence.starts_with("What people do"));
        assert!(!of("drivers.*.today").is_needed, "a driver that follows others has none");
        assert!(of("migrations.*.effort").is_needed && !of("migrations.*.lead").is_needed);
        assert!(!of("platforms.*.runtime.*.price").is_needed, "a line that is paid once has none");
        assert_eq!(of("platforms.*.data").shape, Shape::SameAs("runtime"));
        let Shape::List { either, .. } = &of("platforms.*.runtime.*.brackets").shape else { panic!("a list") };
        assert_eq!(either[..], ["percent", "price"]);
        assert!(matches!(&of("platforms.*.runtime.*.plans").shape, Shape::List { either, .. } if either.is_empty()));
        assert!(matches!(
            of("platforms.*.runtime.*.month").shape,
            Shape::Leaf(Takes::Estimate(Bounds { is_month: true, .. }))
        ));
        let Shape::ByName { forms, table, is_dotted: true, .. } = &of("platforms.*.runtime.*.each").shape else {
            panic!("list prices have dots")
        };
        assert!(matches!(forms[..], [Takes::Estimate(_)]) && table.len() == 5, "{forms:?} {table:?}");
        let Shape::ByName { forms, is_dotted: false, .. } = &of("platforms.*.runtime.*.fits").shape else {
            panic!("names of limits have none")
        };
        assert!(matches!(forms[..], [Takes::Estimate(_), Takes::Name(_)] | [Takes::Name(_), Takes::Estimate(_)]));
        assert!(matches!(of("platforms.*.runtime.*.plans.*").shape, Shape::Leaf(Takes::Limit(_))));
        assert!(of("platforms.*.runtime.*.plans.name").is_needed);
        assert!(matches!(&of("platforms.*.runtime.*.at_least").shape, Shape::Forms(forms) if forms.len() == 2));
        let unseen: Vec<&str> =
            paths.iter().filter(|(_, key)| key.shape == Shape::Unseen).map(|(path, _)| path.as_str()).collect();
        assert!(unseen.is_empty(), "{unseen:?}");
        assert!(matches!(of("months").shape, Shape::Leaf(Takes::Whole(1, 360))));
        let estimate: BTreeSet<&str> = language.estimate.iter().map(|key| key.name.as_str()).collect();
        assert!(
            ["p", "dist", "values", "value", "unit", "max", "basis"].iter().all(|key| estimate.contains(key)),
            "{estimate:?}"
        );
    }
}
