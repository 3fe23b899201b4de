//! `scruple check`: a deal goes in, a decision brief comes out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use scruple_brief::render::{html, terminal};
use scruple_brief::{Given, since};
use scruple_model::deal::{self, Format};
use scruple_model::hash::sha256;
use scruple_model::{Date, Deal, Unchecked};

use crate::args::Check;
use crate::files::shown;
use crate::world::Chosen;
use crate::{Edge, failure, files, rows, vintage};

pub(crate) fn run(args: &Check, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (deal, not_read) = read_deal(&args.deal, edge)?;
    let before = args.since.as_deref().map(files::brief).transpose()?;
    let (chosen, as_of) = world(args, edge)?;
    super::classify::names(&deal, &chosen.world.packs, &args.deal, edge)?;
    let given = Given {
        answers: args
            .answers
            .as_deref()
            .map(|path| super::assess::answers(path, &deal, &chosen.world.packs, edge))
            .transpose()?,
        due: match &args.since {
            Some(path) => super::conditions::due(path, as_of)?,
            None => Vec::new(),
        },
    };
    let mut brief = scruple_brief::check_with(&deal, &chosen.world, as_of, &given);
    for note in chosen.notes.into_iter().chain(day_to_come(as_of, edge)) {
        brief.caveats.push(format!("{}: {}", note.what, note.why));
        brief.unchecked.push(note);
    }
    brief.since = before.map(|(before, _)| since::compare(&before, &brief));
    brief.unchecked.extend(not_read);

    if let Some(path) = &args.html {
        if same_file(path, &args.deal) {
            return Err(failure::bad_input(
                format!("--html {} would overwrite the deal", shown(path)),
                "name another file",
            ));
        }
        files::write(path, html::render(&brief)?.as_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&brief)?)?;
    } else {
        let text = terminal::render(&brief, edge.width, edge.colour);
        out.write_all(text.as_bytes())?;
    }
    Ok(brief.exit)
}

/// What a question about a day to come cannot tell.
pub(crate) fn day_to_come(as_of: Date, edge: &Edge) -> Option<Unchecked> {
    (as_of > edge.today).then(|| Unchecked {
        what: format!("what comes between {} and {as_of}", edge.today),
        why: "the day asked for has not come: lists and rules may change until then".to_owned(),
    })
}

/// The lists the answer rests on, and the day it is for.
fn world(args: &Check, edge: &Edge) -> anyhow::Result<(Chosen, Date)> {
    let Some(text) = &args.vintage else {
        let chosen = crate::world::open_with_holdings(edge, &args.when)?;
        return Ok((chosen, args.when.as_of.unwrap_or(edge.today)));
    };
    let asked = vintage::asked(text)?;
    let as_of = args.when.as_of.or(asked.as_of);
    let chosen = vintage::open(edge, &asked, as_of)?;
    Ok((chosen, as_of.unwrap_or(edge.today)))
}

/// The deal with the parties that stand in a file beside it, and what of that
/// file was not read.
pub(crate) fn read_deal(path: &Path, edge: &Edge) -> anyhow::Result<(Deal, Vec<Unchecked>)> {
    let text = files::text(path)?;
    let json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = if json { Format::Json } else { Format::Toml };
    let deal = match deal::read_in_part(&text, format) {
        (Some(deal), problems) if problems.is_empty() => deal,
        (part, mut problems) => {
            // Names that only packs know are told with the rest.
            if let (Some(part), Ok(packs)) = (part, crate::world::packs(edge)) {
                problems.extend(super::classify::unknown(&part, &packs, &text));
                problems.sort_by_key(|one| one.at.bytes.start);
            }
            return Err(failure::problems(path, &text, &problems, edge.width));
        }
    };
    let Some(name) = &deal.parties_file else {
        return Ok((with_documents(deal, path)?, Vec::new()));
    };
    let beside = beside(path, "parties_file", name)?;
    let bytes = files::bytes(&beside)?;
    let rows = rows::read(&beside, &bytes, &[])?;
    let not_read = rows.not_read(&beside);
    let deal = deal
        .with_parties(&rows.table.parties(&rows.mapping), &sha256(&bytes))
        .map_err(|problems| rows::problems(&beside, &problems))?;
    Ok((with_documents(deal, path)?, not_read))
}

/// A file that a deal names, which has to lie beside it.
fn beside(deal: &Path, field: &str, name: &str) -> anyhow::Result<PathBuf> {
    let inside = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return Err(failure::bad_input(
            format!("{field} \"{name}\" is not beside the deal"),
            "put the file into the deal's folder, and name it without a path that leads out",
        ));
    }
    Ok(deal.parent().unwrap_or(Path::new("")).join(name))
}

/// The deal with the files that its parties and items name.
fn with_documents(deal: Deal, path: &Path) -> anyhow::Result<Deal> {
    let mut documents = BTreeMap::new();
    for name in deal.document_names() {
        let file = beside(path, "attestations", name)?;
        documents.insert(name.to_owned(), files::bytes(&file)?);
    }
    Ok(deal.with_documents(documents))
}

pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
