//! Asking a witness to sign. <https://c2sp.org/tlog-witness>.
//!
//! A witness may be slow, away, or lie. Whatever it answers, only a line counts that is
//! its own signature over the very text we signed. It is told which size it saw last,
//! and gets a proof from there: never less, so that it need not take our word.

use std::fmt::Write as _;

use super::cosignature::{Witness, cosignatures};
use crate::checkpoint::Checkpoint;
use crate::merkle::{Hash, to_base64};

/// How witnesses are reached.
pub trait AddCheckpoint {
    /// Posts `body` to `ADDRESS/add-checkpoint`, and gives status and body of what came
    /// back.
    ///
    /// # Errors
    /// Why nobody answered, in words.
    fn add_checkpoint(&mut self, address: &str, body: &str) -> Result<Answer, String>;
}

/// Nobody is asked: for logs without witnesses, and to sign without a network.
pub struct Nobody;

impl AddCheckpoint for Nobody {
    fn add_checkpoint(&mut self, _: &str, _: &str) -> Result<Answer, String> {
        Err("witnesses are not asked here".to_owned())
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// A witness that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What came of it.
    pub said: Said,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It signed.
    Signed {
        /// When, by its clock, in Unix seconds.
        time: i64,
        /// Its line, with the newline.
        line: String,
    },
    /// It saw more of this log than there is.
    Ahead(u64),
    /// It saw another tree than this one.
    OtherHistory,
    /// It does not know this log, or its key.
    Refused(u16),
    /// What it sent is no signature of its own over our text.
    NotASignature(String),
    /// It did not answer.
    Silent(String),
}

impl Said {
    /// In words, after the witness's name.
    pub fn in_words(&self) -> String {
        match self {
            Self::Signed { .. } => "signed".to_owned(),
            Self::Ahead(size) => format!("has seen {size} entries, more than this log has"),
            Self::OtherHistory => "has seen another history of this log: somebody else signs with its key, or something was changed".to_owned(),
            Self::Refused(404) => "does not know this log: ask its operator to add it".to_owned(),
            Self::Refused(403) => "does not know this log's key".to_owned(),
            Self::Refused(status) => format!("refused with status {status}"),
            Self::NotASignature(what) => format!("sent no signature that counts: {what}"),
            Self::Silent(why) => format!("did not answer: {why}"),
        }
    }
}

/// Asks where a witness is, with a checkpoint that it may well have signed already.
pub(crate) fn where_is(
    client: &mut dyn AddCheckpoint,
    address: &str,
    signed: &Checkpoint,
    note: &str,
) -> Said {
    match client.add_checkpoint(address, &request(signed.size, &[], note)) {
        Err(why) => Said::Silent(why),
        Ok(Answer { status: 409, body }) => match size(&body) {
            Some(seen) if seen > signed.size => Said::Ahead(seen),
            Some(seen) if seen == signed.size => Said::OtherHistory,
            Some(_) => Said::Refused(409),
            None => Said::NotASignature("status 409 without a size".to_owned()),
        },
        // It signed again, or refuses for another reason: it is not ahead.
        Ok(Answer { status, .. }) => Said::Refused(status),
    }
}

/// Asks for a signature, from the size we think it saw last; once more from the size it
/// says it saw.
#[expect(clippy::too_many_arguments, reason = "what a request is made of")]
pub(crate) fn cosign(
    client: &mut dyn AddCheckpoint,
    address: &str,
    witness: &Witness,
    signed: &Checkpoint,
    note: &str,
    before: u64,
    now: i64,
    prove: &mut dyn FnMut(u64) -> Option<Vec<Hash>>,
) -> Said {
    let mut old = before;
    for _ in 0..2 {
        let Some(proof) = prove(old) else {
            return Said::NotASignature(format!("no proof can be made from size {old}"));
        };
        let answer = match client.add_checkpoint(address, &request(old, &proof, note)) {
            Ok(answer) => answer,
            Err(why) => return Said::Silent(why),
        };
        match answer.status {
            200 => return signature(witness, signed, &answer.body, now),
            409 => match size(&answer.body) {
                Some(seen) if seen > signed.size => return Said::Ahead(seen),
                Some(seen) if seen == old => return Said::OtherHistory,
                Some(seen) => old = seen,
                None => return Said::NotASignature("status 409 without a size".to_owned()),
            },
            422 => return Said::OtherHistory,
            status => return Said::Refused(status),
        }
    }
    Said::NotASignature("it named one size after another".to_owned())
}

fn request(old: u64, proof: &[Hash], note: &str) -> String {
    let mut body = format!("old {old}\n");
    for hash in proof {
        // Writing to a String cannot fail.
        let _ = writeln!(body, "{}", to_base64(hash));
    }
    body.push('\n');
    body.push_str(note);
    body
}

fn size(body: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    let size: u64 = text.parse().ok()?;
    (size.to_string() == text).then_some(size)
}

fn signature(witness: &Witness, signed: &Checkpoint, body: &[u8], now: i64) -> Said {
    let wrong = |what: &str| Said::NotASignature(what.to_owned());
    let text = signed.text();
    let Ok(body) = std::str::from_utf8(body) else {
        return wrong("it is not text");
    };
    let note = format!("{text}\n{body}");
    let Ok((same, lines)) = scruple_note::signatures(note.as_bytes()) else {
        return wrong("it is no line of a signature");
    };
    if same != text {
        return wrong("it is over another text");
    }
    let found = cosignatures(&text, &lines, std::slice::from_ref(witness));
    match found.into_iter().max_by_key(|one| one.time) {
        None => wrong("it is by another key, or over another text"),
        Some(one) if one.time > now.saturating_add(300) => wrong("it is dated in the future"),
        Some(one) => Said::Signed {
            time: one.time,
            line: format!("{}\n", one.line),
        },
    }
}
