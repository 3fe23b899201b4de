//! One version of what the public reads, and its hash.
//!
//! The hash is over RFC 8785 JSON and holds the hash of the version before. Who
//! keeps one hash can check every earlier version. What is withheld stands in it
//! as a commitment: SHA-256 over a salt and the entry. The salt follows from a
//! key that the owner keeps, so that it need not be stored for each entry, and
//! an entry gives the same commitment as long as it does not change.

use hmac::{Hmac, KeyInit as _, Mac as _};
use schemars::JsonSchema;
use scruple_model::hash::{sha256, sha256_parts};
use scruple_model::{Date, PartialDate};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::entry::{Entry, Kind, Role, State};
use crate::file::{Kept, Register};

/// The name of the format.
pub const SCHEMA: &str = "scruple.register/1";

/// The key that salts follow from: 32 random bytes that the owner keeps.
#[derive(Clone)]
pub struct SaltKey([u8; 32]);

impl SaltKey {
    /// From random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    fn salt(&self, canonical: &[u8]) -> String {
        // HMAC takes a key of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes any key");
        mac.update(b"scruple.register/1 salt\n");
        mac.update(canonical);
        mac.finalize()
            .into_bytes()
            .iter()
            .fold(String::new(), |mut text, byte| {
                use std::fmt::Write as _;
                // Writing to a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}

impl std::fmt::Debug for SaltKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SaltKey(…)")
    }
}

/// What opens a commitment: with it everybody computes the same hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The commitment that earlier versions show.
    pub commitment: String,
    /// The salt.
    pub salt: String,
    /// The first version that showed it.
    pub since_version: u32,
}

/// An entry as the public reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
    /// What opens the commitment that stood in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_withheld: Option<Opening>,
}

/// An entry that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// The commitment to it: SHA-256, hexadecimal.
    pub commitment: String,
    /// Whether it is delayed or withheld.
    pub state: State,
    /// Why.
    pub reason: String,
    /// In which role.
    pub roles: Vec<Role>,
    /// From when a delayed one is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub show_from: Option<Date>,
}

/// A statement by workers or affected groups, as the register shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterStatement {
    /// What it calls itself.
    pub name: String,
    /// Who makes it.
    pub by: String,
    /// What it is about.
    pub about: String,
    /// Its words.
    pub text: String,
    /// What can be said of its signature, in words.
    pub checked: String,
    /// The name of the file on the site.
    pub file: String,
    /// SHA-256 over its canonical JSON.
    pub sha256: String,
}

/// Whose register, as the public reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicOwner {
    /// Its name.
    pub name: String,
    /// Its number in a public register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where anybody writes.
    pub contact: String,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// `scruple.register/1`.
    pub schema: String,
    /// Whose.
    pub owner: PublicOwner,
    /// Its number, from 1.
    pub version: u32,
    /// The day it was published.
    #[schemars(with = "String")]
    pub published: Date,
    /// The hash of the version before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// What is shown, in the order of keys.
    pub entries: Vec<Shown>,
    /// What is not, in the order of commitments.
    pub withheld: Vec<Withheld>,
    /// What workers and affected groups say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counter_statements: Vec<CounterStatement>,
}

/// The RFC 8785 bytes of a value of ours.
fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| scruple_ledger::canonical_value(&value).ok())
        // Texts, days and version numbers: nothing that JSON cannot hold.
        .expect("texts and small numbers have a spelling")
        .into_bytes()
}

/// The commitment to an entry under a salt: SHA-256 over both, each with its length.
pub fn commitment(salt: &str, entry: &Entry) -> String {
    sha256_parts([
        b"scruple.register/1 entry".as_slice(),
        salt.as_bytes(),
        &canonical(entry),
    ])
}

/// Whether an opening fits the entry it stands at.
pub fn opens(shown: &Shown) -> Option<bool> {
    let opening = shown.was_withheld.as_ref()?;
    Some(commitment(&opening.salt, &shown.entry) == opening.commitment)
}

impl Version {
    /// The version that a register makes on a day, after the `earlier` ones, oldest first.
    pub fn of(
        register: &Register,
        key: &SaltKey,
        today: Date,
        earlier: &[Self],
        counter_statements: Vec<CounterStatement>,
    ) -> Self {
        let (mut entries, mut withheld) = (Vec::new(), Vec::new());
        for kept in &register.entries {
            let salt = key.salt(&canonical(&kept.entry));
            let commitment = commitment(&salt, &kept.entry);
            if kept.is_shown(today) {
                entries.push(Shown {
                    entry: kept.entry.clone(),
                    was_withheld: first_shown(earlier, &commitment).map(|since_version| Opening {
                        commitment,
                        salt,
                        since_version,
                    }),
                });
            } else {
                withheld.push(hide(kept, commitment));
            }
        }
        entries.sort_by(|a, b| a.entry.id.cmp(&b.entry.id));
        withheld.sort_by(|a, b| a.commitment.cmp(&b.commitment));
        let last = earlier.last();
        Self {
            schema: SCHEMA.to_owned(),
            owner: PublicOwner {
                name: register.owner.name.clone(),
                number: register.owner.number.clone(),
                contact: register.owner.contact.clone(),
            },
            version: last.map_or(1, |last| last.version + 1),
            published: today,
            previous: last.map(Self::hash),
            entries,
            withheld,
            counter_statements,
        }
    }

