//! The shelf: the roots that something is kept of, and their chunks.
//!
//! What is kept is only ever added: a later chunk has the say over an earlier one about a name that
//! both hold, so that keeping a batch costs no more than the batch. When the chunks of a root hold twice
//! as many lines as it had articles, they are put in order: each name once, in as few chunks as it takes.
//! So over all batches this costs no more than the batches did.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{
    Connection, OptionalExtension as _, Statement, Transaction, TransactionBehavior, params,
};

use super::chunk::{self, Read, Written};
use super::{Fault, Named};

/// How much is kept in all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    /// Bytes of chunks.
    pub(super) bytes: u64,
    /// Lines of chunks: about as many articles.
    pub(super) lines: u64,
}

impl Default for Bound {
    fn default() -> Self {
        Self { bytes: 512 << 20, lines: 2_000_000 }
    }
}

/// So many lines may be added to any root before it is put in order.
const SPARE: u64 = 4_096;
/// A root is said to be in use again after so many seconds.
const HOUR: u64 = 3_600;
/// Of one root, what so many builds derived is kept.
const MAKERS: u64 = 2;

/// The tables of an open database.
pub(super) struct Shelf<'c> {
    connection: &'c mut Connection,
    /// The build of the program, and the section.
    key: (&'c str, &'c str),
    bound: Bound,
}

/// A root in the database.
#[derive(Debug, Clone, Copy)]
struct Root {
    id: i64,
    /// When it was last in use, in seconds since 1970.
    used: u64,
    /// How many lines its chunks hold.
    lines: u64,
    /// How many it had when they were last put in order.
    settled: u64,
}

/// What a root's chunks say of where they lie: the identity, the first name and the last.
type Extent = (i64, String, String);

impl<'c> Shelf<'c> {
    /// What one build of the program derived, of one section.
    pub(super) const fn new(
        connection: &'c mut Connection,
        key: (&'c str, &'c str),
        bound: Bound,
    ) -> Self {
        Self { connection, key, bound }
    }

    pub(super) fn find<L: Named>(&mut self, path: &str, name: &str) -> Result<Option<L>, Fault> {
        let transaction = self.connection.transaction()?;
        let Some(root) = find(&transaction, path, self.key)? else { return Ok(None) };
        // Of the lines of one name, that which was written last has the say.
        let around = "SELECT id FROM chunk WHERE root = ?1 AND first <= ?2 AND last >= ?2
            ORDER BY id DESC";
        let mut around = transaction.prepare(around)?;
        let chunks = around.query_map(params![root.id, name], |row| row.get(0))?;
        let mut query = transaction.prepare(LINES)?;
        for chunk in chunks {
            let lines: Vec<Read<L>> = read(&mut query, chunk?)?;
            if let Some(line) = lines.into_iter().find(|line| line.name() == name) {
                return Ok(line.kept());
            }
        }
        Ok(None)
    }

    pub(super) fn recall<L: Named>(
        &mut self,
        path: &str,
        take: &mut dyn FnMut(Vec<L>),
    ) -> Result<(), Fault> {
        let transaction = self.connection.transaction()?;
        let Some(root) = find(&transaction, path, self.key)? else { return Ok(()) };
        let extents = extents(&transaction, root.id)?;
        if are_apart(&extents) {
            let mut query = transaction.prepare(LINES)?;
            for (id, ..) in extents {
                let lines: Vec<Read<L>> = read(&mut query, id)?;
                take(lines.into_iter().filter_map(Read::kept).collect());
            }
        } else {
            merged(&transaction, &extents, |some| {
                take(some);
                Ok(())
            })?;
        }
        drop(transaction);
        self.touch(root);
        Ok(())
    }

    /// Whether there was room for them.
    pub(super) fn keep<L: Named>(&mut self, path: &str, kept: &[L]) -> Result<bool, Fault> {
        self.add(path, kept.iter().map(Written::Kept).collect())
    }

    pub(super) fn forget<L: Named>(&mut self, path: &str, names: &[&str]) -> Result<(), Fault> {
        self.add::<L>(path, names.iter().map(|name| Written::Gone(name)).collect()).map(drop)
    }

    pub(super) fn settle<L: Named>(&mut self, path: &str) -> Result<(), Fault> {
        let transaction = begin(self.connection)?;
        let Some(root) = find(&transaction, path, self.key)? else { return Ok(()) };
        let extents = extents(&transaction, root.id)?;
        if are_apart(&extents) {
            return Ok(());
        }
        rewrite::<L>(&transaction, root.id, &extents)?;
        finish(transaction)
    }

