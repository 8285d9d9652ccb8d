//! The one integration-test binary.

mod refuse;
