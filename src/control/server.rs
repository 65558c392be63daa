//! The bot's end of the control socket.

use std::fs::{self, File, Permissions};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Answer, Progressed, Reply, Request, SOCKET};
use crate::model::Text;
use crate::text;

/// A request is one short line; more than this is not one of ours.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// How often whoever waits hears how far the work has come.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// The socket, open; it is removed when this is dropped.
pub struct Server {
    listener: UnixListener,
    path: PathBuf,
}

impl Server {
    /// Opens the socket in `data`. Whoever calls this holds the lock on `data`, so that a socket that is
    /// there already was left behind by a process that died.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(data: &Path) -> anyhow::Result<Self> {
        let path = data.join(SOCKET);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("removing {}", path.display()));
            }
            _ => {}
        }
        let listener = within(data, |path| UnixListener::bind(path))
            .with_context(|| format!("opening {}", path.display()))?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))
            .with_context(|| format!("protecting {}", path.display()))?;
        Ok(Self { listener, path })
    }

    /// Answers until `stop`, several at a time; those that have begun are answered to the end. `progress` is how far
    /// the work has come, if any goes on.
    pub async fn serve<A, F, P>(self, answer: A, progress: P, stop: CancellationToken)
    where
        A: Fn(Request) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Answer, Text>> + Send,
        P: Fn() -> Option<Progressed> + Clone + Send + Sync + 'static,
    {
        let tasks = TaskTracker::new();
        loop {
            let stream = tokio::select! {
                () = stop.cancelled() => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        tracing::warn!(event = "control_failed", error = %error);
                        continue;
                    }
                },
            };
            let (answer, progress) = (answer.clone(), progress.clone());
            tasks.spawn(async move {
                if let Err(error) = converse(stream, answer, progress).await {
                    tracing::warn!(event = "control_failed", error = format!("{error:#}"));
                }
            });
        }
        tasks.close();
        tasks.wait().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not there any more is as good; a stale one is removed at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

async fn converse<A, F>(
    stream: UnixStream,
    answer: A,
    progress: impl Fn() -> Option<Progressed>,
) -> anyhow::Result<()>
where
    A: Fn(Request) -> F,
    F: Future<Output = Result<Answer, Text>>,
{
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(LONGEST_REQUEST))
        .read_line(&mut line)
        .await
        .context("reading a request")?;
    let reply = match serde_json::from_str::<Request>(&line) {
        Ok(request) => {
            let answer = answer(request);
            tokio::pin!(answer);
            let mut tick = tokio::time::interval(PROGRESS_EVERY);
            loop {
                tokio::select! {
                    answered = &mut answer => break match answered {
                        Ok(answer) => Reply::Done(answer),
                        Err(why) => Reply::Refused(why),
                    },
                    _ = tick.tick() => if let Some(progressed) = progress() {
                        say(&mut write, &Reply::Progress(progressed)).await?;
                    },
                }
            }
        }
        Err(error) => Reply::Refused(text!("control-not-understood", why = error.to_string())),
    };
    say(&mut write, &reply).await
}

async fn say(write: &mut OwnedWriteHalf, reply: &Reply) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(reply).context("writing an answer")?;
    line.push('\n');
    // Whoever asked may have gone; what they asked for is done all the same.
    let _ = write.write_all(line.as_bytes()).await;
    Ok(())
}

/// Calls `act` with a path of the socket in `data` that fits: a socket's path is at most 108 bytes
/// (unix(7)), a folder's own path may be longer.
pub(super) fn within<T>(
    data: &Path,
    act: impl FnOnce(&Path) -> std::io::Result<T>,
) -> std::io::Result<T> {
    let path = data.join(SOCKET);
    if path.as_os_str().len() < 100 || !cfg!(target_os = "linux") {
        return act(&path);
    }
    let folder = File::open(data)?;
    act(&PathBuf::from(format!(
        "/proc/self/fd/{}/{SOCKET}",
        folder.as_raw_fd()
    )))
}
