//! Text to [`Answers`], with every problem at once.

use std::collections::BTreeMap;
use std::ops::Range;

use scruple_model::deal::{Deal, nearest};
use scruple_model::hash::sha256;
use scruple_model::{Date, Problem, QuestionId, Span};
use toml::Spanned;
use toml::de::DeTable;

use super::walk::{Report, Row, rows};
use super::{Answered, Answers, Consulted, Group, Measure, SCHEMA, Stage, Value};
use crate::known::deal_value;
use crate::packs::{Packs, Removes, Word};

const TOP: &[&str] = &[
    "schema",
    "deal",
    "by",
    "on",
    "answer",
    "group",
    "consulted",
    "not_consulted",
    "measure",
];
const ANSWER: &[&str] = &["question", "value", "word", "by", "on", "why"];
const GROUP: &[&str] = &["who", "why"];
const CONSULTED: &[&str] = &["who", "on", "how", "changed"];
const NOT_CONSULTED: &[&str] = &["why"];
const MEASURE: &[&str] = &[
    "id",
    "state",
    "owner",
    "due",
    "since",
    "evidence",
    "again",
    "capability",
];

/// Faults of the notation that end with their line, so that what follows can be read and all
/// problems are told at once, each with what mends it.
const LOCAL: [(&str, &str); 3] = [
    ("duplicate key", "keep one of the two"),
    ("string values must be quoted", "put it in quotes"),
    (
        "invalid basic string",
        "end the text with a quotation mark on its line",
    ),
];

/// The shortest start of a hash that names a deal.
const LEAST_HASH: usize = 12;

/// Reads an answers file on a deal as of a day.
///
/// # Errors
/// Every problem of the text: another deal, an unknown question with the nearest,
/// answers that contradict each other or the deal, days that have not come, and
/// what is not TOML.
pub fn read(text: &str, deal: &Deal, packs: &Packs, today: Date) -> Result<Answers, Vec<Problem>> {
    let mut report = Report {
        text,
        problems: Vec::new(),
        broken: Vec::new(),
    };
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut readable = true;
    for error in errors {
        let at = error.span().unwrap_or(text.len()..text.len());
        let message = error.message().trim();
        let known = LOCAL.iter().find(|(start, _)| message.starts_with(start));
        readable &= known.is_some();
        let next = known.map_or("mend this line", |(_, next)| next);
        report.add_syntax(at, format!("this is not TOML: {message}"), next);
    }
    if !readable {
        return Err(report.problems);
    }
    if let Some(problem) = foreign(&root, text) {
        return Err(vec![problem]);
    }
    let top = Row::new("the file", root.span(), root.get_ref(), TOP, &mut report);
    let answers = Reader {
        root: root.get_ref(),
        deal,
        packs,
        today,
    }
    .read(&top, &mut report);
    if report.problems.is_empty() {
        Ok(Answers {
            hash: sha256(text.as_bytes()),
            ..answers
        })
    } else {
        report.problems.sort_by_key(|one| one.at.bytes.start);
        Err(report.problems)
    }
}

/// What to do where the file is of another kind.
const GIVE: &str =
    "give the file of answers, or write one with scruple assess DEAL --questionnaire FILE.toml";

/// A file of another kind is one problem, not one for each of its lines.
fn foreign(root: &Spanned<DeTable<'_>>, text: &str) -> Option<Problem> {
    if let (Some((title, _)), None, None) = (
        root.get_ref().get_key_value("title"),
        root.get_ref().get("answer"),
        root.get_ref().get("schema"),
    ) {
        return Some(Problem {
            at: Span::locate(text, title.span()),
            field: "title".to_owned(),
            what: "this file is a deal, or another that has a title, and no answers".to_owned(),
            expected: Some(SCHEMA.to_owned()),
            nearest: None,
            next: GIVE.to_owned(),
        });
    }
    let value = root.get_ref().get("schema")?;
    let schema = value.get_ref().as_str()?;
    let kind = |schema: &str| schema.split('/').next().map(str::to_owned);
    (kind(schema) != kind(SCHEMA)).then(|| Problem {
        at: Span::locate(text, value.span()),
        field: "schema".to_owned(),
        what: format!("this file is no answers: its schema is {schema}"),
        expected: Some(SCHEMA.to_owned()),
        nearest: None,
        next: GIVE.to_owned(),
    })
}

