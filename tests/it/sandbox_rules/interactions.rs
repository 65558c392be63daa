//! Interactions: 3 seconds for the first answer, one first answer only, 15 minutes for the rest.

use std::time::Duration;

use greffier::sandbox::{Id, InteractionOutcome, Options, Place, Trouble};
use serde_json::{Value, json};

use super::bare_bot::{ALL_INTENTS, Bare, Socket, Verdict};

const UNKNOWN_INTERACTION: Verdict = (404, 10062);

/// A bot with one command, `ask word`, and its socket.
pub(super) struct Asked {
    pub(super) bare: Bare,
    pub(super) socket: Socket,
}

/// An interaction as the bot got it.
pub(super) struct Arrived {
    id: Id,
    token: String,
    pub(super) data: Value,
}

impl Asked {
    pub(super) async fn open(options: Options) -> Self {
        let bare = Bare::with(options).await;
        let commands = format!("/applications/{}/commands", bare.ids.application);
        let word =
            json!({"type": 3, "name": "word", "description": "A word", "autocomplete": true});
        let ask = json!({"name": "ask", "description": "Asks", "options": [word]});
        assert_eq!(bare.verdict("POST", &commands, ask).await, (201, 0));
        let socket = Socket::identified(&bare, ALL_INTENTS).await;
        Self { bare, socket }
    }

    pub(super) async fn arrived(&mut self) -> Arrived {
        let data = self.socket.dispatch("INTERACTION_CREATE").await;
        let text = |key: &str| data[key].as_str().expect("a string").to_owned();
        Arrived {
            id: text("id").parse().expect("an id"),
            token: text("token"),
            data,
        }
    }

    pub(super) async fn answers(&self, to: &Arrived, body: Value) -> Verdict {
        self.bare
            .verdict(
                "POST",
                &format!("/interactions/{}/{}/callback", to.id, to.token),
                body,
            )
            .await
    }

    pub(super) fn webhook(&self, to: &Arrived, rest: &str) -> String {
        format!("/webhooks/{}/{}{rest}", self.bare.ids.application, to.token)
    }

    /// Sam uses the command, the bot does something about it; the verdict and what sam sees.
    async fn exchange<T>(
        &mut self,
        act: impl AsyncFnOnce(&Asked, &Arrived) -> T,
    ) -> (T, Result<InteractionOutcome, Trouble>) {
        let town = self.bare.town.clone();
        let seen = tokio::spawn(async move {
            town.slash("sam", &Place::channel("general"), "ask word:yes")
                .await
        });
        let arrived = self.arrived().await;
        let done = act(self, &arrived).await;
        (done, seen.await.expect("the verb ends"))
    }
}

fn message(text: &str) -> Value {
    json!({"type": 4, "data": {"content": text}})
}

#[tokio::test]
async fn an_answer_is_seen_and_a_second_one_refused() {
    let mut asked = Asked::open(Options::default()).await;
    let (verdicts, seen) = asked
        .exchange(async |asked, to| {
            [
                asked.answers(to, message("yes")).await,
                asked.answers(to, message("no")).await,
            ]
        })
        .await;
    assert_eq!(verdicts, [(204, 0), (400, 40060)]);
    assert_eq!(
        seen.expect("answered").message().expect("a message").text,
        "yes"
    );
    asked.bare.close().await;
}

#[tokio::test]
async fn a_late_answer_is_unknown_and_the_member_sees_no_response() {
    let mut options = Options::default();
    options.knobs.answer_within = Duration::ZERO;
    let mut asked = Asked::open(options).await;
    let (verdict, seen) = asked
        .exchange(async |asked, to| asked.answers(to, message("late")).await)
        .await;
    assert_eq!(verdict, UNKNOWN_INTERACTION);
    assert_eq!(seen, Err(Trouble::NotAnswered));
    assert_eq!(asked.bare.town.troubles(), ["/ask by sam was not answered"]);
    asked.bare.town.forgive_troubles();
    asked.bare.close().await;
}

