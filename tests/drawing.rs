//! The one way to the terminal, held: what draws is given cells and not widgets, which drop some characters
//! and pass others on; only who puts sanitised glyphs there touches a cell, and only who writes out what was
//! sanitised knows of the terminal.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

/// What stands for any file.
const ANY: &str = "";
/// Where glyphs are put in cells.
const CELLS: &[&str] = &["ui/canvas.rs", "ui/line.rs"];
const PAINTER: &[&str] = &["tui/painter.rs"];
/// Who makes bytes of what was drawn.
const PEN: &[&str] = &["tui/pen.rs", "tui/sheet.rs"];

/// What of the drawing crates may be named, and in which files, or folders of files. Nothing else of them
/// may be.
const PATHS: &[(&str, &[&str])] = &[
    ("ratatui::layout::Rect", &[ANY]),
    ("ratatui::layout::Position", &[ANY]),
    ("ratatui::style::Style", &[ANY]),
    ("ratatui::style::Color", &[ANY]),
    ("ratatui::style::Modifier", &[ANY]),
    ("ratatui::buffer::Buffer", &["ui/mod.rs"]),
    ("ratatui::buffer", CELLS),
    ("ratatui::buffer", PEN),
    ("crossterm::terminal::SetTitle", PAINTER),
    ("crossterm::terminal::BeginSynchronizedUpdate", PAINTER),
    ("crossterm::terminal::EndSynchronizedUpdate", &["tui/painter.rs", "tui/guard.rs"]),
    ("crossterm::queue", PAINTER),
    ("crossterm::execute", &["tui/guard.rs"]),
    ("crossterm::Command", &["tui/guard.rs"]),
    ("crossterm::cursor", &["tui/guard.rs"]),
    ("crossterm::terminal::EnterAlternateScreen", &["tui/guard.rs"]),
    ("crossterm::terminal::LeaveAlternateScreen", &["tui/guard.rs"]),
    ("crossterm::terminal::DisableLineWrap", &["tui/guard.rs"]),
    ("crossterm::terminal::EnableLineWrap", &["tui/guard.rs"]),
    ("crossterm::terminal::disable_raw_mode", &["tui/guard.rs"]),
    ("crossterm::terminal::enable_raw_mode", &["tui/guard.rs"]),
    ("crossterm::terminal::size", &["tui/session.rs"]),
    ("crossterm::style::force_color_output", &["tui/setup.rs"]),
    ("crossterm::event", &["tui/", "config/key.rs"]),
];

/// What is done to cells, frames and streams, by whatever path, and who does it.
const NAMES: &[(&str, &[&str])] = &[
    ("set_symbol", CELLS),
    ("append_symbol", &[]),
    ("set_char", &[]),
    // Their tests do.
    ("set_string", PEN),
    ("set_stringn", &[]),
    ("set_line", &[]),
    ("set_span", &[]),
    ("render_widget", &[]),
    ("render_stateful_widget", &[]),
    ("insert_before", &[]),
    (
        "stdout",
        &["tui/mod.rs", "tui/press.rs", "tui/guard.rs", "cli/output.rs", "io/cache/tests.rs"],
    ),
    ("stderr", &["tui/mod.rs", "cli/mod.rs", "io/shield.rs"]),
];

/// What a source file names: runs of `a::b::c`, those in the braces of a `use` too, and single words.
#[derive(Default)]
struct Named {
    paths: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Named {
    /// Reads tokens; `before` is the path that they go on with.
    fn read(&mut self, tokens: TokenStream, before: &str) {
        let mut path = before.to_owned();
        let mut colons = if before.is_empty() { 0 } else { 2 };
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) if punct.as_char() == '*' && colons == 2 => {
                    path.push_str("::*");
                }
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    if colons == 2 && !path.is_empty() {
                        path = format!("{path}::{ident}");
                    } else {
                        self.end(std::mem::replace(&mut path, ident.clone()));
                    }
                    self.words.insert(ident);
                    colons = 0;
                }
                TokenTree::Group(group) if colons == 2 => {
                    let inner = std::mem::take(&mut path);
                    self.read(group.stream(), &inner);
                    colons = 0;
                }
                other => {
                    let again = matches!(&other, TokenTree::Punct(it) if it.as_char() == ',');
                    let next = if again { before.to_owned() } else { String::new() };
                    self.end(std::mem::replace(&mut path, next));
                    colons = if again && !before.is_empty() { 2 } else { 0 };
                    if let TokenTree::Group(group) = other {
                        self.read(group.stream(), "");
                    }
                }
            }
        }
        // After a comma at the end comes nothing.
        if path != before {
            self.end(path);
        }
    }

    fn end(&mut self, path: String) {
        if path.contains("::") {
            self.paths.insert(path);
        }
    }
}

