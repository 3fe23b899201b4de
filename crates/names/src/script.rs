//! Which script a character is written in.

/// A script we treat in its own way; `Other` goes through a general romanisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Script {
    /// Digits and what belongs to no script.
    Common,
    /// Latin letters.
    Latin,
    /// Cyrillic letters of any language.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Arabic letters, those of Persian, Urdu and Uyghur too.
    Arabic,
    /// Hebrew letters.
    Hebrew,
    /// Chinese characters.
    Han,
    /// Korean syllables.
    Hangul,
    /// Japanese syllables.
    Kana,
    /// Georgian letters.
    Georgian,
    /// Armenian letters.
    Armenian,
    /// The script of Hindi, Marathi, Nepali.
    Devanagari,
    /// Bengali letters.
    Bengali,
    /// Thai letters.
    Thai,
    /// Burmese letters.
    Burmese,
    /// The syllables of Amharic and Tigrinya.
    Ethiopic,
    /// Every other script.
    Other,
}

impl Script {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 17] = [
        Self::Common,
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Arabic,
        Self::Hebrew,
        Self::Han,
        Self::Hangul,
        Self::Kana,
        Self::Georgian,
        Self::Armenian,
        Self::Devanagari,
        Self::Bengali,
        Self::Thai,
        Self::Burmese,
        Self::Ethiopic,
        Self::Other,
    ];

    /// The script of a character.
    pub fn of(c: char) -> Self {
        match c as u32 {
            0x41..=0x5A | 0x61..=0x7A | 0xAA | 0xBA => Self::Latin,
            0xC0..=0x24F | 0x250..=0x2AF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => {
                Self::Latin
            }
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Self::Cyrillic,
            0x530..=0x58F | 0xFB13..=0xFB17 => Self::Armenian,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Self::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => {
                Self::Arabic
            }
            0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF => Self::Han,
            0x20000..=0x3FFFF => Self::Han,
            0x3040..=0x30FF | 0x31F0..=0x31FF => Self::Kana,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Self::Hangul,
            // Their digits belong to no script, as ours do.
            0x966..=0x96F | 0x9E6..=0x9EF | 0xE50..=0xE59 | 0x1040..=0x1049 => Self::Common,
            0x900..=0x97F => Self::Devanagari,
            0x980..=0x9FF => Self::Bengali,
            0xE00..=0xE7F => Self::Thai,
            0x1000..=0x109F => Self::Burmese,
            0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Self::Georgian,
            0x1200..=0x139F => Self::Ethiopic,
            _ if c.is_alphabetic() => Self::Other,
            _ => Self::Common,
        }
    }

    /// Its English name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Latin => "Latin",
            Self::Cyrillic => "Cyrillic",
            Self::Greek => "Greek",
            Self::Arabic => "Arabic",
            Self::Hebrew => "Hebrew",
            Self::Han => "Han",
            Self::Hangul => "Hangul",
            Self::Kana => "Kana",
            Self::Georgian => "Georgian",
            Self::Armenian => "Armenian",
            Self::Devanagari => "Devanagari",
            Self::Bengali => "Bengali",
            Self::Thai => "Thai",
            Self::Burmese => "Burmese",
            Self::Ethiopic => "Ethiopic",
            Self::Other => "another script",
        }
    }

    /// Whether it writes consonants and leaves short vowels out.
    pub fn is_consonantal(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }

    /// Whether vowels are signs at a consonant, which are letters and no accents.
    pub fn has_vowel_signs(self) -> bool {
        matches!(
            self,
            Self::Devanagari | Self::Bengali | Self::Thai | Self::Burmese
        )
    }

    /// Whether a character is a syllable, so that words are runs of parts.
    pub fn is_syllabic(self) -> bool {
        matches!(self, Self::Han | Self::Hangul)
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn each_script_is_known_by_a_letter_of_it() {
        let cases = [
            ('a', Script::Latin),
            ('ß', Script::Latin),
            ('ệ', Script::Latin),
            ('Ж', Script::Cyrillic),
            ('қ', Script::Cyrillic),
            ('Ω', Script::Greek),
            ('ع', Script::Arabic),
            ('ש', Script::Hebrew),
            ('康', Script::Han),
            ('김', Script::Hangul),
            ('カ', Script::Kana),
            ('გ', Script::Georgian),
            ('Ա', Script::Armenian),
            ('न', Script::Devanagari),
            ('্', Script::Bengali),
            ('ก', Script::Thai),
            ('မ', Script::Burmese),
            ('አ', Script::Ethiopic),
            ('ᐃ', Script::Other),
            ('५', Script::Common),
            ('7', Script::Common),
        ];
        for (c, script) in cases {
            assert_eq!(Script::of(c), script, "{c}");
        }
    }

    #[test]
    fn numbers_follow_the_table() {
        for (no, script) in Script::ALL.into_iter().enumerate() {
            assert_eq!(script as usize, no);
        }
    }
}
