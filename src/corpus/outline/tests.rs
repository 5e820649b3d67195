//! Invented pages, line by line, and laws that hold of any text.

use proptest::prelude::*;

use super::*;
use crate::corpus::BlockKind::{
    Byline, Caption, Chrome, Credit, Dateline, Dek, Heading, Outlet, Paragraph, Title,
};

/// Checks a page given as kinds and lines; a line without a kind is empty.
fn check(page: &[(Option<BlockKind>, &str)]) -> Metadata {
    let text: String = page.iter().flat_map(|(_, line)| [line, "\n"]).collect();
    let outline = outline(&text);
    let expected: Vec<(BlockKind, &str)> =
        page.iter().filter_map(|(kind, line)| Some(((*kind)?, *line))).collect();
    let found: Vec<(BlockKind, &str)> =
        outline.blocks.iter().map(|block| (block.kind, block.span.of(&text))).collect();
    assert_eq!(found, expected);
    outline.metadata
}

const GAP: (Option<BlockKind>, &str) = (None, "");
const LEAD: (Option<BlockKind>, &str) = (
    Some(Paragraph),
    "The ferry to Skellan sailed again on Wednesday, four days after a storm closed the harbour.",
);
const SAID: (Option<BlockKind>, &str) =
    (Some(Paragraph), "“Nobody went hungry,” said the harbour master.");

fn line(kind: BlockKind, text: &str) -> (Option<BlockKind>, &str) {
    (Some(kind), text)
}

#[test]
fn a_clean_page() {
    let known = check(&[
        line(Outlet, "The Northern Ledger"),
        GAP,
        line(Title, "Ferry link to Skellan restored"),
        GAP,
        line(Dek, "The island had been cut off for four days."),
        GAP,
        line(Byline, "By Ines Marlow, Islands Editor"),
        line(Dateline, "Published: Wed 11 February 2026, 10:12 GMT"),
        GAP,
        LEAD,
        GAP,
        line(Caption, "The harbour wall on Tuesday (Northern Ledger)"),
        GAP,
        SAID,
        GAP,
        line(Heading, "What happens next"),
        GAP,
        LEAD,
        GAP,
        line(Chrome, "Comments"),
    ]);
    assert_eq!(known.title.as_deref(), Some("Ferry link to Skellan restored"));
    assert_eq!(known.outlet.as_deref(), Some("The Northern Ledger"));
    assert_eq!(known.byline.as_deref(), Some("Ines Marlow"));
    assert_eq!(known.dek.as_deref(), Some("The island had been cut off for four days."));
    assert_eq!(known.published.unwrap().to_string(), "2026-02-11");
}

#[test]
fn a_text_without_a_headline() {
    let known = check(&[LEAD, SAID, LEAD]);
    assert_eq!(known, Metadata::default());
    let known = check(&[line(Paragraph, "ALDERMOUTH (AP) — The ferry sailed again."), SAID]);
    assert_eq!((known.title, known.outlet.as_deref()), (None, Some("AP")));
}

#[test]
fn headline_outlet_and_writer_in_another_order() {
    let known = check(&[
        line(Title, "Ferry sails again for Skellan"),
        line(Outlet, "Coast Wire"),
        line(Byline, "Orla Pettigrove"),
        line(Dateline, "11 Feb 2026"),
        LEAD,
    ]);
    assert_eq!(known.byline.as_deref(), Some("Orla Pettigrove"));
    let known = check(&[
        line(Title, "Ferry sails again for Skellan | Coast Wire"),
        line(Outlet, "Coast Wire · Orla Pettigrove · 11 Feb 2026"),
        LEAD,
    ]);
    assert_eq!(known.title.as_deref(), Some("Ferry sails again for Skellan"));
    assert_eq!(known.outlet.as_deref(), Some("Coast Wire"));
    assert_eq!(known.published.unwrap().to_string(), "2026-02-11");
}

