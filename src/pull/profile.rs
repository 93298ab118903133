//! A connection as the user's own profile tells it: the driver, its options, or a program to be run.
//!
//! In: the text of an ADBC connection profile (TOML, `profile_version = 1`), and a way to ask for variables. Out: the
//! connection. Whatever it holds is a secret: [`Profile::redact`] takes it out of every message before anybody reads it.

use toml::de::{DeTable, DeValue};

/// What stands in the place of what a profile holds.
const HIDDEN: &str = "[hidden]";

/// The shortest part of a value that is taken out of messages; shorter ones are passwords only.
const PART: usize = 3;

/// A connection.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// What is asked.
    pub way: Way,
    /// Folders that an engine in this program's own process may read from.
    pub folders: Vec<String>,
    /// All values, and the parts of those that are addresses.
    secrets: Vec<String>,
}

/// What is asked.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// An engine, through a driver.
    Driver {
        /// The driver: an absolute path, or the name of a manifest.
        driver: String,
        /// The name of its entry point, where it isn't the usual one.
        entrypoint: Option<String>,
        /// Its options, sorted by name.
        options: Vec<(String, Setting)>,
    },
    /// A program with its arguments, which prints CSV.
    Program(Vec<String>),
}

/// The value of an option.
#[derive(Clone, PartialEq, Eq)]
pub enum Setting {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
}

/// Reads a profile; `variable` looks a variable of the environment up.
///
/// # Errors
///
/// What is wrong with it, in words that hold none of its values.
pub fn read(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Profile, String> {
    // What the parser says would quote the file.
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        format!("it is no TOML from line {line} on")
    })?;
    let table = table.get_ref();
    let version = table.get("profile_version").map(toml::Spanned::get_ref);
    if !matches!(version, Some(DeValue::Integer(number)) if number.as_str() == "1") {
        return Err("it doesn't say `profile_version = 1`".to_owned());
    }
    let mut reading = Reading { variable, secrets: Vec::new() };
    let folders = match table.get("okrbook").and_then(|part| part.get_ref().as_table()?.get("folders")) {
        Some(value) => texts(value.get_ref()).ok_or("`folders` is a list of texts")?,
        None => Vec::new(),
    };
    if let Some(value) = table.get("command") {
        let argv = texts(value.get_ref()).filter(|argv| !argv.is_empty());
        let argv = argv.ok_or("`command` is a list of texts: the program and its arguments")?;
        argv.iter().skip(1).for_each(|argument| reading.keep(argument));
        return Ok(Profile { way: Way::Program(argv), folders, secrets: reading.secrets() });
    }
    let text_of = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
    let driver = text_of("driver").ok_or("it names neither a `driver` nor a `command`")?.to_owned();
    let is_duckdb = driver.rsplit('/').next().is_some_and(|name| name.contains("duckdb") && name.contains(".so"));
    let entrypoint = text_of("entrypoint").or(is_duckdb.then_some("duckdb_adbc_init")).map(str::to_owned);
    let mut options = Vec::new();
    if let Some(given) = table.get("Options") {
        let given = given.get_ref().as_table().ok_or("`Options` is no table")?;
        reading.options(given, "", &mut options)?;
    }
    options.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Profile { way: Way::Driver { driver, entrypoint, options }, folders, secrets: reading.secrets() })
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

struct Reading<'v> {
    variable: &'v dyn Fn(&str) -> Option<String>,
    secrets: Vec<String>,
}

