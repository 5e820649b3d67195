//! Values without their formatting: from an editable document to plain TOML and back.

use super::mark;
use toml::Value as Plain;
use toml_edit::{Array, ArrayOfTables, InlineTable, Item, Table, TableLike, Value};

/// What an item says, whatever it looks like. `None` for no item.
pub(super) fn of_item(item: &Item) -> Option<Plain> {
    match item {
        Item::None => None,
        Item::Value(value) => Some(of_value(value)),
        Item::Table(table) => Some(Plain::Table(of_table(table))),
        Item::ArrayOfTables(tables) => {
            Some(Plain::Array(tables.iter().map(|table| Plain::Table(of_table(table))).collect()))
        }
    }
}

/// What a table says.
pub(super) fn of_table(table: &dyn TableLike) -> toml::Table {
    let said = table.iter().filter_map(|(key, item)| Some((key.to_owned(), of_item(item)?)));
    said.collect()
}

fn of_value(value: &Value) -> Plain {
    match value {
        Value::String(text) => Plain::String(text.value().clone()),
        Value::Integer(number) => Plain::Integer(*number.value()),
        Value::Float(number) => Plain::Float(*number.value()),
        Value::Boolean(truth) => Plain::Boolean(*truth.value()),
        Value::Datetime(time) => Plain::Datetime(*time.value()),
        Value::Array(values) => Plain::Array(values.iter().map(of_value).collect()),
        Value::InlineTable(table) => Plain::Table(of_table(table)),
    }
}

/// An item that says this, in the usual style: tables under headers of their own.
pub(super) fn to_item(plain: &Plain) -> Item {
    match plain {
        Plain::Table(table) => Item::Table(to_table(table)),
        Plain::Array(values) if !values.is_empty() && values.iter().all(Plain::is_table) => {
            let tables = values.iter().filter_map(Plain::as_table).map(to_table);
            Item::ArrayOfTables(tables.collect::<ArrayOfTables>())
        }
        other => Item::Value(to_value(other)),
    }
}

fn to_table(plain: &toml::Table) -> Table {
    plain.iter().map(|(key, value)| (key.as_str(), to_item(value))).collect()
}

fn to_value(plain: &Plain) -> Value {
    match plain {
        Plain::String(text) => mark::text(text),
        Plain::Integer(number) => Value::from(*number),
        Plain::Float(number) => Value::from(*number),
        Plain::Boolean(truth) => Value::from(*truth),
        Plain::Datetime(time) => Value::from(*time),
        Plain::Array(values) => Value::Array(values.iter().map(to_value).collect::<Array>()),
        Plain::Table(table) => Value::InlineTable(
            table
                .iter()
                .map(|(key, value)| (key.as_str(), to_value(value)))
                .collect::<InlineTable>(),
        ),
    }
}
