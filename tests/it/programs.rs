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

fn workflow() -> String {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pull-request.yml");
    std::fs::read_to_string(workflow).expect("the example")
}

#[test]
fn every_command_line_of_the_workflow_parses() {
    let workflow = workflow();
    let lines = workflow.lines().filter(|line| !line.trim().starts_with('#'));
    let command = |line: &'static str| -> Option<&'static str> {
        let at = ["check", "diff", "run"].iter().find_map(|name| line.find(&format!("outgrow {name} ")))?;
        Some(line[at..].split("; then").next().unwrap_or_default())
    };
    let lines: Vec<&str> = lines.map(|line| &*line.to_owned().leak()).filter_map(command).collect();
    let commands: Vec<String> = lines.iter().map(|line| words(line)[1].clone()).collect();
    assert_eq!(commands, ["check", "diff", "run"]);
    for line in lines {
        takes(line).unwrap_or_else(|problem| panic!("{problem}"));
    }
    assert!(takes("outgrow run x.toml --require-payback 24 --ods 70%").is_err(), "what is wrong is seen");
}

/// What a step of the workflow gives its shell.
fn step(name: &str) -> String {
    let workflow = workflow();
    let rest = workflow.split(&format!("- name: {name}\n")).nth(1).expect("a step").split("\n      - ").next();
    let run = rest.and_then(|rest| rest.split("        run: ").nth(1)).expect("what it runs").to_owned();
    // A block's lines stand ten spaces in; comments of the next step are none of it.
    let block: Vec<&str> = run.lines().skip(1).take_while(|line| line.starts_with("          ")).collect();
    let first = run.lines().next().unwrap_or_default();
    if first == "|" { block.iter().map(|line| format!("{}\n", &line[10..])).collect() } else { first.to_owned() }
}

/// A checkout of a pull request as the workflow has it: what it would be merged into, and it as it would be merged.
#[cfg(unix)]
struct Checkout(tempfile::TempDir);

#[cfg(unix)]
impl Checkout {
    fn new(before: Option<&str>, after: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let own = Self(folder);
        std::fs::create_dir_all(own.at("own/plans")).expect("a folder");
        own.commit("a.txt", "x");
        if let Some(before) = before {
            own.commit("plans/move.toml", before);
        }
        own.commit("b.txt", "x");
        own.commit("plans/move.toml", after);
        // The pull request's own commits are one merge beside what it is merged into.
        own.git(&["reset", "-q", "--soft", "HEAD^1"]);
        own.commit("c.txt", "x");
        own
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"];
        let mut git = std::process::Command::new("git");
        let ran = git.current_dir(self.at("own")).args(identity).args(arguments).output().expect("git starts");
        assert!(ran.status.success(), "{arguments:?}: {}", text(&ran.stderr));
    }

    fn commit(&self, name: &str, content: &str) {
        if !self.at("own/.git").exists() {
            self.git(&["init", "-q", "."]);
        }
        std::fs::write(self.at("own").join(name), content).expect("written");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    /// Runs a step as the runner does, `bash -e` on a file; its code.
    fn run(&self, name: &str) -> Option<i32> {
        std::fs::write(self.at("step.sh"), step(name)).expect("written");
        let program = Path::new(env!("CARGO_BIN_EXE_outgrow")).parent().expect("its folder");
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        let mut bash = std::process::Command::new("bash");
        let bash = bash.current_dir(self.at("own")).arg("-e").arg(self.at("step.sh")).env("PATH", path);
        let bash = bash.env("PLAN", "plans/move.toml").env("GITHUB_STEP_SUMMARY", self.at("summary.md"));
        bash.output().expect("bash starts").status.code()
    }

    fn page(&self) -> String {
        std::fs::read_to_string(self.at("summary.md")).unwrap_or_default()
    }
}

#[test]
#[cfg(unix)]
fn the_workflow_compares_and_the_gate_decides() {
    const STEPS: [&str; 3] = ["Every problem of the file", "What the change does", "The gate"];
    // Invoices fall by half at once, for little: it pays back. For three times the price of today it never does.
    let plan = |price: u32| {
        format!(
            "name = \"A move\"\nstart = \"2027-01\"\nmonths = 36\nbaseline = \"stay\"\n[run]\ntrials = 200\n[demand]\ngrowth = \"0 % / month\"\n\
             [people]\nloaded_hour = \"$80 .. 120 / hour\"\n[platforms.old.runtime.web]\nprice = \"$9,000 / month\"\n\
             [platforms.new.runtime.web]\nprice = \"${price} / month\"\n[options.stay]\nplatform = \"old\"\n\
             [options.leave]\nplatform = \"new\"\nmigration = \"move\"\n\
             [migrations.move]\nfrom = \"old\"\neffort = \"2 .. 4 engineer-weeks\"\npeople = 2\n"
        )
    };
    let broken = plan(4_000).replace("months", "monhts");
    let cases = [
        (Some(plan(5_000)), plan(4_000), [Some(0); 3], "| what changed |"),
        (Some(plan(4_000)), plan(27_000), [Some(0), Some(0), Some(3)], "| what changed |"),
        (None, plan(4_000), [Some(0); 3], "`plans/move.toml` is new"),
        (Some(broken.clone()), plan(4_000), [Some(0); 3], "cannot be compared with what it was"),
        (Some(plan(4_000)), broken, [Some(2), Some(0), Some(2)], "cannot be compared with what it was"),
    ];
    for (nth, (before, after, codes, said)) in cases.iter().enumerate() {
        let checkout = Checkout::new(before.as_deref(), after);
        let ended = STEPS.map(|name| checkout.run(name));
        let page = checkout.page();
        assert_eq!(ended, *codes, "case {nth}: {page}");
        assert!(page.contains(said), "case {nth}: {page}");
        let gate = match codes[2] {
            Some(0) => ": met",
            Some(3) => ": not met",
            _ => "",
        };
        assert!(page.contains(gate), "case {nth}: {page}");
    }
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
