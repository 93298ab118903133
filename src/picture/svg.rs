//! What a drawing costs that is set on paper.
//!
//! A short drawing can be a long one: each `use` repeats what it refers to, and so do patterns, masks and markers, which
//! may refer to others in turn. So what is counted is what a drawing comes to, with everything in its place.

use std::collections::BTreeMap;

use super::fault::{Fault, fault};
use super::format::Claim;
use super::numbers::{GAIN, LARGEST, RATIO, gain, is_extreme, largest, largest_of};
use super::xml::{Broken, Part, Reader};

/// The most bytes of a drawing.
const BYTES: usize = 4 << 20;

/// The most elements, repeated ones counted as often as they are drawn.
const ELEMENTS: u64 = 50_000;

/// How deep elements may stand in each other.
const DEPTH: usize = 200;

/// The most characters of text, which have to be shaped.
const LETTERS: usize = 4_000;

/// The most pairs of a style's rule and an element, each of which is looked at.
const STYLED: usize = 5_000_000;

/// How many pixels of a picture inside of a drawing count as an element.
const PIXELS: u64 = 1_000;

const SIMPLER: &str = "save it simpler, or as PNG";

/// An element.
#[derive(Default)]
struct Element {
    children: Vec<usize>,
    /// What is drawn in its place, or on it once.
    shown: Vec<String>,
    /// What each element inside it is drawn with.
    painted: Vec<String>,
    /// How much it costs by itself.
    weight: u64,
    /// How many bytes its outline takes.
    outline: u64,
    /// How many times it scales what stands in it.
    gain: f64,
    sum: Sum,
}

/// What comes of an element.
#[derive(Default, Clone, Copy)]
enum Sum {
    #[default]
    Unknown,
    /// It is being added up.
    Begun,
    Known(Total),
}

/// What an element comes to, with all that is drawn in it.
#[derive(Clone, Copy)]
struct Total {
    /// Its elements.
    size: u64,
    /// What they cost.
    cost: u64,
    /// How many times the deepest of them is scaled.
    gain: f64,
}

/// A drawing's elements.
#[derive(Default)]
struct Drawing {
    elements: Vec<Element>,
    /// The first and the last element of an id: readers differ about which one is meant.
    ids: BTreeMap<String, (usize, usize)>,
    /// Whether outlines may carry markers, one at each point.
    has_markers: bool,
    /// The texts of its styles.
    styles: String,
    letters: usize,
}

/// What a picture inside of a drawing is looked at with.
type Look = fn(&[u8]) -> Result<Claim, Fault>;

/// Looks at a drawing, and with `look` at the pictures in it.
pub(super) fn check(bytes: &[u8], look: Look) -> Result<(), Fault> {
    if bytes.len() > BYTES {
        let message = format!("is a drawing of {} MiB, more than {}", bytes.len() >> 20, BYTES >> 20);
        return Err(fault(message, SIMPLER));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| fault("is not UTF-8", "save it as UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut drawing = Drawing::default();
    drawing.read(text, look).map_err(|wrong| match wrong {
        Wrong::Broken(broken) => located(text, &broken),
        Wrong::Refused(fault) => fault,
    })?;
    drawing.styled()?;
    let total = drawing.sum(0, 0)?;
    if total.gain > GAIN {
        return Err(fault("is a drawing that scales what is in it without bounds", SIMPLER));
    }
    if total.cost > ELEMENTS {
        let message =
            format!("is a drawing that comes to more than {ELEMENTS} elements once all its references are drawn");
        return Err(fault(message, SIMPLER));
    }
    Ok(())
}

enum Wrong {
    Broken(Broken),
    Refused(Fault),
}

impl From<Broken> for Wrong {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault)
    }
}