#[test]
fn a_page_of_an_app() {
    check(&[
        line(Chrome, "All of the news, all day."),
        line(Chrome, "One bill."),
        line(Chrome, "Start reading"),
        line(Outlet, "Skimmer"),
        line(Outlet, "Skimmer"),
        line(Byline, "Millie Quill"),
        GAP,
        line(Title, "Ferry sails again for Skellan as storm ends"),
        GAP,
        LEAD,
        GAP,
        line(Chrome, "Sign up to read this page"),
        line(Chrome, "All the papers, chosen for you every single morning."),
        line(Chrome, "Already a member? Sign in"),
        line(Chrome, "Related Stories"),
        line(Chrome, "Ten days on the house"),
        line(Chrome, "Download the app"),
    ]);
}

#[test]
fn a_database_sets_labels() {
    let known = check(&[
        line(Title, "Ferry sails again;"),
        line(Dek, "Four days of storm end with a calm sea and a full boat."),
        GAP,
        line(Chrome, "ABSTRACT."),
        GAP,
        line(
            Dek,
            "An island that was cut off by a storm has its ferry back, and wants a new wall.",
        ),
        GAP,
        line(Chrome, "FULL TEXT."),
        GAP,
        LEAD,
    ]);
    assert_eq!(known.title.as_deref(), Some("Ferry sails again"));
}

#[test]
fn pictures_in_the_body() {
    check(&[
        line(Title, "Ferry sails again for Skellan"),
        GAP,
        LEAD,
        GAP,
        line(Caption, "Breakwater"),
        line(Caption, "The wall was ‘sound for its age’ in 2023 (Jory Batten/NPX)"),
        GAP,
        SAID,
        GAP,
        line(Credit, "Getty Images"),
        line(Caption, "The Guillemot leaves the harbour on Wednesday"),
        GAP,
        SAID,
        GAP,
        line(
            Paragraph,
            "Next spring the island is to ask for help from the whole of the European Harbour Union (EHU)",
        ),
        GAP,
        SAID,
    ]);
}

#[test]
fn headings_without_empty_lines() {
    check(&[
        line(Title, "Ferry sails again for Skellan"),
        LEAD,
        line(Heading, "What happens next?"),
        LEAD,
        line(Heading, "“DIRTY WEATHER”"),
        SAID,
        line(Paragraph, "They asked for:"),
        line(Paragraph, "Bread and tea"),
        line(Paragraph, "Peaches"),
        LEAD,
        line(Caption, "Islanders on the quay (PA)"),
        SAID,
    ]);
}

#[test]
fn a_live_page_has_times_for_headings() {
    check(&[
        line(Title, "Skellan ferry live: first boat docks"),
        GAP,
        line(Heading, "6.48am"),
        line(Heading, "Good morning from Aldermouth"),
        LEAD,
        line(Heading, "7.20am"),
        SAID,
        line(Paragraph, "LEDGER: How near did the island come?"),
        line(Paragraph, "EKDAHL: Near enough."),
    ]);
}

#[test]
fn links_below_a_label_are_furniture_and_the_report_goes_on() {
    check(&[
        line(Title, "Ferry sails again for Skellan"),
        LEAD,
        line(Chrome, "Read more"),
        line(Chrome, "Pub runs dry on day three of storm"),
        LEAD,
        line(Paragraph, "He declined to comment."),
        line(Chrome, "Advertisement"),
        line(Paragraph, "The council did not reply to questions by Monday."),
    ]);
}

