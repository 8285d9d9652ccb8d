//! The one integration-test binary.

mod oracle;
mod refuse;
