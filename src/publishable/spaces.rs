//! Namespaces of a drawing: which prefix means SVG, which means links, and which the notes of a drawing program.

use super::pieces::Attribute;
use super::refusal::Refusal;

pub(super) const HELP: &str = "take it out, or save the picture as plain SVG (Inkscape: Save As → Plain SVG; Illustrator: Export → SVG) or as PNG";

/// What a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// SVG, or nothing at all, which is looked at in the same way.
    Drawing,
    /// XLink.
    Link,
    /// XML itself.
    Xml,
    /// The feed.
    Feed,
    /// A drawing program's own notes, which no browser knows.
    Notes,
}

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What the names of drawing programs' namespaces begin with.
const NOTES: [&str; 25] = [
    "http://creativecommons.org/",
    "http://ns.adobe.com/",
    "http://purl.org/dc/",
    "http://schemas.microsoft.com/visio/",
    "http://sodipodi.sourceforge.net/",
    "http://svgjs.com/",
    "http://svgjs.dev/",
    "http://vectornator.io",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.corel.com/",
    "http://www.figma.com/",
    "http://www.inkscape.org/namespaces/",
    "http://www.serif.com/",
    "http://www.vector.evaxdesign.sk",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://krita.org/namespaces/",
    "http://www.openswatchbook.org/",
    "http://xml.openoffice.org/",
    "http://sun.com/",
    "http://www.xmind.net/",
    "https://boxy-svg.com",
    "https://sketch.io",
    "https://vecta.io/",
    "https://www.figma.com/",
];

/// The most declarations that hold at one place.
const AT_MOST: usize = 100;

/// The declarations that hold at a place.
#[derive(Debug, Default)]
pub(super) struct Spaces<'t> {
    known: Vec<(usize, &'t str, Space)>,
}

impl<'t> Spaces<'t> {
    /// Adds the declarations of an element that begins at a depth.
    pub(super) fn declare(&mut self, depth: usize, attributes: &[Attribute<'t>]) -> Result<(), Refusal> {
        for attribute in attributes {
            let prefix = match attribute.name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            let address = attribute.value()?;
            let space = match &*address {
                "" | SVG => Space::Drawing,
                XLINK => Space::Link,
                XML => Space::Xml,
                ATOM => Space::Feed,
                address if NOTES.iter().any(|known| address.starts_with(known)) => Space::Notes,
                address => {
                    let shown: String = address.chars().take(80).collect();
                    let what = format!("it uses the vocabulary `{shown}`, of which nobody knows what it does here");
                    return Err(attribute.refused(what, HELP));
                }
            };
            let is_odd =
                prefix.contains(':') || (prefix == "xml") != (space == Space::Xml) || self.known.len() >= AT_MOST;
            if is_odd || prefix == "xmlns" {
                return Err(attribute.refused("a prefix is declared as none should be", HELP));
            }
            self.known.push((depth, prefix, space));
        }
        Ok(())
    }

    /// Drops the declarations of elements at a depth and below.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.known.last().is_some_and(|(known, _, _)| *known >= depth) {
            self.known.pop();
        }
    }

    /// Returns what an element's name belongs to, and its last part.
    pub(super) fn element<'n>(&self, name: &'n str) -> Option<(Space, &'n str)> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if local.is_empty() || local.contains(':') {
            return None;
        }
        let space = self.known.iter().rev().find(|(_, known, _)| *known == prefix).map(|(_, _, space)| *space);
        match prefix {
            "" => Some((space.unwrap_or(Space::Drawing), local)),
            _ => Some((space?, local)),
        }
    }

    /// Returns what an attribute's name belongs to, and its last part.
    pub(super) fn attribute<'n>(&self, name: &'n str) -> Option<(Space, &'n str)> {
        match name.split_once(':') {
            None => Some((Space::Drawing, name)),
            Some(("xml", local)) if matches!(local, "id" | "lang" | "space") => Some((Space::Xml, local)),
            Some(("xml", _)) => None,
            Some(_) => self.element(name),
        }
    }
}
