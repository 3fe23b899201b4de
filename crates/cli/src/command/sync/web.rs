//! Lists from their publishers' own addresses, one set after another; one that does
//! not come stops no other, and leaves the list as it was.

use std::collections::BTreeSet;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use scruple_model::Date;
use scruple_model::ftm::list_alias;
use scruple_pack::Entry;
use scruple_store::{DataDir, Fetched};
use scruple_sync::web::{
    Download, FetchedSet, Fetcher, Known, Pace, Part, PublisherBody, Roots, Settings, fetch_set,
    last_modified_day, publishers,
};
use scruple_sync::{Said, Source, offers_of};

use super::{Session, scratch};
use crate::failure::bad_input;
use crate::world;

pub(super) fn run(
    names: &[String],
    again: bool,
    store: &mut DataDir,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    let texts = world::pack_texts(session.edge)?;
    let pack = match texts.get("publishers") {
        Some(text) => publishers(text)?,
        None => publishers(&scruple_brief::packs::embedded()["publishers"])?,
    };
    let wanted = chosen(&pack.entries, names)?;
    let settings = Settings {
        user_agent: format!(
            "Mozilla/5.0 (compatible; scruple/{})",
            env!("CARGO_PKG_VERSION")
        ),
        proxy: session.edge.proxy.clone(),
        ..Settings::default()
    };
    let fetcher = Roots::of_this_machine()
        .and_then(|roots| Fetcher::new(&settings, roots))
        .map_err(|why| {
            anyhow::anyhow!("the web cannot be asked: {why}; next: give the files with --from")
        })?;
    for entry in wanted {
        session.set = named(entry);
        one(&entry.body, &fetcher, again, store, session)?;
    }
    Ok(())
}

/// A set as an error names it: its own name, and the lists it feeds where that is not
/// one of the same name.
fn named(entry: &Entry<PublisherBody>) -> String {
    let id = entry.id.as_str();
    let name = id.strip_prefix("web.").unwrap_or(id);
    let lists: Vec<&str> = entry.body.lists.iter().map(|list| list.as_str()).collect();
    if lists == [name] {
        name.to_owned()
    } else {
        format!("{name} ({})", lists.join(", "))
    }
}

/// The sets to fetch: those named by set or list, else the usual ones.
fn chosen<'a>(
    entries: &'a [Entry<PublisherBody>],
    names: &[String],
) -> anyhow::Result<Vec<&'a Entry<PublisherBody>>> {
    if names.is_empty() {
        return Ok(entries.iter().filter(|entry| entry.body.usual).collect());
    }
    let mut wanted: Vec<&Entry<PublisherBody>> = Vec::new();
    for name in names {
        let list = list_alias(name);
        let set = format!("web.{name}");
        let named = entries.iter().find(|entry| entry.id.as_str() == set);
        let feeding = || {
            entries.iter().find(|entry| {
                entry.body.usual
                    && list
                        .as_ref()
                        .is_some_and(|list| entry.body.lists.contains(list))
            })
        };
        match named.or_else(feeding) {
            Some(entry) if wanted.iter().any(|held| held.id == entry.id) => {}
            Some(entry) => wanted.push(entry),
            None => {
                let known: Vec<&str> = entries
                    .iter()
                    .filter_map(|entry| entry.id.as_str().strip_prefix("web."))
                    .collect();
                return Err(bad_input(
                    format!("no publisher's address is known for \"{name}\""),
                    format!(
                        "name one of {}, or give a file with --from",
                        known.join(", ")
                    ),
                ));
            }
        }
    }
    Ok(wanted)
}

