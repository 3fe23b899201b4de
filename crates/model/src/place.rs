//! Countries and the regions of them that rules name.
//!
//! Two readers need this: a deal, where a wrong country must be an error, and an
//! official list, which writes `KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF`. Both
//! are served by one table and one key: a name's words without accents, articles
//! and order. So every spelling that differs only in those is found, and a name
//! that is merely similar is not: Niger is not Nigeria. What is nearest is
//! offered to a person, never taken ([`Place::nearest`]).
//!
//! `UK` is no ISO code, and is refused with `gb` as the nearest: whoever writes
//! codes should learn it once, here, and not from a list that was not searched.

mod countries;
mod regions;

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::deal::nearest;
use countries::COUNTRIES;
use regions::{OWN_CODE, REGIONS};

/// A country: ISO 3166-1 alpha-2 in lower case.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Country([u8; 2]);

/// A country, or a region of one: `cn`, `cn-xj`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Place {
    country: Country,
    region: Option<String>,
}

impl Country {
    /// Reads a code (alpha-2 or alpha-3) or a name, in any case and word order.
    /// A region that rules name gives its country. `None` where nothing fits.
    pub fn parse(text: &str) -> Option<Self> {
        Place::parse(text).map(|place| place.country)
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.iter().map(|row| Self(row.code))
    }

    /// The code in lower case.
    pub fn code(&self) -> &str {
        // Made only from the table, whose codes are ASCII.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The short English name.
    pub fn name(self) -> &'static str {
        COUNTRIES
            .binary_search_by_key(&self.0, |row| row.code)
            .map_or("?", |at| COUNTRIES[at].name)
    }

    fn of_code(code: &str) -> Option<Self> {
        let mut code = <[u8; 2]>::try_from(code.as_bytes()).ok()?;
        code.make_ascii_lowercase();
        COUNTRIES
            .binary_search_by_key(&code, |row| row.code)
            .is_ok()
            .then_some(Self(code))
    }
}

impl Place {
    /// Reads `cn`, `cn-xj`, a country's or a region's name. A part of a country
    /// that has an ISO code of its own gives that: `cn-hk` is `hk`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 120 {
            return None;
        }
        if text.len() == 2 && text.is_ascii() {
            return Country::of_code(text).map(Self::from);
        }
        // The prefix is how one United States list marks what is no country.
        let text = match text.split_once(':') {
            Some((mark, name)) if mark.eq_ignore_ascii_case("region") => name,
            _ => text,
        };
        let (country, region) = *names().get(&key(text))?;
        Some(Self {
            country,
            region: region.map(str::to_owned),
        })
    }

    /// Every region that has a code, by country and code.
    pub fn regions() -> impl Iterator<Item = Self> {
        REGIONS.iter().filter_map(|row| {
            Some(Self {
                country: Country::of_code(row.country)?,
                region: Some(row.region.to_owned()),
            })
        })
    }

    /// The code nearest to a text that is none, to offer it: `gb` for `uk`,
    /// `cn-xj` for `cn-xinjang`, `tr` for `Turky`.
    pub fn nearest(text: &str) -> Option<String> {
        let text = text.trim().to_lowercase().replace('.', "");
        let habit = [
            ("uk", "gb"),
            ("el", "gr"),
            ("su", "ru"),
            ("bu", "mm"),
            ("eng", "gb"),
        ];
        if let Some((_, code)) = habit.iter().find(|(wrong, _)| *wrong == text) {
            return Some((*code).to_owned());
        }
        if let Some((country, region)) = text.split_once('-')
            && let Some(country) = Country::of_code(country)
        {
            let within = || REGIONS.iter().filter(|row| row.country == country.code());
            let wanted = within()
                .find(|row| key(row.name) == key(region))
                .map(|row| row.region)
                .or_else(|| {
                    let names = within().flat_map(|row| [row.region, row.name]);
                    let near = nearest::of(region, names)?;
                    within()
                        .find(|row| row.region == near || row.name == near)
                        .map(|row| row.region)
                });
            return Some(wanted.map_or_else(
                || country.code().to_owned(),
                |region| format!("{country}-{region}"),
            ));
        }
        if text.chars().count() < 4 {
            return None;
        }
        let countries = COUNTRIES
            .iter()
            .flat_map(|row| std::iter::once(row.name).chain(row.others.split('|')));
        let regions = REGIONS.iter().map(|row| row.name);
        let name = nearest::of(&text, countries.chain(regions))?;
        Self::parse(name).map(|place| place.code())
    }

    /// Its country.
    pub fn country(&self) -> Country {
        self.country
    }

    /// `cn` or `cn-xj`.
    pub fn code(&self) -> String {
        self.to_string()
    }

    /// The English name: `Xinjiang, China`.
    pub fn name(&self) -> String {
        let country = self.country.name();
        match self.region_row() {
            Some(row) => format!("{}, {country}", row.name),
            None => country.to_owned(),
        }
    }

    /// Whether `self` is `other` or lies in it: `cn-xj` is within `cn`, not the other way.
    pub fn is_within(&self, other: &Self) -> bool {
        self.country == other.country && (other.region.is_none() || self.region == other.region)
    }

    fn region_row(&self) -> Option<&'static regions::Row> {
        let region = self.region.as_deref()?;
        REGIONS
            .iter()
            .find(|row| row.country == self.country.code() && row.region == region)
    }
}

