//! A message as readable lines: mentions by name, embeds indented, buttons in brackets.

use serde::Serialize;
use serde_json::Value;

use crate::sandbox::id::Id;
use crate::sandbox::state::World;
use crate::sandbox::state::message::{Message, flag};

/// A part of a message as clients show it; what a client says in its reader's language is a value.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A line that somebody wrote.
    Line(String),
    /// A field of an embed.
    Field { name: String, value: String },
    /// A deferred answer.
    Thinking,
    /// Buttons and menus side by side.
    Controls(Vec<Control>),
    /// A file.
    File { name: String, bytes: u64 },
}

/// A button or a menu.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Control {
    /// A button's label, a menu's placeholder.
    pub label: Option<String>,
    /// Where a button leads that is a link.
    pub link: Option<String>,
    /// What a menu offers.
    pub offers: Option<Offer>,
    pub is_off: bool,
}

/// What a menu offers.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// Options by label.
    Options(Vec<String>),
    Member,
    Role,
    MemberOrRole,
    Channel,
}

/// The whole message.
pub(crate) fn parts(world: &World, message: &Message) -> Vec<Part> {
    let mut parts = Vec::new();
    if message.flags & flag::LOADING != 0 {
        parts.push(Part::Thinking);
    }
    if !message.content.is_empty() {
        parts.push(Part::Line(mentions_by_name(world, &message.content)));
    }
    for embed in &message.embeds {
        embed_parts(world, embed, &mut parts);
    }
    for component in &message.components {
        component_parts(component, &mut parts);
    }
    for attachment in &message.attachments {
        let name = attachment["filename"].as_str().unwrap_or("file");
        parts.push(Part::File {
            name: name.to_owned(),
            bytes: attachment["size"].as_u64().unwrap_or_default(),
        });
    }
    parts
}

/// Parts as lines of English.
pub(crate) fn in_english(parts: &[Part]) -> String {
    let lines = parts.iter().map(|part| match part {
        Part::Line(line) => line.clone(),
        Part::Field { name, value } => field(&format!("{name}:"), value),
        Part::Thinking => "is thinking…".to_owned(),
        Part::File { name, bytes } => format!("[file {name}, {bytes} bytes]"),
        Part::Controls(controls) => {
            let controls: Vec<String> = controls.iter().map(control_in_english).collect();
            controls.join(" ")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn control_in_english(control: &Control) -> String {
    let off = if control.is_off { " (off)" } else { "" };
    let link = control.link.as_ref();
    let link = link.map_or_else(String::new, |url| format!(" → {url}"));
    let label = control.label.as_deref();
    match &control.offers {
        None => format!("[{}{link}{off}]", label.unwrap_or("?")),
        Some(offer) => {
            let what = match offer {
                Offer::Options(labels) => labels.join(" | "),
                Offer::Member => "a member".to_owned(),
                Offer::Role => "a role".to_owned(),
                Offer::MemberOrRole => "a member or role".to_owned(),
                Offer::Channel => "a channel".to_owned(),
            };
            format!("[{} ▾ {what}{off}]", label.unwrap_or("choose"))
        }
    }
}

/// A field's name, with its colon, and what it says: beside it, or below where that is several lines.
pub fn field(name: &str, value: &str) -> String {
    match value.contains('\n') {
        true => format!("{}\n{}", within(name), within(value)),
        false => within(&format!("{name} {value}")),
    }
}

/// The lines of an embed.
fn within(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("| {line}")).collect();
    lines.join("\n")
}

fn embed_parts(world: &World, embed: &Value, parts: &mut Vec<Part>) {
    let mut add = |text: &str| {
        let named = mentions_by_name(world, text);
        if !named.is_empty() {
            parts.push(Part::Line(within(&named)));
        }
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
    let fields = embed["fields"].as_array().into_iter().flatten();
    parts.extend(fields.map(|field| {
        let text = |key: &str| mentions_by_name(world, field[key].as_str().unwrap_or_default());
        Part::Field {
            name: text("name"),
            value: text("value"),
        }
    }));
    let mut add = |text: &str| {
        parts.push(Part::Line(within(&mentions_by_name(world, text))));
    };
    if let Some(image) = text("/image/url") {
        add(&format!("[image {image}]"));
    }
    if let Some(footer) = text("/footer/text") {
        add(&format!("_{footer}_"));
    }
}

fn component_parts(component: &Value, parts: &mut Vec<Part>) {
    if let Some(content) = component["content"].as_str() {
        parts.push(Part::Line(content.to_owned()));
    }
    let children = component["components"].as_array().into_iter().flatten();
    let shown: Vec<Control> = children.clone().filter_map(control).collect();
    if !shown.is_empty() {
        parts.push(Part::Controls(shown));
    }
    for nested in children.filter(|child| control(child).is_none()) {
        component_parts(nested, parts);
    }
}

/// A button or a menu; None for anything else.
fn control(component: &Value) -> Option<Control> {
    let text = |pointer: &str| component.pointer(pointer).and_then(Value::as_str);
    let offers = match component["type"].as_u64()? {
        2 => None,
        3 => {
            let options = component["options"].as_array().into_iter().flatten();
            let labels = options.filter_map(|option| option["label"].as_str());
            Some(Offer::Options(labels.map(str::to_owned).collect()))
        }
        5 => Some(Offer::Member),
        6 => Some(Offer::Role),
        7 => Some(Offer::MemberOrRole),
        8 => Some(Offer::Channel),
        _ => return None,
    };
    let label = match offers {
        None => text("/label").or_else(|| text("/emoji/name")),
        Some(_) => text("/placeholder"),
    };
    Some(Control {
        label: label.map(str::to_owned),
        link: text("/url").map(str::to_owned),
        offers,
        is_off: component["disabled"] == true,
    })
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