struct Reader<'a, 't> {
    root: &'a DeTable<'t>,
    deal: &'a Deal,
    packs: &'a Packs,
    today: Date,
}

impl Reader<'_, '_> {
    fn read(&self, top: &Row<'_, '_>, report: &mut Report<'_>) -> Answers {
        self.schema(top, report);
        let (at, deal) = top.needs("deal", report);
        self.bound(&at, &deal, report);
        let by = top.text("by", report).map(|(_, by)| by);
        let on = self.past(top, "on", report);
        let answers = self.answers(by.as_deref(), on, report);
        let consulted = self.consulted(report);
        let not_consulted = rows(self.root, "not_consulted", NOT_CONSULTED, report)
            .first()
            .map(|row| (row.at.clone(), row.needs("why", report).1));
        if let (Some((at, _)), false) = (&not_consulted, consulted.is_empty()) {
            report.add(
                at.clone(),
                "not_consulted",
                "the file says both who was consulted and why nobody was",
                None,
                None,
                "keep the one that is true",
            );
        }
        Answers {
            deal: self.deal.hash.clone(),
            hash: String::new(),
            answers,
            groups: rows(self.root, "group", GROUP, report)
                .iter()
                .map(|row| Group {
                    who: row.needs("who", report).1,
                    why: row.text("why", report).map(|(_, why)| why),
                })
                .collect(),
            consulted,
            not_consulted: not_consulted.map(|(_, why)| why),
            measures: self.measures(report),
        }
    }

    fn schema(&self, top: &Row<'_, '_>, report: &mut Report<'_>) {
        if let Some((at, schema)) = top.text("schema", report)
            && schema != SCHEMA
        {
            report.add(
                at,
                "schema",
                format!("the schema is {schema}"),
                Some(SCHEMA.to_owned()),
                None,
                "write a new file with scruple assess DEAL --questionnaire FILE.toml",
            );
        }
    }

    fn bound(&self, at: &Range<usize>, deal: &str, report: &mut Report<'_>) {
        let hash = &self.deal.hash;
        let is_this = deal.len() >= LEAST_HASH && hash.starts_with(deal);
        if deal.is_empty() || is_this {
            return;
        }
        let short = |text: &str| text.chars().take(LEAST_HASH).collect::<String>();
        report.add(
            at.clone(),
            "deal",
            format!(
                "these answers are about the deal {}, and this deal is {}",
                short(deal),
                short(hash)
            ),
            Some(hash.clone()),
            None,
            "the deal file changed, or is another: go through the answers again, then write this \
             deal's hash",
        );
    }

