//! Key-result sentences: a goal, or remarks with places inside the sentence.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::sentence;

fuzz_target!(|text: &str| {
    let reading = sentence::read(text);
    assert!(reading.goal.is_some() || !reading.remarks.is_empty(), "no goal, and nothing said: {text:?}");
    for remark in &reading.remarks {
        assert!(text.get(remark.range.clone()).is_some(), "{remark:?} in {text:?}");
    }
    assert_eq!(sentence::read(text), reading, "read twice alike");
});
