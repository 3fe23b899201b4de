//! What changed from one version to another, as a reader would say it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::version::{Shown, Version};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Change {
    /// An entry is new.
    Added {
        /// Its key.
        id: String,
        /// Its name.
        name: String,
    },
    /// An entry that was withheld is shown, and opens its commitment.
    Opened {
        /// Its key.
        id: String,
        /// Its name.
        name: String,
        /// Since which version it was withheld.
        since_version: u32,
    },
    /// An entry is gone. An end is written as `until`; this is something else.
    Removed {
        /// Its key.
        id: String,
        /// Its name.
        name: String,
    },
    /// A field has another value.
    Changed {
        /// The key of the entry.
        id: String,
        /// The field.
        field: String,
        /// What stood there; empty for nothing.
        before: String,
        /// What stands there now; empty for nothing.
        after: String,
    },
    /// Something is withheld that was not there before.
    Withheld {
        /// The commitment.
        commitment: String,
        /// Why.
        reason: String,
    },
    /// Something withheld is not there any more as it was, and was not opened: it was taken
    /// out, or changed. Which of the two, the public cannot tell.
    Dropped {
        /// The commitment.
        commitment: String,
    },
    /// A counter-statement is new.
    Answered {
        /// What it calls itself.
        name: String,
    },
    /// A counter-statement is gone.
    Unanswered {
        /// What it calls itself.
        name: String,
    },
}

impl Change {
    /// In one line.
    pub fn said(&self) -> String {
        let nothing = |text: &str| {
            if text.is_empty() {
                "nothing".to_owned()
            } else {
                text.to_owned()
            }
        };
        match self {
            Self::Added { id, name } => format!("new: {name} ({id})"),
            Self::Opened {
                id,
                name,
                since_version,
            } => {
                format!("shown, withheld since version {since_version}: {name} ({id})")
            }
            Self::Removed { id, name } => format!("taken out: {name} ({id})"),
            Self::Changed {
                id,
                field,
                before,
                after,
            } => {
                format!(
                    "{id}: {field} was {}, is {}",
                    nothing(before),
                    nothing(after)
                )
            }
            Self::Withheld { commitment, reason } => {
                format!("withheld: {reason} ({})", short(commitment))
            }
            Self::Dropped { commitment } => {
                format!(
                    "taken out or changed without being shown: {}",
                    short(commitment)
                )
            }
            Self::Answered { name } => format!("new counter-statement: {name}"),
            Self::Unanswered { name } => format!("counter-statement taken out: {name}"),
        }
    }
}

/// The first digits of a hash.
pub fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Everything that differs, entries first, in the order of their keys.
pub fn diff(before: Option<&Version>, after: &Version) -> Vec<Change> {
    let mut changes = Vec::new();
    let none = Vec::new();
    let old = |id: &str| before.and_then(|version| version.get(id));
    for shown in &after.entries {
        let (id, name) = (shown.entry.id.clone(), shown.entry.name.clone());
        match (old(&id), &shown.was_withheld) {
            (Some(known), _) => changes.extend(fields(known, shown)),
            (None, Some(opening)) => changes.push(Change::Opened {
                id,
                name,
                since_version: opening.since_version,
            }),
            (None, None) => changes.push(Change::Added { id, name }),
        }
    }
    for shown in before.map_or(&none, |version| &version.entries) {
        if after.get(&shown.entry.id).is_none() {
            changes.push(Change::Removed {
                id: shown.entry.id.clone(),
                name: shown.entry.name.clone(),
            });
        }
    }
    let hidden = |version: &Version, commitment: &str| {
        version
            .withheld
            .iter()
            .any(|one| one.commitment == commitment)
    };
    for one in &after.withheld {
        if !before.is_some_and(|version| hidden(version, &one.commitment)) {
            changes.push(Change::Withheld {
                commitment: one.commitment.clone(),
                reason: one.reason.clone(),
            });
        }
    }
    for one in before.into_iter().flat_map(|version| &version.withheld) {
        let opened = after.entries.iter().any(|shown| {
            shown
                .was_withheld
                .as_ref()
                .is_some_and(|opening| opening.commitment == one.commitment)
        });
        if !opened && !hidden(after, &one.commitment) {
            changes.push(Change::Dropped {
                commitment: one.commitment.clone(),
            });
        }
    }
    let statements = |version: &Version, sha256: &str| {
        version
            .counter_statements
            .iter()
            .any(|one| one.sha256 == sha256)
    };
    for one in &after.counter_statements {
        if !before.is_some_and(|version| statements(version, &one.sha256)) {
            changes.push(Change::Answered {
                name: one.name.clone(),
            });
        }
    }
    for one in before
        .into_iter()
        .flat_map(|version| &version.counter_statements)
    {
        if !statements(after, &one.sha256) {
            changes.push(Change::Unanswered {
                name: one.name.clone(),
            });
        }
    }
    changes
}

fn fields(before: &Shown, after: &Shown) -> Vec<Change> {
    // An entry is an object of texts and lists of texts.
    let members = |shown: &Shown| match serde_json::to_value(&shown.entry) {
        Ok(Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
    let (old, new) = (members(before), members(after));
    let mut names: Vec<&String> = new
        .keys()
        .chain(old.keys().filter(|key| !new.contains_key(*key)))
        .collect();
    names.dedup();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| Change::Changed {
            id: after.entry.id.clone(),
            field: name.clone(),
            before: old.get(name).map(text).unwrap_or_default(),
            after: new.get(name).map(text).unwrap_or_default(),
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
