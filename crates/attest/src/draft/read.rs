//! TOML to draft, with every problem at once.

use std::ops::Range;

use scruple_model::deal::{nearest, refused};
use scruple_model::{Date, Place, Problem, Span, persons};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Draft, NOT_STATED, Named, Point, SCHEMA};
use crate::terms::{
    Access, Announced, Answered, Interviewer, Interviews, Kind, Outcome, Payer, Stated, Terms,
    Visit, Where,
};

const ATTESTATION_TYPES: &[&str] = &[
    "certification",
    "declaration",
    "inspection",
    "testing",
    "verification",
    "validation",
];
const ASSESSORS: &[&str] = &[
    "self",
    "commercial",
    "buyer",
    "membership",
    "3rdParty",
    "hybrid",
];
const ENDORSEMENTS: &[&str] = &[
    "authority-benchmark",
    "authority-mandate",
    "authority-globalmra",
    "authority-peer",
    "authority-extended-mra",
    "scheme-self",
    "scheme-cab",
];

const TOP: &[&str] = &[
    "schema",
    "id",
    "kind",
    "name",
    "scope",
    "statement",
    "announced",
    "chosen_by",
    "paid_by",
    "access",
    "access_limits",
    "not_assessed",
    "type",
    "assessor",
    "endorsement",
    "issuer",
    "about",
    "scheme",
    "accreditation",
    "validity",
    "sites",
    "interviews",
    "findings",
    "answers",
];

/// More problems than this are not told.
const MOST: usize = 100;

pub(super) fn read(text: &str) -> Result<Draft, Vec<Problem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        problems: Vec::new(),
    };
    for error in errors.iter().take(MOST) {
        let at = error.span().unwrap_or(0..0);
        reader.say(
            at,
            "",
            format!("this is not TOML: {}", error.message()),
            None,
            "mend this line first; the rest is read then",
        );
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let top = At {
        table: root.get_ref(),
        span: 0..0,
        path: String::new(),
    };
    let draft = reader.draft(&top);
    reader
        .problems
        .sort_by_key(|problem| problem.at.bytes.start);
    reader.problems.truncate(MOST);
    match draft {
        Some(draft) if reader.problems.is_empty() => Ok(draft),
        _ => Err(reader.problems),
    }
}

/// A table, where it stands and what it is called.
struct At<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    path: String,
}

