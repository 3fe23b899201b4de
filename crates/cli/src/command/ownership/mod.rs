//! `scruple ownership`: holdings in, and answers about entities out.

use std::io::Write;

use scruple_brief::World;
use scruple_model::{RecordId, RuleId};
use scruple_ownership::RuleBody;
use scruple_ownership::read::ids;
use scruple_pack::Entry;

use crate::Edge;
use crate::args::Ownership;
use crate::failure::bad_input;

pub(super) mod carried;
mod changes;
mod edition;
mod import;
mod note;
mod packed;
mod show;
mod status;
mod together;

pub(crate) fn run(args: &Ownership, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        Ownership::Import(args) => import::run(args, edge, out),
        Ownership::Status(args) => status::run(args, edge, out),
        Ownership::Show(args) => show::run(args, edge, out),
        Ownership::Diff(args) => changes::diff(args, edge, out),
        Ownership::WhatIf(args) => changes::what_if(args, edge, out),
    }
}

/// The ids under which the holdings may know what the user means. A name is none.
fn meant(world: &World, text: &str) -> anyhow::Result<Vec<String>> {
    let text = text.trim();
    let mut found = vec![text.to_owned()];
    found.extend(ids::lei(text));
    if let Some(("reg", rest)) = text.split_once(':')
        && let Some((place, number)) = rest.split_once(':')
    {
        found.extend(ids::registration(place, number));
    }
    let mut open = Vec::new();
    if let Some(no) = world.index.find(&RecordId::from(text))
        && let Some(entity) = world.index.entity(no)
    {
        let of_it = ids::of_entity(&entity);
        found.extend(of_it.sure);
        open = of_it.open;
    }
    let is_held = |id: &String| {
        let holdings = world.holdings.as_ref();
        holdings.is_some_and(|held| held.graph.find(id).is_some())
    };
    let known = found.iter().any(is_held);
    open.retain(|(id, _)| is_held(id));
    if let (false, Some((_, why))) = (known, open.first()) {
        let ids: Vec<&str> = open.iter().map(|(id, _)| id.as_str()).collect();
        return Err(bad_input(
            why.clone(),
            format!("ask for the one that is meant: {}", ids.join(", ")),
        ));
    }
    if !known && found.len() == 1 && !text.contains(':') {
        return Err(bad_input(
            format!("\"{text}\" is no identifier, and a name joins nobody to a holding"),
            "give an LEI, a registration number as reg:gb:01234567, a listed record as \
             us-ofac-sdn:36, or an id as the holdings have it",
        ));
    }
    Ok(found)
}

/// The rules asked for; all where none is.
fn rules<'w>(world: &'w World, asked: &[String]) -> anyhow::Result<Vec<&'w Entry<RuleBody>>> {
    let all = &world.packs.ownership.entries;
    for name in asked {
        if all.iter().all(|entry| entry.id.as_str() != name) {
            let names: Vec<&str> = all.iter().map(|entry| entry.id.as_str()).collect();
            return Err(bad_input(
                format!("no rule on ownership is called {name}"),
                format!("one of {}", names.join(", ")),
            ));
        }
    }
    let asked: Vec<RuleId> = asked
        .iter()
        .map(|name| RuleId::from(name.as_str()))
        .collect();
    Ok(all
        .iter()
        .filter(|entry| asked.is_empty() || asked.contains(&entry.id))
        .collect())
}
