//! What an entry of each pack holds, typed.

use schemars::JsonSchema;
use scruple_model::{Effect, Question, QuestionId, Severity};
use serde::{Deserialize, Serialize};

/// Which side of a deal something speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The writer sells.
    #[default]
    Sale,
    /// The writer buys.
    Purchase,
    /// Either.
    Both,
}

impl Side {
    /// Whether it speaks to `side`.
    pub fn covers(self, side: Self) -> bool {
        self == Self::Both || self == side
    }
}

/// A human right.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightBody {
    /// Its short name.
    pub label: String,
    /// Articles of the Universal Declaration.
    pub udhr: Vec<String>,
    /// Articles of the Covenant on Civil and Political Rights.
    pub iccpr: Vec<String>,
    /// Articles of the Covenant on Economic, Social and Cultural Rights.
    pub icescr: Vec<String>,
    /// Other instruments.
    pub other: Vec<String>,
    /// How grave an interference is in itself.
    pub scale: Severity,
    /// Rights-holders, as a group.
    pub holders: String,
}

/// What ties a company to a harm, the nearest first (UNGP 13).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Connection {
    /// Its own act would be the harm.
    Cause,
    /// Its act would make the harm possible, easier or greater.
    Contribute,
    /// The harm would be tied to what it sells or buys by a business relationship.
    Linked,
}

/// Whether there is redress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// There is a channel.
    There,
    /// There is none.
    Missing,
}

/// Whose word stands behind an answer, the weakest first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// The customer or supplier says so.
    #[default]
    Customer,
    /// A document shows it.
    Document,
    /// Somebody independent of the deal shows it.
    Independent,
}

impl Word {
    /// Every word, the weakest first.
    pub const ALL: [Self; 3] = [Self::Customer, Self::Document, Self::Independent];

    /// As it stands in an answers file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Document => "document",
            Self::Independent => "independent",
        }
    }
}

/// One way to answer a question, and what it means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What stands in an answers file.
    pub value: String,
    /// The answer, as a part of a sentence.
    pub text: String,
    /// How grave.
    #[serde(default)]
    pub scale: Option<Severity>,
    /// How many.
    #[serde(default)]
    pub scope: Option<Severity>,
    /// How hard to put right.
    #[serde(default)]
    pub irremediable: Option<Severity>,
    /// Whether it makes harm likely.
    #[serde(default)]
    pub raises: Option<bool>,
    /// How the company would be tied to it.
    #[serde(default)]
    pub connection: Option<Connection>,
    /// Whether there is redress.
    #[serde(default)]
    pub remedy: Option<Remedy>,
}

/// A fact of the deal that answers a question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromDeal {
    /// The fact: `nexus.technical_assistance`.
    pub fact: String,
    /// Its value there, as text.
    pub is: String,
    /// The choice it is.
    pub value: String,
}

/// A question of the assessment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionBody {
    /// The question.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Whether a customer or supplier can be sent it. What others say about it, and what
    /// workers can only say out of its hearing, is asked elsewhere.
    #[serde(default)]
    pub customer: bool,
    /// The larger, the earlier it is asked.
    pub decides: u16,
    /// Which side it is asked on.
    #[serde(default, rename = "for")]
    pub side: Side,
    /// Whose word it takes before an answer counts against likelihood.
    #[serde(default)]
    pub needs: Word,
    /// Whether it makes harm likely alone; of the others two are needed.
    #[serde(default)]
    pub decisive: bool,
    /// Whether it asks for an audit, which is worth nothing where none can be independent.
    #[serde(default)]
    pub audit: bool,
    /// Whether a documented place answers it.
    #[serde(default)]
    pub record: bool,
    /// Whether it asks about the user, so that nobody can answer it while none is named.
    #[serde(default)]
    pub of_user: bool,
    /// Asked only of these capabilities; of all where empty.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Facts of the deal that answer it.
    #[serde(default)]
    pub deal: Vec<FromDeal>,
    /// The answers there are.
    pub choices: Vec<Choice>,
}

impl QuestionBody {
    /// The choice with this value.
    pub fn choice(&self, value: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.value == value)
    }

    /// Whether an answer speaks in the deal's favour: against likelihood, or for less than
    /// the worst it may come to.
    pub fn is_favourable(&self, choice: &Choice) -> bool {
        let milder = |of: fn(&Choice) -> Option<Severity>| {
            let worst = self.choices.iter().filter_map(of).min();
            // Severity orders the gravest first.
            of(choice).is_some_and(|level| worst.is_some_and(|worst| level > worst))
        };
        choice.raises == Some(false)
            || milder(|choice| choice.scale)
            || milder(|choice| choice.scope)
            || milder(|choice| choice.irremediable)
    }

    /// Whether any answer says something about likelihood.
    pub fn bears_on_likelihood(&self) -> bool {
        self.choices.iter().any(|choice| choice.raises.is_some())
    }
}

/// A place of which abuses are documented.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// The places.
    pub places: Vec<String>,
    /// Which side it speaks to.
    #[serde(default, rename = "for")]
    pub side: Side,
    /// Who is affected there, as groups.
    pub groups: Vec<String>,
    /// The rights concerned.
    pub rights: Vec<String>,
    /// Where it is documented.
    pub sources: Vec<String>,
    /// Whether no audit there can be independent.
    #[serde(default)]
    pub audit_impossible: bool,
}

/// A duty that an assessment can show to be unmet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// The claim, with `{item}`, `{pattern}` or `{count}`.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// What it demands.
    pub effect: Effect,
    /// What settles it.
    #[serde(default)]
    pub question: Option<Question>,
}

/// An entry of `impact` or `forced-labour`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImpactBody {
    /// A question.
    Question(QuestionBody),
    /// A documented place.
    Place(PlaceBody),
    /// A duty.
    Rule(RuleBody),
}

/// What a measure takes away for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Removes {
    /// One capability, which the answers name where there are several.
    Capability,
    /// The whole deal.
    Deal,
}

/// A measure against harm. What it does is the entry's summary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureBody {
    /// What to call it.
    pub label: String,
    /// What it does not fix.
    pub not_fixed: String,
    /// Who takes it.
    pub who: String,
    /// What shows that it was taken.
    pub evidence: String,
    /// After how many months to look again; never where left out.
    #[serde(default)]
    pub again_months: Option<u16>,
    /// The questions whose risk it bears on.
    pub answers: Vec<QuestionId>,
    /// The gravest harm for which it may count as an answer; never where left out.
    #[serde(default)]
    pub enough_for: Option<Severity>,
    /// What it takes away for good, if anything.
    #[serde(default)]
    pub removes: Option<Removes>,
    /// Which side it is for.
    #[serde(default, rename = "for")]
    pub side: Side,
}

/// One feature of a pattern, and what shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// The feature in words.
    pub text: String,
    /// Shown by any of these capabilities.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Shown by an answer to this question.
    #[serde(default)]
    pub question: Option<QuestionId>,
    /// One of these answers.
    #[serde(default)]
    pub is: Vec<String>,
    /// Shown by a place of the deal within one of these.
    #[serde(default)]
    pub places: Vec<String>,
}

/// A pattern documented elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternBody {
    /// Its name, as it follows "features of".
    pub label: String,
    /// So many features make a finding.
    pub least: usize,
    /// Harm where the pattern was documented.
    pub severity: Severity,
    /// Where.
    pub sources: Vec<String>,
    /// Which side it speaks to.
    #[serde(default, rename = "for")]
    pub side: Side,
    /// Its features.
    pub features: Vec<Feature>,
}
