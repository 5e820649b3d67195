//! The layers of the crate, held: every `crate::` path of every source file, test modules included,
//! must point down.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemMod, ItemUse, Macro, UseTree};

/// Each layer, lowest first, and what it may touch beside itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("config", &["text"]),
    ("corpus", &["text"]),
    ("quote", &["text", "corpus"]),
    ("note", &["text", "corpus", "quote"]),
    ("search", &["text", "config", "corpus", "quote", "note"]),
    ("export", &["text", "config", "corpus", "quote", "note"]),
    ("app", &["text", "config", "corpus", "quote", "note", "search", "export"]),
    ("ui", &["text", "config", "corpus", "quote", "note", "search", "export", "app"]),
    ("io", &["text", "config", "corpus", "quote", "note", "search", "export", "app"]),
    ("tui", &["text", "config", "corpus", "quote", "note", "search", "export", "app", "ui", "io"]),
    ("cli", &["text", "config", "corpus", "quote", "note", "search", "export", "app", "ui", "io"]),
];

/// What [`check`] says of a path that could reach any layer at all.
const EVERYTHING: &str = "*";

/// Collects the first segment under the crate's root of every path, as seen from one module.
struct Reach {
    /// The module whose items are being visited, from the crate's root.
    module: Vec<String>,
    found: BTreeSet<String>,
}

impl Reach {
    /// Follows a path from the module it is written in to the crate's root, if it goes there.
    fn follow(&mut self, path: &[String]) {
        let mut module = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return,
        };
        for segment in path {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => drop(module.pop()),
                name => module.push(name.to_owned()),
            }
        }
        self.found.extend(module.into_iter().next());
    }

    fn follow_use(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        let leaf = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.follow_use(&path.tree, before);
                before.pop();
                return;
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.follow_use(tree, before);
                }
                return;
            }
            UseTree::Name(name) => name.ident.to_string(),
            UseTree::Rename(rename) => rename.ident.to_string(),
            UseTree::Glob(_) => EVERYTHING.to_owned(),
        };
        before.push(leaf);
        if matches!(before.as_slice(), [only] if only == "crate")
            || matches!(before.as_slice(), [first, second] if first == "crate" && second == "self")
        {
            self.found.insert(EVERYTHING.to_owned());
        } else {
            self.follow(before);
        }
        before.pop();
    }

    /// What stands in a macro call is no syntax tree yet: its runs of `a::b` are paths.
    fn follow_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.follow(&std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                other => {
                    self.follow(&std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.follow_tokens(group.stream());
                    }
                }
            }
        }
        self.follow(&path);
    }
}

impl<'ast> Visit<'ast> for Reach {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.follow_use(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if segments.len() > 1 {
            self.follow(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        visit::visit_path(self, &call.path);
        self.follow_tokens(call.tokens.clone());
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

/// The module that a source file holds, from the crate's root; `path` is relative to `src`.
fn module(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}

/// The arrows of one source file that must not be, one line each. The crate's own root and `main`
/// stand above all layers.
fn check(path: &Path, source: &str) -> Vec<String> {
    let module = module(path);
    let layer = module.first().cloned().unwrap_or_default();
    if layer == "lib" || layer == "main" {
        return Vec::new();
    }
    let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("{}: `{layer}` is no layer", path.display())];
    };
    let file = match syn::parse_file(source) {
        Ok(file) => file,
        Err(error) => return vec![format!("{}: {error}", path.display())],
    };
    let mut reach = Reach { module, found: BTreeSet::new() };
    reach.visit_file(&file);
    reach
        .found
        .into_iter()
        .filter(|target| *target != layer && !below.contains(&target.as_str()))
        .map(|target| format!("{}: `{layer}` knows of `{target}`", path.display()))
        .collect()
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>, walkdir::Error> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

#[test]
fn every_arrow_points_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root).unwrap();
    assert!(files.len() > 10, "the sources were not found");
    let wrong: Vec<String> = files
        .iter()
        .flat_map(|file| {
            check(file.strip_prefix(&root).unwrap(), &fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(wrong.is_empty(), "arrows that point up or sideways:\n{}", wrong.join("\n"));
}

#[test]
fn the_crate_declares_the_layers_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let file = syn::parse_file(&fs::read_to_string(root).unwrap()).unwrap();
    for item in file.items {
        if let Item::Mod(item) = item {
            let name = item.ident.to_string();
            assert!(LAYERS.iter().any(|(layer, _)| *layer == name), "`{name}` is no layer");
        }
    }
}

/// What the checker says of `source` standing in `path`: the layers it may not know of.
fn wrong(path: &str, source: &str) -> Vec<String> {
    check(Path::new(path), source)
        .iter()
        .map(|line| line.split('`').nth(3).unwrap_or(line).to_owned())
        .collect()
}

#[test]
fn the_checker_lets_pass_what_points_down() {
    assert!(
        wrong("note/anchor.rs", "use crate::text::{Offset, Span}; use super::Kind;").is_empty()
    );
    assert!(
        wrong("note/anchor.rs", "use crate::{corpus::Article, quote, note::Color};").is_empty()
    );
    assert!(
        wrong("note/mod.rs", "mod anchor; pub use anchor::Anchor; use self::anchor::x;").is_empty()
    );
    assert!(
        wrong("ui/list/row.rs", "use super::super::pane::Pane; pub(crate) fn f() {}").is_empty()
    );
    assert!(
        wrong("text/span.rs", "mod tests { use super::*; fn f() { super::Span::new(0, 1); } }")
            .is_empty()
    );
    assert!(wrong("main.rs", "fn main() { crate::cli::run() }").is_empty());
}

#[test]
fn the_checker_finds_what_points_up_or_sideways() {
    let cases = [
        ("text/span.rs", "use crate::corpus::Article;", "corpus"),
        ("config/mod.rs", "use crate::{text::Span, corpus};", "corpus"),
        ("corpus/mod.rs", "use crate::{text::{Span, Offset}, config::{self, Theme}};", "config"),
        ("quote/mark.rs", "fn f(a: &crate::note::Annotation) {}", "note"),
        ("note/mod.rs", "pub use crate::search::Hit as Found;", "search"),
        ("search/mod.rs", "fn f() { let x = crate::export::toml(); }", "export"),
        ("ui/mod.rs", "fn f() { write!(out, \"{}\", crate::io::path::state()); }", "io"),
        ("io/mod.rs", "fn f() { assert_eq!(a, [crate::ui::draw]); }", "ui"),
        ("tui/mod.rs", "#[cfg(test)] mod tests { use crate::cli::Command; }", "cli"),
        ("cli/mod.rs", "impl crate::tui::Screen for X {}", "tui"),
        ("app/mod.rs", "use super::ui::draw;", "ui"),
        ("app/model.rs", "mod tests { use super::super::super::io::walk; }", "io"),
        ("app/mod.rs", "fn f<T: Into<crate::ui::Frame>>() {}", "ui"),
        ("text/mod.rs", "use crate::*;", EVERYTHING),
        ("text/mod.rs", "use crate as all;", EVERYTHING),
        ("text/mod.rs", "use crate::{self as all};", EVERYTHING),
    ];
    for (path, source, target) in cases {
        assert_eq!(wrong(path, source), [target], "{path}: {source}");
    }
}

#[test]
fn the_checker_reports_what_it_cannot_place() {
    assert_eq!(check(Path::new("helper/mod.rs"), ""), ["helper/mod.rs: `helper` is no layer"]);
    assert_eq!(check(Path::new("text/mod.rs"), "fn {").len(), 1);
}
