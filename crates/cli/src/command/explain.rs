//! `scruple explain`: what a rule, a question or a list is; `explain lists`, which lists
//! and files are read.

use std::io::Write;

use scruple_brief::{Packs, explain};
use scruple_lists::Layout;

use crate::args::Explain;
use crate::failure::{DONE, bad_input};
use crate::{Edge, files};

/// The page on all lists, which errors about files point to.
const LISTS: &str = "lists";

pub(crate) fn run(args: &Explain, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let packs = crate::world::packs(edge)?;
    let Some(name) = &args.name else {
        let mut names = explain::names(&packs);
        names.push(LISTS.to_owned());
        names.sort();
        for name in names {
            writeln!(out, "{name}")?;
        }
        return Ok(DONE);
    };
    if name == LISTS {
        lists(&packs, out)?;
        return Ok(DONE);
    }
    match explain::explain(&packs, name, edge.today) {
        Ok(page) => {
            write!(out, "{}", files::fold(&page, edge.width))?;
            Ok(DONE)
        }
        Err(names) => {
            let near = files::nearest(name, names.iter().map(String::as_str));
            let hint = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
            Err(bad_input(
                format!("nothing is called {name}"),
                format!("{hint}scruple explain lists every name"),
            ))
        }
    }
}

/// Which lists rules speak of, and which files `sync` reads.
fn lists(packs: &Packs, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "Lists that rules speak of\n")?;
    let bodies = || packs.lists.entries.iter().map(|entry| &entry.body);
    let ids = bodies().map(|body| body.list.as_str());
    let names = ids.chain(Layout::ALL.map(Layout::id));
    let wide = names.map(str::len).max().unwrap_or(0);
    for body in bodies() {
        writeln!(out, "  {:<wide$}  {}", body.list.as_str(), body.title)?;
    }
    writeln!(out, "\nFiles that `scruple sync` reads\n")?;
    for layout in Layout::ALL {
        writeln!(out, "  {:<wide$}  {}", layout.id(), layout.title())?;
    }
    writeln!(
        out,
        "  {:<wide$}  FollowTheMoney JSON lines, one record on each line",
        "ftm"
    )?;
    writeln!(
        out,
        "\n`scruple explain LIST` says what one of them means for a deal."
    )?;
    Ok(())
}
