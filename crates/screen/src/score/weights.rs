//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3791, // Start
        0, // BitsFew
        238, // BitsMore
        367, // BitsMany
        134, // BitsRare
        400, // Whole
        2171, // Complete
        -3800, // EditRare
        -2297, // EditKnown
        -171, // EditShort
        -932, // EditShortKnown
        -1428, // EditShortRare
        -1230, // EditMore
        0, // Joined
        -1882, // Initial
        -3531, // Acronym
        1829, // Meaning
        -20, // LeftAsked
        0, // LeftAskedBits
        -298, // LeftAskedShare
        0, // LeftListed
        -18, // LeftListedBits
        -336, // LeftListedShare
        -357, // LeftAskedRare
        0, // LeftListedRare
        -430, // Against
        -5100, // AgainstPatronymic
        -1358, // PatronymicAsked
        0, // PatronymicListed
        -1761, // EditSyllable
        -1044, // LeftAskedOf
        -315, // LeftListedOf
        -140, // FirstListed
        25, // DistinctBits
        -353, // DistinctNone
        -500, // DistinctAgainst
        -24, // DistinctPartly
        472, // PatronymicSame
        -161, // FamilyUnmet
        -867, // GivenAgainst
        970, // Contained
        422, // Covered
        -602, // FirstAsked
        -758, // LastAsked
        -1417, // Disorder
        -1132, // TitleLeft
        -300, // PlaceAgainst
        415, // PlaceLeft
        -3, // WorkAgainst
        -73, // WorkLeft
        -52, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -556, // ParticleLeft
        0, // OneWord
        0, // Short
        1265, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2509, // KindDiffer
        -3686, // PersonBody
        -500, // WeakName
    ],
    [
        -1506, // Start
        54, // BitsFew
        193, // BitsMore
        236, // BitsMany
        0, // BitsRare
        1374, // Whole
        2373, // Complete
        -4796, // EditRare
        -538, // EditKnown
        0, // EditShort
        -1390, // EditShortKnown
        0, // EditShortRare
        -1406, // EditMore
        -700, // Joined
        -667, // Initial
        0, // Acronym
        -71, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        0, // LeftAskedShare
        0, // LeftListed
        -23, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // LeftListedRare
        0, // Against
        -3000, // AgainstPatronymic
        -6, // PatronymicAsked
        -236, // PatronymicListed
        -1371, // EditSyllable
        -1125, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        39, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -246, // DistinctPartly
        1, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        193, // Contained
        137, // Covered
        -667, // FirstAsked
        -636, // LastAsked
        -247, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -466, // PlaceLeft
        -484, // WorkAgainst
        -168, // WorkLeft
        -798, // WorkFormLeft
        -2500, // NumberAgainst
        -4090, // NumberAsked
        -300, // NumberListed
        -2148, // FormAgainst
        -575, // FormLeft
        -1, // ParticleLeft
        -163, // OneWord
        0, // Short
        -157, // Lopsided
        577, // CountrySame
        -600, // CountryDiffer
        -5327, // KindDiffer
        -306, // PersonBody
        -500, // WeakName
    ],
];
