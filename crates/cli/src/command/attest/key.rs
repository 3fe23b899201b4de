//! `scruple attest key`: the key file, which its owner alone may read.

use std::fs;
use std::io::Write;
use std::path::Path;

use scruple_attest::{Signer, did};

use crate::args::AttestKey;
use crate::failure::{DONE, bad_input};
use crate::files::{self, shown};

pub(super) fn run(args: &AttestKey, out: &mut dyn Write) -> anyhow::Result<u8> {
    let made = !args.file.exists();
    if made {
        let signer = Signer::new(crate::random()?);
        // Atomic writes are private from the first byte on.
        files::write(&args.file, format!("{}\n", signer.secret()).as_bytes())?;
    }
    let signer = read(&args.file, args.method.as_deref())?;
    let what = if made { "made" } else { "read" };
    writeln!(
        out,
        "{} {what}: keep it to yourself, and a copy elsewhere.",
        shown(&args.file)
    )?;
    writeln!(out, "signs as  {}", signer.did())?;
    if let Some(address) = did::web_address(signer.did()) {
        if let Some(path) = &args.document {
            let document = did::document(signer.did(), signer.method(), &signer.public());
            files::write(
                path,
                format!("{}\n", serde_json::to_string_pretty(&document)?).as_bytes(),
            )?;
            writeln!(out, "document  {}", shown(path))?;
        }
        writeln!(
            out,
            "\nPublish the document at {address}; others check with it."
        )?;
    } else {
        writeln!(
            out,
            "\nTell this DID to whoever relies on what you sign, by another way than the credential takes."
        )?;
    }
    Ok(DONE)
}

/// The signer of a key file. One that others can read is refused: who can read it can sign.
pub(super) fn read(path: &Path, method: Option<&str>) -> anyhow::Result<Signer> {
    let text = files::text(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(bad_input(
                format!("others than its owner can read the key {}", shown(path)),
                format!(
                    "make it yours alone, chmod 600 {}; if others may have read it, make a new key",
                    shown(path)
                ),
            ));
        }
    }
    let signer = Signer::read(&text).map_err(|fault| {
        bad_input(
            format!("{} is no secret key: {fault}", shown(path)),
            "make one with scruple attest key FILE",
        )
    })?;
    match method {
        None => Ok(signer),
        Some(method) => signer.as_web(method).map_err(|fault| {
            bad_input(
                format!("--web {method}: {fault}"),
                "write the DID, a # and the name of the key",
            )
        }),
    }
}
