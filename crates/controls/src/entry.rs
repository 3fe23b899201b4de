//! Control entries: limb by limb, with the notes that decide.
//!
//! Lists of several countries share most entries (they come from the Wassenaar
//! Arrangement), so an entry stands once and names the code it has in each list. An
//! entry is *considered* only where something points to it: a capability, words of
//! its own, a code that somebody gave. What nothing points to is not looked at, and
//! no answer says otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The body of an entry of `packs/control-entries.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryBody {
    /// What it covers, in our words.
    pub heading: String,
    /// List to its place there.
    pub lists: BTreeMap<String, Listing>,
    /// Capabilities that point to it.
    #[serde(default, rename = "for")]
    pub points: Vec<String>,
    /// Words that point to it.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Whether it stands beside the main entry of what points to it, such as the one for
    /// software: it is asked for, and leaves a list open only once its first limb holds.
    #[serde(default)]
    pub side: bool,
    /// What all has to hold.
    pub limbs: Vec<Limb>,
    /// Notes that take an item out.
    #[serde(default)]
    pub unless: Vec<Limb>,
    /// Facts to ask for beside the limbs: boundaries to other entries.
    #[serde(default)]
    pub ask: Vec<String>,
}

/// An entry in one list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// `5A001.f.2`.
    pub code: String,
    /// Reasons for control with their column, as the chart has them: `NS2`.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Reasons whose reach no column shows.
    #[serde(default)]
    pub scopes: Vec<Scope>,
    /// Exceptions and general authorisations that may lift the duty.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    /// Facts to ask for under this list alone, once the item is on it.
    #[serde(default)]
    pub ask: Vec<String>,
    /// Left out of what the list's own general authorisations cover.
    #[serde(default)]
    pub no_general: bool,
}

/// A reason for control whose reach the entry states itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// `SL`.
    pub reason: String,
    /// When it demands a licence.
    pub when: String,
    /// What it says.
    pub says: String,
}

/// Something that may lift the duty to have a licence of one's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// `ENC`, `EU001`.
    pub name: String,
    /// When it is there. Yes lifts the duty, once its formalities are met; an open one
    /// leaves the duty open.
    pub when: String,
    /// What it asks of whoever uses it.
    pub on: String,
    /// Its formalities, as facts: where `when` holds it lifts the duty once each of them
    /// is stated to be met, and not before. Registration is one.
    #[serde(default)]
    pub confirm: Vec<String>,
}

/// A limb: a part that holds or does not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limb {
    /// What it says, in our words.
    pub says: String,
    /// When it holds: see [`crate::expr`].
    pub when: String,
    /// Its place in the instrument, where it has one of its own.
    #[serde(default)]
    pub cite: Option<String>,
}

/// `packs/control-lists.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListsFile {
    /// The lists.
    pub list: Vec<ControlList>,
}

/// A list of controlled goods.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlList {
    /// `us.ccl`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The regime by which it binds.
    pub law: String,
    /// Where it is published.
    pub citation: String,
    /// The text it was last compared with.
    pub as_of: String,
    /// The rule that demands the licence.
    pub rule: String,
    /// When a listed item needs one; the chart decides where left out.
    #[serde(default)]
    pub needs: Option<String>,
    /// When an item is outside the law altogether.
    #[serde(default)]
    pub outside: Option<String>,
    /// Whether trade is forbidden rather than licensed.
    #[serde(default)]
    pub forbids: bool,
    /// General authorisations for everything on it.
    #[serde(default)]
    pub general: Vec<Exception>,
    /// What to do once an item is on it.
    pub next: String,
}
