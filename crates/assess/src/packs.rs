//! What the packs of an assessment hold: rights, questions, places, duties,
//! measures and patterns, typed and compared with each other when loaded.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::{Date, Effect, Place, Problem, Question, QuestionId, RuleId, Severity, Span};
use scruple_pack::{Entry, Pack, PackError, PackProblem, load};
use serde::{Deserialize, Serialize};

/// The packs an assessment is made with, by name.
pub const NAMES: [&str; 5] = [
    "rights",
    "impact",
    "forced-labour",
    "mitigations",
    "patterns",
];

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
    /// Whether it takes the capability away for good.
    #[serde(default)]
    pub removes: bool,
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

/// Every pack of an assessment, typed.
#[derive(Clone, Debug)]
pub struct Packs {
    /// Rights.
    pub rights: Pack<RightBody>,
    /// Questions, places and duties.
    pub impact: Pack<ImpactBody>,
    /// The same for goods bought.
    pub forced_labour: Pack<ImpactBody>,
    /// Measures.
    pub mitigations: Pack<MeasureBody>,
    /// Patterns.
    pub patterns: Pack<PatternBody>,
}

impl Packs {
    /// Types the texts of the packs in [`NAMES`], with all problems at once.
    ///
    /// # Errors
    /// A pack that does not load, or names what no other pack has.
    pub fn load(text: &dyn Fn(&str) -> String) -> Result<Self, PackError> {
        let mut problems = Vec::new();
        let mut keep = |error: PackError| problems.extend(error.0);
        let rights = load("rights", &text("rights")).map_err(&mut keep);
        let impact = load("impact", &text("impact")).map_err(&mut keep);
        let labour = load("forced-labour", &text("forced-labour")).map_err(&mut keep);
        let measures = load("mitigations", &text("mitigations")).map_err(&mut keep);
        let patterns = load("patterns", &text("patterns")).map_err(&mut keep);
        let (Ok(rights), Ok(impact), Ok(forced_labour)) = (rights, impact, labour) else {
            return Err(PackError(problems));
        };
        let (Ok(mitigations), Ok(patterns)) = (measures, patterns) else {
            return Err(PackError(problems));
        };
        let packs = Self {
            rights,
            impact,
            forced_labour,
            mitigations,
            patterns,
        };
        let wrong = packs.faults();
        if wrong.is_empty() {
            Ok(packs)
        } else {
            Err(PackError(wrong))
        }
    }

    /// Every question for a side, the most deciding first.
    pub fn questions(&self, side: Side) -> Vec<(&Entry<ImpactBody>, &QuestionBody)> {
        let mut all: Vec<_> = self
            .all()
            .filter_map(|(_, entry)| match &entry.body {
                ImpactBody::Question(body) if body.side.covers(side) => Some((entry, body)),
                _ => None,
            })
            .collect();
        all.sort_by(|a, b| (b.1.decides, &a.0.id).cmp(&(a.1.decides, &b.0.id)));
        all
    }

    /// The question with this id, whichever side.
    pub fn question(&self, id: &str) -> Option<&QuestionBody> {
        self.all().find_map(|(_, entry)| match &entry.body {
            ImpactBody::Question(body) if entry.id.as_str() == id => Some(body),
            _ => None,
        })
    }

