//! The file that answers, put together from those of all sources.

use scruple_ownership::Builder;
use scruple_store::DataDir;

use super::import::line;
use super::note::Part;
use crate::failure::bad_input;
use crate::world;

/// The hash of the file of all sources together, and what is wrong between them. Of one
/// source it is that source's own.
pub(super) fn put_together(store: &DataDir, all: &[Part]) -> anyhow::Result<(String, Vec<String>)> {
    if let [only] = all {
        return Ok((only.hash.clone(), Vec::new()));
    }
    let mut builder = Builder::new();
    for part in all {
        builder.take(&world::open_graph(store, &part.hash)?);
    }
    let built = builder
        .finish()
        .map_err(|error| bad_input(error, "import fewer sources"))?;
    let conflicts = built.problems.iter().map(|one| line("", one)).collect();
    Ok((store.put_holdings(&built.bytes)?.hash, conflicts))
}
