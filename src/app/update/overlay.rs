//! Prompts, questions and help: what lies over the panes and takes the keys.

use super::Turn;
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::overlay::{MetadataField, Overlay, Prompt, Question};
use crate::config::{Code, Key};
use crate::corpus::{ArticleId, day};

impl Model {
    pub(super) fn press_overlay(&mut self, key: Key, turn: &mut Turn) {
        match &mut self.overlay {
            Some(Overlay::Note(_)) => self.press_note(key, turn),
            Some(Overlay::Prompt(_)) => self.press_prompt(key, turn),
            Some(Overlay::Picker(_)) => self.press_picker(key, turn),
            Some(Overlay::Search) => self.press_search(key, turn),
            Some(Overlay::Tags(_)) => self.press_tags(key, turn),
            Some(Overlay::Confirm { .. }) => self.press_confirm(key, turn),
            Some(Overlay::Help { .. }) => self.press_help(key),
            None => {}
        }
    }

    /// A key for the help: it scrolls as far as there is something, and any other key closes it.
    fn press_help(&mut self, key: Key) {
        let help = self.help();
        let (page, last) = (help.height().saturating_sub(1).max(1), help.last_top());
        let Some(Overlay::Help { top }) = &mut self.overlay else { return };
        let here = (*top).min(last);
        *top = match key.code() {
            Code::Down | Code::Char('j') => here + 1,
            Code::Up | Code::Char('k') => here.saturating_sub(1),
            Code::PageDown | Code::Char(' ') => here + page,
            Code::PageUp => here.saturating_sub(page),
            Code::Home | Code::Char('g') => 0,
            Code::End | Code::Char('G') => last,
            _ => {
                self.overlay = None;
                return;
            }
        }
        .min(last);
    }

    fn press_confirm(&mut self, key: Key, turn: &mut Turn) {
        let Some(Overlay::Confirm { yes, .. }) = self.overlay.take() else { return };
        if key.typed().is_some_and(|letter| letter.eq_ignore_ascii_case(&'y')) {
            turn.effects.extend(yes);
        } else {
            self.status.say(turn.now, "left as it is");
        }
    }

    fn ask(&mut self, question: Question, text: impl Into<String>) {
        self.overlay = Some(Overlay::Prompt(Prompt { question, field: Field::new(text) }));
    }

    pub(super) fn ask_search(&mut self) {
        self.leave();
        if let Some(reading) = &mut self.reading {
            let found = std::mem::take(&mut reading.found);
            reading.before_search = Some((reading.cursor, found));
            self.ask(Question::Search, "");
        }
    }

    pub(super) fn ask_filter(&mut self) {
        self.ask(Question::Filter, self.library.filter.text().to_owned());
    }

    pub(super) fn ask_card_filter(&mut self) {
        self.ask(Question::Cards, self.sidebar.filter.text().to_owned());
    }

    pub(super) fn ask_correction(&mut self, field: MetadataField, turn: &mut Turn) {
        let entry = self.article_meant().and_then(|article| self.library.entry(article));
        let Some(entry) = entry else {
            self.status.say(turn.now, "no article to put right");
            return;
        };
        let (article, metadata) = (entry.id, entry.metadata());
        let now = match field {
            MetadataField::Title => metadata.title,
            MetadataField::Outlet => metadata.outlet,
            MetadataField::Byline => metadata.byline,
            MetadataField::Date => metadata.published.map(|date| date.to_string()),
        };
        self.ask(Question::Correct(article, field), now.unwrap_or_default());
    }

    pub(super) fn ask_path(&mut self, format: crate::app::ExportFormat, path: &str) {
        self.ask(Question::ExportPath(format), path);
    }

