//! What the parsers hand over, gathered by list and counted.

use std::collections::BTreeMap;

use scruple_model::ftm::{Duplicate, Skipped};
use scruple_model::{Date, Entity, ListId};

use crate::fault::{Effect, Fault, Refused};
use crate::party::Party;

/// How much is read of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record's source. A longer one refuses the file: no official
    /// record is near it. 4 MiB.
    pub record: usize,
    /// Bytes of the whole, unpacked. 2 GiB.
    pub whole: u64,
    /// Records of one file. 5 million.
    pub records: u64,
    /// Faults kept with their positions for each list; the rest are counted.
    pub faults_kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 4 << 20,
            whole: 2 << 30,
            records: 5_000_000,
            faults_kept: 1_000,
        }
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
    /// Values that could not be read, in records that were.
    pub fields_unread: u64,
    /// The first of both, with notes, in the file's order.
    pub faults: Vec<Fault>,
    /// Properties about what a person is that were dropped, by name.
    pub dropped: BTreeMap<String, u64>,
    /// Records that were understood and are not read, by kind and reason.
    pub skipped: Vec<Skipped>,
    /// Record ids that stood more than once; their descriptions were put together.
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
    held: BTreeMap<String, (u64, Entity)>,
    unread: u64,
    fields_unread: u64,
    faults: Vec<Fault>,
    dropped: BTreeMap<String, u64>,
    skipped: BTreeMap<(String, &'static str), u64>,
    duplicates: Vec<Duplicate>,
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
    pub(crate) fn count(&mut self, list: &ListId) {
        self.counted += 1;
        self.of(list).records += 1;
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
                gathered.held.insert(record, (at.line, entity));
            }
            Some((first_line, held)) => {
                gathered.duplicates.push(Duplicate {
                    id: record,
                    first_line: *first_line,
                    line: at.line,
                });
                merge(held, entity);
            }
        }
    }

    /// Reports a fault that belongs to no party in hand.
    pub(crate) fn fault(&mut self, list: &ListId, fault: Fault) {
        let kept = self.limits.faults_kept;
        self.of(list).fault(fault, kept);
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
        match fault.effect {
            Effect::RecordUnread => self.unread += 1,
            Effect::FieldUnread => self.fields_unread += 1,
            Effect::Note => {}
        }
        if self.faults.len() < kept {
            self.faults.push(fault);
        }
    }

    fn finish(self, list: ListId, published: Option<Date>) -> Reading {
        let mut entities: Vec<Entity> = self.held.into_values().map(|(_, entity)| entity).collect();
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
            duplicates: self.duplicates,
        }
    }
}

/// Puts two descriptions of one record together: dropping the second might drop a name.
fn merge(held: &mut Entity, other: Entity) {
    for (name, values) in other.properties {
        for value in values {
            held.add(&name, value);
        }
    }
    for listing in other.listings {
        if !held.listings.contains(&listing) {
            held.listings.push(listing);
        }
    }
}
