//! One list as a file gives it, whichever layout it came in.

use std::collections::BTreeMap;

use scruple_lists::{At, Effect, Fault, Layout, Reading};
use scruple_model::ftm::{Duplicate, Skipped};
use scruple_model::{Date, Entity, ListId};

use crate::Refusal;

/// What was read, before it is admitted or refused.
pub(crate) struct Content {
    pub(crate) list: ListId,
    pub(crate) layout: &'static str,
    /// The day the file states itself.
    pub(crate) published: Option<Date>,
    pub(crate) records: u64,
    /// Sorted by id.
    pub(crate) entities: Vec<Entity>,
    pub(crate) unread: u64,
    pub(crate) fields_unread: u64,
    pub(crate) faults: Vec<Fault>,
    pub(crate) dropped: BTreeMap<String, u64>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) duplicates: Vec<Duplicate>,
}

/// No party has a name of more bytes than this; it is cells that ran together.
const LONGEST_NAME: usize = 4_096;

impl Content {
    pub(crate) fn of_reading(mut reading: Reading, layout: Layout) -> Self {
        let long = reading.entities.iter().filter_map(long_name);
        reading.faults.extend(long.take(LONG_NAMES_SAID));
        Self {
            list: reading.list,
            layout: layout.id(),
            published: reading.published,
            records: reading.records,
            entities: reading.entities,
            unread: reading.unread,
            fields_unread: reading.fields_unread,
            faults: reading.faults,
            dropped: reading.dropped,
            skipped: reading.skipped,
            duplicates: reading.duplicates,
        }
    }

    /// Refuses a file in which records stand and none can be read.
    pub(crate) fn with_something(mut self) -> Result<Self, Refusal> {
        if self.entities.is_empty() {
            self.faults.truncate(3);
            return Err(Refusal::NothingRead {
                records: self.records,
                first: self.faults,
            });
        }
        Ok(self)
    }
}

/// How many overlong names of one file are said.
const LONG_NAMES_SAID: usize = 100;

/// Says that a name is longer than names are; the record answers with it as it stands.
fn long_name(entity: &Entity) -> Option<Fault> {
    let (_, name) = entity.names().find(|(_, name)| name.len() > LONGEST_NAME)?;
    Some(Fault {
        at: At::default(),
        record: Some(entity.id.record().to_owned()),
        field: Some("name".to_owned()),
        what: format!("a name of {} bytes", name.len()),
        effect: Effect::Note,
        next: "look the record up at the publisher: its cells may have run together".to_owned(),
    })
}
