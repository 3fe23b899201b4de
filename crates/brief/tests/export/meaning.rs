//! Must-ask questions by meaning.
//!
//! A case says in its own words what has to be asked. Each meaning has words by which
//! people ask for it, and the ids of our questions that ask the same. A question in whose
//! words no meaning is found counts as not asked.

/// Words of a meaning: every group needs one of its words.
type Words = &'static [&'static [&'static str]];

const MEANINGS: &[(Words, &[&str])] = &[
    (
        &[&[
            "sanctions regulation",
            "401/2013",
            "765/2006",
            "833/2014",
            "359/2011",
        ]],
        &["q.monitoring-annex", "q.art7-measure", "q.owner-freeze"],
    ),
    (
        &[&["who reads", "who gets the"]],
        &["q.who-receives", "q.who-reads-reports", "q.who-queries"],
    ),
    (
        &[&["general prohibition ten", "earlier shipment", "violation"]],
        &["q.knows-violation", "q.confirm-wording"],
    ),
    (
        &[&[
            "controlled technology",
            "5e001",
            "5e002",
            "4e001",
            "technology transferred",
        ]],
        &[
            "q.technology",
            "q.technical-assistance",
            "q.service",
            "q.leaves-union",
        ],
    ),
    (
        &[&["capital punishment", "execution", "executions"]],
        &["q.capital-punishment-use"],
    ),
    (
        &[&[
            "court",
            "warrant",
            "judicial",
            "judge",
            "legal basis",
            "case number",
            "under which law",
        ]],
        &[
            "q.court-order",
            "q.legal-basis",
            "q.case-number-lock",
            "q.operator",
            "q.who-orders-blocking",
            "q.flag-no-warrant-control",
            "q.flag-police-end-user",
            "q.flag-intel-end-user",
            "q.which-law-requires",
        ],
    ),
    (
        &[&[
            "oversight",
            "independent body",
            "inspect",
            "complain",
            "remedy",
        ]],
        &["q.oversight", "q.flag-no-oversight"],
    ),
    (
        &[&["refuse", "reject"], &["order", "request", "court"]],
        &["q.orders-refused"],
    ),
    (
        &[&[
            "who operates",
            "who will operate",
            "operator of",
            "operates it",
            "who runs",
        ]],
        &["q.operator", "q.flag-evasive-end-use"],
    ),
    (
        &[
            &["demodulate", "voice", "content", "5a001.f.1", "audio"],
            &["can ", "option", "does", "demodulate", "content", "is "],
        ],
        &["q.content", "q.extraction"],
    ),
    (
        &[&[
            "bearing",
            "direction",
            "5a001.e",
            "usml",
            "itar",
            "munitions",
            "military list",
        ]],
        &["q.direction-finding", "q.usml-xi"],
    ),
    (&[&["742.13", "applicant"]], &["q.applicant-742-13"]),
    (
        &[&["air interface", "5a001.f", "radio link", "over the air"]],
        &["q.air-interface", "q.content"],
    ),
    (
        &[&[
            "hard selector",
            "personal identifier",
            "search by name",
            "identifiers",
        ]],
        &["q.hard-selectors"],
    ),
    (
        &[&[
            "relational",
            "relationship",
            "network of a person",
            "map",
            "graph",
        ]],
        &["q.mapping", "q.flag-integration"],
    ),
    (&[&["index"]], &["q.indexing"]),
    (&[&["application layer", "layer 7"]], &["q.layer7"]),
    (
        &[&[
            "carrier class",
            "backbone",
            "carrier-class",
            "which network",
        ]],
        &["q.carrier-class"],
    ),
    (
        &[&["handover", "hand-over", "service provider"]],
        &["q.handover-interface"],
    ),
    (
        &[&["track", "movement"]],
        &["q.tracks-movement", "q.retention"],
    ),
    (
        &[&["without the operator", "activate", "direct access"]],
        &["q.agency-activates"],
    ),
    (
        &[&[
            "art. 9",
            "article 9",
            "national list",
            "technical-assistance",
            "technical assistance",
            "member state",
            "national rule",
            "national law",
        ]],
        &[
            "q.national-list",
            "q.member-state",
            "q.technical-assistance",
            "q.national-suspicion-law",
            "q.other-member-state-list",
        ],
    ),
    (
        &[&[
            "intended",
            "aware",
            "repression",
            "known use",
            "what use",
            "end use known",
        ]],
        &["q.aware-repression", "q.targets-dissent"],
    ),
    (
        &[&["protest", "demonstration", "gathering", "election"]],
        &[
            "q.protest-use",
            "q.election-or-unrest",
            "q.aware-repression",
            "q.flag-protest-context",
        ],
    ),
    (
        &[&[
            "which database",
            "databases",
            "joined",
            "data sources",
            "which sources",
            "linked",
        ]],
        &[
            "q.joined-databases",
            "q.flag-integration",
            "q.integration",
            "q.data-sources",
        ],
    ),
    (
        &[&[
            "watch-list",
            "watchlist",
            "hotlist",
            "target list",
            "who decides",
            "who sets",
        ]],
        &[
            "q.watchlist-control",
            "q.word-list-control",
            "q.block-list-control",
            "q.file-list-control",
        ],
    ),
    (
        &[&["covert", "unnoticed", "notice", "aware of being"]],
        &["q.covert", "q.covert-beyond-files", "q.specially-designed"],
    ),
    (
        &[&[
            "stream",
            "other networks",
            "third-party camera",
            "existing camera",
        ]],
        &["q.stream-source", "q.from-systems"],
    ),
    (
        &[&["retention", "how long", "kept", "deleted", "stored"]],
        &["q.retention"],
    ),
    (
        &[&["consent", "voluntary", "agree", "opt"]],
        &["q.consent", "q.whose-samples", "q.data-origin"],
    ),
    (
        &[&["samples", "sample", "whose dna", "donors", "population"]],
        &[
            "q.samples-per-year",
            "q.whose-samples",
            "q.population-enrolment",
            "q.flag-dna-mass",
            "q.samples-exceed-need",
        ],
    ),
    (
        &[&[
            "training data",
            "reference data",
            "data obtained",
            "origin of the data",
            "where does the data",
            "trained on",
            "which data",
        ]],
        &["q.data-origin", "q.data-sources", "q.voice-source"],
    ),
    (
        &[&[
            "which users",
            "train which",
            "remote access",
            "tenants",
            "who trains",
            "which models",
            "customers of the",
        ]],
        &["q.who-trains", "q.remote-users", "q.flag-reexport-risk"],
    ),
    (
        &[&["tpp", "performance", "bandwidth", "density", "dram"]],
        &["q.memory-bandwidth", "q.tpp", "q.performance-density"],
    ),
    (
        &[&["frame rate", "hz", "spectral", "resolution", "focal plane"]],
        &[
            "q.frame-rate-hz",
            "q.special-camera",
            "q.fpa-elements",
            "q.visible-light",
            "q.infrared",
        ],
    ),
    (&[&["endurance", "flight"]], &["q.endurance-minutes"]),
    (
        &[&[
            "744.9",
            "744.21",
            "military end",
            "military use",
            "0a919",
            "military-end",
        ]],
        &[
            "q.military-end-user",
            "q.military-end-user-settled",
            "q.item-0a919",
            "q.supplement-2-item",
        ],
    ),
    (
        &[&["744.22", "military intelligence", "military-intelligence"]],
        &["q.military-intelligence"],
    ),
    (
        &[&["744.6", "us person", "u.s. person"]],
        &["q.us-person-support", "q.us-persons"],
    ),
    (
        &[&[
            "department",
            "grant",
            "defence ties",
            "defense ties",
            "who else has access",
        ]],
        &["q.defence-ties", "q.flag-mcf-university"],
    ),
    (
        &[&[
            "suspension",
            "extended",
            "affiliates",
            "in force on",
            "effective date",
        ]],
        &[
            "q.affiliates-extended",
            "q.flag-law-date",
            "q.near-a-change",
        ],
    ),
    (
        &[&[
            "percentage",
            "ownership",
            "owned",
            "owner",
            "share",
            "shareholder",
            "50 %",
            "beneficial",
        ]],
        &[
            "q.listed-owner-percent",
            "q.flag-listed-owner",
            "q.owners",
            "q.listed-owner-non-us",
        ],
    ),
    (
        &[&[
            "enc ",
            "740.17",
            "encryption class",
            "classification request",
            "ccats",
        ]],
        &["q.enc-classification"],
    ),
    (
        &[&["cryptanaly", "5a004.a", "passcode"]],
        &["q.passcode-recovery", "q.cryptanalytic"],
    ),
    (
        &[&["raw", "logical", "bypass", "lock", "chip-off", "jtag"]],
        &["q.raw", "q.bypass", "q.logical-only", "q.chip-off-jtag"],
    ),
    (
        &[&[
            "mass market",
            "mass-market",
            "retail",
            "sold without restriction",
        ]],
        &[
            "q.mass-market",
            "q.enc-classification",
            "q.flag-mass-market-claim",
        ],
    ),
    (
        &[&["algorithm", "key length", "encrypt", "cryptograph"]],
        &["q.key-length", "q.crypto", "q.enc-classification"],
    ),
    (
        &[&["published", "open source", "publicly available", "734.7"]],
        &["q.published", "q.mass-market"],
    ),
    (&[&["great britain", "northern ireland"]], &["q.gb-or-ni"]),
    (
        &[&["new end user", "new consignee", "new customer", "changed"]],
        &[
            "q.dest-changed",
            "q.flag-dest-change",
            "q.flag-unknown-customer",
        ],
    ),
    (
        &[&[
            "end user",
            "ultimate consignee",
            "final recipient",
            "real customer",
            "final user",
            "who is the",
        ]],
        &[
            "q.flag-freight-final",
            "q.forwarder",
            "q.flag-evasive-end-use",
            "q.user",
            "q.end-user",
            "q.dest-changed",
            "q.flag-dest-change",
            "q.military-end-user",
            "q.user-kind-unknown",
        ],
    ),
    (
        &[&[
            "downstream",
            "resale",
            "resell",
            "re-export",
            "reexport",
            "sold on",
            "sell to",
            "onward",
            "third parties",
            "third countries",
        ]],
        &["q.flag-reexport-risk", "q.resale", "q.resells"],
    ),
    (
        &[
            &["report"],
            &[
                "law",
                "who reads",
                "requires",
                "police",
                "authority",
                "users",
            ],
        ],
        &[
            "q.reports-users",
            "q.which-law-requires",
            "q.who-reads-reports",
        ],
    ),
    (
        &[&["which law", "what law", "local law", "mandat", "legal duty"]],
        &[
            "q.which-law-requires",
            "q.flag-local-law-mandate",
            "q.court-order",
            "q.who-orders-blocking",
            "q.which-law-requires",
            "q.legal-basis",
        ],
    ),
    (
        &[&[
            "state obtain",
            "require the score",
            "government access",
            "access by the state",
            "authorities obtain",
            "share it with the state",
            "state access",
        ]],
        &[
            "q.state-access-score",
            "q.who-receives",
            "q.flag-local-law-mandate",
        ],
    ),
    (
        &[&["appeal", "challenge", "contest", "correct"]],
        &["q.appeal", "q.human-review", "q.oversight"],
    ),
    (
        &[&[
            "who receives",
            "who can query",
            "who has access",
            "who can see",
            "recipients",
            "access to the data",
            "who else",
        ]],
        &[
            "q.who-receives",
            "q.who-queries",
            "q.joined-databases",
            "q.vendor-sees-targets",
            "q.flag-integration",
            "q.flag-remote-admin",
            "q.defence-ties",
        ],
    ),
    (
        &[&["blocking", "shutdown", "orders the block", "block list"]],
        &[
            "q.who-orders-blocking",
            "q.block-list-control",
            "q.flag-shutdown-history",
        ],
    ),
    (
        &[&["log", "report"], &["who", "user", "people"]],
        &["q.monitors-people", "q.reports-users"],
    ),
    (
        &[&[
            "remove",
            "disable",
            "switched off",
            "turned off",
            "delete the feature",
            "licence key",
            "license key",
        ]],
        &[
            "q.origin-function-removable",
            "q.locked-option",
            "q.flag-capability-locked",
            "q.flag-ethnicity-feature",
            "q.kill-switch",
        ],
    ),
    (
        &[&["ethnic", "minority", "religion"]],
        &[
            "q.sorts-by-origin",
            "q.origin-function-removable",
            "q.flag-ethnicity-feature",
            "q.targets-dissent",
        ],
    ),
    (
        &[&[
            "intrusion",
            "4d004",
            "4a005",
            "implant",
            "protective countermeasure",
            "installed by",
        ]],
        &[
            "q.generates-intrusion",
            "q.intrusion-defeats-protection",
            "q.update-tool",
        ],
    ),
    (
        &[&[
            "vulnerability disclosure",
            "incident response",
            "who receives the",
        ]],
        &[
            "q.vulnerability-disclosure",
            "q.incident-response",
            "q.who-receives",
        ],
    ),
    (
        &[&["annex ii", "annex iii", "2019/125"]],
        &[
            "q.torture-annex",
            "q.flag-torture-goods",
            "q.which-restraint",
            "q.ordinary-handcuffs",
        ],
    ),
    (
        &[&[
            "which agent",
            "cs ",
            "net weight",
            "concentration",
            "chemical",
            "which restraint",
            "measures",
            "length",
        ]],
        &[
            "q.which-agent",
            "q.net-weight-g",
            "q.which-restraint",
            "q.ordinary-handcuffs",
        ],
    ),
    (
        &[&[
            "made",
            "origin",
            "raw material",
            "xinjiang",
            "inputs",
            "cotton",
            "supplier",
            "trace",
        ]],
        &[
            "q.made-in-xinjiang",
            "q.flag-forced-labour-inbound",
            "q.made-in",
            "q.who-recruited",
        ],
    ),
    (
        &[&[
            "free to leave",
            "recruit",
            "labour transfer",
            "labor transfer",
            "workers",
        ]],
        &[
            "q.free-to-leave",
            "q.who-recruited",
            "q.flag-labour-transfer",
            "q.labour-scheme",
        ],
    ),
    (
        &[&["audit", "suspend", "terminate", "exit"]],
        &[
            "q.flag-contract-no-exit",
            "q.audit-independent",
            "q.kill-switch",
        ],
    ),
    (
        &[&[
            "service",
            "software transferred",
            "transfer of software",
            "cross a border",
            "only access",
            "export of software",
            "hosted",
            "saas",
            "item or data",
            "any software",
        ]],
        &[
            "q.cloud",
            "q.service",
            "q.service-alone",
            "q.data-only",
            "q.flag-cloud-service",
            "q.remote",
        ],
    ),
    (
        &[&["transit", "article 7", "route", "exporter, from"]],
        &[
            "q.flag-transit-only",
            "q.transit",
            "q.flag-odd-route",
            "q.transit-only",
        ],
    ),
    (
        &[&["install", "support", "maintain", "training"]],
        &[
            "q.flag-no-install",
            "q.technical-assistance",
            "q.flag-technical-help",
            "q.no-install",
        ],
    ),
    (
        &[&["payer", "payment", "who pays"]],
        &["q.flag-cash-payment", "q.odd-payment"],
    ),
    (
        &[&[
            "workload",
            "volume",
            "how many",
            "number of",
            "what limits",
            "why so many",
        ]],
        &[
            "q.flag-capability-mismatch",
            "q.targets-limited",
            "q.samples-per-year",
            "q.flag-mass-not-targeted",
            "q.target-limits",
            "q.orders-refused",
            "q.too-much",
        ],
    ),
    (
        &[&[
            "why does",
            "line of business",
            "why this buyer",
            "why would",
        ]],
        &[
            "q.flag-business-mismatch",
            "q.mismatch",
            "q.specialist-tool",
        ],
    ),
    (
        &[&["children", "minors", "under 18"]],
        &["q.minors", "q.flag-minors"],
    ),
    (
        &[&["informed", "authority told", "is informed"]],
        &["q.informed-by-authority", "q.other-member-state-list"],
    ),
    (
        &[&["evidence", "interrogation", "used in court", "trial"]],
        &["q.evidence-use", "q.stress-analysis"],
    ),
    (
        &[&["clear and convincing", "rebut"]],
        &["q.uflpa-exception"],
    ),
    (&[&["condition for", "aid", "food"]], &["q.aid-condition"]),
    (
        &[&["offences", "offenses", "crimes lead"]],
        &["q.court-order", "q.legal-basis"],
    ),
    (
        &[&["28 cfr", "bulk threshold", "covered person"]],
        &["q.us-bulk-data"],
    ),
    (
        &[&["russia sanctions", "sanctions bar", "14071"]],
        &["q.russia-services", "q.monitoring-annex"],
    ),
    (
        &[&[
            "annex iv",
            "annex v",
            "765/2006",
            "833/2014",
            "annex of the",
        ]],
        &["q.monitoring-annex"],
    ),
    (
        &[&["annex i,", "5a002"]],
        &["q.monitoring-annex", "q.crypto", "q.mass-market"],
    ),
    (
        &[&["asset freeze", "owner"]],
        &[
            "q.owner-freeze",
            "q.listed-owner-percent",
            "q.flag-listed-owner",
        ],
    ),
    (
        &[&["5d002", "5d980", "5a980"]],
        &["q.surreptitious", "q.crypto", "q.air-interface"],
    ),
    (
        &[&["740.22", "ace"], &["owner", "bar", "ace"]],
        &["q.ace-owner-unaware", "q.ace-conditions"],
    ),
    (&[&["742.7", "civil disorder"]], &["q.civil-disorder"]),
    (
        &[
            &["744", "742.6", "740.2"],
            &["add", "requirement", "chart", "reach"],
        ],
        &["q.chart-silence-settled", "q.part-744-reaches"],
    ),
    (
        &[
            &["military", "listed party", "armed body"],
            &["end user", "body", "listed"],
        ],
        &[
            "q.part-744-reaches",
            "q.military-end-user",
            "q.military-use-embargoed",
            "q.military-intelligence",
            "q.military-end-user-settled",
        ],
    ),
    (
        &[&[
            "pullback",
            "pushback",
            "push-back",
            "people at sea",
            "asylum",
        ]],
        &["q.border-use"],
    ),
    (
        &[&["crypto note", "cryptography note", "oam", "note 3"]],
        &["q.mass-market", "q.oam-only"],
    ),
    (
        &[&["activation", "token", "card"]],
        &["q.activation-token", "q.dormant-crypto"],
    ),
    (
        &[&["trained model", "end user of", "uses the result"]],
        &[
            "q.who-receives",
            "q.who-trains",
            "q.forwarder",
            "q.flag-freight-final",
        ],
    ),
    (
        &[&["watched group", "told", "data subjects"]],
        &["q.covert", "q.specially-designed"],
    ),
    (&[&["emergency", "hospital"]], &["q.emergency-calls"]),
    (
        &[&["use of force", "rules of engagement", "trained"]],
        &["q.training-on-use"],
    ),
    (&[&["border", "asylum", "migrant"]], &["q.border-use"]),
    (
        &[&[
            "where exactly",
            "which region",
            "exactly where",
            "place of use",
        ]],
        &[
            "q.region",
            "q.place-of-use",
            "q.high-risk-region",
            "q.flag-region-high-risk",
            "q.destination",
        ],
    ),
    (
        &[&[
            "match true",
            "same organisation",
            "same entity",
            "true match",
            "is the match",
        ]],
        &[
            "q.listed-us-el",
            "q.flag-listed-party",
            "q.flag-near-listed-address",
            "q.shares-address",
            "q.listed-somewhere",
        ],
    ),
];

/// The ids of questions that ask what these words ask.
pub(crate) fn ids(question: &str) -> Vec<&'static str> {
    let plain = question.to_lowercase();
    MEANINGS
        .iter()
        .filter(|(words, _)| {
            words
                .iter()
                .all(|group| group.iter().any(|word| plain.contains(word)))
        })
        .flat_map(|(_, ids)| ids.iter().copied())
        .collect()
}
