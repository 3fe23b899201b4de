//! Identifiers of bodies and vessels: which kinds a text may be, and whether its check
//! digit agrees.
//!
//! A number with a check digit that agrees is hardly a typing error, so two records
//! that share one are the same body; one that does not agree was mistyped somewhere,
//! and says nothing. Kinds without a check digit give [`Check::Unknown`], never more.
//! Numbers of natural persons are not recognised: nothing here looks for people.
//!
//! Rejected: regular expressions of "valid" forms alone (a tenth of mistyped numbers
//! would pass), and one enum value for "national number" (nine digits are a number in
//! six countries, and which it is decides whether it can agree).

mod sums;

/// What kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Legal entity identifier, ISO 17442.
    Lei,
    /// Unified social credit code of China, GB 32100-2015.
    Uscc,
    /// Number of a ship, International Maritime Organization.
    Imo,
    /// Radio number of a ship station. No check digit.
    Mmsi,
    /// Bank identifier, ISO 9362. No check digit.
    Bic,
    /// Tax number of a body, Russia (ИНН, ten digits).
    RuInn,
    /// Register number of a body, Russia (ОГРН).
    RuOgrn,
    /// Register number, Ukraine (ЄДРПОУ).
    UaEdrpou,
    /// Business number, Kazakhstan (БИН).
    KzBin,
    /// Payer's number, Belarus (УНП).
    ByUnp,
    /// Register number, France (SIREN).
    FrSiren,
    /// Establishment's number, France (SIRET).
    FrSiret,
    /// Value added tax number, Germany (USt-IdNr., nine digits).
    DeVat,
    /// Tax number, Poland (NIP).
    PlNip,
    /// Value added tax number, Italy (partita IVA).
    ItVat,
    /// Tax number, Turkey (VKN).
    TrVkn,
    /// Register number, Brazil (CNPJ).
    BrCnpj,
    /// Corporate number, Japan.
    JpCorporate,
    /// Business registration number, Republic of Korea.
    KrBrn,
    /// Business number, Australia (ABN).
    AuAbn,
    /// Company number, Australia (ACN).
    AuAcn,
    /// Organisation number, Norway.
    NoOrg,
    /// Business identifier, Switzerland (UID).
    ChUid,
    /// Company number, Israel.
    IlCompany,
    /// Goods and services tax number, India (GSTIN).
    InGstin,
}

/// Whether the check digit agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// It agrees.
    Valid,
    /// It does not, or the text has not the form of this kind.
    Invalid,
    /// The form fits and the kind has no check digit.
    Unknown,
}

/// A text as an identifier of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The kind.
    pub kind: Kind,
    /// The text without spaces, hyphens and a prefix that names the kind; upper case.
    pub text: String,
    /// Whether its check digit agrees.
    pub check: Check,
}

impl Kind {
    /// All, the most telling first.
    pub const ALL: [Self; 25] = [
        Self::Lei,
        Self::Uscc,
        Self::InGstin,
        Self::Imo,
        Self::RuOgrn,
        Self::RuInn,
        Self::KzBin,
        Self::UaEdrpou,
        Self::ByUnp,
        Self::BrCnpj,
        Self::FrSiret,
        Self::FrSiren,
        Self::DeVat,
        Self::PlNip,
        Self::ItVat,
        Self::TrVkn,
        Self::JpCorporate,
        Self::KrBrn,
        Self::AuAbn,
        Self::AuAcn,
        Self::NoOrg,
        Self::ChUid,
        Self::IlCompany,
        Self::Bic,
        Self::Mmsi,
    ];

