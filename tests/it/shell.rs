//! The built command, as a shell sees it: exit codes, streams, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SHIPPED: &str = "scenarios/heroku-to-ecs.toml";
const FILES: [&str; 20] = [
    "costs.png",
    "costs.svg",
    "difference.png",
    "difference.svg",
    "hinges.png",
    "hinges.svg",
    "inputs.json",
    "lines.parquet",
    "monthly.csv",
    "monthly.parquet",
    "payback.png",
    "payback.svg",
    "people.md",
    "people.png",
    "people.svg",
    "run-rate.png",
    "run-rate.svg",
    "run.toml",
    "summary.json",
    "summary.md",
];

pub fn outgrow(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the built command starts")
}

/// The same in another folder than the crate's.
pub fn outgrow_in(folder: &Path, arguments: &[&str]) -> Output {
    command(arguments).current_dir(folder).output().expect("the built command starts")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command speaks UTF-8")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder of results");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_run_prints_the_verdict_and_leaves_its_files() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = outgrow(&["run", SHIPPED, "--trials", "600", "--out", path(out.path())]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let page = text(&ran.stdout);
    assert!(page.lines().nth(1).is_some_and(|line| line.contains("LEAVE NOW.")), "{page}");
    let warned = text(&ran.stderr);
    let heads = warned.lines().filter(|line| !line.is_empty() && !line.starts_with("   |"));
    assert!(heads.into_iter().all(|line| line.starts_with("W008 ")), "no bar, this is no terminal: {warned}");
    assert_eq!(files(&out.path().join("heroku-to-ecs")), FILES);
}

#[test]
fn results_in_the_repository_are_those_of_this_version() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = files(&root.join("scenarios"));
    let mut stale = Vec::new();
    for scenario in shipped.iter().filter_map(|name| name.strip_suffix(".toml")) {
        let file = format!("scenarios/{scenario}.toml");
        let ran = outgrow(&["run", &file, "--quiet", "--threads", "3", "--out", path(out.path())]);
        assert!(ran.status.success() && ran.stdout.is_empty(), "{}", text(&ran.stderr));
        for name in ["summary.md", "people.md", "summary.json", "monthly.csv", "run.toml"] {
            let kept = std::fs::read(root.join("output").join(scenario).join(name)).unwrap_or_default();
            if kept != std::fs::read(out.path().join(scenario).join(name)).expect("just written") {
                stale.push(format!("output/{scenario}/{name}"));
            }
        }
    }
    assert!(stale.is_empty(), "stale: run these scenarios again and say why their values changed: {stale:?}");
    let without = files(&root.join("output")).into_iter().filter(|name| !shipped.contains(&format!("{name}.toml")));
    assert_eq!(without.collect::<Vec<_>>(), Vec::<String>::new(), "results of no scenario");
}

#[test]
fn threads_do_not_show_in_any_file() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let run = |threads: &str| -> Vec<Vec<u8>> {
        let folder = out.path().join(threads);
        let ran =
            outgrow(&["run", SHIPPED, "--trials", "1500", "--threads", threads, "--quiet", "--out", path(&folder)]);
        assert!(ran.status.success(), "{}", text(&ran.stderr));
        FILES.iter().map(|name| std::fs::read(folder.join("heroku-to-ecs").join(name)).expect("written")).collect()
    };
    let one = run("1");
    for threads in ["2", "7", "16"] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

#[test]
fn json_on_the_output_is_the_file_that_is_written() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = outgrow(&["run", SHIPPED, "--trials", "100", "--json", "--out", path(out.path())]);
    let written = std::fs::read(out.path().join("heroku-to-ecs/summary.json")).expect("written");
    assert!(ran.stdout == written);
    let parsed: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!(parsed["trials"], 100);
}

#[test]
fn who_does_what_is_printed_when_asked_for_and_written_always() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = outgrow(&["run", SHIPPED, "--trials", "100", "--people", "--out", path(out.path())]);
    let page = text(&ran.stdout);
    let written = std::fs::read_to_string(out.path().join("heroku-to-ecs/people.md")).expect("written");
    for wanted in ["Who does what: Heroku and 2 other ways", "Work you take over", "Who does them, hours a month"] {
        assert!(page.contains(wanted) && written.contains(wanted), "{wanted}:\n{page}");
    }
    let without = outgrow(&["run", SHIPPED, "--trials", "100", "--out", path(out.path())]);
    assert!(!text(&without.stdout).contains("Who does what"));
}

