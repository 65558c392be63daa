//! Both languages say the same things, and every text is one that somebody asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use greffier::i18n::{FILES, Texts};
use greffier::model::{Arg, Locale, Text};

#[test]
fn both_languages_have_the_same_texts_with_the_same_values() {
    let french = catalogue("fr");
    let english = catalogue("en");
    let mut differences = Vec::new();
    for key in french.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        match (french.get(key), english.get(key)) {
            (Some(fr), Some(en)) if fr.file != en.file => {
                differences.push(format!("{key}: in {} but in {}", fr.file, en.file));
            }
            (Some(fr), Some(en)) if fr.values != en.values => {
                differences.push(format!("{key}: takes {:?} but {:?}", fr.values, en.values));
            }
            (Some(_), Some(_)) => {}
            (Some(_), None) => differences.push(format!("{key}: missing in English")),
            (None, _) => differences.push(format!("{key}: missing in French")),
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_file_of_texts_is_readable() {
    for (language, file, content) in FILES {
        if let Err((_, errors)) = FluentResource::try_new((*content).to_owned()) {
            panic!("locales/{language}/{file}: {errors:?}");
        }
    }
}

#[test]
fn no_text_is_defined_twice() {
    for language in ["fr", "en"] {
        let mut seen = BTreeMap::new();
        for (_, file, content) in FILES.iter().filter(|(of, ..)| *of == language) {
            for key in resource(content)
                .entries()
                .filter_map(|entry| match entry {
                    Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                })
                .collect::<Vec<_>>()
            {
                if let Some(other) = seen.insert(key.clone(), file) {
                    panic!("{language}: {key} stands in {other} and in {file}");
                }
            }
        }
    }
}

#[test]
fn french_is_set_as_french_is_printed() {
    let mut faults = Vec::new();
    for (key, text) in catalogue("fr") {
        let prose: String = text.words.split('`').step_by(2).collect();
        for mark in [" :", " ;", " !", " ?", " »", "« "] {
            if prose.contains(mark) {
                faults.push(format!("{key}: a plain space in `{mark}`: {prose}"));
            }
        }
        if prose.contains('\'') {
            faults.push(format!("{key}: ' instead of ’: {prose}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_text_that_the_code_asks_for_exists() {
    let known = catalogue("fr");
    let mut missing = Vec::new();
    for (file, source) in sources() {
        // The local Discord imports nothing of ours, and says what it says in plain English.
        if file.components().any(|part| part.as_os_str() == "sandbox") {
            continue;
        }
        for (opening, prefix) in [
            ("text!(\"", ""),
            ("Text::new(\"", ""),
            ("event = \"", "log-"),
        ] {
            for found in source.split(opening).skip(1) {
                let literal = found.split('"').next().unwrap_or_default();
                let key = match prefix {
                    "" => literal.to_owned(),
                    _ => format!("{prefix}{}", literal.replace('_', "-")),
                };
                if !known.contains_key(&key) && key != "log-library" {
                    missing.push(format!("{}: {key}", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no such text:\n{}", missing.join("\n"));
}

#[test]
fn no_text_is_there_for_nobody() {
    let sources = sources();
    let literals: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, source)| source.split('"'))
        .collect();
    let unused: Vec<String> = catalogue("fr")
        .into_keys()
        .filter(|key| !is_asked_for(key, &literals))
        .collect();
    assert!(unused.is_empty(), "nobody asks for:\n{}", unused.join("\n"));
}

/// A key is asked for by its name, by its event's name, or by a name put together (`"cli-{command}-about"`).
fn is_asked_for(key: &str, literals: &BTreeSet<&str>) -> bool {
    let message = key.split('.').next().unwrap_or(key);
    if literals.contains(key) || literals.contains(message) {
        return true;
    }
    if let Some(event) = key.strip_prefix("log-")
        && literals.contains(event.replace('-', "_").as_str())
    {
        return true;
    }
    literals.iter().any(|literal| {
        let (Some((head, rest)), Some((_, tail))) =
            (literal.split_once('{'), literal.rsplit_once('}'))
        else {
            return false;
        };
        let _ = rest;
        head.len() >= 4
            && head != "log-"
            && head.ends_with('-')
            && key.len() > head.len() + tail.len()
            && key.starts_with(head)
            && key.ends_with(tail)
    })
}

#[test]
fn a_text_within_a_text_is_in_the_same_language() {
    let texts = Texts::embedded();
    let inner = Text::new("log-text-missing")
        .with("key", "a")
        .with("locale", "en");
    let outer = Text {
        key: "log-text-missing".into(),
        args: vec![
            ("key".into(), Arg::Nested(inner)),
            ("locale".into(), Arg::Text("fr".into())),
        ],
    };
    insta::assert_snapshot!(texts.text(Locale::En, &outer), @"The text “The text “a” does not exist in English: this is a defect of the program” does not exist in French: this is a defect of the program");
}

#[test]
fn a_key_that_exists_nowhere_is_shown_as_it_is() {
    assert_eq!(
        Texts::embedded().text(Locale::Fr, &Text::keyed("no-such-key".to_owned())),
        "no-such-key"
    );
}

struct Sentence {
    file: String,
    values: BTreeSet<String>,
    words: String,
}

/// All texts of a language by key; an attribute is `message.attribute`.
fn catalogue(language: &str) -> BTreeMap<String, Sentence> {
    let mut all = BTreeMap::new();
    for (_, file, content) in FILES.iter().filter(|(of, ..)| *of == language) {
        for entry in resource(content).entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let patterns = message
                .value
                .iter()
                .map(|pattern| (message.id.name.to_owned(), pattern))
                .chain(message.attributes.iter().map(|attribute| {
                    let key = format!("{}.{}", message.id.name, attribute.id.name);
                    (key, &attribute.value)
                }));
            for (key, pattern) in patterns {
                let mut sentence = Sentence {
                    file: (*file).to_owned(),
                    values: BTreeSet::new(),
                    words: String::new(),
                };
                read_pattern(pattern, &mut sentence);
                all.insert(key, sentence);
            }
        }
    }
    all
}

fn resource(content: &str) -> FluentResource {
    match FluentResource::try_new(content.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    }
}

fn read_pattern(pattern: &Pattern<&str>, sentence: &mut Sentence) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => sentence.words.push_str(value),
            PatternElement::Placeable { expression } => read_expression(expression, sentence),
        }
    }
}

fn read_expression(expression: &Expression<&str>, sentence: &mut Sentence) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, sentence),
        Expression::Select { selector, variants } => {
            read_inline(selector, sentence);
            for variant in variants {
                read_pattern(&variant.value, sentence);
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, sentence: &mut Sentence) {
    match inline {
        InlineExpression::VariableReference { id } => {
            sentence.values.insert(id.name.to_owned());
            sentence.words.push('x');
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                read_inline(argument, sentence);
            }
        }
        InlineExpression::Placeable { expression } => read_expression(expression, sentence),
        _ => {}
    }
}

/// The program's own source files, with their content but for comment lines.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path)
                    .expect("sources are readable")
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect::<Vec<_>>()
                    .join("\n");
                found.push((path, source));
            }
        }
    }
    found
}
