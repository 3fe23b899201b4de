//! OFAC's labels, and what stands after each.
//!
//! One vocabulary serves all layouts: `idType` in the XML, feature and document
//! types in the advanced XML, the first words of a remark in the CSV (`Tax ID No.
//! 123 (Iran)`), `type` in the consolidated screening list. The XML puts anything
//! under `idType`, gender included, so a label decides, never the element.
//!
//! A label that is not here is no fault of the file: what it labels is kept whole
//! as a note, and told.

/// What a labelled value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identity paper or register number, for this property.
    Paper(&'static str),
    /// Words for this property.
    Text(&'static str),
    /// A country for this property.
    Country(&'static str),
    /// A date for this property.
    Date(&'static str),
    /// A date of birth.
    Birth,
    /// An address of a crypto wallet; the coin stands before it.
    Coin,
    /// What the measure says about the party.
    Provision,
    /// What a person is; dropped.
    Personal(&'static str),
    /// Kept as a note with its label.
    Note,
}

use Kind::{Birth, Coin, Country, Date, Note, Paper, Personal, Provision, Text};

/// All, by label without the marks `:`, `-` and `#` at its end, in byte order of
/// the lower-case label.
const LABELS: &[(&str, Kind)] = &[
    ("additional sanctions information", Provision),
    (
        "afghan money service provider license number",
        Paper("registrationNumber"),
    ),
    (
        "aircraft construction number (also called l/n or s/n or f/n)",
        Text("serialNumber"),
    ),
    ("aircraft manufacture date", Date("buildDate")),
    (
        "aircraft manufacturer's serial number (msn)",
        Text("serialNumber"),
    ),
    ("aircraft mode s transponder code", Note),
    ("aircraft model", Text("model")),
    ("aircraft operator", Text("operator")),
    ("aircraft serial identification", Text("serialNumber")),
    ("aircraft tail number", Text("registrationNumber")),
    ("aircraft type", Text("type")),
    ("bik (ru)", Text("bikCode")),
    ("birth certificate number", Paper("idNumber")),
    ("birthdate", Birth),
    ("bosnian personal id no.", Paper("idNumber")),
    ("branch unit number", Paper("registrationNumber")),
    (
        "british national overseas passport",
        Paper("passportNumber"),
    ),
    ("business number", Paper("registrationNumber")),
    (
        "business registration document",
        Paper("registrationNumber"),
    ),
    ("business registration number", Paper("registrationNumber")),
    ("c.i.f.", Paper("taxNumber")),
    ("c.r. no.", Paper("registrationNumber")),
    ("c.u.i.", Paper("taxNumber")),
    ("c.u.i.p.", Paper("idNumber")),
    ("c.u.i.t.", Paper("taxNumber")),
    ("c.u.r.p.", Paper("idNumber")),
    ("caatsa section 235 information", Provision),
    ("carnet no.", Paper("idNumber")),
    ("cartilla de servicio militar nacional", Paper("idNumber")),
    ("cedula de ciudadania", Paper("idNumber")),
    ("cedula de residencia", Paper("idNumber")),
    ("cedula no.", Paper("idNumber")),
    (
        "central registration system number",
        Paper("registrationNumber"),
    ),
    (
        "certificate of incorporation number",
        Paper("registrationNumber"),
    ),
    ("chamber of commerce number", Paper("registrationNumber")),
    ("chinese commercial code", Note),
    ("citizen", Country("citizenship")),
    ("citizen's card number", Paper("idNumber")),
    ("citizenship country", Country("citizenship")),
    ("civil registration number", Paper("idNumber")),
    ("commercial registry number", Paper("registrationNumber")),
    ("company number", Paper("registrationNumber")),
    ("credencial electoral", Paper("idNumber")),
    ("d-u-n-s number", Paper("dunsCode")),
    ("d.n.i.", Paper("idNumber")),
    ("digital currency address", Coin),
    ("diplomatic passport", Paper("passportNumber")),
    ("dob", Birth),
    ("driver's license no.", Paper("idNumber")),
    (
        "dubai chamber of commerce membership no.",
        Paper("registrationNumber"),
    ),
    (
        "economic register number (cbls)",
        Paper("registrationNumber"),
    ),
    ("effective date", Provision),
    ("electoral registry no.", Paper("idNumber")),
    ("email address", Text("email")),
    ("enterprise number", Paper("registrationNumber")),
    ("equity ticker", Text("ticker")),
    ("executive order 13645 determination", Provision),
    ("executive order 13662 directive determination", Provision),
    ("executive order 13846 information", Provision),
    ("executive order 14014 directive information", Provision),
    ("executive order 14024 directive information", Provision),
    ("executive order 14059 information", Provision),
    ("fax number", Note),
    ("file number", Paper("registrationNumber")),
    ("fiscal code", Paper("taxNumber")),
    ("folio mercantil no.", Paper("registrationNumber")),
    ("former vessel flag", Country("pastFlags")),
    ("gender", Personal("gender")),
    (
        "global intermediary identification number",
        Paper("giiNumber"),
    ),
    ("government gazette number", Paper("okpoCode")),
    ("i.f.e.", Paper("idNumber")),
    ("identification number", Paper("idNumber")),
    ("identification number is for a/an", Note),
    ("ifca determination", Provision),
    ("immigration no.", Paper("idNumber")),
    ("interpol: red notice. file no.", Note),
    ("isin", Text("isin")),
    ("issuer name", Text("issuer")),
    ("istanbul chamber of comm. no.", Paper("registrationNumber")),
    ("italian fiscal code", Paper("taxNumber")),
    ("kenyan id no.", Paper("idNumber")),
    ("kuwait civil id no.", Paper("idNumber")),
    ("le number", Paper("idNumber")),
    ("lebanese id card no.", Paper("idNumber")),
    ("legal entity number", Paper("leiCode")),
    ("license", Paper("registrationNumber")),
    ("linked to", Text("linkedTo")),
    ("listing date", Provision),
    ("location", Note),
    ("malaysian ic no.", Paper("idNumber")),
    ("matricula mercantil no", Paper("registrationNumber")),
    ("military registration number", Paper("idNumber")),
    ("mmsi", Text("mmsi")),
    ("moroccan personal id no.", Paper("idNumber")),
    ("msb registration number", Paper("registrationNumber")),
    ("n.i.e.", Paper("idNumber")),
    ("national foreign id number", Paper("idNumber")),
    ("national id no.", Paper("idNumber")),
    ("nationality", Country("nationality")),
    ("nationality country", Country("nationality")),
    ("nationality of registration", Country("jurisdiction")),
    ("nit", Paper("taxNumber")),
    ("numero de identidad", Paper("idNumber")),
    ("organization code", Paper("registrationNumber")),
    ("organization established date", Date("incorporationDate")),
    ("organization type", Text("sector")),
    ("other vessel call sign", Text("callSign")),
    ("other vessel flag", Country("flag")),
    ("other vessel type", Text("type")),
    ("pan", Paper("taxNumber")),
    ("paraguayan tax identification number", Paper("taxNumber")),
    ("passport", Paper("passportNumber")),
    ("peesa information", Provision),
    ("permanent resident card", Paper("idNumber")),
    ("permit number", Paper("registrationNumber")),
    ("personal id card", Paper("idNumber")),
    ("phone number", Text("phone")),
    ("pilot license number", Paper("idNumber")),
    ("place of birth", Text("birthPlace")),
    ("pob", Text("birthPlace")),
    ("previous aircraft tail number", Note),
    ("public registration number", Paper("registrationNumber")),
    ("public security and immigration no.", Paper("idNumber")),
    ("purchase/sales for divestment date", Provision),
    ("r.f.c.", Paper("taxNumber")),
    ("refugee id card", Paper("idNumber")),
    ("registered charity no.", Paper("registrationNumber")),
    (
        "registration certificate number (dubai)",
        Paper("registrationNumber"),
    ),
    ("registration id", Paper("registrationNumber")),
    ("registration number", Paper("registrationNumber")),
    ("residency number", Paper("idNumber")),
    ("rif", Paper("taxNumber")),
    ("romanian c.r.", Paper("registrationNumber")),
    ("romanian permanent resident", Paper("idNumber")),
    ("romanian tax registration", Paper("taxNumber")),
    ("rsin number", Paper("registrationNumber")),
    ("rtn", Paper("taxNumber")),
    ("ruc", Paper("taxNumber")),
    ("seafarer's identification document", Paper("idNumber")),
    ("secondary sanctions risk", Provision),
    ("serial no.", Paper("idNumber")),
    ("spanish i.d. no.", Paper("idNumber")),
    ("sre permit no.", Paper("registrationNumber")),
    ("ssn", Paper("idNumber")),
    ("stateless person id card", Paper("idNumber")),
    ("stateless person passport", Paper("passportNumber")),
    ("swift/bic", Text("swiftBic")),
    ("target type", Text("classification")),
    ("tarjeta de identidad card no.", Paper("idNumber")),
    ("tarjeta profesional", Paper("idNumber")),
    ("tax id no.", Paper("taxNumber")),
    ("tazkira national id card", Paper("idNumber")),
    ("title", Text("position")),
    ("tourism license no.", Paper("registrationNumber")),
    ("trade license no.", Paper("registrationNumber")),
    ("trade mark number", Note),
    (
        "transactions prohibited for persons owned or controlled by u.s. financial institutions",
        Provision,
    ),
    ("travel document number", Paper("passportNumber")),
    ("turkish identification number", Paper("idNumber")),
    ("uae identification", Paper("idNumber")),
    ("uae residential visa", Paper("idNumber")),
    ("uk company number", Paper("registrationNumber")),
    ("unified social credit code (uscc)", Paper("uscCode")),
    (
        "united social credit code certificate (usccc)",
        Paper("uscCode"),
    ),
    ("us fein", Paper("taxNumber")),
    ("v.a.t. number", Paper("vatCode")),
    ("vat number", Paper("vatCode")),
    ("vatin", Paper("vatCode")),
    ("vessel call sign", Text("callSign")),
    ("vessel flag", Country("flag")),
    (
        "vessel gross registered tonnage",
        Text("grossRegisteredTonnage"),
    ),
    ("vessel gross tonnage", Text("tonnage")),
    ("vessel operator", Text("operator")),
    ("vessel owner", Text("owner")),
    (
        "vessel registration identification",
        Paper("registrationNumber"),
    ),
    ("vessel tonnage", Text("tonnage")),
    ("vessel type", Text("type")),
    ("vessel year of build", Date("buildDate")),
    ("visa number id", Paper("idNumber")),
    ("voter identification no.", Paper("idNumber")),
    ("website", Text("website")),
];

fn plain(label: &str) -> &str {
    label.trim().trim_end_matches([':', '-', '#', ' '])
}

/// Reads a label that stands alone: `idType`, a feature's type. The label comes
/// back as the papers of all layouts print it.
pub(super) fn find(label: &str) -> Option<Kind> {
    let label = plain(label).to_lowercase();
    if let Ok(at) = LABELS.binary_search_by_key(&label.as_str(), |(name, _)| name) {
        return Some(LABELS[at].1);
    }
    // `Listing Date (EO 14024 Directive 2)`, `Digital Currency Address - XBT`.
    let (name, kind) = LABELS[..LABELS.partition_point(|(name, _)| *name < label.as_str())]
        .iter()
        .rev()
        .find(|(name, kind)| matches!(kind, Provision | Coin) && label.starts_with(name))?;
    label[name.len()..].starts_with(' ').then_some(*kind)
}

/// Reads a remark that begins with a label: what it is, the label, what follows it.
pub(super) fn begins(remark: &str) -> Option<(Kind, &str, &str)> {
    // All that begin with the remark's first letter.
    let letter = remark.bytes().next()?.to_ascii_lowercase();
    let from = LABELS.partition_point(|(name, _)| name.as_bytes()[0] < letter);
    let (name, kind) = LABELS[from..]
        .iter()
        .take_while(|(name, _)| name.as_bytes()[0] == letter)
        .filter(|(name, _)| {
            remark
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && remark[name.len()..]
                    .chars()
                    .next()
                    .is_some_and(|c| matches!(c, ' ' | ':'))
        })
        .max_by_key(|(name, _)| name.len())?;
    let (label, rest) = remark.split_at(name.len());
    let rest = rest.trim_start_matches([':', ' ']);
    let rest = rest.strip_prefix("# ").unwrap_or(rest);
    let rest = rest.strip_prefix("- ").unwrap_or(rest).trim();
    (!rest.is_empty()).then_some((*kind, label, rest))
}

/// A label as papers print it: without the marks at its end.
pub(super) fn shown(label: &str) -> &str {
    plain(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        let names: Vec<&str> = LABELS.iter().map(|(name, _)| *name).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
        assert!(names.iter().all(|name| name.to_lowercase() == **name));
    }

    #[test]
    fn a_label_is_found_with_the_marks_of_each_layout() {
        assert_eq!(find("NIT #"), Some(Paper("taxNumber")));
        assert_eq!(find("Secondary sanctions risk:"), Some(Provision));
        assert_eq!(
            find("Listing Date (EO 14024 Directive 2):"),
            Some(Provision)
        );
        assert_eq!(find("Digital Currency Address - XBT"), Some(Coin));
        assert_eq!(find("Gender"), Some(Personal("gender")));
        assert_eq!(find("Shoe size"), None);
    }

    #[test]
    fn the_longest_label_wins_and_a_word_is_no_label() {
        assert_eq!(
            begins("Vessel Registration Identification IMO 9187629"),
            Some((
                Paper("registrationNumber"),
                "Vessel Registration Identification",
                "IMO 9187629"
            ))
        );
        assert_eq!(
            begins("nationality of registration Russia"),
            Some((
                Country("jurisdiction"),
                "nationality of registration",
                "Russia"
            ))
        );
        assert_eq!(
            begins("NIT # 900039614-6 (Colombia)"),
            Some((Paper("taxNumber"), "NIT", "900039614-6 (Colombia)"))
        );
        assert_eq!(
            begins("Digital Currency Address - XBT 12x"),
            Some((Coin, "Digital Currency Address", "XBT 12x"))
        );
        assert_eq!(begins("Passports were issued"), None);
        assert_eq!(begins("Passport"), None);
    }
}