#[test]
fn the_rule_is_printed_when_asked_for() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = outgrow(&["run", SHIPPED, "--trials", "100", "--explain-verdict", "--out", path(out.path())]);
    assert!(text(&ran.stdout).contains("Is it clear whether AWS or Tuned Heroku is cheaper?"));
}

#[test]
fn a_bad_file_is_refused_with_every_problem_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("bad.toml");
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SHIPPED)).expect("shipped");
    let bad = shipped.replacen("autoscaling", "autoscalling", 1).replacen("\"ecs\"", "\"esc\"", 1);
    std::fs::write(&file, bad).expect("written");
    let out = folder.path().join("out");
    for command in [vec!["run", path(&file), "--out", path(&out)], vec!["check", path(&file)]] {
        let ran = outgrow(&command);
        assert_eq!(ran.status.code(), Some(2));
        let said = text(&ran.stderr);
        assert!(said.contains("bad.toml:") && said.contains("autoscalling") && said.contains("esc"), "{said}");
        assert!(ran.stdout.is_empty());
    }
    assert!(!out.exists());
}

#[test]
fn a_missing_file_and_a_wrong_flag_are_refused() {
    for arguments in [
        &["run", "nowhere.toml"][..],
        &["run", SHIPPED, "--trials", "0"],
        &["run", SHIPPED, "--trials", "5000000000"],
        &["run", SHIPPED, "--threads", "0"],
        &["run", "scenarios"],
        &["sing"],
        &[],
    ] {
        let ran = outgrow(arguments);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {}", text(&ran.stderr));
        assert!(!ran.stderr.is_empty());
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let taken: PathBuf = folder.path().join("taken");
    std::fs::write(&taken, "a file, not a folder").expect("written");
    let ran = outgrow(&["run", SHIPPED, "--trials", "64", "--out", path(&taken)]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("taken"), "{}", text(&ran.stderr));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut child = command(&["run", SHIPPED, "--trials", "64", "--json", "--out", path(out.path())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the built command starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
}

#[test]
fn check_says_what_a_file_holds() {
    let ran = outgrow(&["check", SHIPPED]);
    assert_eq!(ran.status.code(), Some(0));
    let said = text(&ran.stdout);
    assert!(said.contains("3 options over 60 months from Jan 2027") && said.contains("demand in month 60"), "{said}");
    assert!(outgrow(&["check", "--quiet", SHIPPED]).stdout.is_empty());
}

#[test]
fn every_value_of_one_file_or_of_several_is_one_document() {
    let file = path(Path::new("scenarios/small-heroku-stays.toml")).to_owned();
    let values = |files: &[&str]| {
        let ran = outgrow(&[&["check", "--resolved", "--json"], files].concat());
        serde_json::from_slice::<serde_json::Value>(&ran.stdout).expect("one document")
    };
    let one = values(&[&file]);
    assert!(one["values"].is_array(), "{one:#}");
    assert_eq!(values(&[&file, &file]), serde_json::json!([one, one]));
}

#[test]
fn help_shows_examples() {
    for arguments in [&["--help"][..], &["run", "--help"], &["check", "--help"]] {
        let ran = outgrow(arguments);
        assert_eq!(ran.status.code(), Some(0));
        assert!(text(&ran.stdout).contains("Usage:"));
    }
    assert!(text(&outgrow(&["--help"]).stdout).contains("outgrow run scenarios/heroku-to-ecs.toml"));
}

#[test]
fn prices_are_found_with_their_source_and_age() {
    let found = outgrow(&["prices", "postgres", "premium", "--today", "2026-11"]);
    assert_eq!(found.status.code(), Some(0));
    let page = text(&found.stdout);
    assert!(page.contains("heroku.postgres.premium: a ladder of 9 plans"), "{page}");
    assert!(page.contains("heroku.postgres.premium-2    $350 month 2026-02-25 9 months secondary  [1]"), "{page}");
    assert!(page.contains("sells the alternative"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 110), "{page}");
    let all = text(&outgrow(&["prices", "month", "a"]).stdout);
    assert!(all.lines().all(|line| line.chars().count() <= 110 || line.contains("http")), "only addresses are wider");
}

#[test]
fn prices_for_another_program_are_json() {
    let found = outgrow(&["prices", "fargate", "--json", "--today", "2026-11"]);
    let value: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    let vcpu = value["prices"].as_array().and_then(|all| all.iter().find(|one| one["name"] == "aws.fargate.vcpu"));
    assert_eq!(vcpu.map(|one| (&one["price_usd"], &one["age_months"])), Some((&0.04048.into(), &28.into())));
}

#[test]
fn a_price_that_is_not_there_ends_in_2_with_the_nearest_names() {
    let found = outgrow(&["prices", "heroku.dyno.performnace-l"]);
    assert_eq!(found.status.code(), Some(2));
    assert!(found.stdout.is_empty());
    assert!(
        text(&found.stderr).contains("the nearest names are heroku.dyno.performance-l,"),
        "{}",
        text(&found.stderr)
    );
}

#[test]
fn a_price_file_is_read_by_every_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (good, bad) = (folder.path().join("good.toml"), folder.path().join("bad.toml"));
    let head = "source = \"our contract\"\nas_of = \"2026-11\"\n[prices]\n";
    std::fs::write(&good, format!("{head}\"ours.cache\" = {{ price = \"$40 / month\" }}\n")).expect("written");
    std::fs::write(&bad, format!("{head}\"ours.cache\" = {{ price = \"$40 / moth\" }}\n")).expect("written");
    let found = text(&outgrow(&["prices", "ours", "--prices", path(&good)]).stdout);
    assert!(found.contains("ours.cache") && found.contains("own"), "{found}");
    for command in [&["prices", "ours"][..], &["check", SHIPPED], &["run", SHIPPED]] {
        let told = outgrow(&[command, &["--prices", path(&bad)]].concat());
        assert_eq!(told.status.code(), Some(2), "{command:?}");
        assert!(text(&told.stderr).contains("E008"), "{}", text(&told.stderr));
    }
    assert!(outgrow(&["check", SHIPPED, "--prices", path(&good)]).status.success());
    let unread = outgrow(&["prices", "sentry", "--prices", "prices/unverified.toml"]);
    assert!(text(&unread.stdout).contains("machine-written"), "what nobody has read says so");
}

#[test]
fn an_unverified_price_is_said_on_the_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let unverified = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("prices/unverified.toml"));
    let unverified = unverified.expect("the opt-in file ships");
    let monthly = unverified.lines().find(|line| line.starts_with('"') && line.contains(" / month\""));
    let sku = monthly.and_then(|line| line.split('"').nth(1)).expect("a price of a month");
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SHIPPED)).expect("shipped");
    let file = folder.path().join("doubt.toml");
    let text = format!("{shipped}\n[platforms.heroku.tooling.doubt]\nsku = \"{sku}\"\n");
    std::fs::write(&file, text).expect("written");
    let out = folder.path().join("out");
    let without = outgrow(&["run", path(&file), "--trials", "64", "--out", path(&out)]);
    assert_eq!(without.status.code(), Some(2), "what is not in the book needs the file");
    let with =
        outgrow(&["run", path(&file), "--trials", "64", "--prices", "prices/unverified.toml", "--out", path(&out)]);
    assert!(text_of_page(&with).contains(", 1 unverified)"), "{}", text_of_page(&with));
}

