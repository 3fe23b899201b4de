//! One program for all tests of this crate: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod generated;
mod interop;
mod parity;
