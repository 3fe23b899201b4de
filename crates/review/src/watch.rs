//! What is kept about a watched file between two runs: keyed hashes of its parties,
//! ids of the records they matched, and the copies of the lists they were screened
//! against. Never a name.
//!
//! One text line with everything that is said once, one line for each party that
//! has a match, then the hashes of all parties, sorted, 24 bytes each; at the end
//! a checksum over all of it.

use std::collections::BTreeMap;

use scruple_model::hash::sha256;
use scruple_model::{Date, ListId, RecordId};
use serde::{Deserialize, Serialize};

/// A party by keyed hash: 16 bytes of its name, 8 of everything else.
pub type Fingerprint = [u8; 24];

const MAGIC: &str = "scruple.watch-state/1\n";
const SUM: usize = 64;

/// A match as it was at the last run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMatch {
    /// The listed record.
    pub record: RecordId,
    /// How well it agreed.
    pub score: u16,
    /// Whether it was set aside by review.
    pub aside: bool,
}

/// A copy of a list that was screened against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCopy {
    /// The list.
    pub list: ListId,
    /// The store's number of the copy.
    pub sequence: i64,
    /// Hash of the file it came from.
    pub hash: String,
    /// Hash of its content as kept.
    pub content: String,
}

/// What a run leaves for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchState {
    /// When it ran.
    pub on: Date,
    /// Name and version of the matcher.
    pub engine: String,
    /// Least score that counted.
    pub threshold: u16,
    /// The copies it screened against, sorted by list.
    pub copies: Vec<HeldCopy>,
    /// Every party, sorted, each once.
    pub parties: Vec<Fingerprint>,
    /// The matches of those that have any, best first.
    pub matches: BTreeMap<Fingerprint, Vec<HeldMatch>>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    on: Date,
    engine: String,
    threshold: u16,
    copies: Vec<HeldCopy>,
    parties: usize,
    matched: usize,
}

/// Why what is kept cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what is kept about this watch is damaged ({0})")]
pub struct WatchError(&'static str);

impl WatchState {
    /// As it is kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = Head {
            on: self.on,
            engine: self.engine.clone(),
            threshold: self.threshold,
            copies: self.copies.clone(),
            parties: self.parties.len(),
            matched: self.matches.len(),
        };
        let mut bytes = MAGIC.as_bytes().to_vec();
        // Only texts and numbers are in it: nothing JSON cannot say.
        bytes.extend(serde_json::to_vec(&head).unwrap_or_default());
        bytes.push(b'\n');
        for (party, matches) in &self.matches {
            bytes.extend_from_slice(party);
            bytes.extend(serde_json::to_vec(matches).unwrap_or_default());
            bytes.push(b'\n');
        }
        for party in &self.parties {
            bytes.extend_from_slice(party);
        }
        bytes.extend(sha256(&bytes).into_bytes());
        bytes
    }

    /// Reads what [`WatchState::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`WatchError`] where it is cut off or altered.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WatchError> {
        let (body, sum) = bytes
            .split_at_checked(bytes.len().saturating_sub(SUM))
            .ok_or(WatchError("cut off"))?;
        if sha256(body).as_bytes() != sum {
            return Err(WatchError("its checksum differs"));
        }
        let rest = body
            .strip_prefix(MAGIC.as_bytes())
            .ok_or(WatchError("of another format"))?;
        let (head, mut rest) = line(rest)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| WatchError("its head"))?;
        let mut matches = BTreeMap::new();
        for _ in 0..head.matched {
            let (party, after) = fingerprint(rest)?;
            let (text, after) = line(after)?;
            let held = serde_json::from_slice(text).map_err(|_| WatchError("its matches"))?;
            matches.insert(party, held);
            rest = after;
        }
        let (parties, left) = rest.as_chunks::<24>();
        if parties.len() != head.parties || !left.is_empty() {
            return Err(WatchError("the number of its parties"));
        }
        Ok(Self {
            on: head.on,
            engine: head.engine,
            threshold: head.threshold,
            copies: head.copies,
            parties: parties.to_vec(),
            matches,
        })
    }

    /// Whether a party was there with all of its facts.
    pub fn knows(&self, party: &Fingerprint) -> bool {
        self.parties.binary_search(party).is_ok()
    }

    /// The matches a party had: its own, or where its facts were others then, those
    /// of every party of its name. `None` where nobody had that name.
    pub fn before(&self, party: &Fingerprint) -> Option<Vec<&HeldMatch>> {
        if self.knows(party) {
            return Some(self.matches.get(party).into_iter().flatten().collect());
        }
        let mut first = *party;
        first[16..].fill(0);
        let at = self.parties.partition_point(|known| *known < first);
        let of_name = |known: &&Fingerprint| known[..16] == party[..16];
        let namesakes: Vec<&Fingerprint> = self.parties[at..].iter().take_while(of_name).collect();
        (!namesakes.is_empty()).then(|| {
            namesakes
                .into_iter()
                .filter_map(|known| self.matches.get(known))
                .flatten()
                .collect()
        })
    }

    /// How many names of this state are not among `parties`, which are sorted.
    pub fn left(&self, parties: &[Fingerprint]) -> usize {
        let mut gone = 0;
        let mut last: Option<&[u8]> = None;
        for party in &self.parties {
            let name = &party[..16];
            if last == Some(name) {
                continue;
            }
            last = Some(name);
            let at = parties.partition_point(|other| other[..16] < *name);
            gone += usize::from(parties.get(at).is_none_or(|other| other[..16] != *name));
        }
        gone
    }
}

