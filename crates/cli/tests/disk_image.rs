//! What a disk holds after a run, deleted blocks included.
//!
//! `review.rs` reads every file that is left. Here the whole file system is read, as
//! somebody would who takes the disk out: what a file held before it was deleted,
//! pages that SQLite let go of, logs and temporary files that lived for a moment.

use std::fs;

use crate::common::{Place, mounted};
use serde_json::json;

const QUERY: &str = "Tengri Vizion Traid Quixotic";

fn list(alias: &str) -> String {
    let party = json!({ "id": "tv", "schema": "Company", "caption": "Tengri Vision Trade LLP",
        "datasets": ["us-bis-el"],
        "properties": { "name": ["Tengri Vision Trade LLP"], "alias": [alias], "country": ["kz"] } });
    let sanction = json!({ "id": "tv-s", "schema": "Sanction", "datasets": ["us-bis-el"],
        "properties": { "entity": ["tv"], "listingDate": ["2019-10-09"] } });
    format!("{party}\n{sanction}\n")
}

#[test]
fn no_block_of_the_disk_holds_what_was_screened_reviewed_or_watched() {
    let place = Place::new();
    place.write("a.jsonl", list("TVT"));
    place.write("b.jsonl", list("TV Trade House"));
    place.write(
        "quixotic parties.csv",
        format!("id,name\nCUSTOMER-77,{QUERY}\nCUSTOMER-78,Somebody Zephyrine\n"),
    );
    place.write(
        "deal.toml",
        format!(
            "title = \"Cameras\"\ndestination = \"kz\"\nplace_of_use = \"kz\"\nend_use = \"A depot\"\n\
             [seller]\nname = \"Lindenau Optronik GmbH\"\ncountry = \"de\"\n[[items]]\nname = \"Camera\"\n\
             [[parties]]\nid = \"p\"\nrole = \"end-user\"\nname = \"{QUERY}\"\n"
        ),
    );
    // Written through at once: nothing that is deleted again escapes the image.
    let script = r#"
        IMAGE="$PLACE/disk.img"
        truncate -s 24M "$IMAGE" && mkfs.ext4 -q -F "$IMAGE" 2>/dev/null || exit 90
        mount -o loop,sync "$IMAGE" "$DISK" 2>/dev/null || exit 90
        mkdir "$DISK/tmp" "$DISK/home"
        export TMPDIR="$DISK/tmp" HOME="$DISK/home" XDG_DATA_HOME="$DISK/home" XDG_CACHE_HOME="$DISK/home"
        echo "Marker Xylophone" > "$DISK/tmp/x" && rm "$DISK/tmp/x"
        D="$DISK/data"
        name='Tengri Vizion Traid Quixotic'
        parties="$PLACE/quixotic parties.csv"
        scruple --data "$D" sync --from "$PLACE/a.jsonl" --as el --dated 2026-11-01 >/dev/null; echo "sync: $?"
        scruple --data "$D" screen "$name" --threshold 0.3 >/dev/null; echo "screen: $?"
        scruple --data "$D" screen --file "$parties" --threshold 0.3 --json >/dev/null; echo "file: $?"
        for how in --not-same --same --not-sure; do
            scruple --data "$D" review add "$name" --record user-el:tv $how --by AB --reason "other seat" >/dev/null
            echo "add: $?"
        done
        scruple --data "$D" check "$PLACE/deal.toml" >/dev/null; echo "check: $?"
        scruple --data "$D" watch "$parties" --threshold 0.3 >/dev/null; echo "watch: $?"
        scruple --data "$D" sync --from "$PLACE/b.jsonl" --as el --dated 2026-11-02 >/dev/null; echo "sync: $?"
        scruple --data "$D" watch "$parties" --threshold 0.3 >/dev/null; echo "watch: $?"
        scruple --data "$D" review forget "$name" >/dev/null; echo "forget: $?"
        scruple --data "$D" watch "$parties" --forget >/dev/null; echo "forget: $?"
        umount "$DISK"; echo "umount: $?"
    "#;
    let Some(ran) = mounted::script(&place, "a disk image", script) else {
        return;
    };
    if ran.code == Some(90) {
        println!("skipped: a disk image: no ext4 image can be made or mounted here");
        return;
    }
    let ran = ran.code(0);
    let said: Vec<&str> = ran.out.lines().collect();
    // Each command did its work: none was refused or missing.
    let wrong: Vec<&&str> = said
        .iter()
        .filter(|line| ![" 0", " 3", " 4"].iter().any(|code| line.ends_with(code)))
        .collect();
    assert!(wrong.is_empty() && said.len() == 13, "{said:?} {}", ran.err);

    let image = fs::read(place.file("disk.img")).unwrap();
    let lower: Vec<u8> = image.iter().map(u8::to_ascii_lowercase).collect();
    let holds = |text: &str| {
        let text = text.to_lowercase();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [text.into_bytes(), utf16]
            .iter()
            .any(|needle| lower.windows(needle.len()).any(|some| some == needle))
    };
    // The check can fail: a file that lived for a moment is found, and the list is.
    assert!(holds("Marker Xylophone"));
    assert!(holds("Tengri Vision Trade"));
    for text in [
        QUERY,
        "quixotic",
        "vizion",
        "zephyrine",
        "customer-77",
        // The reason, which was forgotten: not in the log of the database either.
        "other seat",
    ] {
        assert!(!holds(text), "{text} stands on the disk");
    }
}
