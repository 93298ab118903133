//! What the engine counts while it makes a page of a book's own templates.
//!
//! In: an engine. Out: the same engine with the calls that `work` puts into templates, and with those functions and filters
//! of its own that make much of little asking the meter first.

use std::borrow::Cow;
use std::io;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value, escape_html};

use crate::render::work;

/// Counts what is written.
pub(super) struct Counted<'a>(pub(super) &'a mut Vec<u8>);

impl io::Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !work::spend(bytes.len() as u64) {
            return Err(io::Error::other(work::TOO_MUCH));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lets the engine count: the calls that `work` puts into templates, and those functions and filters of its own that
/// make much of little.
pub(super) fn meter(tera: &mut Tera) {
    tera.register_function(work::TURNS, |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        told(work::turn(kwargs.must_get("n")?), work::TOO_MUCH)?;
        Ok(Value::from(""))
    });
    tera.register_function(work::LOOKS, |kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        look(kwargs.must_get("v")?, kwargs.must_get("e")?, state)?;
        Ok(Value::from(""))
    });
    tera.register_function(work::KEEPS, |kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let kept: Option<Value> = state.get(kwargs.must_get("name")?)?;
        let weight = kept.map_or(0, |value| weight(&value, work::left()));
        told(work::keep(weight), work::TOO_LARGE)?;
        told(work::spend(weight), work::TOO_MUCH)?;
        Ok(Value::from(""))
    });
    tera.register_function(work::ITEMS, |kwargs: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let (item, times) = (kwargs.get::<Value>("v")?.unwrap_or_else(Value::undefined), kwargs.must_get("e")?);
        look(kwargs.must_get("okrbook")?, times, state)?;
        told(work::look(weight(&item, work::left()), times), work::TOO_MUCH)?;
        Ok(item)
    });
    tera.register_filter(work::SEES, |value: Value, kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        told(work::look(weight(&value, work::left()), kwargs.must_get("e")?), work::TOO_MUCH)?;
        Ok(value)
    });
    tera.register_function("range", |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Vec<i128>> {
        let (start, end) = (kwargs.get::<i128>("start")?.unwrap_or(0), kwargs.must_get::<i128>("end")?);
        let step = kwargs.get::<i128>("step_by")?.unwrap_or(1);
        range(start, end, step, |count| told(work::spend(count), work::TOO_MUCH))
    });
    tera.register_filter("replace", |text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>| {
        let (from, to) = (kwargs.must_get::<&str>("from")?, kwargs.must_get::<StringInput<'_>>("to")?);
        let [text, to] = joinable([text, to], state)?;
        let size =
            text.as_str().len().saturating_add(text.as_str().matches(from).count().saturating_mul(to.as_str().len()));
        told(work::spend(size as u64), work::TOO_MUCH)?;
        Ok::<_, tera::Error>(text.like(text.as_str().replace(from, to.as_str())))
    });
    tera.register_filter("unique", |values: &[Value], _: Kwargs, _: &State<'_>| unique(values));
    tera.register_filter("join", |values: &[Value], kwargs: Kwargs, state: &State<'_>| {
        let empty = Value::from("");
        let separator = kwargs.get::<Value>("sep")?.unwrap_or(empty);
        joined(values, &separator, state)
    });
    tera.register_filter("indent", |text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>| {
        indented(&text, &kwargs, state)
    });
    tera.set_escape_fn(|text, out| {
        if !work::spend(text.len() as u64) {
            return Err(io::Error::other(work::TOO_MUCH));
        }
        escape_html(text, out)
    });
}

/// Counts what it costs to look at values so often, by their paths; one that isn't there costs nothing.
fn look(paths: &str, times: u64, state: &State<'_>) -> TeraResult<()> {
    for path in paths.split(',').filter(|path| !path.is_empty()) {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        // The variable that holds all others is no variable to the engine.
        let weight = match name {
            "__tera_context" => work::held(),
            _ => {
                let value = state.get::<Value>(name)?;
                let found = value.as_ref().and_then(|value| match rest {
                    "" => Some(value),
                    rest => value.get_from_path(rest),
                });
                found.map_or(0, |value| weight(value, work::left()))
            }
        };
        told(work::look(weight, times), work::TOO_MUCH)?;
    }
    Ok(())
}

/// Returns the numbers from one to another, once `spend` has agreed to their cost.
fn range(start: i128, end: i128, step: i128, spend: impl Fn(u64) -> TeraResult<()>) -> TeraResult<Vec<i128>> {
    if step == 0 || (step > 0 && start > end) {
        return Err(tera::Error::message("`range` needs a step that leads from `start` to `end`"));
    }
    let distance = if step > 0 { end.saturating_sub(start) } else { start.saturating_sub(end) }.max(0);
    let count = distance.saturating_add(step.saturating_abs() - 1) / step.saturating_abs();
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if count > RANGE {
        let message = format!("`range` would give {count} numbers, and gives at most {RANGE}");
        return Err(tera::Error::message(message));
    }
    spend(count.saturating_mul(32))?;
    Ok((0..i128::from(count)).map(|place| start + place * step).collect())
}

