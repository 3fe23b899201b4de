//! What may be committed to: canonical JSON, of a length, without what a person is.

use crate::canonical::{canonical, canonical_value, names};
use crate::commit::EMPTY;
use crate::error::ContentFault;
use crate::tile::LARGEST_ENTRY;

/// A content that may be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(String);

impl Content {
    /// From a JSON text.
    ///
    /// # Errors
    /// [`ContentFault`]: refused before anything is written.
    pub fn of_text(text: &str) -> Result<Self, ContentFault> {
        let content = canonical(text).map_err(ContentFault::Json)?;
        Self::admit(content)
    }

    /// From a value.
    ///
    /// # Errors
    /// As [`Content::of_text`].
    pub fn of_value(value: &serde_json::Value) -> Result<Self, ContentFault> {
        let content = canonical_value(value).map_err(ContentFault::Json)?;
        Self::admit(content)
    }

    fn admit(content: String) -> Result<Self, ContentFault> {
        if content == EMPTY {
            return Err(ContentFault::Empty);
        }
        if content.len() > LARGEST_ENTRY {
            return Err(ContentFault::TooLong(content.len()));
        }
        for name in names(&content).map_err(ContentFault::Json)? {
            if let Some(refusal) = scruple_model::deal::refused::check(&name) {
                return Err(ContentFault::Refused {
                    why: refusal.why(),
                    next: refusal.next(),
                });
            }
        }
        Ok(Self(content))
    }

    /// The bytes that are hashed.
    pub fn canonical(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_05_the_longest_content_is_65535_bytes() {
        let of = |bytes: usize| Content::of_text(&format!("\"{}\"", "x".repeat(bytes - 2)));
        assert!(of(65_535).is_ok());
        assert_eq!(of(65_536), Err(ContentFault::TooLong(65_536)));
    }

    #[test]
    fn check_06_nothing_is_stored_altered_what_is_not_json_is_refused() {
        for text in ["", "\0", "{\"a\":\"\0\"}", "a\r\nb"] {
            assert!(Content::of_text(text).is_err(), "{text:?}");
        }
        let kept = Content::of_text("\"\\u0000\\r\\n\"").unwrap();
        assert_eq!(kept.canonical(), "\"\\u0000\\r\\n\"");
    }

    #[test]
    fn check_38_a_field_for_what_a_person_is_is_refused() {
        let refused = Content::of_text("{\"party\":{\"ethnicity\":\"x\"}}").unwrap_err();
        assert!(refused.to_string().contains("ethnicity"), "{refused}");
    }
}
