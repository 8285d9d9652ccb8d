//! Answers: from flags, else from standard input, whoever writes there: a person at a terminal or another program.
//!
//! A question is asked twice at most. An empty line is the usual answer where there is one; once the input ends, the rest
//! is taken as usual, and what has no usual answer is missing.

use std::io::{BufRead, IsTerminal, Read, Write};

use super::Failure;

/// Longest answer that is read, in bytes.
const LONGEST: u64 = 1_000;

/// A question.
pub(super) struct Question<'q, T> {
    /// Its flag.
    pub(super) flag: &'q str,
    /// As it is asked.
    pub(super) asks: &'q str,
    /// What is answered where nobody says anything.
    pub(super) usual: Option<&'q str>,
    /// Reads an answer, or says what is wanted.
    pub(super) read: fn(&str) -> Result<T, String>,
}

/// A question with what its flag said, if it was there.
pub(super) struct Stated<'q, T> {
    question: Question<'q, T>,
    answer: Option<T>,
}

/// Whom to ask, and what went wrong so far.
pub(super) struct Asking {
    can: bool,
    missing: Vec<String>,
    wrong: Vec<String>,
}

impl Asking {
    /// Asks on standard input, unless the usual answers are to be taken.
    pub(super) fn new(takes_usual: bool) -> Self {
        Self { can: !takes_usual, missing: Vec::new(), wrong: Vec::new() }
    }

    /// Reads what a flag says. All flags are read before anything is asked.
    pub(super) fn stated<'q, T>(&mut self, question: Question<'q, T>, text: Option<&String>) -> Stated<'q, T> {
        let read = text.map(|text| (question.read)(text).map_err(|wanted| (text, wanted)));
        let answer = match read {
            Some(Ok(answer)) => Some(answer),
            Some(Err((text, wanted))) => {
                self.wrong.push(refusal(question.flag, text, &wanted));
                None
            }
            None => {
                if question.usual.is_none() {
                    self.missing.push(question.flag.to_owned());
                }
                None
            }
        };
        Stated { question, answer }
    }

    /// Ends the reading of flags.
    ///
    /// # Errors
    /// If one of them is wrong; what is missing is named too.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        if self.wrong.is_empty() {
            self.missing.clear();
            return Ok(());
        }
        Err(self.failure())
    }

    /// The answer to a question; `None` where it is missing, which [`Asking::failure`] reports.
    ///
    /// # Errors
    /// If two answers in turn make no sense.
    pub(super) fn answer<T>(&mut self, stated: Stated<'_, T>) -> Result<Option<T>, Failure> {
        let Stated { question, answer } = stated;
        if answer.is_some() {
            return Ok(answer);
        }
        for is_last in [false, true] {
            let Some(line) = self.line(question.asks) else {
                let usual = question.usual.and_then(|usual| (question.read)(usual).ok());
                if usual.is_none() {
                    self.missing.push(question.flag.to_owned());
                }
                return Ok(usual);
            };
            let text = if line.is_empty() { question.usual.unwrap_or("") } else { &line };
            match (question.read)(text) {
                Ok(answer) => return Ok(Some(answer)),
                Err(wanted) if is_last => {
                    self.wrong.push(refusal(question.flag, &line, &wanted));
                    return Err(self.failure());
                }
                Err(wanted) => say(&format!("  {wanted}\n")),
            }
        }
        Ok(None)
    }

    /// One line of standard input; `None` from its end on. At a terminal the question comes first; for a program it is
    /// written once there is an answer, with that beside it.
    fn line(&mut self, asks: &str) -> Option<String> {
        if !self.can {
            return None;
        }
        let mut input = std::io::stdin().lock();
        let is_terminal = std::io::stdin().is_terminal();
        if is_terminal {
            say(&format!("{asks} "));
        }
        let mut bytes = Vec::new();
        let got = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        if !got.is_ok_and(|bytes| bytes > 0) {
            self.can = false;
            return None;
        }
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        if !is_terminal {
            say(&format!("{asks} {}\n", line.escape_debug()));
        }
        Some(line)
    }

    /// What is wrong and what is missing, by flag.
    pub(super) fn failure(&self) -> Failure {
        let mut text = String::new();
        for wrong in &self.wrong {
            text.push_str(&format!("outgrow: {wrong}\n"));
        }
        if !self.missing.is_empty() {
            text.push_str(&format!("outgrow: nobody answers: state {}\n", self.missing.join(", ")));
        }
        Failure::Input(text)
    }
}

fn refusal(flag: &str, text: &str, wanted: &str) -> String {
    format!("{flag} \"{}\": {wanted}", text.escape_debug())
}

/// Says something beside the output; that nobody listens is no failure.
fn say(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
