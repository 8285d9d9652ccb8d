//! Many scenarios: resumed after a kill at any moment, none in another's place, and one that fails among others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn batch(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
    command.current_dir(folder).args(["batch", "in", "--trials", "64", "--quiet", "--no-pictures"]).args(more);
    command
}

fn run(folder: &Path, more: &[&str]) -> Output {
    batch(folder, more).output().expect("the built command starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with scenarios in `in`.
fn with_scenarios(count: u64) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("in")).expect("a folder");
    for number in 0..count {
        let text = crate::generate::scenario(number);
        std::fs::write(folder.path().join(format!("in/s{number:03}.toml")), text).expect("a scenario");
    }
    // What the scenarios read beside them.
    std::fs::write(folder.path().join("in/rows.csv"), outgrow::scenario::schema::beside("rows.csv").expect("its text"))
        .expect("rows");
    folder
}

/// Every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                all.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    all
}

fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (bytes(one), bytes(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{} differs", name.display());
    }
}

#[test]
fn a_batch_that_is_killed_at_any_moment_goes_on_to_the_same_bytes() {
    killed(120);
}

#[test]
#[ignore = "slow: 300 scenarios, minutes"]
fn a_batch_of_300_that_is_killed_at_any_moment_goes_on_to_the_same_bytes() {
    killed(300);
}

fn killed(scenarios: u64) {
    const KILLS: u64 = 50;
    let folder = with_scenarios(scenarios);
    let begun = Instant::now();
    let whole = run(folder.path(), &["--out", "whole"]);
    let took = begun.elapsed();
    assert_eq!(whole.status.code(), Some(0), "{}", said(&whole));
    // Moments from SplitMix64's first step, so that they are the same in every run; each kill leaves more of it done.
    let mut killed = 0;
    for nth in 0..KILLS {
        let word = (nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let pause = took.mul_f64(0.06 * word as f64 / (1_u64 << 24) as f64);
        let mut child = batch(folder.path(), &["--out", "killed"]).stderr(Stdio::null()).spawn().expect("starts");
        std::thread::sleep(pause.max(Duration::from_millis(2)));
        killed += u64::from(child.try_wait().expect("a child").is_none());
        // SIGKILL where there is one.
        child.kill().expect("a child");
        child.wait().expect("a child");
    }
    assert!(killed > KILLS / 4, "{killed} of {KILLS} were still running");
    let last = run(folder.path(), &["--out", "killed"]);
    assert_eq!(last.status.code(), Some(0), "{}", said(&last));
    assert_same(&folder.path().join("whole"), &folder.path().join("killed"));
}

#[test]
fn only_what_has_changed_runs_again_and_jobs_do_not_show() {
    let folder = with_scenarios(6);
    let at = |name: &str| folder.path().join(name);
    let loud = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
        command.current_dir(folder.path()).args(["batch", "in", "--trials", "64", "--no-pictures"]).args(more);
        said(&command.output().expect("starts"))
    };
    assert!(loud(&["--jobs", "1"]).contains("6 made now, 0 there already"));
    assert!(loud(&[]).contains("0 made now, 6 there already"));
    std::fs::write(at("in/s003.toml"), crate::generate::scenario(33)).expect("an edit");
    assert!(loud(&[]).contains("1 made now, 5 there already"));
    // A file that was lost or changed is made again, and so is everything with other flags.
    std::fs::remove_file(at("output/s001/monthly.csv")).expect("there");
    std::fs::write(at("output/s002/summary.json"), "{}").expect("there");
    assert!(loud(&[]).contains("2 made now, 4 there already"));
    assert!(loud(&["--seed", "9"]).contains("6 made now"));
    assert!(loud(&[]).contains("6 made now"));
    loud(&["--jobs", "5", "--out", "other"]);
    assert_same(&at("output"), &at("other"));
}

