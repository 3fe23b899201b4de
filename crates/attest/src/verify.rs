//! What can be said of a credential, part by part.
//!
//! Each part is a claim that holds, does not, or cannot be told from what was
//! there to look at; then it says what would settle it. The verdict is the worst
//! part: a signature that fits and a list of withdrawals nobody has give
//! "cannot tell", never "holds".

use schemars::JsonSchema;
use scruple_model::{Answer, Date};
use scruple_pack::Pack;
use serde::Serialize;

use crate::credential::{Attestation, Document, StatusList};
use crate::did::web_address;
use crate::proof::Checked;
use crate::rules::ImpossibleBody;
use crate::shelf::{Examined, Known, NotRead, Shelf};
use crate::status::{Bits, Entry};
use crate::terms::Kind;
use crate::weigh::{self, Weakness};

/// What a part is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The bytes are those that were signed.
    Signature,
    /// The key belongs to the issuer that the credential names by DID.
    Key,
    /// That DID belongs to the organisation it names.
    Identity,
    /// It is in a form that is read here.
    Form,
    /// The day asked for lies within its validity.
    Period,
    /// It was not withdrawn.
    Standing,
}

impl What {
    /// As a person would head it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Signature => "Signature",
            Self::Key => "Issuer's key",
            Self::Identity => "Who that is",
            Self::Form => "Form",
            Self::Period => "Period",
            Self::Standing => "Withdrawn?",
        }
    }
}

/// One part of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// What about.
    pub what: What,
    /// Whether it is as it should be.
    pub answer: Answer,
    /// What was found, as a sentence without a full stop.
    pub says: String,
    /// What would settle it, where it cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Part {
    fn new(what: What, answer: Answer, says: impl Into<String>) -> Self {
        Self {
            what,
            answer,
            says: says.into(),
            next: None,
        }
    }

    fn open(what: What, says: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            next: Some(next.into()),
            ..Self::new(what, Answer::CannotTell, says)
        }
    }

    /// `holds`, `cannot tell`, `does not hold`.
    pub fn word(&self) -> &'static str {
        word(self.answer)
    }
}

/// An answer about a part, as a word.
pub fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "holds",
        Answer::CannotTell => "cannot tell",
        Answer::No => "does not hold",
    }
}

/// What can be said of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The file.
    pub file: String,
    /// SHA-256 over its canonical JSON.
    pub sha256: String,
    /// The worst of its parts.
    pub answer: Answer,
    /// Its parts.
    pub parts: Vec<Part>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Why it was withdrawn, where a notice says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What lowers how much an audit can show.
    pub weaknesses: Vec<Weakness>,
    /// Files with statements that answer it.
    pub answered_by: Vec<String>,
}

impl Verdict {
    /// The attestation, where it is one.
    pub fn attestation(&self) -> Option<&Attestation> {
        match &self.document {
            Some(Document::Attestation(one)) => Some(one),
            _ => None,
        }
    }

    /// The part about something.
    pub fn part(&self, what: What) -> Option<&Part> {
        self.parts.iter().find(|part| part.what == what)
    }

    /// Whether its issuer's signature holds: only then are its words its issuer's.
    pub fn is_signed(&self) -> bool {
        [What::Signature, What::Key].iter().all(|what| {
            self.part(*what)
                .is_some_and(|part| part.answer == Answer::Yes)
        })
    }
}

/// Everything that can be said of what lies on a shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// `scruple.attest/1`.
    pub schema: String,
    /// The day it is as of.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// The worst answer; `cannot-tell` where a file was not read.
    pub answer: Answer,
    /// Each credential; status lists and notices stand in the verdicts they speak to.
    pub verdicts: Vec<Verdict>,
    /// Files that were not read.
    pub not_read: Vec<NotReadFile>,
}

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotReadFile {
    /// The file.
    pub file: String,
    /// Why.
    pub why: String,
}

/// The name of the report's format.
pub const SCHEMA: &str = "scruple.attest/1";

/// Says what can be said as of a day. Audits first, each followed by the statements
/// that answer it, then everything else in the order given.
pub fn verify(shelf: &Shelf, places: &Pack<ImpossibleBody>, today: Date) -> Report {
    let examined = shelf.examined(today);
    let mut verdicts: Vec<Verdict> = examined
        .iter()
        .filter(|one| one.status_list().is_none() && one.withdrawal().is_none())
        .map(|one| verdict(one, &examined, shelf, places, today))
        .collect();
    arrange(&mut verdicts);
    let not_read: Vec<NotReadFile> = shelf.not_read.iter().map(NotReadFile::from).collect();
    let answer = verdicts
        .iter()
        .map(|verdict| verdict.answer)
        .chain(not_read.iter().map(|_| Answer::CannotTell))
        .reduce(Answer::and)
        // Of no statement nothing can be told.
        .unwrap_or(Answer::CannotTell);
    Report {
        schema: SCHEMA.to_owned(),
        as_of: today,
        answer,
        verdicts,
        not_read,
    }
}

