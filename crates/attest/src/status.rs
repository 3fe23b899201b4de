//! Bitstring Status List: where a withdrawal shows.
//!
//! One bit for each credential, in a list that is a credential itself: whoever
//! looks up one tells nobody which. A position is drawn by chance, so that two
//! neighbours say nothing about when they were issued. The bit says *that* a
//! credential was withdrawn; why stands in a notice ([`crate::make::withdrawal`]).

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// How many positions a list has: the least the standard allows, which is
/// more than anybody here issues.
pub const POSITIONS: usize = 131_072;

/// A list that unpacks to more bytes than this is refused.
const LARGEST: u64 = 8 << 20;

/// Why a list is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusFault {
    /// Not multibase base64url over gzip.
    #[error("its bits are not base64url over gzip")]
    Encoding,
    /// Larger than [`LARGEST`] unpacked.
    #[error("it unpacks to more than any list has")]
    TooLarge,
    /// Fewer bits than the standard lets a list have.
    #[error("it has fewer than 131,072 positions, so that a look-up would say who is looked up")]
    TooShort,
    /// A position beyond its end.
    #[error("it has no such position")]
    Position,
}

/// The bits of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits(Vec<u8>);

impl Default for Bits {
    fn default() -> Self {
        Self(vec![0; POSITIONS / 8])
    }
}

impl Bits {
    /// How many positions.
    pub fn positions(&self) -> usize {
        self.0.len() * 8
    }

    /// The bit at a position, the first being the highest bit of the first byte.
    ///
    /// # Errors
    /// [`StatusFault::Position`].
    pub fn get(&self, position: usize) -> Result<bool, StatusFault> {
        let byte = self.0.get(position / 8).ok_or(StatusFault::Position)?;
        Ok(byte >> (7 - position % 8) & 1 == 1)
    }

    /// Sets it. There is no way back: a withdrawal is not withdrawn.
    ///
    /// # Errors
    /// [`StatusFault::Position`].
    pub fn set(&mut self, position: usize) -> Result<(), StatusFault> {
        let byte = self.0.get_mut(position / 8).ok_or(StatusFault::Position)?;
        *byte |= 1 << (7 - position % 8);
        Ok(())
    }

    /// As it stands in a list.
    pub fn encode(&self) -> String {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        // A vector takes every byte.
        packed.write_all(&self.0).expect("memory takes every byte");
        let packed = packed.finish().expect("memory takes every byte");
        format!("u{}", URL_SAFE_NO_PAD.encode(packed))
    }

    /// Reads it back.
    ///
    /// # Errors
    /// [`StatusFault`].
    pub fn decode(text: &str) -> Result<Self, StatusFault> {
        let inner = text.strip_prefix('u').ok_or(StatusFault::Encoding)?;
        let packed = URL_SAFE_NO_PAD
            .decode(inner.trim_end_matches('='))
            .map_err(|_| StatusFault::Encoding)?;
        let mut bits = Vec::new();
        GzDecoder::new(&packed[..])
            .take(LARGEST + 1)
            .read_to_end(&mut bits)
            .map_err(|_| StatusFault::Encoding)?;
        if bits.len() as u64 > LARGEST {
            return Err(StatusFault::TooLarge);
        }
        if bits.len() * 8 < POSITIONS {
            return Err(StatusFault::TooShort);
        }
        Ok(Self(bits))
    }
}

/// Where a credential says that its withdrawal would show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// The address, and id, of the list.
    pub list: String,
    /// The position in it.
    pub position: usize,
    /// What a set bit says.
    pub purpose: String,
}

impl Entry {
    /// Reads a `credentialStatus` member; a number or a text is a position.
    ///
    /// One whose status takes more than one bit is not read: its position would be
    /// another bit's.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if value.get("statusSize").is_some_and(|size| *size != 1) {
            return None;
        }
        let position = match value.get("statusListIndex")? {
            Value::Number(number) => usize::try_from(number.as_u64()?).ok()?,
            Value::String(text) => text.parse().ok()?,
            _ => return None,
        };
        (text("type")? == "BitstringStatusListEntry").then_some(())?;
        Some(Self {
            list: text("statusListCredential")?.to_owned(),
            position,
            purpose: text("statusPurpose")?.to_owned(),
        })
    }

    /// As a credential has it; the position as a number, as UNTP's schema asks.
    pub fn write(&self) -> Value {
        json!({
            "id": format!("{}#{}", self.list, self.position),
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": self.position,
            "statusListCredential": self.list,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_position_is_the_highest_bit_of_the_first_byte() {
        let mut bits = Bits::default();
        bits.set(0).unwrap();
        bits.set(POSITIONS - 1).unwrap();
        assert_eq!(bits.0[0], 0x80);
        assert_eq!(bits.0[POSITIONS / 8 - 1], 1);
        assert_eq!(bits.set(POSITIONS), Err(StatusFault::Position));
        assert_eq!(bits.get(usize::MAX), Err(StatusFault::Position));
    }

    #[test]
    fn a_list_that_is_short_or_unpacks_to_too_much_is_refused() {
        let packed = |bytes: usize| Bits(vec![0; bytes]).encode();
        assert_eq!(Bits::decode(&packed(100)), Err(StatusFault::TooShort));
        assert_eq!(
            Bits::decode(&packed((8 << 20) + 1)),
            Err(StatusFault::TooLarge)
        );
        assert_eq!(Bits::decode("zabc"), Err(StatusFault::Encoding));
        assert_eq!(Bits::decode("uAAAA"), Err(StatusFault::Encoding));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]
        #[test]
        fn what_is_set_is_read_back_and_nothing_else(positions in prop::collection::btree_set(0..POSITIONS, 0..40)) {
            let mut bits = Bits::default();
            for position in &positions {
                bits.set(*position).unwrap();
            }
            let again = Bits::decode(&bits.encode()).unwrap();
            let set: Vec<usize> = (0..again.positions()).filter(|p| again.get(*p).unwrap()).collect();
            prop_assert_eq!(set, positions.into_iter().collect::<Vec<_>>());
        }
    }
}
