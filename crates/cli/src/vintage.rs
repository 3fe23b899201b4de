//! `check --vintage`: the lists an earlier answer rested on, found again.
//!
//! A hash tells nothing by itself. So every state this data directory was ever in
//! is put together with every combination of packs and matcher that was noted when
//! lists were taken in, and the vintages these make are compared with what was
//! asked. A brief kept as JSON names its lists and packs, and is found also where
//! they were used without ever being noted.

use std::collections::BTreeMap;
use std::path::Path;

use scruple_brief::check::screening::options;
use scruple_brief::world::{REVIEWS, Vintage, date_of};
use scruple_brief::{Packs, Surroundings};
use scruple_model::{Date, Snapshot, Unchecked};
use scruple_review::Reviews;
use scruple_store::{DataDir, Manifest};

use crate::args::When;
use crate::failure::bad_input;
use crate::world::{self, Chosen};
use crate::{Edge, files, reviews};

/// Fewer characters name too many vintages.
const SHORTEST: usize = 8;

/// States of the review log that are tried for a hash, the latest first.
const MOST_POSITIONS: usize = 500;

/// A vintage as it is asked for, and the day it was asked as of.
pub(crate) struct Asked {
    named: Named,
    /// The day the earlier brief was made for, where a brief is given.
    pub(crate) as_of: Option<Date>,
}

enum Named {
    Hash(String),
    Brief(Box<Vintage>),
}

/// Reads what follows `--vintage`.
pub(crate) fn asked(text: &str) -> anyhow::Result<Asked> {
    let is_hash =
        text.len() >= SHORTEST && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash && !Path::new(text).exists() {
        return Ok(Asked {
            named: Named::Hash(text.to_ascii_lowercase()),
            as_of: None,
        });
    }
    if !Path::new(text).exists() {
        return Err(bad_input(
            format!("--vintage {text} is no hash and no file"),
            "give 8 to 64 characters of the vintage as the brief prints it, or a brief kept as JSON",
        ));
    }
    let (brief, _) = files::brief(Path::new(text))?;
    Ok(Asked {
        named: Named::Brief(Box::new(brief.vintage)),
        as_of: Some(brief.as_of),
    })
}

/// Opens the world of a vintage. `as_of` is the day asked for, where one is given:
/// it chose the copies of lists then as it does now.
pub(crate) fn open(edge: &Edge, asked: &Asked, as_of: Option<Date>) -> anyhow::Result<Chosen> {
    let packs = world::packs(edge)?;
    let now = Surroundings::of(&packs);
    let store = world::store(edge)?;
    let (found, state, then) = match &asked.named {
        Named::Brief(vintage) => (
            of_brief(store.as_ref(), &packs, vintage)?,
            State {
                holdings: vintage.holdings.clone(),
                position: vintage.options.get(REVIEWS).cloned(),
                own: vintage.options.clone(),
            },
            vintage.surroundings(),
        ),
        Named::Hash(prefix) => {
            // That of the day asked for first, then every state that there was.
            let when = When {
                as_of,
                known_at: None,
            };
            let mut owns = vec![world::own(edge, &when)?.options()];
            for own in world::owns(edge)? {
                if !owns.contains(&own) {
                    owns.push(own);
                }
            }
            of_hash(store.as_ref(), &packs, prefix, as_of, &owns)?
        }
    };
    let mut notes: Vec<Unchecked> = then
        .differences(&now)
        .into_iter()
        .map(|difference| Unchecked {
            what: "an answer of that vintage in every part".to_owned(),
            why: format!("its lists answer here, but {difference}"),
        })
        .collect();
    let day = as_of.unwrap_or(edge.today);
    let reviews = match &store {
        Some(store) => reviews::reviews_at(store, state.position.as_deref(), day)?,
        None => state.position.is_none().then(Reviews::default),
    };
    if reviews.is_none() {
        notes.push(Unchecked {
            what: "the reviews of that vintage".to_owned(),
            why: "decisions of then are no longer here: forgotten, or of another data directory; \
                  every pair counts"
                .to_owned(),
        });
    }
    let (own, gone) = world::own_of(edge, &state.own)?;
    notes.extend(gone);
    let mut chosen = match (&store, found) {
        (Some(store), Found::Lists(manifest)) => world::lists(store, packs, manifest, notes)?,
        (_, Found::Lists(_) | Found::Starter) => {
            let mut chosen = world::starter(packs)?;
            chosen.notes = notes;
            chosen
        }
    };
    chosen.world.reviews = reviews.unwrap_or_default();
    chosen.world.own = own;
    match (store, state.holdings) {
        (_, None) => Ok(chosen),
        (Some(store), Some(hash)) if store.holdings_path(&hash).is_file() => {
            world::with_holdings(chosen, &store, Some(hash))
        }
        (_, Some(hash)) => Err(bad_input(
            format!(
                "the holdings {} of that brief are not in this data directory",
                hash.get(..12).unwrap_or(&hash)
            ),
            "import the same files again with `scruple ownership import`, or name the right \
             --data DIR",
        )),
    }
}

