//! The screens in the docs are the program's own: each stands below a line that tells the terminal's
//! size and the keys that lead to it on the embedded sample.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod stage;

use std::path::Path;

use stage::Stage;

const PAGES: [&str; 2] = ["README.md", "docs/guide.md"];
const START: &str = "<!-- screen: ";
const END: &str = "<!-- /screen -->";

/// The screen that a line such as `<!-- screen: 80x24 ]q iq Hy -->` asks for; what stands in quotation
/// marks is typed.
fn screen(order: &str) -> String {
    let order = order.trim_end().trim_end_matches("-->").trim();
    let (size, keys) = order.split_once(' ').unwrap_or((order, ""));
    let (columns, rows) = size.split_once('x').unwrap();
    let mut stage = Stage::new(columns.parse().unwrap(), rows.parse().unwrap());
    for (index, part) in keys.split('"').enumerate() {
        if index % 2 == 0 {
            stage.press(part)
        } else {
            stage.type_text(part)
        };
    }
    stage.wait(10);
    format!("```text\n{}```\n", stage.letters())
}

/// A page with every screen in it drawn anew.
fn drawn(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in page.split_inclusive('\n') {
        inside &= !line.starts_with(END);
        if !inside {
            out.push_str(line);
        }
        if let Some(order) = line.strip_prefix(START) {
            out.push_str(&screen(order));
            inside = true;
        }
    }
    out
}

#[test]
fn the_screens_of_the_docs_are_the_programs_own() {
    let mut screens = 0;
    for page in PAGES {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let written = std::fs::read_to_string(&file).unwrap();
        screens += written.matches(START).count();
        let drawn = drawn(&written);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&file, &drawn).unwrap();
        } else {
            assert!(
                written == drawn,
                "a screen in {page} has drifted; UPDATE_DOCS=1 cargo test --test docs_screens"
            );
        }
    }
    assert!(screens >= 3, "the docs show {screens} screens");
}
