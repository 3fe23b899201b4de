//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7277, even: -5507, most: -4207, share: 282 },
    Curve { least: -4757, even: -3867, most: -2567, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3235, // Start
        0, // BitsFew
        227, // BitsMore
        343, // BitsMany
        98, // BitsRare
        1800, // Whole
        2081, // Complete
        -2862, // EditRare
        -2351, // EditKnown
        0, // EditShort
        -2209, // EditShortKnown
        -1530, // EditShortRare
        -1179, // EditMore
        0, // Joined
        -1593, // Initial
        -2390, // Acronym
        1757, // Meaning
        -1939, // Cognate
        -282, // LeftAskedShare
        -28, // LeftListedBits
        -425, // LeftListedShare
        -396, // LeftAskedRare
        -344, // Against
        -3000, // AgainstPatronymic
        -1301, // PatronymicAsked
        0, // PatronymicListed
        -1463, // EditSyllable
        -553, // LeftAskedOf
        0, // LeftListedOf
        -374, // FirstListed
        25, // DistinctBits
        -298, // DistinctNone
        -500, // DistinctAgainst
        -155, // DistinctPartly
        605, // PatronymicSame
        -260, // FamilyUnmet
        -667, // GivenAgainst
        1102, // Contained
        319, // Covered
        -692, // FirstAsked
        -755, // LastAsked
        -1282, // Turned
        -963, // TitleLeft
        -300, // PlaceAgainst
        194, // PlaceLeft
        -3, // WorkAgainst
        -220, // WorkLeft
        -1000, // ForceLeft
        -262, // WorkFormLeft
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormAgainst
        0, // FormLeft
        -449, // ParticleLeft
        0, // OneWord
        1036, // Lopsided
        504, // CountrySame
        -600, // CountryDiffer
        -2127, // KindDiffer
        -2825, // PersonBody
        -500, // WeakName
    ],
    [
        -1591, // Start
        57, // BitsFew
        210, // BitsMore
        219, // BitsMany
        0, // BitsRare
        1800, // Whole
        2963, // Complete
        -5510, // EditRare
        -647, // EditKnown
        0, // EditShort
        -1503, // EditShortKnown
        0, // EditShortRare
        -1097, // EditMore
        -502, // Joined
        -200, // Initial
        0, // Acronym
        -70, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -18, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -4, // PatronymicAsked
        -143, // PatronymicListed
        -1084, // EditSyllable
        -779, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        25, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -166, // DistinctPartly
        -12, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        443, // Contained
        171, // Covered
        -495, // FirstAsked
        -506, // LastAsked
        -153, // Turned
        0, // TitleLeft
        -404, // PlaceAgainst
        -362, // PlaceLeft
        -532, // WorkAgainst
        -94, // WorkLeft
        -1000, // ForceLeft
        -468, // WorkFormLeft
        -2500, // NumberAgainst
        -3747, // NumberAsked
        -300, // NumberListed
        -2000, // FormAgainst
        -518, // FormLeft
        -33, // ParticleLeft
        -289, // OneWord
        -166, // Lopsided
        296, // CountrySame
        -600, // CountryDiffer
        -5030, // KindDiffer
        -691, // PersonBody
        -500, // WeakName
    ],
];
