//! What is read: the folder `$CORPORA` or, where that is not set, one made of the sample over and over.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use pullquote::corpus::sample;

/// Articles of a small library, and of a large one.
const SOME: usize = 924;
pub(crate) const MANY: usize = 100_000;
/// The word that stands at nine tenths of a text, and nowhere else.
pub(crate) const RARE: &str = "quuxzephyr";

/// What is read.
pub(crate) struct Corpora {
    folder: PathBuf,
}

impl Corpora {
    /// What there is, made now if need be.
    pub(crate) fn find() -> io::Result<Self> {
        if let Some(folder) = env::var_os("CORPORA") {
            return Ok(Self { folder: folder.into() });
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpora");
        let corpora = Self { folder };
        if !corpora.folder.join("made").exists() {
            corpora.make()?;
        }
        Ok(corpora)
    }

    /// A file or a folder of these, where it is there.
    pub(crate) fn path(&self, name: &str) -> Option<String> {
        let path = self.folder.join(name);
        path.exists().then(|| path.to_string_lossy().into_owned())
    }

    fn make(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for (name, bytes) in [("article_10mb.txt", 10_000_000), ("article_200mb.txt", 200_000_000)]
        {
            self.text(name, bytes, "\n\n")?;
        }
        self.text("oneline_5mb.txt", 5_000_000, " ")?;
        self.articles("polnear", SOME)?;
        self.articles("folder100k", MANY)?;
        let mut records = BufWriter::new(File::create(self.folder.join("corpus100k.jsonl"))?);
        for (nth, (name, text)) in sample().iter().cycle().take(MANY).enumerate() {
            let outlet = name.split('/').next().unwrap_or_default();
            let title = format!("{} {nth}", text.lines().next().unwrap_or_default());
            let date = day(nth);
            let record = serde_json::json!({
                "id": format!("r{nth}"), "title": title, "source": outlet, "date": date, "text": text,
            });
            writeln!(records, "{record}")?;
        }
        records.flush()?;
        fs::write(self.folder.join("made"), "")
    }

    /// A text of so many bytes.
    fn text(&self, name: &str, bytes: usize, between: &str) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(self.folder.join(name))?);
        let mut written = 0;
        let mut marked = false;
        for (nth, (_, text)) in sample().iter().cycle().enumerate() {
            if written >= bytes {
                break;
            }
            if !marked && written >= bytes / 10 * 9 {
                marked = true;
                written += write_out(&mut file, RARE)?;
            }
            let paragraphs: Vec<&str> = text.split("\n\n").collect();
            let text = paragraphs.join(between).replace('\n', " ").replace("  ", between);
            written += write_out(&mut file, &format!("{nth} {text}{between}"))?;
        }
        file.flush()
    }

    /// A folder of so many articles, a hundred in each of its folders.
    fn articles(&self, name: &str, count: usize) -> io::Result<()> {
        for (nth, (_, text)) in sample().iter().cycle().take(count).enumerate() {
            let folder = self.folder.join(name).join(format!("{:04}", nth / 100));
            fs::create_dir_all(&folder)?;
            let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
            fs::write(
                folder.join(format!("{}-{nth:06}.txt", day(nth))),
                format!("{title} {nth}\n{rest}"),
            )?;
        }
        Ok(())
    }
}

/// A day that seems to have nothing to do with the number.
fn day(nth: usize) -> String {
    let nth = nth * 7919;
    format!("{}-{:02}-{:02}", 2015 + nth / 336 % 11, nth / 28 % 12 + 1, nth % 28 + 1)
}

fn write_out(file: &mut impl Write, text: &str) -> io::Result<usize> {
    file.write_all(text.as_bytes())?;
    Ok(text.len())
}
