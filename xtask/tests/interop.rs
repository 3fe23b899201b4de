//! The part of `cargo xtask prove interop` that needs nothing installed but Python runs with
//! every test: programs that share no line with us read logs, credentials and a register.

use std::process::Command;

#[test]
fn programs_of_others_read_what_outsiders_are_to_check() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: no python3 here");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["prove", "interop", "--quick", "--out"])
        .arg(out.path())
        .current_dir(xtask::root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let kept = std::fs::read_to_string(out.path().join("interop-quick.txt")).unwrap();
    for part in ["== ledger", "== credentials", "== register"] {
        assert!(kept.contains(part), "{part}:\n{kept}");
    }
    assert!(kept.matches("holds: ").count() > 40, "{kept}");
}
