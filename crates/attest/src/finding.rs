//! What the attestations that a deal relies on mean for it.
//!
//! No attestation ever answers a rule with No, or makes another finding milder.
//! One that is broken, withdrawn, out of date or about something else is a
//! finding; one that is none of that still says what lowers it.

use scruple_model::{
    Answer, Band, Confidence, Contest, Date, Evidence, Finding, Place, Question, QuestionId,
    RecordId, Step, Subject,
};
use scruple_pack::{Entry, Pack};

use crate::credential::Attestation;
use crate::rules::{ImpossibleBody, RULES, RuleBody, When};
use crate::terms::{Kind, Outcome};
use crate::verify::{NotReadFile, Report, Verdict, What};
use crate::weigh;

/// What the deal says of whom or what it gave the attestations for.
#[derive(Clone, Debug)]
pub struct About {
    /// The party or the item.
    pub subject: Subject,
    /// Names of the party, or of the item's maker; empty where none is known.
    pub names: Vec<String>,
    /// Its identifiers: values only.
    pub identifiers: Vec<String>,
    /// Where the item was made, where that is known.
    pub origin: Option<Place>,
    /// The field of the deal file that names the files.
    pub field: String,
}

/// The packs that findings rest on, with their hashes.
#[derive(Clone, Copy, Debug)]
pub struct Packs<'a> {
    /// What follows from what.
    pub rules: &'a Pack<RuleBody>,
    /// Where nobody can audit freely.
    pub places: &'a Pack<ImpossibleBody>,
}

/// The findings on the attestations that one party or item was given.
pub fn findings(about: &About, report: &Report, packs: Packs<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &report.not_read {
        findings.extend(unread(about, file, packs, report.as_of));
    }
    for verdict in &report.verdicts {
        let Some(attestation) = verdict.attestation() else {
            if verdict.answer != Answer::Yes {
                let one = One::bare(about, verdict, packs, report.as_of);
                findings.extend(one.broken());
                findings.extend(one.unverified());
            }
            continue;
        };
        let one = One {
            about,
            verdict,
            attestation: Some(attestation),
            packs,
            today: report.as_of,
        };
        findings.extend(one.broken());
        findings.extend(one.unverified());
        if attestation.kind() == Kind::CounterStatement {
            findings.extend(one.contested());
            continue;
        }
        findings.extend(one.expired());
        findings.extend(one.withdrawn());
        findings.extend(one.out_of_scope(attestation));
        findings.extend(one.impossible());
        findings.extend(one.weak());
        findings.extend(one.non_conformity(attestation));
    }
    findings
}

struct One<'a> {
    about: &'a About,
    verdict: &'a Verdict,
    attestation: Option<&'a Attestation>,
    packs: Packs<'a>,
    today: Date,
}

fn unread(about: &About, file: &NotReadFile, packs: Packs<'_>, today: Date) -> Option<Finding> {
    let entry = rule(packs, When::Unread)?;
    let record = RecordId::new(format!("attestation:{}", file.file));
    let evidence = vec![Evidence {
        source: "deal".to_owned(),
        snapshot: None,
        record: None,
        field: about.field.clone(),
        text: format!("{}: {}", file.file, file.why),
        date: None,
        published: false,
    }];
    let made = Made {
        name: &file.file,
        record: &record,
        answer: Answer::CannotTell,
        confidence: Confidence {
            band: Band::Strong,
            reason: "the file was opened".to_owned(),
        },
        evidence,
        questions: vec![Question {
            id: QuestionId::new(format!("q.attest-unread.{}", short(&record))),
            text: format!(
                "What is {}, and can a copy that is whole be had?",
                file.file
            ),
            ask: "whoever sent it".to_owned(),
            field: about.field.clone(),
        }],
    };
    Some(made.finding(about, entry, packs, today))
}

impl<'a> One<'a> {
    fn bare(about: &'a About, verdict: &'a Verdict, packs: Packs<'a>, today: Date) -> Self {
        Self {
            about,
            verdict,
            attestation: None,
            packs,
            today,
        }
    }

