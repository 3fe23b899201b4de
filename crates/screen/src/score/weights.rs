//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7429, even: -5709, most: -4309, share: 294 },
    Curve { least: -4869, even: -4019, most: -2539, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3278, // Start
        0, // BitsFew
        238, // BitsMore
        388, // BitsMany
        110, // BitsRare
        1800, // Whole
        2033, // Complete
        -3226, // EditRare
        -2194, // EditKnown
        -367, // EditShort
        -2072, // EditShortKnown
        -982, // EditShortRare
        -1254, // EditMore
        0, // Joined
        -1838, // Initial
        -2943, // Acronym
        1908, // Meaning
        -2217, // Cognate
        -363, // LeftAskedShare
        -29, // LeftListedBits
        -488, // LeftListedShare
        -453, // LeftAskedRare
        -298, // Against
        -3000, // AgainstPatronymic
        -1463, // PatronymicAsked
        0, // PatronymicListed
        -1615, // EditSyllable
        -986, // LeftAskedOf
        -159, // LeftListedOf
        -248, // FirstListed
        26, // DistinctBits
        -354, // DistinctNone
        -564, // DistinctAgainst
        0, // DistinctPartly
        437, // PatronymicSame
        -106, // FamilyUnmet
        -815, // GivenAgainst
        840, // Contained
        252, // Covered
        -837, // FirstAsked
        -933, // LastAsked
        -1321, // Turned
        -1089, // TitleLeft
        -300, // PlaceAgainst
        335, // PlaceLeft
        -2, // WorkAgainst
        -366, // WorkLeft
        -1000, // ForceLeft
        -60, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -546, // ParticleLeft
        0, // OneWord
        1278, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2113, // KindDiffer
        -2861, // PersonBody
        -500, // WeakName
    ],
    [
        -1459, // Start
        59, // BitsFew
        187, // BitsMore
        233, // BitsMany
        0, // BitsRare
        1800, // Whole
        2432, // Complete
        -4467, // EditRare
        -599, // EditKnown
        0, // EditShort
        -1399, // EditShortKnown
        0, // EditShortRare
        -1315, // EditMore
        -597, // Joined
        -508, // Initial
        0, // Acronym
        -79, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -23, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        0, // PatronymicAsked
        -234, // PatronymicListed
        -1353, // EditSyllable
        -1020, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        38, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -222, // DistinctPartly
        -16, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        264, // Contained
        119, // Covered
        -571, // FirstAsked
        -637, // LastAsked
        -136, // Turned
        0, // TitleLeft
        -300, // PlaceAgainst
        -474, // PlaceLeft
        -508, // WorkAgainst
        -118, // WorkLeft
        -1000, // ForceLeft
        -643, // WorkFormLeft
        -2500, // NumberAgainst
        -4090, // NumberAsked
        -300, // NumberListed
        -1884, // FormAgainst
        -501, // FormLeft
        -16, // ParticleLeft
        -208, // OneWord
        -147, // Lopsided
        550, // CountrySame
        -600, // CountryDiffer
        -5203, // KindDiffer
        -319, // PersonBody
        -500, // WeakName
    ],
];
