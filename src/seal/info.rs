//! `bag-info.txt`: what a bag says about itself in the words of its standard (RFC 8493, section 2.2.2).
//!
//! In: its text, what `archive.json` says, and how much the payload is. Out: where they disagree.

use super::about::About;

/// Returns where a `bag-info.txt` says something else than what is there: how many bytes and files the payload has, and,
/// where `archive.json` is understood, what stands there.
pub(super) fn faults(text: &str, about: Option<&About>, bytes: u64, files: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = labels(text);
    let of = |label: &'static str| {
        lines.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, value)| value)
    };
    let there = format!("{bytes}.{files}");
    if of("Payload-Oxum").next().is_none() {
        faults.push("bag-info.txt does not say how much the payload is (Payload-Oxum)".to_owned());
    }
    for said in of("Payload-Oxum").filter(|said| **said != there) {
        faults.push(format!("bag-info.txt says that the payload is {said} (bytes.files), and it is {there}"));
    }
    for (label, value) in about.into_iter().flat_map(About::info) {
        let value = one_line(&value);
        if of(label).next().is_none() {
            faults.push(format!("bag-info.txt has no {label}, which archive.json knows"));
        }
        faults.extend(
            of(label)
                .filter(|said| **said != value)
                .map(|said| format!("bag-info.txt says {label}: {said:?}, and archive.json says {value:?}")),
        );
    }
    faults
}

/// Returns how many bytes the payload had when it was sealed.
pub(super) fn payload_bytes(text: &str) -> Option<u64> {
    let lines = labels(text);
    let (_, said) = lines.iter().find(|(label, _)| label.eq_ignore_ascii_case("Payload-Oxum"))?;
    said.split_once('.')?.0.parse().ok()
}

/// Returns text as a value, which ends at its line's end.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns labels with their values; a line that begins with a space goes on with the one before.
fn labels(text: &str) -> Vec<(String, String)> {
    let mut labels: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.split_once(':'), labels.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => *value = one_line(&format!("{value} {line}")),
            (Some((label, value)), _) => labels.push((label.trim().to_owned(), one_line(value))),
            (None, _) => labels.push((line.to_owned(), String::new())),
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_is_counted_in_bytes_and_files() {
        assert_eq!(faults("Payload-Oxum: 12.3\n", None, 12, 3), Vec::<String>::new());
        assert_eq!(faults("payload-oxum:12.3", None, 12, 3), Vec::<String>::new());
        assert_eq!(payload_bytes("A: 1.1\npayload-oxum: 12.3\n"), Some(12));
        assert_eq!(payload_bytes("Payload-Oxum: 12\n"), None);
        for wrong in [
            "Payload-Oxum: 12.4\n",
            "Payload-Oxum: 13.3\n",
            "Payload-Oxum: 12\n",
            "",
            "Payload-Oxum: 12.3\nPayload-Oxum: 1.1\n",
            "Payload-Oxum: 12.3\n 4\n",
        ] {
            assert_eq!(faults(wrong, None, 12, 3).len(), 1, "{wrong}");
        }
    }
}
