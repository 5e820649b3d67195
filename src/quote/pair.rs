//! Which marks of a block belong together.

use super::mark::{Family, Mark};
use super::neighbour::Turn;

/// What a mark was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mate {
    /// No mark that opens something: a closing one, an apostrophe after all.
    Nothing,
    /// An opening one, closed by the mark of this index.
    Closed(usize),
    /// An opening one that nothing closes.
    Unclosed,
}

/// Finds for each mark of a block what it is, in time linear in their number.
///
/// The double marks are paired first; single ones within a closed pair of them are left alone, as
/// nothing outside can depend on them. `runs_on` tells whether the next paragraph goes on quoting in
/// single marks, so that this one may well close none.
pub(super) fn pair(marks: &[Mark], runs_on: bool) -> Vec<Mate> {
    let mut mates = vec![Mate::Nothing; marks.len()];
    let doubles: Vec<usize> = of_family(marks, Family::Double).collect();
    pair_family(marks, &doubles, false, &mut mates);
    let singles = outside(marks, &mates);
    pair_family(marks, &singles, runs_on, &mut mates);
    mates
}

/// The indices of the marks of `family`.
fn of_family(marks: &[Mark], family: Family) -> impl Iterator<Item = usize> {
    marks.iter().enumerate().filter(move |(_, mark)| mark.family == family).map(|(at, _)| at)
}

/// The indices of the single marks that stand in no closed pair of double ones.
fn outside(marks: &[Mark], mates: &[Mate]) -> Vec<usize> {
    let mut free = 0;
    let mut out = Vec::new();
    for (at, (mark, mate)) in marks.iter().zip(mates).enumerate() {
        match *mate {
            Mate::Closed(end) => free = free.max(end),
            _ if at >= free && mark.family == Family::Single => out.push(at),
            _ => {}
        }
    }
    out
}

/// Pairs the marks of `order`, all of one family, each closing one with the last one open.
fn pair_family(marks: &[Mark], order: &[usize], runs_on: bool, mates: &mut [Mate]) {
    let family: Vec<&Mark> = order.iter().filter_map(|&at| marks.get(at)).collect();
    let ahead = certain_ahead(&family);
    let mut open: Vec<usize> = Vec::new();
    for ((mark, next), &at) in family.iter().zip(ahead).zip(order) {
        match settle(mark, next, !open.is_empty(), runs_on) {
            Turn::Opens => open.push(at),
            Turn::Closes => set(mates, open.pop(), Mate::Closed(at)),
            Turn::Either => {}
        }
    }
    for start in open {
        set(mates, Some(start), Mate::Unclosed);
    }
}

fn set(mates: &mut [Mate], at: Option<usize>, mate: Mate) {
    if let Some(slot) = at.and_then(|at| mates.get_mut(at)) {
        *slot = mate;
    }
}

/// For each mark, which way the next one after it faces that is no doubtful one.
fn certain_ahead(marks: &[&Mark]) -> Vec<Option<Turn>> {
    let mut next = None;
    let mut ahead: Vec<Option<Turn>> = marks
        .iter()
        .rev()
        .map(|mark| if mark.doubtful { next } else { next.replace(mark.turn) })
        .collect();
    ahead.reverse();
    ahead
}

/// What a mark does where something `is_open` or not; [`Turn::Either`] if it is no mark after all.
///
/// A doubtful opening mark opens only what a certain mark closes; a doubtful closing one closes only
/// what no certain one would (`'the leaders' talks'`, but `'losses' they made`).
fn settle(mark: &Mark, next: Option<Turn>, is_open: bool, runs_on: bool) -> Turn {
    let turn = match mark.turn {
        Turn::Either if is_open => Turn::Closes,
        Turn::Either => Turn::Opens,
        turn => turn,
    };
    let kept = match turn {
        _ if !mark.doubtful => true,
        Turn::Opens => !is_open && next == Some(Turn::Closes),
        _ => next != Some(Turn::Closes) && !(runs_on && next.is_none()),
    };
    if kept { turn } else { Turn::Either }
}
