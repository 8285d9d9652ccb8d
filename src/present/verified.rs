//! What came of running a result again: in words and for another program.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Made;
use super::inputs;
use super::stamp::Recorded;

/// How a file of a result is beside what comes out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The same bytes.
    Same,
    /// It was changed after it was written: what comes out now is what was written then.
    Changed,
    /// What comes out now is not what was written.
    Otherwise,
    /// It is gone.
    Missing,
    /// It was written, and does not come out now.
    NotMade,
    /// A picture of a theme that is not at hand.
    NotCompared,
    /// It has the name of a file of results and is none of this one.
    Stray,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Otherwise => "differs",
            Self::Missing => "missing",
            Self::NotMade => "not_made",
            Self::NotCompared => "not_compared",
            Self::Stray => "stray",
        }
    }

    const fn said(self) -> &'static str {
        match self {
            Self::Same => "is the same",
            Self::Changed => "was changed after it was written",
            Self::Otherwise => "comes out differently",
            Self::Missing => "is gone",
            Self::NotMade => "is not made by this program",
            Self::NotCompared => "is not compared",
            Self::Stray => "is not of this result",
        }
    }
}

/// A file and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// How it is.
    pub state: State,
}

/// What came of one result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The folder as it was named.
    pub folder: String,
    /// Its files.
    pub files: Vec<Compared>,
    /// What its `run.toml` says.
    pub recorded: Recorded,
    /// Who ran it now.
    pub made: Made,
    /// The price book that it was run with now.
    pub price_book: String,
    /// Whether its pictures are of a theme that is not at hand.
    pub lacks_theme: bool,
    /// Whether it was run again. What is redacted cannot be: its files are compared with the hashes of when they were written.
    pub is_rerun: bool,
}

impl Verified {
    /// Whether nothing that was compared is different.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.files.iter().all(|file| matches!(file.state, State::Same | State::NotCompared))
    }

    /// What else than the result may be the reason, each in a sentence.
    fn reasons(&self) -> Vec<String> {
        let (recorded, made) = (&self.recorded, self.made);
        let mut reasons = Vec::new();
        if !self.is_rerun {
            let what = &recorded.redacted;
            reasons.push(format!(
                "it is redacted ({what}) and has not what it was computed from: whether its files are as they were written was seen, \
                 not whether they are right. `verify` the result that it stands for"
            ));
        }
        if self.files.iter().any(|file| file.name == inputs::FILE && file.state == State::Changed) {
            let why = "what comes out now is of other inputs than the result";
            reasons.push(format!("{} was changed: {why}", inputs::FILE));
        }
        if recorded.version != made.version {
            reasons.push(format!("it was made by version {}; this is {}", recorded.version, made.version));
        }
        if recorded.streams != made.streams {
            let (then, now) = (recorded.streams, made.streams);
            reasons.push(format!(
                "its random streams are of version {then}; these are of {now}: other draws, other figures"
            ));
        }
        if recorded.price_book != self.price_book {
            let then = &recorded.price_book;
            reasons.push(format!("it was made with price book {then}; this one is {}", self.price_book));
        }
        if self.lacks_theme {
            reasons.push("its pictures are of a theme: give it with --theme, and they are compared too".to_owned());
        }
        reasons
    }
}

/// Whether a file is a picture, by its name.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    name.ends_with(".svg") || name.ends_with(".png")
}

/// What came out, a line for each file that is not the same.
#[must_use]
pub fn text(verified: &Verified) -> String {
    let count = |state: State| verified.files.iter().filter(|file| file.state == state).count();
    let (same, open) = (count(State::Same), count(State::NotCompared));
    let different = verified.files.len() - same - open;
    let files = |n: usize| if n == 1 { "1 file".to_owned() } else { format!("{n} files") };
    let mut text = match different {
        0 if !verified.is_rerun => format!("{}: {} as written", verified.folder, files(same)),
        0 => format!("{}: {} the same, byte for byte", verified.folder, files(same)),
        _ => format!("{}: {} not the same, {same} are", verified.folder, files(different)),
    };
    if open > 0 {
        let _ = write!(text, ", {open} not compared");
    }
    text.push('\n');
    for file in verified.files.iter().filter(|file| !matches!(file.state, State::Same | State::NotCompared)) {
        let _ = writeln!(text, "  {} {}", file.name.escape_debug(), file.state.said());
    }
    for reason in verified.reasons() {
        let _ = writeln!(text, "  {}", reason.escape_debug());
    }
    text
}

/// A folder that was not run again.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// The folder as it was named.
    pub folder: String,
    /// Why, in a sentence.
    pub why: String,
    /// What is wrong with its inputs, for another program.
    pub problems: Vec<Value>,
}

/// The same for another program: one document, whatever came of each folder.
#[must_use]
pub fn json(all: &[Verified], left: &[Left], skipped: &[Left]) -> String {
    let one = |verified: &Verified| {
        let file = |file: &Compared| json!({ "file": file.name, "state": file.state.name() });
        let recorded = &verified.recorded;
        json!({
            "folder": verified.folder,
            "is_same": verified.is_same(),
            "is_rerun": verified.is_rerun,
            "program_version": { "recorded": recorded.version, "now": verified.made.version },
            "stream_version": { "recorded": recorded.streams, "now": verified.made.streams },
            "price_book": { "recorded": recorded.price_book, "now": verified.price_book },
            "lacks_theme": verified.lacks_theme,
            "files": verified.files.iter().map(file).collect::<Vec<Value>>(),
        })
    };
    let why = |left: &Left| json!({ "folder": left.folder, "why": left.why, "problems": left.problems });
    let document = json!({
        "is_same": left.is_empty() && all.iter().all(Verified::is_same),
        "results": all.iter().map(one).collect::<Vec<Value>>(),
        "not_verified": left.iter().map(why).collect::<Vec<Value>>(),
        "skipped": skipped.iter().map(why).collect::<Vec<Value>>(),
    });
    format!("{document:#}\n")
}
