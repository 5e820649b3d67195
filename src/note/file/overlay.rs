//! Laying new values over a document that a person may have edited.
//!
//! What says the same is left alone, formatting, comments and all. What changed keeps the comment
//! beside it.

use std::collections::HashMap;
use std::mem;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike};

use super::plain;

/// Makes `document` say what `fresh` says.
pub(super) fn lay_over(document: &mut DocumentMut, fresh: &Table) {
    let old = document.get("annotation").map_or(0, count);
    lay_table(document.as_table_mut(), fresh);
    if document.get("annotation").map_or(0, count) > old {
        keep_trailing_comment(document, old);
    }
}

fn count(item: &Item) -> usize {
    item.as_array_of_tables().map_or(0, ArrayOfTables::len)
}

/// A comment at the end of the file was written about what stands above it: a table that is added
/// goes below.
fn keep_trailing_comment(document: &mut DocumentMut, added: usize) {
    let comment = document.trailing().as_str().unwrap_or_default().to_owned();
    let tables = document.get_mut("annotation").and_then(Item::as_array_of_tables_mut);
    let Some(table) = tables.and_then(|tables| tables.get_mut(added)) else { return };
    if comment.trim().is_empty() {
        return;
    }
    table.decor_mut().set_prefix(format!("{comment}\n"));
    document.set_trailing("");
}

fn lay_table(old: &mut dyn TableLike, fresh: &Table) {
    let known = |key: &str| fresh.contains_key(key);
    let gone: Vec<String> =
        old.iter().map(|(key, _)| key.to_owned()).filter(|key| !known(key)).collect();
    for key in gone {
        old.remove(&key);
    }
    for (key, item) in fresh {
        if let Some(there) = old.get_mut(key).filter(|there| !there.is_none()) {
            lay_item(there, item);
        } else {
            old.insert(key, item.clone());
        }
    }
}

fn lay_item(there: &mut Item, fresh: &Item) {
    if plain::of_item(there) == plain::of_item(fresh) {
        return;
    }
    match fresh {
        Item::Table(table) if there.is_table_like() => {
            if let Some(old) = there.as_table_like_mut() {
                lay_table(old, table);
            }
        }
        Item::ArrayOfTables(tables) => lay_tables(there, tables),
        _ => replace(there, fresh),
    }
}

fn replace(there: &mut Item, fresh: &Item) {
    let decor = there.as_value().map(|value| value.decor().clone());
    *there = fresh.clone();
    if let (Some(decor), Some(value)) = (decor, there.as_value_mut()) {
        *value.decor_mut() = decor;
    }
}

/// Lays each table over the one with the same `id`, wherever that stood.
fn lay_tables(there: &mut Item, fresh: &ArrayOfTables) {
    let old = mem::take(there).into_array_of_tables().unwrap_or_default();
    let mut by_id: HashMap<String, Table> = old.into_iter().map(|it| (id(&it), it)).collect();
    let mut tables: Vec<Table> = Vec::with_capacity(fresh.len());
    for table in fresh {
        tables.push(match by_id.remove(&id(table)) {
            Some(mut there) => {
                lay_table(&mut there, table);
                there
            }
            None => table.clone(),
        });
    }
    if !tables.iter().filter_map(Table::position).is_sorted() {
        tables.iter_mut().for_each(unplace);
    }
    *there = Item::ArrayOfTables(tables.into_iter().collect());
}

fn id(table: &Table) -> String {
    table.get("id").and_then(Item::as_str).unwrap_or_default().to_lowercase()
}

/// Forgets where a table stood in the text, so that it is written where it stands now.
fn unplace(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => unplace(table),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(unplace),
            _ => {}
        }
    }
}