    fn answers(
        &self,
        by: Option<&str>,
        on: Option<Date>,
        report: &mut Report<'_>,
    ) -> Vec<Answered> {
        let mut found: Vec<Answered> = Vec::new();
        let mut lines: BTreeMap<QuestionId, usize> = BTreeMap::new();
        for row in rows(self.root, "answer", ANSWER, report) {
            let (at, id) = row.needs("question", report);
            let question = self.question(&at, &id, report);
            let word = self.word(&row, report);
            let own_day = self.past(&row, "on", report);
            // An empty value is a question nobody has answered yet.
            let Some((value_at, value)) = row.text("value", report) else {
                continue;
            };
            let value = Value::parse(&value);
            let Some(question) = question else {
                continue;
            };
            if let Value::Choice(choice) = &value
                && question.choice(choice).is_none()
            {
                let known = || question.choices.iter().map(|choice| choice.value.as_str());
                let all: Vec<&str> = known().chain(["unknown", "unknowable"]).collect();
                report.add(
                    value_at.clone(),
                    "value",
                    format!("{id} has no answer \"{choice}\""),
                    Some(format!("one of {}", all.join(", "))),
                    nearest::of(choice, known()).map(str::to_owned),
                    "write one of these",
                );
                continue;
            }
            let answer = Answered {
                question: QuestionId::new(&id),
                value,
                word,
                by: row
                    .text("by", report)
                    .map(|(_, by)| by)
                    .or_else(|| by.map(str::to_owned)),
                on: own_day.or(on),
                why: row.text("why", report).map(|(_, why)| why),
            };
            self.against_deal(&value_at, &answer, report);
            let line = report.line(at.start);
            let earlier = found.iter().find(|one| one.question == answer.question);
            match earlier {
                Some(earlier) if earlier.value != answer.value => {
                    let first = lines.get(&answer.question).copied().unwrap_or(line);
                    report.add(
                        value_at,
                        "value",
                        format!(
                            "{id} is answered \"{}\" on line {first} and \"{}\" on line {line}",
                            earlier.value.as_str(),
                            answer.value.as_str()
                        ),
                        None,
                        None,
                        "find out which is true, and keep that one",
                    );
                }
                Some(_) => {}
                None => {
                    lines.insert(answer.question.clone(), line);
                    found.push(answer);
                }
            }
        }
        found
    }

    fn question(
        &self,
        at: &Range<usize>,
        id: &str,
        report: &mut Report<'_>,
    ) -> Option<&crate::packs::QuestionBody> {
        if id.is_empty() {
            return None;
        }
        let question = self.packs.question(id);
        if question.is_none() {
            report.add(
                at.clone(),
                "question",
                format!("no question of the assessment is called {id}"),
                None,
                nearest::of(id, self.packs.question_ids()).map(str::to_owned),
                "write the id as the questionnaire has it; other questions of a brief are \
                 answered in the deal file",
            );
        }
        question
    }

    /// An answer that says other than the deal file does.
    fn against_deal(&self, at: &Range<usize>, answer: &Answered, report: &mut Report<'_>) {
        let Some(question) = self.packs.question(answer.question.as_str()) else {
            return;
        };
        let Some((from, stated)) = deal_value(self.deal, question) else {
            return;
        };
        let contradicts = match &answer.value {
            Value::Choice(value) => *value != stated && !from.nearer(question, value),
            Value::Unknowable => true,
            Value::Unknown => false,
        };
        if contradicts {
            report.add(
                at.clone(),
                "value",
                format!(
                    "the deal says {} = {}, which is \"{stated}\"; this answer says \"{}\"",
                    from.fact,
                    from.is,
                    answer.value.as_str()
                ),
                None,
                None,
                format!(
                    "find out which is true; mend `{}` or this answer",
                    from.fact
                ),
            );
        }
    }

    fn word(&self, row: &Row<'_, '_>, report: &mut Report<'_>) -> Word {
        let Some((at, said)) = row.text("word", report) else {
            return Word::Customer;
        };
        let known = || Word::ALL.into_iter().map(Word::as_str);
        if let Some(word) = Word::ALL.into_iter().find(|word| word.as_str() == said) {
            return word;
        }
        report.add(
            at,
            "word",
            format!("\"{said}\" does not say whose word it is"),
            Some(format!("one of {}", known().collect::<Vec<_>>().join(", "))),
            nearest::of(&said, known()).map(str::to_owned),
            "write whose word the answer is",
        );
        Word::Customer
    }

    fn consulted(&self, report: &mut Report<'_>) -> Vec<Consulted> {
        let mut found = Vec::new();
        for row in rows(self.root, "consulted", CONSULTED, report) {
            let who = row.needs("who", report).1;
            let how = row.needs("how", report).1;
            let wrong = report.problems.len();
            let Some(on) = self.past(&row, "on", report) else {
                if report.problems.len() == wrong {
                    let next = "write on = YYYY-MM-DD, the day of the last talk";
                    let what = "a consultation has no `on`";
                    report.add(row.at.clone(), "on", what, None, None, next);
                }
                continue;
            };
            found.push(Consulted {
                who,
                on,
                how,
                changed: row.text("changed", report).map(|(_, text)| text),
            });
        }
        found
    }

