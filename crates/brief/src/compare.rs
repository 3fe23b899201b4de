//! Another engine's results beside ours, disagreements first, each with its grounds.
//!
//! Two engines rarely give one record one id. A match of theirs is ours where the
//! ids are equal (theirs may be the publisher's own, without our list before it), where
//! our record says that it is that one, or where their name is one that our record bears. Scores are shown and never compared: they measure
//! different things on different scales.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::{Date, Looked, RecordId, Unchecked};
use scruple_review::{Note, Standing, plain};
use scruple_screen::{Match, Options, Query, score, search};
use serde::Serialize;

use crate::check::screening::keep_standing;
use crate::render::screening::agreement;
use crate::reviewed::{self, Reviewed};
use crate::world::{Held, World};

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.compare/1";

/// How well a name of theirs has to agree before our record's own names are read.
const SAME_NAME: u16 = 8_000;
/// Records of one name that are looked at.
const NAMESAKES: usize = 24;

/// A row of the other engine's results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Theirs {
    /// The line in its file.
    pub line: u64,
    /// The id it gives the record it matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name it gives that record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its score, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
}

/// Who matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// They alone.
    TheirsOnly,
    /// We alone.
    OursOnly,
    /// Both.
    Both,
}

/// One record that one of the two, or both, matched with a query.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Compared {
    /// Who matched.
    pub who: Who,
    /// The query.
    pub query: String,
    /// The first line of the query in their file.
    pub line: u64,
    /// Our record, where theirs is one of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// Their row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Theirs>,
    /// Our comparison of the query with the record, whatever it scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ours: Option<Match>,
    /// What people decided about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Note>,
    /// What explains it, line by line.
    pub because: Vec<String>,
}

/// Both results, side by side.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// `scruple.compare/1`.
    pub schema: String,
    /// Queries in their file.
    pub queries: usize,
    /// Those for which neither found anybody.
    pub neither: usize,
    /// Records that both matched.
    pub both: usize,
    /// Records that only they matched.
    pub theirs_only: usize,
    /// Records that only we matched.
    pub ours_only: usize,
    /// Each of them, disagreements first.
    pub compared: Vec<Compared>,
    /// What was looked at.
    pub looked_at: Vec<Looked>,
    /// What was not.
    pub unchecked: Vec<Unchecked>,
    /// The footer.
    pub footer: String,
}

/// A query with all rows of theirs about it; a row without id and name says that
/// they found nobody.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The query.
    pub query: Query,
    /// Their rows.
    pub theirs: Vec<Theirs>,
    /// The first line.
    pub line: u64,
}

/// Puts rows of one query together, in the order of the file. Two queries of one name
/// that say different things of it are two.
pub fn gather(rows: impl IntoIterator<Item = (Query, Theirs)>) -> Vec<Asked> {
    let mut at: BTreeMap<_, usize> = BTreeMap::new();
    let mut all: Vec<Asked> = Vec::new();
    for (query, theirs) in rows {
        let who = (
            plain(&query.name),
            query.schema,
            query.countries.clone(),
            query.birth_date,
        );
        let place = *at.entry(who).or_insert(all.len());
        if place == all.len() {
            all.push(Asked {
                line: theirs.line,
                query,
                theirs: Vec::new(),
            });
        }
        if theirs.id.is_some() || theirs.name.is_some() {
            all[place].theirs.push(theirs);
        }
    }
    all
}

