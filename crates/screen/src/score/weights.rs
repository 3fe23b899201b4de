//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7206, even: -5536, most: -4196, share: 307 },
    Curve { least: -4436, even: -3736, most: -2346, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3296, // Start
        0, // BitsFew
        259, // BitsMore
        386, // BitsMany
        90, // BitsRare
        1800, // Whole
        2080, // Complete
        -3946, // EditRare
        -2184, // EditKnown
        -729, // EditShort
        -1710, // EditShortKnown
        -418, // EditShortRare
        -1206, // EditMore
        0, // Joined
        -2008, // Initial
        -3396, // Acronym
        1825, // Meaning
        -2371, // Cognate
        -281, // LeftAskedShare
        -30, // LeftListedBits
        -208, // LeftListedShare
        -507, // LeftAskedRare
        -324, // Against
        -3000, // AgainstPatronymic
        -1644, // PatronymicAsked
        0, // PatronymicListed
        -1699, // EditSyllable
        -1205, // LeftAskedOf
        -212, // LeftListedOf
        -207, // FirstListed
        27, // DistinctBits
        -455, // DistinctNone
        -656, // DistinctAgainst
        0, // DistinctPartly
        274, // PatronymicSame
        -23, // FamilyUnmet
        -756, // GivenAgainst
        648, // Contained
        313, // Covered
        -912, // FirstAsked
        -1036, // LastAsked
        -1353, // Disorder
        -1028, // TitleLeft
        -300, // PlaceAgainst
        349, // PlaceLeft
        -5, // WorkAgainst
        -136, // WorkLeft
        -395, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        -62, // FormLeft
        -523, // ParticleLeft
        0, // OneWord
        1436, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -2767, // KindDiffer
        -3634, // PersonBody
        -500, // WeakName
    ],
    [
        -1150, // Start
        52, // BitsFew
        160, // BitsMore
        242, // BitsMany
        0, // BitsRare
        1800, // Whole
        2281, // Complete
        -4950, // EditRare
        -567, // EditKnown
        0, // EditShort
        -1457, // EditShortKnown
        0, // EditShortRare
        -1249, // EditMore
        -487, // Joined
        -627, // Initial
        0, // Acronym
        -93, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -24, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -8, // PatronymicAsked
        -419, // PatronymicListed
        -1475, // EditSyllable
        -1127, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        40, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -179, // DistinctPartly
        -23, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        193, // Contained
        29, // Covered
        -534, // FirstAsked
        -663, // LastAsked
        -95, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -440, // PlaceLeft
        -514, // WorkAgainst
        -117, // WorkLeft
        -662, // WorkFormLeft
        -2500, // NumberAgainst
        -4448, // NumberAsked
        -300, // NumberListed
        -1785, // FormAgainst
        -450, // FormLeft
        -12, // ParticleLeft
        -126, // OneWord
        -255, // Lopsided
        572, // CountrySame
        -600, // CountryDiffer
        -5724, // KindDiffer
        -164, // PersonBody
        -500, // WeakName
    ],
];
