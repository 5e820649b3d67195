use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn read(line: &str) -> Result<Article, RecordError> {
    record("a.jsonl#1", line.as_bytes(), None)
}

fn head(line: &str) -> Result<RecordHead, RecordError> {
    record_head(line.as_bytes(), None)
}

fn id(line: &str) -> Option<String> {
    head(line).unwrap().id
}

#[test]
fn fields_are_known_under_their_usual_names() {
    for line in [
        r#"{"id":"7","title":"Ferry","text":"It sails.","source":"Coast Wire","date":"2026-03-04","byline":"Ines Marlow","url":"https://x.example/1"}"#,
        r#"{"guid":7,"headline":"Ferry","body":"It sails.","outlet":"Coast Wire","published":"2026-03-04T23:30:00-05:00","author":"Ines Marlow","link":"https://x.example/1"}"#,
        r#"{"_id":"7","content":"It sails.","title":" Ferry\n","source":{"id":null,"name":"Coast Wire"},"publishedAt":1772600000,"authors":["Ines Marlow"],"web_url":"https://x.example/1","x":[{}]}"#,
        r#"{"published":"Wed, 04 Mar 2026 10:00:00 GMT","publisher":"Coast Wire","creator":"Ines Marlow","canonical_url":"https://x.example/1","doc_id":"7","title":"Ferry","maintext":"It sails."}"#,
    ] {
        let article = read(line).unwrap();
        assert_eq!(&*article.text, "It sails.");
        let RecordHead { id, metadata } = head(line).unwrap();
        assert_eq!(id.as_deref(), Some("7"), "{line}");
        assert_eq!(record_id(line.as_bytes(), None), id);
        assert_eq!(metadata, article.metadata);
        let known = [metadata.title, metadata.outlet, metadata.byline, metadata.url];
        let known = known.map(Option::unwrap);
        assert_eq!(known, ["Ferry", "Coast Wire", "Ines Marlow", "https://x.example/1"], "{line}");
        assert_eq!(metadata.published, Some(date(2026, 3, 4)), "{line}");
    }
}