/// One query, both ways.
pub fn one(world: &World, asked: &Asked, options: &Options, as_of: Date) -> Vec<Compared> {
    let Reviewed { matches, notes } = reviewed::search(world, &asked.query, options, as_of);
    let mut left: Vec<Match> = matches;
    let count = left.len();
    let of = |who, record, theirs, ours, because| Compared {
        who,
        query: asked.query.name.clone(),
        line: asked.line,
        record,
        theirs,
        ours,
        review: None,
        because,
    };
    let mut compared = Vec::new();
    for theirs in &asked.theirs {
        let ours = left.iter().position(|ours| is_theirs(world, ours, theirs));
        if let Some(at) = ours {
            let found = left.remove(at);
            let because = grounds(&found);
            let record = Some(found.id.clone());
            compared.push(of(
                Who::Both,
                record,
                Some(theirs.clone()),
                Some(found),
                because,
            ));
            continue;
        }
        // Several rows of theirs may be one record of ours.
        let again = compared.iter().any(|one: &Compared| {
            let same = |found: &Match| is_theirs(world, found, theirs);
            one.who == Who::Both && one.ours.as_ref().is_some_and(same)
        });
        if again {
            continue;
        }
        compared.push(match ours_of(world, asked, theirs) {
            None => of(
                Who::TheirsOnly,
                None,
                Some(theirs.clone()),
                None,
                vec![not_here(theirs)],
            ),
            Some(found) => {
                let note = notes.iter().find(|note| note.record == found.id).cloned();
                let mut because = vec![why_not(&found, note.as_ref(), options, as_of)];
                because.extend(grounds(&found));
                let record = Some(found.id.clone());
                Compared {
                    review: note,
                    ..of(
                        Who::TheirsOnly,
                        record,
                        Some(theirs.clone()),
                        Some(found),
                        because,
                    )
                }
            }
        });
    }
    for found in left {
        let note = notes.iter().find(|note| note.record == found.id).cloned();
        let mut because = grounds(&found);
        because.push(match asked.theirs.len() {
            0 => "they found nobody".to_owned(),
            _ if count > asked.theirs.len() => {
                format!("they name {}, we name {count}", asked.theirs.len())
            }
            many => format!("they name {}", crate::words::count(many, "other")),
        });
        let record = Some(found.id.clone());
        compared.push(Compared {
            review: note,
            ..of(Who::OursOnly, record, None, Some(found), because)
        });
    }
    compared
}

/// Puts everything together, disagreements first: theirs alone, then ours alone by
/// how well they agree, then what both have, each in the order of the file.
pub fn comparison(world: &World, each: Vec<Vec<Compared>>, as_of: Date) -> Comparison {
    let queries = each.len();
    let neither = each.iter().filter(|one| one.is_empty()).count();
    let mut compared: Vec<Compared> = each.into_iter().flatten().collect();
    compared.sort_by_key(|one| {
        let score = one.ours.as_ref().map_or(0, |ours| ours.score);
        let by_score = if one.who == Who::OursOnly {
            u16::MAX - score
        } else {
            0
        };
        (one.who, by_score, one.line)
    });
    let count = |who| compared.iter().filter(|one| one.who == who).count();
    Comparison {
        schema: SCHEMA.to_owned(),
        queries,
        neither,
        both: count(Who::Both),
        theirs_only: count(Who::TheirsOnly),
        ours_only: count(Who::OursOnly),
        compared,
        looked_at: world.looked_at(),
        unchecked: world.unchecked(as_of),
        footer: crate::brief::FOOTER.to_owned(),
    }
}

fn is_theirs(world: &World, ours: &Match, theirs: &Theirs) -> bool {
    let by_id = theirs.id.as_deref().is_some_and(|id| {
        ours.id.as_str() == id
            || ours
                .listings
                .iter()
                .flat_map(|listing| &listing.refers_to)
                .any(|other| other.as_str() == id)
    });
    if by_id {
        return true;
    }
    let bears = |name: &str| bears(world, &ours.id, name);
    // Another of our records may be the one they mean, and bear the same name.
    match (under_own_id(world, theirs), theirs.name.as_deref()) {
        (Some(record), _) => record == ours.id,
        (None, name) => name.is_some_and(bears),
    }
}

