//! A signed document, as what it says.
//!
//! Everything here reads what a proof covers, never the file as it came. Both
//! versions of UNTP are read; what neither has a term for is there only in
//! credentials with our terms, and "not stated" in all others.

use schemars::JsonSchema;
use scruple_model::Date;
use serde::Serialize;
use serde_json::Value;

use crate::make::{CONTEXTS, NOTICE, WITHDRAWAL};
use crate::proof::day_of;
use crate::status::Entry;
use crate::terms::{Kind, Outcome, TERMS, Terms};

/// A name with its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// The address.
    pub id: String,
    /// The name; the address where there is none.
    pub name: String,
}

/// One point that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// What came out.
    pub outcome: Outcome,
    /// What was seen.
    pub text: Option<String>,
    /// Topics, as UNTP calls them.
    pub topics: Vec<String>,
    /// The day it was assessed.
    pub day: Option<String>,
}

/// An audit, or a statement that answers one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Attestation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub issuer: Named,
    /// Which version of UNTP it follows; `None` for another shape.
    pub untp: Option<&'static str>,
    /// From when it holds.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Until when.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Whom it is about.
    pub about: Named,
    /// The scheme.
    pub scheme: Option<Named>,
    /// The profile of it.
    pub profile: Option<Named>,
    /// UNTP's `assessorLevel`.
    pub assessor: Option<String>,
    /// Sites it names.
    pub sites: Vec<Named>,
    /// Points looked at.
    pub points: Vec<Point>,
    /// Where a withdrawal would show.
    pub status: Option<Entry>,
    /// Further lists that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_status: Vec<Entry>,
    /// It names a list of a kind that is not read here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unread_status: bool,
    /// Why its words may mean something else than they say, by its contexts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odd_context: Option<String>,
    /// What UNTP has no term for; `None` where the credential has none of ours.
    pub terms: Option<Terms>,
    /// Terms of ours that could not be read, and why.
    pub unread_terms: Option<String>,
}

/// A notice that a statement is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Withdrawal {
    /// Which statement.
    pub of: String,
    /// Who says so.
    pub issuer: String,
    /// Since when.
    #[schemars(with = "Option<String>")]
    pub on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A status list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StatusList {
    /// Its address.
    pub id: String,
    /// Who keeps it.
    pub issuer: String,
    /// What a set bit says.
    pub purpose: String,
    /// Its bits, packed.
    #[serde(skip)]
    pub encoded: String,
    /// The day it is of.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// The last day it holds.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Document {
    /// An audit or a counter-statement.
    Attestation(Box<Attestation>),
    /// A notice that one is withdrawn.
    Withdrawal(Withdrawal),
    /// A status list.
    StatusList(StatusList),
    /// A credential of another kind.
    Other {
        /// Its types.
        types: String,
    },
}

impl Attestation {
    /// What kind of statement it is; an audit where it does not say.
    pub fn kind(&self) -> Kind {
        self.terms.as_ref().map_or(Kind::Audit, |terms| terms.kind)
    }

    /// Every list in which a withdrawal or a suspension would show.
    pub fn lists(&self) -> impl Iterator<Item = &Entry> {
        self.status
            .iter()
            .chain(&self.more_status)
            .filter(|entry| matches!(entry.purpose.as_str(), "revocation" | "suspension"))
    }

    /// Whether it says that it answers that statement.
    pub fn answers(&self, id: &str) -> bool {
        let answers = self.terms.iter().flat_map(|terms| &terms.answers);
        answers.into_iter().any(|answered| answered.id == id)
    }
}

