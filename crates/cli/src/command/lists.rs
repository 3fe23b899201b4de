//! `scruple lists`: what is held, from when, how old, and how far it can be trusted.

use std::io::Write;

use anyhow::Context as _;
use scruple_brief::Packs;
use scruple_brief::words::count;
use scruple_model::{Date, ListId};
use scruple_store::{DataDir, Held};
use serde::Serialize;

use crate::args::{Lists, ListsWhat};
use crate::failure::{DONE, bad_input};
use crate::{Edge, files, world};

mod diff;
mod proven;
mod prune;
mod unread;

pub(crate) use prune::longest;

pub(crate) fn run(args: &Lists, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match &args.what {
        None => overview(args.json, edge, out),
        Some(ListsWhat::Diff(args)) => diff::run(args, edge, out),
        Some(ListsWhat::Unread(args)) => unread::run(args, edge, out),
        Some(ListsWhat::Prune(args)) => prune::run(args, edge, out),
    }
}

/// One list, as `--json` prints it. Keys are only ever added, at the end.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) id: ListId,
    pub(super) published: Option<Date>,
    pub(super) records: u64,
    pub(super) entities: u64,
    pub(super) unread: u64,
    pub(super) hash: String,
    pub(super) proven: bool,
    pub(super) age_days: i32,
    pub(super) cadence_days: Option<u16>,
    pub(super) layout: String,
    pub(super) taken: Date,
    pub(super) title: Option<String>,
    pub(super) fields_unread: u64,
    pub(super) transcribed: bool,
    pub(super) copies: usize,
    pub(super) not_whole: Vec<String>,
}

fn overview(json: bool, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let packs = world::packs(edge)?;
    let rows = match world::store(edge)? {
        Some(store) => rows(&store, &packs, edge.today)?,
        None => Vec::new(),
    };
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
    } else {
        table(&rows, &packs, out)?;
    }
    Ok(DONE)
}

/// Every list that answers today, with what is known of its copy.
pub(super) fn rows(store: &DataDir, packs: &Packs, today: Date) -> anyhow::Result<Vec<Row>> {
    let all = store.snapshots()?;
    let mut rows = Vec::new();
    for held in store.manifest()?.held {
        let entry = packs.list(&held.snapshot.list);
        let mut not_whole = store.told(held.sequence, "part-missing")?;
        if let Some(least) = packs.whole_copy_of(&held.snapshot) {
            not_whole.push(format!(
                "an excerpt: a whole copy has at least {}",
                many(least, "record")
            ));
        }
        let copies = store.editions(&held.snapshot.list)?.len();
        let snapshot = held.snapshot;
        rows.push(Row {
            age_days: age(snapshot.day(), today),
            published: snapshot.published,
            records: snapshot.records,
            entities: snapshot.entities,
            unread: snapshot.unread,
            hash: snapshot.hash,
            proven: proven::proven(&held.layout, &all),
            cadence_days: entry.map(|entry| entry.body.cadence_days),
            taken: snapshot.taken,
            title: entry.map(|entry| entry.body.title.clone()),
            fields_unread: held.fields_unread,
            transcribed: proven::is_transcribed(&held.layout),
            layout: held.layout,
            copies,
            not_whole,
            id: snapshot.list,
        });
    }
    Ok(rows)
}