fn located(text: &str, broken: &Broken) -> Fault {
    let before = &text[..broken.at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Fault { place: Some((line, column)), ..fault(format!("is no SVG: {}", broken.why), "save it anew") }
}

impl Drawing {
    fn read(&mut self, text: &str, look: Look) -> Result<(), Wrong> {
        let mut reader = Reader::new(text);
        let mut open: Vec<(usize, &str)> = Vec::new();
        while let Some(part) = reader.next()? {
            match part {
                Part::Open { name, attributes, is_empty } => {
                    if self.elements.is_empty() && name != "svg" {
                        return Err(fault(format!("is no SVG: it begins with `<{name}>`"), "save it as SVG").into());
                    }
                    let place = self.add(name, attributes, look)?;
                    if let Some((parent, _)) = open.last() {
                        self.elements[*parent].children.push(place);
                    }
                    if !is_empty {
                        open.push((place, name));
                    }
                    if open.len() > DEPTH {
                        return Err(deep().into());
                    }
                }
                Part::Close { .. } => {
                    open.pop();
                }
                Part::Text(text) => self.text(text, &open)?,
                Part::Doctype(text) => entities(text)?,
            }
        }
        Ok(())
    }

    fn add(&mut self, name: &str, attributes: Vec<(&str, String)>, look: Look) -> Result<usize, Fault> {
        if name == "filter" {
            return Err(fault("has a filter, whose cost on paper has no bound", "save it without effects, or as PNG"));
        }
        let place = self.elements.len();
        sides(name, &attributes)?;
        let mut element = Element { weight: 1, gain: 1.0, ..Element::default() };
        self.has_markers |= name == "marker";
        for (name, value) in attributes {
            if largest(name, &value) > LARGEST {
                return Err(too_large(&format!("`{name}`")));
            }
            element.gain *= gain(name, &value, place == 0);
            match name {
                "id" => self.ids.entry(value).or_insert((place, place)).1 = place,
                "d" | "points" => element.outline += value.len() as u64,
                "href" => match value.trim_start().strip_prefix("data:") {
                    Some(data) => element.weight += embedded(data, look)?,
                    None => element.shown.extend(references(&value)),
                },
                "clip-path" | "mask" => element.shown.extend(references(&value)),
                _ => element.painted.extend(references(&value)),
            }
        }
        self.elements.push(element);
        Ok(place)
    }

    fn text(&mut self, text: &str, open: &[(usize, &str)]) -> Result<(), Fault> {
        let is_in = |wanted: &str| open.iter().any(|(_, name)| *name == wanted);
        if open.last().is_some_and(|(_, name)| *name == "style") {
            if largest_of(text) > LARGEST {
                return Err(too_large("a style"));
            }
            self.styles.push_str(text);
        } else if is_in("text") {
            let letters = text.chars().count();
            self.letters += letters;
            if let Some((place, _)) = open.last() {
                self.elements[*place].weight += letters as u64;
            }
        }
        if self.letters > LETTERS {
            return Err(fault(format!("is a drawing with more than {LETTERS} characters of text"), SIMPLER));
        }
        Ok(())
    }

    /// Lets what styles refer to count for all elements, since any of them may be meant.
    fn styled(&mut self) -> Result<(), Fault> {
        let rules = self.styles.matches(['{', ',']).count();
        if rules.saturating_mul(self.elements.len()) > STYLED {
            let message = format!("is a drawing of {} elements with {rules} rules of style", self.elements.len());
            return Err(fault(message, SIMPLER));
        }
        let referred = references(&self.styles);
        if let Some(root) = self.elements.first_mut() {
            root.painted.extend(referred);
        }
        Ok(())
    }

    /// Returns what an element comes to.
    fn sum(&mut self, place: usize, depth: usize) -> Result<Total, Fault> {
        match self.elements[place].sum {
            Sum::Known(total) => return Ok(total),
            Sum::Begun => return Err(fault("is a drawing that refers to itself", SIMPLER)),
            Sum::Unknown if depth > DEPTH => return Err(deep()),
            Sum::Unknown => self.elements[place].sum = Sum::Begun,
        }
        let element = &mut self.elements[place];
        let bytes_of_a_point = if self.has_markers { 4 } else { 64 };
        let size = element.weight + element.outline / bytes_of_a_point;
        let mut total = Total { size, cost: size, gain: 1.0 };
        let own_gain = element.gain;
        let (mut inside, shown) = (std::mem::take(&mut element.children), std::mem::take(&mut element.shown));
        let painted = std::mem::take(&mut element.painted);
        inside.extend(self.places(&shown));
        for other in inside {
            let more = self.sum(other, depth + 1)?;
            total.size = total.size.saturating_add(more.size);
            total.cost = total.cost.saturating_add(more.cost);
            total.gain = total.gain.max(more.gain);
        }
        for other in self.places(&painted) {
            let each = self.sum(other, depth + 1)?;
            total.cost = total.cost.saturating_add(each.cost.saturating_mul(total.size));
            total.gain = total.gain.max(each.gain);
        }
        total.gain *= own_gain;
        self.elements[place].sum = Sum::Known(total);
        Ok(total)
    }

    fn places(&self, ids: &[String]) -> Vec<usize> {
        let both = |&(first, last): &(usize, usize)| [first, last].into_iter().take(if first == last { 1 } else { 2 });
        ids.iter().filter_map(|id| self.ids.get(id)).flat_map(both).collect()
    }
}

/// Refuses a drawing, or one inside of it, that is too small to be scaled, or much longer than high.
fn sides(name: &str, attributes: &[(&str, String)]) -> Result<(), Fault> {
    let named = |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
    let side = |wanted: &'static str| named(wanted).filter(|_| name == "svg").map(|value| (wanted, value));
    let view = named("viewBox").map(|value| ("viewBox", value));
    let both = match (side("width"), side("height")) {
        (Some((_, width)), Some((_, height))) if !width.contains('%') && !height.contains('%') => {
            format!("0 0 {width} {height}")
        }
        _ => String::new(),
    };
    let stated = [view, side("width"), side("height"), (!both.is_empty()).then_some(("viewBox", both.as_str()))];
    if stated.into_iter().flatten().any(|(name, value)| is_extreme(name, value)) {
        let message = format!("has a side that is next to nothing, or more than {RATIO} times as long as the other");
        return Err(fault(message, SIMPLER));
    }
    Ok(())
}

fn too_large(place: &str) -> Fault {
    fault(format!("has a number in {place} that is larger than {LARGEST}"), SIMPLER)
}

fn deep() -> Fault {
    fault(format!("is a drawing whose elements stand more than {DEPTH} deep in each other"), SIMPLER)
}

/// Returns all ids that a value may refer to.
fn references(value: &str) -> Vec<String> {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ')' | '"' | '\'' | ';' | '}' | ',' | '#');
    let id = |rest: &str| rest[..rest.find(ends).unwrap_or(rest.len())].to_owned();
    value.split('#').skip(1).map(id).collect()
}

