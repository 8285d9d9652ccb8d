//! Parts of a run, lived apart and joined: byte for byte the one run.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::generate;
use crate::shell::outgrow;

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// What a command says that must end like this.
fn ends(arguments: &[&str], code: i32) -> String {
    let ran = outgrow(arguments);
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// Every file of a folder that is no part, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder of results").map(|entry| entry.expect("an entry"));
    let mut all: Vec<(String, Vec<u8>)> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| !name.starts_with("shard-"))
        .map(|(name, path)| (name, std::fs::read(path).expect("a file")))
        .collect();
    all.sort();
    all
}

/// A folder with a scenario of growth cases, events, rows of a file and policies: the shipped one or a generated one.
fn scenario(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("x.toml");
    std::fs::write(&file, text).expect("written");
    std::fs::write(folder.path().join("rows.csv"), outgrow::scenario::schema::beside("rows.csv").expect("its text"))
        .expect("written");
    (folder, file)
}

/// Lives every part; the folder that they are in.
fn parts(file: &Path, of: u64, out: &Path, more: &[&str]) -> PathBuf {
    for number in 1..=of {
        let shard = format!("{number}/{of}");
        // As many threads as there are machines of that kind: they do not show.
        let threads = (number % 3 + 1).to_string();
        let flags = ["run", plain(file), "--shard", &shard, "--threads", &threads, "--out", plain(out)];
        ends(&[&flags[..], more].concat(), 0);
    }
    out.join("x")
}

#[test]
fn parts_join_to_the_bytes_of_one_run() {
    let reads_rows = |number: &u64| generate::scenario(*number).contains("rows.csv");
    let number = (0..200).find(reads_rows).expect("a generated scenario that reads rows");
    let shipped = std::fs::read_to_string("scenarios/heroku-to-ecs.toml").expect("shipped");
    for (text, trials, cuts) in [
        (generate::scenario(number), "1301", &[1, 3, 7][..]),
        (shipped, "5003", &[7]),
        (generate::scenario(3), "5", &[5]),
    ] {
        let (folder, file) = scenario(&text);
        let (one, other) = (folder.path().join("one"), ["--trials", trials, "--seed", "7"]);
        ends(&[&["run", plain(&file), "--out", plain(&one), "--quiet", "--dark"][..], &other].concat(), 0);
        let whole = files(&one.join("x"));
        assert!(whole.iter().any(|(name, _)| name == "run.toml") && whole.len() > 15, "{}", whole.len());
        for of in cuts {
            let place = parts(&file, *of, &folder.path().join(of.to_string()), &other);
            assert_eq!(files(&place), [], "parts leave parts");
            ends(&["merge", plain(&place), "--quiet", "--dark"], 0);
            let joined = files(&place);
            assert_eq!(joined.len(), whole.len());
            for ((name, own), (_, wanted)) in joined.iter().zip(&whole) {
                assert!(own == wanted, "{name} of {trials} trials in {of} parts");
            }
        }
    }
}

#[test]
fn parts_need_nothing_beside_them_and_go_where_they_are_told() {
    let (folder, file) = scenario(&generate::scenario(5));
    let place = parts(&file, 2, &folder.path().join("a"), &["--trials", "70"]);
    std::fs::remove_file(&file).expect("there");
    let apart = folder.path().join("apart");
    std::fs::create_dir(&apart).expect("a folder");
    std::fs::rename(place.join("shard-2-of-2"), apart.join("a name of its own")).expect("moved");
    let (one, two, out) = (place.join("shard-1-of-2"), apart.join("a name of its own"), folder.path().join("out"));
    let said = ends(&["merge", plain(&two), plain(&one), "--out", plain(&out)], 0);
    assert!(said.contains(plain(&out.join("x"))) && said.contains("futures"), "{said}");
    assert!(files(&out.join("x")).iter().any(|(name, _)| name == "summary.md"));
    assert_eq!(files(&place), [], "nothing is written beside the parts");
}

