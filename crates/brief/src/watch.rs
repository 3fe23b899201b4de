//! A watched file against what changed: which matches are new, changed or gone.
//!
//! For a party that was screened before, news is made by changed records. (A score can also
//! drift because other records came or went: `--everything` catches that up.) So an
//! index over these alone says which of them are worth comparing, and the index over
//! everything compares them: a word is as rare as the lists behind it make it, so a
//! score of the small index is another score. Rejected: scoring in the small index and
//! leaving room below the threshold (nobody can say how much is enough).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::{Date, ListId, RecordId, Unchecked};
use scruple_review::{HeldMatch, Note, Standing};
use scruple_screen::{EntityNo, Index, Match, Options, Query, score, search_among};
use serde::Serialize;

use crate::check::screening::keep_standing;
use crate::reviewed::{self, Reviewed};
use crate::world::{Bytes, World};

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.watch/1";

/// Changed records that are compared in full for one party, at most.
const COMPARED: usize = 200;
/// Matches kept for one party, as many as a check looks at.
const EVERY: usize = 64;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// A match that was not there.
    New,
    /// A match whose record changed, or that is no longer set aside.
    Changed,
    /// A match that was there, and its record left or agrees no more.
    Gone,
}

/// One match that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct News {
    /// What kind.
    pub kind: NewsKind,
    /// The line of the party in its file.
    pub line: u64,
    /// The party's id in its file, where a column gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The listed record.
    pub record: RecordId,
    /// Why it is news, in words.
    pub because: Vec<String>,
    /// How well it agreed before, 0 to 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<u16>,
    /// The match as it is now; none where it is gone.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub found: Option<Match>,
    /// What people decided about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Note>,
}

/// A match that is set aside by review, and the line of its party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Aside {
    /// The line of the party in its file.
    pub line: u64,
    /// What was decided.
    pub review: Note,
}

/// A list and what changed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListNews {
    /// The list.
    pub list: ListId,
    /// Its day, in words.
    pub date: String,
    /// How much of it was looked at.
    pub extent: String,
    /// SHA-256 of the copy.
    pub hash: String,
    /// Records that came, changed or went since the last run; none where this is
    /// the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<usize>,
}

/// What came of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WatchReport {
    /// `scruple.watch/1`.
    pub schema: String,
    /// The day of the run.
    #[schemars(with = "String")]
    pub on: Date,
    /// The day of the run before; none where this is the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub since: Option<Date>,
    /// The lists screened against.
    pub lists: Vec<ListNews>,
    /// Parties in the file.
    pub parties: usize,
    /// Those that were screened against every record: new in the file, changed in
    /// it, or all of them.
    pub in_full: usize,
    /// Why all of them were, where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_because: Option<String>,
    /// Names of the last run that are no longer in the file.
    pub left: usize,
    /// Matches that count.
    pub matches: usize,
    /// Matches set aside by review.
    pub set_aside: Vec<Aside>,
    /// What is new, changed or gone, in the order of the file.
    pub news: Vec<News>,
    /// What was not looked at.
    pub unchecked: Vec<Unchecked>,
    /// The footer.
    pub footer: String,
}

/// What changed in the lists since the last run.
pub struct Delta {
    /// An index over the records that came or changed.
    pub index: Index<Bytes>,
    /// Its records in the index over everything, by their numbers in this one.
    pub places: Vec<Option<EntityNo>>,
    /// Records that changed, and how, in words.
    pub changed: BTreeMap<RecordId, Vec<String>>,
    /// Records that came.
    pub added: BTreeSet<RecordId>,
    /// Records that left.
    pub removed: BTreeSet<RecordId>,
    /// Lists whose earlier copy is not there to compare with, or that are new or gone.
    pub whole: BTreeSet<ListId>,
}

impl Delta {
    /// Whether a record may be another than it was.
    pub fn touches(&self, record: &RecordId) -> bool {
        self.changed.contains_key(record)
            || self.added.contains(record)
            || self.removed.contains(record)
            || (!self.whole.is_empty() && self.whole.contains(&record.list()))
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty() && self.removed.is_empty() && self.whole.is_empty()
    }
}

/// How one party stands now.
#[derive(Clone, Debug, Default)]
pub struct Stands {
    /// Everything it matches, for the next run.
    pub held: Vec<HeldMatch>,
    /// What is not as it was.
    pub news: Vec<News>,
    /// What is set aside.
    pub aside: Vec<Note>,
    /// How many matches count.
    pub counts: usize,
}

/// A party of the file.
pub struct Watched<'a> {
    /// Its line.
    pub line: u64,
    /// Its id, where there is one.
    pub id: Option<&'a str>,
    /// What is asked.
    pub query: &'a Query,
}

/// Screens a party against every record.
pub fn in_full(world: &World, query: &Query, threshold: u16, on: Date) -> Reviewed {
    let options = Options {
        threshold,
        limit: EVERY,
    };
    reviewed::search(world, query, &options, on)
}

/// Screens a party against what changed.
fn against(world: &World, delta: &Delta, query: &Query, threshold: u16, on: Date) -> Reviewed {
    let mut now = Reviewed::default();
    if delta.index.is_empty() {
        return now;
    }
    let mut near: Vec<EntityNo> = delta
        .index
        .candidates(query, COMPARED)
        .into_iter()
        .filter_map(|no| delta.places.get(no.0 as usize).copied().flatten())
        .collect();
    near.sort_unstable();
    near.dedup();
    let options = Options {
        threshold,
        limit: EVERY,
    };
    for mut found in search_among(&world.index, query, &options, &near) {
        if !keep_standing(&mut found, on) {
            continue;
        }
        let note = (!world.reviews.is_empty())
            .then(|| reviewed::note(world, &reviewed::facts(query), &found))
            .flatten();
        let aside = note
            .as_ref()
            .is_some_and(|note| note.standing == Standing::SetAside);
        now.notes.extend(note);
        if !aside {
            now.matches.push(found);
        }
    }
    now.matches
        .sort_by(|a, b| b.score.cmp(&a.score).then(a.id.cmp(&b.id)));
    now
}