fn line(bytes: &[u8]) -> Result<(&[u8], &[u8]), WatchError> {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or(WatchError("cut off"))?;
    Ok((&bytes[..end], &bytes[end + 1..]))
}

fn fingerprint(bytes: &[u8]) -> Result<(Fingerprint, &[u8]), WatchError> {
    bytes
        .split_first_chunk::<24>()
        .map(|(party, rest)| (*party, rest))
        .ok_or(WatchError("cut off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: u8, facts: u8) -> Fingerprint {
        let mut party = [name; 24];
        party[16..].fill(facts);
        party
    }

    fn held(record: &str) -> HeldMatch {
        HeldMatch {
            record: RecordId::from(record),
            score: 9_100,
            aside: false,
        }
    }

    fn state() -> WatchState {
        WatchState {
            on: "2026-11-22".parse().unwrap(),
            engine: "m/1".into(),
            threshold: 7_000,
            copies: vec![HeldCopy {
                list: ListId::from("xx-a"),
                sequence: 4,
                hash: "h".into(),
                content: "c".into(),
            }],
            parties: vec![party(1, 1), party(b'\n', 2), party(b'\n', 3), party(200, 0)],
            matches: BTreeMap::from([(party(b'\n', 3), vec![held("xx-a:1"), held("xx-a:2")])]),
        }
    }

    #[test]
    fn a_state_comes_back_and_damage_shows() {
        let bytes = state().to_bytes();
        assert_eq!(WatchState::from_bytes(&bytes), Ok(state()));
        for cut in 0..bytes.len() {
            assert!(WatchState::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
        let mut altered = bytes.clone();
        altered[30] ^= 1;
        assert!(WatchState::from_bytes(&altered).is_err());
    }

    #[test]
    fn a_party_is_found_by_all_its_facts_then_by_its_name() {
        let state = state();
        assert!(state.knows(&party(1, 1)) && !state.knows(&party(1, 2)));
        assert_eq!(state.before(&party(1, 1)), Some(vec![]));
        assert_eq!(state.before(&party(b'\n', 2)), Some(vec![]));
        assert_eq!(state.before(&party(b'\n', 9)).unwrap().len(), 2);
        assert_eq!(state.before(&party(7, 0)), None);
    }

    #[test]
    fn who_left_is_counted_by_name() {
        let state = state();
        assert_eq!(state.left(&state.parties), 0);
        assert_eq!(state.left(&[]), 3);
        assert_eq!(state.left(&[party(b'\n', 9)]), 2);
    }
}
