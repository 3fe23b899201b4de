use super::*;

fn shown(text: &str) -> String {
    let a = Address::parse(text);
    let kind = a.street_kind.map(str::to_owned);
    [
        ("unit", &a.unit),
        ("floor", &a.floor),
        ("building", &a.building),
        ("number", &a.number),
        ("street", &a.street),
        ("kind", &kind),
        ("district", &a.district),
        ("city", &a.city),
        ("region", &a.region),
        ("postcode", &a.postcode),
        ("country", &a.country),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(format!("{name}={}", value.as_deref()?)))
    .collect::<Vec<_>>()
    .join(" ")
}

#[test]
fn addresses_in_their_parts() {
    let cases = [
        (
            "No. 555 Qianmo Road, Binjiang District, Hangzhou, 310052, China",
            "number=555 street=qianmo kind=road district=binjiang city=cn-hangzhou postcode=310052 country=cn",
        ),
        (
            "浙江省杭州市滨江区阡陌路555号",
            "number=555 street=qianmo kind=road district=binjiang city=cn-hangzhou region=cn-zj",
        ),
        (
            "Room 1203, 12/F, Golden Centre, 188 Des Voeux Road, Hong Kong",
            "unit=1203 floor=12 building=golden number=188 street=voeux kind=road city=hk country=hk",
        ),
        (
            "ul. Lenina, d. 5, kv. 12, 620014 Yekaterinburg, Russia",
            "unit=12 number=5 street=lenina kind=street city=ru-yekaterinburg postcode=620014 country=ru",
        ),
        (
            "ул. Ленина, д. 5, кв. 12, 620014 Екатеринбург, Россия",
            "unit=12 number=5 street=lenina kind=street city=ru-yekaterinburg postcode=620014 country=ru",
        ),
        (
            "Musterstraße 12, 10115 Berlin, Germany",
            "number=12 street=muster kind=street city=de-berlin postcode=10115 country=de",
        ),
        (
            "10 Downing Street, London SW1A 2AA",
            "number=10 street=downing kind=street city=gb-london postcode=sw1a2aa",
        ),
        (
            "北京市海淀区知春路6号1203室",
            "unit=1203 number=6 street=zhichun kind=road district=haidian city=cn-bj",
        ),
        ("Tehran, Iran", "city=ir-tehran country=ir"),
        ("", ""),
    ];
    for (text, want) in cases {
        assert_eq!(shown(text), want, "{text}");
    }
}

#[test]
fn nearness_is_what_both_say() {
    let list = "No. 555 Qianmo Road, Binjiang District, Hangzhou, China";
    let cases = [
        ("浙江省杭州市滨江区阡陌路555号", Nearness::SameBuilding),
        ("555 Qianmo Rd., Hangzhou", Nearness::SameBuilding),
        ("Room 3, 555 Qianmo Lu, Hangzhou", Nearness::SameBuilding),
        ("No. 556 Qianmo Road, Hangzhou, China", Nearness::SameStreet),
        ("Qianmo Road, Hangzhou", Nearness::SameStreet),
        ("No. 555 Jianghan Road, Hangzhou", Nearness::SameCity),
        ("Hangzhou", Nearness::SameCity),
        ("No. 555 Qianmo Road, Shanghai, China", Nearness::Apart),
        ("555 Qianmo Road, Berlin, Germany", Nearness::Apart),
        // A street of this name stands in many cities.
        ("555 Qianmo Road", Nearness::CannotTell),
        ("", Nearness::CannotTell),
    ];
    for (text, want) in cases {
        let (a, b) = (Address::parse(list), Address::parse(text));
        assert_eq!(compare(&a, &b), want, "{text}");
        assert_eq!(compare(&b, &a), want, "{text}, the other way round");
    }
}

#[test]
fn a_named_tower_is_one_building() {
    let a = Address::parse("Unit 5, Golden Tower, Kowloon, Hong Kong");
    let b = Address::parse("20/F Golden Tower, Kowloon, Hong Kong");
    assert_eq!(compare(&a, &b), Nearness::SameBuilding);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_the_same_way_twice(text in ".{0,120}") {
        proptest::prop_assert_eq!(Address::parse(&text), Address::parse(&text));
    }

    #[test]
    fn nearness_does_not_depend_on_the_order(a in "[a-z0-9 ,.市路号]{0,50}", b in "[a-z0-9 ,.市路号]{0,50}") {
        let (a, b) = (Address::parse(&a), Address::parse(&b));
        proptest::prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }
}
