/// A text that problems point into.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// Line and column of a byte, both from 1; columns count characters. A byte past the end is the end, one inside a
    /// character is that character.
    #[must_use]
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let before = self.before(byte);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        (line, column)
    }

    /// The line that holds a byte, without its end.
    #[must_use]
    pub fn line_at(&self, byte: usize) -> &str {
        let before = self.before(byte);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.text[start..];
        rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r')
    }

    fn before(&self, byte: usize) -> &str {
        let mut end = byte.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn columns_count_characters_and_lines_end_at_either_kind_of_end() {
        let file = SourceFile { name: "a".into(), text: "é = 1\r\nβ = \"ü\" # x\n".into() };
        let cases = [
            (0, (1, 1), "é = 1"),
            (1, (1, 1), "é = 1"), // inside é
            (5, (1, 5), "é = 1"),
            (8, (2, 1), "β = \"ü\" # x"),
            (13, (2, 5), "β = \"ü\" # x"),
            (999, (3, 1), ""), // past the end
        ];
        for (byte, place, line) in cases {
            assert_eq!(file.line_and_column(byte), place, "byte {byte}");
            assert_eq!(file.line_at(byte), line, "byte {byte}");
        }
    }
}
