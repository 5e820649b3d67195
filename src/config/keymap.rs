//! The key map: for each context, which keys mean which action.
//!
//! Contexts and actions are names here; what they are is for the layer above to know. A context lies
//! within others: what is looked up is always a list of contexts, the innermost first.
//!
//! The rules, of which the first that applies wins:
//!
//! 1. An inner context comes before an outer one, whether what is pressed is all of a binding or the
//!    start of one.
//! 2. Within a context, a binding that is pressed in full comes before one that it only starts (and
//!    the longer one, which can never be pressed, is reported when the file is read).
//! 3. Keys that a context unbinds do nothing there, even where an outer context binds them.

use toml::de::DeValue;

use super::context::{Binding, Context, starts};
use super::document::{Document, Name, Report, Value, entries, quoted};
use super::resolution::{Meaning, Resolution, continuations, meaning, reachable};
use super::{Key, KeyError, Keys, Problem};

/// All bindings, by context.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    /// In the order in which they were first written.
    contexts: Vec<Context>,
}

impl Keymap {
    /// Reads the `[keys.<context>]` tables of a file; other tables are left to others. `source` is
    /// what problems call the file. All problems are found at once, and what is wrong is left out.
    #[must_use]
    pub fn parse(toml: &str, source: &str) -> (Self, Vec<Problem>) {
        let mut document = Document::parse(toml, source);
        let keymap = Self::read(&mut document);
        (keymap, document.finish())
    }

    pub(super) fn read(document: &mut Document<'_>) -> Self {
        let mut keymap = Self::default();
        let (table, report) = document.parts();
        let Some(keys) = table.get("keys") else { return keymap };
        let Some(contexts) = keys.get_ref().as_table() else {
            report
                .add(keys.span(), "`keys` is no table; write `[keys.text]` and bindings below it");
            return keymap;
        };
        for (name, value) in entries(contexts) {
            keymap.contexts.extend(read_context(name, value, report));
        }
        keymap
    }

    /// The map with `other` laid over it: where they differ, `other` holds. A new binding takes the
    /// place of those in its context that could not be pressed beside it (`g` that of `ga` and `gg`,
    /// `gx` that of `g`).
    #[must_use]
    pub fn overlay(mut self, other: Self) -> Self {
        for context in other.contexts {
            match self.contexts.iter_mut().find(|own| own.name == context.name) {
                Some(own) => own.overlay(context),
                None => self.contexts.push(context),
            }
        }
        self
    }

    /// Drops the contexts and bindings whose names mean nothing to the program, and says which. To be
    /// done before [`overlay`](Self::overlay), so that a misspelt action takes no working key away.
    pub fn keep_known(
        &mut self,
        contexts: &[&str],
        is_action: impl Fn(&str) -> bool,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.contexts.retain(|context| {
            let known = contexts.contains(&context.name.as_str());
            problems.extend((!known).then(|| unknown_context(context, contexts)));
            known
        });
        for context in &mut self.contexts {
            context.bound.retain(|_, binding| {
                let known = is_action(&binding.action);
                problems.extend((!known).then(|| unknown_action(binding)));
                known
            });
        }
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// What `pressed` means in `contexts`, the innermost first. When nothing is pressed yet, everything
    /// that can be is the continuation.
    #[must_use]
    pub fn resolve(&self, contexts: &[&str], pressed: &[Key]) -> Resolution<'_> {
        let stack = self.stack(contexts);
        match meaning(&stack, pressed) {
            Meaning::Whole(binding) => Resolution::Action(&binding.action),
            Meaning::Start => Resolution::Prefix(continuations(&stack, pressed)),
            Meaning::Nothing => Resolution::None,
        }
    }

    /// The first keys, for a hint, that mean `action` in `contexts` (the innermost first) and can be
    /// pressed there.
    #[must_use]
    pub fn keys_for(&self, action: &str, contexts: &[&str]) -> Option<&Keys> {
        let stack = self.stack(contexts);
        let found = stack.iter().find_map(|&context| {
            let meant = context.bound.values().filter(|own| own.action == action);
            meant.filter(|own| reachable(&stack, own, 0)).min_by_key(|own| own.order)
        });
        Some(&found?.keys)
    }

