//! Actions: what each of them does.

use super::Turn;
use crate::app::model::{Awaiting, Model};
use crate::app::overlay::{MetadataField, Overlay};
use crate::app::reading::Search;
use crate::app::screen::Pane;
use crate::app::{Action, Effect};
use crate::note::Color;

impl Model {
    /// Does what an action says, `count` times where that means something.
    pub(super) fn perform(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        use Action as A;
        if self.is_read_only_for(action, turn) {
            return;
        }
        match action {
            A::Help => self.overlay = Some(Overlay::Help { top: 0 }),
            A::Palette => self.open_palette(),
            A::GoToArticle => self.open_article_picker(turn),
            A::SearchLibrary => self.ask_library_search(),
            A::HitNext | A::HitPrevious => self.step_hit(action, count, turn),
            A::ListAnnotations => self.open_annotation_picker(turn),
            A::Problems => self.open_problems(turn),
            A::PaneNext => self.focus_next(true),
            A::PanePrevious => self.focus_next(false),
            A::Zen => self.toggle_zen(),
            A::Undo => self.undo(turn),
            A::Redo => self.redo(turn),
            A::Back => self.back(turn),
            A::Quit => self.quit(turn),
            A::Redraw => turn.ask(Effect::Redraw),
            A::Reload => self.reload(turn),
            A::Suspend => turn.ask(Effect::Suspend),
            A::Cancel => self.cancel(turn),
            A::Escape => self.escape(),
            A::Export => self.ask_export_format(turn),
            A::ArticleNext => self.open_neighbour(count, true, turn),
            A::ArticlePrevious => self.open_neighbour(count, false, turn),
            A::Open => self.open_selected(turn),
            A::Filter => self.ask_filter(),
            A::SortBy => self.sort_next(turn),
            A::ToggleRead => self.toggle_read(turn),
            A::Pick => self.pick(),
            A::MeasureWider | A::MeasureNarrower | A::ToggleAlign => self.set_measure(action, turn),
            A::CorrectTitle => self.ask_correction(MetadataField::Title, turn),
            A::CorrectOutlet => self.ask_correction(MetadataField::Outlet, turn),
            A::CorrectByline => self.ask_correction(MetadataField::Byline, turn),
            A::CorrectDate => self.ask_correction(MetadataField::Date, turn),
            A::ArticleNote => self.write_article_note(turn),
            A::SetMark => self.input.awaiting = Some(Awaiting::SetMark),
            A::GoToMark => self.input.awaiting = Some(Awaiting::GoToMark),
            A::JumpBack => self.jump_back(turn),
            A::JumpForward => self.jump_forward(turn),
            A::Confirm => self.confirm(turn),
            A::Reanchor => self.reanchor(turn),
            A::MakeArticleNote => self.make_article_note(turn),
            A::FilterCards => self.ask_card_filter(),
            A::TabNext => self.change_tab(true),
            A::TabPrevious => self.change_tab(false),
            _ => match self.view.focus {
                Pane::List => self.move_in_list(action, count),
                Pane::Sidebar => self.act_on_card(action, count, turn),
                Pane::Text => self.act_on_text(action, count, turn),
            },
        }
    }

    /// What an action does to the text; motions are those of [`Reading`](crate::app::Reading).
    fn act_on_text(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        use Action as A;
        if self.reading.is_none() {
            let tab = self.keys_for(A::PaneNext).unwrap_or_default();
            self.status.say(turn.now, format!("no article is open; {tab} leads to the list"));
            return;
        }
        if action.takes_words() {
            self.open_fold_here();
        }
        match action {
            A::PageDown | A::PageUp | A::HalfPageDown | A::HalfPageUp => self.page(action, count),
            A::FindChar => self.await_character(false, count),
            A::TillChar => self.await_character(true, count),
            A::FindAgain => self.find_again(true, count, turn),
            A::FindBack => self.find_again(false, count, turn),
            A::Search => self.ask_search(),
            A::SearchNext => self.next_match(true, count, turn),
            A::SearchPrevious => self.next_match(false, count, turn),
            A::SearchWord => self.search_word(turn),
            A::QuotationNext | A::QuotationPrevious => self.next_quotation(action, count, turn),
            A::HighlightNext | A::HighlightPrevious | A::NoteNext | A::NotePrevious => {
                self.next_annotation(action, count, turn);
            }
            A::ToggleFurniture => self.toggle_furniture(turn),
            A::SelectCharacters => self.toggle_selection(false),
            A::SelectParagraphs => self.toggle_selection(true),
            A::SelectWord | A::SelectSentence | A::SelectParagraph | A::SelectQuotation => {
                self.select_object(action, turn);
            }
            A::OtherEnd => self.other_end(),
            A::Note => self.write_note(turn),
            A::NoteInEditor => self.write_note_in_editor(turn),
            A::Tags => self.edit_tags(turn),
            A::Delete => self.delete_annotation(turn),
            A::AnnotationHere => self.next_annotation_here(turn),
            A::Copy => self.copy(false, turn),
            A::CopyCitation => self.copy(true, turn),
            _ => match color_of(action, self.input.last_color) {
                Some(color) => self.highlight(color, turn),
                None => self.travel(action, count, turn),
            },
        }
    }

