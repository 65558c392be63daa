//! One sitting: the local Discord, the bot, and the lines that are carried out one after the other.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono_tz::Tz;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{broadcast, mpsc};
use tokio::time::timeout;

use super::bot::{Bot, BotLine, Setting};
use super::input::Input;
use super::line::{Act, Line, Place, parse};
use super::posted::Posted;
use super::screen::{Kind, Screen};
use super::watching::{in_words, show_log};
use super::{Hindrance, PEOPLE, Said, greeting, restore};
use crate::control::{AskError, Request, ask};
use crate::i18n::Texts;
use crate::model::{Locale, Text};
use crate::sandbox::{Place as Spot, Sandbox, Visible};
use crate::text;

/// How long a bot may take from its start to its log-in; a recovery is slower than a start.
const START_PATIENCE: Duration = Duration::from_secs(60);
/// How long a clean stop may take.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
/// How long the first word of an answer may take.
const ANSWER_PATIENCE: Duration = Duration::from_secs(3);
/// How long it must be quiet before the next line.
pub(super) const QUIET: Duration = Duration::from_millis(200);

/// Everything that a line may touch.
pub(super) struct Session {
    pub(super) texts: Arc<Texts>,
    pub(super) locale: Locale,
    pub(super) zone: Tz,
    pub(super) prefix: String,
    pub(super) sandbox: Sandbox,
    pub(super) setting: Setting,
    pub(super) screen: Screen,
    pub(super) visible: broadcast::Receiver<Visible>,
    pub(super) log: mpsc::UnboundedReceiver<BotLine>,
    log_sender: mpsc::UnboundedSender<BotLine>,
    pub(super) bot: Option<Bot>,
    /// How far the clock was moved.
    pub(super) shift: Duration,
    /// Whether hours pass in a moment: what happens every hour is then not worth a line each.
    pub(super) is_hurrying: bool,
    /// Who was made to say something that has not become visible yet.
    pub(super) speaker: Option<String>,
    pub(super) posted: Posted,
}

/// Whether there is more to come.
#[derive(PartialEq, Eq)]
enum Next {
    More,
    Quit,
}

impl Session {
    pub(super) fn new(
        texts: Arc<Texts>,
        (locale, zone): (Locale, Tz),
        prefix: String,
        sandbox: Sandbox,
        setting: Setting,
        screen: Screen,
    ) -> Self {
        let visible = sandbox.visible();
        let (log_sender, log) = mpsc::unbounded_channel();
        Self {
            texts,
            locale,
            zone,
            prefix,
            sandbox,
            setting,
            screen,
            visible,
            log,
            log_sender,
            bot: None,
            shift: Duration::ZERO,
            is_hurrying: false,
            speaker: None,
            posted: Posted::default(),
        }
    }

    /// Carries out all lines. True when each one could be.
    ///
    /// # Errors
    /// When the bot can't be started at all, or not stopped.
    pub(super) async fn run(mut self, mut input: Input) -> anyhow::Result<bool> {
        let mut interrupts = signal(SignalKind::interrupt()).context("listening to SIGINT")?;
        let mut ends = signal(SignalKind::terminate()).context("listening to SIGTERM")?;
        let played = tokio::select! {
            played = self.play(&mut input) => played,
            _ = interrupts.recv() => Ok(false),
            _ = ends.recv() => Ok(false),
        };
        if let Some(bot) = self.bot.take() {
            bot.stop(STOP_PATIENCE).await?;
        }
        self.drain();
        self.sandbox.stop().await;
        played
    }

