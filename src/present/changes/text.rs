//! The changes for a terminal.

use super::{Compared, Headline, Row};
use crate::present::number::count;
use crate::present::page::block::{WIDTH, broken};
use crate::present::side::{columns, cut, one_line};
use crate::scenario::difference::{Difference, Stated};

/// Least width of a column of amounts, and what stays free before one.
const AMOUNT: usize = 11;
const GAP: usize = 2;

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

/// A name with what it is before and after; side by side where there is room.
fn cells(name: &str, [before, after]: [String; 2]) -> String {
    const NAME: usize = 30;
    let width = WIDTH - 2 - NAME;
    match columns(&before) < width / 2 && columns(&after) <= width / 2 {
        true => format!("  {name:<NAME$}{}{after}", padded(&before, width / 2)),
        false => format!("  {name}\n    before: {before}\n    after: {after}"),
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn wrapped(text: &str) -> Vec<String> {
    crate::present::page::block::lines(&crate::present::page::block::Block::Words(text.to_owned()))
}

/// Amounts in columns to the right of names.
struct Columns {
    widths: [usize; 4],
}

impl Columns {
    fn of(rows: &[[String; 4]]) -> Self {
        let widest = |place: usize| rows.iter().map(|row| columns(&row[place])).max().unwrap_or(0);
        Self { widths: std::array::from_fn(|place| (widest(place) + GAP).max(AMOUNT)) }
    }

    /// What is left for names.
    fn names(&self) -> usize {
        WIDTH.saturating_sub(self.widths.iter().sum())
    }

    /// A name and its amounts; a name that is too long has a line of its own.
    fn lines(&self, name: &str, amounts: &[String]) -> Vec<String> {
        let is_long = columns(name) >= self.names();
        let mut line = padded(if is_long { "" } else { name }, self.names());
        for (amount, width) in amounts.iter().zip(self.widths) {
            line.push_str(&" ".repeat(width.saturating_sub(columns(amount))));
            line.push_str(amount);
        }
        if is_long { vec![cut(name, WIDTH), line] } else { vec![line] }
    }
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
    let cells = |row: &Row| {
        let [first, last] = [row.part.first, row.part.last].map(|mean| headline.signed(mean.value));
        [headline.did(row), headline.error(row.part.did.se), first, last]
    };
    let rows: Vec<[String; 4]> = [head.clone()].into_iter().chain(compared.rows.iter().map(cells)).collect();
    let columns = Columns::of(&rows);
    let end = |name: &str, dollars: f64| format!("{}{}", padded(name, columns.names()), headline.sided(dollars));
    let mut lines = columns.lines("  What changed", &head);
    lines.push(end("    before", headline.ends[0]));
    for (row, cells) in compared.rows.iter().zip(&rows[1..]) {
        lines.extend(columns.lines(&format!("    {}", one_line(&row.differences[0].path)), cells));
        lines.extend(below(row));
    }
    if let Some(together) = headline.together {
        lines.extend(columns.lines("    together: three changes or more", &[headline.signed(together)]));
    }
    lines.push(end("    after", headline.ends[1]));
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
         what it does last, after all others, rounded so that the lines add up.{several} {} futures, the same in every run (seed {}).",
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
        let on_one = format!("{values}   {places}");
        if columns(&on_one) <= WIDTH {
            lines.push(on_one);
            continue;
        }
        // A value and a line's number are never cut.
        lines.extend(broken(WIDTH, 6, 8, values.trim_start()));
        match columns(&places) + 8 <= WIDTH {
            true => lines.push(format!("        {places}")),
            false => {
                lines.extend(places.split(" → ").zip(["", "→ "]).map(|(place, to)| format!("        {to}{place}")))
            }
        }
    }
    if let Some(because) = &row.because {
        lines.extend(broken(WIDTH, 6, 8, &format!("one change, for else {}", one_line(because))));
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
    let line = |d: &Difference| broken(WIDTH, 4, 6, &format!("{}: {}", one_line(&d.path), from_to(d)));
    let mut lines: Vec<String> = differences.into_iter().flat_map(line).collect();
    if !lines.is_empty() {
        lines.splice(0..0, [String::new(), format!("  {title}")]);
    }
    lines
}
