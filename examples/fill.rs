//! Fills a data folder with warnings, through the same rules as the bot: `cargo run --release --example fill -- DIR 1000000`.
//!
//! So that anyone can repeat the figures of `cargo bench`.

use anyhow::{Context as _, Result, ensure};
use greffier::cogs;
use greffier::cogs::settings::{self, Setting};
use greffier::cogs::warnings::rules::warn;
use greffier::model::{Clock, GuildId, Locale, Rank, Scene, Standing, UserId};
use greffier::store::{Order, Registers, Store};

/// The guild that is filled.
pub const GUILD: GuildId = GuildId(4_200_000_000_000_000);
/// How many members share the warnings.
const MEMBERS: u64 = 5_000;
/// How many warnings share a transaction.
const TOGETHER: u32 = 2_000;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let usage = "usage: fill DIR COUNT";
    let folder = std::path::PathBuf::from(words.next().context(usage)?);
    let count: u32 = words.next().context(usage)?.parse().context(usage)?;
    std::fs::create_dir_all(&folder)?;
    ensure!(
        !folder.join("greffier.lock").exists(),
        "{} is a bot's: choose an empty folder",
        folder.display()
    );
    let store = Store::open(&folder, registers(), Clock::system())?;
    fill(&store, count)?;
    store.close()?;
    println!("{count} warnings in {}", folder.display());
    Ok(())
}

/// What the program's cogs keep.
pub fn registers() -> Registers {
    let mut registers = Registers::default();
    for cog in cogs::all() {
        registers.extend(cog.registers);
    }
    registers
}

/// Somebody who stands at `position`.
pub fn standing(user: u64, position: u16) -> Standing {
    Standing {
        user: UserId(user),
        bot: false,
        owner: false,
        administrator: position > 8,
        moderates: position > 4,
        roles: Vec::new(),
        rank: Rank { position, age: 0 },
    }
}

/// Where the warnings are given.
pub fn scene() -> Scene {
    Scene {
        guild: GUILD,
        guild_name: "Town".to_owned(),
        actor: standing(11, 9),
        greffier: Standing {
            bot: true,
            ..standing(10, 8)
        },
        locale: Locale::En,
    }
}

/// Nobody is told of these warnings: direct messages are switched off in the guild.
pub fn quiet(store: &Store) -> Result<()> {
    let actor = standing(11, 9);
    let setting = Setting::DirectMessages(Some(false));
    store.write_blocking(order(), move |tx| {
        settings::rules::set(tx, GUILD, &actor, setting)
    })?;
    Ok(())
}

/// Gives `count` warnings.
pub fn fill(store: &Store, count: u32) -> Result<()> {
    quiet(store)?;
    for first in (0..count).step_by(TOGETHER as usize) {
        let scene = scene();
        store.write_blocking(order(), move |tx| {
            for number in first..count.min(first + TOGETHER) {
                let member = standing(1_000_000 + u64::from(number) % MEMBERS, 1);
                warn(
                    tx,
                    &scene,
                    &member,
                    1,
                    &format!("link number {number} in the wrong channel"),
                )?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// An order of the guild's moderator, by no message.
pub fn order() -> Order {
    Order {
        guild: Some(GUILD),
        actor: Some(UserId(11)),
        origin: None,
    }
}
