//! `docs/keys.md` is made from the default key map, and says no more and no less.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends at the first thing that is not as it should be"
)]

use std::fmt::Write as _;
use std::path::Path;

use pullquote::app::{CONTEXTS, bound_in, default_keymap};

const HEAD: &str = "\
# The keys

Made from the default key map by `UPDATE_DOCS=1 cargo test --test docs_keys`. An inner context goes before
an outer one: selecting, text, everywhere. Digits before a motion are a count. How to bind keys of your
own: [config.md](config.md#keys).
";

/// The key map as a page.
fn page() -> String {
    let keymap = default_keymap();
    let mut page = HEAD.to_owned();
    for &(context, title) in CONTEXTS {
        write!(
            page,
            "\n## {title}\n\n`[keys.{context}]`\n\n| keys | action | does |\n|---|---|---|\n"
        )
        .unwrap();
        for bound in bound_in(&keymap, context) {
            let keys: Vec<String> = bound.keys.iter().map(|keys| format!("`{keys}`")).collect();
            let (action, help) = (bound.action.name(), bound.action.help());
            writeln!(page, "| {} | `{action}` | {help} |", keys.join(" ")).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_keys_is_true() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, page()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page(),
        "docs/keys.md has drifted; UPDATE_DOCS=1 cargo test --test docs_keys"
    );
}
