//! What `init` writes: read without a problem, running at once, the bill as stated.

use std::process::Command;

use outgrow::model::Basis;
use outgrow::plan::compile;
use outgrow::present::draft::{self, Answers, FROM, TO};
use outgrow::study::arithmetic::{self, Future};

fn outgrow(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
    command.current_dir(folder).args(arguments).stdin(std::process::Stdio::null());
    command.output().expect("the built command starts")
}

struct Text(String);

impl outgrow::scenario::Loader for Text {
    fn load(&self, _: &str) -> Result<String, outgrow::scenario::LoadError> {
        Ok(self.0.clone())
    }
}

#[test]
fn every_pair_at_every_size_is_read_without_a_warning_and_bills_what_was_said() {
    for from in FROM {
        for to in TO {
            for (bill, engineers, months) in
                [(8200.0, 9, 60), (40.0, 1, 12), (250_000.0, 400, 120), (1.0, 1, 1), (1e9, 100_000, 360)]
            {
                let answers = Answers { from, to, bill, engineers, start: "2027-01".into(), months };
                let text = draft::text(&answers);
                let label = format!("{} to {} at {bill}", from.name, to.name);
                let (scenario, warnings) = outgrow::scenario::read("x.toml", &Text(text.clone()))
                    .unwrap_or_else(|report| panic!("{label}\n{report}"));
                // No project of weeks ends within a month, and that is said.
                let told = warnings.iter().filter(|warning| months > 1 || warning.code != "W007");
                let said: Vec<String> = told.map(ToString::to_string).collect();
                assert!(said.is_empty(), "{label}: {said:?}");
                assert!(scenario.options.len() == 3 && scenario.options.iter().any(|o| o.name.ends_with("-tuned")));
                for estimate in scenario.estimates().into_iter().filter(|estimate| !estimate.written.is_empty()) {
                    assert_eq!(estimate.basis, Basis::Assumed, "{label}: {}", estimate.path);
                    assert!(estimate.source.len() > 15, "{label}: {} has no source", estimate.path);
                }
                assert!(text.lines().all(|line| line.chars().count() < 200));
                if bill == 8200.0 {
                    let plan = compile(&scenario);
                    let first: f64 = ["runtime", "data", "tooling"]
                        .iter()
                        .map(|bucket| {
                            let path = format!("option.{}.invoiced.{bucket}", from.name);
                            arithmetic::of(&scenario, &plan, &path, None, (1, Future::Median)).expect("a bucket").steps
                                [0]
                            .value
                        })
                        .sum();
                    assert!((first - bill).abs() < 0.5, "{label} bills {first} in month 1");
                }
            }
        }
    }
}

#[test]
fn it_runs_at_once_and_never_overwrites_unasked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flags =
        ["init", "--from", "heroku", "--to", "ecs", "--bill", "$8,200", "--engineers", "9", "--start", "2027-01"];
    let made = outgrow(folder.path(), &flags);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let file = folder.path().join("heroku-to-ecs.toml");
    let text = std::fs::read_to_string(&file).expect("written");
    assert!(text.lines().take(12).any(|line| line.contains("Replace first")), "{text}");
    let ran = outgrow(folder.path(), &["run", "heroku-to-ecs.toml", "--trials", "500"]);
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));

    std::fs::write(&file, "mine").expect("written");
    let again = outgrow(folder.path(), &flags);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "mine");
    let forced = outgrow(folder.path(), &[&flags[..], &["--force"]].concat());
    assert_eq!(forced.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(&file).expect("written"), text);
    let shown = outgrow(folder.path(), &[&flags[..], &["-"]].concat());
    assert_eq!(String::from_utf8_lossy(&shown.stdout), text);
}

#[test]
fn missing_and_wrong_answers_are_all_named_where_nobody_can_be_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = outgrow(folder.path(), &["init", "--from", "herokku", "--bill", "-3", "--start", "2027-13"]);
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    for word in ["herokku", "heroku, render", "--bill", "2027-13", "state --to, --engineers"] {
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}
