//! Values that are text. What is free text names nobody.

use scruple_model::deal::nearest;
use scruple_model::persons::{self, Personal};
use toml::de::DeValue;

use super::{At, Reader};

impl<'t> Reader<'t> {
    pub(super) fn string(&mut self, at: &At<'t>, name: &str) -> Option<&'t str> {
        match self.get(at, name)?.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim()),
            DeValue::String(_) => {
                self.wrong(
                    at,
                    name,
                    "there is nothing in it",
                    Some("text in quotes".into()),
                    "fill it in, or write \"not stated\" where the draft says that",
                );
                None
            }
            _ => {
                self.wrong(
                    at,
                    name,
                    "this is no text",
                    Some("text in quotes".into()),
                    "put it in quotation marks",
                );
                None
            }
        }
    }

    /// Text, in which nobody may be named.
    pub(super) fn line(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        let unfit = text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t');
        if text.len() > 20_000 || unfit {
            self.wrong(
                at,
                name,
                "it is too long, or has characters that cannot be seen",
                None,
                "shorten it, and write it again by hand",
            );
            return None;
        }
        match persons::find(text) {
            Some(personal) => self.personal(at, name, &personal),
            None => Some(text.to_owned()),
        }
    }

    /// A number of accreditation, which may be long.
    pub(super) fn reference(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        match persons::find_in_name(text) {
            Some(personal) => self.personal(at, name, &personal),
            None => Some(text.chars().filter(|c| !c.is_control()).collect()),
        }
    }

    pub(super) fn lines(&mut self, at: &At<'t>, name: &str) -> Option<Vec<String>> {
        const FORM: &str = "a list of texts: [\"dormitory B\"]";
        self.list(at, name, FORM, |reader, at, value| match value {
            DeValue::String(text) => match persons::find(text) {
                None => Some(text.trim().to_owned()),
                Some(personal) => reader.personal(at, name, &personal),
            },
            _ => {
                let next = "put each in quotation marks";
                reader.wrong(at, name, "something in the list is no text", None, next);
                None
            }
        })
    }

    /// A list of texts, each read by `read`; what is none of them is told, and left out.
    pub(super) fn list(
        &mut self,
        at: &At<'t>,
        name: &str,
        form: &str,
        mut read: impl FnMut(&mut Self, &At<'t>, &DeValue<'t>) -> Option<String>,
    ) -> Option<Vec<String>> {
        let value = self.get(at, name)?;
        let DeValue::Array(all) = value.get_ref() else {
            let next = "put square brackets round it";
            self.wrong(at, name, "this is no list", Some(form.to_owned()), next);
            return None;
        };
        let values = all.iter().filter_map(|one| read(self, at, one.get_ref()));
        Some(values.collect())
    }

    /// Refuses what would name somebody.
    fn personal<T>(&mut self, at: &At<'t>, name: &str, personal: &Personal) -> Option<T> {
        let what = format!("this looks like {}: {}", personal.what, personal.words);
        let next = "take it out: whoever spoke with an auditor may be punished for it";
        self.wrong(at, name, &what, None, next);
        None
    }

    pub(super) fn uri(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        // Those lead to somebody.
        let is_personal = ["mailto:", "tel:", "sms:"]
            .iter()
            .any(|scheme| text.to_ascii_lowercase().starts_with(scheme));
        if !is_uri(text) || is_personal {
            self.wrong(
                at,
                name,
                "this is no address that identifies",
                Some("https://…, urn:…, or did:…".into()),
                "write one, such as the page of the company register, or urn:lei: with its LEI",
            );
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn word(
        &mut self,
        at: &At<'t>,
        name: &str,
        words: &'static [&'static str],
    ) -> Option<&'static str> {
        let text = self.string(at, name)?;
        let found = words.iter().copied().find(|word| *word == text);
        if found.is_none() {
            let field = at.field(name);
            self.wrong(
                at,
                name,
                &format!("{text:?} is none of its words"),
                Some(words.join(", ")),
                "write one of them, or \"not stated\"",
            );
            if let Some(problem) = self
                .problems
                .last_mut()
                .filter(|problem| problem.field == field)
            {
                problem.nearest = nearest::of(text, words.iter().copied()).map(str::to_owned);
            }
        }
        found
    }

    pub(super) fn slug(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        let fits = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            self.wrong(
                at,
                name,
                "this is no name of a topic",
                Some("small letters and hyphens: forced-labor-elimination".into()),
                "take it from UNTP's list of conformity topics",
            );
        }
        fits.then(|| text.to_owned())
    }
}

/// Whether a text is an absolute address.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let rest_fits = !rest.is_empty()
        && rest != "//"
        && rest.bytes().all(|b| {
            b.is_ascii_graphic()
                && !matches!(
                    b,
                    b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
                )
        });
    scheme_fits && rest_fits && text.len() <= 2_000
}
