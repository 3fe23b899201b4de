//! What the parsers hand over, gathered by list and counted.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::ftm::{Duplicate, Skipped};
use scruple_model::{Date, Entity, ListId, Listing};

use crate::fault::{At, Effect, Fault, Refused};
use crate::party::Party;

/// How much is read of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record's source. A longer one refuses the file: no official
    /// record is near it. 4 MiB.
    pub record: usize,
    /// Bytes of the whole, unpacked. 2 GiB.
    pub whole: u64,
    /// Bytes of the text of all records together, with some for each value: what is held
    /// of a file is not much more. 512 MiB; official files have under 100.
    pub text: u64,
    /// Records of one file. 300,000; the longest official one has 26,000.
    pub records: u64,
    /// Faults kept with their positions for each list, and as many of missing parts and
    /// of names that were not read; the rest are counted.
    pub faults_kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 4 << 20,
            whole: 2 << 30,
            text: 512 << 20,
            records: 300_000,
            faults_kept: 1_000,
        }
    }
}

/// Bytes that a value has beside its text.
pub(crate) const VALUE: u64 = 32;

impl Limits {
    /// Refuses a file with more records than any list has.
    pub(crate) fn room(&self, records: u64, at: At) -> Result<(), Refused> {
        if records <= self.records {
            return Ok(());
        }
        Err(Refused::TooBig {
            at,
            what: format!("more than {} records", self.records),
        })
    }

    /// Refuses a file whose records hold more text than any list has. `text`: bytes so
    /// far.
    pub(crate) fn room_for(&self, text: u64, at: At) -> Result<(), Refused> {
        if text <= self.text {
            return Ok(());
        }
        Err(Refused::TooBig {
            at,
            what: format!("records of more than {} bytes together", self.text),
        })
    }
}

/// One list as one file (or set of files) gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which list.
    pub list: ListId,
    /// The day the file states it was published; `None` where it states none.
    pub published: Option<Date>,
    /// Records, as the publisher's file counts them.
    pub records: u64,
    /// Sorted by id, each id once.
    pub entities: Vec<Entity>,
    /// Records that could not be read.
    pub unread: u64,
    /// Values that could not be read, names among them, in records that were.
    pub fields_unread: u64,
    /// The first of both, with notes, in the file's order.
    pub faults: Vec<Fault>,
    /// Properties about what a person is that were dropped, by name.
    pub dropped: BTreeMap<String, u64>,
    /// Records that were understood and are not read, by kind and reason.
    pub skipped: Vec<Skipped>,
    /// Records whose id stood before; their descriptions were put together.
    pub repeated: u64,
    /// The first of them, as many as [`Limits::faults_kept`] says.
    pub duplicates: Vec<Duplicate>,
}

/// Where a parser puts what it reads.
pub(crate) struct Gather {
    pub(crate) limits: Limits,
    published: Option<Date>,
    stated: Option<u64>,
    counted: u64,
    lists: BTreeMap<ListId, Gathered>,
}

#[derive(Default)]
struct Gathered {
    records: u64,
    held: BTreeMap<String, Held>,
    unread: u64,
    fields_unread: u64,
    faults: Vec<Fault>,
    /// Of the faults kept.
    parts_missing: usize,
    names_unread: usize,
    dropped: BTreeMap<String, u64>,
    skipped: BTreeMap<(String, &'static str), u64>,
    duplicates: Vec<Duplicate>,
    repeated: u64,
}

/// A record, and the others that stand under its id.
struct Held {
    line: u64,
    entity: Entity,
    others: Vec<Entity>,
}

impl Gather {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            published: None,
            stated: None,
            counted: 0,
            lists: BTreeMap::new(),
        }
    }

    /// The day the file says it was published.
    pub(crate) fn published(&mut self, day: Date) {
        self.published = Some(day);
    }

    /// How many records the file says that it holds; checked at the end.
    pub(crate) fn stated(&mut self, records: u64) {
        self.stated = Some(records);
    }

    /// Counts one record as the publisher counts them, read or not.
    ///
    /// # Errors
    /// [`Refused::TooBig`] where there are more than any list has.
    pub(crate) fn count(&mut self, list: &ListId, at: At) -> Result<(), Refused> {
        self.counted += 1;
        self.of(list).records += 1;
        self.limits.room(self.counted, at)
    }

    /// Takes a finished party. One whose id stood before is put together with it.
    /// One without a name is unread.
    pub(crate) fn party(&mut self, list: &ListId, party: Party) {
        let at = party.at();
        let kept = self.limits.faults_kept;
        let gathered = self.of(list);
        let (entity, faults, dropped) = match party.finish(list) {
            Ok(done) => done,
            Err(fault) => return gathered.fault(fault, kept),
        };
        for name in dropped {
            *gathered.dropped.entry(name).or_default() += 1;
        }
        for fault in faults {
            gathered.fault(fault, kept);
        }
        let record = entity.id.record().to_owned();
        match gathered.held.get_mut(&record) {
            None => {
                let held = Held {
                    line: at.line,
                    entity,
                    others: Vec::new(),
                };
                gathered.held.insert(record, held);
            }
            Some(held) => {
                gathered.repeated += 1;
                if gathered.duplicates.len() < kept {
                    gathered.duplicates.push(Duplicate {
                        id: record,
                        first_line: held.line,
                        line: at.line,
                        name: held.entity.caption.clone(),
                    });
                }
                held.others.push(entity);
            }
        }
    }

    /// Reports a fault that belongs to no party in hand.
    pub(crate) fn fault(&mut self, list: &ListId, fault: Fault) {
        let kept = self.limits.faults_kept;
        self.of(list).fault(fault, kept);
    }

    /// Reports a fault of the file to every list that it has given so far.
    pub(crate) fn fault_of_all(&mut self, fault: &Fault) {
        let kept = self.limits.faults_kept;
        for gathered in self.lists.values_mut() {
            gathered.fault(fault.clone(), kept);
        }
    }

    /// Counts a record that was understood and is not read.
    pub(crate) fn skip(&mut self, list: &ListId, kind: &str, why: &'static str) {
        *self
            .of(list)
            .skipped
            .entry((kind.to_owned(), why))
            .or_default() += 1;
    }

    /// Ends the file.
    pub(crate) fn finish(self) -> Result<Vec<Reading>, Refused> {
        if let Some(stated) = self.stated
            && stated != self.counted
        {
            return Err(Refused::Count {
                stated,
                found: self.counted,
            });
        }
        if self.counted == 0 {
            return Err(Refused::Empty);
        }
        let published = self.published;
        Ok(self
            .lists
            .into_iter()
            .map(|(list, gathered)| gathered.finish(list, published))
            .collect())
    }

    fn of(&mut self, list: &ListId) -> &mut Gathered {
        self.lists.entry(list.clone()).or_default()
    }
}

