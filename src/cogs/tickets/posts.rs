//! What tickets say: the first post of each, what staff do, how it ends.

use super::category::Category;
use super::hall::Hall;
use crate::cogs::conversations::{Cause, Conversation, Copied, Format, Reader};
use crate::cogs::settings::GuildSettings;
use crate::model::{
    Button, ButtonStyle, ChannelId, Post, PostedFile, Text, Timestamp, UserId, Whom,
};
use crate::text;

/// An embed's field holds 1024 characters (Discord's limit).
const LONGEST_FIELD: usize = 1024;
/// How long words of an opening may be: an embed's description holds 4096 characters (Discord's limit).
pub const LONGEST_OPENING: usize = 2000;

fn button(id: String, key: &'static str, style: ButtonStyle) -> Button {
    Button {
        id,
        label: Text::new(key),
        style,
    }
}

fn field(name: Text, value: impl Into<String>) -> (Text, Text) {
    let value: String = value.into();
    // Discord refuses an empty field.
    let value = match value.trim().is_empty() {
        true => "—".to_owned(),
        false => value.chars().take(LONGEST_FIELD).collect(),
    };
    (name, Text::verbatim(value))
}

/// The first post of a ticket: it calls who asked and the staff.
pub fn opening(
    hall: &Hall,
    settings: &GuildSettings,
    category: &Category,
    conversation: &Conversation,
    away_until: Option<Timestamp>,
) -> Post {
    let number = conversation.number;
    let title = text!(
        "tickets-title",
        number = number,
        subject = conversation.subject.as_str()
    );
    let words = match &category.opening {
        Some(words) => Text::verbatim(filled(words, hall, category, conversation)),
        None => Text::new("tickets-opening"),
    };
    let mut post = Post::new(hall.language(settings), title).saying(words);
    let answers = conversation.answered().into_iter();
    post =
        post.listing(answers.map(|answer| field(Text::verbatim(answer.question), answer.answer)));
    if let Some(until) = away_until {
        post = post.listing([field(Text::new("tickets-field-away"), until.markup('f'))]);
    }
    let staff = hall.staff(category, settings).into_iter().map(Whom::Role);
    post.calling([Whom::Member(conversation.user)])
        .calling(staff)
        .offering(button(
            format!("tickets:close:{number}"),
            "tickets-button-close",
            ButtonStyle::Danger,
        ))
        .offering(button(
            format!("tickets:claim:{number}"),
            "tickets-button-claim",
            ButtonStyle::Secondary,
        ))
}

/// Words of administrators with what they leave open filled in: `{user}`, `{agent}`, `{number}`, `{subject}`, `{category}`,
/// `{guild}`.
pub fn filled(
    words: &str,
    hall: &Hall,
    category: &Category,
    conversation: &Conversation,
) -> String {
    let agent = conversation
        .agent
        .map_or_else(|| "—".to_owned(), UserId::mention);
    // One pass: what is filled in is never read again as something to fill in.
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(start) = rest.find('{') {
        filled += &rest[..start];
        rest = &rest[start..];
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        match &rest[..end] {
            "{user}" => filled += &conversation.user.mention(),
            "{agent}" => filled += &agent,
            "{number}" => filled += &conversation.number.to_string(),
            "{subject}" => filled += &conversation.subject,
            "{category}" => filled += &category.name,
            "{guild}" => filled += &hall.guild_name,
            other => filled += other,
        }
        rest = &rest[end..];
    }
    filled + rest
}

/// One sentence in a ticket.
pub fn notice(hall: &Hall, settings: &GuildSettings, words: Text) -> Post {
    Post::new(hall.language(settings), words)
}

/// The question whether it is settled, for who asked.
pub fn close_request(
    hall: &Hall,
    settings: &GuildSettings,
    conversation: &Conversation,
    agent: UserId,
    reason: &str,
) -> Post {
    let number = conversation.number;
    let mut post = Post::new(hall.language(settings), Text::new("tickets-request-title"))
        .saying(text!("tickets-request", agent = agent.mention()));
    if !reason.is_empty() {
        post = post.listing([field(Text::new("tickets-field-reason"), reason)]);
    }
    post.calling([Whom::Member(conversation.user)])
        .offering(button(
            format!("tickets:agree:{number}"),
            "tickets-button-agree",
            ButtonStyle::Success,
        ))
        .offering(button(
            format!("tickets:decline:{number}"),
            "tickets-button-decline",
            ButtonStyle::Secondary,
        ))
}

