//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1805, // Start
        0, // BitsFew
        31, // BitsMore
        593, // BitsMany
        233, // BitsRare
        54, // BitsRarest
        79, // Whole
        2704, // Complete
        -101, // Edit
        0, // EditShare
        -11679, // EditRare
        -2315, // EditKnown
        0, // EditShort
        -1438, // EditShortKnown
        0, // EditShortRare
        0, // EditMore
        0, // Bridged
        0, // BridgedShort
        -2052, // Joined
        -2461, // Initial
        -1341, // Acronym
        149, // Meaning
        -330, // LeftAsked
        0, // LeftAskedBits
        -1420, // LeftAskedShare
        -179, // LeftListed
        -23, // LeftListedBits
        -11, // LeftListedShare
        -1541, // LeftAskedRare
        0, // LeftListedRare
        0, // LeftBothRare
        0, // LeftBoth
        -975, // Against
        0, // AgainstBits
        -3123, // AgainstPatronymic
        -2010, // PatronymicAsked
        0, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -913, // FormLeft
        -361, // ParticleLeft
        -41, // Single
        0, // OneWord
        0, // Short
        61, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -1309, // KindDiffer
        -3557, // PersonBody
        -500, // WeakName
    ],
    [
        369, // Start
        0, // BitsFew
        74, // BitsMore
        244, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        0, // Whole
        1809, // Complete
        -11, // Edit
        -5515, // EditShare
        -45, // EditRare
        -493, // EditKnown
        0, // EditShort
        -501, // EditShortKnown
        0, // EditShortRare
        -976, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -2380, // Initial
        0, // Acronym
        -614, // Meaning
        0, // LeftAsked
        0, // LeftAskedBits
        -1950, // LeftAskedShare
        -137, // LeftListed
        -30, // LeftListedBits
        -795, // LeftListedShare
        -1643, // LeftAskedRare
        -158, // LeftListedRare
        -158, // LeftBothRare
        -1210, // LeftBoth
        -135, // Against
        -45, // AgainstBits
        -1000, // AgainstPatronymic
        0, // PatronymicAsked
        -608, // PatronymicListed
        -2500, // NumberAgainst
        -500, // NumberAsked
        -300, // NumberListed
        0, // FormSame
        -2255, // FormAgainst
        -843, // FormLeft
        0, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -329, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -6594, // KindDiffer
        -1168, // PersonBody
        -500, // WeakName
    ],
];
