//! What the bot does for a community: one folder a cog, and the list of them.

pub mod backups;
pub mod cases;
pub mod conversations;
pub mod economy;
pub mod guilds;
pub mod lockdown;
pub mod mutes;
pub mod mydata;
pub mod raid;
pub mod roles;
pub mod selfroles;
pub mod settings;
pub mod tickets;
pub mod warnings;

use crate::discord::Cog;
use crate::i18n::Texts;
use crate::store::Registers;

/// Every cog of the program, in the order in which `!help` shows them.
pub fn all() -> Vec<Cog> {
    vec![
        warnings::cog(),
        economy::cog(),
        roles::cog(),
        selfroles::cog(),
        conversations::cog(),
        cases::cog(),
        mutes::cog(),
        raid::cog(),
        lockdown::cog(),
        tickets::cog(),
        mydata::cog(),
        settings::cog(),
        guilds::cog(),
        backups::cog(),
    ]
}

/// What these cogs keep.
pub fn registers(cogs: &[Cog]) -> Registers {
    let mut registers = Registers::default();
    for cog in cogs {
        registers.extend(cog.registers.clone());
    }
    registers
}

/// Every sentence: the program's, and those that these cogs bring.
pub fn texts(cogs: &[Cog]) -> Texts {
    let mut texts = Texts::embedded();
    for (locale, source) in cogs.iter().flat_map(|cog| cog.texts) {
        texts.add(*locale, source);
    }
    texts
}
