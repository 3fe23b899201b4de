//! Which old snapshots, and which people in old snapshots, nobody has to keep.
//!
//! Two clocks. A snapshot goes when the period has passed since another took its
//! place. A natural person who was delisted leaves the snapshots that stay, when
//! the period has passed since the delisting: a list of 2010 that somebody brings
//! in today is kept for the firms on it, not for people who were taken off long ago.
//!
//! The day of a delisting is that of the first snapshot without the person, or the
//! last day that all of the record's designations give for their end. Whoever is in
//! the snapshot that answers today stays everywhere.

use std::collections::BTreeSet;
use std::io::Write as _;

use scruple_model::date::Span;
use scruple_model::{Date, Entity, PartialDate, RecordId, Schema};
use scruple_store::{DataDir, Held, Pruning, Rewritten};

use crate::SyncError;
use crate::snapshot::{entities_of, line_of};

/// What is to leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving {
    /// Snapshots that leave whole, oldest first.
    pub snapshots: Vec<Held>,
    /// People who leave snapshots that stay.
    pub people: Vec<People>,
}

/// People who leave one snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// The snapshot.
    pub held: Held,
    /// Their records, sorted.
    pub records: Vec<RecordId>,
}

impl Leaving {
    /// Whether nothing is to leave.
    pub fn is_empty(&self) -> bool {
        self.snapshots.is_empty() && self.people.is_empty()
    }
}

/// What may leave on `today`, where everything is to be kept for `years`.
///
/// # Errors
/// [`SyncError::Store`] where a snapshot is damaged.
pub fn leaving(store: &DataDir, today: Date, years: u16) -> Result<Leaving, SyncError> {
    let snapshots = store.prunable(today, years)?;
    let current = store.manifest()?;
    let mut all = store.snapshots()?;
    all.retain(|one| !snapshots.contains(one));
    all.sort_by(|a, b| {
        let key = |one: &Held| (one.snapshot.list.clone(), one.snapshot.day(), one.sequence);
        key(a).cmp(&key(b))
    });
    let mut people = Vec::new();
    for of_list in all.chunk_by(|a, b| a.snapshot.list == b.snapshot.list) {
        if let Some(now) = of_list
            .first()
            .and_then(|one| current.of(&one.snapshot.list))
        {
            people.extend(of_one_list(store, of_list, now, today, years)?);
        }
    }
    Ok(Leaving { snapshots, people })
}

/// `editions` are all that stay of one list, sorted by day.
fn of_one_list(
    store: &DataDir,
    editions: &[Held],
    now: &Held,
    today: Date,
    years: u16,
) -> Result<Vec<People>, SyncError> {
    if editions.len() < 2 {
        return Ok(Vec::new());
    }
    let stays = ids_of(store, now)?;
    // Whoever is in a snapshot that was followed only lately was not delisted long ago.
    let mut lately = BTreeSet::new();
    for (at, edition) in editions.iter().enumerate() {
        let next = editions.get(at + 1).map(|next| next.snapshot.day());
        if edition.sequence != now.sequence && !next.is_some_and(|d| has_passed(d, years, today)) {
            lately.extend(ids_of(store, edition)?);
        }
    }
    let mut people = Vec::new();
    for edition in editions.iter().filter(|one| one.sequence != now.sequence) {
        let mut records = Vec::new();
        for entity in entities_of(store, edition)? {
            let entity = entity?;
            let long_gone = !lately.contains(&entity.id)
                || last_day(&entity).is_some_and(|day| has_passed(day, years, today));
            if entity.schema == Schema::Person && !stays.contains(&entity.id) && long_gone {
                records.push(entity.id);
            }
        }
        if !records.is_empty() {
            records.sort();
            people.push(People {
                held: edition.clone(),
                records,
            });
        }
    }
    Ok(people)
}

/// Lets go of what may leave. `why` is kept and shown.
///
/// # Errors
/// [`SyncError::Store`]; nothing left then, but see [`DataDir::prune`].
pub fn prune(
    store: &mut DataDir,
    leaving: &Leaving,
    today: Date,
    why: &str,
) -> Result<(), SyncError> {
    let mut rewritten = Vec::new();
    for people in &leaving.people {
        rewritten.push(Rewritten {
            sequence: people.held.sequence,
            blob: without(store, people)?,
            records: people.records.clone(),
        });
    }
    let pruning = Pruning {
        why: why.to_owned(),
        leave: leaving.snapshots.iter().map(|one| one.sequence).collect(),
        rewritten,
    };
    Ok(store.prune(&pruning, today)?)
}

