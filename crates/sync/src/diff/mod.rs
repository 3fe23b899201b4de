//! What changed in a list between two of its snapshots, record by record.
//!
//! Both are sorted by id, so they are read side by side and only what differs is
//! kept. Records are the same where their ids are: a name may change, and often
//! that is the change that matters.
//!
//! Sometimes a publisher numbers all of its records anew (the United Kingdom did in
//! January 2026, from group ids to the references of its one list). Told by id,
//! the whole list would have gone and another come. So where hardly any id is on
//! both sides, records are paired by their names, and the answer says that.
//!
//! The order of values is no change: publishers sort as they like.

mod fields;
mod renumbered;
mod stream;

pub use fields::{FieldChange, between};
pub use stream::Differences;

use scruple_model::{RecordId, Schema};
use scruple_store::{DataDir, Held};
use serde::Serialize;

use crate::SyncError;
use crate::snapshot::entities_of;

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Only the later snapshot has it.
    Added,
    /// Only the earlier one has it.
    Removed,
    /// Its primary name is another; other fields may have changed with it.
    Renamed,
    /// Something else in it changed.
    Amended,
}

impl ChangeKind {
    /// All, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Renamed, Self::Amended];

    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Amended => "amended",
        }
    }
}

/// One record that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change.
    pub kind: ChangeKind,
    /// The record; the later id where records were numbered anew.
    pub id: RecordId,
    /// Its id in the earlier snapshot, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<RecordId>,
    /// What it is.
    pub schema: Schema,
    /// The name it is printed under; the later one.
    pub name: String,
    /// Field by field; empty for a record that came or went.
    pub fields: Vec<FieldChange>,
}

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// How many records were paired by name because all were numbered anew;
    /// `None` where ids tell.
    pub renumbered: Option<u64>,
    /// The changes, sorted by id.
    pub changes: Vec<Change>,
}

impl Diff {
    /// How many changes of a kind.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|one| one.kind == kind).count()
    }
}

/// Compares two snapshots of a list.
///
/// # Errors
/// [`SyncError::Store`] where one of them is missing or damaged.
pub fn diff(store: &DataDir, from: &Held, to: &Held) -> Result<Diff, SyncError> {
    if from.blob == to.blob {
        return Ok(Diff::default());
    }
    let ids = stream::shared_ids(entities_of(store, from)?, entities_of(store, to)?)?;
    if ids.hardly_any() {
        let old = entities_of(store, from)?.collect::<Result<_, _>>()?;
        let new = entities_of(store, to)?.collect::<Result<_, _>>()?;
        if let Some(diff) = renumbered::diff(old, new) {
            return Ok(diff);
        }
    }
    let changes = Differences::between(entities_of(store, from)?, entities_of(store, to)?);
    Ok(Diff {
        renumbered: None,
        changes: changes.collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{entity, held, store};
    use scruple_model::Schema::{Company, Person};

    fn kinds(diff: &Diff) -> Vec<(ChangeKind, &str)> {
        diff.changes
            .iter()
            .map(|one| (one.kind, one.id.as_str()))
            .collect()
    }

    #[test]
    fn each_record_is_told_once_sorted_by_id() {
        let (_place, mut store) = store();
        let old = vec![
            entity("1", Company, "Stays"),
            entity("2", Company, "Old Name"),
            entity("3", Person, "Amended"),
            entity("4", Company, "Goes"),
        ];
        let mut new = vec![
            entity("0", Company, "Comes"),
            entity("1", Company, "Stays"),
            entity("2", Company, "New Name"),
            entity("3", Person, "Amended"),
        ];
        new[3].add("birthDate", "1961");
        let from = held(&mut store, "2026-01-01", "2026-01-01", old);
        let to = held(&mut store, "2026-02-01", "2026-02-01", new);
        let diff = diff(&store, &from, &to).unwrap();
        assert_eq!(
            kinds(&diff),
            [
                (ChangeKind::Added, "xx-a:0"),
                (ChangeKind::Renamed, "xx-a:2"),
                (ChangeKind::Amended, "xx-a:3"),
                (ChangeKind::Removed, "xx-a:4"),
            ]
        );
        assert_eq!(diff.renumbered, None);
        let renamed = &diff.changes[1];
        assert_eq!(renamed.name, "New Name");
        assert_eq!(renamed.fields[0].old, ["Old Name"]);
        assert_eq!(diff.changes[2].fields[0].field, "birthDate");
        let back = super::diff(&store, &to, &from).unwrap();
        assert_eq!(back.count(ChangeKind::Added), 1);
        assert_eq!(super::diff(&store, &to, &to).unwrap(), Diff::default());
    }

    #[test]
    fn a_list_numbered_anew_says_so_and_is_paired_by_name() {
        let (_place, mut store) = store();
        let name = |n: u32| format!("Somebody {n}");
        let old: Vec<_> = (0..40)
            .map(|n| entity(&format!("GRP{n}"), Person, &name(n)))
            .collect();
        let mut new: Vec<_> = (1..40)
            .map(|n| entity(&format!("CHN{n:04}"), Person, &name(n).to_uppercase()))
            .collect();
        new.push(entity("CHN9999", Company, "Really New"));
        new[4].add("birthDate", "1961");
        let from = held(&mut store, "2025-12-31", "2026-01-01", old);
        let to = held(&mut store, "2026-02-01", "2026-02-01", new);
        let diff = diff(&store, &from, &to).unwrap();
        assert_eq!(diff.renumbered, Some(39));
        assert_eq!(diff.count(ChangeKind::Removed), 1);
        assert_eq!(diff.count(ChangeKind::Added), 1);
        assert_eq!(diff.count(ChangeKind::Renamed), 0);
        let born: Vec<_> = diff
            .changes
            .iter()
            .filter(|one| one.fields.iter().any(|field| field.field == "birthDate"))
            .collect();
        assert_eq!(born.len(), 1);
        assert_eq!(born[0].was.as_ref().unwrap().as_str(), "xx-a:GRP5");
    }

    #[test]
    fn a_list_that_became_another_is_not_taken_for_a_new_numbering() {
        let (_place, mut store) = store();
        let old = vec![entity("1", Person, "A"), entity("2", Person, "B")];
        let new = vec![entity("3", Person, "C"), entity("4", Person, "D")];
        let from = held(&mut store, "2026-01-01", "2026-01-01", old);
        let to = held(&mut store, "2026-02-01", "2026-02-01", new);
        let diff = diff(&store, &from, &to).unwrap();
        assert_eq!(diff.renumbered, None);
        assert_eq!(diff.count(ChangeKind::Removed), 2);
        assert_eq!(diff.count(ChangeKind::Added), 2);
    }

    #[test]
    fn a_damaged_snapshot_is_an_error_and_no_difference() {
        let (_place, mut store) = store();
        let from = held(
            &mut store,
            "2026-01-01",
            "2026-01-01",
            vec![entity("1", Person, "A")],
        );
        let to = held(
            &mut store,
            "2026-02-01",
            "2026-02-01",
            vec![entity("1", Person, "B")],
        );
        std::fs::write(store.blob_path(&from.blob), b"noise").unwrap();
        assert!(diff(&store, &from, &to).is_err());
        assert!(diff(&store, &to, &from).is_err());
    }
}