    /// The names of the contexts, in the order in which they were first written.
    pub fn contexts(&self) -> impl Iterator<Item = &str> {
        self.contexts.iter().map(|context| context.name.as_str())
    }

    /// The bindings of one context, in the order in which they were written.
    pub fn bindings(&self, context: &str) -> impl Iterator<Item = &Binding> {
        self.stack(&[context]).into_iter().flat_map(Context::in_order)
    }

    fn stack(&self, contexts: &[&str]) -> Vec<&Context> {
        let find = |name: &&str| self.contexts.iter().find(|context| context.name == *name);
        contexts.iter().filter_map(find).collect()
    }
}

fn read_context(name: &Name<'_>, value: &Value<'_>, report: &mut Report) -> Option<Context> {
    let Some(table) = value.get_ref().as_table() else {
        let message =
            format!("{} is no table of bindings; write it as one", quoted(name.get_ref()));
        report.add(name.span(), message);
        return None;
    };
    let line = report.line(name.span());
    let mut context = Context::new(name.get_ref(), report.source(), line);
    for (written, value) in entries(table) {
        if let Err(message) =
            read_binding(written, value, report.line(written.span()), &mut context)
        {
            report.add(written.span(), message);
        }
    }
    for (line, message) in unreachable(&context) {
        report.add_on(line, message);
    }
    Some(context)
}

fn read_binding(
    written: &Name<'_>,
    value: &Value<'_>,
    line: u32,
    context: &mut Context,
) -> Result<(), String> {
    let keys: Keys = written.get_ref().parse().map_err(|error: KeyError| error.to_string())?;
    if let Some(first) = context.line_of(&keys) {
        let keys = quoted(&keys.to_string());
        return Err(format!("{keys} is bound already on line {first}; remove one of the two"));
    }
    match value.get_ref() {
        DeValue::Boolean(false) => context.unbind(keys, line),
        DeValue::String(action) if action.is_empty() => context.unbind(keys, line),
        DeValue::String(action) => context.bind(keys, action, line),
        _ => {
            let keys = quoted(&keys.to_string());
            return Err(format!(
                "{keys} needs the name of an action in quotes, or `false` to unbind it"
            ));
        }
    }
    Ok(())
}

/// The bindings that can never be pressed because the start of them is bound too, each with its line.
fn unreachable(context: &Context) -> Vec<(u32, String)> {
    let blocked = context.bound.values().filter_map(|binding| {
        let (start, line) = starts(&binding.keys)
            .find_map(|start| Some((Keys::new(start), context.line_of(start)?)))?;
        let (keys, start) = (quoted(&binding.keys.to_string()), quoted(&start.to_string()));
        let message =
            format!("{keys} can never be pressed: line {line} binds {start}; change one of them");
        Some((binding.line, message))
    });
    blocked.collect()
}

fn unknown_context(context: &Context, known: &[&str]) -> Problem {
    let name = quoted(&context.name);
    let message = format!("there is no context {name}; the contexts are {}", known.join(", "));
    Problem { source: context.source.to_string(), line: context.line, message }
}

fn unknown_action(binding: &Binding) -> Problem {
    let action = quoted(&binding.action);
    let message = format!("there is no action {action}; `pullquote keys` lists them");
    Problem { source: binding.source.to_string(), line: binding.line, message }
}

#[cfg(test)]
mod tests {
    use super::super::resolution::Continuation;
    use super::*;
    use Resolution::{Action, None as Nothing};
    use proptest::prelude::*;
    use std::fmt::Write as _;

    fn map(toml: &str) -> Keymap {
        let (keymap, problems) = Keymap::parse(toml, "keys.toml");
        assert_eq!(problems, []);
        keymap
    }

