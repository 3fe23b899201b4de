//! Who is listed at an address.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::list;
use scruple_model::{Country, Schema};
use scruple_screen::{Index, Options, Query, build, search};

fn index() -> Index<Vec<u8>> {
    let firm = |id: &str, name: &str, address: &str| {
        list::entity(id, Schema::Company, &[("name", name), ("address", address)])
    };
    Index::open(build(
        [
            firm(
                "us-bis-el:hik",
                "Hangzhou Hikvision Digital Technology Co., Ltd.",
                "No. 555 Qianmo Road, Binjiang District, Hangzhou, 310052, China",
            ),
            firm(
                "us-bis-el:hk",
                "Gannet Trading Limited",
                "Room 1203, 12/F, Golden Centre, 188 Des Voeux Road, Wan Chai, Hong Kong",
            ),
            list::entity(
                "us-bis-el:address",
                Schema::Address,
                &[
                    ("name", "Unit 7, 21 Lockhart Road, Hong Kong"),
                    ("country", "hk"),
                ],
            ),
        ]
        .into_iter(),
    ))
    .unwrap()
}

fn at(address: &str) -> Vec<String> {
    let found = index().at_address(address);
    found.iter().map(|one| one.id.to_string()).collect()
}

#[test]
fn a_building_is_found_in_another_order_and_another_script() {
    assert_eq!(at("555 Qianmo Lu, Hangzhou"), ["us-bis-el:hik"]);
    assert_eq!(at("浙江省杭州市滨江区阡陌路555号"), ["us-bis-el:hik"]);
    assert_eq!(
        at("9/F, Golden Centre, 188 Des Voeux Road, Hong Kong"),
        ["us-bis-el:hk"]
    );
    assert_eq!(at("21 Lockhart Road, Hong Kong"), ["us-bis-el:address"]);
}

#[test]
fn another_number_another_city_and_no_street_are_not_a_building() {
    for address in [
        "557 Qianmo Road, Hangzhou",
        "555 Qianmo Road, Shanghai",
        "Hangzhou, China",
        "",
    ] {
        assert!(at(address).is_empty(), "{address}");
    }
    assert!(!Index::<Vec<u8>>::tells_building("Hangzhou, China"));
}

#[test]
fn addresses_listed_for_themselves_are_asked_for_by_country() {
    let index = index();
    let of = |code: &str| index.lists_addresses_in(&[Country::parse(code).unwrap()]);
    assert!(of("hk") && !of("kz"));
    let none = list::index();
    assert!(!none.has_addresses() || !none.lists_addresses_in(&[Country::parse("hk").unwrap()]));
}

#[test]
fn an_address_moves_no_score_of_a_name() {
    let plain = list::entity(
        "us-bis-el:hik",
        Schema::Company,
        &[("name", "Hangzhou Hikvision Digital Technology Co., Ltd.")],
    );
    let without = Index::open(build(std::iter::once(plain))).unwrap();
    let with = list::entity(
        "us-bis-el:hik",
        Schema::Company,
        &[
            ("name", "Hangzhou Hikvision Digital Technology Co., Ltd."),
            ("address", "No. 555 Qianmo Road, Hangzhou"),
        ],
    );
    let with = Index::open(build(std::iter::once(with))).unwrap();
    for name in ["Hangzhou Hikvision", "555 Qianmo Road, Hangzhou"] {
        let weight = |index: &Index<Vec<u8>>| {
            let found = search(
                index,
                &Query::of(name),
                &Options {
                    threshold: 0,
                    limit: 1,
                },
            );
            found[0].weight
        };
        assert_eq!(weight(&without), weight(&with), "{name}");
    }
}
