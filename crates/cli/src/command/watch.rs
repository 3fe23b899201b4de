//! `scruple watch`: a file of parties against what changed since the last run.
//!
//! The file is the user's, and is read each time. What stays here between two runs
//! is in `scruple_review::WatchState`: keyed hashes, ids of matches, the vintage.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use scruple_brief::check::screening::{NO_NAME, has_letters};
use scruple_brief::watch::{Aside, Delta, ListNews, SCHEMA, Stands, WatchReport, Watched};
use scruple_brief::watch::{again, anew};
use scruple_brief::{World, reviewed};
use scruple_model::Unchecked;
use scruple_review::{Fingerprint, HeldCopy, Key, WatchState};
use scruple_screen::Options;
use scruple_store::{DataDir, Manifest};
use scruple_table::{Mapping, Row};

use super::review::to_write;
use super::screen::{CANNOT_TELL, FOUND, input, shown};
use crate::args::{Watch, When};
use crate::failure::{DONE, bad_input};
use crate::rows::Rows;
use crate::world::Chosen;
use crate::{Edge, files, reviews, rows, world};

mod changed;
mod print;

/// A million parties with a few columns are well below this.
const MOST_BYTES: u64 = 1 << 30;
/// Rows that are screened together; between two batches the state is put in order.
const BATCH: usize = 8_192;

pub(crate) fn run(args: &Watch, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let name = match (&args.name, args.file.file_name()) {
        (Some(name), _) => name.clone(),
        (None, Some(name)) => name.to_string_lossy().into_owned(),
        (None, None) => {
            return Err(bad_input(
                format!("{} is no file", args.file.display()),
                "name a file of parties",
            ));
        }
    };
    if args.forget {
        return forget(&name, edge, out);
    }
    let bytes = files::bytes_up_to(&args.file, MOST_BYTES)?;
    let rows = rows::read(&args.file, &bytes, &args.map)?;
    drop(bytes);
    if !rows.mapping.has_names() {
        return Err(bad_input(
            format!(
                "no column of {} seems to hold names; its columns are {}",
                shown(&args.file),
                rows.table.headers.join(", ")
            ),
            "put the names of the columns in the first line, or say which it is with --map name=COLUMN",
        ));
    }
    let mut store = to_write(edge)?;
    store.forget_overdue_reviews(edge.today)?;
    let key = reviews::key_or_new(&store)?;
    let label = key.label(&name);
    let before = match store.watched(&label)? {
        None => None,
        Some(bytes) => Some(WatchState::from_bytes(&bytes).map_err(|error| {
            bad_input(
                format!("{error}"),
                "delete it with `scruple watch FILE --forget`; the next run then shows every match",
            )
        })?),
    };
    let Chosen { world, notes } = world::open(edge, &When::default())?;
    let run = Run {
        threshold: args.threshold.unwrap_or(Options::default().threshold),
        edge,
        key: &key,
        world: &world,
        before: before.as_ref(),
    };
    let manifest = if world.is_starter() {
        Manifest::default()
    } else {
        store.manifest()?
    };
    let (report, state, nameless) = run.all(args, &store, &manifest, &rows, notes)?;
    if !args.dry_run {
        store.put_watched(&label, &state.to_bytes())?;
    }
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        out.write_all(print::page(&report, &args.file, edge).as_bytes())?;
    }
    Ok(if !report.news.is_empty() {
        FOUND
    } else if world.is_incomplete(edge.today) || nameless > 0 {
        CANNOT_TELL
    } else {
        DONE
    })
}

fn forget(name: &str, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let gone = match world::store(edge)? {
        None => false,
        Some(_) => {
            let store = to_write(edge)?;
            match reviews::key(&store)? {
                Some(key) => store.forget_watched(&key.label(name))?,
                None => false,
            }
        }
    };
    writeln!(
        out,
        "{}",
        if gone {
            "What was kept about this watch is deleted."
        } else {
            "Nothing is kept about a watch of that name; nothing was deleted."
        }
    )?;
    Ok(DONE)
}

/// What one run rests on.
struct Run<'a> {
    threshold: u16,
    edge: &'a Edge,
    key: &'a Key,
    world: &'a World,
    before: Option<&'a WatchState>,
}

