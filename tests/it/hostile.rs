//! Hostile inputs, by the rows of `hostile_inputs.public.csv` (`OUTGROW_ORACLES`, default ../shared/oracles; skipped with a
//! word where that is absent).
//!
//! | rows | here |
//! |---|---|
//! | csv_formula | the payload as an option's name: refused, or no cell of monthly.csv begins like a formula |
//! | xss | the payload as a title: refused, or in no picture as markup and in summary.json as text |
//! | path_traversal | the payload as the scenario's name and as the file to read: nothing is written elsewhere |
//! | numeric | the payload where the row says: trials, months, a share, a volatility, or any number |
//! | semantic | the rows whose subject is built, each as a change to a small scenario |
//! | system | sizes, nesting, closed pipe, locale, memory limit, files that are none |
//!
//! What is not built is counted by name in [`NOT_BUILT`], and the count is asserted, so that it cannot grow unseen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Subjects of rows that nothing of the product has yet, by a word of the row.
const NOT_BUILT: [(&str, &str); 16] = [
    ("rho=", "correlation"),
    ("correlation", "correlation"),
    ("history", "fitting of histories"),
    ("1e6 variables", "expressions"),
    ("expression", "expressions"),
    ("zip with", "import of spreadsheets"),
    ("gzip bomb", "the web page"),
    ("10 GB HTTP", "the web page"),
    ("Host: evil", "the web page"),
    ("Origin: ", "the web page"),
    ("bind 0.0.0.0", "the web page"),
    ("clock set", "a clock: no command reads one"),
    ("file changes", "a race that a test could win; the file is read once"),
    ("aux.toml", "Windows"),
    ("win.ini", "Windows"),
    ("\\\\host", "Windows"),
];

struct Row {
    id: String,
    case: String,
    payload: String,
    inject: String,
}

fn rows() -> Vec<Row> {
    let root = std::env::var("OUTGROW_ORACLES")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles"), PathBuf::from);
    let Ok(mut table) = csv::Reader::from_path(root.join("hostile_inputs.public.csv")) else {
        eprintln!("skipped: no oracles at {}", root.display());
        return Vec::new();
    };
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| {
        let input: serde_json::Value = serde_json::from_str(&row[2]).expect("JSON");
        let text = |key: &str| input[key].as_str().expect("text").to_owned();
        Row { id: row[0].to_owned(), case: row[1].to_owned(), payload: text("payload"), inject: text("inject") }
    })
    .collect()
}

fn small() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small-stays.toml");
    std::fs::read_to_string(path).expect("the fixture")
}

/// Text in quotes as TOML writes it.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", c as u32),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn outgrow(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
        command.current_dir(self.folder.path()).args(arguments).stdin(Stdio::null());
        ended(command)
    }

    /// Runs a text; gives how it ended.
    fn run(&self, text: &str, more: &[&str]) -> Output {
        std::fs::write(self.folder.path().join("x.toml"), text).expect("written");
        self.outgrow(&[&["run", "x.toml", "--trials", "64", "--threads", "1"], more].concat())
    }

    fn result(&self, name: &str) -> String {
        let bytes = std::fs::read(self.folder.path().join("output/x").join(name)).expect("a result");
        String::from_utf8(bytes).expect("text")
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Waits for a command, not for ever.
fn ended(mut command: Command) -> Output {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let out = child.stdout.take().expect("piped");
    let err = child.stderr.take().expect("piped");
    let reader = |mut from: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = std::io::Read::read_to_end(&mut from, &mut bytes);
            bytes
        })
    };
    let (out, err) = (reader(Box::new(out)), reader(Box::new(err)));
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            let (stdout, stderr) = (out.join().expect("read"), err.join().expect("read"));
            return Output { status, stdout, stderr };
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("it can be ended");
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Refused with a place, and nothing written.
fn refused(place: &Place, text: &str, label: &str) {
    let ran = place.run(text, &[]);
    assert_eq!(ran.status.code(), Some(2), "{label}: {}", said(&ran));
    assert!(said(&ran).contains("x.toml:"), "{label}: {}", said(&ran));
    assert_eq!(place.files(), ["x.toml"], "{label}");
}

