//! What a held copy of a list is known not to have.
//!
//! That a list is held says little if it is an excerpt, a set without its aliases or
//! a file of changes only. Each such gap stands under "not looked at", the missing parts
//! of one list in one line, and those that leave parties out forbid an answer that nothing
//! was found on the whole list.

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

    /// As a line under "not looked at"; none for a missing part, which stands with the
    /// others of its list.
    pub(crate) fn unchecked(&self) -> Option<Unchecked> {
        Some(match self {
            Self::PartMissing { .. } => return None,
            Self::Transcribed(list) => Unchecked {
                what: format!("{list} at its publisher"),
                why: "transcribed from a notice, not fetched".to_owned(),
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
        })
    }
}

/// The parts of a list that its copy does not have, as one line: in short what is not
/// screened, and why.
pub(crate) fn part_of(
    snapshot: &Snapshot,
    gaps: &[Gap],
    whole_copy: Option<u64>,
) -> Option<Unchecked> {
    let mut short = Vec::new();
    let mut why = Vec::new();
    for gap in gaps {
        let Gap::PartMissing { list, what } = gap else {
            continue;
        };
        if *list == snapshot.list {
            // "the set has no \"alt\" file: aliases are not screened"
            let (cause, follows) = what.rsplit_once(": ").unwrap_or((what, what));
            short.push(follows.to_owned());
            why.push(cause.to_owned());
        }
    }
    if let Some(least) = whole_copy {
        let records = usize::try_from(snapshot.records).unwrap_or(usize::MAX);
        short.push("an excerpt".to_owned());
        why.push(format!(
            "the copy held has {}, and a whole one has at least {least}",
            words::count(records, "record")
        ));
    }
    (!why.is_empty()).then(|| Unchecked {
        what: format!("part of {} ({})", snapshot.list, short.join(", ")),
        why: why.join("; "),
    })
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
            holdings: None,
            own: Default::default(),
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
            what: "the set has no \"alt\" file: aliases are not screened".to_owned(),
        });
        world.gaps.push(Gap::PartMissing {
            list: list(),
            what: "the file is \"part\", not the whole list".to_owned(),
        });
        assert!(world.is_incomplete(today()));
        let unchecked = world.unchecked(today());
        let part: Vec<_> = unchecked
            .iter()
            .filter(|one| one.what.contains("us-ofac-sdn"))
            .collect();
        assert_eq!(part.len(), 1, "each list once: {part:?}");
        assert_eq!(
            part[0].what,
            "part of us-ofac-sdn (aliases are not screened, the file is \"part\", not the whole list)"
        );
        assert_eq!(
            part[0].why,
            "the set has no \"alt\" file; the file is \"part\", not the whole list"
        );
        let looked = world.looked_at();
        let sdn = looked.iter().find(|one| one.source == "us-ofac-sdn");
        assert!(
            sdn.unwrap()
                .extent
                .ends_with("parties, 2 parts are missing")
        );
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
                .any(|one| one.what == "part of us-ofac-sdn (an excerpt)"
                    && one.why.contains("3 records"))
        );
    }

    #[test]
    fn what_is_held_in_part_is_not_counted_as_a_list() {
        let mut world = world();
        let all = world.list_count();
        assert_eq!(world.extent(), format!("{all} lists"));
        world.gaps.push(Gap::PartMissing {
            list: list(),
            what: "the set has no \"alt\" file: aliases are not screened".to_owned(),
        });
        assert_eq!(world.extent(), format!("{} lists and parts of 1", all - 1));
        let Held::Lists(snapshots) = &mut world.held else {
            unreachable!("it holds lists")
        };
        snapshots.retain(|one| one.list == list());
        assert_eq!(world.extent(), "parts of 1 list");
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
