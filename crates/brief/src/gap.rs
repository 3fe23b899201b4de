//! What a held copy of a list is known not to have.
//!
//! That a list is held says little if it is an excerpt, a set without its aliases or
//! a file of changes only. Each such gap stands under "not looked at", and those that
//! leave parties out forbid an answer that nothing was found on the whole list.

use scruple_model::{ListId, Snapshot, Unchecked};

use crate::{Packs, words};

/// Something a held copy of a list does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It was copied out of a notice by hand; the publisher's page may say more.
    Transcribed(ListId),
    /// A part of the publisher's file or set did not come with it.
    PartMissing {
        /// Which list.
        list: ListId,
        /// Which part, and what follows, as the reader of the file said it.
        what: String,
    },
    /// Names that could not be read, of parties that answer by their others.
    NamesUnread {
        /// Which list.
        list: ListId,
        /// How many.
        count: u64,
    },
    /// Other fields that could not be read, in records that answer without them.
    FieldsUnread {
        /// Which list.
        list: ListId,
        /// How many.
        count: u64,
    },
}

impl Gap {
    /// Whether parties may be missing that the publisher's list has.
    pub fn leaves_out(&self) -> bool {
        matches!(self, Self::PartMissing { .. } | Self::NamesUnread { .. })
    }

    /// As a line under "not looked at".
    pub(crate) fn unchecked(&self) -> Unchecked {
        match self {
            Self::Transcribed(list) => Unchecked {
                what: format!("{list} at its publisher"),
                why: "transcribed from a notice, not fetched".to_owned(),
            },
            Self::PartMissing { list, what } => Unchecked {
                what: format!("all of {list}"),
                why: what.clone(),
            },
            Self::NamesUnread { list, count } => Unchecked {
                what: format!(
                    "{} of {list}",
                    words::count(usize::try_from(*count).unwrap_or(usize::MAX), "name")
                ),
                why: format!(
                    "could not be read; their parties answer by the other names (`scruple lists \
                     unread {list}`)"
                ),
            },
            Self::FieldsUnread { list, count } => Unchecked {
                what: format!(
                    "{} of {list}",
                    words::count(usize::try_from(*count).unwrap_or(usize::MAX), "field")
                ),
                why: format!(
                    "could not be read; their records answer without them (`scruple lists unread \
                     {list}`)"
                ),
            },
        }
    }
}

impl Packs {
    /// How many records a whole copy of the snapshot's list has at least, where the
    /// snapshot has fewer: it is an excerpt.
    pub fn whole_copy_of(&self, snapshot: &Snapshot) -> Option<u64> {
        let least = self.list(&snapshot.list)?.body.least_records;
        (snapshot.records < least).then_some(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Held, World, world::Bytes};
    use scruple_model::Date;

    fn today() -> Date {
        "2026-06-01".parse().unwrap()
    }

    /// Every official list that rules speak of, each whole and of today.
    fn world() -> World {
        let packs = Packs::built_in().unwrap();
        let snapshots = packs.lists.entries.iter().map(|entry| Snapshot {
            list: entry.body.list.clone(),
            hash: String::new(),
            published: Some(today()),
            taken: today(),
            records: 100_000,
            entities: 100_000,
            unread: 0,
            dropped: 0,
        });
        let held = Held::Lists(snapshots.collect());
        let index = scruple_screen::build(std::iter::empty());
        World {
            packs,
            held,
            gaps: Vec::new(),
            confirmed: Default::default(),
            index: scruple_screen::Index::open(Bytes::new(index)).unwrap(),
            reviews: Default::default(),
        }
    }

    fn list() -> ListId {
        ListId::from("us-ofac-sdn")
    }

    #[test]
    fn whole_copies_of_today_are_complete() {
        assert!(!world().is_incomplete(today()));
    }

    #[test]
    fn a_copy_that_its_publisher_calls_the_newest_is_not_stale() {
        let mut world = world();
        let Held::Lists(snapshots) = &mut world.held else {
            unreachable!("it holds lists")
        };
        let un = snapshots
            .iter_mut()
            .find(|one| one.list.as_str() == "un-sc");
        let un = un.unwrap();
        un.published = Some("2026-05-01".parse().unwrap());
        un.hash = "aa".to_owned();
        assert!(
            world.is_incomplete(today()),
            "a month old, and renewed every few days"
        );
        world.confirmed.insert("aa".to_owned(), today());
        assert!(!world.is_incomplete(today()));
    }

    #[test]
    fn a_part_that_is_missing_is_not_looked_at_and_makes_the_answer_incomplete() {
        let mut world = world();
        world.gaps.push(Gap::PartMissing {
            list: list(),
            what: "the set has no \"alt\" file".to_owned(),
        });
        assert!(world.is_incomplete(today()));
        let unchecked = world.unchecked(today());
        assert!(
            unchecked
                .iter()
                .any(|one| one.what == "all of us-ofac-sdn" && one.why.contains("alt"))
        );
        let looked = world.looked_at();
        let sdn = looked.iter().find(|one| one.source == "us-ofac-sdn");
        assert!(sdn.unwrap().extent.ends_with("a part is missing"));
    }

    #[test]
    fn an_excerpt_is_told_from_a_whole_copy_by_its_size() {
        let mut world = world();
        let Held::Lists(snapshots) = &mut world.held else {
            unreachable!("it holds lists")
        };
        let sdn = snapshots.iter_mut().find(|one| one.list == list());
        sdn.unwrap().records = 3;
        assert!(world.is_incomplete(today()));
        let unchecked = world.unchecked(today());
        assert!(
            unchecked
                .iter()
                .any(|one| one.what == "all of us-ofac-sdn" && one.why.contains("3 records"))
        );
    }

    #[test]
    fn fields_and_transcriptions_are_told_and_leave_nobody_out() {
        let mut world = world();
        world.gaps.push(Gap::Transcribed(list()));
        world.gaps.push(Gap::FieldsUnread {
            list: list(),
            count: 2,
        });
        assert!(!world.is_incomplete(today()));
        let unchecked = world.unchecked(today());
        world.gaps.push(Gap::NamesUnread {
            list: list(),
            count: 1,
        });
        assert!(
            world.is_incomplete(today()),
            "a name that is lost may be the one asked for"
        );
        assert!(
            unchecked
                .iter()
                .any(|one| one.what == "2 fields of us-ofac-sdn")
        );
        assert!(unchecked.iter().any(|one| one.why.contains("transcribed")));
    }
}
