//! `greffier run` as a service manager and an operator at its side meet it.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use greffier::sandbox::{Options, Sandbox};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Nothing here takes longer unless it hangs.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn systemd_hears_ready_and_stopping_and_the_watchdog_is_fed() {
    let place = Place::open(Options::default()).await;
    let notified = Notified::open(place.folder.path());
    // As systemd does, the watchdog is meant for this very process.
    let bot = Command::new("sh")
        .args(["-c", "WATCHDOG_PID=$$ exec \"$0\" run"])
        .arg(env!("CARGO_BIN_EXE_greffier"))
        .current_dir(place.folder.path())
        .env("DISCORD_TOKEN", place.sandbox.bot_token())
        .env("GREFFIER_DISCORD__API_URL", place.sandbox.api_url())
        .env("NOTIFY_SOCKET", &notified.path)
        .env("WATCHDOG_USEC", "200000")
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    notified.hears("READY=1");
    notified.hears("WATCHDOG=1");
    notified.hears("WATCHDOG=1");
    let ended = place.end(bot, Signal::SIGTERM);
    notified.hears("STOPPING=1");
    assert_eq!(ended.status.code(), Some(0), "{}", complained(&ended));
    assert!(place.folder.path().join("data/warnings.json").is_file());
    assert!(!place.folder.path().join("data/greffier.sock").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_of_systemd_gets_priorities_and_no_time() {
    let place = Place::open(Options::default()).await;
    let notified = Notified::open(place.folder.path());
    let log = place.folder.path().join("log");
    let file = File::create(&log).expect("made");
    let metadata = file.metadata().expect("known");
    let stream = format!("{}:{}", metadata.dev(), metadata.ino());
    let variables = [
        ("NOTIFY_SOCKET", notified.path.as_str()),
        ("JOURNAL_STREAM", stream.as_str()),
    ];
    let mut command = place.command(&["run"], &variables);
    let bot = command.stderr(file).spawn().expect("it starts");
    notified.hears("READY=1");
    place.end(bot, Signal::SIGINT);
    let log = fs::read_to_string(log).expect("text");
    for line in log.lines() {
        assert!(
            line.starts_with('<') && line[2..].starts_with('>'),
            "{line}"
        );
        assert!(line.contains("  event="), "{line}");
        assert!(!line.contains('\x1b'), "{line}");
    }
    assert!(
        log.contains("<6>📖 Greffier est à son poste  event=ready"),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_refuses_ends_the_program_with_words_and_no_restart() {
    let place = Place::open(Options::default()).await;
    let output = finished(place.bot(&[("DISCORD_TOKEN", "bm90LW15LXRva2Vu.x.y")]));
    assert_eq!(output.status.code(), Some(78));
    let said = complained(&output);
    assert!(said.contains("event=token_refused"), "{said}");
    assert!(!said.contains("bm90LW15LXRva2Vu"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn intents_that_are_switched_off_end_the_program_and_check_names_them() {
    let place = Place::open(Options {
        intents_granted: 0,
        ..Options::default()
    })
    .await;
    let output = finished(place.bot(&[]));
    assert_eq!(output.status.code(), Some(78));
    assert!(
        complained(&output).contains("event=intents_missing"),
        "{}",
        complained(&output)
    );

    let checked = place.asks(&["check", "--online", "--lang", "en"]);
    assert_eq!(checked.status.code(), Some(78));
    let said = said(&checked);
    for intent in ["Server Members Intent", "Message Content Intent"] {
        let line =
            format!("{intent}: off; switch it on at https://discord.com/developers/applications/");
        assert!(said.contains(&line), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_invite_link_asks_for_what_the_bot_needs() {
    let place = Place::open(Options::default()).await;
    let invited = place.asks(&["invite"]);
    let link = said(&invited);
    assert!(
        link.starts_with("https://discord.com/oauth2/authorize?client_id="),
        "{link}"
    );
    assert!(link.contains("scope=bot%20applications.commands"), "{link}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_asks_a_running_bot() {
    let place = Place::open(Options::default()).await;
    let notified = Notified::open(place.folder.path());
    let bot = place.bot(&[("NOTIFY_SOCKET", &notified.path)]);
    notified.hears("READY=1");

    let archived = place.asks(&["archive", "--json"]);
    assert_eq!(archived.status.code(), Some(0), "{}", complained(&archived));
    let answer: serde_json::Value = serde_json::from_str(&said(&archived)).expect("JSON");
    let name = answer["name"].as_str().expect("a name");
    assert!(said(&place.asks(&["archives"])).contains(name));
    for words in [
        &["save"][..],
        &["prune", "--dry-run"],
        &["journal"],
        &["check"],
    ] {
        let asked = place.asks(words);
        assert_eq!(asked.status.code(), Some(0), "{words:?}: {}", said(&asked));
    }
    // A second bot on the same data is refused with the pid of the first.
    let second = finished(place.bot(&[]));
    assert_eq!(second.status.code(), Some(75), "{}", complained(&second));
    assert!(
        complained(&second).contains(&bot.id().to_string()),
        "{}",
        complained(&second)
    );

    let ended = place.end(bot, Signal::SIGTERM);
    assert_eq!(ended.status.code(), Some(0), "{}", complained(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_a_bot_in_earnest_is_not_moved_from_outside() {
    use greffier::control::{AskError, Request, ask};
    let place = Place::open(Options::default()).await;
    let notified = Notified::open(place.folder.path());
    let bot = place.bot(&[("NOTIFY_SOCKET", &notified.path)]);
    notified.hears("READY=1");
    let data = place.folder.path().join("data");
    let asked = tokio::task::spawn_blocking(move || ask(&data, &Request::Advance { by_ms: 1 }));
    match asked.await.expect("no panic") {
        Err(AskError::Refused(why)) => assert_eq!(why.key, "control-clock-fixed"),
        other => panic!("{other:?}"),
    }
    place.end(bot, Signal::SIGTERM);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_has_an_event_also_when_nothing_can_begin() {
    let place = Place::open(Options::default()).await;
    for (variable, value, what) in [
        ("GREFFIER_PREFIX", "far too long", "GREFFIER_PREFIX"),
        ("DISCORD_TOKEN", "", "DISCORD_TOKEN"),
        ("GREFFIER_PATHS__DATA", "/proc/no/such", "/proc/no/such"),
        (
            "GREFFIER_DISCORD__API_URL",
            "http://127.0.0.1:1",
            "127.0.0.1:1",
        ),
    ] {
        let output = finished(place.bot(&[(variable, value)]));
        assert!(!output.status.success(), "{variable}");
        let lines = complained(&output);
        assert!(lines.contains(what), "{variable}: {lines}");
        for line in lines.lines() {
            assert!(line.contains("  event="), "{variable}: {line}");
        }
    }
}

#[test]
fn root_beside_somebodys_records_leaves_no_file_of_its_own() {
    if !Uid::effective().is_root() {
        eprintln!("only root can be tested to give root up");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    chown(folder.path(), Some(12_345), Some(12_345)).expect("given away");
    for name in ["data", "backups"] {
        let path = folder.path().join(name);
        fs::create_dir(&path).expect("made");
        chown(&path, Some(12_345), Some(12_345)).expect("given away");
    }
    for words in [&["save"][..], &["archive"], &["check"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_greffier"))
            .args(words)
            .current_dir(folder.path())
            .output()
            .expect("it starts");
        assert!(
            words == ["check"] || output.status.success(),
            "{}",
            complained(&output)
        );
    }
    let mut seen = 0;
    let mut folders = vec![folder.path().to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).expect("readable") {
            let path = entry.expect("readable").path();
            let metadata = path.metadata().expect("known");
            assert_eq!(metadata.uid(), 12_345, "{}", path.display());
            seen += 1;
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(seen > 5, "something was written");
}

/// A local Discord, and a folder for a bot in it.
struct Place {
    folder: TempDir,
    sandbox: Sandbox,
}

impl Place {
    async fn open(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            sandbox: Sandbox::start(listener, options).await.expect("it opens"),
        }
    }

    fn command(&self, words: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greffier"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("DISCORD_TOKEN", self.sandbox.bot_token())
            .env("GREFFIER_DISCORD__API_URL", self.sandbox.api_url())
            .envs(variables.iter().copied())
            .stdin(Stdio::null());
        command
    }

    fn bot(&self, variables: &[(&str, &str)]) -> Child {
        self.command(&["run"], variables)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts")
    }

    fn asks(&self, words: &[&str]) -> Output {
        self.command(words, &[]).output().expect("it starts")
    }

    fn end(&self, bot: Child, signal: Signal) -> Output {
        let id = i32::try_from(bot.id()).expect("a pid");
        kill(Pid::from_raw(id), signal).expect("it is there");
        finished(bot)
    }
}

/// The socket on which systemd listens (sd_notify(3)).
struct Notified {
    socket: UnixDatagram,
    path: String,
}

impl Notified {
    fn open(folder: &Path) -> Self {
        let path = folder.join("notify");
        let socket = UnixDatagram::bind(&path).expect("bound");
        socket.set_read_timeout(Some(PATIENCE)).expect("set");
        Self {
            socket,
            path: path.display().to_string(),
        }
    }

    #[track_caller]
    fn hears(&self, wanted: &str) {
        let mut buffer = [0; 512];
        loop {
            let length = self.socket.recv(&mut buffer).expect(wanted);
            let message = String::from_utf8_lossy(&buffer[..length]);
            if message.lines().any(|line| line == wanted) {
                return;
            }
        }
    }
}

fn finished(child: Child) -> Output {
    child.wait_with_output().expect("it ends")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}
