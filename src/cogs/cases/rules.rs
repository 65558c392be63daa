//! Who may open, read and reword cases; which number one gets; and that its log post says what the case says.
//!
//! Shared by every cog that moderates: they decide, this keeps.

pub mod sanctions;

use serde::{Deserialize, Serialize};

pub use super::kind::{Ending, Kind};
use super::posts;
pub use super::posts::{moderator_text, reason_text};
use super::queries;
pub use super::queries::{AnyCase, any, next_number};
pub use super::register::Evidence;
use super::register::{Cases, Change, Opened};
use crate::cogs::settings::{self, GuildSettings};
use crate::cogs::warnings;
use crate::model::{
    ChannelId, Effect, GuildId, Locale, MessageId, Post, Refusal, Rejection, Scene, Standing,
    Timestamp, UserId,
};
use crate::store::Tx;
use crate::text;

/// The longest reason, in characters: it must fit a field of an embed (Discord: 1024) with room to spare.
pub const LONGEST_REASON: usize = 900;
/// Discord's limit for an audit log reason, in characters.
const AUDIT_REASON: usize = 512;

/// Where cases are written: the guild with its settings, and the language of one that chose none.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The guild.
    pub guild: GuildId,
    /// Its name, for messages that leave it; empty where none does.
    pub guild_name: String,
    /// What it has set.
    pub settings: GuildSettings,
    /// The language that its cases are written in.
    pub locale: Locale,
}

/// What a case is about, before it has a number.
#[derive(Clone, Debug)]
pub struct New {
    /// What was done.
    pub act: Kind,
    /// About whom.
    pub member: UserId,
    /// By whom; absent: Greffier itself.
    pub moderator: Option<UserId>,
    /// Why; may be empty.
    pub reason: String,
    /// Until when.
    pub until: Option<Timestamp>,
    /// The batch that it belongs to.
    pub batch: Batch,
    /// The entry of the audit log that it was learned from.
    pub audit: Option<MessageId>,
}

/// Whether a case stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Batch {
    /// It does, with a log post of its own.
    None,
    /// It is the first of a batch, whose number is its own.
    First,
    /// It belongs to this one; the batch has one log post.
    Of(u32),
}

impl Desk {
    /// The desk of a moderator; a refusal for everyone else.
    pub fn of_moderator(tx: &Tx<'_>, scene: &Scene) -> Result<Desk, Rejection> {
        let settings = settings::for_moderator(tx, scene.guild, &scene.actor)?;
        Ok(Desk {
            guild: scene.guild,
            guild_name: scene.guild_name.clone(),
            locale: settings.language.unwrap_or(scene.locale),
            settings,
        })
    }

    /// Greffier's own, for what nobody ordered.
    pub fn of_greffier(tx: &Tx<'_>, guild: GuildId, default: Locale) -> Result<Desk, Rejection> {
        let settings = settings::of(tx, guild)?;
        Ok(Desk {
            guild,
            guild_name: String::new(),
            locale: settings.language.unwrap_or(default),
            settings,
        })
    }

    /// Whether members are told what is done about them.
    pub fn tells(&self) -> bool {
        self.settings.direct_messages.unwrap_or(true)
    }

    /// What the member of a case is told.
    pub fn notice(&self, case: &AnyCase) -> Post {
        posts::notice(self.locale, &self.guild_name, case)
    }
}

/// Opens a case and promises its log post. Returns it.
pub fn open(tx: &mut Tx<'_>, desk: &Desk, new: New) -> Result<AnyCase, Rejection> {
    let number = next_number(tx, desk.guild)?;
    let batch = match new.batch {
        Batch::None => None,
        Batch::First => Some(number),
        Batch::Of(first) => Some(first),
    };
    let case = AnyCase {
        number,
        kind: new.act,
        member: new.member,
        moderator: new.moderator,
        reason: new.reason.clone(),
        at: tx.now(),
        until: new.until,
        batch,
        ended: None,
        ending: None,
        ended_by: None,
        points: None,
    };
    tx.record::<Cases>(&Change::Opened(Opened {
        number,
        act: new.act,
        member: new.member,
        moderator: new.moderator,
        reason: new.reason,
        until: new.until,
        batch,
        audit: new.audit,
    }))?;
    if batch.is_none() {
        publish(tx, desk, number)?;
    }
    Ok(case)
}