/// Why a ticket ended, as a sentence.
pub fn cause(cause: Cause, by: Option<UserId>) -> Text {
    let by = by.map_or_else(|| "Greffier".to_owned(), UserId::mention);
    match cause {
        Cause::Asked => text!("tickets-cause-asked", by = by),
        Cause::Agreed => text!("tickets-cause-agreed", by = by),
        Cause::Scheduled => Text::new("tickets-cause-scheduled"),
        Cause::Stale => Text::new("tickets-cause-stale"),
        Cause::Vanished => Text::new("tickets-cause-vanished"),
        Cause::Unmade => Text::new("tickets-cause-unmade"),
    }
}

/// What stands at the end of a ticket's channel.
pub fn ended(hall: &Hall, settings: &GuildSettings, end: &End<'_>) -> Post {
    Post::new(hall.language(settings), end.title())
        .listing(end.fields())
        .offering(button(
            format!("tickets:reopen:{}", end.conversation.number),
            "tickets-button-reopen",
            ButtonStyle::Secondary,
        ))
}

/// What the member is sent at the end, with the transcript and five stars to press.
pub fn farewell(hall: &Hall, settings: &GuildSettings, end: &End<'_>) -> Post {
    let number = end.conversation.number;
    let mut post = Post::new(hall.language(settings), end.title())
        .saying(text!("tickets-farewell", guild = hall.guild_name.as_str()))
        .listing(end.fields())
        .attaching(files(number, end.copies, Reader::Member));
    for stars in 1..=5_usize {
        post = post.offering(Button {
            id: format!("tickets:rate:{}:{number}:{stars}", hall.guild),
            label: Text::verbatim("★".repeat(stars)),
            style: ButtonStyle::Secondary,
        });
    }
    post
}

/// What is posted in the transcripts' channel.
pub fn transcript(hall: &Hall, settings: &GuildSettings, category: &str, end: &End<'_>) -> Post {
    let mut fields = vec![
        field(
            Text::new("tickets-field-user"),
            format!(
                "{} ({})",
                end.conversation.user.mention(),
                end.conversation.user
            ),
        ),
        field(Text::new("tickets-field-category"), category),
        field(
            Text::new("tickets-field-subject"),
            end.conversation.subject.as_str(),
        ),
        field(
            Text::new("tickets-field-agent"),
            end.conversation
                .agent
                .or(end.conversation.answered_by)
                .map_or_else(|| "—".to_owned(), UserId::mention),
        ),
    ];
    fields.extend(end.fields());
    Post::new(hall.language(settings), end.title())
        .listing(fields)
        .attaching(files(end.conversation.number, end.copies, Reader::Staff))
}

/// How a ticket ended.
pub struct End<'a> {
    /// Which.
    pub conversation: &'a Conversation,
    /// Why.
    pub cause: Cause,
    /// By whom.
    pub by: Option<UserId>,
    /// What was said about it.
    pub reason: &'a str,
    /// Its transcripts.
    pub copies: &'a [Copied],
}

impl End<'_> {
    fn title(&self) -> Text {
        text!("tickets-closed-title", number = self.conversation.number)
    }

    fn fields(&self) -> Vec<(Text, Text)> {
        let mut fields = vec![(Text::new("tickets-field-cause"), cause(self.cause, self.by))];
        if !self.reason.is_empty() {
            fields.push(field(Text::new("tickets-field-reason"), self.reason));
        }
        fields
    }
}

/// The transcripts for a reader as files to post.
pub fn files(number: u32, copies: &[Copied], reader: Reader) -> Vec<PostedFile> {
    let mine = copies.iter().filter(|copy| copy.reader == reader);
    mine.map(|copy| PostedFile {
        name: file_name(number, copy.format),
        sha256: copy.sha256.clone(),
    })
    .collect()
}

/// `ticket-12.html`.
pub fn file_name(number: u32, format: Format) -> String {
    format!("ticket-{number}.{}", format.word())
}

/// What the log says of a ticket that has no channel as it should.
pub fn trouble(
    hall: &Hall,
    settings: &GuildSettings,
    conversation: &Conversation,
    words: Text,
) -> Post {
    Post::new(
        hall.language(settings),
        text!("tickets-trouble-title", number = conversation.number),
    )
    .saying(words)
    .listing([field(
        Text::new("tickets-field-user"),
        conversation.user.mention(),
    )])
}

/// A link to a channel, for a list.
pub fn place(channel: Option<ChannelId>) -> String {
    channel.map_or_else(|| "—".to_owned(), ChannelId::mention)
}
