//! Drawings: SVG that shows and does nothing, and the feed, which is XML as well.
//!
//! In: XML. Out: the first thing in it that could run, load or lead elsewhere, or that is not known to be harmless. Notes of
//! drawing programs (Inkscape, Illustrator, Sketch, Figma…) may stay: no browser knows their vocabularies.

use super::pieces::{Attribute, Language, Piece, Pieces, REWRITE, decoded};
use super::refusal::{Outcome, Refusal};
use super::spaces::{HELP, Space, Spaces};
use super::{address, sheet, words};

/// The deepest element that is read.
const DEPTH: usize = 200;

/// Looks at a drawing.
pub(super) fn look(text: &str) -> Outcome {
    Reader::new(Form::Drawing).look(text)
}

/// Looks at an Atom feed.
pub(super) fn look_at_feed(text: &str) -> Outcome {
    Reader::new(Form::Feed).look(text)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Drawing,
    Feed,
}

struct Reader<'t> {
    form: Form,
    open: Vec<&'t str>,
    /// The style sheet that is being read, and where it begins.
    sheet: Option<(usize, String)>,
    spaces: Spaces<'t>,
    has_root: bool,
}

impl<'t> Reader<'t> {
    fn new(form: Form) -> Self {
        Self { form, open: Vec::new(), sheet: None, spaces: Spaces::default(), has_root: false }
    }

    fn look(mut self, text: &'t str) -> Outcome {
        let start = begin(text)?;
        let mut pieces = Pieces::new(text, start, Language::Xml);
        let mut attributes = Vec::new();
        while let Some((at, piece)) = pieces.next(&mut attributes)? {
            match piece {
                Piece::Open { name, is_closed } => self.element((at, name), is_closed, &attributes)?,
                Piece::Close(name) => self.close(at, name)?,
                Piece::Text(raw) => {
                    let text = decoded(raw).map_err(|refusal| refusal.at(at, at + raw.len()))?;
                    self.text(at, &text)?;
                }
                Piece::Plain(_) if self.sheet.is_none() => {
                    let what = "a CDATA section stands outside of `<style>`";
                    return Err(Refusal::active(what, "write its text plainly").at(at, at + 9));
                }
                Piece::Plain(text) => self.text(at, text)?,
                // A reader of HTML reads no remarks in such texts, and would end them inside of one.
                Piece::Remark
                    if self.sheet.is_some() || self.open.last().is_some_and(|name| name.ends_with("title")) =>
                {
                    return Err(Refusal::active("a remark stands in a style sheet or a title", HELP).at(at, at + 4));
                }
                Piece::Remark => {}
            }
        }
        match (self.has_root, self.open.last()) {
            (true, None) => Ok(()),
            (_, Some(name)) => Err(Refusal::active(format!("`<{name}>` doesn't end"), REWRITE)),
            (false, None) => {
                Err(Refusal::unknown("it doesn't hold what its ending says: there is no `<svg>` in it", HELP))
            }
        }
    }

    fn element(&mut self, (at, name): (usize, &'t str), is_closed: bool, attributes: &[Attribute<'t>]) -> Outcome {
        let here = (at, at + 1 + name.len());
        let refused = |what: String| Refusal::active(what, HELP).at(here.0, here.1);
        if self.open.is_empty() && self.has_root || self.open.len() >= DEPTH || self.sheet.is_some() {
            return Err(refused(format!("`<{name}>` stands where no element may stand")));
        }
        self.spaces.declare(self.open.len(), attributes)?;
        let Some((space, local)) = self.spaces.element(name) else {
            return Err(refused(format!("nothing says what `{name}` belongs to")));
        };
        let is_root_missing =
            !self.has_root && !matches!((self.form, local), (Form::Drawing, "svg") | (Form::Feed, "feed"));
        let is_known = match (self.form, space) {
            (Form::Drawing, Space::Drawing) => words::DRAWING_ELEMENTS.has(local),
            // With a prefix they are unknown to readers of HTML as well.
            (Form::Drawing, Space::Notes) => self.has_root && name.contains(':'),
            (Form::Feed, Space::Feed) => words::FEED_ELEMENTS.has(local),
            _ => false,
        };
        if is_root_missing || !is_known {
            let kind = if self.form == Form::Feed { "a feed" } else { "a drawing" };
            return Err(refused(format!("`<{name}>` is none of the elements that {kind} needs")));
        }
        self.has_root = true;
        for attribute in attributes {
            match self.form {
                Form::Drawing => self.attribute((space, local), attribute)?,
                Form::Feed => feed_attribute(local, attribute)?,
            }
        }
        if is_closed {
            self.spaces.leave(self.open.len());
        } else {
            self.sheet = (space == Space::Drawing && local == "style").then(|| (0, String::new()));
            self.open.push(name);
        }
        Ok(())
    }

    fn close(&mut self, at: usize, name: &str) -> Outcome {
        if self.open.pop() != Some(name) {
            let what = format!("`</{name}>` ends nothing that is open");
            return Err(Refusal::active(what, REWRITE).at(at, at + 2 + name.len()));
        }
        self.spaces.leave(self.open.len());
        match self.sheet.take() {
            Some((start, sheet)) => sheet::look(&sheet, sheet::Place::Drawing).map_err(|refusal| refusal.behind(start)),
            None => Ok(()),
        }
    }