/// The most numbers that a template may ask for at once, as the engine has it.
const RANGE: u64 = 100_000;

/// What a number weighs that is no whole one.
const FLOAT: u64 = 320;

/// Returns how many bytes a value takes where it is printed, at least; no more than a little over `limit`. What is nested
/// deeper than a page needs weighs all.
pub(super) fn weight(value: &Value, limit: u64) -> u64 {
    fn add(value: &Value, sum: &mut u64, limit: u64, depth: u8) {
        if depth == 0 {
            *sum = u64::MAX;
        }
        if depth == 0 || *sum > limit {
            return;
        }
        // A number that is no whole one may have hundreds of digits.
        let own = if value.is_f64() { FLOAT } else { 16 };
        *sum = sum.saturating_add(own + value.as_str().map_or(0, str::len) as u64);
        value.as_array().into_iter().flatten().for_each(|value| add(value, sum, limit, depth - 1));
        for (key, value) in value.as_map().into_iter().flatten() {
            *sum = sum.saturating_add(key.as_str().map_or(16, str::len) as u64);
            add(value, sum, limit, depth - 1);
        }
    }
    let mut sum = 0;
    add(value, &mut sum, limit, 64);
    sum
}

fn told(fits: bool, said: &str) -> TeraResult<()> {
    if fits { Ok(()) } else { Err(tera::Error::message(said)) }
}

/// Returns the values without those that stand before already: each is held against all that are kept.
fn unique(values: &[Value]) -> TeraResult<Vec<Value>> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        told(work::look(weight(value, work::left()), kept.len() as u64), work::TOO_MUCH)?;
        if !kept.contains(value) {
            kept.push(value.clone());
        }
    }
    Ok(kept)
}

/// Text that may be markup.
struct Part<'a> {
    text: Cow<'a, str>,
    is_safe: bool,
}

impl Part<'_> {
    fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns a text made of this one.
    fn like(&self, text: String) -> Value {
        if self.is_safe { Value::safe_string(&text) } else { Value::from(text) }
    }
}

/// Returns texts that may be put together: where one is markup, all are made such.
fn joinable<'a, const N: usize>(texts: [StringInput<'a>; N], state: &State<'_>) -> TeraResult<[Part<'a>; N]> {
    let is_safe = state.autoescaping_enabled() && texts.iter().any(StringInput::is_safe);
    let mut parts = texts.map(|text| (Part { text: Cow::Borrowed(text.as_str()), is_safe }, text.is_safe()));
    for (part, was_safe) in &mut parts {
        if is_safe && !*was_safe {
            part.text = Cow::Owned(state.escape(&part.text)?);
        }
    }
    Ok(parts.map(|(part, _)| part))
}

fn joined(values: &[Value], separator: &Value, state: &State<'_>) -> TeraResult<Value> {
    let is_safe = state.autoescaping_enabled()
        && values.iter().chain([separator]).any(|value| value.is_string() && value.is_safe());
    let shown = |value: &Value| match value {
        value if value.is_undefined() && is_safe => Ok(String::new()),
        value if is_safe => state.escape_if_needed(value),
        value => Ok(value.to_string()),
    };
    let separator = shown(separator)?;
    let mut out = String::new();
    for (place, value) in values.iter().enumerate() {
        told(work::spend(weight(value, work::left()).saturating_add(separator.len() as u64)), work::TOO_MUCH)?;
        if place > 0 {
            out.push_str(&separator);
        }
        out.push_str(&shown(value)?);
    }
    Ok(if is_safe { Value::safe_string(&out) } else { Value::from(out) })
}

fn indented(text: &StringInput<'_>, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4).min(1_000);
    let is_first = kwargs.get::<bool>("first")?.unwrap_or(false);
    let is_blank = kwargs.get::<bool>("blank")?.unwrap_or(false);
    let letter = kwargs.get::<Value>("indentation")?;
    let letter = match &letter {
        Some(letter) => letter.as_str().unwrap_or_default(),
        None => " ",
    };
    if letter.chars().count() != 1 {
        return Err(tera::Error::message("The `indentation` argument must contain exactly one character"));
    }
    let letter = if text.is_safe() { state.escape(letter)? } else { letter.to_owned() };
    let indent = letter.repeat(width);
    let lines = text.as_str().matches('\n').count() + 1;
    told(work::spend(lines.saturating_mul(indent.len()).saturating_add(text.as_str().len()) as u64), work::TOO_MUCH)?;
    let mut out = String::new();
    for (place, line) in text.as_str().split('\n').enumerate() {
        if place > 0 {
            out.push('\n');
        }
        if (place > 0 || is_first) && (is_blank || !line.trim_end_matches('\r').is_empty()) {
            out.push_str(&indent);
        }
        out.push_str(line);
    }
    Ok(text.inherit_safety(out))
}
