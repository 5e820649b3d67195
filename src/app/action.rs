//! What a key can mean.

/// Declares the actions once: the variant, its name in key maps, and what help says of it.
macro_rules! actions {
    ($($variant:ident $name:literal $help:literal;)*) => {
        /// Something that the reader can be asked to do; key maps name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// All of them, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in key maps.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it does, in a few words.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }

            /// The action of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

actions! {
    Help "help" "help for the keys that work here";
    Palette "palette" "command palette";
    GoToArticle "go-to-article" "go to an article by its title, outlet or name";
    SearchLibrary "search-library" "search the library";
    HitNext "hit-next" "next hit in the library";
    HitPrevious "hit-previous" "hit before in the library";
    ListAnnotations "annotations" "all annotations of the library";
    Voices "voices" "voices of the library: who speaks in it";
    Problems "problems" "what could not be read, and what to do";
    PaneNext "pane-next" "next pane";
    PanePrevious "pane-previous" "previous pane";
    Zen "zen" "the text alone, or all panes again";
    Undo "undo" "undo the last change to annotations";
    Redo "redo" "redo what was undone";
    Back "back" "back, and out when nothing is left to go back to";
    Quit "quit" "quit";
    Redraw "redraw" "draw the screen anew";
    Reload "reload" "read the article again from the disk";
    Suspend "suspend" "suspend to the shell";
    Cancel "cancel" "cancel what is running";
    Escape "escape" "let go of the selection, the search or the filter";
    Export "export" "export the annotations to a file";
    ArticleNext "article-next" "next article of the list";
    ArticlePrevious "article-previous" "previous article of the list";

    Down "down" "down";
    Up "up" "up";
    Top "top" "to the start, or to the row or item counted";
    Bottom "bottom" "to the end";
    HalfPageDown "half-page-down" "half a page down";
    HalfPageUp "half-page-up" "half a page up";
    PageDown "page-down" "a page down";
    PageUp "page-up" "a page up";

    Open "open" "open the article";
    Filter "filter" "filter the list as you type";
    SortBy "sort" "sort the list by the next order";
    ToggleRead "toggle-read" "mark as read or unread";
    Pick "pick" "pick the article, or let it go, for read, unread and export";

    Left "left" "a character left";
    Right "right" "a character right";
    WordNext "word-next" "to the next word";
    WordPrevious "word-previous" "to the word before";
    WordEnd "word-end" "to the end of the word";
    RowStart "row-start" "to the start of the row";
    RowFirst "row-first" "to the first letter of the row";
    RowEnd "row-end" "to the end of the row";
    ParagraphPrevious "paragraph-previous" "to the paragraph before";
    ParagraphNext "paragraph-next" "to the next paragraph";
    SentencePrevious "sentence-previous" "to the sentence before";
    SentenceNext "sentence-next" "to the next sentence";
    FindChar "find-char" "to the next such character in the paragraph";
    TillChar "till-char" "to just before the next such character";
    FindAgain "find-again" "find that character again";
    FindBack "find-back" "find that character backwards";
    Search "search" "search in the article";
    SearchNext "search-next" "next match";
    SearchPrevious "search-previous" "match before";
    SearchWord "search-word" "search the word under the cursor";
    QuotationNext "quotation-next" "next quotation";
    QuotationPrevious "quotation-previous" "quotation before";
    HighlightNext "highlight-next" "next highlight";
    HighlightPrevious "highlight-previous" "highlight before";
    NoteNext "note-next" "next note";
    NotePrevious "note-previous" "note before";
    ToggleFurniture "toggle-furniture" "open or fold page furniture";
    MeasureWider "measure-wider" "a wider measure";
    MeasureNarrower "measure-narrower" "a narrower measure";
    ToggleAlign "toggle-align" "set the text in the middle or to the left";

    SelectCharacters "select-characters" "select characters";
    SelectParagraphs "select-paragraphs" "select paragraphs";
    SelectWord "select-word" "select the word";
    SelectSentence "select-sentence" "select the sentence";
    SelectParagraph "select-paragraph" "select the paragraph";
    SelectQuotation "select-quotation" "select the quotation";
    OtherEnd "other-end" "to the other end of the selection";

    HighlightYellow "highlight-yellow" "highlight in yellow";
    HighlightGreen "highlight-green" "highlight in green";
    HighlightBlue "highlight-blue" "highlight in blue";
    HighlightRed "highlight-red" "highlight in red";
    HighlightPurple "highlight-purple" "highlight in purple";
    HighlightOrange "highlight-orange" "highlight in orange";
    HighlightLast "highlight-last" "highlight in the last colour";
    Note "note" "write a note";
    NoteInEditor "note-in-editor" "write a note in $EDITOR";
    ArticleNote "article-note" "write a note on the whole article";
    Tags "tags" "tags";
    Delete "delete" "delete the annotation";
    AnnotationHere "annotation-here" "next of the annotations under the cursor";
    Confirm "confirm" "accept the words it has moved to, or may stand on";
    Reanchor "re-anchor" "put an annotation on the words selected";
    MakeArticleNote "make-article-note" "make it a note on the article";
    Copy "copy" "copy";
    CopyCitation "copy-citation" "copy as a citation";

    SetMark "set-mark" "set a mark: a letter follows";
    GoToMark "go-to-mark" "go to a mark: its letter follows";
    JumpBack "jump-back" "back to where you jumped from";
    JumpForward "jump-forward" "forward again";

    Jump "jump" "go to it in the text";
    Keep "keep" "keep the quotation as an annotation";
    CorrectSpeaker "correct-speaker" "put the speaker right";
    RejectQuotation "reject-quotation" "it is no quotation, or it is one after all";
    FilterCards "filter-cards" "filter the sidebar as you type";
    TabNext "tab-next" "next tab of the sidebar";
    TabPrevious "tab-previous" "tab before";

    CorrectTitle "correct-title" "put the title right";
    CorrectOutlet "correct-outlet" "put the outlet right";
    CorrectByline "correct-byline" "put the byline right";
    CorrectDate "correct-date" "put the date right";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_actions() {
        for &action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(action));
        }
        assert_eq!(Action::named("no-such-action"), None);
    }
}
