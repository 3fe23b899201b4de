//! What a screening gives back: the party, the score, and the grounds for it.

use schemars::JsonSchema;
use scruple_model::{Band, Country, ListId, Listing, NameKind, RecordId, Schema};
use serde::Serialize;

/// A listed party that the query may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Match {
    /// The listed record.
    pub id: RecordId,
    /// Its name to print.
    pub caption: String,
    /// What kind of thing it is.
    pub schema: Schema,
    /// How well it agrees, 0 to 10,000: `weight` on a published scale.
    pub score: u16,
    /// The sum of all contributions, in thousandths of a logit.
    pub weight: i32,
    /// The score in words.
    pub band: Band,
    /// The lists it stands on.
    pub lists: Vec<ListId>,
    /// Its designations.
    pub listings: Vec<Listing>,
    /// Its countries.
    pub countries: Vec<Country>,
    /// Why it is listed, in the lists' words.
    pub reasons: Vec<String>,
    /// How the score came about.
    pub explanation: Explanation,
}

/// Which part of which name agreed, and what did not. The points of pairs, of what is
/// left, of adjustments, and `whole` add up to [`Match::weight`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Explanation {
    /// The name asked for, as given.
    pub query_name: String,
    /// The listed name it was compared with, as printed.
    pub listed_name: String,
    /// How the list gives that name.
    pub listed_kind: NameKind,
    /// What agreed.
    pub pairs: Vec<Pair>,
    /// Parts of the query that nothing answered to.
    pub unmatched_query: Vec<Left>,
    /// Parts of the listed name that nothing answered to.
    pub unmatched_listed: Vec<Left>,
    /// What else moved the score.
    pub adjustments: Vec<Adjustment>,
    /// What belongs to no single part: where every comparison starts, and whether
    /// one word had to carry it or every word agreed.
    pub whole: i32,
}

/// A part of the query and the part of the listed name it agrees with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pair {
    /// As the query has it.
    pub query: String,
    /// As the list has it.
    pub listed: String,
    /// How the scripts were bridged: `Cyrillic to Latin`; none within one script.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// In what way they agree.
    pub agreement: Agreement,
    /// How rare what agrees is, in bits / 256.
    pub bits: u32,
    /// How far apart the spellings are, in hundredths of a letter.
    pub cost: u32,
    /// What this adds to the weight.
    pub points: i32,
}

impl Pair {
    /// What a reader has to be told of two texts that may share no letter; none where
    /// the texts speak for themselves.
    pub fn remark(&self) -> Option<&'static str> {
        (self.agreement == Agreement::Cognate).then_some("one given name")
    }
}

/// A part that nothing answered to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Left {
    /// As written.
    pub text: String,
    /// What this adds to the weight, mostly less than nothing.
    pub points: i32,
}

/// In what way two parts agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// The same, but for case and accents.
    Exact,
    /// The same sound in two scripts or two conventions of spelling.
    Transliterated,
    /// The same letters, parted differently: `Ali Reza`, `Alireza`.
    Joined,
    /// One or two letters differ.
    Typo,
    /// The same given name in another language, or its short form: `Yusuf`, `Joseph`.
    Cognate,
    /// A letter for a name that begins with it.
    Initial,
    /// The first letters of several words.
    Acronym,
    /// The same meaning, in another word or language: `zavod`, `plant`.
    Meaning,
    /// The same legal form, in other words.
    LegalForm,
    /// The same identifier.
    Identifier,
}

/// Something beside the name that moved the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Adjustment {
    /// What, as a sentence without a full stop.
    pub what: String,
    /// By how much.
    pub points: i32,
}
