//! YAML texts: read, or refused with places inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::source::Sources;
use okrbook::yaml::{self, Kind, Node, Text};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let source = Text::whole(file, text);
    let (node, diagnostics) = yaml::read(source);
    assert!(node.is_some() || !diagnostics.is_empty() || text.trim().is_empty(), "nothing read and nothing said");
    if let Some(node) = node {
        walk(&node, text);
    }
    okrbook_fuzz::print(&diagnostics, &sources);
});

fn walk(node: &Node<'_>, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "a span outside the text: {:?}", node.span);
    match &node.kind {
        Kind::Map(map) => map.entries.iter().for_each(|entry| {
            assert!(text.get(entry.key.span.range()).is_some());
            walk(&entry.value, text);
        }),
        Kind::List(items) => items.iter().for_each(|item| walk(item, text)),
        _ => {}
    }
}