#[test]
fn hostile_rows_hold() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows() {
        let names = |word: &str| row.payload.contains(word) || (word == "correlation" && row.inject.contains(word));
        let not_built = NOT_BUILT.iter().find(|(word, _)| names(word));
        if let Some((_, what)) = not_built {
            *counts.entry("not built").or_default() += 1;
            eprintln!("{} not built: {what}", row.id);
            continue;
        }
        let family = row.case.rsplit_once('-').map_or(row.case.as_str(), |(family, _)| family);
        let label = format!("{} {}", row.id, row.payload.escape_debug());
        match family {
            "csv_formula" => formula(&row.payload, &label),
            "xss" => markup(&row.payload, &label),
            "path_traversal" => path(&row.payload, &label),
            "numeric" => numeric(&row.payload, &row.inject, &label),
            "semantic" => semantic(&row.payload, &label),
            "system" => system(&row.payload, &label),
            other => panic!("{other} is a new family of rows"),
        }
        *counts.entry("held").or_default() += 1;
    }
    if !counts.is_empty() {
        assert!(counts["held"] >= 50, "{counts:?}");
        assert!(counts.get("not built").copied().unwrap_or(0) <= 24, "{counts:?}");
    }
}

fn formula(payload: &str, label: &str) {
    let place = Place::new();
    let name = quoted(payload);
    let text = small().replace("[options.aws]", &format!("[options.{name}]"));
    let ran = place.run(&text, &[]);
    if ran.status.code() == Some(2) {
        assert!(said(&ran).contains("x.toml:") && place.files() == ["x.toml"], "{label}: {}", said(&ran));
        return;
    }
    let mut table =
        csv::ReaderBuilder::new().has_headers(false).from_reader(std::io::Cursor::new(place.result("monthly.csv")));
    for record in table.records() {
        for cell in &record.expect("a record") {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{label}: {cell}");
        }
    }
}

fn markup(payload: &str, label: &str) {
    let place = Place::new();
    let text = small().replace("\"Move to AWS\"", &quoted(payload)).replace("\"Six dynos to AWS\"", &quoted(payload));
    let ran = place.run(&text, &[]);
    if ran.status.code() == Some(2) {
        assert!(said(&ran).contains("x.toml:"), "{label}: {}", said(&ran));
        return;
    }
    assert_eq!(ran.status.code(), Some(0), "{label}: {}", said(&ran));
    let svg = place.result("difference.svg");
    for word in ["<script", "<img", "<iframe", "onerror", "javascript:", "srcdoc", "<foreignObject"] {
        assert!(!svg.contains(word), "{label}: {word} in the picture");
    }
    let summary: serde_json::Value = serde_json::from_str(&place.result("summary.json")).expect("JSON");
    assert_eq!(summary["scenario"], payload, "{label}");
}

fn path(payload: &str, label: &str) {
    let place = Place::new();
    let ran = place.run(&small().replace("\"Six dynos to AWS\"", &quoted(payload)), &[]);
    assert_eq!(ran.status.code(), Some(0), "{label}: {}", said(&ran));
    assert_eq!(place.files(), ["output", "x.toml"], "{label}");
    let place = Place::new();
    let ran = place.outgrow(&["run", payload]);
    assert_eq!(ran.status.code(), Some(2), "{label}: {}", said(&ran));
    assert!(place.files().is_empty(), "{label}");
}

