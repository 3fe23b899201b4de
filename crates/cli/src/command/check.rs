//! `scruple check`: a deal goes in, a decision brief comes out.

use std::io::Write;
use std::path::Path;

use scruple_brief::render::{html, terminal};
use scruple_brief::since;
use scruple_model::Deal;
use scruple_model::deal::{self, Format};
use scruple_model::hash::sha256;

use crate::args::Check;
use crate::{Edge, failure, files};

pub(crate) fn run(args: &Check, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let deal = read_deal(&args.deal, edge)?;
    let before = args.since.as_deref().map(files::brief).transpose()?;
    let world = crate::world::open(edge)?;
    let brief = scruple_brief::check(&deal, &world, args.as_of.unwrap_or(edge.today));
    let since = before.map(|(before, _)| since::compare(&before, &brief));

    if let Some(path) = &args.html {
        files::write(path, html::render(&brief, since.as_ref())?.as_bytes())?;
    }
    if args.json {
        let mut json = serde_json::to_value(&brief)?;
        if let (Some(since), Some(root)) = (&since, json.as_object_mut()) {
            root.insert("since".to_owned(), serde_json::to_value(since)?);
        }
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        let text = terminal::render(&brief, since.as_ref(), edge.width, edge.colour);
        out.write_all(text.as_bytes())?;
    }
    Ok(brief.exit)
}

/// The deal with the parties that stand in a file beside it.
fn read_deal(path: &Path, edge: &Edge) -> anyhow::Result<Deal> {
    let text = files::text(path)?;
    let json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = if json { Format::Json } else { Format::Toml };
    let deal = deal::read(&text, format)
        .map_err(|problems| failure::problems(path, &text, &problems, edge.width, edge.colour))?;
    let Some(name) = &deal.parties_file else {
        return Ok(deal);
    };
    let beside = path.parent().unwrap_or(Path::new("")).join(name);
    let bytes = files::bytes(&beside)?;
    let table = crate::rows::parties(&beside, &bytes)?;
    deal.with_parties(&table, &sha256(&bytes))
        .map_err(|problems| crate::rows::problems(&beside, &problems))
}