impl From<Country> for Place {
    fn from(country: Country) -> Self {
        Self {
            country,
            region: None,
        }
    }
}

type Names = HashMap<String, (Country, Option<&'static str>)>;

/// Every name and code, by key. Built once; a list asks a hundred thousand times.
fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Names::new();
        for row in COUNTRIES {
            let all = [row.alpha3, row.name].into_iter();
            for name in all.chain(row.others.split('|')) {
                names.insert(key(name), (Country(row.code), None));
            }
        }
        for row in REGIONS {
            let Some(country) = Country::of_code(row.country) else {
                continue;
            };
            let place = (country, Some(row.region));
            names.insert(key(&format!("{}-{}", row.country, row.region)), place);
            for name in std::iter::once(row.name).chain(row.others.split('|')) {
                names.insert(key(name), place);
                names.insert(key(&format!("{name}, {}", country.name())), place);
            }
        }
        for (part, code) in OWN_CODE {
            if let Some(country) = Country::of_code(code) {
                names.insert(key(part), (country, None));
            }
        }
        // Two letters are codes, and codes are not looked up here: `UK` stays unread.
        // Only `U.S.` reads as a name and as a code alike.
        names.retain(|key, _| key == "us" || !(key.len() < 3 && key.is_ascii()));
        names
    })
}