    fn name(&self) -> &str {
        self.attestation
            .map_or(self.verdict.file.as_str(), |one| one.name.as_str())
    }

    fn record(&self) -> RecordId {
        let id = self.attestation.map_or("", |one| one.id.as_str());
        RecordId::new(format!("attestation:{id}:{}", &self.verdict.sha256[..16]))
    }

    /// A text of the credential as evidence. Where nobody's signature holds, the words
    /// are the file's and nobody's.
    fn evidence(&self, field: &str, text: impl Into<String>, date: Option<String>) -> Evidence {
        Evidence {
            source: format!("attestation {}", self.verdict.file),
            snapshot: Some(self.verdict.sha256.clone()),
            record: None,
            field: field.to_owned(),
            text: text.into(),
            date,
            published: self.verdict.is_signed(),
        }
    }

    fn make(
        &self,
        when: When,
        answer: Answer,
        confidence: Confidence,
        evidence: Vec<Evidence>,
        questions: Vec<Question>,
    ) -> Option<Finding> {
        let entry = rule(self.packs, when)?;
        let record = self.record();
        let made = Made {
            name: self.name(),
            record: &record,
            answer,
            confidence,
            evidence,
            questions,
        };
        Some(made.finding(self.about, entry, self.packs, self.today))
    }

    fn question(&self, key: &str, text: String, ask: String) -> Question {
        Question {
            id: QuestionId::new(format!("q.attest-{key}.{}", short(&self.record()))),
            text,
            ask,
            field: self.about.field.clone(),
        }
    }

    fn issuer(&self) -> String {
        self.attestation.map_or_else(
            || "whoever sent the file".to_owned(),
            |one| one.issuer.name.clone(),
        )
    }

    fn broken(&self) -> Option<Finding> {
        let evidence: Vec<Evidence> = self
            .verdict
            .parts
            .iter()
            .filter(|part| matches!(part.what, What::Signature | What::Key | What::Form))
            .filter(|part| part.answer == Answer::No)
            .map(|part| self.evidence(part.what.title(), part.says.clone(), None))
            .collect();
        if evidence.is_empty() {
            return None;
        }
        self.make(
            When::Broken,
            Answer::Yes,
            strong("checked by its signature"),
            evidence,
            Vec::new(),
        )
    }

    /// One finding for everything that cannot be told of it, with a question each.
    fn unverified(&self) -> Option<Finding> {
        // Without a signature that holds, the rest is nobody's word.
        let parts = || {
            self.verdict
                .parts
                .iter()
                .filter(|part| part.answer == Answer::CannotTell)
        };
        let is_broken = self
            .verdict
            .part(What::Signature)
            .is_some_and(|part| part.answer == Answer::No);
        if is_broken || parts().next().is_none() {
            return None;
        }
        let evidence = parts()
            .map(|part| self.evidence(part.what.title(), part.says.clone(), None))
            .collect();
        let questions = parts()
            .map(|part| {
                let key = part
                    .what
                    .title()
                    .to_lowercase()
                    .replace([' ', '\'', '?'], "");
                let text = match part.what {
                    What::Identity => format!(
                        "Is the key that signed \"{}\" really {}'s?",
                        self.name(),
                        self.issuer()
                    ),
                    What::Standing => format!("Was \"{}\" withdrawn?", self.name()),
                    What::Period => format!("Until when does \"{}\" hold?", self.name()),
                    What::Signature | What::Key | What::Form => {
                        format!("Can somebody who reads it say what this is: {}?", part.says)
                    }
                };
                self.question(&key, text, self.issuer())
            })
            .collect();
        let reason = strong("what is missing is named");
        self.make(
            When::Unverified,
            Answer::CannotTell,
            reason,
            evidence,
            questions,
        )
    }

    fn expired(&self) -> Option<Finding> {
        let part = self.failed(What::Period)?;
        let attestation = self.attestation?;
        let evidence = [
            ("validFrom", attestation.from),
            ("validUntil", attestation.until),
        ]
        .into_iter()
        .filter_map(|(field, day)| day.map(|day| self.evidence(field, day.to_string(), None)))
        .collect();
        let reason = strong(&part.says);
        self.make(When::Expired, Answer::Yes, reason, evidence, Vec::new())
    }

