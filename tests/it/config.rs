//! What `config.toml` and the environment may say, and how a mistake in them is named.

use std::fs;
use std::path::Path;
use std::time::Duration;

use greffier::config::{Config, Environment, Mistakes, keys, token};
use greffier::i18n::Texts;
use greffier::model::Locale;
use secrecy::ExposeSecret as _;

#[test]
fn the_file_in_the_repository_has_every_key_with_its_default() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("config.toml");
    let loaded = Config::load(Some(&file), root, &Environment::new()).expect("it is right");
    let defaults = Config {
        file: Some(file.clone()),
        ..Config::defaults(root)
    };
    assert_eq!(loaded.config, defaults);

    let table: toml::Table = fs::read_to_string(&file)
        .expect("it is there")
        .parse()
        .expect("it is TOML");
    for key in keys() {
        let mut value = None;
        let mut place = Some(&table);
        for word in key.name.split('.') {
            value = place.and_then(|table| table.get(word));
            place = value.and_then(toml::Value::as_table);
        }
        assert!(value.is_some(), "config.toml lacks `{}`", key.name);
    }
}

#[test]
fn every_key_of_the_file_says_why_it_is_there() {
    let content = include_str!("../../config.toml");
    let lines: Vec<&str> = content.lines().collect();
    for (above, line) in lines.iter().zip(&lines[1..]) {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(above.starts_with("# "), "no reason above `{line}`");
        }
    }
}

#[test]
fn nothing_configured_is_a_configuration() {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = Config::load(None, folder.path(), &Environment::new()).expect("defaults");
    assert_eq!(loaded.config, Config::defaults(folder.path()));
}

#[test]
fn folders_are_relative_to_the_file_and_not_to_where_one_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    fs::write(
        &file,
        "[paths]\ndata = \"records\"\nbackups = \"/srv/backups\"\n",
    )
    .expect("written");
    let loaded = Config::load(Some(&file), Path::new("/"), &Environment::new()).expect("right");
    assert_eq!(loaded.config.paths.data, folder.path().join("records"));
    assert_eq!(loaded.config.paths.backups, Path::new("/srv/backups"));
}

#[test]
fn all_mistakes_are_named_at_once_with_line_key_and_the_nearest_right_one() {
    insta::assert_snapshot!(
        mistakes(Locale::En, "prefx = \"!\"\nauto_save_interval = \"hourly\"\ndata = \"here\"\n\n[dicsord]\napi_url = \"\"\n\n[log]\nformat = \"xml\"\n", &[]),
        @r#"
    config.toml, line 1: there is no key `prefx`; did you mean `prefix`?
    config.toml, line 2: `auto_save_interval`: it must be a whole number from 10 to 86400, not "hourly"
    config.toml, line 3: there is no key `data`; did you mean `paths.data`?
    config.toml, line 5: there is no key `dicsord`; did you mean `discord`?
    config.toml, line 9: `log.format`: it must be "auto", "text" or "json", not "xml"
    "#
    );
}

#[test]
fn mistakes_are_named_in_french_too() {
    insta::assert_snapshot!(
        mistakes(Locale::Fr, "timezone = \"Europe/Pariss\"\ndaily_backup_time = \"3h\"\nowners = [12]\nzzz = 1\n", &[]),
        @r#"
    config.toml, ligne 1 : `timezone` : le fuseau horaire « Europe/Pariss » n’existe pas ; vouliez-vous dire "Europe/Paris" ?
    config.toml, ligne 2 : `daily_backup_time` : il faut une heure comme "03:00", et non "3h"
    config.toml, ligne 3 : `owners` : il faut une liste d’identifiants Discord comme ["123456789012345678"], et non [12]
    config.toml, ligne 4 : la clé `zzz` n’existe pas
    "#
    );
}

