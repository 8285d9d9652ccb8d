//! The one integration-test binary.

mod floors;
mod generate;
mod oracle;
mod pages;
mod prices;
mod properties;
mod refuse;
mod run;
mod shell;
mod twin;
