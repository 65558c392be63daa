//! Asking a running bot over `data/greffier.sock`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use greffier::control::{Answer, AskError, Progressed, Request, Server, ask, ask_watching};
use greffier::model::Text;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn what_is_asked_is_answered_and_a_refusal_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (stop, serving) = serve(folder.path().to_owned());
    let saved = Answer::Saved {
        cogs: 3,
        files_written: 2,
        bytes: 10,
        milliseconds: 1,
    };
    assert_eq!(asked(&folder, Request::Save).await.expect("done"), saved);
    match asked(&folder, Request::Archive).await {
        Err(AskError::Refused(why)) => assert_eq!(why, Text::new("config-no-token")),
        other => panic!("{other:?}"),
    }
    stop.cancel();
    serving.await.expect("it ends");
    assert!(matches!(
        asked(&folder, Request::Save).await,
        Err(AskError::NobodyThere)
    ));
}

#[tokio::test]
async fn a_socket_that_a_dead_bot_left_behind_is_in_nobodys_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("greffier.sock");
    drop(std::os::unix::net::UnixListener::bind(&socket).expect("bound"));
    assert!(socket.exists());
    assert!(matches!(
        asked(&folder, Request::Save).await,
        Err(AskError::NobodyThere)
    ));
    let (stop, serving) = serve(folder.path().to_owned());
    asked(&folder, Request::Save).await.expect("done");
    stop.cancel();
    serving.await.expect("it ends");
    assert!(!socket.exists());
}

#[tokio::test]
async fn nobody_else_may_open_the_socket_and_a_long_path_is_no_obstacle() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = folder.path().join("a".repeat(90)).join("b".repeat(90));
    fs::create_dir_all(&deep).expect("made");
    let (stop, serving) = serve(deep.clone());
    let mode = fs::metadata(deep.join("greffier.sock"))
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let asked = tokio::task::spawn_blocking(move || ask(&deep, &Request::Save)).await;
    asked.expect("no panic").expect("done");
    stop.cancel();
    serving.await.expect("it ends");
}

#[tokio::test]
async fn whoever_waits_hears_how_far_a_long_work_has_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let stop = CancellationToken::new();
    let server = Server::open(folder.path()).expect("opened");
    let (finish, finished) = tokio::sync::watch::channel(false);
    let serving = tokio::spawn(server.serve(
        move |_| {
            let mut finished = finished.clone();
            async move {
                let _ = finished.wait_for(|finished| *finished).await;
                Ok(Answer::Settled)
            }
        },
        || {
            Some(Progressed {
                what: Text::new("vault-progress-save"),
                done: 3,
                total: 10,
            })
        },
        stop.clone(),
    ));
    let data = folder.path().to_owned();
    let mut heard = Vec::new();
    let asked = tokio::task::spawn_blocking(move || {
        let answer = ask_watching(&data, &Request::Save, |step| {
            heard.push((step.done, step.total));
            finish.send_replace(true);
        });
        (answer, heard)
    });
    let (answer, heard) = asked.await.expect("no panic");
    assert_eq!(answer.expect("done"), Answer::Settled);
    assert_eq!(heard.first(), Some(&(3, 10)));
    stop.cancel();
    serving.await.expect("it ends");
}

fn serve(data: PathBuf) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let stop = CancellationToken::new();
    let server = Server::open(&data).expect("opened");
    let serving = tokio::spawn(server.serve(
        |request| async move {
            match request {
                Request::Save => Ok(Answer::Saved {
                    cogs: 3,
                    files_written: 2,
                    bytes: 10,
                    milliseconds: 1,
                }),
                _ => Err(Text::new("config-no-token")),
            }
        },
        || None,
        stop.clone(),
    ));
    (stop, serving)
}

async fn asked(folder: &tempfile::TempDir, request: Request) -> Result<Answer, AskError> {
    let data = folder.path().to_owned();
    tokio::task::spawn_blocking(move || ask(&data, &request))
        .await
        .expect("no panic")
}
