//! What `init` writes: read without a problem, running at once, the bill as stated.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use outgrow::math::law::Law;
use outgrow::model::{Basis, Scenario};
use outgrow::plan::compile;
use outgrow::present::draft::{self, Answers, FROM, QUESTIONS, Reply, TO};
use outgrow::study::arithmetic::{self, Future, Lived};

fn outgrow(folder: &Path, arguments: &[&str]) -> Output {
    answered(folder, arguments, "")
}

/// The command with something on its standard input.
fn answered(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
    command.current_dir(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the built command starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // A command that has read enough closes its end.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything that has no default.
const STATED: [&str; 11] =
    ["init", "--from", "heroku", "--to", "ecs", "--bill", "8200", "--engineers", "9", "--start", "2027-01"];

/// What a file says of today's debt.
fn debt(text: &str) -> (Scenario, Vec<&str>) {
    let (scenario, warnings) =
        outgrow::scenario::read("x.toml", &Text(text.to_owned())).unwrap_or_else(|report| panic!("{report}"));
    assert!(warnings.is_empty(), "{warnings:?}");
    let table = text.split("\n[platforms.heroku.debt]\n").nth(1).expect("the table is there");
    (scenario, table.lines().take(4).collect())
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
                let answers =
                    Answers { from, to, bill, engineers, start: "2027-01".into(), months, six: [Reply::Unsure; 6] };
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
                    let lived = Lived::to(&plan, 1, Future::Median);
                    let first: f64 = ["runtime", "data", "tooling"]
                        .iter()
                        .map(|bucket| {
                            let path = format!("option.{}.invoiced.{bucket}", from.name);
                            arithmetic::of(&scenario, &plan, &path, None, &lived).expect("a bucket").steps[0].value
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

#[test]
fn every_answer_may_come_over_standard_input_and_every_question_is_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = "fly\ncloud-run\n$1,500\n4\n2027-03\n36\ny\nno\nN\nYES\n\nunsure\n";
    let ran = answered(folder.path(), &["init"], lines);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let text = std::fs::read_to_string(folder.path().join("fly-to-cloud-run.toml")).expect("written");
    for words in ["start    = \"2027-03\"", "months   = 36", "A team of 4", "$1,500 a month"] {
        assert!(text.to_lowercase().contains(&words.to_lowercase()), "{words}\n{text}");
    }
    // Two no, two not known: 2·15 + 2·7.5 = 45, 10 + 2·2.5 to either side.
    assert!(text.contains("here 45 %.") && text.contains("today  = \"30 .. 60 %\""), "{text}");
    assert!(text.contains("source = \"your answers to the six questions of outgrow init: 2 no, 2 not known\""));
    let marks = ["#   yes ", "#   no ", "#   no ", "#   yes ", "#   ? ", "#   ? "];
    let told: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("# Debt:")).skip(1).take(6).collect();
    for (line, mark) in told.iter().zip(marks) {
        assert!(line.starts_with(mark), "{told:?}");
    }
    let asked = said(&ran);
    assert_eq!(asked.lines().count(), 12, "{asked}");
    for question in QUESTIONS {
        assert!(asked.contains(question.asks), "{asked}");
    }
    let ran = outgrow(folder.path(), &["run", "fly-to-cloud-run.toml", "--trials", "200"]);
    assert_eq!((ran.status.code(), said(&ran).as_str()), (Some(0), ""));
}

#[test]
fn flags_and_standard_input_may_share_the_questions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flags = ["--months", "48", "--written-down", "no", "--two-know", "y", "-"];
    let ran = answered(folder.path(), &[&STATED[..], &flags].concat(), "n\nn\nn\nn\n");
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert_eq!(said(&ran).lines().count(), 4, "what a flag says is not asked: {}", said(&ran));
    let text = String::from_utf8(ran.stdout).expect("text");
    assert!(text.contains("months   = 48"), "{text}");
    let (scenario, table) = debt(&text);
    assert_eq!(
        table[..3],
        [
            "preset = \"black box\"    # how it grows and what it does, outgrow's wide figures",
            "today  = \"65 .. 85 %\"",
            "basis  = \"judged\""
        ]
    );
    let heroku = scenario.platforms.iter().find(|p| p.name == "heroku").and_then(|p| p.debt.as_ref()).expect("it has");
    assert_eq!(heroku.today.basis, Basis::Judged);
    for (p, wanted) in [(0.05, 0.65), (0.95, 0.85)] {
        assert!((heroku.today.law.quantile(p) - wanted).abs() < 1e-9);
    }
    assert!(heroku.accrual.written.is_empty() && heroku.accrual.basis == Basis::Assumed, "the preset's");
    // The same platform, tuned, brings its debt; another one begins with none.
    let start = |name: &str| {
        let platform = scenario.platforms.iter().find(|p| p.name == name).expect("a platform");
        platform.debt.as_ref().expect("it has").today.law.clone()
    };
    assert_eq!(start("heroku-tuned"), start("heroku"));
    assert_eq!(start("ecs"), Law::Constant(0.0));
}

#[test]
fn all_yes_is_no_debt_and_all_no_is_nine_tenths_and_both_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (reply, middle, today) in [("y", "0", "0 %"), ("n", "90", "80 .. 97 %")] {
        let six: Vec<String> = QUESTIONS.iter().flat_map(|q| [format!("--{}", q.flag), reply.to_owned()]).collect();
        let six: Vec<&str> = six.iter().map(String::as_str).collect();
        let file = format!("{reply}.toml");
        let ran = outgrow(folder.path(), &[&STATED[..], &six, &["--defaults", &file]].concat());
        assert_eq!((ran.status.code(), said(&ran).as_str()), (Some(0), ""));
        let text = std::fs::read_to_string(folder.path().join(&file)).expect("written");
        assert!(
            text.contains(&format!("here {middle} %.")) && text.contains(&format!("today  = \"{today}\"")),
            "{text}"
        );
        debt(&text);
        let ran = outgrow(folder.path(), &["run", &file, "--trials", "200"]);
        assert_eq!((ran.status.code(), said(&ran).as_str()), (Some(0), ""));
    }
}

#[test]
fn an_empty_line_the_end_of_the_input_and_the_flag_for_it_are_all_the_default() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts: Vec<Vec<u8>> =
        [("\n\n\n\n\n\n\n", &["-"][..]), ("", &["-"]), ("60\n", &["-"]), ("n\nn\n", &["--defaults", "-"])]
            .into_iter()
            .map(|(input, rest)| {
                let ran = answered(folder.path(), &[&STATED[..], rest].concat(), input);
                assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
                ran.stdout
            })
            .collect();
    assert!(texts.iter().all(|text| *text == texts[0]));
    let text = String::from_utf8(texts[0].clone()).expect("text");
    assert!(text.contains("months   = 60") && text.contains("here 45 %."), "{text}");
    let (_, table) = debt(&text);
    assert_eq!(table[1..3], ["today  = \"20 .. 70 %\"", "basis  = \"assumed\""]);
}