/// Promises the log post of a case, or of the batch that it belongs to.
pub fn publish(tx: &mut Tx<'_>, desk: &Desk, number: u32) -> Result<(), Rejection> {
    if let Some(channel) = desk.settings.usable_log_channel()
        && let Some((first, post)) = rendered(tx, desk, number)?
    {
        let guild = desk.guild;
        tx.enqueue_tagged(
            &Effect::LogPost {
                guild,
                channel,
                post,
            },
            &post_tag(first),
        )?;
    }
    Ok(())
}

/// Has a case's log post say what the case says now. `false`: it is not known to stand on Discord; when it comes to be,
/// [`posted`] has it edited.
pub fn refresh(tx: &mut Tx<'_>, desk: &Desk, number: u32) -> Result<bool, Rejection> {
    let Some((first, post)) = rendered(tx, desk, number)? else {
        return Ok(false);
    };
    let Some(place) = queries::post(tx, desk.guild, first)? else {
        return Ok(false);
    };
    tx.enqueue(&Effect::EditPost {
        guild: desk.guild,
        channel: place.channel,
        message: place.message,
        post,
    })?;
    Ok(true)
}

/// [`refresh`], or a post for a case that has none: it is older than its guild's log, or than this program's cases.
pub fn show(tx: &mut Tx<'_>, desk: &Desk, number: u32) -> Result<(), Rejection> {
    if !refresh(tx, desk, number)? {
        publish(tx, desk, number)?;
    }
    Ok(())
}

/// Discord has posted a case: keeps where, and has it edited if the case has changed since.
pub fn posted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: u32,
    channel: ChannelId,
    message: MessageId,
    said: &Post,
) -> Result<(), Rejection> {
    let Some((first, post)) = rendered(tx, desk, number)? else {
        return Ok(());
    };
    tx.record::<Cases>(&Change::Posted {
        number: first,
        channel,
        message,
    })?;
    // A warning's first post says more than its case does: what counted then, and what followed.
    let unchanged = match any(tx, desk.guild, number)? {
        Some(case) if case.kind == Kind::Warning => {
            let reason = posts::reason_text(&case.reason);
            case.ended.is_none() && said.fields.iter().any(|(_, value)| *value == reason)
        }
        _ => post.fields == said.fields && post.title == said.title,
    };
    if !unchanged {
        refresh(tx, desk, number)?;
    }
    Ok(())
}

/// The number under which the log post stands, and what it should say.
fn rendered(tx: &Tx<'_>, desk: &Desk, number: u32) -> Result<Option<(u32, Post)>, Rejection> {
    let Some(case) = any(tx, desk.guild, number)? else {
        return Ok(None);
    };
    let now = tx.now();
    if let Some(batch) = case.batch {
        let cases = queries::batch(tx, desk.guild, batch)?;
        return Ok(posts::batch_post(&cases, desk.locale, now).map(|post| (batch, post)));
    }
    let evidence = queries::evidence(tx, desk.guild, number)?;
    let post = posts::case_post(desk.guild, &case, &evidence, desk.locale, now);
    Ok(Some((number, post)))
}

/// Ends a case, unless it has ended before.
pub fn end(
    tx: &mut Tx<'_>,
    desk: &Desk,
    number: u32,
    how: Ending,
    by: Option<UserId>,
) -> Result<(), Rejection> {
    let Some(case) = queries::find(tx, desk.guild, number)? else {
        return Ok(());
    };
    if case.ended.is_some() {
        return Ok(());
    }
    tx.record::<Cases>(&Change::Ended { number, how, by })?;
    // A batch's post lists all its cases: it is not written anew for each that merely runs out.
    if case.batch.is_none() || how == Ending::Withdrawn {
        refresh(tx, desk, number)?;
    }
    Ok(())
}

/// The cases of a batch that still hold.
pub fn standing_in_batch(
    tx: &Tx<'_>,
    guild: GuildId,
    batch: u32,
) -> Result<Vec<AnyCase>, Rejection> {
    let mut cases = queries::batch(tx, guild, batch)?;
    cases.retain(|case| case.ended.is_none());
    Ok(cases)
}

