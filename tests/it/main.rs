//! The one integration-test binary.

mod floors;
mod generate;
mod twin;
mod refuse;
