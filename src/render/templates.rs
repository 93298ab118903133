//! Templates, the only place that knows the template engine.
//!
//! In: views, which hold finished strings. Out: text. Everything is escaped, whatever a template is called, but
//! [`Markup`]. A book's own template stands before the built-in one of the same name and may extend it; its work is
//! counted and bounded.

mod active;
mod advice;
mod extras;
mod fault;
mod meter;
mod parent;
mod withheld;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use tera::{Context, Tera, Value};

use self::fault::fault;
use self::meter::{Counted, meter, weight};
use super::built_in::{BUILT_IN, built_in_templates};
use super::markup::Markup;
use super::nesting;
use super::pieces::Piece;
use super::stencil::{Field, Fields, Inner, MARK, Stencil};
use super::work;
use crate::error::{Error, Result};
use crate::markdown::Html;
use crate::report::text::Words;

pub(super) use self::withheld::CODE as WITHHELD;

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        Value::safe_string(self.as_str()).serialize(serializer)
    }
}

/// All templates of a site.
#[derive(Debug)]
pub(super) struct Templates {
    tera: Tera,
    /// The pieces' templates, cut; nothing for those that the book replaced.
    stencils: Vec<Option<Stencil>>,
    /// Those of the book's own that pages are made with. Where there are some, work is counted, and pages are looked at.
    own: Own,
}

/// A book's own templates: name and text.
type Own = BTreeMap<String, String>;

impl Templates {
    /// Returns the same as [`with_assets`](Self::with_assets), of a book without assets.
    #[cfg(test)]
    pub(super) fn new(own: &[(&str, &str)], shell: &impl Serialize, words: &Words) -> Result<Self> {
        Self::with_assets(own, shell, words, BTreeMap::new())
    }

    /// Returns the built-in templates, with those of the book before them, which may ask for `assets` by their names;
    /// `shell` is what all pages share.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates can't be read as one.
    pub(super) fn with_assets(
        own: &[(&str, &str)],
        shell: &impl Serialize,
        words: &Words,
        assets: BTreeMap<String, String>,
    ) -> Result<Self> {
        let mut tera = Tera::default();
        let words = Value::try_from_serializable(words).map_err(fault)?;
        tera.set_fallback_prefixes(["user/", "builtin/"]).map_err(fault)?;
        tera.autoescape_on([""]);
        // Templates of PDF files are in another engine's language.
        let is_page = |name: &str| !name.ends_with(".typ");
        let built_in = BUILT_IN.files().filter_map(|file| {
            let name = format!("builtin/{}", file.path().to_str().filter(|name| is_page(name))?);
            Some((name, with_words(file.contents_utf8()?, &words)))
        });
        let own: Own =
            own.iter().filter(|(name, _)| is_page(name)).map(|(n, t)| (n.to_string(), t.to_string())).collect();
        // A page prints what all pages share between its strings, which may hold somebody's mark.
        let holds_mark = serde_json::to_string(shell).expect("internal: strings always serialise").contains(MARK);
        let are_pages_cut = own.is_empty() && !holds_mark;
        let is_cut = |piece: &Piece| if piece.is_page() { are_pages_cut } else { !own.contains_key(piece.template()) };
        let stencils = Piece::ALL.iter().map(|piece| is_cut(piece).then(Stencil::new)).collect();
        if !own.is_empty() {
            meter(&mut tera);
            extras::add(&mut tera, assets);
        }
        let metered = metered(&own)?;
        if let Some(name) = nesting::too_deep(&all_texts(&own)) {
            let name = name.replacen("user/", "templates/", 1);
            return Err(Error::template(nesting::TOO_DEEP, vec![format!("--> {name}")]));
        }
        tera.add_raw_templates(built_in.chain(metered)).map_err(fault)?;
        let shared = Context::from_serialize(shell).map_err(fault)?;
        tera.global_context().extend(shared);
        tera.global_context().insert_value("t", words);
        Ok(Self { tera, stencils, own })
    }

