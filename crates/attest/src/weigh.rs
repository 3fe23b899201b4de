//! What lowers how much an audit can show.
//!
//! An audit never raises confidence: that nothing was found says how hard
//! somebody looked. What is listed here lowers it, each with the fact it rests
//! on. There is no sum and no mark; a reader weighs them.

use schemars::JsonSchema;
use scruple_model::{Band, Confidence, Date, Force, Place};
use scruple_pack::{Entry, Pack};
use serde::Serialize;

use crate::credential::Attestation;
use crate::rules::ImpossibleBody;
use crate::terms::{Access, Announced, Interviewer, Interviews, Kind, Payer, Stated, Terms, Where};

/// One thing that lowers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Weakness {
    /// What, as a sentence without a full stop.
    pub says: String,
    /// The item it rests on.
    pub field: String,
    /// The rule, where one says so: a place where nobody can audit freely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Who says so, for a place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

fn weakness(field: &str, says: impl Into<String>) -> Weakness {
    Weakness {
        says: says.into(),
        field: field.to_owned(),
        rule: None,
        sources: Vec::new(),
    }
}

/// How sure an audit can make anybody: never strong, since it reports what was shown.
pub fn confidence(weaknesses: &[Weakness]) -> Confidence {
    match weaknesses {
        [] => Confidence {
            band: Band::Moderate,
            reason: "an audit reports what was shown to it".to_owned(),
        },
        some => Confidence {
            band: Band::Weak,
            reason: some
                .iter()
                .map(|one| one.says.as_str())
                .collect::<Vec<_>>()
                .join("; "),
        },
    }
}

/// Everything that lowers what this attestation can show; a counter-statement is
/// nobody's audit and has none.
pub fn weaknesses(
    attestation: &Attestation,
    places: &Pack<ImpossibleBody>,
    today: Date,
) -> Vec<Weakness> {
    if attestation.kind() == Kind::CounterStatement {
        return Vec::new();
    }
    let Some(terms) = &attestation.terms else {
        return vec![weakness(
            "terms",
            "who chose and paid the auditor, whether the visit was announced, and who was asked is not stated",
        )];
    };
    let mut found = impossible(terms, places, today);
    found.extend(circumstances(terms));
    found.extend(unstated(terms));
    found
}

/// The places of an audit that rules name, with the rule. Each rule speaks once.
fn impossible(terms: &Terms, places: &Pack<ImpossibleBody>, today: Date) -> Vec<Weakness> {
    let visits = terms.visits.said().map_or(&[][..], Vec::as_slice);
    let mut found = Vec::new();
    for entry in &places.entries {
        let mut reached = visits.iter().filter_map(|visit| {
            let place = Place::parse(visit.place.said()?)?;
            let day = visit.until.said().or(visit.from.said()).copied();
            is_live(entry.force_on(day.unwrap_or(today))).then(|| reach(entry, &place))?
        });
        let Some(first) = reached.next() else {
            continue;
        };
        // A site that surely lies there says more than one that may.
        let reach = reached
            .find(|_| matches!(first, Reach::May(..)))
            .unwrap_or(first);
        let says = match &reach {
            Reach::In(place) => entry.body.says.replace("{place}", &place.name()),
            Reach::May(country, place) => format!(
                "a site lies in {}, in which part is not stated; {}",
                country.name(),
                entry.body.says.replace("{place}", &place.name())
            ),
        };
        found.push(Weakness {
            says,
            field: "visits".to_owned(),
            rule: Some(entry.id.to_string()),
            sources: entry
                .body
                .sources
                .iter()
                .map(|source| format!("{}, {}: {}", source.who, source.when, source.what))
                .collect(),
        });
    }
    found
}

fn is_live(force: Force) -> bool {
    !matches!(
        force,
        Force::NotYet { .. } | Force::Ended { .. } | Force::Proposed
    )
}

enum Reach {
    /// The site lies in the place.
    In(Place),
    /// It lies in the country round the place, and nobody says where.
    May(Place, Place),
}

fn reach(entry: &Entry<ImpossibleBody>, place: &Place) -> Option<Reach> {
    let named = || {
        entry
            .body
            .places
            .iter()
            .filter_map(|code| Place::parse(code))
    };
    if named().any(|outer| place.is_within(&outer)) {
        return Some(Reach::In(place.clone()));
    }
    named()
        .find(|inner| inner.is_within(place))
        .map(|inner| Reach::May(place.clone(), inner))
}

