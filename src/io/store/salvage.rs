//! Salvage: what can still be read of a file that does not parse.

use crate::note::{Record, file};

/// The head of each of a file's tables of annotations.
const HEAD: &str = "[[annotation]]";
/// An article, for annotations to be read with.
const ANY: &str =
    "format = 1\n[article]\nid = \"00000000-0000-0000-0000-000000000000\"\npath = \"\"\n";

/// What can be read of a file of the store: its article, and each annotation that is sound in itself.
/// `None` where not even the article is.
pub(super) fn record(text: &str) -> Option<Record> {
    if let Ok(record) = file::parse(text) {
        return Some(record);
    }
    let mut pieces = pieces(text).into_iter();
    let mut record = file::parse(&pieces.next()?).ok()?;
    let read = pieces.filter_map(|piece| file::parse(&format!("{ANY}{piece}")).ok());
    for annotation in read.flat_map(|read| read.annotations) {
        if record.annotation(annotation.id).is_none() {
            record.annotations.push(annotation);
        }
    }
    Some(record)
}

/// The text before the first annotation, and that of each.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in text.lines() {
        if line.trim_start().starts_with(HEAD) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
            piece.push('\n');
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(broken: &str) -> String {
        let annotation = |id| {
            format!(
                "[[annotation]]\nid = \"00000000-0000-0000-0000-00000000000{id}\"\nkind = \"note\"\n\
                 created = 2026-01-01T00:00:00Z\n[annotation.target]\nexact = \"x\"\nstart = 0\nend = 1\n"
            )
        };
        format!("{ANY}{}{broken}{}", annotation(1), annotation(2))
    }

    #[test]
    fn what_is_sound_in_itself_is_read() {
        assert_eq!(record(&text("")).unwrap().annotations.len(), 2);
        assert_eq!(record(&text("[[annotation]]\nid is 3\n")).unwrap().annotations.len(), 2);
        assert_eq!(record(&text("broken\n")).unwrap().annotations.len(), 1);
        let cut = text("");
        assert_eq!(record(&cut[..cut.len() - 12]).unwrap().annotations.len(), 1);
        assert_eq!(record("broken"), None);
        assert_eq!(record(""), None);
    }
}
