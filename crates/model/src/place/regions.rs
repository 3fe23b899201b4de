//! Regions that rules name, each under its country.
//!
//! The codes are ours and easy to remember: rules name areas that ISO 3166-2
//! does not have (the parts of Donetsk that are held), and its numbers (`ua-43`)
//! are read as other names. A region that no rule names has no code: a deal to
//! Bavaria is a deal to `de`.

/// One region.
pub(super) struct Row {
    /// Country code.
    pub(super) country: &'static str,
    /// Our code within the country.
    pub(super) region: &'static str,
    /// Short English name.
    pub(super) name: &'static str,
    /// Other names and codes, separated by `|`.
    pub(super) others: &'static str,
}

/// All, by country and code.
#[rustfmt::skip]
pub(super) const REGIONS: &[Row] = &[
    Row { country: "cn", region: "xj", name: "Xinjiang", others: "cn-65|XUAR|XPCC area|Sinkiang|Xinjiang Uyghur Autonomous Region|Xinjiang Uighur Autonomous Region|Xinjiang Uygur Autonomous Region|East Turkistan|East Turkestan|新疆|新疆维吾尔自治区|新疆維吾爾自治區|Синьцзян|شينجيانغ|شىنجاڭ" },
    Row { country: "cn", region: "xz", name: "Tibet", others: "cn-54|TAR|Xizang|Tibet Autonomous Region|Xizang Autonomous Region|西藏|西藏自治区|Тибет|التبت" },
    Row { country: "gb", region: "nir", name: "Northern Ireland", others: "gb-ni|Ulster|Irlande du Nord|Nordirland" },
    Row { country: "sd", region: "darfur", name: "Darfur", others: "sd-df|sd-dn|sd-ds|sd-dw|sd-dc|sd-de|North Darfur|South Darfur|West Darfur|Central Darfur|East Darfur|دارفور" },
    Row { country: "ua", region: "crimea", name: "Crimea", others: "ua-43|ua-40|ua-cri|Crimea Region of Ukraine|Crimea and Sevastopol|Sevastopol|Autonomous Republic of Crimea|Republic of Crimea|Crimea (occupied)|Крым|Крим|Республика Крым|Севастополь|克里米亚|Krim|Crimée|القرم" },
    Row { country: "ua", region: "donetsk", name: "Donetsk", others: "ua-14|ua-dpr|Donetsk Oblast|Donetsk Region|Donetsk People's Republic|DNR|DPR|so-called Donetsk People's Republic|Донецк|Донецкая область|Донецька область|ДНР|顿涅茨克" },
    Row { country: "ua", region: "kherson", name: "Kherson", others: "ua-65|Kherson Oblast|Kherson Region|Херсон|Херсонская область|Херсонська область" },
    Row { country: "ua", region: "luhansk", name: "Luhansk", others: "ua-09|ua-lpr|Lugansk|Luhansk Oblast|Luhansk Region|Luhansk People's Republic|LNR|LPR|so-called Luhansk People's Republic|Lugansk People's Republic|Луганск|Луганская область|Луганська область|ЛНР|卢甘斯克" },
    Row { country: "ua", region: "zaporizhzhia", name: "Zaporizhzhia", others: "ua-23|Zaporizhzhya|Zaporozhye|Zaporizhzhia Oblast|Запорожье|Запоріжжя|Запорожская область|Запорізька область" },
];

/// Parts of a country that ISO 3166-1 gives a code of their own.
pub(super) const OWN_CODE: &[(&str, &str)] = &[
    ("cn-hk", "hk"),
    ("cn-mo", "mo"),
    ("cn-tw", "tw"),
    ("us-as", "as"),
    ("us-gu", "gu"),
    ("us-mp", "mp"),
    ("us-pr", "pr"),
    ("us-vi", "vi"),
];
