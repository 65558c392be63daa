//! Reads the file and the environment against the table of keys.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::keys::{KEY_SECTIONS, keys, nearest};
use super::value::Value;
use super::{Config, Environment, Loaded, Mistake, Mistakes, Place};
use crate::model::Text;
use crate::text;

/// Variables that begin with `GREFFIER_` but are no keys of the configuration.
const OTHER_VARIABLES: [&str; 4] = [
    "GREFFIER_LOG",
    "GREFFIER_TRY",
    "GREFFIER_TRY_SHIFT_MS",
    "GREFFIER_CONTRACT",
];

pub(super) fn load(
    file: Option<&Path>,
    folder: &Path,
    environment: &Environment,
) -> Result<Loaded, Mistakes> {
    let named = file.map(|file| folder.join(file));
    let file = named.clone().or_else(|| {
        let usual = folder.join("config.toml");
        usual.exists().then_some(usual)
    });
    let base = match file.as_deref().and_then(Path::parent) {
        Some(parent) => parent.to_owned(),
        None => folder.to_owned(),
    };
    let mut config = Config::defaults(Path::new(""));
    let mut mistakes = Vec::new();
    if let Some(file) = &file {
        match std::fs::read_to_string(file) {
            Ok(content) => read_file(&mut config, file, &content, &mut mistakes),
            Err(error) => mistakes.push(Mistake {
                place: Place::File(file.clone()),
                what: text!("config-unreadable", why = error.to_string()),
            }),
        }
    }
    let warnings = read_environment(&mut config, environment, &mut mistakes);
    resolve(&mut config, &base);
    if config.paths.data == config.paths.backups {
        mistakes.push(Mistake {
            place: file.clone().map_or(Place::Nowhere, Place::File),
            what: text!(
                "config-same-folder",
                folder = config.paths.data.display().to_string()
            ),
        });
    }
    config.file = file;
    if mistakes.is_empty() {
        Ok(Loaded { config, warnings })
    } else {
        Err(Mistakes(mistakes))
    }
}

fn resolve(config: &mut Config, base: &Path) {
    let base = std::path::absolute(base).unwrap_or_else(|_| base.to_owned());
    let place = |path: &mut PathBuf| *path = base.join(&*path).components().collect();
    place(&mut config.paths.data);
    place(&mut config.paths.backups);
    if let Some(file) = &mut config.discord.token_file {
        place(file);
    }
}

fn read_file(config: &mut Config, file: &Path, content: &str, mistakes: &mut Vec<Mistake>) {
    let line_of = |offset: usize| content[..offset.min(content.len())].matches('\n').count() + 1;
    let mut found: Vec<(usize, Text)> = Vec::new();
    let (table, errors) = DeTable::parse_recoverable(content);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        found.push((at, text!("config-not-toml", why = error.message())));
    }
    // A broken line leaves odd values behind, about which nothing useful can be said.
    if found.is_empty() {
        read_table(config, "", table.get_ref(), &mut found);
    }
    found.sort_by_key(|(at, _)| *at);
    mistakes.extend(found.into_iter().map(|(at, what)| Mistake {
        place: Place::Line(file.to_owned(), line_of(at)),
        what,
    }));
}

fn read_table(
    config: &mut Config,
    section: &str,
    table: &DeTable<'_>,
    found: &mut Vec<(usize, Text)>,
) {
    for (name, value) in table {
        let full = if section.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{section}.{}", name.get_ref())
        };
        if let Some(key) = keys().iter().find(|key| key.name == full) {
            if let Err(why) = (key.set)(config, &Value::Toml(value.get_ref())) {
                found.push((value.span().start, wrong_value(&full, why)));
            }
        } else if KEY_SECTIONS.contains(&full.as_str()) {
            match value.get_ref() {
                DeValue::Table(inner) => read_table(config, &full, inner, found),
                _ => found.push((name.span().start, text!("config-wants-section", key = full))),
            }
        } else {
            found.push((name.span().start, unknown_key(&full)));
        }
    }
}

fn wrong_value(key: &str, why: Text) -> Text {
    text!("config-wrong-value", key = key, why = why)
}

fn unknown_key(name: &str) -> Text {
    let candidates = keys()
        .iter()
        .map(|key| key.name)
        .chain(KEY_SECTIONS.iter().copied());
    match nearest(name, candidates) {
        Some(nearest) => text!("config-unknown-key-near", key = name, nearest = nearest),
        None => text!("config-unknown-key", key = name),
    }
}

/// Returns the warnings: a variable that looks like ours but is not.
fn read_environment(
    config: &mut Config,
    environment: &Environment,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Text> {
    let mut warnings = Vec::new();
    for (name, value) in environment {
        if !name.starts_with("GREFFIER_") || OTHER_VARIABLES.contains(&name.as_str()) {
            continue;
        }
        match keys().iter().find(|key| key.variable() == *name) {
            Some(key) => {
                if let Err(why) = (key.set)(config, &Value::Variable(value)) {
                    mistakes.push(Mistake {
                        place: Place::Variable(name.clone()),
                        what: wrong_value(key.name, why),
                    });
                }
            }
            None => warnings.push(unknown_variable(name)),
        }
    }
    warnings
}

fn unknown_variable(name: &str) -> Text {
    let variables: Vec<String> = keys().iter().map(super::Key::variable).collect();
    match nearest(name, variables.iter().map(String::as_str)) {
        Some(nearest) => text!(
            "config-unknown-variable-near",
            variable = name,
            nearest = nearest
        ),
        None => text!("config-unknown-variable", variable = name),
    }
}