/// Refuses names for texts that could hold elements or references, which would be drawn without being seen here.
fn entities(doctype: &str) -> Result<(), Fault> {
    let is_plain = |declared: &str| declared.len() < 400 && !declared.contains(['&', '#', '(', '{', '<']);
    if doctype.split("<!ENTITY").skip(1).all(|rest| is_plain(rest.split_once('>').map_or(rest, |(inside, _)| inside))) {
        return Ok(());
    }
    Err(fault("declares entities that stand for more than an address", "save it without a document type"))
}

/// Returns what a picture inside of a drawing costs.
fn embedded(data: &str, look: Look) -> Result<u64, Fault> {
    let inside =
        |wrong: Fault| Fault { place: None, message: format!("holds a picture that {}", wrong.message), ..wrong };
    let (kind, content) = data.split_once(',').unwrap_or((data, ""));
    if !kind.trim_end().ends_with("base64") {
        return Err(fault("holds a picture that is not written as base64", SIMPLER));
    }
    let found = look(&base64(content)).map_err(inside)?;
    let Some((width, height)) = found.pixels else {
        return Err(fault("holds another drawing as a picture", "put its elements into the drawing itself"));
    };
    Ok(u64::from(width) * u64::from(height) / PIXELS)
}

/// Returns what a text in base64 stands for, up to where it is none.
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xFF) as u8);
        }
    }
    out
}
