//! What is not TOML, in words: above all what stands twice.

use std::ops::Range;

use super::{code, notes::Notes};

/// Reports what the parser refused. `cure` says how a line of the file looks.
pub(super) fn report(errors: &[toml::de::Error], text: &str, cure: &str, notes: &mut Notes) {
    // What stands in a table that is there twice is there twice too, and said once.
    let mut told = 0..0;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        if !error.message().contains("duplicate key") {
            let message = format!("not TOML: {}", error.message().replace('\n', "; "));
            let cure = cure_of(error.message(), notes.text(&span)).unwrap_or(cure).to_owned();
            notes.error(code::SYNTAX, &span, message).cure = cure;
        } else if !told.contains(&span.start) {
            let (name, first, inside) = twice(text, &span);
            let first = first.map_or_else(String::new, |line| format!(", first in line {line}"));
            notes.error(code::SYNTAX, &span, format!("`{name}` stands twice{first}")).cure =
                "put both in one place, or give this one a name of its own".into();
            told = inside;
        }
    }
}

/// The way out of what is not TOML, where what was probably meant is known.
fn cure_of(message: &str, found: &str) -> Option<&'static str> {
    if message.contains("unclosed table") {
        Some("close the brackets: [platforms.NAME]")
    } else if found.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) {
        Some("quotes are straight: \" and not those of a word processor")
    } else {
        None
    }
}

/// What stands twice, the line where it stands first, and the bytes that need no word of their own.
fn twice(text: &str, span: &Range<usize>) -> (String, Option<usize>, Range<usize>) {
    let from = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[from..].lines().next().unwrap_or_default();
    let before = || text[..from].lines().enumerate();
    if let Some(name) = header(line) {
        let first = before().find(|(_, line)| header(line) == Some(name)).map(|(nth, _)| nth + 1);
        let end = text[from..].match_indices('\n').map(|(at, _)| from + at + 1);
        let end = end.into_iter().find(|at| text[*at..].trim_start().starts_with('[')).unwrap_or(text.len());
        return (name.to_owned(), first, from..end);
    }
    let key = text.get(span.clone()).unwrap_or_default();
    let table = before().filter(|(_, line)| header(line).is_some()).last().map_or(0, |(nth, _)| nth + 1);
    let is_it = |line: &str| line.split_once('=').is_some_and(|(left, _)| left.trim() == key);
    let first = before().skip(table).find(|(_, line)| is_it(line)).map(|(nth, _)| nth + 1);
    (key.to_owned(), first, span.clone())
}

/// The name between the brackets of a table's first line.
fn header(line: &str) -> Option<&str> {
    let inside = line.trim_start().strip_prefix('[')?;
    Some(inside.split_once(']')?.0.trim())
}
