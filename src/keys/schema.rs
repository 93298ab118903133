//! The tables as JSON Schemas, for editors.
//!
//! In: a file's form. Out: a document of draft 2020-12. A form is said once: mappings stand under `$defs` by their names.

use serde_json::{Map, Value, json};

use super::{FILES, File, team};
use crate::yaml::{Form, Key, Shape};

/// The draft that the documents follow.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Keys by which people type a key result's value, which exports should give.
pub const TYPED: [&str; 10] =
    ["current", "value", "actual", "progress", "score", "status", "now", "result", "current_value", "grade"];

/// Returns the JSON Schema of a file of a book.
#[must_use]
pub fn of_file(file: &File) -> String {
    let mut definitions = Map::new();
    let mut schema = Map::from_iter([
        ("$schema".to_owned(), json!(DRAFT)),
        ("title".to_owned(), json!(file.path)),
        ("description".to_owned(), json!(file.doc)),
    ]);
    let form = match file.form {
        Form::Of(shape) => mapping(shape, &mut definitions),
        form => value(&form, &mut definitions),
    };
    schema.extend(form.as_object().cloned().unwrap_or_default().into_iter().filter(|(name, _)| name != "description"));
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    document(&Value::Object(schema))
}

/// Returns a schema as the text of a file.
#[must_use]
pub fn document(schema: &Value) -> String {
    let text = serde_json::to_string_pretty(schema).expect("internal: a schema is plain JSON");
    text + "\n"
}