fn numeric(payload: &str, inject: &str, label: &str) {
    let place = Place::new();
    let small = small();
    let (from, to) = match inject {
        "paths" => ("trials = 64", format!("trials = {payload}")),
        "months" => ("months   = 60", format!("months = {payload}")),
        "probability" => ("standby = \"100 %\"", format!("standby = {payload}")),
        "sigma" => {
            ("growth = \"0 % / month\"", format!("growth = \"0 % / month\"\nmonth_to_month = \"{payload} % / month\""))
        }
        "any number" => ("people  = 0.9205479452054795 ", format!("people = {payload} ")),
        other => panic!("{other} is a new place for numbers"),
    };
    assert!(small.contains(from), "{from}");
    let text = small.replacen(from, &to, 1);
    if payload == "1e-320" {
        // A number like any other, if a small one: a volatility of next to nothing.
        let ran = place.run(&text, &[]);
        assert_eq!(ran.status.code(), Some(0), "{label}: {}", said(&ran));
        assert!(!place.result("summary.json").contains("NaN"));
        return;
    }
    refused(&place, &text, label);
}

fn semantic(payload: &str, label: &str) {
    let place = Place::new();
    let small = small();
    let change = |from: &str, to: &str| {
        assert!(small.contains(from), "{from}");
        small.replacen(from, to, 1)
    };
    let text = match payload {
        "P10=50,P50=40,P90=60" => {
            change("\"2 hours / month\"", "{ p10 = 50, p50 = 40, p90 = 60, unit = \"hours / month\" }")
        }
        "min=max=7" => change(
            "\"2 hours / month\"",
            "{ dist = \"triangular\", low = 7, mode = 7, high = 7, unit = \"hours / month\" }",
        ),
        "rate=-3" => change(
            "[options.heroku]",
            "[platforms.heroku.incidents.x]\nrate = \"-3 / month\"\nduration = { p50 = 1, p90 = 2, unit = \"hours\" }\n\n[options.heroku]",
        ),
        "sigma=-0.1" => {
            change("growth = \"0 % / month\"", "growth = \"0 % / month\"\nmonth_to_month = \"-10 % / month\"")
        }
        "unit mismatch USD/month + req/s" => change("\"$1,500 / month\"", "\"1500 requests / second\""),
        "only one option" => {
            let (head, rest) = small.split_once("[options.aws]").expect("it has the option");
            let (_, tail) = rest.split_once("[migrations.to-aws]").expect("and its migration");
            format!("{head}[migrations.to-aws]{tail}")
        }
        "migration before month 1" => change("\"month 1\"", "\"month 0\""),
        other => panic!("{other} is a new rule"),
    };
    refused(&place, &text, label);
}

