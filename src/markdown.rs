//! Markdown texts as safe HTML.
//!
//! In: Markdown as people write it, and a function that turns relative addresses into the site's. Out: [`Html`]
//! of known tags and escaped text. Raw HTML becomes text, links keep only harmless schemes, images come only
//! from the site itself, nothing carries a `style`; so nothing has to be sanitised afterwards.

mod addresses;
pub mod blocks;
mod escape;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

pub use addresses::{Named, addresses};
pub use escape::escape;

/// A piece of HTML that is safe to print: built only by this module, from escaped text and known tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Returns the markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the markup.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns plain text as HTML.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        escape(&mut out, text);
        Self(out)
    }
}

/// How a text is set into its page.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The level of the heading that the text stands under: the text's largest headings come right below it.
    pub below: u8,
    /// Returns the address in the site for a relative one; nothing where it leads nowhere.
    pub resolve: &'a dyn Fn(&str) -> Option<String>,
}

/// Returns the text as HTML.
#[must_use]
pub fn to_html(text: &str, setting: Setting<'_>) -> Html {
    if let Some(paragraph) = plain_paragraph(text) {
        return paragraph;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    let largest = events.iter().filter_map(heading_level).min().unwrap_or(1);
    let mut writer = Writer::new(setting, largest);
    writer.out.reserve(text.len() * 5 / 4);
    for event in events {
        writer.event(event);
    }
    Html(writer.out)
}

/// Returns a text that is one line without any mark as its paragraph: most answers are.
fn plain_paragraph(text: &str) -> Option<Html> {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let is_mark =
        |byte: u8| matches!(byte, b' ' | b',' | b'.' | b';' | b'(' | b')' | b'\'' | b'?' | b'/' | b'%' | b'-');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || is_mark(byte);
    let begins_and_ends = line.bytes().next()?.is_ascii_alphabetic() && !line.ends_with(' ');
    if !begins_and_ends || !line.bytes().all(is_plain) {
        return None;
    }
    let mut out = String::with_capacity(line.len() + "<p></p>\n".len());
    out.push_str("<p>");
    escape(&mut out, line);
    out.push_str("</p>\n");
    Some(Html(out))
}

fn heading_level(event: &Event<'_>) -> Option<u8> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
        _ => None,
    }
}

/// Returns the text of one line without paragraph marks: for titles with links or emphasis.
#[must_use]
pub fn to_inline_html(text: &str, setting: Setting<'_>) -> Html {
    let mut html = to_html(text, setting).0;
    html.truncate(html.trim_end().len());
    let single = html.matches("<p>").count() == 1 && html.starts_with("<p>") && html.ends_with("</p>");
    if single { Html(html["<p>".len()..html.len() - "</p>".len()].to_owned()) } else { Html::text(text) }
}

/// Returns the text without its marks: for titles, feeds and text alternatives.
#[must_use]
pub fn to_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock)
                if !out.ends_with([' ', '\n']) =>
            {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// To another site, or to a mail program.
    Outside(String),
    /// Into this site.
    Inside(String),
    /// Nowhere that a reader should be sent.
    Refused,
}

/// Returns where an address leads; `resolve` gives a relative one its place in the site, or nothing where it leads nowhere.
#[must_use]
pub fn address(text: &str, resolve: &dyn Fn(&str) -> Option<String>) -> Address {
    let clean: String = text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if clean.starts_with("//") || clean.contains('\\') {
        return Address::Refused;
    }
    let head = clean.find(['/', '?', '#']).map_or(clean.as_str(), |end| &clean[..end]);
    match head.split_once(':') {
        Some((scheme, _)) if ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            Address::Outside(clean)
        }
        Some(_) => Address::Refused,
        None if clean.starts_with('#') => Address::Inside(clean),
        None => resolve(&clean).map_or(Address::Refused, Address::Inside),
    }
}

/// Turns events into markup. Keeps what has to be closed.
struct Writer<'a> {
    out: String,
    setting: Setting<'a>,
    /// The level of the text's largest headings.
    largest: u8,
    /// The level of the heading written last.
    heading: u8,
    alignments: Vec<Alignment>,
    cell: usize,
    in_table_head: bool,
    /// For each open link, what closes it.
    links: Vec<&'static str>,
    /// Above 0 inside an image, whose text is its alternative.
    image_depth: usize,
    alternative: String,
    image: Option<String>,
    /// Inside an HTML comment that goes on over several lines.
    in_comment: bool,
}