/// Our record whose id is theirs with our list before it. Where a name is given, the
/// record has to bear it, and where several lists have such a record nobody can tell.
fn under_own_id(world: &World, theirs: &Theirs) -> Option<RecordId> {
    let id = theirs.id.as_deref()?;
    let Held::Lists(lists) = &world.held else {
        return None;
    };
    let mut found = lists
        .iter()
        .map(|held| RecordId::of(&held.list, id))
        .filter(|record| world.index.find(record).is_some())
        .filter(|record| {
            theirs
                .name
                .as_deref()
                .is_none_or(|name| bears(world, record, name))
        });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether a record bears a name.
fn bears(world: &World, record: &RecordId, name: &str) -> bool {
    let name = plain(name);
    reviewed::entity(world, record).is_some_and(|entity| {
        plain(&entity.caption) == name || entity.names().any(|(_, known)| plain(known) == name)
    })
}

/// The record of ours that a row of theirs means, compared with the query. Of
/// several that bear the name, the one that agrees best.
fn ours_of(world: &World, asked: &Asked, theirs: &Theirs) -> Option<Match> {
    let scored = |id: &RecordId| {
        let no = world.index.find(id)?;
        score(&world.index, &asked.query, no)
    };
    let by_id = theirs
        .id
        .as_deref()
        .and_then(|id| scored(&RecordId::from(id)))
        .or_else(|| scored(&under_own_id(world, theirs)?));
    if by_id.is_some() {
        return by_id;
    }
    let name = theirs.name.as_deref()?;
    let options = Options {
        threshold: SAME_NAME,
        limit: NAMESAKES,
    };
    search(&world.index, &Query::of(name), &options)
        .into_iter()
        .filter(|found| bears(world, &found.id, name))
        .filter_map(|found| scored(&found.id))
        .max_by(|a, b| a.score.cmp(&b.score).then(b.id.cmp(&a.id)))
}

fn not_here(theirs: &Theirs) -> String {
    let mut what = Vec::new();
    what.extend(theirs.id.as_ref().map(|id| format!("the id {id}")));
    what.extend(theirs.name.as_ref().map(|name| format!("the name {name}")));
    format!(
        "no record here has {}: its list may not be held, or bears another name here",
        what.join(" or ")
    )
}

/// Why a record of ours is no match of ours.
fn why_not(found: &Match, note: Option<&Note>, options: &Options, as_of: Date) -> String {
    if let Some(note) = note.filter(|note| note.standing == Standing::SetAside) {
        return note.line();
    }
    if found.score < options.threshold {
        return format!(
            "ours gives {}, below the threshold {}",
            agreement(found.score),
            agreement(options.threshold)
        );
    }
    if !keep_standing(&mut found.clone(), as_of) {
        return format!("no designation of it stood on {as_of}");
    }
    format!(
        "ours gives {}, and {} others agree as well or better (--limit)",
        agreement(found.score),
        options.limit
    )
}

/// How a score came about, line by line.
fn grounds(found: &Match) -> Vec<String> {
    let explained = &found.explanation;
    let pairs: Vec<String> = explained
        .pairs
        .iter()
        .map(|pair| {
            let mut text = pair.query.clone();
            if pair.query != pair.listed {
                text = format!("{text}/{}", pair.listed);
            }
            match &pair.path {
                Some(path) => format!("{text} ({path})"),
                None => text,
            }
        })
        .collect();
    let mut said = Vec::new();
    if !pairs.is_empty() {
        said.push(format!("agree: {}", pairs.join(" · ")));
    }
    for (label, left) in [
        ("only in the query", &explained.unmatched_query),
        ("only in the list's name", &explained.unmatched_listed),
    ] {
        if !left.is_empty() {
            let texts: Vec<&str> = left.iter().map(|part| part.text.as_str()).collect();
            said.push(format!("{label}: {}", texts.join(" · ")));
        }
    }
    said.extend(
        explained
            .adjustments
            .iter()
            .map(|one| format!("{} ({:+})", one.what, one.points)),
    );
    said
}
