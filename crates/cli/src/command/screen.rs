//! `scruple screen`: a name, or a spreadsheet of names, against the lists.
//!
//! Nothing is kept. A query is answered in input order whatever happens to the
//! others, and a name that is not found says on what it was not found.

use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use scruple_brief::World;
use scruple_brief::addresses;
use scruple_brief::check::screening::{NO_NAME, has_letters};
use scruple_brief::render::screening::{self, Screening};
use scruple_brief::reviewed::{self, Reviewed};
use scruple_model::{Date, Unchecked};
use scruple_screen::{Options, Query, doubts};
use serde_json::{Map, Value, json};

use super::check::day_to_come;
use crate::args::Screen;
use crate::failure::{DONE, bad_input};
use crate::world::Chosen;
use crate::{Edge, files, world};

pub(crate) mod input;
pub(crate) mod print;
mod workbook;

/// Exit code where a name may be a listed party.
pub(crate) const FOUND: u8 = 3;
/// Exit code where nothing was found and not everything could be looked at.
pub(crate) const CANNOT_TELL: u8 = 4;

/// A name to screen: what the user wrote, and what that means.
pub(crate) struct Asked {
    pub(crate) columns: Map<String, Value>,
    pub(crate) query: Query,
    /// Its addresses, which are compared apart from its name.
    pub(crate) addresses: Vec<String>,
    /// Cells of the row that could not be read, and so were not compared.
    pub(crate) unread: Vec<Unchecked>,
}

pub(crate) fn run(args: &Screen, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (asked, not_read) = asked(args)?;
    let Chosen { world, notes } = world::open(edge, &args.when)?;
    let asked_day = args.when.as_of;
    let as_of = asked_day.unwrap_or(edge.today);
    let not_read: Vec<Unchecked> = not_read
        .into_iter()
        .chain(notes)
        .chain(day_to_come(as_of, edge))
        .collect();
    let options = Options {
        threshold: args.threshold.unwrap_or(Options::default().threshold),
        limit: usize::from(args.limit),
    };
    let answers = screen(&world, asked, &not_read, &options, as_of, edge);

    if args.json {
        print::json(&answers, out)?;
    } else if args.csv {
        print::csv(&world, &answers, asked_day, out)?;
    } else {
        print::terminal(&world, &answers, asked_day, &options, edge, out)?;
    }
    if let Some(path) = &args.xlsx {
        files::write(path, &workbook::write(&world, &answers, asked_day)?)?;
    }
    if let Some(path) = &args.report {
        let mut settings = BTreeMap::from([
            ("screen.threshold".to_owned(), options.threshold.to_string()),
            ("screen.limit".to_owned(), options.limit.to_string()),
        ]);
        if let Some(as_of) = asked_day {
            settings.insert("as-of".to_owned(), as_of.to_string());
        }
        let page = screening::report(&world, &answers, edge.today, asked_day, settings)?;
        files::write(path, page.as_bytes())?;
    }
    Ok(exit(&world, &answers, as_of))
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn bytes_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return files::bytes(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(files::MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .context("standard input")?;
    if bytes.len() as u64 > files::MOST_BYTES {
        return Err(bad_input("standard input has more than 64 MB", "split it"));
    }
    Ok(bytes)
}

fn asked(args: &Screen) -> anyhow::Result<(Vec<Asked>, Vec<Unchecked>)> {
    if let Some(path) = &args.file {
        return input::read(path, &bytes_of(path)?, &args.map);
    }
    let name = args.name.clone().unwrap_or_default();
    if name.trim().is_empty() {
        return Err(bad_input("the name is empty", "write the name in quotes"));
    }
    let mut columns = Map::new();
    columns.insert("name".to_owned(), json!(name));
    let query = Query {
        name,
        schema: args.schema,
        countries: args.country.into_iter().collect(),
        ..Query::default()
    };
    if let Some(schema) = args.schema {
        columns.insert("schema".to_owned(), json!(schema));
    }
    if let Some(country) = args.country {
        columns.insert("country".to_owned(), json!(country));
    }
    Ok((
        vec![Asked {
            columns,
            query,
            addresses: Vec::new(),
            unread: Vec::new(),
        }],
        Vec::new(),
    ))
}

fn screen(
    world: &World,
    asked: Vec<Asked>,
    not_read: &[Unchecked],
    options: &Options,
    as_of: Date,
    edge: &Edge,
) -> Vec<Screening> {
    let looked_at = world.looked_at();
    let mut unchecked = world.unchecked(as_of);
    unchecked.splice(0..0, not_read.iter().cloned());
    let bar = if edge.progress && asked.len() > 500 {
        indicatif::ProgressBar::new(asked.len() as u64)
    } else {
        indicatif::ProgressBar::hidden()
    };
    let answers = asked
        .into_par_iter()
        .map(|asked| {
            // A designation that has ended, or not begun, is no designation on the day.
            // One more than asked for shows whether there are more.
            let one_more = Options {
                limit: options.limit + 1,
                ..options.clone()
            };
            let Reviewed { mut matches, notes } =
                reviewed::search(world, &asked.query, &one_more, as_of);
            let is_cut = matches.len() > options.limit;
            matches.truncate(options.limit);
            bar.inc(1);
            let mut own = asked.unread;
            own.extend(mistyped(&asked.query));
            if is_cut && options.threshold > 0 {
                own.push(Unchecked {
                    what: format!("further candidates for \"{}\"", asked.query.name),
                    why: format!("more than --limit {} agree that well", options.limit),
                });
            }
            if !has_letters(&asked.query.name) {
                own.push(Unchecked {
                    what: format!("the name \"{}\"", asked.query.name),
                    why: NO_NAME.to_owned(),
                });
            }
            Screening {
                schema: screening::SCHEMA.to_owned(),
                addresses: addresses::of(world, &asked.addresses, &matches, as_of),
                query: asked.columns,
                matches,
                reviews: notes,
                looked_at: looked_at.clone(),
                unchecked: own.into_iter().chain(unchecked.iter().cloned()).collect(),
            }
        })
        .collect();
    bar.finish_and_clear();
    answers
}

/// Identifiers that were not compared, because their check digit does not agree.
pub(crate) fn mistyped(query: &Query) -> impl Iterator<Item = Unchecked> {
    doubts(query).into_iter().map(|doubt| Unchecked {
        what: format!(
            "the {} \"{}\" of \"{}\"",
            doubt.kind, doubt.value, query.name
        ),
        why: "its check digit does not agree: it was mistyped somewhere, and was not compared"
            .to_owned(),
    })
}

/// 3 where somebody may be listed, or shares an address with somebody who is; 4 where the lists were not the publishers' own
/// and current; 0 where every list was and nobody was found.
fn exit(world: &World, answers: &[Screening], as_of: Date) -> u8 {
    let found = |answer: &Screening| !answer.matches.is_empty() || !answer.addresses.is_empty();
    if answers.iter().any(found) {
        FOUND
    } else if world.is_incomplete(as_of) || answers.iter().any(|answer| !has_letters(answer.name()))
    {
        CANNOT_TELL
    } else {
        DONE
    }
}

/// The path as the user knows it.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "standard input".to_owned()
    } else {
        files::shown(path)
    }
}
