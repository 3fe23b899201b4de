//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -6128, even: -5248, most: -3938, share: 320 },
    Curve { least: -4368, even: -3898, most: -2568, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3017, // Start
        0, // BitsFew
        228, // BitsMore
        340, // BitsMany
        100, // BitsRare
        1800, // Whole
        2049, // Complete
        -2818, // EditRare
        -2354, // EditKnown
        0, // EditShort
        -2190, // EditShortKnown
        -1562, // EditShortRare
        -1181, // EditMore
        0, // Joined
        -1594, // Initial
        -2389, // Acronym
        1780, // Meaning
        -1938, // Cognate
        -261, // LeftAskedShare
        -29, // LeftListedBits
        -424, // LeftListedShare
        -404, // LeftAskedRare
        -350, // Against
        -3000, // AgainstPatronymic
        -1312, // PatronymicAsked
        0, // PatronymicListed
        -1473, // EditSyllable
        -492, // LeftAskedOf
        0, // LeftListedOf
        -410, // FirstListed
        25, // DistinctBits
        -291, // DistinctNone
        -500, // DistinctAgainst
        -143, // DistinctPartly
        607, // PatronymicSame
        -267, // FamilyUnmet
        -567, // GivenAgainst
        1138, // Contained
        333, // Covered
        -708, // FirstAsked
        -750, // LastAsked
        -1296, // Turned
        -944, // TitleLeft
        -300, // PlaceAgainst
        272, // PlaceLeft
        -4, // WorkAgainst
        -73, // WorkLeft
        -1000, // ForceLeft
        -228, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -456, // ParticleLeft
        0, // OneWord
        1042, // Lopsided
        513, // CountrySame
        -600, // CountryDiffer
        -2178, // KindDiffer
        -3064, // PersonBody
        -500, // WeakName
    ],
    [
        -1595, // Start
        57, // BitsFew
        210, // BitsMore
        222, // BitsMany
        0, // BitsRare
        1800, // Whole
        2990, // Complete
        -5622, // EditRare
        -639, // EditKnown
        0, // EditShort
        -1486, // EditShortKnown
        0, // EditShortRare
        -1078, // EditMore
        -501, // Joined
        7, // Initial
        0, // Acronym
        -85, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -17, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -4, // PatronymicAsked
        -134, // PatronymicListed
        -1080, // EditSyllable
        -806, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        23, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -188, // DistinctPartly
        -12, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        422, // Contained
        159, // Covered
        -500, // FirstAsked
        -498, // LastAsked
        -152, // Turned
        0, // TitleLeft
        -506, // PlaceAgainst
        -355, // PlaceLeft
        -576, // WorkAgainst
        -88, // WorkLeft
        -1000, // ForceLeft
        -499, // WorkFormLeft
        -2500, // NumberAgainst
        -3739, // NumberAsked
        -300, // NumberListed
        -1992, // FormAgainst
        -528, // FormLeft
        -57, // ParticleLeft
        -283, // OneWord
        -158, // Lopsided
        289, // CountrySame
        -600, // CountryDiffer
        -5048, // KindDiffer
        -32, // PersonBody
        -500, // WeakName
    ],
];
