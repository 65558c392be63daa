//! Conversations: asked for, placed, written in, handed about, ended, gone on with.

use std::time::Duration;

use greffier::cogs::conversations::rules::{self, Closing, Incoming, Opening};
use greffier::cogs::conversations::{
    Answer, Attached, Cause, Copied, Format, Place, Priority, Reader, Sender, desk, look,
};
use greffier::model::{ChannelId, GuildId, MessageId, Rejection, Timestamp, UserId};
use greffier::store::Tx;
use proptest::prelude::*;

use super::{Deed, people, words};

/// Something done to one conversation of a guild by somebody.
type Act = fn(&mut Tx<'_>, Case) -> Result<(), Rejection>;

#[derive(Clone, Debug)]
struct Case {
    guild: GuildId,
    actor: UserId,
    other: UserId,
    number: u32,
    nth: u64,
    words: String,
}

pub fn deeds() -> BoxedStrategy<Deed> {
    prop_oneof![
        2 => deed("open", open),
        6 => deed("receive", receive),
        4 => after("edit", &[receive], edit),
        3 => after("delete", &[receive], delete),
        3 => after("settle", &[receive], settle),
        1 => deed("overflow", overflow),
        1 => deed("claim", |tx, case| desk::claim(tx, case.guild, case.number, case.actor)),
        1 => deed("transfer", transfer),
        1 => after("release", &[transfer], |tx, case| desk::release(tx, case.guild, case.number).map(drop)),
        1 => deed("prioritise", |tx, case| {
            let priority = Priority::ALL[case.nth as usize % Priority::ALL.len()];
            desk::prioritise(tx, case.guild, case.number, priority).map(drop)
        }),
        1 => deed("rename", |tx, case| desk::rename(tx, case.guild, case.number, &case.words).map(drop)),
        1 => deed("move", |tx, case| {
            desk::recategorise(tx, case.guild, case.number, &format!("c{}", case.nth % 3))
        }),
        1 => deed("join", join),
        1 => after("leave", &[join], |tx, case| desk::leave(tx, case.guild, case.number, case.other).map(drop)),
        1 => deed("request to close", |tx, case| desk::request_close(tx, case.guild, case.number)),
        1 => deed("reply", |tx, case| desk::reply(tx, case.guild, case.number, case.actor, &case.words)),
        1 => deed("schedule", schedule),
        1 => after("unschedule", &[schedule], |tx, case| desk::unschedule(tx, case.guild, case.number)),
        3 => deed("grow stale", |tx, case| {
            let limits = (case.nth % 5 != 0).then_some((Duration::ZERO, Duration::from_secs(60)));
            desk::grow_stale(tx, case.guild, case.number, limits).map(drop)
        }),
        2 => deed("close", close),
        2 => after("reopen", &[close], |tx, case| {
            let channel = (case.nth % 2 == 0).then(|| ChannelId(5_000 + tx.seq().unwrap_or(0)));
            desk::reopen(tx, case.guild, case.number, channel, None).map(drop)
        }),
        2 => after("rate", &[close], |tx, case| {
            let stars = u8::try_from(case.nth % 7).unwrap_or(0);
            let user = look::find(tx, case.guild, case.number)?.map_or(case.actor, |it| it.user);
            rules::rate(tx, case.guild, case.number, user, stars, Some(case.words))
        }),
    ]
    .boxed()
}

/// The act, in a conversation that is there.
fn deed(what: &'static str, act: Act) -> impl Strategy<Value = Deed> {
    after(what, &[], act)
}

/// The act, once the others have been tried.
fn after(what: &'static str, before: &'static [Act], act: Act) -> impl Strategy<Value = Deed> {
    (people(), 1..3_u32, 0..12_u64, words()).prop_map(
        move |((guild, actor, other), number, nth, words)| {
            let case = Case {
                guild: GuildId(guild),
                actor: UserId(actor),
                other: UserId(other),
                number,
                nth,
                words,
            };
            Deed::new((what, case.clone()), move |hand| {
                let existing: &[Act] = &[ensure_open, place];
                for act in existing.iter().chain(before).chain(&[act]) {
                    let (act, case) = (*act, case.clone());
                    hand.rule(guild, actor, move |tx| act(tx, case));
                }
            })
        },
    )
}

fn ensure_open(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    match look::find(tx, case.guild, case.number)? {
        Some(_) => Ok(()),
        None => open(tx, case),
    }
}

fn id(tx: &Tx<'_>) -> String {
    format!("id-{}", tx.seq().expect("a position"))
}

fn open(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let opening = Opening {
        id: id(tx),
        user: case.actor,
        category: format!("c{}", case.nth % 3),
        subject: format!("q{}", case.words),
        answers: vec![Answer {
            question: "why?".to_owned(),
            answer: case.words,
        }],
        asked_in: Some(ChannelId(1)),
        place: Place::ALL[case.nth as usize % 2],
    };
    rules::open(tx, case.guild, opening).map(drop)
}

fn place(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let channel = ChannelId(5_000 + tx.seq()?);
    let stale_at = Some(tx.now());
    match look::find(tx, case.guild, case.number)? {
        Some(_) => rules::place(tx, case.guild, case.number, channel, stale_at).map(drop),
        None => Ok(()),
    }
}

/// One that has no channel yet.
fn overflow(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let number = look::next_number(tx, case.guild)?;
    open(tx, case.clone())?;
    desk::overflow(tx, case.guild, number).map(drop)
}

fn transfer(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    desk::transfer(tx, case.guild, case.number, case.other)
}

fn join(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    desk::join(tx, case.guild, case.number, case.other).map(drop)
}

fn schedule(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let at = tx.now() + Duration::from_secs(3600);
    desk::schedule(tx, case.guild, case.number, at, &case.words)
}

fn discord(case: &Case) -> MessageId {
    MessageId(100 * case.guild.0 + case.nth)
}

fn receive(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let incoming = Incoming {
        conversation: case.number,
        id: id(tx),
        sender: case.actor,
        sender_name: case.words.clone(),
        sender_type: Sender::ALL[case.nth as usize % Sender::ALL.len()],
        content: case.words.clone(),
        created_at: tx.now(),
        discord: Some(discord(&case)),
        attachments: vec![Attached {
            name: "cat.png".to_owned(),
            media_type: "image/png".to_owned(),
            size: case.nth,
        }],
    };
    rules::receive(tx, case.guild, incoming).map(drop)
}

fn edit(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    rules::edit(tx, discord(&case), &case.words, Timestamp(case.nth as i64)).map(drop)
}

fn delete(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    rules::delete(tx, discord(&case)).map(drop)
}

fn settle(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let Some(message) = look::message(tx, discord(&case))? else {
        return Ok(());
    };
    let outcome = match case.nth % 2 {
        0 => Ok(format!("{:064x}", case.nth)),
        _ => Err("large".to_owned()),
    };
    rules::settle_file(tx, message.row, 0, outcome).map(drop)
}

fn close(tx: &mut Tx<'_>, case: Case) -> Result<(), Rejection> {
    let closing = Closing {
        cause: Cause::ALL[case.nth as usize % Cause::ALL.len()],
        reason: case.words,
        copies: vec![Copied {
            reader: Reader::Member,
            format: Format::Html,
            sha256: "ab".repeat(32),
            size: 7,
        }],
        reaches: tx.seq()?,
    };
    rules::close(tx, case.guild, case.number, closing).map(drop)
}
