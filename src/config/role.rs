//! The roles that a theme gives a look to.

/// The names of the highlight colours, in the order of their keys.
pub const HIGHLIGHTS: [&str; 6] = ["yellow", "green", "blue", "red", "purple", "orange"];

macro_rules! roles {
    ($($role:ident $name:literal $(from $parent:ident)?, $about:literal;)+) => {
        /// What a piece of the screen is, for a theme to give it a look.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $(#[doc = $about] $role,)+
        }

        impl Role {
            /// All roles, in the order in which they are documented.
            pub const ALL: &[Self] = &[$(Self::$role),+];

            /// Its name in a theme file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$role => $name),+ }
            }

            /// What it is for, as a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$role => $about),+ }
            }

            /// The role whose style it takes where a theme says nothing of it; none for the roles that
            /// then look as what they lie on.
            #[must_use]
            pub const fn parent(self) -> Option<Self> {
                match self { $(Self::$role => roles!(@parent $($parent)?)),+ }
            }
        }
    };
    (@parent) => { None };
    (@parent $parent:ident) => { Some(Self::$parent) };
}

roles! {
    Text "text", "The words of the article, and the ground that all else lies on.";
    Dim "dim", "Byline, date line, counters: what is there and does not ask to be read.";
    Title "title", "The headline.";
    Dek "dek", "The sentence or two under the headline.";
    Heading "heading" from Title, "A heading within the report.";
    Caption "caption" from Dim, "Captions and credits of pictures.";
    Chrome "chrome" from Dim, "The line that stands for folded page furniture, and what it unfolds to.";
    Rule "rule" from Dim, "The thin rules between panes and around popups.";
    Focus "focus" from Accent, "The title of the pane in focus.";
    Unfocused "unfocused" from Dim, "The titles of the other panes.";
    Accent "accent", "Keys in hints and whatever else is to be found at a glance.";
    Selected "selected", "The current row of a list.";
    Status "status" from Dim, "The last line: where you are and what the next keys are.";
    Message "message" from Text, "What has just been done, on the last line.";
    Warning "warning" from Message, "What may not be as you think.";
    Error "error" from Warning, "What is wrong.";
    Match "match", "A match of the search.";
    MatchCurrent "match_current" from Match, "The match that the cursor is at.";
    Selection "selection" from Selected, "The words that are selected.";
    Quote "quote", "A quoted stretch in the text.";
    QuoteCurrent "quote_current" from Quote, "The quoted stretch that the cursor is in.";
    HighlightYellow "highlight_yellow" from Match, "A yellow highlight.";
    HighlightGreen "highlight_green" from HighlightYellow, "A green highlight.";
    HighlightBlue "highlight_blue" from HighlightYellow, "A blue highlight.";
    HighlightRed "highlight_red" from HighlightYellow, "A red highlight.";
    HighlightPurple "highlight_purple" from HighlightYellow, "A purple highlight.";
    HighlightOrange "highlight_orange" from HighlightYellow, "An orange highlight.";
    Mark "mark" from Accent, "The sign in the margin of a highlight that has a note.";
    Unread "unread" from Accent, "The sign of an article that was not read yet.";
    Tag "tag" from Accent, "A tag.";
    Popup "popup" from Text, "The ground of popups: help, palette, notes.";
    Input "input" from Popup, "What is being typed.";
}

impl Role {
    /// The role of that name in a theme file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// The role of highlights of that colour, one of [`HIGHLIGHTS`].
    #[must_use]
    pub fn highlight(color: &str) -> Option<Self> {
        Some(match color {
            "yellow" => Self::HighlightYellow,
            "green" => Self::HighlightGreen,
            "blue" => Self::HighlightBlue,
            "red" => Self::HighlightRed,
            "purple" => Self::HighlightPurple,
            "orange" => Self::HighlightOrange,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name_and_has_no_circle_of_parents() {
        for &role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
            let line = std::iter::successors(Some(role), |role| role.parent());
            assert!(line.take(20).count() < 6, "{role:?}");
        }
    }

    #[test]
    fn every_highlight_has_its_role() {
        for color in HIGHLIGHTS {
            let role = Role::highlight(color).unwrap();
            assert_eq!(role.name(), format!("highlight_{color}"));
        }
        assert_eq!(Role::highlight("pink"), None);
    }
}
