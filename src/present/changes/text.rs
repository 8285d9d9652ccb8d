//! The changes for a terminal.

use super::{Compared, Headline, Row};
use crate::present::number::count;
use crate::present::page::block::WIDTH;
use crate::present::side::{columns, cut, one_line};
use crate::scenario::difference::{Difference, Stated};

/// Width of each column of amounts.
const AMOUNT: usize = 11;

/// The page.
#[must_use]
pub fn page(compared: &Compared) -> String {
    let mut lines = vec![format!("{} → {}", compared.files[0], compared.files[1])];
    if compared.is_same() {
        lines.push("  No difference in inputs.".to_owned());
    } else if let Some(sentence) = compared.sentence() {
        lines.extend(wrapped(&format!("{sentence}.")));
    }
    lines.extend(compared.told.iter().flat_map(|text| wrapped(text)));
    if !compared.rows.is_empty() {
        lines.push(String::new());
        lines.extend(table(compared));
    }
    if !compared.is_same() {
        lines.push(String::new());
        lines.push(cells("", ["before", "after"].map(str::to_owned)));
        lines.extend(compared.beside.iter().map(|(name, ends)| cells(name, ends.clone())));
    }
    lines.extend(list("Inputs that did nothing", compared.idle.iter().flat_map(|row| &row.differences)));
    lines.extend(list("Words and evidence, which move no figure", &compared.words));
    lines.into_iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn cells(name: &str, [before, after]: [String; 2]) -> String {
    format!("  {name:<30}{} {after}", padded(&before, 29))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn wrapped(text: &str) -> Vec<String> {
    crate::present::page::block::lines(&crate::present::page::block::Block::Words(text.to_owned()))
}

/// Amounts to the right of a name.
fn amounts(name: &str, amounts: &[String]) -> String {
    let most = WIDTH - AMOUNT * 4;
    let mut line = padded(&cut(name, most), most);
    for amount in amounts {
        line.push_str(&" ".repeat(AMOUNT.saturating_sub(columns(amount))));
        line.push_str(amount);
    }
    line
}

fn table(compared: &Compared) -> Vec<String> {
    let Some(headline) = &compared.headline else {
        let mut lines = vec!["  What changed".to_owned()];
        lines.extend(compared.rows.iter().flat_map(|row| {
            let mut lines = vec![format!("    {}", one_line(&row.differences[0].path))];
            lines.extend(below(row));
            lines
        }));
        return lines;
    };
    let head = ["what it did", "std. error", "alone", "last"].map(str::to_owned);
    let mut lines = vec![amounts("  What changed", &head)];
    lines.push(amounts("    before", &[headline.sided(headline.ends[0])]));
    for row in &compared.rows {
        let [first, last] = [row.part.first, row.part.last].map(|mean| headline.signed(mean.value));
        let name = format!("    {}", one_line(&row.differences[0].path));
        let did = [headline.did(row), headline.error(row.part.did.se), first, last];
        match columns(&name) < WIDTH - AMOUNT * 4 {
            true => lines.push(amounts(&name, &did)),
            false => lines.extend([cut(&name, WIDTH), amounts("", &did)]),
        }
        lines.extend(below(row));
    }
    if let Some(together) = headline.together {
        lines.push(amounts("    together: three changes or more", &[headline.signed(together)]));
    }
    lines.push(amounts("    after", &[headline.sided(headline.ends[1])]));
    lines.extend(wrapped(&legend(compared, headline)));
    lines
}

/// What the columns mean.
pub(super) fn legend(compared: &Compared, headline: &Headline) -> String {
    let [own, base] = &headline.names;
    let several = match headline.interactions {
        _ if compared.rows.len() < 2 => String::new(),
        0.0 => {
            let unit = crate::present::grid::written(headline.currency, headline.unit, headline.unit);
            format!(" The changes act on each other by less than {unit}.")
        }
        amount => format!(
            " {} of it is there only because changes act on each other: each of two has half.",
            headline.signed(amount)
        ),
    };
    format!(
        "Average {} of {own} beside {base}: + is dearer, − cheaper. What a change did is the mean of what it does alone and \
         what it does last, after all others; the lines add up.{several} {} futures, the same in every run (seed {}).",
        headline.of_what(),
        count(compared.trials),
        compared.seed
    )
}

/// What stood and stands there, and where.
fn below(row: &Row) -> Vec<String> {
    let mut lines = Vec::new();
    for (nth, difference) in row.differences.iter().enumerate() {
        let with = if nth == 0 { String::new() } else { format!("with {}: ", one_line(&difference.path)) };
        let values = format!("      {with}{}", from_to(difference));
        let places = places(difference);
        if columns(&values) + columns(&places) + 3 <= WIDTH {
            lines.push(format!("{values}   {places}"));
        } else {
            lines.extend([cut(&values, WIDTH), format!("        {}", cut(&places, WIDTH - 8))]);
        }
    }
    if let Some(because) = &row.because {
        lines.push(cut(&format!("      one change, for else {}", one_line(because)), WIDTH));
    }
    lines
}

/// "\"$500 / month\" → \"$600 / month\"".
#[must_use]
pub fn from_to(difference: &Difference) -> String {
    let said = |stated: &Option<Stated>| stated.as_ref().map_or("nothing".to_owned(), |s| one_line(&s.text));
    format!("{} → {}", said(&difference.from), said(&difference.to))
}

/// "a.toml:12 → b.toml:14".
#[must_use]
pub fn places(difference: &Difference) -> String {
    let place = |stated: &Option<Stated>| stated.as_ref().map(|s| format!("{}:{}", one_line(&s.file), s.line));
    [place(&difference.from), place(&difference.to)].into_iter().flatten().collect::<Vec<_>>().join(" → ")
}

fn list<'d>(title: &str, differences: impl IntoIterator<Item = &'d Difference>) -> Vec<String> {
    let mut lines: Vec<String> =
        differences.into_iter().map(|d| cut(&format!("    {}: {}", one_line(&d.path), from_to(d)), WIDTH)).collect();
    if !lines.is_empty() {
        lines.splice(0..0, [String::new(), format!("  {title}")]);
    }
    lines
}