fn circumstances(terms: &Terms) -> Vec<Weakness> {
    let mut found = Vec::new();
    match terms.announced.said() {
        Some(Announced::Announced) => {
            found.push(weakness(
                "announced",
                "the firm knew on which day auditors would come",
            ));
        }
        Some(Announced::Window) => {
            found.push(weakness(
                "announced",
                "the firm knew in which weeks auditors would come",
            ));
        }
        _ => {}
    }
    if terms.chosen_by.said() == Some(&Payer::Audited) {
        found.push(weakness("chosenBy", "the audited firm chose the auditor"));
    }
    if terms.paid_by.said() == Some(&Payer::Audited) {
        found.push(weakness("paidBy", "the audited firm paid the auditor"));
    }
    match terms.access.said() {
        Some(Access::Refused) => found.push(weakness("access", "the auditors were refused access")),
        Some(Access::Limited) => found.push(weakness(
            "access",
            "some of what the auditors asked for was closed",
        )),
        _ => {}
    }
    if let Some(limits) = terms
        .access_limits
        .said()
        .filter(|limits| !limits.is_empty())
    {
        found.push(weakness(
            "accessLimits",
            format!("closed to the auditors: {}", limits.join("; ")),
        ));
    }
    if let Some(missing) = terms
        .not_assessed
        .said()
        .filter(|missing| !missing.is_empty())
    {
        found.push(weakness(
            "notAssessed",
            format!("could not be assessed: {}", missing.join("; ")),
        ));
    }
    match terms.interviews.said().map(Vec::as_slice) {
        Some([]) => found.push(weakness("interviews", "no worker was asked")),
        Some(all) => found.extend(asked(all)),
        None => {}
    }
    found
}

fn asked(all: &[Interviews]) -> Vec<Weakness> {
    let mut found = Vec::new();
    let mut say = |says: &str| found.push(weakness("interviews", says));
    if all.iter().all(|one| one.number.said() == Some(&0)) {
        say("no worker was asked");
        return found;
    }
    if all
        .iter()
        .any(|one| one.management_present.said() == Some(&true))
    {
        say("managers were there when workers were asked");
    }
    if all
        .iter()
        .any(|one| one.by.said() == Some(&Interviewer::Audited))
    {
        say("people of the audited firm asked the workers");
    }
    let on_premises =
        |one: &Interviews| matches!(one.place.said(), Some(Where::OnSite | Where::Housing));
    if all.iter().all(on_premises) {
        say("workers were asked only on the firm's premises");
    }
    found
}

/// What nobody stated, in one sentence.
fn unstated(terms: &Terms) -> Option<Weakness> {
    let mut missing = Vec::new();
    let mut look = |is_missing: bool, what: &'static str| {
        if is_missing && !missing.contains(&what) {
            missing.push(what);
        }
    };
    look(terms.scope.said().is_none(), "what was looked at");
    look(terms.visits.said().is_none(), "which sites were visited");
    for visit in terms.visits.said().into_iter().flatten() {
        look(visit.from.said().is_none(), "when sites were visited");
        look(visit.place.said().is_none(), "in which place a site lies");
    }
    look(
        terms.announced.said().is_none(),
        "whether the visit was announced",
    );
    look(terms.chosen_by.said().is_none(), "who chose the auditor");
    look(terms.paid_by.said().is_none(), "who paid the auditor");
    look(
        terms.access.said().is_none(),
        "what was open to the auditors",
    );
    look(
        terms.interviews.said().is_none(),
        "whether workers were asked",
    );
    for one in terms.interviews.said().into_iter().flatten() {
        look(one.number.said().is_none(), "how many workers were asked");
        look(one.place.said().is_none(), "where workers were asked");
        look(one.by.said().is_none(), "who asked the workers");
        look(
            one.management_present.said().is_none(),
            "whether managers were there",
        );
        look(
            one.languages.said().is_none(),
            "in which language workers were asked",
        );
    }
    look(
        terms.not_assessed.said().is_none(),
        "what could not be assessed",
    );
    look(
        matches!(terms.accreditation, Stated::Not(_)),
        "who accredited the auditor",
    );
    (!missing.is_empty()).then(|| weakness("terms", format!("not stated: {}", missing.join(", "))))
}
