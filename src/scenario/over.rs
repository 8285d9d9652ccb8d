//! A scenario with something said over it that stands in no file: what a sweep tries.

use std::path::Path;

use super::{LoadError, Loader};

/// A loader that has one text more: a scenario that extends another, and says a few values over it.
pub struct Over<'l> {
    name: String,
    text: String,
    below: &'l dyn Loader,
}

impl<'l> Over<'l> {
    /// Leaves things out of a scenario file, and says values over it, by path as a file has them: `platforms.ecs.work.upkeep.hours`. A value that is a
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
