//! What a reader sees of a finding, put together once for every output.

use scruple_model::{Answer, Effect, Evidence, Finding, Force, Subject};

use crate::brief::Owned;
use crate::{Brief, words};

/// A record that agreed with a name in the deal.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// The deal's text.
    pub yours: String,
    /// The list's text.
    pub listed: String,
    /// What the record is listed under, where that is another name.
    pub caption: Option<String>,
    /// What agreed.
    pub agree: String,
    /// List and record.
    pub record: String,
    /// `us-bis-el · since 2019-10-09 · 84 FR 54002`.
    pub source: String,
    /// Programme, reason, licence requirement and policy: label and text.
    pub says: Vec<(&'static str, String)>,
}

/// A finding as shown.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Its place, from 1.
    pub number: usize,
    /// STOP, or what it demands.
    pub word: &'static str,
    /// "grave · strong", "serious · moderate · cannot tell".
    pub grades: String,
    /// Whom or what it is about; empty for the deal.
    pub about: String,
    /// Records that agreed.
    pub agreements: Vec<Agreement>,
    /// Facts of the deal it rests on: field and text.
    pub facts: Vec<(String, String)>,
    /// Warning signs: what each says, what shows it, what would resolve it.
    pub signs: Vec<&'a str>,
    /// The rule in a line: instrument, and what is doubtful.
    pub rule: String,
    /// Whether nobody compared the rule's wording with the official text.
    pub is_unverified: bool,
    /// What else is doubtful.
    pub doubts: Vec<String>,
    /// Suspended, guidance and so on; empty where it simply binds.
    pub force: String,
    /// Who holds what, as a tree of lines; empty where the finding is not about owners.
    pub tree: Vec<String>,
    /// The same as a drawing, where it can be drawn legibly.
    pub drawing: Option<String>,
}

impl View<'_> {
    /// Whether the rule speaks to every deal, so that why it binds need not be said.
    pub fn is_for_everybody(&self) -> bool {
        self.finding.applies_because == EVERYBODY
    }

    /// Whether somebody has to decide on it: it stops, or it is there and demands more than
    /// to be known.
    pub fn is_pressing(&self) -> bool {
        let finding = self.finding;
        finding.is_stop() || (finding.answer == Answer::Yes && finding.effect != Effect::Note)
    }

    /// Whether a licence or a notice may be needed and is not known to be: to be found out
    /// before anything is shipped, though nobody can decide on it yet.
    pub fn is_open_licence(&self) -> bool {
        self.finding.answer == Answer::CannotTell
            && self.finding.force == Force::InForce
            && matches!(
                self.finding.effect,
                Effect::LicenceNeeded | Effect::NotifyAuthority
            )
    }

    /// The claim without the list that may follow it: for an overview.
    pub fn short_title(&self) -> &str {
        const LONG: usize = 120;
        let title = &self.finding.title;
        match title.split_once(": ") {
            Some((claim, _)) if title.chars().count() > LONG => claim,
            _ => title,
        }
    }
}

/// The pack of warning signs, as evidence names it.
pub(crate) const SIGNS: &str = "red-flags";

/// Why a rule applies that speaks to every deal.
pub(crate) const EVERYBODY: &str = "speaks to every deal";

/// Every finding as shown.
pub fn views(brief: &Brief) -> Vec<View<'_>> {
    brief
        .findings
        .iter()
        .enumerate()
        .map(|(at, finding)| view(brief, at + 1, finding))
        .collect()
}

