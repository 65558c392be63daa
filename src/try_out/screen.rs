//! What is printed: above the prompt while somebody types, else plainly.

use std::io::{IsTerminal as _, Write as _};

use rustyline::ExternalPrinter;

/// Where lines appear.
pub(super) struct Screen {
    printer: Option<Box<dyn ExternalPrinter + Send>>,
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
    /// Standard output, or `printer` where a prompt is open.
    pub(super) fn new(printer: Option<Box<dyn ExternalPrinter + Send>>) -> Self {
        let is_colour_wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            printer,
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
        // When nobody reads any more, the lines are carried out all the same.
        match &mut self.printer {
            Some(printer) => {
                let _ = printer.print(whole);
            }
            None => {
                let mut out = std::io::stdout().lock();
                let _ = out.write_all(whole.as_bytes()).and_then(|()| out.flush());
            }
        }
    }
}
