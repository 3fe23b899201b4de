//! The answers about one entity, outside any deal: `scruple ownership show`.
//!
//! Here every rule is run, whether or not its body of law binds anybody: who asks for
//! an entity and not for a deal wants to know what each rule says of it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use scruple_model::{Answer, Date, Force, Looked, RuleId, Unchecked};
use scruple_ownership::{Flag, Layer, Proof, RedFlag, Share, Transfer, close};
use serde::{Deserialize, Serialize};

use super::paint::{Page, Tone};
use crate::check::ownership::{in_proof, limits, missing_seeds, no_holdings, without};
use crate::words;
use crate::world::World;

/// Between two parts of a line: the next begins with a word, and no line with a point.
const BETWEEN: &str = "\u{a0}· ";

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.ownership/1";

/// What every rule says of one entity on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `scruple.ownership/1`.
    pub schema: String,
    /// What was asked for.
    pub asked: String,
    /// Its id in the holdings; none where they do not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// On which day.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Hash over lists, holdings, packs and program.
    pub vintage: String,
    /// Hash of the holdings file, where one is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holdings: Option<String>,
    /// Rule by rule.
    pub answers: Vec<RuleAnswer>,
    /// What those named are called, by id: listed parties only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The holdings that were looked at.
    pub looked_at: Vec<Looked>,
    /// What was not.
    pub unchecked: Vec<Unchecked>,
}

/// What one rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleAnswer {
    /// The rule.
    pub rule: RuleId,
    /// Its title.
    pub title: String,
    /// Whether it is law on the day.
    pub force: Force,
    /// Yes: covered. Cannot tell: cannot be ruled out. No: not shown to be covered.
    pub answer: Answer,
    /// What the count shows, where the answer given is another: a rule whose wording
    /// nobody compared with the official text says No of nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_count: Option<Answer>,
    /// The same in words.
    pub outcome: String,
    /// What is doubtful about the rule or the answer.
    pub doubts: Vec<String>,
    /// On which lists it stands itself, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
    /// Whether a listed or reached party is reported above it. Cannot tell: nobody looked,
    /// or there is too much above it to read.
    pub listed_above: Answer,
    /// The largest share that these hold for certain, and of what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest: Option<(Share, Layer)>,
    /// What a reader has to know.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What listed parties are reported to have given away above it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// What the rule's authority calls a red flag, and what it asks for then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub red_flags: Vec<Raised>,
    /// What to do where it is covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

/// A red flag of a rule's authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Raised {
    /// Its id, as the finding of a brief has it.
    pub id: RuleId,
    /// What it is, in a sentence.
    pub title: String,
    /// Where it stands.
    pub citation: String,
    /// What to do.
    pub next: Vec<String>,
}

impl Raised {
    fn new(flag: &RedFlag, party: &str) -> Self {
        Self {
            id: flag.id.as_str().into(),
            title: flag.title.replace("{party}", party),
            citation: flag.citation.clone(),
            next: flag.next.clone(),
        }
    }
}

