//! One program for all tests of this crate: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod answers;
mod cases;
mod no_way_past;
mod packs;
mod properties;
mod shared;
