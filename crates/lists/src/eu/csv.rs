//! CSV: a row holds the entity and one of its parts (a name, an address, a birth
//! date, a document or a citizenship), so rows that share `Entity_LogicalId` are one
//! entity.
//!
//! The file of before 2019 has the same rows under other column names, fewer
//! values, and no `classificationCode`; it is read too, for old snapshots.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::fields::{self, Act};
use super::list;
use crate::date;
use crate::delimited::{Grid, Step, text};
use crate::fault::{Effect, Fault, Refused};
use crate::gather::Gather;
use crate::party::Party;
use crate::rows::{Row, Shape};

/// Without these it is another layout.
pub(super) const NEEDED: &[&str] = &[
    "Entity_LogicalId",
    "NameAlias_WholeName",
    "Entity_SubjectType",
];

/// The same for the old one.
pub(super) const NEEDED_OLD: &[&str] = &["Entity_logical_id", "Naal_wholename", "Subject_type"];

const COLUMNS: &[&str] = &[
    "fileGenerationDate",
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_UnitedNationId",
    "Entity_DesignationDate",
    "Entity_DesignationDetails",
    "Entity_Remark",
    "Entity_SubjectType",
    "Entity_SubjectType_ClassificationCode",
    "Entity_Regulation_Type",
    "Entity_Regulation_OrganisationType",
    "Entity_Regulation_PublicationDate",
    "Entity_Regulation_EntryIntoForceDate",
    "Entity_Regulation_NumberTitle",
    "Entity_Regulation_Programme",
    "Entity_Regulation_PublicationUrl",
    "NameAlias_LastName",
    "NameAlias_FirstName",
    "NameAlias_MiddleName",
    "NameAlias_WholeName",
    "NameAlias_NameLanguage",
    "NameAlias_Gender",
    "NameAlias_Title",
    "NameAlias_Function",
    "NameAlias_LogicalId",
    "NameAlias_RegulationLanguage",
    "NameAlias_Remark",
    "NameAlias_Strong",
    "Address_City",
    "Address_Street",
    "Address_PoBox",
    "Address_ZipCode",
    "Address_Region",
    "Address_Place",
    "Address_AsAtListingTime",
    "Address_ContactInfo",
    "Address_CountryIso2Code",
    "Address_CountryDescription",
    "Address_LogicalId",
    "Address_RegulationLanguage",
    "Address_Remark",
    "BirthDate_BirthDate",
    "BirthDate_Day",
    "BirthDate_Month",
    "BirthDate_Year",
    "BirthDate_YearRangeFrom",
    "BirthDate_YearRangeTo",
    "BirthDate_Circa",
    "BirthDate_CalendarType",
    "BirthDate_ZipCode",
    "BirthDate_Region",
    "BirthDate_Place",
    "BirthDate_City",
    "BirthDate_CountryIso2Code",
    "BirthDate_CountryDescription",
    "BirthDate_LogicalId",
    "BirthDate_RegulationLanguage",
    "BirthDate_Remark",
    "Identification_Number",
    "Identification_Diplomatic",
    "Identification_KnownExpired",
    "Identification_KnownFalse",
    "Identification_ReportedLost",
    "Identification_RevokedByIssuer",
    "Identification_IssuedBy",
    "Identification_IssuedDate",
    "Identification_ValidFrom",
    "Identification_ValidTo",
    "Identification_LatinNumber",
    "Identification_NameOnDocument",
    "Identification_TypeCode",
    "Identification_TypeDescription",
    "Identification_Region",
    "Identification_CountryIso2Code",
    "Identification_CountryDescription",
    "Identification_LogicalId",
    "Identification_RegulationLanguage",
    "Identification_Remark",
    "Citizenship_Region",
    "Citizenship_CountryIso2Code",
    "Citizenship_CountryDescription",
    "Citizenship_LogicalId",
    "Citizenship_RegulationLanguage",
    "Citizenship_Remark",
    // The act of each part: that of the entity, or an older one.
    "NameAlias_Regulation_Type",
    "NameAlias_Regulation_OrganisationType",
    "NameAlias_Regulation_PublicationDate",
    "NameAlias_Regulation_EntryIntoForceDate",
    "NameAlias_Regulation_NumberTitle",
    "NameAlias_Regulation_Programme",
    "NameAlias_Regulation_PublicationUrl",
    "Address_Regulation_Type",
    "Address_Regulation_OrganisationType",
    "Address_Regulation_PublicationDate",
    "Address_Regulation_EntryIntoForceDate",
    "Address_Regulation_NumberTitle",
    "Address_Regulation_Programme",
    "Address_Regulation_PublicationUrl",
    "BirthDate_Regulation_Type",
    "BirthDate_Regulation_OrganisationType",
    "BirthDate_Regulation_PublicationDate",
    "BirthDate_Regulation_EntryIntoForceDate",
    "BirthDate_Regulation_NumberTitle",
    "BirthDate_Regulation_Programme",
    "BirthDate_Regulation_PublicationUrl",
    "Identification_Regulation_Type",
    "Identification_Regulation_OrganisationType",
    "Identification_Regulation_PublicationDate",
    "Identification_Regulation_EntryIntoForceDate",
    "Identification_Regulation_NumberTitle",
    "Identification_Regulation_Programme",
    "Identification_Regulation_PublicationUrl",
    "Citizenship_Regulation_Type",
    "Citizenship_Regulation_OrganisationType",
    "Citizenship_Regulation_PublicationDate",
    "Citizenship_Regulation_EntryIntoForceDate",
    "Citizenship_Regulation_NumberTitle",
    "Citizenship_Regulation_Programme",
    "Citizenship_Regulation_PublicationUrl",
    // The old file's own names.
    "Date_file",
    "Subject_type",
    "Leba_numtitle",
    "Leba_publication_date",
    "Leba_url",
    "Programme",
    "Naal_lastname",
    "Naal_firstname",
    "Naal_middlename",
    "Naal_wholename",
    "Naal_gender",
    "Naal_title",
    "Naal_function",
    "Naal_language",
    "Addr_number",
    "Addr_street",
    "Addr_zipcode",
    "Addr_city",
    "Addr_country",
    "Addr_other",
    "Birt_date",
    "Birt_place",
    "Birt_country",
    "Iden_number",
    "Iden_country",
    "Citi_country",
    "EU_ref_num",
    "Naal_logical_id",
    "Naal_leba_numtitle",
    "Naal_leba_publication_date",
    "Naal_leba_url",
    "Naal_programme",
    "Addr_logical_id",
    "Addr_leba_numtitle",
    "Addr_leba_publication_date",
    "Addr_leba_url",
    "Addr_programme",
    "Birt_logical_id",
    "Birt_leba_numtitle",
    "Birt_leba_publication_date",
    "Birt_leba_url",
    "Birt_programme",
    "Iden_logical_id",
    "Iden_leba_numtitle",
    "Iden_leba_publication_date",
    "Iden_leba_url",
    "Iden_programme",
    "Citi_logical_id",
    "Citi_leba_numtitle",
    "Citi_leba_publication_date",
    "Citi_leba_url",
    "Citi_programme",
];