#[tokio::test]
async fn a_wrong_token_is_an_unknown_interaction() {
    let mut asked = Asked::open(Options::default()).await;
    let (verdict, _) = asked
        .exchange(async |asked, to| {
            let wrong = Arrived {
                id: to.id,
                token: "wrong".to_owned(),
                data: Value::Null,
            };
            let verdict = asked.answers(&wrong, message("hm")).await;
            asked.answers(to, message("yes")).await;
            verdict
        })
        .await;
    assert_eq!(verdict, UNKNOWN_INTERACTION);
    asked.bare.close().await;
}

#[tokio::test]
async fn the_token_lives_15_minutes() {
    let mut asked = Asked::open(Options::default()).await;
    let (to, _) = asked
        .exchange(async |asked, to| {
            assert_eq!(asked.answers(to, message("yes")).await, (204, 0));
            asked.webhook(to, "")
        })
        .await;
    let town = asked.bare.town.clone();
    town.advance(Duration::from_secs(14 * 60));
    assert_eq!(
        asked
            .bare
            .verdict("POST", &to, json!({"content": "more"}))
            .await,
        (200, 0)
    );
    town.advance(Duration::from_secs(2 * 60));
    assert_eq!(
        asked
            .bare
            .verdict("POST", &to, json!({"content": "too late"}))
            .await,
        (401, 50027)
    );
    asked.bare.close().await;
}

#[tokio::test]
async fn nothing_can_follow_up_before_the_first_answer() {
    let mut asked = Asked::open(Options::default()).await;
    let (verdict, _) = asked
        .exchange(async |asked, to| {
            let early = asked
                .bare
                .verdict("POST", &asked.webhook(to, ""), json!({"content": "early"}))
                .await;
            asked.answers(to, message("yes")).await;
            early
        })
        .await;
    assert_eq!(verdict, (404, 10015));
    asked.bare.close().await;
}

#[tokio::test]
async fn ephemeral_is_chosen_when_deferring_and_only_one_person_sees_it() {
    let mut asked = Asked::open(Options::default()).await;
    let (verdicts, seen) = asked
        .exchange(async |asked, to| {
            let deferred = asked
                .answers(to, json!({"type": 5, "data": {"flags": 64}}))
                .await;
            let original = asked.webhook(to, "/messages/@original");
            // Editing cannot make it public any more.
            let edited = asked
                .bare
                .verdict("PATCH", &original, json!({"content": "hush", "flags": 0}))
                .await;
            [deferred, edited]
        })
        .await;
    assert_eq!(verdicts, [(204, 0), (200, 0)]);
    let seen = seen.expect("answered");
    let shown = seen.message().expect("a message");
    assert_eq!(
        (shown.text.as_str(), shown.only_for.as_deref()),
        ("hush", Some("sam"))
    );
    let path = format!("/channels/{}/messages", asked.bare.channel("general"));
    assert_eq!(
        asked.bare.ask("GET", &path, Value::Null).await,
        (200, json!([])),
        "the channel does not have it"
    );
    asked.bare.close().await;
}

#[tokio::test]
async fn the_first_follow_up_of_a_deferred_answer_fills_it_in() {
    let mut asked = Asked::open(Options::default()).await;
    let (_, seen) = asked
        .exchange(async |asked, to| {
            asked.answers(to, json!({"type": 5})).await;
            asked
                .bare
                .verdict(
                    "POST",
                    &asked.webhook(to, ""),
                    json!({"content": "at last"}),
                )
                .await
        })
        .await;
    assert_eq!(
        seen.expect("answered").message().expect("a message").text,
        "at last"
    );
    let transcript = asked
        .bare
        .town
        .transcript(&Place::channel("general"))
        .expect("there");
    assert_eq!(transcript, "Greffier: at last");
    asked.bare.close().await;
}

#[tokio::test]
async fn answers_must_fit_what_was_asked() {
    let mut asked = Asked::open(Options::default()).await;
    let (verdicts, _) = asked
        .exchange(async |asked, to| {
            let mut verdicts = Vec::new();
            for body in [
                json!({"type": 7, "data": {"content": "x"}}),
                json!({"type": 8, "data": {"choices": []}}),
                json!({"type": 6}),
            ] {
                verdicts.push(asked.answers(to, body).await);
            }
            asked.answers(to, message("yes")).await;
            verdicts
        })
        .await;
    assert_eq!(verdicts, vec![(400, 50035); 3]);
    asked.bare.close().await;
}