/// Keeps the message that a case, or a warning, was made from.
pub fn keep_evidence(
    tx: &mut Tx<'_>,
    number: u32,
    evidence: Option<Evidence>,
) -> Result<(), Rejection> {
    if let Some(evidence) = evidence {
        tx.record::<Cases>(&Change::EvidenceKept { number, evidence })?;
    }
    Ok(())
}

/// Gives any case another reason. Returns it as it was before.
pub fn reword(
    tx: &mut Tx<'_>,
    scene: &Scene,
    number: u32,
    reason: &str,
) -> Result<AnyCase, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    let case = not_their_own(tx, scene, number)?;
    if case.kind == Kind::Warning {
        warnings::rules::reword(tx, scene, number, reason)?;
        return Ok(case);
    }
    let reason = required_reason(reason)?;
    tx.record::<Cases>(&Change::Reworded {
        number,
        member: case.member,
        reason: reason.to_owned(),
        former: case.reason.clone(),
    })?;
    refresh(tx, &desk, number)?;
    Ok(case)
}

/// Writes down what moderators should know of somebody, who is not told.
pub fn note(
    tx: &mut Tx<'_>,
    scene: &Scene,
    member: &Standing,
    words: &str,
    evidence: Option<Evidence>,
) -> Result<u32, Rejection> {
    let desk = Desk::of_moderator(tx, scene)?;
    if member.user == scene.actor.user {
        return Err(Refusal::new("refused-moderate-yourself").into());
    }
    let words = required_reason(words)?;
    let new = New {
        act: Kind::Note,
        member: member.user,
        moderator: Some(scene.actor.user),
        reason: words.to_owned(),
        until: None,
        batch: Batch::None,
        audit: None,
    };
    open_with(tx, &desk, new, evidence).map(|case| case.number)
}

/// [`open`], with the message that the case is made from.
pub fn open_with(
    tx: &mut Tx<'_>,
    desk: &Desk,
    new: New,
    evidence: Option<Evidence>,
) -> Result<AnyCase, Rejection> {
    // Kept before the case is shown, so that its first post shows it.
    let number = next_number(tx, desk.guild)?;
    keep_evidence(tx, number, evidence)?;
    open(tx, desk, new)
}

/// A case that the moderator may change: no moderator's own, unless they administer.
pub fn not_their_own(tx: &Tx<'_>, scene: &Scene, number: u32) -> Result<AnyCase, Rejection> {
    let case = any(tx, scene.guild, number)?
        .ok_or_else(|| Refusal::from(text!("refused-no-such-case", number = number)))?;
    if case.member == scene.actor.user && !scene.actor.administers() {
        return Err(Refusal::new("refused-own-case").into());
    }
    Ok(case)
}

/// Whether this moderator may act against this member, and whether Discord would let the bot: the hierarchy, both ways.
pub fn check_target(scene: &Scene, member: &Standing) -> Result<(), Refusal> {
    if member.user == scene.actor.user {
        return Err(Refusal::new("refused-moderate-yourself"));
    }
    if member.bot {
        return Err(Refusal::new("refused-moderate-bot"));
    }
    if !scene.actor.is_above(member) {
        return Err(text!("refused-hierarchy", member = member.user.mention()).into());
    }
    if !scene.greffier.is_above(member) {
        return Err(text!("refused-out-of-reach", member = member.user.mention()).into());
    }
    Ok(())
}

/// A reason that may be left out.
pub fn optional_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(text!("refused-long-reason", longest = LONGEST_REASON).into());
    }
    Ok(reason)
}

/// A reason that must be given.
pub fn required_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = optional_reason(reason)?;
    if reason.is_empty() {
        return Err(Refusal::new("refused-no-reason"));
    }
    Ok(reason)
}

/// What Discord's audit log says of a case.
pub fn audit_text(number: u32, reason: &str) -> String {
    if reason.is_empty() {
        return format!("#{number}");
    }
    format!("#{number}: {reason}")
        .chars()
        .take(AUDIT_REASON)
        .collect()
}

/// How an effect names the log post of a case.
pub fn post_tag(number: u32) -> String {
    format!("cases:post:{number}")
}
