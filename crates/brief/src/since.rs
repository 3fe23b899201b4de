//! What changed since an earlier brief of the same deal.

use schemars::JsonSchema;
use scruple_model::{Answer, Date, Finding, FindingId};
use serde::{Deserialize, Serialize};

use crate::Brief;

/// One difference between two briefs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// The deal file is another.
    Deal,
    /// The verdict is another.
    Verdict {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// A finding that was not there.
    FindingNew {
        /// Which.
        id: FindingId,
        /// Its claim.
        title: String,
    },
    /// A finding that is gone.
    FindingGone {
        /// Which.
        id: FindingId,
        /// Its claim.
        title: String,
    },
    /// A finding that says something else.
    FindingChanged {
        /// Which.
        id: FindingId,
        /// Its claim now.
        title: String,
        /// What in it.
        fields: Vec<String>,
    },
    /// A question that is newly open.
    QuestionNew {
        /// The question.
        text: String,
    },
    /// A question that is no longer open.
    QuestionGone {
        /// The question.
        text: String,
    },
    /// A body of law that binds now and did not, or the other way.
    Law {
        /// Its title.
        title: String,
        /// Whether it bound before; nothing where it was not asked.
        from: Option<Answer>,
        /// Whether it binds now.
        to: Answer,
    },
    /// A list in another copy, or held for the first time or no longer.
    List {
        /// Which.
        list: String,
        /// Its day before, if it was there.
        from: Option<String>,
        /// Its day now, if it is there.
        to: Option<String>,
    },
    /// A rule pack whose text is another.
    Pack {
        /// Which.
        pack: String,
    },
    /// Another version of the program or its matcher.
    Engine {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
}

/// All differences, against what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Since {
    /// The day of the earlier brief.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Its vintage.
    pub vintage: String,
    /// What changed; empty where nothing did.
    pub changes: Vec<Change>,
}

fn find<'a>(brief: &'a Brief, id: &FindingId) -> Option<&'a Finding> {
    brief.findings.iter().find(|finding| finding.id == *id)
}

fn differing(a: &Finding, b: &Finding) -> Vec<String> {
    let mut fields = Vec::new();
    let mut put = |same: bool, name: &str| {
        if !same {
            fields.push(name.to_owned());
        }
    };
    put(a.answer == b.answer, "answer");
    put(a.force == b.force, "force");
    put(a.effect == b.effect, "effect");
    put(a.severity == b.severity, "severity");
    put(a.confidence == b.confidence, "confidence");
    put(a.applies_because == b.applies_because, "applies_because");
    // The snapshot a text was read from changes with every copy of a list; the
    // lists' own lines say so, and a finding changes only if its texts do.
    let texts = |f: &Finding| {
        f.evidence
            .iter()
            .map(|e| {
                (
                    e.source.clone(),
                    e.record.clone(),
                    e.field.clone(),
                    e.text.clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    put(texts(a) == texts(b), "evidence");
    put(a.questions == b.questions, "questions");
    fields
}

/// What changed from `before` to `now`.
pub fn compare(before: &Brief, now: &Brief) -> Since {
    let mut changes = Vec::new();
    if before.deal != now.deal {
        changes.push(Change::Deal);
    }
    if before.verdict != now.verdict {
        let word = |brief: &Brief| brief.summary.split("   ").next().unwrap_or("").to_owned();
        changes.push(Change::Verdict {
            from: word(before),
            to: word(now),
        });
    }
    for finding in &now.findings {
        let (id, title) = (finding.id.clone(), finding.title.clone());
        match find(before, &finding.id) {
            None => changes.push(Change::FindingNew { id, title }),
            Some(old) => {
                let fields = differing(old, finding);
                if !fields.is_empty() {
                    changes.push(Change::FindingChanged { id, title, fields });
                }
            }
        }
    }
    for finding in &before.findings {
        if find(now, &finding.id).is_none() {
            let (id, title) = (finding.id.clone(), finding.title.clone());
            changes.push(Change::FindingGone { id, title });
        }
    }
    let asks = |brief: &Brief, text: &str| brief.questions.iter().any(|q| q.text == text);
    for question in now.questions.iter().filter(|q| !asks(before, &q.text)) {
        changes.push(Change::QuestionNew {
            text: question.text.clone(),
        });
    }
    for question in before.questions.iter().filter(|q| !asks(now, &q.text)) {
        changes.push(Change::QuestionGone {
            text: question.text.clone(),
        });
    }
    for regime in &now.regimes {
        let from = before
            .regimes
            .iter()
            .find(|old| old.id == regime.id)
            .map(|old| old.answer);
        if from != Some(regime.answer) {
            let title = regime.title.clone();
            changes.push(Change::Law {
                title,
                from,
                to: regime.answer,
            });
        }
    }
    changes.extend(lists(before, now));
    for (pack, hash) in &now.vintage.packs {
        if before.vintage.packs.get(pack) != Some(hash) && !pack.starts_with("starter/") {
            changes.push(Change::Pack { pack: pack.clone() });
        }
    }
    let engine = |brief: &Brief| format!("{} {}", brief.vintage.engine, brief.vintage.matcher);
    if engine(before) != engine(now) {
        changes.push(Change::Engine {
            from: engine(before),
            to: engine(now),
        });
    }
    Since {
        as_of: before.as_of,
        vintage: before.vintage.hash.clone(),
        changes,
    }
}

fn lists(before: &Brief, now: &Brief) -> Vec<Change> {
    let row = |brief: &Brief, source: &str| {
        brief
            .looked_at
            .iter()
            .find(|l| l.source == source)
            .map(|l| (l.hash.clone(), l.date.clone()))
    };
    let mut sources: Vec<&str> = before
        .looked_at
        .iter()
        .chain(&now.looked_at)
        .map(|l| l.source.as_str())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    sources
        .into_iter()
        .filter_map(|list| {
            let (from, to) = (row(before, list), row(now, list));
            (from.as_ref().map(|r| &r.0) != to.as_ref().map(|r| &r.0)).then(|| Change::List {
                list: list.to_owned(),
                from: from.map(|r| r.1),
                to: to.map(|r| r.1),
            })
        })
        .collect()
}

impl Change {
    /// The difference as a line.
    pub fn line(&self) -> String {
        match self {
            Self::Deal => "the deal file has changed".to_owned(),
            Self::Verdict { from, to } => format!("verdict: {from} → {to}"),
            Self::FindingNew { title, .. } => format!("new: {title}"),
            Self::FindingGone { title, .. } => format!("gone: {title}"),
            Self::FindingChanged { title, fields, .. } => {
                format!("changed: {title} ({})", fields.join(", "))
            }
            Self::QuestionNew { text } => format!("newly open: {text}"),
            Self::QuestionGone { text } => format!("no longer open: {text}"),
            Self::Law { title, from, to } => {
                let word = |answer: Answer| crate::words::answer(answer);
                let from = from.map_or("not asked", word);
                format!("law: {title} binds: {from} → {}", word(*to))
            }
            Self::List {
                list,
                from: Some(from),
                to: Some(to),
            } if from == to => {
                format!("list {list}: another copy of {to}")
            }
            Self::List { list, from, to } => {
                let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "not held".into());
                format!("list {list}: {} → {}", day(from), day(to))
            }
            Self::Pack { pack } => format!("rule pack {pack} has changed"),
            Self::Engine { from, to } => format!("scruple: {from} → {to}"),
        }
    }
}