#[test]
fn nonsense_is_asked_again_once_and_then_refused_by_its_flag() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flags = [&STATED[..], &["--months", "12", "-"]].concat();
    let again = answered(folder.path(), &flags, "maybe\nyes\n");
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert!(said(&again).contains("  it is yes or no, y or n; unsure if nobody can say\n"), "{}", said(&again));
    assert_eq!(again.stdout, outgrow(folder.path(), &[&flags[..], &["--anyone-deploys", "yes"]].concat()).stdout);
    // The answers after a question that was lost would be taken for others, so nothing more is read.
    let refused = answered(folder.path(), &flags, "maybe\n\u{1b}[2Jperhaps\nyes\nyes\nyes\nyes\nyes\n");
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
    let last = said(&refused).lines().last().unwrap_or_default().to_owned();
    assert_eq!(
        last,
        "outgrow: --anyone-deploys \"\\u{1b}[2Jperhaps\": it is yes or no, y or n; unsure if nobody can say"
    );
    assert!(!said(&refused).contains('\u{1b}'), "an answer steers no terminal");
    // What has no default: two empty lines are two wrong answers, and the end of the input is none.
    let empty = answered(folder.path(), &["init", "--from", "fly", "--to", "ecs"], "\n\n900\n");
    assert_eq!(empty.status.code(), Some(2));
    assert!(said(&empty).contains("outgrow: --bill \"\": it is an amount of dollars"), "{}", said(&empty));
    let ended = answered(folder.path(), &["init", "--from", "fly", "--to", "ecs"], "900\n");
    assert_eq!(ended.status.code(), Some(2));
    assert!(said(&ended).contains("outgrow: nobody answers: state --engineers, --start\n"), "{}", said(&ended));
    let endless = answered(folder.path(), &["init"], &"x".repeat(100_000));
    assert_eq!(endless.status.code(), Some(2), "a line without an end is an answer like any other");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn a_wrong_flag_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = answered(folder.path(), &["init", "--upgraded", "perhaps", "--from", "fly"], "ecs\n900\n");
    assert_eq!(ran.status.code(), Some(2));
    let wanted = "outgrow: --upgraded \"perhaps\": it is yes or no, y or n; unsure if nobody can say\n\
                  outgrow: nobody answers: state --to, --bill, --engineers, --start\n";
    assert_eq!(said(&ran), wanted);
}
