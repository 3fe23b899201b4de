//! One program for all tests of this crate: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod addresses;
mod bad_input;
mod bars;
mod explanation;
mod finds;
mod given_names;
mod han_organisations;
mod hostile;
mod list;
mod shared;