impl Run<'_> {
    fn all(
        &self,
        args: &Watch,
        store: &DataDir,
        manifest: &Manifest,
        rows: &Rows,
        notes: Vec<Unchecked>,
    ) -> anyhow::Result<(WatchReport, WatchState, usize)> {
        let all_because = self.all_because(args.everything);
        let delta = match self.before {
            Some(before) if !self.world.is_starter() => {
                Some(changed::since(store, &before.copies, manifest)?)
            }
            _ => None,
        };
        let mut stands = Vec::new();
        let mut parties: Vec<Fingerprint> = Vec::with_capacity(rows.table.rows.len());
        let mut matches = std::collections::BTreeMap::new();
        let mut report = WatchReport {
            schema: SCHEMA.to_owned(),
            on: self.edge.today,
            since: self.before.map(|before| before.on),
            lists: self.lists(delta.as_ref()),
            parties: rows.table.rows.len(),
            in_full: 0,
            left: 0,
            matches: 0,
            set_aside: Vec::new(),
            news: Vec::new(),
            unchecked: Vec::new(),
            footer: scruple_brief::brief::FOOTER.to_owned(),
            all_because,
        };
        let bar = if self.edge.progress && rows.table.rows.len() > BATCH {
            indicatif::ProgressBar::new(rows.table.rows.len() as u64)
        } else {
            indicatif::ProgressBar::hidden()
        };
        let is_full = report.all_because.is_some();
        let mut unread = Vec::new();
        let mut nameless = 0;
        for batch in rows.table.rows.chunks(BATCH) {
            batch
                .par_iter()
                .map(|row| self.one(&rows.mapping, row, delta.as_ref(), is_full))
                .collect_into_vec(&mut stands);
            for one in stands.drain(..) {
                parties.push(one.party);
                report.in_full += usize::from(one.in_full);
                report.matches += one.stands.counts;
                report.news.extend(one.stands.news);
                let line = one.line;
                report.set_aside.extend(
                    one.stands
                        .aside
                        .into_iter()
                        .map(|review| Aside { line, review }),
                );
                if !one.stands.held.is_empty() {
                    matches.insert(one.party, one.stands.held);
                }
                unread.extend(one.unread);
                if !one.has_name {
                    nameless += 1;
                    unread.push(Unchecked {
                        what: format!("the party on line {line}"),
                        why: NO_NAME.to_owned(),
                    });
                }
            }
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        parties.sort_unstable();
        parties.dedup();
        report.left = self.before.map_or(0, |before| before.left(&parties));
        report.unchecked = unread;
        report.unchecked.extend(rows.not_read(&args.file));
        report.unchecked.extend(notes);
        report
            .unchecked
            .extend(self.world.unchecked(self.edge.today));
        let state = WatchState {
            on: self.edge.today,
            engine: scruple_screen::engine(),
            threshold: self.threshold,
            copies: copies(manifest),
            parties,
            matches,
        };
        Ok((report, state, nameless))
    }

    /// Why every party is screened against everything, where that is so.
    fn all_because(&self, asked: bool) -> Option<String> {
        let Some(before) = self.before else {
            return Some("this is the first run under this name and key".to_owned());
        };
        if asked {
            Some("--everything".to_owned())
        } else if self.world.is_starter() {
            Some("no list is held, only the starter pack".to_owned())
        } else if before.engine != scruple_screen::engine() {
            Some(format!(
                "the matcher was {} and is {}",
                before.engine,
                scruple_screen::engine()
            ))
        } else if before.threshold != self.threshold {
            Some("the threshold is another".to_owned())
        } else {
            None
        }
    }

    fn lists(&self, delta: Option<&Delta>) -> Vec<ListNews> {
        let changed = |list: &scruple_model::ListId| {
            delta.map(|delta| {
                delta
                    .changed
                    .keys()
                    .chain(&delta.added)
                    .chain(&delta.removed)
                    .filter(|record| record.list() == *list)
                    .count()
            })
        };
        self.world
            .looked_at()
            .into_iter()
            .map(|looked| {
                let list = scruple_model::ListId::new(looked.source);
                ListNews {
                    changed: changed(&list),
                    list,
                    date: looked.date,
                    extent: looked.extent,
                    hash: looked.hash,
                }
            })
            .collect()
    }

    fn one(&self, mapping: &Mapping, row: &Row, delta: Option<&Delta>, is_full: bool) -> One {
        let (query, unread) = input::query(mapping, row);
        let party = self.key.fingerprint(&reviewed::facts(&query));
        let watched = Watched {
            line: row.line as u64,
            id: mapping.get(row, "id"),
            query: &query,
        };
        let known = self.before.is_some_and(|before| before.knows(&party));
        let held = self
            .before
            .and_then(|before| before.before(&party))
            .unwrap_or_default();
        let on = self.edge.today;
        let (stands, in_full) = match delta {
            Some(delta) if known && !is_full => (
                again(self.world, delta, &watched, &held, self.threshold, on),
                false,
            ),
            _ => (
                anew(self.world, delta, &watched, &held, self.threshold, on),
                true,
            ),
        };
        One {
            party,
            line: watched.line,
            stands,
            in_full,
            has_name: has_letters(&query.name),
            unread,
        }
    }
}

/// What came of one row.
struct One {
    party: Fingerprint,
    line: u64,
    stands: Stands,
    in_full: bool,
    has_name: bool,
    unread: Vec<Unchecked>,
}

fn copies(manifest: &Manifest) -> Vec<HeldCopy> {
    manifest
        .held
        .iter()
        .map(|held| HeldCopy {
            list: held.snapshot.list.clone(),
            sequence: held.sequence,
            hash: held.snapshot.hash.clone(),
            content: held.blob.clone(),
        })
        .collect()
}

/// The path as the user knows it, for the head of the answer.
fn named(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
