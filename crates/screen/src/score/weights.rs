//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -2358, // Start
        0, // BitsFew
        88, // BitsMore
        604, // BitsMany
        240, // BitsRare
        55, // BitsRarest
        643, // Whole
        2068, // Complete
        0, // Edit
        0, // EditShare
        -8973, // EditRare
        -2287, // EditKnown
        -303, // EditShort
        -1331, // EditShortKnown
        0, // EditShortRare
        -46, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2823, // Joined
        -1833, // Initial
        -1719, // Acronym
        349, // Meaning
        -575, // LeftAsked
        0, // LeftAskedBits
        -1882, // LeftAskedShare
        -213, // LeftListed
        -17, // LeftListedBits
        0, // LeftListedShare
        -1425, // LeftAskedRare
        0, // LeftListedRare
        0, // LeftBothRare
        0, // LeftBoth
        -730, // Against
        0, // AgainstBits
        -3881, // AgainstPatronymic
        -2252, // PatronymicAsked
        0, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -800, // FormLeft
        -437, // ParticleLeft
        -7, // Single
        0, // OneWord
        0, // Short
        499, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -1569, // KindDiffer
        -3438, // PersonBody
        -500, // WeakName
    ],
    [
        245, // Start
        6, // BitsFew
        67, // BitsMore
        220, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        1664, // Whole
        1521, // Complete
        -34, // Edit
        -3859, // EditShare
        0, // EditRare
        -247, // EditKnown
        0, // EditShort
        -547, // EditShortKnown
        0, // EditShortRare
        -881, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -3139, // Initial
        0, // Acronym
        -684, // Meaning
        0, // LeftAsked
        -29, // LeftAskedBits
        -1829, // LeftAskedShare
        0, // LeftListed
        -27, // LeftListedBits
        -809, // LeftListedShare
        -1957, // LeftAskedRare
        -45, // LeftListedRare
        -158, // LeftBothRare
        -1309, // LeftBoth
        -23, // Against
        0, // AgainstBits
        -1000, // AgainstPatronymic
        0, // PatronymicAsked
        0, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        -2275, // FormAgainst
        -695, // FormLeft
        0, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -389, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -7766, // KindDiffer
        -10, // PersonBody
        -500, // WeakName
    ],
];
