//! The one integration-test binary.

mod cases;
mod change;
mod charts;
mod cover;
mod debt;
mod deciders;
mod ends;
mod estimates;
mod events;
mod explain;
mod floors;
mod generate;
mod golden;
mod hostile;
mod incidents;
mod init;
mod later;
mod leaving;
mod oracle;
mod over_time;
mod pages;
mod parts;
mod prices;
mod properties;
mod readme;
mod reasons;
mod refuse;
mod resolved;
mod run;
mod schema;
mod schemes;
mod shell;
#[cfg(feature = "tables")]
mod tables;
mod theme;
mod twin;
