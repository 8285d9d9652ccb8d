//! `run.toml`: what it takes to get the same figures again.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};

use super::Made;

/// The name of the file that says so; where it is, the rest of its folder is.
pub const FILE: &str = "run.toml";

/// What a result is made from: with the same of all this come the same bytes.
#[derive(Debug, Clone, Copy)]
pub struct MadeFrom<'a> {
    /// Who makes it.
    pub made: Made,
    /// The seed.
    pub seed: u64,
    /// Number of futures.
    pub trials: u64,
    /// The version of the price book, with the price files joined to it.
    pub price_book: &'a str,
    /// Those files, as they were named.
    pub price_files: &'a [String],
    /// How pictures are to look, in the command line's words; empty as usual.
    pub pictures: &'a str,
    /// The scenario's text as it was read.
    pub scenario: &'a [u8],
    /// What is left out, in the command line's words, or nothing: hashes of what states it are too, since they tell whether a
    /// guess is right.
    pub redacted: &'a str,
    /// The files beside it that figures were drawn from, by name, with their texts.
    pub beside: &'a [(String, String)],
}

/// The file's part on what a result is made from.
#[must_use]
pub fn text(from: &MadeFrom) -> String {
    // A JSON text is a TOML text too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut stamp = format!(
        "# What it takes to get the same figures again, and the hash of each file that came of it.\nprogram = \"outgrow\"\n\
         version = \"{}\"\nstream_version = {}\nseed = {}\ntrials = {}\nprice_book = \"{}\"\n",
        from.made.version,
        from.made.streams,
        seed(from.seed),
        from.trials,
        from.price_book,
    );
    let mut line = |key: &str, value: String| {
        writeln!(stamp, "{key} = {value}").expect("writing to a string cannot fail");
    };
    if !from.price_files.is_empty() {
        let files: Vec<String> = from.price_files.iter().map(|file| quoted(file)).collect();
        line("price_files", format!("[{}]", files.join(", ")));
    }
    if !from.pictures.is_empty() {
        line("pictures", quoted(from.pictures));
    }
    if !from.redacted.is_empty() {
        line("redacted", quoted(from.redacted));
        return stamp;
    }
    line("scenario_sha256", quoted(&hash(from.scenario)));
    stamp + &table("files_sha256", from.beside.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

/// The same with the hash of each file of the result.
#[must_use]
pub fn with_results(stamp: &str, files: &[(String, Vec<u8>)]) -> String {
    format!("{stamp}{}", table("results_sha256", files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))))
}

/// What a `run.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The program's version.
    pub version: String,
    /// Version of the random streams.
    pub streams: u32,
    /// The seed.
    pub seed: u64,
    /// Number of futures.
    pub trials: u64,
    /// The version of the price book.
    pub price_book: String,
    /// How pictures look; empty as usual.
    pub pictures: String,
    /// What was left out; empty as usual.
    pub redacted: String,
    /// The hash of each file of the result, by name.
    pub results: Vec<(String, String)>,
}

impl Recorded {
    /// Reads such a file; `None` where it is none of a finished result.
    #[must_use]
    pub fn read(file: &str) -> Option<Self> {
        let all = DeTable::parse(file).ok()?.into_inner();
        let text = |key: &str| Some(all.get(key)?.get_ref().as_str()?.to_owned());
        let number = |key: &str| -> Option<u64> {
            match all.get(key)?.get_ref() {
                DeValue::Integer(number) => number.as_str().parse().ok(),
                // A seed above 2^63 − 1.
                DeValue::String(number) => number.parse().ok(),
                _ => None,
            }
        };
        Some(Self {
            version: text("version")?,
            streams: u32::try_from(number("stream_version")?).ok()?,
            seed: number("seed")?,
            trials: number("trials")?,
            price_book: text("price_book")?,
            pictures: text("pictures").unwrap_or_default(),
            redacted: text("redacted").unwrap_or_default(),
            results: hashes(&all)?,
        })
    }
}

fn hashes(all: &DeTable) -> Option<Vec<(String, String)>> {
    let hashes = all.get("results_sha256")?.get_ref().as_table()?;
    hashes.iter().map(|(name, hash)| Some((name.get_ref().to_string(), hash.get_ref().as_str()?.to_owned()))).collect()
}

/// The hashes of a result's files by name, where a recorded file is one of a result made from just this; else `None`.
#[must_use]
pub fn results(recorded: &str, stamp: &str) -> Option<Vec<(String, String)>> {
    if !recorded.strip_prefix(stamp)?.starts_with("\n[results_sha256]\n") {
        return None;
    }
    hashes(&DeTable::parse(recorded).ok()?.into_inner())
}

fn table<'a>(name: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let rows = files.map(|(name, bytes)| format!("{} = \"{}\"\n", serde_json::Value::from(name), hash(bytes)));
    let rows: String = rows.collect();
    if rows.is_empty() { rows } else { format!("\n[{name}]\n{rows}") }
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
