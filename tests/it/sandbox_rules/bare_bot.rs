//! A bot without any library: HTTP requests and gateway frames as they are.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use greffier::sandbox::{Directory, Id, Options, Sandbox};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Every intent that there is.
pub(crate) const ALL_INTENTS: u64 = 53_608_447;

const PATIENCE: Duration = Duration::from_secs(20);

/// What a request got: its status and Discord's error code (0 for none).
pub(crate) type Verdict = (u16, u64);

/// A sandbox and a bot's HTTP side in it.
pub(crate) struct Bare {
    pub(crate) town: Sandbox,
    pub(crate) ids: Directory,
    http: Client,
}

impl Bare {
    pub(crate) async fn open() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let options = Options {
            keep_exchanges: true,
            ..options
        };
        let town = Sandbox::start(listener, options)
            .await
            .expect("the sandbox starts");
        let http = Client::builder().no_proxy().build().expect("a client");
        Self {
            ids: town.directory(),
            town,
            http,
        }
    }

    pub(crate) fn member(&self, name: &str) -> Id {
        self.ids.members[name]
    }

    pub(crate) fn role(&self, name: &str) -> Id {
        self.town.directory().roles[name]
    }

    pub(crate) fn channel(&self, name: &str) -> Id {
        self.town.directory().channels[name]
    }

    /// `/guilds/ID` and what follows.
    pub(crate) fn guild(&self, rest: &str) -> String {
        format!("/guilds/{}{rest}", self.ids.guild)
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Response {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let url = format!("{}/api/v10{path}", self.ids.api);
        let mut request = self
            .http
            .request(method, url)
            .header("Authorization", format!("Bot {}", self.ids.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        request.send().await.expect("the sandbox answers")
    }

    /// Carries out a request; its status and body.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let response = self.send(method, path, &body, &[]).await;
        let status = response.status().as_u16();
        (status, response.json().await.unwrap_or(Value::Null))
    }

    pub(crate) async fn verdict(&self, method: &str, path: &str, body: Value) -> Verdict {
        let (status, answer) = self.ask(method, path, body).await;
        (
            status,
            if status < 400 {
                0
            } else {
                answer["code"].as_u64().unwrap_or(0)
            },
        )
    }

    /// Writes a message as the bot.
    pub(crate) async fn writes(&self, channel: &str, body: Value) -> Verdict {
        self.verdict(
            "POST",
            &format!("/channels/{}/messages", self.channel(channel)),
            body,
        )
        .await
    }

    /// Ends the test: everything exchanged must keep to the contract.
    pub(crate) async fn close(self) {
        crate::contract::check(&self.town);
        assert_eq!(self.town.troubles(), Vec::<String>::new());
        self.town.stop().await;
    }
}

/// A bot's gateway side.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) session: String,
    /// Sequence number of the last dispatch.
    pub(crate) seq: u64,
}

impl Socket {
    /// Connects and reads HELLO.
    pub(crate) async fn connect(bare: &Bare, query: &str) -> Self {
        let url = format!("{}/?v=10&encoding=json{query}", bare.ids.gateway);
        let (stream, _) = connect_async(url)
            .await
            .expect("the gateway takes the connection");
        Self {
            stream,
            session: String::new(),
            seq: 0,
        }
    }

    /// Connects, identifies with these intents and reads up to the guild.
    pub(crate) async fn identified(bare: &Bare, intents: u64) -> Self {
        let mut socket = Self::connect(bare, "").await;
        assert_eq!(socket.frame().await["op"], 10);
        socket
            .identify(&bare.ids.token, json!({"intents": intents}))
            .await;
        let ready = socket.dispatch("READY").await;
        socket.session = ready["session_id"].as_str().expect("a session").to_owned();
        socket.dispatch("GUILD_CREATE").await;
        socket
    }

    pub(crate) async fn identify(&mut self, token: &str, more: Value) {
        let mut data = json!({"token": token, "properties": {"os": "linux", "browser": "bare", "device": "bare"}});
        for (key, value) in more.as_object().expect("an object") {
            data[key] = value.clone();
        }
        self.send(&json!({"op": 2, "d": data})).await;
    }

    pub(crate) async fn send(&mut self, payload: &Value) {
        self.stream
            .send(Message::text(payload.to_string()))
            .await
            .expect("the gateway reads");
    }

    /// Closes, as a bot does that goes in order.
    pub(crate) async fn says_goodbye(&mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        let closed = self.stream.close(Some(frame)).await;
        closed.expect("the gateway hears it");
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.stream.next())
            .await
            .expect("the gateway says something");
        next.and_then(Result::ok)
    }

    /// The next raw binary frame.
    pub(crate) async fn binary(&mut self) -> Vec<u8> {
        match self.message().await {
            Some(Message::Binary(bytes)) => bytes.to_vec(),
            other => panic!("wanted a binary frame, got {other:?}"),
        }
    }

    /// The next frame.
    pub(crate) async fn frame(&mut self) -> Value {
        match self.message().await {
            Some(Message::Text(text)) => {
                let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                self.seq = frame["s"].as_u64().unwrap_or(self.seq);
                frame
            }
            other => panic!("wanted a frame, got {other:?}"),
        }
    }

    /// Reads on to the next dispatch of this name and answers its data.
    pub(crate) async fn dispatch(&mut self, event: &str) -> Value {
        loop {
            let mut frame = self.frame().await;
            if frame["t"] == event {
                return frame["d"].take();
            }
        }
    }

    /// Reads on to the close frame and answers its code.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            match self.message().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(_) => {}
                None => panic!("the gateway went away without a close frame"),
            }
        }
    }

    /// Reads on until the socket is gone without a close frame.
    pub(crate) async fn vanishes(&mut self) {
        while let Some(message) = self.message().await {
            assert!(
                !matches!(message, Message::Close(Some(_))),
                "a close frame came"
            );
        }
    }
}
