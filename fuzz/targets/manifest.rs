//! Sealed quarters: manifests, LOG, scores and `archive.json`, which anybody may have written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::hash::{Digest, LongDigest};
use okrbook::read::paths;
use okrbook::seal::{about, log, manifest, scores};

fuzz_target!(|text: &str| {
    if let Ok(digests) = manifest::read(text, Digest::parse) {
        for path in digests.keys() {
            assert_eq!(paths::danger(path), None, "{path:?}");
            assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path:?}");
        }
        let listable = || digests.iter().filter(|(path, _)| manifest::unlistable(path).is_none());
        let written = manifest::write(listable().map(|(path, digest)| (path.as_str(), digest)));
        let again = manifest::read(&written, Digest::parse).expect("what is written is read");
        assert!(again.iter().eq(listable()));
    }
    let _ = manifest::read(text, LongDigest::parse);
    let known = log::read(text);
    if known.faults.is_empty() {
        let name = okrbook::model::archive::BagName::parse("9999-Q4.r9").expect("a name");
        let longer = log::read(&log::with(text, name, Digest::of(b"")));
        assert_eq!(longer.entries.len(), known.entries.len() + usize::from(known.digest(name).is_none()));
    }
    if let about::Reading::Known(about) = about::read(text.as_bytes()) {
        assert_eq!(about::read(about.text().as_bytes()), about::Reading::Known(about));
    }
    if let Some(scores) = scores::read(text.as_bytes()) {
        let told = scores.told(&okrbook::source::Sources::default());
        assert!(told.findings.iter().all(|finding| finding.place.file_id().is_none()));
        let _ = scores.quarter();
    }
});
