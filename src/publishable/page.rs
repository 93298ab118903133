//! Pages: HTML in the form that okrbook prints, with its policy before everything else, and with nothing that runs but
//! okrbook's own script.
//!
//! In: HTML. Out: the first thing in it that okrbook prints in no page.

use super::pieces::{Attribute, Language, Piece, Pieces, REWRITE};
use super::refusal::{Outcome, Refusal};
use super::{address, drawing, script, words};

/// The policies that pages carry, the newest first.
pub const POLICIES: [&str; 2] = [
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'",
    // Of a book that brings fonts along.
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'",
];

const HELP: &str = "no page that okrbook makes holds this: restore the seal from a backup or from version control, or take \
                    it out of the book's own template";

/// Looks at a page.
pub(super) fn look(text: &str) -> Outcome {
    const DOCTYPE: &str = "<!doctype html>";
    let start = text.get(..DOCTYPE.len()).filter(|start| start.eq_ignore_ascii_case(DOCTYPE));
    if start.is_none() {
        return Err(Refusal::active("it does not begin with `<!doctype html>`", HELP).at(0, 1));
    }
    let mut reader = Reader { part: Part::Before, has_policy: false, drawings: 0, in_title: false, in_script: false };
    reader.read(text, DOCTYPE.len())?;
    match (reader.has_policy, reader.part) {
        (true, Part::Body | Part::Behind) => Ok(()),
        _ => Err(Refusal::active("it has no body behind okrbook's Content-Security-Policy", HELP)),
    }
}

fn length(piece: Piece<'_>) -> usize {
    match piece {
        Piece::Open { name, .. } => name.len() + 1,
        Piece::Close(name) => name.len() + 2,
        _ => 1,
    }
}

/// What is wrong: with the piece as a whole, or at a place in it.
enum Told {
    Here(String),
    There(Refusal),
}

impl From<String> for Told {
    fn from(what: String) -> Self {
        Self::Here(what)
    }
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self::There(refusal)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Html,
    Head,
    Between,
    Body,
    Behind,
}

struct Reader {
    part: Part,
    has_policy: bool,
    /// How many `<svg>` are open.
    drawings: usize,
    in_title: bool,
    /// Whether a script's tag was the last piece: nothing but its end may follow.
    in_script: bool,
}

impl Reader {
    fn read(&mut self, text: &str, start: usize) -> Outcome {
        let mut pieces = Pieces::new(text, start, Language::Html);
        let mut attributes = Vec::new();
        while let Some((at, piece)) = pieces.next(&mut attributes)? {
            let told = match piece {
                Piece::Close("script") if self.in_script => {
                    self.in_script = false;
                    Ok(())
                }
                _ if self.in_script => Err("a script stands in the page itself".to_owned().into()),
                Piece::Open { name, is_closed } => self.open(name, is_closed, &attributes),
                Piece::Close(name) => self.close(name),
                Piece::Text(text) => self.text(text),
                Piece::Plain(_) => Err("a CDATA section stands in a page".to_owned().into()),
                // Browsers read no remarks in titles, and would end the title inside of one.
                Piece::Remark if self.in_title => Err("a remark stands in a title".to_owned().into()),
                Piece::Remark => Ok(()),
            };
            told.map_err(|told| match told {
                Told::Here(what) => Refusal::active(what, HELP).at(at, at + length(piece)),
                Told::There(refusal) => refusal,
            })?;
        }
        Ok(())
    }

    fn open(&mut self, name: &str, is_closed: bool, attributes: &[Attribute<'_>]) -> Result<(), Told> {
        if self.in_title {
            return Err(format!("`<{name}>` stands in a title").into());
        }
        let next = match (self.part, name) {
            (Part::Before, "html") => Part::Html,
            (Part::Html, "head") => Part::Head,
            (Part::Between, "body") => Part::Body,
            (Part::Head, "meta") => return self.meta(attributes),
            (Part::Head, "link" | "title") if self.has_policy => {
                self.in_title = name == "title";
                return all(attributes, |known| head_attribute(name, attributes, known));
            }
            (Part::Head, "script") if self.has_policy && !is_closed => {
                self.in_script = true;
                return Ok(script::tag(attributes)?);
            }
            (Part::Head, "link" | "title" | "script") => return Err(missing_policy()),
            (Part::Body, _) => return self.element(name, is_closed, attributes),
            _ => return Err(format!("`<{name}>` stands where okrbook's pages have none").into()),
        };
        self.part = next;
        all(attributes, |known| plain_attribute(name, known))
    }

    fn close(&mut self, name: &str) -> Result<(), Told> {
        match (self.part, name) {
            (_, "title") => self.in_title = false,
            (Part::Head, "head") => self.part = Part::Between,
            (Part::Body, "body") if self.drawings == 0 => self.part = Part::Behind,
            (Part::Behind, "html") => {}
            (Part::Body, "svg") => self.drawings = self.drawings.saturating_sub(1),
            (Part::Body, _) if words::PAGE_ELEMENTS.has(name) || words::CHART_ELEMENTS.has(name) => {}
            _ => return Err(format!("`</{name}>` stands where okrbook's pages have none").into()),
        }
        Ok(())
    }

    fn text(&self, text: &str) -> Result<(), Told> {
        // Text makes browsers begin the body, behind which a policy no longer counts.
        let is_shown = self.part == Part::Body || self.in_title;
        match is_shown || text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            true => Ok(()),
            false => Err("text stands outside of the page's body".to_owned().into()),
        }
    }