/// Reads a document that a proof covers.
///
/// # Errors
/// Why it is no credential.
pub fn read(value: &Value) -> Result<Document, String> {
    let types = texts(value, "type");
    if !types.contains(&"VerifiableCredential") {
        return Err("it is no Verifiable Credential: its type does not say so".to_owned());
    }
    let subject = match value.get("credentialSubject") {
        Some(Value::Array(many)) if many.len() == 1 => &many[0],
        Some(subject @ Value::Object(_)) => subject,
        _ => return Err("it says nothing about any one subject".to_owned()),
    };
    let issuer = named(value.get("issuer")).ok_or("it names no issuer")?;
    for name in ["validFrom", "validUntil"] {
        if value.get(name).is_some() && day(value, name).is_none() {
            return Err(format!("its `{name}` is no point in time"));
        }
    }
    let (from, until) = (day(value, "validFrom"), day(value, "validUntil"));
    if types.contains(&"BitstringStatusListCredential") {
        let list = StatusList {
            id: text(value, "id").unwrap_or_default(),
            issuer: issuer.id,
            purpose: text(subject, "statusPurpose").unwrap_or_default(),
            encoded: text(subject, "encodedList").unwrap_or_default(),
            from,
            until,
        };
        return Ok(Document::StatusList(list));
    }
    if let Some(notice) = literal(subject, NOTICE)
        && text(notice, "kind").as_deref() == Some(WITHDRAWAL)
    {
        return Ok(Document::Withdrawal(Withdrawal {
            of: text(subject, "id").unwrap_or_default(),
            issuer: issuer.id,
            on: text(notice, "withdrawnOn").and_then(|day| day.parse().ok()),
            reason: text(notice, "reason").unwrap_or_else(|| "not stated".to_owned()),
        }));
    }
    let subject_types = texts(subject, "type");
    if !types.contains(&"DigitalConformityCredential")
        && !subject_types.contains(&"ConformityAttestation")
    {
        return Ok(Document::Other {
            types: types.join(", "),
        });
    }
    let id = text(value, "id").ok_or("it has no id, so that nothing can refer to it")?;
    let contexts = texts(value, "@context");
    let untp = contexts.iter().find_map(|context| {
        let is = |version: &str| context.contains("/untp/") && context.contains(version);
        if is("/0.7.") {
            Some("0.7.0")
        } else if is("/0.6.") {
            Some("0.6.0")
        } else {
            None
        }
    });
    // 0.6.0 called them `assessment` and `scope`.
    let points: Vec<&Value> = ["conformityAssessment", "assessment"]
        .iter()
        .flat_map(|name| list(subject, name))
        .collect();
    let scheme = named(subject.get("referenceScheme")).or_else(|| named(subject.get("scope")));
    let mut sites: Vec<Named> = Vec::new();
    for facility in points
        .iter()
        .flat_map(|point| list(point, "assessedFacility"))
    {
        if let Some(site) = named(facility.get("facility"))
            && !sites.contains(&site)
        {
            sites.push(site);
        }
    }
    let (terms, unread_terms) = match subject.get(TERMS) {
        None => (None, None),
        Some(_) => match literal(subject, TERMS).cloned().map(serde_json::from_value) {
            Some(Ok(terms)) => (Some(terms), None),
            Some(Err(error)) => (None, Some(error.to_string())),
            None => (None, Some("they are no JSON literal".to_owned())),
        },
    };
    let entries: Vec<&Value> = match value.get("credentialStatus") {
        Some(Value::Array(many)) => many.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    // Each of them can say that it was withdrawn: none is passed over.
    let mut lists: Vec<Entry> = entries.iter().copied().filter_map(Entry::read).collect();
    let unread_status = lists.len() < entries.len();
    let status = (!lists.is_empty()).then(|| lists.remove(0));
    Ok(Document::Attestation(Box::new(Attestation {
        name: text(value, "name")
            .or_else(|| text(subject, "name"))
            .unwrap_or_else(|| id.clone()),
        id,
        issuer,
        untp,
        from,
        until,
        about: named(subject.get("issuedToParty")).unwrap_or_default(),
        scheme,
        profile: named(subject.get("referenceProfile")),
        assessor: text(subject, "assessorLevel"),
        sites,
        points: points.into_iter().map(point).collect(),
        status,
        more_status: lists,
        unread_status,
        odd_context: odd_context(value),
        terms,
        unread_terms,
    })))
}

/// Contexts say what words mean. They are not fetched here; so those that could give a
/// known word another meaning are named.
fn odd_context(value: &Value) -> Option<String> {
    let contexts = match value.get("@context") {
        Some(Value::Array(many)) => many.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let first = contexts.first().and_then(|context| context.as_str());
    if first != Some(CONTEXTS[0]) {
        return Some(format!(
            "its first context is not {}, which a Verifiable Credential 2.0 begins with",
            CONTEXTS[0]
        ));
    }
    contexts
        .iter()
        .any(|context| !context.is_string())
        .then(|| "it defines words of its own in its contexts".to_owned())
}

fn point(value: &Value) -> Point {
    let topics = match value.get("conformityTopic") {
        Some(Value::String(topic)) => vec![topic.clone()],
        _ => list(value, "conformityTopic")
            .filter_map(|topic| text(topic, "name").or_else(|| topic.as_str().map(str::to_owned)))
            .collect(),
    };
    Point {
        name: text(value, "name").unwrap_or_else(|| "a point without a name".to_owned()),
        outcome: match value.get("conformance").and_then(Value::as_bool) {
            Some(true) => Outcome::Conforms,
            Some(false) => Outcome::DoesNot,
            None => Outcome::NotAssessed,
        },
        text: text(value, "description"),
        topics,
        day: text(value, "assessmentDate"),
    }
}

fn named(value: Option<&Value>) -> Option<Named> {
    match value? {
        Value::String(id) => Some(Named {
            id: id.clone(),
            name: id.clone(),
        }),
        value => {
            let id = text(value, "id");
            let name = text(value, "name").or_else(|| id.clone())?;
            Some(Named {
                id: id.unwrap_or_default(),
                name,
            })
        }
    }
}

fn literal<'a>(subject: &'a Value, name: &str) -> Option<&'a Value> {
    let member = subject.get(name)?;
    (member.get("@type")?.as_str()? == "@json").then_some(())?;
    member.get("@value")
}

fn text(value: &Value, name: &str) -> Option<String> {
    value
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn texts<'a>(value: &'a Value, name: &str) -> Vec<&'a str> {
    match value.get(name) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn day(value: &Value, name: &str) -> Option<Date> {
    day_of(value.get(name)?.as_str()?)
}
