//! Hostile text in every place that text can come from, and what of it arrives at a real terminal.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "what is not there fails the test"
)]

mod desk;
mod payload;
mod terminal;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::Desk;
use payload::{Arrived, annotations, article, strings};
use pullquote::corpus::{Article, Corrected, decode};
use pullquote::io::store::{ArticleRef, Edit, Store};
use terminal::{Terminal, wait};

const COLUMNS: u16 = 160;
const ROWS: u16 = 40;

/// The escape key as a terminal may send it that tells it from the start of a sequence, however late it is
/// read.
const ESC: &str = "\u{1b}[27u";

/// What would give the window a name, move the cursor off the screen, have the terminal answer, turn words
/// round and hide others. No part of it is what the program sends by itself.
const PAYLOAD: &str = "\u{1b}]0;owned\u{7}\u{1b}[99;999H\u{9b}5n\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\
     \u{e0041}\u{7f}\u{8}\r\u{85}\u{2028}!";

/// The payload behind a word that tells where it came from.
fn from(place: &str) -> String {
    format!("{place}{PAYLOAD}")
}

/// What is seen of that.
fn seen(place: &str) -> String {
    format!("{place}\u{241b}]0;owned\u{2407}")
}

/// As much of a text as goes into a file's name.
fn name(bad: &str) -> String {
    let mut name = bad.replace(['/', '\0', '\\', ':'], "_");
    while name.len() > 120 {
        name.pop();
    }
    name
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A desk with hostility wherever there is room for it.
struct Scene {
    desk: Desk,
    root: PathBuf,
    data: PathBuf,
    /// How many articles can be opened.
    articles: usize,
}

impl Scene {
    fn new() -> Self {
        let desk = Desk::new();
        let root = desk.path(&name(&from("root")));
        fs::create_dir_all(&root).unwrap();
        let root = fs::canonicalize(root).unwrap();
        let data = desk.path(&name(&from("data")));
        let mut scene = Self { desk, root, data, articles: 0 };
        scene.write_articles();
        scene.write_odd_files();
        scene.write_preferences();
        scene
    }

    fn store(&self) -> Store {
        Store::open(&self.data, &self.data.join("state"))
    }

    /// An article for each string, annotated with it.
    fn write_articles(&mut self) {
        let mut store = self.store();
        for (number, bad) in strings().iter().map(String::as_str).chain([PAYLOAD]).enumerate() {
            let file = format!("{number:02} {}.txt", name(bad));
            let bytes = format!("T{number:02} {}", article(bad));
            fs::write(self.root.join(&file), &bytes).unwrap();
            let Ok(decoded) = decode(bytes.as_bytes(), None) else { continue };
            self.articles += 1;
            let article = Article::from_text(&file, decoded.text, "UTF-8");
            let of = ArticleRef::new(&self.root, &article.name, &article.digest());
            let corrected = Corrected { outlet: Some(bad.to_owned()), ..Corrected::default() };
            let edits: Vec<Edit> = annotations(&article, bad)
                .into_iter()
                .map(Edit::Put)
                .chain([Edit::Correct(corrected)])
                .collect();
            store.apply(&of, &edits).unwrap();
        }
    }

    /// What cannot be read, and what is left of other runs and written by other hands.
    fn write_odd_files(&self) {
        let odd = |what: &str| self.root.join(format!("{}.txt", name(&from(what))));
        assert!(Command::new("mkfifo").arg(odd("fifo")).status().unwrap().success());
        symlink(name(&from("nowhere")), odd("link")).unwrap();
        fs::write(odd("binary"), [0, 1, 2, 3, 0, 159, 0]).unwrap();
        fs::write(odd("empty"), "").unwrap();
        let kept = self.files();
        let change = |number: usize, with: &dyn Fn(&str) -> String| {
            let text = fs::read_to_string(&kept[number]).unwrap();
            fs::write(&kept[number], with(&text)).unwrap();
        };
        change(3, &|text| format!("{text}\n{}\n", from("broken")));
        change(4, &|text| text.replace("format = 1", "format = 99"));
        change(5, &|text| format!("<<<<<<< {}\n{text}", from("ours")));
        change(6, &|text| text.replace("id = \"", &format!("id = \"{}", escaped("id"))));
        change(7, &|text| {
            let known = format!("url = {}\ntext_chars", quoted(&from("url")));
            format!("{} = 1\n{}", quoted(&from("key")), text.replacen("text_chars", &known, 1))
        });
        let conflict =
            kept[8].with_extension(format!("sync-conflict-{}.toml", name(&from("sync"))));
        fs::copy(&kept[8], conflict).unwrap();
        let junk = self.data.join("state/journal");
        fs::create_dir_all(&junk).unwrap();
        fs::write(junk.join(format!("{}.journal", name(&from("journal")))), from("junk")).unwrap();
    }

    /// The files of the store, in the order of the articles.
    fn files(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.data.join("annotations")).unwrap();
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Settings, keys and a theme.
    fn write_preferences(&self) {
        let bad = |what: &str| quoted(&from(what));
        let settings = format!(
            "{} = 1\nmeasure = {}\nsort = {}\n[keys.text]\n{} = \"help\"\n\"x\" = {}\n[keys.{}]\n",
            bad("setting"),
            bad("value"),
            bad("sort"),
            bad("keys"),
            bad("action"),
            bad("context"),
        );
        self.desk.file(&format!("{}.toml", name(&from("config"))), settings);
        let theme = format!(
            "name = {}\nbackground = {}\n[style]\n{} = {{ fg = \"red\" }}\ntext = {{ fg = {} }}\n",
            bad("called"),
            bad("ground"),
            bad("role"),
            bad("colour"),
        );
        self.desk.file(&format!("themes/{}.toml", name(&from("theme"))), theme);
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = self.desk.program();
        program.env("PULLQUOTE_DATA_DIR", &self.data);
        program.args(arguments).arg("--config").arg(format!("{}.toml", name(&from("config"))));
        program
    }

    fn reader(&self) -> Command {
        let mut program = self.program(&["--theme", &name(&from("theme"))]);
        let text = self.desk.file("from the editor", from("edited"));
        let script = format!("#!/bin/sh\ncat '{}' > \"$1\"\n", text.display());
        let editor = self.desk.file("editor", script);
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
        program.env("EDITOR", editor);
        program.arg(&self.root);
        program
    }
}

fn escaped(place: &str) -> String {
    let quoted = quoted(&from(place));
    quoted[1..quoted.len() - 1].to_owned()
}

fn pasted(text: &str) -> String {
    format!("\u{1b}[200~{text}\u{1b}[201~")
}

/// What the window is called; the screen of the tests does not take a semicolon in it.
fn title(terminal: &Terminal) -> String {
    let sent = String::from_utf8_lossy(&terminal.sent()).into_owned();
    // Of the last one no more than a part may have come by now.
    let mut whole = sent.rsplit("\u{1b}]0;").filter_map(|rest| rest.split_once('\u{7}'));
    whole.next().map(|(title, _)| title.to_owned()).unwrap_or_default()
}

/// Opens every article one after the other.
fn open_all(terminal: &mut Terminal, articles: usize) {
    let mut titles = BTreeSet::new();
    for step in ["[a", "]a"] {
        let last = |terminal: &Terminal| terminal.contents().contains("no further article");
        while !last(terminal) {
            let before = title(terminal);
            terminal.send(step);
            wait(
                || title(terminal) != before || last(terminal),
                || format!("another than {before:?} opens:\n{}", terminal.contents()),
            );
            titles.insert(title(terminal));
        }
        // What was said of that goes with the next key.
        terminal.press(&["j"]);
        terminal.until("nothing is said", |screen, _| !screen.contents().contains("no further"));
    }
    assert_eq!(titles.len(), articles, "{titles:?}");
}

#[test]
fn nothing_but_text_arrives_at_a_terminal() {
    let scene = Scene::new();
    let mut terminal = Terminal::start(&scene.reader(), COLUMNS, ROWS);
    terminal.shows(&format!("Articles  {} ", scene.articles));
    open_all(&mut terminal, scene.articles);
    // What cannot be read, and what is wrong with settings and theme.
    terminal.press(&["g", "p"]);
    terminal.shows(&seen("config"));
    let down = "\u{1b}[B".repeat(60);
    terminal.press(&[&down]);
    terminal.shows(&seen("fifo"));
    terminal.press(&[ESC]);
    // All annotations, and tabs of the sidebar.
    terminal.press(&["g", "a", &down, &down, &down, &down, ESC]);
    terminal.press(&["\t", "t", "\u{4}", "t", "\u{4}", "t", "\u{4}", "\t", "\t"]);
    // Queries, typed and pasted, and where the words stand.
    let paste = |what: &str| pasted(&from(what));
    terminal.press(&["g", "/", "owned"]);
    terminal.shows("]0;owned");
    terminal.press(&[ESC, "g", "/", &paste("query")]);
    terminal.shows(&seen("query"));
    for (open, what) in [("/", "word"), (":", "command"), ("\u{10}", "article"), ("E", "export")] {
        terminal.press(&[ESC, ESC, open, &paste(what)]);
        terminal.shows(&seen(what));
        terminal.press(&["\r"]);
    }
    terminal.press(&[ESC, ESC, ESC, "c", "o", &paste("outlet"), "\r", "c", "t"]);
    terminal.press(&[&paste("title"), "\r", "g", "g", "}", "}", "}", "}", "i", "s"]);
    // A note, tags, and a note from the editor; undone and done again.
    terminal.press(&["a", &paste("note")]);
    terminal.shows(&seen("note"));
    terminal.press(&[ESC, "g", "t", &paste("tag"), "\r", ESC]);
    terminal.press(&["A"]);
    terminal.shows(&seen("edited"));
    terminal.press(&["u", "u", "u", "\u{12}", "\u{12}", "m", "a", "'", "a", "v", "w", "y"]);
    // What happens to articles and to the store while it is open.
    fs::write(scene.root.join(format!("{}.txt", name(&from("new")))), article(&from("late")))
        .unwrap();
    terminal.shows(&format!("Articles  {} ", scene.articles + 1));
    let file = &scene.files()[12];
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, format!("{text}\n{}\n", from("now"))).unwrap();
    terminal.press(&["g", "p"]);
    terminal.press(&[ESC, ESC, "g", "g", "R", "?", ESC, "Q", "y"]);
    terminal.ended();
    terminal.is_given_back();
    let arrived = Arrived::at(&terminal.all(), COLUMNS, ROWS);
    assert!(arrived.titles.len() >= scene.articles);
    assert!(arrived.copied.len() <= 1, "{:?}", arrived.copied);
    assert!(arrived.text().contains("\u{241b}"));
    check_next_run(&scene);
}

