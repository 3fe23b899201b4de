//! `scruple register`: whom the house works with, kept and published.

mod add;
mod look;
mod publish;
mod published;

use std::io::Write;
use std::path::Path;

use scruple_model::Place;
use scruple_register::review::Care;
use scruple_register::{Register, Version};

use crate::args;
use crate::{Edge, failure, files, world};

pub(crate) use published::{kept, kept_as, versions as published};

pub(crate) fn run(args: &args::Register, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        args::Register::Add(args) => add::run(args, edge, out),
        args::Register::Review(args) => look::review(args, edge, out),
        args::Register::Publish(args) => publish::run(args, edge, out),
        args::Register::Diff(args) => look::diff(args, edge, out),
    }
}

/// The register as its owner keeps it.
fn read(path: &Path, edge: &Edge) -> anyhow::Result<Register> {
    let text = files::text(path)?;
    Register::read(&text).map_err(|problems| failure::problems(path, &text, &problems, edge.width))
}

/// What is known of places where people are punished for speaking: those where nobody
/// can audit freely.
fn care(
    edge: &Edge,
    spoken_of: Vec<String>,
    said: Vec<String>,
    uncovered: Vec<(String, String)>,
) -> anyhow::Result<Care> {
    let impossible = world::audit_impossible(edge)?;
    let codes = impossible
        .entries
        .iter()
        .flat_map(|entry| &entry.body.places);
    Ok(Care {
        places: codes.filter_map(|code| Place::parse(code)).collect(),
        spoken_of,
        said,
        uncovered,
    })
}

/// What publishing now would show that the version before withheld.
fn uncovered(
    file: &Path,
    register: &Register,
    before: Option<&Version>,
    edge: &Edge,
) -> anyhow::Result<Vec<(String, String)>> {
    let (Some(before), Some(key)) = (before, publish::salt_key(file, false)?) else {
        return Ok(Vec::new());
    };
    let earlier = std::slice::from_ref(before);
    let next = Version::of(register, &key, edge.today, earlier, Vec::new());
    Ok(next.uncovers(before))
}
