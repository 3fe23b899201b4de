//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7065, even: -5435, most: -4085, share: 294 },
    Curve { least: -4245, even: -3575, most: -2245, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -2980, // Start
        0, // BitsFew
        256, // BitsMore
        373, // BitsMany
        90, // BitsRare
        1800, // Whole
        2039, // Complete
        -4019, // EditRare
        -2172, // EditKnown
        -630, // EditShort
        -1802, // EditShortKnown
        -468, // EditShortRare
        -1206, // EditMore
        0, // Joined
        -1989, // Initial
        -3391, // Acronym
        1918, // Meaning
        -2314, // Cognate
        -251, // LeftAskedShare
        -28, // LeftListedBits
        -89, // LeftListedShare
        -615, // LeftAskedRare
        -299, // Against
        -3000, // AgainstPatronymic
        -1766, // PatronymicAsked
        0, // PatronymicListed
        -1694, // EditSyllable
        -1282, // LeftAskedOf
        -270, // LeftListedOf
        -335, // FirstListed
        26, // DistinctBits
        -408, // DistinctNone
        -598, // DistinctAgainst
        0, // DistinctPartly
        326, // PatronymicSame
        -210, // FamilyUnmet
        -859, // GivenAgainst
        534, // Contained
        323, // Covered
        -990, // FirstAsked
        -1006, // LastAsked
        -1125, // Turned
        -954, // TitleLeft
        -300, // PlaceAgainst
        192, // PlaceLeft
        -5, // WorkAgainst
        -89, // WorkLeft
        -1000, // ForceLeft
        -325, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -524, // ParticleLeft
        0, // OneWord
        1386, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2969, // KindDiffer
        -4095, // PersonBody
        -500, // WeakName
    ],
    [
        -1049, // Start
        46, // BitsFew
        164, // BitsMore
        242, // BitsMany
        0, // BitsRare
        1800, // Whole
        2186, // Complete
        -4099, // EditRare
        -491, // EditKnown
        0, // EditShort
        -1455, // EditShortKnown
        0, // EditShortRare
        -1227, // EditMore
        -643, // Joined
        -397, // Initial
        0, // Acronym
        -97, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -22, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        0, // PatronymicAsked
        -385, // PatronymicListed
        -1521, // EditSyllable
        -1073, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        37, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -156, // DistinctPartly
        -24, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        283, // Contained
        105, // Covered
        -608, // FirstAsked
        -665, // LastAsked
        0, // Turned
        0, // TitleLeft
        -300, // PlaceAgainst
        -427, // PlaceLeft
        -570, // WorkAgainst
        -81, // WorkLeft
        -1000, // ForceLeft
        -627, // WorkFormLeft
        -2500, // NumberAgainst
        -4031, // NumberAsked
        -300, // NumberListed
        -1709, // FormAgainst
        -434, // FormLeft
        -26, // ParticleLeft
        -197, // OneWord
        -185, // Lopsided
        548, // CountrySame
        -600, // CountryDiffer
        -5732, // KindDiffer
        -283, // PersonBody
        -500, // WeakName
    ],
];