fn view<'a>(brief: &Brief, number: usize, finding: &'a Finding) -> View<'a> {
    let mut grades = Vec::new();
    grades.extend(finding.severity.map(words::severity));
    grades.push(words::band(finding.confidence.band));
    if finding.answer == Answer::CannotTell {
        grades.push("cannot tell");
    }
    let about = match &finding.subject {
        Subject::Deal => String::new(),
        Subject::Party { id } => brief
            .screened
            .iter()
            .find(|screened| screened.party == *id)
            .map_or_else(|| id.to_string(), |s| format!("{}   (party: {id})", s.name)),
        Subject::Item { number } => format!("item {number}"),
        Subject::Place { code } => format!("place: {code}"),
    };
    let (agreements, facts, rule) = sort_evidence(&finding.evidence);
    let mut doubts: Vec<String> = Vec::new();
    let mut is_unverified = false;
    for item in &finding.unchecked {
        if item.why == scruple_pack::UNVERIFIED {
            is_unverified = true;
            continue;
        }
        let line = if item.what == finding.rule.as_str() {
            words::sentence(&item.why)
        } else {
            format!("{}: {}", words::sentence(&item.what), item.why)
        };
        if !doubts.contains(&line) {
            doubts.push(line);
        }
    }
    let (tree, drawing) = ownership(brief, finding);
    View {
        tree,
        drawing,
        finding,
        number,
        word: if finding.is_stop() {
            "STOP"
        } else {
            words::effect(finding.effect)
        },
        grades: grades.join(" · "),
        about,
        agreements,
        facts,
        signs: finding
            .evidence
            .iter()
            .filter(|row| row.source == SIGNS)
            .map(|row| row.text.as_str())
            .collect(),
        rule,
        is_unverified,
        doubts,
        force: if finding.force == Force::InForce {
            String::new()
        } else {
            words::force(finding.force)
        },
    }
}

/// The proof behind a finding about owners.
fn ownership(brief: &Brief, finding: &Finding) -> (Vec<String>, Option<String>) {
    let Subject::Party { id } = &finding.subject else {
        return (Vec::new(), None);
    };
    let of_rule = |owned: &&Owned| owned.party == *id && owned.rule == finding.rule;
    let Some(owned) = brief.ownership.answers.iter().find(of_rule) else {
        // A red flag about holdings: the records it rests on.
        return (of_holdings(brief, finding).cloned().collect(), None);
    };
    let Some(proof) = &owned.proof else {
        return (Vec::new(), None);
    };
    let label = |id: &str| owned.names.get(id).cloned();
    let mut tree: Vec<String> = scruple_ownership::tree(proof, &label)
        .lines()
        .map(str::to_owned)
        .collect();
    if proof.answer != Answer::Yes {
        // What listed parties are known to hold stands before what is not known.
        let known = of_holdings(brief, finding).map(|text| format!("  {text}"));
        let at = tree.len().min(1);
        tree.splice(at..at, known);
    }
    (tree, scruple_ownership::svg(proof, &label))
}

/// The records of holdings that a finding rests on.
fn of_holdings<'a>(brief: &'a Brief, finding: &'a Finding) -> impl Iterator<Item = &'a String> {
    let sources = &brief.ownership.looked_at;
    finding
        .evidence
        .iter()
        .filter(|row| sources.iter().any(|source| source.source == row.source))
        .map(|row| &row.text)
}

/// Evidence stands in the order it was found: a name of the deal, then what a
/// record says to it. Facts of the deal without a record stand alone.
fn sort_evidence(evidence: &[Evidence]) -> (Vec<Agreement>, Vec<(String, String)>, String) {
    let mut agreements: Vec<Agreement> = Vec::new();
    let mut facts = Vec::new();
    let mut rule = String::new();
    let mut yours: Option<&Evidence> = None;
    for row in evidence {
        if row.source == "deal" {
            if let Some(alone) = yours.replace(row) {
                facts.push((alone.field.clone(), alone.text.clone()));
            }
            continue;
        }
        let Some(record) = &row.record else {
            rule = row.field.clone();
            continue;
        };
        if let Some(name) = yours.take() {
            agreements.push(Agreement {
                yours: name.text.clone(),
                listed: row.text.clone(),
                record: record.to_string(),
                source: [
                    Some(row.source.clone()),
                    row.date.as_ref().map(|d| format!("since {d}")),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
                ..Agreement::default()
            });
            continue;
        }
        let Some(agreement) = agreements.last_mut() else {
            continue;
        };
        match row.field.as_str() {
            "caption" => agreement.caption = Some(row.text.clone()),
            "agreement" => agreement.agree.clone_from(&row.text),
            "citation" => {
                agreement.source.push_str(" · ");
                agreement.source.push_str(&row.text);
            }
            "program" => agreement.says.push(("programme", row.text.clone())),
            "reason" => agreement.says.push(("why listed", row.text.clone())),
            "licenceRequirement" => agreement.says.push(("licence for", row.text.clone())),
            "review" => agreement.says.push(("review", row.text.clone())),
            "licencePolicy" => agreement.says.push(("policy", row.text.clone())),
            _ => {}
        }
    }
    if let Some(alone) = yours {
        facts.push((alone.field.clone(), alone.text.clone()));
    }
    (agreements, facts, rule)
}
