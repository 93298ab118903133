//! How much a packet asks of its layout.
//!
//! In: a packet as data. Out: whose sections have to be left out so that the rest can be laid out in reasonable time and
//! memory. The heaviest go first, so that what one team writes takes no room from the others. A character weighs one; as
//! measured, the engine takes a third of a kilobyte for each.

use std::collections::BTreeSet;

use serde_json::Value;

/// How much a packet may weigh: 450 MB. Sixty teams with six key results each have room.
const ROOM: usize = 1_350_000;

/// How many characters a value counts as, besides its own: something is set for each.
const VALUE: usize = 15;

/// The usual length of a text; what is longer counts twice.
const USUAL: usize = 200;

/// How many characters a section counts as, besides its parts: it begins a page.
const SECTION: usize = 5_000;

/// How many bytes of a drawing count as one.
const DRAWN: usize = 20;

/// The most bytes of all drawings; a packet with more has no room for some section.
pub(super) const DRAWINGS: usize = ROOM * DRAWN;

/// Returns the ids of sections that a packet has no room for; an error is its weight without any.
pub(super) fn too_heavy(packet: &Value) -> Result<BTreeSet<String>, usize> {
    let mut all = weight(packet) + SECTION * items(packet, "sections").len();
    let mut sections: Vec<(usize, &str)> = items(packet, "sections")
        .iter()
        .map(|section| (SECTION + weight(section) + appendix(packet, text(section, "number")), text(section, "id")))
        .collect();
    sections.sort();
    let mut left_out = BTreeSet::new();
    while all > ROOM {
        let Some((heaviest, id)) = sections.pop() else { return Err(all) };
        all = all.saturating_sub(heaviest);
        left_out.insert(id.to_owned());
    }
    Ok(left_out)
}

/// Returns how heavy a value is, with all that it holds.
fn weight(value: &Value) -> usize {
    let inside = match value {
        // Where long lines end is asked at each place where one could.
        Value::String(text) => text.len() + text.len().saturating_sub(USUAL),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => {
            // What has to be measured is laid out twice.
            let times = if fields.get("is_short") == Some(&Value::Bool(false)) { 2 } else { 1 };
            times * fields.iter().map(field).sum::<usize>()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => return 1,
    };
    VALUE + inside
}

fn field((name, value): (&String, &Value)) -> usize {
    match name.as_str() {
        "drawn" => value.as_u64().map_or(0, |bytes| bytes as usize / DRAWN),
        "svg" => 0,
        _ => weight(value),
    }
}

/// Returns the weight of what the appendix holds for the section of a number.
fn appendix(packet: &Value, section: &str) -> usize {
    let Some(appendix) = packet.get("appendix") else { return 0 };
    let belongs = |item: &&Value| text(item, "number").split('.').next() == Some(section);
    let of = |name: &str| items(appendix, name).iter().filter(belongs).map(weight).sum::<usize>();
    of("evidence") + of("findings")
}

fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns texts of usual length that weigh so much together.
    fn texts(weight: usize) -> Vec<String> {
        vec!["x".repeat(USUAL); weight / (VALUE + USUAL)]
    }

    fn packet(sections: &[(&str, usize)], evidence: usize) -> Value {
        let section = |(at, (id, weight)): (usize, &(&str, usize))| json!({ "number": format!("{}", at + 2), "id": id, "story": texts(*weight) });
        let sections: Vec<Value> = sections.iter().enumerate().map(section).collect();
        json!({ "sections": sections, "appendix": { "evidence": [{ "number": "3.1.1", "how": texts(evidence) }] } })
    }

    #[test]
    fn long_texts_weigh_twice() {
        let weigh = |length: usize| weight(&json!("x".repeat(length))) - VALUE;
        assert_eq!((weigh(USUAL), weigh(USUAL + 50)), (USUAL, USUAL + 100));
    }

    #[test]
    fn the_heaviest_sections_are_left_out_with_what_they_rest_on() {
        let left_out = |packet: &Value| too_heavy(packet).expect("room").into_iter().collect::<Vec<_>>();
        assert_eq!(left_out(&packet(&[("a", 10), ("b", 10)], 10)), [""; 0]);
        assert_eq!(left_out(&packet(&[("a", 10), ("b", ROOM), ("c", 10)], 10)), ["b"]);
        assert_eq!(left_out(&packet(&[("a", 10), ("b", 10), ("c", 10)], ROOM)), ["b"]);
        assert_eq!(left_out(&packet(&[("a", ROOM / 2), ("b", ROOM / 2 + 1), ("c", ROOM / 3)], 10)), ["b"]);
    }

    #[test]
    fn cards_that_are_measured_weigh_twice() {
        let card = |is_short: bool| json!({ "is_short": is_short, "title": "x".repeat(1_000) });
        assert_eq!(weight(&card(false)) - VALUE, 2 * (weight(&card(true)) - VALUE));
    }

    #[test]
    fn drawings_weigh_what_they_have_even_where_they_were_left_out() {
        let mut packet = packet(&[("a", 10), ("b", 10)], 10);
        packet["sections"][0]["spark"] = json!({ "svg": "", "drawn": DRAWINGS });
        assert_eq!(too_heavy(&packet).expect("room").into_iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_packet_that_is_too_heavy_without_sections_says_so() {
        let mut packet = packet(&[("a", 10)], 10);
        packet["summary"] = json!(texts(ROOM + ROOM / 10));
        assert!(too_heavy(&packet).is_err());
    }
}
