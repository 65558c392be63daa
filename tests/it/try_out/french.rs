//! Whoever tries in French reads French: each kind of line, and none in English.

use std::collections::BTreeMap;

use super::play;

/// What makes each kind of line that the prompt can bring about, and what tells of it in French.
const EVERY_KIND: [(&str, &str); 44] = [
    ("sam: bonjour", ""),
    (
        "sam edits \"bonjour\" to \"salut\"",
        "#general sam : salut (modifié)",
    ),
    ("mia replies to \"salut\": oui", "#general mia : oui"),
    (
        "mia deletes \"oui\"",
        "#general un message de mia a été supprimé",
    ),
    (
        "sam posts notes.txt: texte",
        "[fichier notes.txt, 5 octets]",
    ),
    (
        "sam posts nulle-part.txt",
        "! il n’y a pas de fichier nulle-part.txt",
    ),
    ("sam posts /", "! le fichier / ne peut pas être lu"),
    ("sam /mywarnings", "Greffier (seulement pour sam) : | "),
    ("mia /warn member:@sam reason:spam", "MP à sam Greffier : "),
    ("mia /warnings member:@sam", "| Membre : @sam"),
    (
        "mia opens \"Avertir\" on @sam",
        "un formulaire s’ouvre pour mia : ",
    ),
    (
        "mia submits Poids=1",
        "! le formulaire n’a pas de champ « Poids »",
    ),
    (
        "mia times out sam 10m fort",
        "sam : exclusion temporaire jusqu’au ",
    ),
    (
        "mia lifts sam's timeout",
        "sam : fin de l’exclusion temporaire",
    ),
    ("mia bans lea raid", "lea : bannissement (raid)"),
    ("lea joins", "! lea fait l’objet d’un bannissement"),
    ("mia unbans lea", "lea : bannissement levé"),
    ("lea joins", "lea a rejoint le serveur"),
    ("crowd joins 2", "guest2 a rejoint le serveur"),
    ("adam kicks guest2 spam", "guest2 : expulsion (spam)"),
    ("sam leaves", "sam a quitté le serveur"),
    ("sam leaves", "! sam n’est pas sur le serveur"),
    ("sam joins", "sam a rejoint le serveur"),
    (
        "olive gives sam Moderator",
        "les rôles de sam ont changé : +Moderator",
    ),
    (
        "olive takes Moderator from sam",
        "les rôles de sam ont changé : -Moderator",
    ),
    ("olive creates #news", "#news a été créé"),
    ("olive deletes #news", "#news a été supprimé"),
    ("olive creates @Fan", "le rôle Fan a été créé"),
    ("olive deletes @Fan", "le rôle Fan a été supprimé"),
    ("adam: !setup", "▾ un salon]"),
    (
        "adam picks \"Rien\"",
        "! adam ne voit rien à presser ou à choisir du nom de « Rien »",
    ),
    (
        "sam /mydata",
        "! la commande continue par l’un de ces mots : ",
    ),
    (
        "mia: !slowmode 10s",
        "#general a changé : secondes de mode lent : 10",
    ),
    (
        "mia: !lockdown",
        "#general a changé : @everyone ne peut pas écrire, ",
    ),
    (
        "olive /warn member:@sam points:abc reason:x",
        "! option points : il faut un nombre entier",
    ),
    (
        "olive /warn rien",
        "! « rien » n’est pas une option ; les options sont : ",
    ),
    (
        "sam opens \"Rien\" on @lea",
        "! il n’y a pas de commande /Rien",
    ),
    (
        "mia goes to \"Ailleurs\"",
        "! il n’y a pas de serveur « Ailleurs »",
    ),
    (
        "mia deletes lea's message",
        "! il n’y a pas de message de lea",
    ),
    ("lea kicks sam", "! Discord refuse : Missing Permissions"),
    ("sam clicks", "! Je ne comprends pas « clicks ». "),
    ("mai: coucou", "! Je ne comprends pas. "),
    ("later bientôt", "! `later` attend une durée"),
    ("restore absent", "! Il n’y a pas d’archive « absent »."),
];

#[test]
fn whoever_chose_french_reads_no_line_in_english() {
    let script: String = EVERY_KIND
        .iter()
        .map(|(line, _)| format!("{line}\n"))
        .collect();
    let said = play("fr", &script).said.replace('\u{a0}', " ");
    let mut rest = said.as_str();
    for (line, told) in EVERY_KIND {
        let echo = format!("> {line}\n");
        let (_, after) = rest.split_once(&echo).expect("the line is echoed");
        let answer = after.split("\n> ").next().unwrap_or_default();
        assert!(answer.contains(told), "{line}: {told}\n{answer}");
        rest = after;
    }
    // The lines themselves are typed in English.
    let told: Vec<&str> = said.lines().filter(|line| !line.starts_with('>')).collect();
    let told = told.join("\n").replace("Missing Permissions", "");
    let slips: Vec<String> = english_only()
        .into_iter()
        .filter(|words| has_words(&told, words))
        .collect();
    assert!(slips.is_empty(), "in English: {slips:?}\n{told}");
}

/// What stands in the English sentences of the prompt, but not in their French twins.
fn english_only() -> Vec<String> {
    let sentences = |language: &str| {
        let files = greffier::i18n::FILES.iter();
        let mut files = files.filter(|(of, file, _)| *of == language && *file == "try.ftl");
        let (_, _, content) = files.next().expect("the file");
        let lines = content.lines().filter_map(|line| line.split_once(" = "));
        lines.collect::<BTreeMap<_, _>>()
    };
    let (english, french) = (sentences("en"), sentences("fr"));
    let mut found = Vec::new();
    for (key, sentence) in english {
        for fixed in sentence
            .split('{')
            .map(|part| part.rsplit('}').next().unwrap_or_default())
        {
            let words = fixed.trim_matches(|c: char| !c.is_alphanumeric());
            if words.len() >= 3 && !has_words(french.get(key).copied().unwrap_or_default(), words) {
                found.push(words.to_owned());
            }
        }
    }
    assert!(found.len() > 80, "{found:?}");
    found
}

/// Whether `words` stand in `text` as whole words.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_letter(before) && !is_letter(after)
    })
}
