//! Where lines come from: a prompt with history, a script, or whatever standard input is.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rustyline::history::FileHistory;
use rustyline::{Editor, ExternalPrinter};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};
use tokio::sync::mpsc;

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
    },
}

impl Input {
    /// The lines of `script`, else those of standard input; with what prints above the prompt where there is one.
    ///
    /// # Errors
    /// When the script can't be read or the prompt can't be opened.
    pub(super) fn open(
        script: Option<&Path>,
    ) -> anyhow::Result<(Self, Option<Box<dyn ExternalPrinter + Send>>)> {
        if let Some(script) = script {
            let content = std::fs::read_to_string(script)
                .with_context(|| format!("reading {}", script.display()))?;
            let lines: Vec<String> = content.lines().map(str::to_owned).collect();
            return Ok((Self::Script(lines.into_iter()), None));
        }
        if !std::io::stdin().is_terminal() {
            return Ok((Self::Pipe(BufReader::new(tokio::io::stdin()).lines()), None));
        }
        let mut editor: Editor<(), FileHistory> = Editor::new().context("opening the prompt")?;
        let printer = editor
            .create_external_printer()
            .context("opening the prompt")?;
        let (ask, asked) = std::sync::mpsc::channel();
        let (typed, lines) = mpsc::unbounded_channel();
        std::thread::Builder::new()
            .name("prompt".to_owned())
            .spawn(move || read_lines(&mut editor, &asked, &typed))
            .context("opening the prompt")?;
        Ok((Self::Prompt { ask, lines }, Some(Box::new(printer))))
    }

    /// Whether a person types, who needs no echo.
    pub(super) fn is_prompt(&self) -> bool {
        matches!(self, Self::Prompt { .. })
    }

    /// Opens the prompt for one more line. Call it before each [`Input::next`], which may be cancelled and
    /// called again.
    pub(super) fn ask(&self) {
        if let Self::Prompt { ask, .. } = self {
            // Closed: `next` says that it is over.
            let _ = ask.send(());
        }
    }

    /// The next line; none when it is over.
    pub(super) async fn next(&mut self) -> Option<String> {
        match self {
            Self::Script(lines) => lines.next(),
            Self::Pipe(lines) => lines.next_line().await.ok().flatten(),
            Self::Prompt { lines, .. } => lines.recv().await,
        }
    }
}

fn read_lines(
    editor: &mut Editor<(), FileHistory>,
    asked: &std::sync::mpsc::Receiver<()>,
    typed: &mpsc::UnboundedSender<String>,
) {
    let history = history_file();
    if let Some(history) = &history {
        // The first time there is none.
        let _ = editor.load_history(history);
    }
    while asked.recv().is_ok() {
        match editor.readline("> ") {
            Ok(line) => {
                let _ = editor.add_history_entry(&line);
                if typed.send(line).is_err() {
                    break;
                }
            }
            Err(_) => break,
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

/// Where the XDG base directory specification puts what should outlive a run but is worth no backup.
fn history_file() -> Option<PathBuf> {
    let state = match std::env::var_os("XDG_STATE_HOME") {
        Some(state) if !state.is_empty() => PathBuf::from(state),
        _ => PathBuf::from(std::env::var_os("HOME")?).join(".local/state"),
    };
    Some(state.join("greffier/try_history"))
}
