//! The one integration-test binary.

mod floors;
mod generate;
mod refuse;
mod twin;
