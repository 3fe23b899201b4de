//! Two snapshots read side by side.

use std::cmp::Ordering;
use std::iter::Peekable;

use scruple_model::Entity;

use super::{Change, ChangeKind, between};
use crate::SyncError;

/// The changes from one run of entities to another, both sorted by id. Holds one
/// entity of each at a time; an error ends it.
pub struct Differences<A: Iterator, B: Iterator> {
    sides: Sides<A, B>,
}

impl<A, B> Differences<A, B>
where
    A: Iterator<Item = Result<Entity, SyncError>>,
    B: Iterator<Item = Result<Entity, SyncError>>,
{
    /// From `old` to `new`.
    pub fn between(old: A, new: B) -> Self {
        Self {
            sides: Sides::new(old, new),
        }
    }
}

impl<A, B> Iterator for Differences<A, B>
where
    A: Iterator<Item = Result<Entity, SyncError>>,
    B: Iterator<Item = Result<Entity, SyncError>>,
{
    type Item = Result<Change, SyncError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let change = match self.sides.next()? {
                Ok(pair) => change_of(pair),
                Err(error) => return Some(Err(error)),
            };
            if change.is_some() {
                return change.map(Ok);
            }
        }
    }
}

/// What a pair says: nothing where both are alike.
pub(super) fn change_of(pair: Pair) -> Option<Change> {
    let whole = |kind, entity: Entity| Change {
        kind,
        id: entity.id,
        was: None,
        schema: entity.schema,
        name: entity.caption,
        fields: Vec::new(),
    };
    match pair {
        Pair::Old(old) => Some(whole(ChangeKind::Removed, old)),
        Pair::New(new) => Some(whole(ChangeKind::Added, new)),
        Pair::Both(old, new) => {
            let fields = between(&old, &new);
            if fields.is_empty() {
                return None;
            }
            let kind = if old.caption == new.caption {
                ChangeKind::Amended
            } else {
                ChangeKind::Renamed
            };
            let was = (old.id != new.id).then_some(old.id);
            Some(Change {
                fields,
                was,
                ..whole(kind, new)
            })
        }
    }
}

/// An entity of one side or of both.
pub(super) enum Pair {
    Old(Entity),
    New(Entity),
    Both(Entity, Entity),
}

/// How many ids there are, and on both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    pub(super) old: u64,
    pub(super) new: u64,
    pub(super) shared: u64,
}

impl Ids {
    /// Fewer than one in ten of the smaller side.
    pub(super) fn hardly_any(self) -> bool {
        let smaller = self.old.min(self.new);
        smaller > 0 && self.shared * 10 < smaller
    }
}

/// Counts the ids.
pub(super) fn shared_ids(
    old: impl Iterator<Item = Result<Entity, SyncError>>,
    new: impl Iterator<Item = Result<Entity, SyncError>>,
) -> Result<Ids, SyncError> {
    let mut ids = Ids::default();
    for pair in Sides::new(old, new) {
        match pair? {
            Pair::Old(_) => ids.old += 1,
            Pair::New(_) => ids.new += 1,
            Pair::Both(..) => {
                ids.old += 1;
                ids.new += 1;
                ids.shared += 1;
            }
        }
    }
    Ok(ids)
}

struct Sides<A: Iterator, B: Iterator> {
    old: Peekable<A>,
    new: Peekable<B>,
    failed: bool,
}

impl<A: Iterator, B: Iterator> Sides<A, B> {
    fn new(old: A, new: B) -> Self {
        Self {
            old: old.peekable(),
            new: new.peekable(),
            failed: false,
        }
    }
}

impl<A, B> Iterator for Sides<A, B>
where
    A: Iterator<Item = Result<Entity, SyncError>>,
    B: Iterator<Item = Result<Entity, SyncError>>,
{
    type Item = Result<Pair, SyncError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let order = match (self.old.peek(), self.new.peek()) {
            (None, None) => return None,
            (Some(Err(_)) | Some(Ok(_)), None) | (Some(Err(_)), _) => Ordering::Less,
            (None, Some(_)) | (_, Some(Err(_))) => Ordering::Greater,
            (Some(Ok(old)), Some(Ok(new))) => old.id.cmp(&new.id),
        };
        let old = order.is_le().then(|| self.old.next()).flatten();
        let new = order.is_ge().then(|| self.new.next()).flatten();
        match (old, new) {
            (Some(Err(error)), _) | (_, Some(Err(error))) => {
                self.failed = true;
                Some(Err(error))
            }
            (Some(Ok(old)), Some(Ok(new))) => Some(Ok(Pair::Both(old, new))),
            (Some(Ok(old)), None) => Some(Ok(Pair::Old(old))),
            (None, Some(Ok(new))) => Some(Ok(Pair::New(new))),
            (None, None) => None,
        }
    }
}
