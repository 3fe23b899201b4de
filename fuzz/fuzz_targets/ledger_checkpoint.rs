//! Any text as a checkpoint's: what is read is written the same, byte for byte. And any
//! bytes as a policy of witnesses: read, or problems with their lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_ledger::Checkpoint;
use scruple_ledger::witness::Policy;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(checkpoint) = Checkpoint::parse(text)
    {
        assert_eq!(checkpoint.text(), text);
        assert!(!checkpoint.origin.is_empty());
    }
    match Policy::parse(data) {
        // Nobody signed: nothing is witnessed, whatever the policy says.
        Ok(policy) => assert!(!policy.standing(&[], 0, None).witnessed),
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|one| one.line > 0)),
    }
});
