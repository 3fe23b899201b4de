//! Entries, lists, rules and flags with their predicates read.

use std::collections::BTreeMap;

use scruple_pack::Entry;

use crate::entry::{ControlList, EntryBody, Exception, Limb};
use crate::expr::Expr;
use crate::rule::{FlagEntry, RuleBody};

/// A limb, read.
#[derive(Clone, Debug)]
pub struct Read {
    /// As written.
    pub limb: Limb,
    /// Its predicate.
    pub when: Expr,
}

/// An exception, read.
#[derive(Clone, Debug)]
pub struct Lifts {
    /// As written.
    pub exception: Exception,
    /// Its predicate.
    pub when: Expr,
}

/// An entry, read.
#[derive(Clone, Debug)]
pub struct ReadEntry {
    /// As written, with its envelope.
    pub entry: Entry<EntryBody>,
    /// Its limbs.
    pub limbs: Vec<Read>,
    /// Its notes.
    pub unless: Vec<Read>,
    /// Exceptions, by list.
    pub exceptions: BTreeMap<String, Vec<Lifts>>,
    /// Reasons that state their own reach, by list: reason, what it says, when.
    pub scopes: BTreeMap<String, Vec<(String, String, Expr)>>,
}

/// A list, read.
#[derive(Clone, Debug)]
pub struct ReadList {
    /// As written.
    pub list: ControlList,
    /// When a listed item needs a licence; the chart decides where there is none.
    pub needs: Option<Expr>,
    /// When an item is outside the law.
    pub outside: Option<Expr>,
    /// General authorisations.
    pub general: Vec<Lifts>,
}

/// A rule, read.
#[derive(Clone, Debug)]
pub struct ReadRule {
    /// As written, with its envelope.
    pub entry: Entry<RuleBody>,
    /// Its limbs.
    pub limbs: Vec<Read>,
    /// What takes a case out.
    pub unless: Vec<Read>,
    /// When it is looked at.
    pub only: Option<Expr>,
}

/// A flag, read.
#[derive(Clone, Debug)]
pub struct ReadFlag {
    /// As written.
    pub flag: FlagEntry,
    /// When it is raised.
    pub when: Option<Expr>,
}
