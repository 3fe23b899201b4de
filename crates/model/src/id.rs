//! Identifiers, one type each, so that a party's key is never taken for a rule's.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps text that is already known to be such an identifier.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

id! {
    /// A publisher's list: `us-bis-el`, `gb-uksl`; a list of the user's own is `user-NAME`.
    ListId
}
id! {
    /// One record of one list, `list:record`: `us-ofac-sdn:36`.
    RecordId
}
id! {
    /// A rule in a pack, or a duty of our own: `us.ear.744-11`.
    RuleId
}
id! {
    /// A finding: a hash of rule, subject and record ids, stable over vintages.
    FindingId
}
id! {
    /// A question that a person can answer, stable from deal to deal: `q.end-user`.
    QuestionId
}
id! {
    /// A party's key in its deal.
    PartyId
}

impl RecordId {
    /// Joins a list and the publisher's own record id.
    pub fn of(list: &ListId, record: &str) -> Self {
        Self(format!("{list}:{record}"))
    }

    /// The list part, before the first colon.
    pub fn list(&self) -> ListId {
        ListId::new(self.0.split_once(':').map_or("", |(list, _)| list))
    }

    /// The publisher's own id, after the first colon.
    pub fn record(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, record)| record)
    }
}

impl ListId {
    /// Whether the user brought this list, so that no publisher vouches for it.
    pub fn is_users_own(&self) -> bool {
        self.0.starts_with("user-")
    }
}