/// Opens the library again, with what can be undone of the last run and with places that somebody has
/// written into, and then the library of which somebody wrote that it was open last.
fn check_next_run(scene: &Scene) {
    let places = scene.data.join("state/library");
    for file in fs::read_dir(&places).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|end| end == "toml") {
            fs::write(&file, format!("sort = {}\nopen = {}\n", quoted(PAYLOAD), from("places")))
                .unwrap();
        } else {
            assert!(fs::read_to_string(&file).unwrap().contains("owned"));
        }
    }
    let mut terminal = Terminal::start(&scene.reader(), COLUMNS, ROWS);
    terminal.shows(&format!("Articles  {} ", scene.articles + 1));
    terminal.press(&["u", "u", "u", "u", "\u{12}", "g", "p", ESC, "Q", "y"]);
    terminal.ended();
    let arrived = Arrived::at(&terminal.all(), COLUMNS, ROWS);
    assert!(arrived.text().contains("set aside as"));
    let last = format!("paths = [{}]\n", quoted(&from("last")));
    fs::write(scene.data.join("state/last.toml"), last).unwrap();
    let mut terminal = Terminal::start(&scene.program(&[]), COLUMNS, ROWS);
    terminal.shows(&seen("last"));
    terminal.press(&["Q"]);
    terminal.ended();
    Arrived::at(&terminal.all(), COLUMNS, ROWS);
}

