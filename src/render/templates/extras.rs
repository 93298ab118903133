//! What a book's own template may call besides what the engine brings along: `asset("logo.svg")` and `urlencode`.
//!
//! In: an engine, and the paths of a site's assets by their names. Out: the same engine knowing both. Addresses lead from
//! the page that is being made, which a thread says before it makes one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::diag::nearest;
use crate::render::work;

/// The functions that a template may call, for messages.
pub(super) const FUNCTIONS: [&str; 3] = ["asset", "range", "throw"];

thread_local! {
    static ROOT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says what leads to the site's root from the page that this thread makes next.
pub(super) fn begin_page(root: &str) {
    ROOT.with_borrow_mut(|known| {
        known.clear();
        known.push_str(root);
    });
}

/// Lets templates ask for assets by their names, and put texts into addresses.
pub(super) fn add(tera: &mut Tera, assets: BTreeMap<String, String>) {
    tera.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let name: String = kwargs.must_get("name")?;
        let bare = name.strip_prefix("assets/").unwrap_or(&name);
        let Some(path) = assets.get(bare) else { return Err(tera::Error::message(no_such(&name, bare, &assets))) };
        Ok(Value::from(ROOT.with_borrow(|root| format!("{root}{path}"))))
    });
    tera.register_filter("urlencode", |text: StringInput<'_>, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let text = text.as_str();
        if !work::spend(text.len() as u64 * 3) {
            return Err(tera::Error::message(work::TOO_MUCH));
        }
        Ok(Value::from(encoded(text)))
    });
}

fn no_such(name: &str, bare: &str, assets: &BTreeMap<String, String>) -> String {
    let message = format!("the book has no asset `{name}`");
    match nearest(bare, assets.keys().map(String::as_str)) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => format!("{message}; put the file into assets/"),
    }
}

/// Returns a text with everything percent-encoded (RFC 3986, section 2.3) but letters, digits, `-`, `.`, `_` and `~`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_addresses_is_encoded() {
        assert_eq!(encoded("a-b.c_d~1"), "a-b.c_d~1");
        assert_eq!(encoded("R&D ü/?"), "R%26D%20%C3%BC%2F%3F");
    }
}
