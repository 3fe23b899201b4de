//! Everything an answer rests on: lists, packs, matcher, and their one hash.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::hash::sha256_parts;
use scruple_model::{Date, ListId, Looked, Snapshot, Unchecked};
use scruple_screen::Index;
use serde::{Deserialize, Serialize};

use crate::{Packs, words};

/// Bytes of an index, from memory or from a mapped file.
pub struct Bytes(Box<dyn AsRef<[u8]> + Send + Sync>);

impl Bytes {
    /// Wraps whatever holds the bytes.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Box::new(bytes))
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// Which lists stand behind the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// None but the starter pack.
    Starter,
    /// Lists taken into the data directory; the starter pack is left out.
    Lists(Vec<Snapshot>),
}

/// What a check looks at. Built once, used for any number of deals.
pub struct World {
    /// The rule packs.
    pub packs: Packs,
    /// Which lists are in the index.
    pub held: Held,
    /// The index over them.
    pub index: Index<Bytes>,
}

/// Content hash over everything an answer rests on, with what went into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Vintage {
    /// The hash, 64 characters.
    pub hash: String,
    /// The program's version.
    pub engine: String,
    /// The matcher's name and version.
    pub matcher: String,
    /// Hash of each list, by list; of each starter file where that is all there is.
    pub lists: BTreeMap<String, String>,
    /// The day of each list, by list: what the answer says of its age.
    pub days: BTreeMap<String, String>,
    /// Hash of each pack, by name.
    pub packs: BTreeMap<String, String>,
    /// Packs that are not the ones built in, by name.
    pub packs_replaced: Vec<String>,
    /// Options that change an answer.
    pub options: BTreeMap<String, String>,
}

impl World {
    /// Whether only the starter pack is there to look at.
    pub fn is_starter(&self) -> bool {
        self.held == Held::Starter
    }

    /// How many lists are in the index.
    pub fn list_count(&self) -> usize {
        match &self.held {
            Held::Starter => self.packs.starter.len(),
            Held::Lists(snapshots) => snapshots.len(),
        }
    }

    /// What there is to look at, in words: "14 lists", or the starter pack with its
    /// size, since an excerpt of six lists is not six lists.
    pub fn extent(&self) -> String {
        let lists = words::count(self.list_count(), "list");
        match &self.held {
            Held::Starter => {
                format!(
                    "the starter pack ({} parties of {lists})",
                    self.starter_parties()
                )
            }
            Held::Lists(_) => lists,
        }
    }

    fn starter_parties(&self) -> usize {
        self.packs
            .starter
            .iter()
            .map(|list| list.entities.len())
            .sum()
    }

