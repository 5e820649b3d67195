//! Where further reports begin that were pasted into the same text.

use super::line::key;
use super::look::{Look, Seen};
use super::outlet;

/// The most lines between an aggregator's imprint and the report below it.
const REACH: usize = 5;

/// The indices of the lines that begin a part; the first is 0.
pub(super) fn starts(seen: &[Seen]) -> Vec<usize> {
    let mut found = vec![0];
    let mut below_related = false;
    let mut free = 1;
    for (at, one) in seen.iter().enumerate() {
        below_related |= one.look == Look::Related;
        if at < free {
            continue;
        }
        if let Some(body) = imprint(seen.get(at..).unwrap_or_default(), below_related) {
            found.push(at);
            free = at + body;
        }
    }
    found
}

/// Whether `seen` begins with a further report: the outlet, the time, perhaps the outlet once more
/// behind a dash, a headline, a body. How many lines stand before the body.
///
/// The outlet's echo or a label ("Related Articles") somewhere above must confirm it, for a name and
/// a time may stand in any report.
fn imprint(seen: &[Seen], below_related: bool) -> Option<usize> {
    let (first, rest) = seen.split_first()?;
    let after_time = match (first.look, rest.first().map(|one| one.look)) {
        (Look::Imprint, _) => 1,
        (Look::Text, Some(Look::Date(_))) if outlet::is_name_like(first.line.text) => 2,
        (Look::Text, Some(Look::Text)) if below_related && outlet::is_outlet(first.line.text) => 1,
        _ => return None,
    };
    let name = key(first.line.text);
    let echoes = |one: &&Seen| one.line.chars <= 2 * outlet::LONGEST && key(one.line.text) == name;
    let below = seen.get(after_time..)?;
    let echo = below.iter().take_while(echoes).count();
    if echo == 0 && !below_related {
        return None;
    }
    let headline = below.get(echo)?;
    let is_headline = headline.look == Look::Text && headline.line.chars <= 250;
    let body = below.iter().skip(echo + 1).take(REACH).position(Seen::is_prose)?;
    is_headline.then_some(after_time + echo + 1 + body)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::look::look_at;
    use super::*;

    const BODY: &str = "Regulars at the only pub were left dry when the last barrel gave out on Monday, they said.";

    fn found(text: &str) -> Vec<usize> {
        starts(&look_at(&lines(&text.replace("BODY", BODY))))
    }

    #[test]
    fn pasted_reports_begin_with_their_outlet() {
        let page = "Ferry sails\nBODY\nRelated Articles\n\nCoast Wire\nan hour ago\n- Coast Wire\nPub runs dry\nBODY\nKlaxon\na day ago\nPub with no beer!\nBODY";
        assert_eq!(found(page), [0, 3, 8]);
    }

    #[test]
    fn an_echo_confirms_them_without_a_label() {
        assert_eq!(found("Ferry sails\nBODY\nKlaxon\n2h\n- Klaxon\nPub runs dry\nBODY"), [0, 2]);
        assert_eq!(found("Ferry sails\nBODY\nKlaxon\n2h\nPub runs dry\nBODY"), [0]);
    }

    #[test]
    fn links_without_a_body_are_no_reports() {
        assert_eq!(
            found("Ferry sails\nBODY\nRelated Stories\nCoast Wire\nan hour ago\nPub runs dry"),
            [0]
        );
        assert_eq!(found("The Northern Ledger\n11 Feb 2026\nFerry sails\nBODY"), [0]);
    }
}