impl<'a> Writer<'a> {
    fn new(setting: Setting<'a>, largest: u8) -> Self {
        Self {
            out: String::new(),
            setting,
            largest,
            heading: setting.below,
            alignments: Vec::new(),
            cell: 0,
            in_table_head: false,
            links: Vec::new(),
            image_depth: 0,
            alternative: String::new(),
            image: None,
            in_comment: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::Code(text) if self.image_depth > 0 => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak if self.image_depth > 0 => self.text(" "),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.out.push_str(if done { "\u{2611} " } else { "\u{2610} " }),
        }
    }

    /// Writes raw HTML as text, without comments, which are for those who write.
    fn html(&mut self, mut rest: &str) {
        loop {
            let mark = if self.in_comment { "-->" } else { "<!--" };
            let Some((before, after)) = rest.split_once(mark) else { break };
            if !self.in_comment {
                self.text(before);
            }
            self.in_comment = !self.in_comment;
            rest = after;
        }
        if !self.in_comment && !rest.trim().is_empty() {
            self.text(rest);
        }
    }

    fn text(&mut self, text: &str) {
        if self.image_depth > 0 {
            self.alternative.push_str(text);
        } else {
            escape(&mut self.out, text);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.image_depth > 0 {
            self.image_depth += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        match tag {
            Tag::Heading { level, .. } => {
                // No level is left out, whatever the text does.
                let wanted = self.setting.below.saturating_add(1 + (level as u8).saturating_sub(self.largest));
                self.heading = wanted.min(self.heading + 1).min(6);
                let level = self.heading;
                self.out.push_str(&format!("<h{level}>"));
            }
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(Some(first)) if first != 1 => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.out.push_str("<div class=\"scroll\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell_start(),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title),
            Tag::Image { dest_url, .. } => {
                self.image_depth = 1;
                self.alternative.clear();
                self.image = match address(&dest_url, self.setting.resolve) {
                    Address::Inside(address) if !address.starts_with('#') => Some(address),
                    _ => None,
                };
            }
            other => self.out.push_str(plain_tag(&other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.image_depth > 0 {
            if tag == TagEnd::Image {
                self.image_depth -= 1;
                if self.image_depth == 0 {
                    self.image_end();
                }
            }
            return;
        }
        match tag {
            TagEnd::Heading(_) => {
                let level = self.heading;
                self.out.push_str(&format!("</h{level}>\n"));
            }
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableCell => {
                self.cell += 1;
                self.out.push_str(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::Link => {
                let close = self.links.pop().unwrap_or_default();
                self.out.push_str(close);
            }
            // A block of nothing but comments leaves no paragraph.
            TagEnd::HtmlBlock if self.out.ends_with("<p>") => self.out.truncate(self.out.len() - "<p>".len()),
            other => self.out.push_str(plain_end(other)),
        }
        self.in_comment &= tag != TagEnd::HtmlBlock;
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split_whitespace().next()
        {
            self.out.push_str(" class=\"language-");
            escape(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn cell_start(&mut self) {
        self.out.push_str(if self.in_table_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"centre\">",
            _ => ">",
        });
    }

    fn link(&mut self, kind: LinkType, destination: &CowStr<'_>, title: &CowStr<'_>) {
        let destination =
            if kind == LinkType::Email { format!("mailto:{destination}") } else { destination.to_string() };
        let (address, outside) = match address(&destination, self.setting.resolve) {
            Address::Outside(address) => (address, true),
            Address::Inside(address) => (address, false),
            Address::Refused => return self.links.push(""),
        };
        self.out.push_str("<a href=\"");
        escape(&mut self.out, &address);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape(&mut self.out, title);
        }
        self.out.push_str(if outside { "\" rel=\"noopener noreferrer external\">" } else { "\">" });
        self.links.push("</a>");
    }

    fn image_end(&mut self) {
        let alternative = std::mem::take(&mut self.alternative);
        let Some(address) = self.image.take() else { return escape(&mut self.out, &alternative) };
        self.out.push_str("<img src=\"");
        escape(&mut self.out, &address);
        self.out.push_str("\" alt=\"");
        escape(&mut self.out, &alternative);
        self.out.push_str("\" loading=\"lazy\">");
    }
}

/// Returns the opening mark of tags that carry nothing.
const fn plain_tag(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "<p>",
        Tag::BlockQuote(_) => "<blockquote>\n",
        Tag::List(Some(_)) => "<ol>\n",
        Tag::List(None) => "<ul>\n",
        Tag::Item => "<li>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        Tag::HtmlBlock => "<p>",
        _ => "",
    }
}

/// Returns the closing mark of tags that carry nothing.
const fn plain_end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::Table => "</tbody></table></div>\n",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let resolve = |address: &str| Some(format!("../{address}"));
        to_html(text, Setting { below: 1, resolve: &resolve }).0
    }

    #[test]
    fn ordinary_text_becomes_ordinary_tags() {
        assert_eq!(html("# Hi *you*\n\na `b`"), "<h2>Hi <em>you</em></h2>\n<p>a <code>b</code></p>\n");
        assert_eq!(html("## a\n\n#### b\n\n##### c\n\n## d"), "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h2>d</h2>\n");
        assert_eq!(html("- [x] done"), "<ul>\n<li>\u{2611} done</li>\n</ul>\n");
        assert_eq!(html("3. three"), "<ol start=\"3\">\n<li>three</li>\n</ol>\n");
    }

    #[test]
    fn tables_scroll_inside_themselves_and_align_by_class() {
        let table = html("| a | b |\n|---|--:|\n| 1 | 2 |");
        assert!(table.starts_with("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">a</th>"));
        assert!(table.contains("<tbody>\n<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody></table></div>"));
    }

    #[test]
    fn a_plain_line_is_the_same_paragraph_without_the_parser() {
        for text in ["Yes", "Yes, 12 % (of 3.5) isn't - so; why?\n", "a/b", "a  b", "A. b", "i) c", "a --- b"] {
            let parsed: String = {
                let resolve = |_: &str| None;
                let mut writer = Writer::new(Setting { below: 1, resolve: &resolve }, 1);
                Parser::new(text).for_each(|event| writer.event(event));
                writer.out
            };
            assert_eq!(plain_paragraph(text).map(|html| html.0), Some(parsed), "{text:?}");
        }
        for marked in ["", " a", "a ", "1. a", "- a", "a\nb", "a *b*", "a_b_", "a\\", "`a`", "a\n\n", "a & b", "ä"] {
            assert_eq!(plain_paragraph(marked), None, "{marked:?}");
        }
    }

    #[test]
    fn nothing_that_a_text_says_becomes_script() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](<java\tscript:alert(1)>)",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html,<script>)",
            "[x](//evil.example)",
            "[x](\\\\evil.example)",
            "[x](vbscript:x)",
            "![x](https://evil.example/a.png)",
            "![x](javascript:alert(1))",
            "![\"><script>](a.png)",
            "[a](b.md '\"onmouseover=alert(1)')",
            "```\"><script>\n```",
            "<javascript:alert(1)>",
            "<!-- --><svg onload=alert(1)>",
        ] {
            let html = html(hostile);
            let lower = html.to_lowercase();
            for bad in ["<script", "<img src=\"http", "href=\"java", "href=\"data", "href=\"vb", "href=\"//", "<svg"] {
                assert!(!lower.contains(bad), "{hostile} → {html}");
            }
            assert!(!lower.contains(" onerror=alert") || lower.contains("&lt;img"), "{hostile} → {html}");
            assert!(!lower.contains("\"onmouseover"), "{hostile} → {html}");
        }
    }

    #[test]
    fn links_keep_harmless_schemes_and_say_that_they_lead_away() {
        assert!(html("[a](https://x.example/?q=1)").contains("rel=\"noopener noreferrer external\""));
        assert!(html("<me@x.example>").contains("href=\"mailto:me@x.example\""));
        assert_eq!(html("[a](b.html)"), "<p><a href=\"../b.html\">a</a></p>\n");
        assert_eq!(html("[a](#b)"), "<p><a href=\"#b\">a</a></p>\n");
        assert_eq!(html("[a](ftp://x)"), "<p>a</p>\n");
        assert_eq!(html("![an *a*](b.png)"), "<p><img src=\"../b.png\" alt=\"an a\" loading=\"lazy\"></p>\n");
    }

    #[test]
    fn comments_are_for_those_who_write() {
        assert_eq!(html("a\n\n<!-- x -->\n\nb"), "<p>a</p>\n<p>b</p>\n");
        assert_eq!(html("<!-- x\ny\n-->\nb"), "<p>b</p>\n");
        assert_eq!(html("a <!-- x --> b"), "<p>a  b</p>\n");
        assert_eq!(html("<!-- x --> <b>"), "<p> &lt;b&gt;</p>\n");
        assert_eq!(html("<!-- never closed\n\nb"), "");
    }

    #[test]
    fn marks_can_be_left_out() {
        assert_eq!(to_text("A **bold** [link](x) and `code`\n\nnext"), "A bold link and code next");
    }

    #[test]
    fn deep_and_long_texts_end() {
        for hostile in ["> ".repeat(20_000), "[".repeat(20_000), "*a ".repeat(20_000), "- ".repeat(20_000)] {
            assert!(html(&hostile).len() < 1_000_000);
        }
    }
}
