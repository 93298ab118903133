//! What a tag does with values, and where the calls belong that count it.
//!
//! In: a template's text and where a tag begins. Out: where the tag ends, the values that it names and how often it looks
//! at them, and calls around all that makes new values in the middle of it: items and conditions of lists, functions and
//! filters. Every sign that isn't known to look at nothing counts, so that an operator nobody thought of counts too.

use super::calls::{APART, ITEMS, LOOKS, SEES, string};

/// The most texts that one tag may join, and the most values that it may list.
const JOINED: usize = 64;
const LISTED: usize = 256;

/// Tags with no expression in them.
const PLAIN: [&str; 13] = [
    "block",
    "break",
    "component",
    "continue",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endraw",
    "endset",
    "raw",
];

/// Words that are no names of values.
const WORDS: [&str; 16] = [
    "and",
    "elif",
    "else",
    "extends",
    "false",
    "filter",
    "for",
    "if",
    "in",
    "include",
    "is",
    "not",
    "or",
    "set",
    "set_global",
    "true",
];

/// What a tag looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Looks<'t> {
    /// The values that it names: paths from a variable on.
    names: Vec<&'t str>,
    /// How many operators may look at them.
    operators: usize,
    /// How many texts it joins and values it lists: what it looks at may be so often as large.
    joins: usize,
    /// Whether it goes through a value even without any operator, as what prints or keeps it does.
    is_taken: bool,
}

impl<'t> Looks<'t> {
    /// Adds what another tag looks at.
    pub(super) fn add(&mut self, other: &Self) {
        other.names.iter().for_each(|name| self.name(name));
        self.operators += other.operators;
        self.joins += other.joins;
        self.is_taken |= other.is_taken;
    }

    /// Returns the call that counts it; none where it only asks whether something is there.
    pub(super) fn call(&self) -> Option<String> {
        let looks = !self.names.is_empty() && (self.operators > 0 || self.is_taken);
        looks.then(|| format!("{LOOKS}(v=\"{}\", e={})", self.names.join(","), self.times()))
    }

    /// Returns how often the named values are looked at, at most: each operator may look at what the joins before it
    /// made.
    fn times(&self) -> usize {
        1 + 2 * self.operators * (1 + self.joins)
    }

    fn name(&mut self, name: &'t str) {
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }
}

/// What an opening bracket belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    Filter,
    Call,
}

#[derive(Debug, Clone, Copy)]
struct Bracket {
    role: Role,
    /// Where the item or condition of a list begins that may end here.
    from: usize,
    /// Whether a list is made item by item in it, and then whether items have a condition.
    has_items: bool,
    has_condition: bool,
}

/// What the next word is, where that isn't a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    Filter,
    Test,
}

