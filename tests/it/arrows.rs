//! Who may import whom. The floors stand on each other and look only downwards, so that each can be read,
//! tested and replaced without those above it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each floor with those it may import. A floor that is not here may not exist.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Plain values.
    ("model", &[]),
    // The local Discord knows nothing of ours, so that it can't be bent to fit the bot.
    ("sandbox", &[]),
    ("i18n", &["model"]),
    ("config", &["model", "i18n"]),
    ("logging", &["model", "i18n", "config"]),
    ("control", &["model"]),
    // The records, and what is done with them.
    ("store", &["model"]),
    ("vault", &["model", "store"]),
    ("operate", &["model", "control", "store", "vault"]),
    ("schedule", &["model", "store", "vault"]),
    // The bot.
    (
        "discord",
        &["model", "i18n", "config", "store", "vault", "schedule"],
    ),
    (
        "cogs",
        &["model", "i18n", "store", "vault", "schedule", "discord"],
    ),
    (
        "bot",
        &[
            "model", "i18n", "store", "vault", "schedule", "discord", "cogs",
        ],
    ),
    // The only place that knows everyone; the local Discord is for those who try.
    (
        "app",
        &[
            "model", "i18n", "config", "logging", "control", "store", "vault", "operate",
            "schedule", "discord", "cogs", "bot",
        ],
    ),
    (
        "try_out",
        &["model", "i18n", "config", "control", "sandbox"],
    ),
    (
        "cli",
        &[
            "model", "i18n", "config", "logging", "control", "store", "vault", "operate",
            "schedule", "discord", "cogs", "bot", "app", "try_out", "sandbox",
        ],
    ),
    ("main", &["cli"]),
    // The list of the floors.
    ("lib", &[]),
];

/// Exported macros are found at the root, whichever floor they come from.
const MACROS: &[&str] = &["text", "saved_row"];

#[test]
fn every_floor_imports_only_what_stands_below_it() {
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        let floor = floor(&path);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == floor) else {
            wrong.push(format!(
                "{}: the floor `{floor}` is not in the table MAY_IMPORT; say there what it may import",
                path.display()
            ));
            continue;
        };
        for imported in imports(&source) {
            let top = imported.split("::").next().unwrap_or_default();
            if top != floor && !allowed.contains(&top) && !MACROS.contains(&top) {
                wrong.push(format!(
                    "{}: `{floor}` imports `crate::{imported}`, but may only look at {allowed:?}. Move what you need \
                     down to where both see it, or have the caller hand it in",
                    path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_arrows_has_no_circle() {
    for (at, (floor, allowed)) in MAY_IMPORT.iter().enumerate() {
        for below in *allowed {
            assert!(
                MAY_IMPORT[..at].iter().any(|(name, _)| name == below),
                "`{floor}` may import `{below}`, which does not stand above it in the table"
            );
        }
    }
}

#[test]
fn rules_and_registers_know_no_discord() {
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        let is_rule = ["rules", "register"].iter().any(|name| {
            path.iter()
                .any(|part| part == *name || part == format!("{name}.rs").as_str())
        });
        if is_rule && floor(&path) == "cogs" {
            for library in ["serenity", "poise"] {
                if words(&source).any(|word| word == library) {
                    wrong.push(format!(
                        "{}: names `{library}`. Rules decide on plain values; Discord is for commands.rs and listeners.rs",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_cog_reaches_another_only_through_its_rules() {
    let mut wrong = Vec::new();
    for (path, source) in sources() {
        let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
        let ["src", "cogs", cog, _, ..] = parts[..] else {
            continue;
        };
        for imported in imports(&source) {
            let words: Vec<&str> = imported.split("::").collect();
            if let ["cogs", other, inside @ ..] = &words[..]
                && *other != cog
                && inside
                    .first()
                    .is_some_and(|first| ["register", "commands", "listeners"].contains(first))
            {
                wrong.push(format!(
                    "{}: `{cog}` imports `crate::{imported}`; what {other} lets others do stands in its rules",
                    path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_needs_a_table_of_contents() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, _)| {
            let whole = fs::read_to_string(root().join(&path)).expect("readable");
            (path, whole.lines().count())
        })
        .filter(|(_, lines)| *lines > 450)
        .map(|(path, lines)| format!("{}: {lines} lines; it is two files", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| {
            let whole = fs::read_to_string(root().join(path)).expect("readable");
            !whole.trim_start().starts_with("//!")
        })
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(
        silent.is_empty(),
        "these do not open with `//!`: {silent:?}"
    );
}

#[test]
fn imports_are_found_however_they_are_written() {
    let source = "use crate::{model::Text, store::{Store, Tx}};\nfn f() { crate::vault::save(crate :: bot::x); }\n\
                  // crate::comment::x\nuse crate::cogs::warnings::rules;\nlet _ = \"crate::literal\";";
    let found: Vec<String> = imports(source).into_iter().collect();
    assert_eq!(
        found,
        [
            "bot::x",
            "cogs::warnings::rules",
            "model::Text",
            "store",
            "vault::save"
        ]
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Each source file of the program by its path from the root, without comments and literals.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).expect("sources are readable");
                let path = path.strip_prefix(root()).expect("below the root");
                found.push((path.to_owned(), code(&source)));
            }
        }
    }
    found.sort();
    found
}

/// The first word below `src`: the folder, or the file's name.
fn floor(path: &Path) -> String {
    let first = path.iter().nth(1).and_then(|part| part.to_str());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The lines without their comments and what stands in quotes.
fn code(source: &str) -> String {
    source
        .lines()
        .map(|line| {
            let line = line.split("//").next().unwrap_or_default();
            line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Paths from `crate::`, as far as they are plain words; a group in braces counts with the word before it.
fn imports(source: &str) -> BTreeSet<String> {
    let source = code(source).replace(" :: ", "::");
    let mut found = BTreeSet::new();
    for (at, _) in source.match_indices("crate::") {
        let is_whole_word = !source[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if !is_whole_word {
            continue;
        }
        let rest = &source[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group).into_iter().map(|path| path_of(&path))),
            None => {
                found.insert(path_of(rest));
            }
        }
    }
    found.remove("");
    found
}

/// The members of a group, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut all = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                all.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

fn path_of(text: &str) -> String {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(':').to_owned()
}

fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}
