//! One program for all tests of this crate but `disk.rs`: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod common;
mod holdings;
mod store;
mod time;
