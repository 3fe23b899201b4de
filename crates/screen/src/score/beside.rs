//! What is known beside the name: dates of birth and identifiers.
//!
//! The open cases hold neither, so these points are set by hand, in thousandths of
//! a logit, and stand in the docs. A date that is missing on one side moves nothing;
//! a date known by its year contradicts only another year. An equal identifier
//! decides, whatever the names; one of the same kind that differs speaks against.
//!
//! The number that a maker gave an aircraft outlives every registration, so it finds the
//! aircraft under its next one. But each maker counts for itself, and lists print maker
//! and model in many ways or not at all: an equal number makes a candidate, whose model a
//! person compares, and decides nothing.

use scruple_model::{Entity, PartialDate, Schema};

use super::{Compared, calibration};
use crate::doubt::mistyped;
use crate::index::Index;
use crate::keys::{identifier, serial};
use crate::matched::Adjustment;
use crate::query::Prepared;
use crate::search::Options;

/// The same day, month or year, as exactly as both are known.
const SAME_DAY: i32 = 2_500;
const SAME_MONTH: i32 = 1_800;
const SAME_YEAR: i32 = 1_000;
/// The most that a date adds.
pub(super) const MOST: i32 = SAME_DAY;
/// The same day with day and month exchanged.
const TURNED: i32 = 500;
/// Another day of the same year: a slip of the pen, or another person.
const OTHER_DAY: i32 = -1_500;
/// Another year.
const OTHER_YEAR: i32 = -4_000;
/// Both have an identifier of one kind, and they differ.
const OTHER_IDENTIFIER: i32 = -1_500;
/// Properties in which lists give an aircraft's registration.
const REGISTRATIONS: [&str; 2] = ["registration", "registrationNumber"];
/// Least score of records that share an identifier.
const SAME_IDENTIFIER: u16 = 9_500;

/// Least score of aircraft with one number of a maker: the threshold where nobody chose one.
const SAME_SERIAL: u16 = Options::THRESHOLD;
/// What it adds at least.
const SERIAL_ADDS: i32 = 500;

/// FollowTheMoney's property for the number that a maker gave a vehicle.
pub(crate) const SERIAL: &str = "serialNumber";

/// The numbers that its maker gave an aircraft; none for anything else.
pub(crate) fn serials(entity: &Entity) -> impl Iterator<Item = &str> {
    let values = if entity.schema == Schema::Airplane {
        entity.values(SERIAL)
    } else {
        &[]
    };
    values.iter().map(String::as_str)
}

/// What was found beside the name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) adjustments: Vec<Adjustment>,
    /// Equal identifiers: as asked, as listed.
    pub(crate) identifiers: Vec<(String, String)>,
}

impl Compared {
    /// Adds to the weight, and says why.
    pub(super) fn adjust(&mut self, what: String, points: i32) {
        if points != 0 {
            self.weight += points;
            self.beside.adjustments.push(Adjustment { what, points });
        }
    }