    /// The hash that names it.
    pub fn hash(&self) -> String {
        sha256(&canonical(self))
    }

    /// The bytes that the hash is over.
    pub fn bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// Whether the public would read something else than in `other`, apart from the day.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let bare = |version: &Self| Self {
            version: 0,
            published: Date::MIN,
            previous: None,
            ..version.clone()
        };
        bare(self) == bare(other)
    }

    /// The entry with that key.
    pub fn get(&self, id: &str) -> Option<&Shown> {
        self.entries.iter().find(|shown| shown.entry.id == id)
    }

    /// What is shown here and `before` withheld without a day: keys, each with the reason
    /// that stood there.
    pub fn uncovers(&self, before: &Self) -> Vec<(String, String)> {
        let reason = |shown: &Shown| {
            let opening = shown.was_withheld.as_ref()?;
            let hidden = before
                .withheld
                .iter()
                .find(|one| one.state == State::Withhold && one.commitment == opening.commitment)?;
            Some((shown.entry.id.clone(), hidden.reason.clone()))
        };
        self.entries
            .iter()
            .filter(|shown| before.get(&shown.entry.id).is_none())
            .filter_map(reason)
            .collect()
    }

    /// Entries that a reader looks for under a role; each under its first role only.
    pub fn in_role(&self, role: Role) -> Vec<&Shown> {
        self.entries
            .iter()
            .filter(|shown| shown.entry.roles.first() == Some(&role))
            .collect()
    }
}

fn hide(kept: &Kept, commitment: String) -> Withheld {
    Withheld {
        commitment,
        state: kept.state,
        reason: kept.reason.clone().unwrap_or_default(),
        roles: kept.entry.roles.clone(),
        show_from: kept.show_from,
    }
}

fn first_shown(earlier: &[Version], commitment: &str) -> Option<u32> {
    earlier
        .iter()
        .find(|version| {
            version
                .withheld
                .iter()
                .any(|one| one.commitment == commitment)
        })
        .map(|version| version.version)
}

/// Why versions are no history of one register.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFault {
    /// A number is missing or stands twice.
    #[error("version {found} stands where version {expected} belongs")]
    Number {
        /// What belongs there.
        expected: u32,
        /// What stands there.
        found: u32,
    },
    /// One was changed after the next was made.
    #[error("version {0} was changed after version {next} was published: its hash differs", next = .0 + 1)]
    Changed(u32),
    /// A day before the one of the version before.
    #[error("version {0} is of an earlier day than the one before it")]
    Day(u32),
    /// An opening that fits nothing, or that no earlier version showed a commitment for.
    #[error("version {version}: the entry {id} does not open a commitment that was shown before")]
    Opening {
        /// The version.
        version: u32,
        /// The entry.
        id: String,
    },
}

/// Whether versions, oldest first, are one unbroken history.
///
/// # Errors
/// The first place where they are not.
pub fn check_history(versions: &[Version]) -> Result<(), HistoryFault> {
    for (expected, version) in (1..).zip(versions) {
        if version.version != expected {
            return Err(HistoryFault::Number {
                expected,
                found: version.version,
            });
        }
        let was_shown = |opening: &Opening| {
            versions.iter().zip(1..expected).any(|(earlier, number)| {
                number == opening.since_version
                    && earlier
                        .withheld
                        .iter()
                        .any(|one| one.commitment == opening.commitment)
            })
        };
        if let Some(shown) = version.entries.iter().find(|shown| {
            opens(shown) == Some(false)
                || shown.was_withheld.as_ref().is_some_and(|o| !was_shown(o))
        }) {
            return Err(HistoryFault::Opening {
                version: expected,
                id: shown.entry.id.clone(),
            });
        }
    }
    for pair in versions.windows(2) {
        if pair[1].previous.as_deref() != Some(pair[0].hash().as_str()) {
            return Err(HistoryFault::Changed(pair[0].version));
        }
        if pair[1].published < pair[0].published {
            return Err(HistoryFault::Day(pair[1].version));
        }
    }
    Ok(())
}

/// Since when, as a page says it.
pub(crate) fn span(since: PartialDate, until: Option<PartialDate>) -> String {
    match until {
        Some(until) => format!("{since} to {until}"),
        None => format!("since {since}"),
    }
}

/// FollowTheMoney's schema of a kind.
pub(crate) fn schema_of(kind: Kind) -> scruple_model::Schema {
    use scruple_model::Schema;
    match kind {
        Kind::Company => Schema::Company,
        Kind::Organisation => Schema::Organization,
        Kind::PublicBody | Kind::PublicOffice => Schema::PublicBody,
        Kind::ListedPerson => Schema::Person,
    }
}