    /// From when it is, in words. A file that states no day of its own is only
    /// known by the day it was taken in, and says so.
    pub fn as_of(&self) -> String {
        let span = |days: &[Date]| match (days.iter().min(), days.iter().max()) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => String::new(),
        };
        let snapshots = match &self.held {
            Held::Starter => {
                let days: Vec<Date> = self.packs.starter.iter().map(|list| list.as_of).collect();
                return format!("as of {}", span(&days));
            }
            Held::Lists(snapshots) => snapshots,
        };
        let (dated, undated): (Vec<&Snapshot>, Vec<&Snapshot>) = snapshots
            .iter()
            .partition(|snapshot| snapshot.published.is_some());
        let days = |of: &[&Snapshot]| span(&of.iter().map(|s| s.day()).collect::<Vec<_>>());
        match (dated.is_empty(), undated.is_empty()) {
            (_, true) => format!("as of {}", days(&dated)),
            (true, false) => format!(
                "taken in on {}, stating no day of their own",
                days(&undated)
            ),
            (false, false) => format!(
                "as of {}, {} of them stating no day of their own",
                days(&dated),
                undated.len()
            ),
        }
    }

    /// The title of a list: the pack's, or that the user brought it.
    pub fn title(&self, list: &ListId) -> String {
        match self.packs.list(list) {
            Some(entry) => entry.body.title.clone(),
            None if list.is_users_own() => format!("your own list {list}"),
            None => list.to_string(),
        }
    }

    /// What was looked at, list by list.
    pub fn looked_at(&self) -> Vec<Looked> {
        match &self.held {
            Held::Starter => self
                .packs
                .starter
                .iter()
                .map(|list| Looked {
                    source: list.list.to_string(),
                    title: self.title(&list.list),
                    date: list.as_of.to_string(),
                    extent: format!("starter pack only, {} parties", list.entities.len()),
                    hash: self.hash_of_starter(&list.list),
                })
                .collect(),
            Held::Lists(snapshots) => snapshots
                .iter()
                .map(|snapshot| Looked {
                    source: snapshot.list.to_string(),
                    title: self.title(&snapshot.list),
                    date: match snapshot.published {
                        Some(day) => day.to_string(),
                        None => format!("taken {}", snapshot.taken),
                    },
                    extent: format!("{} parties", snapshot.entities),
                    hash: snapshot.hash.clone(),
                })
                .collect(),
        }
    }

    /// What was not looked at on `as_of`, as far as the world itself knows.
    pub fn unchecked(&self, as_of: Date) -> Vec<Unchecked> {
        let mut unchecked = match &self.held {
            Held::Starter => self.unchecked_of_starter(as_of),
            Held::Lists(snapshots) => self.unchecked_of_lists(snapshots, as_of),
        };
        unchecked.extend(self.stale(as_of));
        unchecked.extend(self.packs.not_read.iter().map(|list| Unchecked {
            what: list.title.clone(),
            why: format!("scruple does not read it yet ({})", list.publisher),
        }));
        unchecked
    }

    fn unchecked_of_starter(&self, as_of: Date) -> Vec<Unchecked> {
        let mut unchecked = vec![Unchecked {
            what: "the full official lists".to_owned(),
            why: self.starter_line(),
        }];
        let later = self.packs.starter.iter().filter(|list| list.as_of > as_of);
        unchecked.extend(later.map(|list| as_it_stood(&list.list, list.as_of, as_of)));
        unchecked
    }

    fn unchecked_of_lists(&self, snapshots: &[Snapshot], as_of: Date) -> Vec<Unchecked> {
        let mut unchecked = vec![Unchecked {
            what: "the starter pack".to_owned(),
            why: "left out, because lists of your own are held".to_owned(),
        }];
        if self.is_users_own_only() {
            unchecked.push(Unchecked {
                what: "publishers' own lists".to_owned(),
                why: "only files of your own are held; what they say of an official list is their \
                      word"
                    .to_owned(),
            });
        }
        let undated = snapshots.iter().filter(|s| s.published.is_none()).count();
        if undated > 0 {
            unchecked.push(Unchecked {
                what: format!("how old {} may be", words::count(undated, "list")),
                why: "the files state no day of their own; --dated says it when they are taken in"
                    .to_owned(),
            });
        }
        for snapshot in snapshots {
            if snapshot.unread > 0 {
                unchecked.push(Unchecked {
                    what: format!(
                        "{} of {}",
                        words::count(
                            usize::try_from(snapshot.unread).unwrap_or(usize::MAX),
                            "record"
                        ),
                        snapshot.list
                    ),
                    why: "could not be read when the list was taken".to_owned(),
                });
            }
            if snapshot.day() > as_of {
                unchecked.push(as_it_stood(&snapshot.list, snapshot.day(), as_of));
            }
        }
        unchecked
    }

    /// Whether lists are held and none of them comes from its publisher.
    pub fn is_users_own_only(&self) -> bool {
        matches!(&self.held, Held::Lists(s) if s.iter().all(|s| s.list.is_users_own()))
    }

    /// The line every output made with the starter pack carries.
    pub fn starter_line(&self) -> String {
        format!(
            "starter pack only, {} parties, {}: run `scruple sync --from FILE` to look at full lists",
            self.starter_parties(),
            self.as_of()
        )
    }

    /// Lists whose copy is older than the publisher's cadence allows on `as_of`.
    /// A user's own file has no cadence: nobody promised to renew it.
    pub fn stale(&self, as_of: Date) -> Vec<Unchecked> {
        let Held::Lists(snapshots) = &self.held else {
            return Vec::new();
        };
        snapshots
            .iter()
            .filter_map(|snapshot| {
                let cadence = self.packs.list(&snapshot.list)?.body.cadence_days;
                let age = as_of.since(snapshot.day()).ok()?.get_days();
                (age > i32::from(cadence)).then(|| Unchecked {
                    what: format!("{} after {}", snapshot.list, snapshot.day()),
                    why: format!(
                        "the copy is {age} days old, and the list changes every {cadence}"
                    ),
                })
            })
            .collect()
    }

    /// Whether not everything was looked at on the publishers' own lists within
    /// their cadence: the starter pack only, files of the user's own only, records
    /// that could not be read, or an old copy.
    pub fn is_incomplete(&self, as_of: Date) -> bool {
        match &self.held {
            Held::Starter => true,
            Held::Lists(snapshots) => {
                self.is_users_own_only()
                    || snapshots.iter().any(|snapshot| snapshot.unread > 0)
                    || !self.stale(as_of).is_empty()
            }
        }
    }

    /// Hash over all of it, with `options` that change an answer.
    pub fn vintage(&self, options: BTreeMap<String, String>) -> Vintage {
        let engine = env!("CARGO_PKG_VERSION").to_owned();
        let matcher = scruple_screen::engine();
        let lists: BTreeMap<String, String> = match &self.held {
            Held::Starter => self
                .packs
                .starter
                .iter()
                .map(|l| (l.list.to_string(), self.hash_of_starter(&l.list)))
                .collect(),
            Held::Lists(snapshots) => snapshots
                .iter()
                .map(|s| (s.list.to_string(), s.hash.clone()))
                .collect(),
        };
        let days: BTreeMap<String, String> = self
            .looked_at()
            .into_iter()
            .map(|looked| (looked.source, looked.date))
            .collect();
        let packs = self.packs.hashes.clone();
        let mut parts = vec!["scruple.vintage/1", &engine, &matcher];
        for map in [&lists, &days, &packs, &options] {
            parts.push("map");
            parts.extend(
                map.iter()
                    .flat_map(|(key, value)| [key.as_str(), value.as_str()]),
            );
        }
        let hash = sha256_parts(parts.into_iter().map(str::as_bytes));
        let packs_replaced = self.packs.differ.clone();
        Vintage {
            hash,
            engine,
            matcher,
            lists,
            days,
            packs,
            packs_replaced,
            options,
        }
    }

    fn hash_of_starter(&self, list: &ListId) -> String {
        self.packs
            .hashes
            .get(&format!("starter/{list}"))
            .cloned()
            .unwrap_or_default()
    }
}

/// A copy that is younger than the day asked for.
fn as_it_stood(list: &ListId, held: Date, as_of: Date) -> Unchecked {
    Unchecked {
        what: format!("{list} as it stood on {as_of}"),
        why: format!(
            "the copy held is of {held}: listing dates are used, and parties taken off before then \
             cannot be seen"
        ),
    }
}
