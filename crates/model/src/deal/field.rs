//! Every field of a deal file, once.
//!
//! The reader, the JSON Schema and the tables of `docs/deal-file.md` are all made
//! from [`DEAL`], so none of them can know a field that another does not.

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// One line of text.
    Line,
    /// Text of several lines.
    Prose,
    /// One line of text, or a list of them.
    Lines,
    /// The name of this format and its version.
    Version,
    /// A party's key.
    Key,
    /// The key of another party.
    PartyRef,
    /// A country or region.
    Place,
    /// One or several of them.
    Places,
    /// `true` or `false`.
    Bool,
    /// A number from 0 to 100 with at most four decimals.
    Percent,
    /// A day.
    Day,
    /// ISO 4217.
    Currency,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or a list of them.
    Words(&'static [&'static str]),
    /// `cap.…`, one or several.
    Capabilities,
    /// A table whose names are free: each says `true`, `false`, a number, a word or
    /// `"unknown"`.
    Facts,
    /// A number that identifies: the FollowTheMoney property it becomes.
    Identifier(&'static str),
    /// A table with these fields.
    Table(&'static Section),
    /// A list of tables with these fields.
    List(&'static Section),
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name in the file.
    pub(super) name: &'static str,
    /// What it may hold.
    pub(super) shape: Shape,
    /// Whether a table without it cannot be read.
    pub(super) required: bool,
    /// Whether the word `"unknown"` may stand there.
    pub(super) unknown: bool,
    /// What it says, for whoever fills it in.
    pub(super) help: &'static str,
}

/// A table of the file.
#[derive(Debug)]
pub(super) struct Section {
    /// Its heading in the file: `[nexus]`, `[[items]]`.
    pub(super) heading: &'static str,
    /// What it is about.
    pub(super) about: &'static str,
    /// Its fields, in the order they are documented.
    pub(super) fields: &'static [Field],
}

impl Section {
    /// The field of that name.
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn may(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        name,
        shape,
        required: false,
        unknown: false,
        help,
    }
}

const fn must(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        required: true,
        ..may(name, shape, help)
    }
}

/// A fact that decides something: `"unknown"` may stand there, and so may nothing.
const fn fact(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        unknown: true,
        ..may(name, shape, help)
    }
}

use Shape::{
    Bool, Capabilities, Currency, Day, Facts, Identifier, Key, Line, Lines, List, PartyRef,
    Percent, Place, Places, Prose, Table, Version, Word, Words,
};

/// The top of the file.
#[rustfmt::skip]
pub(super) static DEAL: Section = Section {
    heading: "the top of the file",
    about: "What the deal is, where it goes, and what it is for.",
    fields: &[
        may("schema", Version, "The format of this file, `\"scruple.deal/1\"`. May be left out."),
        must("title", Line, "One line a person would say: what, to whom, where."),
        may("reference", Line, "Your own number for the deal."),
        may("direction", Word(super::words::DIRECTIONS), "Whether you sell (license, supply) or buy (import). `sale` where left out."),
        fact("destination", Place, "Where it goes in the end."),
        fact("transit", Places, "What it passes through on the way; an empty list where nothing."),
        fact("place_of_use", Place, "Where it will be used, if that is another place. Name the region where rules name one."),
        fact("end_use", Prose, "What it will be used for, in the buyer's words. Quote, do not summarise."),
        may("facts", Facts, "What is known of the deal that a rule asks for, by the names of `scruple explain facts`: `court_order = true`."),
        may("parties_file", Line, "A CSV or XLSX beside this file with further parties."),
        may("seller", Table(&SELLER), "Who sells, licenses or supplies."),
        may("nexus", Table(&NEXUS), "The facts that decide which law binds."),
        may("items", List(&ITEM), "What is sold, one table each."),
        may("parties", List(&PARTY), "To and through whom, one table each."),
        may("authorisations", List(&AUTHORISATION), "Licences and permits that are held, one table each."),
        may("dates", Table(&DATES), "The days that matter."),
        may("sign_off", Table(&SIGN_OFF), "Who decides."),
    ],
};

