//! What happens while somebody tries, as it happens: in Discord, in the bot's log, and to the bot itself.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::time::timeout;

use super::bot::{Bot, BotLine};
use super::posted::keep_files;
use super::screen::{Kind, Screen};
use super::session::{QUIET, Session};
use super::stamps::{Reader, readable};
use super::wording::Client;
use crate::control::{Request, ask};
use crate::model::Text;
use crate::sandbox::{MessageView, Visible};
use crate::text;

impl Session {
    /// Prints what happens while `act` goes on.
    pub(super) async fn during<F: Future>(&mut self, act: F) -> F::Output {
        tokio::pin!(act);
        loop {
            tokio::select! {
                biased;
                shown = self.happening() => self.show(shown),
                done = &mut act => return done,
            }
        }
    }

    /// Prints what happens until the bot has answered, for at most `patience`, and all that follows from it.
    pub(super) async fn settle(&mut self, patience: Duration) {
        while let Ok(happening) = timeout(patience, self.happening()).await {
            let is_answer = match &happening {
                Happening::Visible(shown) => is_from_bot(shown),
                _ => false,
            };
            self.show(happening);
            if is_answer {
                break;
            }
        }
        if self.bot.is_some() {
            let data = self.setting.data.clone();
            let asked = tokio::task::spawn_blocking(move || ask(&data, &Request::Settle));
            // A bot that has just ended is told of in its own line.
            let _ = self.during(asked).await;
        }
        while let Ok(happening) = timeout(QUIET, self.happening()).await {
            self.show(happening);
        }
    }

    /// Prints what has already happened.
    pub(super) fn drain(&mut self) {
        while let Ok(shown) = self.visible.try_recv() {
            self.show_visible(&shown);
        }
        while let Ok(line) = self.log.try_recv() {
            show_log(&mut self.screen, &line);
        }
    }

    pub(super) async fn happening(&mut self) -> Happening {
        loop {
            tokio::select! {
                shown = self.visible.recv() => match shown {
                    Ok(shown) => return Happening::Visible(Box::new(shown)),
                    Err(broadcast::error::RecvError::Lagged(missed)) => return Happening::Missed(missed),
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                },
                Some(line) = self.log.recv() => return Happening::Log(line),
                ended = ended(&mut self.bot) => {
                    self.bot = None;
                    return Happening::Ended(ended);
                }
            }
        }
    }

    pub(super) fn show(&mut self, happening: Happening) {
        match happening {
            Happening::Visible(shown) => self.show_visible(&shown),
            Happening::Log(line) if self.is_hurrying && line.is_hourly() => {}
            Happening::Log(line) => show_log(&mut self.screen, &line),
            Happening::Missed(count) => self.note(&text!("try-missed", count = count)),
            Happening::Ended(how) => {
                self.drain();
                let why = self.say(&text!("try-ended", how = in_words(how)));
                self.screen.print(Kind::Trouble, &why);
            }
        }
    }

    /// The client in which everything is seen.
    pub(super) fn client(&self) -> Client<'_> {
        Client {
            texts: &self.texts,
            locale: self.locale,
        }
    }

    fn show_visible(&mut self, shown: &Visible) {
        // What somebody was just made to say stands there already, as the line itself.
        if let (Visible::Said(message), Some(who)) = (shown, &self.speaker)
            && message.author == *who
        {
            self.speaker = None;
            return;
        }
        let shift = chrono::Duration::from_std(self.shift).unwrap_or_default();
        let reader = Reader {
            zone: self.zone,
            now: chrono::Utc::now() + shift,
        };
        let client = Client {
            texts: &self.texts,
            locale: self.locale,
        };
        let words = readable(&self.posted.line(shown, client), &reader);
        self.screen.print(Kind::Visible, &words);
        if let Visible::Said(message) | Visible::Edited(message) = shown
            && message.author == super::BOT
        {
            self.keep_files(message);
        }
    }

    /// Puts the files of a post where they can be opened, and shows those that are short.
    fn keep_files(&mut self, message: &MessageView) {
        let folder = self.setting.folder.join("files");
        match keep_files(message, &self.sandbox, &folder) {
            Ok(files) => {
                for file in files {
                    self.note(&text!("try-file", path = file.path.display().to_string()));
                    if let Some(text) = file.text {
                        self.screen.print(Kind::Note, &text);
                    }
                }
            }
            Err(error) => {
                let why = self.failed(&error);
                self.screen.print(Kind::Trouble, &why);
            }
        }
    }
}

/// Something to print.
pub(super) enum Happening {
    Visible(Box<Visible>),
    Log(BotLine),
    Missed(u64),
    Ended(Option<ExitStatus>),
}

pub(super) fn show_log(screen: &mut Screen, line: &BotLine) {
    if line.is_shown() {
        screen.print(Kind::Log, &line.message);
    }
}

/// The end of a bot that nobody asked to end.
async fn ended(bot: &mut Option<Bot>) -> Option<ExitStatus> {
    match bot {
        Some(bot) => bot.ended().await.ok(),
        None => std::future::pending().await,
    }
}

pub(super) fn in_words(ended: Option<ExitStatus>) -> Text {
    let code = ended.and_then(|ended| ended.code());
    let signal = ended.and_then(|ended| ended.signal());
    match (code, signal) {
        (Some(code), _) => text!("try-how-code", code = code),
        (None, Some(signal)) => text!("try-how-signal", signal = signal),
        (None, None) => Text::new("try-how-unknown"),
    }
}

fn is_from_bot(shown: &Visible) -> bool {
    match shown {
        Visible::Said(message) | Visible::Edited(message) => message.author == super::BOT,
        Visible::Thinking { .. } | Visible::ModalOpened { .. } => true,
        _ => false,
    }
}
