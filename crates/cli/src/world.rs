//! The world a check looks at: packs, and the index over whatever lists are held.

use std::collections::BTreeMap;

use anyhow::Context as _;
use scruple_attest::rules::ImpossibleBody;
use scruple_brief::own::{ATTESTERS, Own, REGISTER};
use scruple_brief::world::Bytes;
use scruple_brief::{Gap, Held, Packs, World, words};
use scruple_lists::Layout;
use scruple_mapped::Mapped;
use scruple_model::{Date, Entity, Unchecked};
use scruple_ownership::Graph;
use scruple_pack::Pack;
use scruple_review::Reviews;
use scruple_screen::Index;
use scruple_store::{DataDir, Manifest};
use scruple_sync::{IndexAt, open_index_of};

use crate::args::When;
use crate::failure::bad_input;
use crate::{Edge, files, reviews};

/// A world, and what has to be said about how it was chosen.
pub(crate) struct Chosen {
    pub(crate) world: World,
    pub(crate) notes: Vec<Unchecked>,
}

/// What this house had published and took as known when a vintage was made, by the options
/// of that vintage; and what of it is no longer here.
pub(crate) fn own_of(
    edge: &Edge,
    options: &BTreeMap<String, String>,
) -> anyhow::Result<(Own, Vec<Unchecked>)> {
    let mut own = Own::default();
    let mut notes = Vec::new();
    let mut gone = |what: &str| {
        notes.push(Unchecked {
            what: format!("{what} of that vintage"),
            why: "it is not in this data directory; this answer does without it".to_owned(),
        });
    };
    if let Some(hash) = options.get(REGISTER) {
        own.register = crate::command::register::kept_as(edge, hash)?;
        if own.register.is_none() {
            gone("the published register");
        }
    }
    if let Some(hash) = options.get(ATTESTERS) {
        let states = crate::command::attest::trust::states(edge)?;
        let then = states
            .into_iter()
            .map(|(_, state)| state)
            .find(|attesters| {
                let own = Own {
                    attesters: attesters.clone(),
                    ..Own::default()
                };
                own.options().get(ATTESTERS) == Some(hash)
            });
        match then {
            Some(attesters) => own.attesters = attesters,
            None => gone("the keys known"),
        }
    }
    Ok((own, notes))
}

/// The rule packs in use.
pub(crate) fn packs(edge: &Edge) -> anyhow::Result<Packs> {
    match &edge.packs {
        None => Packs::built_in().context("the built-in packs"),
        Some(folder) => {
            let texts = files::pack_texts(folder)?;
            Packs::load(&texts).with_context(|| format!("packs in {}", folder.display()))
        }
    }
}

/// Where nobody can audit freely: the one pack that the register reads.
pub(crate) fn audit_impossible(edge: &Edge) -> anyhow::Result<Pack<ImpossibleBody>> {
    let texts = pack_texts(edge)?;
    scruple_brief::packs::audit_impossible(&texts).context("the rule packs")
}

/// The texts of the rule packs in use, by name.
pub(crate) fn pack_texts(edge: &Edge) -> anyhow::Result<scruple_brief::packs::PackTexts> {
    match &edge.packs {
        None => Ok(scruple_brief::packs::embedded()),
        Some(folder) => files::pack_texts(folder),
    }
}

/// How an index is built from entities.
pub(crate) fn build(entities: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    scruple_screen::build(entities)
}

/// The data directory, where anything was ever stored.
pub(crate) fn store(edge: &Edge) -> anyhow::Result<Option<DataDir>> {
    match &edge.data {
        Some(folder) => Ok(DataDir::open_if_present(folder)?),
        None => Ok(None),
    }
}

