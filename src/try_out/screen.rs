//! What is printed: above the prompt while somebody types, else plainly.

use std::io::{IsTerminal as _, Write as _};
use std::sync::PoisonError;

use super::input::{PROMPT, Typing};

/// Where lines appear.
pub(super) struct Screen {
    typing: Option<Typing>,
    has_colours: bool,
}

/// What a line is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of the script, as it is carried out.
    Echo,
    /// Something that became visible in Discord.
    Visible,
    /// The bot's log.
    Log,
    /// A word from us.
    Note,
    /// Something that could not be done.
    Trouble,
}

impl Screen {
    /// Standard output; `typing` is what stands in the prompt, where there is one.
    pub(super) fn new(typing: Option<Typing>) -> Self {
        let is_colour_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            typing,
            has_colours: is_colour_wanted && std::io::stdout().is_terminal(),
        }
    }

    /// Prints what may be several lines; those after the first are indented.
    pub(super) fn print(&mut self, kind: Kind, text: &str) {
        let (mark, colour) = match kind {
            Kind::Echo => ("> ", "1"),
            Kind::Visible => ("", "0"),
            Kind::Log => ("  greffier: ", "2"),
            Kind::Note => ("  ", "2"),
            Kind::Trouble => ("  ! ", "33"),
        };
        let mut whole = String::new();
        for (number, line) in text.lines().enumerate() {
            let mark = match (number, kind) {
                (0, _) | (_, Kind::Note | Kind::Trouble) => mark,
                (_, Kind::Visible) => "    ",
                _ => "  ",
            };
            if self.has_colours && colour != "0" {
                whole.push_str(&format!("\x1b[{colour}m{mark}{line}\x1b[0m\n"));
            } else {
                whole.push_str(&format!("{mark}{line}\n"));
            }
        }
        let typing = self.typing.as_ref().map(|typing| {
            let typing = typing.lock().unwrap_or_else(PoisonError::into_inner);
            typing.clone()
        });
        // The prompt moves down: its line is wiped (ECMA-48 EL), and put back below.
        if let Some(Some(typed)) = typing {
            whole = format!("\r\x1b[K{whole}{PROMPT}{typed}");
        }
        let mut out = std::io::stdout().lock();
        // When nobody reads any more, the lines are carried out all the same.
        let _ = out.write_all(whole.as_bytes()).and_then(|()| out.flush());
    }
}
