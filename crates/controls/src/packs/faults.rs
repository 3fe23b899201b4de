//! What is wrong with the packs, collected so that all of it is shown at once.

use scruple_model::{Problem, Span};
use scruple_pack::{PackError, PackProblem};

use super::read::{Lifts, Read};
use crate::entry::{Exception, Limb};
use crate::expr::{Expr, Names};

/// Collects what is wrong.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<PackProblem>);

impl Faults {
    pub(super) fn say(&mut self, pack: &str, what: String) {
        self.0.push(PackProblem {
            pack: pack.to_owned(),
            problem: Problem {
                at: Span::default(),
                field: String::new(),
                what,
                expected: None,
                nearest: None,
                next: "mend the entry, or the one it names".to_owned(),
            },
        });
    }

    pub(super) fn keep<T>(&mut self, read: Result<T, PackError>) -> Option<T> {
        read.map_err(|error| self.0.extend(error.0)).ok()
    }

    pub(super) fn expr(&mut self, pack: &str, owner: &str, text: &str, names: &dyn Names) -> Expr {
        Expr::parse(text, names).unwrap_or_else(|what| {
            self.say(pack, format!("{owner}: {what}"));
            Expr::Always
        })
    }

    pub(super) fn limbs(
        &mut self,
        pack: &str,
        owner: &str,
        limbs: &[Limb],
        names: &dyn Names,
    ) -> Vec<Read> {
        limbs
            .iter()
            .map(|limb| Read {
                limb: limb.clone(),
                when: self.expr(pack, owner, &limb.when, names),
            })
            .collect()
    }

    pub(super) fn lifts(
        &mut self,
        pack: &str,
        owner: &str,
        all: &[Exception],
        names: &dyn Names,
    ) -> Vec<Lifts> {
        all.iter()
            .map(|exception| Lifts {
                exception: exception.clone(),
                when: self.expr(pack, owner, &exception.when, names),
            })
            .collect()
    }
}
