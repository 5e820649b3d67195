//! The command line as clap sees it. Help, completions and the manual come from here.

use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::row::Format;
use crate::app::ColorChoice;
use crate::note::Color;
use crate::search::GRAMMAR;

/// A terminal reader and annotator for collections of news articles.
///
/// Without a command, opens the reader on the files and folders given, or, with none, on the library
/// opened last; the first time, on the sample.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, disable_help_subcommand = true)]
#[command(
    after_help = "A file named like a command is opened as ./NAME. A file named - is standard \
                        input.\n\nExit status: 0 done; 1 nothing or problems found; 2 could not run."
)]
pub(super) struct CommandLine {
    /// What the reader takes.
    #[command(flatten)]
    pub(super) reader: Reader,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The command line of the reader. Alone it is parsed sooner: all commands take clap longer than anything
/// else takes that comes before the first frame.
#[derive(Debug, Parser)]
pub(super) struct Reader {
    /// The options that every command takes.
    #[command(flatten)]
    pub(super) options: Options,
    /// Files and folders to open in the reader; `-` is one article from standard input.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

/// The options that every command takes.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "a command line has switches")]
pub(super) struct Options {
    /// Keep annotations, state, journal and cache in this folder.
    #[arg(long, global = true, value_name = "DIR", env = "PULLQUOTE_DATA_DIR")]
    pub(super) data_dir: Option<PathBuf>,
    /// Read the settings from this file.
    #[arg(long, global = true, value_name = "FILE", env = "PULLQUOTE_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// Show the reader in this theme.
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// When to use colour (`NO_COLOR` is heeded too).
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(super) color: ColorWhen,
    /// Decode files in this encoding, by its WHATWG name.
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// Open the embedded sample.
    #[arg(long, global = true)]
    pub(super) sample: bool,
    /// Follow links that lead out of a folder.
    #[arg(long, global = true)]
    pub(super) follow_links: bool,
    /// Say nothing of files that were skipped.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say also what was left out on purpose.
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// Where the terminal has it.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

impl From<ColorWhen> for ColorChoice {
    fn from(when: ColorWhen) -> Self {
        match when {
            ColorWhen::Auto => Self::Auto,
            ColorWhen::Always => Self::Always,
            ColorWhen::Never => Self::Never,
        }
    }
}

/// What to do instead of opening the reader.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List articles: name, title, outlet, byline, published, words, quotations.
    Articles(Listed),
    /// Print the canonical text of one article.
    Text {
        /// A file, or `-` for standard input.
        path: PathBuf,
    },
    /// List the blocks of articles: kind, start, end.
    Blocks(Listed),
    /// List the quotations and who said them.
    Quotes(Quotes),
    /// List who speaks in articles: names, quotations, words, articles, outlets, days.
    ///
    /// Names are brought together where they can only be of one person; two people with one family
    /// name stay apart.
    Voices(Listed),
    /// Find words in articles.
    ///
    /// Words are found as they were typed, one after the other, in any case unless there is a capital
    /// among them, and with any accents. Exit status 1 tells that nothing was found.
    #[command(after_help = grammar())]
    Search(Search),
    /// Add an annotation to words of an article, and print its ID once it is safe on disk.
    Annotate(Annotate),
    /// List the annotations stored, for some paths or all.
    Annotations(Listed),
    /// Write the annotations stored, for some paths or all, in a format for other programs.
    Export(Export),
    /// Look for what is broken in the store and say where; change nothing unless asked to.
    ///
    /// Exit status 1 tells that something is wrong.
    Doctor(Doctor),
    /// List the themes, or print one as a file to start your own from.
    Themes(Themes),
    /// List the keys in force: context, keys, action and what it does.
    Keys(Keys),
    /// Print the settings in force as a configuration file.
    ///
    /// Exit status 1 tells that something is wrong with yours; it is said what.
    Config(Output),
    /// Learn the model of who said what from labelled articles, and print it.
    #[command(hide = true)]
    TrainQuotes(Training),
    /// Score the quotations and speakers found in labelled articles.
    #[command(hide = true)]
    ScoreQuotes(Scoring),
    /// Print the completions of a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, of the program or of one command.
    Man {
        /// The command.
        command: Option<String>,
    },
}

/// Which articles to list, how and where to.
#[derive(Debug, Args)]
pub(super) struct Listed {
    /// Files and folders; `-` is one article from standard input.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How to list them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// Which quotations to list, how and where to.
#[derive(Debug, Args)]
pub(super) struct Quotes {
    /// Where to look, and how to list them.
    #[command(flatten)]
    pub(super) listed: Listed,
    /// Only those of speakers whose name holds this.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) speaker: Option<String>,
    /// Only those whose speaker is right with at least this probability, 0 to 1.
    #[arg(long, value_name = "X", default_value_t = 0.0, hide_default_value = true)]
    pub(super) min_confidence: f32,
    /// Also the quoted stretches that were judged to be no quotations, as kind `scare`.
    #[arg(long)]
    pub(super) all: bool,
    /// Also what is reported without quotation marks, as kind `indirect`.
    #[arg(long)]
    pub(super) indirect: bool,
    /// Judge by the model in this file, as `train-quotes` writes it.
    #[arg(long, value_name = "FILE", hide = true)]
    pub(super) model: Option<PathBuf>,
    /// Find what has no marks by the model in this file, as `train-quotes --indirect` writes it.
    #[arg(long, value_name = "FILE", hide = true, requires = "indirect")]
    pub(super) hearsay_model: Option<PathBuf>,
}

/// What to look for, in which articles, how to list it and where to.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, and filters on the articles.
    pub(super) query: String,
    /// Where to look, and how to list what is found.
    #[command(flatten)]
    pub(super) listed: Listed,
    /// Only whole words.
    #[arg(short = 'w', long)]
    pub(super) word: bool,
    /// Take the words for a regular expression.
    #[arg(long)]
    pub(super) regex: bool,
}

/// The query language in short.
fn grammar() -> String {
    let wide = GRAMMAR.iter().map(|(written, _)| written.len()).max().unwrap_or_default();
    let lines = GRAMMAR.iter().map(|(written, finds)| format!("  {written:wide$}  {finds}\n"));
    format!("Queries:\n{}", lines.collect::<String>())
}

/// What to learn from.
#[derive(Debug, Args)]
pub(super) struct Training {
    /// Folders that hold `text/`, `gold.jsonl` and `other.jsonl`.
    #[arg(value_name = "DIR", required = true)]
    pub(super) folders: Vec<PathBuf>,
    /// Leave out the articles whose names begin so.
    #[arg(long, value_name = "PREFIX")]
    pub(super) without: Option<String>,
    /// Learn what finds reports without quotation marks instead.
    #[arg(long)]
    pub(super) indirect: bool,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// What to score, and how.
#[derive(Debug, Args)]
pub(super) struct Scoring {
    /// A folder that holds `text/`, `gold.jsonl` and `other.jsonl`.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Score the model in this file.
    #[arg(long, value_name = "FILE")]
    pub(super) model: Option<PathBuf>,
    /// Score the model of reports without quotation marks in this file.
    #[arg(long, value_name = "FILE")]
    pub(super) hearsay_model: Option<PathBuf>,
    /// Also with the marks rewritten in other styles.
    #[arg(long)]
    pub(super) styles: bool,
    /// Also, for each outlet, a model that learns from this folder without that outlet.
    #[arg(long, value_name = "DIR")]
    pub(super) held_out: Option<PathBuf>,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// Where a command writes to.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Output {
    /// Write to this file instead of standard output.
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// Replace the file if it is there already.
    #[arg(long, requires = "file")]
    pub(super) force: bool,
}

/// What to add to which words of an article.
#[derive(Debug, Args)]
pub(super) struct Annotate {
    /// The file that holds the article.
    pub(super) article: PathBuf,
    /// The words to annotate, as they stand in the canonical text.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(super) quote: String,
    /// Which place to take where the words stand in several, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) occurrence: Option<u32>,
    /// What to say of them.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) note: Option<String>,
    /// A tag; may be given several times.
    #[arg(long = "tag", value_name = "T")]
    pub(super) tags: Vec<String>,
    /// The colour to mark them in.
    #[arg(long, value_name = "COLOR", value_parser = color(), default_value_t)]
    pub(super) highlight: Color,
}

/// Takes the colours by their names.
fn color() -> impl TypedValueParser<Value = Color> {
    PossibleValuesParser::new(Color::ALL.iter().map(|color| color.name()))
        .try_map(|name| name.parse::<Color>())
}

/// Which annotations to write, in which format and where to.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Files and folders; all that is stored where none is given.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ExportFormat,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// Where to look for what is broken, and whether to mend it.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Folders whose `.pullquote/` is looked at too; the working folder where none is given.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Mend what can be mended without losing anything; what is replaced is backed up first.
    #[arg(long, conflicts_with = "restore")]
    pub(super) repair: bool,
    /// Bring a file of the store back from its backups, or every one that does not parse.
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "an option with an optional value is written so")]
    pub(super) restore: Option<Option<PathBuf>>,
    /// How to list what was found.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// How to list the keys.
#[derive(Debug, Args)]
pub(super) struct Keys {
    /// How to list them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// Which theme to print, or how to list all.
#[derive(Debug, Args)]
pub(super) struct Themes {
    /// The theme to print.
    pub(super) name: Option<String>,
    /// How to list them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, conflicts_with = "name")]
    pub(super) format: Format,
    /// Where to.
    #[command(flatten)]
    pub(super) output: Output,
}

/// The formats that annotations are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// Everything that is stored, as `import` reads it.
    #[default]
    Toml,
    /// A document to read.
    Markdown,
}
