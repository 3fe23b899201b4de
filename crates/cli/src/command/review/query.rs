//! Whom a review is about: a name, a row of a file, or a party of a deal, read the
//! way `screen` and `check` read it, so that the same facts stand behind both.

use std::io::BufRead as _;

use anyhow::Context as _;
use scruple_brief::check::screening::{has_letters, queries};
use scruple_screen::Query;

use crate::Edge;
use crate::args::Queried;
use crate::command::check::read_deal;
use crate::command::screen::{bytes_of, input, shown};
use crate::failure::bad_input;

/// The query that is meant.
pub(super) fn of(args: &Queried, edge: &Edge) -> anyhow::Result<Query> {
    let query = match (&args.file, &args.deal) {
        (Some(_), _) => of_file(args)?,
        (_, Some(_)) => of_deal(args, edge)?,
        _ => Query {
            name: named(args.name.as_deref())?,
            schema: args.schema,
            countries: args.country.into_iter().collect(),
            ..Query::default()
        },
    };
    if !has_letters(&query.name) {
        return Err(bad_input(
            "the name holds no letter and no digit",
            "give the name as it was screened",
        ));
    }
    Ok(query)
}

/// A name as an argument, or the first line of standard input for `-`.
pub(super) fn named(name: Option<&str>) -> anyhow::Result<String> {
    match name {
        None => Err(bad_input(
            "nobody is named",
            "give the name, or --file FILE --line N, or --deal DEAL --party PARTY",
        )),
        Some("-") => {
            let mut line = String::new();
            std::io::stdin()
                .lock()
                .read_line(&mut line)
                .context("standard input")?;
            Ok(line.trim().to_owned())
        }
        Some(name) => Ok(name.trim().to_owned()),
    }
}

fn of_file(args: &Queried) -> anyhow::Result<Query> {
    let (Some(path), Some(line)) = (&args.file, args.line) else {
        return Err(bad_input("a file needs a line", "add --line N"));
    };
    let (asked, _) = input::read(path, &bytes_of(path)?, &args.map)?;
    let lines: Vec<u64> = asked
        .iter()
        .filter_map(|one| one.columns.get("line")?.as_u64())
        .collect();
    let at = lines.iter().position(|known| *known == line);
    let found = at.and_then(|at| asked.into_iter().nth(at));
    found.map(|one| one.query).ok_or_else(|| {
        let span = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) => format!("its rows stand on lines {first} to {last}"),
            _ => "it holds no row".to_owned(),
        };
        bad_input(
            format!("no row of {} stands on line {line}", shown(path)),
            span,
        )
    })
}

fn of_deal(args: &Queried, edge: &Edge) -> anyhow::Result<Query> {
    let (Some(path), Some(party)) = (&args.deal, &args.party) else {
        return Err(bad_input("a deal needs a party", "add --party PARTY"));
    };
    let (deal, _) = read_deal(path, edge)?;
    let all = queries(&deal);
    let keys: Vec<String> = all.iter().map(|(id, _)| id.to_string()).collect();
    let found = all.into_iter().find(|(id, _)| id.as_str() == party);
    found.map(|(_, query)| query).ok_or_else(|| {
        bad_input(
            format!("{} screens nobody under the key {party}", path.display()),
            format!("one of {}", keys.join(", ")),
        )
    })
}