fn system(payload: &str, label: &str) {
    let place = Place::new();
    let first = payload.split([',', ' ', ':']).next().unwrap_or_default();
    match first {
        "paths=1e12" => too_large(label),
        "100000" => refused(&place, &format!("a = {}", "[".repeat(100_000)), label),
        "2^2^2^2^2^2" => refused(&place, &small().replace("\"$95 / hour\"", "\"2^2^2^2^2^2\""), label),
        "EPIPE" => {
            std::fs::write(place.folder.path().join("x.toml"), small()).expect("written");
            let mut shell = Command::new("sh");
            let binary = env!("CARGO_BIN_EXE_outgrow");
            shell.current_dir(place.folder.path()).args(["-c", &format!("{binary} check x.toml --resolved | head -1")]);
            let ran = ended(shell);
            assert!(ran.status.success() && !said(&ran).contains("panic"), "{label}: {}", said(&ran));
        }
        "LANG=tr_TR" => {
            let mut kept = Vec::new();
            for locale in ["C", "tr_TR.UTF-8", "de_DE.UTF-8"] {
                std::fs::write(place.folder.path().join("x.toml"), small()).expect("written");
                let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
                command.current_dir(place.folder.path()).args(["run", "x.toml", "--trials", "64"]);
                command.env("LANG", locale).env("LC_ALL", locale).stdin(Stdio::null());
                let ran = ended(command);
                kept.push((ran.stdout, place.result("summary.json"), place.result("monthly.csv")));
            }
            assert!(kept.iter().all(|one| *one == kept[0]), "{label}");
        }
        "ulimit" => {
            std::fs::write(place.folder.path().join("x.toml"), small()).expect("written");
            let mut shell = Command::new("sh");
            let binary = env!("CARGO_BIN_EXE_outgrow");
            let line = format!("ulimit -v 262144; exec {binary} run x.toml --threads 1 --quiet");
            shell.current_dir(place.folder.path()).args(["-c", &line]);
            let ran = ended(shell);
            assert_eq!(ran.status.code(), Some(0), "{label}: {}", said(&ran));
        }
        "invalid" => {
            for bytes in [&b"name = \"\xff\""[..], b"\xff\xfen\0a\0m\0e\0", b"name = \"a\0b\"", b"n\0a\0m\0e\0"] {
                std::fs::write(place.folder.path().join("x.toml"), bytes).expect("written");
                let ran = place.outgrow(&["run", "x.toml"]);
                assert_eq!(ran.status.code(), Some(2), "{label}: {}", said(&ran));
                assert!(said(&ran).contains("x.toml:") || said(&ran).contains("byte"), "{label}: {}", said(&ran));
            }
        }
        "file" => {
            for bytes in [&b"\xef\xbb\xbf"[..], b"", b"\n\n"] {
                std::fs::write(place.folder.path().join("x.toml"), bytes).expect("written");
                let ran = place.outgrow(&["run", "x.toml"]);
                assert_eq!(ran.status.code(), Some(2), "{label}: {}", said(&ran));
            }
            std::fs::create_dir(place.folder.path().join("folder")).expect("made");
            let mut pipe = Command::new("mkfifo");
            pipe.current_dir(place.folder.path()).arg("pipe");
            let has_pipe = ended(pipe).status.success();
            for name in ["folder", "/dev/zero", "pipe"].into_iter().filter(|name| *name != "pipe" || has_pipe) {
                let ran = place.outgrow(&["run", name]);
                assert_eq!(ran.status.code(), Some(2), "{label} {name}: {}", said(&ran));
                assert!(said(&ran).contains("no file"), "{label} {name}: {}", said(&ran));
            }
        }
        "RTL" => refused(&place, &small().replace("\"Move to AWS\"", "\"Move \u{202e}to AWS\""), label),
        other => panic!("{other} is a new case"),
    }
}

/// Far too many trials, months, options and lines: refused before memory is asked for, in no time.
fn too_large(label: &str) {
    let place = Place::new();
    refused(&place, &small().replace("trials = 64", "trials = 1_000_000_000_000"), label);
    refused(&place, &small().replace("months   = 60", "months = 1200"), label);
    std::fs::write(place.folder.path().join("x.toml"), small()).expect("written");
    let ran = place.outgrow(&["run", "x.toml", "--trials", "1000000000000"]);
    assert_eq!(ran.status.code(), Some(2), "{label}");
}

/// Rows of a small scenario with thousands of lines and hundreds of options.
fn grown(lines: usize, options: usize) -> String {
    let mut text = small();
    for line in 0..lines {
        text.push_str(&format!(
            "\n[platforms.aws.runtime.l{line}]\nprice = \"${line} .. {} / month\"\ntoday = 3\n",
            line + 9
        ));
    }
    for option in 0..options {
        text.push_str(&format!("\n[options.o{option}]\nplatform = \"aws\"\nmigration = \"to-aws\"\n"));
    }
    text.replace("\"$0 .. 9 / month\"", "\"$1 .. 9 / month\"")
}

