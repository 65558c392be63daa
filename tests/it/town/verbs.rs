//! That a town's verbs reach the bot as their client would send them, and the guild as their hands would.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use greffier::cogs;
use greffier::discord::{Audience, Cog, Context, House, say};
use greffier::model::{Locale, Rejection, Text};
use greffier::sandbox::{Draft, Pointed};
use poise::serenity_prelude as serenity;

use super::{Building, NOON, Town};

/// The program's cogs and one that repeats what it was opened on.
fn with_parrot() -> Vec<Cog> {
    let mut all = cogs::all();
    all.push(Cog {
        name: "parrot",
        commands: vec![whose(), quote(), repeat()],
        texts: &[(Locale::En, TEXTS), (Locale::Fr, TEXTS)],
        ..Cog::default()
    });
    all
}

const TEXTS: &str = "
help-category-parrot = Parrot
cmd-whose = Says whose
    .usage = user
    .user = Whose
cmd-quote = Says it again
    .usage = message
    .message = Which
cmd-repeat = Says the message that was answered again
";

#[poise::command(context_menu_command = "Whose", guild_only, category = "parrot")]
async fn whose(ctx: Context<'_>, user: serenity::User) -> Result<(), Rejection> {
    say(
        ctx,
        Audience::Asker,
        &Text::verbatim(format!("this is {}", user.name)),
    )
    .await
}

#[poise::command(context_menu_command = "Quote", guild_only, category = "parrot")]
async fn quote(
    ctx: poise::ApplicationContext<'_, Arc<House>, Rejection>,
    message: serenity::Message,
) -> Result<(), Rejection> {
    // Listens before it asks: nobody types as fast as a story.
    let mut forms = serenity::ModalInteractionCollector::new(ctx.serenity_context()).stream();
    let input = serenity::CreateInputText::new(serenity::InputTextStyle::Short, "Why", "why");
    let form = serenity::CreateModal::new("quote", "Quote it")
        .components(vec![serenity::CreateActionRow::InputText(input)]);
    let http = &ctx.serenity_context().http;
    let asked = serenity::CreateInteractionResponse::Modal(form);
    let sent = ctx.interaction.create_response(http, asked).await;
    sent.map_err(anyhow::Error::from)?;
    let sent = forms.next().await.expect("the form comes");
    let serenity::ActionRowComponent::InputText(why) = &sent.data.components[0].components[0]
    else {
        panic!("the form has one input")
    };
    let why = why.value.as_deref().unwrap_or_default();
    let text = format!("{} said {}, {why}", message.author.name, message.content);
    let answer = serenity::CreateInteractionResponseMessage::new()
        .content(text)
        .allowed_mentions(serenity::CreateAllowedMentions::new());
    let answer = serenity::CreateInteractionResponse::Message(answer);
    let answered = sent.create_response(http, answer).await;
    Ok(answered.map_err(anyhow::Error::from)?)
}

#[poise::command(prefix_command, guild_only, category = "parrot")]
async fn repeat(ctx: Context<'_>) -> Result<(), Rejection> {
    let Context::Prefix(prefix) = ctx else {
        return Ok(());
    };
    let answered = prefix.msg.referenced_message.as_ref();
    let answered = answered.map_or("nothing", |message| message.content.as_str());
    let files = prefix
        .msg
        .attachments
        .iter()
        .map(|file| file.filename.as_str());
    let text = format!("{answered} {}", files.collect::<Vec<_>>().join(", "));
    say(ctx, Audience::Everyone, &Text::verbatim(text)).await
}

fn open() -> Town {
    Building::default().with_cogs(with_parrot).open()
}

#[test]
fn the_context_menu_is_opened_on_people_and_messages() {
    let town = open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let post = sam.posts("#general", "spam!");
    insta::assert_snapshot!(mia.opens_on("Whose", "sam"), @"(only mia) this is sam");
    insta::assert_snapshot!(mia.opens_on("Whose", &town.member("lea")), @"(only mia) this is lea");
    insta::assert_snapshot!(mia.opens_on("Quote", &post), @"(form) Quote it [Why]");
    insta::assert_snapshot!(mia.submits(&[("Why", "look")]), @"sam said spam!, look");
    insta::assert_snapshot!(mia.cannot_open_on("Quote", "sam"), @"there is no command /Quote");
}

#[test]
fn messages_are_answered_edited_and_deleted() {
    let town = open();
    let (mia, sam) = (town.moderator("mia"), town.member("sam"));
    let post = sam.posts(
        "#general",
        Draft::from("spam!").with("a b.txt", "some text"),
    );
    let answer = Draft::from("!repeat").with("proof.png", "0");
    insta::assert_snapshot!(mia.replies(Pointed::By("sam".into()), answer), @"spam! proof.png");
    sam.edits(&post, "sorry");
    insta::assert_snapshot!(mia.replies(&post, "!repeat"), @"sorry");
    mia.deletes(&post);
    let said = mia.points_at(Pointed::Saying("sorry".into()));
    assert_eq!(said.author, "Greffier");
    insta::assert_snapshot!(town.shows("#general"), @"
    mia: !repeat
    [file proof.png, 1 bytes]
    Greffier: spam! proof.png
    mia: !repeat
    Greffier: sorry
    ");
}

#[test]
fn moderation_by_hand_is_seen_by_all() {
    let town = Town::open();
    let (olive, mia) = (town.olive(), town.moderator("mia"));
    let (sam, lea) = (town.member("sam"), town.member("lea"));
    mia.times_out("sam", Duration::from_secs(600), Some("spam"));
    let until = sam.timed_out_until().expect("timed out");
    assert!((NOON + 600_000..NOON + 610_000).contains(&until), "{until}");
    assert_eq!(lea.timed_out_until(), None);
    mia.lifts_timeout("sam");
    assert_eq!(sam.timed_out_until(), None);
    olive.creates_role("Helper", 0);
    olive.gives("sam", "Helper");
    assert_eq!(
        (sam.roles(), lea.roles()),
        (vec!["Helper".to_owned()], vec![])
    );
    olive.takes("sam", "Helper");
    assert_eq!(sam.roles(), Vec::<String>::new());
    olive.deletes_role("Helper");
    mia.kicks("sam", Some("noise"));
    assert!(!sam.is_here() && lea.is_here());
    sam.joins();
    mia.bans("sam", None);
    assert!(sam.is_banned() && !lea.is_banned());
    mia.unbans("sam");
    assert!(!sam.is_banned());
    olive.creates_channel("news");
    olive.deletes_channel("news");
    insta::assert_snapshot!(town.sees("#news was deleted"), @"#news was deleted");
    town.crowd_joins(30);
    mia.kicks("guest30", None);
    assert!(town.member("guest29").is_here());
}

#[test]
fn people_act_in_the_guild_that_they_opened() {
    let town = Town::open();
    let (lea, mia) = (town.member("lea"), town.moderator("mia"));
    let founded = town.discord().founds_guild("lea", "Other", &["sam"]);
    town.wait(founded).expect("founded");
    lea.opens_guild("Other");
    insta::assert_snapshot!(lea.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    insta::assert_snapshot!(mia.says("!warnings @sam"), @r"
    | **No warnings · no points count**
    | Member: @sam
    ");
    assert!(town.shows("Other#general").contains("!warn"));
}
