//! Disks that are full and folders that cannot be written: a named error, and what was there stays.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const SHIPPED: &str = "scenarios/heroku-to-ecs.toml";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs the command in a shell that lets no file grow beyond so many kilobytes.
fn within(kilobytes: u32, arguments: &[&str]) -> Output {
    // Ignored, so that the system refuses to write and does not end the program; blocks of `ulimit` are half a kilobyte.
    let script = format!("trap '' XFSZ; ulimit -f {} && exec \"$0\" \"$@\"", 2 * kilobytes);
    let mut command = Command::new("sh");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["-c", &script, env!("CARGO_BIN_EXE_outgrow")]);
    command.args(arguments).output().expect("a shell starts")
}

/// Files below a folder, one level deep, with their bytes.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let inside = self::all(&path).into_iter();
            all.extend(inside.map(|(name, bytes)| (format!("{}/{name}", path.display()), bytes)));
        } else {
            all.insert(path.display().to_string(), std::fs::read(&path).expect("a file"));
        }
    }
    all
}

#[test]
fn a_disk_that_is_full_is_named_and_earlier_results_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().to_str().expect("a plain name");
    let run = ["run", SHIPPED, "--trials", "64", "--no-pictures", "--out", out];
    assert_eq!(within(100_000, &run).status.code(), Some(0));
    let before = all(folder.path());
    // Enough for the first files and too little for the larger ones.
    let ran = within(24, &[&run[..], &["--seed", "9"]].concat());
    let said = text(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("outgrow: cannot write ") && last.contains("heroku-to-ecs/"), "{said}");
    assert!(last.to_lowercase().contains("too large") && !last.contains(".outgrow-"), "the system's words: {said}");
    // What was computed is not lost, and no place is named where it is not.
    let page = text(&ran.stdout);
    assert!(page.contains("Heroku → AWS") && !page.contains("charts are in"), "{page}");
    assert!(all(folder.path()) == before, "what was there is there, whole, and nothing else");
    // A folder that was not there is not left behind.
    let fresh = folder.path().join("fresh");
    let ran = within(24, &["run", SHIPPED, "--trials", "64", "--out", fresh.to_str().expect("plain"), "--quiet"]);
    assert!(ran.status.code() == Some(1) && !fresh.join("heroku-to-ecs").exists(), "{}", text(&ran.stderr));
}

#[test]
fn a_batch_on_a_full_disk_goes_on_and_ends_in_1() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().to_str().expect("a plain name");
    let files =
        ["batch", SHIPPED, "scenarios/small-heroku-stays.toml", "--trials", "64", "--no-pictures", "--out", out];
    assert_eq!(within(100_000, &files).status.code(), Some(0));
    let results = || -> BTreeMap<_, _> {
        all(folder.path()).into_iter().filter(|(name, _)| !name.contains("comparison.")).collect()
    };
    let before = results();
    let ran = within(24, &[&files[..], &["--seed", "9"]].concat());
    let said = text(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    for name in ["heroku-to-ecs", "small-heroku-stays"] {
        assert!(said.contains(&format!("{name}/")), "{said}");
    }
    assert!(results() == before, "what was there is there, whole, and nothing else");
    assert!(text(&ran.stdout).contains("2 with problems"), "{}", text(&ran.stdout));
    // Once there is room it goes on.
    let again = within(100_000, &[&files[..], &["--seed", "9"]].concat());
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
}

#[test]
fn a_folder_that_may_not_be_written_is_named_and_keeps_what_it_has() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let permit = |name: &str, mode| {
        std::fs::set_permissions(at(name), PermissionsExt::from_mode(mode)).expect("it is ours");
    };
    // Where another user finds them too.
    permit("", 0o755);
    std::fs::copy(env!("CARGO_BIN_EXE_outgrow"), at("outgrow")).expect("a copy");
    std::fs::copy("scenarios/small-heroku-stays.toml", at("own.toml")).expect("a copy");
    std::fs::copy("scenarios/small-heroku-stays.toml", at("new.toml")).expect("a copy");
    let run = |arguments: &[&str], as_nobody: bool| {
        let mut command = Command::new(at("outgrow"));
        command.current_dir(folder.path()).args(arguments).args(["--trials", "64", "--out", "out"]);
        if as_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().expect("the command starts")
    };
    assert_eq!(run(&["batch", "own.toml"], false).status.code(), Some(0));
    let before = all(&at("out"));
    permit("out/own", 0o555);
    permit("out", 0o555);
    // Whoever may do everything writes all the same, and may be somebody else.
    let is_root = std::fs::write(at("out/own/probe"), "").is_ok();
    if is_root {
        std::fs::remove_file(at("out/own/probe")).expect("there");
    }
    for (arguments, place) in [
        (&["run", "own.toml", "--seed", "9"][..], "cannot write out/own/"),
        (&["run", "new.toml"], "cannot create out/new"),
        (&["run", "own.toml", "--shard", "1/2"], "cannot write out/own/shard-1-of-2"),
        (&["run", "own.toml", "--redact", "names"], "cannot create out/own-redacted"),
        (&["batch", "own.toml", "new.toml", "--seed", "9"], "cannot write out/comparison.md"),
    ] {
        let ran = run(arguments, is_root);
        let said = text(&ran.stderr);
        assert_eq!(ran.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(place) && said.to_lowercase().contains("permission denied"), "{arguments:?}: {said}");
        assert!(all(&at("out")) == before, "{arguments:?}: what was there is there, and nothing else");
    }
    permit("out", 0o755);
    permit("out/own", 0o755);
}