/// Opens the lists that are held, or the starter pack where none is; for a day in
/// the past, or from what was known on one, the copies that fit.
pub(crate) fn open(edge: &Edge, when: &When) -> anyhow::Result<Chosen> {
    let packs = packs(edge)?;
    let own = own(edge, when)?;
    let Some(store) = store(edge)? else {
        let mut chosen = starter(packs)?;
        chosen.world.own = own;
        return Ok(chosen);
    };
    // A decision whose day is past does not count, whichever day is asked for.
    let day = when.as_of.unwrap_or(edge.today).max(edge.today);
    let reviews = reviews::reviews(&store, day, when.known_at)?;
    let manifest = match (when.as_of, when.known_at) {
        (None, None) => store.manifest()?,
        (as_of, known_at) => {
            store.manifest_as_of(as_of.unwrap_or(Date::MAX), known_at.unwrap_or(Date::MAX))?
        }
    };
    if let Some(known_at) = when.known_at
        && manifest.is_empty()
        && let Some(first) = store
            .snapshots()?
            .iter()
            .map(|one| one.snapshot.taken)
            .min()
    {
        return Err(bad_input(
            format!("no list had been taken in by {known_at}; the first was on {first}"),
            "give a later --known-at, or none",
        ));
    }
    let mut notes = Vec::new();
    if let Some(known_at) = when.known_at {
        notes.push(Unchecked {
            what: format!("lists taken in after {known_at}"),
            why: "--known-at leaves them out; rule packs and matcher are those of today".to_owned(),
        });
    }
    let mut chosen = lists(&store, packs, manifest, notes)?;
    chosen.world.reviews = reviews;
    chosen.world.own = own;
    Ok(chosen)
}

/// What this house had published by the day asked for, and takes as known. A register of a
/// later day says nothing about who should have been in it then.
pub(crate) fn own(edge: &Edge, when: &When) -> anyhow::Result<Own> {
    let asked = when.as_of.into_iter().chain(when.known_at);
    let day = asked.fold(edge.today, Date::min);
    let mut register = crate::command::register::kept(edge)?;
    while let Some(version) = register.take_if(|version| version.published > day) {
        register = match version.previous {
            Some(hash) => crate::command::register::kept_as(edge, &hash)?,
            None => None,
        };
    }
    Ok(Own {
        register,
        attesters: crate::command::attest::trust::attesters(edge, when.known_at)?,
    })
}

/// Options of every state that the house's own was in: what an earlier vintage may rest on.
pub(crate) fn owns(edge: &Edge) -> anyhow::Result<Vec<BTreeMap<String, String>>> {
    // Each with the day from which it stood, oldest first, beginning with nothing.
    let mut registers = vec![(Date::MIN, None)];
    for version in crate::command::register::published(edge)?.into_iter().rev() {
        registers.push((version.published, Some(version)));
    }
    let mut attesters = vec![(Date::MIN, BTreeMap::new())];
    attesters.extend(crate::command::attest::trust::states(edge)?);
    let until = |days: &[Date], at: usize| days.get(at + 1).copied().unwrap_or(Date::MAX);
    let days: (Vec<Date>, Vec<Date>) = (
        registers.iter().map(|(day, _)| *day).collect(),
        attesters.iter().map(|(day, _)| *day).collect(),
    );
    let mut all = Vec::new();
    for (at, (from, register)) in registers.iter().enumerate() {
        for (other, (known_from, known)) in attesters.iter().enumerate() {
            // Days only are known: on the day of a change both the old and the new stood.
            if *from <= until(&days.1, other) && *known_from <= until(&days.0, at) {
                let own = Own {
                    register: register.clone(),
                    attesters: known.clone(),
                };
                all.push(own.options());
            }
        }
    }
    all.reverse();
    Ok(all)
}

