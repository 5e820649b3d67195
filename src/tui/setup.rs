//! From what the reader was started with to what it needs; nothing here grows with the library.

use std::env;
use std::path::PathBuf;

use crate::app::{self, ColorChoice, Launch, keymap_with};
use crate::config::{ColorDepth, Config, Settings, Terminal, Theme};
use crate::corpus::encoding_named;
use crate::io::cache::Cache;
use crate::io::long::Ahead;
use crate::io::path::Places;
use crate::io::place::{Keeper, load_last};
use crate::io::preference::{load_config, load_theme};
use crate::io::walk::Manner;
use crate::io::{Library, Problem};

/// All that the reader needs.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) theme: Theme,
    pub(super) library: Library,
    /// What is read of it meanwhile.
    pub(super) ahead: Ahead,
    pub(super) cache: Cache,
    /// Where the program keeps its things.
    pub(super) folders: Places,
    pub(super) keeper: Keeper,
    /// Where the person was.
    pub(super) places: app::Places,
    /// What is wrong with any of it, none of it in the way.
    pub(super) problems: Vec<Problem>,
}

impl Setup {
    /// Reads settings, theme and places.
    ///
    /// # Errors
    /// The command line names what there is not, or there is no place to keep anything.
    pub(super) fn new(launch: &Launch) -> Result<Self, Problem> {
        let mut problems = Vec::new();
        let folders = Places::find(launch.data_dir.as_deref(), launch.config.as_deref())?;
        let library = library(launch, &folders, &mut problems)?;
        let ahead = Ahead::begin(&library);
        let cache = Cache::open(&folders.cache, library.encoding);
        cache.open_ahead(&library);
        let mut config = or_report(
            load_config(&folders, launch.config.is_some()),
            Config::default,
            &mut problems,
        );
        problems.extend(config.problems.drain(..).map(Problem::from));
        let (keymap, wrong) = keymap_with(std::mem::take(&mut config.keymap));
        problems.extend(wrong.into_iter().map(Problem::from));
        config.keymap = keymap;
        config.settings.ambiguous_width.apply();
        let theme = theme(launch, &config.settings, &folders, &mut problems);
        let keeper = Keeper::new(&folders.state, &library);
        let (places, broken) = keeper.load();
        problems.extend(broken);
        Ok(Self { config, theme, library, ahead, cache, folders, keeper, places, problems })
    }
}

/// What there is, or what stands in for it and a problem.
fn or_report<T>(
    result: Result<T, Problem>,
    otherwise: impl FnOnce() -> T,
    problems: &mut Vec<Problem>,
) -> T {
    result.unwrap_or_else(|problem| {
        problems.push(problem);
        otherwise()
    })
}

fn library(
    launch: &Launch,
    folders: &Places,
    problems: &mut Vec<Problem>,
) -> Result<Library, Problem> {
    let named = |label: &str| {
        encoding_named(label).ok_or_else(|| {
            let what = format!("there is no encoding {label}; use a WHATWG name, as windows-1252");
            Problem::new("--encoding", what)
        })
    };
    let encoding = launch.encoding.as_deref().map(named).transpose()?;
    let paths = if launch.sample {
        Vec::new()
    } else if launch.paths.is_empty() {
        let last = or_report(load_last(&folders.state), || None, problems);
        last.unwrap_or_default().paths.into_iter().map(PathBuf::from).collect()
    } else {
        launch.paths.clone()
    };
    Ok(Library { paths, manner: Manner { follow: launch.follow_links }, encoding })
}

fn theme(
    launch: &Launch,
    settings: &Settings,
    folders: &Places,
    problems: &mut Vec<Problem>,
) -> Theme {
    let name = launch.theme.as_deref().unwrap_or(&settings.theme);
    let default = || {
        let name = Settings::default().theme;
        (Theme::builtin(&name).unwrap_or_else(|| Theme::parse("", &name).0), Vec::new())
    };
    let (theme, wrong) = or_report(load_theme(folders, name), default, problems);
    problems.extend(wrong);
    theme.for_depth(depth(launch.color))
}

/// How many colours to use.
fn depth(choice: ColorChoice) -> ColorDepth {
    let of = |name| env::var(name).ok();
    let [no_color, colorterm, term] = ["NO_COLOR", "COLORTERM", "TERM"].map(of);
    let terminal = Terminal {
        no_color: no_color.as_deref(),
        colorterm: colorterm.as_deref(),
        term: term.as_deref(),
    };
    match choice {
        ColorChoice::Never => ColorDepth::None,
        ColorChoice::Auto => ColorDepth::detect(terminal),
        ColorChoice::Always => {
            ColorDepth::detect(Terminal { no_color: None, ..terminal }).max(ColorDepth::Ansi16)
        }
    }
}
