//! The one integration-test binary.

mod explain;
mod floors;
mod generate;
mod hostile;
mod init;
mod oracle;
mod pages;
mod properties;
mod refuse;
mod resolved;
mod run;
mod schema;
mod shell;
mod twin;
