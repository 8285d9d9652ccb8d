//! Numbers that come out the same on every machine: elementary and special functions, laws, random words.
//!
//! Nothing here knows of scenarios. Only `elementary` may use fused multiply-add and only it computes exp, ln and
//! their kin; the rest of the crate calls it (held by clippy's `disallowed-methods`).

pub mod correlation;
pub mod elementary;
pub mod finance;
pub mod hermite;
pub mod law;
pub mod moments;
pub mod philox;
pub mod poisson;
pub mod sketch;
pub mod special;
