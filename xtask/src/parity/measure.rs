//! Draws, screens, and counts. Counts only: shares, intervals and tables follow from
//! them in `table.rs`, so that a kept run can be read again by other means.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use scruple_model::{Band, Country, Entity, RecordId, Schema};
use scruple_screen::{Index, Match, Options, Query, build, search};
use serde::{Deserialize, Serialize};

use super::corrupt;
use super::dice::Dice;
use super::homonym::Listed;
use super::lists::{self, Cases};
use super::origins::{ALL, Origin};

/// Scores below this are not told apart.
pub(super) const FLOOR: u16 = 5_000;
/// Scores are counted in steps of this.
pub(super) const STEP: u16 = 10;
/// Best scores by how many names have them; a score is rounded down to its step.
pub(super) type Scores = BTreeMap<u16, u64>;

/// How many of a count of scores are at a threshold or above.
pub(super) fn at(scores: &Scores, threshold: u16) -> u64 {
    scores.range(threshold..).map(|(_, count)| count).sum()
}

/// What is measured, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amounts {
    pub(super) seed: u64,
    /// Clean names drawn for each origin.
    pub(super) persons: usize,
    pub(super) organisations: usize,
    /// Names put on the list for each origin.
    pub(super) planted_persons: usize,
    pub(super) planted_organisations: usize,
    /// Listed parties looked for, for each origin at most.
    pub(super) listed: usize,
}

/// A whole measurement.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) schema: String,
    pub(super) engine: String,
    pub(super) threshold: u16,
    pub(super) parties: usize,
    pub(super) amounts: Amounts,
    pub(super) clean: Vec<Clean>,
    pub(super) truths: Vec<Truth>,
    /// Not part of what a run is compared by.
    pub(super) seconds: u64,
}

/// The name and number of the raw output.
pub(super) const SCHEMA: &str = "scruple.parity/1";

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Persons,
    Organisations,
}

/// Clean names of one origin and kind.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Clean {
    pub(super) origin: String,
    pub(super) kind: Kind,
    /// Names drawn, and how many of them are different.
    pub(super) drawn: u64,
    pub(super) distinct: u64,
    /// Drawn names that are the very name of somebody listed: set apart.
    pub(super) homonyms: u64,
    /// The others.
    pub(super) clean: u64,
    /// Of those, by the band of the best match at the product's threshold.
    pub(super) strong: u64,
    pub(super) moderate: u64,
    pub(super) weak: u64,
    pub(super) scores: Scores,
    /// The first quarter of the draw again, without a country.
    pub(super) bare: u64,
    pub(super) bare_scores: Scores,
}

/// True names of one origin, written otherwise.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Truth {
    pub(super) origin: String,
    /// Names of real listed parties, or drawn names that were put on the list.
    pub(super) planted: bool,
    /// The operation of `corrupt.rs`.
    pub(super) operation: String,
    pub(super) names: u64,
    /// The best score of a right answer.
    pub(super) scores: Scores,
}

/// Draws the clean names of one origin and kind.
pub(super) fn draw(origin: &Origin, kind: Kind, seed: u64, count: usize) -> Vec<String> {
    let (what, draw) = match kind {
        Kind::Persons => ("persons", origin.person),
        Kind::Organisations => ("organisations", origin.organisation),
    };
    let mut dice = Dice::of(seed, &format!("clean {what} {}", origin.label));
    (0..count).map(|_| draw(&mut dice)).collect()
}

/// A query as the shared cases ask it: name, kind, country.
pub(super) fn query(origin: &Origin, kind: Kind, name: &str) -> Query {
    let (schema, country) = match kind {
        Kind::Persons => (Schema::Person, origin.country[0]),
        Kind::Organisations => (Schema::Company, origin.country[1]),
    };
    Query {
        schema: Some(schema),
        countries: Country::parse(country).into_iter().collect(),
        ..Query::of(name)
    }
}

