use super::*;
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5,
    ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15,
    ISO_8859_16, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};
use proptest::prelude::*;

fn text(bytes: &[u8]) -> (String, &'static str) {
    let decoded = decode(bytes, None).unwrap();
    (decoded.text, decoded.encoding)
}

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// Invented news in languages that are written in that encoding.
const NEWS: &[(&Encoding, &str)] = &[
    (
        WINDOWS_1252,
        "“Nobody went hungry,” said the harbour master – the café stayed open, and a crêpe cost €2.",
    ),
    (
        WINDOWS_1252,
        "Die Fähre fährt wieder. „Wir mussten drei Nächte warten“, sagte die Bürgermeisterin größerer Dörfer.",
    ),
    (
        WINDOWS_1252,
        "Le préfet a déclaré que la tempête était passée et que les élèves retourneraient à l’école dès mercredi.",
    ),
    (
        WINDOWS_1250,
        "Prom znów wypłynął w środę. „Nikt nie był głodny”, powiedział kapitan portu, gdy żółte światła zgasły.",
    ),
    (
        WINDOWS_1250,
        "Přívoz opět vyplul ve středu. Starosta řekl, že příští týden budou školy otevřeny a čluny se vrátí.",
    ),
    (
        ISO_8859_2,
        "Prom znów wypłynął w środę, a burmistrz powiedział, że żadna łódź nie zatonęła i że szkoły będą otwarte.",
    ),
    (
        WINDOWS_1251,
        "Паром снова вышел в море в среду. «Никто не голодал», – сообщил капитан порта журналистам.",
    ),
    (
        ISO_8859_5,
        "Паром снова вышел в море в среду, и никто не голодал, сообщил капитан порта журналистам в городе.",
    ),
    (
        KOI8_R,
        "Паром снова вышел в море в среду, и никто не голодал, сообщил капитан порта журналистам в городе.",
    ),
    (
        KOI8_U,
        "Пором знову вийшов у море в середу, і ніхто не голодував, повідомив капітан порту. Її сім'я їхала.",
    ),
    (
        IBM866,
        "Паром снова вышел в море в среду, и никто не голодал, сообщил капитан порта журналистам в городе.",
    ),
    (
        WINDOWS_1253,
        "Το πλοίο απέπλευσε ξανά την Τετάρτη. «Κανείς δεν πείνασε», είπε ο λιμενάρχης στους δημοσιογράφους.",
    ),
    (
        ISO_8859_7,
        "Το πλοίο απέπλευσε ξανά την Τετάρτη και κανείς δεν πείνασε, είπε ο λιμενάρχης στους δημοσιογράφους.",
    ),
    (
        WINDOWS_1254,
        "Feribot çarşamba günü yeniden sefere başladı. Liman başkanı, kimsenin aç kalmadığını ve ışıkların yandığını söyledi.",
    ),
    (
        WINDOWS_1255,
        "המעבורת הפליגה שוב ביום רביעי, ואיש לא היה רעב, אמר מנהל הנמל לעיתונאים שחיכו על הרציף.",
    ),
    (
        WINDOWS_1256,
        "أبحرت العبارة مرة أخرى يوم الأربعاء، ولم يجع أحد، كما قال مدير الميناء للصحفيين الذين انتظروا على الرصيف.",
    ),
    (
        ISO_8859_6,
        "أبحرت العبارة مرة أخرى يوم الأربعاء ولم يجع أحد كما قال مدير الميناء للصحفيين الذين انتظروا على الرصيف",
    ),
    (
        WINDOWS_1257,
        "Keltas vėl išplaukė trečiadienį. „Niekas nebadavo“, žurnalistams sakė uosto kapitonas, o žiburiai švietė.",
    ),
    (
        WINDOWS_1258,
        "Chuyê\u{301}n pha\u{300} la\u{323}i rơ\u{300}i bê\u{301}n va\u{300}o thư\u{301} tư, va\u{300} không ai bi\u{323} đo\u{301}i, trươ\u{309}ng ca\u{309}ng no\u{301}i vơ\u{301}i ca\u{301}c nha\u{300} ba\u{301}o đang đơ\u{323}i.",
    ),
    (WINDOWS_874, "เรือข้ามฟากออกเดินทางอีกครั้งในวันพุธ และไม่มีใครหิวโหย หัวหน้าท่าเรือกล่าวกับผู้สื่อข่าว"),
    (SHIFT_JIS, "フェリーは水曜日に再び出航した。「誰も飢えなかった」と港長は記者団に語った。"),
    (EUC_JP, "フェリーは水曜日に再び出航した。「誰も飢えなかった」と港長は記者団に語った。"),
    (
        EUC_KR,
        "여객선이 수요일에 다시 출항했다. 항만장은 기자들에게 아무도 굶주리지 않았다고 말했다.",
    ),
    (BIG5, "渡輪於星期三再次啟航。港務長告訴記者說，沒有人挨餓，學校也將於下週重新開放。"),
    (GB18030, "渡轮于星期三再次启航。港务长告诉记者说，没有人挨饿，学校也将于下周重新开放。"),
];