#[test]
fn a_file_with_problems_is_reported_and_the_rest_goes_on() {
    let folder = with_scenarios(3);
    std::fs::write(folder.path().join("in/broken.toml"), "name = \"x\"\nmonhts = 3\n").expect("a file");
    let ran = run(folder.path(), &[]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said(&ran).contains("broken.toml:2") && said(&ran).contains("months"), "{}", said(&ran));
    // Once "nothing was written", with three results beside it.
    assert!(
        said(&ran).contains("It was not run; the others are.") && !said(&ran).contains("othing was"),
        "{}",
        said(&ran)
    );
    let asked = ["--require-payback", "12 months", "--odds", "50%", "--option", "nobody"];
    let ran = run(folder.path(), &asked);
    assert!(said(&ran).contains("s001.toml: --option nobody") && !said(&ran).contains("othing was"), "{}", said(&ran));
    let table = std::fs::read_to_string(folder.path().join("output/comparison.md")).expect("a comparison");
    assert!(table.contains("not run") && table.contains("s002"), "{table}");
    assert!(!folder.path().join("output/broken").exists());
    // A file in a folder's place is the world's fault: another code, and earlier results stay as they are.
    std::fs::remove_file(folder.path().join("in/broken.toml")).expect("there");
    std::fs::remove_dir_all(folder.path().join("output/s001")).expect("there");
    std::fs::write(folder.path().join("output/s001"), "in the way").expect("a file");
    let before = std::fs::read(folder.path().join("output/s000/summary.json")).expect("a result");
    let ran = run(folder.path(), &[]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(said(&ran).contains("s001"), "{}", said(&ran));
    assert_eq!(std::fs::read(folder.path().join("output/s000/summary.json")).expect("a result"), before);
}

#[test]
fn two_scenarios_never_share_a_folder() {
    let folder = with_scenarios(2);
    std::fs::create_dir(folder.path().join("more")).expect("a folder");
    std::fs::copy(folder.path().join("in/s000.toml"), folder.path().join("more/S000.toml")).expect("a copy");
    let ran = run(folder.path(), &["more"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said(&ran).contains("would share the folder") && said(&ran).contains("more"), "{}", said(&ran));
    assert!(!folder.path().join("output").exists(), "nothing was computed");
    // The same file by two names is one scenario; a pattern that nothing is at is said.
    let ran = run(folder.path(), &["in/s000.toml", "in/*1.toml"]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let ran = run(folder.path(), &["nowhere/*.toml"]);
    assert!(ran.status.code() == Some(2) && said(&ran).contains("no scenario at nowhere"), "{}", said(&ran));
}

#[test]
fn pictures_of_an_earlier_result_do_not_stay_beside_a_new_one() {
    let folder = with_scenarios(1);
    let at = |name: &str| folder.path().join("output").join(name);
    let of = |command: &str, place: &str, more: &[&str]| {
        let mut all = Command::new(env!("CARGO_BIN_EXE_outgrow"));
        let flags = if command == "verify" { &[][..] } else { &["--trials", "64"][..] };
        said(&all.current_dir(folder.path()).args([command, place]).args(flags).args(more).output().expect("starts"))
    };
    let text = of("batch", "in", &[]);
    assert!(text.contains("Table and chart: output/comparison.*") && at("s000/difference.png").exists(), "{text}");
    let (kept, other) = (std::fs::read(at("s000/costs.svg")).expect("a picture"), at("s000/costs.svg"));
    let text = of("batch", "in", &["--no-pictures"]);
    assert!(text.contains(" Table: output/comparison.*"), "{text}");
    let pictures = |folder: &Path| {
        bytes(folder).into_keys().filter(|name| outgrow::present::verified::is_picture(&name.to_string_lossy())).count()
    };
    assert_eq!(pictures(&at("")), 0, "the comparison's too");
    // One that was stopped had no run.toml any more that would name them.
    std::fs::write(&other, &kept).expect("written");
    let text = of("verify", "output/s000", &[]);
    assert!(text.contains("costs.svg is not of this result") && text.contains("1 file not the same"), "{text}");
    assert!(of("batch", "in", &["--no-pictures"]).contains("1 made now"));
    assert_eq!(pictures(&at("")), 0);
    std::fs::remove_file(at("s000/run.toml")).expect("there");
    std::fs::write(&other, &kept).expect("written");
    let text = of("run", "in/s000.toml", &["--no-pictures"]);
    assert!(text.contains("The page and tables are in output/s000") && !other.exists(), "{text}");
    assert!(of("verify", "output/s000", &[]).contains("the same, byte for byte"));
}