    /// Waits for the character to find; the count is for that.
    const fn await_character(&mut self, till: bool, count: Option<usize>) {
        self.input.awaiting = Some(Awaiting::Find { till });
        self.input.count = count;
    }

    /// What an action does to the current card.
    fn act_on_card(&mut self, action: Action, count: Option<usize>, turn: &mut Turn) {
        use Action as A;
        match action {
            A::Jump => self.jump_to_card(turn),
            A::Keep => self.keep_card(turn),
            A::CorrectSpeaker => self.ask_speaker(turn),
            A::RejectQuotation => self.reject_quotation(turn),
            A::Note | A::NoteInEditor | A::Tags | A::Delete | A::Copy | A::CopyCitation => {
                self.act_on_current_card(action, turn);
            }
            _ if color_of(action, self.input.last_color).is_some() => {
                self.act_on_current_card(action, turn);
            }
            _ => self.move_in_cards(action, count),
        }
    }

    fn toggle_zen(&mut self) {
        self.view.zen = !self.view.zen;
        if self.view.zen {
            self.view.focus = Pane::Text;
        }
    }

    fn focus_next(&mut self, forward: bool) {
        use Pane::{List, Sidebar, Text};
        self.view.focus = match (self.view.focus, forward) {
            (List, true) | (Sidebar, false) => Text,
            (Text, true) | (List, false) => Sidebar,
            (Sidebar, true) | (Text, false) => List,
        };
    }

    fn escape(&mut self) {
        match self.view.focus {
            Pane::List if !self.library.filter.is_empty() => self.filter_list(""),
            Pane::Sidebar if !self.sidebar.filter.is_empty() => self.filter_cards(""),
            Pane::Text => self.let_go(),
            _ => self.view.focus = Pane::Text,
        }
    }

    /// Lets go of the selection or, where there is none, of the search.
    fn let_go(&mut self) {
        if let Some(reading) = &mut self.reading
            && reading.selection.take().is_none()
        {
            reading.found = Search::default();
        }
    }

    /// Back by one: from a selection, a pane, the panes, to the list, and out at last.
    fn back(&mut self, turn: &mut Turn) {
        let selecting = self.reading.as_ref().is_some_and(|reading| reading.selection.is_some());
        let searching =
            self.reading.as_ref().is_some_and(|reading| !reading.found.typed.is_empty());
        match self.view.focus {
            Pane::Text if selecting || searching => self.let_go(),
            Pane::Sidebar => self.view.focus = Pane::Text,
            Pane::Text if self.view.zen => self.view.zen = false,
            Pane::Text if self.library.len() > 1 => self.view.focus = Pane::List,
            Pane::List if !self.library.filter.is_empty() => self.filter_list(""),
            Pane::List | Pane::Text => self.quit(turn),
        }
    }

    fn quit(&mut self, turn: &mut Turn) {
        let failed = self.notebook.unsaved.values().find_map(|unsaved| unsaved.problem.clone());
        if let Some(problem) = failed {
            let question = format!("not saved: {problem} – quit and lose it?");
            // What was refused may go through now, and the writer tells of it if it does not.
            let mut yes = self.notebook.send_refused(turn.now);
            yes.extend([Effect::KeepPlaces(self.places_now()), Effect::Quit]);
            self.overlay = Some(Overlay::Confirm { question, yes });
            return;
        }
        self.leave_all(turn);
    }

    /// Ends without a question; a note being written is kept.
    pub(super) fn end(&mut self, turn: &mut Turn) {
        self.close_note(turn);
        turn.effects.extend(self.notebook.send_refused(turn.now));
        self.leave_all(turn);
    }

    fn leave_all(&mut self, turn: &mut Turn) {
        turn.ask(Effect::KeepPlaces(self.places_now()));
        turn.ask(Effect::Quit);
    }

    fn cancel(&mut self, turn: &mut Turn) {
        if self.library.search.is_running() {
            self.cancel_search(turn);
            return;
        }
        if let Some(work) = self.library.work {
            self.stop_work(work, turn);
            return;
        }
        let quit = self.keys_for(Action::Quit).unwrap_or_default();
        self.status.say(turn.now, format!("nothing is running; {quit} quits"));
    }
}

impl Action {
    /// Whether it selects or annotates words: what is folded away cannot be meant.
    const fn takes_words(self) -> bool {
        use Action as A;
        matches!(
            self,
            A::SelectCharacters
                | A::SelectParagraphs
                | A::SelectWord
                | A::SelectSentence
                | A::SelectParagraph
                | A::SelectQuotation
                | A::Note
                | A::NoteInEditor
        )
    }
}

/// The colour that an action highlights in.
pub(super) const fn color_of(action: Action, last: Color) -> Option<Color> {
    Some(match action {
        Action::HighlightYellow => Color::Yellow,
        Action::HighlightGreen => Color::Green,
        Action::HighlightBlue => Color::Blue,
        Action::HighlightRed => Color::Red,
        Action::HighlightPurple => Color::Purple,
        Action::HighlightOrange => Color::Orange,
        Action::HighlightLast => last,
        _ => return None,
    })
}