/// Encodings that are not told from their neighbours, or not at all, and what is found in their place
/// where that is not as good.
const UNTOLD: &[(&Encoding, &str)] = &[
    (ISO_8859_3, "Il-vapur reġa’ telaq nhar l-Erbgħa, u ħadd ma kien bil-ġuħ, qal il-kaptan."),
    (ISO_8859_4, "Keltas vėl išplaukė trečiadienį, niekas nebadavo, sakė uosto kapitonas."),
    (ISO_8859_8, "המעבורת הפליגה שוב ביום רביעי, ואיש לא היה רעב, אמר מנהל הנמל."),
    (ISO_8859_10, "Ferjan sigldi aftur á miðvikudag, enginn var svangur, sagði hafnarstjórinn."),
    (ISO_8859_13, "Keltas vėl išplaukė trečiadienį, niekas nebadavo, sakė uosto kapitonas."),
    (ISO_8859_14, "Hwyliodd y fferi eto ddydd Mercher, meddai’r harbwrfeistr wrth y tŷ dŵr."),
    (ISO_8859_15, "Le cœur du port bat encore ; la traversée coûte 2 €, a dit le préfet."),
    (
        ISO_8859_16,
        "Feribotul a plecat din nou miercuri și nimeni nu a flămânzit, a spus căpitanul.",
    ),
    (MACINTOSH, "“Nobody went hungry,” said the harbour master – the café stayed open."),
    (X_MAC_CYRILLIC, "Паром снова вышел в море в среду, и никто не голодал, сообщил капитан."),
];

/// A story of a few lines in which such a sentence stands.
fn story(news: &str) -> String {
    format!("{news}\n").repeat(6).replace('’', "'")
}

fn spelt(encoding: &'static Encoding, story: &str) -> Vec<u8> {
    let (bytes, used, lost) = encoding.encode(story);
    assert!(used == encoding && !lost, "{} cannot spell {story}", encoding.name());
    bytes.into_owned()
}

#[test]
fn the_encoding_of_news_is_told() {
    for &(encoding, news) in NEWS {
        let story = story(news);
        let decoded = decode(&spelt(encoding, &story), None).unwrap();
        assert_eq!((decoded.text, decoded.replaced), (story, 0), "{}", encoding.name());
        // The Windows code page holds all letters of the standard, at the same places.
        let wider = if encoding == ISO_8859_7 { WINDOWS_1253 } else { encoding };
        assert_eq!(decoded.encoding, wider.name());
    }
}

#[test]
fn an_encoding_that_is_named_is_taken() {
    for &(encoding, news) in NEWS.iter().chain(UNTOLD) {
        let story = story(news);
        let decoded = decode(&spelt(encoding, &story), Some(encoding)).unwrap();
        assert_eq!((decoded.text, decoded.replaced), (story, 0), "{}", encoding.name());
        assert_eq!(decoded.encoding, encoding.name());
    }
    let story = story("Nothing but “plain” words – and a café.");
    for (encoding, bytes) in
        [(UTF_16LE, u16::to_le_bytes as fn(u16) -> _), (UTF_16BE, u16::to_be_bytes)]
    {
        let decoded = decode(&wide(&story, bytes), Some(encoding)).unwrap();
        assert_eq!((decoded.text, decoded.encoding), (story.clone(), encoding.name()));
    }
}

#[test]
fn four_bytes_of_gb18030_are_read() {
    let story = story("渡轮于星期三再次启航。港务长㐀说，没有人挨饿，𠀀学校也将于下周重新开放。");
    let bytes = spelt(GB18030, &story);
    assert_eq!(decode(&bytes, Some(GB18030)).unwrap().text, story);
    assert_eq!(text(&bytes), (story, "gb18030"));
}

#[test]
fn labels_name_encodings_and_nothing_else() {
    for (label, encoding) in [
        ("latin1", WINDOWS_1252),
        ("KOI8-R", KOI8_R),
        ("sjis", SHIFT_JIS),
        ("utf-16", UTF_16LE),
        ("Windows-1251", WINDOWS_1251),
    ] {
        assert_eq!(encoding_named(label), Some(encoding), "{label}");
    }
    for label in ["", "klingon", "replacement", "iso-2022-kr", "utf-32"] {
        assert_eq!(encoding_named(label), None, "{label}");
    }
}