#[test]
fn each_value_out_of_its_range_is_refused() {
    for (line, what) in [
        ("auto_save_interval = 9", "from 10 to 86400"),
        ("member_pace = 1001", "from 0 to 1000"),
        ("mirror_sync_interval = 0", "from 1 to 3600"),
        ("backup_retention_days = 0", "from 1 to 36500"),
        ("backup_retention_days = 1.5", "not 1.5"),
        ("daily_backup_enabled = \"yes\"", "`true` or `false`"),
        ("daily_backup_time = 03:00:00", "in quotes, not 03:00:00"),
        ("cleanup_time = \"25:00\"", "like \"03:00\""),
        ("prefix = \"\"", "1 to 5 characters"),
        ("prefix = \"g !\"", "without a space"),
        ("prefix = \"/\"", "not beginning with `/`"),
        ("locale = \"de\"", "\"fr\" or \"en\""),
        ("paths = \"data\"", "written `[paths]`"),
        ("[attachments]\nlargest_mib = 501", "from 0 to 500"),
        ("[attachments]\nquota_mib = -1", "from 0 to 1048576"),
        ("[attachments]\ntypes = \"pictures\"", "media types like"),
        ("prefix = 1\nprefix = 2", "not valid TOML"),
        ("prefix = ", "not valid TOML"),
        ("[paths]\ndata = \"x\"\nbackups = \"x\"", "the same folder"),
        (
            "[discord]\napi_url = \"http://discord.example\"",
            "in clear",
        ),
        (
            "[discord]\napi_url = \"http://127.0.0.1.example\"",
            "in clear",
        ),
    ] {
        let said = mistakes(Locale::En, line, &[]);
        let what = what.replace("in quotes, not", "like \"03:00\", not");
        assert!(said.contains(&what), "{line}\nsaid: {said}");
    }
}

#[test]
fn every_key_can_be_overridden_by_a_variable() {
    for (key, value) in [
        ("locale", "en"),
        ("timezone", "america/montreal"),
        ("prefix", "?"),
        ("owners", "123456789012345678, 223456789012345678"),
        ("member_pace", "0"),
        ("auto_save_interval", "60"),
        ("mirror_sync_interval", "5"),
        ("backup_retention_days", "30"),
        ("daily_backup_enabled", "false"),
        ("daily_backup_time", "02:30"),
        ("cleanup_time", "05:00"),
        ("paths.data", "elsewhere"),
        ("paths.backups", "/srv"),
        ("discord.api_url", "http://127.0.0.1:4000/"),
        ("discord.token_file", "token"),
        ("attachments.largest_mib", "8"),
        ("attachments.quota_mib", "0"),
        ("attachments.types", "image/png"),
        ("alerts.ping_url", "https://example.org/word"),
        ("log.format", "json"),
    ] {
        let key = keys()
            .iter()
            .find(|known| known.name == key)
            .unwrap_or_else(|| panic!("{key} is no key"));
        let folder = tempfile::tempdir().expect("a folder");
        let environment = Environment::from([(key.variable(), value.to_owned())]);
        let loaded = Config::load(None, folder.path(), &environment).expect("right");
        assert_ne!(
            loaded.config,
            Config::defaults(folder.path()),
            "{}",
            key.name
        );
        assert!(loaded.warnings.is_empty());
    }
    assert_eq!(keys().len(), 20, "a new key is missing above");
}

#[test]
fn a_variable_beats_the_file_and_its_mistake_names_the_variable() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("config.toml"),
        "auto_save_interval = 60\n",
    )
    .expect("written");
    let environment =
        Environment::from([("GREFFIER_AUTO_SAVE_INTERVAL".to_owned(), "90".to_owned())]);
    let loaded = Config::load(None, folder.path(), &environment).expect("right");
    assert_eq!(loaded.config.auto_save_interval, Duration::from_secs(90));

    insta::assert_snapshot!(
        mistakes(Locale::En, "", &[("GREFFIER_AUTO_SAVE_INTERVAL", "often")]),
        @r#"variable GREFFIER_AUTO_SAVE_INTERVAL: `auto_save_interval`: it must be a whole number from 10 to 86400, not "often""#
    );
}

