//! What a page is made of, before it is laid out for a terminal or written as Markdown.

use crate::present::side::{columns, cut};

/// Widest line in a terminal, columns.
pub const WIDTH: usize = 90;
/// Columns of a table's first column, and of each other, where there is room.
const NAME: usize = 34;
const CELL: usize = 18;
/// Columns before a table's head, and between two cells at least.
const INDENT: usize = 2;
const GAP: usize = 2;
/// Columns before an argument that follows its label: "For leaving:  ".
const LABEL: usize = 16;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What is compared: the head of the page.
    Head(String),
    /// The sentence with the word.
    Verdict(String),
    /// A sentence or two.
    Words(String),
    /// A small table.
    Table(Table),
    /// The case for leaving and the case for staying, as many arguments for either; each begins a line.
    Cases([Vec<String>; 2]),
    /// A gap.
    Gap,
}

/// A small table: a caption, a head, rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows; on a line of its own where it does not stand in the head's first cell.
    pub caption: String,
    /// Whether the caption is the head's first cell.
    pub caption_in_head: bool,
    /// Heads of the columns behind the first; a line feed parts what stands on two lines.
    pub head: Vec<String>,
    /// The first cell of a row and the others.
    pub rows: Vec<(String, Vec<String>)>,
    /// A line below it.
    pub below: Option<String>,
}

/// The lines of a block in a terminal.
#[must_use]
pub fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Head(text) => vec![text.clone()],
        Block::Verdict(text) | Block::Words(text) => wrapped(2, text),
        Block::Table(table) => table_lines(table),
        Block::Cases(cases) => case_lines(cases),
        Block::Gap => vec![String::new()],
    }
}

/// Where the columns of a table begin, and whether its caption is the head's first cell.
struct Layout {
    caption_in_head: bool,
    /// Width of the first column with its indent and gap.
    first: usize,
    /// Widths of the others with their gaps.
    cells: Vec<usize>,
}

impl Layout {
    /// Wide columns where there is room, else columns as wide as what stands in them, else a caption on a line of its own, else
    /// names that are cut.
    fn of(table: &Table) -> Self {
        let longest = |place: usize| {
            let below = table.rows.iter().filter_map(|(_, cells)| cells.get(place));
            let head = table.head.get(place).into_iter().flat_map(|cell| cell.split('\n'));
            below.map(String::as_str).chain(head).map(|cell| columns(cell) + GAP).max().unwrap_or(0)
        };
        let cells: Vec<usize> = (0..table.head.len()).map(longest).collect();
        let names = table.rows.iter().map(|(name, _)| 2 * INDENT + columns(name) + GAP).max().unwrap_or(0);
        let with_caption = names.max(INDENT + columns(&table.caption) + GAP);
        let wide: Vec<usize> = cells.iter().map(|width| (*width).max(CELL)).collect();
        let total = |first: usize, wide: &[usize]| {
            first + wide.iter().rev().skip(1).sum::<usize>() + cells.last().map_or(0, |last| last - GAP)
        };
        let tries = [
            (true, with_caption.max(NAME), &wide),
            (true, with_caption, &wide),
            (true, with_caption, &cells),
            (false, names.max(NAME), &wide),
            (false, names, &cells),
        ];
        let mut tries = tries.into_iter().filter(|(in_head, ..)| table.caption_in_head || !in_head);
        match tries.find(|(_, first, wide)| total(*first, wide) <= WIDTH) {
            Some((caption_in_head, first, wide)) => Self { caption_in_head, first, cells: wide.clone() },
            None => {
                let first = (names + WIDTH).saturating_sub(total(names, &cells)).max(NAME / 2);
                Self { caption_in_head: false, first, cells: cells.clone() }
            }
        }
    }

    fn row(&self, indent: usize, name: &str, cells: &[String]) -> String {
        let mut line = format!("{}{}", " ".repeat(indent), cut(name, self.first.saturating_sub(indent + GAP)));
        let mut column = self.first;
        for (cell, width) in cells.iter().zip(&self.cells) {
            line.push_str(&" ".repeat(column.saturating_sub(columns(&line)).max(GAP)));
            line.push_str(cell);
            column += width;
        }
        cut(&line, WIDTH)
    }
}

fn table_lines(table: &Table) -> Vec<String> {
    let layout = Layout::of(table);
    let (indent, caption) = if layout.caption_in_head { (INDENT, table.caption.as_str()) } else { (2 * INDENT, "") };
    let mut lines = Vec::new();
    if !layout.caption_in_head {
        lines.push(cut(&format!("  {}", table.caption), WIDTH));
    }
    let heads = head_lines(&table.head);
    let last = heads.len().saturating_sub(1);
    for (nth, head) in heads.iter().enumerate() {
        lines.push(layout.row(indent, if nth == last { caption } else { "" }, head));
    }
    lines.extend(table.rows.iter().map(|(name, cells)| layout.row(2 * INDENT, name, cells)));
    lines.extend(table.below.iter().map(|text| format!("    {text}")));
    lines
}

/// Longest line of a head that is broken, columns.
const HEAD: usize = 18;

