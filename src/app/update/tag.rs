//! Tags: typed with completion from those in use; each one is saved as it is added.

use super::Turn;
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, TagEditor};
use crate::config::{Code, Key};
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::note::tag::{normal_form, tags_in_use};
use crate::search::Filter;

/// Completions that are offered at once.
const OFFERED: usize = 8;

impl Model {
    /// Edits the tags of the selection or of the annotation under the cursor.
    pub(super) fn edit_tags(&mut self, turn: &mut Turn) {
        if let Some((article, annotation)) = self.new_from_selection(turn) {
            self.store_change(article, annotation.clone(), turn);
            self.drop_selection();
            self.open_tags(article, annotation);
        } else if let Some((article, annotation)) = self.annotation_here() {
            self.open_tags(article, annotation);
        } else {
            self.ask_for_words(turn);
        }
    }

    pub(super) fn open_tags(&mut self, article: ArticleId, annotation: Annotation) {
        self.overlay = Some(Overlay::Tags(Box::new(TagEditor {
            article,
            annotation,
            field: Field::default(),
            completions: Vec::new(),
            selected: None,
        })));
        self.complete_tags();
    }

    /// A key for the tags being edited.
    pub(super) fn press_tags(&mut self, key: Key, turn: &mut Turn) {
        let Some(Overlay::Tags(editor)) = &mut self.overlay else { return };
        let offered = editor.completions.len();
        match key.code() {
            Code::Esc => self.overlay = None,
            _ if key == Key::new(Code::Char('c')).ctrl() => self.overlay = None,
            Code::Enter => self.add_tag(turn),
            Code::Down | Code::Tab if offered > 0 => {
                editor.selected = Some(editor.selected.map_or(0, |at| (at + 1) % offered));
            }
            Code::Up if offered > 0 => {
                editor.selected =
                    Some(editor.selected.map_or(offered - 1, |at| (at + offered - 1) % offered));
            }
            Code::Backspace if editor.field.is_empty() => self.drop_last_tag(turn),
            _ => {
                if editor.field.press(key) {
                    editor.selected = None;
                }
                self.complete_tags();
            }
        }
    }

    /// Adds the tag chosen or typed; with nothing typed the editor closes.
    fn add_tag(&mut self, turn: &mut Turn) {
        let Some(Overlay::Tags(editor)) = &mut self.overlay else { return };
        let chosen = editor.selected.and_then(|at| editor.completions.get(at).cloned());
        let typed = editor.field.text().to_owned();
        if chosen.is_none() && typed.trim().is_empty() {
            self.overlay = None;
            return;
        }
        let Some(tag) = normal_form(&chosen.unwrap_or(typed)) else {
            self.status.say(turn.now, "that cannot be a tag");
            return;
        };
        editor.field.clear();
        editor.selected = None;
        let mut tags = editor.annotation.tags.clone();
        if !tags.contains(&tag) {
            tags.push(tag);
            self.set_tags(tags, turn);
        }
        self.complete_tags();
    }

    fn drop_last_tag(&mut self, turn: &mut Turn) {
        let Some(Overlay::Tags(editor)) = &self.overlay else { return };
        let mut tags = editor.annotation.tags.clone();
        if tags.pop().is_some() {
            self.set_tags(tags, turn);
            self.complete_tags();
        }
    }

    fn set_tags(&mut self, tags: Vec<String>, turn: &mut Turn) {
        let Some(Overlay::Tags(editor)) = &mut self.overlay else { return };
        let mut annotation = editor.annotation.revised(turn.now);
        annotation.tags = tags;
        editor.annotation = annotation.clone();
        let article = editor.article;
        self.store_change(article, annotation, turn);
    }

    /// The tags in use that hold what is typed, those that start with it first.
    pub(super) fn complete_tags(&mut self) {
        let Some(Overlay::Tags(editor)) = &mut self.overlay else { return };
        let typed = editor.field.text();
        let filter = Filter::new(typed);
        let in_use = tags_in_use(self.notebook.all().map(|(_, annotation)| annotation));
        let mut matching: Vec<String> = in_use
            .into_iter()
            .map(|count| count.tag)
            .filter(|tag| {
                !editor.annotation.tags.contains(tag) && filter.lets_through([tag.as_str()])
            })
            .collect();
        matching.sort_by_key(|tag| !tag.starts_with(typed));
        matching.truncate(OFFERED);
        editor.completions = matching;
    }
}