#[test]
fn what_is_damaged_is_replaced_and_counted() {
    let damaged = |bytes: &[u8], named| {
        let Decoded { text, encoding, replaced } = decode(bytes, named).unwrap();
        (text, encoding, replaced)
    };
    assert_eq!(
        damaged(b"\xEF\xBB\xBFab\xFFc\xFE", None),
        ("ab\u{FFFD}c\u{FFFD}".into(), "UTF-8", 2)
    );
    assert_eq!(damaged(b"ab\xFF", Some(UTF_8)), ("ab\u{FFFD}".into(), "UTF-8", 1));
    assert_eq!(damaged("ab\u{FFFD}".as_bytes(), None).2, 0);
    let mut halved = wide("\u{FEFF}Ferry", u16::to_le_bytes);
    halved.pop();
    assert_eq!(damaged(&halved, None), ("Ferr\u{FFFD}".into(), "UTF-16LE", 1));
    // A long text in UTF-8 does not become another for one byte that was lost.
    let mut story = "Паром снова вышел в море. ".repeat(9).into_bytes();
    story.remove(1);
    assert_eq!(damaged(&story, None).1, "UTF-8");
    assert_eq!(damaged(&story, None).2, 1);
    let (bytes, _, _) = WINDOWS_1252.encode("é “a” – é");
    assert_eq!(damaged(&bytes, None).1, "windows-1252");
}

#[test]
fn utf_8_is_taken_as_it_stands() {
    let odd = " \u{301}e\u{301}\u{200B} “Nobody”\tsaid \n\n";
    assert_eq!(text(odd.as_bytes()), (odd.to_owned(), "UTF-8"));
}

#[test]
fn marks_decide_and_are_dropped() {
    assert_eq!(text("\u{FEFF}Ferry".as_bytes()), ("Ferry".into(), "UTF-8"));
    assert_eq!(text("\u{FEFF}\u{FEFF}F".as_bytes()), ("\u{FEFF}F".into(), "UTF-8"));
    let little = wide("\u{FEFF}Ferry", u16::to_le_bytes);
    assert_eq!(text(&little), ("Ferry".into(), "UTF-16LE"));
    let big = wide("\u{FEFF}Ferry", u16::to_be_bytes);
    assert_eq!(decode(&big, Some(WINDOWS_1252)).unwrap().encoding, "UTF-16BE");
}

#[test]
fn utf_16_without_a_mark_is_seen() {
    let story = "The ferry to Skellan sailed again – “at last”.\n";
    assert_eq!(text(&wide(story, u16::to_le_bytes)), (story.into(), "UTF-16LE"));
    assert_eq!(text(&wide(story, u16::to_be_bytes)), (story.into(), "UTF-16BE"));
}

#[test]
fn line_ends_become_one_kind() {
    assert_eq!(text(b"a\r\nb\rc\n\r\n\rd").0, "a\nb\nc\n\n\nd");
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(decode(b"", None), Err(DecodeError::Empty));
    assert_eq!(decode(b"\xEF\xBB\xBF \r\n", None), Err(DecodeError::Empty));
    assert_eq!(decode(b"\x7FELF\x02\x01\x01\x00\x00", None), Err(DecodeError::Binary));
    assert_eq!(decode(b"text with one \0 in it", None), Err(DecodeError::Binary));
    let noise: Vec<u8> = (1..=255).cycle().take(4_000).collect();
    assert_eq!(decode(&noise, None), Err(DecodeError::Binary));
}

#[test]
fn escapes_in_a_text_do_not_make_it_binary() {
    assert!(decode(b"\x1b[31mred\x1b[0m\x07\x08 alert\n", None).is_ok());
}

#[test]
fn line_ends_make_no_difference_to_what_is_binary() {
    // Three controls are too many for 59 characters, and not for 60.
    let lines =
        |end: &str, more: &str| format!("{}\u{1}\u{2}\u{3}{more}", format!("word{end}").repeat(11));
    for (more, is_text) in [("a", false), ("ab", true)] {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(decode(lines(end, more).as_bytes(), None).is_ok(), is_text, "{end:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_give_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes, None) {
            prop_assert!(!decoded.text.contains('\r'));
        }
    }

    #[test]
    fn any_text_without_controls_comes_back(text in "[^\\p{Cc}]{0,20}x(\\PC|\n){0,100}") {
        prop_assume!(!text.starts_with('\u{FEFF}'));
        let decoded = decode(text.as_bytes(), None).unwrap();
        prop_assert_eq!(decoded.text, text);
    }
}
