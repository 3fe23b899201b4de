//! One program for all tests of this crate: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod common;
mod us_bad;
mod us_full;
mod us_layouts;
mod world;