impl From<&NotRead> for NotReadFile {
    fn from(one: &NotRead) -> Self {
        Self {
            file: one.file.clone(),
            why: one.why.clone(),
        }
    }
}

/// Puts each counter-statement behind what it answers.
fn arrange(verdicts: &mut Vec<Verdict>) {
    let is_counter = |verdict: &Verdict| {
        verdict
            .attestation()
            .is_some_and(|one| one.kind() == Kind::CounterStatement)
    };
    let (counter, mut ordered): (Vec<_>, Vec<_>) = verdicts.drain(..).partition(is_counter);
    for statement in counter.into_iter().rev() {
        let at = ordered
            .iter()
            .position(|one: &Verdict| one.answered_by.contains(&statement.file));
        match at {
            Some(at) => ordered.insert(at + 1, statement),
            None => ordered.push(statement),
        }
    }
    *verdicts = ordered;
}

fn verdict(
    one: &Examined<'_>,
    all: &[Examined<'_>],
    shelf: &Shelf,
    places: &Pack<ImpossibleBody>,
    today: Date,
) -> Verdict {
    let mut parts = vec![signature(one)];
    let document = match &one.document {
        Ok(document) => Some(document.clone()),
        Err(why) => {
            parts.push(Part::new(What::Form, Answer::No, why.clone()));
            None
        }
    };
    let mut withdrawn = None;
    let mut weaknesses = Vec::new();
    let mut answered_by = Vec::new();
    match &one.document {
        Ok(Document::Attestation(attestation)) => {
            parts.push(key(one, &attestation.issuer.id));
            parts.push(identity(attestation, shelf));
            parts.push(form(attestation));
            parts.extend(other_copies(attestation, all));
            parts.extend(twins(one, attestation, all));
            parts.push(period(attestation, today));
            let (part, reason) = standing(attestation, all, today);
            parts.push(part);
            withdrawn = reason;
            weaknesses = weigh::weaknesses(attestation, places, today);
            answered_by = all
                .iter()
                .filter(|other| {
                    other
                        .attestation()
                        .is_some_and(|a| a.answers(&attestation.id))
                })
                .map(|other| other.held.file.clone())
                .collect();
        }
        Ok(Document::Other { types }) => parts.push(Part::open(
            What::Form,
            format!("a credential of another kind ({types}); only its signature was looked at"),
            "read it with a program that knows its kind",
        )),
        Ok(Document::Withdrawal(notice)) => parts.push(key(one, &notice.issuer)),
        Ok(Document::StatusList(_)) | Err(_) => {}
    }
    let answer = parts
        .iter()
        .fold(Answer::Yes, |worst, part| worst.and(part.answer));
    Verdict {
        file: one.held.file.clone(),
        sha256: one.held.sha256.clone(),
        answer,
        parts,
        document,
        withdrawn,
        weaknesses,
        answered_by,
    }
}

fn signature(one: &Examined<'_>) -> Part {
    match &one.proof {
        Checked::Broken(why) => Part::new(What::Signature, Answer::No, why.clone()),
        Checked::CannotTell { why, next } => Part::open(What::Signature, why.clone(), next.clone()),
        Checked::Holds {
            created,
            more_context,
            ..
        } => {
            let mut says = match created {
                Some(when) => format!("it is as it was signed, by its own word on {}", day(when)),
                None => "it is as it was signed".to_owned(),
            };
            if *more_context {
                says.push_str("; the file names further contexts that nobody signed");
            }
            Part::new(What::Signature, Answer::Yes, says)
        }
    }
}

fn day(when: &str) -> &str {
    when.split('T').next().unwrap_or(when)
}

fn key(one: &Examined<'_>, issuer: &str) -> Part {
    if !one.holds() {
        return Part::open(
            What::Key,
            "without a signature that holds, nobody is its issuer",
            "see what is said of the signature",
        );
    }
    if one.signers().contains(&issuer) {
        return Part::new(What::Key, Answer::Yes, format!("{issuer} signed it"));
    }
    if issuer.starts_with("did:") {
        return Part::new(
            What::Key,
            Answer::No,
            format!(
                "it names {issuer} as its issuer, and {} signed it",
                one.signers().join(", ")
            ),
        );
    }
    Part::open(
        What::Key,
        format!("its issuer {issuer} is named by no DID, so no key is known to be its own"),
        "ask the issuer by another way which key is its own",
    )
}

fn identity(attestation: &Attestation, shelf: &Shelf) -> Part {
    let issuer = &attestation.issuer;
    let address = web_address(&issuer.id);
    if let Some(Known { name, document }) = shelf.trusted(&issuer.id) {
        if *name != issuer.name {
            return Part::open(
                What::Identity,
                format!(
                    "you took this key as the one of {name}; it calls itself {}",
                    issuer.name
                ),
                "ask both which name is right",
            );
        }
        let is_same = document.is_some() && document.as_deref() == shelf.document(&issuer.id);
        if let Some(address) = address.filter(|_| !is_same) {
            return Part::open(
                What::Identity,
                format!(
                    "you took {} as {name}'s, with another document than the one given here",
                    issuer.id
                ),
                format!(
                    "save {address} yourself; if {name} has a new key: scruple attest trust {} --name \"{name}\" --document FILE",
                    issuer.id
                ),
            );
        }
        let says = format!("you took this key as the one of {name}");
        return Part::new(What::Identity, Answer::Yes, says);
    }
    // A file says of itself whose document it is: anybody can write one.
    if let Some(address) = address.filter(|_| shelf.document(&issuer.id).is_some()) {
        return Part::open(
            What::Identity,
            format!(
                "the key stands in a file that calls itself the document of {}; where that file comes from does not show",
                issuer.id
            ),
            format!(
                "save {address} yourself, then: scruple attest trust {} --name \"{}\" --document FILE",
                issuer.id, issuer.name
            ),
        );
    }
    Part::open(
        What::Identity,
        format!(
            "it calls itself {}; a signature does not show whose key it is",
            issuer.name
        ),
        format!(
            "ask {} by another way whether this key is its own, then: scruple attest trust {}",
            issuer.name, issuer.id
        ),
    )
}

fn form(attestation: &Attestation) -> Part {
    if let Some(why) = &attestation.unread_terms {
        return Part::open(
            What::Form,
            format!("what it says of how it was made is not understood: {why}"),
            "read it with the program that made it, or a newer one",
        );
    }
    if let Some(why) = &attestation.odd_context {
        return Part::open(
            What::Form,
            format!("its words may mean something else than they say: {why}"),
            "ask the issuer for a credential with the contexts of the standard alone",
        );
    }
    let shape = match attestation.untp {
        Some(version) => format!("a UNTP conformity credential {version}"),
        None => "shaped like a UNTP conformity credential, of no version it names".to_owned(),
    };
    let terms = match attestation.terms {
        Some(_) => "",
        None => "; it says nothing of who paid, who was asked and what was closed",
    };
    Part::new(What::Form, Answer::Yes, format!("{shape}{terms}"))
}

/// An audit at hand that is another than the one a counter-statement was made on.
fn other_copies(attestation: &Attestation, all: &[Examined<'_>]) -> Vec<Part> {
    let answers = attestation.terms.iter().flat_map(|terms| &terms.answers);
    answers
        .filter_map(|answered| {
            let stated = answered.sha256.said()?;
            let other = all.iter().find(|one| {
                one.attestation().is_some_and(|a| a.id == answered.id) && one.held.sha256 != *stated
            })?;
            Some(Part::open(
                What::Form,
                format!(
                    "it answers another copy than {}: their hashes differ",
                    other.held.file
                ),
                "ask for the copy that was answered, and compare the two",
            ))
        })
        .collect()
}

/// Another statement that the same issuer signed under the same id.
fn twins(one: &Examined<'_>, attestation: &Attestation, all: &[Examined<'_>]) -> Option<Part> {
    let Checked::Holds { document, .. } = &one.proof else {
        return None;
    };
    let other = all.iter().find(|other| {
        let is_twin = other.attestation().is_some_and(|twin| {
            twin.id == attestation.id && twin.issuer.id == attestation.issuer.id
        });
        is_twin && matches!(&other.proof, Checked::Holds { document: said, .. } if said != document)
    })?;
    Some(Part::open(
        What::Form,
        format!(
            "{} was signed by the same issuer under the same id, and says something else",
            other.held.file
        ),
        format!("ask {} which of the two stands", attestation.issuer.name),
    ))
}

fn period(attestation: &Attestation, today: Date) -> Part {
    if let Some(from) = attestation.from
        && today < from
    {
        let says = format!("it holds from {from} only");
        return Part::new(What::Period, Answer::No, says);
    }
    match attestation.until {
        Some(until) if until < today => {
            Part::new(What::Period, Answer::No, format!("it held until {until}"))
        }
        Some(until) => Part::new(What::Period, Answer::Yes, format!("it holds until {until}")),
        // Somebody's words do not expire.
        None if attestation.kind() == Kind::CounterStatement => {
            Part::new(What::Period, Answer::Yes, "a statement without an end")
        }
        None => Part::open(
            What::Period,
            "until when it holds is not stated",
            format!("ask {} until when it holds", attestation.issuer.name),
        ),
    }
}

/// Whether it was withdrawn, and why.
fn standing(
    attestation: &Attestation,
    all: &[Examined<'_>],
    today: Date,
) -> (Part, Option<String>) {
    let notice = all
        .iter()
        .filter_map(Examined::withdrawal)
        .find(|notice| notice.of == attestation.id && notice.issuer == attestation.issuer.id);
    if let Some(notice) = notice {
        let when = notice.on.map_or(String::new(), |on| format!(" on {on}"));
        let says = format!("withdrawn{when}: {}", notice.reason);
        return (
            Part::new(What::Standing, Answer::No, says),
            Some(notice.reason.clone()),
        );
    }
    // It stands where every list that it names says so.
    let mut parts: Vec<Part> = attestation
        .lists()
        .map(|entry| listed(attestation, entry, all, today))
        .collect();
    let ask = format!("ask {} whether it stands", attestation.issuer.name);
    if attestation.unread_status {
        let says = "it names a list of withdrawals of a kind that is not read here";
        parts.push(Part::open(What::Standing, says, ask));
    } else if parts.is_empty() {
        let says = "it names no list in which a withdrawal would show";
        parts.push(Part::open(What::Standing, says, ask));
    }
    let worst = parts
        .iter()
        .fold(Answer::Yes, |worst, part| worst.and(part.answer));
    let part = parts.into_iter().find(|part| part.answer == worst);
    (part.expect("the worst answer is that of a part"), None)
}

/// A list that does not say until when it holds speaks for so many days after its own.
const LIST_DAYS: i32 = 30;

/// Whether a list speaks for a day: until when it says itself, or while it is new.
fn is_current(list: &StatusList, today: Date) -> bool {
    match (list.until, list.from) {
        (Some(until), _) => today <= until,
        (None, Some(from)) => (today - from).get_days() <= LIST_DAYS,
        (None, None) => false,
    }
}

fn listed(attestation: &Attestation, entry: &Entry, all: &[Examined<'_>], today: Date) -> Part {
    let open = |says: String, next: String| Part::open(What::Standing, says, next);
    let fetch = format!(
        "save {} and name the file beside the credential",
        entry.list
    );
    let lists: Vec<_> = all
        .iter()
        .filter_map(Examined::status_list)
        .filter(|(list, _)| list.id == entry.list)
        // One of a later day than the one asked for says nothing about that day.
        .filter(|(list, _)| list.from.is_none_or(|from| from <= today))
        .collect();
    // Of several copies the newest that the issuer signed: anybody can lay another beside it.
    // What was withdrawn once stays so, whatever a newer copy, or one of the same day, says.
    let weight = |(list, is_signed): &(&StatusList, bool)| {
        let ours = *is_signed && list.issuer == attestation.issuer.id;
        let is_set = ours
            && list.purpose == entry.purpose
            && Bits::decode(&list.encoded).and_then(|bits| bits.get(entry.position)) == Ok(true);
        let for_good = is_set && entry.purpose == "revocation";
        (ours, for_good, list.from, is_set)
    };
    let Some((list, is_signed)) = lists.into_iter().max_by_key(weight) else {
        return open(
            format!("the list of withdrawals {} is not at hand", entry.list),
            fetch,
        );
    };
    if !is_signed {
        return open(
            "the list of withdrawals is not as its keeper signed it".to_owned(),
            fetch,
        );
    }
    if list.issuer != attestation.issuer.id {
        return open(
            format!(
                "the list of withdrawals is kept by {}, not by the issuer",
                list.issuer
            ),
            format!("ask {} whether it stands", attestation.issuer.name),
        );
    }
    if list.purpose != entry.purpose {
        return open(
            format!(
                "the list says something else than the credential looks for in it: {}",
                list.purpose
            ),
            format!("ask {} whether it stands", attestation.issuer.name),
        );
    }
    let of = list
        .from
        .map_or("of an unknown day".to_owned(), |from| format!("of {from}"));
    match Bits::decode(&list.encoded).and_then(|bits| bits.get(entry.position)) {
        // That it stood on the day of an old copy says little of today; that it was
        // withdrawn then says all.
        Ok(false) if !is_current(list, today) => open(
            format!("the copy of the list of withdrawals is {of}: one since then would not show"),
            fetch,
        ),
        Ok(false) => Part::new(
            What::Standing,
            Answer::Yes,
            format!("not withdrawn in the issuer's list {of}"),
        ),
        Ok(true) if entry.purpose == "suspension" => Part::new(
            What::Standing,
            Answer::No,
            format!("suspended in the issuer's list {of}; the reason is not at hand"),
        ),
        Ok(true) => Part::new(
            What::Standing,
            Answer::No,
            format!("withdrawn in the issuer's list {of}; the reason is not at hand"),
        ),
        Err(fault) => open(
            format!("the list of withdrawals is not read: {fault}"),
            fetch,
        ),
    }
}