    /// Adds to `out` what a small template makes of its strings.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates asks for something that the piece doesn't have.
    pub(super) fn add(&self, out: &mut Markup, piece: Piece, fields: &Fields<'_>) -> Result<()> {
        self.add_around(out, piece, fields, &mut |_| Ok(()))
    }

    /// Adds to `out` what a small template makes of its strings and of what `inner` adds in the place of one.
    ///
    /// # Errors
    ///
    /// Whatever `inner` returns; else as [`add`](Self::add).
    pub(super) fn add_around(
        &self,
        out: &mut Markup,
        piece: Piece,
        fields: &Fields<'_>,
        inner: &mut Inner<'_>,
    ) -> Result<()> {
        debug_assert!(fields.iter().map(|(name, _)| *name).eq(piece.strings().iter().copied()), "{piece:?}");
        let render = |fields: &Fields<'_>| self.piece(piece, fields);
        if let Some(Some(stencil)) = self.stencils.get(piece as usize)
            && stencil.add(out, fields, inner, &render)?
        {
            return Ok(());
        }
        let mut made = Markup::default();
        inner(&mut made)?;
        let mut known = fields.to_vec();
        for (_, field) in &mut known {
            if matches!(field, Field::Inner) {
                *field = Field::Html(&made);
            }
        }
        out.add(&Markup::rendered(render(&known)?));
        Ok(())
    }

    /// Returns what a template makes of a view, for use inside pages.
    ///
    /// # Errors
    ///
    /// Where one of the book's templates asks for something that the view doesn't have.
    pub(super) fn rendered(&self, name: &str, view: &impl Serialize) -> Result<Markup> {
        let mut text = self.page(name, view)?;
        text.truncate(text.trim_end().len());
        Ok(Markup::rendered(text))
    }

    fn piece(&self, piece: Piece, fields: &Fields<'_>) -> Result<String> {
        let name = piece.template();
        let cost = if piece.is_page() { work::PAGE } else { work::PIECE };
        let (mut text, given) = self.made_of_fields(name, fields, cost)?;
        if self.own.contains_key(name) || (piece.is_page() && self.has_own()) {
            withheld::look((name, self.file(name)), |name| given.get(name), &text)?;
        }
        if !piece.is_page() {
            text.truncate(text.trim_end().len());
        }
        Ok(text)
    }

    /// Returns what the engine makes of a template and its strings, with these as it knows them.
    fn made_of_fields(
        &self,
        name: &str,
        fields: &Fields<'_>,
        cost: u64,
    ) -> Result<(String, BTreeMap<&'static str, Value>)> {
        let given: BTreeMap<&str, Value> = fields.iter().map(|(name, field)| (*name, value_of(field))).collect();
        let weight = given.values().fold(0_u64, |sum, value| sum.saturating_add(weight(value, u64::MAX)));
        let mut context = Context::new();
        for (name, value) in &given {
            context.insert_value(*name, value.clone());
        }
        Ok((self.made(name, &context, (cost, weight))?, given))
    }

    /// Returns the book's own template that had a hand in what a template made: itself, else the one of all pages, else any.
    fn file<'n>(&'n self, name: &'n str) -> &'n str {
        let known = [name, "base.html"].into_iter().find(|name| self.own.contains_key(*name));
        known.or_else(|| self.own.keys().next().map(String::as_str)).unwrap_or(name)
    }

    /// Returns what the small templates of the book's own fail with that ask for a name which they never get, whether
    /// this book's pages have what they ask about or not.
    pub(super) fn tried(&self) -> Vec<Error> {
        let small = Piece::ALL.iter().filter(|piece| !piece.is_page() && self.own.contains_key(piece.template()));
        let failed = small.filter_map(|piece| {
            let fields: Vec<_> = piece.strings().iter().map(|name| (*name, Field::Text("1"))).collect();
            self.made_of_fields(piece.template(), &fields, work::PIECE).err()
        });
        failed.filter(|error| error.message().starts_with("Variable `")).collect()
    }

