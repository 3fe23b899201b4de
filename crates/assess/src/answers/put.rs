//! Puts one answer into the text of an answers file, and leaves the rest as it stands.
//!
//! Whoever answers in a terminal may have a file already, with comments of their own and
//! answers that are no longer enough. A second row beside the first would contradict it,
//! so the row of the question is changed where there is one.

use scruple_model::Date;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

use super::SCHEMA;
use crate::packs::Word;

/// One answer as somebody gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The question.
    pub question: String,
    /// One of its choices, or `unknowable`.
    pub value: String,
    /// Whose word it is.
    pub word: Word,
    /// The text or document it rests on.
    pub why: Option<String>,
    /// Who answers.
    pub by: Option<String>,
    /// On which day.
    pub on: Date,
}

/// A file without answers, on the deal with this hash.
pub fn empty(deal: &str) -> String {
    format!("schema = \"{SCHEMA}\"\ndeal = \"{deal}\"\n")
}

/// `text` with the answer in it, in place of an earlier one to the same question.
///
/// # Errors
/// Where `text` is no TOML, or `answer` in it is no table: [`super::read`] says so with the place.
pub fn put(text: &str, given: &Given) -> Result<String, TomlError> {
    let mut file: DocumentMut = text.parse()?;
    let rows = file
        .entry("answer")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if !rows.is_array_of_tables() {
        // One `[answer]`, or rows in one line.
        let taken = std::mem::take(rows);
        *rows = match taken.into_array_of_tables() {
            Ok(many) => Item::ArrayOfTables(many),
            Err(Item::Table(one)) => {
                let mut many = ArrayOfTables::new();
                many.push(one);
                Item::ArrayOfTables(many)
            }
            Err(other) => other,
        };
    }
    let Some(rows) = rows.as_array_of_tables_mut() else {
        return Ok(text.to_owned());
    };
    let is_it = |row: &Table| row.get("question").and_then(Item::as_str) == Some(&given.question);
    if rows.iter().any(is_it) {
        // All rows of the question, so that none is left to contradict the answer.
        for row in rows.iter_mut().filter(|row| is_it(row)) {
            fill(row, given);
        }
    } else {
        let mut row = Table::new();
        fill(&mut row, given);
        rows.push(row);
    }
    Ok(file.to_string())
}

fn fill(row: &mut Table, given: &Given) {
    let mut set = |key: &str, text: Option<&str>| match text {
        Some(text) => drop(row.insert(key, value(text))),
        None => drop(row.remove(key)),
    };
    set("question", Some(&given.question));
    set("value", Some(&given.value));
    set("word", Some(given.word.as_str()));
    set("why", given.why.as_deref());
    set("by", given.by.as_deref());
    set("on", Some(&given.on.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(value: &str) -> Given {
        Given {
            question: "q.courts".to_owned(),
            value: value.to_owned(),
            word: Word::Independent,
            why: Some("a report, \"page 3\"".to_owned()),
            by: None,
            on: "2026-11-22".parse().expect("a day"),
        }
    }

    #[test]
    fn an_answer_takes_the_place_of_the_earlier_one_and_leaves_the_rest() {
        let text = "# mine\ndeal = \"0\" # hash\n\n[[answer]] # weak\nquestion = \"q.courts\"\n\
                    value = \"not\"\nby = \"Sales\"\n\n[[group]]\nwho = \"drivers\"\n";
        let once = put(text, &given("independent")).expect("TOML");
        assert!(once.starts_with("# mine\ndeal = \"0\" # hash\n\n[[answer]] # weak\n"));
        assert!(once.contains("value = \"independent\"") && !once.contains("Sales"));
        assert_eq!(once.matches("[[answer]]").count(), 1);
        assert!(once.contains("[[group]]\nwho = \"drivers\""));
        assert_eq!(put(&once, &given("independent")).expect("TOML"), once);
    }

    #[test]
    fn an_answer_goes_into_a_file_however_its_rows_are_written() {
        for text in [
            empty("0"),
            "answer = [{ question = \"q.undo\", value = \"never\" }]\n".to_owned(),
            "[answer]\nquestion = \"q.undo\"\nvalue = \"never\"\n".to_owned(),
        ] {
            let file = put(&text, &given("not")).expect("TOML");
            let read: toml::Table = file.parse().expect("TOML");
            let rows = read["answer"].as_array().expect("rows");
            assert_eq!(
                rows.len(),
                1 + usize::from(text.contains("never")),
                "{file}"
            );
            assert!(
                rows.iter()
                    .any(|row| row["question"].as_str() == Some("q.courts"))
            );
        }
    }
}