    async fn play(&mut self, input: &mut Input) -> anyhow::Result<bool> {
        self.start_bot().await?;
        for line in greeting::lines(&self.texts, self.locale, &self.prefix) {
            self.screen.print(Kind::Note, &line);
        }
        let mut is_all_done = true;
        loop {
            input.ask();
            let was_there = !input.is_prompt();
            let Some(line) = self.next_line(input).await else {
                return Ok(is_all_done);
            };
            if was_there || !input.is_prompt() {
                self.echo(&line);
            }
            match self.carry_out(&line).await {
                Ok(Next::More) => {}
                Ok(Next::Quit) => return Ok(is_all_done),
                Err(why) => {
                    is_all_done = false;
                    self.screen.print(Kind::Trouble, &why);
                }
            }
        }
    }

    /// Prints what happens until a line comes.
    async fn next_line(&mut self, input: &mut Input) -> Option<String> {
        loop {
            tokio::select! {
                biased;
                shown = self.happening() => self.show(shown),
                line = input.next() => return line,
            }
        }
    }

    fn echo(&mut self, line: &str) {
        if line.trim_start().starts_with('#') || line.trim().is_empty() {
            self.screen.print(Kind::Visible, line);
        } else {
            self.screen.print(Kind::Echo, line);
        }
    }

    async fn carry_out(&mut self, line: &str) -> Result<Next, String> {
        let understood = parse(line, &PEOPLE).map_err(|mistyped| self.say(&mistyped.0))?;
        match understood {
            Line::Nothing => {}
            Line::Help => {
                for line in greeting::help(&self.texts, self.locale, &self.prefix) {
                    self.screen.print(Kind::Note, &line);
                }
            }
            Line::Quit => return Ok(Next::Quit),
            Line::Wait(time) => self.during(tokio::time::sleep(time)).await,
            Line::Later(by) => self.later(by).await.map_err(|error| self.failed(&error))?,
            Line::Crash => self.crash().await.map_err(|error| self.failed(&error))?,
            Line::Restore(name) => self
                .restore(name.as_deref())
                .await
                .map_err(|error| self.failed(&error))?,
            Line::CrowdJoins(count) => {
                self.sandbox.crowd_joins(count);
                self.settle(QUIET).await;
            }
            Line::Act { who, act } => self.act(&who, act).await?,
        }
        Ok(Next::More)
    }

    async fn act(&mut self, who: &str, act: Act) -> Result<(), String> {
        let sandbox = self.sandbox.clone();
        let awaits = match &act {
            Act::Says(_, text) if text.starts_with(&self.prefix) => ANSWER_PATIENCE,
            Act::ByHand(hand) if hand.asks_the_bot(&self.prefix) => ANSWER_PATIENCE,
            _ => QUIET,
        };
        if let Act::Says(..) = &act {
            self.speaker = Some(who.to_owned());
        }
        let done: Result<(), Hindrance> = self
            .during(async move {
                match act {
                    Act::Says(place, text) => {
                        sandbox.says(who, &spot(who, &place), &text).await?;
                    }
                    Act::Slash(place, line) => {
                        drop(sandbox.slash(who, &spot(who, &place), &line).await?);
                    }
                    Act::Clicks(label) => drop(sandbox.clicks(who, &label).await?),
                    Act::Picks(values, menu) => {
                        let values: Vec<&str> = values.iter().map(String::as_str).collect();
                        drop(sandbox.picks(who, &menu, &values).await?);
                    }
                    Act::Submits(fields) => drop(sandbox.submits(who, &fields).await?),
                    Act::Leaves => sandbox.leaves(who).await?,
                    Act::Joins => sandbox.joins(who).await?,
                    Act::ClosesDms => sandbox.closes_dms(who)?,
                    Act::OpensDms => sandbox.opens_dms(who)?,
                    Act::ByHand(hand) => hand.carry_out(&sandbox, who).await?,
                }
                Ok(())
            })
            .await;
        self.settle(awaits).await;
        self.speaker = None;
        done.map_err(|hindrance| match hindrance {
            Hindrance::Discord(trouble) => self.client().explains(&trouble),
            Hindrance::Here(Said(why)) => self.say(&why),
        })
    }