#[rustfmt::skip]
static SELLER: Section = Section {
    heading: "[seller]",
    about: "Who sells, licenses or supplies: the firm named in the contract.",
    fields: &[
        must("name", Line, "Its name as registered."),
        may("names", Lines, "Other names, in any script."),
        fact("country", Place, "Where it is registered."),
        may("lei", Identifier("leiCode"), "Legal Entity Identifier."),
        may("identifiers", Table(&IDENTIFIERS), "Other numbers that identify it."),
    ],
};

#[rustfmt::skip]
static NEXUS: Section = Section {
    heading: "[nexus]",
    about: "The facts that decide which law binds. An unknown one turns into a question.",
    fields: &[
        fact("legal_seat", Place, "Where you are established: the seller, or in a purchase the buyer. Left out in a sale, the seller's country counts."),
        fact("place_of_export", Place, "Where the item leaves from."),
        fact("us_persons", Bool, "Whether US persons take part; financing and support count."),
        fact("us_origin", Bool, "Whether it was made in the United States, or is sent from or through it."),
        fact("us_content_percent", Percent, "Share of the value that is controlled US content, 0 to 100."),
        fact("us_direct_product", Bool, "Whether it is the direct product of US technology or software (15 CFR 734.9)."),
        fact("brokering", Bool, "Whether somebody arranges the deal between third countries."),
        fact("technical_assistance", Bool, "Whether repair, training, set-up or other technical help goes with it."),
        fact("currency", Currency, "Currency of payment, ISO 4217."),
        fact("bank_countries", Places, "Countries of the banks that pay, are paid or stand between."),
        fact("delivery", Words(super::words::DELIVERIES), "How it reaches its user."),
        fact("import_into", Place, "For goods bought: the country they are brought into."),
        fact("importer_of_record", Line, "For goods bought: who is importer of record, a name or a party's id."),
    ],
};

#[rustfmt::skip]
pub(super) static ITEM: Section = Section {
    heading: "[[items]]",
    about: "One thing that is sold, licensed or bought.",
    fields: &[
        must("name", Line, "What it is called."),
        may("description", Prose, "What it is and does."),
        may("maker", Line, "Who makes it."),
        fact("origin", Place, "Where it was made."),
        may("control_codes", Lines, "Control list codes, where somebody classified it: `5A001.f`, `EAR99`."),
        may("capabilities", Capabilities, "What the seller claims it can do, by the names of `scruple explain capabilities`: `cap.face-comparison`. An empty list claims that it can do none of what the rules speak of."),
        may("facts", Facts, "What is known of the item that a rule asks for, by the names of `scruple explain facts`: `frame_rate_hz = 9`."),
        may("attestations", Lines, "Audits and statements about it, and what is needed to check them: files beside this one. See `docs/attest.md`."),
    ],
};

#[rustfmt::skip]
pub(super) static PARTY: Section = Section {
    heading: "[[parties]]",
    about: "Somebody in the deal: a firm, a public body, or a person who acts in it.",
    fields: &[
        must("id", Key, "Its key in this deal, yours to choose: `end-user`."),
        must("role", Words(super::words::ROLES), "What it does here. `roles` is read too."),
        must("name", Line, "Its name, in any script."),
        may("names", Lines, "Other names, in any script: the original script finds most."),
        may("schema", Word(super::words::SCHEMATA), "What kind of thing it is. `LegalEntity` where left out."),
        fact("function", Word(super::words::FUNCTIONS), "What kind of body it is. For bodies only: not what a person is."),
        fact("country", Place, "Where it is registered or, for a person, lives."),
        may("address", Line, "Its address."),
        may("lei", Identifier("leiCode"), "Legal Entity Identifier."),
        may("identifiers", Table(&IDENTIFIERS), "Other numbers that identify it."),
        may("of", PartyRef, "For a director or an owner: the id of the party it directs or owns."),
        may("attestations", Lines, "Audits and statements about it, and what is needed to check them: files beside this one. See `docs/attest.md`."),
    ],
};

