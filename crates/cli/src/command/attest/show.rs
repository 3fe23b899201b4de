//! `scruple attest verify` and `show`: what a reader does.

use std::io::Write;
use std::path::PathBuf;

use scruple_attest::json::LARGEST;
use scruple_attest::verify::Report;
use scruple_attest::{Shelf, page, verify as checks};
use scruple_model::{Answer, Date};

use super::{print, trust};
use crate::args::{AttestShow, AttestVerify};
use crate::failure::DONE;
use crate::files::{self, shown};
use crate::{Edge, world};

/// Something does not hold.
const DOES_NOT: u8 = 3;
/// Something cannot be told.
const CANNOT_TELL: u8 = 4;

pub(super) fn verify(args: &AttestVerify, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let report = report(&args.files, args.as_of, edge)?;
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        out.write_all(print::verdicts(&report, edge).as_bytes())?;
    }
    Ok(match report.answer {
        Answer::Yes => DONE,
        Answer::No => DOES_NOT,
        Answer::CannotTell => CANNOT_TELL,
    })
}

pub(super) fn show(args: &AttestShow, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let report = report(&args.files, args.as_of, edge)?;
    if let Some(path) = &args.html {
        files::write(path, page::render(&report)?.as_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        out.write_all(print::pages(&report, edge).as_bytes())?;
    }
    Ok(DONE)
}

fn report(paths: &[PathBuf], as_of: Option<Date>, edge: &Edge) -> anyhow::Result<Report> {
    let shelf = shelf(paths, edge)?;
    let packs = world::packs(edge)?;
    Ok(checks::verify(
        &shelf,
        &packs.impossible,
        as_of.unwrap_or(edge.today),
    ))
}

/// Files laid beside each other, with the keys that somebody here took as known.
pub(crate) fn shelf(paths: &[PathBuf], edge: &Edge) -> anyhow::Result<Shelf> {
    let mut shelf = Shelf::default();
    for (did, known) in trust::attesters(edge, None)? {
        shelf.trust(&did, known);
    }
    for path in paths {
        let bytes = files::bytes_up_to(path, LARGEST as u64)?;
        shelf.add(&shown(path), &bytes);
    }
    Ok(shelf)
}
