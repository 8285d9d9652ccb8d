//! `run.toml`: what it takes to get the same figures again.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::Made;
use crate::summary::Summary;

/// The file: version, stream version, seed, trials, the version of the price book, the price files it was joined with and the hash of the scenario's text as
/// it was read.
#[must_use]
pub fn text(summary: &Summary, made: Made, (price_book, own): (&str, &[String]), scenario: &[u8]) -> String {
    // A JSON text is a TOML text too.
    let own: Vec<String> = own.iter().map(|file| serde_json::Value::from(file.as_str()).to_string()).collect();
    let own = if own.is_empty() { String::new() } else { format!("price_files = [{}]\n", own.join(", ")) };
    format!(
        "# What it takes to get the same figures again.\nprogram = \"outgrow\"\nversion = \"{}\"\nstream_version = {}\n\
         seed = {}\ntrials = {}\nprice_book = \"{}\"\n{own}scenario_sha256 = \"{}\"\n",
        made.version,
        made.streams,
        seed(summary.seed),
        summary.trials,
        price_book,
        hash(scenario)
    )
}

/// The same with the files beside the scenario that figures were drawn from, by name, and the hash of each text.
#[must_use]
pub fn with_files(mut stamp: String, files: &[(String, String)]) -> String {
    for (nth, (name, text)) in files.iter().enumerate() {
        let head = if nth == 0 { "\n[files_sha256]\n" } else { "" };
        let name = serde_json::Value::from(name.as_str());
        let _ = writeln!(stamp, "{head}{name} = \"{}\"", hash(text.as_bytes()));
    }
    stamp
}

/// TOML's integers end at 2^63 − 1; a larger seed stands in quotes.
fn seed(seed: u64) -> String {
    if i64::try_from(seed).is_ok() { seed.to_string() } else { format!("\"{seed}\"") }
}

/// SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_is_that_of_the_standards_example() {
        // FIPS 180-4, the message "abc".
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