    /// Adds lines to a root, of those with one name the last; whether there was room.
    fn add<L: Named>(&mut self, path: &str, mut lines: Vec<Written<'_, L>>) -> Result<bool, Fault> {
        lines.sort_by(|one, other| one.name().cmp(other.name()));
        let lines = last_of_each(lines, |one, other| one.name() == other.name());
        let transaction = begin(self.connection)?;
        let mut root = find_or_make(&transaction, path, self.key)?;
        write(&transaction, root.id, &lines)?;
        root.lines += lines.len() as u64;
        if root.lines > 2 * root.settled + SPARE {
            let extents = extents(&transaction, root.id)?;
            rewrite::<L>(&transaction, root.id, &extents)?;
        }
        // Where this root alone is too much, it stays as it was.
        let fits = make_room(&transaction, (path, self.key.0), self.bound)?;
        if fits {
            finish(transaction)?;
        }
        Ok(fits)
    }

    /// Says that a root is in use. That matters only for what goes first.
    fn touch(&self, root: Root) {
        let now = now();
        if now.saturating_sub(root.used) > HOUR {
            let set = "UPDATE root SET used = ?2 WHERE id = ?1";
            let _ = self.connection.execute(set, params![root.id, now]);
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A transaction that may write: others wait, from the start.
fn begin(connection: &mut Connection) -> Result<Transaction<'_>, Fault> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Makes what was done durable, and gives the disk back what is free.
fn finish(transaction: Transaction<'_>) -> Result<(), Fault> {
    let free: u64 = transaction.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
    let pages: u64 = transaction.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    if free > pages / 2 {
        // Each row is a page that was given back.
        let mut vacuum = transaction.prepare("PRAGMA incremental_vacuum")?;
        let mut rows = vacuum.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(transaction.commit()?)
}

fn find(connection: &Connection, path: &str, key: (&str, &str)) -> Result<Option<Root>, Fault> {
    let query = "SELECT id, used, lines, settled FROM root
        WHERE path = ?1 AND maker = ?2 AND section = ?3";
    let root = connection.query_row(query, [path, key.0, key.1], |row| {
        Ok(Root { id: row.get(0)?, used: row.get(1)?, lines: row.get(2)?, settled: row.get(3)? })
    });
    Ok(root.optional()?)
}

fn find_or_make(connection: &Connection, path: &str, key: (&str, &str)) -> Result<Root, Fault> {
    if let Some(root) = find(connection, path, key)? {
        return Ok(root);
    }
    let (maker, section) = key;
    let older = "DELETE FROM root WHERE path = ?1 AND maker <> ?2 AND maker NOT IN
        (SELECT maker FROM root WHERE path = ?1 AND maker <> ?2
        GROUP BY maker ORDER BY max(used) DESC, max(id) DESC LIMIT ?3)";
    connection.execute(older, params![path, maker, MAKERS - 1])?;
    let used = now();
    let make = "INSERT INTO root (path, maker, section, used) VALUES (?1, ?2, ?3, ?4)";
    connection.execute(make, params![path, maker, section, used])?;
    Ok(Root { id: connection.last_insert_rowid(), used, lines: 0, settled: 0 })
}

/// Where the chunks of a root lie, by their first names.
fn extents(connection: &Connection, root: i64) -> Result<Vec<Extent>, Fault> {
    let query = "SELECT id, first, last FROM chunk WHERE root = ?1 ORDER BY first";
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([root], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether each chunk ends before the next begins.
fn are_apart(extents: &[Extent]) -> bool {
    extents.iter().zip(extents.iter().skip(1)).all(|((.., last), (_, next, _))| last < next)
}

/// What a chunk holds.
const LINES: &str = "SELECT sum, lines FROM chunk WHERE id = ?1";

fn read<L: Named>(query: &mut Statement<'_>, chunk: i64) -> Result<Vec<Read<L>>, Fault> {
    let mut rows = query.query([chunk])?;
    let row = rows.next()?.ok_or(Fault::Damage)?;
    let bytes = row.get_ref(1)?.as_blob().map_err(|_| Fault::Damage)?;
    chunk::decode(bytes, row.get(0)?)
}

/// Hands on what chunks hold in all, in the order of the names and as many at a time as a chunk may have.
/// There is no more in memory than of the chunks that overlap.
fn merged<L: Named>(
    connection: &Connection,
    extents: &[Extent],
    mut take: impl FnMut(Vec<L>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut query = connection.prepare(LINES)?;
    let (mut open, mut ready): (Vec<(i64, Read<L>)>, Vec<L>) = (Vec::new(), Vec::new());
    let following = extents.iter().skip(1).map(|(_, first, _)| Some(first.as_str()));
    for ((id, ..), next) in extents.iter().zip(following.chain([None])) {
        open.extend(read(&mut query, *id)?.into_iter().map(|line| (*id, line)));
        // Of the lines of one name, that which was written last comes last.
        open.sort_by(|(id, one), (other_id, other)| {
            one.name().cmp(other.name()).then_with(|| id.cmp(other_id))
        });
        let before = |next| open.partition_point(|(_, line)| line.name() < next);
        let settled: Vec<_> = open.drain(..next.map_or(open.len(), before)).collect();
        let settled = last_of_each(settled, |(_, one), (_, other)| one.name() == other.name());
        ready.extend(settled.into_iter().filter_map(|(_, line)| line.kept()));
        while ready.len() >= chunk::LENGTH {
            take(ready.drain(..chunk::LENGTH).collect())?;
        }
    }
    if ready.is_empty() { Ok(()) } else { take(ready) }
}

/// Of each run of the same, the last.
fn last_of_each<T>(all: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(all.len());
    for one in all {
        match kept.last_mut() {
            Some(last) if is_same(last, &one) => *last = one,
            _ => kept.push(one),
        }
    }
    kept
}

/// Puts the chunks of a root in order.
fn rewrite<L: Named>(connection: &Connection, root: i64, extents: &[Extent]) -> Result<(), Fault> {
    connection
        .execute("UPDATE root SET lines = 0, bytes = 0, settled = 0 WHERE id = ?1", [root])?;
    let settle = "UPDATE root SET settled = settled + ?2 WHERE id = ?1";
    merged(connection, extents, |some: Vec<L>| {
        write(connection, root, &some.iter().map(Written::Kept).collect::<Vec<_>>())?;
        connection.execute(settle, params![root, some.len() as u64])?;
        Ok(())
    })?;
    let mut remove = connection.prepare("DELETE FROM chunk WHERE id = ?1")?;
    for (id, ..) in extents {
        remove.execute([id])?;
    }
    Ok(())
}

/// Adds lines, sorted by name and each name once, in as few chunks as it takes.
fn write<L: Named>(
    connection: &Connection,
    root: i64,
    lines: &[Written<'_, L>],
) -> Result<(), Fault> {
    let add = "INSERT INTO chunk (root, first, last, sum, lines) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut add = connection.prepare(add)?;
    let mut size = 0;
    for some in lines.chunks(chunk::LENGTH) {
        let Some((first, last)) = some.first().zip(some.last()) else { continue };
        let (bytes, sum) = chunk::encode(some)?;
        size += bytes.len() as u64;
        add.execute(params![root, first.name(), last.name(), sum, bytes])?;
    }
    let grow = "UPDATE root SET lines = lines + ?2, bytes = bytes + ?3, used = ?4 WHERE id = ?1";
    connection.execute(grow, params![root, lines.len() as u64, size, now()])?;
    Ok(())
}

/// Removes what was not in use for longest, a root with all its sections at once, until all is within the
/// bound; whether that can be done without touching this one.
fn make_room(connection: &Connection, own: (&str, &str), bound: Bound) -> Result<bool, Fault> {
    loop {
        let all = "SELECT ifnull(sum(bytes), 0), ifnull(sum(lines), 0) FROM root";
        let all = connection.query_row(all, [], |row| Ok((row.get(0)?, row.get(1)?)));
        let (bytes, lines): (u64, u64) = all?;
        if bytes <= bound.bytes && lines <= bound.lines {
            return Ok(true);
        }
        let oldest = "DELETE FROM root WHERE (path, maker) =
            (SELECT path, maker FROM root WHERE path <> ?1 OR maker <> ?2
            GROUP BY path, maker ORDER BY max(used), max(id) LIMIT 1)";
        if connection.execute(oldest, [own.0, own.1])? == 0 {
            return Ok(false);
        }
    }
}
