//! The United States Consolidated Screening List: a dozen lists in one file.
//!
//! The Department of Commerce puts the lists of Commerce, State and the Treasury
//! together, as JSON and as CSV, with one set of fields. The lists mean different
//! things in law, so they are taken apart again: one reading for each. The Treasury's
//! come out under the same two lists as OFAC's own files (`us-ofac-sdn`,
//! `us-ofac-cons`), so that whoever holds those can leave these out, and no
//! designation shows twice.
//!
//! A source that nobody knows yet is a list we cannot name: its records are unread
//! and counted under `us-csl`.

mod csv;
mod json;
mod pieces;
mod record;
mod sources;

pub(crate) use csv::{read as read_csv, recognise as recognise_csv};
pub(crate) use json::{read as read_json, recognise as recognise_json};
