//! Exporting from the reader: it says what it wrote, and never overwrites without asking.

use std::path::PathBuf;

use super::Turn;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::wording::counted;
use crate::app::{Effect, ExportFormat};
use crate::corpus::ArticleId;

impl ExportFormat {
    /// All formats, with what to call them and the file that is proposed.
    const ALL: &[(Self, &'static str, &'static str)] = &[
        (Self::Toml, "TOML: all that is stored", "pullquote-export.toml"),
        (Self::Markdown, "Markdown: to read and to paste", "pullquote-export.md"),
    ];
}

impl Model {
    pub(super) fn ask_export_format(&mut self, turn: &mut Turn) {
        let articles = self.articles_to_export();
        if articles.is_empty() {
            self.status.say(turn.now, "there are no annotations to export yet");
            return;
        }
        let detail = format!("{} with annotations", counted(articles.len(), "article"));
        let items = ExportFormat::ALL.iter().map(|&(format, label, _)| Item {
            choice: Choice::Export(format),
            label: label.to_owned(),
            detail: detail.clone(),
            color: None,
            typed: false,
        });
        self.overlay = Some(Overlay::Picker(Picker::new("Export as", items.collect(), true)));
    }

    pub(super) fn ask_export_path(&mut self, format: ExportFormat) {
        let proposed = ExportFormat::ALL.iter().find(|(known, ..)| *known == format);
        self.ask_path(format, proposed.map_or("", |(.., path)| path));
    }

    pub(super) fn export_to(&mut self, format: ExportFormat, path: &str, turn: &mut Turn) {
        if path.trim().is_empty() {
            self.status.say(turn.now, "nothing was exported: no file was named");
            return;
        }
        let articles = self.articles_to_export();
        let path = PathBuf::from(path.trim());
        turn.ask(Effect::Export { format, path, articles, overwrite: false });
    }

    /// The articles picked, or all, in the order of the list, that have annotations.
    fn articles_to_export(&self) -> Vec<ArticleId> {
        let picked = &self.library.picked;
        let wanted = |article: &ArticleId| picked.is_empty() || picked.contains(article);
        let noted = |article: &ArticleId| self.notebook.of(*article).next().is_some();
        let order = self.library.ranks();
        let all = self.library.entries.iter().map(|entry| entry.id);
        let mut articles: Vec<ArticleId> = all.filter(wanted).filter(noted).collect();
        articles.sort_by_key(|article| order.get(article).copied().unwrap_or(usize::MAX));
        articles
    }

    /// Asks whether a file that is there may be replaced. The answer of the disk may come while a
    /// person is writing something: a question would take the place of that, so none is asked.
    pub(super) fn ask_overwrite(
        &mut self,
        format: ExportFormat,
        path: PathBuf,
        articles: Vec<ArticleId>,
        turn: &mut Turn,
    ) {
        if self.overlay.is_some() {
            let message = format!("nothing was exported: {} is there already", path.display());
            self.status.warn(turn.now, message);
            return;
        }
        let question = format!("{} is there already – replace it?", path.display());
        let yes = vec![Effect::Export { format, path, articles, overwrite: true }];
        self.overlay = Some(Overlay::Confirm { question, yes });
    }
}
