//! The table of lines, right and mistyped.

use super::*;
use crate::i18n::Texts;
use crate::model::Locale;

const PEOPLE: [&str; 5] = ["olive", "adam", "mia", "sam", "lea"];

#[track_caller]
fn acts(line: &str, who: &str, act: Act) {
    let who = who.to_owned();
    assert_eq!(parse(line, &PEOPLE), Ok(Line::Act { who, act }), "{line}");
}

#[track_caller]
fn check(line: &str, meant: Line) {
    assert_eq!(parse(line, &PEOPLE), Ok(meant), "{line}");
}

#[track_caller]
fn mistyped(line: &str, said: &str) {
    let Err(Mistyped(text)) = parse(line, &PEOPLE) else {
        panic!("understood: {line}");
    };
    assert_eq!(Texts::embedded().text(Locale::En, &text), said, "{line}");
}

fn channel(name: &str) -> Place {
    Place::Channel(name.to_owned())
}

#[test]
fn people_write_where_they_are() {
    acts(
        "mia: !warn @sam 2 spam",
        "mia",
        Act::Says(channel("general"), "!warn @sam 2 spam".into()),
    );
    acts(
        "mia:!warn @sam",
        "mia",
        Act::Says(channel("general"), "!warn @sam".into()),
    );
    acts(
        "Mia: a: b",
        "mia",
        Act::Says(channel("general"), "a: b".into()),
    );
    acts(
        "@mia #staff: text",
        "mia",
        Act::Says(channel("staff"), "text".into()),
    );
    acts(
        "mia #staff:text: more",
        "mia",
        Act::Says(channel("staff"), "text: more".into()),
    );
    acts("sam dm: hello", "sam", Act::Says(Place::Dm, "hello".into()));
}

#[test]
fn people_use_slash_commands() {
    let line = || "warn member:@sam reason:spam".to_owned();
    acts(
        "mia /warn member:@sam reason:spam",
        "mia",
        Act::Slash(channel("general"), line()),
    );
    acts(
        "mia: /warn member:@sam reason:spam",
        "mia",
        Act::Slash(channel("general"), line()),
    );
    acts(
        "mia #staff /warn member:@sam reason:spam",
        "mia",
        Act::Slash(channel("staff"), line()),
    );
}

#[test]
fn people_act_on_what_they_see() {
    acts("sam clicks \"Label\"", "sam", Act::Clicks("Label".into()));
    acts("sam clicks « Oui »", "sam", Act::Clicks("Oui".into()));
    acts(
        "sam clicks Label two",
        "sam",
        Act::Clicks("Label two".into()),
    );
    acts(
        "sam picks \"a\", \"b\"",
        "sam",
        Act::Picks(vec!["a".into(), "b".into()], String::new()),
    );
    acts(
        "mia picks \"Français\" in \"Language\"",
        "mia",
        Act::Picks(vec!["Français".into()], "Language".into()),
    );
    acts(
        "sam submits field=value; other=a=b",
        "sam",
        Act::Submits(vec![
            ("field".into(), "value".into()),
            ("other".into(), "a=b".into()),
        ]),
    );
    acts("sam leaves", "sam", Act::Leaves);
    acts("sam joins", "sam", Act::Joins);
    acts("sam closes dms", "sam", Act::ClosesDms);
    acts("sam opens dms", "sam", Act::OpensDms);
}

#[test]
fn orders_are_given_without_a_name() {
    check("", Line::Nothing);
    check("  # comment", Line::Nothing);
    check("help", Line::Help);
    check("quit", Line::Quit);
    check("crash", Line::Crash);
    check("restore", Line::Restore(None));
    check("restore backup_x", Line::Restore(Some("backup_x".into())));
    check("wait 2s", Line::Wait(Duration::from_secs(2)));
    check("wait 500ms", Line::Wait(Duration::from_millis(500)));
    check("later 8h", Line::Later(Duration::from_secs(8 * 3600)));
    check("later 1d 12h", Line::Later(Duration::from_secs(36 * 3600)));
    check("later 30min", Line::Later(Duration::from_secs(1800)));
}

#[test]
fn a_mistyped_line_names_the_nearest_right_one() {
    mistyped(
        "mai: hello",
        "I don't understand that. Did you mean `mia: hello`?",
    );
    mistyped(
        "sma leaves",
        "I don't understand that. Did you mean `sam leaves`?",
    );
    mistyped(
        "sam click \"OK\"",
        "I don't understand “click \"OK\"”. Did you mean `sam clicks \"OK\"`?",
    );
    mistyped(
        "sam leave",
        "I don't understand “leave”. Did you mean `sam leaves`?",
    );
    mistyped(
        "sam close dms",
        "I don't understand “close dms”. Did you mean `sam closes dms`?",
    );
    mistyped(
        "sam clicks",
        "I don't understand “clicks”. Did you mean `sam clicks \"…\"`?",
    );
    mistyped(
        "mia !warn @sam",
        "I don't understand “!warn @sam”. Did you mean `mia: !warn @sam`?",
    );
    mistyped(
        "mia #staff hello",
        "I don't understand “#staff hello”. Did you mean `mia #staff: hello`?",
    );
    mistyped("crsh", "I don't understand that. Did you mean `crash`?");
    mistyped("mia", "I don't understand that. Did you mean `mia: …`?");
    mistyped(
        "later soon",
        "`later` takes a time such as `30s`, `8h` or `2d`, not “soon”.",
    );
    mistyped(
        "wait",
        "`wait` takes a time such as `30s`, `8h` or `2d`, not “”.",
    );
    mistyped(
        "xyzzy: hi",
        "There is nobody called “xyzzy” here, only olive, adam, mia, sam, lea. `help` shows what can be typed.",
    );
}
