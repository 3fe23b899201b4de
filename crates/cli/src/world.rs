//! The world a check looks at: packs, and the index over whatever lists are held.

use anyhow::Context as _;
use scruple_brief::world::Bytes;
use scruple_brief::{Held, Packs, World};
use scruple_mapped::Mapped;
use scruple_model::Entity;
use scruple_screen::Index;
use scruple_store::DataDir;
use scruple_sync::{IndexAt, open_index};

use crate::{Edge, files};

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

/// How an index is built from entities.
pub(crate) fn build(entities: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    scruple_screen::build(entities)
}

/// Opens the lists that are held, or the starter pack where none is.
pub(crate) fn open(edge: &Edge) -> anyhow::Result<World> {
    let packs = packs(edge)?;
    if let Some(folder) = &edge.data
        && let Some(store) = DataDir::open_if_present(folder)?
        && let Some(opened) = open_index(&store, &build, &open_bytes)?
    {
        let held = opened
            .manifest
            .held
            .into_iter()
            .map(|held| held.snapshot)
            .collect();
        return Ok(World {
            packs,
            held: Held::Lists(held),
            index: opened.index,
        });
    }
    let bytes = scruple_screen::build(packs.starter_entities());
    let index = Index::open(Bytes::new(bytes)).context("the index of the starter pack")?;
    Ok(World {
        packs,
        held: Held::Starter,
        index,
    })
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
