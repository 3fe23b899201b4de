//! One party in two layouts of one publisher comes out the same.

use scruple_lists::Reading;
use scruple_model::Entity;

use super::show::{case, entity_shown, reading};
use super::workbook::{of_csv, workbook};

/// Values in the order of the alphabet: a file of rows meets them in another order.
fn sorted(entity: &Entity) -> String {
    let mut entity = entity.clone();
    for values in entity.properties.values_mut() {
        values.sort();
    }
    entity_shown(&entity)
}

fn same(one: &Reading, other: &Reading, but: &[&str]) {
    assert_eq!(one.published, other.published);
    assert_eq!(one.entities.len(), other.entities.len());
    for (a, b) in one.entities.iter().zip(&other.entities) {
        if but.contains(&a.id.record()) {
            continue;
        }
        assert_eq!(sorted(a), sorted(b));
    }
}

#[test]
fn uk_sanctions_list_in_xml_and_csv() {
    let (xml, csv) = (
        reading(&case("gb_uksl.xml")).unwrap(),
        reading(&case("gb_uksl.csv")).unwrap(),
    );
    // TST0002 has an element in XML that the CSV has no column for.
    same(&xml, &csv, &["TST0002"]);
    assert_eq!(xml.fields_unread, csv.fields_unread);
    assert_eq!(
        (xml.records, csv.records),
        (3, 50),
        "designations there, rows here"
    );
}

#[test]
fn conlist_in_csv_and_xlsx() {
    let csv = case("gb_conlist.csv");
    let book = workbook(&[("Sheet1", of_csv(&csv))]);
    let (csv, xlsx) = (reading(&csv).unwrap(), reading(&book).unwrap());
    assert_eq!(csv.entities, xlsx.entities);
    assert_eq!((csv.records, csv.unread), (xlsx.records, xlsx.unread));
    assert_eq!(csv.published, xlsx.published);
}

#[test]
fn eu_list_in_xml_and_csv() {
    let (xml, csv) = (
        reading(&case("eu_fsf.xml")).unwrap(),
        reading(&case("eu_fsf.csv")).unwrap(),
    );
    same(&xml, &csv, &[]);
    assert_eq!(
        (xml.records, csv.records),
        (2, 11),
        "entities there, rows here"
    );
}