    /// Adds the page that a template makes of a view.
    ///
    /// # Errors
    ///
    /// Where one of the book's own templates asks for something that the page doesn't have.
    pub(super) fn add_page(&self, out: &mut Markup, name: &str, view: &impl Serialize) -> Result<()> {
        out.add(&Markup::rendered(self.page(name, view)?));
        Ok(())
    }

    /// Says what leads to the site's root from the page that is made next.
    pub(super) fn begin_page(&self, root: &str) {
        if self.has_own() {
            extras::begin_page(root);
        }
    }

    /// Says whether the book has templates of its own.
    pub(super) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// Looks whether a page may be published that a template of the book's own may have had a hand in; `base` is the
    /// site's own address, where the page names it.
    ///
    /// # Errors
    ///
    /// Where the page could run or load something.
    pub(super) fn look(&self, path: &str, content: &[u8], base: Option<&str>) -> Result<()> {
        if self.own.is_empty() { Ok(()) } else { active::look(path, content, base, &self.own) }
    }

    /// Leaves all pieces to the engine.
    #[cfg(test)]
    pub(super) fn forget_stencils(&mut self) {
        self.stencils.clear();
    }

    fn page(&self, name: &str, view: &impl Serialize) -> Result<String> {
        if self.own.is_empty() {
            return self.made(name, &Context::from_serialize(view).map_err(fault)?, (work::PAGE, 0));
        }
        let value = Value::try_from_serializable(view).map_err(fault)?;
        let given = weight(&value, u64::MAX);
        let mut context = Context::new();
        for (key, value) in value.clone().into_map().unwrap_or_default() {
            context.insert_value(key.as_str().unwrap_or_default().to_owned(), value);
        }
        let text = self.made(name, &context, (work::PAGE, given))?;
        withheld::look((name, self.file(name)), |name| value.get_from_path(name), &text)?;
        Ok(text)
    }

    /// Returns what the engine makes of a template, which may cost so much and is given so much.
    fn made(&self, name: &str, context: &Context, (cost, given): (u64, u64)) -> Result<String> {
        if self.own.is_empty() {
            return self.tera.render(name, context).map_err(fault);
        }
        work::begin(cost, given);
        let mut made = Vec::with_capacity(1024);
        self.tera.render_to(name, context, Counted(&mut made)).map_err(|error| match fault(error) {
            Error::Template { message, place, help, .. } if !place.iter().any(|line| line.contains("--> ")) => {
                let message = if work::is_out() { work::TOO_MUCH.to_owned() } else { message };
                let folder = if self.own.contains_key(name) { "templates" } else { "builtin" };
                let place = vec![format!("--> {folder}/{name}")];
                Error::Template { code: "broken-template", message, place, help }
            }
            other => other,
        })?;
        String::from_utf8(made).map_err(|error| Error::template(error.to_string(), Vec::new()))
    }
}

/// Returns a book's own templates by their full names, with calls in them that count.
fn metered(own: &Own) -> Result<Vec<(String, String)>> {
    let mut metered = Vec::with_capacity(own.len());
    for (name, text) in own {
        parent::look(name, text)?;
        let place = || vec![format!("--> templates/{name}")];
        let text = work::metered(text).map_err(|message| Error::template(message, place()))?;
        metered.push((format!("user/{name}"), text));
    }
    Ok(metered)
}

/// Returns all templates by their full names.
fn all_texts(own: &Own) -> BTreeMap<String, &str> {
    let built_in = built_in_templates().into_iter().map(|(name, text)| (format!("builtin/{name}"), text));
    built_in.chain(own.iter().map(|(name, text)| (format!("user/{name}"), text.as_str()))).collect()
}

