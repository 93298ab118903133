//! A bound on the work that a book's own templates do: the engine has none.
//!
//! In: a template's text. Out: the text with calls in it that count: each turn of a loop, each block, component and
//! inclusion costs what stands in it, and each value that is kept is weighed. What the calls count is the thread's
//! [`Meter`], filled anew for each page, so the same page always comes to the same end. Lines stay lines, so
//! that the calls can be taken out of what the engine says.

use std::cell::Cell;

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

/// The most texts that one tag may join, and the most values that it may list.
const JOINED: usize = 64;
const LISTED: usize = 256;

/// The calls that count, by their names in templates.
pub(super) const TURNS: &str = "okrbook_turn";
pub(super) const KEEPS: &str = "okrbook_kept";
pub(super) const ITEMS: &str = "okrbook_item";

/// Ends a call around an item.
pub(super) const ITEM_END: &str = "), okrbook=0)";

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
    /// The size of the longest text or list: any operation may look at all of it.
    widest: u64,
    is_out: bool,
}

/// What a value weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// With all that is in it.
    pub(super) sum: u64,
    /// The longest text or list in it.
    pub(super) widest: u64,
}

impl Weight {
    /// Adds the weight of another value.
    pub(super) fn add(&mut self, other: Self) {
        self.sum = self.sum.saturating_add(other.sum);
        self.widest = self.widest.max(other.widest);
    }
}

thread_local! {
    static METER: Cell<Meter> = const { Cell::new(Meter { left: 0, heaviest: 0, widest: 0, is_out: false }) };
}

/// Fills the meter for a page or piece that is given values of this weight.
pub(super) fn begin(left: u64, given: Weight) {
    let left = left.saturating_add(given.sum.saturating_mul(8));
    METER.set(Meter { left, heaviest: given.sum.max(KEPT), widest: given.widest, is_out: false });
}

/// Takes a cost from the meter; false where it is empty.
pub(super) fn spend(cost: u64) -> bool {
    let meter = METER.get();
    let left = meter.left.checked_sub(cost);
    METER.set(Meter { left: left.unwrap_or(0), is_out: left.is_none(), ..meter });
    left.is_some()
}

/// Takes what a turn costs with so many bytes and tags in it; each tag may copy the longest text.
pub(super) fn turn(bytes: u64, tags: u64) -> bool {
    let widest = METER.get().widest;
    spend(TURN.saturating_add(bytes).saturating_add(tags.saturating_mul(widest >> 10)))
}

/// Notes that a value of this weight is kept; false where it is too large.
pub(super) fn keep(weight: Weight) -> bool {
    let meter = METER.get();
    let fits = weight.sum <= meter.heaviest;
    METER.set(Meter { widest: meter.widest.max(weight.widest), is_out: meter.is_out || !fits, ..meter });
    fits && spend(weight.sum)
}

