//! REST v10: reading a request, finding its route, carrying it out, answering as Discord does.

mod applications;
pub(crate) mod bans;
pub(crate) mod block;
pub(crate) mod call;
mod changes;
pub(crate) mod channels;
mod commands;
mod compose;
mod guilds;
pub(crate) mod interactions;
pub(crate) mod limiter;
pub(crate) mod members;
mod mentions;
pub(crate) mod messages;
pub(crate) mod overwrites;
mod pins;
mod publish;
mod reactions;
pub(crate) mod roles;
pub(crate) mod routes;
mod slowmode;
mod thread_members;
mod threads;
mod users;
mod webhooks;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

use self::call::{Call, Reply};
use self::limiter::Allowance;
use self::routes::Found;
use super::error::ApiError;
use super::faults::RestAct;
use super::gateway::{self, compress::Transport};
use super::record::{Exchange, RestExchange};
use super::wire::Line;
use super::{Sandbox, Shared, attachments, control};

/// Bytes that a request may have: ten files of 10 MiB would be more, Discord allows about 25 MiB in all.
const BODY_MAX: usize = 26_214_400;

/// Everything that the sandbox serves.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/", get(upgrade))
        .route(
            "/attachments/{channel}/{attachment}/{name}",
            get(attachments::serve),
        )
        .nest("/sandbox/v1", control::router())
        .fallback(answer)
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .with_state(sandbox)
}

async fn upgrade(
    State(sandbox): State<Sandbox>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let encoding = query.get("encoding").map_or("json", String::as_str);
    let Some(transport) =
        Transport::asked(query.get("compress").map(String::as_str)).filter(|_| encoding == "json")
    else {
        return (
            StatusCode::BAD_REQUEST,
            "This gateway speaks JSON, plain or with zlib-stream.",
        )
            .into_response();
    };
    let version = query.get("v").cloned();
    upgrade.on_upgrade(move |socket| {
        gateway::serve(Arc::clone(&sandbox.shared), socket, transport, version)
    })
}

async fn answer(
    State(sandbox): State<Sandbox>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let shared = sandbox.shared;
    let (now, most) = {
        let world = shared.world();
        (world.now(), world.knobs.invalid_requests)
    };
    if let Some(blocked) = shared.block.answer(now, most) {
        return blocked;
    }
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let method = parts.method.as_str().to_owned();
    let found = path
        .strip_prefix("/api/v10")
        .and_then(|path| routes::find(&method, path));
    let template = found.as_ref().map(|found| found.route.template);
    let fault = shared.faults.take(&method, template);
    match fault {
        Some(RestAct::Drop) => return cut(&line).await,
        Some(RestAct::Delay(millis)) => tokio::time::sleep(Duration::from_millis(millis)).await,
        _ => {}
    }
    let mut request = Incoming {
        method,
        path,
        template,
        parts,
        call: Call::default(),
    };
    let outcome = match fault {
        Some(RestAct::Status(status)) => Err(limiter::played(status)),
        _ => carry_out(&shared, &mut request, found, body).await,
    };
    let response = request.respond(&shared, outcome);
    if shared.block.count(response.status().as_u16(), now, most) {
        let text = format!("{most} requests within ten minutes were answered 401, 403 or 429");
        shared.world().trouble(text);
    }
    if fault == Some(RestAct::DropAnswer) {
        return cut(&line).await;
    }
    response
}

/// Ends the connection; whatever is answered will not be written.
async fn cut(line: &Line) -> Response {
    line.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A request while it is being worked on.
struct Incoming {
    method: String,
    path: String,
    template: Option<&'static str>,
    parts: Parts,
    call: Call,
}

/// What came of it, with the rate limit's state where there is one.
type Outcome = Result<(Reply, Allowance), Refused>;

/// A refusal, with how long to wait when it is a 429.
pub(crate) struct Refused {
    error: ApiError,
    wait: Option<limiter::Wait>,
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self { error, wait: None }
    }
}

async fn carry_out(
    shared: &Shared,
    request: &mut Incoming,
    found: Option<Found>,
    body: Body,
) -> Outcome {
    let Some(found) = found else {
        let (method, path) = (&request.method, &request.path);
        shared
            .world()
            .trouble(format!("unknown route: {method} {path}"));
        return Err(ApiError::no_such_route().into());
    };
    let (token, knobs) = {
        let world = shared.world();
        (world.token.clone(), world.knobs.clone())
    };
    if !found.route.open
        && header_text(&request.parts.headers, header::AUTHORIZATION.as_str())
            != Some(&format!("Bot {token}"))
    {
        return Err(ApiError::unauthorized().into());
    }
    request.call = call::read(&request.parts, body, found.params).await?;
    let allowance = shared
        .limiter
        .count(&knobs, &found.route, &request.call)
        .map_err(|wait| wait.refusal())?;
    let mut world = shared.world();
    request.call.actor = world.bot;
    let reply = (found.route.handler)(&mut world, &request.call)?;
    Ok((reply, allowance))
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl Incoming {
    fn respond(self, shared: &Shared, outcome: Outcome) -> Response {
        let mut headers = HeaderMap::new();
        let (status, body) = match outcome {
            Ok((reply, allowance)) => {
                allowance.headers(&mut headers);
                (reply.status, reply.body)
            }
            Err(Refused { error, wait }) => {
                let body = match &wait {
                    Some(wait) => wait.headers_and_body(&mut headers),
                    None => error.body(),
                };
                (error.status, Some(body))
            }
        };
        let text = body.as_ref().map(Value::to_string);
        if shared.recorder.is_on() {
            shared
                .recorder
                .add(Exchange::Rest(Box::new(self.exchange(status, body))));
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match text {
            Some(text) => {
                // discord.py wants exactly this, without a charset.
                headers.insert(
                    header::CONTENT_TYPE,
                    header::HeaderValue::from_static("application/json"),
                );
                (status, headers, text).into_response()
            }
            None => (status, headers).into_response(),
        }
    }

    fn exchange(self, status: u16, answer: Option<Value>) -> RestExchange {
        let text = |name: &str| {
            header_text(&self.parts.headers, name)
                .unwrap_or_default()
                .to_owned()
        };
        let content_type = text("content-type");
        RestExchange {
            agent: text("user-agent"),
            content_type: content_type
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned(),
            method: self.method,
            route: self.template.map(str::to_owned),
            path: self.path,
            query: self.call.query,
            reason: self.call.reason,
            body: self.call.body,
            status,
            answer: answer.unwrap_or(Value::Null),
        }
    }
}
