//! The debt that a first scenario starts with: six yes/no questions which a team can answer without thinking of a model.

use std::fmt::Write as _;

use super::Answers;

/// What a team says to one of the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes: no debt from this.
    Yes,
    /// No: a whole part of it.
    No,
    /// Nobody can say: half of one.
    Unsure,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Its flag on the command line, without the dashes.
    pub flag: &'static str,
    /// As it is asked.
    pub asks: &'static str,
    /// What a yes claims, as the file's comment says it.
    claim: &'static str,
}

/// The six.
pub const QUESTIONS: [Question; 6] = [
    Question {
        flag: "anyone-deploys",
        asks: "Could somebody else deploy if whoever usually does were away?",
        claim: "somebody else than the usual person can deploy",
    },
    Question {
        flag: "written-down",
        asks: "Is what runs in production written down, or built from code?",
        claim: "what runs is written down, or built from code",
    },
    Question {
        flag: "upgraded",
        asks: "Were runtimes and databases upgraded in the last six months?",
        claim: "runtimes and databases were upgraded in the last six months",
    },
    Question {
        flag: "alerts-acted-on",
        asks: "Does somebody act on every alert?",
        claim: "somebody acts on every alert",
    },
    Question {
        flag: "restore-tried",
        asks: "Was a restore from backup tried in the last year?",
        claim: "a restore from backup was tried in the last year",
    },
    Question {
        flag: "two-know",
        asks: "Does more than one person know how production works?",
        claim: "more than one person knows how production works",
    },
];

/// Points of debt that each no adds: six come to 90 %.
const POINTS: f64 = 15.0;
/// Points to either side of the middle, and how many more for each question that nobody could answer.
const WIDTH: f64 = 10.0;
const WIDTH_UNSURE: f64 = 2.5;
/// Ends that a range of a share may have, percent.
const LEAST: f64 = 1.0;
const MOST: f64 = 97.0;

/// The debt that the answers come to, percent: the middle, P5 and P95.
fn percent(six: &[Reply; 6]) -> (f64, f64, f64) {
    let unsure = count(six, Reply::Unsure);
    let middle = POINTS * (count(six, Reply::No) + unsure / 2.0);
    let width = WIDTH + WIDTH_UNSURE * unsure;
    (middle, (middle - width).floor().max(LEAST), (middle + width).ceil().min(MOST))
}

fn count(six: &[Reply; 6], what: Reply) -> f64 {
    six.iter().filter(|reply| **reply == what).count() as f64
}

/// The preset of the phase that the debt is in.
fn preset(middle: f64) -> &'static str {
    match middle {
        m if m < 100.0 / 3.0 => "simple",
        m if m < 200.0 / 3.0 => "drifting",
        _ => "black box",
    }
}

/// The debt of a platform that the team lives on, with the answers above it if they are wanted.
pub(super) fn at_home(text: &mut String, platform: &str, answers: &Answers, is_told: bool) {
    let six = &answers.six;
    let (middle, low, high) = percent(six);
    if is_told {
        let _ = writeln!(
            text,
            "# Debt: each \"no\" adds {POINTS} %, each that nobody can say half of it, here {middle} %."
        );
        for (question, reply) in QUESTIONS.iter().zip(six) {
            let word = match reply {
                Reply::Yes => "yes",
                Reply::No => "no",
                Reply::Unsure => "?",
            };
            let _ = writeln!(text, "#   {word:<4} {}", question.claim);
        }
    }
    let today = if middle == 0.0 { "0 %".to_owned() } else { format!("{low} .. {high} %") };
    let (no, unsure) = (count(six, Reply::No), count(six, Reply::Unsure));
    let (basis, source) = if unsure == 6.0 {
        ("assumed", "none of the six questions of outgrow init was answered: somewhere in between".to_owned())
    } else {
        ("judged", format!("your answers to the six questions of outgrow init: {no} no, {unsure} not known"))
    };
    let _ = write!(
        text,
        "[platforms.{platform}.debt]\n{:<24}# how it grows and what it does, outgrow's wide figures\ntoday  = \"{today}\"\nbasis  = \"{basis}\"\nsource = \"{source}\"\n\n",
        format!("preset = \"{}\"", preset(middle))
    );
}

/// The debt of a platform that is moved to: none at the cutover, and then as the same people let it grow.
pub(super) fn elsewhere(text: &mut String, platform: &str, answers: &Answers) {
    let (middle, ..) = percent(&answers.six);
    let _ = write!(
        text,
        "[platforms.{platform}.debt]            # none at the cutover; what nobody writes down here, nobody will there\npreset = \"{}\"\n\n",
        preset(middle)
    );
}

#[cfg(test)]
mod tests {
    use super::Reply::{No, Unsure, Yes};
    use super::*;

    #[test]
    fn each_no_adds_the_same_part_and_what_nobody_can_say_half_of_it() {
        for (six, wanted, phase) in [
            ([Yes; 6], (0.0, 1.0, 10.0), "simple"),
            ([No, Yes, Yes, Yes, Yes, Yes], (15.0, 5.0, 25.0), "simple"),
            ([No, No, Yes, Yes, Yes, Yes], (30.0, 20.0, 40.0), "simple"),
            ([No, No, Yes, Yes, No, Yes], (45.0, 35.0, 55.0), "drifting"),
            ([Unsure; 6], (45.0, 20.0, 70.0), "drifting"),
            ([Yes, Yes, Yes, Yes, Yes, Unsure], (7.5, 1.0, 20.0), "simple"),
            ([No, No, No, No, Yes, Yes], (60.0, 50.0, 70.0), "drifting"),
            ([No, No, No, No, No, Yes], (75.0, 65.0, 85.0), "black box"),
            ([No; 6], (90.0, 80.0, 97.0), "black box"),
        ] {
            assert_eq!(percent(&six), wanted, "{six:?}");
            assert_eq!(preset(wanted.0), phase, "{six:?}");
        }
    }
}
