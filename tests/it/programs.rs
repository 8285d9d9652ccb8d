//! What other programs get: JSON of every command, completions, manual pages, and an example workflow whose commands parse.

use std::path::Path;

use serde_json::Value;

use crate::shell::outgrow;

const SHIPPED: &str = "scenarios/heroku-to-ecs.toml";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command speaks UTF-8")
}

fn json(arguments: &[&str], code: i32) -> Value {
    let ran = outgrow(arguments);
    assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {}", text(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", text(&ran.stdout)))
}

/// A line as a shell has it: its words, without what follows a pipe, a redirection or a comment.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, '|' | '>' | '#' | '&' | ';') => break,
            (None, ' ') if word.is_empty() => {}
            (None, ' ') => words.push(std::mem::take(&mut word)),
            (None, c) => word.push(c),
        }
    }
    words
}

/// Whether the program takes a line; a command that is not there yet is told apart.
fn takes(line: &str) -> Result<String, String> {
    let words = words(line);
    let command = words.get(1).cloned().unwrap_or_default();
    outgrow::cli::command().try_get_matches_from(&words).map(|_| command).map_err(|error| format!("{line}\n{error}"))
}

#[test]
fn every_command_line_of_the_workflow_parses() {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pull-request.yml");
    let workflow = std::fs::read_to_string(workflow).expect("the example");
    let lines = workflow.lines().map(|line| line.trim().trim_start_matches("run: "));
    let lines: Vec<&str> = lines.filter(|line| line.starts_with("outgrow ")).collect();
    let commands: Vec<String> = lines.iter().map(|line| words(line)[1].clone()).collect();
    assert_eq!(commands, ["check", "diff", "run"]);
    for line in lines {
        let known = outgrow::cli::command().find_subcommand(&words(line)[1]).is_some();
        // `diff` may be on its way.
        assert!(known || words(line)[1] == "diff", "{line}");
        if known {
            takes(line).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }
    assert!(takes("outgrow run x.toml --require-payback 24 --ods 70%").is_err(), "what is wrong is seen");
}

#[test]
fn every_example_of_the_help_parses() {
    let mut commands = vec![outgrow::cli::command()];
    commands.extend(outgrow::cli::command().get_subcommands().cloned());
    let mut seen = 0;
    for command in commands {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in help.lines().filter(|line| line.starts_with("  outgrow ")) {
            // What is said of a command stands two spaces behind it.
            let line = line.trim().split("  ").next().unwrap_or_default();
            takes(line).unwrap_or_else(|problem| panic!("{problem}"));
            seen += 1;
        }
    }
    assert!(seen > 25, "examples are found: {seen}");
}

#[test]
fn check_gives_its_problems_and_what_files_hold() {
    let good = json(&["check", SHIPPED, "--json"], 0);
    assert_eq!(good["problems"][0]["severity"], "warning");
    let file = &good["files"][0];
    assert_eq!((&file["months"], &file["start"], &file["errors"]), (&60.into(), &"2027-01".into(), &0.into()));
    assert!(file["demand_in_last_month"]["p90"].as_f64() > file["demand_in_last_month"]["p50"].as_f64(), "{file}");
    let bad = json(&["check", "tests/refuse/E003-unknown-keys.toml", SHIPPED, "--json"], 2);
    let problem =
        bad["problems"].as_array().and_then(|all| all.iter().find(|one| one["code"] == "E003")).expect("E003");
    assert_eq!(
        (&problem["severity"], &problem["file"]),
        (&"error".into(), &"tests/refuse/E003-unknown-keys.toml".into())
    );
    // Its place is the one that people are told.
    let told = text(&outgrow(&["check", "tests/refuse/E003-unknown-keys.toml"]).stderr);
    let place = format!("E003 tests/refuse/E003-unknown-keys.toml:{}:{}  ", problem["line"], problem["column"]);
    assert!(told.contains(&place) && told.contains(problem["message"].as_str().expect("a message")), "{told}");
    assert_eq!(bad["files"].as_array().map(Vec::len), Some(2));
    assert!(bad["files"][0]["errors"].as_u64() > Some(0) && bad["files"][1]["errors"] == 0, "{bad}");
}

#[test]
fn a_problem_is_json_where_json_is_asked_for() {
    let refused = "tests/refuse/E003-unknown-keys.toml";
    for arguments in [
        &["run", refused, "--json"][..],
        &["explain", refused, "--json"],
        &["check", refused, "--resolved", "--json"],
        &["prices", "postgres", "--prices", refused, "--json"],
    ] {
        let value = json(arguments, 2);
        let first = &value["problems"][0];
        assert!(first["code"].is_string() && first["line"].is_u64(), "{arguments:?}: {value}");
    }
    // What is of no place in a file has none.
    for arguments in [
        &["explain", SHIPPED, "option.nothing.here", "--json"][..],
        &["prices", "nothing-of-this-name", "--json"],
        &["run", SHIPPED, "--require-payback", "99 years", "--odds", "70%", "--json"],
    ] {
        let value = json(arguments, 2);
        let message = value["problems"][0]["message"].as_str().unwrap_or_default();
        assert!(!message.is_empty() && !message.starts_with("outgrow"), "{arguments:?}: {value}");
        assert!(value["problems"][0]["line"].is_null(), "{arguments:?}: {value}");
    }
}

#[test]
fn completions_name_every_command_and_flag() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&outgrow(&["completions", shell]).stdout);
        for word in ["verify", "require-hole-below", "batch", "completions"] {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
    }
    assert_eq!(outgrow(&["completions", "csh"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn bash_takes_the_completions() {
    let script = text(&outgrow(&["completions", "bash"]).stdout);
    let ask = format!(
        "{script}\nCOMP_WORDS=(outgrow run x.toml --require-p) COMP_CWORD=3\n_outgrow outgrow --require-p x.toml\necho \"${{COMPREPLY[*]}}\""
    );
    let Ok(ran) = std::process::Command::new("bash").args(["--norc", "-c", &ask]).output() else { return };
    assert_eq!(text(&ran.stdout).trim(), "--require-payback", "{}", text(&ran.stderr));
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("man");
    let ran = outgrow(&["man", place.to_str().expect("plain")]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let read = |name: &str| std::fs::read_to_string(place.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    for command in outgrow::cli::command().get_subcommands() {
        let page = read(&format!("outgrow-{}.1", command.get_name()));
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".TH outgrow"), "{page}");
    }
    assert!(read("outgrow.1").contains("outgrow\\-verify") && read("outgrow-run.1").contains("require\\-payback"));
    std::fs::write(folder.path().join("taken"), "").expect("written");
    let ran = outgrow(&["man", folder.path().join("taken").to_str().expect("plain")]);
    assert!(ran.status.code() == Some(1) && text(&ran.stderr).contains("taken"), "{}", text(&ran.stderr));
}
