//! Values that are there or missing, stated or not; days, numbers, places.

use scruple_model::{Date, Place};
use toml::Spanned;
use toml::de::DeValue;

use super::{At, Reader};
use crate::draft::NOT_STATED;
use crate::terms::Stated;

impl<'t> Reader<'t> {
    pub(super) fn get(&mut self, at: &At<'t>, name: &str) -> Option<&'t Spanned<DeValue<'t>>> {
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

    pub(super) fn wrong(
        &mut self,
        at: &At<'t>,
        name: &str,
        what: &str,
        expected: Option<String>,
        next: &str,
    ) {
        let span = at.table.get(name).map_or(at.span.clone(), Spanned::span);
        let field = at.field(name);
        self.say(span, &field, format!("`{field}`: {what}"), expected, next);
    }

    /// The value, or that nobody states it.
    pub(super) fn stated<T>(
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

    pub(super) fn day(&mut self, at: &At<'t>, name: &str) -> Option<Date> {
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

    pub(super) fn number(&mut self, at: &At<'t>, name: &str) -> Option<u32> {
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

    pub(super) fn truth(&mut self, at: &At<'t>, name: &str) -> Option<bool> {
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

    pub(super) fn place(&mut self, at: &At<'t>, name: &str) -> Option<String> {
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

    pub(super) fn languages(&mut self, at: &At<'t>, name: &str) -> Option<Vec<String>> {
        const FORM: &str = "codes of languages: [\"ug\", \"zh\"]";
        self.list(at, name, FORM, |reader, at, value| match value {
            DeValue::String(code)
                if (2..=3).contains(&code.len())
                    && code.bytes().all(|b| b.is_ascii_lowercase()) =>
            {
                Some(code.to_string())
            }
            _ => {
                reader.wrong(
                    at,
                    name,
                    "something in the list is no code of a language",
                    Some("two or three small letters: \"ug\"".into()),
                    "write the code, not the name",
                );
                None
            }
        })
    }
}
