//! How a problem looks. Four lines at most, plain text: what it is and where, the line of the file, the way out at the
//! caret. Text from the file is shown with its control characters replaced, so that a file cannot drive a terminal.

use std::fmt::{Display, Formatter, Result};

use super::{Problem, Report, Severity};

/// Widest piece of a line that is shown, in characters; longer ones are cut around the caret.
const WIDEST: usize = 96;
/// Problems of a report that are shown; nobody mends more than these at once.
const MOST: usize = 200;
/// What is kept before the caret of a line that is cut, in characters.
const BEFORE: usize = 40;

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let file = &self.place.file;
        let (line, column) = self.place.line_and_column();
        let warning = if self.severity == Severity::Warning { "warning: " } else { "" };
        writeln!(
            f,
            "{} {}:{line}:{column}  {warning}{}",
            self.code,
            shown(file.name_at(self.place.span.start)),
            shown(&self.message)
        )?;

        if file.text.is_empty() {
            return Ok(());
        }
        let text: Vec<char> = shown(file.line_at(self.place.span.start)).chars().collect();
        let caret = (column - 1).min(text.len());
        let from = if text.len() > WIDEST && caret > BEFORE { caret - BEFORE } else { 0 };
        let upto = (from + WIDEST).min(text.len());
        let piece: String = text[from..upto].iter().collect();
        writeln!(f, "   |  {}", piece.trim_end())?;

        let marked = file.text.get(self.place.span.clone()).unwrap_or("");
        let carets = marked.lines().next().unwrap_or("").chars().count().clamp(1, (upto - caret.min(upto)).max(1));
        let mark = format!("   |  {}{}", " ".repeat(caret - from), "^".repeat(carets));
        let hints: Vec<&str> =
            [&self.wanted, &self.cure].into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
        match hints.as_slice() {
            [] => writeln!(f, "{mark}"),
            [only] => writeln!(f, "{mark} {}", shown(only)),
            [wanted, cure, ..] => {
                writeln!(f, "{mark} {}", shown(wanted))?;
                writeln!(f, "   |  {}{}", " ".repeat(caret - from + carets + 1), shown(cure))
            }
        }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (nth, problem) in self.problems.iter().take(MOST).enumerate() {
            if nth > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        if self.problems.len() > MOST {
            writeln!(f, "\nand {} more", self.problems.len() - MOST)?;
        }
        Ok(())
    }
}

/// The text with every control and direction-changing character replaced by one that shows: one for one, so that
/// columns hold.
fn shown(text: &str) -> String {
    let hides =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() || hides(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::diag::{Place, Problem, Severity, SourceFile};

    fn problem(text: &str, span: std::ops::Range<usize>) -> Problem {
        let file = Arc::new(SourceFile::new("heroku-to-ecs.toml".into(), text.into()));
        Problem {
            code: "E014",
            severity: Severity::Error,
            message: "`autoscaling` is 1.4; it is a share, 0 to 1".into(),
            place: Place { file, span },
            wanted: String::new(),
            cure: "write \"14 %\" or 0.14".into(),
        }
    }

    #[test]
    fn a_problem_shows_its_line_its_caret_and_its_cure() {
        let page = problem("autoscaling = 1.4\n", 14..17).to_string();
        assert_eq!(
            page,
            "E014 heroku-to-ecs.toml:1:15  `autoscaling` is 1.4; it is a share, 0 to 1\n   \
             |  autoscaling = 1.4\n   |                ^^^ write \"14 %\" or 0.14\n"
        );
    }

    #[test]
    fn a_file_cannot_drive_the_terminal_and_a_long_line_is_cut() {
        let page = problem("x = \"\u{1b}[31m\"", 4..5).to_string();
        assert!(!page.contains('\u{1b}'));
        let long = format!("{}y = 1", "#".repeat(5_000));
        let page = problem(&long, 5_000..5_001).to_string();
        assert!(page.lines().all(|line| line.chars().count() < 160), "{page}");
        let page = problem("", 7..9).to_string();
        assert!(page.contains(":1:1"), "{page}");
    }
}
