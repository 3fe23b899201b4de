//! A deal: what is sold to whom, for what use, where, and which law binds it.
//!
//! Every fact that decides something may be `unknown`. An unknown is not an
//! error and not a No: it turns into a question with somebody to ask.
//!
//! There is no field for what a person is, and the reader refuses one by name
//! in six languages ([`refused`]), saying why.

mod build;
mod currency;
mod documents;
mod field;
pub mod nearest;
mod read;
pub mod refused;
mod report;
mod rows;
mod schema;
mod starter;
mod tree;
mod value;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Date, PartyId, Place, Schema};

pub use read::{Format, LARGEST, read, read_in_part, read_item};
pub use rows::{PartyColumn, PartyRow, PartyTable, identifiers, party_columns};
pub use schema::{schema, tables};
pub use starter::{Answers, starter};

/// The name of the deal file's format and its version.
pub const SCHEMA: &str = "scruple.deal/1";

/// A fact that may be unknown. In the file: the value, or the word `"unknown"`.
/// A field that is left out is unknown too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// Somebody stated it.
    Known(T),
    /// Nobody has; a question follows where it matters.
    #[default]
    Unknown,
}

impl<T> Fact<T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

/// Which side of the deal its writer is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The writer sells, licenses or supplies.
    #[default]
    Sale,
    /// The writer buys or imports.
    Purchase,
}

/// What a party does in a deal.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Uses the item in the end.
    EndUser,
    /// Receives the shipment.
    Consignee,
    /// Stands between seller and end user.
    Intermediary,
    /// Buys to resell.
    Distributor,
    /// Builds the item into something larger.
    Integrator,
    /// Pays or is paid through.
    Bank,
    /// Moves the goods.
    Carrier,
    /// Makes or supplies what is bought.
    Supplier,
    /// Arranges the deal.
    Broker,
    /// The public body that orders or pays for the use.
    GovernmentSponsor,
    /// Directs another party.
    Director,
    /// Owns a part of another party.
    Owner,
}

/// How an item reaches its user.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Goods cross a border.
    Shipment,
    /// Software or technology is sent.
    Download,
    /// It runs elsewhere and is used from afar.
    RemoteAccess,
    /// People do work.
    Service,
}

/// What kind of body a party is. Said of bodies: there is no such field for what a
/// person is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// Police and public security.
    Police,
    /// Intelligence and state security.
    Intelligence,
    /// Armed forces and whoever works for them.
    Military,
    /// Prisons and places of detention.
    Prison,
    /// Border guards, customs, migration offices.
    Border,
    /// Any other public body.
    Government,
    /// Who runs a telephone or data network.
    TelecomOperator,
    /// Teaching and research.
    University,
    /// A private firm.
    Company,
    /// A trading house or forwarder, which will not use the item itself.
    Trader,
    /// A laboratory, forensic or medical.
    Laboratory,
    /// Care of patients.
    Hospital,
    /// An association, a charity, a newsroom.
    #[serde(rename = "civil-society")]
    Civil,
    /// Anybody: published, or sold at retail.
    Public,
}

/// What somebody stated of an item or a deal, under a name that a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Yes or no.
    Truth(bool),
    /// A number, in thousandths.
    Number(i64),
    /// A word.
    Word(String),
    /// That nobody knows it: outranks whatever a text suggests.
    Unknown,
}

/// The facts that decide which law binds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nexus {
    /// Country where the seller (in a purchase: the buyer) is established.
    pub legal_seat: Fact<Place>,
    /// Country the item leaves from.
    pub place_of_export: Fact<Place>,
    /// Whether US persons take part, financing and support included.
    pub us_persons: Fact<bool>,
    /// Whether the item was made in, or is sent from or through, the United States.
    pub us_origin: Fact<bool>,
    /// Value share of controlled US content, in parts per million.
    pub us_content: Fact<u32>,
    /// Whether it is the direct product of US technology or software (15 CFR 734.9).
    pub us_direct_product: Fact<bool>,
    /// Whether somebody arranges the deal between third countries.
    pub brokering: Fact<bool>,
    /// Whether repair, training, set-up or other technical help goes with it.
    pub technical_assistance: Fact<bool>,
    /// Currency of payment, ISO 4217 in upper case.
    pub currency: Fact<String>,
    /// Countries of the banks that pay, are paid or stand between.
    pub bank_countries: Fact<Vec<Place>>,
    /// How it is delivered.
    pub delivery: Fact<Vec<Delivery>>,
    /// For goods bought: the country they are brought into.
    pub import_into: Fact<Place>,
    /// For goods bought: who is importer of record, a name or a party's id.
    pub importer_of_record: Fact<String>,
}

