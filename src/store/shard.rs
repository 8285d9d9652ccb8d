//! The file of a part of a run.
//!
//! ```text
//! "outgrow shard 1\n"   head: what it is a part of   sums: what its futures add up to   SHA-256 of all before it
//! ```
//!
//! Head and sums are in the format of postcard (version 1: integers of variable length, an `f64` as its eight bytes), which
//! keeps every bit. The number in the first line is that of this layout.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::present::inputs::Inputs;
use crate::study::part::{Part, Sums};

/// How such a file begins; a number and the end of the line follow.
const BEGINS: &str = "outgrow shard ";

/// The layout that is written and read.
const LAYOUT: &str = "1";

/// Bytes of the hash at the end.
const HASH: usize = 32;

/// What a shard is a part of. Two of one run differ in the part alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the program that lived its futures.
    pub version: String,
    /// The version of the random streams.
    pub streams: u32,
    /// What the plan comes to.
    pub plan: String,
    /// The version of the price book, with the price files joined to it.
    pub price_book: String,
    /// The seed.
    pub seed: u64,
    /// Futures of the whole run.
    pub trials: u64,
    /// The scenario, the files beside it, and price files, with their texts.
    pub inputs: Inputs,
    /// Which part.
    pub part: Part,
}

/// Why a file cannot be read as a shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShardError {
    /// It is something else.
    NoShard,
    /// It has another layout.
    Layout(String),
    /// It is not as it was written.
    Torn,
}

impl std::fmt::Display for ShardError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoShard => write!(f, "it is no part of a run"),
            Self::Layout(other) => write!(f, "it has layout {other}, and this program reads layout {LAYOUT}"),
            Self::Torn => write!(f, "it is torn: its bytes are not those that were written"),
        }
    }
}

impl std::error::Error for ShardError {}

/// The bytes of a shard.
///
/// # Panics
/// Never: what is written has a length.
#[must_use]
pub fn bytes(head: &Head, sums: &Sums) -> Vec<u8> {
    let begun = format!("{BEGINS}{LAYOUT}\n").into_bytes();
    let with_head = postcard::to_extend(head, begun).expect("a head is plain values");
    let mut all = postcard::to_extend(sums, with_head).expect("sums are plain values");
    let hash = Sha256::digest(&all);
    all.extend(hash.iter());
    all
}

/// A shard whose head was read.
#[derive(Debug)]
pub struct Opened<'b> {
    /// What it is a part of.
    pub head: Head,
    sums: &'b [u8],
}

/// Opens a shard's bytes, if they are those that were written.
///
/// # Errors
/// If they are none, of another layout, or torn.
pub fn open(bytes: &[u8]) -> Result<Opened<'_>, ShardError> {
    let rest = bytes.strip_prefix(BEGINS.as_bytes()).ok_or(ShardError::NoShard)?;
    let line = rest.iter().take(24).position(|byte| *byte == b'\n').ok_or(ShardError::NoShard)?;
    let layout = std::str::from_utf8(&rest[..line]).map_err(|_| ShardError::NoShard)?;
    if layout != LAYOUT {
        return Err(ShardError::Layout(layout.escape_debug().to_string()));
    }
    let until = bytes.len().checked_sub(HASH).ok_or(ShardError::Torn)?;
    let (hashed, hash) = bytes.split_at(until);
    if Sha256::digest(hashed).as_slice() != hash {
        return Err(ShardError::Torn);
    }
    let body = hashed.get(BEGINS.len() + line + 1..).ok_or(ShardError::Torn)?;
    let (head, sums) = postcard::take_from_bytes(body).map_err(|_| ShardError::Torn)?;
    Ok(Opened { head, sums })
}

impl Opened<'_> {
    /// What its futures add up to.
    ///
    /// # Errors
    /// If they cannot be read, though their hash is right: then another program wrote them.
    pub fn sums(&self) -> Result<Sums, ShardError> {
        let (sums, rest) = postcard::take_from_bytes::<Sums>(self.sums).map_err(|_| ShardError::Torn)?;
        if rest.is_empty() { Ok(sums) } else { Err(ShardError::Torn) }
    }
}

/// The name of a part's file: the numbers of all parts have as many digits, so that they are listed in order.
#[must_use]
pub fn name(part: Part) -> String {
    let digits = part.of.to_string().len();
    format!("shard-{:0digits$}-of-{}", part.number, part.of)
}

/// Whether a file of this name is a part's.
#[must_use]
pub fn is_one(name: &str) -> bool {
    let numbers = name.strip_prefix("shard-").and_then(|rest| rest.split_once("-of-"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(number, of)| is_number(number) && is_number(of))
}
