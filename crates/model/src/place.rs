//! Countries and the regions of them that rules name.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Reads a code or a name.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.trim().to_ascii_lowercase().into_bytes();
        let code = <[u8; 2]>::try_from(bytes).ok()?;
        code.iter()
            .all(u8::is_ascii_lowercase)
            .then_some(Self(code))
    }

    /// The code in lower case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The short English name.
    pub fn name(self) -> &'static str {
        "?"
    }
}

impl Place {
    /// Reads `cn`, `cn-xj`, a country's or a region's name.
    pub fn parse(text: &str) -> Option<Self> {
        let (country, region) = match text.split_once('-') {
            Some((country, region)) => (country, Some(region.to_ascii_lowercase())),
            None => (text, None),
        };
        Some(Self {
            country: Country::parse(country)?,
            region,
        })
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
        self.to_string()
    }

    /// Whether `self` is `other` or lies in it: `cn-xj` is within `cn`, not the other way.
    pub fn is_within(&self, other: &Self) -> bool {
        self.country == other.country && (other.region.is_none() || self.region == other.region)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.region {
            Some(region) => write!(f, "{}-{region}", self.country),
            None => write!(f, "{}", self.country),
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
