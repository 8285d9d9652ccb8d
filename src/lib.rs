//! Has this team outgrown its PaaS, and when should it leave, if ever?
#![forbid(unsafe_code)]

pub mod cli;
pub mod diag;
pub mod math;
pub mod model;
pub mod plan;
pub mod present;
pub mod scenario;
pub mod sim;
pub mod store;
pub mod study;
pub mod summary;
pub mod units;