/// The XML's name of a value, its column in the CSV and in the old CSV.
type Names = [(&'static str, &'static str, &'static str)];

const ENTITY: &Names = &[
    ("generationDate", "fileGenerationDate", "Date_file"),
    ("subject", "Entity_SubjectType", "Subject_type"),
    (
        "classification",
        "Entity_SubjectType_ClassificationCode",
        "",
    ),
    ("reference", "Entity_EU_ReferenceNumber", "EU_ref_num"),
    ("unitedNationId", "Entity_UnitedNationId", ""),
    ("designationDate", "Entity_DesignationDate", ""),
    ("designationDetails", "Entity_DesignationDetails", ""),
    ("remark", "Entity_Remark", ""),
    (
        "numberTitle",
        "Entity_Regulation_NumberTitle",
        "Leba_numtitle",
    ),
    (
        "publicationDate",
        "Entity_Regulation_PublicationDate",
        "Leba_publication_date",
    ),
    ("programme", "Entity_Regulation_Programme", "Programme"),
    (
        "publicationUrl",
        "Entity_Regulation_PublicationUrl",
        "Leba_url",
    ),
];

const NAME: &Names = &[
    ("lastName", "NameAlias_LastName", "Naal_lastname"),
    ("firstName", "NameAlias_FirstName", "Naal_firstname"),
    ("middleName", "NameAlias_MiddleName", "Naal_middlename"),
    ("wholeName", "NameAlias_WholeName", "Naal_wholename"),
    ("nameLanguage", "NameAlias_NameLanguage", "Naal_language"),
    ("gender", "NameAlias_Gender", "Naal_gender"),
    ("title", "NameAlias_Title", "Naal_title"),
    ("function", "NameAlias_Function", "Naal_function"),
    ("remark", "NameAlias_Remark", ""),
    ("strong", "NameAlias_Strong", ""),
];

const ADDRESS: &Names = &[
    ("city", "Address_City", "Addr_city"),
    ("street", "Address_Street", "Addr_street"),
    ("poBox", "Address_PoBox", ""),
    ("zipCode", "Address_ZipCode", "Addr_zipcode"),
    ("region", "Address_Region", ""),
    ("place", "Address_Place", "Addr_number"),
    ("contactInfo", "Address_ContactInfo", ""),
    ("countryIso2Code", "Address_CountryIso2Code", ""),
    (
        "countryDescription",
        "Address_CountryDescription",
        "Addr_country",
    ),
    ("remark", "Address_Remark", "Addr_other"),
];

const BIRTH: &Names = &[
    ("birthdate", "BirthDate_BirthDate", "Birt_date"),
    ("dayOfMonth", "BirthDate_Day", ""),
    ("monthOfYear", "BirthDate_Month", ""),
    ("year", "BirthDate_Year", ""),
    ("yearRangeFrom", "BirthDate_YearRangeFrom", ""),
    ("yearRangeTo", "BirthDate_YearRangeTo", ""),
    ("circa", "BirthDate_Circa", ""),
    ("calendarType", "BirthDate_CalendarType", ""),
    ("zipCode", "BirthDate_ZipCode", ""),
    ("region", "BirthDate_Region", ""),
    ("place", "BirthDate_Place", "Birt_place"),
    ("city", "BirthDate_City", ""),
    ("countryIso2Code", "BirthDate_CountryIso2Code", ""),
    (
        "countryDescription",
        "BirthDate_CountryDescription",
        "Birt_country",
    ),
    ("remark", "BirthDate_Remark", ""),
];

const DOCUMENT: &Names = &[
    ("number", "Identification_Number", "Iden_number"),
    ("diplomatic", "Identification_Diplomatic", ""),
    ("knownExpired", "Identification_KnownExpired", ""),
    ("knownFalse", "Identification_KnownFalse", ""),
    ("reportedLost", "Identification_ReportedLost", ""),
    ("revokedByIssuer", "Identification_RevokedByIssuer", ""),
    ("issuedBy", "Identification_IssuedBy", ""),
    ("issuedDate", "Identification_IssuedDate", ""),
    ("validFrom", "Identification_ValidFrom", ""),
    ("validTo", "Identification_ValidTo", ""),
    ("latinNumber", "Identification_LatinNumber", ""),
    ("nameOnDocument", "Identification_NameOnDocument", ""),
    ("identificationTypeCode", "Identification_TypeCode", ""),
    (
        "identificationTypeDescription",
        "Identification_TypeDescription",
        "",
    ),
    ("region", "Identification_Region", ""),
    ("countryIso2Code", "Identification_CountryIso2Code", ""),
    (
        "countryDescription",
        "Identification_CountryDescription",
        "Iden_country",
    ),
    ("remark", "Identification_Remark", ""),
];

const CITIZENSHIP: &Names = &[
    ("region", "Citizenship_Region", ""),
    ("countryIso2Code", "Citizenship_CountryIso2Code", ""),
    (
        "countryDescription",
        "Citizenship_CountryDescription",
        "Citi_country",
    ),
    ("remark", "Citizenship_Remark", ""),
];

const SHAPE: Shape = Shape {
    delimiter: b';',
    quoted: true,
    windows_1252: false,
};

/// The first of the old file's own columns.
const OLDER: &str = "Date_file";

/// Without an id a row names nobody we could file it under.
const ID: &str = "Entity_LogicalId";

pub(crate) fn read(bytes: impl BufRead, out: &mut Gather) -> Result<(), Refused> {
    let list = list();
    let mut parties: BTreeMap<String, (Party, bool)> = BTreeMap::new();
    // In both layouts: case and underscores aside the id's column has one name.
    let older = COLUMNS.iter().position(|name| *name == OLDER);
    let grid = Grid::new(&list, COLUMNS, &[ID]).with_older(older.unwrap_or(COLUMNS.len()));
    text(bytes, SHAPE, grid, out, |grid, step, out| {
        let Step::Record(row) = step else {
            return Ok(());
        };
        let entity = values(grid, &row, ENTITY);
        if let Some(day) = date::day_first(entity("generationDate")).and_then(|date| date.day()) {
            out.published(day);
        }
        let id = grid.cell(&row, ID);
        if id.is_empty() {
            out.fault(&list, without_id(&row));
            return Ok(());
        }
        let (party, has_primary) = parties.entry(id.to_owned()).or_insert_with(|| {
            let schema = fields::schema(entity("classification"), entity("subject"));
            (Party::new(row.at, id, schema), false)
        });
        party.go_on_at(row.at);
        party.add("euReferenceNumber", entity("reference"));
        party.add("unscId", entity("unitedNationId"));
        fields::name(party, &values(grid, &row, NAME), has_primary);
        fields::address(party, &values(grid, &row, ADDRESS));
        fields::birth_date(party, &values(grid, &row, BIRTH));
        fields::identification(party, &values(grid, &row, DOCUMENT));
        fields::citizenship(party, &values(grid, &row, CITIZENSHIP));
        designation(party, &entity);
        Ok(())
    })?;
    for (party, _) in parties.into_values() {
        out.party(&list, party);
    }
    Ok(())
}

fn values<'a>(
    grid: &'a Grid,
    row: &'a Row,
    names: &'static Names,
) -> impl Fn(&str) -> &'a str + 'a {
    move |name| {
        let Some((_, column, old)) = names.iter().find(|(xml, ..)| *xml == name) else {
            return "";
        };
        let cell = match grid.cell(row, column) {
            "" if !old.is_empty() => grid.cell(row, old),
            cell => cell,
        };
        // The old file's word for a value that is not known.
        if cell == "N/A" { "" } else { cell }
    }
}

fn without_id(row: &Row) -> Fault {
    Fault {
        at: row.at,
        record: None,
        field: Some(ID.to_owned()),
        what: "the row has no id".to_owned(),
        effect: Effect::RecordUnread,
        next: "look the row up at the publisher by its line".to_owned(),
    }
}

fn designation(party: &mut Party, of: &fields::Values<'_>) {
    let since = party.day_of_listing("Entity_DesignationDate", of("designationDate"), |text| {
        if text.contains('/') {
            date::day_first(text)
        } else {
            date::iso(text)
        }
    });
    // In the CSV a remark stands in brackets, several one under the other as `\n`.
    let remarks: Vec<&str> = of("remark")
        .split("\\n")
        .map(|text| {
            match text
                .trim()
                .strip_prefix('(')
                .and_then(|text| text.strip_suffix(')'))
            {
                Some(inner) => inner,
                None => text.trim(),
            }
        })
        .filter(|text| !text.is_empty())
        .collect();
    let reason = match (of("designationDetails"), remarks.join("; ")) {
        ("", remarks) => remarks,
        (details, remarks) if remarks.is_empty() => details.to_owned(),
        (details, remarks) => format!("{details}; {remarks}"),
    };
    Act {
        title: of("numberTitle"),
        published: of("publicationDate"),
        programme: of("programme"),
        link: of("publicationUrl"),
        since,
        reason: &reason,
    }
    .put(party);
}
