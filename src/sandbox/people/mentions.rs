//! What people type becomes what their client sends: `@sam` a mention, `#general` a channel link.

use crate::sandbox::state::World;

/// Replaces `@name`, `@&role` and `#channel` where such a member, role or channel exists.
pub(crate) fn typed(world: &World, text: &str) -> String {
    let mut sent = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['@', '#']) {
        let starts_word = rest[..start]
            .chars()
            .next_back()
            .or_else(|| sent.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric() && c != '<');
        sent.push_str(&rest[..start]);
        let tail = &rest[start..];
        match starts_word.then(|| mention(world, tail)).flatten() {
            Some((length, mention)) => {
                sent.push_str(&mention);
                rest = &tail[length..];
            }
            None => {
                sent.push_str(&tail[..1]);
                rest = &tail[1..];
            }
        }
    }
    sent.push_str(rest);
    sent
}

/// The mention at the beginning of a text, and how much of the text it takes.
fn mention(world: &World, tail: &str) -> Option<(usize, String)> {
    let sign = &tail[..1];
    let body = &tail[1..];
    let body = body.strip_prefix('&').unwrap_or(body);
    let skipped = tail.len() - body.len();
    let word: usize = body
        .chars()
        .take_while(|c| c.is_alphanumeric() || "_-.".contains(*c))
        .map(char::len_utf8)
        .sum();
    // A full stop after a name is the sentence's, not the name's.
    let name = body[..word].trim_end_matches('.');
    if name.is_empty() || name.eq_ignore_ascii_case("everyone") {
        return None;
    }
    let mention = if sign == "#" {
        let channel = world.channels.values().find(|channel| {
            channel.guild == Some(world.home) && channel.name.eq_ignore_ascii_case(name)
        })?;
        format!("<#{}>", channel.id)
    } else if let Some(user) = world.user_named(name).filter(|_| skipped == 1) {
        format!("<@{}>", user.id)
    } else {
        format!("<@&{}>", world.home().role_named(name)?.id)
    };
    Some((skipped + name.len(), mention))
}