/// What stands beside lists and packs in a vintage.
#[derive(Clone, Debug, Default)]
struct State {
    /// The hash of the holdings.
    holdings: Option<String>,
    /// The position in the review log.
    position: Option<String>,
    /// Options that name the register and the keys known.
    own: BTreeMap<String, String>,
}

enum Found {
    Starter,
    Lists(Manifest),
}

/// The snapshots a brief names.
fn of_brief(store: Option<&DataDir>, packs: &Packs, vintage: &Vintage) -> anyhow::Result<Found> {
    let is_starter = vintage
        .lists
        .iter()
        .all(|(list, hash)| packs.hashes.get(&format!("starter/{list}")) == Some(hash));
    if is_starter {
        return Ok(Found::Starter);
    }
    let Some(store) = store else {
        return Err(bad_input(
            "this data directory holds no list",
            "name the directory with --data that the brief was made with",
        ));
    };
    let all = store.snapshots()?;
    let mut held = Vec::new();
    for (list, hash) in &vintage.lists {
        let day = vintage.days.get(list);
        let same = |one: &&scruple_store::Held| {
            one.snapshot.list.as_str() == list
                && one.snapshot.hash == *hash
                && day.is_none_or(|day| *day == date_of(&one.snapshot))
        };
        match all.iter().rev().find(same) {
            Some(one) => held.push(one.clone()),
            None => return Err(missing(store, list, hash)?),
        }
    }
    held.sort_by(|a, b| a.snapshot.list.cmp(&b.snapshot.list));
    Ok(Found::Lists(Manifest { held }))
}

fn missing(store: &DataDir, list: &str, hash: &str) -> anyhow::Result<anyhow::Error> {
    let left = store
        .pruned()?
        .into_iter()
        .find(|one| one.list.as_str() == list && one.hash == hash && one.removed.is_none());
    let short = hash.get(..12).unwrap_or(hash);
    Ok(match left {
        Some(left) => bad_input(
            format!(
                "the copy {short} of {list} left this data directory on {} ({})",
                left.pruned, left.why
            ),
            "bring the file back with `scruple sync --from FILE --dated DATE`, where somebody kept it",
        ),
        None => bad_input(
            format!("the copy {short} of {list} was never taken into this data directory"),
            "take that file in with `scruple sync --from FILE`, or name the right --data DIR",
        ),
    })
}

