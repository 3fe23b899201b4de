//! Another key for the same log.
//!
//! At every moment exactly one key signs: the one in the file `key`. The new one lies
//! beside it until the old one has signed that it follows, and that statement is
//! published; then it takes the name. A crash before that leaves the old key, one after
//! it the new one, and opening the log finishes what was begun.
//!
//! Whoever knows the old key reads `handover/000` and following: each is a signed note
//! by the key before, that names the next one.

use scruple_note::{Signer, Verifier, new_key, sign};

use super::{Log, Random, own};
use crate::checkpoint::Checkpoint;
use crate::disk::{Audience, Disk};
use crate::error::LedgerError;
use crate::merkle::{Hash, from_base64, to_base64};
use crate::place::Place;
use crate::waiting::Lines;

/// The first line of a statement that another key follows.
pub const HANDOVER: &str = "scruple.ledger-handover/1";

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The key that checks from now on.
    pub verifier: String,
    /// The one before.
    pub before: String,
    /// The published statement by the key before.
    pub statement: String,
}

/// The text that the old key signs.
pub fn handover_text(signed: &Checkpoint, next: &Verifier) -> String {
    format!(
        "{HANDOVER}\n{}\n{next}\n{}\n{}\n",
        signed.origin,
        signed.size,
        to_base64(&signed.root)
    )
}

/// What a key said when it handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The key that follows.
    pub next: Verifier,
    /// How long the log was then.
    pub size: u64,
    /// Its root then.
    pub root: Hash,
}

/// Reads a statement by `key`.
pub fn open_handover(note: &[u8], key: &Verifier) -> Option<Handover> {
    let (text, _) = scruple_note::open(note, std::slice::from_ref(key)).ok()?;
    let lines: Vec<&str> = text.strip_suffix('\n')?.split('\n').collect();
    let [kind, origin, next, size, root] = lines[..] else {
        return None;
    };
    let next: Verifier = next.parse().ok()?;
    let number: u64 = size.parse().ok()?;
    let is_whole = kind == HANDOVER && origin == key.name() && next.name() == origin;
    (is_whole && number.to_string() == size).then_some(Handover {
        next,
        size: number,
        root: from_base64(root)?,
    })
}

/// The statements by which keys followed `key`, in order. Those from before it are by keys
/// before it, and are passed over.
pub(crate) fn followers(key: &Verifier, statements: &[impl AsRef<[u8]>]) -> Vec<Handover> {
    let mut found: Vec<Handover> = Vec::new();
    for statement in statements {
        let by = found.last().map_or(key, |said| &said.next);
        if let Some(said) = open_handover(statement.as_ref(), by) {
            found.push(said);
        }
    }
    found
}

impl Log {
    /// Makes a new key, has the old one sign that it follows, and signs with it.
    ///
    /// # Errors
    /// [`LedgerError`]; the old key still signs then, unless the statement is published:
    /// opening the log again finishes the rotation.
    pub fn rotate(&mut self, random: &mut Random<'_>) -> Result<Rotated, LedgerError> {
        if self.settings.key_command.is_some() {
            return Err(LedgerError::Setting(
                "this log's key comes from a command, which scruple cannot change\n  next: end this log with a last checkpoint and begin another, as docs/ledger.md says"
                    .to_owned(),
            ));
        }
        let before = self.verifier();
        let seed = random().map_err(|error| {
            LedgerError::Setting(format!("the system gives no random numbers: {error}"))
        })?;
        let pair = new_key(&self.settings.origin, seed)
            .map_err(|fault| LedgerError::Key(fault.to_string()))?;
        let next: Signer = pair
            .secret
            .parse()
            .map_err(|fault: scruple_note::KeyFault| LedgerError::Key(fault.to_string()))?;
        self.old_keys().add(&before.to_string())?;
        let path = self.place.private("key.next");
        self.disk
            .replace(
                &path,
                format!("{}\n", pair.secret).as_bytes(),
                Audience::Owner,
            )
            .map_err(LedgerError::io(&path))?;
        let statement = sign(&handover_text(&self.signed, &next.verifier()), &self.signer);
        let number = count(&self.place);
        let path = self.place.public(&format!("handover/{number:03}"));
        self.disk
            .replace(&path, statement.as_bytes(), Audience::Public)
            .map_err(LedgerError::io(&path))?;
        finish(&self.disk, &self.place, &self.settings.origin)?;
        self.signer = next;
        let signed = self.signed.clone();
        self.note_signed(&signed)?;
        let path = self.place.public("checkpoint");
        self.disk
            .replace(&path, self.note.as_bytes(), Audience::Public)
            .map_err(LedgerError::io(&path))?;
        Ok(Rotated {
            verifier: self.verifier().to_string(),
            before: before.to_string(),
            statement,
        })
    }
}