/// What two spellings of one name share: its words without accents, case,
/// punctuation, articles and order.
fn key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
    {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2bb}' | '\u{2bc}' | '`' | '.' => {}
            '&' => folded.push_str(" and "),
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => folded.push(' '),
        }
    }
    let folded = folded.replace("saint ", "st ");
    // A code's order matters: `mo-cn` is not `cn-mo`.
    if text.contains('-')
        && text.len() < 16
        && folded.split(' ').next().is_some_and(|c| c.len() == 2)
    {
        return folded;
    }
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 1 {
        words.retain(|word| !matches!(*word, "the" | "of" | "and"));
    }
    words.sort_unstable();
    words.join(" ")
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.region {
            Some(region) => f.pad(&format!("{}-{region}", self.country)),
            None => f.pad(self.country.code()),
        }
    }
}

impl TryFrom<String> for Country {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is no country"))
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is no place"))
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.code()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn code(text: &str) -> Option<String> {
        Place::parse(text).map(|place| place.code())
    }

    #[test]
    fn codes_are_in_order_and_each_name_means_one_country() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a.code < b.code));
        let mut seen: HashMap<String, &str> = HashMap::new();
        for row in COUNTRIES {
            assert_eq!(row.alpha3.len(), 3, "{}", row.name);
            let all = [row.alpha3, row.name].into_iter();
            for name in all.chain(row.others.split('|')).filter(|n| !n.is_empty()) {
                if let Some(other) = seen.insert(key(name), row.name) {
                    assert_eq!(other, row.name, "{name} means two countries");
                }
            }
        }
        for row in REGIONS {
            for name in std::iter::once(row.name).chain(row.others.split('|')) {
                assert!(!seen.contains_key(&key(name)), "{name} is a country too");
            }
        }
    }

    #[test]
    fn every_country_is_found_by_all_its_names_in_any_case() {
        for row in COUNTRIES {
            let all = [row.alpha3, row.name].into_iter();
            for name in all.chain(row.others.split('|')).filter(|n| !n.is_empty()) {
                let wanted = Some(Country(row.code));
                assert_eq!(Country::parse(name), wanted, "{name}");
                assert_eq!(Country::parse(&name.to_uppercase()), wanted, "{name}");
            }
        }
    }

    #[test]
    fn lists_spell_countries_in_their_own_order() {
        for (text, wanted) in [
            ("KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "kp"),
            ("Korea, Republic of", "kr"),
            ("Iran (Islamic Republic of)", "ir"),
            ("CONGO, DEMOCRATIC REPUBLIC OF THE", "cd"),
            ("Cote d\u{2019}Ivoire", "ci"),
            ("the Russian Federation", "ru"),
            ("Viet nam", "vn"),
            ("PRC", "cn"),
            ("Turkiye", "tr"),
            ("Saint Kitts & Nevis", "kn"),
            ("Hong Kong", "hk"),
            ("cn-hk", "hk"),
            ("GBR", "gb"),
            ("U.S.", "us"),
            ("Region: Gaza", "ps"),
            ("North Korea (DPRK)", "kp"),
        ] {
            assert_eq!(code(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn regions_are_found_by_name_and_number() {
        for (text, wanted) in [
            ("cn-xj", "cn-xj"),
            ("CN-XJ", "cn-xj"),
            ("XUAR", "cn-xj"),
            ("Xinjiang, China", "cn-xj"),
            ("Xinjiang Uyghur Autonomous Region", "cn-xj"),
            ("新疆维吾尔自治区", "cn-xj"),
            ("Tibet", "cn-xz"),
            ("ua-43", "ua-crimea"),
            ("Crimea", "ua-crimea"),
            ("Northern Ireland", "gb-nir"),
        ] {
            assert_eq!(code(text).as_deref(), Some(wanted), "{text}");
        }
        let place = Place::parse("cn-xj").unwrap();
        assert_eq!(place.name(), "Xinjiang, China");
        assert!(place.is_within(&Place::parse("China").unwrap()));
        assert!(!Place::parse("cn").unwrap().is_within(&place));
        for place in Place::regions() {
            assert_eq!(Place::parse(&place.code()), Some(place.clone()));
            assert_eq!(Place::parse(&place.name()), Some(place));
        }
    }

    #[test]
    fn what_is_no_place_is_not_read_and_the_nearest_is_offered() {
        for (text, wanted) in [
            ("uk", Some("gb")),
            ("UK", Some("gb")),
            ("U.K.", Some("gb")),
            ("EL", Some("gr")),
            ("xx", None),
            ("Turky", Some("tr")),
            ("Kazakstahn", Some("kz")),
            ("cn-xinjiang", Some("cn-xj")),
            ("cn-xx", Some("cn-xj")),
            ("de-by", Some("de")),
            ("", None),
            ("Atlantis", None),
        ] {
            assert_eq!(code(text), None, "{text}");
            assert_eq!(Place::nearest(text).as_deref(), wanted, "{text}");
        }
        assert_eq!(code("United Kingdom").as_deref(), Some("gb"));
        assert_ne!(Country::parse("Niger"), Country::parse("Nigeria"));
    }
}