/// The state whose vintage, or whose lists alone, have a hash that begins so.
fn of_hash(
    store: Option<&DataDir>,
    packs: &Packs,
    prefix: &str,
    as_of: Option<Date>,
    owns: &[BTreeMap<String, String>],
) -> anyhow::Result<(Found, State, Surroundings)> {
    let now = Surroundings::of(packs);
    let mut surroundings = vec![now.clone()];
    let mut manifests = Vec::new();
    let mut pruned = 0;
    let mut holdings: Vec<Option<String>> = vec![None];
    if let Some(store) = store {
        let noted = store.surroundings()?;
        surroundings.extend(
            noted
                .iter()
                .filter_map(|one| serde_json::from_str(&one.content).ok()),
        );
        surroundings.dedup();
        manifests = store.manifests(Date::MAX)?;
        if let Some(as_of) = as_of {
            manifests.extend(store.manifests(as_of)?);
        }
        pruned = store.pruned()?.len();
        holdings.extend(store.holdings()?.into_iter().map(|one| Some(one.hash)));
        holdings.sort_unstable();
        holdings.dedup();
    }
    // With each state of the review log: it is a part of the vintage.
    let positions = match store {
        Some(store) => reviews::positions(store)?,
        None => vec![None],
    };
    let positions: Vec<Option<String>> = positions
        .into_iter()
        .take(MOST_POSITIONS)
        .chain([None])
        .collect();
    // With each register that was published and the keys that were known with it.
    let mut states: Vec<(State, BTreeMap<String, String>)> = Vec::new();
    for own in owns {
        for held in &holdings {
            for position in &positions {
                let mut options = options();
                if let Some(position) = position {
                    options.insert(REVIEWS.to_owned(), position.clone());
                }
                options.extend(own.clone());
                let state = State {
                    holdings: held.clone(),
                    position: position.clone(),
                    own: own.clone(),
                };
                states.push((state, options));
            }
        }
    }
    // By the whole hash, so that one state seen twice is one.
    let mut found: BTreeMap<String, (Found, State, Surroundings)> = BTreeMap::new();
    for manifest in manifests {
        let snapshots: Vec<Snapshot> = manifest
            .held
            .iter()
            .map(|held| held.snapshot.clone())
            .collect();
        for then in &surroundings {
            for (state, options) in &states {
                let held = state.holdings.as_deref();
                let hash = then.vintage_of(&snapshots, held, options);
                if hash.starts_with(prefix) {
                    let lists = Found::Lists(manifest.clone());
                    found.insert(hash, (lists, state.clone(), then.clone()));
                }
            }
        }
        let hash = manifest.hash();
        if hash.starts_with(prefix) {
            // The lists alone are named: with the holdings and reviews that answer now.
            let held = store
                .map(|store| store.holdings_known_at(Date::MAX))
                .transpose()?;
            let latest = State {
                holdings: held.flatten().map(|state| state.hash),
                position: states.first().and_then(|(state, _)| state.position.clone()),
                own: owns.first().cloned().unwrap_or_default(),
            };
            found.insert(hash, (Found::Lists(manifest), latest, now.clone()));
        }
    }
    let starter = world::starter(packs.clone())?.world;
    for (state, options) in states {
        let held = state.holdings.clone();
        let hash = starter.vintage_beside(held, options).hash;
        if hash.starts_with(prefix) {
            found.insert(hash, (Found::Starter, state, now.clone()));
        }
    }
    let known: Vec<String> = found.keys().take(5).cloned().collect();
    let mut found = found.into_values();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(bad_input(
            format!(
                "{prefix} begins more than one vintage: {}",
                known.join(", ")
            ),
            "give more of its characters",
        )),
        (None, _) => {
            let left = if pruned > 0 {
                "; old copies have left this data directory, see docs/time.md"
            } else {
                ""
            };
            Err(bad_input(
                format!(
                    "no state of this data directory makes a vintage that begins with {prefix}{left}"
                ),
                "give --as-of as in that brief if it had one, the right --data DIR, or the brief \
                 itself as JSON",
            ))
        }
    }
}

/// What stands beside the lists now, as the store notes it.
pub(crate) fn surroundings_text(packs: &Packs) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&Surroundings::of(packs))?)
}
