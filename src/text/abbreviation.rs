//! Words of English news prose that a full stop shortens rather than ends.

/// What a full stop after a shortened word says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// It stands before a name, and never ends a sentence.
    Title,
    /// It stands before a number, or is another word.
    Number,
    /// It may end a sentence: what follows must show that it does.
    Any,
}

const TITLES: &[&str] = &[
    "Adm", "Atty", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Cpt", "Det", "Dr", "Fr", "Gen", "Gov",
    "Hon", "Insp", "Lt", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Mx",
    "Pfc", "Pres", "Prof", "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "Supt", "Treas",
    "cf", "e.g", "eg", "i.e", "ie", "v", "viz", "vs",
];

const NUMBERED: &[&str] = &[
    "Apr", "April", "Art", "Arts", "Aug", "Ch", "Dec", "Eq", "Feb", "Fig", "Figs", "Jan", "Jul",
    "Jun", "Mar", "No", "Nos", "Nov", "Oct", "Op", "Sec", "Sect", "Sep", "Sept", "Vol", "Vols",
    "approx", "art", "c", "ca", "ch", "circa", "fig", "no", "nos", "p", "para", "pp", "sec", "vol",
];

const OTHERS: &[&str] = &[
    "Ala", "Ariz", "Ark", "Assn", "Assoc", "Ave", "Bhd", "Blvd", "Bros", "Calif", "Co", "Colo",
    "Conn", "Corp", "Cos", "Dept", "Dist", "Del", "Esq", "Fla", "Ft", "Ga", "Hwy", "Ill", "Inc",
    "Ind", "Jr", "Kan", "Ky", "La", "Ltd", "Mass", "Md", "Mich", "Minn", "Mo", "Mont", "Neb",
    "Nev", "Okla", "Ont", "Ore", "Pa", "Ph.D", "Plc", "Pte", "Pty", "Rd", "Sr", "St", "Ste",
    "Tenn", "Tex", "Univ", "Va", "Vt", "Wash", "Wis", "Wyo", "al", "am", "dept", "est", "etc",
    "pm",
];

/// Capitalised words with which a sentence begins far more often than the rest of a name.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "Asked",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "Hers",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "It's",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "My",
    "Neither",
    "Nobody",
    "None",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Today",
    "Under",
    "Until",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// How `word` (without its last full stop) is shortened, if it is.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if TITLES.contains(&word) {
        Some(Abbreviation::Title)
    } else if NUMBERED.contains(&word) {
        Some(Abbreviation::Number)
    } else if OTHERS.contains(&word) || is_initials(word) {
        Some(Abbreviation::Any)
    } else {
        None
    }
}

/// Whether a sentence may well begin with `word`.
pub(super) fn starts_sentence(word: &str) -> bool {
    STARTERS.contains(&word) || ["I'", "I’"].iter().any(|i| word.starts_with(i))
}

/// Whether `word` is single letters with full stops between (`J`, `U.S`, `a.m`, `Ph.D` not). A
/// single letter must be a capital.
fn is_initials(word: &str) -> bool {
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    word.split('.').all(single) && (word.contains('.') || word.starts_with(char::is_uppercase))
}