impl Gathered {
    fn fault(&mut self, fault: Fault, kept: usize) {
        let fault = fault.shortened();
        match fault.effect {
            Effect::RecordUnread => self.unread += 1,
            Effect::FieldUnread | Effect::NameUnread => self.fields_unread += 1,
            Effect::PartMissing | Effect::Note => {}
        }
        // Answers speak of missing parts and names, so others do not crowd them out.
        let spoken_of = match fault.effect {
            Effect::PartMissing => Some(&mut self.parts_missing),
            Effect::NameUnread => Some(&mut self.names_unread),
            _ => None,
        };
        let room = match spoken_of {
            Some(count) => {
                *count += 1;
                *count <= kept
            }
            None => self.faults.len() < kept,
        };
        if room {
            self.faults.push(fault);
        }
    }

    fn finish(self, list: ListId, published: Option<Date>) -> Reading {
        let mut entities: Vec<Entity> = self.held.into_values().map(Held::merged).collect();
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        Reading {
            list,
            published,
            records: self.records,
            entities,
            unread: self.unread,
            fields_unread: self.fields_unread,
            faults: self.faults,
            dropped: self.dropped,
            skipped: self
                .skipped
                .into_iter()
                .map(|((schema, why), count)| Skipped { schema, why, count })
                .collect(),
            repeated: self.repeated,
            duplicates: self.duplicates,
        }
    }
}

impl Held {
    /// Puts the descriptions of one record together: dropping one might drop a name.
    fn merged(self) -> Entity {
        let mut entity = self.entity;
        if self.others.is_empty() {
            return entity;
        }
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut listings: BTreeSet<Listing> = entity.listings.iter().cloned().collect();
        for other in self.others {
            for (name, more) in other.properties {
                values.entry(name).or_default().extend(more);
            }
            for listing in other.listings {
                if listings.insert(listing.clone()) {
                    entity.listings.push(listing);
                }
            }
        }
        for (name, more) in values {
            entity.add_all(&name, more);
        }
        entity
    }
}

#[cfg(test)]
mod tests {
    use scruple_model::{NameKind, Schema};

    use super::*;

    #[test]
    fn lost_names_and_parts_are_kept_behind_many_other_faults() {
        let list = ListId::from("x");
        let mut out = Gather::new(Limits {
            faults_kept: 2,
            ..Limits::default()
        });
        for effect in [Effect::FieldUnread, Effect::NameUnread, Effect::PartMissing] {
            for _ in 0..5 {
                let fault = Fault {
                    at: At::default(),
                    record: None,
                    field: None,
                    what: "odd".to_owned(),
                    effect,
                    next: "look".to_owned(),
                };
                out.fault(&list, fault);
            }
        }
        out.counted = 1;
        let read = out.finish().unwrap().remove(0);
        assert_eq!((read.faults.len(), read.fields_unread), (6, 10));
    }

    #[test]
    fn one_id_in_many_records_takes_no_long_time() {
        let list = ListId::from("x");
        let mut out = Gather::new(Limits::default());
        let begun = std::time::Instant::now();
        for number in 0..100_000 {
            let at = At {
                line: number,
                column: 1,
            };
            let mut party = Party::new(at, "1", Schema::Person);
            party.name(NameKind::Primary, &format!("Demo Name {number:09}"));
            out.counted += 1;
            out.party(&list, party);
        }
        let read = out.finish().unwrap().remove(0);
        assert!(begun.elapsed().as_secs() < 10);
        assert_eq!(read.entities[0].values("name").len(), 100_000);
        assert_eq!((read.repeated, read.duplicates.len()), (99_999, 1_000));
    }

    #[test]
    fn one_party_of_many_values_takes_no_long_time() {
        let begun = std::time::Instant::now();
        let mut party = Party::new(At::default(), "1", Schema::Person);
        for number in 0..100_000 {
            party.name(
                NameKind::Alias,
                &format!("Demo Name {:09}", number % 90_000),
            );
            party.date("birthDate", "DOB", &format!("no date {number:09}"), |_| {
                None
            });
            party.listing(Listing {
                programmes: vec![format!("Demo {number:09}")],
                ..Listing::default()
            });
        }
        let (entity, faults, _) = party.finish(&ListId::from("x")).unwrap();
        assert!(begun.elapsed().as_secs() < 10);
        assert_eq!(entity.values("alias").len(), 90_000);
        assert_eq!(entity.listings.len(), 1_000);
        assert_eq!(faults.len(), 100_001);
    }
}