/// Returns the schema of a mapping.
fn mapping(shape: &Shape, definitions: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> =
        shape.keys.iter().map(|key| (key.name.to_owned(), property(key, definitions))).collect();
    let needed: Vec<&str> = shape.keys.iter().filter(|key| key.is_needed).map(|key| key.name).collect();
    let mut schema = json!({
        "description": shape.doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !needed.is_empty() {
        schema["required"] = json!(needed);
    }
    schema
}

/// Returns the schema of a key. A key with nothing behind it is absent.
fn property(key: &Key, definitions: &mut Map<String, Value>) -> Value {
    let form = value(&key.form, definitions);
    let mut schema = if key.is_needed { form } else { any_of(vec![form, json!({ "type": "null" })]) };
    let default = if key.default.is_empty() { String::new() } else { format!(" Default: {}.", key.default) };
    schema["description"] = json!(format!("{}{default}", key.doc));
    schema["examples"] = json!([key.example]);
    schema
}

fn value(form: &Form, definitions: &mut Map<String, Value>) -> Value {
    match form {
        Form::Text | Form::Written(..) => json!({ "type": "string" }),
        Form::Number => json!({ "type": "number" }),
        Form::Between(least, most) => json!({ "type": "number", "minimum": least, "maximum": most }),
        Form::Count => json!({ "type": "integer", "minimum": 0 }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Amount => any_of(vec![json!({ "type": "string" }), json!({ "type": "number" })]),
        Form::Column => any_of(vec![json!({ "type": "string" }), json!({ "type": "integer", "minimum": 1 })]),
        Form::Choice(words) => json!({ "enum": words }),
        Form::List(item) => json!({ "type": "array", "items": value(item, definitions) }),
        Form::OneOrMany(item) => {
            let item = value(item, definitions);
            any_of(vec![item.clone(), json!({ "type": "array", "items": item })])
        }
        Form::ByName(_, item) => {
            let item = value(item, definitions);
            json!({ "type": "object", "additionalProperties": any_of(vec![item, json!({ "type": "null" })]) })
        }
        Form::Of(shape) => {
            define(shape, definitions);
            let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
            if shape.name == team::KEY_RESULT.name {
                any_of(vec![reference(shape.name), reference(SHORT)])
            } else {
                reference(shape.name)
            }
        }
        Form::Either(forms) => any_of(forms.iter().map(|form| value(form, definitions)).collect()),
    }
}

/// Adds a mapping to the definitions, once.
fn define(shape: &Shape, definitions: &mut Map<String, Value>) {
    if definitions.contains_key(shape.name) {
        return;
    }
    // The place is taken before what is below it, so that the order is that in which people read.
    definitions.insert(shape.name.to_owned(), Value::Null);
    definitions[shape.name] = mapping(shape, definitions);
    if shape.name == team::KEY_RESULT.name {
        definitions.insert(SHORT.to_owned(), short_form(&definitions[shape.name]));
    }
}

/// Joins forms; those that are choices themselves are taken apart.
fn any_of(forms: Vec<Value>) -> Value {
    let mut parts: Vec<Value> = Vec::new();
    for form in forms {
        let inner = match form.get("anyOf").and_then(Value::as_array) {
            Some(inner) if form.as_object().is_some_and(|form| form.len() == 1) => inner.clone(),
            _ => vec![form],
        };
        parts.extend(inner.into_iter().filter(|part| !parts.contains(part)).collect::<Vec<_>>());
    }
    match parts.len() {
        1 => parts.remove(0),
        _ => json!({ "anyOf": parts }),
    }
}

/// Names the form of key results that begin with `id: sentence`.
const SHORT: &str = "ShortKeyResult";

/// Returns the form `id: sentence` with any further keys: one key of the author's own, whose name is none that means
/// something elsewhere, and the keys of a key result but `id` and `title`.
fn short_form(whole: &Value) -> Value {
    let mut short = whole.clone();
    if let Some(properties) = short["properties"].as_object_mut() {
        properties.shift_remove("id");
        properties.shift_remove("title");
    }
    let own = team::KEY_RESULT.names().chain(team::KEY_RESULT.keys.iter().flat_map(|key| key.slips.iter().copied()));
    let others = FILES.iter().filter_map(|file| first_mapping(&file.form)).flat_map(Shape::names);
    let mut taken: Vec<&str> = own.chain(TYPED).chain(team::OBJECTIVE.names()).chain(others).collect();
    taken.sort_unstable();
    taken.dedup();
    let known: Vec<&str> = team::KEY_RESULT.names().filter(|name| !matches!(*name, "id" | "title")).collect();
    taken.retain(|name| !known.contains(name));
    short["description"] = json!("A key result as `id: sentence`, with further keys below.");
    short["required"] = json!([]);
    short["propertyNames"] = json!({ "not": { "enum": taken } });
    short["additionalProperties"] = json!({ "type": "string", "description": "The sentence, below its id." });
    short
}

/// Returns the mapping that a form begins with.
fn first_mapping(form: &Form) -> Option<&'static Shape> {
    match form {
        Form::Of(shape) => Some(shape),
        Form::ByName(_, item) | Form::List(item) | Form::OneOrMany(item) => first_mapping(item),
        Form::Either(forms) => forms.iter().find_map(first_mapping),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(name: &str) -> Value {
        let file = FILES.iter().find(|file| file.name == name).expect("a file");
        serde_json::from_str(&of_file(file)).expect("JSON")
    }

    #[test]
    fn a_mapping_takes_its_own_keys_alone() {
        let metrics = schema("metrics");
        let metric = &metrics["$defs"]["Metric"];
        assert_eq!(metric["additionalProperties"], false);
        assert_eq!(metric["properties"]["better"]["anyOf"][0]["enum"], json!(["higher", "lower"]));
        let book = schema("book");
        assert_eq!(book["required"], json!(["organisation"]));
        assert_eq!(book["properties"]["calendar"]["anyOf"][0]["$ref"], "#/$defs/Calendar");
    }

    #[test]
    fn the_short_form_takes_an_id_but_no_word_that_means_something_elsewhere() {
        let okr = schema("okr");
        let short = &okr["$defs"][SHORT];
        let refused = short["propertyNames"]["not"]["enum"].as_array().expect("names");
        for word in ["title", "fresh_within", "owner", "target", "outcome", "current"] {
            assert!(refused.contains(&json!(word)), "{word}");
        }
        for word in ["metric", "owners", "at_most"] {
            assert!(!refused.contains(&json!(word)) && short["properties"].get(word).is_some(), "{word}");
        }
        let forms = okr["$defs"]["Objective"]["properties"]["key_results"].to_string();
        assert!(forms.contains("#/$defs/KeyResult") && forms.contains("#/$defs/ShortKeyResult"), "{forms}");
    }
}
