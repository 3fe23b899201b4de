//! Tables and lists of tables, and names that are no field.

use scruple_model::deal::{nearest, refused};
use toml::de::DeValue;

use super::{At, Reader};

impl<'t> Reader<'t> {
    pub(super) fn table(&mut self, at: &At<'t>, name: &str) -> Option<At<'t>> {
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

    pub(super) fn each<T>(
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
    pub(super) fn known(&mut self, at: &At<'t>, names: &[&str]) {
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
