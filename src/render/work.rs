//! A bound on the work that a book's own templates do: the engine has none.
//!
//! In: a template's text. Out: the text with calls in it that count: each turn of a loop, each block, component and
//! inclusion costs what stands in it, each value that is kept is weighed, and whatever a tag does with values costs what
//! they weigh, whether this program knows the operator or not. What the calls count is the thread's
//! [`Meter`], filled anew for each page, so the same page always comes to the same end. Lines stay lines, so
//! that the calls can be taken out of what the engine says.

mod calls;
mod expression;

use std::cell::Cell;
use std::ops::Range;

use self::calls::string;
pub(super) use self::calls::{APART, ITEMS, KEEPS, LOOKS, SEES, TURNS};
use self::expression::Looks;

/// What a page may cost: bytes that are looked at, written or kept.
pub(super) const PAGE: u64 = 64 << 20;

/// What a small template may cost, apart from what it is given.
pub(super) const PIECE: u64 = 4 << 20;

/// The most that a value may weigh which a template makes itself.
const KEPT: u64 = 1 << 20;

/// What a turn costs that does nothing.
const TURN: u64 = 64;

/// What it costs to ask for all that a page holds.
const EVERYTHING: usize = 1 << 16;

/// What is said of a template that does too much.
pub(super) const TOO_MUCH: &str = "this template does more work than a page may: its loops, inclusions and texts are \
                                   bounded to 64 MiB looked at or written, and eight times what the page is \
                                   given; show less, or loop over less";

/// What is said of a value that is too large.
pub(super) const TOO_LARGE: &str = "this value is larger than a template may keep: 1 MiB, or what the page is given";

/// What a thread's page has left.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meter {
    left: u64,
    /// The most that a value may weigh which is kept.
    heaviest: u64,
    /// What all values weigh that the page is given or keeps.
    held: u64,
    is_out: bool,
}

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { left: 0, heaviest: 0, held: 0, is_out: false }) };
}

/// Fills the meter for a page or piece that is given values of this weight.
pub(super) fn begin(left: u64, given: u64) {
    let left = left.saturating_add(given.saturating_mul(8));
    METER.set(Meter { left, heaviest: given.max(KEPT), held: given, is_out: false });
}

/// Takes a cost from the meter; false where it is empty.
pub(super) fn spend(cost: u64) -> bool {
    let meter = METER.get();
    let left = meter.left.checked_sub(cost);
    METER.set(Meter { left: left.unwrap_or(0), is_out: left.is_none(), ..meter });
    left.is_some()
}

/// Takes what a turn costs with so many bytes in it.
pub(super) fn turn(bytes: u64) -> bool {
    spend(TURN.saturating_add(bytes))
}

/// Takes what it costs to look at values of this weight, so often.
pub(super) fn look(weight: u64, times: u64) -> bool {
    spend(TURN.saturating_add(weight.saturating_mul(times)))
}

/// Notes that a value of this weight is kept; false where it is too large. What it costs is to be spent besides.
pub(super) fn keep(weight: u64) -> bool {
    let meter = METER.get();
    let fits = weight <= meter.heaviest;
    METER.set(Meter { held: meter.held.saturating_add(weight), is_out: meter.is_out || !fits, ..meter });
    fits
}

/// Returns what is left: the most that is worth weighing.
pub(super) fn left() -> u64 {
    METER.get().left
}

/// Returns what all values weigh that the page is given or keeps.
pub(super) fn held() -> u64 {
    METER.get().held
}

/// Says whether the meter ran out.
pub(super) fn is_out() -> bool {
    METER.get().is_out
}

