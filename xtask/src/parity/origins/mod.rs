//! Names by recombination of parts, for ten origins.
//!
//! The labels are those of the shared cases. They exist here, in a test tool, and
//! nowhere in the program: nothing that screens knows or guesses where a name is from.
//! The parts are common knowledge (surnames, given names, towns, trades, legal forms),
//! written down in rough order of how common they are. A name drawn is nobody's in
//! particular, though somebody somewhere may bear it.
//!
//! How names are written in the files that people screen is part of the draw: order,
//! hyphens, accents, patronymics, initials. The shares of each are rough judgements,
//! one line each, in the files below.

mod arabic;
mod chinese;
mod english;
mod indian;
mod korean;
mod russian;
mod spanish;
mod turkic;
mod vietnamese;
mod west_african;

use super::dice::Dice;

/// Where the parts of a drawn name come from.
pub(super) struct Origin {
    /// The label of the shared cases.
    pub(super) label: &'static str,
    /// The country a drawn person, and a drawn organisation, is given.
    pub(super) country: [&'static str; 2],
    /// Countries whose listed parties are counted here where the cases label nothing.
    pub(super) listed_under: &'static [&'static str],
    /// Draws a person's name.
    pub(super) person: fn(&mut Dice) -> String,
    /// Draws an organisation's name.
    pub(super) organisation: fn(&mut Dice) -> String,
}

/// The ten, by label.
pub(super) static ALL: [&Origin; 10] = [
    &arabic::ORIGIN,
    &chinese::ORIGIN,
    &english::ORIGIN,
    &indian::ORIGIN,
    &korean::ORIGIN,
    &russian::ORIGIN,
    &spanish::ORIGIN,
    &turkic::ORIGIN,
    &vietnamese::ORIGIN,
    &west_african::ORIGIN,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn labels_are_in_order_and_each_origin_gives_many_different_names() {
        assert!(ALL.is_sorted_by_key(|origin| origin.label));
        for origin in ALL {
            for (what, draw, least) in [
                ("person", origin.person, 1_500),
                ("organisation", origin.organisation, 1_500),
            ] {
                let mut dice = Dice::of(1, origin.label);
                let names: BTreeSet<String> = (0..2_000).map(|_| draw(&mut dice)).collect();
                let label = origin.label;
                assert!(names.len() >= least, "{label} {what}: {}", names.len());
                for name in names {
                    assert!(
                        !name.contains("  ") && !name.contains('_') && name.trim() == name,
                        "{label} {what}: {name:?}"
                    );
                    assert!(name.contains(' '), "{label} {what}: {name:?} is one word");
                }
            }
        }
    }
}