    fn withdrawn(&self) -> Option<Finding> {
        let part = self.failed(What::Standing)?;
        let evidence = vec![self.evidence("credentialStatus", part.says.clone(), None)];
        let reason = strong("its issuer says so");
        self.make(When::Withdrawn, Answer::Yes, reason, evidence, Vec::new())
    }

    fn failed(&self, what: What) -> Option<&crate::verify::Part> {
        self.verdict
            .part(what)
            .filter(|part| part.answer == Answer::No)
    }

    /// It speaks of another firm, or of sites elsewhere than the item was made.
    fn out_of_scope(&self, attestation: &Attestation) -> Option<Finding> {
        let mut evidence = Vec::new();
        let mut questions = Vec::new();
        let mut answer = Answer::No;
        if !self.about.names.is_empty() && !self.is_about(attestation) {
            answer = Answer::CannotTell;
            evidence.push(self.evidence("issuedToParty", attestation.about.name.clone(), None));
            questions.push(self.question(
                "scope",
                format!(
                    "\"{}\" speaks of {}. Is that {}?",
                    self.name(),
                    attestation.about.name,
                    self.about.names[0]
                ),
                self.issuer(),
            ));
        }
        if let Some(origin) = &self.about.origin {
            let visits = attestation
                .terms
                .iter()
                .filter_map(|terms| terms.visits.said())
                .flatten();
            let places: Vec<Place> = visits
                .filter_map(|visit| Place::parse(visit.place.said()?))
                .collect();
            let meets = |place: &Place| place.is_within(origin) || origin.is_within(place);
            if places.is_empty() {
                answer = answer.or(Answer::CannotTell);
                questions.push(self.question(
                    "site",
                    format!(
                        "In which country and region lie the sites of \"{}\"?",
                        self.name()
                    ),
                    self.issuer(),
                ));
            } else if !places.iter().any(meets) {
                answer = Answer::Yes;
                let names: Vec<String> = places.iter().map(Place::name).collect();
                evidence.push(self.evidence("visits", names.join(", "), None));
                evidence.push(Evidence {
                    source: "deal".to_owned(),
                    snapshot: None,
                    record: None,
                    field: "items[].origin".to_owned(),
                    text: origin.name(),
                    date: None,
                    published: false,
                });
            }
        }
        if answer == Answer::No {
            return None;
        }
        let reason = Confidence {
            band: if answer == Answer::Yes {
                Band::Strong
            } else {
                Band::Moderate
            },
            reason: "what it speaks of was compared with what the deal says".to_owned(),
        };
        self.make(When::OutOfScope, answer, reason, evidence, questions)
    }

    fn is_about(&self, attestation: &Attestation) -> bool {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let name = plain(&attestation.about.name);
        let id = plain(&attestation.about.id);
        self.about
            .names
            .iter()
            .any(|known| !plain(known).is_empty() && plain(known) == name)
            || self
                .about
                .identifiers
                .iter()
                // A number of a few digits stands in many addresses by chance.
                .any(|number| plain(number).len() >= 8 && id.contains(&plain(number)))
    }

    fn impossible(&self) -> Option<Finding> {
        let found: Vec<_> = self
            .verdict
            .weaknesses
            .iter()
            .filter(|one| one.rule.is_some())
            .collect();
        if found.is_empty() {
            return None;
        }
        let mut evidence = Vec::new();
        for weakness in &found {
            evidence.push(self.evidence(&weakness.field, weakness.says.clone(), None));
            let entry = self
                .packs
                .places
                .entries
                .iter()
                .find(|entry| Some(entry.id.as_str()) == weakness.rule.as_deref());
            if let Some(entry) = entry {
                evidence.push(entry.as_evidence(crate::rules::IMPOSSIBLE, &self.packs.places.hash));
                for source in &entry.body.sources {
                    evidence.push(Evidence {
                        source: source.who.clone(),
                        snapshot: None,
                        record: None,
                        field: source
                            .link
                            .clone()
                            .unwrap_or_else(|| "statement".to_owned()),
                        text: source.what.clone(),
                        date: Some(source.when.clone()),
                        published: false,
                    });
                }
            }
        }
        let reason = weigh::confidence(&self.verdict.weaknesses);
        self.make(
            When::ImpossiblePlace,
            Answer::Yes,
            reason,
            evidence,
            Vec::new(),
        )
    }

