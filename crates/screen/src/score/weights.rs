//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -3748, // Start
        0, // BitsFew
        252, // BitsMore
        368, // BitsMany
        111, // BitsRare
        1800, // Whole
        2189, // Complete
        -3999, // EditRare
        -2207, // EditKnown
        -373, // EditShort
        -838, // EditShortKnown
        -1080, // EditShortRare
        -1203, // EditMore
        0, // Joined
        -2027, // Initial
        -3824, // Acronym
        1859, // Meaning
        -170, // LeftAskedShare
        -17, // LeftListedBits
        -87, // LeftListedShare
        -350, // LeftAskedRare
        -495, // Against
        -5362, // AgainstPatronymic
        -1483, // PatronymicAsked
        0, // PatronymicListed
        -1781, // EditSyllable
        -1459, // LeftAskedOf
        -439, // LeftListedOf
        -78, // FirstListed
        31, // DistinctBits
        -456, // DistinctNone
        -562, // DistinctAgainst
        0, // DistinctPartly
        325, // PatronymicSame
        -89, // FamilyUnmet
        -910, // GivenAgainst
        780, // Contained
        361, // Covered
        -629, // FirstAsked
        -798, // LastAsked
        -1420, // Disorder
        -986, // TitleLeft
        -300, // PlaceAgainst
        423, // PlaceLeft
        -6, // WorkAgainst
        -81, // WorkLeft
        -242, // WorkFormLeft
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
        -3031, // KindDiffer
        -4359, // PersonBody
        -500, // WeakName
    ],
    [
        -1176, // Start
        47, // BitsFew
        164, // BitsMore
        246, // BitsMany
        0, // BitsRare
        1800, // Whole
        2120, // Complete
        -4462, // EditRare
        -548, // EditKnown
        0, // EditShort
        -1473, // EditShortKnown
        0, // EditShortRare
        -1297, // EditMore
        -615, // Joined
        -646, // Initial
        0, // Acronym
        -57, // Meaning
        0, // LeftAskedShare
        -22, // LeftListedBits
        0, // LeftListedShare
        0, // LeftAskedRare
        0, // Against
        -3000, // AgainstPatronymic
        -7, // PatronymicAsked
        -417, // PatronymicListed
        -1480, // EditSyllable
        -1180, // LeftAskedOf
        -62, // LeftListedOf
        0, // FirstListed
        42, // DistinctBits
        0, // DistinctNone
        -500, // DistinctAgainst
        -256, // DistinctPartly
        1, // PatronymicSame
        0, // FamilyUnmet
        0, // GivenAgainst
        153, // Contained
        72, // Covered
        -662, // FirstAsked
        -651, // LastAsked
        -229, // Disorder
        0, // TitleLeft
        -300, // PlaceAgainst
        -450, // PlaceLeft
        -393, // WorkAgainst
        -180, // WorkLeft
        -793, // WorkFormLeft
        -2500, // NumberAgainst
        -4340, // NumberAsked
        -300, // NumberListed
        -1926, // FormAgainst
        -531, // FormLeft
        0, // ParticleLeft
        -109, // OneWord
        -234, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -5713, // KindDiffer
        -384, // PersonBody
        -500, // WeakName
    ],
];