/// The snapshot's content without its people who leave, as another blob.
fn without(store: &DataDir, people: &People) -> Result<String, SyncError> {
    let mut blob = store.write_blob()?;
    for entity in entities_of(store, &people.held)? {
        let entity = entity?;
        if people.records.binary_search(&entity.id).is_ok() {
            continue;
        }
        if let Err(error) = blob.write_all(line_of(&entity).as_bytes()) {
            return Err(SyncError::Store(blob.failed()(error)));
        }
    }
    Ok(blob.finish()?.hash)
}

fn ids_of(store: &DataDir, held: &Held) -> Result<BTreeSet<RecordId>, SyncError> {
    entities_of(store, held)?
        .map(|entity| entity.map(|entity| entity.id))
        .collect()
}

/// The day the last of its designations ended, where all of them give one.
fn last_day(entity: &Entity) -> Option<Date> {
    let ends: Option<Vec<Date>> = entity
        .listings
        .iter()
        .map(|listing| listing.until.and_then(PartialDate::day))
        .collect();
    ends.and_then(|ends| ends.into_iter().max())
}

fn has_passed(since: Date, years: u16, today: Date) -> bool {
    since
        .checked_add(Span::new().years(i32::from(years)))
        .is_ok_and(|end| end <= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, entity, held, store};
    use scruple_model::Listing;
    use scruple_model::Schema::{Company, Person};

    fn ids(people: &People) -> Vec<&str> {
        people.records.iter().map(|id| id.as_str()).collect()
    }

    #[test]
    fn somebody_delisted_long_ago_leaves_an_old_file_brought_in_today() {
        let (_place, mut store) = store();
        let gone = entity("1", Person, "Taken Off In 2012");
        let firm = entity("2", Company, "Firm Taken Off In 2012");
        let later = entity("3", Person, "Taken Off In 2024");
        let stays = entity("4", Person, "Still There");
        let first = vec![gone, firm.clone(), later.clone(), stays.clone()];
        held(&mut store, "2010-01-01", "2026-11-01", first);
        let second = vec![later, stays.clone()];
        held(&mut store, "2012-01-01", "2026-11-01", second);
        held(&mut store, "2024-01-01", "2026-11-01", vec![stays]);

        let today = day("2026-11-22");
        let found = leaving(&store, today, 10).unwrap();
        assert!(found.snapshots.is_empty(), "taken in this month");
        assert_eq!(found.people.len(), 1);
        assert_eq!(ids(&found.people[0]), ["xx-a:1"]);
        assert_eq!(leaving(&store, today, 15).unwrap(), Leaving::default());
        assert_eq!(leaving(&store, day("2021-12-31"), 10).unwrap().people, []);

        prune(&mut store, &found, today, "10 years").unwrap();
        let old = &store.snapshots().unwrap()[0];
        assert_eq!((old.removed, old.snapshot.entities), (1, 3));
        let names: Vec<String> = entities_of(&store, old)
            .unwrap()
            .map(|entity| entity.unwrap().caption)
            .collect();
        assert_eq!(
            names,
            ["Firm Taken Off In 2012", "Taken Off In 2024", "Still There"]
        );
        assert!(leaving(&store, today, 10).unwrap().is_empty());
        // No file of the directory holds the record any longer.
        for entry in std::fs::read_dir(store.root().join("snapshots")).unwrap() {
            let bytes = zstd::decode_all(&*std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            assert!(!String::from_utf8(bytes).unwrap().contains("xx-a:1"));
        }
    }

    #[test]
    fn the_end_a_record_gives_counts_where_it_is_earlier() {
        let (_place, mut store) = store();
        let mut ended = entity("1", Person, "Ended In 2013");
        ended.listings.push(Listing {
            until: "2013-05-01".parse().ok(),
            ..Listing::default()
        });
        let mut open = entity("2", Person, "Open End");
        open.listings = vec![ended.listings[0].clone(), Listing::default()];
        let stays = entity("3", Person, "Still There");
        held(
            &mut store,
            "2020-01-01",
            "2026-11-01",
            vec![ended, open, stays.clone()],
        );
        held(&mut store, "2026-01-01", "2026-11-01", vec![stays]);
        let found = leaving(&store, day("2026-11-22"), 10).unwrap();
        assert_eq!(found.people.len(), 1);
        assert_eq!(ids(&found.people[0]), ["xx-a:1"]);
    }

    #[test]
    fn one_snapshot_alone_never_loses_anybody() {
        let (_place, mut store) = store();
        let mut ended = entity("1", Person, "Ended In 1990");
        ended.listings.push(Listing {
            until: "1990-05-01".parse().ok(),
            ..Listing::default()
        });
        held(&mut store, "2000-01-01", "2000-01-01", vec![ended]);
        let found = leaving(&store, day("2026-11-22"), 1).unwrap();
        assert!(found.is_empty());
    }
}