/// The seller named in the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seller {
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Fact<Place>,
    /// Other names.
    pub names: Vec<String>,
    /// Identifiers, FollowTheMoney property to value.
    pub identifiers: BTreeMap<String, String>,
}

/// A thing sold, licensed or bought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub name: String,
    /// What it is and does, in the seller's words.
    pub description: Option<String>,
    /// Who makes it.
    pub maker: Option<String>,
    /// Where it was made.
    pub origin: Fact<Place>,
    /// Control list codes, where somebody classified it: `5A001.f`, `EAR99`.
    pub control_codes: Vec<String>,
    /// Capabilities the seller claims: `cap.face-comparison`.
    pub capabilities: Vec<String>,
    /// Files beside the deal with attestations about it.
    pub attestations: Vec<String>,
    /// Whether the seller claims that it has none: an empty list was written.
    pub claims_none: bool,
    /// What is known of it that a rule may ask for, by name.
    pub facts: BTreeMap<String, Stated>,
}

/// Somebody in the deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its key in this deal.
    pub id: PartyId,
    /// What it does here; at least one.
    pub roles: Vec<Role>,
    /// Its name, in any script.
    pub name: String,
    /// Other names, in any script.
    pub names: Vec<String>,
    /// What kind of thing it is; `LegalEntity` where nobody said.
    pub schema: Schema,
    /// What kind of body it is.
    pub function: Fact<Function>,
    /// Its country.
    pub country: Fact<Place>,
    /// Its address.
    pub address: Option<String>,
    /// Identifiers, FollowTheMoney property to value.
    pub identifiers: BTreeMap<String, String>,
    /// Whom it directs or owns: another party's id.
    pub of: Option<PartyId>,
    /// Files beside the deal with attestations about it.
    pub attestations: Vec<String>,
}

/// A licence or permit that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// Its number.
    pub number: String,
    /// Who gave it.
    pub authority: Option<String>,
    /// What it covers.
    pub scope: String,
    /// The last day it holds.
    pub expires: Fact<Date>,
}

/// The days that matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// When the contract is to be signed.
    pub signature: Option<Date>,
    /// When it is to be delivered.
    pub delivery: Option<Date>,
}

/// Who signs the decision off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOff {
    /// The person who decides.
    pub name: String,
    /// In which function.
    pub function: Option<String>,
}

/// A deal before it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// One line a person would say.
    pub title: String,
    /// The writer's own number for it.
    pub reference: Option<String>,
    /// Which side its writer is on.
    pub direction: Direction,
    /// The seller.
    pub seller: Seller,
    /// Which law binds.
    pub nexus: Nexus,
    /// What is sold.
    pub items: Vec<Item>,
    /// To and through whom.
    pub parties: Vec<Party>,
    /// A CSV or XLSX beside the deal with further parties, as written there.
    pub parties_file: Option<String>,
    /// Where it goes.
    pub destination: Fact<Place>,
    /// What it passes through.
    pub transit: Fact<Vec<Place>>,
    /// Where it will be used.
    pub place_of_use: Fact<Place>,
    /// The end use as stated by the buyer.
    pub end_use: Fact<String>,
    /// What is known of the deal that a rule may ask for, by name.
    pub facts: BTreeMap<String, Stated>,
    /// Licences held.
    pub authorisations: Vec<Authorisation>,
    /// The days that matter.
    pub dates: Dates,
    /// Who signs it off.
    pub sign_off: Option<SignOff>,
    /// The files that `attestations` name, by name: put there with [`Deal::with_documents`].
    pub documents: BTreeMap<String, Vec<u8>>,
    /// Hash over the text it was read from, its parties file and its documents: what a
    /// decision or an answer is bound to.
    pub hash: String,
}

impl Deal {
    /// Where our side is established, and the field that says so: the nexus, or in a sale
    /// the country in which the seller is registered.
    pub fn seat(&self) -> Option<(&'static str, &Place)> {
        let stated = self.nexus.legal_seat.known();
        let registered = self.seller.country.known();
        stated.map(|place| ("nexus.legal_seat", place)).or_else(|| {
            let sold = self.direction == Direction::Sale;
            registered
                .filter(|_| sold)
                .map(|place| ("seller.country", place))
        })
    }
}
