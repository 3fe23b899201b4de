//! What the layouts have in common: each part of an entity as a function from the
//! names of its values to the values.

use scruple_model::{Country, Listing, NameKind, PartialDate, Schema};

use super::list;
use crate::birth;
use crate::date;
use crate::party::{Party, one_line};

/// The values of a part, by the XML's names for them.
pub(super) type Values<'a> = dyn Fn(&str) -> &'a str + 'a;

/// `person` or `P`, `enterprise` or `E`.
pub(super) fn schema(code: &str, classification: &str) -> Schema {
    match (code.to_ascii_lowercase().as_str(), classification) {
        ("person" | "p", _) | (_, "P") => Schema::Person,
        ("enterprise" | "e", _) | (_, "E") => Schema::Organization,
        _ => Schema::LegalEntity,
    }
}

/// The remark of a part, in the notes.
pub(super) fn remark(party: &mut Party, words: &str, text: &str) {
    if !text.trim().is_empty() {
        party.add("notes", &format!("{words}: {}", text.trim()));
    }
}

fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

/// A name. The first strong one is the primary.
pub(super) fn name(party: &mut Party, of: &Values<'_>, has_primary: &mut bool) {
    let parts = [of("firstName"), of("middleName"), of("lastName")];
    let whole = match of("wholeName") {
        "" => joined(&parts, " "),
        whole => whole.to_owned(),
    };
    if whole.trim().is_empty() {
        return;
    }
    let language = of("nameLanguage");
    let strong = !of("strong").eq_ignore_ascii_case("false");
    if !is_latin(&whole) {
        party.original_name(&whole, Some(language));
    } else if strong && !*has_primary {
        *has_primary = true;
        party.name(NameKind::Primary, &whole);
        if party.schema() == Schema::Person {
            party.add("firstName", parts[0]);
            party.add("middleName", parts[1]);
            party.add("lastName", parts[2]);
        }
    } else {
        let kind = if strong {
            NameKind::Alias
        } else {
            NameKind::Weak
        };
        party.name(kind, &whole);
    }
    party.add("title", of("title"));
    party.add("position", of("function"));
    if !of("gender").is_empty() {
        party.drop_personal("gender");
    }
    remark(party, &one_line(&whole), of("remark"));
}