/// Opens the world of one manifest; the starter pack where it holds nothing.
pub(crate) fn lists(
    store: &DataDir,
    packs: Packs,
    manifest: Manifest,
    mut notes: Vec<Unchecked>,
) -> anyhow::Result<Chosen> {
    let Some(opened) = open_index_of(store, manifest, &build, &open_bytes)? else {
        return starter(packs);
    };
    for held in opened.manifest.held.iter().filter(|held| held.removed > 0) {
        let count = usize::try_from(held.removed).unwrap_or(usize::MAX);
        notes.push(Unchecked {
            what: format!(
                "{} of {} {}",
                words::count(count, "record"),
                held.snapshot.list,
                held.snapshot.day()
            ),
            why: "people who were taken off long ago have left this old copy".to_owned(),
        });
    }
    let gaps = gaps(store, &opened.manifest)?;
    let confirmed = store.confirmed()?;
    let held = opened
        .manifest
        .held
        .into_iter()
        .map(|held| held.snapshot)
        .collect();
    let world = World {
        packs,
        held: Held::Lists(held),
        gaps,
        confirmed,
        index: opened.index,
        holdings: None,
        reviews: Reviews::default(),
        own: Own::default(),
    };
    Ok(Chosen { world, notes })
}

/// What the copies that answer are known not to have.
fn gaps(store: &DataDir, manifest: &Manifest) -> anyhow::Result<Vec<Gap>> {
    let mut gaps = Vec::new();
    for held in &manifest.held {
        let list = &held.snapshot.list;
        if held.layout == Layout::Transcribed.id() {
            gaps.push(Gap::Transcribed(list.clone()));
        }
        gaps.extend(
            store
                .told(held.sequence, "part-missing")?
                .into_iter()
                .map(|what| Gap::PartMissing {
                    list: list.clone(),
                    what,
                }),
        );
        let names = store.told(held.sequence, "name-unread")?.len() as u64;
        if names > 0 {
            gaps.push(Gap::NamesUnread {
                list: list.clone(),
                count: names,
            });
        }
        let fields = held.fields_unread.saturating_sub(names);
        if fields > 0 {
            gaps.push(Gap::FieldsUnread {
                list: list.clone(),
                count: fields,
            });
        }
    }
    Ok(gaps)
}

/// The world of the starter pack.
pub(crate) fn starter(packs: Packs) -> anyhow::Result<Chosen> {
    let bytes = scruple_screen::build(packs.starter_entities());
    let index = Index::open(Bytes::new(bytes)).context("the index of the starter pack")?;
    let world = World {
        packs,
        held: Held::Starter,
        gaps: Vec::new(),
        confirmed: BTreeMap::new(),
        index,
        holdings: None,
        reviews: Reviews::default(),
        own: Own::default(),
    };
    Ok(Chosen {
        world,
        notes: Vec::new(),
    })
}

/// Opens the lists as [`open`] does, and the holdings beside them.
pub(crate) fn open_with_holdings(edge: &Edge, when: &When) -> anyhow::Result<Chosen> {
    let chosen = open(edge, when)?;
    let Some(store) = store(edge)? else {
        return Ok(chosen);
    };
    let state = store.holdings_known_at(when.known_at.unwrap_or(Date::MAX))?;
    with_holdings(chosen, &store, state.map(|state| state.hash))
}

/// Puts the holdings file of that hash beside the lists.
pub(crate) fn with_holdings(
    mut chosen: Chosen,
    store: &DataDir,
    hash: Option<String>,
) -> anyhow::Result<Chosen> {
    if let Some(hash) = hash {
        let graph = open_graph(store, &hash)?;
        chosen.world = chosen.world.with_holdings(graph, hash);
    }
    Ok(chosen)
}

/// A holdings file, mapped where it lies.
pub(crate) fn open_graph(store: &DataDir, hash: &str) -> anyhow::Result<Graph<Bytes>> {
    let path = store.holdings_path(hash);
    let bytes = Mapped::open(&path).with_context(|| path.display().to_string())?;
    Graph::open(Bytes::new(bytes)).with_context(|| path.display().to_string())
}

fn open_bytes(at: IndexAt) -> Result<Index<Bytes>, String> {
    let bytes = match at {
        IndexAt::File(path) => {
            Bytes::new(Mapped::open(&path).map_err(|error| format!("{}: {error}", path.display()))?)
        }
        IndexAt::Memory(bytes) => Bytes::new(bytes),
    };
    Index::open(bytes).map_err(|error| error.to_string())
}
