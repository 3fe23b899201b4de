//! What technology can do to people: the catalogue, and how it is recognised.
//!
//! A capability is recognised by words, or asserted in the deal; asserted outranks.
//! Words that plainly show it (`terms`) are held apart from words that make one ask
//! (`hints`), and both from words that tell it is something else (`not`).

use std::collections::BTreeMap;

use serde::Deserialize;

/// `packs/capabilities.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapabilityFile {
    /// The capabilities.
    pub capability: Vec<Capability>,
    /// What a text speaks of where it speaks of people.
    #[serde(default)]
    pub topic: Vec<Topic>,
}

/// What a text speaks of where it speaks of people: wide on purpose, because it only
/// makes one ask.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// `topic.phones`.
    pub id: String,
    /// What it is about, in words that end a sentence.
    pub says: String,
    /// Rights that such a thing may bear on: ids of `packs/rights.toml`.
    pub rights: Vec<String>,
    /// Language to terms.
    pub terms: BTreeMap<String, Vec<String>>,
}

/// One capability.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// `cap.imsi-catcher`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Other ids that deals may use.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is, plainly.
    pub definition: String,
    /// Rights it bears on: ids of `packs/rights.toml`.
    pub rights: Vec<String>,
    /// Whether it watches, sorts or coerces by itself; a tool with many uses does not.
    #[serde(default)]
    pub benign_by_default: bool,
    /// Language to the terms that show it.
    pub terms: BTreeMap<String, Vec<String>>,
    /// Terms that make one ask.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Terms that tell it is something else.
    #[serde(default)]
    pub not: Vec<String>,
    /// Terms that name another thing outright, such as a printing press: with a claim that
    /// the item can do nothing they leave nothing to ask.
    #[serde(default)]
    pub other: Vec<String>,
    /// What follows from what it is.
    #[serde(default)]
    pub implies: BTreeMap<String, bool>,
    /// Facts that tell benign from harmful: ids of `packs/facts.toml`.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Misuse by type that was documented elsewhere.
    #[serde(default)]
    pub misuse: Vec<Misuse>,
    /// Entries it is often taken for and does not fall under, or lies beside.
    #[serde(default)]
    pub note: Option<String>,
}

/// Documented misuse of a kind of technology: of no party in particular.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misuse {
    /// What was done with it.
    pub kind: String,
    /// Who documented it, where and when.
    pub source: String,
}
