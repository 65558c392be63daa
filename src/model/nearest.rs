//! The word that somebody probably meant.

/// How like it must be: a third of its letters may be wrong, or two neighbours in a short word may have changed places.
const NEAR: f64 = 0.6;

/// The candidate that is nearest to what was typed; none where none is near enough to be worth a question.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (likeness(&typed, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

fn likeness(typed: &str, candidate: &str) -> f64 {
    // Who types the beginning of a word means that word.
    let is_beginning = typed.chars().count() >= 3 && candidate.starts_with(typed);
    let likeness = strsim::normalized_damerau_levenshtein(typed, candidate);
    if is_beginning {
        likeness.max(NEAR)
    } else {
        likeness
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMANDS: [&str; 9] = [
        "warn",
        "warnings",
        "unwarn",
        "clearwarnings",
        "mywarnings",
        "settings",
        "backup_status",
        "force_backup",
        "help",
    ];

    #[test]
    fn a_slip_of_the_finger_finds_its_word_and_a_far_word_finds_none() {
        for (typed, meant) in [
            ("hepl", Some("help")),
            ("wran", Some("warn")),
            ("warning", Some("warnings")),
            ("Warn", Some("warn")),
            ("backup_statut", Some("backup_status")),
            ("backup", Some("backup_status")),
            ("mywarning", Some("mywarnings")),
            ("setings", Some("settings")),
            ("cookies", None),
            ("xyz", None),
            ("play", None),
            ("", None),
            ("b", None),
        ] {
            assert_eq!(nearest(typed, COMMANDS), meant, "{typed}");
        }
    }
}