/// A table that is no wider than a terminal without cutting anything, as it is or with heads on several lines; else several
/// of them: columns that have no room stand in the next, behind the same names.
#[must_use]
pub fn parts(table: &Table) -> Vec<Table> {
    let names = table.rows.iter().map(|(name, _)| 2 * INDENT + columns(name) + GAP).max().unwrap_or(0);
    let widths = |table: &Table| -> Vec<usize> {
        let cells = |place: usize| table.rows.iter().filter_map(move |(_, cells)| cells.get(place));
        let of = |place: usize| {
            let all = cells(place).map(String::as_str).chain(table.head[place].split('\n'));
            all.map(columns).max().unwrap_or(0) + GAP
        };
        (0..table.head.len()).map(of).collect()
    };
    let fits = |widths: &[usize]| names + widths.iter().sum::<usize>() <= WIDTH + GAP;
    if fits(&widths(table)) {
        return vec![table.clone()];
    }
    let folded = Table { head: table.head.iter().map(|head| folded(head)).collect(), ..table.clone() };
    let widths = widths(&folded);
    let (mut parts, mut from) = (Vec::new(), 0);
    while from < widths.len() {
        let to = (from + 1..=widths.len()).rev().find(|to| fits(&widths[from..*to])).unwrap_or(from + 1);
        let of = |(name, cells): &(String, Vec<String>)| (name.clone(), cells[from..to.min(cells.len())].to_vec());
        parts.push(Table {
            head: folded.head[from..to].to_vec(),
            rows: folded.rows.iter().map(of).collect(),
            below: folded.below.clone().filter(|_| to == widths.len()),
            ..folded.clone()
        });
        from = to;
    }
    parts
}

/// A head on as many lines as its words need.
fn folded(head: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in head.split_whitespace() {
        match lines.last_mut().filter(|line| columns(line) + 1 + columns(word) <= HEAD) {
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// A head in as many lines as its highest cell has; the others stand at the bottom.
fn head_lines(head: &[String]) -> Vec<Vec<String>> {
    let height = head.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
    let line = |nth: usize| {
        let cell = |cell: &String| {
            let lines: Vec<&str> = cell.split('\n').collect();
            let above = height - lines.len();
            nth.checked_sub(above).map_or_else(String::new, |nth| lines[nth].to_owned())
        };
        head.iter().map(cell).collect()
    };
    (0..height).map(line).collect()
}

/// What stands before the arguments of a side.
pub(super) const LABELS: [&str; 2] = ["For leaving:", "For staying:"];

/// Both cases in as many lines: the shorter side breaks an argument earlier, so that neither looks like the stronger one.
fn case_lines(cases: &[Vec<String>; 2]) -> Vec<String> {
    let hung = |text: &String| broken(WIDTH, LABEL, LABEL, text);
    let mut sides = cases.each_ref().map(|arguments| arguments.iter().map(hung).collect::<Vec<_>>());
    let count = |side: &Vec<Vec<String>>| side.iter().map(Vec::len).sum::<usize>();
    let (leaving, staying) = (count(&sides[0]), count(&sides[1]));
    let shorter = &mut sides[usize::from(staying < leaving)];
    for _ in 0..leaving.abs_diff(staying) {
        let argument = shorter.iter_mut().min_by_key(|argument| argument.len()).expect("an argument for either side");
        *argument = broken_once_more(argument);
    }
    let label = |(side, label): (Vec<Vec<String>>, &str)| {
        let mut lines = side.concat();
        if let Some(first) = lines.first_mut() {
            *first = format!("  {label:<width$}{}", first.trim_start(), width = LABEL - 2);
        }
        lines
    };
    sides.into_iter().zip(LABELS).flat_map(label).collect()
}

/// An argument on one line more, and as evenly as may be.
fn broken_once_more(lines: &[String]) -> Vec<String> {
    let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let tried = (LABEL..WIDTH).map(|width| broken(width, LABEL, LABEL, &text));
    tried.into_iter().find(|tried| tried.len() == lines.len() + 1).unwrap_or_else(|| lines.to_vec())
}

/// A text in lines of at most [`WIDTH`], indented; what follows the first line two more.
pub(super) fn wrapped(indent: usize, text: &str) -> Vec<String> {
    broken(WIDTH, indent, indent + 2, text)
}

/// A text in lines of at most a width, broken at its spaces: the first indented so far, the rest so far.
pub fn broken(width: usize, first: usize, rest: usize, text: &str) -> Vec<String> {
    let mut lines = vec![" ".repeat(first)];
    // Two spaces after a full stop part the sentences that matter; they survive unless the line breaks there.
    for word in text.split_inclusive(' ') {
        let line = lines.last_mut().expect("one line is there from the start");
        if columns(line) + columns(word.trim_end()) > width && !line.trim().is_empty() {
            lines.push(" ".repeat(rest));
        }
        let line = lines.last_mut().expect("one line is there from the start");
        // The second of two spaces is not carried to the next line.
        if !(line.trim().is_empty() && word.trim().is_empty()) {
            line.push_str(word);
        }
    }
    lines
}
