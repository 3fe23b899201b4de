//! `scruple watch`: a file of parties against what changed since the last run.
//!
//! The file is the user's, and is read each time. What stays here between two runs
//! is in `scruple_review::WatchState`: keyed hashes, ids of matches, the vintage.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use scruple_brief::check::screening::{NO_NAME, has_letters};
use scruple_brief::watch::{Aside, Delta, ListNews, SCHEMA, Stands, WatchReport, Watched};
use scruple_brief::watch::{again, anew};
use scruple_brief::{World, reviewed};
use scruple_model::Unchecked;
use scruple_review::{Fingerprint, HeldCopy, Key, WatchState};
use scruple_screen::Options;
use scruple_store::{DataDir, Manifest, StoreError};
use scruple_table::{Mapping, Row, Sound};

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
    let (rows, sound) = rows::sound(&args.file, &bytes, &args.map)?;
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
    let Begun { key, label, kept } = begin(&name, args.dry_run, edge)?;
    let before = match &kept {
        None => None,
        Some(bytes) => Some(WatchState::from_bytes(bytes).map_err(|error| {
            bad_input(
                format!("{error}"),
                "delete it with `scruple watch FILE --forget`; the next run then shows every match",
            )
        })?),
    };
    let (chosen, store, manifest) = lists(edge)?;
    let Chosen { world, notes } = chosen;
    let run = Run {
        threshold: args.threshold.unwrap_or(Options::default().threshold),
        edge,
        key: &key,
        world: &world,
        before: before.as_ref(),
    };
    let (report, state, nameless) = run.all(args, &store, &manifest, (&rows, &sound), notes)?;
    drop(store);
    if !args.dry_run {
        keep(&waited_for(edge)?, &label, kept.as_deref(), &state)?;
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

/// What a run begins with.
struct Begun {
    key: Key,
    label: String,
    /// What the last run left.
    kept: Option<Vec<u8>>,
}

/// Reads what the last run left. The directory is locked for this moment and for the
/// one at the end, not for the minute between: a sync must not wait for a watch.
fn begin(name: &str, is_dry: bool, edge: &Edge) -> anyhow::Result<Begun> {
    let of = |store: &DataDir, key: Key| -> anyhow::Result<Begun> {
        let label = key.label(name);
        let kept = store.watched(&label)?;
        Ok(Begun { key, label, kept })
    };
    // A dry run with a key writes nothing, and so needs no lock.
    if is_dry
        && let Some(store) = world::store(edge)?
        && let Some(key) = reviews::key(&store)?
    {
        return of(&store, key);
    }
    let mut store = waited_for(edge)?;
    store.forget_overdue_reviews(edge.today)?;
    let key = reviews::key_or_new(&store)?;
    of(&store, key)
}

/// The lists held, and which copies they are. A sync may come between reading the one
/// and the other: then both are read again.
fn lists(edge: &Edge) -> anyhow::Result<(Chosen, DataDir, Manifest)> {
    loop {
        let store = world::store(edge)?.context("the data directory is gone")?;
        let before = copies(&store.manifest()?);
        let chosen = world::open(edge, &When::default())?;
        let manifest = store.manifest()?;
        if copies(&manifest) == before {
            let manifest = if chosen.world.is_starter() {
                Manifest::default()
            } else {
                manifest
            };
            return Ok((chosen, store, manifest));
        }
    }
}

/// How often the lock is asked for while somebody else writes, and how long in between.
const ASKED: u32 = 300;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// The directory, opened to write as soon as nobody else does.
fn waited_for(edge: &Edge) -> anyhow::Result<DataDir> {
    for _ in 1..ASKED {
        match to_write(edge) {
            Err(error)
                if matches!(
                    error.downcast_ref::<StoreError>(),
                    Some(StoreError::Locked { .. })
                ) =>
            {
                std::thread::sleep(PAUSE);
            }
            opened => return opened,
        }
    }
    to_write(edge)
}

/// Keeps the state for the next run, unless another run of the same watch ended since
/// this one began, or the watch was forgotten: its news would be lost, or what was
/// deleted would come back.
fn keep(
    store: &DataDir,
    label: &str,
    before: Option<&[u8]>,
    state: &WatchState,
) -> anyhow::Result<()> {
    if store.watched(label)?.as_deref() != before {
        return Err(bad_input(
            "another run of this watch ended meanwhile, or it was forgotten; nothing was kept",
            "run it again",
        ));
    }
    Ok(store.put_watched(label, &state.to_bytes())?)
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
        (rows, sound): (&Rows, &Sound<'_>),
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
        let mut parties: Vec<Fingerprint> = Vec::with_capacity(sound.count);
        let mut matches = std::collections::BTreeMap::new();
        let mut report = WatchReport {
            schema: SCHEMA.to_owned(),
            on: self.edge.today,
            since: self.before.map(|before| before.on),
            lists: self.lists(delta.as_ref()),
            parties: sound.count,
            in_full: 0,
            left: 0,
            matches: 0,
            set_aside: Vec::new(),
            news: Vec::new(),
            unchecked: Vec::new(),
            footer: scruple_brief::brief::FOOTER.to_owned(),
            all_because,
        };
        let bar = if self.edge.progress && sound.count > BATCH {
            indicatif::ProgressBar::new(sound.count as u64)
        } else {
            indicatif::ProgressBar::hidden()
        };
        let is_full = report.all_because.is_some();
        let mut unread = Vec::new();
        let mut nameless = 0;
        sound.each(BATCH, |batch| {
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
        });
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

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_store::Mode;

    #[test]
    fn a_run_does_not_overwrite_what_another_kept_meanwhile() {
        let dir = tempfile::tempdir().unwrap();
        let store = DataDir::open(dir.path(), Mode::Write).unwrap();
        let state = |day: &str| WatchState {
            on: day.parse().unwrap(),
            engine: "m/1".into(),
            threshold: 7_000,
            copies: Vec::new(),
            parties: Vec::new(),
            matches: std::collections::BTreeMap::new(),
        };
        let (one, other) = (state("2026-11-01"), state("2026-11-02"));
        keep(&store, "a1", None, &one).unwrap();
        // Began before anything was kept, ends after: refused, and nothing changes.
        assert!(keep(&store, "a1", None, &other).is_err());
        assert_eq!(store.watched("a1").unwrap().unwrap(), one.to_bytes());
        keep(&store, "a1", Some(&one.to_bytes()), &other).unwrap();
        // Forgotten meanwhile: it does not come back.
        assert!(store.forget_watched("a1").unwrap());
        assert!(keep(&store, "a1", Some(&other.to_bytes()), &one).is_err());
        assert_eq!(store.watched("a1").unwrap(), None);
    }
}