impl Reading<'_> {
    fn options(&mut self, table: &DeTable<'_>, prefix: &str, found: &mut Vec<(String, Setting)>) -> Result<(), String> {
        for (key, value) in table {
            let name = format!("{prefix}{}", key.get_ref());
            let setting = match value.get_ref() {
                DeValue::String(text) => Setting::Text(self.filled(text)?),
                DeValue::Boolean(flag) => Setting::Text(flag.to_string()),
                DeValue::Integer(number) => {
                    Setting::Whole(number.as_str().parse().map_err(|_| format!("the option `{name}` is too large"))?)
                }
                DeValue::Table(inner) => {
                    self.options(inner, &format!("{name}."), found)?;
                    continue;
                }
                _ => return Err(format!("the option `{name}` is neither a text nor a whole number")),
            };
            if let Setting::Text(text) = &setting {
                self.keep(text);
                if name.ends_with("password") || name.ends_with("token") {
                    self.secrets.push(text.clone());
                }
            }
            found.push((name, setting));
        }
        Ok(())
    }

    /// Returns a text with the variables' values in the place of `{{ env_var(NAME) }}`.
    fn filled(&mut self, text: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once("{{") {
            let (inside, after) = after.split_once("}}").ok_or("a `{{` has no `}}`")?;
            let name = inside.trim().strip_prefix("env_var(").and_then(|name| name.strip_suffix(')')).map(str::trim);
            let name = name.filter(|name| !name.is_empty()).ok_or("between `{{` and `}}` stands no `env_var(NAME)`")?;
            let value = (self.variable)(name).filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| format!("the variable {name} isn't set"))?;
            self.secrets.push(value.clone());
            filled.push_str(before);
            filled.push_str(&value);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// Remembers a value, and its parts where it is an address or a list of settings.
    fn keep(&mut self, value: &str) {
        let Some((_, rest)) = value.split_once("://") else {
            self.parts(value);
            return;
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@') {
            let password = user.split_once(':').map(|(_, password)| password);
            self.secrets.extend(password.map(str::to_owned));
            self.secrets.extend(password.map(decoded));
        }
        self.secrets.push(value.to_owned());
        self.parts(rest);
    }

    fn parts(&mut self, text: &str) {
        let whole = std::iter::once(text);
        let parts = whole.chain(text.split([':', '/', '@', '?', '&', '=', ' ', ';', ',', '\'']));
        for part in parts.filter(|part| part.len() >= PART) {
            self.secrets.push(part.to_owned());
            self.secrets.push(decoded(part));
        }
    }

    /// Returns the values, the longest first, so that a part hides no more than itself.
    fn secrets(self) -> Vec<String> {
        let mut secrets = self.secrets;
        secrets.retain(|secret| !secret.is_empty() && !matches!(secret.as_str(), "true" | "false"));
        secrets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        secrets.dedup();
        secrets
    }
}

/// Returns a text with `%40` and the like as what they stand for (RFC 3986).
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Profile {
    /// Returns a message without anything that the profile holds.
    #[must_use]
    pub fn redact(&self, message: &str) -> String {
        // Marks of one sign first, so that no value is looked for in what stands for another.
        let marked = self.secrets.iter().fold(message.to_owned(), |text, secret| text.replace(secret, "\u{0}"));
        marked.replace('\u{0}', HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<String> {
        (name == "SHOP").then(|| "s3cr%et".to_owned())
    }

    fn profile(text: &str) -> Result<Profile, String> {
        read(&format!("profile_version = 1\n{text}"), &variable)
    }

    #[test]
    fn options_are_read_with_variables_filled_in() {
        let text =
            "driver = \"pg\"\n[Options]\nuri = \"postgresql://u:{{ env_var(SHOP) }}@db/x\"\na = { b = 3, c = true }\n";
        let Ok(Profile { way: Way::Driver { driver, entrypoint, options }, .. }) = profile(text) else {
            panic!("no driver")
        };
        assert_eq!((driver.as_str(), entrypoint), ("pg", None));
        let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.b", "a.c", "uri"]);
        assert!(options[2].1 == Setting::Text("postgresql://u:s3cr%et@db/x".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_files_values() {
        for (text, told) in [
            ("driver = \"pg\"\n[Options]\nuri = \"{{ env_var(NONE) }}\"", "the variable NONE isn't set"),
            ("driver = \"pg\"\n[Options]\nuri = \"{{ secret }}\"", "between `{{` and `}}` stands no `env_var(NAME)`"),
            ("driver = \"pg\"\n[Options]\nuri = \"{{ env_var(SHOP)\"", "a `{{` has no `}}`"),
            ("[Options]\nuri = \"x\"", "it names neither a `driver` nor a `command`"),
            ("driver = \"pg\"\npassword = hunter2", "it is no TOML from line 3 on"),
            ("command = []", "`command` is a list of texts: the program and its arguments"),
            ("driver = \"pg\"\n[Options]\nx = [1]", "the option `x` is neither a text nor a whole number"),
        ] {
            assert_eq!(profile(text).err().as_deref(), Some(told), "{text}");
        }
        assert_eq!(read("driver = \"x\"", &variable).err().as_deref(), Some("it doesn't say `profile_version = 1`"));
    }

    #[test]
    fn messages_lose_every_value_and_every_part_of_an_address() {
        let text = "driver = \"pg\"\n[Options]\nuri = \"postgresql://okr:p%40ss@db.internal:5432/shop?sslmode=require\"\n\
                    password = \"pw\"\ntoken = \"{{ env_var(SHOP) }}\"\n";
        let Ok(profile) = profile(text) else { panic!("no profile") };
        let message = "connection to db.internal, port 5432 as okr with p@ss or p%40ss or pw: no shop; s3cr%et";
        assert_eq!(
            profile.redact(message),
            "connection to [hidden], port [hidden] as [hidden] with [hidden] or [hidden] or [hidden]: no [hidden]; \
             [hidden]"
        );
    }
}
