//! `okrbook explain`: what a code means, why it matters, and what to do; or how a sentence is read.

use std::fmt::Write as _;

use clap::Args;
use okrbook::check::faults::{Fault, FaultLevel, fault, faults};
use okrbook::check::{Group, Rule, codes, rule, rules};
use okrbook::diag;
use okrbook::error::{Error, Result};

use super::explain_sentence;
use super::messages::Messages;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The code that a finding shows in brackets; without it, all rules are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Show how a key result's sentence is read: what each of its numbers is, and the goal
    #[arg(long, value_name = "TEXT", conflicts_with = "code")]
    sentence: Option<String>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<u8> {
    let terminal = messages.terminal();
    let text = match (&arguments.sentence, &arguments.code) {
        (Some(sentence), _) => explain_sentence::shown(sentence, terminal),
        (None, None) => list(terminal),
        (None, Some(code)) => {
            let code = code.trim().to_lowercase().replace(['_', ' '], "-");
            match (rule(&code), fault(&code)) {
                (Some(rule), _) => of_rule(rule, terminal),
                (None, Some(fault)) => of_fault(fault, terminal),
                (None, None) => return Err(unknown(&code)),
            }
        }
    };
    messages.result(&text)?;
    Ok(0)
}

fn unknown(code: &str) -> Error {
    let message = format!("nothing has the code `{code}`");
    match diag::nearest(code, codes()) {
        Some(near) => Error::usage_with_help(message, format!("did you mean `okrbook explain {near}`?")),
        None => Error::usage_with_help(message, "`okrbook explain` lists all rules"),
    }
}

/// Returns all rules by group, one line each, and the codes of faults.
fn list(terminal: Terminal) -> String {
    let widest = rules().iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for group in Group::ALL {
        let of_group: Vec<&Rule> = rules().iter().copied().filter(|rule| rule.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", terminal.heading(group.name()));
        for rule in of_group {
            let code = format!("{:widest$}", rule.code);
            let lines = terminal.wrapped(&plain(rule.summary), widest + 4);
            let _ = writeln!(text, "  {}  {}", terminal.strong(&code), lines.trim_start());
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", terminal.heading("faults of the input"));
    let codes: Vec<&str> = faults().iter().map(|fault| fault.code).collect();
    let _ = writeln!(text, "{}\n", terminal.wrapped(&codes.join(", "), 2));
    text.push_str("`okrbook explain CODE` says more about each.\n");
    text
}

fn of_rule(rule: &Rule, terminal: Terminal) -> String {
    let mut text = String::new();
    let kind = format!("a rule about {}", about(rule.group));
    let _ = writeln!(text, "{}  {}\n", terminal.heading(rule.code), terminal.quiet(&kind));
    let _ = writeln!(text, "{}\n", terminal.wrapped(&plain(rule.summary), 0));
    paragraph(&mut text, terminal, "Why", rule.why);
    sample(&mut text, terminal, "Example", &rule.example.shown_before(&rule.instead));
    sample(&mut text, terminal, "Instead", &rule.instead.shown_instead_of(&rule.example));
    paragraph(&mut text, terminal, "Silent", rule.silent);
    let _ = writeln!(text, "{}", terminal.heading("Level"));
    let _ = writeln!(text, "{}", terminal.wrapped("It warns. okrbook.yaml may say otherwise:", 2));
    let _ = writeln!(text, "\n    checks: {{ {}: error }}      # or warning, or off\n", rule.code);
    let _ = writeln!(text, "{}", terminal.heading("Allow"));
    let where_to = "At one place, with the reason, on the line or the one above:";
    let _ = writeln!(text, "{}", terminal.wrapped(where_to, 2));
    let _ = writeln!(text, "\n    # okrbook-allow({}): why it stands", rule.code);
    text
}

fn of_fault(fault: &Fault, terminal: Terminal) -> String {
    let (kind, level) = match fault.level {
        FaultLevel::Error => ("a fault of the input", "It is an error, and stays one: what it concerns was dropped."),
        FaultLevel::Warning => ("a doubt about the input", ""),
        FaultLevel::Both => ("a fault of the input", "Where something was dropped, it is an error and stays one."),
    };
    let mut text = String::new();
    let _ = writeln!(text, "{}  {}\n", terminal.heading(fault.code), terminal.quiet(kind));
    let _ = writeln!(text, "{}\n", terminal.wrapped(&plain(fault.meaning), 0));
    paragraph(&mut text, terminal, "What to do", fault.cure);
    let _ = writeln!(text, "{}", terminal.heading("Level"));
    if level.is_empty() {
        let _ = writeln!(text, "{}", terminal.wrapped("It warns. okrbook.yaml may say otherwise:", 2));
        let _ = writeln!(text, "\n    checks: {{ {}: error }}      # or warning, or off", fault.code);
    } else {
        let _ = writeln!(text, "{}", terminal.wrapped(level, 2));
    }
    text
}

/// Returns what a group is about.
const fn about(group: Group) -> &'static str {
    match group {
        Group::Wording => "wording",
        Group::Evidence => "evidence",
        Group::Shape => "the shape of objectives",
        Group::Data => "what the data says",
        Group::Review => "reviews",
    }
}

fn paragraph(text: &mut String, terminal: Terminal, heading: &str, body: &str) {
    let _ = writeln!(text, "{}", terminal.heading(heading));
    for paragraph in body.split("\n\n") {
        let _ = writeln!(text, "{}\n", terminal.wrapped(&plain(paragraph), 2));
    }
}

fn sample(text: &mut String, terminal: Terminal, heading: &str, files: &[(&str, &str)]) {
    let _ = writeln!(text, "{}", terminal.heading(heading));
    for (path, body) in files {
        let _ = writeln!(text, "  {}", terminal.quiet(path));
        for line in body.lines() {
            let line = format!("    {line}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text.push('\n');
    }
}

/// Returns a rule's texts as Markdown, for programs that show them.
pub(super) fn markdown(rule: &Rule) -> String {
    let mut text = format!("{}\n\n{}\n", rule.summary, rule.why);
    let example = rule.example.shown_before(&rule.instead);
    let instead = rule.instead.shown_instead_of(&rule.example);
    for (heading, files) in [("Example", example), ("Instead", instead)] {
        let _ = write!(text, "\n**{heading}**\n");
        for (path, body) in files {
            let _ = write!(text, "\n{path}:\n\n```\n{}\n```\n", body.trim_end());
        }
    }
    let _ = write!(text, "\n{}\n", rule.silent);
    text
}

/// Returns a Markdown text for the terminal: lines joined, emphasis without its marks.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("**", "")
}