/// Returns the most that is worth weighing.
pub(super) fn limit() -> u64 {
    METER.get().heaviest
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
    End,
    Include(&'t str),
    Set(&'t str),
    Extends(&'t str),
    Other,
}

/// A tag of a template: its bytes, and whether blanks behind it go.
#[derive(Debug, Clone, Copy)]
struct Tag<'t> {
    start: usize,
    end: usize,
    trims: bool,
    kind: Kind<'t>,
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
        out.push_str(&call(&format!("{TURNS}(n={}, e={})", size(text), tags.len()), false));
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
            Kind::Set(_) | Kind::Other => {}
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
        let Some(end) = closing(text, start, inside, calls)? else { return Ok(None) };
        from = end;
        if let Inside::Tag(closer) = inside {
            let inner = &text[start + 2..end - 2];
            let kind = if closer == "%}" { kind(inner) } else { Kind::Other };
            if kind == Kind::Other && inner.trim_matches(['-', ' ', '\n', '\t', '\r']) == "raw" {
                let Some(length) = text[end..].find("endraw") else { return Ok(None) };
                from = end + length;
                from += text[from..].find("%}").map_or(0, |at| at + 2);
            }
            tags.push(Tag { start, end, trims: inner.ends_with('-'), kind });
        }
    }
    Ok(Some(tags))
}

/// Adds the calls that count what tags begin.
fn count(text: &str, tags: &[Tag<'_>], calls: &mut Vec<(usize, String)>) {
    let is_child = tags.iter().any(|tag| matches!(tag.kind, Kind::Extends(_)));
    let mut open: Vec<(usize, Tag<'_>)> = Vec::new();
    for (place, tag) in tags.iter().enumerate() {
        let is_inside = open.iter().any(|(_, tag)| matches!(tag.kind, Kind::Block | Kind::Component));
        // What a child says outside of its blocks is not made.
        let counts = !is_child || is_inside;
        match tag.kind {
            Kind::For | Kind::Block | Kind::Component | Kind::Captured(_) => open.push((place, *tag)),
            Kind::Include(_) if counts => calls.push((tag.start, call(&format!("{TURNS}(n=0, e=1)"), false))),
            Kind::Set(name) if counts => calls.push((tag.end, call(&format!("{KEEPS}(name=\"{name}\")"), tag.trims))),
            Kind::End => {
                let Some((first, begin)) = open.pop() else { continue };
                let (bytes, inner) = (size(&text[begin.end..tag.start]), place - first);
                match begin.kind {
                    Kind::Captured(name) if counts => {
                        calls.push((tag.end, call(&format!("{KEEPS}(name=\"{name}\")"), tag.trims)));
                    }
                    Kind::For if !counts => {}
                    Kind::For | Kind::Block | Kind::Component => {
                        calls.push((begin.end, call(&format!("{TURNS}(n={bytes}, e={inner})"), begin.trims)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Returns what a part of a template costs by its length; the variable that holds all others is made anew each time.
fn size(text: &str) -> usize {
    text.len() + text.matches("__tera_context").count() * EVERYTHING
}

/// Returns a call that prints nothing; blanks behind it go where they went before.
fn call(call: &str, trims: bool) -> String {
    if trims { format!("{{{{- {call} -}}}}") } else { format!("{{{{ {call} }}}}") }
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

/// Returns where a tag or comment ends, and adds the calls around the items of its lists; nothing where it doesn't end.
fn closing(
    text: &str,
    start: usize,
    inside: Inside,
    calls: &mut Vec<(usize, String)>,
) -> Result<Option<usize>, String> {
    let closer = match inside {
        Inside::Comment => return Ok(text[start + 2..].find("#}").map(|at| start + 2 + at + 2)),
        Inside::Tag(closer) => closer.as_bytes(),
    };
    let bytes = text.as_bytes();
    let (mut joined, mut listed) = (0, 0);
    let mut brackets: Vec<(u8, usize)> = Vec::new();
    let mut at = start + 2;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => match string(bytes, at) {
                Some(end) => {
                    at = end;
                    continue;
                }
                None => return Ok(None),
            },
            _ if bytes[at..].starts_with(closer) => return Ok(Some(at + 2)),
            b'[' | b'(' | b'{' => brackets.push((byte, at + 1)),
            b']' | b')' | b'}' => drop(brackets.pop()),
            b'~' => joined += 1,
            b',' => listed += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'.' => {
                let end =
                    at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"_.".contains(b)).count();
                if let (b"for", Some((b'[', item))) = (&bytes[at..end], brackets.last()) {
                    calls.push((*item, format!("{ITEMS}(v=(")));
                    calls.push((at, ITEM_END.to_owned()));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        if joined > JOINED || listed > LISTED {
            let line = text[..at].matches('\n').count() + 1;
            return Err(format!("line {line}: a tag may join {JOINED} texts and list {LISTED} values; part it"));
        }
        at += 1;
    }
    Ok(None)
}

/// Returns where a string ends that begins here.
fn string(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = *bytes.get(start)?;
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
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
        for (text, expected) in [
            ("a {{ b }}", "a {{ b }}"),
            ("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ okrbook_turn(n=1, e=1) }}x{% endfor %}"),
            (
                "{%- for a in b -%} x {%- endfor -%}",
                "{%- for a in b -%}{{- okrbook_turn(n=3, e=1) -}} x {%- endfor -%}",
            ),
            ("{% block a %}{% endblock a %}", "{% block a %}{{ okrbook_turn(n=0, e=1) }}{% endblock a %}"),
            ("{% include \"a\" %}", "{{ okrbook_turn(n=0, e=1) }}{% include \"a\" %}"),
            ("{% set a = b %}", "{% set a = b %}{{ okrbook_kept(name=\"a\") }}"),
            ("{% set a | upper %}b{% endset %}", "{% set a | upper %}b{% endset %}{{ okrbook_kept(name=\"a\") }}"),
            ("{{ [a for a in b] }}", "{{ [okrbook_item(v=(a ), okrbook=0)for a in b] }}"),
            ("{{ \"[a for {% for a in b %}\" }}", "{{ \"[a for {% for a in b %}\" }}"),
            ("{# {% for a in b %} #}", "{# {% for a in b %} #}"),
            (
                "{% for a in b %}{% if __tera_context %}{% endif %}{% endfor %}",
                "{% for a in b %}{{ okrbook_turn(n=65570, e=3) }}{% if __tera_context %}{% endif %}{% endfor %}",
            ),
            ("{% raw %}{% for a in b %}{% endraw %}c", "{% raw %}{% for a in b %}{% endraw %}c"),
        ] {
            assert_eq!(calls(text), expected);
        }
    }

    #[test]
    fn a_child_is_counted_in_its_blocks_only() {
        let text = "{% extends \"a\" %}{% set b = 1 %}{% block c %}{% set d = 1 %}{% endblock %}";
        let expected = "{% extends \"a\" %}{% set b = 1 %}{% block c %}{{ okrbook_turn(n=15, e=2) }}{% set d = 1 %}\
                        {{ okrbook_kept(name=\"d\") }}{% endblock %}";
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
    fn a_tag_may_not_join_or_list_too_much() {
        assert!(metered(&format!("\n{{{{ a{} }}}}", " ~ a".repeat(65))).is_err_and(|said| said.starts_with("line 2")));
        assert!(metered(&format!("{{{{ [{}] }}}}", "a,".repeat(300))).is_err());
        assert!(metered(&format!("{{{{ \"{}\" }}}}", "~,".repeat(300))).is_ok());
    }

    #[test]
    fn the_meter_runs_out() {
        let of = |sum| Weight { sum, widest: sum };
        begin(1_000, Weight::default());
        assert!(turn(100, 0) && spend(700) && !is_out());
        assert!(!turn(100, 0) && is_out());
        begin(PAGE, Weight::default());
        assert!(keep(of(KEPT)) && !keep(of(KEPT + 1)) && is_out());
        begin(0, of(1 << 20));
        assert!(turn(0, 1_000) && !turn(0, 10_000));
    }
}
