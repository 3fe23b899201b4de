//! Identifiers whose check digit does not agree.
//!
//! Such a number was mistyped somewhere. It may be another party's number by accident,
//! so it neither decides nor speaks against; whoever gave it is told. Which rule a number
//! has to obey follows from its property, and for the numbers of registers and tax
//! offices from a country: nine digits are a number in six of them. Where several
//! rules fit, all have to fail. A company number of the IMO obeys another rule than a
//! ship's, so only a ship's is judged.

use scruple_model::{Country, Schema};
use scruple_names::identifier::{Kind, is_mistyped};
use serde::Serialize;

use crate::query::Query;

/// An identifier that is not compared, since it was mistyped somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// FollowTheMoney's property.
    pub property: String,
    /// As given.
    pub value: String,
    /// What it ought to be: `LEI`.
    pub kind: &'static str,
}

/// The identifiers of a query whose check digit does not agree, in their order.
pub fn doubts(query: &Query) -> Vec<Doubt> {
    let of = query.identifiers.iter().filter_map(|(property, value)| {
        let kind = mistyped(property, value, query.schema, &query.countries)?;
        Some(Doubt {
            property: property.clone(),
            value: value.clone(),
            kind: kind.as_str(),
        })
    });
    of.collect()
}

/// The kind whose check digit a number misses, where there is no doubt which it ought to be.
pub(crate) fn mistyped(
    property: &str,
    value: &str,
    schema: Option<Schema>,
    countries: &[Country],
) -> Option<Kind> {
    let only = match property {
        "leiCode" => Kind::Lei,
        "uscCode" => Kind::Uscc,
        "ogrnCode" => Kind::RuOgrn,
        "imoNumber" if schema == Some(Schema::Vessel) => Kind::Imo,
        _ => return national(property, value, countries),
    };
    is_mistyped(only, value).then_some(only)
}

/// Numbers that a country gives. A number that fits a rule of one of the countries is well.
fn national(property: &str, value: &str, countries: &[Country]) -> Option<Kind> {
    let fits = |kind: &Kind| {
        kind.country()
            .is_some_and(|of| countries.iter().any(|country| country.code() == of))
    };
    let mut missed = None;
    for kind in of_property(property).iter().copied().filter(fits) {
        if is_mistyped(kind, value) {
            missed = missed.or(Some(kind));
        } else if scruple_names::identifier::check(kind, value)
            == scruple_names::identifier::Check::Valid
        {
            return None;
        }
    }
    missed
}

/// What a number under a property may be. Those whose form is shared with unrelated
/// numbers of the same country are left out.
fn of_property(property: &str) -> &'static [Kind] {
    use Kind::*;
    match property {
        "innCode" => &[RuInn],
        "vatCode" => &[DeVat, ItVat, PlNip, InGstin, ByUnp],
        "taxNumber" => &[
            RuInn, KzBin, ByUnp, PlNip, ItVat, TrVkn, BrCnpj, KrBrn, InGstin, AuAbn,
        ],
        "registrationNumber" => &[
            RuOgrn,
            UaEdrpou,
            KzBin,
            FrSiren,
            FrSiret,
            BrCnpj,
            JpCorporate,
            NoOrg,
            ChUid,
            IlCompany,
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(property: &str, value: &str, schema: Option<Schema>, country: &str) -> Option<Kind> {
        let countries: Vec<Country> = Country::parse(country).into_iter().collect();
        mistyped(property, value, schema, &countries)
    }

    #[test]
    fn a_check_digit_that_does_not_agree_is_told() {
        let of = |property, value| kind(property, value, None, "");
        assert_eq!(of("leiCode", "HWUPKR0MPOU8FGXBT395"), Some(Kind::Lei));
        assert_eq!(of("leiCode", "HWUPKR0MPOU8FGXBT394"), None);
        assert_eq!(of("uscCode", "914403001922038217"), Some(Kind::Uscc));
        assert_eq!(of("uscCode", "330100000012345"), None);
    }

    #[test]
    fn a_number_of_the_imo_is_judged_for_a_ship_only() {
        let of = |schema| kind("imoNumber", "IMO 9074720", schema, "");
        assert_eq!(of(Some(Schema::Vessel)), Some(Kind::Imo));
        assert_eq!(of(Some(Schema::Company)), None);
        assert_eq!(of(None), None);
    }

    #[test]
    fn a_national_number_is_judged_by_the_rules_of_its_country() {
        let of = |country| kind("taxNumber", "7707083894", None, country);
        assert_eq!(of("ru"), Some(Kind::RuInn));
        assert_eq!(of("cn"), None);
        assert_eq!(of(""), None);
        assert_eq!(kind("taxNumber", "7707083893", None, "ru"), None);
    }
}
