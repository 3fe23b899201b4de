//! `scruple ownership show`: one entity, every rule, with the proof.

use std::io::Write;

use scruple_brief::render::ownership;

use super::{meant, rules};
use crate::args::OwnershipShow;
use crate::failure::bad_input;
use crate::{Edge, files, world};

pub(crate) fn run(args: &OwnershipShow, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let chosen = world::open_with_holdings(edge, &args.when)?;
    let world = &chosen.world;
    let ids = meant(world, &args.id)?;
    let rules: Vec<_> = rules(world, &args.rule)?
        .into_iter()
        .map(|entry| entry.id.clone())
        .collect();
    let as_of = args.when.as_of.unwrap_or(edge.today);
    let mut shown = ownership::show(world, &args.id, &ids, &rules, as_of);
    shown.unchecked.extend(chosen.notes);
    if let Some(path) = &args.svg {
        let Some(drawing) = shown.drawing() else {
            return Err(bad_input(
                "there is no proof to draw: no rule covers it, or too many owners for one drawing",
                "leave --svg out; --json has the whole proof",
            ));
        };
        files::write(path, drawing.as_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
    } else {
        out.write_all(shown.terminal(edge.width, edge.colour).as_bytes())?;
    }
    Ok(shown.exit())
}
