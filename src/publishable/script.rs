//! Scripts: okrbook's own, byte for byte, and no other.
//!
//! In: the path and the bytes of a script, or what a page says of one. Out: nothing where it is a script that some version
//! of okrbook printed; else what is wrong. A seal keeps the script that its pages were made with, so the list only grows.

use super::address;
use super::pieces::Attribute;
use super::refusal::{Outcome, Refusal};
use crate::hash::Digest;

/// The SHA-256 of each script that a version of okrbook printed, the newest first.
const SCRIPTS: [&str; 2] = [
    "ca0b2f80be19176d20b254d190f7e429ee4f0309093c96f46cc80b879d4253b7",
    "fb57f2ae62a01df4389b52174a2f1fb0893cda21952c83a70c6402030599a40f",
];

/// How many digits of a digest stand in the name of an asset.
const SHORT: usize = 12;

const HELP: &str = "okrbook's pages run okrbook's own script only: restore the seal from a backup or from version control, \
                    or take this out of the book's own template";

/// Looks at a script of a sealed quarter's site.
pub(super) fn look(bytes: &[u8]) -> Outcome {
    let digest = Digest::of(bytes).to_string();
    match SCRIPTS.contains(&digest.as_str()) {
        true => Ok(()),
        false => Err(Refusal::active("it is none of okrbook's scripts", HELP)),
    }
}

/// Looks at what a page says of a script: one of okrbook's, from the site itself, run once the page is there.
pub(super) fn tag(attributes: &[Attribute<'_>]) -> Outcome {
    for attribute in attributes {
        let value = attribute.value()?;
        let is_fine = match attribute.name {
            "src" => is_ours(&value),
            "defer" => value.is_empty(),
            "data-words" => true,
            _ => false,
        };
        if !is_fine {
            let shown: String = value.chars().take(60).collect();
            let what = format!("`<script {}=\"{shown}\">` is none of okrbook's scripts", attribute.name);
            return Err(attribute.refused(what, HELP));
        }
    }
    match attributes.iter().any(|known| known.name == "src") {
        true => Ok(()),
        false => Err(Refusal::active("`<script>` is none of okrbook's scripts", HELP)),
    }
}

/// Says whether an address leads to a script of okrbook's: `../assets/okrbook.0123456789ab.js`.
fn is_ours(address: &str) -> bool {
    let name = address.trim_start_matches("../").strip_prefix("assets/okrbook.");
    let short = name.and_then(|name| name.strip_suffix(".js"));
    let is_known = |short: &str| SCRIPTS.iter().any(|digest| digest[..SHORT] == *short);
    address::is_local(address) && short.is_some_and(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_this_version_is_the_newest_of_the_list() {
        let digest = Digest::of(include_bytes!("../../assets/okrbook.js")).to_string();
        assert_eq!(SCRIPTS[0], digest, "put the digest of assets/okrbook.js here; released ones stay behind it");
    }

    #[test]
    fn a_page_runs_okrbooks_script_and_no_other() {
        let name = format!("assets/okrbook.{}.js", &SCRIPTS[0][..SHORT]);
        let page = |script: &str, body: &str| {
            let policy = super::super::POLICIES[0];
            format!(
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
                 http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n{script}</head>\n<body>{body}</body>\n</html>\n"
            )
        };
        let looked = |script: &str, body: &str| super::super::sealed("2026-Q3/a.html", page(script, body).as_bytes());
        let good = format!("<script defer src=\"../{name}\" data-words=\"a=b\"></script>\n");
        assert_eq!(looked(&good, ""), Ok(()));
        for bad in [
            good.replace("okrbook.", "site."),
            good.replace(&SCRIPTS[0][..SHORT], "000000000000"),
            good.replace("../", "https://evil.example/"),
            good.replace("../", "//evil.example/"),
            good.replace("../", "a/"),
            good.replace(" defer", " type=\"module\""),
            good.replace(" defer", " defer=\"x\""),
            good.replace(" defer", " onload=\"x\""),
            good.replace("></script>", ">alert(1)</script>"),
            good.replace("></script>", "><!-- x --></script>"),
            good.replace("></script>", "/>"),
            good.replace("</script>", ""),
            "<script></script>".to_owned(),
            "<script defer></script>".to_owned(),
        ] {
            assert!(looked(&bad, "").is_err_and(|refusal| refusal.is_active), "{bad}");
        }
        assert!(looked("", &good).is_err(), "it stands in the head, behind the policy");
    }

    #[test]
    fn a_script_is_okrbooks_by_its_bytes_and_none_else() {
        let ours = include_bytes!("../../assets/okrbook.js");
        assert!(look(ours).is_ok());
        for other in [&b"alert(1)"[..], b"", &[&ours[..], b" "].concat()] {
            assert!(look(other).is_err_and(|refusal| refusal.is_active));
        }
    }
}
