//! What the tests of this crate's modules share: snapshots made by hand.

use scruple_model::{Date, Entity, ListId, RecordId, Schema, Snapshot};
use scruple_store::{DataDir, Held, Mode, NewSnapshot};

use crate::snapshot::store_entities;

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn store() -> (tempfile::TempDir, DataDir) {
    let parent = tempfile::tempdir().unwrap();
    let store = DataDir::open(&parent.path().join("data"), Mode::Write).unwrap();
    (parent, store)
}

/// A record of the list `xx-a`.
pub(crate) fn entity(id: &str, schema: Schema, name: &str) -> Entity {
    let mut entity = Entity {
        id: RecordId::from(format!("xx-a:{id}").as_str()),
        schema,
        caption: name.to_owned(),
        properties: Default::default(),
        listings: Vec::new(),
    };
    entity.add("name", name);
    entity
}

/// Records a snapshot of `xx-a` and gives it as it is held.
pub(crate) fn held(
    store: &mut DataDir,
    published: &str,
    taken: &str,
    mut entities: Vec<Entity>,
) -> Held {
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    let blob = store_entities(store, &entities).unwrap().hash;
    let count = entities.len() as u64;
    let new = NewSnapshot {
        snapshot: Snapshot {
            list: ListId::from("xx-a"),
            hash: blob.clone(),
            published: Some(day(published)),
            taken: day(taken),
            records: count,
            entities: count,
            unread: 0,
            dropped: 0,
        },
        blob,
        origin: "a.xml".into(),
        licence: None,
        layout: "ftm".into(),
        fields_unread: 0,
        unread: Vec::new(),
    };
    store.record(&[new]).unwrap();
    store.snapshots().unwrap().pop().unwrap()
}
