//! Files of other kinds that carry an export's name: a sign-in page, a workbook, JSON.
//!
//! In: the first text of an export. Out: what it is instead, and what to do. Knows nothing of metrics.

/// What a file is that is no table, in words, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Foreign {
    pub(in crate::metrics) message: &'static str,
    pub(in crate::metrics) help: &'static str,
}

const fn foreign(message: &'static str, help: &'static str) -> Option<Foreign> {
    Some(Foreign { message, help })
}

/// Returns what the text is, where it is certainly no table.
pub(in crate::metrics) fn kind(sample: &[u8]) -> Option<Foreign> {
    let text = sample.trim_ascii_start();
    let begins = |mark: &[u8]| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    if begins(b"PK\x03\x04") {
        return foreign(
            "this is a workbook or a zip archive, not CSV",
            "open it in the spreadsheet and save it as CSV",
        );
    }
    if begins(b"<!doctype html") || begins(b"<html") {
        let help = "the download was answered with a page, often because nobody was signed in: export it again";
        return foreign("this is a web page, not CSV", help);
    }
    if begins(b"%PDF-") {
        return foreign("this is a PDF, not CSV", "export the table itself");
    }
    if begins(b"<?xml") {
        return foreign("this is XML, not CSV", "choose CSV when exporting");
    }
    if begins(b"{\"") || begins(b"[{\"") {
        return foreign("this is JSON, not CSV", "choose CSV when exporting");
    }
    if sample.contains(&0) {
        let help = "export it as CSV; for UTF-16 without a mark set `encoding: utf-16le`";
        return foreign("this holds bytes that no text has", help);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_known_by_how_they_begin() {
        for (text, word) in [
            (&b"PK\x03\x04\x14\0"[..], "workbook"),
            (b"\n <!DOCTYPE html><title>Sign in</title>", "web page"),
            (b"<HTML>", "web page"),
            (b"%PDF-1.7", "PDF"),
            (b"<?xml version=\"1.0\"?>", "XML"),
            (b"{\"data\": []}", "JSON"),
            (b"date,value\0\n", "bytes"),
        ] {
            let found = kind(text).expect("known");
            assert!(found.message.contains(word), "{}", found.message);
        }
        for table in [&b"date,value\n"[..], b"PKW,count\n", b"{a},b\n", b"<5 min,count\n", b"", b"[[tag_host]];x\n"] {
            assert_eq!(kind(table), None, "{}", String::from_utf8_lossy(table));
        }
    }
}