#[tokio::test]
async fn autocompletion_offers_at_most_25_choices() {
    let mut asked = Asked::open(Options::default()).await;
    let town = asked.bare.town.clone();
    let seen = tokio::spawn(async move {
        town.autocomplete("sam", &Place::channel("general"), "ask word:sp", "word")
            .await
    });
    let arrived = asked.arrived().await;
    assert_eq!(arrived.data["type"], 4);
    assert_eq!(
        arrived.data["data"]["options"][0],
        json!({"name": "word", "type": 3, "value": "sp", "focused": true})
    );
    let choices = |count: usize| -> Value {
        let choices: Vec<Value> = (0..count)
            .map(|n| json!({"name": format!("spam {n}"), "value": format!("{n}")}))
            .collect();
        json!({"type": 8, "data": {"choices": choices}})
    };
    assert_eq!(asked.answers(&arrived, choices(26)).await, (400, 50035));
    assert_eq!(asked.answers(&arrived, choices(25)).await, (204, 0));
    assert_eq!(
        seen.await.expect("the verb ends").expect("offered").len(),
        25
    );
    asked.bare.close().await;
}

#[tokio::test]
async fn a_form_cannot_answer_a_form_and_its_fields_are_checked() {
    let mut asked = Asked::open(Options::default()).await;
    let form = json!({"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "why", "label": "Why", "style": 1, "min_length": 3}]}]}});
    let (verdict, seen) = asked
        .exchange(async |asked, to| asked.answers(to, form.clone()).await)
        .await;
    assert_eq!(verdict, (204, 0));
    assert!(matches!(seen, Ok(InteractionOutcome::Modal(_))));
    let town = asked.bare.town.clone();
    let fields = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
    assert!(matches!(
        town.submits("lea", &fields("why", "because")).await,
        Err(Trouble::NoForm(_))
    ));
    assert!(matches!(
        town.submits("sam", &fields("when", "now")).await,
        Err(Trouble::NoSuchField(_))
    ));
    assert!(matches!(
        town.submits("sam", &fields("why", "no")).await,
        Err(Trouble::BadField(..))
    ));
    let seen = tokio::spawn(async move { town.submits("sam", &fields("Why", "because")).await });
    let arrived = asked.arrived().await;
    assert_eq!(
        arrived.data["data"]["components"][0]["components"][0]["value"],
        "because"
    );
    assert_eq!(asked.answers(&arrived, form).await, (400, 50035));
    assert_eq!(asked.answers(&arrived, message("thanks")).await, (204, 0));
    seen.await.expect("the verb ends").expect("answered");
    asked.bare.close().await;
}

#[tokio::test]
async fn commands_are_hidden_from_those_who_may_not_use_them() {
    let bare = Bare::open().await;
    let commands = format!("/applications/{}/commands", bare.ids.application);
    let needed = (1_u64 << 40).to_string();
    let body = json!([
        {"name": "mute", "description": "Mutes", "default_member_permissions": needed, "contexts": [0]},
        {"name": "own", "description": "Owners", "default_member_permissions": "0"},
    ]);
    assert_eq!(bare.verdict("PUT", &commands, body).await, (200, 0));
    let _socket = Socket::identified(&bare, ALL_INTENTS).await;
    let general = Place::channel("general");
    assert!(matches!(
        bare.town.slash("sam", &general, "mute").await,
        Err(Trouble::MayNotUse(..))
    ));
    assert!(matches!(
        bare.town.slash("mia", &general, "own").await,
        Err(Trouble::MayNotUse(..))
    ));
    assert!(matches!(
        bare.town.slash("mia", &Place::dm("mia"), "mute").await,
        Err(Trouble::NoSuchCommand(..))
    ));
    assert!(matches!(
        bare.town.slash("mia", &general, "unmute").await,
        Err(Trouble::NoSuchCommand(..))
    ));
    bare.close().await;
}
