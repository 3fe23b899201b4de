//! What decides how much an audit is worth, and has no term in UNTP.
//!
//! Each item is there, or says `not-stated`; a reader who finds neither knows
//! that somebody took it out. The whole stands in one JSON literal under
//! [`TERMS`], so that no context has to be fetched and none can change it.

use schemars::JsonSchema;
use scruple_model::Date;
use serde::{Deserialize, Serialize};

/// The member of `credentialSubject` that holds [`Terms`] as a JSON literal.
pub const TERMS: &str = "https://github.com/scruple/scruple/ns/audit-1";

/// A fact that was stated, or of which it is said that it was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Stated<T> {
    /// `"not-stated"`.
    Not(NotStated),
    /// The fact.
    Said(T),
}

/// The word `not-stated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum NotStated {
    /// The word.
    #[serde(rename = "not-stated")]
    NotStated,
}

impl<T> Stated<T> {
    /// Nobody stated it.
    pub const NOT: Self = Self::Not(NotStated::NotStated);

    /// The fact, where it was stated.
    pub fn said(&self) -> Option<&T> {
        match self {
            Self::Said(value) => Some(value),
            Self::Not(_) => None,
        }
    }
}

/// The closed lists, in one table: each word, how it is written and how it is said.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $said:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every word, in the order it is documented.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            /// The word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The same as a person would say it.
            pub fn said(self) -> &'static str {
                match self { $(Self::$variant => $said),* }
            }
        }
    )*};
}

words! {
    /// What kind of statement it is.
    Kind {
        /// Somebody assessed a site or a firm.
        Audit = "audit", "an audit";
        /// Workers or affected groups answer one.
        CounterStatement = "counter-statement", "a counter-statement";
    }

    /// Whether the audited firm knew that auditors would come.
    Announced {
        /// It knew the day.
        Announced = "announced", "announced beforehand";
        /// It knew the weeks, not the day.
        Window = "semi-announced", "announced for a stretch of time";
        /// It did not know.
        Unannounced = "unannounced", "not announced";
    }

    /// Who chose the auditor, or paid.
    Payer {
        /// The audited firm.
        Audited = "audited-firm", "the audited firm";
        /// Somebody who buys from it.
        Buyer = "buyer", "a buyer";
        /// The scheme.
        Scheme = "scheme", "the scheme";
        /// Workers, or their union.
        Workers = "workers", "workers or their union";
        /// A public authority.
        Authority = "authority", "a public authority";
        /// A fund that several of them fill.
        Pool = "common-fund", "a common fund";
        /// Somebody else.
        Other = "other", "somebody else";
    }

    /// What the auditors could enter, see and whom they could speak with.
    Access {
        /// All they asked for.
        Full = "full", "everything asked for was open";
        /// Less than they asked for.
        Limited = "limited", "some of what was asked for was closed";
        /// They were kept out.
        Refused = "refused", "refused";
    }

    /// Where workers were asked.
    Where {
        /// On the site.
        OnSite = "on-site", "on the site";
        /// In housing that the firm runs.
        Housing = "company-housing", "in housing of the firm";
        /// Away from both.
        OffSite = "off-site", "away from the site";
        /// By telephone or video.
        Remote = "remote", "from afar";
    }

    /// Who asked them.
    Interviewer {
        /// The auditors.
        Auditor = "auditor", "the auditors";
        /// An organisation that neither the firm nor the auditor chose.
        Independent = "independent-organisation", "an independent organisation";
        /// A union.
        Union = "union", "a union";
        /// People of the audited firm.
        Audited = "audited-firm", "people of the audited firm";
    }

    /// What was found on one point.
    Outcome {
        /// It conforms.
        Conforms = "conforms", "conforms";
        /// It does not.
        DoesNot = "does-not-conform", "does not conform";
        /// It could not be assessed.
        NotAssessed = "not-assessed", "could not be assessed";
    }
}

/// Interviews that were held under one set of circumstances. Numbers and words
/// of closed lists only: nobody can be recognised in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Interviews {
    /// How many people were asked.
    pub number: Stated<u32>,
    /// Where.
    pub place: Stated<Where>,
    /// By whom.
    pub by: Stated<Interviewer>,
    /// Whether managers of the firm were there.
    pub management_present: Stated<bool>,
    /// In which languages, as codes of two or three letters.
    pub languages: Stated<Vec<String>>,
}

/// A site that was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Visit {
    /// Its id, as in `assessedFacility`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Country or region: `cn-xj`.
    pub place: Stated<String>,
    /// The first day.
    #[schemars(with = "Stated<String>")]
    pub from: Stated<Date>,
    /// The last day.
    #[schemars(with = "Stated<String>")]
    pub until: Stated<Date>,
}

/// What a counter-statement answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Answered {
    /// The id of the attestation.
    pub id: String,
    /// SHA-256 over its canonical JSON with its proof, where its makers had it.
    pub sha256: Stated<String>,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Terms {
    /// What kind of statement.
    pub kind: Kind,
    /// What was looked at, in words.
    pub scope: Stated<String>,
    /// The text of a counter-statement, or a summary of the audit.
    pub statement: Stated<String>,
    /// Sites and days.
    pub visits: Stated<Vec<Visit>>,
    /// Whether the firm knew.
    pub announced: Stated<Announced>,
    /// Who chose the auditor.
    pub chosen_by: Stated<Payer>,
    /// Who paid the auditor.
    pub paid_by: Stated<Payer>,
    /// What was open to the auditors.
    pub access: Stated<Access>,
    /// What was closed, in words.
    pub access_limits: Stated<Vec<String>>,
    /// Whom the auditors spoke with.
    pub interviews: Stated<Vec<Interviews>>,
    /// What could not be assessed.
    pub not_assessed: Stated<Vec<String>>,
    /// Who accredited the auditor, and its number there.
    pub accreditation: Stated<String>,
    /// What it answers; empty for an audit.
    pub answers: Vec<Answered>,
}