#[test]
fn a_size_beyond_the_memory_allowed_is_refused_with_its_figures() {
    let place = Place::new();
    let begun = Instant::now();
    let ran = place.run(&grown(0, 0), &["--max-memory", "1 MiB"]);
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
    let text = said(&ran);
    for word in ["too large", "MiB", "--max-memory is 1.0 MiB", "for each of 1 threads", "columns", "second"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // 900 options of 900 lines each: refused by what its plan would have at least, before there is a plan.
    let ran = place.run(&grown(900, 900), &["--max-memory", "1 GiB"]);
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
    assert!(said(&ran).contains("too large") && said(&ran).contains("columns"), "{}", said(&ran));
    assert_eq!(place.files(), ["x.toml"]);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    // Rates are limited, and what they grow with is not: 1.05^60, to the fifth, is two million times today.
    let growing = small().replace("growth = \"0 % / month\"", "growth = \"5 % / month\"");
    assert_ne!(growing, small());
    let many = growing.replace("[options.heroku]", "[platforms.aws.incidents.x]\nrate = \"1000 / month\"\ndriver = \"demand\"\nelasticity = 5\nduration = { p50 = 1, p90 = 2, unit = \"hours\" }\n\n[options.heroku]");
    // What full debt adds to a rate is not limited either.
    let indebted = small().replace("[options.heroku]", "[platforms.aws.incidents.x]\nrate = \"1000 / month\"\nduration = { p50 = 1, p90 = 2, unit = \"hours\" }\n[platforms.aws.debt]\npreset = \"simple\"\nat_full.incidents = \"1e9 %\"\n\n[options.heroku]");
    // One in a hundred of 1,000 requests a second is 26 million a month.
    let each = small().replace("[options.heroku]", "[drivers.requests]\ntoday = \"1000 requests / second\"\n[platforms.aws.incidents.x]\nper = { requests = \"1 %\" }\nduration = { p50 = 1, p90 = 2, unit = \"hours\" }\n\n[options.heroku]");
    for (command, text) in
        ["run", "check", "explain"].into_iter().flat_map(|c| [(c, &many), (c, &each), (c, &indebted)])
    {
        std::fs::write(place.folder.path().join("x.toml"), text).expect("written");
        let ran = place.outgrow(&[command, "x.toml"]);
        assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
        assert!(said(&ran).contains("too many incidents"), "{}", said(&ran));
    }
    let ran = place.run(&grown(40, 3), &[]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
}

/// Drawn one by one, 80,000 incidents of a month in 512 trials were once held together, in 1.3 GB.
#[cfg(target_os = "linux")]
#[test]
fn a_month_of_very_many_incidents_takes_no_more_memory_than_one_of_few() {
    let growing = small().replace("growth = \"0 % / month\"", "growth = \"5 % / month\"");
    let class = "[platforms.aws.incidents.x]\nrate = \"1000 / month\"\ndriver = \"demand\"\nelasticity = 3.7\n\
                 duration = { p50 = 1, p90 = 2, unit = \"min\" }\n\n[options.heroku]";
    let many = growing.replace("[options.heroku]", class).replace("months   = 60", "months = 24");
    assert!(many.contains("months = 24") && many.contains("5 %"), "{many}");
    let busiest = outgrow::sim::busiest_month(&crate::twin::read(&many));
    assert!((7e4..1e5).contains(&busiest), "{busiest}");
    let place = Place::new();
    std::fs::write(place.folder.path().join("x.toml"), &many).expect("written");
    let mut shell = Command::new("sh");
    let binary = env!("CARGO_BIN_EXE_outgrow");
    let line = format!("ulimit -v 262144; exec {binary} run x.toml --threads 1 --trials 512 --quiet");
    shell.current_dir(place.folder.path()).args(["-c", &line]);
    let ran = ended(shell);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
}

/// The estimate against what a run keeps: the resident memory of the built command.
#[cfg(target_os = "linux")]
#[test]
fn the_estimate_of_memory_is_about_what_a_run_takes() {
    use outgrow::plan::compile;
    use outgrow::sim::{size, whole};
    use outgrow::units::Seed;
    let scenario = crate::twin::read(&grown(400, 2));
    let plan = compile(&scenario);
    let request = whole(1, Seed(1), 1);
    let size = size(&plan, &request);
    assert!(size.columns > 400 * 3 && size.bytes > size.columns * 4096, "{size:?}");
    assert!(size.bytes < 64 * size.columns * 4096, "{size:?}");
    assert!(size.seconds > 0.0 && size.seconds < 60.0);
}