fn text_of_page(ran: &Output) -> String {
    text(&ran.stdout) + &text(&ran.stderr)
}

/// A file with so much in its head and its only line.
fn small(head: &str, line: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("x.toml");
    let text = format!(
        "name = \"x\"\nstart = \"2027-01\"\nbaseline = \"a\"\n{head}\n[people]\nloaded_hour = \"$95 / hour\"\n\
         [platforms.p.runtime.web]\n{line}\n[options.a]\nplatform = \"p\"\n[options.b]\nplatform = \"p\"\n"
    );
    std::fs::write(&file, text).expect("written");
    (folder, file)
}

const STILL: &str = "[demand]\ngrowth = \"0 % / month\"";

#[test]
fn a_run_of_days_is_refused_with_its_estimate_unless_it_is_allowed() {
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SHIPPED)).expect("shipped");
    let large = shipped.replace("months   = 60", "months = 360").replace("trials = 16_384", "trials = 1_000_000_000");
    assert!(large.contains("months = 360") && large.contains("= 1_000_000_000"), "the shipped file has other words");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("x.toml");
    std::fs::write(&file, large).expect("written");
    // `check` estimates for all of the machine's threads, however many it has.
    let commands: [(&[&str], &str); 2] =
        [(&["run", "--threads", "1"], "24 hours"), (&["check", "--max-time", "1 min"], "1 minute")];
    for (command, limit) in commands {
        let ran = outgrow(&[command, &[path(&file)]].concat());
        let said = text(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{command:?}: {said}");
        for word in ["too long", "1,000,000,000 trials of 360 months", &format!("--max-time is {limit}"), "MiB"] {
            assert!(said.contains(word), "{command:?} does not say {word}: {said}");
        }
    }
    let allowed = outgrow(&["check", path(&file), "--max-time", "3000 days"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", text(&allowed.stderr));
}

#[test]
fn price_files_add_up_and_the_later_counts_and_results_name_them() {
    let (folder, file) = small(STILL, "sku = \"our.host\"");
    let own = |name: &str, price: &str, as_of: &str| {
        let place = folder.path().join(name);
        let text = format!(
            "source = \"our contract\"\nas_of = \"{as_of}\"\n[prices]\n\"our.host\" = {{ price = \"{price} / month\" }}\n\
             \"our.{}\" = {{ price = \"$1 / month\" }}\n[ladders]\n\"our.ladder\" = {{ plans = [\"our.host\"] }}\n",
            name.trim_end_matches(".toml")
        );
        std::fs::write(&place, text).expect("written");
        place
    };
    let (first, second) = (own("first.toml", "$5", "2026-11"), own("second.toml", "$7", "2026-11"));
    let both = ["--prices", path(&first), "--prices", path(&second)];
    let explained =
        outgrow(&[&["explain", path(&file), "platforms.p.runtime.web", "--month", "2027-05"], &both[..]].concat());
    let said = text(&explained.stdout);
    assert!(said.contains("month 5 (May 2027): $7"), "{said}{}", text(&explained.stderr));
    let resolved = text(&outgrow(&[&["check", path(&file), "--resolved"], &both[..]].concat()).stdout);
    assert!(resolved.contains("own price") && !resolved.contains("quoted  price book"), "{resolved}");
    let ran = outgrow(&[&["run", path(&file), "--trials", "64", "--out", path(folder.path())], &both[..]].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let stamp = std::fs::read_to_string(folder.path().join("x/run.toml")).expect("a stamp");
    let wanted = format!("price_files = [{:?}, {:?}]", path(&first), path(&second));
    assert!(stamp.contains(&wanted), "{stamp}");
    // A price that is refused is reported once: neither its source nor the plans that name it are at fault.
    let wrong = own("wrong.toml", "$7", "2026-02-31");
    let refused = outgrow(&["check", path(&file), "--prices", path(&wrong)]);
    let said = text(&refused.stderr);
    assert!(said.contains("2026-02-31") && said.matches("E0").count() == 1, "{said}");
}

#[test]
fn a_month_that_is_not_there_and_a_folder_that_is_not_are_named() {
    let (folder, file) = small(STILL, "price = \"$5 / month\"");
    let ran = outgrow(&["explain", path(&file), "platform.p.runtime.web", "--month", "2040-01"]);
    let said = text(&ran.stderr);
    assert!(said.contains("no month 2040-01") && said.contains("Jan 2027 to Dec 2031"), "{said}");
    let inside = folder.path().join("not-there/x.toml");
    let flags = ["--from", "heroku", "--to", "ecs", "--bill", "8200", "--engineers", "9", "--start", "2027-01"];
    let ran = outgrow(&[&["init", path(&inside)], &flags[..]].concat());
    let said = text(&ran.stderr);
    assert!(said.contains("there is no folder") && !said.contains(".outgrow-"), "{said}");
}

#[test]
fn a_mean_on_the_tail_is_warned_of_at_the_growth_that_makes_it() {
    let head = "[demand]\ngrowth = { value = \"1 .. 9 % / month\", max = 20 }";
    let (_folder, file) = small(head, "price = \"$5 / month\"");
    let said = text(&outgrow(&["check", path(&file)]).stdout);
    let place = format!("W012 {}:5:1  warning: 1 future in 1,000 carries", path(&file));
    assert!(said.contains(&place), "{said}");
}
