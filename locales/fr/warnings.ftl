# Les avertissements.
cmd-warn = Avertir un membre
    .usage = @membre [points] motif
    .example =
        member:@sam reason:spam
        member:@sam points:2 reason:insultes
    .member = Qui avertir
    .reason = Pourquoi
    .points = Le poids de l’avertissement, 1 par défaut
cmd-warnings = Les avertissements du serveur ou d’un membre
    .usage = [@membre] [page]
    .example =
        member:@sam
        page:2
    .member = De qui ; sinon ceux de tout le serveur
    .page = Quelle page de la liste
cmd-unwarn = Retirer un avertissement ; il reste dans l’historique
    .usage = numéro
    .example = case:1
    .case = Le numéro de l’avertissement
cmd-clearwarnings = Retirer tous les avertissements d’un membre
    .usage = @membre
    .example = member:@sam
    .member = De qui
cmd-warnreason = Changer le motif d’un avertissement
    .usage = numéro motif
    .example = case:1 reason:insultes dans #general
    .case = Le numéro de l’avertissement
    .reason = Le nouveau motif
cmd-mywarnings = Vos propres avertissements
    .usage = [page]
    .example = page:2
    .page = Quelle page de la liste
cmd-warn-user = Avertir ce membre
    .menu = Avertir
    .usage = membre
    .user = Qui
cmd-warn-message = Avertir l’auteur de ce message, et le garder
    .menu = Avertir
    .usage = message
    .message = Lequel
warnings-form = Avertir un membre

warnings-preset-reasons = Spam | Insultes | Hors sujet | Publicité | Contenu choquant
warnings-warned = { $member } a reçu un avertissement (n° { $number }) : { $points ->
    [1] 1 point
   *[other] { $points } points
}, { $total } au total.
warnings-warned-and = { $done } Seuil atteint : { $consequence }.
warnings-warned-but = { $done } Seuil atteint ({ $consequence }), mais mon rôle n’est pas au-dessus du sien : à vous d’agir.
warnings-withdrawn = L’avertissement n° { $number } de { $member } est retiré. Il reste dans l’historique.
warnings-cleared = { $count ->
    [1] 1 avertissement retiré
   *[other] { $count } avertissements retirés
} pour { $member }. L’historique les garde.
warnings-reworded = L’avertissement n° { $number } a un nouveau motif : { $reason }

warnings-points = { $points } (total : { $total })
warnings-field-member = Membre
warnings-field-moderator = Modération
warnings-field-reason = Motif
warnings-field-points = Points
warnings-field-consequence = Conséquence
warnings-field-expires = Compte jusqu’au
warnings-field-cases = Avertissements
warnings-out-of-reach = { $consequence } : impossible, mon rôle n’est pas au-dessus du sien
warnings-dm-title = Vous avez reçu un avertissement sur { $guild } (n° { $number })
warnings-log-title = Avertissement n° { $number }
warnings-log-withdrawn = { $count ->
    [1] Avertissement retiré
   *[other] { $count } avertissements retirés
}

warnings-list-member = { $count ->
    [0] Aucun avertissement
    [1] 1 avertissement
   *[other] { $count } avertissements
} · { $points ->
    [0] aucun point ne compte
    [1] 1 point compte
   *[other] { $points } points comptent
}
warnings-list-guild = { $count ->
    [0] Aucun avertissement sur ce serveur
    [1] 1 avertissement sur ce serveur
   *[other] { $count } avertissements sur ce serveur
}
warnings-list-more = Et plus encore
warnings-list-more-text = { $count ->
    [1] Il en reste 1
   *[other] Il en reste { $count }
} : demandez la page { $page }.
warnings-line-name = N° { $number } · { $points ->
    [1] 1 point
   *[other] { $points } points
}
warnings-line = { $member } — { $reason }
    par { $moderator }, le { $at } · { $state }
warnings-state-counts = compte toujours
warnings-state-counts-until = compte jusqu’au { $until }
warnings-state-expired = expiré, ne compte plus
warnings-state-withdrawn = retiré, ne compte plus

consequence-timeout = exclusion temporaire de { $duration }
consequence-kick = expulsion
consequence-ban = bannissement

refused-yourself = Vous ne pouvez pas vous avertir vous-même.
refused-own-warnings = Vos propres avertissements ne sont pas à vous à retirer.
refused-a-bot = Un bot ne lit pas les avertissements : choisissez un membre.
refused-hierarchy = { $member } est à votre niveau ou au-dessus : seul quelqu’un de plus haut placé peut faire cela.
refused-no-reason = Il manque le motif.
refused-long-reason = Ce motif est trop long : { $longest } caractères au plus.
refused-points = Les points vont de 1 à { $most }.
refused-no-case = Il n’y a pas d’avertissement n° { $number } sur ce serveur.
refused-case-withdrawn = L’avertissement n° { $number } est déjà retiré.
refused-own-case = C’est votre propre avertissement : quelqu’un d’autre doit s’en occuper.
refused-no-warnings = { $member } n’a aucun avertissement à retirer.
refused-no-page = Il n’y a pas de page { $page } : la liste { $pages ->
    [1] tient en 1 page
   *[other] en compte { $pages }
}.

warnings-counted-warnings = { $count ->
    [0] aucun avertissement
    [1] 1 avertissement
   *[other] { $count } avertissements
}