fn is_in(file: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        file == *place || place.is_empty() || place.ends_with('/') && file.starts_with(place)
    })
}

/// What a source file names and may not; `file` is relative to `src`.
fn wrong(file: &str, source: &str) -> Vec<String> {
    let mut named = Named::default();
    named.read(source.parse().unwrap(), "");
    let drawing = named
        .paths
        .iter()
        .filter(|path| path.starts_with("ratatui::") || path.starts_with("crossterm::"));
    let allowed = |path: &&String| {
        PATHS.iter().any(|(known, places)| {
            let under = path
                .strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
            under && is_in(file, places)
        })
    };
    let paths = drawing.filter(|path| !allowed(path)).cloned();
    let words =
        NAMES.iter().filter(|(name, places)| named.words.contains(*name) && !is_in(file, places));
    paths.chain(words.map(|(name, _)| (*name).to_owned())).collect()
}

#[test]
fn only_the_canvas_touches_cells_and_only_the_painter_the_terminal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = 0;
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let file = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let wrong = wrong(&file, &fs::read_to_string(&path).unwrap());
        all.extend(wrong.into_iter().map(|what| format!("{file}: {what}")));
        found += 1;
    }
    assert!(found > 100, "the sources were not found");
    assert!(all.is_empty(), "what goes past the one way to the terminal:\n{}", all.join("\n"));
}

#[test]
fn the_checker_finds_what_goes_past() {
    let cases = [
        ("ui/list.rs", "use ratatui::widgets::Paragraph;", "ratatui::widgets::Paragraph"),
        (
            "ui/list.rs",
            "use ratatui::{layout::Rect, text::{Span as S, Line}};",
            "ratatui::text::Line",
        ),
        ("ui/list.rs", "use ratatui::text::*;", "ratatui::text::*"),
        ("ui/list.rs", "use ratatui::prelude::*;", "ratatui::prelude::*"),
        ("ui/list.rs", "fn f() { ratatui::text::Text::raw(title); }", "ratatui::text::Text::raw"),
        (
            "ui/list.rs",
            "fn f() { x.push(vec![ratatui::text::Line::from(title)]); }",
            "ratatui::text::Line::from",
        ),
        ("ui/list.rs", "fn f() { buffer.set_string(0, 0, title, style); }", "set_string"),
        ("ui/list.rs", "fn f() { cell.set_symbol(title); }", "set_symbol"),
        ("ui/list.rs", "use ratatui::buffer::Buffer;", "ratatui::buffer::Buffer"),
        ("ui/line.rs", "use ratatui::style::Stylize as _;", "ratatui::style::Stylize"),
        ("ui/mod.rs", "fn f() { frame.render_widget(title, area); }", "render_widget"),
        (
            "tui/session.rs",
            "use crossterm::terminal::{size, SetTitle};",
            "crossterm::terminal::SetTitle",
        ),
        (
            "tui/painter.rs",
            "fn f() { queue!(out, crossterm::style::Print(title)); }",
            "crossterm::style::Print",
        ),
        ("cli/text.rs", "fn f() { write!(io::stdout(), \"{title}\"); }", "stdout"),
        ("io/load.rs", "use std::io::stderr;", "stderr"),
    ];
    for (file, source, what) in cases {
        assert!(
            wrong(file, source).iter().any(|it| it == what),
            "{source}: {:?}",
            wrong(file, source)
        );
    }
}

#[test]
fn the_checker_lets_pass_what_is_as_it_should_be() {
    for (file, source) in [
        ("ui/list.rs", "use ratatui::layout::Rect; use crate::text::{Span, Paragraph};"),
        ("ui/list.rs", "use ratatui::{layout::{Position, Rect}, style::Style};"),
        (
            "ui/line.rs",
            "use ratatui::buffer::{Buffer, CellDiffOption}; fn f() { cell.set_symbol(s); }",
        ),
        ("ui/hint.rs", "struct Look { key: ratatui::style::Style, at: ratatui::layout::Rect }"),
        ("tui/painter.rs", "fn f() { queue!(out, SetTitle(&title)); } use crossterm::queue;"),
        ("tui/guard.rs", "use crossterm::terminal::{enable_raw_mode, EndSynchronizedUpdate,};"),
    ] {
        assert_eq!(wrong(file, source), [""; 0], "{source}");
    }
}