    fn keys(written: &str) -> Keys {
        written.parse().unwrap()
    }

    /// What can follow, as `keys action` each.
    fn follows(keymap: &Keymap, contexts: &[&str], pressed: &[Key]) -> Vec<String> {
        let Resolution::Prefix(found) = keymap.resolve(contexts, pressed) else {
            panic!("not a prefix");
        };
        let show = |next: &Continuation<'_>| format!("{} {}", Keys::new(next.keys), next.action);
        found.iter().map(show).collect()
    }

    const DEFAULT: &str = r#"
        [keys.text]
        "j" = "down"
        "dd" = "delete"
        "gg" = "top"
        [keys.everywhere]
        "q" = "back"
        "g/" = "search"
        "ga" = "annotations"
        "gg" = "never"
        "d" = "dim"
        "j" = "never"
        "Ctrl-w v" = "split"
    "#;

    #[test]
    fn an_inner_context_comes_first() {
        let keymap = map(DEFAULT);
        let both = ["text", "everywhere"];
        assert_eq!(keymap.resolve(&both, &keys("j")), Action("down"));
        assert_eq!(keymap.resolve(&both, &keys("q")), Action("back"));
        assert_eq!(keymap.resolve(&both, &keys("x")), Nothing);
        assert_eq!(keymap.resolve(&both, &keys("gg")), Action("top"));
        assert_eq!(keymap.resolve(&both, &keys("Ctrl-w v")), Action("split"));
        assert_eq!(keymap.resolve(&["everywhere"], &keys("d")), Action("dim"));
        assert_eq!(keymap.resolve(&["nowhere"], &keys("q")), Nothing);
        assert_eq!(follows(&keymap, &both, &keys("d")), ["d delete"]);
    }

    #[test]
    fn continuations_are_those_that_can_be_pressed_the_innermost_first() {
        let keymap = map(DEFAULT);
        let both = ["text", "everywhere"];
        assert_eq!(follows(&keymap, &both, &keys("g")), ["g top", "/ search", "a annotations"]);
        assert_eq!(
            follows(&keymap, &both, &[]),
            [
                "j down",
                "dd delete",
                "gg top",
                "q back",
                "g/ search",
                "ga annotations",
                "Ctrl-w v split"
            ]
        );
    }

    #[test]
    fn an_exact_inner_binding_hides_the_longer_outer_ones() {
        let keymap = map("[keys.list]\n\"g\" = \"top\"\n[keys.everywhere]\n\"ga\" = \"all\"");
        assert_eq!(keymap.resolve(&["list", "everywhere"], &keys("g")), Action("top"));
        assert_eq!(keymap.keys_for("all", &["list", "everywhere"]), None);
        assert_eq!(keymap.keys_for("all", &["everywhere"]), Some(&keys("ga")));
    }

