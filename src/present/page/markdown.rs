//! The page as Markdown, for a planning document: `summary.md`.

use super::block::{Block, LABELS, Table};

/// Signs that mean something in Markdown (CommonMark 0.31, backslash escapes), in texts and cells alike.
const SIGNS: &str = "\\`*_{}[]<>#|~&";

/// The page with its pictures below: (name of the file, what it shows).
#[must_use]
pub fn text(blocks: &[Block], pictures: &[(String, String)]) -> String {
    let mut out = String::new();
    for block in blocks {
        let part = match block {
            Block::Head(text) => format!("# {}", escaped(text)),
            Block::Verdict(text) => verdict(text),
            Block::Words(text) => escaped(text),
            Block::Table(table) => rows(table),
            Block::Cases(cases) => cases.iter().zip(LABELS).map(side).collect::<Vec<_>>().join("\n\n"),
            Block::Gap => continue,
        };
        out.push_str(&part);
        out.push_str("\n\n");
    }
    for (file, shows) in pictures {
        out.push_str(&format!("![{}]({file})\n\n", escaped(shows)));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The word in bold, up to its full stop.
fn verdict(text: &str) -> String {
    match text.split_once(".  ") {
        Some((word, rest)) => format!("**{}.** {}", escaped(word), escaped(rest)),
        None => format!("**{}**", escaped(text)),
    }
}

fn side((arguments, label): (&Vec<String>, &str)) -> String {
    let text: Vec<String> = arguments.iter().map(|argument| escaped(argument)).collect();
    format!("**{label}** {}", text.join(" "))
}

/// A pipe table, as GitHub and most others read it.
fn rows(table: &Table) -> String {
    let line = |first: &str, cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} | {} |\n", escaped(first), cells.join(" | "))
    };
    let width = table.head.len();
    let mut out = line(&table.caption, &table.head);
    out.push_str(&format!("|---|{}\n", "---:|".repeat(width)));
    for (name, cells) in &table.rows {
        let mut cells = cells.clone();
        cells.resize(width, String::new());
        out.push_str(&line(name, &cells));
    }
    if let Some(below) = &table.below {
        out.push_str(&format!("\n{}\n", escaped(below)));
    }
    out.trim_end().to_owned()
}

/// A text that is a text in Markdown too; two spaces after a full stop are one.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if SIGNS.contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
