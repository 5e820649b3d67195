//! Whom mentions stand for in small texts, and laws that hold for every text.

use proptest::prelude::*;

use super::occurrence::What;
use super::{Model, People, Speech, people, people_speaking, stretches};
use crate::corpus::{Block, BlockKind};
use crate::text::Span;

/// Each line as a paragraph; as a byline where it begins with "By ", and with `—` a new part begins.
fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut part = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let kind = if line.starts_with("By ") { BlockKind::Byline } else { BlockKind::Paragraph };
        part += usize::from(line == "—");
        blocks.push(Block { kind, span: Span::new(at, at + line.len()), part });
        at += line.len() + 1;
    }
    blocks
}

fn read(text: &str) -> People<'_> {
    people(text, &lines(text))
}

/// Checks texts in which `⟦mention|name⟧` stands for a mention and the name that it must get, empty
/// where it must get none.
#[track_caller]
fn check(table: &[&str]) {
    for marked in table {
        let mut text = String::new();
        let mut expected = Vec::new();
        let mut rest = *marked;
        while let Some((before, after)) = rest.split_once('⟦') {
            let (inside, after) = after.split_once('⟧').expect("a closing bracket");
            let (mention, name) = inside.split_once('|').expect("a name");
            text += before;
            expected.push((Span::new(text.len(), text.len() + mention.len()), name));
            text += mention;
            rest = after;
        }
        text += rest;
        let people = read(&text);
        for (mention, name) in expected {
            let found = people.name_of(mention);
            assert_eq!(found.as_deref().unwrap_or_default(), name, "{marked}");
        }
    }
}

#[test]
fn variants_become_the_fullest_name() {
    check(&[
        "Hannah Orlov spoke. ⟦Orlov|Hannah Orlov⟧ left. ⟦Ms. Orlov|Hannah Orlov⟧ slept. ⟦Hannah|Hannah Orlov⟧ woke.",
        "⟦Orlov|Hanna M. Orlov⟧ spoke, said Hanna M. Orlov. ⟦Hanna Orlov|Hanna M. Orlov⟧ left.",
        "Sir Alan Brandt spoke. “Yes,” said ⟦Sir Alan|Alan Brandt⟧. ⟦Mr Brandt|Alan Brandt⟧ left.",
        "Ilse van der Meer spoke. ⟦Ms Van der Meer|Ilse van der Meer⟧ left. ⟦van der Meer|Ilse van der Meer⟧ came.",
        "Olena Kovalsky and Pavlo Bondarenko met. ⟦Kovalskyy|Olena Kovalsky⟧ left. ⟦Mr Bondarenco|Pavlo Bondarenko⟧ too.",
        "J. D. Marlow spoke. ⟦JD Marlow|J. D. Marlow⟧ left. Tariq al-Hadid came. ⟦Mr. Hadid|Tariq al-Hadid⟧ said no.",
        "Frank Dale Jr. met Frank Dale. ⟦Frank Dale Jr.|Frank Dale Jr.⟧ left. ⟦Frank Dale|Frank Dale⟧ stayed.",
        "Ana Lopez Duarte spoke. ⟦Lopez Duarte|Ana Lopez Duarte⟧ left. Seán O’Malley came. ⟦Mr. O'Malley|Seán O’Malley⟧ sat.",
        "⟦PYE|Rose Pye⟧: We won. Rose Pye smiled.",
    ]);
}

#[test]
fn two_of_one_family_are_told_apart() {
    check(&[
        "Walter Hale met Ruth Hale. ⟦Mrs. Hale|Ruth Hale⟧ spoke. ⟦Mr. Hale|Walter Hale⟧ did not. ⟦Ruth|Ruth Hale⟧ left.",
        "⟦Walter and Ruth Hale|Walter Hale and Ruth Hale⟧ wrote.",
    ]);
}

#[test]
fn titles_and_descriptions_are_no_part_of_a_name() {
    check(&[
        "⟦Prime Minister Sir Alan Brandt|Alan Brandt⟧ and ⟦French President Luc Fabre|Luc Fabre⟧ met.",
        "⟦Rep. Joan Pike of Ohio, an ally|Joan Pike⟧ and ⟦his aide, Colin Marsh,|Colin Marsh⟧ met.",
        "⟦Chancellor of the Exchequer Rachel Dunn|Rachel Dunn⟧ left. ⟦Harbour campaign manager Tim Stone|Tim Stone⟧ came.",
        "⟦The head of the Rivers Association, Brian Field,|Brian Field⟧ came. ⟦Mr. King|Larry King⟧ and Larry King left.",
        "⟦Secretary of State Paul Reed|Paul Reed⟧ spoke to ⟦the Coast Guard|Coast Guard⟧.",
    ]);
}

