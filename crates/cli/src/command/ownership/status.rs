//! `scruple ownership status`: which holdings are held, and how far they reach.

use std::io::Write;

use scruple_brief::check::ownership::MAY_STAND;
use scruple_brief::render::paint::{Page, Tone, pad, printable};
use scruple_brief::words::count;
use serde_json::json;

use super::note::{Part, parts};
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
            "listed_doubtful": holdings.doubtful(),
            "states": states.len(),
            "sources": sources,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    let mut page = Page::new(edge.width, edge.colour);
    table(&mut page, &sources);
    page.gap();
    let text = format!(
        "{} holdings between {} parties; {placed} of {listed} listed parties stand among them by \
         an identifier; {} since the first import",
        graph.holding_count(),
        graph.node_count(),
        count(states.len(), "state"),
    );
    page.fold("", 0, Tone::Plain, &text);
    if holdings.doubtful() > 0 {
        let text = format!("{} more may: {MAY_STAND}", holdings.doubtful());
        page.fold("", 0, Tone::Ask, &text);
    }
    out.write_all(page.finish().as_bytes())?;
    Ok(DONE)
}

/// A line of figures for each source, and under it what it is and from which bytes.
/// Where ids leave too little room, they have a line of their own.
fn table(page: &mut Page, sources: &[Part]) {
    let heads = ["of", "taken", "holdings", "unread"];
    let figures = |cells: [&str; 4]| {
        let [of, taken, holdings, unread] = cells;
        format!("{of:<10}  {taken:<10}  {holdings:>10}  {unread:>8}")
    };
    let ids = sources.iter().map(|one| one.id.chars().count());
    let wide = ids.max().unwrap_or(0).max("source".len()) + 2;
    let is_wide = wide + figures(heads).len() <= page.width();
    let line = |page: &mut Page, id: &str, cells: [&str; 4]| {
        let id = printable(id);
        if is_wide {
            page.raw(&format!("{}{}", pad(&id, wide), figures(cells)));
        } else {
            page.raw(&id);
            page.raw(&format!("  {}", figures(cells)));
        }
    };
    line(page, "source", heads);
    for one in sources {
        let of = one
            .date
            .map_or_else(|| "not stated".to_owned(), |day| day.to_string());
        let cells = [
            of,
            one.taken.to_string(),
            one.holdings.to_string(),
            one.unread.to_string(),
        ];
        line(page, &one.id, cells.each_ref().map(String::as_str));
        let hash = one.source.get(..12).unwrap_or(&one.source);
        let what = format!("{} · {hash}", one.title);
        page.fold("  ", 4, Tone::Faint, &what);
    }
}