#[test]
fn newsrooms_set_their_heads_in_many_ways() {
    let known = check(&[
        line(Chrome, "SKIP ADVERTISEMENT"),
        line(Title, "Harbor Wall to Be Rebuilt After Storm"),
        line(
            Dek,
            "The vote came after engineers called the work urgent, and after weeks of argument.",
        ),
        line(Chrome, "Share full article"),
        line(Byline, "By Ines Marlow"),
        line(Byline, "Reporting from Aldermouth"),
        line(Dateline, "March 3, 2026, 5:02 a.m. ET"),
        LEAD,
        line(Caption, "The wall on Monday.Credit...Jory Batten for The Skellan Times"),
        SAID,
    ]);
    assert_eq!(known.published.unwrap().to_string(), "2026-03-03");
    let known = check(&[
        line(Title, "Harbour wall to be rebuilt as council boss vows 'never again'"),
        line(Dek, "Members backed the plan by 31 votes to four after a damning report"),
        line(Byline, "Ines Marlow Political Correspondent"),
        line(Dateline, "18:04, 02 Mar 2026"),
        line(Caption, "Council leader Bridget Quill"),
        line(Credit, "(Image: PA)"),
        LEAD,
        line(Chrome, "READ MORE Storm cuts off the island"),
        SAID,
    ]);
    assert_eq!(known.byline.as_deref(), Some("Ines Marlow"));
    let known = check(&[
        line(Outlet, "Skellan News"),
        line(Title, "Harbour wall to be rebuilt"),
        line(Byline, "Story by Ines Marlow • 2h • 3 min read"),
        line(Credit, "Image source, PA Media"),
        line(Caption, "Image caption, The wall was breached in February"),
        LEAD,
        line(Chrome, "More for You"),
        line(Chrome, "Coast Wire"),
        line(Chrome, "Island cut off by storm"),
        line(Chrome, "4h"),
    ]);
    assert_eq!(known.byline.as_deref(), Some("Ines Marlow"));
}

#[test]
fn furniture_below_the_last_paragraph_leaves_it_alone() {
    check(&[
        line(Title, "Ferry sails again for Skellan"),
        LEAD,
        line(Chrome, "Trending"),
        line(Chrome, "READ MORE Storm cuts off the island"),
        line(Paragraph, "The work will begin in May."),
        line(Chrome, "Share"),
        line(Chrome, "Copy link"),
        line(Chrome, "Email"),
        line(Chrome, "Print"),
        line(Paragraph, "He declined."),
    ]);
}

#[test]
fn a_short_last_paragraph_is_not_taken_for_the_foot_of_the_page() {
    check(&[
        line(Title, "Ferry sails again for Skellan"),
        LEAD,
        line(Chrome, "Advertisement"),
        line(Paragraph, "He declined."),
        line(Paragraph, "So did she."),
    ]);
}

#[test]
fn odd_texts_have_one_part() {
    for text in ["", " \n\n ", "\u{FEFF}", "“", "x", "\n\nRelated Articles\n", "- \n-\n—"] {
        let outline = outline(text);
        assert_eq!(outline.parts.len(), 1, "{text:?}");
    }
}

/// Lines that the rules know, among any others.
fn any_text() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "Related Articles",
        "Coast Wire",
        "- Coast Wire",
        "an hour ago",
        "Ferry sails again",
        "By Ines Marlow",
        "Comments",
        "CLICK HERE",
        "The wall (PA)",
        "Getty.",
        "ABSTRACT.",
        "7.20am",
        "11 February 2026",
        "We now have our very own newsletter, in your inbox",
        "“",
        "Read more",
        "The ferry to Skellan sailed again on Wednesday, four days after a storm closed it.",
    ]);
    let line = prop_oneof![known.prop_map(str::to_owned), "\\PC{0,40}", "[ \t\u{A0}“”()./|-]{0,9}"];
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn blocks_tile_the_text_and_parts_hold_them(text in any_text()) {
        let outline = outline(&text);
        let mut at = Offset::ZERO;
        for block in &outline.blocks {
            prop_assert!(at <= block.span.start && !block.span.is_empty());
            prop_assert!(Span::between(at, block.span.start).of(&text).trim().is_empty());
            let words = block.span.of(&text);
            prop_assert!(words == words.trim() && !words.is_empty() && !words.contains('\n'));
            let part = &outline.parts[block.part];
            prop_assert!(part.span.covers(block.span));
            at = block.span.end;
        }
        prop_assert!(text[at.get()..].trim().is_empty());
        prop_assert!(outline.blocks.is_sorted_by_key(|block| block.part));
        prop_assert!(outline.parts.is_sorted_by(|a, b| a.span.end <= b.span.start));
        prop_assert!(!outline.parts.is_empty());
    }
}