#[test]
fn parts_that_are_not_all_of_one_run_are_refused_by_name() {
    let text = generate::scenario(5);
    let (folder, file) = scenario(&text);
    let run = |name: &str, shard: &str, more: &[&str]| {
        let out = folder.path().join(name);
        ends(&[&["run", plain(&file), "--shard", shard, "--out", plain(&out), "--quiet"][..], more].concat(), 0);
        let name = format!("shard-{}", shard.replace('/', "-of-"));
        plain(&out.join("x").join(name)).to_owned()
    };
    let few = ["--trials", "66", "--seed", "1"];
    let [one, two, three] = ["1/3", "2/3", "3/3"].map(|shard| run("a", shard, &few));
    let again = run("b", "2/3", &few);
    let refused = |parts: &[&String], words: &[&str]| {
        let arguments: Vec<&str> = ["merge"].into_iter().chain(parts.iter().map(|part| part.as_str())).collect();
        let said = ends(&arguments, 2);
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(said.contains("Nothing was written"), "{said}");
    };
    refused(&[&one, &three], &["part 2 of 3 is missing"]);
    refused(&[&two], &["parts 1 and 3 of 3 are missing"]);
    refused(&[&one, &two, &again, &three], &["part 2 of 3 stands twice", &two, &again]);
    refused(&[&one, &run("c", "2/3", &["--trials", "66", "--seed", "2"]), &three], &["c/x", "seeds are 1 and 2"]);
    refused(&[&one, &run("d", "2/3", &["--trials", "67", "--seed", "1"]), &three], &["trials are 66 and 67"]);
    refused(&[&one, &run("e", "2/4", &few), &three], &["cut into 3 parts, the other into 4"]);
    std::fs::write(&file, text + "\n# another text\n").expect("written");
    refused(&[&one, &run("f", "2/3", &few), &three], &["the texts of the scenario differ"]);
    assert_eq!(files(&folder.path().join("a/x")), []);
}

#[test]
fn a_torn_part_and_what_is_none_are_recognised() {
    let (folder, file) = scenario(&generate::scenario(5));
    let place = parts(&file, 1, &folder.path().join("a"), &["--trials", "64"]);
    let part = place.join("shard-1-of-1");
    let bytes = std::fs::read(&part).expect("written");
    let begins = "outgrow shard 1\n".len();
    assert_eq!(&bytes[..begins], b"outgrow shard 1\n");
    let mut torn: Vec<(Vec<u8>, &str)> = [begins, begins + 40, bytes.len() - 33, bytes.len() - 1]
        .map(|end| (bytes[..end].to_vec(), "it is torn"))
        .into();
    for at in [begins, begins + 3, bytes.len() / 2, bytes.len() - 1] {
        let mut other = bytes.clone();
        other[at] ^= 1;
        torn.push((other, "it is torn"));
    }
    torn.push((b"name = \"x\"\n".to_vec(), "it is no part of a run"));
    torn.push((Vec::new(), "it is no part of a run"));
    torn.push(([b"outgrow shard 2\n", &bytes[begins..]].concat(), "it has layout 2"));
    for (bytes, words) in torn {
        std::fs::write(&part, bytes).expect("written");
        let said = ends(&["merge", plain(&place)], 2);
        assert!(said.contains(words) && said.contains("shard-1-of-1"), "{said}");
    }
    assert!(ends(&["merge", plain(folder.path())], 2).contains("there is no part of a run in"));
}

#[test]
fn a_cut_that_cannot_be_is_refused() {
    let (_folder, file) = scenario(&generate::scenario(5));
    for shard in ["0/3", "4/3", "3", "a/b", "1/10000", "-1/3"] {
        let flag = format!("--shard={shard}");
        assert!(ends(&["run", plain(&file), &flag], 2).contains("write it like"), "{shard}");
    }
    assert!(ends(&["run", plain(&file), "--trials", "5", "--shard", "1/6"], 2).contains("cannot be cut into 6 parts"));
    for other in [&["--json"][..], &["--dark"], &["--require-payback", "12", "--odds", "50%"]] {
        let said = ends(&[&["run", plain(&file), "--shard", "1/6"][..], other].concat(), 2);
        assert!(said.contains("cannot be used with"), "{said}");
    }
}

#[test]
fn progress_is_told_of_every_life_of_a_future() {
    use outgrow::sim::{Quantiles, Request};
    use outgrow::study::part::{Part, Sums};
    use std::sync::atomic::{AtomicU64, Ordering};
    for number in 0..4 {
        let scenario = crate::twin::read(&crate::generate::scenario(number));
        let plan = outgrow::plan::compile(&scenario);
        for (trials, part) in [(1_500, Part::WHOLE), (3_000, Part::new(2, 3).expect("a part"))] {
            let request = Request {
                deciders: Some(plan.outputs.headline),
                quantiles: Quantiles::All,
                ..crate::run::request(0..trials, scenario.run.seed, 2)
            };
            let told = AtomicU64::new(0);
            let progress = |done| {
                told.fetch_add(done, Ordering::Relaxed);
            };
            let _sums = Sums::of(&scenario, &plan, &request, part, &progress);
            let (told, lives) = (told.into_inner(), Sums::lives(&scenario, &request, part));
            let own = part.share(&request.trials);
            assert_eq!(told, lives, "generated {number}, {part:?}");
            assert!(lives > own.end - own.start, "generated {number}: luck is lived too");
        }
    }
}
