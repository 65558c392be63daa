//! What becomes visible, as somebody reads it who chose French: one of each kind.

use super::*;
use crate::sandbox::{ChannelChange, Permitted, Setting};

fn text(words: &str) -> String {
    words.to_owned()
}

/// One of each kind that is more than a message.
fn samples() -> Vec<Visible> {
    let (who, name) = (|| text("sam"), || text("#general"));
    vec![
        Visible::Thinking {
            place: text("DM to sam"),
            dm_with: Some(who()),
            author: text("Greffier"),
            only_for: Some(who()),
        },
        Visible::ModalOpened {
            who: who(),
            title: text("X"),
            fields: vec![text("Y")],
        },
        Visible::Suggested {
            who: who(),
            choices: vec![text("Z")],
        },
        Visible::TimedOut {
            who: who(),
            until_ms: 0,
            reason: None,
        },
        Visible::TimeoutOver { who: who() },
        Visible::Kicked {
            who: who(),
            reason: Some(text("spam")),
        },
        Visible::Banned {
            who: who(),
            reason: None,
        },
        Visible::Unbanned { who: who() },
        Visible::Left { who: who() },
        Visible::Joined { who: who() },
        Visible::RolesChanged {
            who: who(),
            gained: vec![text("A")],
            lost: vec![text("B")],
        },
        Visible::Renamed {
            who: who(),
            nick: Some(text("C")),
        },
        Visible::Renamed {
            who: who(),
            nick: None,
        },
        Visible::ChannelMade { name: name() },
        Visible::ChannelGone { name: name() },
        Visible::ChannelChanged {
            name: name(),
            changes: changes(),
        },
        Visible::ThreadEntered {
            who: who(),
            name: name(),
        },
        Visible::ThreadLeft {
            who: who(),
            name: name(),
        },
        Visible::RoleMade { name: name() },
        Visible::RoleGone { name: name() },
    ]
}

fn changes() -> Vec<ChannelChange> {
    let allows = |may: &[Permitted], may_not: &[Permitted]| ChannelChange::Allows {
        whom: text("@A"),
        may: may.to_vec(),
        may_not: may_not.to_vec(),
    };
    vec![
        ChannelChange::Set(Setting::RateLimitPerUser, Some(text("10"))),
        ChannelChange::Set(Setting::Topic, None),
        ChannelChange::Switched(Setting::Locked, true),
        ChannelChange::Switched(Setting::Nsfw, false),
        ChannelChange::Moved(Some(text("Tickets"))),
        ChannelChange::Moved(None),
        allows(&[Permitted::See], &[]),
        allows(&[], &[Permitted::Write, Permitted::Other(2)]),
        allows(&[Permitted::React], &[Permitted::AttachFiles]),
        allows(&[], &[]),
        ChannelChange::AsElsewhere(text("@A")),
    ]
}

fn seen() -> String {
    let texts = Texts::embedded();
    let client = Client {
        texts: &texts,
        locale: Locale::Fr,
    };
    let lines: Vec<String> = samples().iter().map(|shown| client.shows(shown)).collect();
    lines.join("\n").replace('\u{a0}', " ")
}

#[test]
fn whatever_becomes_visible_is_told_in_french() {
    insta::assert_snapshot!(seen(), @r"
    MP à sam Greffier (seulement pour sam) : réfléchit…
    un formulaire s’ouvre pour sam : X [Y]
    proposé à sam : Z
    sam : exclusion temporaire jusqu’au <t:0:f>
    sam : fin de l’exclusion temporaire
    sam : expulsion (spam)
    sam : bannissement
    sam : bannissement levé
    sam a quitté le serveur
    sam a rejoint le serveur
    les rôles de sam ont changé : +A -B
    sam s’appelle maintenant C
    sam n’a plus de pseudo
    #general a été créé
    #general a été supprimé
    #general a changé : secondes de mode lent : 10, sujet : rien, verrouillé : oui, réservé aux adultes : non, dans Tickets, dans aucune catégorie, @A peut voir, @A ne peut pas écrire, user des permissions 0x2, @A peut réagir mais pas joindre des fichiers, @A comme ailleurs, plus rien de particulier pour @A
    sam est maintenant dans #general
    sam n’est plus dans #general
    le rôle #general a été créé
    le rôle #general a été supprimé
    ");
}
