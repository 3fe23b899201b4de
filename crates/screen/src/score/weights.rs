//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3768, // Start
        0, // BitsFew
        232, // BitsMore
        364, // BitsMany
        140, // BitsRare
        400, // Whole
        2126, // Complete
        -1643, // EditRare
        -2432, // EditKnown
        -314, // EditShort
        -992, // EditShortKnown
        -1285, // EditShortRare
        -1063, // EditMore
        0, // Joined
        -1904, // Initial
        -3260, // Acronym
        1774, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        -270, // LeftAskedShare
        0, // LeftListed
        -21, // LeftListedBits
        -299, // LeftListedShare
        -527, // LeftAskedRare
        0, // LeftListedRare
        -437, // Against
        -5065, // AgainstPatronymic
        -1441, // PatronymicAsked
        0, // PatronymicListed
        -1932, // EditSyllable
        -1145, // LeftAskedOf
        -477, // LeftListedOf
        -224, // FirstListed
        24, // DistinctBits
        -325, // DistinctNone
        -422, // DistinctAgainst
        0, // DistinctPartly
        501, // PatronymicSame
        -268, // FamilyUnmet
        -810, // GivenAgainst
        891, // Contained
        321, // Covered
        -593, // FirstAsked
        -661, // LastAsked
        -1419, // Disorder
        -1117, // TitleLeft
        -300, // PlaceAgainst
        657, // PlaceLeft
        -4, // WorkAgainst
        120, // WorkLeft
        -263, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -535, // ParticleLeft
        0, // OneWord
        0, // Short
        1235, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2373, // KindDiffer
        -3510, // PersonBody
        -500, // WeakName
    ],
    [
        -1497, // Start
        50, // BitsFew
        176, // BitsMore
        215, // BitsMany
        0, // BitsRare
        1433, // Whole
        2164, // Complete
        -3604, // EditRare
        -514, // EditKnown
        -361, // EditShort
        -1241, // EditShortKnown
        0, // EditShortRare
        -1193, // EditMore
        -772, // Joined
        -1896, // Initial
        0, // Acronym
        -70, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        0, // LeftAskedShare
        0, // LeftListed
        -30, // LeftListedBits
        0, // LeftListedShare
        -198, // LeftAskedRare
        0, // LeftListedRare
        0, // Against
        -3000, // AgainstPatronymic
        -6, // PatronymicAsked
        -221, // PatronymicListed
        -1301, // EditSyllable
        -1275, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        37, // DistinctBits
        0, // DistinctNone
        0, // DistinctAgainst
        -111, // DistinctPartly
        2, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        172, // Contained
        209, // Covered
        -714, // FirstAsked
        -634, // LastAsked
        -246, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -389, // PlaceLeft
        -529, // WorkAgainst
        -76, // WorkLeft
        -722, // WorkFormLeft
        -2500, // NumberAgainst
        -4151, // NumberAsked
        -300, // NumberListed
        -2053, // FormAgainst
        -603, // FormLeft
        -6, // ParticleLeft
        -176, // OneWord
        0, // Short
        -208, // Lopsided
        564, // CountrySame
        -600, // CountryDiffer
        -5314, // KindDiffer
        -100, // PersonBody
        -500, // WeakName
    ],
];
