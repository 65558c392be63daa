//! `!backup_status`, `!force_backup`, `!persistent_status`.

use poise::serenity_prelude as serenity;

use super::verdict::{Expected, judge, task};
use crate::cogs::settings;
use crate::discord::{Answer, Audience, Command, Context, defer, embed, here, locale, standing};
use crate::model::{GuildId, Post, Refusal, Rejection, Text, Timestamp, UserId, milliseconds};
use crate::schedule::task_name;
use crate::store::tasks::TaskRecord;
use crate::text;
use crate::vault::{Archive, Cause, RegisterStatus, Status};

/// How many of the newest archives are shown with what was done with them.
const ARCHIVES_SHOWN: usize = 3;

/// The cog's commands, in the order of `!help`.
pub fn all() -> Vec<Command> {
    vec![backup_status(), force_backup(), persistent_status()]
}

#[poise::command(
    prefix_command,
    slash_command,
    category = "backups",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn backup_status(ctx: Context<'_>) -> Result<(), Rejection> {
    administrators_and_owners(ctx).await?;
    defer(ctx).await?;
    let house = ctx.data();
    let status = house.vault.off_thread(|vault| vault.status()).await?;
    let expected = Expected {
        save_interval: house.config.auto_save_interval,
        daily_archive: house.config.daily_backup_enabled,
    };
    let verdict = judge(&status, expected);
    let reader = locale(ctx, Audience::Asker);
    let title = Text::new(if verdict.is_well {
        "backups-title-well"
    } else {
        "backups-title-trouble"
    });
    let post = Post::new(reader, title)
        .saying(verdict.text)
        .listing(fields(ctx, &status));
    let embed = embed(house, &post).colour(if verdict.is_well {
        serenity::Colour::DARK_GREEN
    } else {
        serenity::Colour::RED
    });
    Answer::to(Audience::Asker).showing(embed).send(ctx).await
}

#[poise::command(
    prefix_command,
    slash_command,
    category = "backups",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn force_backup(ctx: Context<'_>) -> Result<(), Rejection> {
    if !ctx.data().is_owner(UserId(ctx.author().id.get())) {
        return Err(Refusal::new("refused-owners-only").into());
    }
    // A large archive takes longer than the three seconds that Discord waits for.
    defer(ctx).await?;
    let census = ctx.data().seen.census();
    let report = ctx
        .data()
        .vault
        .off_thread(move |vault| vault.archive(Cause::Requested, census))
        .await?;
    let reader = locale(ctx, Audience::Asker);
    let fields = vec![
        (
            Text::new("backups-field-folder"),
            Text::verbatim(format!("`backups/{}`", report.name)),
        ),
        (
            Text::new("backups-field-content"),
            text!(
                "backups-content",
                files = report.metadata.files_backed_up.len(),
                rows = report.rows(),
                size = Text::size(report.bytes())
            ),
        ),
        (
            Text::new("backups-field-duration"),
            text!("backups-milliseconds", n = milliseconds(report.duration)),
        ),
    ];
    let post = Post::new(reader, Text::new("backups-forced-title")).listing(fields);
    Answer::to(Audience::Asker)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

#[poise::command(
    prefix_command,
    slash_command,
    guild_only,
    category = "backups",
    default_member_permissions = "ADMINISTRATOR"
)]
async fn persistent_status(ctx: Context<'_>) -> Result<(), Rejection> {
    administrators_and_owners(ctx).await?;
    defer(ctx).await?;
    let guild = here(ctx)?;
    let registers = ctx
        .data()
        .vault
        .off_thread(move |vault| vault.registers(Some(guild)))
        .await?;
    let reader = locale(ctx, Audience::Asker);
    let total = registers.iter().map(|register| register.rows).sum::<u64>();
    let fields = registers.iter().map(register_field);
    let post = Post::new(reader, text!("backups-kept-title", count = total))
        .saying(Text::new("backups-kept-intro"))
        .listing(fields);
    Answer::to(Audience::Asker)
        .showing(embed(ctx.data(), &post))
        .send(ctx)
        .await
}

fn register_field(register: &RegisterStatus) -> (Text, Text) {
    let name = text!(
        "backups-register",
        name = register.name,
        file = register.file
    );
    let change = match register.last_change {
        Some(change) => text!("backups-last-change", at = change.at.markup('R')),
        None => Text::new("backups-no-change"),
    };
    let value = text!(
        "backups-register-line",
        rows = register.rows,
        size = Text::size(register.bytes),
        change = change
    );
    (name, value)
}

