//! The rule packs this crate evaluates: their bodies, and the set in use.
//!
//! The packs are compiled into the program, so that it answers without a file
//! beside it; `--packs DIR` puts others in their place, and every brief made
//! with them says so. Their text is hashed into the vintage either way.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::deal::Role;
use scruple_model::{Effect, Entity, ListId, Place, Question, QuestionId, RuleId, Severity};
use scruple_pack::{Entry, Pack, PackError, load, parse};
use serde::{Deserialize, Serialize};

use crate::starter;

/// A question as a pack writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackQuestion {
    /// `q.us-content`.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
    /// Where the answer goes; left out where the fact's own field is meant.
    #[serde(default)]
    pub field: Option<String>,
}

impl PackQuestion {
    /// The question for a finding; `field` where the pack names none.
    pub fn to_question(&self, field: &str) -> Question {
        Question {
            id: self.id.clone(),
            text: self.text.clone(),
            ask: self.ask.clone(),
            field: self.field.clone().unwrap_or_else(|| field.to_owned()),
        }
    }
}

/// Which side of a deal a list speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Either.
    #[default]
    Both,
    /// Only where the writer sells.
    Sale,
    /// Only where the writer buys.
    Purchase,
}

/// What being on a list means for a deal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListBody {
    /// The list.
    pub list: ListId,
    /// Names the field uses for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The regime by which it binds.
    pub regime: String,
    /// What it demands.
    pub effect: Effect,
    /// Which side it speaks to.
    #[serde(default)]
    pub direction: Direction,
    /// The roles of the listed party for which it does; all where left out.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Harm to people if a match is true, where the list says anything about people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim, with `{party}` for the party.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// How the listed party, or somebody taken for it, has it corrected.
    pub correction: String,
    /// The publisher's page for that.
    #[serde(default)]
    pub correction_link: Option<String>,
    /// How often it changes: an older copy is stale.
    pub cadence_days: u16,
    /// The publisher's page.
    #[serde(default)]
    pub homepage: Option<String>,
}

/// One fact that makes a regime bind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bind {
    /// `nexus.us_persons`.
    pub fact: String,
    /// True where the fact is this.
    #[serde(default)]
    pub is: Option<bool>,
    /// True where the fact is a place within one of these, groups included.
    #[serde(default)]
    pub within: Vec<String>,
    /// True where the fact is a number of at least this.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// True where the fact is a number above this.
    #[serde(default)]
    pub above: Option<f64>,
    /// True where the fact is one of these words.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// Counts only for goods that go to one of these places.
    #[serde(default)]
    pub destinations: Vec<String>,
    /// Why it binds, as the brief says it.
    pub because: String,
    /// What to ask where the fact is unknown.
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// A body of law, and what makes it bind a deal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegimeBody {
    /// Its title.
    pub title: String,
    /// Whose law.
    pub jurisdiction: String,
    /// What kind of law.
    pub kind: RegimeKind,
    /// Any one of these suffices.
    pub binds: Vec<Bind>,
}

/// What kind of law a regime is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegimeKind {
    /// On what leaves.
    ExportControl,
    /// On dealings with somebody.
    Sanctions,
    /// On what comes in.
    ImportBan,
}

/// Where in a deal a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceField {
    /// `destination`.
    Destination,
    /// `transit`.
    Transit,
    /// `place_of_use`.
    PlaceOfUse,
    /// `items[].origin`.
    Origin,
}

/// What a rule says about a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// The places, groups included.
    pub places: Vec<String>,
    /// Which of the deal's places it speaks of.
    pub applies_to: Vec<PlaceField>,
    /// The regime by which it binds; none for guidance that speaks to everybody.
    #[serde(default)]
    pub regime: Option<String>,
    /// What it demands.
    pub effect: Effect,
    /// Which side it speaks to.
    #[serde(default)]
    pub direction: Direction,
    /// Harm to people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim, with `{place}` for the place.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// What decides whether the item falls under it, where that is open. A rule
    /// with one never gives more than "cannot tell".
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// When a duty of our own speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// No party has the role `end-user`.
    NoEndUser,
    /// The end use is unknown.
    NoEndUse,
    /// The place of use is unknown.
    NoPlaceOfUse,
    /// The destination is unknown.
    NoDestination,
    /// A fact is unknown that would decide whether a regime binds.
    NexusUnknown,
    /// A party is on a list whose regime does not bind.
    ListedWhereListDoesNotBind,
}

