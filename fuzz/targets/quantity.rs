//! Quantities, durations, numbers, days, names and references.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::model::calendar::Day;
use okrbook::model::ids::{CycleId, KeyResultRef, Slug};
use okrbook::model::quantity::Number;
use okrbook::sentence;

fuzz_target!(|text: &str| {
    if let Err(error) = sentence::quantity(text) {
        assert!(text.get(error.range.clone()).is_some(), "{error:?} in {text:?}");
    }
    let _ = sentence::duration_days(text);
    let _ = sentence::unit(text);
    let _ = sentence::per(text);
    if let Some(number) = Number::parse(text) {
        assert_eq!(Number::parse(&number.to_string()), Some(number), "{text:?}");
    }
    if let Some(day) = Day::parse(text) {
        assert_eq!(Day::parse(&day.to_string()), Some(day), "{text:?}");
    }
    if let Some(slug) = Slug::new(text) {
        let inside = slug.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        assert!(inside && !slug.as_str().is_empty(), "{text:?}");
    }
    let suggested = Slug::suggest(text);
    assert!(suggested.is_empty() || Slug::new(&suggested).is_some(), "{text:?} suggests {suggested:?}");
    if let Some(cycle) = CycleId::parse(text) {
        assert_eq!(CycleId::parse(&cycle.to_string()), Some(cycle), "{text:?}");
    }
    if let Some(reference) = KeyResultRef::parse(text) {
        assert_eq!(KeyResultRef::parse(&reference.to_string()), Some(reference), "{text:?}");
    }
});
