//! The one integration-test binary.

mod floors;
mod generate;
mod oracle;
mod pages;
mod prices;
mod properties;
mod readme;
mod refuse;
mod run;
mod schemes;
mod shell;
mod twin;
