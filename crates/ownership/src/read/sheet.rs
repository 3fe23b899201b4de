//! The user's own knowledge: a table of who holds what, CSV, XLSX or JSON lines.
//!
//! Columns: `owner` and `owned` (an LEI, `reg:gb:01234567`, or any id of the user's),
//! `share` as people write it ("51%", "25-50", "1/3") or `lo` and `hi` in percent,
//! `layer`, `from`, `until`, `tranche`, `nominee_for`, `document`; `owner_kind`
//! (entity, person, anonymous; an owner without it, and without a number or an id of a
//! register or list, may be a person and is kept under a keyed hash); `holders` (complete, checked, unknown) for whether the
//! list of the owned's holders is all there is; `joint`, the name of an arrangement
//! that the owners in it have about the owned. A column about what a person is is
//! refused, as everywhere.

use std::collections::{BTreeMap, BTreeSet};

use scruple_model::deal::refused;
use scruple_model::{PartialDate, Problem, Span};
use scruple_table::{Kind as File, Row};

use super::{Intake, Report, ids, share_of_text};
use crate::graph::Joint;
use crate::holding::{Behalf, Holding, Kind, Layer, Marks, Record, Remainder};
use crate::{Period, Share};

const COLUMNS: [(&str, &[&str]); 15] = [
    ("owner", &["holder", "shareholder", "parent"]),
    ("owned", &["company", "entity", "subsidiary", "child"]),
    ("share", &["percent", "percentage", "stake", "holding"]),
    ("lo", &["at least", "minimum"]),
    ("hi", &["at most", "maximum"]),
    ("layer", &["of", "kind of interest"]),
    ("from", &["since", "start", "start date"]),
    ("until", &["end", "end date"]),
    ("tranche", &["class"]),
    ("nominee_for", &["nominee for", "on behalf of"]),
    ("document", &["source", "evidence"]),
    ("owner_kind", &["owner kind", "owner is"]),
    ("holders", &["list of holders"]),
    ("joint", &["joint arrangement", "acts with"]),
    ("directness", &["direct or indirect"]),
];

