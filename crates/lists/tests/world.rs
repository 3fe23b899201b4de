//! The lists of the UK, the UN, the EU, Switzerland, Canada and Australia.
//!
//! `cases/` holds files in the publishers' layouts about parties that do not exist.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that fails should stop where it does, and one that is skipped says so"
)]

mod bad;
mod full;
mod personal;
mod same;
mod show;
mod snapshots;
mod workbook;
