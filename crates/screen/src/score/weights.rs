//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7000, even: -5800, most: -4000, share: 256 },
    Curve { least: -5000, even: -4000, most: -2200, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3752, // Start
        0, // BitsFew
        252, // BitsMore
        368, // BitsMany
        111, // BitsRare
        1800, // Whole
        2188, // Complete
        -4000, // EditRare
        -2205, // EditKnown
        -373, // EditShort
        -844, // EditShortKnown
        -1068, // EditShortRare
        -1201, // EditMore
        0, // Joined
        -2027, // Initial
        -3858, // Acronym
        1860, // Meaning
        -800, // Cognate
        -169, // LeftAskedShare
        -18, // LeftListedBits
        -87, // LeftListedShare
        -352, // LeftAskedRare
        -493, // Against
        -5361, // AgainstPatronymic
        -1483, // PatronymicAsked
        0, // PatronymicListed
        -1783, // EditSyllable
        -1456, // LeftAskedOf
        -434, // LeftListedOf
        -87, // FirstListed
        31, // DistinctBits
        -454, // DistinctNone
        -559, // DistinctAgainst
        0, // DistinctPartly
        320, // PatronymicSame
        -70, // FamilyUnmet
        -912, // GivenAgainst
        783, // Contained
        367, // Covered
        -629, // FirstAsked
        -794, // LastAsked
        -1415, // Disorder
        -985, // TitleLeft
        -300, // PlaceAgainst
        406, // PlaceLeft
        -7, // WorkAgainst
        -87, // WorkLeft
        -1000, // ForceLeft
        -240, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -517, // ParticleLeft
        0, // OneWord
        1432, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -3044, // KindDiffer
        -4352, // PersonBody
        -500, // WeakName
    ],
    [
        -1189, // Start
        49, // BitsFew
        163, // BitsMore
        247, // BitsMany
        0, // BitsRare
        1800, // Whole
        2118, // Complete
        -4487, // EditRare
        -545, // EditKnown
        0, // EditShort
        -1505, // EditShortKnown
        0, // EditShortRare
        -1302, // EditMore
        -846, // Joined
        -596, // Initial
        0, // Acronym
        -66, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -21, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -7, // PatronymicAsked
        -419, // PatronymicListed
        -1463, // EditSyllable
        -1205, // LeftAskedOf
        -33, // LeftListedOf
        0, // FirstListed
        42, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -249, // DistinctPartly
        1, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        150, // Contained
        95, // Covered
        -653, // FirstAsked
        -647, // LastAsked
        -227, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -454, // PlaceLeft
        -367, // WorkAgainst
        -185, // WorkLeft
        -1000, // ForceLeft
        -798, // WorkFormLeft
        -2500, // NumberAgainst
        -4340, // NumberAsked
        -300, // NumberListed
        -1931, // FormAgainst
        -519, // FormLeft
        -3, // ParticleLeft
        -113, // OneWord
        -239, // Lopsided
        596, // CountrySame
        -600, // CountryDiffer
        -5731, // KindDiffer
        -357, // PersonBody
        -500, // WeakName
    ],
];