/// Reads the tag that begins at `start`; nothing where it doesn't end.
///
/// # Errors
///
/// Where it joins or lists more than a template may, with the line.
pub(super) fn read<'t>(
    text: &'t str,
    start: usize,
    closer: &'t str,
    calls: &mut Vec<(usize, String)>,
) -> Result<Option<(usize, Looks<'t>)>, String> {
    let mut reader = Reader::new(text, start, closer);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(reader.at) {
        match byte {
            b'"' | b'\'' | b'`' => match string(bytes, reader.at) {
                Some(end) => {
                    reader.at = end;
                    continue;
                }
                None => return Ok(None),
            },
            _ if bytes[reader.at..].starts_with(closer.as_bytes()) => {
                let looks = reader.finish(calls);
                return Ok(Some((reader.at + 2, looks)));
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'.' => {
                reader.word();
                continue;
            }
            _ => reader.sign(byte),
        }
        if reader.joins.len() > JOINED || reader.commas.len() > LISTED {
            let line = text[..reader.at].matches('\n').count() + 1;
            return Err(format!("line {line}: a tag may join {JOINED} texts and list {LISTED} values; part it"));
        }
        reader.at += 1;
    }
    Ok(None)
}

struct Reader<'t> {
    text: &'t str,
    closer: &'t str,
    start: usize,
    at: usize,
    /// The word that says what the tag is.
    first: &'t str,
    next: Next,
    names: Vec<(usize, &'t str)>,
    operators: Vec<usize>,
    joins: Vec<usize>,
    commas: Vec<usize>,
    /// Whether a sign for "is from now on" was read.
    is_assigned: bool,
    brackets: Vec<Bracket>,
    calls: Vec<(usize, String)>,
    /// Where filters and their arguments end.
    filtered: Vec<usize>,
    /// Where what a tag caught goes into its first filter.
    caught: Option<usize>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, start: usize, closer: &'t str) -> Self {
        let inner = text[start + 2..].trim_start_matches('-').trim_start();
        let first = match closer {
            "%}" => &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len())],
            _ => "",
        };
        Self {
            text,
            closer,
            start,
            at: start + 2,
            first,
            next: if first == "filter" { Next::Filter } else { Next::Value },
            is_assigned: false,
            names: Vec::new(),
            operators: Vec::new(),
            joins: Vec::new(),
            commas: Vec::new(),
            brackets: Vec::new(),
            calls: Vec::new(),
            filtered: Vec::new(),
            caught: None,
        }
    }

    fn sign(&mut self, byte: u8) {
        match byte {
            b'[' | b'(' | b'{' => self.open(Role::Plain),
            b']' | b')' | b'}' => self.close(),
            b'~' => self.joins.push(self.at),
            b',' => self.commas.push(self.at),
            b'=' if self.assigns() => self.is_assigned = true,
            b'|' => {
                self.next = Next::Filter;
                let is_caught = matches!(self.first, "set" | "set_global") && !self.is_assigned;
                self.caught = self.caught.or(Some(self.at).filter(|_| is_caught));
            }
            _ => {}
        }
        let is_quiet = byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b",(){}]".contains(&byte);
        let ends = || self.text.as_bytes()[self.at + 1..].starts_with(self.closer.as_bytes());
        let is_trim = byte == b'-' && (self.at == self.start + 2 || ends());
        let names = byte == b'=' && self.assigns();
        if !(is_quiet || is_trim || names) {
            self.operators.push(self.at);
        }
    }

    /// Says whether the sign here gives something a name, and compares nothing.
    fn assigns(&self) -> bool {
        let bytes = self.text.as_bytes();
        let is_other = |byte: Option<&u8>| byte.is_none_or(|byte| !b"=!<>".contains(byte));
        is_other(bytes.get(self.at - 1)) && is_other(bytes.get(self.at + 1))
    }

    fn open(&mut self, role: Role) {
        self.brackets.push(Bracket { role, from: self.at + 1, has_items: false, has_condition: false });
    }

    fn close(&mut self) {
        let Some(bracket) = self.brackets.pop() else { return };
        match bracket.role {
            Role::Filter => self.filtered.push(self.at + 1),
            Role::Call => self.end_call(bracket.from, self.at + 1),
            Role::Plain if bracket.has_condition => self.end_call(bracket.from, self.at),
            Role::Plain => {}
        }
    }

    /// Reads a word: a value's path, or what stands in the place of one.
    fn word(&mut self) {
        let start = self.at;
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.".contains(byte);
        let end = start + self.text.as_bytes()[start..].iter().take_while(is_part).count();
        let word = &self.text[start..end];
        self.at = end;
        let rest = self.text[end..].trim_start();
        let opens = rest.starts_with('(').then(|| self.text.len() - rest.len());
        match (word, self.next) {
            // The word that says what the tag is may stand before filters only.
            ("filter", Next::Filter) if self.first == "filter" && self.caught.is_none() => {
                self.caught = Some(end);
                return;
            }
            ("for", _) => self.items(start),
            ("if", _) => self.condition(end),
            ("in", _) => self.operators.push(start),
            ("is", _) => {
                self.operators.push(start);
                self.next = Next::Test;
                return;
            }
            ("not", Next::Test) => return,
            (_, Next::Filter) => match opens {
                Some(bracket) => {
                    self.at = bracket;
                    self.open(Role::Filter);
                    self.at += 1;
                }
                None => self.filtered.push(end),
            },
            (_, Next::Test) => {}
            (word, Next::Value) if WORDS.contains(&word) => {}
            (_, Next::Value) => match opens.filter(|_| self.first != "component") {
                Some(bracket) => {
                    self.operators.push(start);
                    self.at = bracket;
                    self.brackets.push(Bracket {
                        role: Role::Call,
                        from: start,
                        has_items: false,
                        has_condition: false,
                    });
                    self.at += 1;
                }
                None => self.path(start, word),
            },
        }
        self.next = Next::Value;
    }

    /// Notes a value's path. What goes on from a bracket belongs to the value before it; a spread value is copied.
    fn path(&mut self, start: usize, word: &'t str) {
        let spread = word.strip_prefix("...");
        self.operators.extend(spread.map(|_| start));
        let path = spread.unwrap_or(word);
        if !path.starts_with('.') && !path.is_empty() {
            self.names.push((start, path.trim_end_matches('.')));
        }
    }

    /// Ends an item where a list is made of items.
    fn items(&mut self, at: usize) {
        let Some(bracket) = self.brackets.last_mut().filter(|bracket| bracket.role == Role::Plain) else { return };
        if !bracket.has_items {
            bracket.has_items = true;
            let from = bracket.from;
            self.end_call(from, at);
        }
    }

    /// Begins a condition where a list's items have one.
    fn condition(&mut self, end: usize) {
        if let Some(bracket) = self.brackets.last_mut().filter(|bracket| bracket.has_items && !bracket.has_condition) {
            bracket.has_condition = true;
            bracket.from = end;
        }
    }

    /// Puts a call around a part of the tag, which counts what the part looks at and what it makes.
    fn end_call(&mut self, from: usize, to: usize) {
        let looks = self.looks(from);
        let is_behind_word = self.text[..from].ends_with(|c: char| c.is_ascii_alphanumeric());
        let apart = if is_behind_word { APART } else { "" };
        self.calls.push((from, format!("{apart}{ITEMS}(v=(")));
        self.calls.push((to, format!("), okrbook=\"{}\", e={})", looks.names.join(","), looks.times())));
    }

    fn looks(&self, from: usize) -> Looks<'t> {
        let inside = |places: &[usize]| places.iter().filter(|at| **at >= from).count();
        let mut looks = Looks {
            operators: inside(&self.operators),
            joins: inside(&self.joins) + inside(&self.commas),
            is_taken: !matches!(self.first, "if" | "elif"),
            ..Looks::default()
        };
        self.names.iter().filter(|(at, _)| *at >= from).for_each(|(_, name)| looks.name(name));
        looks
    }

    /// Returns what the tag looks at, and adds its calls.
    fn finish(&mut self, calls: &mut Vec<(usize, String)>) -> Looks<'t> {
        if PLAIN.contains(&self.first) {
            return Looks::default();
        }
        let looks = self.looks(self.start);
        let seen = format!("{SEES}(e={})", looks.times());
        match self.caught {
            Some(at) if self.first == "filter" => self.calls.push((at, format!("{APART}{seen}|"))),
            Some(at) => self.calls.push((at, format!("|{seen}"))),
            None => {}
        }
        self.filtered.iter().for_each(|at| self.calls.push((*at, format!("|{seen}"))));
        calls.append(&mut self.calls);
        looks
    }
}