/// Asks every rule, or those named, about an entity by its id in the holdings.
pub fn show(world: &World, asked: &str, ids: &[String], rules: &[RuleId], as_of: Date) -> Shown {
    let mut shown = Shown {
        schema: SCHEMA.to_owned(),
        asked: asked.to_owned(),
        entity: None,
        as_of,
        vintage: world.vintage(crate::check::screening::options()).hash,
        holdings: world.holdings.as_ref().map(|held| held.hash.clone()),
        answers: Vec::new(),
        names: BTreeMap::new(),
        looked_at: Vec::new(),
        unchecked: Vec::new(),
    };
    let entries = world.packs.ownership.entries.iter();
    let entries = entries.filter(|entry| rules.is_empty() || rules.contains(&entry.id));
    let open = |why: &str| -> Vec<RuleAnswer> {
        entries
            .clone()
            .map(|entry| RuleAnswer {
                rule: entry.id.clone(),
                title: entry.body.title.clone(),
                force: entry.force_on(as_of),
                answer: Answer::CannotTell,
                by_count: None,
                outcome: format!("{}: cannot be told: {why}", entry.body.title),
                doubts: entry.doubts(as_of),
                listed: None,
                listed_above: Answer::CannotTell,
                largest: None,
                flags: BTreeSet::new(),
                proof: None,
                transfers: Vec::new(),
                red_flags: Vec::new(),
                next: Vec::new(),
            })
            .collect()
    };
    let Some(holdings) = &world.holdings else {
        shown.answers = open("no holdings are held");
        shown.unchecked.push(no_holdings());
        return shown;
    };
    shown.looked_at = holdings.looked_at();
    shown.unchecked = limits(holdings);
    let Some(node) = ids.iter().find_map(|id| holdings.graph.find(id)) else {
        shown.answers = open("the holdings say nothing of it");
        return shown;
    };
    shown.entity = Some(holdings.graph.id(node).to_owned());
    for entry in entries {
        let closed = close(&holdings.graph, entry, &holdings.listed, as_of);
        let mut reach = closed.answer(node);
        let mut outcome = match &reach.listed {
            Some(lists) => format!("{}: it is itself listed on {lists}", entry.body.title),
            None => closed.outcome(&reach),
        };
        let mut doubts = entry.doubts(as_of);
        let missing = missing_seeds(world, entry);
        let mut proof = Some(reach.proof.clone());
        if !missing.is_empty() {
            let why = without(world, &missing);
            if reach.answer == Answer::No && reach.listed.is_none() {
                reach.answer = Answer::CannotTell;
                outcome = format!("{}: cannot be told: {why}", entry.body.title);
                proof = None;
            } else {
                doubts.push(why);
            }
        }
        let given = closed.given(&reach);
        let transfers = closed.transfers(node);
        doubts.extend(transfers.doubt());
        let transfers = transfers.found;
        let mut ids: BTreeSet<&str> = in_proof(&reach.proof);
        for transfer in &transfers {
            ids.extend([transfer.owner.as_str(), &transfer.owned]);
            ids.extend(transfer.new_holders.iter().map(String::as_str));
        }
        for id in ids {
            if let Some(name) = holdings.name(id) {
                shown.names.insert(id.to_owned(), name.to_owned());
            }
        }
        let listed_above = closed.listed_above(&reach);
        let body = &entry.body;
        let is_open = reach.answer == Answer::CannotTell && listed_above == Answer::Yes;
        let gave = reach.answer != Answer::Yes && !transfers.is_empty();
        let flags = [
            body.red_flag.as_ref().filter(|_| is_open),
            body.transfer.as_ref().filter(|_| gave),
        ];
        let called = holdings.name(&reach.entity).unwrap_or(&reach.entity);
        let red_flags = flags
            .into_iter()
            .flatten()
            .filter(|_| reach.listed.is_none())
            .map(|flag| Raised::new(flag, called))
            .collect();
        let next = if given == Answer::Yes && reach.listed.is_none() {
            body.next.clone()
        } else {
            Vec::new()
        };
        shown.answers.push(RuleAnswer {
            rule: entry.id.clone(),
            title: entry.body.title.clone(),
            force: closed.force(),
            answer: given,
            by_count: (given != reach.answer).then_some(reach.answer),
            outcome,
            doubts,
            listed_above,
            listed: reach.listed,
            largest: reach.largest,
            flags: reach.flags,
            proof,
            transfers,
            red_flags,
            next,
        });
    }
    shown
}

impl Shown {
    /// 3 where a rule that is not over covers it or may, with a listed party above it, or
    /// where its authority calls something a red flag; 4 where it cannot be told; 0 where no rule shows it to be covered.
    pub fn exit(&self) -> u8 {
        let live = || {
            self.answers
                .iter()
                .filter(|one| !matches!(one.force, Force::Ended { .. }))
        };
        let attention = |one: &RuleAnswer| {
            let is_open = one.answer == Answer::CannotTell && one.by_count.is_none();
            one.answer == Answer::Yes
                || !one.red_flags.is_empty()
                || (is_open && one.listed_above == Answer::Yes)
        };
        if live().any(attention) {
            3
        } else if live().count() == 0 || live().any(|one| one.answer == Answer::CannotTell) {
            4
        } else {
            0
        }
    }

