//! The items of a draft, from the top of the file down.

use super::{At, Reader};
use crate::draft::{Draft, Named, SCHEMA};
use crate::terms::{Access, Announced, Kind, Payer, Stated, Terms};

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

impl<'t> Reader<'t> {
    pub(super) fn draft(&mut self, top: &At<'t>) -> Option<Draft> {
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
}
