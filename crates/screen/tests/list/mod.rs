//! A small list of our own for tests: names that are facts, everything else made up.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use scruple_model::{Entity, Listing, RecordId, Schema};
use scruple_screen::{Index, Match, Options, Query, build, search};

/// Builds an entity from `property=value` pairs.
pub(crate) fn entity(id: &str, schema: Schema, properties: &[(&str, &str)]) -> Entity {
    let mut entity = Entity {
        id: RecordId::new(id),
        schema,
        caption: properties[0].1.to_owned(),
        properties: BTreeMap::new(),
        listings: vec![Listing {
            reason: Some("listed for this test".into()),
            ..Listing::default()
        }],
    };
    for (property, value) in properties {
        entity.add(property, *value);
    }
    entity
}

/// Some parties in many scripts, and others that fill the index with common words.
pub(crate) fn entities() -> Vec<Entity> {
    use Schema::*;
    let mut out = vec![
        entity(
            "us-bis-el:hik",
            Company,
            &[
                ("name", "Hangzhou Hikvision Digital Technology Co., Ltd."),
                ("alias", "海康威视"),
                ("alias", "杭州海康威视数字技术股份有限公司"),
                ("country", "cn"),
                ("uscCode", "91330000733796106P"),
            ],
        ),
        entity(
            "us-bis-el:dahua",
            Company,
            &[
                ("name", "Dahua Technology"),
                ("alias", "大华"),
                ("country", "cn"),
            ],
        ),
        entity(
            "us-bis-el:psb",
            PublicBody,
            &[
                (
                    "name",
                    "Xinjiang Uighur Autonomous Region (XUAR) People's Government Public Security Bureau",
                ),
                ("alias", "新疆维吾尔自治区公安厅"),
                ("country", "cn"),
            ],
        ),
        entity(
            "gb-uksl:1",
            Person,
            &[("name", "Khizri Magomedovich ABAKAROV"), ("country", "ru")],
        ),
        entity(
            "gb-uksl:2",
            Person,
            &[
                ("name", "YASIR AZIZ ABBAS"),
                ("birthDate", "1978"),
                ("country", "sy"),
            ],
        ),
        entity(
            "gb-uksl:3",
            Company,
            &[("name", "ООО «Тенгри Трейд»"), ("country", "kz")],
        ),
        entity(
            "un-sc:1",
            Person,
            &[
                ("name", "Kim Jong Sik"),
                ("alias", "김정식"),
                ("weakAlias", "Sik"),
            ],
        ),
        entity(
            "eu-fsf:1",
            Organization,
            &[("name", "Ελευθερία Ναυτιλιακή")],
        ),
        entity("eu-fsf:2", Company, &[("name", "Müller Präzision GmbH")]),
        entity("eu-fsf:3", Person, &[("name", "عبد الرحمن الشمري")]),
        entity(
            "us-ofac-sdn:9",
            Vessel,
            &[("name", "Sea Prajna"), ("imoNumber", "9079171")],
        ),
    ];
    for no in 0..60 {
        let name = format!(
            "{} Trading Technology Company Number{no} Ltd",
            ["Global", "Eastern", "United"][no % 3]
        );
        out.push(entity(
            &format!("test:{no:02}"),
            Company,
            &[("name", name.as_str())],
        ));
    }
    out
}

/// The index over them.
#[allow(dead_code, reason = "not every test needs it open")]
pub(crate) fn index() -> Index<Vec<u8>> {
    Index::open(build(entities().into_iter())).unwrap()
}

/// The best match of a name.
#[allow(dead_code, reason = "not every test asks by name alone")]
pub(crate) fn best(index: &Index<Vec<u8>>, name: &str) -> Option<Match> {
    search(
        index,
        &Query::of(name),
        &Options {
            threshold: 0,
            limit: 1,
        },
    )
    .into_iter()
    .next()
}