    /// The first proof that can be drawn, as SVG with its text alternative.
    pub fn drawing(&self) -> Option<String> {
        let label = |id: &str| self.names.get(id).cloned();
        self.answers
            .iter()
            .filter_map(|one| one.proof.as_ref())
            .find_map(|proof| scruple_ownership::svg(proof, &label))
    }

    /// For a terminal of `width` columns.
    pub fn terminal(&self, width: usize, colour: bool) -> String {
        let mut page = Page::new(width, colour);
        let called = self.entity.as_deref().unwrap_or(&self.asked);
        let name = self.names.get(called);
        let head = name.map_or_else(|| called.to_owned(), |name| format!("{name} ({called})"));
        page.fold("", 0, Tone::Strong, &head);
        let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
        let vintage = short(&self.vintage);
        let mut line = format!("as of {}{BETWEEN}vintage\u{a0}{vintage}", self.as_of);
        if let Some(hash) = &self.holdings {
            line.push_str(&format!("{BETWEEN}holdings\u{a0}{}", short(hash)));
        }
        page.fold("", 0, Tone::Faint, &line);
        let call = |id: &str| self.names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        for one in &self.answers {
            page.gap();
            let tone = match one.answer {
                Answer::Yes => Tone::Stop,
                Answer::CannotTell => Tone::Ask,
                Answer::No => Tone::Strong,
            };
            let force = match words::force(one.force) {
                state if state.is_empty() => String::new(),
                state => format!(" ({state})"),
            };
            let would = if one.answer == Answer::Yes && !force.is_empty() {
                " (would be covered if it bound)"
            } else {
                ""
            };
            page.fold("", 2, tone, &format!("{}{would}{force}", one.outcome));
            if let Some(proof) = one.proof.as_ref().filter(|_| one.listed.is_none()) {
                let label = |id: &str| self.names.get(id).cloned();
                for line in scruple_ownership::tree(proof, &label).lines() {
                    let text = line.trim_start();
                    let at = 2 + (line.len() - text.len());
                    page.fold(&" ".repeat(at), at + 2, Tone::Plain, text);
                }
            }
            for transfer in &one.transfers {
                page.label(2, "Ended", 8, &transfer.words(&call));
            }
            if !one.flags.is_empty() {
                let flags: Vec<String> = one
                    .flags
                    .iter()
                    .map(|flag| flag.words().to_owned())
                    .collect();
                page.label(2, "Mind", 8, &flags.join("; "));
            }
            for flag in &one.red_flags {
                let text = format!("{} ({})", flag.title, flag.citation);
                page.label(2, "Flag", 8, &text);
                for step in &flag.next {
                    page.label(2, "Next", 8, step);
                }
            }
            for step in &one.next {
                page.label(2, "Next", 8, step);
            }
            for doubt in &one.doubts {
                page.label(2, "Doubt", 8, doubt);
            }
            page.label(2, "Wrong?", 8, &format!("scruple explain {}", one.rule));
        }
        page.gap();
        if !self.looked_at.is_empty() {
            let sources: Vec<String> = self
                .looked_at
                .iter()
                .map(|one| format!("{} {}", one.source, one.date))
                .collect();
            page.label(0, "LOOKED AT", 16, &sources.join(BETWEEN));
        }
        let not: Vec<String> = self
            .unchecked
            .iter()
            .map(|one| format!("{}: {}", one.what, one.why))
            .collect();
        page.label(0, "NOT LOOKED AT", 16, &not.join(BETWEEN));
        page.gap();
        page.fold("", 0, Tone::Plain, crate::brief::FOOTER);
        page.finish()
    }
}
