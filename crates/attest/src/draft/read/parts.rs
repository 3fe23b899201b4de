//! The tables of a draft: sites, interviews, findings, what is answered.

use super::{At, Reader};
use crate::draft::{Named, Point};
use crate::terms::{Answered, Interviewer, Interviews, Outcome, Stated, Visit, Where};

impl<'t> Reader<'t> {
    pub(super) fn site(&mut self, at: &At<'t>) -> Option<Visit> {
        self.known(at, &["name", "id", "place", "from", "until"]);
        let name = self.line(at, "name");
        let id = self.uri(at, "id");
        let place = self.stated(at, "place", Self::place);
        let from = self.stated(at, "from", Self::day);
        let until = self.stated(at, "until", Self::day);
        if let (Some(Stated::Said(from)), Some(Stated::Said(until))) = (&from, &until)
            && until < from
        {
            self.wrong(
                at,
                "until",
                "the visit ends before it begins",
                None,
                "look which of the two days is right",
            );
        }
        Some(Visit {
            id: id?,
            name: name?,
            place: place?,
            from: from?,
            until: until?,
        })
    }

    pub(super) fn interviews(&mut self, at: &At<'t>) -> Option<Interviews> {
        self.known(
            at,
            &["number", "place", "by", "management_present", "languages"],
        );
        let number = self.stated(at, "number", Self::number);
        let place = self.stated(at, "place", |r, a, n| {
            r.word(a, n, Where::WORDS).and_then(Where::parse)
        });
        let by = self.stated(at, "by", |r, a, n| {
            r.word(a, n, Interviewer::WORDS)
                .and_then(Interviewer::parse)
        });
        let management_present = self.stated(at, "management_present", Self::truth);
        let languages = self.stated(at, "languages", Self::languages);
        Some(Interviews {
            number: number?,
            place: place?,
            by: by?,
            management_present: management_present?,
            languages: languages?,
        })
    }

    pub(super) fn point(&mut self, at: &At<'t>) -> Option<Point> {
        self.known(at, &["name", "criterion", "topic", "outcome", "text"]);
        let name = self.line(at, "name");
        let criterion = self.stated(at, "criterion", Self::uri);
        let topic = self.stated(at, "topic", Self::slug);
        let outcome = self
            .word(at, "outcome", Outcome::WORDS)
            .and_then(Outcome::parse);
        let text = self.stated(at, "text", Self::line);
        Some(Point {
            name: name?,
            criterion: criterion?,
            topic: topic?,
            outcome: outcome?,
            text: text?,
        })
    }

    pub(super) fn answered(&mut self, at: &At<'t>) -> Option<Answered> {
        self.known(at, &["id", "sha256"]);
        let id = self.uri(at, "id");
        let sha256 = self.stated(at, "sha256", |r, a, n| {
            let text = r.line(a, n)?;
            let is_hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
            if !is_hash {
                r.wrong(
                    a,
                    n,
                    "this is no SHA-256",
                    Some("64 hexadecimal digits".to_owned()),
                    "copy it from scruple attest show",
                );
            }
            is_hash.then(|| text.to_ascii_lowercase())
        });
        Some(Answered {
            id: id?,
            sha256: sha256?,
        })
    }

    /// Both or neither of a name and its address.
    pub(super) fn named(&mut self, at: &At<'t>, name: &str, id: &str) -> Option<Stated<Named>> {
        let called = self.stated(at, name, Self::line);
        let address = self.stated(at, id, Self::uri);
        match (called?, address?) {
            (Stated::Said(name), Stated::Said(id)) => Some(Stated::Said(Named { name, id })),
            // A scheme without an address is named by one of its own.
            (Stated::Said(name), Stated::Not(_)) => {
                let id = format!("urn:scheme:{}", slug_of(&name));
                Some(Stated::Said(Named { name, id }))
            }
            (Stated::Not(_), Stated::Said(_)) => {
                self.wrong(
                    at,
                    name,
                    "there is an address and no name",
                    None,
                    "write the name",
                );
                None
            }
            (Stated::Not(_), Stated::Not(_)) => Some(Stated::NOT),
        }
    }
}

/// A name as the last part of an address; a name in another script by its hash.
fn slug_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() || !name.is_ascii() {
        return scruple_model::hash::sha256(name.as_bytes())[..16].to_owned();
    }
    parts.join("-")
}
