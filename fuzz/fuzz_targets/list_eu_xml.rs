//! Any bytes as a file in the layout `eu-xml`: refused, or every record accounted for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple_lists::{Input, Layout, Limits, Part, read};
use scruple_model::ftm::is_personal;

fuzz_target!(|bytes: &[u8]| {
    let layout = Layout::EuXml;
    let part = Part {
        layout,
        role: "",
        list: layout.only_list(),
    };
    let input = Input {
        part,
        bytes: Box::new(bytes),
    };
    let Ok(readings) = read(vec![input], None, Limits::default()) else {
        return;
    };
    for reading in readings {
        assert!(reading.entities.len() as u64 + reading.unread > 0);
        assert!(reading.entities.len() as u64 <= reading.records);
        assert!(reading.entities.windows(2).all(|pair| pair[0].id < pair[1].id));
        for entity in &reading.entities {
            assert!(!entity.caption.is_empty());
            assert!(entity.properties.keys().all(|name| !is_personal(name)));
        }
    }
});
