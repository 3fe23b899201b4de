//! One program for all tests of the program: it is linked once, and slow tests run beside the
//! others. A file beside this one runs only if it is named here.

mod addresses;
mod after;
mod assess;
mod attest;
mod bad_input;
mod briefs;
mod classify;
mod common;
mod decisions;
mod disk_image;
mod docs;
mod first_page;
mod full_lists;
mod house;
mod ledger;
mod ownership;
mod register;
mod register_kills;
mod review;
mod schemas;
mod screening;
mod sync;
mod terminal;
mod time;
mod watch;
mod words;
