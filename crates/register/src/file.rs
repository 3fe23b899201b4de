//! The file that the owner keeps: TOML, read with every problem at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use scruple_model::deal::refused;
use scruple_model::{Date, Problem, Span};
use serde::Deserialize;

use crate::entry::{Entry, State};

/// The name of the format.
pub const SCHEMA: &str = "scruple.register-file/1";

/// More entries than this no register here has.
pub const MOST: usize = 50_000;

/// Whose register it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Its registered name.
    pub name: String,
    /// Its number in a public register, or LEI.
    #[serde(default)]
    pub number: Option<String>,
    /// Where anybody writes who finds a mistake or wants to answer: a page or an address.
    pub contact: String,
}

/// An entry with whether it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The entry.
    pub entry: Entry,
    /// Whether it is shown.
    pub state: State,
    /// Why not, where it is not: one line that the public reads.
    pub reason: Option<String>,
    /// From when a delayed one is shown.
    pub show_from: Option<Date>,
    /// Where it stands in the file.
    pub at: Span,
}

impl Kept {
    /// Whether the public sees it on a day.
    pub fn is_shown(&self, today: Date) -> bool {
        match self.state {
            State::Publish => true,
            State::Withhold => false,
            State::Delay => self.show_from.is_some_and(|from| from <= today),
        }
    }
}

/// A register, as its owner keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// Whose.
    pub owner: Owner,
    /// Entries in the order of the file.
    pub entries: Vec<Kept>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    owner: toml::Spanned<toml::Table>,
    #[serde(default)]
    entries: Vec<toml::Spanned<toml::Table>>,
}

/// What is in an entry of the file beside the entry.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Showing {
    #[serde(default)]
    state: State,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    show_from: Option<Date>,
}

const SHOWING: [&str; 3] = ["state", "reason", "show_from"];

impl Register {
    /// Reads a file.
    ///
    /// # Errors
    /// Every problem of it: each entry is looked at by itself.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems {
            text,
            all: Vec::new(),
        };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                problems.say(
                    at,
                    "",
                    error.message().to_owned(),
                    "mend this first; scruple register add --new writes a file to start from",
                );
                return Err(problems.all);
            }
        };
        if file.schema != SCHEMA {
            problems.say(
                0..0,
                "schema",
                format!("the file has the format {:?}", file.schema),
                "write schema = \"scruple.register-file/1\"",
            );
        }
        let at = file.owner.span();
        let owner = problems.typed::<Owner>(file.owner.into_inner(), at, "owner");
        if file.entries.len() > MOST {
            problems.say(
                0..0,
                "entries",
                format!("more than {MOST} entries"),
                "split the register",
            );
            return Err(problems.all);
        }
        let mut entries: Vec<Kept> = Vec::new();
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for (number, table) in (1..).zip(file.entries) {
            let at = table.span();
            let field = format!("entries[{number}]");
            if let Some(kept) = problems.entry(table.into_inner(), at.clone(), &field) {
                if let Some(line) = ids.get(&kept.entry.id) {
                    let what = format!(
                        "the key {} is used twice, first on line {line}",
                        kept.entry.id
                    );
                    problems.say(
                        at,
                        &format!("{field}.id"),
                        what,
                        "give each entry a key of its own",
                    );
                } else {
                    ids.insert(kept.entry.id.clone(), kept.at.line);
                }
                entries.push(kept);
            }
        }
        match owner {
            Some(owner) if problems.all.is_empty() => Ok(Self { owner, entries }),
            _ => Err(problems.all),
        }
    }

    /// The entry with that key.
    pub fn get(&self, id: &str) -> Option<&Kept> {
        self.entries.iter().find(|kept| kept.entry.id == id)
    }
}

struct Problems<'t> {
    text: &'t str,
    all: Vec<Problem>,
}

