//! `scruple ownership diff` and `what-if`: who is reached on another day, or after
//! another listing.

use std::io::Write;

use scruple_brief::check::ownership::MAY_STAND;
use scruple_brief::render::paint::{Page, Tone};
use scruple_brief::{Holdings, World};
use scruple_ownership::{Changed, close};
use serde_json::json;

use super::{meant, rules};
use crate::args::{OwnershipDiff, OwnershipWhatIf, When};
use crate::failure::{DONE, bad_input};
use crate::{Edge, world};

/// Exit code where there is nothing to look at.
const CANNOT_TELL: u8 = 4;
/// The most entities of one kind that a terminal shows; `--json` has them all.
const MOST_SHOWN: usize = 40;

pub(super) fn diff(args: &OwnershipDiff, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.from >= args.to {
        return Err(bad_input(
            format!("{} is not before {}", args.from, args.to),
            "give the earlier day first",
        ));
    }
    let chosen = world::open_with_holdings(edge, &When::default())?;
    let world = &chosen.world;
    let rules = rules(world, &args.rule)?;
    let Some(holdings) = &world.holdings else {
        return nothing(args.json, "scruple.ownership-diff/1", out);
    };
    let diffs: Vec<_> = rules
        .into_iter()
        .map(|entry| {
            let found = scruple_ownership::diff(
                &holdings.graph,
                entry,
                &holdings.listed,
                args.from,
                args.to,
            );
            (entry, found)
        })
        .collect();
    if args.json {
        let all = json!({
            "schema": "scruple.ownership-diff/1",
            "holdings": holdings.hash,
            "rules": diffs.iter().map(|(_, diff)| diff).collect::<Vec<_>>(),
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    let mut page = Page::new(edge.width, edge.colour);
    let mut any_gone = None;
    for (entry, diff) in &diffs {
        page.fold("", 2, Tone::Strong, &entry.body.title);
        list(&mut page, holdings, "covered", &diff.newly);
        list(
            &mut page,
            holdings,
            "no longer reached by count",
            &diff.no_longer_by_count,
        );
        if diff.newly.is_empty() && diff.no_longer_by_count.is_empty() {
            page.fold("  ", 4, Tone::Plain, "nothing changed");
        }
        if !diff.no_longer_by_count.is_empty() {
            any_gone = Some(diff.note.as_str());
        }
        page.gap();
    }
    if let Some(note) = any_gone {
        page.fold("", 0, Tone::Ask, note);
    }
    page.fold("", 0, Tone::Faint, &dates_of_lists(world));
    not_counted(&mut page, holdings);
    out.write_all(page.finish().as_bytes())?;
    Ok(DONE)
}

/// Where listings come from on a day that is past.
fn dates_of_lists(world: &World) -> String {
    format!(
        "Listings by the dates that {} give; parties taken off before then cannot be seen.",
        world.extent()
    )
}

fn list(page: &mut Page, holdings: &Holdings, what: &str, changed: &[Changed]) {
    for one in changed.iter().take(MOST_SHOWN) {
        let since = one
            .since
            .map_or_else(String::new, |day| format!(" since {day}"));
        let text = format!("{what}{since}: {}", call(holdings, &one.entity));
        page.fold("  ", 4, Tone::Plain, &text);
    }
    if changed.len() > MOST_SHOWN {
        let rest = changed.len() - MOST_SHOWN;
        page.fold(
            "  ",
            4,
            Tone::Faint,
            &format!("{what}: {rest} more, see --json"),
        );
    }
}

/// Listed parties that count for nothing here, and why.
fn not_counted(page: &mut Page, holdings: &Holdings) {
    if holdings.doubtful() > 0 {
        let (all, _) = holdings.placed();
        let text = format!(
            "Not counted: {} of {all} listed parties, which may stand in the holdings: {MAY_STAND}.",
            holdings.doubtful()
        );
        page.fold("", 0, Tone::Ask, &text);
    }
}

fn call(holdings: &Holdings, id: &str) -> String {
    holdings
        .name(id)
        .map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
}

pub(super) fn what_if(
    args: &OwnershipWhatIf,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    const SCHEMA: &str = "scruple.ownership-what-if/1";
    let chosen = world::open_with_holdings(edge, &args.when)?;
    let world = &chosen.world;
    let rules = rules(world, &args.rule)?;
    let Some(holdings) = &world.holdings else {
        return nothing(args.json, SCHEMA, out);
    };
    let mut listed = Vec::new();
    let mut unknown = Vec::new();
    for text in args.list.iter().filter(|text| !text.trim().is_empty()) {
        let node = meant(world, text)?
            .iter()
            .find_map(|id| holdings.graph.find(id));
        match node {
            Some(node) => listed.push(holdings.graph.id(node).to_owned()),
            None => unknown.push(text.trim().to_owned()),
        }
    }
    let as_of = args.when.as_of.unwrap_or(edge.today);
    let mut answers = Vec::new();
    for entry in rules {
        let mut closed = close(&holdings.graph, entry, &holdings.listed, as_of);
        let reached: Vec<String> = closed
            .what_if(&listed, "a coming list")
            .into_iter()
            .map(|node| holdings.graph.id(node).to_owned())
            .filter(|id| !listed.contains(id))
            .collect();
        answers.push((entry, reached));
    }
    if args.json {
        let all = json!({
            "schema": SCHEMA,
            "holdings": holdings.hash,
            "as_of": as_of,
            "listed": listed,
            "not_in_holdings": unknown,
            "rules": answers.iter().map(|(entry, reached)| json!({
                "rule": entry.id, "force": entry.force_on(as_of), "newly": reached,
            })).collect::<Vec<_>>(),
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        let mut page = Page::new(edge.width, edge.colour);
        let names: Vec<String> = listed.iter().map(|id| call(holdings, id)).collect();
        let head = format!("If listed on {as_of}: {}", names.join(", "));
        page.fold("", 0, Tone::Strong, &head);
        for (entry, reached) in &answers {
            page.gap();
            let number = match reached.len() {
                1 => "1 entity".to_owned(),
                many => format!("{many} entities"),
            };
            let force = match scruple_brief::words::force(entry.force_on(as_of)) {
                state if state.is_empty() => String::new(),
                state => format!(" ({state})"),
            };
            let text = format!("{}{force}: {number} newly covered", entry.body.title);
            page.fold("", 2, Tone::Strong, &text);
            for id in reached.iter().take(MOST_SHOWN) {
                page.fold("  ", 4, Tone::Plain, &call(holdings, id));
            }
            if reached.len() > MOST_SHOWN {
                let rest = reached.len() - MOST_SHOWN;
                page.fold("  ", 4, Tone::Faint, &format!("{rest} more, see --json"));
            }
        }
        if !unknown.is_empty() {
            page.gap();
            let text = format!(
                "Not in the holdings, so that their reach cannot be told: {}",
                unknown.join(", ")
            );
            page.fold("", 0, Tone::Ask, &text);
        }
        page.gap();
        let text = "Covered for certain only. More may be reached through holders nobody reported.";
        page.fold("", 0, Tone::Faint, text);
        not_counted(&mut page, holdings);
        out.write_all(page.finish().as_bytes())?;
    }
    Ok(if unknown.is_empty() {
        DONE
    } else {
        CANNOT_TELL
    })
}

fn nothing(json: bool, schema: &str, out: &mut dyn Write) -> anyhow::Result<u8> {
    if json {
        let none = json!({ "schema": schema, "holdings": null, "rules": [] });
        writeln!(out, "{}", serde_json::to_string_pretty(&none)?)?;
    } else {
        writeln!(
            out,
            "Cannot be told: no holdings are held. `scruple ownership import` takes them in."
        )?;
    }
    Ok(CANNOT_TELL)
}