    /// Looks at dates and identifiers, where the query has any.
    pub(super) fn look_beside<B: AsRef<[u8]>>(
        &mut self,
        index: &Index<B>,
        prepared: &Prepared<'_>,
    ) {
        let born = prepared.query.birth_date;
        if born.is_none() && prepared.identifiers.is_empty() && prepared.serials.is_empty() {
            return;
        }
        let Some(entity) = index.entity(self.no) else {
            return;
        };
        if let Some(born) = born {
            let births = entity.birth_dates();
            let best = births
                .iter()
                .map(|birth| dates(born, *birth))
                .max_by_key(|(_, points)| *points);
            if let Some((what, points)) = best {
                self.adjust(what.to_owned(), points);
            }
        }
        let same_aircraft = self.look_at_serials(&entity, prepared);
        for (property, value) in &prepared.identifiers {
            let same = entity
                .identifiers()
                .find(|(_, listed)| identifier(listed).as_ref() == Some(value));
            if let Some((theirs, listed)) = same {
                self.beside
                    .identifiers
                    .push((format!("{property} {value}"), format!("{theirs} {listed}")));
            }
        }
        if let Some((ours, theirs)) = self.beside.identifiers.first() {
            let what = format!("the same identifier: {ours}, {theirs}");
            self.adjust(
                what,
                (calibration::weight(SAME_IDENTIFIER) - self.weight).max(0),
            );
            return;
        }
        // A listed number that was mistyped says nothing about another one.
        let (schema, countries) = (Some(entity.schema), entity.countries());
        let other = prepared.identifiers.iter().find_map(|(property, value)| {
            let mut theirs = entity.identifiers().filter(|(kind, listed)| {
                // An aircraft is registered anew by its next owner.
                let sold = same_aircraft && REGISTRATIONS.contains(kind);
                kind == property && !sold && mistyped(kind, listed, schema, &countries).is_none()
            });
            theirs
                .next()
                .map(|(_, listed)| format!("another {property}: {value}, {listed}"))
        });
        if let Some(what) = other {
            self.adjust(what, OTHER_IDENTIFIER);
        }
    }
}

impl Compared {
    /// Compares the numbers that the makers of two aircraft gave them; whether they are equal.
    fn look_at_serials(&mut self, entity: &Entity, prepared: &Prepared<'_>) -> bool {
        let ours = &prepared.serials;
        let is_ours = |listed: &&str| serial(listed).is_some_and(|value| ours.contains(&value));
        if let Some(same) = serials(entity).find(is_ours) {
            let what = format!(
                "the same serial number, {same}: another maker may have given it too, so compare the model"
            );
            let missing = calibration::weight(SAME_SERIAL) - self.weight;
            self.adjust(what, missing.max(SERIAL_ADDS));
            return true;
        }
        let told = serials(entity).find(|listed| serial(listed).is_some());
        if let (Some(ours), Some(listed)) = (ours.first(), told) {
            let what = format!("another serial number: {ours}, {listed}");
            self.adjust(what, OTHER_IDENTIFIER);
        }
        false
    }
}

/// How two dates of birth agree.
fn dates(ours: PartialDate, theirs: PartialDate) -> (&'static str, i32) {
    if let (Some(a), Some(b)) = (ours.day(), theirs.day()) {
        return match () {
            () if a == b => ("born on the same day", SAME_DAY),
            () if a.year() != b.year() => ("the years of birth exclude each other", OTHER_YEAR),
            () if i32::from(a.month()) == i32::from(b.day())
                && i32::from(a.day()) == i32::from(b.month()) =>
            {
                (
                    "born on the same day, if day and month were exchanged",
                    TURNED,
                )
            }
            () => ("the birth dates exclude each other", OTHER_DAY),
        };
    }
    if ours.may_equal(theirs) {
        let precise = |date: PartialDate| date.to_string().len() > 4;
        if precise(ours) && precise(theirs) {
            ("born in the same month", SAME_MONTH)
        } else {
            ("born in the same year", SAME_YEAR)
        }
    } else if ours.year() == theirs.year() {
        ("the birth dates exclude each other", OTHER_DAY)
    } else {
        ("the years of birth exclude each other", OTHER_YEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_as_far_as_they_are_known() {
        let of = |a: &str, b: &str| dates(a.parse().expect(a), b.parse().expect(b)).1;
        assert_eq!(of("1978-05-06", "1978-05-06"), SAME_DAY);
        assert_eq!(of("1978-05-06", "1978-06-05"), TURNED);
        assert_eq!(of("1978-05-06", "1978"), SAME_YEAR);
        assert_eq!(of("1978-05", "1978-05-06"), SAME_MONTH);
        assert_eq!(of("1978-05", "1978-06-05"), OTHER_DAY);
        assert_eq!(of("1978", "1979-05-06"), OTHER_YEAR);
    }
}
