//! The one integration-test binary.

mod deciders;
mod explain;
mod floors;
mod generate;
mod hostile;
mod init;
mod later;
mod oracle;
mod pages;
mod prices;
mod properties;
mod readme;
mod refuse;
mod resolved;
mod run;
mod schema;
mod schemes;
mod shell;
mod twin;