impl Log {
    /// The keys that sign and signed this log, in the form of verifier keys.
    ///
    /// # Errors
    /// [`LedgerError::Io`], [`LedgerError::Damaged`].
    pub fn own_keys(&self) -> Result<Vec<String>, LedgerError> {
        let mut keys: Vec<String> = self.old_keys().read()?;
        keys.push(self.verifier().to_string());
        Ok(keys)
    }

    fn old_keys(&self) -> Lines {
        Lines::new(&self.disk, self.place.private("old-keys"))
    }
}

/// How many statements are published.
fn count(place: &Place) -> usize {
    (0..1000)
        .take_while(|number| place.public(&format!("handover/{number:03}")).exists())
        .count()
}

/// Finishes a rotation that a crash cut short, or undoes it: a new key that the old one
/// has not vouched for in public is no key.
pub(super) fn finish(disk: &Disk, place: &Place, origin: &str) -> Result<(), LedgerError> {
    let next_path = place.private("key.next");
    let key_path = place.private("key");
    if next_path.exists() {
        let next = crate::key_file::read(&next_path).ok();
        let old = crate::key_file::read(&key_path)?;
        let vouched = next.as_ref().is_some_and(|next| {
            let Some(last) = count(place).checked_sub(1) else {
                return false;
            };
            let path = place.public(&format!("handover/{last:03}"));
            std::fs::read(path)
                .ok()
                .and_then(|note| open_handover(&note, &old.verifier()))
                .is_some_and(|said| said.next == next.verifier())
        });
        if !vouched {
            return disk.remove(&next_path).map_err(LedgerError::io(&next_path));
        }
        disk.rename(&next_path, &key_path)
            .map_err(LedgerError::io(&key_path))?;
    }
    if !key_path.exists() {
        return Ok(());
    }
    // What was signed last is signed again, by the key that signs now: the same tree.
    let signer = crate::key_file::read(&key_path)?;
    let path = place.public("log.vkey");
    let line = format!("{}\n", signer.verifier());
    let published = disk.read(&path).map_err(LedgerError::io(&path))?;
    if count(place) > 0 && published.as_deref() != Some(line.as_bytes()) {
        is_the_last(place, &signer.verifier())?;
        let signed_path = place.private("signed");
        let note = disk
            .read(&signed_path)
            .map_err(LedgerError::io(&signed_path))?;
        if let Some(mut note) = note {
            if own(&note, &signer, &signed_path).is_err() {
                let checkpoint = by_the_key_before(&note, place, origin).ok_or_else(|| {
                    LedgerError::Damaged {
                        path: signed_path.clone(),
                        what: "it is signed by no key of this log".to_owned(),
                        next: "restore it from a backup",
                    }
                })?;
                note = checkpoint.sign(&signer).into_bytes();
                disk.replace(&signed_path, &note, Audience::Owner)
                    .map_err(LedgerError::io(&signed_path))?;
            }
            // Also where the crash came between the two.
            let path = place.public("checkpoint");
            disk.replace(&path, &note, Audience::Public)
                .map_err(LedgerError::io(&path))?;
        }
        disk.replace(&path, line.as_bytes(), Audience::Public)
            .map_err(LedgerError::io(&path))?;
    }
    Ok(())
}

/// A data directory from before a rotation holds a key that was replaced since: nothing of
/// it may be written over what the newer key published.
fn is_the_last(place: &Place, key: &Verifier) -> Result<(), LedgerError> {
    let path = place.public(&format!("handover/{:03}", count(place).saturating_sub(1)));
    let statement = std::fs::read(&path).map_err(LedgerError::io(&path))?;
    let named = scruple_note::signatures(&statement)
        .ok()
        .and_then(|(text, _)| text.lines().nth(2)?.parse::<Verifier>().ok());
    if named.as_ref() == Some(key) {
        return Ok(());
    }
    Err(LedgerError::Damaged {
        path,
        what: format!("it names another key than {key} as the one that signs now"),
        next: "this data directory is older than the last rotation: restore the newest copy, or end this log (docs/ledger.md, \"When something was lost\")",
    })
}

/// Opens what the key before the last statement signed: its key is the published one
/// still, for that is changed last.
fn by_the_key_before(note: &[u8], place: &Place, origin: &str) -> Option<Checkpoint> {
    let text = std::fs::read_to_string(place.public("log.vkey")).ok()?;
    let key: Verifier = text.parse().ok()?;
    (key.name() == origin).then_some(())?;
    Checkpoint::open(note, &[key]).ok()
}
