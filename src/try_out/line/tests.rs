//! The table of lines, right and mistyped.

use super::super::hands::Hand;
use super::*;
use crate::i18n::Texts;
use crate::model::Locale;
use crate::sandbox::Pointed;

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
    for line in ["sam dm /mywarnings", "sam dm: /mywarnings"] {
        acts(line, "sam", Act::Slash(Place::Dm, "mywarnings".into()));
    }
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

#[track_caller]
fn does(line: &str, hand: Hand) {
    let who = line.split(' ').next().expect("a name");
    acts(line, who, Act::ByHand(hand));
}

fn saying(words: &str) -> Pointed {
    Pointed::Saying(words.to_owned())
}

fn by(person: &str) -> Pointed {
    Pointed::By(person.to_owned())
}

#[test]
fn people_act_on_messages() {
    let warn = || "Warn him".to_owned();
    does(
        "mia opens \"Warn him\" on @sam",
        Hand::OpensOn(warn(), "sam".into()),
    );
    does(
        "mia opens \"Warn him\" on sam's message",
        Hand::OpensOnMessage(warn(), by("sam")),
    );
    does(
        "mia opens Warn him on “buy this”",
        Hand::OpensOnMessage(warn(), saying("buy this")),
    );
    does(
        "mia replies to \"buy: this\": !warn spam: much",
        Hand::Replies(saying("buy: this"), "!warn spam: much".into()),
    );
    does(
        "mia replies to sam’s message: no",
        Hand::Replies(by("sam"), "no".into()),
    );
    does(
        "sam edits \"buy\" to \"sorry\"",
        Hand::Edits(saying("buy"), "sorry".into()),
    );
    does("mia deletes that message", Hand::Deletes(saying("")));
    does("mia deletes @sam's message", Hand::Deletes(by("sam")));
    does(
        "sam posts notes.txt: a: b",
        Hand::Posts("notes.txt".into(), "a: b".into()),
    );
    does(
        "sam posts \"my photo.png\"",
        Hand::Posts("my photo.png".into(), String::new()),
    );
}

#[test]
fn people_moderate_by_hand() {
    let sam = || "sam".to_owned();
    let role = || "Night Watch".to_owned();
    does(
        "adam times out sam 10m too loud",
        Hand::TimesOut(sam(), Duration::from_secs(600), "too loud".into()),
    );
    does(
        "adam lifts sam's timeout",
        Hand::TimesOut(sam(), Duration::ZERO, String::new()),
    );
    does("adam kicks @sam", Hand::Kicks(sam(), String::new()));
    does(
        "adam bans sam enough",
        Hand::Bans(sam(), "enough".to_owned()),
    );
    does("adam unbans sam", Hand::Unbans(sam()));
    does("adam gives sam Night Watch", Hand::Gives(sam(), role()));
    does(
        "adam takes \"Night Watch\" from sam",
        Hand::Takes(sam(), role()),
    );
    does("olive creates #news", Hand::CreatesChannel("news".into()));
    does("olive deletes #news", Hand::DeletesChannel("news".into()));
    does("olive creates @Night Watch", Hand::CreatesRole(role()));
    does("olive deletes @Night Watch", Hand::DeletesRole(role()));
    does("lea founds Other", Hand::Founds("Other".into()));
    does("sam goes to \"Other\"", Hand::GoesTo("Other".into()));
    check("crowd joins 50", Line::CrowdJoins(50));
    acts(
        "guest7: hi",
        "guest7",
        Act::Says(channel("general"), "hi".into()),
    );
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
        "mia kick sam",
        "I don't understand “kick sam”. Did you mean `mia kicks sam`?",
    );
    mistyped(
        "mia times out sam",
        "I don't understand “times out sam”. Did you mean `mia times out sam 10m`?",
    );
    mistyped(
        "mia deletes everything",
        "I don't understand “deletes everything”. Did you mean `mia deletes \"…\"`?",
    );
    mistyped(
        "crowd joins",
        "I don't understand “crowd joins”. Did you mean `crowd joins 50`?",
    );
    mistyped(
        "xyzzy: hi",
        "There is nobody called “xyzzy” here, only olive, adam, mia, sam, lea. `help` shows what can be typed.",
    );
}
