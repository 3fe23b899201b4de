//! One entry's proof as a file that can be checked offline.
//! <https://c2sp.org/tlog-proof>.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::merkle::{Hash, ProofFault, check_inclusion, from_base64, leaf_hash, to_base64};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Hashes read at most: more no tree has.
const LONGEST: usize = 63;

/// A `.tlog-proof`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    /// Bytes that prove nothing by themselves. Ours hold the entry.
    pub extra: Option<Vec<u8>>,
    /// Where the entry stands.
    pub index: u64,
    /// From the leaf up.
    pub hashes: Vec<Hash>,
    /// The checkpoint with its signatures, as it was published.
    pub checkpoint: String,
}

impl LogProof {
    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(extra) = &self.extra {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "extra {}", STANDARD.encode(extra));
        }
        let _ = writeln!(text, "index {}", self.index);
        for hash in &self.hashes {
            let _ = writeln!(text, "{}", to_base64(hash));
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads a file's text. The checkpoint in it is not opened yet.
    ///
    /// # Errors
    /// What it lacks, in words.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let rest = text
            .strip_prefix(HEADER)
            .and_then(|rest| rest.strip_prefix('\n'))
            .ok_or("its first line is not c2sp.org/tlog-proof@v1")?;
        let (head, checkpoint) = rest
            .split_once("\n\n")
            .ok_or("it has no empty line before the checkpoint")?;
        let mut lines = head.split('\n').peekable();
        let extra = lines
            .next_if(|line| line.starts_with("extra "))
            .map(|line| STANDARD.decode(&line["extra ".len()..]))
            .transpose()
            .map_err(|_| "its extra line is not base64")?;
        let number = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .ok_or("it has no index line")?;
        let index = number
            .parse::<u64>()
            .ok()
            .filter(|index| index.to_string() == number)
            .ok_or("its index is no number")?;
        let hashes: Vec<Hash> = lines
            .map(|line| from_base64(line).filter(|hash| to_base64(hash) == line))
            .take(LONGEST + 1)
            .collect::<Option<_>>()
            .ok_or("a line of its proof is no hash")?;
        if hashes.len() > LONGEST {
            return Err("its proof is longer than that of any log");
        }
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Checks that `entry` is in the tree of `size` and `root`, which the caller took
    /// from the checkpoint after opening it.
    ///
    /// # Errors
    /// [`ProofFault`].
    pub fn check(&self, entry: &[u8], size: u64, root: &Hash) -> Result<(), ProofFault> {
        check_inclusion(self.index, size, &leaf_hash(entry), &self.hashes, root)
    }
}
