//! What goes over the wire: requests past the bot, requests that go wrong, and what the bot's own requests said.

use greffier::sandbox::{Exchange, GatewayFault, RestAct, RestFault};
use serde_json::Value;

use super::{PATIENCE, Town};

/// How a story presents itself to Discord when it uses the bot's token.
const STORY: &str = "DiscordBot (https://example.org, 1)";

impl Town {
    /// A request with the bot's own token, past everything that the bot itself checks; its status and its answer.
    pub fn as_the_bot(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/api/v10{path}", self.sandbox.api_url());
        let method = method.parse().expect("a method");
        self.wait(async {
            let request = reqwest::Client::new()
                .request(method, url)
                .header("authorization", format!("Bot {}", self.sandbox.bot_token()))
                .header("user-agent", STORY);
            let request = match body {
                Value::Null => request,
                body => request
                    .header("content-type", "application/json")
                    .body(body.to_string()),
            };
            let response = request.send().await.expect("an answer");
            let status = response.status().as_u16();
            let text = response.text().await.expect("text");
            (status, serde_json::from_str(&text).unwrap_or(Value::Null))
        })
    }

    /// The body of every message and answer that the bot sent, but not what a story sent with its token.
    pub(super) fn posts(&self) -> Vec<Value> {
        let posts = self.sandbox.exchanges().into_iter().filter_map(|exchange| {
            let Exchange::Rest(request) = exchange else {
                return None;
            };
            if request.agent == STORY {
                return None;
            }
            let writes = ["POST", "PATCH"].contains(&request.method.as_str());
            let route = request.route.unwrap_or_default();
            let is_post = route.contains("/messages")
                || route.ends_with("/callback")
                || route.starts_with("/webhooks");
            (writes && is_post).then_some(request.body)
        });
        posts.collect()
    }

    /// The gateway delivers the newest messages again; waits until so many commands among them were answered again.
    #[track_caller]
    pub fn redelivers(&self, messages: usize, answers: usize) {
        let before = self.posts().len();
        let fault = GatewayFault::RedeliverMessages(messages);
        self.sandbox.disturb(fault);
        let start = std::time::Instant::now();
        while self.posts().len() < before + answers {
            assert!(start.elapsed() < PATIENCE, "they are not answered again");
            self.wait(tokio::task::yield_now());
        }
    }

    /// The next requests to this route go wrong, so many times.
    pub fn fails(&self, route: &str, times: u32, act: RestAct) {
        self.sandbox.inject(RestFault {
            method: None,
            route: Some(route.to_owned()),
            times,
            act,
        });
    }

    /// After so many good requests to this route, one goes wrong.
    pub fn fails_after(&self, good: u32, route: &str, act: RestAct) {
        self.fails(route, good, RestAct::Delay(0));
        self.fails(route, 1, act);
    }
}

/// Whether a message or an answer forbids every ping. What shows nothing (a deferral, choices) or is a
/// form can't ping.
pub(super) fn pings_nobody(post: &Value) -> bool {
    let message = post.get("data").unwrap_or(post);
    let shows = ["content", "embeds", "components"];
    let is_shown = shows.iter().any(|part| message.get(part).is_some());
    let parse = message.pointer("/allowed_mentions/parse");
    let is_form = post["type"] == 9 && post.get("data").is_some();
    !is_shown || is_form || parse.is_some_and(|parse| parse.as_array().is_some_and(Vec::is_empty))
}