/// Measures everything.
pub(super) fn run(cases: &Cases, amounts: Amounts, say: &dyn Fn(&str)) -> Result<Run> {
    let started = Instant::now();
    let listed = Listed::of_parties(cases.parties.iter());
    let index = open(cases.parties.iter().cloned())?;
    let mut clean = Vec::new();
    for kind in [Kind::Persons, Kind::Organisations] {
        for origin in ALL {
            clean.push(clean_of(&index, &listed, origin, kind, &amounts));
            let one = clean.last().context("one was put there")?;
            say(&format!("{} {kind:?}: {} clean", one.origin, one.clean));
        }
    }
    let mut truths = Vec::new();
    for (place, origin) in ALL.iter().enumerate() {
        let mut dice = Dice::of(amounts.seed, &format!("listed {}", origin.label));
        let mut asked = Vec::new();
        let mut held: Vec<&lists::True> = cases.by_origin[place].iter().collect();
        for _ in 0..amounts.listed.min(held.len()) {
            let one = held.swap_remove(dice.below(held.len()));
            let party = &cases.parties[one.party];
            let Some((_, name)) = party.names().next() else {
                continue;
            };
            let query = Query {
                schema: Some(party.schema),
                countries: party.countries().into_iter().take(1).collect(),
                ..Query::of(name)
            };
            asked.push((query, one.accept.clone()));
        }
        truths.extend(looked_for(&index, origin, false, &asked, &mut dice));
    }
    drop(index);
    say("listed parties looked for");

    let (planted, asked) = planted(&listed, &amounts);
    let index = open(cases.parties.iter().cloned().chain(planted))?;
    for (origin, asked) in ALL.iter().zip(&asked) {
        let mut dice = Dice::of(amounts.seed, &format!("planted changes {}", origin.label));
        truths.extend(looked_for(&index, origin, true, asked, &mut dice));
    }
    say("planted names looked for");
    Ok(Run {
        schema: SCHEMA.to_owned(),
        engine: scruple_screen::engine(),
        threshold: Options::THRESHOLD,
        parties: cases.parties.len(),
        amounts,
        clean,
        truths,
        seconds: started.elapsed().as_secs(),
    })
}

/// An index over parties.
pub(super) fn open(parties: impl Iterator<Item = Entity>) -> Result<Index<Vec<u8>>> {
    Index::open(build(parties)).context("the index just built does not open")
}

/// The best match at the floor or above.
fn best(index: &Index<Vec<u8>>, query: &Query) -> Option<Match> {
    let options = Options {
        threshold: FLOOR,
        limit: 1,
    };
    search(index, query, &options).into_iter().next()
}

fn step(score: u16) -> u16 {
    score / STEP * STEP
}

fn clean_of(
    index: &Index<Vec<u8>>,
    listed: &Listed,
    origin: &Origin,
    kind: Kind,
    amounts: &Amounts,
) -> Clean {
    let count = match kind {
        Kind::Persons => amounts.persons,
        Kind::Organisations => amounts.organisations,
    };
    let drawn = draw(origin, kind, amounts.seed, count);
    // A name drawn twice is screened once and counts twice, as in a file of people.
    let mut times: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (at, name) in drawn.iter().enumerate() {
        let held = times.entry(name).or_default();
        held.0 += 1;
        held.1 += u64::from(at < count / 4);
    }
    struct Screened {
        times: u64,
        bare_times: u64,
        homonym: bool,
        found: Option<(u16, Band)>,
        bare: Option<u16>,
    }
    let each: Vec<Screened> = times
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(name, (times, bare_times))| {
            let homonym = listed.bears(name, kind == Kind::Persons);
            let query = query(origin, kind, name);
            let found = best(index, &query).map(|found| (found.score, found.band));
            let bare = (bare_times > 0).then(|| {
                let query = Query {
                    countries: Vec::new(),
                    ..query
                };
                best(index, &query).map(|found| found.score)
            });
            Screened {
                times,
                bare_times,
                homonym,
                found,
                bare: bare.flatten(),
            }
        })
        .collect();
    let mut one = Clean {
        origin: origin.label.to_owned(),
        kind,
        drawn: count as u64,
        distinct: each.len() as u64,
        homonyms: 0,
        clean: 0,
        strong: 0,
        moderate: 0,
        weak: 0,
        scores: Scores::new(),
        bare: 0,
        bare_scores: Scores::new(),
    };
    for screened in each {
        if screened.homonym {
            one.homonyms += screened.times;
            continue;
        }
        one.clean += screened.times;
        one.bare += screened.bare_times;
        if let Some((score, band)) = screened.found {
            *one.scores.entry(step(score)).or_default() += screened.times;
            if score >= Options::THRESHOLD {
                *match band {
                    Band::Strong => &mut one.strong,
                    Band::Moderate => &mut one.moderate,
                    Band::Weak => &mut one.weak,
                } += screened.times;
            }
        }
        if let Some(score) = screened.bare {
            *one.bare_scores.entry(step(score)).or_default() += screened.bare_times;
        }
    }
    one
}

