//! Whole pages of whole runs, word by word: a file for each word that a run can say, made so that it must come out as that
//! word, and its page beside it. `BLESS=1` writes the pages anew; the change is there to be read.

use std::path::Path;
use std::process::Command;

/// Pages that are there for what stands below their word.
const OF_EVENTS: [&str; 3] = ["what-may-happen", "a-platform-ends", "the-product-ends"];

/// Futures of each run: enough that no word hangs on noise, few enough to be quick.
const TRIALS: &str = "2048";

fn page(file: &Path, out: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("run").arg(file).args(["--trials", TRIALS, "--out"]).arg(out);
    let ran = command.output().expect("the command is built");
    assert!(ran.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).expect("a page is UTF-8");
    let (page, _) = text.rsplit_once("\n\n").expect("the last line names the folder");
    format!("{page}\n")
}

#[test]
fn a_run_for_each_word_comes_out_as_that_word_and_reads_as_it_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let out = tempfile::tempdir().expect("a temporary folder");
    let entries = std::fs::read_dir(&folder).expect("golden pages are there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
    files.sort();
    assert!(files.len() >= 6, "a file for each word");
    let mut changed = Vec::new();
    for file in &files {
        let page = page(file, out.path());
        let stem = file.file_stem().expect("a name").to_string_lossy();
        let said = page.lines().nth(1).expect("a verdict").trim_start().to_lowercase();
        let is_word = !OF_EVENTS.contains(&stem.as_ref());
        assert!(!is_word || said.starts_with(&stem.replace('-', " ")), "{stem} came out as: {said}");
        let kept = file.with_extension("page");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&kept, &page).expect("the repository is writable");
        }
        if std::fs::read_to_string(&kept).unwrap_or_default() != page {
            changed.push(format!("{}:\n{page}", kept.display()));
        }
    }
    assert!(changed.is_empty(), "these pages read otherwise now:\n{}", changed.join("\n"));
}
