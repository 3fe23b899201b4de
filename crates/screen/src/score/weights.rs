//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::crowd::Curve;
use super::features::FEATURES;

/// How much the crowd counts, for names of people, and for all others.
#[rustfmt::skip]
pub(crate) static CROWD: [Curve; 2] = [
    Curve { least: -7133, even: -5473, most: -4133, share: 256 },
    Curve { least: -4373, even: -3683, most: -2293, share: 77 },
];

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3233, // Start
        0, // BitsFew
        259, // BitsMore
        386, // BitsMany
        90, // BitsRare
        1800, // Whole
        2080, // Complete
        -3947, // EditRare
        -2184, // EditKnown
        -730, // EditShort
        -1709, // EditShortKnown
        -418, // EditShortRare
        -1206, // EditMore
        0, // Joined
        -2009, // Initial
        -3410, // Acronym
        1821, // Meaning
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
        -208, // FirstListed
        27, // DistinctBits
        -451, // DistinctNone
        -656, // DistinctAgainst
        0, // DistinctPartly
        274, // PatronymicSame
        -24, // FamilyUnmet
        -757, // GivenAgainst
        647, // Contained
        312, // Covered
        -912, // FirstAsked
        -1036, // LastAsked
        -1353, // Disorder
        -1027, // TitleLeft
        -300, // PlaceAgainst
        348, // PlaceLeft
        -5, // WorkAgainst
        -136, // WorkLeft
        -1000, // ForceLeft
        -392, // WorkFormLeft
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
        -1087, // Start
        52, // BitsFew
        160, // BitsMore
        242, // BitsMany
        0, // BitsRare
        1800, // Whole
        2276, // Complete
        -4860, // EditRare
        -570, // EditKnown
        0, // EditShort
        -1508, // EditShortKnown
        0, // EditShortRare
        -1269, // EditMore
        -489, // Joined
        -576, // Initial
        0, // Acronym
        -94, // Meaning
        0, // Cognate
        0, // LeftAskedShare
        -24, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -8, // PatronymicAsked
        -419, // PatronymicListed
        -1482, // EditSyllable
        -1123, // LeftAskedOf
        0, // LeftListedOf
        0, // FirstListed
        40, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -172, // DistinctPartly
        -23, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        194, // Contained
        32, // Covered
        -538, // FirstAsked
        -668, // LastAsked
        -93, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -447, // PlaceLeft
        -511, // WorkAgainst
        -112, // WorkLeft
        -1000, // ForceLeft
        -664, // WorkFormLeft
        -2500, // NumberAgainst
        -4447, // NumberAsked
        -300, // NumberListed
        -1788, // FormAgainst
        -453, // FormLeft
        -15, // ParticleLeft
        -126, // OneWord
        -255, // Lopsided
        575, // CountrySame
        -600, // CountryDiffer
        -5713, // KindDiffer
        -165, // PersonBody
        -500, // WeakName
    ],
];
