//! Bytes and files: the only floor beside `cli` that touches the world.
//!
//! Scenes become SVG and PNG, tables become CSV, and all of it is written whole or not at all.

pub mod csv;
mod folder;
#[cfg(feature = "tables")]
pub mod parquet;
pub mod pictures;
pub mod png;
pub mod shard;
mod source;
pub mod svg;

pub use folder::{WriteError, replace_run, take_away_leftovers, write_new, write_run, write_together};
pub use source::{Files, beside};
