//! Everything an answer rests on: lists, packs, matcher, and their one hash.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::hash::sha256_parts;
use scruple_model::{Date, ListId, Looked, Snapshot, Unchecked};
use scruple_ownership::Graph;
use scruple_review::Reviews;
use scruple_screen::Index;
use serde::{Deserialize, Serialize};

use crate::gap::part_of;
use crate::own::Own;
use crate::{Gap, Holdings, Packs, words};

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

/// Where a vintage keeps which reviews it rests on, among its options.
pub const REVIEWS: &str = "reviews";

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
    /// What their copies are known not to have.
    pub gaps: Vec<Gap>,
    /// The last day on which a publisher said that the copy held is its newest, by the
    /// snapshot's hash.
    pub confirmed: BTreeMap<String, Date>,
    /// The index over them.
    pub index: Index<Bytes>,
    /// Who owns whom, where anybody took holdings in.
    pub holdings: Option<Holdings>,
    /// What people decided about pairs before.
    pub reviews: Reviews,
    /// What this house itself published and takes as known.
    pub own: Own,
}

/// What stands beside the lists in a vintage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surroundings {
    /// The program's version.
    pub engine: String,
    /// The matcher's name and version.
    pub matcher: String,
    /// Hash of each pack, by name.
    pub packs: BTreeMap<String, String>,
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
    /// Hash of the holdings, where any are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holdings: Option<String>,
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

impl Surroundings {
    /// Those of this program with these packs.
    pub fn of(packs: &Packs) -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            matcher: scruple_screen::engine(),
            packs: packs.hashes.clone(),
        }
    }

    /// The hash of the vintage that these lists and holdings make with them.
    pub fn vintage_of(
        &self,
        snapshots: &[Snapshot],
        holdings: Option<&str>,
        options: &BTreeMap<String, String>,
    ) -> String {
        let lists = hashes_of(snapshots);
        let days = snapshots
            .iter()
            .map(|one| (one.list.to_string(), date_of(one)))
            .collect();
        self.hash(&lists, &days, holdings, options)
    }

    /// What is not the same in others, in words: "matcher: names-1 then, names-2 now".
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut differ = Vec::new();
        for (what, then, now) in [
            ("scruple", &self.engine, &now.engine),
            ("matcher", &self.matcher, &now.matcher),
        ] {
            if then != now {
                differ.push(format!("{what} {then} then, {now} now"));
            }
        }
        let names: BTreeSet<&String> = self.packs.keys().chain(now.packs.keys()).collect();
        let changed: Vec<&str> = names
            .into_iter()
            .filter(|name| self.packs.get(*name) != now.packs.get(*name))
            .map(String::as_str)
            .collect();
        if !changed.is_empty() {
            differ.push(format!("other rule packs now: {}", changed.join(", ")));
        }
        differ
    }

    fn hash(
        &self,
        lists: &BTreeMap<String, String>,
        days: &BTreeMap<String, String>,
        holdings: Option<&str>,
        options: &BTreeMap<String, String>,
    ) -> String {
        let mut parts = vec!["scruple.vintage/1", &self.engine, &self.matcher];
        for map in [lists, days, &self.packs, options] {
            parts.push("map");
            parts.extend(
                map.iter()
                    .flat_map(|(key, value)| [key.as_str(), value.as_str()]),
            );
        }
        if let Some(holdings) = holdings {
            parts.extend(["holdings", holdings]);
        }
        sha256_parts(parts.into_iter().map(str::as_bytes))
    }
}

impl Vintage {
    /// What stood beside its lists.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            engine: self.engine.clone(),
            matcher: self.matcher.clone(),
            packs: self.packs.clone(),
        }
    }
}

fn hashes_of(snapshots: &[Snapshot]) -> BTreeMap<String, String> {
    snapshots
        .iter()
        .map(|one| (one.list.to_string(), one.hash.clone()))
        .collect()
}

/// The day of a snapshot as an answer prints it.
pub fn date_of(snapshot: &Snapshot) -> String {
    match snapshot.published {
        Some(day) => day.to_string(),
        None => format!("taken {}", snapshot.taken),
    }
}

impl World {
    /// The lists in the index.
    pub fn lists(&self) -> Vec<ListId> {
        match &self.held {
            Held::Starter => self.packs.starter.iter().map(|l| l.list.clone()).collect(),
            Held::Lists(snapshots) => snapshots.iter().map(|s| s.list.clone()).collect(),
        }
    }

    /// Puts holdings beside the lists.
    #[must_use]
    pub fn with_holdings(mut self, graph: Graph<Bytes>, hash: String) -> Self {
        self.holdings = Some(Holdings::new(graph, hash, &self.index, &self.lists()));
        self
    }

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

