//! What rules say, pack by pack, as facts.

use schemars::JsonSchema;
use scruple_model::deal::Role;
use scruple_model::{Effect, ListId, Question, QuestionId, Severity};
use serde::{Deserialize, Serialize};

use crate::words;

/// A question as a pack writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackQuestion {
    /// `q.us-content`.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Where the answer goes; left out where the fact's own field is meant.
    #[serde(default)]
    pub field: Option<String>,
}

impl PackQuestion {
    /// The question for a finding; `field` where the pack names none.
    pub fn to_question(&self, field: &str) -> Question {
        Question {
            id: self.id.clone(),
            text: self.text.clone(),
            ask: self.ask.clone(),
            field: self.field.clone().unwrap_or_else(|| field.to_owned()),
        }
    }
}

/// Which side of a deal a list speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Either.
    #[default]
    Both,
    /// Only where the writer sells.
    Sale,
    /// Only where the writer buys.
    Purchase,
}

/// What being on a list means for a deal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListBody {
    /// The list.
    pub list: ListId,
    /// Names the field uses for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The regime by which it binds.
    pub regime: String,
    /// What it demands.
    pub effect: Effect,
    /// Which side it speaks to.
    #[serde(default)]
    pub direction: Direction,
    /// The roles of the listed party for which it does; all where left out.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Harm to people if a match is true, where the list says anything about people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim, with `{party}` for the party.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// How the listed party, or somebody taken for it, has it corrected.
    pub correction: String,
    /// The publisher's page for that.
    #[serde(default)]
    pub correction_link: Option<String>,
    /// How often it changes: an older copy is stale.
    pub cadence_days: u16,
    /// A whole copy has at least so many records, counted as the publisher counts
    /// them: fewer are an excerpt. Far below any edition since 2020; zero where we do
    /// not know.
    #[serde(default)]
    pub least_records: u64,
    /// The publisher's page.
    #[serde(default)]
    pub homepage: Option<String>,
}

/// One fact that makes a regime bind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bind {
    /// `nexus.us_persons`.
    pub fact: String,
    /// True where the fact is this.
    #[serde(default)]
    pub is: Option<bool>,
    /// True where the fact is a place within one of these, groups included.
    #[serde(default)]
    pub within: Vec<String>,
    /// True where the fact is a number above this.
    #[serde(default)]
    pub above: Option<f64>,
    /// True where the fact is one of these words.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// Counts only for goods that go to one of these places.
    #[serde(default)]
    pub destinations: Vec<String>,
    /// Only opens the matter: where the test holds it cannot be told, and the
    /// question settles it.
    #[serde(default)]
    pub opens: bool,
    /// Why it binds, as the brief says it.
    pub because: String,
    /// What to ask where the fact is unknown.
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// A body of law, and what makes it bind a deal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegimeBody {
    /// Its title.
    pub title: String,
    /// Whose law.
    pub jurisdiction: String,
    /// What kind of law.
    pub kind: RegimeKind,
    /// Any one of these suffices.
    pub binds: Vec<Bind>,
}

/// What kind of law a regime is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegimeKind {
    /// On what leaves.
    ExportControl,
    /// On dealings with somebody.
    Sanctions,
    /// On what comes in.
    ImportBan,
}

/// How long somebody keeps what was checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionBody {
    /// Its title.
    pub title: String,
    /// The regime whose duty it is.
    pub regime: String,
    /// Years.
    pub years: u16,
    /// Whether they run from the end of the calendar year.
    #[serde(default)]
    pub from_year_end: bool,
}

impl RetentionBody {
    /// The period in words: "4 years from the end of the calendar year".
    pub fn period(&self) -> String {
        let years = words::count(self.years.into(), "year");
        if self.from_year_end {
            format!("{years} from the end of the calendar year")
        } else {
            years
        }
    }

    /// Whole years that surely cover the period: one more where it runs from the end of
    /// the year.
    pub fn whole_years(&self) -> u16 {
        self.years + u16::from(self.from_year_end)
    }
}

/// Where in a deal a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceField {
    /// `destination`.
    Destination,
    /// `transit`.
    Transit,
    /// `place_of_use`.
    PlaceOfUse,
    /// `items[].origin`.
    Origin,
}

/// What a rule says about a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// The places, groups included.
    pub places: Vec<String>,
    /// Which of the deal's places it speaks of.
    pub applies_to: Vec<PlaceField>,
    /// The regime by which it binds; none for guidance that speaks to everybody.
    #[serde(default)]
    pub regime: Option<String>,
    /// What it demands.
    pub effect: Effect,
    /// Which side it speaks to.
    #[serde(default)]
    pub direction: Direction,
    /// Harm to people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim, with `{place}` for the place.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// What decides whether the item falls under it, where that is open. A rule
    /// with one never gives more than "cannot tell".
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// When a duty of our own speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// No party has the role `end-user`.
    NoEndUser,
    /// The end use is unknown.
    NoEndUse,
    /// The place of use is unknown.
    NoPlaceOfUse,
    /// The destination is unknown.
    NoDestination,
    /// A country is named without the region, and rules speak of one of its regions.
    RegionUnknown,
    /// A fact is unknown that would decide whether a regime binds.
    NexusUnknown,
    /// An authorisation that is held ran out before the day.
    AuthorisationExpired,
    /// Nobody said how long an authorisation holds.
    AuthorisationExpiryUnknown,
    /// A party is on a list whose regime does not bind.
    ListedWhereListDoesNotBind,
    /// Who owns a party is not known, or not enough of it.
    OwnersUnknown,
    /// A party that the house's own register should show is not in it.
    AbsentFromRegister,
    /// Rules that bear on a licence do not hold, in wording that nobody compared.
    WordingUnconfirmed,
    /// A party is in one building with a listed one, or at a listed address.
    SharesAddress,
    /// Of a party no address is known, and a list holds addresses of its country.
    AddressUnknown,
    /// A number of a party has a check digit that does not agree.
    IdentifierMistyped,
    /// Facts or words of the deal show warning signs.
    WarningSigns,
}

/// A duty of our own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyBody {
    /// When it speaks.
    pub when: When,
    /// What it demands.
    pub effect: Effect,
    /// Harm to people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// What settles it.
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// A list that is known and cannot be read yet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRead {
    /// An id for it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Why it matters.
    pub why: String,
    /// The publisher's page.
    #[serde(default)]
    pub link: Option<String>,
}