#[rustfmt::skip]
pub(super) static IDENTIFIERS: Section = Section {
    heading: "identifiers = { … }",
    about: "Numbers that identify a firm, a ship or an aircraft. There is no field for identity papers of people.",
    fields: &[
        may("lei", Identifier("leiCode"), "Legal Entity Identifier."),
        may("uscc", Identifier("uscCode"), "Unified Social Credit Code (China)."),
        may("registration_number", Identifier("registrationNumber"), "Number in the company register."),
        may("inn", Identifier("innCode"), "Taxpayer number (Russia, Central Asia)."),
        may("ogrn", Identifier("ogrnCode"), "State registration number (Russia)."),
        may("vat", Identifier("vatCode"), "VAT number."),
        may("tax_number", Identifier("taxNumber"), "Tax number of the firm."),
        may("swift", Identifier("swiftBic"), "SWIFT code (BIC) of a bank."),
        may("duns", Identifier("dunsCode"), "D-U-N-S number."),
        may("uei", Identifier("uniqueEntityId"), "Unique Entity Identifier (United States)."),
        may("imo", Identifier("imoNumber"), "IMO number of a ship or its manager."),
        may("mmsi", Identifier("mmsi"), "MMSI of a ship."),
        may("aircraft_registration", Identifier("registration"), "Registration of an aircraft."),
        may("aircraft_serial", Identifier("serialNumber"), "Number that the maker gave an aircraft (MSN)."),
    ],
};

#[rustfmt::skip]
static AUTHORISATION: Section = Section {
    heading: "[[authorisations]]",
    about: "A licence or permit that is held.",
    fields: &[
        must("number", Line, "Its number."),
        may("authority", Line, "Who gave it."),
        must("scope", Prose, "What it covers."),
        fact("expires", Day, "The last day it holds."),
    ],
};

#[rustfmt::skip]
static DATES: Section = Section {
    heading: "[dates]",
    about: "The days that matter.",
    fields: &[
        fact("signature", Day, "When the contract is to be signed."),
        fact("delivery", Day, "When it is to be delivered."),
    ],
};

#[rustfmt::skip]
static SIGN_OFF: Section = Section {
    heading: "[sign_off]",
    about: "Who decides, and answers for it.",
    fields: &[
        must("name", Line, "The person who decides."),
        may("function", Line, "In which function."),
    ],
};

/// Every section, in the order they are documented.
pub(super) static SECTIONS: [&Section; 9] = [
    &DEAL,
    &SELLER,
    &NEXUS,
    &ITEM,
    &PARTY,
    &IDENTIFIERS,
    &AUTHORISATION,
    &DATES,
    &SIGN_OFF,
];

/// Names that are read as another: what people write.
pub(super) const ALSO: &[(&str, &str)] = &[("roles", "role")];

impl Shape {
    /// What belongs there, as words that follow "expected".
    pub(super) fn expected(self) -> String {
        match self {
            Line | PartyRef | Identifier(_) => "text in quotes".into(),
            Prose => "text in quotes".into(),
            Lines => "text in quotes, or a list of such".into(),
            Version => format!("\"{}\"", super::SCHEMA),
            Key => "letters, digits, `-`, `_` or `.`, such as \"end-user\"".into(),
            Place => "a country code such as \"kz\", or a region such as \"cn-xj\"".into(),
            Places => "a list of country codes: [\"kz\", \"de\"]".into(),
            Bool => "true or false, without quotes".into(),
            Percent => "a number from 0 to 100, such as 31.5".into(),
            Day => "a day as YYYY-MM-DD".into(),
            Currency => "a currency as ISO 4217 has it, such as \"EUR\"".into(),
            Word(words) => format!("one of {}", words.join(", ")),
            Words(words) => format!("one or several of {}", words.join(", ")),
            Facts => "a table of facts: { content = false, frame_rate_hz = 9 }".into(),
            Capabilities => "names such as \"cap.face-comparison\"".into(),
            Table(_) => "a table".into(),
            List(_) => "a list of tables".into(),
        }
    }
}
