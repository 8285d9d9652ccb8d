//! The one integration-test binary.

mod floors;
mod generate;
mod oracle;
mod refuse;
mod twin;
