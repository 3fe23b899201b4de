//! A receipt as programs read it: one line of JSON for each entry that was sent.

use schemars::JsonSchema;
use serde::Serialize;

use super::{NewEntry, Receipt, Standing};
use crate::merkle::to_base64;

/// The name of the format.
pub const RECEIPT: &str = "scruple.receipt/1";

/// A receipt. Either the entry is in the log and has a number, or it waits for an hour of
/// release and has a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReceiptLine {
    /// [`RECEIPT`].
    pub schema: String,
    /// The name of the log.
    pub log: String,
    /// The line of the file that was sent.
    pub line: u64,
    /// The canonical text that was hashed.
    pub hashed: String,
    /// It was there before: this is the first receipt again.
    pub known: bool,
    /// When it was entered: minute, in UTC.
    pub time: String,
    /// The clock says an earlier time than it did for the entry before.
    pub clock_went_back: bool,
    /// Its number in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The commitment that stands there, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// Whether a signed checkpoint covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
    /// By when it was promised to be in the log: minute, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_until: Option<String>,
    /// That time is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise_broken: Option<bool>,
}

impl ReceiptLine {
    /// Of an entry and its receipt; `minute` writes a time in Unix seconds.
    pub fn of(
        log: &str,
        line: u64,
        entry: &NewEntry,
        receipt: &Receipt,
        minute: &dyn Fn(i64) -> String,
    ) -> Self {
        let mut told = Self {
            schema: RECEIPT.to_owned(),
            log: log.to_owned(),
            line,
            hashed: entry.content.canonical().to_owned(),
            known: receipt.known,
            time: minute(receipt.time),
            clock_went_back: receipt.clock_went_back,
            index: None,
            commitment: None,
            signed: None,
            waiting_until: None,
            promise_broken: None,
        };
        match &receipt.standing {
            Standing::Entered {
                index,
                commitment,
                signed,
            } => {
                told.index = Some(*index);
                told.commitment = Some(to_base64(commitment));
                told.signed = Some(*signed);
            }
            Standing::Waiting { by, broken } => {
                told.waiting_until = Some(minute(*by));
                told.promise_broken = Some(*broken);
            }
        }
        told
    }
}
