/// A text that problems point into: a file, or several one after the other.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where each further file begins, and its name.
    joined: Vec<(usize, String)>,
}

impl SourceFile {
    /// One file.
    #[must_use]
    pub const fn new(name: String, text: String) -> Self {
        Self { name, text, joined: Vec::new() }
    }

    /// Adds a file behind those that are there; gives the byte at which it begins.
    pub fn join(&mut self, name: String, text: &str) -> usize {
        self.text.push('\n');
        let start = self.text.len();
        self.text.push_str(text);
        self.joined.push((start, name));
        start
    }

    /// The name of the file that a byte stands in.
    #[must_use]
    pub fn name_at(&self, byte: usize) -> &str {
        self.joined_at(byte).map_or(&self.name, |(_, name)| name)
    }

    /// Where the file begins that a byte stands in.
    #[must_use]
    pub fn start_at(&self, byte: usize) -> usize {
        self.joined_at(byte).map_or(0, |(start, _)| *start)
    }

    /// Names of the files, the first one's first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(self.joined.iter().map(|(_, name)| name)).map(String::as_str)
    }

    /// Which of the files a byte stands in, from 0.
    #[must_use]
    pub fn nth_at(&self, byte: usize) -> usize {
        self.joined.iter().filter(|(start, _)| *start <= byte).count()
    }

    fn joined_at(&self, byte: usize) -> Option<&(usize, String)> {
        self.joined.iter().rev().find(|(start, _)| *start <= byte)
    }

    /// Line and column of a byte in its file, both from 1; columns count characters. A byte past the end is the end, one
    /// inside a character is that character.
    #[must_use]
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let before = &self.before(byte)[self.start_at(byte)..];
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
        let file = SourceFile::new("a".into(), "é = 1\r\nβ = \"ü\" # x\n".into());
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
    #[test]
    fn a_byte_of_a_joined_file_has_its_own_line_and_name() {
        let mut file = SourceFile::new("a.toml".into(), "x = 1".into());
        let start = file.join("b.toml".into(), "y = 2\nz = 3");
        assert_eq!(&file.text[start..start + 5], "y = 2");
        let at = |byte: usize| (file.name_at(byte), file.line_and_column(byte), file.line_at(byte));
        assert_eq!(at(4), ("a.toml", (1, 5), "x = 1"));
        assert_eq!(at(start), ("b.toml", (1, 1), "y = 2"));
        assert_eq!(at(start + 6), ("b.toml", (2, 1), "z = 3"));
        assert_eq!(at(999), ("b.toml", (2, 6), "z = 3"));
    }
}
