//! A message as readable lines: mentions by name, embeds indented, buttons in brackets.

use serde_json::Value;

use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::message::{Message, flag};

/// The whole message.
pub(crate) fn of(world: &World, message: &Message) -> String {
    let mut lines = Vec::new();
    if message.flags & flag::LOADING != 0 {
        lines.push("is thinking…".to_owned());
    }
    if !message.content.is_empty() {
        lines.push(mentions_by_name(world, &message.content));
    }
    for embed in &message.embeds {
        embed_lines(world, embed, &mut lines);
    }
    for component in &message.components {
        component_lines(component, &mut lines);
    }
    for attachment in &message.attachments {
        let name = attachment["filename"].as_str().unwrap_or("file");
        lines.push(format!("[file {name}, {} bytes]", attachment["size"]));
    }
    lines.join("\n")
}

fn embed_lines(world: &World, embed: &Value, lines: &mut Vec<String>) {
    let mut add = |text: &str| {
        let named = mentions_by_name(world, text);
        lines.extend(named.lines().map(|line| format!("| {line}")));
    };
    let text = |pointer: &str| embed.pointer(pointer).and_then(Value::as_str);
    if let Some(author) = text("/author/name") {
        add(author);
    }
    if let Some(title) = text("/title") {
        add(&format!("**{title}**"));
    }
    if let Some(description) = text("/description") {
        add(description);
    }
    for field in embed["fields"].as_array().into_iter().flatten() {
        let [name, value] = ["name", "value"].map(|key| field[key].as_str().unwrap_or_default());
        if value.contains('\n') {
            add(&format!("{name}:"));
            add(value);
        } else {
            add(&format!("{name}: {value}"));
        }
    }
    if let Some(image) = text("/image/url") {
        add(&format!("[image {image}]"));
    }
    if let Some(footer) = text("/footer/text") {
        add(&format!("_{footer}_"));
    }
}

fn component_lines(component: &Value, lines: &mut Vec<String>) {
    if let Some(content) = component["content"].as_str() {
        lines.push(content.to_owned());
    }
    let children = component["components"].as_array().into_iter().flatten();
    let shown: Vec<String> = children.clone().filter_map(control).collect();
    if !shown.is_empty() {
        lines.push(shown.join(" "));
    }
    for nested in children.filter(|child| control(child).is_none()) {
        component_lines(nested, lines);
    }
}

/// A button or a menu; None for anything else.
fn control(component: &Value) -> Option<String> {
    let off = if component["disabled"] == true {
        " (off)"
    } else {
        ""
    };
    match component["type"].as_u64()? {
        2 => {
            let label = component["label"]
                .as_str()
                .or_else(|| component["emoji"]["name"].as_str())
                .unwrap_or("?");
            let link = component["url"]
                .as_str()
                .map_or_else(String::new, |url| format!(" → {url}"));
            Some(format!("[{label}{link}{off}]"))
        }
        kind @ (3 | 5..=8) => {
            let placeholder = component["placeholder"].as_str().unwrap_or("choose");
            let what = match kind {
                5 => "a member".to_owned(),
                6 => "a role".to_owned(),
                7 => "a member or role".to_owned(),
                8 => "a channel".to_owned(),
                _ => {
                    let options = component["options"].as_array().into_iter().flatten();
                    options
                        .filter_map(|option| option["label"].as_str())
                        .collect::<Vec<_>>()
                        .join(" | ")
                }
            };
            Some(format!("[{placeholder} ▾ {what}{off}]"))
        }
        _ => None,
    }
}

/// `<@1>` becomes `@sam`, `<#1>` `#general`, `<@&1>` `@Moderator`.
pub(crate) fn mentions_by_name(world: &World, text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        shown.push_str(&rest[..start]);
        let tail = &rest[start..];
        match tail
            .find('>')
            .and_then(|end| Some((end, name_of(world, &tail[1..end])?)))
        {
            Some((end, name)) => {
                shown.push_str(&name);
                rest = &tail[end + 1..];
            }
            None => {
                shown.push('<');
                rest = &tail[1..];
            }
        }
    }
    shown.push_str(rest);
    shown
}

fn name_of(world: &World, mention: &str) -> Option<String> {
    if let Some(role) = mention.strip_prefix("@&") {
        let id: Id = role.parse().ok()?;
        let role = world
            .guilds
            .values()
            .find_map(|guild| guild.roles.get(&id))?;
        return Some(format!("@{}", role.name.trim_start_matches('@')));
    }
    if let Some(user) = mention
        .strip_prefix("@!")
        .or_else(|| mention.strip_prefix('@'))
    {
        let id: Id = user.parse().ok()?;
        return world
            .users
            .contains_key(&id)
            .then(|| format!("@{}", world.shown_name(id)));
    }
    let id: Id = mention.strip_prefix('#')?.parse().ok()?;
    world
        .channels
        .get(&id)
        .map(|channel| format!("#{}", channel.name))
}