/// Returns a string, or some of them, as the engine knows them.
fn value_of(field: &Field<'_>) -> Value {
    match field {
        Field::Text(text) | Field::Word(text) => Value::normal_string(text),
        Field::Html(markup) => Value::safe_string(markup.as_str()),
        Field::Inner => Value::safe_string(""),
        Field::Number(number) => Value::from(*number),
        Field::List(fields) => Value::from(fields.iter().map(value_of).collect::<Vec<_>>()),
        Field::Map(fields) => {
            Value::from(fields.iter().map(|(name, field)| (*name, value_of(field))).collect::<BTreeMap<_, _>>())
        }
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
        View { text: "<b>&\"'", markup: Markup::from(Html::text("a<b")) }
    }

    #[test]
    fn everything_is_escaped_but_markup_whatever_the_template_is_called() {
        for name in ["index.html", "index.txt", "index", "x.svg"] {
            let own = [(name, "{{ text }}|{{ markup }}")];
            let templates = Templates::new(&own, &view(), Language::English.words()).expect("fine templates");
            let mut page = Markup::default();
            templates.add_page(&mut page, name, &view()).expect("a page");
            let text = page.as_str();
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
        assert!(error.to_string().contains("templates/404.html:1:5"), "{error}");
    }

    #[test]
    fn a_small_template_is_the_same_cut_and_rendered() {
        let templates = Templates::new(&[], &view(), Language::English.words()).expect("fine templates");
        let markup = Markup::from(Html::text("<i>"));
        let small = Piece::ALL.iter().filter(|piece| !piece.is_page());
        for (piece, names) in small.map(|piece| (piece, piece.strings())) {
            // Each string on its own, none, and all: what is there decides what a small template prints.
            for there in (0..names.len()).map(|at| 1_u64 << at).chain([0, u64::MAX]) {
                let field = |(at, name): (usize, &&'static str)| match (there >> at & 1, at % 2) {
                    (0, _) => (*name, Field::Text("")),
                    (_, 0) => (*name, Field::Text("\"a\" < 'b' & {{ c }}")),
                    _ => (*name, Field::Html(&markup)),
                };
                let fields: Vec<(&str, Field<'_>)> = names.iter().enumerate().map(field).collect();
                let mut cut = Markup::default();
                templates.add(&mut cut, *piece, &fields).expect("cut");
                assert_eq!(cut.as_str(), templates.piece(*piece, &fields).expect("rendered"), "{}", piece.template());
            }
        }
    }

    #[test]
    fn pieces_only_print_their_strings_and_ask_for_what_makes_a_shape() {
        let pieces = Piece::ALL.iter().map(|piece| (piece.template(), piece.is_page(), piece.strings()));
        for (name, is_page, strings) in pieces.chain([("base.html", true, &[][..])]) {
            let text =
                BUILT_IN.get_file(name).and_then(|file| file.contents_utf8()).expect("a template for each piece");
            for tag in text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next()) {
                let words: Vec<&str> = tag.trim_matches('-').split_whitespace().collect();
                let is_plain = match words[..] {
                    ["if" | "elif", _] | ["else" | "endif"] => true,
                    // A page's section is a word.
                    ["if", "item.section", "==", "page.section"] => is_page,
                    ["if", "page.section", "==" | "!=", _] => is_page,
                    ["if", "page.section", "in", list] => is_page && list.starts_with("site."),
                    ["block", _] | ["endblock"] => true,
                    ["extends", _] | ["endfor"] | ["for", _, "in", _] => is_page,
                    _ => false,
                };
                assert!(is_plain, "{name}: {tag}");
            }
            assert!(!text.contains('|') && !text.contains("loop."), "{name}: no filters, no counters");
            let inner = ["groups", "rows", "key_results", "objectives", "values"];
            for inner in inner.iter().filter(|inner| strings.contains(inner)) {
                assert_eq!(text.matches(&format!("{{{{ {inner} }}}}")).count(), 1, "{name}: {inner}");
            }
        }
    }

    #[test]
    fn a_book_may_replace_a_small_template_and_do_anything_with_its_strings() {
        let own = [("alias.html", "{% if id == \"b\" %}it is {{ id | upper }}{% else %}{{ id }}{% endif %}\n")];
        let templates = Templates::new(&own, &view(), Language::English.words()).expect("fine templates");
        let mut out = Markup::default();
        for id in ["a", "b"] {
            templates.add(&mut out, Piece::Alias, &[("id", Field::Text(id))]).expect("rendered");
        }
        assert_eq!(out.as_str(), "ait is B");
    }

    /// Returns what is said of the page 404.html of these templates of a book.
    fn refused(own: &[(&str, &str)]) -> String {
        let made = Templates::new(own, &view(), Language::English.words())
            .and_then(|templates| templates.add_page(&mut Markup::default(), "404.html", &view()));
        match made {
            Err(error @ Error::Template { .. }) => error.to_string(),
            other => panic!("{other:?} of {own:?}"),
        }
    }

    #[test]
    fn no_template_works_without_end() {
        let doubled = |line: &str| format!("{{% set a = \"x\" %}}{}", line.repeat(40));
        let loops = "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}";
        let kept = "{% set r = range(end=10000) %}{% for i in r %}{% for j in r %}{% for k in r %}{% endfor %}{% endfor %}{% endfor %}";
        let letters = format!(
            "{{% set s = \"{}\" %}}{{% for a in s %}}{{% for b in s %}}{{% for c in s %}}{{% for d in s %}}\
                               {{% endfor %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}",
            "x".repeat(1_000)
        );
        let component: String = (0..15)
            .map(|at| {
                format!(
                    "{{% component a{at}() %}}{}{{% endcomponent %}}",
                    format!("{{{{ <a{} /> }}}}", at + 1).repeat(4)
                )
            })
            .chain(["{% component a15() %}x{% endcomponent %}{{ <a0 /> }}".to_owned()])
            .collect();
        let concatenated = doubled("{% set a = a ~ a %}");
        let nested = doubled("{% set a = [a, a] %}") + "{{ a }}";
        let replaced = doubled("{% set a = a | replace(from=\"x\", to=\"xx\") %}");
        let chained = format!("{{{{ text{} }}}}", " | replace(from=\"b\", to=\"bbbbbbbbbbbbbbbb\")".repeat(12));
        let joined =
            "{% set a = [0 for i in range(end=30000)] %}{% set s = a | join(sep=\"xxxxxxxx\") %}{{ a | join(sep=s) }}";
        let listed = "{% set r = range(end=20000) %}{% for i in r %}{% set a = [[j, r] for j in r] %}{% endfor %}";
        let indented = "{% set a %}{% for i in range(end=90000) %}\n{% endfor %}{% endset %}\
                        {{ a | indent(width=1000, blank=true) | indent(width=1000, blank=true) }}";
        let deep = "{% set a = 1 %}{% for i in range(end=90000) %}{% set_global a = [a] %}{% endfor %}";
        let written = "{% for i in range(end=90000) %}{{ text }}".to_owned() + &"x".repeat(9_000) + "{% endfor %}";
        let captured = "{% set a %}".to_owned() + &written + "{% endset %}";
        for text in [
            loops,
            kept,
            &letters,
            &component,
            &concatenated,
            &nested,
            &replaced,
            &chained,
            joined,
            listed,
            indented,
            deep,
            &written,
            &captured,
        ] {
            let said = refused(&[("404.html", text)]);
            assert!(said.contains(work::TOO_MUCH) || said.contains(work::TOO_LARGE), "{said} of {text}");
            assert!(said.contains("404.html") && !said.contains("okrbook_"), "{said}");
        }
    }

    #[test]
    fn whatever_looks_at_long_texts_is_bounded() {
        let texts = "{% set x = \"aaaaaaaa\" %}".to_owned()
            + &"{% set x = x ~ x %}".repeat(16)
            + "{% set y = \"aaaaaaaa\" %}"
            + &"{% set y = y ~ y %}".repeat(15)
            + "{% set y = y ~ \"b\" %}";
        for inner in [
            "{% if y in x %}{% endif %}",
            "{% if x is containing(pat=y) %}{% endif %}",
            "{% if false %}{% elif x is ending_with(pat=y) %}{% endif %}",
            "{% if x | title == y %}{% endif %}",
            "{% if x[::-1] == y %}{% endif %}",
            "{% if x[1:3] == y %}{% endif %}",
            "{% if x[3] == y %}{% endif %}",
            "{% if x | reverse == y %}{% endif %}",
            "{% if x | wordcount > 3 %}{% endif %}",
            "{% set z = x | wordcount %}",
            "{% set z | wordcount %}{{ x }}{% endset %}",
            "{% set z %}{{ markup }}{{ x | safe }}{% endset %}",
            "{% filter wordcount %}{{ x }}{% endfilter %}",
            "{% for letter in x %}{% break %}{% endfor %}",
            "{{ (x if x > y else y) | length }}",
            "{{ [...[x], y] | length }}",
            "{{ {\"a\": x} == {\"a\": y} }}",
            "{{ __tera_context | str | length }}",
        ] {
            let text = format!("{texts}{{% for i in range(end=100000) %}}{inner}{{% endfor %}}");
            let said = refused(&[("404.html", &text)]);
            assert!(said.contains(work::TOO_MUCH), "{said} of {inner}");
        }
        for whole in [
            "{{ range(end=100000) | unique | length }}",
            "{{ [[x, i] for i in range(end=30)] | unique | length }}",
            "{% set z %}{% for i in range(end=100000) %}{% set n = 10.0 ** 300 %}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}\
             {% endfor %}{% endset %}",
            "{{ [1 for i in range(end=100000) if y in x] | length }}",
            "{{ [y in x for i in range(end=100000)] | length }}",
            "{% component c(z: string) %}{% for i in range(end=100000) %}{% if \"b\" in z %}{% endif %}{% endfor %}\
             {% endcomponent %}{{ <c z={x} /> }}",
        ] {
            let said = refused(&[("404.html", &format!("{texts}{whole}"))]);
            assert!(said.contains(work::TOO_MUCH), "{said} of {whole}");
        }
    }

    #[test]
    fn templates_that_lead_to_themselves_are_refused() {
        for own in [
            &[("404.html", "{% include \"404.html\" %}")][..],
            &[("404.html", "{% include \"a.html\" %}"), ("a.html", "{% include \"404.html\" %}")],
            &[("404.html", "{% extends \"404.html\" %}")],
            &[("404.html", "{% extends \"a.html\" %}"), ("a.html", "{% extends \"404.html\" %}")],
            &[("404.html", "{% component a() %}{{ <a /> }}{% endcomponent %}{{ <a /> }}")],
        ] {
            refused(own);
        }
        for (open, close) in [("(", ")"), ("[", "]"), ("{% if a %}", "{% endif %}"), ("not ", ""), ("- ", "")] {
            let inner = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
            let text = if open.starts_with("{%") { inner } else { format!("{{{{ {inner} }}}}") };
            refused(&[("404.html", &text)]);
        }
    }

    #[test]
    fn inclusions_and_blocks_that_double_come_to_an_end() {
        let names: Vec<String> = (0..5).map(|at| format!("a{at}.html")).collect();
        let doubled = |line: fn(&str) -> String, last: &str| -> Vec<(String, String)> {
            let mut own: Vec<_> = names.windows(2).map(|pair| (pair[0].clone(), line(&pair[1]))).collect();
            own.push((names[4].clone(), last.to_owned()));
            own.push(("404.html".to_owned(), line(&names[0])));
            own
        };
        let included = doubled(|next| format!("{{% include \"{next}\" %}}").repeat(100), "x");
        let extended = doubled(
            |next| {
                let above = "{{ super() }}".repeat(100);
                format!("{{% extends \"{next}\" %}}{{% block b %}}{above}{{% endblock %}}")
            },
            "{% block b %}{% endblock %}",
        );
        let chain: Vec<(String, String)> = (0..40)
            .map(|at| (format!("b{at}.html"), format!("{{% include \"b{}.html\" %}}", at + 1)))
            .chain([("404.html".to_owned(), "{% include \"b0.html\" %}".to_owned())])
            .collect();
        for (own, expected) in [(included, work::TOO_MUCH), (extended, work::TOO_MUCH), (chain, nesting::TOO_DEEP)] {
            let own: Vec<(&str, &str)> = own.iter().map(|(name, text)| (&**name, &**text)).collect();
            let said = refused(&own);
            assert!(said.contains(expected) && said.contains("-->"), "{said}");
        }
    }

    #[test]
    fn what_is_counted_is_made_as_before_and_faults_keep_their_place() {
        let text = "{%- set list = [1, 2] -%}\n{% for i in list -%} {{ i }} {%- endfor %}\n{% set a = \"x\" | replace(from=\"x\", \
                    to=markup) %}{{ a }}|{{ [i * 2 for i in list] | join(sep=text) }}|{{ \"a\\nb\" | indent(width=2) }}\
                    |{{ range(start=5, end=0, step_by=-2) | join }}";
        let own = [("404.html", text)];
        let templates = Templates::new(&own, &view(), Language::English.words()).expect("fine templates");
        let mut page = Markup::default();
        templates.add_page(&mut page, "404.html", &view()).expect("made");
        let mut plain = Tera::default();
        plain.add_raw_template("404.html", text).expect("fine");
        let context = Context::from_serialize(&view()).expect("a view");
        assert_eq!(page.as_str(), plain.render("404.html", &context).expect("made"));
        let said = refused(&[("404.html", "{% for i in [1] %}\n{% set b = 1 %}\t{{ missing }}{% endfor %}")]);
        let place = "\n --> templates/404.html:2:20\n  |\n2 | {% set b = 1 %} {{ missing }}{% endfor %}\n  |                    ^^^^^^^";
        assert!(said.contains(place), "{said}");
    }

    #[test]
    fn faults_name_the_books_file_and_show_what_its_author_wrote() {
        let place = |column: usize, text: &str, carets: usize| {
            format!(
                "\n --> templates/404.html:1:{column}\n  |\n1 | {text}\n  | {}{}",
                " ".repeat(column - 1),
                "^".repeat(carets)
            )
        };
        for (text, message, column, carets) in [
            ("{{ get_env(name=\"HOME\") }}", "Unknown function `get_env`", 4, 20),
            ("{% include \"a.html\" %}", "Unknown template `a.html`", 12, 8),
            ("{{ text | nofilter }}", "Unknown filter `nofilter`", 11, 8),
            (" {% filter no %}{{ text }}{% endfilter %}", "Unknown filter `no`", 12, 2),
            ("{{ text is nothing }}", "Unknown test `nothing`", 12, 7),
            ("{{ [a for a in [1] if text < nofun(x=a)] }}", "Unknown function `nofun`", 30, 10),
            ("{{ 1/0 }}", "Cannot divide by 0", 6, 1),
            ("{{ throw(message=\"x\") }}", "x", 4, 18),
            ("{{ x", "Unexpected end of input", 5, 1),
        ] {
            assert_eq!(refused(&[("404.html", text)]), format!("{message}{}", place(column, text, carets)));
        }
        let own = [("404.html", "{% include \"a.html\" %}"), ("a.html", "{{ 1/0 }}")];
        let said = refused(&own);
        assert!(
            said.contains("templates/a.html:1:6") && said.contains("called from templates/404.html:1:12"),
            "{said}"
        );
        let said = refused(&[("404.html", "{% extends \"a.html\" %}"), ("b.html", "{{ 1 | no }}{{ 2 | no }}")]);
        assert!(!said.contains("user/") && !said.contains("okrbook_"), "{said}");
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
