//! Templates, the only place that knows the template engine.
//!
//! In: views, which hold finished strings. Out: text. Everything is escaped, whatever a template is called, but
//! [`Markup`], which can be made only of HTML and charts that this program built itself. A book's own template
//! stands before the built-in one of the same name and may extend it.

use include_dir::{Dir, include_dir};
use serde::{Serialize, Serializer};
use tera::{Context, Tera, Value};

use crate::chart::Svg;
use crate::error::{Error, Result};
use crate::markdown::Html;
use crate::report::text::Words;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// HTML or SVG that templates print as it is; a copy costs nothing.
#[derive(Debug, Clone)]
pub(super) struct Markup(Value);

impl Default for Markup {
    fn default() -> Self {
        Self(Value::safe_string(""))
    }
}

impl From<&Html> for Markup {
    fn from(html: &Html) -> Self {
        Self(Value::safe_string(html.as_str()))
    }
}

impl From<&Svg> for Markup {
    fn from(svg: &Svg) -> Self {
        Self(Value::safe_string(svg.as_str()))
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// All templates of a site.
#[derive(Debug)]
pub(super) struct Templates {
    tera: Tera,
}

impl Templates {
    /// Returns the built-in templates, with those of the book before them; `shell` is what all pages share.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates can't be read as one.
    pub(super) fn new(own: &[(&str, &str)], shell: &impl Serialize, words: &Words) -> Result<Self> {
        let mut tera = Tera::default();
        let words = Value::try_from_serializable(words).map_err(fault)?;
        tera.set_fallback_prefixes(["user/", "builtin/"]).map_err(fault)?;
        tera.autoescape_on([""]);
        let built_in = BUILT_IN.files().filter_map(|file| {
            let name = format!("builtin/{}", file.path().to_str()?);
            Some((name, with_words(file.contents_utf8()?, &words)))
        });
        let own = own.iter().map(|(name, text)| (format!("user/{name}"), (*text).to_owned()));
        tera.add_raw_templates(built_in.chain(own)).map_err(fault)?;
        let shared = Context::from_serialize(shell).map_err(fault)?;
        tera.global_context().extend(shared);
        tera.global_context().insert_value("t", words);
        Ok(Self { tera })
    }

    /// Returns what a template makes of a view, for use inside pages.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates asks for something that the view doesn't have.
    pub(super) fn piece(&self, name: &str, view: &impl Serialize) -> Result<Markup> {
        let text = self.render(name, view)?;
        Ok(Markup(Value::safe_string(text.trim_end())))
    }

    /// Returns the page that a template makes of a view.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates asks for something that the view doesn't have.
    pub(super) fn page(&self, name: &str, view: &impl Serialize) -> Result<Vec<u8>> {
        /// Room for a usual page.
        const USUAL: usize = 64 << 10;
        let context = Context::from_serialize(view).map_err(fault)?;
        let mut page = Vec::with_capacity(USUAL);
        self.tera.render_to(name, &context, &mut page).map_err(fault)?;
        Ok(page)
    }

    fn render(&self, name: &str, view: &impl Serialize) -> Result<String> {
        let context = Context::from_serialize(view).map_err(fault)?;
        self.tera.render(name, &context).map_err(fault)
    }
}

/// Returns a built-in template with the words of the interface put in where it prints them (`{{ t.word }}`), so that
/// pages need not look them up one by one; what is no known word stays, and is an error of the engine.
fn with_words(text: &str, words: &Value) -> String {
    const START: &str = "{{ t.";
    const END: &str = " }}";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(START) {
        let after = &rest[start + START.len()..];
        let end = after.find(END).unwrap_or(after.len());
        let word = words.get_from_path(&after[..end]).and_then(Value::as_str);
        let Some(word) = word else {
            out.push_str(&rest[..start + START.len()]);
            rest = after;
            continue;
        };
        out.push_str(&rest[..start]);
        out.push_str(Html::text(word).as_str());
        rest = after.get(end + END.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Returns what the engine says, with its causes.
#[expect(clippy::needless_pass_by_value, reason = "map_err hands the error over")]
fn fault(error: tera::Error) -> Error {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        message.push_str(&format!("\n{inner}"));
        cause = inner.source();
    }
    Error::Integrity { message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::Language;

    #[derive(Serialize)]
    struct View {
        text: &'static str,
        markup: Markup,
    }

    fn view() -> View {
        View { text: "<b>&\"'", markup: Markup::from(&Html::text("a<b")) }
    }

    #[test]
    fn everything_is_escaped_but_markup_whatever_the_template_is_called() {
        for name in ["index.html", "index.txt", "index", "x.svg"] {
            let own = [(name, "{{ text }}|{{ markup }}")];
            let templates = Templates::new(&own, &view(), Language::English.words()).expect("fine templates");
            let text = templates.render(name, &view()).expect("a page");
            assert_eq!(
                text,
                "&lt;b&gt;&amp;&quot;&#x27;|a&lt;b"
                    .replace("&#x27;", if text.contains("&#39;") { "&#39;" } else { "&#x27;" })
            );
        }
    }

    #[test]
    fn a_book_may_replace_a_block_of_a_built_in_template() {
        let own = [("404.html", "{% extends \"builtin/404.html\" %}{% block main %}gone: {{ super() }}{% endblock %}")];
        assert!(Templates::new(&own, &view(), Language::English.words()).is_ok());
    }

    #[test]
    fn a_wrong_template_is_an_error_that_shows_the_place() {
        let error = Templates::new(&[("404.html", "{{ x")], &view(), Language::English.words()).expect_err("unclosed");
        assert!(error.to_string().contains("user/404.html"), "{error}");
    }

    #[test]
    fn no_built_in_template_switches_escaping_off() {
        for file in BUILT_IN.files() {
            let text = file.contents_utf8().expect("text");
            assert!(!text.contains("safe"), "{}", file.path().display());
            assert!(!text.contains("style="), "{}", file.path().display());
            assert!(!text.contains("<script>"), "{}", file.path().display());
        }
    }
}
