//! Every command shows by examples how it is used, and each example is understood as it stands.

use std::time::Duration;

use greffier::cogs;
use greffier::discord::{Command, Example, examples};
use greffier::i18n::Texts;
use greffier::model::{Locale, Text};

use crate::town::{Building, Person, Town};

/// Refusals of what is typed wrong, whatever the records hold.
const MISTYPED: [&str; 28] = [
    "refused-argument",
    "refused-usage",
    "refused-too-much",
    "refused-no-amount",
    "refused-spaced-amount",
    "refused-amount",
    "refused-price",
    "refused-term",
    "refused-choice",
    "refused-zone",
    "refused-count",
    "refused-length",
    "refused-slowmode",
    "refused-purge-count",
    "refused-payday-rhythm",
    "refused-menu-value",
    "refused-setting-value",
    "refused-unknown-setting",
    "refused-unknown-setting-near",
    "refused-ticket-setting",
    "refused-no-ticket-setting",
    "refused-no-reason",
    "refused-points",
    "refused-words",
    "refused-questions",
    "refused-thresholds",
    "refused-unknown-command",
    "refused-unknown-command-near",
];

/// Everything that can be called, groups left out, with its examples.
fn all(texts: &Texts, locale: Locale) -> Vec<(String, bool, Vec<Example>)> {
    let mut commands: Vec<Command> = cogs::all()
        .into_iter()
        .flat_map(|cog| cog.commands)
        .collect();
    poise::set_qualified_names(&mut commands);
    let mut found = Vec::new();
    let mut left: Vec<&Command> = commands.iter().rev().collect();
    while let Some(command) = left.pop() {
        left.extend(command.subcommands.iter().rev());
        let is_called = command.slash_action.is_some() || command.prefix_action.is_some();
        if is_called && !command.subcommand_required {
            let name = command.qualified_name.to_string();
            let is_group = !command.subcommands.is_empty();
            found.push((name, is_group, examples(texts, locale, command)));
        }
    }
    found
}

#[test]
fn every_command_has_examples_in_both_languages() {
    let texts = cogs::texts(&cogs::all());
    let french = all(&texts, Locale::Fr);
    let mut without = Vec::new();
    for ((name, _, french), (_, _, english)) in french.iter().zip(all(&texts, Locale::En)) {
        if french.is_empty() || french.len() != english.len() {
            without.push(name.clone());
        }
    }
    assert!(
        french.len() > 90,
        "only {} commands were found",
        french.len()
    );
    assert!(
        without.is_empty(),
        "no `.example` in both languages, as many in each: {without:?}"
    );
}

#[test]
fn every_english_example_is_understood() {
    try_all(Locale::En);
}

#[test]
fn every_french_example_is_understood() {
    try_all(Locale::Fr);
}

#[track_caller]
fn try_all(locale: Locale) {
    let town = Building::default().speaking(locale).open();
    let misunderstood = play(&town, locale);
    assert!(misunderstood.is_empty(), "{}", misunderstood.join("\n"));
}

/// Has every command used as its examples say; returns what was not understood.
pub fn play(town: &Town, locale: Locale) -> Vec<String> {
    let texts = cogs::texts(&cogs::all());
    let olive = town.olive();
    furnish(town, locale);
    let mut misunderstood = Vec::new();
    for (name, is_group, examples) in all(&texts, locale) {
        for example in examples {
            // In Discord's clients a role is picked as it is written; the local Discord wants to be told.
            let mut answers = Vec::new();
            if let Some(typed) = &example.typed {
                let mut typed = format!("!{typed}");
                for role in ["Red", "Blue", "Moderator"] {
                    typed = typed.replace(&format!("@{role}"), &format!("@&{role}"));
                }
                answers.push((typed.clone(), olive.says(&typed)));
            }
            if !is_group {
                answers.push((format!("/{}", example.chosen), olive.slash(&example.chosen)));
            }
            for (said, answer) in answers {
                if let Some(key) = MISTYPED
                    .iter()
                    .find(|key| says(&texts, locale, key, &answer))
                {
                    misunderstood.push(format!("{name}: {said}: {key}: {answer}"));
                }
            }
            town.settles();
            for who in ["sam", "lea"] {
                comes_back(&olive, town, who);
            }
        }
    }
    misunderstood
}

/// What examples speak of.
fn furnish(town: &Town, locale: Locale) {
    let olive = town.olive();
    olive.creates_role("Red", 0);
    olive.creates_role("Blue", 0);
    town.later(Duration::from_secs(60));
    olive.says("!rolemenu create Colours");
    olive.says("!ticket category add Support");
    olive.says(match locale {
        Locale::En => "!ticket category add Billing",
        Locale::Fr => "!ticket category add Paiements",
    });
}

/// Whoever was sent out by an example is there for the next.
fn comes_back(olive: &Person<'_>, town: &Town, who: &str) {
    if town.discord().bans().iter().any(|ban| ban.name == who) {
        olive.unbans(who);
    }
    if town.discord().member(who).is_none() {
        town.wait(town.discord().joins(who)).expect("they join");
    }
}

/// Whether an answer is the sentence of this key, whatever stands in its gaps.
fn says(texts: &Texts, locale: Locale, key: &'static str, answer: &str) -> bool {
    let sentence = texts.text(locale, &Text::new(key));
    let plain = sentence.replace(['\u{a0}', '\u{202f}'], " ");
    let mut pieces = plain
        .split("{$")
        .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.all(|piece| answer.contains(piece.trim()))
}