/// What a tag is to the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'t> {
    For,
    Block,
    Component,
    Captured(&'t str),
    If,
    Elif,
    EndIf,
    End,
    Include(&'t str),
    Set(&'t str),
    Extends(&'t str),
    Other,
}

/// A tag of a template: its bytes, whether blanks before and behind it go, and what it looks at.
#[derive(Debug, Clone)]
struct Tag<'t> {
    start: usize,
    end: usize,
    trims: [bool; 2],
    kind: Kind<'t>,
    looks: Looks<'t>,
}

/// Returns the template with calls that count; as it is where it can't be read, which the engine says better.
///
/// # Errors
///
/// Where a tag joins or lists more than a template may, with the line.
pub(super) fn metered(text: &str) -> Result<String, String> {
    let mut calls: Vec<(usize, String)> = Vec::new();
    let Some(tags) = tags(text, &mut calls)? else { return Ok(text.to_owned()) };
    count(text, &tags, &mut calls);
    calls.sort_by_key(|(at, _)| *at);
    let is_child = tags.iter().any(|tag| matches!(tag.kind, Kind::Extends(_)));
    let mut out = String::with_capacity(text.len() + 64 * calls.len());
    if !is_child {
        out.push_str(&call(&format!("{TURNS}(n={})", size(text)), [false; 2]));
    }
    let mut done = 0;
    for (at, call) in calls {
        out.push_str(&text[done..at]);
        out.push_str(&call);
        done = at;
    }
    out.push_str(&text[done..]);
    Ok(out)
}

/// How a template leads to others.
pub(super) struct Shape<'t> {
    /// The names of its parent and of those that it includes.
    pub(super) leads_to: Vec<&'t str>,
    /// How deep it is: itself, and the blocks in its blocks.
    pub(super) depth: usize,
}

/// A block of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block<'t> {
    /// What it is called.
    pub(super) name: &'t str,
    /// Where it stands, with its tags.
    pub(super) range: Range<usize>,
}

/// Returns the blocks of a template in the order in which they begin; none of one that can't be read.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Vec<Option<Block<'_>>> = Vec::new();
    for tag in tags(text, &mut Vec::new()).ok().flatten().unwrap_or_default() {
        let inner = text.get(tag.start + 2..tag.end.saturating_sub(2)).unwrap_or_default();
        let name = inner.trim_matches('-').trim().strip_prefix("block").unwrap_or_default().trim();
        match tag.kind {
            Kind::Block => open.push(Some(Block { name, range: tag.start..tag.end })),
            Kind::For | Kind::Component | Kind::Captured(_) => open.push(None),
            Kind::End => {
                let Some(Some(block)) = open.pop() else { continue };
                blocks.push(Block { range: block.range.start..tag.end, ..block });
            }
            _ => {}
        }
    }
    blocks.sort_by_key(|block| block.range.start);
    blocks
}

/// Returns the names of the templates that one leads to: its parent, and those that it includes.
pub(super) fn leads_to(text: &str) -> Vec<&str> {
    shape(text).leads_to
}

/// How often the engine lets components call each other.
const CALLS: usize = 20;

/// Returns a template's shape. A component may call itself twenty times, so an inclusion in it counts so often.
pub(super) fn shape(text: &str) -> Shape<'_> {
    let mut shape = Shape { leads_to: Vec::new(), depth: 1 };
    let mut open: Vec<Kind<'_>> = Vec::new();
    for tag in tags(text, &mut Vec::new()).ok().flatten().unwrap_or_default() {
        match tag.kind {
            Kind::For | Kind::Block | Kind::Component | Kind::Captured(_) => open.push(tag.kind),
            Kind::End => drop(open.pop()),
            Kind::Include(name) | Kind::Extends(name) => {
                shape.leads_to.push(name);
                if open.contains(&Kind::Component) {
                    shape.depth += CALLS;
                }
            }
            Kind::If | Kind::Elif | Kind::EndIf | Kind::Set(_) | Kind::Other => {}
        }
        let blocks = open.iter().filter(|kind| **kind == Kind::Block).count();
        shape.depth = shape.depth.max(1 + blocks);
    }
    shape
}

/// Returns the tags of a template, and adds the calls around the items of its lists; nothing where it can't be read.
fn tags<'t>(text: &'t str, calls: &mut Vec<(usize, String)>) -> Result<Option<Vec<Tag<'t>>>, String> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut from = 0;
    while let Some((start, inside)) = opening(text, from) {
        let Inside::Tag(closer) = inside else {
            let Some(length) = text[start + 2..].find("#}") else { return Ok(None) };
            from = start + 2 + length + 2;
            continue;
        };
        let Some((end, looks)) = expression::read(text, start, closer, calls)? else { return Ok(None) };
        from = end;
        let inner = &text[start + 2..end - 2];
        let kind = if closer == "%}" { kind(inner) } else { Kind::Other };
        if kind == Kind::Other && inner.trim_matches(['-', ' ', '\n', '\t', '\r']) == "raw" {
            let Some(length) = text[end..].find("endraw") else { return Ok(None) };
            from = end + length;
            from += text[from..].find("%}").map_or(0, |at| at + 2);
        }
        tags.push(Tag { start, end, trims: [inner.starts_with('-'), inner.ends_with('-')], kind, looks });
    }
    Ok(Some(tags))
}