fn one(
    set: &PublisherBody,
    fetcher: &Fetcher,
    again: bool,
    store: &mut DataDir,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    let Some(list) = set.lists.first() else {
        return Ok(());
    };
    let bar = bar(session.edge.progress);
    let scratch = scratch(store);
    // Asked whether it changed only as long as what came last is held, and whole.
    let held = whole_copies(set, store)?;
    let known = |part: &Part| {
        let last = store.fetched(&part.url.to_string()).ok().flatten();
        last.filter(|last| !again && held.contains(&last.hash))
            .map_or_else(Known::default, |last| Known {
                etag: last.etag,
                last_modified: last.last_modified,
            })
    };
    let outcome = fetch_set(
        fetcher,
        set,
        &known,
        &scratch,
        &mut Patience,
        &mut |at, progress| {
            bar.set_message(format!("{list}: {}", set.parts[at].name));
            bar.set_length(progress.total.unwrap_or(progress.got));
            bar.set_position(progress.got);
        },
    );
    match outcome {
        Err(error) => {
            bar.finish_and_clear();
            session.faults = true;
            session
                .outcome
                .refused
                .push(format!("{}: {error}", session.set));
            Ok(())
        }
        Ok(FetchedSet::NotModified) => {
            bar.finish_and_clear();
            for part in &set.parts {
                if let Some(last) = store.fetched(&part.url.to_string())? {
                    store.put_fetched(&Fetched {
                        checked: session.edge.today,
                        ..last
                    })?;
                }
            }
            let answering = store.manifest()?;
            for list in set.lists.iter().filter(|list| answering.of(list).is_some()) {
                if !session.outcome.not_modified.contains(list) {
                    session.outcome.not_modified.push(list.clone());
                }
            }
            Ok(())
        }
        Ok(FetchedSet::New(files)) => admit(set, &files, store, session, &bar),
    }
}

/// Hashes of the files from which the set's lists were taken, as far as their content
/// can still be read whole.
fn whole_copies(set: &PublisherBody, store: &DataDir) -> anyhow::Result<BTreeSet<String>> {
    let manifest = store.manifest()?;
    let held = set.lists.iter().filter_map(|list| manifest.of(list));
    Ok(held
        .filter(|held| {
            store
                .read_blob(&held.blob)
                .is_ok_and(|mut blob| std::io::copy(&mut blob, &mut std::io::sink()).is_ok())
        })
        .map(|held| held.snapshot.hash.clone())
        .collect())
}

fn admit(
    set: &PublisherBody,
    files: &[Download],
    store: &mut DataDir,
    session: &mut Session<'_>,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let mut sources = Vec::new();
    for (part, file) in set.parts.iter().zip(files) {
        let mut source = Source::file(&file.path)?;
        source.origin.clone_from(&part.name);
        source.licence = Some(set.licence.clone());
        sources.push(source);
    }
    let dated: Option<Date> = files
        .iter()
        .filter_map(|file| file.known.last_modified.as_deref())
        .filter_map(last_modified_day)
        .max();
    let said = Said {
        dated: dated.filter(|day| *day <= session.edge.today),
        fetched: true,
        ..Said::default()
    };
    let found = offers_of(sources, &said, &scratch(store), &session.admission.limits);
    let before = session.outcome.reports.len();
    if !session.take(store, found, bar)? {
        return Ok(());
    }
    // Only what was admitted may be called unchanged the next time.
    let (Some(list), Some(report)) = (set.lists.first(), session.outcome.reports.get(before))
    else {
        return Ok(());
    };
    for (part, file) in set.parts.iter().zip(files) {
        store.put_fetched(&Fetched {
            url: part.url.to_string(),
            list: list.clone(),
            etag: file.known.etag.clone(),
            last_modified: file.known.last_modified.clone(),
            hash: report.hash.clone(),
            checked: session.edge.today,
        })?;
    }
    Ok(())
}

fn bar(drawn: bool) -> ProgressBar {
    if !drawn {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    let style =
        ProgressStyle::with_template("{spinner} {msg}  {bytes} of {total_bytes}  {wide_bar}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Waits as asked, and draws from the system's source of chance.
struct Patience;

impl Pace for Patience {
    fn random(&mut self) -> u64 {
        // Without chance all machines wait alike, which harms nobody but the publisher.
        getrandom::u64().unwrap_or(u64::MAX / 2)
    }

    fn wait(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_goes_by_its_own_name_and_says_what_it_feeds() {
        let pack = publishers(&scruple_brief::packs::embedded()["publishers"]).unwrap();
        let mut all: Vec<String> = pack.entries.iter().map(named).collect();
        assert!(all.contains(&"un-sc".to_owned()), "{all:?}");
        let csl =
            "us-csl (us-bis-dpl, us-bis-el, us-bis-meu, us-bis-uvl, us-state-dtc, us-state-isn)";
        assert!(all.contains(&csl.to_owned()), "{all:?}");
        let many = all.len();
        all.dedup();
        assert_eq!(all.len(), many, "no two sets are called the same");
    }
}