#[test]
fn no_command_sends_a_terminal_anything_but_text() {
    let scene = Scene::new();
    let root = scene.root.to_str().unwrap();
    let file = scene.root.join(format!("81 {}.txt", name(PAYLOAD)));
    let file = file.to_str().unwrap();
    let (theme, bad) = (name(&from("theme")), from("argument"));
    let commands: [&[&str]; 26] = [
        &["articles", root],
        &["articles", root, "--format", "csv"],
        &["blocks", root],
        &["quotes", root, "--all", "--indirect"],
        &["quotes", root, "--format", "toml"],
        &["annotations"],
        &["annotations", root, "--format", "jsonl"],
        &["export"],
        &["export", root, "--format", "markdown"],
        &["search", "owned", root],
        &["search", &bad, root],
        &["search", "--regex", "(\u{1b}", root],
        &["search", "speaker:ann", root],
        &["text", file],
        &["annotate", file, "--quote", &bad],
        &["annotate", file, "--quote", PAYLOAD, "--occurrence", "1", "--tag", &bad, "--note", &bad],
        &["themes"],
        &["themes", &theme],
        &["themes", &bad],
        &["keys"],
        &["config", "--theme", &bad],
        &["doctor", root],
        &["doctor", "--restore", &bad],
        &["doctor", "--repair", root],
        &["man"],
        &["completions", "zsh"],
    ];
    for arguments in commands {
        let mut terminal = Terminal::start(&scene.program(arguments), COLUMNS, ROWS);
        terminal.ended();
        let arrived = Arrived::at(&terminal.all(), COLUMNS, ROWS);
        assert_eq!(arrived.sequences, [""; 0], "{arguments:?}");
        assert_eq!((arrived.titles.len(), arrived.copied.len()), (0, 0), "{arguments:?}");
        assert!(!arrived.text().is_empty(), "{arguments:?}");
    }
}

/// Latin letters, and letters of scripts that run from right to left to stand for them.
const LATIN: &str = "abcdefghijklmnopqrstu";
const TURNED: [&str; 2] = ["אבגדהוזחטיכלמנסעפצקרש", "ابتثجحخدذرزسشصضطظعغفق"];

