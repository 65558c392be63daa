//! The people's verbs over HTTP, below `/sandbox/v1`, for scripts and for tests in another process.
//! A thin layer: each route calls the verb of the same name.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use std::time::Duration;

use super::gateway::dispatch::EVENTS;
use super::people::{InteractionOutcome, Place, Trouble};
use super::rest::routes::route_templates;
use super::{GatewayFault, RestFault, Sandbox};

/// What a verb is told; each uses the fields it needs.
#[derive(Debug, Deserialize)]
struct Order {
    #[serde(default)]
    who: String,
    /// `#general`, or `@sam` for the DM with sam.
    #[serde(default = "general")]
    place: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    fields: Vec<(String, String)>,
    /// Milliseconds.
    #[serde(default)]
    ms: u64,
}

fn general() -> String {
    "#general".to_owned()
}

impl Order {
    fn place(&self) -> Place {
        Place::from(self.place.as_str())
    }
}

/// The routes of the control surface.
pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route(
            "/directory",
            get(
                |State(town): State<Sandbox>| async move { json_response(json!(town.directory())) },
            ),
        )
        .route(
            "/routes",
            get(|| async { json_response(json!(route_templates())) }),
        )
        .route("/events", get(|| async { json_response(json!(EVENTS)) }))
        .route(
            "/troubles",
            get(|State(town): State<Sandbox>| async move { json_response(json!(town.troubles())) }),
        )
        .route(
            "/exchanges",
            get(
                |State(town): State<Sandbox>| async move { json_response(json!(town.exchanges())) },
            ),
        )
        .route("/fault", post(fault))
        .route("/disturb", post(disturb))
        .route("/{verb}", post(verb))
}

fn json_response(body: Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

fn refused(why: &str) -> Response {
    (
        StatusCode::BAD_REQUEST,
        [(header::CONTENT_TYPE, "application/json")],
        json!({"trouble": why}).to_string(),
    )
        .into_response()
}

async fn fault(State(town): State<Sandbox>, body: String) -> Response {
    match serde_json::from_str::<RestFault>(&body) {
        Ok(fault) => {
            town.inject(fault);
            json_response(json!({}))
        }
        Err(error) => refused(&error.to_string()),
    }
}

async fn disturb(State(town): State<Sandbox>, body: String) -> Response {
    match serde_json::from_str::<GatewayFault>(&body) {
        Ok(fault) => {
            town.disturb(fault);
            json_response(json!({}))
        }
        Err(error) => refused(&error.to_string()),
    }
}

async fn verb(
    State(town): State<Sandbox>,
    axum::extract::Path(verb): axum::extract::Path<String>,
    body: String,
) -> Response {
    let order: Order = match serde_json::from_str(if body.is_empty() { "{}" } else { &body }) {
        Ok(order) => order,
        Err(error) => return refused(&error.to_string()),
    };
    let done = match verb.as_str() {
        "says" | "asks" | "says_and_hears" | "messages" | "transcript" => {
            writing(&town, &verb, &order).await
        }
        "slash" | "autocomplete" | "uses" | "clicks" | "picks" | "submits" => {
            interacting(&town, &verb, &order).await
        }
        _ => acting(&town, &verb, &order).await,
    };
    match done {
        Some(Ok(body)) => json_response(body),
        Some(Err(trouble)) => refused(&trouble.to_string()),
        None => (StatusCode::NOT_FOUND, "no such verb").into_response(),
    }
}

type Done = Option<Result<Value, Trouble>>;

async fn writing(town: &Sandbox, verb: &str, order: &Order) -> Done {
    let place = order.place();
    let patience = Duration::from_millis(order.ms);
    Some(match verb {
        "says" => town
            .says(&order.who, &place, &order.text)
            .await
            .map(|id| json!({"id": id})),
        "asks" => town
            .asks(&order.who, &place, &order.text, patience)
            .await
            .map(|view| json!(view)),
        "says_and_hears" => town
            .says_and_hears(&order.who, &place, &order.text, patience)
            .await
            .map(|view| json!(view)),
        "messages" => town.messages(&place).map(|messages| json!(messages)),
        "transcript" => town.transcript(&place).map(|text| json!(text)),
        _ => return None,
    })
}

async fn interacting(town: &Sandbox, verb: &str, order: &Order) -> Done {
    let place = order.place();
    let shown = |outcome: InteractionOutcome| json!(outcome);
    let values: Vec<&str> = order.values.iter().map(String::as_str).collect();
    Some(match verb {
        "slash" => town.slash(&order.who, &place, &order.text).await.map(shown),
        "autocomplete" => town
            .autocomplete(&order.who, &place, &order.text, &order.target)
            .await
            .map(|choices| json!(choices)),
        "uses" => town
            .uses(&order.who, &place, &order.text, &order.target)
            .await
            .map(shown),
        "clicks" => town.clicks(&order.who, &order.text).await.map(shown),
        "picks" => town
            .picks(&order.who, &order.text, &values)
            .await
            .map(shown),
        "submits" => town.submits(&order.who, &order.fields).await.map(shown),
        _ => return None,
    })
}

async fn acting(town: &Sandbox, verb: &str, order: &Order) -> Done {
    let (who, target, reason) = (
        order.who.as_str(),
        order.target.as_str(),
        order.reason.as_deref(),
    );
    let span = Duration::from_millis(order.ms);
    let done = match verb {
        "leaves" => town.leaves(who).await,
        "joins" => town.joins(who).await,
        "opens_dms" => town.opens_dms(who),
        "closes_dms" => town.closes_dms(who),
        "speaks" => town.speaks(who, &order.text),
        "times_out" => town.times_out(who, target, span, reason).await,
        "kicks" => town.kicks(who, target, reason).await,
        "bans" => town.bans_member(who, target, reason).await,
        "unbans" => town.unbans(who, target).await,
        "gives_role" => town.gives_role(who, target, &order.text).await,
        "takes_role" => town.takes_role(who, target, &order.text).await,
        "bans_deleting" => town.bans_deleting(who, target, span, reason).await,
        "renames" => town.renames(who, target, &order.text).await,
        "sets_role_permissions" => {
            let bits = order.text.parse().unwrap_or(0);
            town.sets_role_permissions(who, target, bits).await
        }
        "crowd_joins" => {
            town.crowd_joins(u16::try_from(order.ms).unwrap_or(u16::MAX));
            Ok(())
        }
        "creates_channel" => town.creates_channel(who, &order.text).await,
        "deletes_channel" => town.deletes_channel(who, &order.text).await,
        "deletes_role" => town.deletes_role(who, &order.text).await,
        "advance" => {
            town.advance(span);
            Ok(())
        }
        "forgive" => {
            town.forgive_troubles();
            Ok(())
        }
        "member" => return Some(Ok(json!(town.member(target)))),
        "bans_list" => return Some(Ok(json!(town.bans()))),
        "audit_log" => return Some(Ok(json!(town.audit_log()))),
        _ => return None,
    };
    Some(done.map(|()| json!({})))
}