/// The rows with their notes; without any, that the starter pack answers.
pub(super) fn table(rows: &[Row], packs: &Packs, out: &mut dyn Write) -> anyhow::Result<()> {
    if rows.is_empty() {
        let parties: usize = packs.starter.iter().map(|list| list.entities.len()).sum();
        writeln!(
            out,
            "No list is held. The starter pack of {parties} parties answers; `scruple sync` takes lists in."
        )?;
        return Ok(());
    }
    let wide = rows.iter().map(|row| row.id.as_str().len()).max();
    let wide = wide.unwrap_or(0).max(4);
    writeln!(
        out,
        "{:<wide$}  {:<10}  {:>8}  {:>8}  {:>8}  {:>8}  {:>6}  {:<12}  hash",
        "list", "published", "age", "cadence", "records", "entities", "unread", "layout"
    )?;
    for row in rows {
        let published = row
            .published
            .map_or_else(|| "not stated".to_owned(), |day| day.to_string());
        let cadence = row
            .cadence_days
            .map_or_else(|| "none".to_owned(), |days| format!("{days} d"));
        writeln!(
            out,
            "{:<wide$}  {published:<10}  {:>8}  {cadence:>8}  {:>8}  {:>8}  {:>6}  {:<12}  {}",
            row.id.as_str(),
            row.age(),
            row.records,
            row.entities,
            row.unread,
            row.layout,
            short(&row.hash),
        )?;
    }
    let notes: Vec<String> = rows.iter().flat_map(Row::notes).collect();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for note in notes {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

impl Row {
    /// Days since its day; a copy of a day to come has no age.
    pub(super) fn age(&self) -> String {
        format!("{} d", self.age_days.max(0))
    }

    /// What a reader of the row has to know besides.
    pub(super) fn notes(&self) -> Vec<String> {
        let row = self;
        let mut notes = Vec::new();
        if row.age_days < 0 {
            notes.push(format!(
                "{}: of a day that has not come yet, {} from today",
                row.id,
                many(u64::from(row.age_days.unsigned_abs()), "day")
            ));
        }
        if row
            .cadence_days
            .is_some_and(|days| row.age_days > i32::from(days))
        {
            notes.push(format!("{}: older than its cadence", row.id));
        }
        if row.published.is_none() {
            notes.push(format!(
                "{}: states no day of its own; the age counts from {}, when it was taken in",
                row.id, row.taken
            ));
        }
        if row.unread + row.fields_unread > 0 {
            notes.push(format!(
                "{}: {} and {} unread; `scruple lists unread {}` shows them",
                row.id,
                many(row.unread, "record"),
                many(row.fields_unread, "field"),
                row.id
            ));
        }
        for what in &row.not_whole {
            notes.push(format!("{}: not whole: {what}", row.id));
        }
        if row.transcribed {
            notes.push(format!("{}: transcribed, not fetched", row.id));
        } else if !row.proven {
            notes.push(format!(
                "{}: layout {} not yet proven on a full file",
                row.id, row.layout
            ));
        }
        notes
    }
}

/// Days from `day` to `today`.
pub(super) fn age(day: Date, today: Date) -> i32 {
    today.since(day).map_or(0, |span| span.get_days())
}

/// `1 record`, `2 records`.
pub(super) fn many(number: u64, one: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), one)
}

pub(super) fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// The data directory, where lists are held.
pub(super) fn held_store(edge: &Edge) -> anyhow::Result<DataDir> {
    world::store(edge)?.ok_or_else(no_list)
}

fn no_list() -> anyhow::Error {
    bad_input("no list is held", "take one in with `scruple sync`")
}

/// The current copy of the list the user means, by its id or a name the field uses.
pub(super) fn current(store: &DataDir, packs: &Packs, name: &str) -> anyhow::Result<Held> {
    let manifest = store.manifest()?;
    let named = ListId::from(name);
    let known = packs.list(&named).map(|entry| &entry.body.list);
    let own = ListId::from(format!("user-{name}").as_str());
    [Some(&named), known, Some(&own)]
        .into_iter()
        .flatten()
        .find_map(|id| manifest.of(id))
        .cloned()
        .ok_or_else(|| {
            if manifest.is_empty() {
                return no_list();
            }
            let held = || manifest.held.iter().map(|held| held.snapshot.list.as_str());
            let near =
                files::nearest(name, held()).or_else(|| files::nearest(own.as_str(), held()));
            let next = match near {
                Some(near) => format!("did you mean {near}?"),
                None => format!("one of {}", held().collect::<Vec<_>>().join(", ")),
            };
            bad_input(format!("no list {name} is held"), next)
        })
}

/// The packs, for commands that need nothing else of them.
pub(super) fn packs(edge: &Edge) -> anyhow::Result<Packs> {
    world::packs(edge).context("rule packs")
}