/// Administrators of this guild, and the bot's owners anywhere.
async fn administrators_and_owners(ctx: Context<'_>) -> Result<(), Rejection> {
    if ctx.data().is_owner(UserId(ctx.author().id.get())) {
        return Ok(());
    }
    let guild: GuildId = here(ctx)?;
    let actor = standing(
        ctx.serenity_context(),
        serenity::GuildId::new(guild.0),
        ctx.author(),
    )
    .await?;
    if actor.administers() {
        Ok(())
    } else {
        Err(settings::rules::administrators_only().into())
    }
}

fn fields(ctx: Context<'_>, status: &Status) -> Vec<(Text, Text)> {
    let mut fields = vec![(Text::new("backups-field-save"), save_text(status))];
    fields.extend(
        status
            .tasks
            .iter()
            .map(|task| (task_name(&task.name), task_text(task))),
    );
    let proven = status
        .archives
        .iter()
        .filter(|archive| archive.proof.is_some())
        .count();
    fields.push((
        Text::new("backups-field-archives"),
        text!(
            "backups-archives",
            count = status.archives.len(),
            proven = proven,
            newest = status
                .archives
                .iter()
                .filter_map(|archive| archive.metadata())
                .map(|metadata| metadata.made_at)
                .max()
                .map_or_else(|| "—".to_owned(), |at| at.markup('f'))
        ),
    ));
    let newest = status.archives.iter().take(ARCHIVES_SHOWN);
    fields.extend(newest.map(|archive| (Text::verbatim(archive.name.as_str()), marks(archive))));
    fields.push((
        Text::new("backups-field-retention"),
        text!("backups-retention", days = u64::from(status.retention_days)),
    ));
    // Paths, errors and disks are the owner's business.
    if ctx.data().is_owner(UserId(ctx.author().id.get())) {
        fields.push((Text::new("backups-field-owner"), owner_text(status)));
    }
    fields
}

/// When an archive was written, verified and proven, and how long each took.
fn marks(archive: &Archive) -> Text {
    let mark = |done: Option<(Timestamp, u64)>| match done {
        Some((at, milliseconds)) => text!(
            "backups-mark",
            at = at.markup('f'),
            milliseconds = milliseconds
        ),
        None => Text::new("backups-mark-never"),
    };
    let Some(metadata) = archive.metadata() else {
        return text!("backups-marks-unusable");
    };
    let verified = archive.verification.as_ref();
    let proof = archive.proof.as_ref();
    text!(
        "backups-marks",
        written = mark(Some((metadata.made_at, metadata.duration_ms))),
        verified = mark(verified.map(|found| (found.at, found.duration_ms))),
        proved = mark(proof.map(|proof| (proof.at, proof.duration_ms)))
    )
}

fn save_text(status: &Status) -> Text {
    let Some(save) = &status.last_save else {
        return Text::new("backups-no-save");
    };
    let (runs, failures) =
        task(status, "auto_save").map_or((0, 0), |task| (task.runs, task.failures));
    let rate = ((runs - failures.min(runs)) * 100)
        .checked_div(runs)
        .unwrap_or(100);
    text!(
        "backups-save",
        at = save.at.markup('f'),
        rows = save.rows,
        size = Text::size(save.bytes),
        milliseconds = save.duration_ms,
        rate = rate,
        runs = runs
    )
}

fn task_text(task: &TaskRecord) -> Text {
    let when = |at: Option<Timestamp>| at.map_or_else(|| "—".to_owned(), |at| at.markup('R'));
    let outcome = match task.last_outcome.as_deref() {
        None => Text::new("backups-outcome-none"),
        Some("ok") => Text::new("backups-outcome-ok"),
        Some(_) => Text::new("backups-outcome-failed"),
    };
    text!(
        "backups-task",
        outcome = outcome,
        last = when(task.last_run),
        next = when(task.next_run)
    )
}

fn owner_text(status: &Status) -> Text {
    let failed: Vec<String> = status
        .tasks
        .iter()
        .filter_map(|task| match task.last_outcome.as_deref() {
            None | Some("ok") => None,
            Some(why) => Some(format!(
                "{}: {}",
                task.name,
                why.chars().take(200).collect::<String>()
            )),
        })
        .chain(status.mirror_trouble.clone())
        .chain(status.archives_trouble.clone())
        .chain(status.archives.iter().filter_map(|archive| {
            archive
                .state
                .as_ref()
                .err()
                .map(|why| format!("{}: {why}", archive.name))
        }))
        .take(4)
        .collect();
    let failed = if failed.is_empty() {
        "—".to_owned()
    } else {
        failed.join("\n")
    };
    text!(
        "backups-owner",
        seq = status.seq,
        data = Text::size(status.free_data),
        backups = Text::size(status.free_backups),
        failed = failed.chars().take(700).collect::<String>()
    )
}