/// How a party stands that was screened before with these very facts, and what of
/// it is news: only changed records are looked at.
pub fn again(
    world: &World,
    delta: &Delta,
    party: &Watched<'_>,
    before: &[&HeldMatch],
    threshold: u16,
    on: Date,
) -> Stands {
    let now = against(world, delta, party.query, threshold, on);
    if before.is_empty() && now.matches.is_empty() && now.notes.is_empty() {
        return Stands::default();
    }
    let mut stands = Stands::default();
    // What nobody touched stays as it was, but for what people decided since.
    for old in before.iter().filter(|old| !delta.touches(&old.record)) {
        untouched(world, party, old, &mut stands);
    }
    let touched: Vec<&HeldMatch> = before
        .iter()
        .copied()
        .filter(|old| delta.touches(&old.record))
        .collect();
    told(party, now, &touched, Some(delta), &mut stands);
    stands
}

/// How a party stands that is screened against everything, and what of it is news.
/// `delta` tells what changed in the records, where that is known.
pub fn anew(
    world: &World,
    delta: Option<&Delta>,
    party: &Watched<'_>,
    before: &[&HeldMatch],
    threshold: u16,
    on: Date,
) -> Stands {
    let now = in_full(world, party.query, threshold, on);
    let mut stands = Stands::default();
    told(party, now, before, delta, &mut stands);
    stands
}

fn untouched(world: &World, party: &Watched<'_>, old: &HeldMatch, stands: &mut Stands) {
    let note = (!world.reviews.is_empty())
        .then(|| {
            let entity = reviewed::entity(world, &old.record)?;
            let facts = reviewed::facts(party.query);
            let listed = || Some(scruple_review::Facts::of_listed(&entity));
            let shown = (&old.record, entity.caption.as_str(), old.score);
            world.reviews.of(&facts, shown, listed)
        })
        .flatten();
    let aside = note
        .as_ref()
        .is_some_and(|note| note.standing == Standing::SetAside);
    stands.held.push(HeldMatch {
        aside,
        ..old.clone()
    });
    if aside {
        stands.aside.extend(note);
        return;
    }
    stands.counts += 1;
    if old.aside {
        let because = match &note {
            Some(note) => vec![note.line()],
            None => vec!["the review that set it aside is no longer kept".to_owned()],
        };
        let no = world.index.find(&old.record);
        stands.news.push(News {
            found: no.and_then(|no| score(&world.index, party.query, no)),
            review: note,
            ..news(
                NewsKind::Changed,
                party,
                old.record.clone(),
                because,
                Some(old.score),
            )
        });
    }
}

/// Puts what is now beside what was.
fn told(
    party: &Watched<'_>,
    now: Reviewed,
    before: &[&HeldMatch],
    delta: Option<&Delta>,
    stands: &mut Stands,
) {
    let Reviewed { matches, notes } = now;
    let was = |record: &RecordId| before.iter().find(|old| old.record == *record);
    for note in reviewed::set_aside(&notes) {
        stands.held.push(HeldMatch {
            record: note.record.clone(),
            score: note.score,
            aside: true,
        });
        stands.aside.push(note.clone());
    }
    for found in matches {
        stands.counts += 1;
        stands.held.push(HeldMatch {
            record: found.id.clone(),
            score: found.score,
            aside: false,
        });
        let note = notes.iter().find(|note| note.record == found.id).cloned();
        let old = was(&found.id);
        let changes = delta.and_then(|delta| delta.changed.get(&found.id));
        let (kind, because) = match (old, changes) {
            (None, None) => (NewsKind::New, Vec::new()),
            (None, Some(changes)) => (NewsKind::New, changes.clone()),
            (Some(_), Some(changes)) => (NewsKind::Changed, changes.clone()),
            (Some(old), None) if old.aside => (
                NewsKind::Changed,
                vec![note.as_ref().map_or_else(
                    || "the review that set it aside is no longer kept".to_owned(),
                    Note::line,
                )],
            ),
            (Some(_), None) => continue,
        };
        let was = old.map(|old| old.score);
        stands.news.push(News {
            review: note,
            ..news(kind, party, found.id.clone(), because, was)
        });
        if let Some(last) = stands.news.last_mut() {
            last.found = Some(found);
        }
    }
    for old in before {
        let still = stands.held.iter().any(|now| now.record == old.record);
        if still || old.aside {
            continue;
        }
        let left = delta.is_some_and(|delta| delta.removed.contains(&old.record));
        let because = if left {
            "the record is no longer on the list"
        } else {
            "the record no longer agrees, or its list is not held any more"
        };
        stands.news.push(news(
            NewsKind::Gone,
            party,
            old.record.clone(),
            vec![because.to_owned()],
            Some(old.score),
        ));
    }
}

fn news(
    kind: NewsKind,
    party: &Watched<'_>,
    record: RecordId,
    because: Vec<String>,
    was: Option<u16>,
) -> News {
    News {
        kind,
        line: party.line,
        id: party.id.map(str::to_owned),
        name: party.query.name.clone(),
        record,
        because,
        was,
        found: None,
        review: None,
    }
}
