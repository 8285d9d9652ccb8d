//! What a page is made of, before it is laid out for a terminal or written as Markdown.

/// Widest line in a terminal, characters.
pub const WIDTH: usize = 90;
/// Characters of a table's first column at least, and of each other.
const NAME: usize = 34;
const CELL: usize = 18;
/// Characters before an argument that follows its label: "For leaving:  ".
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
    /// Heads of the columns behind the first.
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

fn table_lines(table: &Table) -> Vec<String> {
    let longest = table.rows.iter().map(|(name, _)| 4 + name.chars().count() + 2).max().unwrap_or(0);
    let first = longest.max(NAME);
    let mut lines = if table.caption_in_head {
        vec![row(2, first, &table.caption, &table.head)]
    } else {
        vec![format!("  {}", table.caption), row(4, first, "", &table.head)]
    };
    lines.extend(table.rows.iter().map(|(name, cells)| row(4, first, name, cells)));
    lines.extend(table.below.iter().map(|text| format!("    {text}")));
    lines
}

fn row(indent: usize, first: usize, name: &str, cells: &[String]) -> String {
    let mut line = format!("{}{name}", " ".repeat(indent));
    let mut column = first;
    for cell in cells {
        let gap = column.saturating_sub(line.chars().count()).max(2);
        line.push_str(&" ".repeat(gap));
        line.push_str(cell);
        column += CELL;
    }
    line
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

fn broken(width: usize, first: usize, rest: usize, text: &str) -> Vec<String> {
    let mut lines = vec![" ".repeat(first)];
    // Two spaces after a full stop part the sentences that matter; they survive unless the line breaks there.
    for word in text.split_inclusive(' ') {
        let line = lines.last_mut().expect("one line is there from the start");
        if line.chars().count() + word.trim_end().chars().count() > width && !line.trim().is_empty() {
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
