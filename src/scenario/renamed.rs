//! Words that an earlier draft of the language used and that are called something else now: who still writes one is told
//! its successor. What stands behind the word is read as if it stood behind the new one, so that nothing else is said to
//! be missing.

use super::{code, notes::Notes};
use std::ops::Range;

/// A word, the tables it stood in, and its successor there.
pub(super) struct Renamed {
    /// Paths of tables as the reader names them; a `*` stands for one name.
    places: &'static [&'static str],
    old: &'static str,
    pub(super) new: &'static str,
}

const LINES: &[&str] = &["platform.*.runtime.*", "platform.*.data.*", "platform.*.tooling.*"];

const ALL: &[Renamed] = &[
    Renamed { places: LINES, old: "bundle", new: "each" },
    Renamed { places: LINES, old: "limits", new: "fits" },
    Renamed { places: LINES, old: "share", new: "percent_of" },
    Renamed { places: &["platform.*"], old: "engineering", new: "work" },
    Renamed { places: &["platform.*.incident.*"], old: "hit", new: "revenue_hit" },
    Renamed { places: &["vendor.*"], old: "sla", new: "sla_credit" },
    Renamed { places: &["option.*.cover.*"], old: "releases", new: "released" },
    Renamed { places: &["option.*.cover.*"], old: "triggers", new: "hire_when_any" },
    Renamed { places: &["migration.*", "policy.*"], old: "triggers", new: "starts_when_any" },
];

/// What a word of a table is called now.
pub(super) fn successor(table: &str, old: &str) -> Option<&'static Renamed> {
    ALL.iter().find(|row| row.old == old && row.is_in(table))
}

/// What a word of a table was called once.
pub(super) fn predecessor(table: &str, new: &str) -> Option<&'static str> {
    ALL.iter().find(|row| row.new == new && row.is_in(table)).map(|row| row.old)
}

impl Renamed {
    fn is_in(&self, table: &str) -> bool {
        let is = |place: &&str| {
            place.split('.').count() == table.split('.').count()
                && place.split('.').zip(table.split('.')).all(|(place, name)| place == "*" || place == name)
        };
        self.places.iter().any(is)
    }

    /// Reports the old word. `is_there`: the table has the new one too.
    pub(super) fn report(&self, span: &Range<usize>, is_there: bool, notes: &mut Notes) {
        let (old, new) = (self.old, self.new);
        let problem = notes.error(code::UNKNOWN_KEY, span, format!("`{old}` is now called `{new}`"));
        problem.cure =
            if is_there { format!("`{new}` is there already: leave this out") } else { format!("write `{new}`") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Problem;
    use crate::scenario::{LoadError, Loader, read};

    struct Text(String);

    impl Loader for Text {
        fn load(&self, _: &str) -> Result<String, LoadError> {
            Ok(self.0.clone())
        }
    }

    /// What a file says that has nothing but one word in one place.
    fn problems(place: &str, word: &str) -> Vec<Problem> {
        let in_file = |part: &str| match part {
            "platform" => "platforms".to_owned(),
            "option" => "options".to_owned(),
            "migration" => "migrations".to_owned(),
            "vendor" => "vendors".to_owned(),
            "incident" => "incidents".to_owned(),
            "policy" => "policies".to_owned(),
            "*" => "x".to_owned(),
            other => other.to_owned(),
        };
        let header: Vec<String> = place.split('.').map(in_file).collect();
        // A layer of cover is told what it is first.
        let kind = if place.contains(".cover.") { "kind = \"dedicated\"\n" } else { "" };
        let text = format!("[{}]\n{kind}{word} = 1\n", header.join("."));
        read("x.toml", &Text(text)).expect_err("most of the file is missing").problems
    }

    fn is_known(problems: &[Problem]) -> bool {
        problems.iter().all(|problem| problem.code != code::UNKNOWN_KEY)
    }

    #[test]
    fn every_successor_is_a_key_of_its_place_and_no_old_word_is_one() {
        let page = include_str!("../../scenarios/README.md");
        for row in ALL {
            assert!(page.contains(&format!("| `{}` | `{}` |", row.old, row.new)), "the page lacks `{}`", row.old);
            for place in row.places {
                let found = problems(place, row.new);
                assert!(is_known(&found), "{place} has no key `{}`: {found:?}", row.new);
                assert!(!is_known(&problems(place, "no_such_word")), "{place} is not looked at");
                let found = problems(place, row.old);
                let unknown: Vec<&Problem> = found.iter().filter(|p| p.code == code::UNKNOWN_KEY).collect();
                let [problem] = unknown.as_slice() else { panic!("{place}: `{}` is a key: {found:?}", row.old) };
                let said = format!("`{}` is now called `{}`", row.old, row.new);
                assert!(problem.message.starts_with(&said), "{}", problem.message);
            }
        }
    }

    #[test]
    fn a_word_is_old_in_its_place_only() {
        assert!(successor("platform.heroku.data.postgres", "limits").is_some());
        assert!(successor("platform.heroku.work.postgres", "limits").is_none());
        assert!(successor("platform.heroku", "limits").is_none());
        assert!(successor("platform.heroku.data.postgres.fits", "limits").is_none());
        assert_eq!(predecessor("migration.to-ecs", "starts_when_any"), Some("triggers"));
        assert_eq!(predecessor("option.a.cover.team", "starts_when_any"), None);
    }
}