impl At<'_> {
    fn field(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn say(
        &mut self,
        at: Range<usize>,
        field: &str,
        what: String,
        expected: Option<String>,
        next: &str,
    ) {
        self.problems.push(Problem {
            at: Span::locate(self.text, at),
            field: field.to_owned(),
            what,
            expected,
            nearest: None,
            next: next.to_owned(),
        });
    }

    fn draft(&mut self, top: &At<'t>) -> Option<Draft> {
        self.known(top, TOP);
        if self
            .line(top, "schema")
            .is_some_and(|schema| schema != SCHEMA)
        {
            self.wrong(
                top,
                "schema",
                "the file has another format",
                Some(format!("\"{SCHEMA}\"")),
                "make a new draft with scruple attest new",
            );
        }
        let id = self.uri(top, "id");
        let kind = self.word(top, "kind", Kind::WORDS).and_then(Kind::parse);
        let name = self.line(top, "name");
        let kind_of_attestation = self.word(top, "type", ATTESTATION_TYPES).map(str::to_owned);
        let assessor = self.stated(top, "assessor", |r, a, n| {
            r.word(a, n, ASSESSORS).map(str::to_owned)
        });
        let endorsement = self.stated(top, "endorsement", |r, a, n| {
            r.word(a, n, ENDORSEMENTS).map(str::to_owned)
        });

        let issuer = self.table(top, "issuer").and_then(|at| {
            self.known(&at, &["name"]);
            self.line(&at, "name")
        });
        let about = self.table(top, "about").and_then(|at| {
            self.known(&at, &["name", "id"]);
            let (name, id) = (self.line(&at, "name"), self.uri(&at, "id"));
            Some(Named {
                name: name?,
                id: id?,
            })
        });
        let scheme = self.table(top, "scheme").and_then(|at| {
            self.known(&at, &["name", "id", "profile", "profile_id"]);
            let scheme = self.named(&at, "name", "id");
            let profile = self.named(&at, "profile", "profile_id");
            Some((scheme?, profile?))
        });
        let accreditation = self.table(top, "accreditation").and_then(|at| {
            self.known(&at, &["body", "number"]);
            let body = self.stated(&at, "body", Self::line);
            let number = self.stated(&at, "number", Self::reference);
            Some((body?, number?))
        });
        let validity = self.table(top, "validity").and_then(|at| {
            self.known(&at, &["from", "until"]);
            let (from, until) = (self.day(&at, "from"), self.stated(&at, "until", Self::day));
            let (from, until) = (from?, until?);
            if until.said().is_some_and(|until| *until < from) {
                self.wrong(
                    &at,
                    "until",
                    "it ends before it begins",
                    None,
                    "look which of the two days is right",
                );
            }
            Some((from, until))
        });

        let scope = self.stated(top, "scope", Self::line);
        let statement = self.stated(top, "statement", Self::line);
        let announced = self.stated(top, "announced", |r, a, n| {
            r.word(a, n, Announced::WORDS).and_then(Announced::parse)
        });
        let chosen_by = self.stated(top, "chosen_by", |r, a, n| {
            r.word(a, n, Payer::WORDS).and_then(Payer::parse)
        });
        let paid_by = self.stated(top, "paid_by", |r, a, n| {
            r.word(a, n, Payer::WORDS).and_then(Payer::parse)
        });
        let access = self.stated(top, "access", |r, a, n| {
            r.word(a, n, Access::WORDS).and_then(Access::parse)
        });
        let access_limits = self.stated(top, "access_limits", Self::lines);
        let not_assessed = self.stated(top, "not_assessed", Self::lines);
        let visits = self.stated(top, "sites", |r, a, n| r.each(a, n, Self::site));
        let interviews = self.stated(top, "interviews", |r, a, n| r.each(a, n, Self::interviews));
        let points = self.each(top, "findings", Self::point);
        let answers = match top.table.get("answers") {
            None => Some(Vec::new()),
            Some(_) => self.each(top, "answers", Self::answered),
        };
        if kind == Some(Kind::CounterStatement) {
            if answers.as_ref().is_some_and(Vec::is_empty) {
                self.wrong(
                    top,
                    "answers",
                    "a counter-statement does not say what it answers",
                    None,
                    "add [[answers]] with the id of the attestation",
                );
            }
            if statement.as_ref().is_some_and(|text| text.said().is_none()) {
                self.wrong(
                    top,
                    "statement",
                    "a counter-statement says nothing",
                    None,
                    "write what those who make it say",
                );
            }
        }
        let (scheme, profile) = scheme?;
        let (body, number) = accreditation?;
        let (from, until) = validity?;
        let accreditation = match (body.said(), number.said()) {
            (Some(body), Some(number)) => Stated::Said(format!("{body}, {number}")),
            (Some(one), None) | (None, Some(one)) => Stated::Said(one.clone()),
            (None, None) => Stated::NOT,
        };
        Some(Draft {
            id: id?,
            name: name?,
            kind_of_attestation: kind_of_attestation?,
            assessor: assessor?,
            endorsement: endorsement?,
            issuer: issuer?,
            about: about?,
            scheme,
            profile,
            accreditor: body,
            from,
            until,
            points: points?,
            terms: Terms {
                kind: kind?,
                scope: scope?,
                statement: statement?,
                visits: visits?,
                announced: announced?,
                chosen_by: chosen_by?,
                paid_by: paid_by?,
                access: access?,
                access_limits: access_limits?,
                interviews: interviews?,
                not_assessed: not_assessed?,
                accreditation,
                answers: answers?,
            },
        })
    }

    fn site(&mut self, at: &At<'t>) -> Option<Visit> {
        self.known(at, &["name", "id", "place", "from", "until"]);
        let name = self.line(at, "name");
        let id = self.uri(at, "id");
        let place = self.stated(at, "place", Self::place);
        let from = self.stated(at, "from", Self::day);
        let until = self.stated(at, "until", Self::day);
        if let (Some(Stated::Said(from)), Some(Stated::Said(until))) = (&from, &until)
            && until < from
        {
            self.wrong(
                at,
                "until",
                "the visit ends before it begins",
                None,
                "look which of the two days is right",
            );
        }
        Some(Visit {
            id: id?,
            name: name?,
            place: place?,
            from: from?,
            until: until?,
        })
    }

    fn interviews(&mut self, at: &At<'t>) -> Option<Interviews> {
        self.known(
            at,
            &["number", "place", "by", "management_present", "languages"],
        );
        let number = self.stated(at, "number", Self::number);
        let place = self.stated(at, "place", |r, a, n| {
            r.word(a, n, Where::WORDS).and_then(Where::parse)
        });
        let by = self.stated(at, "by", |r, a, n| {
            r.word(a, n, Interviewer::WORDS)
                .and_then(Interviewer::parse)
        });
        let management_present = self.stated(at, "management_present", Self::truth);
        let languages = self.stated(at, "languages", Self::languages);
        Some(Interviews {
            number: number?,
            place: place?,
            by: by?,
            management_present: management_present?,
            languages: languages?,
        })
    }

    fn point(&mut self, at: &At<'t>) -> Option<Point> {
        self.known(at, &["name", "criterion", "topic", "outcome", "text"]);
        let name = self.line(at, "name");
        let criterion = self.stated(at, "criterion", Self::uri);
        let topic = self.stated(at, "topic", Self::slug);
        let outcome = self
            .word(at, "outcome", Outcome::WORDS)
            .and_then(Outcome::parse);
        let text = self.stated(at, "text", Self::line);
        Some(Point {
            name: name?,
            criterion: criterion?,
            topic: topic?,
            outcome: outcome?,
            text: text?,
        })
    }

    fn answered(&mut self, at: &At<'t>) -> Option<Answered> {
        self.known(at, &["id", "sha256"]);
        let id = self.uri(at, "id");
        let sha256 = self.stated(at, "sha256", |r, a, n| {
            let text = r.line(a, n)?;
            let is_hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
            if !is_hash {
                r.wrong(
                    a,
                    n,
                    "this is no SHA-256",
                    Some("64 hexadecimal digits".to_owned()),
                    "copy it from scruple attest show",
                );
            }
            is_hash.then(|| text.to_ascii_lowercase())
        });
        Some(Answered {
            id: id?,
            sha256: sha256?,
        })
    }

    /// Both or neither of a name and its address.
    fn named(&mut self, at: &At<'t>, name: &str, id: &str) -> Option<Stated<Named>> {
        let called = self.stated(at, name, Self::line);
        let address = self.stated(at, id, Self::uri);
        match (called?, address?) {
            (Stated::Said(name), Stated::Said(id)) => Some(Stated::Said(Named { name, id })),
            // A scheme without an address is named by one of its own.
            (Stated::Said(name), Stated::Not(_)) => {
                let id = format!("urn:scheme:{}", slug_of(&name));
                Some(Stated::Said(Named { name, id }))
            }
            (Stated::Not(_), Stated::Said(_)) => {
                self.wrong(
                    at,
                    name,
                    "there is an address and no name",
                    None,
                    "write the name",
                );
                None
            }
            (Stated::Not(_), Stated::Not(_)) => Some(Stated::NOT),
        }
    }

    // --- one value each -----------------------------------------------------

    fn get(&mut self, at: &At<'t>, name: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = at.table.get(name);
        if found.is_none() {
            let field = at.field(name);
            self.say(
                at.span.clone(),
                &field,
                format!("`{field}` is missing"),
                None,
                "write it; what nobody will say is \"not stated\"",
            );
        }
        found
    }

    fn wrong(&mut self, at: &At<'t>, name: &str, what: &str, expected: Option<String>, next: &str) {
        let span = at.table.get(name).map_or(at.span.clone(), Spanned::span);
        let field = at.field(name);
        self.say(span, &field, format!("`{field}`: {what}"), expected, next);
    }

    /// The value, or that nobody states it.
    fn stated<T>(
        &mut self,
        at: &At<'t>,
        name: &str,
        mut read: impl FnMut(&mut Self, &At<'t>, &str) -> Option<T>,
    ) -> Option<Stated<T>> {
        let value = self.get(at, name)?;
        if let DeValue::String(text) = value.get_ref()
            && text.trim().eq_ignore_ascii_case(NOT_STATED)
        {
            return Some(Stated::NOT);
        }
        read(self, at, name).map(Stated::Said)
    }

    fn string(&mut self, at: &At<'t>, name: &str) -> Option<&'t str> {
        match self.get(at, name)?.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim()),
            DeValue::String(_) => {
                self.wrong(
                    at,
                    name,
                    "there is nothing in it",
                    Some("text in quotes".into()),
                    "fill it in, or write \"not stated\" where the draft says that",
                );
                None
            }
            _ => {
                self.wrong(
                    at,
                    name,
                    "this is no text",
                    Some("text in quotes".into()),
                    "put it in quotation marks",
                );
                None
            }
        }
    }

    /// Text, in which nobody may be named.
    fn line(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        let unfit = text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t');
        if text.len() > 20_000 || unfit {
            self.wrong(
                at,
                name,
                "it is too long, or has characters that cannot be seen",
                None,
                "shorten it, and write it again by hand",
            );
            return None;
        }
        if let Some(personal) = persons::find(text) {
            let what = format!("this looks like {}: {}", personal.what, personal.words);
            self.wrong(
                at,
                name,
                &what,
                None,
                "take it out: whoever spoke with an auditor may be punished for it",
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// A number of accreditation, which may be long.
    fn reference(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        self.string(at, name)
            .map(|text| text.chars().filter(|c| !c.is_control()).collect())
    }

    fn lines(&mut self, at: &At<'t>, name: &str) -> Option<Vec<String>> {
        let value = self.get(at, name)?;
        let DeValue::Array(all) = value.get_ref() else {
            self.wrong(
                at,
                name,
                "this is no list",
                Some("a list of texts: [\"dormitory B\"]".into()),
                "put it in square brackets",
            );
            return None;
        };
        let mut lines = Vec::new();
        for one in all.iter() {
            match one.get_ref() {
                DeValue::String(text) => match persons::find(text) {
                    None => lines.push(text.trim().to_owned()),
                    Some(personal) => {
                        let what = format!("this looks like {}: {}", personal.what, personal.words);
                        self.wrong(
                            at,
                            name,
                            &what,
                            None,
                            "take it out: whoever spoke with an auditor may be punished for it",
                        );
                    }
                },
                _ => self.wrong(
                    at,
                    name,
                    "something in the list is no text",
                    None,
                    "put each in quotation marks",
                ),
            }
        }
        Some(lines)
    }

    fn uri(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        if !is_uri(text) {
            self.wrong(
                at,
                name,
                "this is no address that identifies",
                Some("https://…, urn:…, or did:…".into()),
                "write one, such as the page of the company register, or urn:lei: with its LEI",
            );
            return None;
        }
        Some(text.to_owned())
    }

    fn word(
        &mut self,
        at: &At<'t>,
        name: &str,
        words: &'static [&'static str],
    ) -> Option<&'static str> {
        let text = self.string(at, name)?;
        let found = words.iter().copied().find(|word| *word == text);
        if found.is_none() {
            let field = at.field(name);
            self.wrong(
                at,
                name,
                &format!("{text:?} is none of its words"),
                Some(words.join(", ")),
                "write one of them, or \"not stated\"",
            );
            if let Some(problem) = self
                .problems
                .last_mut()
                .filter(|problem| problem.field == field)
            {
                problem.nearest = nearest::of(text, words.iter().copied()).map(str::to_owned);
            }
        }
        found
    }

    fn day(&mut self, at: &At<'t>, name: &str) -> Option<Date> {
        let day = match self.get(at, name)?.get_ref() {
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            DeValue::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if day.is_none() {
            self.wrong(
                at,
                name,
                "this is no day",
                Some("a day as YYYY-MM-DD".into()),
                "write the day as it is in the calendar",
            );
        }
        day
    }

    fn number(&mut self, at: &At<'t>, name: &str) -> Option<u32> {
        let number = match self.get(at, name)?.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(
                at,
                name,
                "this is no count",
                Some("a whole number, without quotes".into()),
                "write how many",
            );
        }
        number
    }

    fn truth(&mut self, at: &At<'t>, name: &str) -> Option<bool> {
        match self.get(at, name)?.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => {
                self.wrong(
                    at,
                    name,
                    "this is neither yes nor no",
                    Some("true or false, without quotes".into()),
                    "write one of them, or \"not stated\"",
                );
                None
            }
        }
    }

    fn place(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        let place = Place::parse(text);
        if place.is_none() {
            self.wrong(
                at,
                name,
                &format!("{text:?} is no place known here"),
                Some("a country code such as \"de\", or a region such as \"cn-xj\"".into()),
                "write the code",
            );
            if let Some(problem) = self.problems.last_mut() {
                problem.nearest = Place::nearest(text);
            }
        }
        place.map(|place| place.code())
    }

    fn slug(&mut self, at: &At<'t>, name: &str) -> Option<String> {
        let text = self.string(at, name)?;
        let fits = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            self.wrong(
                at,
                name,
                "this is no name of a topic",
                Some("small letters and hyphens: forced-labor-elimination".into()),
                "take it from UNTP's list of conformity topics",
            );
        }
        fits.then(|| text.to_owned())
    }

    fn languages(&mut self, at: &At<'t>, name: &str) -> Option<Vec<String>> {
        let DeValue::Array(all) = self.get(at, name)?.get_ref() else {
            self.wrong(
                at,
                name,
                "this is no list",
                Some("codes of languages: [\"ug\", \"zh\"]".into()),
                "put them in square brackets",
            );
            return None;
        };
        let mut codes = Vec::new();
        for one in all.iter() {
            match one.get_ref() {
                DeValue::String(code)
                    if (2..=3).contains(&code.len())
                        && code.bytes().all(|b| b.is_ascii_lowercase()) =>
                {
                    codes.push(code.to_string());
                }
                _ => self.wrong(
                    at,
                    name,
                    "something in the list is no code of a language",
                    Some("two or three small letters: \"ug\"".into()),
                    "write the code, not the name",
                ),
            }
        }
        Some(codes)
    }

    // --- tables --------------------------------------------------------------

    fn table(&mut self, at: &At<'t>, name: &str) -> Option<At<'t>> {
        let value = self.get(at, name)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(At {
                table,
                span: value.span(),
                path: at.field(name),
            }),
            _ => {
                self.wrong(
                    at,
                    name,
                    "this is no table",
                    Some(format!("[{name}]")),
                    "take its form from a new draft",
                );
                None
            }
        }
    }

    fn each<T>(
        &mut self,
        at: &At<'t>,
        name: &str,
        mut read: impl FnMut(&mut Self, &At<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.get(at, name)?;
        let DeValue::Array(all) = value.get_ref() else {
            self.wrong(
                at,
                name,
                "this is no list of tables",
                Some(format!("[[{name}]]")),
                "take its form from a new draft",
            );
            return None;
        };
        let mut found = Vec::new();
        for (number, one) in (1..).zip(all.iter()) {
            let path = format!("{name}[{number}]");
            match one.get_ref() {
                DeValue::Table(table) => found.extend(read(
                    self,
                    &At {
                        table,
                        span: one.span(),
                        path,
                    },
                )),
                _ => self.say(
                    one.span(),
                    &path,
                    format!("`{path}` is no table"),
                    Some(format!("[[{name}]]")),
                    "take its form from a new draft",
                ),
            }
        }
        Some(found)
    }

    /// Refuses what is no field, and says why where it is about what a person is.
    fn known(&mut self, at: &At<'t>, names: &[&str]) {
        for (key, _) in at.table.iter() {
            let (name, span) = (key.get_ref().as_ref(), key.span());
            if names.contains(&name) {
                continue;
            }
            let field = at.field(name);
            match refused::check(name) {
                Some(refusal) => self.say(span, &field, refusal.why(), None, refusal.next()),
                None => {
                    self.say(
                        span,
                        &field,
                        format!("`{field}` is no field of a draft"),
                        None,
                        "take it out, or write the name of the field as a new draft has it",
                    );
                    if let Some(problem) = self.problems.last_mut() {
                        problem.nearest =
                            nearest::of(name, names.iter().copied()).map(str::to_owned);
                    }
                }
            }
        }
    }
}

/// Whether a text is an absolute address.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let rest_fits = !rest.is_empty()
        && rest != "//"
        && rest.bytes().all(|b| {
            b.is_ascii_graphic()
                && !matches!(
                    b,
                    b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
                )
        });
    scheme_fits && rest_fits && text.len() <= 2_000
}

/// A name as the last part of an address; a name in another script by its hash.
fn slug_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() || !name.is_ascii() {
        return scruple_model::hash::sha256(name.as_bytes())[..16].to_owned();
    }
    parts.join("-")
}
