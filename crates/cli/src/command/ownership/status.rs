//! `scruple ownership status`: which holdings are held, and how far they reach.

use std::io::Write;

use scruple_brief::words::count;
use scruple_model::Date;
use serde_json::json;

use super::note::parts;
use crate::args::{OwnershipStatus, When};
use crate::failure::DONE;
use crate::{Edge, world};

pub(crate) fn run(args: &OwnershipStatus, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let states = match world::store(edge)? {
        Some(store) => store.holdings()?,
        None => Vec::new(),
    };
    let Some(state) = states.last() else {
        if args.json {
            let none =
                json!({ "schema": "scruple.ownership-status/1", "holdings": null, "sources": [] });
            writeln!(out, "{}", serde_json::to_string_pretty(&none)?)?;
        } else {
            writeln!(
                out,
                "No holdings are held: who owns a party cannot be told. `scruple ownership import` \
                 takes them in."
            )?;
        }
        return Ok(DONE);
    };
    let chosen = world::open_with_holdings(edge, &When::default())?;
    let Some(holdings) = &chosen.world.holdings else {
        anyhow::bail!("the holdings that answer could not be opened; run `scruple doctor`");
    };
    let graph = &holdings.graph;
    let sources = parts(state);
    let (listed, placed) = holdings.placed();
    if args.json {
        let all = json!({
            "schema": "scruple.ownership-status/1",
            "holdings": state.hash,
            "taken": state.taken,
            "parties": graph.node_count(),
            "held": graph.holding_count(),
            "bytes": graph.byte_count(),
            "listed": listed,
            "listed_placed": placed,
            "states": states.len(),
            "sources": sources,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "{:<18}  {:<10}  {:<10}  {:>10}  {:>8}  {:<12}  title",
        "source", "of", "taken", "holdings", "unread", "hash"
    )?;
    let day = |day: Option<Date>| day.map_or_else(|| "not stated".to_owned(), |d| d.to_string());
    for one in &sources {
        writeln!(
            out,
            "{:<18}  {:<10}  {:<10}  {:>10}  {:>8}  {:<12}  {}",
            one.id,
            day(one.date),
            one.taken.to_string(),
            one.holdings,
            one.unread,
            one.source.get(..12).unwrap_or(&one.source),
            one.title
        )?;
    }
    writeln!(
        out,
        "{} holdings between {} parties; {placed} of {listed} listed parties stand among them by \
         an identifier; {} since the first import",
        graph.holding_count(),
        graph.node_count(),
        count(states.len(), "state"),
    )?;
    Ok(DONE)
}