/// Whether most letters are Latin: a name may hold a foreign sign.
fn is_latin(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let latin = letters()
        .filter(|c| (*c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(c))
        .count();
    latin * 2 >= letters().count()
}

/// A date and place of birth.
pub(super) fn birth_date(party: &mut Party, of: &Values<'_>) {
    let date = match (of("birthdate"), of("year")) {
        ("", "") => String::new(),
        ("", year) => {
            let number = |text: &str| match text.len() {
                0 => "00".to_owned(),
                1 => format!("0{text}"),
                _ => text.to_owned(),
            };
            format!(
                "{year}-{}-{}",
                number(of("monthOfYear")),
                number(of("dayOfMonth"))
            )
        }
        (date, _) => date.to_owned(),
    };
    // Zeros stand for what is not known.
    let date = date.strip_suffix("-00").unwrap_or(&date);
    let date = date.strip_suffix("-00").unwrap_or(date);
    let gregorian = matches!(
        of("calendarType").to_ascii_uppercase().as_str(),
        "" | "GREGORIAN"
    );
    if !gregorian {
        remark(
            party,
            "Date of birth",
            &format!("{date} ({})", of("calendarType")),
        );
    } else if of("circa").eq_ignore_ascii_case("true") && !date.is_empty() {
        birth::about(party, "birthDate", "birthdate", &format!("circa {date}"));
    } else {
        birth::put(party, "birthDate", "birthdate", date, date::iso);
    }
    if let (Ok(from), Ok(to)) = (of("yearRangeFrom").parse(), of("yearRangeTo").parse()) {
        birth::between(party, "birthDate", "yearRangeFrom", from, to);
    }
    let place = joined(
        &[
            of("place"),
            of("city"),
            of("zipCode"),
            of("region"),
            land(of("countryDescription")),
        ],
        ", ",
    );
    party.add("birthPlace", &place);
    if let Some(country) = Country::parse(of("countryIso2Code")) {
        party.add("birthCountry", country.code());
    }
    remark(party, "Date of birth", of("remark"));
}

/// A country, by code where there is one. The Union writes `00` for an unknown one.
fn country(party: &mut Party, property: &str, of: &Values<'_>) {
    match (of("countryIso2Code"), land(of("countryDescription"))) {
        ("" | "00", text) => party.country(property, "countryDescription", text),
        ("UK", _) => party.country(property, "countryIso2Code", "gb"),
        (code, _) => party.country(property, "countryIso2Code", code),
    }
}

fn land(text: &str) -> &str {
    if text.eq_ignore_ascii_case("unknown") {
        ""
    } else {
        text
    }
}

/// An address.
pub(super) fn address(party: &mut Party, of: &Values<'_>) {
    let po_box = match of("poBox") {
        "" => String::new(),
        number if number.to_ascii_lowercase().contains("box") => number.to_owned(),
        number => format!("P.O. Box {number}"),
    };
    let line = joined(
        &[
            of("street"),
            &po_box,
            of("place"),
            of("zipCode"),
            of("city"),
            of("region"),
            land(of("countryDescription")),
        ],
        ", ",
    );
    party.add("address", &line);
    country(party, "country", of);
    let words = if line.is_empty() { "Address" } else { &line };
    remark(party, words, of("remark"));
    if !of("contactInfo").is_empty() {
        remark(party, "Contact", of("contactInfo"));
    }
}

/// A citizenship.
pub(super) fn citizenship(party: &mut Party, of: &Values<'_>) {
    country(party, "nationality", of);
    remark(
        party,
        "Citizenship",
        &joined(&[of("region"), of("remark")], ", "),
    );
}

/// A document.
pub(super) fn identification(party: &mut Party, of: &Values<'_>) {
    let number = match of("number") {
        "" => of("latinNumber"),
        number => number,
    };
    let (code, kind) = (
        of("identificationTypeCode"),
        of("identificationTypeDescription"),
    );
    let issued_in = match of("countryIso2Code") {
        "" | "00" => land(of("countryDescription")),
        "UK" => "gb",
        code => code,
    };
    let mut add = |number: &str| match property(code, kind) {
        "registrationNumber" => party.registered(number, issued_in),
        property => party.add(property, number),
    };
    add(number);
    if of("latinNumber") != number {
        add(of("latinNumber"));
    }
    let yes = |name: &str, words: &'static str| {
        if of(name).eq_ignore_ascii_case("true") {
            words
        } else {
            ""
        }
    };
    let with = |words: &str, text: &str| match text {
        "" => String::new(),
        text => format!("{words} {text}"),
    };
    let about = joined(
        &[
            &with("issued by", of("issuedBy")),
            &with(
                "issued in",
                &joined(&[of("region"), land(of("countryDescription"))], ", "),
            ),
            &with("issued on", of("issuedDate")),
            &with("valid from", of("validFrom")),
            &with("valid to", of("validTo")),
            &with("in the name of", of("nameOnDocument")),
            yes("diplomatic", "diplomatic"),
            yes("knownExpired", "expired"),
            yes("knownFalse", "known to be false"),
            yes("reportedLost", "reported lost"),
            yes("revokedByIssuer", "revoked"),
            of("remark"),
        ],
        ", ",
    );
    let kind = if kind.is_empty() { code } else { kind };
    let words = joined(
        &[if kind.is_empty() { "Document" } else { kind }, number],
        " ",
    );
    remark(party, &words, &about);
}

fn property(code: &str, kind: &str) -> &'static str {
    match code.to_ascii_lowercase().as_str() {
        "passport" => "passportNumber",
        "regnumber" => "registrationNumber",
        "fiscalcode" | "tin" | "taxid" => "taxNumber",
        "swiftbic" => "swiftBic",
        "imo" => "imoNumber",
        _ if kind.to_ascii_lowercase().contains("passport") => "passportNumber",
        _ => "idNumber",
    }
}

/// A regulation that lists the entity.
pub(super) struct Act<'a> {
    pub(super) title: &'a str,
    pub(super) published: &'a str,
    pub(super) programme: &'a str,
    pub(super) link: &'a str,
    pub(super) since: Option<PartialDate>,
    pub(super) reason: &'a str,
}

impl Act<'_> {
    /// Adds it to the designations.
    pub(super) fn put(&self, party: &mut Party) {
        let some = |text: &str| (!text.trim().is_empty()).then(|| one_line(text).into_owned());
        let citation = match (some(self.title), some(self.published)) {
            (Some(title), Some(day)) => Some(format!("{title}, {day}")),
            (title, day) => title.or(day),
        };
        party.listing(Listing {
            list: Some(list()),
            programmes: some(self.programme).into_iter().collect(),
            reason: some(self.reason),
            since: self.since,
            citation,
            link: some(self.link),
            ..Listing::default()
        });
    }
}