    /// Its short name, as a person would say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lei => "LEI",
            Self::Uscc => "unified social credit code",
            Self::Imo => "IMO number",
            Self::Mmsi => "MMSI",
            Self::Bic => "BIC",
            Self::RuInn => "INN",
            Self::RuOgrn => "OGRN",
            Self::UaEdrpou => "EDRPOU",
            Self::KzBin => "BIN",
            Self::ByUnp => "UNP",
            Self::FrSiren => "SIREN",
            Self::FrSiret => "SIRET",
            Self::DeVat => "USt-IdNr.",
            Self::PlNip => "NIP",
            Self::ItVat => "partita IVA",
            Self::TrVkn => "VKN",
            Self::BrCnpj => "CNPJ",
            Self::JpCorporate => "corporate number",
            Self::KrBrn => "business registration number",
            Self::AuAbn => "ABN",
            Self::AuAcn => "ACN",
            Self::NoOrg => "organisation number",
            Self::ChUid => "UID",
            Self::IlCompany => "company number",
            Self::InGstin => "GSTIN",
        }
    }

    /// The country that gives it, as ISO alpha-2; none for those of the world.
    pub fn country(self) -> Option<&'static str> {
        Some(match self {
            Self::Lei | Self::Imo | Self::Mmsi | Self::Bic => return None,
            Self::Uscc => "cn",
            Self::RuInn | Self::RuOgrn => "ru",
            Self::UaEdrpou => "ua",
            Self::KzBin => "kz",
            Self::ByUnp => "by",
            Self::FrSiren | Self::FrSiret => "fr",
            Self::DeVat => "de",
            Self::PlNip => "pl",
            Self::ItVat => "it",
            Self::TrVkn => "tr",
            Self::BrCnpj => "br",
            Self::JpCorporate => "jp",
            Self::KrBrn => "kr",
            Self::AuAbn | Self::AuAcn => "au",
            Self::NoOrg => "no",
            Self::ChUid => "ch",
            Self::IlCompany => "il",
            Self::InGstin => "in",
        })
    }

    /// Words that stand before a number of this kind.
    fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Lei => &["LEI"],
            Self::Uscc => &["USCC"],
            Self::Imo => &["IMO"],
            Self::Mmsi => &["MMSI"],
            Self::Bic => &["SWIFT", "BIC"],
            Self::RuInn => &["INN", "ИНН"],
            Self::RuOgrn => &["OGRN", "ОГРН"],
            Self::UaEdrpou => &["EDRPOU", "ЄДРПОУ"],
            Self::KzBin => &["BIN", "БИН"],
            Self::ByUnp => &["UNP", "УНП"],
            Self::FrSiren => &["SIREN", "FR"],
            Self::FrSiret => &["SIRET"],
            Self::DeVat => &["DE"],
            Self::PlNip => &["NIP", "PL"],
            Self::ItVat => &["IT"],
            Self::TrVkn => &["VKN"],
            Self::BrCnpj => &["CNPJ"],
            Self::AuAbn => &["ABN"],
            Self::AuAcn => &["ACN"],
            Self::NoOrg => &["NO"],
            Self::ChUid => &["CHE"],
            Self::InGstin => &["GSTIN"],
            Self::JpCorporate | Self::KrBrn | Self::IlCompany => &[],
        }
    }
}

/// Checks a text as an identifier of a kind that is known.
pub fn check(kind: Kind, text: &str) -> Check {
    one(kind, &bare(text)).map_or(Check::Invalid, |found| found.check)
}

/// Whether a text has the form of a kind and a check digit that does not agree: it was
/// mistyped somewhere. A text of another form is another number, and nothing is said of it.
pub fn is_mistyped(kind: Kind, text: &str) -> bool {
    one(kind, &bare(text)).is_some_and(|found| found.check == Check::Invalid)
}

/// Every kind that a text may be: its form fits and its check digit, where the kind
/// has one, agrees. A prefix that names a kind (`IMO 9074729`) leaves that kind only,
/// with its check whatever it is. In the order of [`Kind::ALL`].
pub fn recognise(text: &str) -> Vec<Identifier> {
    let bare = bare(text);
    for kind in Kind::ALL {
        let named = kind
            .prefixes()
            .iter()
            .any(|prefix| prefix.chars().count() > 2 && bare.starts_with(prefix));
        if named && let Some(found) = one(kind, &bare) {
            return vec![found];
        }
    }
    Kind::ALL
        .into_iter()
        .filter_map(|kind| one(kind, &bare))
        .filter(|found| found.check != Check::Invalid)
        .collect()
}

/// Upper case, without what people put between digits.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .take(64)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The text as this kind, if its form fits.
fn one(kind: Kind, bare: &str) -> Option<Identifier> {
    let text = kind
        .prefixes()
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .filter(|rest| fits(kind, rest))
        .or_else(|| Some(bare).filter(|bare| fits(kind, bare)))?;
    Some(Identifier {
        kind,
        text: text.to_owned(),
        check: sums::check(kind, text.as_bytes()),
    })
}

