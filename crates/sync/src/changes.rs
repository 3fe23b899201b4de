//! What changed between two snapshots of a list.

use std::cmp::Ordering;

use scruple_model::Entity;

use crate::SyncError;

/// Counts of entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) added: u64,
    pub(crate) removed: u64,
    pub(crate) amended: u64,
}

/// Compares what was held with what came; both sorted by id.
pub(crate) fn compare(
    old: impl Iterator<Item = Result<Entity, SyncError>>,
    new: &[Entity],
) -> Result<Changes, SyncError> {
    let mut changes = Changes::default();
    let mut old = old.peekable();
    let mut new = new.iter().peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return Ok(changes),
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(Ok(left)), Some(right)) => left.id.cmp(&right.id),
            (Some(Err(_)), _) => Ordering::Less,
        };
        let before = order.is_le().then(|| old.next()).flatten().transpose()?;
        let after = order.is_ge().then(|| new.next()).flatten();
        match (before, after) {
            (Some(before), Some(after)) if before != *after => changes.amended += 1,
            (Some(_), Some(_)) | (None, None) => {}
            (Some(_), None) => changes.removed += 1,
            (None, Some(_)) => changes.added += 1,
        }
    }
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
            compare(old.into_iter(), &new).unwrap(),
            Changes {
                added: 2,
                removed: 2,
                amended: 1
            }
        );
        assert_eq!(compare(std::iter::empty(), &new).unwrap().added, 4);
    }

    #[test]
    fn a_snapshot_that_cannot_be_read_gives_no_counts() {
        let old = [Err(SyncError::Index("x".into()))];
        assert!(compare(old.into_iter(), &[]).is_err());
    }
}
