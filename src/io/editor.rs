//! The person's own editor, on a note in a file of its own.

use std::fs;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// The longest note that is taken back, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The editor where none is named.
const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The command line of the editor: the first of those named that says anything.
///
/// # Errors
/// A quotation mark in it is never closed.
pub fn command<'a>(
    named: impl IntoIterator<Item = Option<&'a str>>,
) -> Result<Vec<String>, String> {
    let named = named.into_iter().flatten().find(|command| !command.trim().is_empty());
    let command = named.unwrap_or(FALLBACK);
    shell_words::split(command).map_err(|error| format!("the editor `{command}`: {error}"))
}

/// Lets the person edit `text`, and waits. The terminal must be theirs meanwhile.
///
/// # Errors
/// The editor could not be started, did not end well, or left what is no text; in one line.
pub fn edit(command: &[String], text: &str) -> Result<String, String> {
    let [program, arguments @ ..] = command else { return Err("no editor is named".to_owned()) };
    let wrong = |doing: &str| {
        let doing = doing.to_owned();
        move |error: io::Error| format!("cannot {doing}: {error}")
    };
    // Only its owner may read such a file, and it goes when the editor does.
    let mut file = tempfile::Builder::new()
        .prefix("pullquote-note-")
        .suffix(".md")
        .tempfile()
        .map_err(wrong("make a file for the note"))?;
    // Editors expect the last line to be ended as the others are.
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    file.write_all(format!("{text}{end}").as_bytes()).map_err(wrong("write the note to a file"))?;
    // Editors that replace the file are to find it closed; its name is what counts.
    let path = file.into_temp_path();
    let mut child = Command::new(program);
    child.args(arguments).arg(&path).stdin(keyboard());
    let status = child.status().map_err(wrong(&format!("start the editor `{program}`")))?;
    if !status.success() {
        return Err(format!("the editor `{program}` ended with {status}"));
    }
    let length = fs::metadata(&path).map_err(wrong("find the note again"))?.len();
    if length > LIMIT {
        return Err(format!("it is longer than {} kB", LIMIT / 1024));
    }
    let bytes = fs::read(&path).map_err(wrong("read the note"))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Where the editor takes its keys from: the terminal, though standard input may be an article.
fn keyboard() -> Stdio {
    use std::io::IsTerminal as _;
    if io::stdin().is_terminal() {
        return Stdio::inherit();
    }
    fs::File::open("/dev/tty").map_or_else(|_| Stdio::inherit(), Stdio::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_editor_named_is_taken() {
        let words = |named: &[Option<&str>]| command(named.iter().copied()).unwrap();
        assert_eq!(words(&[None, Some(" "), Some("code -w")]), ["code", "-w"]);
        assert_eq!(words(&[Some("'my editor' \"a b\""), Some("vi")]), ["my editor", "a b"]);
        assert_eq!(words(&[None]), [FALLBACK]);
        // There is no shell that would make anything of this.
        assert_eq!(words(&[Some("ed; rm $(x) | y")]), ["ed;", "rm", "$(x)", "|", "y"]);
        assert!(command([Some("'oops")]).unwrap_err().contains("oops"));
    }

    #[cfg(unix)]
    #[test]
    fn the_text_goes_through_the_editor() {
        let shell = |script: &str| {
            let words = ["sh", "-c", script, "sh"].map(str::to_owned);
            edit(&words, "one")
        };
        assert_eq!(shell("printf 'two\\r\\n' >> \"$1\"").unwrap(), "one\ntwo\n");
        assert_eq!(shell("rm \"$1\"; echo new > \"$1\"").unwrap(), "new\n");
        assert!(shell("exit 3").unwrap_err().contains('3'));
        assert!(shell("printf '\\377' > \"$1\"").unwrap_err().contains("UTF-8"));
        assert!(shell("rm \"$1\"").unwrap_err().contains("find the note"));
        let missing = ["no-such-editor-there-is".to_owned()];
        assert!(edit(&missing, "").unwrap_err().contains("no-such-editor-there-is"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_note() {
        let words = ["sh", "-c", "ls -l \"$1\" > \"$1.tmp\"; mv \"$1.tmp\" \"$1\"", "sh"];
        let listed = edit(&words.map(str::to_owned), "").unwrap();
        assert!(listed.starts_with("-rw-------"), "{listed}");
    }
}
