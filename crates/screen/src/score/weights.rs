//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -6134, even: -5254, most: -3824, share: 384 },
    Curve { least: -4354, even: -3904, most: -2324, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -2903, // Start
        0, // BitsFew
        227, // BitsMore
        344, // BitsMany
        96, // BitsRare
        1800, // Whole
        2063, // Complete
        -2874, // EditRare
        -2342, // EditKnown
        0, // EditShort
        -2192, // EditShortKnown
        -1544, // EditShortRare
        -1167, // EditMore
        0, // Joined
        -1594, // Initial
        -2458, // Acronym
        1769, // Meaning
        -1938, // Cognate
        -278, // LeftAskedShare
        -30, // LeftListedBits
        -427, // LeftListedShare
        -386, // LeftAskedRare
        -339, // Against
        -3000, // AgainstPatronymic
        -1304, // PatronymicAsked
        0, // PatronymicListed
        -1461, // EditSyllable
        -554, // LeftAskedOf
        0, // LeftListedOf
        -394, // FirstListed
        25, // DistinctBits
        -300, // DistinctNone
        -500, // DistinctAgainst
        -146, // DistinctPartly
        596, // PatronymicSame
        -249, // FamilyUnmet
        -512, // GivenAgainst
        1125, // Contained
        308, // Covered
        -719, // FirstAsked
        -753, // LastAsked
        -1291, // Turned
        -947, // TitleLeft
        -300, // PlaceAgainst
        264, // PlaceLeft
        -3, // WorkAgainst
        -225, // WorkLeft
        -1500, // ForceLeft
        -255, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -456, // ParticleLeft
        0, // OneWord
        1032, // Lopsided
        498, // CountrySame
        -600, // CountryDiffer
        -2068, // KindDiffer
        -2838, // PersonBody
        -500, // WeakName
    ],
    [
        -1545, // Start
        56, // BitsFew
        211, // BitsMore
        222, // BitsMany
        0, // BitsRare
        1800, // Whole
        2961, // Complete
        -5667, // EditRare
        -627, // EditKnown
        0, // EditShort
        -1516, // EditShortKnown
        0, // EditShortRare
        -1069, // EditMore
        -518, // Joined
        -90, // Initial
        0, // Acronym
        -87, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -18, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        0, // PatronymicAsked
        -141, // PatronymicListed
        -1076, // EditSyllable
        -782, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        23, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -163, // DistinctPartly
        -13, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        444, // Contained
        181, // Covered
        -483, // FirstAsked
        -527, // LastAsked
        -158, // Turned
        0, // TitleLeft
        -300, // PlaceAgainst
        -368, // PlaceLeft
        -561, // WorkAgainst
        -81, // WorkLeft
        -1500, // ForceLeft
        -472, // WorkFormLeft
        -2500, // NumberAgainst
        -3651, // NumberAsked
        -300, // NumberListed
        -1993, // FormAgainst
        -516, // FormLeft
        -58, // ParticleLeft
        -289, // OneWord
        -152, // Lopsided
        291, // CountrySame
        -600, // CountryDiffer
        -5048, // KindDiffer
        -665, // PersonBody
        -500, // WeakName
    ],
];
