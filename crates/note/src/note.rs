//! C2SP signed notes: a text, an empty line, and lines of signatures.
//!
//! ```text
//! the text, ending with a newline
//!
//! — NAME BASE64(id, signature)
//! ```
//!
//! Only signatures by keys the reader names count. One by such a key that does not fit
//! refuses the note; others are passed over, so that a key can be replaced by signing
//! with both for a while.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::{Signer, Verifier};

/// Lines of signatures read at most. The format asks readers for at least 16.
const SIGNATURES: usize = 64;

/// Why a note is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteFault {
    /// No note at all.
    Malformed(&'static str),
    /// A trusted key's signature does not fit.
    Forged(String),
    /// Signed, by nobody the reader trusts.
    Unknown(Vec<String>),
}

/// Signs a text that ends with a newline and holds no empty line at its end.
pub fn sign(text: &str, signer: &Signer) -> String {
    let signature = signer.sign(text.as_bytes());
    let line = signature_line(signer.name(), signer.verifier().id(), &signature);
    format!("{text}\n{line}")
}

/// One line of a signature, with its newline.
pub fn signature_line(name: &str, id: [u8; 4], signature: &[u8]) -> String {
    let bytes = [&id[..], signature].concat();
    format!("— {name} {}\n", STANDARD.encode(bytes))
}

/// One line of a signature, as it stands in a note; nothing is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// The key's name.
    pub name: &'a str,
    /// The key's id.
    pub id: [u8; 4],
    /// What the key signed: 64 bytes for Ed25519, a time before them for a witness.
    pub bytes: Vec<u8>,
    /// The line, without its newline.
    pub line: &'a str,
}

/// The text of a note and every signature under it, unchecked.
///
/// # Errors
/// [`NoteFault::Malformed`].
pub fn signatures(note: &[u8]) -> Result<(&str, Vec<Signature<'_>>), NoteFault> {
    let malformed = NoteFault::Malformed;
    let note = std::str::from_utf8(note).map_err(|_| malformed("it is not UTF-8"))?;
    if note.chars().any(|c| c < ' ' && c != '\n') {
        return Err(malformed("a control character stands in it"));
    }
    let at = note.rfind("\n\n").ok_or(malformed("it has no signature"))?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    let Some(signatures) = signatures.strip_suffix('\n') else {
        return Err(malformed("it does not end with a signature"));
    };
    let mut all = Vec::new();
    for line in signatures.split('\n') {
        let signature = read(line).ok_or(malformed("a line of its signatures cannot be read"))?;
        if all.len() >= SIGNATURES {
            return Err(malformed("it has too many signatures"));
        }
        all.push(signature);
    }
    Ok((text, all))
}

/// The text of a note, and the first trusted key that signed it.
///
/// # Errors
/// [`NoteFault`]: no note, a trusted key's signature that does not fit, or nobody
/// trusted.
pub fn open<'a>(
    note: &'a [u8],
    trusted: &'a [Verifier],
) -> Result<(&'a str, &'a Verifier), NoteFault> {
    let (text, all) = signatures(note)?;
    let mut signed_by = None;
    let mut others = Vec::new();
    for signature in all {
        let known = trusted
            .iter()
            .find(|key| key.name() == signature.name && key.id() == signature.id);
        match (known, <&[u8; 64]>::try_from(&signature.bytes[..])) {
            (Some(key), Ok(bytes)) if key.verifies(text.as_bytes(), bytes) => {
                signed_by = signed_by.or(Some(key));
            }
            (Some(_), _) => return Err(NoteFault::Forged(signature.name.to_owned())),
            (None, _) => others.push(signature.name.to_owned()),
        }
    }
    match signed_by {
        Some(key) => Ok((text, key)),
        None => Err(NoteFault::Unknown(others)),
    }
}

fn read(line: &str) -> Option<Signature<'_>> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(signature).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    // The format bounds no stranger's name, as it does not bound how many there are.
    let is_name = !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace());
    (is_name && !signature.is_empty()).then(|| Signature {
        name,
        id: *id,
        bytes: signature.to_vec(),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::new_key;

    fn key(seed: u8) -> (Signer, Verifier) {
        let pair = new_key("lists.example", [seed; 32]).unwrap();
        (pair.secret.parse().unwrap(), pair.verifier.parse().unwrap())
    }

    #[test]
    fn a_note_is_opened_by_who_trusts_its_key() {
        let (signer, verifier) = key(1);
        let note = sign("one\n\ntwo\n", &signer);
        let trusted = [key(2).1, verifier.clone()];
        let (text, by) = open(note.as_bytes(), &trusted).unwrap();
        assert_eq!((text, by), ("one\n\ntwo\n", &verifier));
        assert_eq!(
            open(note.as_bytes(), &trusted[..1]),
            Err(NoteFault::Unknown(vec!["lists.example".into()]))
        );
    }

    #[test]
    fn a_changed_byte_anywhere_closes_it() {
        let (signer, verifier) = key(1);
        let note = sign("one\ntwo\n", &signer).into_bytes();
        for at in 0..note.len() {
            for change in [1, 0x20, 0x80] {
                let mut changed = note.clone();
                changed[at] ^= change;
                assert!(open(&changed, std::slice::from_ref(&verifier)).is_err());
            }
        }
        for end in 0..note.len() {
            assert!(open(&note[..end], std::slice::from_ref(&verifier)).is_err());
        }
    }

    #[test]
    fn signatures_of_others_are_passed_over_but_not_counted() {
        let ((first, verifier), (second, other)) = (key(1), key(2));
        let text = "text\n";
        let both = format!(
            "{}{}",
            sign(text, &second),
            sign(text, &first).strip_prefix("text\n\n").unwrap()
        );
        for trusted in [verifier, other] {
            let trusted = [trusted];
            assert_eq!(open(both.as_bytes(), &trusted).unwrap().0, text);
        }
    }

    #[test]
    fn a_stranger_with_a_long_name_closes_nothing() {
        let (signer, verifier) = key(1);
        let stranger = signature_line(&"long.".repeat(100), [9; 4], &[9; 64]);
        let note = format!("{}{stranger}", sign("text\n", &signer));
        assert!(open(note.as_bytes(), &[verifier]).is_ok());
    }

    #[test]
    fn a_wrong_signature_by_a_trusted_key_refuses_the_note() {
        let (signer, verifier) = key(1);
        let other = sign("other\n", &signer);
        let line = other.strip_prefix("other\n\n").unwrap();
        let note = format!("text\n\n{line}");
        assert_eq!(
            open(note.as_bytes(), &[verifier]),
            Err(NoteFault::Forged("lists.example".into()))
        );
    }
}
