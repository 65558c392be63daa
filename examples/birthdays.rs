//! A cog of your own, outside the program: members' birthdays. `cargo run --example birthdays -- try` shows it at work.
//!
//! It names what it keeps by one small trait, [`Register`], and what members type. It is then journaled, saved, archived,
//! restored, counted and listed by `!persistent_status`, and its commands stand in `!help`, in both languages.

use std::process::ExitCode;

use anyhow::Result;
use greffier::cogs;
use greffier::discord::{Answer, Audience, Cog, Context, embed, here, locale, order, say};
use greffier::model::{GuildId, Locale, Post, Refusal, Rejection, Text, UserId};
use greffier::store::{Entry, Reader, Register, Registers, SavedRow, Table, Tables, Tx};
use greffier::{saved_row, text};
use rusqlite::params;
use serde::{Deserialize, Serialize};

fn main() -> ExitCode {
    greffier::cli::main_with(all)
}

/// The program's own cogs, and this one.
pub fn all() -> Vec<Cog> {
    let mut cogs = cogs::all();
    cogs.push(Cog {
        name: Birthdays::NAME,
        commands: vec![birthday(), birthdays()],
        registers: Registers::default().with::<Birthdays>(),
        texts: &[(Locale::En, ENGLISH), (Locale::Fr, FRENCH)],
        ..Cog::default()
    });
    cogs
}

/// What is kept: when each member celebrates.
pub struct Birthdays;

/// What can happen to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A member said when; once more replaces it.
    Told {
        /// Who.
        member: UserId,
        /// From 1 to 12.
        month: u32,
        /// From 1 to 31.
        day: u32,
    },
}

saved_row! {
    /// A birthday, as the table and the save keep it.
    pub struct Birthday in "birthdays" order "guild, member" {
        /// Where.
        pub guild: GuildId,
        /// Whose.
        pub member: UserId,
        /// From 1 to 12.
        pub month: u32,
        /// From 1 to 31.
        pub day: u32,
    }
}

impl Register for Birthdays {
    type Change = Change;

    const NAME: &'static str = "birthdays";
    const SCHEMA: &'static [&'static str] = &["
        CREATE TABLE birthdays (
            guild INTEGER NOT NULL, member INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL,
            PRIMARY KEY (guild, member)
        ) STRICT;
    "];

    fn tables() -> Vec<Table> {
        vec![Table::of::<Birthday>()]
    }

    fn apply(tables: &Tables<'_>, change: &Change, entry: &Entry) -> Result<()> {
        let Change::Told { member, month, day } = change;
        tables.execute(
            "INSERT INTO birthdays (guild, member, month, day) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (guild, member) DO UPDATE SET month = excluded.month, day = excluded.day",
            params![entry.guild, member, month, day],
        )?;
        Ok(())
    }
}

/// The rule: knows no Discord, decides, and records in one transaction.
fn tell(tx: &mut Tx<'_>, member: UserId, day: u32, month: u32) -> Result<(), Rejection> {
    // A leap year, so that the 29th of February is a day like any other.
    if chrono::NaiveDate::from_ymd_opt(2024, month, day).is_none() {
        return Err(Refusal::new("birthdays-refused-date").into());
    }
    tx.record::<Birthdays>(&Change::Told { member, month, day })?;
    Ok(())
}

fn in_order(reader: &Reader<'_>, guild: GuildId) -> Result<Vec<Birthday>> {
    let columns = Birthday::COLUMNS;
    let sql =
        format!("SELECT {columns} FROM birthdays WHERE guild = ?1 ORDER BY month, day LIMIT 25");
    Ok(reader.query(&sql, [guild], Birthday::read)?)
}

#[poise::command(prefix_command, slash_command, guild_only, category = "birthdays")]
async fn birthday(
    ctx: Context<'_>,
    #[min = 1] day: u32,
    #[min = 1] month: u32,
) -> Result<(), Rejection> {
    let member = UserId(ctx.author().id.get());
    let store = &ctx.data().store;
    store
        .write(order(ctx), move |tx| tell(tx, member, day, month))
        .await?;
    let words = text!(
        "birthdays-told",
        member = member.mention(),
        day = day,
        month = month
    );
    say(ctx, Audience::Everyone, &words).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "birthdays")]
async fn birthdays(ctx: Context<'_>) -> Result<(), Rejection> {
    let guild = here(ctx)?;
    let list = ctx
        .data()
        .store
        .read(move |reader| in_order(reader, guild))
        .await?;
    let line = |birthday: &Birthday| {
        let date = text!("birthdays-date", day = birthday.day, month = birthday.month);
        (date, Text::verbatim(birthday.member.mention()))
    };
    let title = text!("birthdays-title", count = list.len());
    let post = Post::new(locale(ctx, Audience::Everyone), title).listing(list.iter().map(line));
    Answer::to(Audience::Everyone)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

const ENGLISH: &str = "
help-category-birthdays = Birthdays
cmd-birthday = Say when you celebrate
    .usage = day month
    .example = day:24 month:11
    .day = The day of the month
    .month = The month, from 1 to 12
cmd-birthdays = Who celebrates when
birthdays-told = { $member } celebrates on { $day }/{ $month }.
birthdays-date = { $day }/{ $month }
birthdays-title = { $count ->
    [0] No birthdays yet
    [1] 1 birthday
   *[other] { $count } birthdays
}
birthdays-refused-date = There is no such day.
";

const FRENCH: &str = "
help-category-birthdays = Anniversaires
cmd-birthday = Dire quand vous fêtez votre anniversaire
    .usage = jour mois
    .example = day:24 month:11
    .day = Le jour du mois
    .month = Le mois, de 1 à 12
cmd-birthdays = Qui fête son anniversaire, et quand
birthdays-told = { $member } fête son anniversaire le { $day }/{ $month }.
birthdays-date = { $day }/{ $month }
birthdays-title = { $count ->
    [0] Aucun anniversaire pour l’instant
    [1] 1 anniversaire
   *[other] { $count } anniversaires
}
birthdays-refused-date = Ce jour n’existe pas.
";
