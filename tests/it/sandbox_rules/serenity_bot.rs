//! A small serenity bot, written here and independent of ours, lives in the local Discord.

use std::sync::Arc;
use std::time::Duration;

use greffier::sandbox::{Flaw, GatewayFault, InteractionOutcome, Options, Place, Sandbox, Trouble};
use serenity::all::{
    ActionRowComponent, ButtonStyle, Client, Command, CommandDataOptionValue, CommandOptionType,
    Context, CreateActionRow, CreateButton, CreateCommand, CreateCommandOption, CreateInputText,
    CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateMessage, CreateModal, EventHandler, GatewayIntents, HttpBuilder, InputTextStyle,
    Interaction, Message, Ready,
};
use serenity::async_trait;

const PATIENCE: Duration = Duration::from_secs(20);

struct Parrot;

#[async_trait]
impl EventHandler for Parrot {
    async fn ready(&self, context: Context, _: Ready) {
        let word = CreateCommandOption::new(CommandOptionType::String, "word", "What to say")
            .required(true);
        let whom = CreateCommandOption::new(CommandOptionType::User, "member", "To whom");
        let echo = CreateCommand::new("echo")
            .description("Says it again")
            .add_option(word)
            .add_option(whom);
        let slow = CreateCommand::new("slow").description("Thinks first");
        Command::set_global_commands(&context.http, vec![echo, slow])
            .await
            .expect("commands are registered");
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        if message.content == "!form" {
            let button = CreateButton::new("open")
                .label("Open")
                .style(ButtonStyle::Primary);
            let form = CreateMessage::new()
                .content("Press it")
                .components(vec![CreateActionRow::Buttons(vec![button])]);
            message
                .channel_id
                .send_message(&context.http, form)
                .await
                .expect("the button is sent");
        } else if let Some(text) = message.content.strip_prefix("!echo ") {
            message
                .reply(&context.http, text)
                .await
                .expect("the reply is sent");
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) if command.data.name == "echo" => {
                let values: Vec<String> = command
                    .data
                    .options
                    .iter()
                    .map(|option| match &option.value {
                        CommandDataOptionValue::String(text) => text.clone(),
                        CommandDataOptionValue::User(id) => {
                            format!("to {}", command.data.resolved.users[id].name)
                        }
                        other => format!("{other:?}"),
                    })
                    .collect();
                let answer = CreateInteractionResponseMessage::new()
                    .content(values.join(" "))
                    .ephemeral(true);
                command
                    .create_response(&context.http, CreateInteractionResponse::Message(answer))
                    .await
                    .expect("answered");
            }
            Interaction::Command(command) => {
                command.defer(&context.http).await.expect("deferred");
                let later = CreateInteractionResponseFollowup::new().content("At last");
                command
                    .create_followup(&context.http, later)
                    .await
                    .expect("followed up");
            }
            Interaction::Component(component) => {
                let input = CreateInputText::new(InputTextStyle::Short, "Name", "name");
                let modal = CreateModal::new("who", "Who are you?")
                    .components(vec![CreateActionRow::InputText(input)]);
                component
                    .create_response(&context.http, CreateInteractionResponse::Modal(modal))
                    .await
                    .expect("opened");
            }
            Interaction::Modal(modal) => {
                let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0]
                else {
                    panic!("the form has one input")
                };
                let text = format!("Hello {}", input.value.clone().unwrap_or_default());
                let answer = CreateInteractionResponseMessage::new().content(text);
                modal
                    .create_response(&context.http, CreateInteractionResponse::Message(answer))
                    .await
                    .expect("answered");
            }
            _ => {}
        }
    }
}

/// A sandbox with the parrot in it, until dropped.
struct Cage {
    town: Sandbox,
    shards: Arc<serenity::all::ShardManager>,
    task: tokio::task::JoinHandle<()>,
}

impl Cage {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let options = Options {
            keep_exchanges: true,
            ..Options::default()
        };
        let town = Sandbox::start(listener, options)
            .await
            .expect("the sandbox starts");
        let http = HttpBuilder::new(town.bot_token())
            .proxy(town.api_url())
            .ratelimiter_disabled(true)
            .build();
        let intents = GatewayIntents::all();
        let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
            .event_handler(Parrot)
            .await
            .expect("built");
        let shards = Arc::clone(&client.shard_manager);
        let task = tokio::spawn(async move { run(&mut client).await });
        assert!(town.bot_connected(PATIENCE).await, "the bot logs in");
        let cage = Self { town, shards, task };
        while cage.town.command_names().len() < 2 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        cage
    }

    async fn close(self) {
        assert_eq!(self.town.troubles(), Vec::<String>::new());
        crate::contract::check(&self.town);
        self.shards.shutdown_all().await;
        self.town.stop().await;
        self.task.abort();
    }
}

async fn run(client: &mut Client) {
    client.start().await.expect("the client runs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prefix_command_is_answered_by_a_reply() {
    let cage = Cage::open().await;
    let general = Place::channel("general");
    let heard = cage
        .town
        .asks("sam", &general, "!echo hi @mia", PATIENCE)
        .await
        .expect("answered");
    assert_eq!(heard.text, "hi @mia");
    assert_eq!(
        cage.town.transcript(&general).expect("there"),
        "sam: !echo hi @mia\nGreffier: hi @mia"
    );
    cage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slash_buttons_and_forms_work_end_to_end() {
    let cage = Cage::open().await;
    let (town, general) = (&cage.town, Place::channel("general"));
    let outcome = town
        .slash("sam", &general, "echo word:good day member:@lea")
        .await
        .expect("answered");
    assert_eq!(
        outcome.message().expect("a message").to_string(),
        "#general Greffier (only sam sees this): good day to lea"
    );
    let outcome = town
        .slash("sam", &general, "slow")
        .await
        .expect("answered after thinking");
    assert_eq!(outcome.message().expect("a message").text, "At last");
    town.says_and_hears("sam", &general, "!form", PATIENCE)
        .await
        .expect("a button appears");
    let outcome = town.clicks("sam", "Open").await.expect("a form opens");
    assert!(matches!(outcome, InteractionOutcome::Modal(form) if form.title == "Who are you?"));
    let outcome = town
        .submits("sam", &[("Name".to_owned(), "Sam".to_owned())])
        .await
        .expect("answered");
    assert_eq!(outcome.message().expect("a message").text, "Hello Sam");
    assert_eq!(
        town.slash("sam", &general, "echo").await,
        Err(Trouble::BadOption("word".to_owned(), Flaw::Missing))
    );
    cage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_socket_is_resumed_and_nothing_is_missed() {
    let cage = Cage::open().await;
    let (town, general) = (&cage.town, Place::channel("general"));
    town.disturb(GatewayFault::DropSocket);
    let heard = town
        .asks("sam", &general, "!echo still there?", PATIENCE)
        .await
        .expect("answered after the RESUME");
    assert_eq!(heard.text, "still there?");
    cage.close().await;
}