#[test]
fn pronouns_stand_for_who_acts() {
    check(&[
        "Walter Hale spoke on Monday. “We won,” ⟦he|Walter Hale⟧ said. “And you?” ⟦He|Walter Hale⟧ laughed.",
        "Ruth Hale met Colin Marsh. “Good,” ⟦she|Ruth Hale⟧ said. “No,” ⟦he|Colin Marsh⟧ said.",
        "Joan Pike told Walter Hale: “Go.”\n“I will not,” ⟦he|Walter Hale⟧ said.",
        "Tim Stone, ⟦who|Tim Stone⟧ once said “no”, left. “⟦I|⟧ will,” ⟦it|⟧ said.",
        "“No,” a Harbour Street spokesman said.\n“Never,” ⟦he|a Harbour Street spokesman⟧ added.",
        "⟦He|⟧ said so. “⟦I’m|⟧ here.” ⟦I’Mara|I’Mara⟧ left.",
        "Mr. He Jun spoke. Mr. ⟦He|He Jun⟧ left.",
    ]);
}

#[test]
fn recency_counts_within_a_part() {
    check(&["Walter Hale spoke. Hale left.\n—\nThen ⟦he|⟧ said “no”. ⟦Hale|Walter Hale⟧ left."]);
}

#[test]
fn roles_stand_for_their_holders() {
    check(&[
        "Prime Minister Alan Brandt met French President Luc Fabre. “Yes,” said ⟦the Prime Minister|Alan Brandt⟧. “Non,” said ⟦the French president|Luc Fabre⟧.",
        "EU Commission president Ilse van der Meer spoke. ⟦The EU chief|Ilse van der Meer⟧ said so.",
        "Sir Alan Brandt spoke on Monday.\n⟦The Prime Minister|Alan Brandt⟧ said there was time. ⟦The PM|Alan Brandt⟧ said more.",
        "“We won,” said ⟦the mayor|Walter Hale⟧, Walter Hale. ⟦The mayor|Walter Hale⟧ left. ⟦A resident|Ann Poe⟧, Ann Poe, stayed.",
        "⟦The mayor|the mayor⟧, Walter Hale said, was late. ⟦The party’s leader|Joan Pike⟧, Joan Pike, came.",
        "Walter Hale, the mayor of Pye, spoke. ⟦The mayor|Walter Hale⟧ left. ⟦A mayor|a mayor⟧ came.",
        "Vice President Colin Marsh met President Joan Pike. ⟦The president|Joan Pike⟧ spoke, ⟦the vice president|Colin Marsh⟧ did not.",
        "Finland’s President Risto Niemi met President Joan Pike. ⟦The Finnish president|Risto Niemi⟧ spoke.",
    ]);
}

#[test]
fn who_has_no_name_is_described() {
    check(&[
        "⟦A 34-year-old mother|a 34-year-old mother⟧ said “no”. ⟦A No 10 spokesman|a No 10 spokesman⟧ said “yes”.",
        "⟦a spokesman for Walter Hale|a spokesman for Walter Hale⟧ and ⟦the Hale campaign|the Hale campaign⟧.",
        "⟦One resident who saw the fire from her window, two floors above the street|one resident⟧ wept.",
        "Alan Brandt’s call. ⟦The Prime Minister’s official spokesman|the Prime Minister’s official spokesman⟧ said so.",
        "⟦Downing Street|Downing Street⟧ said. ⟦No 10|No 10⟧ said.",
    ]);
}

#[test]
fn several_speakers_are_joined() {
    check(&[
        "Senators Lena Graham and Tom Blum met. ⟦Graham and Blum|Lena Graham and Tom Blum⟧ wrote. “No,” ⟦they|Lena Graham and Tom Blum⟧ said.",
        "⟦Ann Poe, Bob Roe and Cy Doe|Ann Poe, Bob Roe and Cy Doe⟧ wrote.",
        "The Harbour Times wrote on it. ⟦The paper|Harbour Times⟧ said “no”.",
    ]);
}

