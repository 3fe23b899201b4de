//! The false alerts themselves, for whoever mends the matcher: each clean name that
//! alerts, what it alerts on, and what agreed and what did not.
//!
//! Look with another seed than the one that is kept: what was looked at is no
//! measurement any more.

use std::fmt::Write as _;

use anyhow::Result;
use rayon::prelude::*;
use scruple_screen::{Agreement, Match, Options, search};

use super::homonym::Listed;
use super::lists::Cases;
use super::measure::{Amounts, Kind, draw, open, query};
use super::origins::ALL;

/// A line for each clean name that alerts: kind, origin, score, the name, the listed
/// name, what agreed, what is left on either side.
pub(super) fn lines(cases: &Cases, amounts: &Amounts) -> Result<String> {
    let listed = Listed::of_parties(cases.parties.iter());
    let index = open(cases.parties.iter().cloned())?;
    let mut out = String::new();
    for (kind, label, count) in [
        (Kind::Persons, "person", amounts.persons),
        (Kind::Organisations, "organisation", amounts.organisations),
    ] {
        for origin in ALL {
            let options = Options {
                limit: 1,
                ..Options::default()
            };
            let found: Vec<(String, Match)> = draw(origin, kind, amounts.seed, count)
                .into_par_iter()
                .filter(|name| !listed.bears(name, kind == Kind::Persons))
                .filter_map(|name| {
                    let query = query(origin, kind, &name);
                    let best = search(&index, &query, &options).into_iter().next()?;
                    Some((name, best))
                })
                .collect();
            for (name, best) in found {
                writeln!(
                    out,
                    "{label}\t{}\t{}\t{name}\t{}\t{}",
                    origin.label,
                    best.score,
                    best.explanation.listed_name,
                    grounds(&best)
                )?;
            }
        }
    }
    Ok(out)
}

fn grounds(found: &Match) -> String {
    let mut out = String::new();
    for pair in &found.explanation.pairs {
        let sign = match pair.agreement {
            Agreement::Exact => "=",
            Agreement::LegalForm => "form",
            Agreement::Typo => "~",
            _ => "≈",
        };
        let _ = write!(
            out,
            "{} {sign} {} {:+}; ",
            pair.query, pair.listed, pair.points
        );
    }
    for (side, left) in [
        ("only asked", &found.explanation.unmatched_query),
        ("only listed", &found.explanation.unmatched_listed),
    ] {
        for part in left {
            let _ = write!(out, "{side} {} {:+}; ", part.text, part.points);
        }
    }
    for adjustment in &found.explanation.adjustments {
        let _ = write!(out, "{} {:+}; ", adjustment.what, adjustment.points);
    }
    let _ = write!(out, "whole {:+}", found.explanation.whole);
    out
}
