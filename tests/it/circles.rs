//! No circles of files inside a room: who reads one file after the other never needs one that he hasn't read.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::modules;

/// A module's path: `chart`, `axes`.
type Name = Vec<String>;

struct File {
    path: String,
    /// What stands at the left margin: functions, types, constants.
    defines: BTreeSet<String>,
    uses: Vec<Use>,
    /// The code without its imports and strings.
    body: String,
}

struct Use {
    path: Name,
    /// The name that it has here.
    alias: String,
    is_passed_on: bool,
}

type House = BTreeMap<Name, File>;

fn house() -> House {
    let file = |module: crate::architecture::Module| {
        let inside = module.path.trim_start_matches("src/").trim_end_matches(".rs");
        let name: Name = inside.trim_end_matches("/mod").split('/').map(str::to_owned).collect();
        let code = without_strings(&module.code);
        let (uses, body) = imports(&code);
        (name, File { path: module.path, defines: definitions(&body), uses, body })
    };
    modules().into_iter().map(file).collect()
}

fn without_strings(code: &str) -> String {
    let code = code.replace("'\"'", "' '").replace("\\\\", "").replace("\\\"", "");
    code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

/// Returns the imports of a file, and the rest of its code.
fn imports(code: &str) -> (Vec<Use>, String) {
    let (mut uses, mut body) = (Vec::new(), String::new());
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        let head = bare.split("use ").next().unwrap_or_default().trim_end();
        let is_passed_on = head.starts_with("pub");
        // Declaring a module is no need of it.
        if bare.ends_with(';') && bare.split_whitespace().rev().nth(1) == Some("mod") {
            continue;
        }
        if !bare.contains("use ") || !(head.is_empty() || is_passed_on && !head.contains(' ')) {
            body.push_str(line);
            body.push('\n');
            continue;
        }
        let mut tree = bare.split_once("use ").map_or("", |(_, tree)| tree).to_owned();
        while !tree.ends_with(';') {
            tree.push_str(lines.next().unwrap_or(";").trim());
        }
        for (path, alias) in branches(&[], tree.trim_end_matches(';')) {
            uses.push(Use { path, alias, is_passed_on });
        }
    }
    (uses, body)
}

/// Returns the paths of an import such as `super::{a::B, c as d}`, each with its name here.
fn branches(before: &[String], tree: &str) -> Vec<(Name, String)> {
    let words = |path: &str| path.split("::").filter(|word| !word.is_empty()).map(str::to_owned).collect::<Name>();
    let Some((head, list)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path = [before, &words(path.trim())].concat();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let alias = if alias.is_empty() { path.last().cloned().unwrap_or_default() } else { alias.trim().to_owned() };
        return vec![(path, alias)];
    };
    let before = [before, &words(head.trim())].concat();
    let (mut found, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    let list = list.trim_end().trim_end_matches('}');
    for (place, c) in list.char_indices().chain([(list.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 || place == list.len() => {
                let part = list[start..place].trim();
                if !part.is_empty() {
                    found.extend(branches(&before, part));
                }
                start = place + 1;
            }
            _ => {}
        }
    }
    found
}

fn definitions(body: &str) -> BTreeSet<String> {
    let kinds = ["fn", "struct", "enum", "const", "static", "trait", "type", "macro_rules!"];
    let name = |line: &str| {
        let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub")).peekable();
        while words.peek().is_some_and(|word| matches!(*word, "const" | "async")) && line.contains(" fn ") {
            words.next();
        }
        let kind = words.next().filter(|kind| kinds.contains(kind))?;
        let name = words.next().filter(|_| !kind.is_empty())?;
        Some(name.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect::<String>())
    };
    body.lines().filter(|line| !line.starts_with(' ')).filter_map(name).collect()
}

/// Returns a path from the root of the crate, where it leads into the house.
fn from_root(house: &House, here: &Name, path: &[String]) -> Option<Name> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([here, rest].concat()),
        "super" => {
            let up = path.iter().take_while(|word| *word == "super").count();
            let found = [here.get(..here.len().checked_sub(up)?)?, &path[up..]].concat();
            // The files of `lib/` name the rooms by way of `lib.rs`, which declares them.
            let is_room = found.len() > 1 && found[0] == "lib" && house.keys().any(|name| name[0] == found[1]);
            Some(if is_room { found[1..].to_vec() } else { found })
        }
        _ => Some([here, path].concat()).filter(|path| house.contains_key(&path[..=here.len()].to_vec())),
    }
}

