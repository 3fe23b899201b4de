//! What changed between two snapshots of a list.

use std::cell::Cell;

use scruple_model::Entity;

use crate::SyncError;
use crate::diff::{ChangeKind, Differences};

/// Counts of entities, and of the names that both have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) added: u64,
    pub(crate) removed: u64,
    pub(crate) amended: u64,
    /// Names of any kind in the older.
    pub(crate) names_before: u64,
    /// Names of any kind in the newer.
    pub(crate) names_now: u64,
}

/// Compares what was held with what came; both sorted by id. A new name counts as
/// amended, an order of values as nothing: `lists diff` shows the same records.
pub(crate) fn compare(
    old: impl Iterator<Item = Result<Entity, SyncError>>,
    new: impl Iterator<Item = Result<Entity, SyncError>>,
) -> Result<Changes, SyncError> {
    let (before, now) = (Cell::new(0), Cell::new(0));
    let counting = |names: &Cell<u64>, entity: &Result<Entity, SyncError>| {
        if let Ok(entity) = entity {
            names.set(names.get() + entity.names().count() as u64);
        }
    };
    let old = old.inspect(|entity| counting(&before, entity));
    let new = new.inspect(|entity| counting(&now, entity));
    let mut changes = Changes::default();
    for change in Differences::between(old, new) {
        match change?.kind {
            ChangeKind::Added => changes.added += 1,
            ChangeKind::Removed => changes.removed += 1,
            ChangeKind::Renamed | ChangeKind::Amended => changes.amended += 1,
        }
    }
    changes.names_before = before.get();
    changes.names_now = now.get();
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scruple_model::{RecordId, Schema};

    fn entity(id: &str, caption: &str) -> Entity {
        Entity {
            id: RecordId::from(id),
            schema: Schema::Company,
            caption: caption.into(),
            properties: Default::default(),
            listings: Vec::new(),
        }
    }

    #[test]
    fn each_kind_of_change_is_counted() {
        let old = ["a", "b", "d", "e"].map(|id| Ok(entity(id, "x")));
        let new = [
            entity("a", "x"),
            entity("c", "x"),
            entity("d", "y"),
            entity("f", "x"),
        ];
        assert_eq!(
            compare(old.into_iter(), new.clone().into_iter().map(Ok)).unwrap(),
            Changes {
                added: 2,
                removed: 2,
                amended: 1,
                names_before: 0,
                names_now: 0,
            }
        );
        assert_eq!(
            compare(std::iter::empty(), new.into_iter().map(Ok))
                .unwrap()
                .added,
            4
        );
    }

    #[test]
    fn a_snapshot_that_cannot_be_read_gives_no_counts() {
        let old = [Err(SyncError::Index("x".into()))];
        assert!(compare(old.into_iter(), std::iter::empty()).is_err());
    }
}