#[test]
fn an_unknown_variable_of_ours_is_named_with_the_nearest_right_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let environment = Environment::from([
        ("GREFFIER_PREFX".to_owned(), "?".to_owned()),
        ("GREFFIER_LOG".to_owned(), "debug".to_owned()),
    ]);
    let loaded = Config::load(None, folder.path(), &environment).expect("only a warning");
    let said: Vec<String> = loaded
        .warnings
        .iter()
        .map(|warning| Texts::embedded().text(Locale::En, warning))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @"Nobody knows the variable GREFFIER_PREFX; it has no effect; did you mean GREFFIER_PREFIX?");
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let said = Config::load(
        Some(Path::new("/nowhere/greffier.toml")),
        Path::new("/"),
        &Environment::new(),
    )
    .expect_err("it is not there");
    let said = said.lines(&Texts::embedded(), Locale::En).join("\n");
    assert!(
        said.starts_with("/nowhere/greffier.toml: the file cannot be read"),
        "{said}"
    );
}

#[test]
fn the_token_comes_from_the_environment_or_a_file_or_systemd() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str, content: &str| {
        let file = folder.path().join(name);
        fs::write(&file, content).expect("written");
        file
    };
    let file = at("token", "from-file\n");
    at("discord_token", "from-systemd\n");
    let systemd = (
        "CREDENTIALS_DIRECTORY".to_owned(),
        folder.path().display().to_string(),
    );
    let variable = ("DISCORD_TOKEN".to_owned(), "Bot from-variable".to_owned());
    let plain = Config::defaults(folder.path());
    let mut named = plain.clone();
    named.discord.token_file = Some(file);

    let read = |config: &Config, environment: &[&(String, String)]| {
        let environment: Environment = environment.iter().map(|&pair| pair.clone()).collect();
        token(config, &environment)
            .map(|token| token.expose_secret().to_owned())
            .map_err(|mistake| Mistakes::from(mistake).lines(&Texts::embedded(), Locale::En))
    };
    assert_eq!(
        read(&named, &[&variable, &systemd]).as_deref(),
        Ok("from-variable")
    );
    assert_eq!(read(&named, &[&systemd]).as_deref(), Ok("from-file"));
    assert_eq!(read(&plain, &[&systemd]).as_deref(), Ok("from-systemd"));
    let none = read(&plain, &[]).expect_err("there is none");
    assert!(none[0].starts_with("No bot token."), "{none:?}");
}

#[test]
fn a_malformed_token_is_refused_without_being_shown() {
    let environment =
        Environment::from([("DISCORD_TOKEN".to_owned(), "sec\u{7}ret token".to_owned())]);
    let mistake = token(&Config::defaults(Path::new("/")), &environment).expect_err("malformed");
    let said = Mistakes::from(mistake).lines(&Texts::embedded(), Locale::En);
    insta::assert_snapshot!(said.join("\n"), @"variable DISCORD_TOKEN: this is not a bot token: it is empty or has characters that no token has");
}

/// What is said about this content of `config.toml` and these variables.
fn mistakes(locale: Locale, content: &str, variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("config.toml"), content).expect("written");
    let environment = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let mistakes = Config::load(None, folder.path(), &environment).expect_err("something is wrong");
    mistakes
        .lines(&Texts::embedded(), locale)
        .join("\n")
        .replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn an_address_that_is_a_secret_is_not_shown_even_where_it_is_mistyped() {
    let said = mistakes(
        Locale::En,
        "[alerts]\nping_url = \"http://example.org/secret-word\"",
        &[],
    );
    assert!(
        said.contains("`alerts.ping_url`: it must be an address"),
        "{said}"
    );
    assert!(!said.contains("secret-word"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let url = "https://example.org/secret-word";
    let variable = ("GREFFIER_ALERTS__PING_URL".to_owned(), url.to_owned());
    let environment = Environment::from([variable]);
    let loaded = Config::load(None, folder.path(), &environment).expect("right");
    let address = loaded.config.alerts.ping_url.as_ref().expect("configured");
    assert_eq!(address.expose(), url);
    assert!(!format!("{:?}", loaded.config).contains("secret-word"));
}
