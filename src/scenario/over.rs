//! A scenario with something said over it that stands in no file: what a sweep tries.

use std::path::Path;
use std::sync::Arc;

use toml::de::DeTable;

use super::joined::{EXTENDS, PART, Texts, WITHOUT};
use super::notes::Notes;
use super::{LoadError, Loader, difference, paths};

/// A path at which something can be said over a scenario, spelled as a file has it: `options.tuned.change."runtime.web.today"` for that
/// path with quotes or without, and `platforms.ecs` for `platform.ecs`, as paths of estimates are.
///
/// # Errors
/// Why there is nothing to be said, in words that complete "`path` …".
pub fn input_at(root: &str, loader: &dyn Loader, path: &str) -> Result<String, &'static str> {
    let keys = paths::keys(path).ok_or("is no path of a file: demand.growth, platforms.ecs.runtime.web.today")?;
    let plain = keys.iter().all(|key| !key.is_quoted).then(|| paths::keys(&paths::table_as_written(path))).flatten();
    let keys = plain.unwrap_or(keys);
    let joined = Texts::load(root, loader).ok().and_then(|(texts, file)| {
        let mut notes = Notes::new(Arc::new(file));
        texts.document(&mut notes).map(|document| paths::way(document.get_ref(), &keys))
    });
    let way = joined.unwrap_or_else(|| paths::way(&DeTable::new(), &keys));
    let is_joint = |key: &String| [EXTENDS, WITHOUT, PART].contains(&key.as_str());
    match way.as_slice() {
        [run, key] if run == "run" && key == "seed" => {
            Err("is no input: it says how figures are made, and --seed says it here")
        }
        [run, key] if run == "run" && key == "trials" => {
            Err("is no input: it says how figures are made, and --trials says it here")
        }
        [only] if only == "currency" => Err("is no input: amounts in two currencies cannot be compared"),
        [only] if only == "baseline" => Err("is no input: it says what the others are compared with"),
        way if way.last().is_some_and(is_joint) => Err("is no input: it says which files a scenario is made from"),
        way if !difference::may_move_figures(way) => Err("is no input: no figure rests on what it says"),
        way => Ok(paths::spelled(way)),
    }
}

/// A loader that has one text more: a scenario that extends another, and says a few values over it.
pub struct Over<'l> {
    name: String,
    text: String,
    below: &'l dyn Loader,
}

impl<'l> Over<'l> {
    /// Leaves things out of a scenario file, and says values over it, by path as [`input_at`] spells them: `platforms.ecs.work.upkeep.hours`. A value that is a
    /// whole number, a plain number or true or false is said as such, anything else as text.
    #[must_use]
    pub fn new<'s>(
        root: &str,
        without: &[String],
        said: impl IntoIterator<Item = (&'s str, &'s str)>,
        below: &'l dyn Loader,
    ) -> Self {
        let file = Path::new(root).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut text = format!("extends = {}\n", quoted(&file));
        if !without.is_empty() {
            let paths: Vec<String> = without.iter().map(|path| quoted(path)).collect();
            text.push_str(&format!("without = [{}]\n", paths.join(", ")));
        }
        for (path, value) in said {
            text.push_str(&format!("{path} = {}\n", literal(value)));
        }
        let name = Path::new(root).with_file_name(format!("a sweep of {file}"));
        Self { name: name.to_string_lossy().into_owned(), text, below }
    }

    /// The name under which the scenario is read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Loader for Over<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        if name == self.name { Ok(self.text.clone()) } else { self.below.load(name) }
    }
}

fn literal(value: &str) -> String {
    let is_plain = value.parse::<i64>().is_ok()
        || value.parse::<bool>().is_ok()
        || (value.contains('.') && value.parse::<f64>().is_ok_and(f64::is_finite));
    if is_plain { value.to_owned() } else { quoted(value) }
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