    fn weak(&self) -> Option<Finding> {
        let found: Vec<_> = self
            .verdict
            .weaknesses
            .iter()
            .filter(|one| one.rule.is_none())
            .collect();
        if found.is_empty() {
            return None;
        }
        let evidence = found
            .iter()
            .map(|one| self.evidence(&one.field, one.says.clone(), None))
            .collect();
        let reason = strong("the attestation says so itself");
        self.make(When::Weak, Answer::Yes, reason, evidence, Vec::new())
    }

    fn non_conformity(&self, attestation: &Attestation) -> Option<Finding> {
        let evidence: Vec<Evidence> = attestation
            .points
            .iter()
            .filter(|point| point.outcome == Outcome::DoesNot)
            .map(|point| {
                let text = match &point.text {
                    Some(text) => format!("{}: {text}", point.name),
                    None => point.name.clone(),
                };
                self.evidence("conformityAssessment", text, point.day.clone())
            })
            .collect();
        if evidence.is_empty() {
            return None;
        }
        let reason = Confidence {
            band: Band::Moderate,
            reason: "the auditor's word; an audit finds less than there is".to_owned(),
        };
        self.make(
            When::NonConformity,
            Answer::Yes,
            reason,
            evidence,
            Vec::new(),
        )
    }

    fn contested(&self) -> Option<Finding> {
        let terms = self.attestation?.terms.as_ref()?;
        let mut evidence = Vec::new();
        if let Some(text) = terms.statement.said() {
            evidence.push(self.evidence("statement", text.clone(), None));
        }
        evidence.extend(
            terms
                .answers
                .iter()
                .map(|answered| self.evidence("answers", answered.id.clone(), None)),
        );
        let reason = Confidence {
            band: Band::Moderate,
            reason: "those concerned say so; whether it is so was not looked into here".to_owned(),
        };
        self.make(When::Contested, Answer::Yes, reason, evidence, Vec::new())
    }
}

struct Made<'a> {
    name: &'a str,
    record: &'a RecordId,
    answer: Answer,
    confidence: Confidence,
    evidence: Vec<Evidence>,
    questions: Vec<Question>,
}

impl Made<'_> {
    fn finding(
        self,
        about: &About,
        entry: &Entry<RuleBody>,
        packs: Packs<'_>,
        today: Date,
    ) -> Finding {
        let mut evidence = self.evidence;
        evidence.push(entry.as_evidence(RULES, &packs.rules.hash));
        Finding {
            id: Finding::id_of(&entry.id, &about.subject, std::slice::from_ref(self.record)),
            rule: entry.id.clone(),
            subject: about.subject.clone(),
            title: entry.body.heading.replace("{name}", self.name),
            applies_because: format!("the deal relies on it ({})", about.field),
            answer: self.answer,
            force: entry.force_on(today),
            effect: entry.body.effect,
            severity: entry.body.severity,
            confidence: self.confidence,
            evidence,
            looked_at: Vec::new(),
            unchecked: Vec::new(),
            questions: self.questions,
            next: entry.body.next.iter().cloned().map(Step).collect(),
            contest: Contest {
                how: "Whoever made the attestation can correct or withdraw it; name the new file in the deal and run the check again."
                    .to_owned(),
                link: None,
            },
        }
    }
}

fn rule<'a>(packs: Packs<'a>, when: When) -> Option<&'a Entry<RuleBody>> {
    packs
        .rules
        .entries
        .iter()
        .find(|entry| entry.body.when == when)
}

fn strong(reason: &str) -> Confidence {
    Confidence {
        band: Band::Strong,
        reason: reason.to_owned(),
    }
}

fn short(record: &RecordId) -> String {
    scruple_model::hash::sha256(record.as_str().as_bytes())[..8].to_owned()
}