    /// Moves the clock of the local Discord and of the bot, which then runs what has come due.
    async fn later(&mut self, by: Duration) -> anyhow::Result<()> {
        self.sandbox.advance(by);
        self.shift += by;
        let data = self.setting.data.clone();
        let by_ms = u64::try_from(by.as_millis()).context("a time as long as that")?;
        let asked = tokio::task::spawn_blocking(move || ask(&data, &Request::Advance { by_ms }));
        self.is_hurrying = true;
        let moved = self.during(asked).await;
        self.settle(QUIET).await;
        self.is_hurrying = false;
        match moved.context("moving the bot's clock")? {
            Ok(_) => Ok(()),
            Err(AskError::NobodyThere) => Err(Said(Text::new("try-bot-gone")).into()),
            Err(AskError::Refused(why)) => Err(Said(why).into()),
            Err(AskError::Broken(error)) => Err(error),
        }
    }

    async fn crash(&mut self) -> anyhow::Result<()> {
        // After it ended by itself there is nothing to kill.
        if let Some(bot) = self.bot.take() {
            bot.crash().await?;
            self.drain();
            self.note(&text!("try-crashed"));
        }
        self.start_bot().await
    }

    async fn restore(&mut self, name: Option<&str>) -> anyhow::Result<()> {
        let archive = restore::choose(&self.setting.backups, name)?;
        if let Some(bot) = self.bot.take() {
            self.note(&text!("try-stopping"));
            self.during(bot.stop(STOP_PATIENCE)).await?;
            self.drain();
        }
        let shown = |path: &Path| {
            let short = path.strip_prefix(&self.setting.folder).unwrap_or(path);
            short.display().to_string()
        };
        let copying = text!(
            "try-copying",
            archive = shown(&archive),
            data = shown(&self.setting.data)
        );
        self.note(&copying);
        restore::copy(&archive, &self.setting.data)?;
        self.start_bot().await
    }

    /// Starts the bot and waits until it has logged in and says that it is ready.
    async fn start_bot(&mut self) -> anyhow::Result<()> {
        let mut bot = Bot::start(&self.setting, self.shift, self.log_sender.clone())?;
        let ready = async {
            loop {
                tokio::select! {
                    biased;
                    line = self.log.recv() => match line {
                        Some(line) if line.event == super::READY => break Ok(()),
                        Some(line) => show_log(&mut self.screen, &line),
                        None => break Err(None),
                    },
                    ended = bot.ended() => break Err(ended.ok()),
                }
            }
        };
        match timeout(START_PATIENCE, ready).await {
            Ok(Ok(())) => {}
            Ok(Err(ended)) => {
                // Its last words are still on their way.
                while let Ok(Some(line)) = timeout(QUIET, self.log.recv()).await {
                    show_log(&mut self.screen, &line);
                }
                let how = in_words(ended);
                return Err(Said(text!("try-not-started", how = how)).into());
            }
            Err(_) => {
                let seconds = START_PATIENCE.as_secs();
                return Err(Said(text!("try-not-ready", seconds = seconds)).into());
            }
        }
        self.bot = Some(bot);
        self.settle(QUIET).await;
        Ok(())
    }

    pub(super) fn note(&mut self, text: &Text) {
        let words = self.say(text);
        self.screen.print(Kind::Note, &words);
    }

    pub(super) fn say(&self, text: &Text) -> String {
        self.texts.text(self.locale, text)
    }

    pub(super) fn failed(&self, error: &anyhow::Error) -> String {
        match error.downcast_ref::<Said>() {
            Some(Said(why)) => self.say(why),
            None => self.say(&text!("cli-failed", why = format!("{error:#}"))),
        }
    }
}

fn spot(who: &str, place: &Place) -> Spot {
    match place {
        Place::Channel(name) => Spot::channel(name),
        Place::Dm => Spot::dm(who),
    }
}

/// Makes a folder that only its owner may enter.
pub(super) fn make_private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("making {}", folder.display()))
}
