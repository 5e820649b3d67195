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
use super::{Fault, Kept};

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
    maker: &'c str,
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
    pub(super) const fn new(connection: &'c mut Connection, maker: &'c str, bound: Bound) -> Self {
        Self { connection, maker, bound }
    }

    pub(super) fn recall(
        &mut self,
        path: &str,
        take: &mut dyn FnMut(Vec<Kept>),
    ) -> Result<(), Fault> {
        let transaction = self.connection.transaction()?;
        let Some(root) = find(&transaction, path, self.maker)? else { return Ok(()) };
        let extents = extents(&transaction, root.id)?;
        if are_apart(&extents) {
            let mut query = transaction.prepare(LINES)?;
            for (id, ..) in extents {
                let lines = read(&mut query, id)?;
                take(lines.into_iter().filter_map(Read::kept).collect());
            }
        } else {
            let mut rest = merged(&transaction, &extents)?.into_iter().peekable();
            while rest.peek().is_some() {
                take(rest.by_ref().take(chunk::LENGTH).collect());
            }
        }
        drop(transaction);
        self.touch(root);
        Ok(())
    }

    pub(super) fn keep(&mut self, path: &str, kept: &[Kept]) -> Result<(), Fault> {
        self.add(path, kept.iter().map(Written::Kept).collect())
    }

    pub(super) fn forget(&mut self, path: &str, names: &[&str]) -> Result<(), Fault> {
        self.add(path, names.iter().map(|name| Written::Gone(name)).collect())
    }

    pub(super) fn settle(&mut self, path: &str) -> Result<(), Fault> {
        let transaction = begin(self.connection)?;
        let Some(root) = find(&transaction, path, self.maker)? else { return Ok(()) };
        let extents = extents(&transaction, root.id)?;
        if are_apart(&extents) {
            return Ok(());
        }
        rewrite(&transaction, root.id, &extents)?;
        finish(transaction)
    }

    /// Adds lines to a root; of those with one name, the last.
    fn add(&mut self, path: &str, mut lines: Vec<Written<'_>>) -> Result<(), Fault> {
        lines.sort_by(|one, other| one.name().cmp(other.name()));
        let lines = last_of_each(lines, |one, other| one.name() == other.name());
        let transaction = begin(self.connection)?;
        let mut root = find_or_make(&transaction, path, self.maker)?;
        write(&transaction, root.id, &lines)?;
        root.lines += lines.len() as u64;
        if root.lines > 2 * root.settled + SPARE {
            let extents = extents(&transaction, root.id)?;
            rewrite(&transaction, root.id, &extents)?;
        }
        // Where this root alone is too much, it stays as it was.
        if make_room(&transaction, root.id, self.bound)? { finish(transaction) } else { Ok(()) }
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

fn find(connection: &Connection, path: &str, maker: &str) -> Result<Option<Root>, Fault> {
    let query = "SELECT id, used, lines, settled FROM root WHERE path = ?1 AND maker = ?2";
    let root = connection.query_row(query, [path, maker], |row| {
        Ok(Root { id: row.get(0)?, used: row.get(1)?, lines: row.get(2)?, settled: row.get(3)? })
    });
    Ok(root.optional()?)
}

fn find_or_make(connection: &Connection, path: &str, maker: &str) -> Result<Root, Fault> {
    if let Some(root) = find(connection, path, maker)? {
        return Ok(root);
    }
    let older = "DELETE FROM root WHERE path = ?1 AND id NOT IN
        (SELECT id FROM root WHERE path = ?1 ORDER BY used DESC, id DESC LIMIT ?2)";
    connection.execute(older, params![path, MAKERS - 1])?;
    let used = now();
    let make = "INSERT INTO root (path, maker, used) VALUES (?1, ?2, ?3)";
    connection.execute(make, params![path, maker, used])?;
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

fn read(query: &mut Statement<'_>, chunk: i64) -> Result<Vec<Read>, Fault> {
    let mut rows = query.query([chunk])?;
    let row = rows.next()?.ok_or(Fault::Damage)?;
    let bytes = row.get_ref(1)?.as_blob().map_err(|_| Fault::Damage)?;
    chunk::decode(bytes, row.get(0)?)
}

/// What chunks that overlap hold in all, in the order of the names.
fn merged(connection: &Connection, extents: &[Extent]) -> Result<Vec<Kept>, Fault> {
    let mut ids: Vec<i64> = extents.iter().map(|&(id, ..)| id).collect();
    ids.sort_unstable();
    let mut query = connection.prepare(LINES)?;
    let mut lines = Vec::new();
    for id in ids {
        lines.extend(read(&mut query, id)?);
    }
    // Lines of one name stay in the order in which they were written.
    lines.sort_by(|one, other| one.name().cmp(other.name()));
    let lines = last_of_each(lines, |one, other| one.name() == other.name());
    Ok(lines.into_iter().filter_map(Read::kept).collect())
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
fn rewrite(connection: &Connection, root: i64, extents: &[Extent]) -> Result<(), Fault> {
    let kept = merged(connection, extents)?;
    connection.execute("DELETE FROM chunk WHERE root = ?1", [root])?;
    connection.execute("UPDATE root SET lines = 0, bytes = 0 WHERE id = ?1", [root])?;
    write(connection, root, &kept.iter().map(Written::Kept).collect::<Vec<_>>())?;
    let settled = params![root, kept.len() as u64];
    connection.execute("UPDATE root SET settled = ?2 WHERE id = ?1", settled)?;
    Ok(())
}

/// Adds lines, sorted by name and each name once, in as few chunks as it takes.
fn write(connection: &Connection, root: i64, lines: &[Written<'_>]) -> Result<(), Fault> {
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

/// Removes the roots that were not in use for longest, until all is within the bound; whether that can
/// be done without touching this one.
fn make_room(connection: &Connection, root: i64, bound: Bound) -> Result<bool, Fault> {
    loop {
        let all = "SELECT ifnull(sum(bytes), 0), ifnull(sum(lines), 0) FROM root";
        let all = connection.query_row(all, [], |row| Ok((row.get(0)?, row.get(1)?)));
        let (bytes, lines): (u64, u64) = all?;
        if bytes <= bound.bytes && lines <= bound.lines {
            return Ok(true);
        }
        let oldest = "DELETE FROM root WHERE id =
            (SELECT id FROM root WHERE id <> ?1 ORDER BY used, id LIMIT 1)";
        if connection.execute(oldest, [root])? == 0 {
            return Ok(false);
        }
    }
}
