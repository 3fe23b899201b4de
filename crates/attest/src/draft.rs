//! The draft that people fill in: TOML with a comment at each item.
//!
//! Reading it tells every problem at once, each with its line. An item that is
//! missing is a problem like a wrong one: `"not stated"` has to be written by
//! somebody, since that is a statement too.

mod read;

use scruple_model::{Date, Problem};

use crate::terms::{Kind, Outcome, Stated, Terms};

/// The name of the format.
pub const SCHEMA: &str = "scruple.attestation-draft/1";

/// What stands for a fact that nobody states.
pub const NOT_STATED: &str = "not stated";

/// One point that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// The criterion's address.
    pub criterion: Stated<String>,
    /// The last part of UNTP's address of the topic.
    pub topic: Stated<String>,
    /// What came out.
    pub outcome: Outcome,
    /// What was seen.
    pub text: Stated<String>,
}

/// A name with the address that identifies what it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The address.
    pub id: String,
}

/// A draft, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// `urn:uuid:…`, the id of what will be signed.
    pub id: String,
    /// Its name.
    pub name: String,
    /// UNTP's `attestationType`.
    pub kind_of_attestation: String,
    /// UNTP's `assessorLevel`.
    pub assessor: Stated<String>,
    /// UNTP's `assessmentLevel`.
    pub endorsement: Stated<String>,
    /// Who makes it.
    pub issuer: String,
    /// Whom it is about.
    pub about: Named,
    /// The scheme.
    pub scheme: Stated<Named>,
    /// The profile or version of it.
    pub profile: Stated<Named>,
    /// Who accredited the auditor.
    pub accreditor: Stated<String>,
    /// From when it holds.
    pub from: Date,
    /// Until when.
    pub until: Stated<Date>,
    /// What was looked at, point by point.
    pub points: Vec<Point>,
    /// Everything UNTP has no term for.
    pub terms: Terms,
}

impl Draft {
    /// Reads a draft.
    ///
    /// # Errors
    /// Every problem of it.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        read::read(text)
    }
}

/// A draft to start from. `id` is `urn:uuid:` with a random UUID that the caller makes.
pub fn template(kind: Kind, id: &str, today: Date, answers: &[(String, Option<String>)]) -> String {
    let (kind_of_attestation, help) = match kind {
        Kind::Audit => (
            "inspection",
            "What the auditors say in their own words, if anything.",
        ),
        Kind::CounterStatement => (
            "declaration",
            "The statement itself, in the words of those who make it.",
        ),
    };
    let mut answered = String::new();
    if kind == Kind::CounterStatement {
        answered.push_str(
            "\n# What this answers: the id of the attestation, and the SHA-256 that\n\
             # scruple attest show prints, where you have it.\n",
        );
        let none = [(String::new(), None)];
        for (id, sha256) in if answers.is_empty() {
            &none[..]
        } else {
            answers
        } {
            let sha256 = sha256.as_deref().unwrap_or(NOT_STATED);
            answered.push_str(&format!(
                "[[answers]]\nid = \"{id}\"\nsha256 = \"{sha256}\"\n"
            ));
        }
    }
    let text = include_str!("draft.toml")
        .replace("{kind}", kind.as_str())
        .replace("{id}", id)
        .replace("{statement_help}", help)
        .replace("{type}", kind_of_attestation)
        .replace("{today}", &today.to_string());
    format!("{}\n{answered}", text.replace("{answers}", "").trim_end())
}