    /// The free facts of a deal that answer questions, each with the question's id.
    pub fn free_facts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().flat_map(|(_, entry)| {
            let asked = match &entry.body {
                ImpactBody::Question(body) => body.deal.as_slice(),
                _ => &[],
            };
            asked.iter().filter_map(move |from| {
                Some((
                    from.fact.strip_prefix(crate::known::FREE)?,
                    entry.id.as_str(),
                ))
            })
        })
    }

    /// The ids of all questions.
    pub fn question_ids(&self) -> impl Iterator<Item = &str> {
        self.all()
            .filter(|(_, entry)| matches!(entry.body, ImpactBody::Question(_)))
            .map(|(_, entry)| entry.id.as_str())
    }

    /// The documented places that hold `place`, for a side and on a day.
    pub fn places<'a>(
        &'a self,
        place: &'a Place,
        side: Side,
        day: Date,
    ) -> impl Iterator<Item = (&'static str, &'a Entry<ImpactBody>, &'a PlaceBody)> {
        self.all().filter_map(move |(pack, entry)| {
            let ImpactBody::Place(body) = &entry.body else {
                return None;
            };
            let begun = entry.periods.iter().any(|period| period.from <= day);
            (begun && body.side.covers(side) && within(place, &body.places))
                .then_some((pack, entry, body))
        })
    }

    /// A duty by its id.
    pub fn rule(&self, id: &str) -> Option<(&Entry<ImpactBody>, &RuleBody)> {
        let entry = self.impact.get(&RuleId::new(id))?;
        match &entry.body {
            ImpactBody::Rule(body) => Some((entry, body)),
            _ => None,
        }
    }

    /// A right by its id.
    pub fn right(&self, id: &str) -> Option<&Entry<RightBody>> {
        self.rights.get(&RuleId::new(id))
    }

    fn all(&self) -> impl Iterator<Item = (&'static str, &Entry<ImpactBody>)> {
        let impact = self.impact.entries.iter().map(|entry| ("impact", entry));
        let labour = self.forced_labour.entries.iter();
        impact.chain(labour.map(|entry| ("forced-labour", entry)))
    }

    /// What one pack names and no other has.
    fn faults(&self) -> Vec<PackProblem> {
        let mut wrong = Vec::new();
        let mut say = |pack: &str, what: String| {
            wrong.push(PackProblem {
                pack: pack.to_owned(),
                problem: Problem {
                    at: Span::default(),
                    field: String::new(),
                    what,
                    expected: None,
                    nearest: None,
                    next: "write the name as the other pack has it".to_owned(),
                },
            });
        };
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for (pack, entry) in self.all() {
            if !ids.insert(entry.id.as_str()) {
                say(pack, format!("{} stands in two packs", entry.id));
            }
            match &entry.body {
                ImpactBody::Question(body) => {
                    for what in question_faults(body) {
                        say(pack, format!("{}: {what}", entry.id));
                    }
                }
                ImpactBody::Place(body) => {
                    for right in body.rights.iter().filter(|id| self.right(id).is_none()) {
                        say(pack, format!("{} names an unknown right {right}", entry.id));
                    }
                    for code in body.places.iter().filter(|c| Place::parse(c).is_none()) {
                        say(pack, format!("{} names an unknown place {code}", entry.id));
                    }
                }
                ImpactBody::Rule(_) => {}
            }
        }
        for id in crate::findings::RULES {
            if self.rule(id).is_none() {
                say("impact", format!("there is no duty {id}"));
            }
        }
        for entry in &self.mitigations.entries {
            for id in &entry.body.answers {
                if self.question(id.as_str()).is_none() {
                    say(
                        "mitigations",
                        format!("{} answers an unknown question {id}", entry.id),
                    );
                }
            }
        }
        for entry in &self.patterns.entries {
            for feature in &entry.body.features {
                for what in self.feature_faults(feature) {
                    say("patterns", format!("{}: {what}", entry.id));
                }
            }
            if entry.body.least == 0 || entry.body.least > entry.body.features.len() {
                say(
                    "patterns",
                    format!("{}: least is from 1 to the number of features", entry.id),
                );
            }
        }
        wrong
    }

    fn feature_faults(&self, feature: &Feature) -> Vec<String> {
        let mut faults = Vec::new();
        if let Some(id) = &feature.question {
            match self.question(id.as_str()) {
                None => faults.push(format!("unknown question {id}")),
                Some(question) => {
                    for value in &feature.is {
                        if question.choice(value).is_none() {
                            faults.push(format!("{id} has no answer {value}"));
                        }
                    }
                }
            }
        }
        if feature.question.is_none()
            && feature.capabilities.is_empty()
            && feature.places.is_empty()
        {
            faults.push(format!("nothing can show \"{}\"", feature.text));
        }
        for code in &feature.places {
            if Place::parse(code).is_none() {
                faults.push(format!("unknown place {code}"));
            }
        }
        faults
    }
}

fn question_faults(body: &QuestionBody) -> Vec<String> {
    let mut faults = Vec::new();
    if body.choices.len() < 2 {
        faults.push("a question has two answers or more".to_owned());
    }
    let mut seen = BTreeMap::new();
    for choice in &body.choices {
        if seen.insert(choice.value.as_str(), ()).is_some() {
            faults.push(format!("two answers are called {}", choice.value));
        }
        if ["unknown", "unknowable"].contains(&choice.value.as_str()) {
            faults.push(format!("{} is an answer to every question", choice.value));
        }
    }
    for from in &body.deal {
        if !crate::known::is_fact(&from.fact) {
            faults.push(format!("no fact of a deal is called {}", from.fact));
        }
        if body.choice(&from.value).is_none() {
            faults.push(format!("it has no answer {}", from.value));
        }
    }
    faults
}

/// Whether `place` lies in one of `codes`.
pub(crate) fn within(place: &Place, codes: &[String]) -> bool {
    codes
        .iter()
        .filter_map(|code| Place::parse(code))
        .any(|outer| place.is_within(&outer))
}
