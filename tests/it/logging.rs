//! What operators read: the words that the documents fixed, and a line that suits where it goes.

use std::sync::{Arc, Mutex};

use greffier::config::LogFormat;
use greffier::i18n::Texts;
use greffier::logging::{LogLayer, Settings, Shape};
use greffier::model::Locale;
use secrecy::SecretString;
use tracing_subscriber::layer::SubscriberExt as _;

#[test]
fn the_log_has_the_words_of_the_documents() {
    for (locale, expected) in [
        (
            Locale::Fr,
            [
                "✅ Tâche de sauvegarde automatique démarrée",
                "🔄 Début de la sauvegarde automatique...",
                "✅ Sauvegarde automatique terminée - 3 cogs sauvegardés",
                "🌙 Début de la sauvegarde quotidienne...",
                "✅ Sauvegarde quotidienne terminée - 4 fichiers sauvegardés",
                "🧹 Début du nettoyage des anciennes sauvegardes...",
                "✅ Nettoyage terminé - 0 anciennes sauvegardes supprimées",
                "💾 Sauvegarde automatique (30s): 2 conversations, 5 groupes de messages",
            ],
        ),
        (
            Locale::En,
            [
                "✅ Automatic save task started",
                "🔄 Automatic save starting...",
                "✅ Automatic save done - 3 cogs saved",
                "🌙 Daily archive starting...",
                "✅ Daily archive done - 4 files saved",
                "🧹 Pruning of old archives starting...",
                "✅ Pruning done - 0 old archives deleted",
                "💾 Automatic save (30s): 2 conversations, 5 groups of messages",
            ],
        ),
    ] {
        let lines = logged(locale, Shape::Journal, &[], || {
            tracing::info!(event = "auto_save_task_started");
            tracing::info!(event = "auto_save_started");
            tracing::info!(event = "auto_save_done", cogs = 3);
            tracing::info!(event = "daily_archive_started");
            tracing::info!(event = "daily_archive_done", files = 4);
            tracing::info!(event = "prune_started");
            tracing::info!(event = "prune_done", count = 0);
            tracing::info!(event = "mirror_saved", conversations = 2, groups = 5);
        });
        let messages: Vec<&str> = lines
            .lines()
            .map(|line| {
                let line = line.strip_prefix("<6>").expect("the priority comes first");
                line.split("  event=").next().unwrap_or_default()
            })
            .collect();
        assert_eq!(messages, expected);
    }
}

#[test]
fn one_thing_is_not_said_in_the_plural() {
    let lines = logged(Locale::Fr, Shape::Journal, &[], || {
        tracing::info!(event = "prune_done", count = 1);
    });
    insta::assert_snapshot!(lines, @"<6>✅ Nettoyage terminé - 1 ancienne sauvegarde supprimée  event=prune_done count=1");
}

#[test]
fn the_journal_of_systemd_gets_a_priority_and_neither_time_nor_colours() {
    let lines = logged(Locale::En, Shape::Journal, &[], || {
        tracing::error!(event = "panicked", what = "a b", at = "here");
        tracing::warn!(event = "log_filter_wrong", why = "x");
        tracing::debug!(event = "auto_save_started");
    });
    insta::assert_snapshot!(lines, @r#"
    <3>Defect of the program: a b (here)  event=panicked at=here what="a b"
    <4>GREFFIER_LOG is not a valid filter and has no effect: x  event=log_filter_wrong why=x
    <7>🔄 Automatic save starting...  event=auto_save_started
    "#);
}

#[test]
fn a_terminal_gets_time_and_colours_and_a_file_only_the_time() {
    let say = || tracing::info!(event = "auto_save_done", cogs = 3);
    let terminal = logged(Locale::En, Shape::Terminal, &[], say);
    assert!(
        terminal.contains("\x1b[32mINFO \x1b[0m ✅ Automatic save done"),
        "{terminal}"
    );
    let plain = logged(Locale::En, Shape::Plain, &[], say);
    assert!(!plain.contains('\x1b'), "{plain}");
    let time = plain.split(' ').next().unwrap_or_default();
    chrono::DateTime::parse_from_rfc3339(time).expect("a line opens with its time");
}

#[test]
fn a_program_gets_one_object_a_line() {
    let line = logged(Locale::Fr, Shape::Json, &[], || {
        tracing::info!(event = "auto_save_done", cogs = 3);
    });
    let mut value: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
    let time = value["time"].take();
    chrono::DateTime::parse_from_rfc3339(time.as_str().expect("text")).expect("a time");
    insta::assert_snapshot!(value, @r#"{"event":"auto_save_done","fields":{"cogs":3},"level":"info","message":"✅ Sauvegarde automatique terminée - 3 cogs sauvegardés","time":null}"#);
}

#[test]
fn a_library_speaks_its_own_words_under_one_event() {
    let lines = logged(Locale::Fr, Shape::Journal, &[], || {
        tracing::warn!(target: "serenity::gateway", shard = 0, "reconnecting");
    });
    insta::assert_snapshot!(lines, @"<4>reconnecting  event=library shard=0 target=serenity::gateway");
}

#[test]
fn the_token_appears_in_no_line_whoever_prints_it() {
    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.secret";
    for shape in [Shape::Terminal, Shape::Plain, Shape::Journal, Shape::Json] {
        let lines = logged(Locale::Fr, shape, &[TOKEN], || {
            tracing::warn!(target: "serenity::http", header = %format!("Bot {TOKEN}"), "sent {TOKEN}");
            tracing::error!(event = "panicked", what = TOKEN, at = ?Some(TOKEN));
        });
        assert_eq!(lines.matches("[secret]").count(), 6, "{lines}");
        assert!(!lines.contains(TOKEN), "{lines}");
    }
}

#[test]
fn a_member_cannot_forge_a_line() {
    let lines = logged(Locale::Fr, Shape::Plain, &[], || {
        tracing::error!(
            event = "panicked",
            what = "x\nERROR \x1b[2J forged",
            at = "y"
        );
    });
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(!lines.contains('\x1b'), "{lines}");
}

/// All that is logged while `act` runs.
fn logged(locale: Locale, shape: Shape, secrets: &[&str], act: impl FnOnce()) -> String {
    let lines = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&lines);
    let settings = Settings {
        locale,
        format: LogFormat::Auto,
        timezone: chrono_tz::Europe::Paris,
        secrets: secrets
            .iter()
            .map(|&secret| SecretString::from(secret))
            .collect(),
        filter: None,
    };
    let layer = LogLayer::new(Arc::new(Texts::embedded()), settings, shape, move |line| {
        sink.lock().expect("nobody panicked").push_str(line);
    });
    tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), act);
    let lines = lines.lock().expect("nobody panicked");
    lines.clone()
}
