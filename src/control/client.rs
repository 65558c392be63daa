//! The command line's end of the control socket.

use std::io::{BufRead as _, BufReader, ErrorKind, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::Context as _;

use super::server::within;
use super::{Answer, Progressed, Reply, Request};
use crate::model::Text;
use crate::text;

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No bot runs on this folder.
    #[error("no bot is running")]
    NobodyThere,
    /// The bot said why not.
    #[error("refused: {}", .0.key)]
    Refused(Text),
    /// The conversation broke off: the bot may or may not have done it.
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

/// Asks the bot that runs on `data`, and waits until it has answered. Blocks.
///
/// # Errors
/// See [`AskError`].
pub fn ask(data: &Path, request: &Request) -> Result<Answer, AskError> {
    ask_watching(data, request, |_| {})
}

/// [`ask`]; meanwhile `watch` hears how far a long work has come.
///
/// # Errors
/// See [`AskError`].
pub fn ask_watching(
    data: &Path,
    request: &Request,
    mut watch: impl FnMut(Progressed),
) -> Result<Answer, AskError> {
    let mut stream = match within(data, |path| UnixStream::connect(path)) {
        Ok(stream) => stream,
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::NotADirectory
            ) =>
        {
            return Err(AskError::NobodyThere);
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let folder = data.display().to_string();
            return Err(AskError::Refused(text!("control-denied", folder = folder)));
        }
        Err(error) => {
            return Err(anyhow::Error::from(error)
                .context("connecting to the running bot")
                .into());
        }
    };
    let mut line = serde_json::to_string(request).context("writing the request")?;
    line.push('\n');
    stream
        .write_all(line.as_bytes())
        .context("asking the running bot")?;
    let mut lines = BufReader::new(stream);
    loop {
        let mut answer = String::new();
        lines
            .read_line(&mut answer)
            .context("hearing the running bot")?;
        match serde_json::from_str(&answer).context("understanding the running bot")? {
            Reply::Progress(progressed) => watch(progressed),
            Reply::Done(answer) => return Ok(answer),
            Reply::Refused(why) => return Err(AskError::Refused(why)),
        }
    }
}