    fn text(&mut self, at: usize, text: &str) -> Outcome {
        if self.open.is_empty() && !text.trim().is_empty() {
            return Err(Refusal::active("text stands outside of all elements", REWRITE).at(at, at + 1));
        }
        // Texts and CDATA sections are one style sheet.
        if let Some((start, sheet)) = &mut self.sheet {
            *start = if sheet.is_empty() { at } else { *start };
            sheet.push_str(text);
        }
        Ok(())
    }

    fn attribute(&self, (of, element): (Space, &str), attribute: &Attribute<'t>) -> Outcome {
        let name = attribute.name;
        if name == "xmlns" || name.starts_with("xmlns:") {
            return Ok(());
        }
        let unknown = || attribute.refused(format!("`{name}` is none of the attributes that a drawing needs"), HELP);
        let (space, local) = self.spaces.attribute(name).ok_or_else(unknown)?;
        if local.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            return Err(attribute.refused(format!("`{name}` runs script"), HELP));
        }
        let value = attribute.value()?;
        match space {
            Space::Notes | Space::Xml => Ok(()),
            _ if of == Space::Notes => match local {
                "href" | "src" | "style" => Err(unknown()),
                _ => Ok(()),
            },
            Space::Link => match local {
                "href" => link(element, attribute, &value),
                "actuate" | "arcrole" | "role" | "show" | "title" | "type" => Ok(()),
                _ => Err(unknown()),
            },
            Space::Drawing if local == "href" => link(element, attribute, &value),
            Space::Drawing if words::DRAWING_ATTRIBUTES.has(local) || words::is_note(local) => {
                style(attribute, &value)?;
                animated(attribute, &value)
            }
            _ => Err(unknown()),
        }
    }
}

/// Returns where the first element can begin: behind a mark of the byte order and the declaration of XML.
fn begin(text: &str) -> Result<usize, Refusal> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(rest) = text[start..].strip_prefix("<?xml") else { return Ok(start) };
    let (declaration, _) = rest.split_once("?>").unwrap_or((rest, ""));
    let whole = start + "<?xml".len() + declaration.len() + "?>".len();
    let odd =
        |what: &str| Refusal::active(what, "write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`").at(start, start + 5);
    if !declaration.starts_with([' ', '\t', '\n', '\r']) || declaration.contains('<') || whole > text.len() {
        return Err(odd("the declaration of XML is not written as it should be"));
    }
    for encoding in declaration.split("encoding").skip(1) {
        let encoding = encoding.trim_start().trim_start_matches('=').trim_start();
        let name = encoding.get(1..).unwrap_or_default().split(['"', '\'']).next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("utf-8") {
            return Err(odd("the declaration of XML names another encoding than UTF-8"));
        }
    }
    Ok(whole)
}

/// Looks at what an element of SVG leads to.
fn link(element: &str, attribute: &Attribute<'_>, value: &str) -> Outcome {
    let (is_fine, may) = match element {
        "a" => (address::is_link(value), "a link to a page"),
        "image" => (
            address::is_fragment(value) || address::is_points(value),
            "a picture inside the file (data:image/png;base64,…)",
        ),
        _ => (address::is_fragment(value), "a part of the drawing (`#id`)"),
    };
    if is_fine {
        return Ok(());
    }
    let shown: String = value.chars().take(60).collect();
    Err(attribute.refused(format!("`{element}` refers to `{shown}`; it may refer to {may}"), HELP))
}

/// Looks at a value that is read as a style.
pub(super) fn style(attribute: &Attribute<'_>, value: &str) -> Outcome {
    if attribute.name != "style" && !sheet::is_suspect(value) {
        return Ok(());
    }
    sheet::look(value, sheet::Place::Drawing).map_err(|refusal| attribute.refused(refusal.what, HELP))
}

/// Looks at which attribute an animation changes: one that only colours and places.
fn animated(attribute: &Attribute<'_>, value: &str) -> Outcome {
    let is_fine = attribute.name != "attributeName"
        || words::DRAWING_ATTRIBUTES.has(value) && !matches!(value, "href" | "style" | "attributeName");
    if is_fine {
        return Ok(());
    }
    let shown: String = value.chars().take(60).collect();
    Err(attribute.refused(format!("an animation changes `{shown}`"), HELP))
}

fn feed_attribute(element: &str, attribute: &Attribute<'_>) -> Outcome {
    let value = attribute.value()?;
    let is_fine = match attribute.name {
        "xmlns" | "xml:lang" | "title" | "term" | "label" => true,
        "type" if element == "link" => matches!(&*value, "text/html" | "application/atom+xml"),
        // Text that is read as HTML could hold anything.
        "type" => value == "text",
        "rel" => matches!(&*value, "self" | "alternate" | "related" | "via"),
        "href" | "uri" | "scheme" => address::is_link(&value),
        _ => false,
    };
    if is_fine {
        Ok(())
    } else {
        Err(attribute.refused(format!("`{}` is none of a feed's attributes", attribute.name), HELP))
    }
}
