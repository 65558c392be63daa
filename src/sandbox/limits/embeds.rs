//! Embeds: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>.

use serde_json::{Value, json};

use super::text;
use crate::sandbox::clock::{iso, parse_iso};
use crate::sandbox::error::Problems;

/// Embeds of one message.
const EMBEDS_MAX: usize = 10;
/// Characters across all embeds of a message.
const TOTAL_MAX: usize = 6_000;
const FIELDS_MAX: usize = 25;

/// Checks embeds and answers them as Discord shows them.
pub(crate) fn embeds(list: Option<&Vec<Value>>, problems: &mut Problems) -> Vec<Value> {
    let list = list.map_or(&[][..], Vec::as_slice);
    if list.len() > EMBEDS_MAX {
        problems.too_long("embeds", EMBEDS_MAX);
    }
    let mut total = 0;
    let shown = list.iter().enumerate().map(|(index, embed)| {
        let (shown, length) = one(embed, &format!("embeds.{index}"), problems);
        total += length;
        shown
    });
    let shown = shown.collect();
    if total > TOTAL_MAX {
        let message = format!("Embed size exceeds maximum size of {TOTAL_MAX}");
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
    shown
}

fn one(embed: &Value, path: &str, problems: &mut Problems) -> (Value, usize) {
    let mut shown = json!({"type": "rich"});
    let mut length = 0;
    for (key, most) in [("title", 256), ("description", 4_096)] {
        if let Some(found) = text(&embed[key], &format!("{path}.{key}"), 0, most, problems)
            .filter(|text| !text.is_empty())
        {
            length += found.chars().count();
            shown[key] = json!(found);
        }
    }
    for (key, inner, most) in [("footer", "text", 2_048), ("author", "name", 256)] {
        if embed[key].is_object() {
            let found = text(
                &embed[key][inner],
                &format!("{path}.{key}.{inner}"),
                1,
                most,
                problems,
            );
            length += found.map_or(0, |text| text.chars().count());
            shown[key] = embed[key].clone();
        }
    }
    if let Some(fields) = embed["fields"].as_array() {
        length += self::fields(fields, &format!("{path}.fields"), problems);
        let in_line = |field: &Value| json!({"name": field["name"], "value": field["value"], "inline": field["inline"] == true});
        shown["fields"] = fields.iter().map(in_line).collect();
    }
    color_and_time(embed, &mut shown, path, problems);
    links(embed, &mut shown, path, problems);
    let has_content = [
        "title",
        "description",
        "fields",
        "footer",
        "author",
        "image",
        "thumbnail",
    ]
    .iter()
    .any(|key| {
        shown[key]
            .as_array()
            .map_or(!shown[key].is_null(), |list| !list.is_empty())
    });
    if !has_content {
        problems.required(&format!("{path}.description"));
    }
    (shown, length)
}

fn color_and_time(embed: &Value, shown: &mut Value, path: &str, problems: &mut Problems) {
    if let Some(color) = embed["color"].as_i64() {
        if !(0..=0xFF_FFFF).contains(&color) {
            problems.add(
                &format!("{path}.color"),
                "NUMBER_TYPE_MAX",
                "int value should be less than or equal to 16777215.",
            );
        }
        shown["color"] = json!(color);
    }
    if let Some(time) = embed["timestamp"].as_str() {
        match parse_iso(time) {
            Some(ms) => shown["timestamp"] = json!(iso(ms)),
            None => {
                let message = format!("Could not parse {time}. Should be ISO8601.");
                problems.add(
                    &format!("{path}.timestamp"),
                    "DATE_TIME_TYPE_PARSE",
                    message,
                );
            }
        }
    }
}

fn fields(fields: &[Value], path: &str, problems: &mut Problems) -> usize {
    if fields.len() > FIELDS_MAX {
        problems.too_long(path, FIELDS_MAX);
    }
    let mut length = 0;
    for (index, field) in fields.iter().enumerate() {
        for (key, most) in [("name", 256), ("value", 1_024)] {
            let found = text(
                &field[key],
                &format!("{path}.{index}.{key}"),
                1,
                most,
                problems,
            );
            length += found.map_or(0, |text| text.chars().count());
        }
    }
    length
}

fn links(embed: &Value, shown: &mut Value, path: &str, problems: &mut Problems) {
    let mut check = |value: &Value, path: String| {
        let Some(url) = value.as_str() else { return };
        let known = ["http://", "https://", "attachment://"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        if !known {
            let message = format!(
                "Scheme \"{}\" is not supported.",
                url.split(':').next().unwrap_or_default()
            );
            problems.add(&path, "URL_TYPE_INVALID_SCHEME", message);
        }
    };
    if !embed["url"].is_null() {
        check(&embed["url"], format!("{path}.url"));
        shown["url"] = embed["url"].clone();
    }
    for key in ["image", "thumbnail"] {
        if embed[key]["url"].is_string() {
            check(&embed[key]["url"], format!("{path}.{key}.url"));
            let url = &embed[key]["url"];
            shown[key] = json!({"url": url, "proxy_url": url, "width": 0, "height": 0});
        }
    }
}
