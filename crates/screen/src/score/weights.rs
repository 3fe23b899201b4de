//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3697, // Start
        0, // BitsFew
        251, // BitsMore
        369, // BitsMany
        113, // BitsRare
        400, // Whole
        2252, // Complete
        -4416, // EditRare
        -2248, // EditKnown
        -379, // EditShort
        -867, // EditShortKnown
        -1075, // EditShortRare
        -1194, // EditMore
        0, // Joined
        -2083, // Initial
        -3936, // Acronym
        1791, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        -187, // LeftAskedShare
        0, // LeftListed
        -16, // LeftListedBits
        -94, // LeftListedShare
        -375, // LeftAskedRare
        0, // LeftListedRare
        -489, // Against
        -5370, // AgainstPatronymic
        -1500, // PatronymicAsked
        0, // PatronymicListed
        -1804, // EditSyllable
        -1454, // LeftAskedOf
        -452, // LeftListedOf
        -104, // FirstListed
        28, // DistinctBits
        -461, // DistinctNone
        -579, // DistinctAgainst
        0, // DistinctPartly
        315, // PatronymicSame
        -104, // FamilyUnmet
        -904, // GivenAgainst
        776, // Contained
        374, // Covered
        -634, // FirstAsked
        -799, // LastAsked
        -1420, // Disorder
        -1017, // TitleLeft
        -300, // PlaceAgainst
        412, // PlaceLeft
        -7, // WorkAgainst
        -86, // WorkLeft
        -253, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -532, // ParticleLeft
        0, // OneWord
        0, // Short
        1408, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -3002, // KindDiffer
        -4393, // PersonBody
        -500, // WeakName
    ],
    [
        -1258, // Start
        47, // BitsFew
        168, // BitsMore
        251, // BitsMany
        0, // BitsRare
        1530, // Whole
        2128, // Complete
        -4553, // EditRare
        -484, // EditKnown
        0, // EditShort
        -1530, // EditShortKnown
        0, // EditShortRare
        -1300, // EditMore
        -718, // Joined
        -291, // Initial
        0, // Acronym
        -72, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        0, // LeftAskedShare
        0, // LeftListed
        -21, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // LeftListedRare
        0, // Against
        -3000, // AgainstPatronymic
        -7, // PatronymicAsked
        -406, // PatronymicListed
        -1573, // EditSyllable
        -1174, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        39, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -268, // DistinctPartly
        1, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        182, // Contained
        134, // Covered
        -653, // FirstAsked
        -640, // LastAsked
        -232, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -458, // PlaceLeft
        -294, // WorkAgainst
        -179, // WorkLeft
        -730, // WorkFormLeft
        -2500, // NumberAgainst
        -4282, // NumberAsked
        -300, // NumberListed
        -1940, // FormAgainst
        -546, // FormLeft
        -18, // ParticleLeft
        -107, // OneWord
        0, // Short
        -220, // Lopsided
        595, // CountrySame
        -600, // CountryDiffer
        -5699, // KindDiffer
        -120, // PersonBody
        -500, // WeakName
    ],
];
