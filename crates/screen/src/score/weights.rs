//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7254, even: -5554, most: -4244, share: 294 },
    Curve { least: -4574, even: -3854, most: -2474, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3314, // Start
        0, // BitsFew
        239, // BitsMore
        384, // BitsMany
        116, // BitsRare
        1800, // Whole
        1969, // Complete
        -3176, // EditRare
        -2209, // EditKnown
        -389, // EditShort
        -2034, // EditShortKnown
        -956, // EditShortRare
        -1256, // EditMore
        0, // Joined
        -1837, // Initial
        -2957, // Acronym
        1908, // Meaning
        -2223, // Cognate
        -357, // LeftAskedShare
        -30, // LeftListedBits
        -359, // LeftListedShare
        -462, // LeftAskedRare
        -327, // Against
        -3000, // AgainstPatronymic
        -1489, // PatronymicAsked
        0, // PatronymicListed
        -1622, // EditSyllable
        -899, // LeftAskedOf
        -173, // LeftListedOf
        -329, // FirstListed
        26, // DistinctBits
        -357, // DistinctNone
        -580, // DistinctAgainst
        0, // DistinctPartly
        462, // PatronymicSame
        -190, // FamilyUnmet
        -589, // GivenAgainst
        881, // Contained
        318, // Covered
        -850, // FirstAsked
        -924, // LastAsked
        -1318, // Disorder
        -1060, // TitleLeft
        -300, // PlaceAgainst
        364, // PlaceLeft
        -3, // WorkAgainst
        -103, // WorkLeft
        -1000, // ForceLeft
        -60, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -554, // ParticleLeft
        0, // OneWord
        1273, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2303, // KindDiffer
        -3217, // PersonBody
        -500, // WeakName
    ],
    [
        -1359, // Start
        58, // BitsFew
        185, // BitsMore
        234, // BitsMany
        0, // BitsRare
        1800, // Whole
        2421, // Complete
        -4671, // EditRare
        -550, // EditKnown
        0, // EditShort
        -1454, // EditShortKnown
        0, // EditShortRare
        -1426, // EditMore
        -613, // Joined
        -320, // Initial
        0, // Acronym
        -84, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -24, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        0, // PatronymicAsked
        -224, // PatronymicListed
        -1336, // EditSyllable
        -1069, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        38, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -178, // DistinctPartly
        -16, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        256, // Contained
        107, // Covered
        -571, // FirstAsked
        -626, // LastAsked
        -137, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -475, // PlaceLeft
        -486, // WorkAgainst
        -125, // WorkLeft
        -1000, // ForceLeft
        -640, // WorkFormLeft
        -2500, // NumberAgainst
        -4012, // NumberAsked
        -300, // NumberListed
        -1992, // FormAgainst
        -510, // FormLeft
        -16, // ParticleLeft
        -189, // OneWord
        -180, // Lopsided
        544, // CountrySame
        -600, // CountryDiffer
        -5220, // KindDiffer
        -316, // PersonBody
        -500, // WeakName
    ],
];