    #[test]
    fn the_users_map_is_laid_over_the_default() {
        let user = map(r#"
            [keys.text]
            "x" = "delete"
            "dd" = false
            "q" = ""
            [keys.everywhere]
            "g" = "go"
            "q!" = "quit"
            [keys.new]
            "a" = "b"
        "#);
        let keymap = map(DEFAULT).overlay(user);
        let both = ["text", "everywhere"];
        assert_eq!(keymap.resolve(&both, &keys("x")), Action("delete"));
        assert_eq!(keymap.resolve(&both, &keys("dd")), Nothing);
        assert_eq!(keymap.resolve(&both, &keys("d")), Action("dim"), "no prefix is left in text");
        assert_eq!(keymap.resolve(&both, &keys("q")), Nothing, "unbound here, bound outside");
        assert_eq!(follows(&keymap, &["everywhere"], &keys("q")), ["! quit"]);
        assert_eq!(keymap.resolve(&["everywhere"], &keys("g")), Action("go"));
        assert_eq!(keymap.resolve(&["everywhere"], &keys("ga")), Nothing);
        assert_eq!(keymap.contexts().collect::<Vec<_>>(), ["text", "everywhere", "new"]);
        let text: Vec<&str> = keymap.bindings("text").map(|own| own.action.as_str()).collect();
        assert_eq!(text, ["down", "top", "delete"]);
    }

    #[test]
    fn every_bad_binding_is_reported_at_once_with_its_line() {
        let text = r#"[keys.text]
"Cltr-p" = "a"
"ga" = "b"
"g a" = "c"
"x" = 3
"" = "d"
"g" = "e"
"k" = "up"
[keys]
list = "j"
"#;
        let (keymap, problems) = Keymap::parse(text, "my.toml");
        let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 10], "{problems:#?}");
        assert_eq!(
            problems[2].to_string(),
            "my.toml:4: `ga` is bound already on line 3; remove one of the two"
        );
        assert_eq!(keymap.resolve(&["text"], &keys("k")), Action("up"));
        assert_eq!(keymap.resolve(&["text"], &keys("g")), Action("e"));
    }

    #[test]
    fn names_that_mean_nothing_are_reported_and_dropped() {
        let mut keymap =
            map("[keys.text]\n\"j\" = \"down\"\n\"k\" = \"upp\"\n[keys.txt]\n\"l\" = \"down\"");
        let problems = keymap.keep_known(&["text"], |action| action == "down");
        let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [3, 4]);
        assert_eq!(keymap.resolve(&["text"], &keys("k")), Nothing);
        assert_eq!(keymap.contexts().count(), 1);
    }

    #[test]
    fn other_tables_are_left_alone() {
        assert_eq!(map("measure = 70\n[other]\nx = 1").contexts().count(), 0);
        assert_eq!(Keymap::parse("keys = 1", "k").1.len(), 1);
    }

    /// A file that binds and unbinds short sequences of three keys in two contexts.
    fn any_map() -> impl Strategy<Value = Keymap> {
        let entry = ("[abc]( [abc]){0,2}", 0_u8..5, any::<bool>());
        prop::collection::vec(entry, 0..20).prop_map(|entries| {
            let mut tables = ["[keys.in]\n".to_owned(), "[keys.out]\n".to_owned()];
            for (index, (keys, action, inner)) in entries.into_iter().enumerate() {
                let action = if action == 0 { "false".into() } else { format!("\"{index}\"") };
                let table = &mut tables[usize::from(inner)];
                if !table.contains(&format!("\"{keys}\" =")) {
                    writeln!(table, "\"{keys}\" = {action}").unwrap();
                }
            }
            Keymap::parse(&tables.concat(), "any").0
        })
    }

    proptest! {
        #[test]
        fn what_is_promised_can_be_pressed(default in any_map(), user in any_map()) {
            let bound: Vec<Binding> =
                ["in", "out"].iter().flat_map(|name| user.bindings(name).cloned()).collect();
            let keymap = default.overlay(user.clone());
            let stack = ["in", "out"];
            if let Resolution::Prefix(all) = keymap.resolve(&stack, &[]) {
                for next in all {
                    for len in 1..next.keys.len() {
                        let Resolution::Prefix(rest) = keymap.resolve(&stack, &next.keys[..len]) else {
                            return Err(TestCaseError::fail("the start of a binding is no prefix"));
                        };
                        prop_assert!(rest.iter().any(|own| own.keys == &next.keys[len..]));
                    }
                    prop_assert_eq!(keymap.resolve(&stack, next.keys), Action(next.action));
                    let keys = keymap.keys_for(next.action, &stack).unwrap();
                    prop_assert_eq!(keymap.resolve(&stack, keys), Action(next.action));
                }
            }
            // What the user's map says by itself is not changed by what lies under it.
            for binding in bound {
                for context in ["in", "out"] {
                    if let Action(action) = user.resolve(&[context], &binding.keys) {
                        prop_assert_eq!(keymap.resolve(&[context], &binding.keys), Action(action));
                    }
                }
            }
        }
    }
}
