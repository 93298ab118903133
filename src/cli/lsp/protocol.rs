//! The protocol's messages as values of our own, and back.
//!
//! In: what an editor sends as JSON. Out: addresses, texts and places; and what we answer, as JSON. Positions are in UTF-16,
//! which every editor speaks; texts come whole.

use std::str::FromStr as _;

use lsp_types::{
    CodeActionParams, CodeActionProviderCapability, CompletionItem, CompletionItemKind, CompletionOptions,
    CompletionTextEdit, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Documentation, Hover,
    HoverContents, HoverProviderCapability, InitializeParams, InitializeResult, Location, MarkupContent, MarkupKind,
    NumberOrString, OneOf, Position, PublishDiagnosticsParams, Range, ServerCapabilities, ServerInfo,
    TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, TextEdit, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::place::{At, Stretch};

/// Something that was found, where the editor shows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// Where.
    pub(super) stretch: Stretch,
    /// Whether it is an error.
    pub(super) is_error: bool,
    /// Its code.
    pub(super) code: &'static str,
    /// What is said.
    pub(super) message: String,
    /// Other places that belong to it: address, stretch, words.
    pub(super) related: Vec<(String, Stretch, String)>,
}

/// Something that could stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    /// What it is called.
    pub(super) label: String,
    /// What is written.
    pub(super) text: String,
    /// What it is, in a few words.
    pub(super) detail: String,
    /// What it does.
    pub(super) doc: String,
    /// Whether it is a key, and not a value.
    pub(super) is_key: bool,
}

/// A change that mends what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mending {
    /// What it does.
    pub(super) title: String,
    /// What it replaces.
    pub(super) stretch: Stretch,
    /// What it writes.
    pub(super) text: String,
}

/// Returns what this server can do, as the answer to `initialize`.
pub(super) fn greeting() -> Value {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::FULL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let triggers = [" ", "-", "(", "{", "["].map(str::to_owned).to_vec();
    value(InitializeResult {
        capabilities: ServerCapabilities {
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(triggers),
                ..CompletionOptions::default()
            }),
            definition_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: "okrbook".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    })
}

/// Says whether the editor can be asked to tell of files that change outside of it.
pub(super) fn can_watch(params: &Value) -> bool {
    let params: Option<InitializeParams> = read(params);
    let workspace = params.and_then(|params| params.capabilities.workspace);
    let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
    watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default()
}

/// Returns what asks the editor to tell of files that change outside of it.
pub(super) fn watching() -> Value {
    json!({ "registrations": [{
        "id": "okrbook-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": [{ "globPattern": "**/*.{yaml,yml,md,csv,tsv,txt}" }] },
    }] })
}

/// Returns the address and the text of a document that was opened.
pub(super) fn opened(params: &Value) -> Option<(String, String)> {
    let DidOpenTextDocumentParams { text_document } = read(params)?;
    Some((text_document.uri.as_str().to_owned(), text_document.text))
}

/// Returns the address and the whole text of a document that was changed.
pub(super) fn changed(params: &Value) -> Option<(String, String)> {
    let DidChangeTextDocumentParams { text_document, content_changes } = read(params)?;
    let whole = content_changes.into_iter().rev().find(|change| change.range.is_none())?;
    Some((text_document.uri.as_str().to_owned(), whole.text))
}

/// Returns the address of a document that was saved.
pub(super) fn saved(params: &Value) -> Option<String> {
    let DidSaveTextDocumentParams { text_document, .. } = read(params)?;
    Some(text_document.uri.as_str().to_owned())
}

/// Returns the address of a document that was closed.
pub(super) fn closed(params: &Value) -> Option<String> {
    let DidCloseTextDocumentParams { text_document } = read(params)?;
    Some(text_document.uri.as_str().to_owned())
}

/// Returns the document and the place that is asked about.
pub(super) fn asked(params: &Value) -> Option<(String, At)> {
    let TextDocumentPositionParams { text_document, position } = read(params)?;
    Some((text_document.uri.as_str().to_owned(), At { line: position.line, unit: position.character }))
}

/// Returns the document and the stretch for which changes are asked.
pub(super) fn asked_actions(params: &Value) -> Option<(String, Stretch)> {
    let CodeActionParams { text_document, range, .. } = read(params)?;
    let at = |position: Position| At { line: position.line, unit: position.character };
    Some((text_document.uri.as_str().to_owned(), Stretch { from: at(range.start), to: at(range.end) }))
}

/// Returns all that was found in a document; nothing where its address is none.
pub(super) fn findings(address: &str, told: &[Told]) -> Option<Value> {
    let diagnostics = told.iter().map(diagnostic).collect();
    let uri = Uri::from_str(address).ok()?;
    Some(value(PublishDiagnosticsParams { uri, diagnostics, version: None }))
}

fn diagnostic(told: &Told) -> Diagnostic {
    let related = told.related.iter().filter_map(|(address, stretch, message)| {
        let location = Location { uri: Uri::from_str(address).ok()?, range: range(*stretch) };
        Some(DiagnosticRelatedInformation { location, message: message.clone() })
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: range(told.stretch),
        severity: Some(if told.is_error { DiagnosticSeverity::ERROR } else { DiagnosticSeverity::WARNING }),
        code: Some(NumberOrString::String(told.code.to_owned())),
        source: Some("okrbook".to_owned()),
        message: told.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

/// Returns what is said of a stretch, as Markdown.
pub(super) fn hover(markdown: String, stretch: Stretch) -> Value {
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: markdown });
    value(Hover { contents, range: Some(range(stretch)) })
}

/// Returns what could stand in the place of a stretch.
pub(super) fn completions(offers: &[Offer], stretch: Stretch) -> Value {
    let item = |(place, offer): (usize, &Offer)| CompletionItem {
        label: offer.label.clone(),
        kind: Some(if offer.is_key { CompletionItemKind::PROPERTY } else { CompletionItemKind::VALUE }),
        detail: (!offer.detail.is_empty()).then(|| offer.detail.clone()),
        documentation: (!offer.doc.is_empty()).then(|| {
            Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: offer.doc.clone() })
        }),
        sort_text: Some(format!("{place:05}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: range(stretch), new_text: offer.text.clone() })),
        ..CompletionItem::default()
    };
    value(offers.iter().enumerate().map(item).collect::<Vec<_>>())
}

/// Returns a place in a document.
pub(super) fn location(address: &str, stretch: Stretch) -> Option<Value> {
    Some(value(Location { uri: Uri::from_str(address).ok()?, range: range(stretch) }))
}

/// Returns changes that mend what was found in a document.
pub(super) fn actions(address: &str, mendings: &[Mending]) -> Value {
    let action = |mending: &Mending| {
        let edit = TextEdit { range: range(mending.stretch), new_text: mending.text.clone() };
        json!({
            "title": mending.title,
            "kind": "quickfix",
            "isPreferred": true,
            "edit": { "changes": { address: [edit] } },
        })
    };
    Value::Array(mendings.iter().map(action).collect())
}

fn range(stretch: Stretch) -> Range {
    let position = |at: At| Position { line: at.line, character: at.unit };
    Range { start: position(stretch.from), end: position(stretch.to) }
}

fn read<T: DeserializeOwned>(params: &Value) -> Option<T> {
    serde_json::from_value(params.clone()).ok()
}

fn value(of: impl serde::Serialize) -> Value {
    serde_json::to_value(of).expect("internal: a message of the protocol is plain JSON")
}
