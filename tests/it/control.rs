//! Asking a running bot over `data/greffier.sock`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use greffier::control::{Answer, AskError, Request, Server, ask};
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