impl Problems<'_> {
    fn say(&mut self, at: Range<usize>, field: &str, what: String, next: &str) {
        self.all.push(Problem {
            at: Span::locate(self.text, at),
            field: field.to_owned(),
            what,
            expected: None,
            nearest: None,
            next: next.to_owned(),
        });
    }

    fn typed<T: serde::de::DeserializeOwned>(
        &mut self,
        table: toml::Table,
        at: Range<usize>,
        field: &str,
    ) -> Option<T> {
        for key in table.keys() {
            if let Some(refusal) = refused::check(key) {
                self.say(
                    at.clone(),
                    &format!("{field}.{key}"),
                    refusal.why(),
                    refusal.next(),
                );
                return None;
            }
        }
        match toml::Value::Table(table).try_into() {
            Ok(value) => Some(value),
            Err(error) => {
                let what = format!("`{field}`: {}", error.message());
                self.say(at, field, what, "see docs/register.md for the fields");
                None
            }
        }
    }

    fn entry(&mut self, mut table: toml::Table, at: Range<usize>, field: &str) -> Option<Kept> {
        // A word for one role is read as a list of it.
        if let Some(role) = table.remove("role") {
            table.entry("roles").or_insert_with(|| match role {
                toml::Value::Array(all) => toml::Value::Array(all),
                one => toml::Value::Array(vec![one]),
            });
        }
        // Days without quotation marks are days too.
        for name in ["since", "until", "confirmed", "show_from"] {
            let written = match table.get(name) {
                Some(toml::Value::Datetime(day)) => day.to_string(),
                // A year alone.
                Some(toml::Value::Integer(year)) => year.to_string(),
                _ => continue,
            };
            table.insert(name.to_owned(), toml::Value::String(written));
        }
        let showing: toml::Table = SHOWING
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), table.remove(*name)?)))
            .collect();
        let showing = self.typed::<Showing>(showing, at.clone(), field);
        let entry = self.typed::<Entry>(table, at.clone(), field);
        let (showing, entry) = (showing?, entry?);
        for fault in entry.faults() {
            let field = format!("{field}.{}", fault.field);
            self.say(
                at.clone(),
                &field,
                format!("`{field}`: {}", fault.what),
                fault.next,
            );
        }
        let hidden = showing.state != State::Publish;
        if hidden
            && showing
                .reason
                .as_ref()
                .is_none_or(|reason| reason.trim().is_empty())
        {
            self.say(
                at.clone(),
                &format!("{field}.reason"),
                "an entry that is not shown gives no reason".to_owned(),
                "write one line that the public may read: \"workers asked for it\"",
            );
        }
        if let Some(reason) = &showing.reason
            && (tells(reason, &entry) || scruple_model::persons::find(reason).is_some())
        {
            self.say(
                at.clone(),
                &format!("{field}.reason"),
                "the reason names whom it is about".to_owned(),
                "write it so that nobody can be recognised in it: it is published",
            );
        }
        if showing.state == State::Delay && showing.show_from.is_none() {
            self.say(
                at.clone(),
                &format!("{field}.show_from"),
                "a delayed entry does not say from when it is shown".to_owned(),
                "write show_from = YYYY-MM-DD, or state = \"withhold\"",
            );
        }
        Some(Kept {
            at: Span::locate(self.text, at),
            entry,
            state: showing.state,
            reason: showing.reason,
            show_from: showing.show_from,
        })
    }
}

/// Whether a text says which entry it is about: by a name, an address or a number of it.
pub(crate) fn tells(text: &str, entry: &Entry) -> bool {
    /// Less than this stands in many words by chance.
    const SHORTEST: usize = 4;
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let text = plain(text);
    std::iter::once(&entry.name)
        .chain(&entry.names)
        .chain(&entry.address)
        .chain(&entry.number)
        .map(|known| plain(known))
        .any(|known| known.chars().count() >= SHORTEST && text.contains(&known))
}

/// A file to start from.
pub fn starter(owner: &str, contact: &str) -> String {
    let mut text = String::from(
        "# The register of those we work with, as we keep it. This file is private: it holds what is\n\
         # withheld too. What the public reads is made from it with: scruple register publish DIR\n\
         #\n\
         # Organisations only. For an official, the office by its title.\n\n",
    );
    let _ = writeln!(text, "schema = \"{SCHEMA}\"\n");
    let _ = writeln!(text, "[owner]\nname = {}", quoted(owner));
    let _ = writeln!(
        text,
        "# Where anybody writes who finds a mistake or wants to answer.\ncontact = {}",
        quoted(contact)
    );
    text
}

/// An entry as a block of the file.
pub fn block(entry: &Entry, state: State, reason: Option<&str>, show_from: Option<Date>) -> String {
    let mut text = String::from("\n[[entries]]\n");
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name} = {value}");
    };
    let list = |all: &[String]| {
        let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
        format!("[{}]", all.join(", "))
    };
    line("id", quoted(&entry.id));
    line("name", quoted(&entry.name));
    if !entry.names.is_empty() {
        line("names", list(&entry.names));
    }
    line("kind", quoted(entry.kind.as_str()));
    let roles: Vec<String> = entry
        .roles
        .iter()
        .map(|role| role.as_str().to_owned())
        .collect();
    line("roles", list(&roles));
    line("place", quoted(&entry.place.code()));
    let some = [
        ("address", &entry.address),
        ("number", &entry.number),
        ("os_id", &entry.os_id),
        ("parent", &entry.parent),
    ];
    for (name, value) in some {
        if let Some(value) = value {
            line(name, quoted(value));
        }
    }
    for (name, all) in [
        ("sectors", &entry.sectors),
        ("product_lines", &entry.product_lines),
        ("processing", &entry.processing),
    ] {
        if !all.is_empty() {
            line(name, list(all));
        }
    }
    if let Some(workers) = &entry.workers {
        line("workers", quoted(workers));
    }
    line("since", quoted(&entry.since.to_string()));
    if let Some(until) = entry.until {
        line("until", quoted(&until.to_string()));
    }
    line("source", quoted(&entry.source));
    line("confirmed", entry.confirmed.to_string());
    if let Some(listed) = &entry.listed {
        line("listed", quoted(listed));
    }
    match state {
        State::Publish => {}
        State::Delay => line("state", quoted("delay")),
        State::Withhold => line("state", quoted("withhold")),
    }
    if let Some(reason) = reason {
        line("reason", quoted(reason));
    }
    if let Some(day) = show_from {
        line("show_from", day.to_string());
    }
    text
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