/// Reads a table. Everything that is wrong is reported at once, and then nothing is
/// taken: a user mends the file and gives it again.
///
/// # Errors
///
/// Every problem, in the order of the file.
pub fn sheet(bytes: &[u8], kind: File, into: &mut Intake<'_>) -> Result<Report, Vec<Problem>> {
    let table = scruple_table::read(bytes, kind)?;
    let mut problems = Vec::new();
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, header) in table.headers.iter().enumerate() {
        if let Some(refusal) = refused::check(header) {
            problems.push(problem(1, at + 1, header, refusal.why(), refusal.next()));
        }
        let plain = header.trim().to_lowercase().replace(['-', '_'], " ");
        let known = COLUMNS
            .iter()
            .find(|(name, also)| name.replace('_', " ") == plain || also.contains(&plain.as_str()));
        if let Some((name, _)) = known {
            columns.entry(name).or_insert(at);
        }
    }
    for needed in ["owner", "owned"] {
        if !columns.contains_key(needed) {
            problems.push(problem(
                1,
                0,
                needed,
                format!("the table has no column `{needed}`"),
                "add it: one row for each holding",
            ));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let owned: BTreeSet<&str> = table
        .rows
        .iter()
        .filter_map(|row| Some(row.cells.get(*columns.get("owned")?)?.trim()))
        .collect();
    let mut taken = Vec::new();
    for row in &table.rows {
        match read_row(row, &columns, &owned, into) {
            Ok(holding) => taken.push(holding),
            Err(found) => problems.push(*found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut joints: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for own in &taken {
        if let Some(kind) = own.kind {
            into.builder.kind(&own.owner, kind);
        }
        if let Some(remainder) = own.holders {
            into.builder.remainder(&own.owned, remainder);
        }
        if let Some(joint) = &own.joint {
            joints
                .entry((joint.clone(), own.owned.clone()))
                .or_default()
                .push(own.owner.clone());
        }
        into.builder.hold(
            into.source,
            &Holding {
                layer: own.layer,
                indirect: own.indirect,
                period: own.period,
                record: Record {
                    number: own.line,
                    id: own.document.as_deref(),
                },
                tranche: own.tranche.as_deref(),
                behalf: own.nominee_for.as_deref().map_or(Behalf::Own, Behalf::Of),
                marks: own.marks,
                ..Holding::new(&own.owner, &own.owned, own.share)
            },
        );
    }
    for ((id, entity), mut members) in joints {
        members.sort_unstable();
        members.dedup();
        into.builder.joint(Joint {
            id,
            members,
            entity: Some(entity),
            layer: None,
            from: None,
            until: None,
        });
    }
    Ok(Report {
        records: table.rows.len() as u64,
        holdings: taken.len() as u64,
        ..Report::default()
    })
}

struct Own {
    line: u32,
    owner: String,
    owned: String,
    share: Share,
    layer: Layer,
    indirect: bool,
    period: Period,
    marks: Marks,
    tranche: Option<String>,
    nominee_for: Option<String>,
    document: Option<String>,
    kind: Option<Kind>,
    holders: Option<Remainder>,
    joint: Option<String>,
}

fn read_row(
    row: &Row,
    columns: &BTreeMap<&str, usize>,
    is_owned: &BTreeSet<&str>,
    into: &Intake<'_>,
) -> Result<Own, Box<Problem>> {
    let get = |name: &str| {
        let at = *columns.get(name)?;
        let cell = row.cells.get(at)?.trim();
        (!cell.is_empty()).then_some(cell)
    };
    let wrong = |name: &str, what: String, next: &str| {
        let column = columns.get(name).map_or(0, |at| at + 1);
        Box::new(problem(row.line, column, name, what, next))
    };
    let kind = match get("owner_kind").map(str::to_lowercase).as_deref() {
        None => None,
        Some("person") => Some(Kind::Person),
        Some("entity" | "company") => Some(Kind::Entity),
        Some("anonymous" | "unknown") => Some(Kind::Anonymous),
        Some(other) => {
            return Err(wrong(
                "owner_kind",
                format!("\"{other}\" is no kind of owner"),
                "write entity, person or anonymous",
            ));
        }
    };
    let party = |name: &str| {
        get(name).map(|text| id_of(text, into)).ok_or_else(|| {
            wrong(
                name,
                format!("the row has nothing under `{name}`"),
                "give an LEI, `reg:gb:01234567`, or an id of your own",
            )
        })
    };
    let mut owner = party("owner")?;
    let text = get("owner").unwrap_or("");
    // What stands there may be the name of a person, so it is keyed; without a key it
    // stays unnamed. What can be owned, or is said to be a firm, is no person.
    let may_be_a_name = match kind {
        Some(Kind::Entity | Kind::Anonymous) => owner.starts_with("person:"),
        Some(Kind::Person) => true,
        None => !is_owned.contains(text),
    };
    if may_be_a_name && !is_number(text) {
        owner = into.people.map_or_else(
            || format!("anon:{}:{}", into.id, row.line),
            |key| match kind {
                None if !owner.starts_with("person:") => key.unnamed(into.id, text),
                _ => key.id(into.id, &[text]),
            },
        );
    }
    let kind = if owner.starts_with("anon:") {
        Some(Kind::Anonymous)
    } else {
        kind
    };
    let owned = party("owned")?;
    let mut marks = Marks::NONE;
    let mut layer = None;
    let share = match (get("share"), get("lo"), get("hi")) {
        (Some(text), _, _) => {
            let found = share_of_text(text);
            if found.marks.has(Marks::BAD_INTERVAL) {
                return Err(wrong(
                    "share",
                    format!("\"{text}\" is no share"),
                    "write 51%, 25-50, more than 50% or 1/3",
                ));
            }
            marks = found.marks;
            layer = found.layer;
            found.share
        }
        (None, None, None) => Share::UNKNOWN,
        (None, lo, hi) => {
            let end = |name: &str, text: Option<&str>, none: u32| match text {
                None => Ok(none),
                Some(text) => {
                    let found = share_of_text(&format!("{}%", text.trim_end_matches('%')));
                    if found.marks.has(Marks::BAD_INTERVAL) || !found.share.is_exact() {
                        return Err(wrong(
                            name,
                            format!("\"{text}\" is no percentage"),
                            "write a number of percent",
                        ));
                    }
                    Ok(found.share.lo)
                }
            };
            let (lo, hi) = (end("lo", lo, 0)?, end("hi", hi, crate::WHOLE)?);
            Share::between(i64::from(lo), i64::from(hi)).ok_or_else(|| {
                wrong(
                    "lo",
                    "the least is above the most".to_owned(),
                    "exchange them",
                )
            })?
        }
    };
    let layer = match get("layer") {
        None => layer.unwrap_or(Layer::Shares),
        Some(text) => Layer::parse(&text.to_lowercase()).ok_or_else(|| {
            wrong(
                "layer",
                format!("\"{text}\" is no layer"),
                "write shares, votes, appointment, consolidation or influence",
            )
        })?,
    };
    let date = |name: &str| -> Result<Option<PartialDate>, Box<Problem>> {
        get(name)
            .map(|text| {
                text.parse()
                    .map_err(|error: scruple_model::date::NotADate| {
                        wrong(name, error.to_string(), "correct the date")
                    })
            })
            .transpose()
    };
    let period = Period::new(date("from")?, date("until")?);
    if period.is_backwards() {
        return Err(wrong(
            "until",
            "the holding ends before it begins".to_owned(),
            "correct the dates",
        ));
    }
    let holders = match get("holders").map(str::to_lowercase).as_deref() {
        None | Some("unknown") => None,
        Some("complete") => Some(Remainder::None),
        Some("checked") => Some(Remainder::Clear),
        Some(other) => {
            return Err(wrong(
                "holders",
                format!("\"{other}\" does not say whether the list is complete"),
                "write complete, checked or unknown",
            ));
        }
    };
    Ok(Own {
        line: u32::try_from(row.line).unwrap_or(u32::MAX),
        owner,
        owned,
        share,
        layer,
        indirect: get("directness").is_some_and(|text| text.eq_ignore_ascii_case("indirect")),
        period,
        marks,
        tranche: get("tranche").map(str::to_owned),
        nominee_for: get("nominee_for").map(|text| id_of(text, into)),
        document: get("document").map(str::to_owned),
        kind,
        holders,
        joint: get("joint").map(str::to_owned),
    })
}

/// Whether a text is the number of a record or register, and so no name: an LEI, or a
/// scheme and what has no space, and holds a digit or stands on a list.
fn is_number(text: &str) -> bool {
    ids::lei(text).is_some()
        || text.split_once(':').is_some_and(|(scheme, rest)| {
            let of_list = scheme.contains('-') || scheme == "starter";
            is_scheme(scheme)
                && (of_list || rest.bytes().any(|b| b.is_ascii_digit()))
                && !rest.contains(char::is_whitespace)
        })
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// An id as it stands where it has a scheme, an LEI by its shape, else one of the
/// user's own.
fn id_of(text: &str, into: &Intake<'_>) -> String {
    let text = text.trim();
    if let Some(lei) = ids::lei(text) {
        return lei;
    }
    let schemed = text
        .split_once(':')
        .is_some_and(|(scheme, rest)| !rest.is_empty() && is_scheme(scheme));
    if schemed {
        text.to_owned()
    } else {
        format!("{}:{text}", into.id)
    }
}

fn problem(
    line: usize,
    column: usize,
    field: &str,
    what: impl Into<String>,
    next: impl Into<String>,
) -> Problem {
    Problem {
        at: Span {
            line,
            column,
            ..Span::default()
        },
        field: field.to_owned(),
        what: what.into(),
        expected: None,
        nearest: None,
        next: next.into(),
    }
}
