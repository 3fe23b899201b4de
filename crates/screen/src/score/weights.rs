//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3938, // Start
        0, // BitsFew
        251, // BitsMore
        368, // BitsMany
        111, // BitsRare
        400, // Whole
        2252, // Complete
        -4435, // EditRare
        -2250, // EditKnown
        -380, // EditShort
        -864, // EditShortKnown
        -1073, // EditShortRare
        -1189, // EditMore
        0, // Joined
        -2083, // Initial
        -3713, // Acronym
        1803, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        -182, // LeftAskedShare
        0, // LeftListed
        -16, // LeftListedBits
        -91, // LeftListedShare
        -371, // LeftAskedRare
        0, // LeftListedRare
        -491, // Against
        -5373, // AgainstPatronymic
        -1498, // PatronymicAsked
        0, // PatronymicListed
        -1797, // EditSyllable
        -1450, // LeftAskedOf
        -434, // LeftListedOf
        -99, // FirstListed
        28, // DistinctBits
        -590, // DistinctNone
        -692, // DistinctAgainst
        0, // DistinctPartly
        313, // PatronymicSame
        -105, // FamilyUnmet
        -889, // GivenAgainst
        780, // Contained
        378, // Covered
        -634, // FirstAsked
        -811, // LastAsked
        -1423, // Disorder
        -1019, // TitleLeft
        -300, // PlaceAgainst
        441, // PlaceLeft
        -6, // WorkAgainst
        -74, // WorkLeft
        -241, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -533, // ParticleLeft
        0, // OneWord
        0, // Short
        1407, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2968, // KindDiffer
        -4400, // PersonBody
        -500, // WeakName
    ],
    [
        -1232, // Start
        44, // BitsFew
        156, // BitsMore
        226, // BitsMany
        0, // BitsRare
        1616, // Whole
        1949, // Complete
        -4753, // EditRare
        -250, // EditKnown
        0, // EditShort
        -1947, // EditShortKnown
        0, // EditShortRare
        -1176, // EditMore
        -627, // Joined
        -1714, // Initial
        0, // Acronym
        -77, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        0, // LeftAskedShare
        0, // LeftListed
        -24, // LeftListedBits
        0, // LeftListedShare
        -194, // LeftAskedRare
        0, // LeftListedRare
        0, // Against
        -3000, // AgainstPatronymic
        -8, // PatronymicAsked
        -422, // PatronymicListed
        -1407, // EditSyllable
        -1381, // LeftAskedOf
        -62, // LeftListedOf
        0, // FirstListed
        38, // DistinctBits
        0, // DistinctNone
        0, // DistinctAgainst
        -170, // DistinctPartly
        2, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        125, // Contained
        121, // Covered
        -668, // FirstAsked
        -603, // LastAsked
        -199, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -459, // PlaceLeft
        -437, // WorkAgainst
        -141, // WorkLeft
        -827, // WorkFormLeft
        -2500, // NumberAgainst
        -4352, // NumberAsked
        -300, // NumberListed
        -2006, // FormAgainst
        -555, // FormLeft
        -12, // ParticleLeft
        -92, // OneWord
        0, // Short
        -256, // Lopsided
        584, // CountrySame
        -600, // CountryDiffer
        -5588, // KindDiffer
        -196, // PersonBody
        -500, // WeakName
    ],
];
