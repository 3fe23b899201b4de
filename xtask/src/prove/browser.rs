//! A browser renders the pages: light, dark, narrow, on paper, with axe-core.
use super::machine::Machine;
use super::transcript::Transcript;
pub(super) fn run(_machine: &Machine, _log: &mut Transcript<'_>) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
