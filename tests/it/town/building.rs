//! How a town is set up before its story begins.

use std::cell::RefCell;

use greffier::app::Faults;
use greffier::config::Config;
use greffier::model::{Clock, Locale, Timestamp};
use greffier::sandbox::{self, Options, Sandbox};
use tokio::net::TcpListener;

use super::log::Log;
use super::{NOON, Town, own_cogs};
use crate::plans::Statements;

/// The choices of a town that has not been opened yet.
pub struct Building {
    locale: Locale,
    options: Options,
    cogs: fn() -> Vec<greffier::discord::Cog>,
    settle: fn(&mut Config),
    statements: Option<Statements>,
}

impl Default for Building {
    fn default() -> Self {
        Building {
            locale: Locale::En,
            options: Options {
                keep_exchanges: true,
                ..Options::default()
            },
            cogs: own_cogs,
            settle: |_| {},
            statements: None,
        }
    }
}

impl Building {
    /// Everyone's client, the guild and the bot speak this language.
    pub fn speaking(mut self, locale: Locale) -> Building {
        self.locale = locale;
        let tag = match locale {
            Locale::Fr => "fr",
            Locale::En => "en-US",
        };
        tag.clone_into(&mut self.options.guild_locale);
        tag.clone_into(&mut self.options.member_locale);
        self
    }

    /// The bot's own role has these permission bits.
    pub fn permitting(mut self, permissions: u64) -> Building {
        self.options.bot_permissions = permissions;
        self
    }

    /// The bot has other cogs.
    pub fn with_cogs(mut self, cogs: fn() -> Vec<greffier::discord::Cog>) -> Building {
        self.cogs = cogs;
        self
    }

    /// The operator configured something.
    pub fn configured(mut self, settle: fn(&mut Config)) -> Building {
        self.settle = settle;
        self
    }

    /// What is asked of the database is noted here.
    pub fn noting(mut self, statements: &Statements) -> Building {
        self.statements = Some(statements.clone());
        self
    }

    /// Starts the local Discord and the bot; returns when the bot takes commands.
    pub fn open(mut self) -> Town {
        let log = Log::default();
        let dispatch = log.dispatch(self.statements);
        let runtime = Log::runtime(dispatch.clone());
        let folder = tempfile::tempdir().expect("a temporary folder");
        self.options.clock = sandbox::Clock::starting_at(NOON);
        let options = self.options;
        let sandbox = runtime.block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await;
            let sandbox = Sandbox::start(listener.expect("a free port"), options).await;
            sandbox.expect("the local Discord starts")
        });
        let mut config = Config::defaults(folder.path());
        config.locale = self.locale;
        // A town's clock stands still while its people speak.
        config.member_pace = 0;
        config.discord.api_url = Some(sandbox.api_url());
        (self.settle)(&mut config);
        let town = Town {
            runtime,
            dispatch,
            bot: RefCell::default(),
            config,
            clock: Clock::fixed(Timestamp(NOON)),
            cogs: self.cogs,
            faults: Faults::default(),
            log,
            expected: RefCell::default(),
            watch: RefCell::new(sandbox.visible()),
            sandbox,
            _folder: folder,
        };
        town.starts_bot();
        town
    }
}
