//! The one integration-test binary.

mod pages;
