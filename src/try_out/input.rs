//! Where lines come from: a prompt with history, a script, or whatever standard input is.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use rustyline::completion::Completer;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{Editor, Helper};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};
use tokio::sync::mpsc;

use super::unreadable;

/// What the prompt shows before what is typed.
pub(super) const PROMPT: &str = "> ";

/// The source of lines.
pub(super) enum Input {
    /// Lines that were there before.
    Script(std::vec::IntoIter<String>),
    /// Standard input, when it is no terminal.
    Pipe(Lines<BufReader<Stdin>>),
    /// A person: `ask` opens the prompt once, `lines` brings what they typed; closed when they are done.
    Prompt {
        ask: std::sync::mpsc::Sender<()>,
        lines: mpsc::UnboundedReceiver<String>,
        /// Lines that were pasted at once and wait for their turn.
        pasted: VecDeque<String>,
    },
}

/// What stands in the prompt right now; none while it is closed.
pub(super) type Typing = Arc<Mutex<Option<String>>>;

impl Input {
    /// The lines of `script`, else those of standard input; with what is being typed, where there is a prompt.
    ///
    /// # Errors
    /// When the script can't be read or the prompt can't be opened.
    pub(super) fn open(script: Option<&Path>) -> anyhow::Result<(Self, Option<Typing>)> {
        if let Some(script) = script {
            let content = std::fs::read_to_string(script);
            let content = content.map_err(|error| unreadable(script, &error))?;
            let lines: Vec<String> = content.lines().map(str::to_owned).collect();
            return Ok((Self::Script(lines.into_iter()), None));
        }
        if !std::io::stdin().is_terminal() {
            let lines = BufReader::new(tokio::io::stdin()).lines();
            return Ok((Self::Pipe(lines), None));
        }
        let typing = Typing::default();
        let mut editor: Editor<Watched, FileHistory> =
            Editor::new().context("opening the prompt")?;
        editor.set_helper(Some(Watched(Arc::clone(&typing))));
        let (ask, asked) = std::sync::mpsc::channel();
        let (typed, lines) = mpsc::unbounded_channel();
        let watched = Arc::clone(&typing);
        std::thread::Builder::new()
            .name("prompt".to_owned())
            .spawn(move || read_lines(&mut editor, &watched, &asked, &typed))
            .context("opening the prompt")?;
        let pasted = VecDeque::new();
        Ok((Self::Prompt { ask, lines, pasted }, Some(typing)))
    }

    /// Whether a person types, who needs no echo.
    pub(super) fn is_prompt(&self) -> bool {
        match self {
            Self::Prompt { pasted, .. } => pasted.is_empty(),
            Self::Script(_) | Self::Pipe(_) => false,
        }
    }

    /// Opens the prompt for one more line. Call it before each [`Input::next`], which may be cancelled and
    /// called again.
    pub(super) fn ask(&self) {
        if let Self::Prompt { ask, pasted, .. } = self
            && pasted.is_empty()
        {
            // Closed: `next` says that it is over.
            let _ = ask.send(());
        }
    }

    /// The next line; none when it is over.
    pub(super) async fn next(&mut self) -> Option<String> {
        match self {
            Self::Script(lines) => lines.next(),
            Self::Pipe(lines) => lines.next_line().await.ok().flatten(),
            Self::Prompt { lines, pasted, .. } => {
                if let Some(line) = pasted.pop_front() {
                    return Some(line);
                }
                let typed = lines.recv().await?;
                pasted.extend(typed.lines().map(str::to_owned));
                Some(pasted.pop_front().unwrap_or_default())
            }
        }
    }
}

fn read_lines(
    editor: &mut Editor<Watched, FileHistory>,
    typing: &Typing,
    asked: &std::sync::mpsc::Receiver<()>,
    typed: &mpsc::UnboundedSender<String>,
) {
    let history = history_file();
    if let Some(history) = &history {
        // The first time there is none.
        let _ = editor.load_history(history);
    }
    while asked.recv().is_ok() {
        note(typing, Some(String::new()));
        let read = editor.readline(PROMPT);
        note(typing, None);
        // Ctrl-C and Ctrl-D end it.
        let Ok(line) = read else {
            break;
        };
        let _ = editor.add_history_entry(&line);
        if typed.send(line).is_err() {
            break;
        }
    }
    if let Some(history) = history
        && let Some(folder) = history.parent()
        && std::fs::create_dir_all(folder).is_ok()
    {
        // A history that can't be kept is no reason to complain.
        let _ = editor.save_history(&history);
    }
}

fn note(typing: &Typing, text: Option<String>) {
    *typing.lock().unwrap_or_else(PoisonError::into_inner) = text;
}

/// Where the XDG base directory specification puts what should outlive a run but is worth no backup.
fn history_file() -> Option<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME") {
        Some(state) if !state.is_empty() => PathBuf::from(state),
        _ => PathBuf::from(std::env::var_os("HOME")?).join(".local/state"),
    };
    Some(state.join("greffier/try_history"))
}

/// Knows what is being typed, so that a line printed meanwhile can put it back. rustyline's own external printer
/// is not used: with it, input that arrives in one piece waits for the next key (17.0.2).
struct Watched(Typing);

impl Highlighter for Watched {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        note(&self.0, Some(line.to_owned()));
        Cow::Borrowed(line)
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

impl Completer for Watched {
    type Candidate = String;
}

impl Hinter for Watched {
    type Hint = String;
}

impl Validator for Watched {}

impl Helper for Watched {}
