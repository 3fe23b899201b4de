//! Any text as a proof: what is read is written the same. Any hashes as a proof of a tree:
//! only the right ones hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_ledger::merkle::{
    Hash, check_consistency, check_inclusion, inclusion_length, leaf_hash, root_of,
};
use scruple_ledger::proof::LogProof;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(proof) = LogProof::parse(text)
    {
        assert_eq!(LogProof::parse(&proof.text()).as_ref(), Ok(&proof));
        assert!(proof.hashes.len() <= 63);
    }
    let Some((head, rest)) = data.split_first_chunk::<4>() else {
        return;
    };
    let hashes: Vec<Hash> = rest.as_chunks::<32>().0.to_vec();
    let [index, size, other, _] = head.map(u64::from);
    let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let root = root_of(&leaves);
    // Nobody finds hashes that lead to a root by chance; sizes without a proof are the
    // only trees in which an empty one holds.
    let entry = leaf_hash(b"never entered");
    assert!(check_inclusion(index, size, &entry, &hashes, &root).is_err());
    if index < size {
        assert_eq!(inclusion_length(index, size) == 0, size == 1);
    }
    let early = root_of(&leaves[..usize::try_from(other.min(size)).unwrap()]);
    let holds = check_consistency(other, size, &hashes, &early, &root).is_ok();
    if holds {
        assert!(other <= size && (other == size) == hashes.is_empty());
    }
    assert!(check_consistency(other, size, &hashes, &entry, &root).is_err());
});
