//! `scruple explain`: what a rule, a question or a list is.

use std::io::Write;

use scruple_brief::explain;

use crate::args::Explain;
use crate::failure::{DONE, bad_input};
use crate::{Edge, files};

pub(crate) fn run(args: &Explain, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let packs = crate::world::packs(edge)?;
    let Some(name) = &args.name else {
        for name in explain::names(&packs) {
            writeln!(out, "{name}")?;
        }
        return Ok(DONE);
    };
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