/// Returns the file that defines what a path names, however often it is passed on; nothing for a module.
fn defined_in(house: &House, path: &[String], steps: u32) -> Option<Name> {
    let module = (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|name| house.contains_key(name))?;
    let item = path.get(module.len())?;
    let file = house.get(&module)?;
    let passed = file.uses.iter().find(|other| other.alias == *item && !file.defines.contains(item));
    let origin = passed.filter(|_| steps > 0).and_then(|other| from_root(house, &module, &other.path));
    match origin {
        Some(origin) => defined_in(house, &[&origin, &path[module.len() + 1..]].concat(), steps - 1),
        None => Some(module),
    }
}

/// Returns the other files of its room that a file needs, each with a name that it takes from there.
fn needs(house: &House, here: &Name, file: &File) -> BTreeMap<Name, String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut paths: Vec<Name> = Vec::new();
    let mut modules: BTreeMap<&str, Name> = BTreeMap::new();
    let words: BTreeSet<&str> = file.body.split(|c| !is_word(c)).collect();
    for other in &file.uses {
        let Some(path) = from_root(house, here, &other.path) else { continue };
        if house.contains_key(&path) {
            modules.insert(&other.alias, path);
        } else if !other.is_passed_on || words.contains(other.alias.as_str()) {
            paths.push(path);
        }
    }
    for text in file.body.split(|c| !is_word(c) && c != ':').filter(|text| text.contains("::")) {
        let path: Name = text.split("::").map(|word| word.trim_matches(':').to_owned()).collect();
        match modules.get(path[0].as_str()) {
            Some(module) => paths.push([module, &path[1..]].concat()),
            None => paths.extend(from_root(house, here, &path)),
        }
    }
    let defined = |path: Name| Some((defined_in(house, &path, 9)?, path.last()?.clone()));
    let in_room = |(name, _): &(Name, String)| name[0] == here[0] && name != here;
    paths.into_iter().filter_map(defined).filter(in_room).collect()
}

fn reached(needs: &BTreeMap<Name, BTreeMap<Name, String>>, from: &Name) -> BTreeSet<Name> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(name) = open.pop() {
        open.extend(needs[name].keys().filter(|&next| found.insert(next.clone())));
    }
    found
}

#[test]
fn no_files_of_a_room_need_each_other() {
    let house = house();
    let needs: BTreeMap<Name, _> = house.iter().map(|(name, file)| (name.clone(), needs(&house, name, file))).collect();
    let reached: BTreeMap<&Name, BTreeSet<Name>> = needs.keys().map(|name| (name, reached(&needs, name))).collect();
    let mut faults = Vec::new();
    for (name, file) in &house {
        let circle = |other: &Name| reached[name].contains(other) && reached[other].contains(name);
        for (other, item) in needs[name].iter().filter(|(other, _)| circle(other)) {
            faults.push(format!("{} needs `{item}` of {}, which needs it in turn", file.path, house[other].path));
        }
    }
    let help = "move what both need into a file of its own, or pass it as a value instead of calling back";
    assert!(faults.is_empty(), "\n{}\n{help}", faults.join("\n"));
}

#[test]
fn the_checker_sees_what_a_file_needs_in_every_shape() {
    let code =
        "pub(super) use inner::{self, deep::{A, B as C}};\nuse super::{\n    other,\n    D,\n};\npub const fn f() {}\n";
    let (uses, body) = imports(code);
    let shown: Vec<String> = uses.iter().map(|one| format!("{} = {}", one.alias, one.path.join("::"))).collect();
    assert_eq!(
        shown,
        ["inner = inner", "A = inner::deep::A", "C = inner::deep::B", "other = super::other", "D = super::D"]
    );
    assert_eq!(definitions(&body).into_iter().collect::<Vec<_>>(), ["f"]);
}
