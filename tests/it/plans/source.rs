//! The statements as they are written in the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// A statement in a source file; what is filled in stands in braces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// On one line, with single spaces.
    pub sql: String,
    /// Where it stands.
    pub file: String,
}

impl Written {
    /// Whether anything is filled in.
    pub fn has_gaps(&self) -> bool {
        self.sql.contains('{')
    }

    /// Whether this could have become `statement`.
    pub fn fits(&self, statement: &str) -> bool {
        let mut pieces = self
            .sql
            .split('{')
            .enumerate()
            .map(|(index, piece)| match index {
                0 => piece,
                _ => piece.split_once('}').map_or("", |(_, after)| after),
            });
        let Some(mut rest) = pieces
            .next()
            .and_then(|first| statement.strip_prefix(first))
        else {
            return false;
        };
        let mut last = "";
        for piece in pieces {
            let Some(at) = rest.find(piece.trim()) else {
                return false;
            };
            rest = &rest[at + piece.trim().len()..];
            last = piece;
        }
        if self.has_gaps() && last.is_empty() {
            return true;
        }
        rest.is_empty() || (!last.is_empty() && statement.ends_with(last.trim()))
    }

    /// With all columns, where only these are filled in.
    pub fn with_all_columns(&self) -> Option<String> {
        let (_, rest) = self.sql.strip_prefix("SELECT {")?.split_once('}')?;
        (!rest.contains('{')).then(|| format!("SELECT *{rest}"))
    }

    /// How many names of tables and columns it writes out: of two that fit, the one with more is meant.
    pub fn certainty(&self) -> usize {
        let mut within = false;
        let outside = self.sql.chars().filter(|sign| {
            within = (within || *sign == '{') && *sign != '}';
            !within && sign.is_lowercase()
        });
        outside.count()
    }
}

/// On one line, with single spaces.
pub fn even(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every statement of the program, but for its tests and the local Discord's (which has no database).
pub fn written() -> Vec<Written> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            let name = path.file_name().unwrap_or_default();
            if name == "sandbox" || name == "tests" || name == "tests.rs" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.extend(in_file(root, &path));
            }
        }
    }
    found.sort();
    found.dedup_by(|one, other| one.sql == other.sql);
    found
}

fn in_file(root: &Path, path: &PathBuf) -> Vec<Written> {
    let source = fs::read_to_string(path).expect("sources are readable");
    let source = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let file = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    let named = constants(source);
    let statements = literals(source).into_iter().map(|text| {
        let whole = named.iter().fold(text, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        });
        even(&whole)
    });
    let statements = statements.filter(|sql| is_statement(sql));
    statements
        .map(|sql| Written {
            sql,
            file: file.clone(),
        })
        .collect()
}

fn is_statement(text: &str) -> bool {
    let mut words = text.split(' ');
    let verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE"];
    // Schemas are carried out once; a fragment such as `INSERT INTO` is no statement.
    verbs.contains(&words.next().unwrap_or_default()) && words.count() >= 3
}

/// The texts that a file gives a name to, by that name.
fn constants(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in source.split("const ").skip(1) {
        let Some((name, rest)) = part.split_once(": &str =") else {
            continue;
        };
        if let Some(body) = rest.trim_start().strip_prefix('"') {
            found.push((name.to_owned(), literal(body).0));
        }
    }
    found
}

/// The string literals of a source file, outside comments.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(sign) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            let marks = rest[1..].chars().take_while(|sign| *sign == '#').count();
            let Some(body) = rest[1 + marks..].strip_prefix('"') else {
                rest = &rest[1..];
                continue;
            };
            let end = format!("\"{}", "#".repeat(marks));
            let (text, after) = body.split_once(&end).expect("a raw string ends");
            found.push(text.to_owned());
            rest = after;
        } else if sign == '"' {
            let (text, after) = literal(&rest[1..]);
            found.push(text);
            rest = after;
        } else {
            rest = &rest[sign.len_utf8()..];
        }
    }
    found
}

/// The text of a literal that has begun, and what follows it.
fn literal(body: &str) -> (String, &str) {
    let mut text = String::new();
    let mut rest = body;
    loop {
        let stop = rest.find(['"', '\\']).expect("a string ends");
        text.push_str(&rest[..stop]);
        if rest[stop..].starts_with('"') {
            return (text, &rest[stop + 1..]);
        }
        let escaped = rest[stop + 1..]
            .chars()
            .next()
            .expect("something is escaped");
        // A line that goes on is one with the next; all else that is escaped is no letter of SQL.
        if escaped == '\n' {
            rest = rest[stop + 2..].trim_start();
        } else {
            text.push(escaped);
            rest = &rest[stop + 1 + escaped.len_utf8()..];
        }
    }
}