/// Whether the length and the characters are those of the kind.
fn fits(kind: Kind, text: &str) -> bool {
    let digits = |len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    let word = |len: usize| {
        text.len() == len
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    };
    let bytes = text.as_bytes();
    match kind {
        Kind::Lei => word(20) && bytes[18..].iter().all(u8::is_ascii_digit),
        Kind::Uscc => {
            word(18)
                && !text.contains(['I', 'O', 'S', 'V', 'Z'])
                && bytes[2..8].iter().all(u8::is_ascii_digit)
        }
        Kind::InGstin => {
            word(15)
                && bytes[..2].iter().all(u8::is_ascii_digit)
                && bytes[2..7].iter().all(u8::is_ascii_uppercase)
                && bytes[7..11].iter().all(u8::is_ascii_digit)
        }
        // Bank, country, place, and for eleven the branch.
        Kind::Bic => (word(8) || word(11)) && bytes[..6].iter().all(u8::is_ascii_uppercase),
        // Ship stations begin with the region of their flag, 2 to 7.
        Kind::Mmsi => digits(9) && (b'2'..=b'7').contains(&bytes[0]),
        Kind::Imo => digits(7),
        // The fifth digit tells bodies (4 to 6) from persons.
        Kind::KzBin => digits(12) && (b'4'..=b'6').contains(&bytes[4]),
        Kind::UaEdrpou => digits(8),
        Kind::ByUnp | Kind::FrSiren | Kind::DeVat | Kind::AuAcn | Kind::NoOrg | Kind::ChUid => {
            digits(9)
        }
        // Companies begin with 5; others are persons.
        Kind::IlCompany => digits(9) && bytes[0] == b'5',
        Kind::RuInn | Kind::PlNip | Kind::TrVkn | Kind::KrBrn => digits(10),
        Kind::ItVat | Kind::AuAbn => digits(11),
        Kind::RuOgrn => digits(13) && matches!(bytes[0], b'1' | b'2' | b'5'),
        Kind::JpCorporate => digits(13),
        Kind::FrSiret | Kind::BrCnpj => digits(14),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that bodies print on their own pages.
    const KNOWN: [(Kind, &str); 24] = [
        (Kind::Lei, "HWUPKR0MPOU8FGXBT394"),
        (Kind::Uscc, "914403001922038216"),
        (Kind::Uscc, "9144030071526726XG"),
        (Kind::Imo, "IMO 9074729"),
        (Kind::RuInn, "7707083893"),
        (Kind::RuOgrn, "1027700132195"),
        (Kind::UaEdrpou, "20077720"),
        (Kind::KzBin, "020240000555"),
        (Kind::ByUnp, "600122610"),
        (Kind::FrSiren, "552 081 317"),
        (Kind::DeVat, "DE129273398"),
        (Kind::PlNip, "526-025-09-95"),
        (Kind::ItVat, "IT00905811006"),
        (Kind::TrVkn, "4540536920"),
        (Kind::BrCnpj, "33.000.167/0001-01"),
        (Kind::JpCorporate, "1180301018771"),
        (Kind::KrBrn, "124-81-00998"),
        (Kind::AuAbn, "51 824 753 556"),
        (Kind::AuAcn, "004 085 616"),
        (Kind::NoOrg, "923 609 016"),
        (Kind::ChUid, "CHE-116.281.710"),
        (Kind::IlCompany, "520013954"),
        (Kind::InGstin, "27AAPFU0939F1ZV"),
        (Kind::FrSiret, "552 081 317 66522"),
    ];

    #[test]
    fn known_numbers_agree_and_are_recognised() {
        for (kind, text) in KNOWN {
            assert_eq!(check(kind, text), Check::Valid, "{kind:?} {text}");
            let found = recognise(text);
            assert!(
                found.iter().any(|i| i.kind == kind),
                "{kind:?} {text} {found:?}"
            );
        }
    }

    #[test]
    fn one_wrong_digit_is_told_in_every_kind() {
        for (kind, text) in KNOWN {
            let bare = bare(text);
            for (at, c) in bare.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                let other = if c == '9' {
                    '0'
                } else {
                    char::from(c as u8 + 1)
                };
                let mut wrong = bare.clone();
                wrong.replace_range(at..=at, &other.to_string());
                // Rules in two steps, or with a sum that is cut, miss a few.
                let sure = !matches!(
                    kind,
                    Kind::JpCorporate
                        | Kind::TrVkn
                        | Kind::KrBrn
                        | Kind::KzBin
                        | Kind::UaEdrpou
                        | Kind::RuInn
                        | Kind::RuOgrn
                );
                if sure {
                    assert_ne!(check(kind, &wrong), Check::Valid, "{kind:?} {wrong}");
                }
            }
        }
    }

    #[test]
    fn only_a_number_of_the_right_form_is_mistyped() {
        assert!(is_mistyped(Kind::Imo, "IMO 9074720"));
        assert!(!is_mistyped(Kind::Imo, "9074729"));
        assert!(!is_mistyped(Kind::Imo, "907472"));
        assert!(!is_mistyped(Kind::Uscc, "330100000012345"));
        assert!(!is_mistyped(Kind::Bic, "DEUTDEFF"));
    }

    #[test]
    fn kinds_without_a_check_digit_say_so() {
        assert_eq!(check(Kind::Bic, "DEUTDEFF"), Check::Unknown);
        assert_eq!(check(Kind::Bic, "DEUTDEFF500"), Check::Unknown);
        assert_eq!(check(Kind::Mmsi, "273456789"), Check::Unknown);
        assert_eq!(check(Kind::Mmsi, "999456789"), Check::Invalid);
    }

    #[test]
    fn a_named_kind_is_told_even_when_mistyped() {
        let found = recognise("IMO 9074720");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].check), (Kind::Imo, Check::Invalid));
        assert_eq!(found[0].text, "9074720");
    }

    #[test]
    fn what_is_no_identifier_is_none() {
        for text in [
            "",
            "Hikvision",
            "12",
            "---",
            "第28研究所",
            "12345678901234567890123",
        ] {
            assert!(recognise(text).is_empty(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,80}") {
            for found in recognise(&text) {
                proptest::prop_assert!(found.text.is_ascii());
            }
        }
    }
}