    fn measures(&self, report: &mut Report<'_>) -> Vec<Measure> {
        let ids = || self.packs.mitigations.entries.iter().map(|e| e.id.as_str());
        let mut found: Vec<Measure> = Vec::new();
        for row in rows(self.root, "measure", MEASURE, report) {
            let (at, id) = row.needs("id", report);
            if !id.is_empty() && !ids().any(|known| known == id) {
                report.add(
                    at.clone(),
                    "id",
                    format!("no measure is called {id}"),
                    None,
                    nearest::of(&id, ids()).map(str::to_owned),
                    "scruple explain measures lists the ids",
                );
                continue;
            }
            if found.iter().any(|one| one.id == id) {
                let what = format!("the measure {id} stands twice");
                report.add(at, "id", what, None, None, "keep the one that is true");
                continue;
            }
            let stage = self.stage(&row, report);
            let capability = row.text("capability", report);
            let body = self.packs.mitigations.get(&scruple_model::RuleId::new(&id));
            if let Some((at, named)) = &capability
                && body.is_some_and(|entry| entry.body.removes != Some(Removes::Capability))
            {
                report.add(
                    at.clone(),
                    "capability",
                    format!("{id} takes no capability out, so that {named} says nothing here"),
                    None,
                    None,
                    "take the line out",
                );
            }
            let measure = Measure {
                id,
                stage,
                owner: row.text("owner", report).map(|(_, text)| text),
                due: row.day("due", report).map(|(_, day)| day),
                since: self.past(&row, "since", report),
                evidence: row.text("evidence", report).map(|(_, text)| text),
                again: row.day("again", report).map(|(_, day)| day),
                capability: capability.map(|(_, named)| named),
            };
            if measure.stage == Stage::InPlace
                && (measure.since.is_none()
                    || measure.evidence.is_none()
                    || measure.owner.is_none())
            {
                report.add(
                    row.at.clone(),
                    "state",
                    format!(
                        "{} is said to be in place without owner, since and evidence",
                        measure.id
                    ),
                    None,
                    None,
                    "write all three, or state = \"agreed\"",
                );
            }
            found.push(measure);
        }
        found
    }

    fn stage(&self, row: &Row<'_, '_>, report: &mut Report<'_>) -> Stage {
        const STAGES: [&str; 4] = ["proposed", "agreed", "in-place", "rejected"];
        let (at, state) = row.needs("state", report);
        match state.as_str() {
            "proposed" => Stage::Proposed,
            "agreed" => Stage::Agreed,
            "in-place" => Stage::InPlace,
            "rejected" => Stage::Rejected,
            "" => Stage::Proposed,
            other => {
                report.add(
                    at,
                    "state",
                    format!("a measure is never \"{other}\""),
                    Some(format!("one of {}", STAGES.join(", "))),
                    nearest::of(other, STAGES).map(str::to_owned),
                    "write how far it is",
                );
                Stage::Proposed
            }
        }
    }

    /// A day that has come: nobody answered, spoke or acted tomorrow.
    fn past(&self, row: &Row<'_, '_>, key: &str, report: &mut Report<'_>) -> Option<Date> {
        let (at, day) = row.day(key, report)?;
        // A publisher or a customer east of Greenwich may be a day ahead.
        if day > self.today.tomorrow().unwrap_or(self.today) {
            report.add(
                at,
                key,
                format!("`{key}` is {day}, a day that has not come"),
                Some(format!("a day up to {}", self.today)),
                None,
                "write the day on which it happened",
            );
            return None;
        }
        Some(day)
    }
}