type Asked = Vec<(Query, BTreeSet<RecordId>)>;

/// Names drawn as if they were listed: as many of every origin, which no real list has.
fn planted(listed: &Listed, amounts: &Amounts) -> (Vec<Entity>, Vec<Asked>) {
    let mut entities = Vec::new();
    let mut all = Vec::new();
    for origin in ALL {
        let mut asked = Asked::new();
        let mut dice = Dice::of(amounts.seed, &format!("planted {}", origin.label));
        for (kind, wanted, draw) in [
            (Kind::Persons, amounts.planted_persons, origin.person),
            (
                Kind::Organisations,
                amounts.planted_organisations,
                origin.organisation,
            ),
        ] {
            let mut taken: BTreeSet<String> = BTreeSet::new();
            while taken.len() < wanted {
                let name = draw(&mut dice);
                if listed.bears(&name, kind == Kind::Persons) || !taken.insert(name.clone()) {
                    continue;
                }
                let id = lists::id(&format!("planted-{}-{}", origin.label, entities.len()));
                let query = query(origin, kind, &name);
                let country = query.countries.iter().map(|c| c.code().to_owned());
                entities.push(Entity {
                    id: id.clone(),
                    schema: query.schema.unwrap_or(Schema::Thing),
                    caption: name.clone(),
                    properties: BTreeMap::from([
                        ("name".to_owned(), vec![name]),
                        ("country".to_owned(), country.collect()),
                    ]),
                    listings: Vec::new(),
                });
                asked.push((query, BTreeSet::from([id])));
            }
        }
        all.push(asked);
    }
    (entities, all)
}

/// Matches that are looked at for the right one.
const LOOKED: usize = 20;

fn looked_for(
    index: &Index<Vec<u8>>,
    origin: &Origin,
    planted: bool,
    asked: &Asked,
    dice: &mut Dice,
) -> Vec<Truth> {
    let options = Options {
        threshold: FLOOR,
        limit: LOOKED,
    };
    corrupt::ALL
        .iter()
        .map(|operation| {
            // Chance is rolled in order, before anything runs side by side.
            let changed: Vec<(Query, Query, &BTreeSet<RecordId>)> = asked
                .iter()
                .filter_map(|(query, accept)| {
                    let name = operation.of(dice, &query.name)?;
                    let changed = Query {
                        name,
                        ..query.clone()
                    };
                    Some((changed, query.clone(), accept))
                })
                .collect();
            let found: Vec<Option<u16>> = changed
                .par_iter()
                .map(|(changed, query, accept)| {
                    search(index, changed, &options)
                        .into_iter()
                        .find(|found| accept.contains(&found.id) || same_name(found, &query.name))
                        .map(|found| found.score)
                })
                .collect();
            let mut scores = Scores::new();
            for score in found.into_iter().flatten() {
                *scores.entry(step(score)).or_default() += 1;
            }
            Truth {
                origin: origin.label.to_owned(),
                planted,
                operation: operation.label.to_owned(),
                names: changed.len() as u64,
                scores,
            }
        })
        .collect()
}

/// One party stands on several lists, and the lists do not say so of each other: a
/// record under the very same name is a right answer too.
fn same_name(found: &Match, name: &str) -> bool {
    let mut ours = super::homonym::words(name);
    let mut theirs = super::homonym::words(&found.caption);
    ours.sort_unstable();
    theirs.sort_unstable();
    ours == theirs
}