    /// What there is to look at, in words: "5 lists and parts of 9", or the starter pack
    /// with its size, since an excerpt of six lists is not six lists.
    pub fn extent(&self) -> String {
        let lists = |many: usize| words::count(many, "list");
        match &self.held {
            Held::Starter => {
                format!(
                    "the starter pack ({} parties of {})",
                    self.starter_parties(),
                    lists(self.list_count())
                )
            }
            Held::Lists(snapshots) => {
                let in_part = snapshots.iter().filter(|one| self.is_in_part(one)).count();
                match (snapshots.len() - in_part, in_part) {
                    (whole, 0) => lists(whole),
                    (0, parts) => format!("parts of {}", lists(parts)),
                    (whole, parts) => format!("{} and parts of {parts}", lists(whole)),
                }
            }
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
                    date: date_of(snapshot),
                    extent: self.extent_of(snapshot),
                    hash: snapshot.hash.clone(),
                })
                .collect(),
        }
    }

    /// How much of a list the copy holds, in words.
    fn extent_of(&self, snapshot: &Snapshot) -> String {
        let mut extent = format!("{} parties", snapshot.entities);
        if self.packs.whole_copy_of(snapshot).is_some() {
            extent.push_str(", an excerpt");
        }
        let transcribed = Gap::Transcribed(snapshot.list.clone());
        if self.gaps.contains(&transcribed) {
            extent.push_str(", transcribed, not fetched");
        }
        match self.parts_missing(snapshot) {
            0 => {}
            1 => extent.push_str(", a part is missing"),
            parts => extent.push_str(&format!(", {parts} parts are missing")),
        }
        extent
    }

    /// How many parts of a list are known not to have come with its copy.
    fn parts_missing(&self, snapshot: &Snapshot) -> usize {
        self.gaps
            .iter()
            .filter(|gap| matches!(gap, Gap::PartMissing { list, .. } if *list == snapshot.list))
            .count()
    }

    /// Whether the copy is known not to be the whole list.
    fn is_in_part(&self, snapshot: &Snapshot) -> bool {
        self.packs.whole_copy_of(snapshot).is_some() || self.parts_missing(snapshot) > 0
    }

    /// What was not looked at on `as_of`, as far as the world itself knows.
    pub fn unchecked(&self, as_of: Date) -> Vec<Unchecked> {
        let mut unchecked = match &self.held {
            Held::Starter => self.unchecked_of_starter(as_of),
            Held::Lists(snapshots) => self.unchecked_of_lists(snapshots, as_of),
        };
        unchecked.extend(self.stale(as_of));
        unchecked.extend(crate::reviewed::unreadable(self));
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
            why: "left out, because fuller lists are held".to_owned(),
        }];
        if self.is_users_own_only() {
            unchecked.push(Unchecked {
                what: "publishers' own lists".to_owned(),
                why: "only files of your own are held; what they say of an official list is their \
                      word"
                    .to_owned(),
            });
        }
        // First among the lists: who reads on may take a list that is named for a whole one.
        unchecked.extend(snapshots.iter().filter_map(|snapshot| {
            part_of(snapshot, &self.gaps, self.packs.whole_copy_of(snapshot))
        }));
        let undated = snapshots.iter().filter(|s| s.published.is_none()).count();
        if undated > 0 {
            unchecked.push(Unchecked {
                what: format!("how old {} may be", words::count(undated, "list")),
                why: "the files state no day of their own; --dated says it when they are taken in"
                    .to_owned(),
            });
        }
        unchecked.extend(self.not_held(snapshots));
        unchecked.extend(self.gaps.iter().filter_map(Gap::unchecked));
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

    /// Official lists that rules speak of and no copy of is held. OFAC gives its lists
    /// other than the SDN list in one file, which stands for all of them.
    fn not_held(&self, snapshots: &[Snapshot]) -> Vec<Unchecked> {
        if self.is_users_own_only() {
            return Vec::new();
        }
        let in_one_file = |list: &str| {
            list.starts_with("us-ofac-") && !matches!(list, "us-ofac-sdn" | "us-ofac-cons")
        };
        self.packs
            .lists
            .entries
            .iter()
            .map(|entry| &entry.body)
            .filter(|body| !in_one_file(body.list.as_str()))
            .filter(|body| !snapshots.iter().any(|held| held.list == body.list))
            .map(|body| Unchecked {
                what: body.title.clone(),
                why: format!(
                    "no copy of {} is held; `scruple sync` takes it in",
                    body.list
                ),
            })
            .collect()
    }

    /// Whether lists are held and none of them comes from its publisher.
    pub fn is_users_own_only(&self) -> bool {
        matches!(&self.held, Held::Lists(s) if s.iter().all(|s| s.list.is_users_own()))
    }

    /// The line every output made with the starter pack carries.
    pub fn starter_line(&self) -> String {
        format!(
            "starter pack only, {} parties, {}: run `scruple sync` to look at full lists",
            self.starter_parties(),
            self.as_of()
        )
    }

    /// Lists whose copy is older than the publisher's cadence allows on `as_of`, and of
    /// which the publisher has not said since that it is the newest. A user's own file
    /// has no cadence: nobody promised to renew it.
    pub fn stale(&self, as_of: Date) -> Vec<Unchecked> {
        let Held::Lists(snapshots) = &self.held else {
            return Vec::new();
        };
        snapshots
            .iter()
            .filter_map(|snapshot| {
                let cadence = self.packs.list(&snapshot.list)?.body.cadence_days;
                let confirmed = self.confirmed.get(&snapshot.hash).copied();
                let newest = snapshot.day().max(confirmed.unwrap_or(Date::MIN));
                let age = as_of.since(snapshot.day()).ok()?.get_days();
                let silent = as_of.since(newest).ok()?.get_days();
                (silent > i32::from(cadence)).then(|| Unchecked {
                    what: format!("{} after {}", snapshot.list, snapshot.day()),
                    why: format!(
                        "the copy is {age} days old, and the list changes every {cadence}"
                    ),
                })
            })
            .collect()
    }

    /// The lists of which no copy is as old as `as_of`, as a line for the top of a
    /// brief; none where every list has one. A publisher east of Greenwich may date
    /// its file tomorrow: that is today.
    pub fn cannot_see(&self, as_of: Date) -> Option<String> {
        let Held::Lists(snapshots) = &self.held else {
            return None;
        };
        let younger = younger_than(snapshots, as_of);
        if younger.is_empty() {
            return None;
        }
        let lists: Vec<String> = younger
            .iter()
            .map(|one| format!("{} ({})", one.list, one.day()))
            .collect();
        Some(format!(
            "asked as of {as_of}, and no copy that old is held of {}: listing dates are used, \
             and parties taken off before then cannot be seen",
            lists.join(", ")
        ))
    }

    /// Whether any copy that answers is younger than `day`.
    pub fn is_younger_than(&self, day: Date) -> bool {
        match &self.held {
            Held::Starter => self.packs.starter.iter().any(|list| list.as_of > day),
            Held::Lists(snapshots) => snapshots.iter().any(|snapshot| snapshot.day() > day),
        }
    }

    /// Whether not everything was looked at on the publishers' own lists within
    /// their cadence: the starter pack only, files of the user's own only, a list not
    /// held or held in part, records that could not be read, an old copy, or one too
    /// young for the day asked for.
    pub fn is_incomplete(&self, as_of: Date) -> bool {
        match &self.held {
            Held::Starter => true,
            Held::Lists(snapshots) => {
                self.is_users_own_only()
                    || snapshots.iter().any(|snapshot| {
                        snapshot.unread > 0 || self.packs.whole_copy_of(snapshot).is_some()
                    })
                    || self.gaps.iter().any(Gap::leaves_out)
                    || !self.stale(as_of).is_empty()
                    || !self.not_held(snapshots).is_empty()
                    || !younger_than(snapshots, as_of).is_empty()
            }
        }
    }

    /// Hash over all of it, with `options` that change an answer.
    pub fn vintage(&self, options: BTreeMap<String, String>) -> Vintage {
        let holdings = self.holdings.as_ref().map(|held| held.hash.clone());
        self.vintage_beside(holdings, options)
    }

    /// The same as if these holdings were held.
    pub fn vintage_beside(
        &self,
        holdings: Option<String>,
        mut options: BTreeMap<String, String>,
    ) -> Vintage {
        if let Some(position) = self.reviews.position() {
            options.insert(REVIEWS.to_owned(), position.to_owned());
        }
        options.extend(self.own.options());
        let lists = match &self.held {
            Held::Starter => self
                .packs
                .starter
                .iter()
                .map(|l| (l.list.to_string(), self.hash_of_starter(&l.list)))
                .collect(),
            Held::Lists(snapshots) => hashes_of(snapshots),
        };
        let days: BTreeMap<String, String> = self
            .looked_at()
            .into_iter()
            .map(|looked| (looked.source, looked.date))
            .collect();
        let surroundings = Surroundings::of(&self.packs);
        Vintage {
            hash: surroundings.hash(&lists, &days, holdings.as_deref(), &options),
            holdings,
            engine: surroundings.engine,
            matcher: surroundings.matcher,
            lists,
            days,
            packs: surroundings.packs,
            packs_replaced: self.packs.differ.clone(),
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

fn younger_than(snapshots: &[Snapshot], as_of: Date) -> Vec<&Snapshot> {
    let tomorrow = as_of.tomorrow().unwrap_or(as_of);
    snapshots
        .iter()
        .filter(|snapshot| snapshot.day() > tomorrow)
        .collect()
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
