//! What each layout's case gives. Read a changed snapshot as a customer would.

use super::show::{case, reading, shown};
use super::workbook;

fn snap(name: &str, bytes: &[u8]) {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, shown(&reading(bytes).unwrap()));
    });
}

#[test]
fn uk_xml() {
    snap("gb_uksl_xml", &case("gb_uksl.xml"));
}

#[test]
fn uk_csv() {
    snap("gb_uksl_csv", &case("gb_uksl.csv"));
}

#[test]
fn ofsi() {
    snap("gb_conlist", &case("gb_conlist.csv"));
}

#[test]
fn un() {
    snap("un_sc", &case("un_sc.xml"));
}

#[test]
fn eu_xml() {
    snap("eu_fsf_xml", &case("eu_fsf.xml"));
}

#[test]
fn eu_xml_other_elements() {
    snap("eu_fsf_rest", &case("eu_fsf_rest.xml"));
}

#[test]
fn seco() {
    snap("ch_seco", &case("ch_seco.xml"));
}

#[test]
fn canada() {
    snap("ca_sema", &case("ca_sema.xml"));
}

#[test]
fn australia() {
    snap("au_dfat", &workbook::australia());
}