#[test]
fn of_several_names_the_usual_one_counts() {
    let line =
        r#"{"summary":"S","body":"B","guid":"g","source":null,"text":"T","id":"i","outlet":"O"}"#;
    let article = read(line).unwrap();
    assert_eq!(&*article.text, "T");
    assert_eq!(article.metadata.outlet.as_deref(), Some("O"));
    assert_eq!(id(line).as_deref(), Some("i"));
    assert_eq!(record_id(line.as_bytes(), None).as_deref(), Some("i"));
    assert_eq!(&*read(r#"{"text":null,"body":"B"}"#).unwrap().text, "B");
}

#[test]
fn the_text_is_as_it_is_but_for_line_ends() {
    let article = read(r#"{"text":"\u201cAt\r\nlast\u201d \ud83d\ude00\ttab\r"}"#).unwrap();
    assert_eq!(&*article.text, "“At\nlast” 😀\ttab\n");
    assert_eq!((article.encoding, article.name.as_str()), ("UTF-8", "a.jsonl#1"));
}

#[test]
fn what_the_text_says_of_itself_counts_where_no_field_does() {
    let text = r"Ferry sails\n\nBy Ines Marlow\n4 March 2026\n\nThe ferry sailed again on Wednesday, they said.\n";
    let article = read(&format!(r#"{{"title":"Other","text":"{text}"}}"#)).unwrap();
    assert_eq!(article.metadata.title.as_deref(), Some("Other"));
    assert_eq!(article.metadata.byline.as_deref(), Some("Ines Marlow"));
    assert_eq!(article.metadata.published, Some(date(2026, 3, 4)));
    assert_eq!(article.parts[0].title.as_deref(), Some("Other"));
}

#[test]
fn an_id_that_cannot_be_in_a_name_is_none() {
    for (written, known) in [
        ("2", Some("2")),
        ("-2.50", Some("-2.50")),
        ("123456789012345678901234567890", Some("123456789012345678901234567890")),
        (r#""a/b#c L1""#, Some("a/b#c L1")),
        (r#""L""#, Some("L")),
        (r#""L12""#, None),
        (r#""""#, None),
        (r#"" ""#, None),
        (r#""a\nb""#, None),
        ("null", None),
        ("true", None),
        ("[1]", None),
        (r#"{"$oid":"1"}"#, None),
    ] {
        let line = format!(r#"{{"id":{written},"text":"x"}}"#);
        assert_eq!(id(&line).as_deref(), known, "{written}");
        assert_eq!(record_id(line.as_bytes(), None).as_deref(), known, "{written}");
    }
    let long = format!(r#"{{"id":"{}","text":"x"}}"#, "x".repeat(LONGEST_ID + 1));
    assert_eq!(id(&long), None);
}

#[test]
fn the_id_is_had_without_the_rest() {
    assert_eq!(record_id(br#"{"title":"x","id":"3","text":"cut o"#, None).as_deref(), Some("3"));
    assert_eq!(record_id(br#"{"id":"3","te"#, None).as_deref(), Some("3"));
    assert_eq!(record_id(br#"{"text":"x"}"#, None), None);
    assert_eq!(record_id(b"[3]", None), None);
}

#[test]
fn what_is_no_article_is_told_for_what_it_is() {
    use RecordError::{Binary, Empty, NoText};
    for (line, error) in [
        (r#"{"id":2,"text":null}"#, NoText),
        (r#"{"id":2}"#, NoText),
        ("{}", NoText),
        (r#"{"text":["x"]}"#, NoText),
        (r#"{"text":5}"#, NoText),
        (r#"{"text":""}"#, Empty),
        (r#"{"text":" \n\t"}"#, Empty),
        (r#"{"text":"a\u0000b"}"#, Binary),
    ] {
        assert_eq!(read(line).unwrap_err(), error, "{line}");
        assert_eq!(head(line).unwrap_err(), error, "{line}");
    }
    for (line, said) in [
        ("{not json}", "is no JSON: key must be a string at column 2"),
        (r#"{"text":"x"} {"#, "is no JSON: trailing characters at column 14"),
        (r#"{"id":"3","title":"cut of"#, "is cut off: the JSON object does not end in its line"),
        ("", "is cut off: the JSON object does not end in its line"),
        ("[1]", "is no JSON object"),
        ("\"x\"", "is no JSON object"),
        (r#"{"text":"x","text":"y"}"#, "has its id or its text twice; leave one out"),
        (r#"{"id":1,"text":"x","id":1}"#, "has its id or its text twice; leave one out"),
        (r#"{"text":"\ud800"}"#, "is no JSON: unexpected end of hex escape"),
        (
            "{\"text\":\"a\0b\"}",
            "is no JSON: control character (\\u0000-\\u001F) found while parsing a string at column 10",
        ),
    ] {
        assert_eq!(read(line).unwrap_err().to_string(), said, "{line}");
        assert_eq!(head(line).unwrap_err().to_string(), said, "{line}");
    }
    let latin = b"{\"text\":\"t\xEAte\"}";
    assert_eq!(record("a", latin, None).unwrap_err(), RecordError::NotUtf8);
    assert_eq!(record_head(latin, None).unwrap_err(), RecordError::NotUtf8);
    let named = crate::corpus::encoding_named("latin1");
    assert_eq!(&*record("a", latin, named).unwrap().text, "tête");
}

#[test]
fn what_is_odd_beside_the_text_is_left_out() {
    for odd in [r#""\ud800""#, "[[[]]]", r#"{"name":"\udfff"}"#, "true"] {
        let line =
            format!(r#"{{"title":{odd},"title":{odd},"date":{odd},"text":"x","author":{odd}}}"#);
        let article = read(&line).unwrap();
        let known = &article.metadata;
        assert_eq!((&known.published, &known.byline), (&None, &None), "{odd}");
    }
}

#[test]
fn depth_is_no_danger() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(&*read(&format!(r#"{{"x":{deep},"text":"fine"}}"#)).unwrap().text, "fine");
    assert_eq!(read(&format!(r#"{{"text":{deep}}}"#)).unwrap_err(), RecordError::NoText);
    let title = read(&format!(r#"{{"title":{deep},"text":"fine"}}"#)).unwrap();
    assert_eq!((&*title.text, title.metadata.title), ("fine", None));
    assert!(read(&deep).is_err());
    assert!(read(&"{\"x\":".repeat(100_000)).is_err());
}

/// Names of fields, and what they may say, ordinary and not.
const NAMES: &[&str] = &["id", "guid", "text", "text", "body", "title", "t\\u0065xt", "x"];
const VALUES: &[&str] = &[
    r#""One.\n\n\"Two\" \\ \/ three\t.""#,
    r#""“Café” 😀 in, unescaped""#,
    r#""\u201cAt\r\nlast\u201d""#,
    r#""line\rend \b and \f""#,
    r#""\ud800""#,
    r#""a\u0000b""#,
    "\"\u{7F}\u{7F}\u{7F}\"",
    r#"" \n ""#,
    r#""""#,
    r#""cut"#,
    r#""bad \x escape""#,
    "null",
    "7",
    r#"["x"]"#,
    r#"{"text":"inner"}"#,
];

#[test]
fn most_lines_are_ordinary() {
    let text = ordinary(r#"{"id":"7","title":"T\u0065","text":"One.\n\"Two\" \\ \/","x":[1]}"#);
    assert_eq!(text.as_deref(), Some("One.\n\"Two\" \\ /"));
}

proptest! {
    #[test]
    fn any_text_and_id_come_back(text in "\\PC{0,20}[\r\n\t\"\\\\a]{0,4}", id in "\\PC{1,9}") {
        let line = serde_json::json!({ "id": id, "text": text }).to_string();
        match read(&line) {
            Ok(article) => {
                let unix = text.replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(&*article.text, unix);
                let known = head(&line).unwrap().id;
                prop_assert_eq!(record_id(line.as_bytes(), None), known.clone());
                prop_assert!(known.is_none_or(|known| known == id));
            }
            Err(error) => prop_assert!(text.trim().is_empty() && error == RecordError::Empty, "{}", error),
        }
    }

    #[test]
    fn the_text_read_in_one_go_is_that_of_the_article(
        fields in prop::collection::vec((0..NAMES.len(), 0..VALUES.len()), 0..4), tail in 0_usize..4,
    ) {
        let fields: Vec<String> = fields
            .into_iter()
            .map(|(name, value)| format!("\"{}\":{}", NAMES[name], VALUES[value]))
            .collect();
        let line = format!("{{{}}}{}", fields.join(","), ["", " ", "x", "{}"][tail]);
        let whole = read(&line).map(|article| article.text.to_string());
        prop_assert_eq!(record_text(line.as_bytes(), None), whole.clone());
        // Where it is taken at once, nothing was overlooked.
        let at_once = ordinary(&line);
        prop_assert!(at_once.is_none() || at_once == whole.ok(), "{}", line);
    }

    #[test]
    fn any_bytes_are_an_article_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let whole = record("a", &bytes, None);
        let text = record_text(&bytes, None);
        prop_assert_eq!(whole.as_ref().map(|it| &*it.text), text.as_deref());
        let head = record_head(&bytes, None);
        prop_assert!(whole.is_err() || head.is_ok());
        let _ = record_id(&bytes, None);
    }
}