/// Adds the calls that count what tags begin, and what they look at.
fn count(text: &str, tags: &[Tag<'_>], calls: &mut Vec<(usize, String)>) {
    let is_child = tags.iter().any(|tag| matches!(tag.kind, Kind::Extends(_)));
    let mut open: Vec<&Tag<'_>> = Vec::new();
    for (place, tag) in tags.iter().enumerate() {
        let is_inside = open.iter().any(|tag| matches!(tag.kind, Kind::Block | Kind::Component));
        // What a child says outside of its blocks is not made.
        let counts = !is_child || is_inside;
        if let Some(looks) = looks(tags, place).filter(|_| counts) {
            calls.push((tag.start, call(&looks, [tag.trims[0]; 2])));
        }
        let kept = |name: &str| (tag.end, call(&format!("{KEEPS}(name=\"{name}\")"), [tag.trims[1]; 2]));
        match tag.kind {
            Kind::For | Kind::Block | Kind::Component | Kind::Captured(_) => open.push(tag),
            Kind::Include(_) if counts => calls.push((tag.start, call(&format!("{TURNS}(n=0)"), [false; 2]))),
            Kind::Set(name) if counts => calls.push(kept(name)),
            Kind::End => {
                let Some(begin) = open.pop() else { continue };
                let bytes = size(&text[begin.end..tag.start]);
                match begin.kind {
                    Kind::Captured(name) if counts => calls.push(kept(name)),
                    Kind::For if !counts => {}
                    Kind::For | Kind::Block | Kind::Component => {
                        calls.push((begin.end, call(&format!("{TURNS}(n={bytes})"), [begin.trims[1]; 2])));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Returns the call that counts what a tag looks at, before it does; none where it looks at nothing. A branch that asks
/// again is counted where the first one asks, since nothing may stand between them but what the branch shows.
fn looks(tags: &[Tag<'_>], place: usize) -> Option<String> {
    let tag = tags.get(place)?;
    if matches!(tag.kind, Kind::Component | Kind::Elif) {
        return None;
    }
    let mut looks = tag.looks.clone();
    if tag.kind == Kind::If {
        let mut depth = 0_usize;
        for other in &tags[place + 1..] {
            match other.kind {
                Kind::If => depth += 1,
                Kind::EndIf if depth == 0 => break,
                Kind::EndIf => depth -= 1,
                Kind::Elif if depth == 0 => looks.add(&other.looks),
                _ => {}
            }
        }
    }
    looks.call()
}

/// Returns what a part of a template costs by its length; the variable that holds all others is made anew each time.
fn size(text: &str) -> usize {
    text.len() + text.matches("__tera_context").count() * EVERYTHING
}

/// Returns a call that prints nothing; blanks behind it go where they went before.
fn call(call: &str, [before, behind]: [bool; 2]) -> String {
    let dash = |trims: bool| if trims { "-" } else { "" };
    format!("{{{{{} {call} {}}}}}", dash(before), dash(behind))
}

#[derive(Clone, Copy)]
enum Inside {
    Comment,
    Tag(&'static str),
}

/// Returns where the next tag or comment begins.
fn opening(text: &str, from: usize) -> Option<(usize, Inside)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(brace) = memchr::memchr(b'{', bytes.get(at..)?) {
        at += brace;
        let inside = match bytes.get(at + 1)? {
            b'{' => Inside::Tag("}}"),
            b'%' => Inside::Tag("%}"),
            b'#' => Inside::Comment,
            _ => {
                at += 1;
                continue;
            }
        };
        return Some((at, inside));
    }
    None
}

/// Returns what stands in quotes at a text's start.
fn quoted(text: &str) -> &str {
    let end = string(text.as_bytes(), 0).filter(|_| text.starts_with(['"', '\'', '`']));
    end.and_then(|end| text.get(1..end - 1)).unwrap_or_default()
}

fn kind(inner: &str) -> Kind<'_> {
    let inner = inner.trim_matches('-').trim();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let word = |text: &'_ str| text.find(|c| !is_word(c)).unwrap_or(text.len());
    let (first, rest) = inner.split_at(word(inner));
    let rest = rest.trim_start();
    let (name, after) = rest.split_at(word(rest));
    match first {
        "for" => Kind::For,
        "block" => Kind::Block,
        "component" => Kind::Component,
        "set" | "set_global" if after.trim_start().starts_with('=') => Kind::Set(name),
        "set" | "set_global" => Kind::Captured(name),
        "if" => Kind::If,
        "elif" => Kind::Elif,
        "endif" => Kind::EndIf,
        "endfor" | "endblock" | "endcomponent" | "endset" => Kind::End,
        "include" => Kind::Include(quoted(rest)),
        "extends" => Kind::Extends(quoted(rest)),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(text: &str) -> String {
        let metered = metered(text).expect("few values");
        metered.split_once("}}").map_or(metered.clone(), |(_, rest)| rest.to_owned())
    }

    #[test]
    fn turns_blocks_inclusions_and_kept_values_are_counted() {
        const LOOK: &str = "{{ okrbook_look(v=\"a,b\", e=3) }}";
        for (text, expected) in [
            ("a {{ b }}", "a {{ okrbook_look(v=\"b\", e=1) }}{{ b }}".to_owned()),
            (
                "{% for a in b %}x{% endfor %}",
                format!("{LOOK}{{% for a in b %}}{{{{ okrbook_turn(n=1) }}}}x{{% endfor %}}"),
            ),
            (
                "{%- for a in b -%} x {%- endfor -%}",
                "{{- okrbook_look(v=\"a,b\", e=3) -}}{%- for a in b -%}{{- okrbook_turn(n=3) -}} x {%- endfor -%}"
                    .to_owned(),
            ),
            ("{% block a %}{% endblock a %}", "{% block a %}{{ okrbook_turn(n=0) }}{% endblock a %}".to_owned()),
            ("{% include \"a\" %}", "{{ okrbook_turn(n=0) }}{% include \"a\" %}".to_owned()),
            (
                "{% set a = b %}",
                "{{ okrbook_look(v=\"a,b\", e=1) }}{% set a = b %}{{ okrbook_kept(name=\"a\") }}".to_owned(),
            ),
            (
                "{% set a | upper %}b{% endset %}",
                "{{ okrbook_look(v=\"a\", e=3) }}{% set a |okrbook_seen(e=3)| upper|okrbook_seen(e=3) %}b{% endset %}\
                 {{ okrbook_kept(name=\"a\") }}"
                    .to_owned(),
            ),
            ("{{ \"[a for {% for a in b %}\" }}", "{{ \"[a for {% for a in b %}\" }}".to_owned()),
            ("{# {% for a in b %} #}", "{# {% for a in b %} #}".to_owned()),
            (
                "{% for a in b %}{% if __tera_context %}{% endif %}{% endfor %}",
                format!(
                    "{LOOK}{{% for a in b %}}{{{{ okrbook_turn(n=65570) }}}}{{% if __tera_context %}}{{% endif %}}{{% endfor %}}"
                ),
            ),
            ("{% raw %}{% for a in b %}{% endraw %}c", "{% raw %}{% for a in b %}{% endraw %}c".to_owned()),
            (
                "{% if a %}{% if b %}{% elif c < d %}{% endif %}{% elif e == f %}{% else %}{% endif %}",
                "{{ okrbook_look(v=\"a,e,f\", e=5) }}{% if a %}{{ okrbook_look(v=\"b,c,d\", e=3) }}{% if b %}\
                 {% elif c < d %}{% endif %}{% elif e == f %}{% else %}{% endif %}"
                    .to_owned(),
            ),
        ] {
            assert_eq!(calls(text), expected);
        }
    }

    #[test]
    fn whatever_a_tag_does_with_values_is_counted() {
        for (inner, expected) in [
            ("a.b[1] ~ c", "{{ okrbook_look(v=\"a.b,c\", e=9) }}{{ a.b[1] ~ c }}"),
            ("a %% b", "{{ okrbook_look(v=\"a,b\", e=5) }}{{ a %% b }}"),
            ("a in [b, b]", "{{ okrbook_look(v=\"a,b\", e=9) }}{{ a in [b, b] }}"),
            ("[...a]", "{{ okrbook_look(v=\"a\", e=5) }}{{ [...a] }}"),
            ("a not in b", "{{ okrbook_look(v=\"a,b\", e=3) }}{{ a not in b }}"),
            ("a is not x(y=b)", "{{ okrbook_look(v=\"a,y,b\", e=3) }}{{ a is not x(y=b) }}"),
            (
                "a | b (c=d) | e",
                "{{ okrbook_look(v=\"a,c,d\", e=5) }}{{ a | b (c=d)|okrbook_seen(e=5) | e|okrbook_seen(e=5) }}",
            ),
            ("super()[1]", "{{ okrbook_item(v=(super()), okrbook=\"\", e=3)[1] }}"),
            (
                "[a for a in b]",
                "{{ okrbook_look(v=\"a,b\", e=5) }}{{ [okrbook_item(v=(a ), okrbook=\"a\", e=1)for a in b] }}",
            ),
            (
                "[1 for a in b if(a in c)]",
                "{{ okrbook_look(v=\"a,b,c\", e=7) }}{{ [okrbook_item(v=(1 ), okrbook=\"\", e=1)for a in b if\u{c}\
                 okrbook_item(v=((a in c)), okrbook=\"a,c\", e=3)] }}",
            ),
        ] {
            assert_eq!(calls(&format!("{{{{ {inner} }}}}")), expected);
        }
    }

    #[test]
    fn a_child_is_counted_in_its_blocks_only() {
        let text = "{% extends \"a\" %}{% set b = 1 %}{% block c %}{% set d = 1 %}{% endblock %}";
        let expected = "{% extends \"a\" %}{% set b = 1 %}{% block c %}{{ okrbook_look(v=\"d\", e=1) }}\
                        {{ okrbook_turn(n=15) }}{% set d = 1 %}{{ okrbook_kept(name=\"d\") }}{% endblock %}";
        assert_eq!(metered(text).expect("few values"), expected);
    }

    #[test]
    fn what_is_no_template_stays_for_the_engine_to_refuse() {
        for text in ["{{ a", "{% for \"", "{# a", "{% endfor %}", "{% raw %}", "{", "{{", "{% \u{e9}"] {
            let metered = metered(text).expect("few values");
            assert!(metered.ends_with(text), "{metered}");
        }
    }

    #[test]
    fn blocks_stand_from_their_first_tag_to_their_last() {
        let text = "{% extends \"a\" %}x{%- block b -%}{% for c in d %}{% block e %}{% endblock e %}{% endfor %}{%- endblock %}";
        let found: Vec<(&str, &str)> = blocks(text).into_iter().map(|block| (block.name, &text[block.range])).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].0 == "b" && found[0].1.starts_with("{%- block b") && found[0].1.ends_with("{%- endblock %}"));
        assert_eq!(found[1], ("e", "{% block e %}{% endblock e %}"));
        assert_eq!(blocks("{% block a %}{{ b"), Vec::new());
    }

    #[test]
    fn a_tag_may_not_join_or_list_too_much() {
        assert!(metered(&format!("\n{{{{ a{} }}}}", " ~ a".repeat(65))).is_err_and(|said| said.starts_with("line 2")));
        assert!(metered(&format!("{{{{ [{}] }}}}", "a,".repeat(300))).is_err());
        assert!(metered(&format!("{{{{ \"{}\" }}}}", "~,".repeat(300))).is_ok());
    }

    #[test]
    fn the_meter_runs_out() {
        begin(1_000, 0);
        assert!(turn(100) && spend(700) && !is_out());
        assert!(!turn(100) && is_out());
        begin(PAGE, 0);
        assert!(keep(KEPT) && !keep(KEPT + 1) && is_out());
        begin(0, 1 << 20);
        assert!(look(1 << 20, 7) && !look(1 << 20, 7) && is_out());
    }
}
