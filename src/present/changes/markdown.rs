//! The changes as Markdown, for a comment on a pull request.

use super::text::legend;
use super::{Compared, Row};
use crate::present::page::markdown::escaped;
use crate::present::side::{cut, one_line};
use crate::scenario::difference::{Difference, Stated};

/// Longest value in a cell, columns: a law by nine quantiles is not cut.
const LONGEST: usize = 200;

/// The comment: one line of headline, what the pages say, what changed, and the rest folded.
#[must_use]
pub fn text(compared: &Compared) -> String {
    let mut out = String::new();
    let mut paragraph = |text: &str| {
        out.push_str(text);
        out.push_str("\n\n");
    };
    if compared.is_same() {
        paragraph("**No difference in inputs.**");
    } else if let Some(sentence) = compared.sentence() {
        paragraph(&format!("**{}.**", escaped(&sentence)));
    }
    for text in &compared.told {
        paragraph(&escaped(text));
    }
    if !compared.is_same() {
        paragraph(&beside(compared));
    }
    if !compared.rows.is_empty() {
        paragraph(&table(compared));
    }
    if let Some(headline) = compared.headline.as_ref().filter(|_| !compared.rows.is_empty()) {
        paragraph(&format!("<sub>{}</sub>", escaped(&legend(compared, headline))));
    }
    let idle: Vec<&Difference> = compared.idle.iter().flat_map(|row| &row.differences).collect();
    let words: Vec<&Difference> = compared.words.iter().collect();
    for (one, title, differences) in
        [("input", "that did nothing", idle), ("line", "of words and evidence, which move no figure", words)]
    {
        if !differences.is_empty() {
            paragraph(&folded(one, title, &differences));
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn beside(compared: &Compared) -> String {
    let mut out = "| | before | after |\n|---|---|---|".to_owned();
    for (name, [before, after]) in &compared.beside {
        out.push_str(&format!("\n| {} | {} | {} |", escaped(name), escaped(before), escaped(after)));
    }
    out
}

fn table(compared: &Compared) -> String {
    let Some(headline) = &compared.headline else {
        let rows: Vec<String> = compared.rows.iter().flat_map(|row| &row.differences).map(line).collect();
        return format!("| what changed | before | after |\n|---|---|---|\n{}", rows.join("\n"));
    };
    let mut out = "| what changed | before | after | what it did | std. error | alone | last |\n".to_owned();
    out.push_str("|---|---|---|---:|---:|---:|---:|");
    let end = |name: &str, amount: f64| format!("\n| **{name}** | | | **{}** | | | |", headline.sided(amount));
    out.push_str(&end("before", headline.ends[0]));
    for row in &compared.rows {
        let [first, last] = [row.part.first, row.part.last].map(|mean| headline.signed(mean.value));
        let error = headline.error(row.part.did.se);
        let [paths, from, to] = cells(row);
        out.push_str(&format!("\n| {paths} | {from} | {to} | {} | {error} | {first} | {last} |", headline.did(row)));
    }
    if let Some(together) = headline.together {
        out.push_str(&format!("\n| together: three changes or more | | | {} | | | |", headline.signed(together)));
    }
    out.push_str(&end("after", headline.ends[1]));
    out
}

/// Paths, values before and values after, each difference of a change on a line of its own.
fn cells(row: &Row) -> [String; 3] {
    let each = |say: &dyn Fn(&Difference) -> String| row.differences.iter().map(say).collect::<Vec<_>>().join("<br>");
    [each(&|d| code(&d.path)), each(&|d| stated(&d.from)), each(&|d| stated(&d.to))]
}

fn line(difference: &Difference) -> String {
    format!("| {} | {} | {} |", code(&difference.path), stated(&difference.from), stated(&difference.to))
}

fn folded(one: &str, title: &str, differences: &[&Difference]) -> String {
    let rows: Vec<String> = differences.iter().map(|difference| line(difference)).collect();
    let count = match differences.len() {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let rows = rows.join("\n");
    format!(
        "<details><summary>{count} {title}</summary>\n\n| what changed | before | after |\n|---|---|---|\n{rows}\n\n</details>"
    )
}

fn stated(stated: &Option<Stated>) -> String {
    stated.as_ref().map_or_else(|| "–".to_owned(), |stated| code(&stated.text))
}

/// A text that nobody is called by and nothing is linked from.
fn code(text: &str) -> String {
    format!("`{}`", cut(&one_line(text), LONGEST).replace('`', "'").replace('|', "\\|"))
}
