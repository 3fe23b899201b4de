//! A checkpoint: how long the log is, and its root, signed.
//!
//! Three lines (origin, size, root) and signatures. <https://c2sp.org/tlog-checkpoint>.
//! A byte that another program would read another way refuses it: a size with a zero in
//! front, an empty line, a line that ends in a carriage return.

use scruple_note::{NoteFault, Signer, Verifier};

use crate::merkle::{Hash, from_base64, to_base64};

/// What a log says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Who the log is: its name, which is also its key's.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// Lines the log added. They are signed; nobody else vouches for what they say.
    pub extensions: Vec<String>,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    /// The signed note is none, or not signed by a key that is trusted.
    #[error("{}", note_in_words(.0))]
    Note(NoteFault),
    /// The text is signed and is no checkpoint.
    #[error("it is no checkpoint: {0}")]
    Text(&'static str),
    /// The origin is not the name of the key that signed.
    #[error("it is the checkpoint of the log {found}, and not of {wanted}")]
    Origin {
        /// In the text.
        found: String,
        /// The key's name.
        wanted: String,
    },
}

fn note_in_words(fault: &NoteFault) -> String {
    match fault {
        NoteFault::Malformed(what) => format!("it is no signed note: {what}"),
        NoteFault::Forged(name) => {
            format!("the signature of {name} does not fit the text: one of the two was changed")
        }
        NoteFault::Unknown(names) => format!(
            "the log's key did not sign it; signatures in it are by {}",
            if names.is_empty() {
                "nobody".to_owned()
            } else {
                names.join(", ")
            }
        ),
    }
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            to_base64(&self.root)
        );
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The note with the log's signature.
    pub fn sign(&self, signer: &Signer) -> String {
        scruple_note::sign(&self.text(), signer)
    }

    /// Reads the text of a checkpoint.
    ///
    /// # Errors
    /// [`CheckpointFault::Text`].
    pub fn parse(text: &str) -> Result<Self, CheckpointFault> {
        let wrong = CheckpointFault::Text;
        let body = text
            .strip_suffix('\n')
            .ok_or(wrong("its last line does not end"))?;
        if body.contains(|c: char| c < ' ' && c != '\n') {
            return Err(wrong("a control character stands in it"));
        }
        let mut lines = body.split('\n');
        let mut next = |what| {
            lines
                .next()
                .filter(|line| !line.is_empty())
                .ok_or(wrong(what))
        };
        let origin = next("its first line, the log's name, is empty")?;
        let size = next("it has no second line, the size")?;
        let root = next("it has no third line, the root")?;
        let number = size
            .parse::<u64>()
            .ok()
            .filter(|number| number.to_string() == size && *number <= i64::MAX as u64)
            .ok_or(wrong("its second line is no size"))?;
        let root = from_base64(root)
            .filter(|hash| to_base64(hash) == root)
            .ok_or(wrong("its third line is no root"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(wrong("a line of it is empty"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: number,
            root,
            extensions,
        })
    }

    /// Opens a note that one of these keys must have signed, in the name of the log.
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn open(note: &[u8], keys: &[Verifier]) -> Result<Self, CheckpointFault> {
        let (text, by) = scruple_note::open(note, keys).map_err(CheckpointFault::Note)?;
        let checkpoint = Self::parse(text)?;
        if checkpoint.origin != by.name() {
            return Err(CheckpointFault::Origin {
                found: checkpoint.origin,
                wanted: by.name().to_owned(),
            });
        }
        Ok(checkpoint)
    }
}