/// A text with other letters in its words in small braces, which are dropped.
fn turned(text: &str, letters: &str) -> String {
    let mut inside = false;
    let letter = |c: char| {
        match c {
            '{' | '}' => inside = c == '{',
            _ if inside => {
                let at = LATIN.chars().position(|latin| latin == c);
                return at.and_then(|at| letters.chars().nth(at)).or(Some(c));
            }
            _ => return Some(c),
        }
        None
    };
    text.chars().filter_map(letter).collect()
}

/// The letters and looks of a screen, with Latin letters for those that stand for them, and the cursor.
fn cells(terminal: &Terminal, letters: &str) -> Vec<String> {
    terminal.look(|screen, _| {
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let cell = |row, column| {
            let cell = screen.cell(row, column).unwrap();
            let latin =
                |c| letters.chars().position(|it| it == c).and_then(|at| LATIN.chars().nth(at));
            let text: String = cell.contents().chars().map(|c| latin(c).unwrap_or(c)).collect();
            if text.trim().is_empty() && !cell.inverse() && !cell.underline() {
                // Of a cell that shows nothing only the ground is seen.
                return format!("blank {:?}", cell.bgcolor());
            }
            format!("{text:?} {:?} {:?} {}", cell.fgcolor(), cell.bgcolor(), cell.inverse())
        };
        let mut cells: Vec<String> = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (row, column)))
            .map(|(row, column)| format!("{row}:{column} {}", cell(row, column)))
            .collect();
        cells.push(format!("{:?}", screen.cursor_position()));
        cells
    })
}

#[test]
fn words_from_right_to_left_leave_every_cell_in_its_place() {
    for columns in [150, 80] {
        check_turned(columns);
    }
}

/// Compares the reader on so many columns with Latin letters and with those that stand for them.
fn check_turned(columns: u16) {
    let story = "Ferry {link} restored {for good}\n\nThe {ferr} to Skellan {sailed agin} on {Mondo}, \
         12 March. {It is so} (he {said}), {and mor of it goes on in this line} 3.5 {til the end}.\n\n\
         “We {counted} ever {crate},” said Ann Lee. {He then left}.\n";
    let other = "Bread {ration} at sea\n\nThere was {none to be had on the islnd}.\n";
    let keys: &[&[&str]] = &[
        &["g", "g", "}", "w", "w"],
        &["v", "w", "e", "e"],
        &["H", "g", "a", "Note", ESC],
        &["$", "h", "h"],
        &["/", "3.5", "\r"],
        &[ESC, "\u{1b}[Z"],
        &["\t", "\t"],
    ];
    let play = |letters: &str| {
        let [story, other] = [story, other].map(|text| turned(text, letters));
        let desk = Desk::with(&[("news/a.txt", &story), ("news/b.txt", &other)]);
        let mut program = desk.program();
        program.arg("news");
        let mut terminal = Terminal::start(&program, columns, 24);
        terminal.shows("to Skellan");
        let mut screens = Vec::new();
        for keys in keys {
            terminal.press(keys);
            terminal.until("it is saved", |screen, _| !screen.contents().contains("saving"));
            screens.push(terminal.contents());
            screens.extend(cells(&terminal, letters));
        }
        terminal.press(&["\t", "\t", "g", "g", "}", "w", "v", "e", "y"]);
        terminal.until("it is copied", |_, told| told.clipboard.len() == 1);
        let copied = terminal.look(|_, told| told.clipboard[0].clone());
        let copied = String::from_utf8(STANDARD.decode(copied).unwrap()).unwrap();
        terminal.press(&["Q"]);
        terminal.ended();
        (screens, copied, Arrived::at(&terminal.all(), columns, 24))
    };
    let (latin, copied, _) = play(LATIN);
    assert_eq!(copied, "ferr");
    for letters in TURNED {
        let (screens, copied, arrived) = play(letters);
        assert_eq!(copied, turned("{ferr}", letters));
        for (one, other) in latin.iter().zip(&screens) {
            let drawn = one.contains('\n');
            assert!(drawn || one == other, "{one} became {other} on\n{}", screens[0]);
        }
        // No terminal that would turn words round does so while ours are on it.
        let at = |wanted: &str| arrived.sequences.iter().position(|it| it == wanted).unwrap();
        let first = at("2J");
        assert!(at("?1049h") < at("8l") && at("8l") < first, "{:?}", arrived.sequences);
        assert!(first < at("8h") && at("8h") < at("?1049l"), "{:?}", arrived.sequences);
        // Nor does what is wider than was reckoned go on in the next row.
        assert!(at("?1049h") < at("?7l") && at("?7l") < first, "{:?}", arrived.sequences);
        assert!(first < at("?7h") && at("?7h") < at("?1049l"), "{:?}", arrived.sequences);
    }
}
