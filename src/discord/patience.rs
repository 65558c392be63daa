//! Trying again when Discord is busy or stumbles.

use std::future::Future;
use std::time::Duration;

use poise::serenity_prelude as serenity;

/// How often a request is tried while somebody waits for its outcome.
const TRIES: u32 = 4;
/// The first pause; doubled each time, so that a reply is given up within about 4 seconds.
const PAUSE: Duration = Duration::from_millis(300);

/// What an error of the API means for whoever made the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Discord understood and will say the same again; its error code (0 where it gave none).
    Final(isize),
    /// Busy, down or out of reach: worth another try.
    Passing,
}

/// Reads an error.
pub fn verdict(error: &serenity::Error) -> Verdict {
    match error {
        serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(response)) => {
            let status = response.status_code.as_u16();
            if status == 429 || status >= 500 {
                Verdict::Passing
            } else {
                Verdict::Final(response.error.code)
            }
        }
        serenity::Error::Http(_) | serenity::Error::Io(_) => Verdict::Passing,
        _ => Verdict::Final(0),
    }
}

/// Whether Discord says that there were too many requests.
pub fn is_too_much(error: &serenity::Error) -> bool {
    matches!(
        error,
        serenity::Error::Http(serenity::HttpError::UnsuccessfulRequest(response))
            if response.status_code.as_u16() == 429
    )
}

/// Whether an interaction was answered before: it was delivered twice, or our answer arrived although Discord's did not
/// (40060: interaction has already been acknowledged).
pub fn is_answered(error: &serenity::Error) -> bool {
    verdict(error) == Verdict::Final(40060)
}

/// Makes a request that does no harm when it is made twice, a few times if need be.
pub async fn patiently<T, F, R>(mut request: R) -> serenity::Result<T>
where
    R: FnMut() -> F,
    F: Future<Output = serenity::Result<T>>,
{
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match request().await {
            Err(error) if verdict(&error) == Verdict::Passing => {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            outcome => return outcome,
        }
    }
    request().await
}
