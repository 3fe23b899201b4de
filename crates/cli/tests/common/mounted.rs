//! Commands in a mount namespace of their own: a disk that is small, or that
//! nobody may write to, and that is gone when the command ends.

use std::path::Path;
use std::process::Command;

use super::{Place, Ran, TODAY};

/// Runs a shell script in its own namespace, with `scruple` as a function, `$PLACE`
/// as the place's folder and `$DISK` as an empty folder to mount on. `None`, said
/// aloud, where this machine lets nobody mount.
pub fn script(place: &Place, test: &str, script: &str) -> Option<Ran> {
    let Some(namespace) = namespace() else {
        println!("skipped: {test}: no mount namespace here (unshare -m is refused)");
        return None;
    };
    let disk = place.file("disk");
    std::fs::create_dir_all(&disk).unwrap();
    let text = format!("set -u\nscruple() {{ \"$BIN\" --today {TODAY} \"$@\"; }}\n{script}");
    let output = Command::new("unshare")
        .args(namespace)
        .args(["sh", "-c", &text])
        .current_dir(super::root())
        .env_clear()
        .env(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        )
        .env("BIN", env!("CARGO_BIN_EXE_scruple"))
        .env("PLACE", place.path())
        .env("DISK", &disk)
        .env("HOME", place.path())
        .env("XDG_DATA_HOME", place.file("home"))
        .output()
        .unwrap();
    Some(Ran::of(output))
}

/// How a namespace can be had here: as root, or as root of one's own.
fn namespace() -> Option<&'static [&'static str]> {
    const WAYS: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let here = tempfile::tempdir().unwrap();
    WAYS.into_iter().find(|way| works(way, here.path()))
}

fn works(way: &[&str], folder: &Path) -> bool {
    Command::new("unshare")
        .args(way)
        .args(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(folder)
        .output()
        .is_ok_and(|output| output.status.success())
}
