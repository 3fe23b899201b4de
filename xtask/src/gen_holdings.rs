//! Holdings made up, for measuring: `cargo xtask gen-holdings --edges N --seed S`.
//!
//! **The degree law.** There are three nodes for four holdings; every third node is a
//! person. Entities come in a fixed shuffled order and each once, with one to four
//! holders, all numbers equally likely, until there are N holdings. A holder is node
//! `floor(nodes × u²)` with `u` even in [0, 1), other than the entity and than its
//! holders so far: the number of entities that node `r` holds a part of falls with the
//! square root of `r`, so that few hold in very many. Shares are whole twentieths, so
//! that exactly half occurs often; each holder gets at least one and at most what is
//! left, and what then is left is nobody's. One holding in ten is of votes, the others
//! of shares. All stand since 2019.
//!
//! Listed parties are drawn evenly from all nodes. The same N and S give the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use clap::Args;

/// What to make.
#[derive(Args)]
pub struct Arguments {
    /// How many holdings.
    #[arg(long, value_name = "N")]
    edges: u64,
    /// Another number gives other holdings.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How many listed parties.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    listed: u64,
    /// Where to: `owner,owned,lo_ppm,hi_ppm,layer,from`; the listed parties go to a
    /// file of the same name that ends in .listed.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the holdings and the listed parties.
pub fn run(arguments: &Arguments) -> Result<()> {
    ensure!(arguments.edges >= 20, "give at least 20 edges");
    let nodes = arguments.edges * 3 / 4;
    let path = &arguments.out;
    let named = || path.display().to_string();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).with_context(named)?);
    let mut random = Random(arguments.seed);
    holdings(arguments.edges, nodes, &mut random, &mut |line| {
        out.write_all(line).with_context(named)
    })?;
    out.flush().with_context(named)?;
    let mut listed = String::new();
    for _ in 0..arguments.listed {
        listed.push_str(&id_of(random.below(nodes)));
        listed.push('\n');
    }
    std::fs::write(path.with_extension("listed"), listed).with_context(named)?;
    Ok(())
}

fn holdings(
    edges: u64,
    nodes: u64,
    random: &mut Random,
    write: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    write(b"owner,owned,lo_ppm,hi_ppm,layer,from\n")?;
    // A step that shares no factor with the number of entities visits each once.
    let entities = nodes - nodes / 3;
    let mut step = (entities * 5 / 8) | 1;
    while greatest_common(step, entities) != 1 {
        step += 2;
    }
    let mut written = 0;
    let mut at = 0;
    let mut holders: Vec<u64> = Vec::new();
    for _ in 0..entities {
        at = (at + step) % entities;
        let owned = entity(at);
        let mut left = 20;
        holders.clear();
        for _ in 0..=random.below(4) {
            if written == edges {
                return Ok(());
            }
            if left == 0 {
                break;
            }
            let draw = u128::from(random.below(1 << 32));
            let owner = ((draw * draw * u128::from(nodes)) >> 64) as u64;
            if owner == owned || holders.contains(&owner) {
                continue;
            }
            holders.push(owner);
            let share = 1 + random.below(left);
            left -= share;
            let layer = if random.below(10) == 0 {
                "votes"
            } else {
                "shares"
            };
            let month = 1 + random.below(9);
            let ppm = share * 50_000;
            let (owner, owned) = (id_of(owner), id_of(owned));
            write(format!("{owner},{owned},{ppm},{ppm},{layer},2019-0{month}-01\n").as_bytes())?;
            written += 1;
        }
    }
    ensure!(
        written == edges,
        "the entities gave {written} holdings only"
    );
    Ok(())
}

/// The node of an entity: every third node is a person and is left out.
fn entity(no: u64) -> u64 {
    no / 2 * 3 + no % 2
}

fn id_of(node: u64) -> String {
    if node % 3 == 2 {
        format!("person:x:{node:09}")
    } else {
        format!("x:{node:09}")
    }
}

fn greatest_common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

/// Numbers without a library: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn made(edges: u64, seed: u64) -> Vec<String> {
        let mut text = Vec::new();
        holdings(edges, edges * 3 / 4, &mut Random(seed), &mut |line| {
            text.extend_from_slice(line);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
        let text = String::from_utf8(text).unwrap_or_default();
        text.lines().skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn the_law_holds() {
        for seed in [1, 2, 77] {
            let lines = made(20_000, seed);
            assert_eq!(lines.len(), 20_000);
            let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
            let mut pairs = BTreeSet::new();
            let mut held: BTreeMap<&str, u64> = BTreeMap::new();
            for line in &lines {
                let cells: Vec<&str> = line.split(',').collect();
                assert!(pairs.insert((cells[0], cells[1])), "{line} stands twice");
                assert!(!cells[1].starts_with("person:"), "{line}");
                *sums.entry(cells[1]).or_default() += cells[2].parse().unwrap_or(0);
                *held.entry(cells[0]).or_default() += 1;
            }
            assert!(sums.values().all(|sum| *sum <= 1_000_000));
            // A tenth of the nodes holds near a third: u² below a tenth.
            let first = held
                .iter()
                .filter(|(id, _)| id.rsplit(':').next().unwrap_or("") < "000001500")
                .map(|(_, count)| count)
                .sum::<u64>();
            assert!((5_700..7_000).contains(&first), "{first}");
        }
        assert_eq!(made(1_000, 3), made(1_000, 3));
        assert_ne!(made(1_000, 3), made(1_000, 4));
    }
}