    /// A key for the prompt. What is typed takes effect at once where that can be undone by Esc.
    fn press_prompt(&mut self, key: Key, turn: &mut Turn) {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return };
        let question = prompt.question;
        let leave = key == Key::new(Code::Char('c')).ctrl();
        match key.code() {
            Code::Esc => self.leave_prompt(question),
            _ if leave => self.leave_prompt(question),
            Code::Enter => self.answer(turn),
            _ => {
                if prompt.field.press(key) {
                    self.answer_as_typed(turn);
                }
            }
        }
    }

    /// What a half-typed answer already does.
    pub(super) fn answer_as_typed(&mut self, turn: &mut Turn) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else { return };
        let typed = prompt.field.text().to_owned();
        match prompt.question {
            Question::Search => self.search(&typed),
            Question::Filter => {
                self.filter_list(&typed);
                self.status.expire(turn.now);
            }
            Question::Cards => self.filter_cards(&typed),
            Question::Correct(..) | Question::ExportPath(_) => {}
        }
    }

    fn leave_prompt(&mut self, question: Question) {
        self.overlay = None;
        match question {
            Question::Search => self.leave_search(),
            Question::Filter => self.filter_list(""),
            Question::Cards => self.filter_cards(""),
            Question::Correct(..) | Question::ExportPath(_) => {}
        }
    }

    fn answer(&mut self, turn: &mut Turn) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        let typed = prompt.field.text();
        match prompt.question {
            Question::Search => self.end_search(typed, turn),
            Question::Filter | Question::Cards => {}
            Question::Correct(article, field) => self.correct(article, field, typed, turn),
            Question::ExportPath(format) => self.export_to(format, typed, turn),
        }
    }

    /// Goes back to where the search began, and to what was searched for before.
    fn leave_search(&mut self) {
        let Some(reading) = &mut self.reading else { return };
        if let Some((origin, found)) = reading.before_search.take() {
            reading.found = found;
            reading.go_to(origin);
        }
    }

    /// Keeps what was searched for; with nothing typed, the search before goes on.
    fn end_search(&mut self, typed: &str, turn: &mut Turn) {
        if typed.is_empty() {
            self.leave_search();
            self.next_match(true, None, turn);
            return;
        }
        if self.reading.as_ref().is_some_and(|reading| reading.found.typed != typed) {
            // The article came after the words.
            self.search(typed);
        }
        let Some(reading) = &mut self.reading else { return };
        reading.before_search = None;
        let total = reading.found.matches.len();
        let cursor = reading.cursor;
        let nth = reading.found.matches.partition_point(|found| found.start <= cursor);
        let message = match total {
            0 => format!("no “{typed}” in this article"),
            _ => format!("“{typed}” {nth} of {total}"),
        };
        self.status.say(turn.now, message);
    }

    /// Keeps what a person put right; an empty answer goes back to what the program believes.
    fn correct(&mut self, article: ArticleId, field: MetadataField, typed: &str, turn: &mut Turn) {
        let Some(entry) = self.library.entry_mut(article) else { return };
        let text = Some(typed.trim().to_owned()).filter(|text| !text.is_empty());
        let mut corrected = entry.corrected.as_deref().cloned().unwrap_or_default();
        match field {
            MetadataField::Title => corrected.title = text,
            MetadataField::Outlet => corrected.outlet = text,
            MetadataField::Byline => corrected.byline = text,
            MetadataField::Date => match text.map(|text| day(&text).ok_or(text)).transpose() {
                Ok(date) => corrected.published = date,
                Err(text) => {
                    let message = format!("“{text}” is no date; write it as 2026-02-11");
                    self.status.warn(turn.now, message);
                    return;
                }
            },
        }
        entry.corrected = (!corrected.is_empty()).then(|| Box::new(corrected.clone()));
        self.library.admit(&[article]);
        self.save(article, Vec::new(), Some(corrected), turn);
    }

    /// Takes pasted text into whatever is being typed.
    pub(super) fn paste(&mut self, text: &str, turn: &mut Turn) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let line = || text.replace('\n', " ");
        match &mut self.overlay {
            Some(Overlay::Note(editor)) => editor.typed(&text, turn),
            Some(Overlay::Prompt(prompt)) => {
                prompt.field.insert(&line());
                self.answer_as_typed(turn);
            }
            Some(Overlay::Picker(picker)) => {
                picker.field.insert(&line());
                picker.narrow();
            }
            Some(Overlay::Search) => {
                self.library.search.field.insert(&line());
                self.search_library(turn);
            }
            Some(Overlay::Tags(editor)) => {
                editor.field.insert(&line());
                editor.selected = None;
                self.complete_tags();
            }
            Some(Overlay::Help { .. } | Overlay::Confirm { .. }) | None => {
                self.status.say(turn.now, "nothing here takes pasted text");
            }
        }
    }
}
