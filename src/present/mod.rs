//! A finished run as people read it: page, tables, pictures. Takes a [`crate::summary::Summary`] and returns values;
//! `store` turns them into files.

pub mod arithmetic;
pub mod changes;
pub mod chart;
pub mod colour;
pub mod comparison;
pub mod demand;
pub mod draft;
pub mod explain;
pub mod figures;
pub mod finding;
pub mod font;
pub mod gate;
mod grid;
pub mod hinges;
pub mod input;
pub mod inputs;
pub mod json;
pub mod leaving;
pub mod look;
pub mod number;
pub mod owed;
pub mod page;
pub mod people;
pub mod prices;
pub mod problems;
pub mod reasons;
pub mod resolved;
pub mod scene;
pub mod schema;
mod side;
pub mod stamp;
pub mod sweep;
pub mod tables;
pub mod theme;
pub mod verified;

/// Which program made the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Version of the program: "0.1.0".
    pub version: &'static str,
    /// Version of the random streams: the same seed gives the same draws within one.
    pub streams: u32,
}