    /// Looks at an element of the head that says something about the page.
    fn meta(&mut self, attributes: &[Attribute<'_>]) -> Result<(), Told> {
        let value =
            |wanted: &str| attributes.iter().find(|known| known.name == wanted).map(Attribute::value).transpose();
        let content = value("content")?.unwrap_or_default();
        let about = (value("http-equiv")?, value("charset")?);
        match (about.0.as_deref(), about.1.as_deref()) {
            (None, Some("utf-8" | "UTF-8")) if attributes.len() == 1 => Ok(()),
            (None, Some(_)) => Err("the page names another encoding than UTF-8".to_owned().into()),
            (Some("Content-Security-Policy"), None) if POLICIES.contains(&&*content) && attributes.len() == 2 => {
                self.has_policy = true;
                Ok(())
            }
            (Some("Content-Security-Policy"), None) => {
                Err("its Content-Security-Policy is none that okrbook's pages carry".to_owned().into())
            }
            _ if !self.has_policy => Err(missing_policy()),
            (Some("refresh"), None) if leads_on(&content) => Ok(()),
            (Some(other), _) => {
                let shown: String = other.chars().take(40).collect();
                Err(format!("`<meta http-equiv=\"{shown}\">` is none that okrbook's pages have").into())
            }
            (None, None) => all(attributes, |known| plain_attribute("meta", known)),
        }
    }

    fn element(&mut self, name: &str, is_closed: bool, attributes: &[Attribute<'_>]) -> Result<(), Told> {
        if name == "svg" {
            self.drawings += usize::from(!is_closed);
        } else if self.drawings == 0 && !words::PAGE_ELEMENTS.has(name) {
            return Err(format!("`<{name}>` is none of the elements of okrbook's pages").into());
        }
        if self.drawings == 0 && name != "svg" {
            return all(attributes, |known| page_attribute(name, known));
        }
        if !words::CHART_ELEMENTS.has(name) {
            return Err(format!("`<{name}>` is none of the elements of okrbook's charts").into());
        }
        self.in_title = name == "title" && !is_closed;
        all(attributes, chart_attribute)
    }
}

fn missing_policy() -> Told {
    "okrbook's Content-Security-Policy does not stand before it".to_owned().into()
}

fn all<'a, 't>(attributes: &'a [Attribute<'t>], look: impl Fn(&'a Attribute<'t>) -> Outcome) -> Result<(), Told> {
    Ok(attributes.iter().try_for_each(look)?)
}

/// Says whether a page that leads on does so at once, and inside the site.
fn leads_on(content: &str) -> bool {
    content.strip_prefix("0; url=").is_some_and(|target| address::is_local(target) && !target.starts_with(['"', '\'']))
}

fn plain_attribute(element: &str, attribute: &Attribute<'_>) -> Outcome {
    let name = attribute.name;
    if words::PAGE_ATTRIBUTES.has(name) || words::is_note(name) {
        return Ok(());
    }
    Err(attribute.refused(format!("`{element}` has the attribute `{name}`, which okrbook's pages have not"), HELP))
}

fn page_attribute(element: &str, attribute: &Attribute<'_>) -> Outcome {
    let is_fine: fn(&str) -> bool = match (element, attribute.name) {
        ("a", "href") => address::is_link,
        ("img", "src") => |value| address::is_local(value) || address::is_points(value),
        _ => return plain_attribute(element, attribute),
    };
    leads(element, attribute, is_fine)
}

fn head_attribute(element: &str, all: &[Attribute<'_>], attribute: &Attribute<'_>) -> Outcome {
    let rel = all.iter().find(|known| known.name == "rel").map(Attribute::value).transpose()?;
    match (element, attribute.name, rel.as_deref()) {
        ("link", "href", Some("icon" | "stylesheet")) => leads(element, attribute, address::is_local),
        ("link", "href", Some("alternate" | "canonical" | "next" | "prev")) => {
            leads(element, attribute, address::is_link)
        }
        ("link", "rel", Some("icon" | "stylesheet" | "alternate" | "canonical" | "next" | "prev")) => Ok(()),
        ("link", "href" | "rel", _) => {
            Err(attribute.refused("a `<link>` is of a kind that okrbook's pages have not", HELP))
        }
        _ => plain_attribute(element, attribute),
    }
}

fn chart_attribute(attribute: &Attribute<'_>) -> Outcome {
    let name = attribute.name;
    match name {
        "href" => leads("svg", attribute, address::is_fragment),
        "xmlns" => leads("svg", attribute, |value| value == "http://www.w3.org/2000/svg"),
        "style" => Err(attribute.refused("a chart has a style of its own", HELP)),
        _ if words::is_note(name) => Ok(()),
        _ if words::DRAWING_ATTRIBUTES.has(name) => drawing::style(attribute, &attribute.value()?),
        _ => {
            Err(attribute.refused(format!("a chart has the attribute `{name}`, which okrbook's charts have not"), HELP))
        }
    }
}

fn leads(element: &str, attribute: &Attribute<'_>, is_fine: impl Fn(&str) -> bool) -> Outcome {
    let value = attribute.value().map_err(|refusal| Refusal { help: REWRITE, ..refusal })?;
    if is_fine(&value) {
        return Ok(());
    }
    let shown: String = value.chars().take(60).collect();
    Err(attribute.refused(format!("`{element}` leads to `{shown}`"), HELP))
}