#[test]
fn groups_are_described() {
    check(&[
        "European leaders piled pressure on Walter Hale. “No,” ⟦they|European leaders⟧ said.",
        "The officials met Ruth Hale and spoke to reporters. “No,” ⟦they|the officials⟧ said.",
        "Ruth Hale and Tom Blum met. The two leaders embraced. “No,” ⟦they|Ruth Hale and Tom Blum⟧ said.",
        "“All leaders lie.” ⟦They|⟧ said so.",
    ]);
}

#[test]
fn he_is_who_spoke_before() {
    let text = "Colin Marsh spoke to Walter Hale and Tim Stone.\n“Yes.”\nHe added: “No.”";
    let place = |words: &str| {
        let at = text.find(words).expect("it is there");
        Span::new(at, at + words.len())
    };
    for speaker in ["Tim Stone", "Walter Hale", "Colin Marsh"] {
        let speeches = [Speech { outer: place("“Yes.”"), mention: place(speaker) }];
        let blocks = lines(text);
        let people = people_speaking(
            &Model::embedded().pronouns,
            text,
            &blocks,
            &stretches(text, &blocks),
            &speeches,
        );
        assert_eq!(people.name_of(place("He")).as_deref(), Some(speaker));
    }
}

#[test]
fn headlines_and_words_behind_a_name_are_no_part_of_it() {
    check(&[
        "⟦Orlov Sees|Hanna Orlov⟧ Brighter Times Ahead\nHanna Orlov said so. Orlov spoke.",
        "Hanna Orlov spoke. ⟦Orlov hardly|Hanna Orlov⟧ slept. ⟦The Harbour Times noted|Harbour Times⟧ it.",
    ]);
}

#[test]
fn the_author_says_i() {
    check(&[
        "By Nora Quill\nBut ⟦I|Nora Quill⟧ would call it “folly”. “⟦I|⟧ do not,” said Tom Blum.",
    ]);
}

#[test]
fn names_and_aliases_are_listed() {
    let text = "However, Hanna Orlov spoke in France. Ms. Orlov met the Harbour Board. Orlov left.";
    let people = read(text);
    assert_eq!(people.names().collect::<Vec<_>>(), ["Hanna Orlov", "Harbour Board"]);
    assert_eq!(people.aliases("Hanna Orlov"), ["Orlov"]);
    assert!(people.aliases("Nobody").is_empty());
}

#[test]
fn monstrous_texts_take_linear_time() {
    let surnames = (0..30_000)
        .map(|n| format!("Ab{n} Poe said. He said the mayor "))
        .collect::<Vec<_>>()
        .concat();
    let strangers =
        (0..30_000).map(|n| format!("Ann Xy{n}z, a mayor, ")).collect::<Vec<_>>().concat();
    for text in [
        "Poe ".repeat(100_000),
        "Ann Poe. ".repeat(50_000),
        "the president of a mayor ".repeat(20_000),
        "“He said ".repeat(50_000),
        "É’-.".repeat(50_000),
        "A".repeat(400_000),
        "é".repeat(200_000),
        surnames,
        strangers,
    ] {
        let people = people(&text, &lines(&text));
        assert_ne!(people.name_of(Span::new(0, text.len())).as_deref(), Some(""));
    }
}

proptest! {
    #[test]
    fn any_text_has_its_people(
        text in "(Mr\\. |Ann Poe|Poe|Sir |the mayor|he |she |“|”|, |\\. |’s |and |of |É|\\PC|[ \nA-Za-z]){0,60}",
        part in any::<prop::sample::Index>(),
    ) {
        let people = read(&text);
        for name in people.names() {
            prop_assert!(!name.is_empty() && text.contains(name));
            prop_assert!(!people.aliases(name).contains(&name));
        }
        for one in &people.occurrences {
            prop_assert!(text.get(one.span.range()).is_some_and(|words| !words.is_empty()));
            prop_assert!(one.lead <= one.span.start && text.is_char_boundary(one.lead.get()));
            let named = people.name_of(one.span).is_some();
            prop_assert!(named || !matches!(one.what, What::Name(_)), "{:?}", one.span.of(&text));
        }
        let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        ends.push(text.len());
        let start = *part.get(&ends);
        for &end in ends.iter().filter(|end| **end >= start) {
            let name = people.name_of(Span::new(start, end));
            prop_assert!(name.is_none_or(|name| !name.is_empty()));
        }
    }

    #[test]
    fn any_span_may_be_asked_for(text in "\\PC{0,40}", start in 0usize..200, len in 0usize..200) {
        let name = read(&text).name_of(Span::new(start, start + len));
        prop_assert_ne!(name.as_deref(), Some(""));
    }
}
