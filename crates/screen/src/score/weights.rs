//! The coefficients, in thousandths of a logit for a count or a bit.
//!
//! Written by `cargo xtask evaluate --fit`: change nothing here by hand.

use super::features::FEATURES;

/// For names of people, and for all others, in the order of the features.
#[rustfmt::skip]
pub(crate) static WEIGHTS: [[i32; FEATURES]; 2] = [
    [
        -1420, // Start
        0, // BitsFew
        0, // BitsMore
        439, // BitsMany
        258, // BitsRare
        43, // BitsRarest
        0, // Whole
        1931, // Complete
        0, // Edit
        -23, // EditShare
        -10330, // EditRare
        -1663, // EditKnown
        0, // EditShort
        -1399, // EditShortKnown
        -379, // EditShortRare
        -286, // EditMore
        0, // Bridged
        0, // BridgedShort
        -1967, // Joined
        -1172, // Initial
        -2945, // Acronym
        -272, // LeftAsked
        0, // LeftAskedBits
        -2222, // LeftAskedShare
        -385, // LeftListed
        0, // LeftListedBits
        0, // LeftListedShare
        -1178, // LeftAskedRare
        -11, // LeftListedRare
        -45, // LeftBothRare
        0, // LeftBoth
        -1074, // Against
        0, // AgainstBits
        0, // AgainstPatronymic
        -1678, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        -676, // NumberListed
        0, // FormSame
        0, // FormAgainst
        -1802, // FormLeft
        -508, // ParticleLeft
        -65, // Single
        0, // OneWord
        0, // Short
        247, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -411, // KindDiffer
        0, // WeakName
    ],
    [
        1593, // Start
        0, // BitsFew
        13, // BitsMore
        93, // BitsMany
        0, // BitsRare
        0, // BitsRarest
        0, // Whole
        1549, // Complete
        0, // Edit
        -2343, // EditShare
        -8828, // EditRare
        -248, // EditKnown
        0, // EditShort
        -601, // EditShortKnown
        0, // EditShortRare
        -56, // EditMore
        0, // Bridged
        0, // BridgedShort
        0, // Joined
        -2770, // Initial
        115, // Acronym
        0, // LeftAsked
        0, // LeftAskedBits
        -2010, // LeftAskedShare
        0, // LeftListed
        -24, // LeftListedBits
        -1581, // LeftListedShare
        -2216, // LeftAskedRare
        0, // LeftListedRare
        -68, // LeftBothRare
        -509, // LeftBoth
        0, // Against
        0, // AgainstBits
        0, // AgainstPatronymic
        -143, // PatronymicAsked
        0, // PatronymicListed
        0, // NumberAgainst
        0, // NumberAsked
        0, // NumberListed
        0, // FormSame
        -2438, // FormAgainst
        -616, // FormLeft
        0, // ParticleLeft
        0, // Single
        0, // OneWord
        0, // Short
        -653, // Lopsided
        600, // CountrySame
        -600, // CountryDiffer
        -3336, // KindDiffer
        0, // WeakName
    ],
];