/// A duty of our own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyBody {
    /// When it speaks.
    pub when: When,
    /// What it demands.
    pub effect: Effect,
    /// Harm to people.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// The claim.
    pub heading: String,
    /// What to do.
    pub next: Vec<String>,
    /// What settles it.
    #[serde(default)]
    pub question: Option<PackQuestion>,
}

/// A list that is known and cannot be read yet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRead {
    /// An id for it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Why it matters.
    pub why: String,
    /// The publisher's page.
    #[serde(default)]
    pub link: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotReadFile {
    #[serde(default)]
    list: Vec<NotRead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsFile {
    groups: BTreeMap<String, Vec<String>>,
}

/// The text of every pack, by file name without its ending. Starter lists are
/// `starter/NAME`.
pub type PackTexts = BTreeMap<String, String>;

/// The packs this program was built with.
pub fn embedded() -> PackTexts {
    macro_rules! texts {
        ($($name:literal),* $(,)?) => {
            [$(($name.to_owned(), include_str!(concat!("../../../packs/", $name, ".toml")).to_owned())),*]
        };
    }
    texts![
        "lists",
        "regimes",
        "places",
        "duties",
        "groups",
        "not-read",
        "starter/ca-sema",
        "starter/eu-fsf",
        "starter/gb-uksl",
        "starter/us-bis-el",
        "starter/us-dhs-uflpa",
        "starter/us-ofac-sdn",
    ]
    .into()
}

/// Every pack, typed.
#[derive(Clone, Debug)]
pub struct Packs {
    /// What lists mean.
    pub lists: Pack<ListBody>,
    /// What binds.
    pub regimes: Pack<RegimeBody>,
    /// What holds of places.
    pub places: Pack<PlaceBody>,
    /// What we owe anyhow.
    pub duties: Pack<DutyBody>,
    /// Known and not read.
    pub not_read: Vec<NotRead>,
    /// The starter pack: listed parties by list.
    pub starter: Vec<starter::StarterList>,
    /// Groups of places.
    groups: BTreeMap<String, Vec<Place>>,
    /// Hash of each pack's text, by name.
    pub hashes: BTreeMap<String, String>,
    /// How these differ from the packs built in: names changed, added or missing.
    pub differ: Vec<String>,
}

impl Packs {
    /// Types the texts. `texts` that name fewer packs than are built in take the
    /// built-in ones for the rest.
    pub fn load(texts: &PackTexts) -> Result<Self, PackError> {
        let mut all = embedded();
        let differ = texts
            .iter()
            .filter(|(name, text)| all.get(*name) != Some(text))
            .map(|(name, _)| name.clone())
            .collect();
        all.extend(
            texts
                .iter()
                .map(|(name, text)| (name.clone(), text.clone())),
        );

        let mut problems = Vec::new();
        let mut keep = |error: PackError| problems.extend(error.0);
        let text = |name: &str| all.get(name).map_or("", String::as_str);
        let lists = load("lists", text("lists")).map_err(&mut keep);
        let regimes = load("regimes", text("regimes")).map_err(&mut keep);
        let places = load("places", text("places")).map_err(&mut keep);
        let duties = load("duties", text("duties")).map_err(&mut keep);
        let not_read = parse::<NotReadFile>("not-read", text("not-read")).map_err(&mut keep);
        let groups = parse::<GroupsFile>("groups", text("groups")).map_err(&mut keep);
        let starter: Vec<_> = all
            .iter()
            .filter(|(name, _)| name.starts_with("starter/"))
            .filter_map(|(name, text)| starter::read(name, text).map_err(&mut keep).ok())
            .collect();
        let (Ok(lists), Ok(regimes), Ok(places), Ok(duties), Ok(not_read), Ok(groups)) =
            (lists, regimes, places, duties, not_read, groups)
        else {
            return Err(PackError(problems));
        };
        if !problems.is_empty() {
            return Err(PackError(problems));
        }
        let groups = groups
            .groups
            .into_iter()
            .map(|(name, codes)| {
                (
                    name,
                    codes.iter().filter_map(|code| Place::parse(code)).collect(),
                )
            })
            .collect();
        let hashes = all
            .iter()
            .map(|(name, text)| (name.clone(), scruple_model::hash::sha256(text.as_bytes())))
            .collect();
        let packs = Self {
            lists,
            regimes,
            places,
            duties,
            not_read: not_read.list,
            starter,
            groups,
            hashes,
            differ,
        };
        packs.cross_check()?;
        Ok(packs)
    }

    /// The packs built in.
    pub fn built_in() -> Result<Self, PackError> {
        Self::load(&PackTexts::new())
    }

    /// Whether `place` lies in one of `codes`, groups included.
    pub fn within(&self, place: &Place, codes: &[String]) -> bool {
        codes.iter().any(|code| match self.groups.get(code) {
            Some(members) => members.iter().any(|member| place.is_within(member)),
            None => Place::parse(code).is_some_and(|outer| place.is_within(&outer)),
        })
    }

    /// What a list means, by its id or a name the field uses for it.
    pub fn list(&self, id: &ListId) -> Option<&Entry<ListBody>> {
        self.lists.entries.iter().find(|entry| {
            entry.body.list == *id || entry.body.also.iter().any(|name| name == id.as_str())
        })
    }

    /// A regime by its id.
    pub fn regime(&self, id: &str) -> Option<&Entry<RegimeBody>> {
        self.regimes.get(&RuleId::new(id))
    }

    /// The duty that speaks in a case.
    pub fn duty(&self, when: When) -> Option<&Entry<DutyBody>> {
        self.duties
            .entries
            .iter()
            .find(|entry| entry.body.when == when)
    }

    /// Every starter party as an entity.
    pub fn starter_entities(&self) -> impl Iterator<Item = Entity> {
        self.starter
            .iter()
            .flat_map(|list| list.entities.iter().cloned())
    }

    /// Names in one pack that another has to know.
    fn cross_check(&self) -> Result<(), PackError> {
        let mut wrong = Vec::new();
        let mut say = |pack: &str, what: String| {
            wrong.push(scruple_pack::PackProblem {
                pack: pack.to_owned(),
                problem: scruple_model::Problem {
                    at: scruple_model::Span::default(),
                    field: String::new(),
                    what,
                    expected: None,
                    nearest: None,
                    next: "write the name as the other pack has it".to_owned(),
                },
            });
        };
        for entry in &self.lists.entries {
            if self.regime(&entry.body.regime).is_none() {
                say(
                    "lists",
                    format!("{} names an unknown regime {}", entry.id, entry.body.regime),
                );
            }
        }
        for entry in &self.places.entries {
            if let Some(regime) = &entry.body.regime
                && self.regime(regime).is_none()
            {
                say(
                    "places",
                    format!("{} names an unknown regime {regime}", entry.id),
                );
            }
            for code in &entry.body.places {
                if !self.knows_place(code) {
                    say(
                        "places",
                        format!("{} names an unknown place {code}", entry.id),
                    );
                }
            }
        }
        for entry in &self.regimes.entries {
            for bind in &entry.body.binds {
                if !crate::check::regimes::FACTS.contains(&bind.fact.as_str()) {
                    say(
                        "regimes",
                        format!("{} asks for an unknown fact {}", entry.id, bind.fact),
                    );
                }
                for code in bind.within.iter().chain(&bind.destinations) {
                    if !self.knows_place(code) {
                        say(
                            "regimes",
                            format!("{} names an unknown place {code}", entry.id),
                        );
                    }
                }
            }
        }
        for list in &self.starter {
            if self.list(&list.list).is_none() {
                say("starter", format!("no rule says what {} means", list.list));
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(PackError(wrong))
        }
    }

    fn knows_place(&self, code: &str) -> bool {
        self.groups.contains_key(code) || Place::parse(code).is_some()
    }
}
