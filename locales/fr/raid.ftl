# Un raid : un ordre pour beaucoup de monde, des messages effacés, un salon ralenti.
cmd-massban = Bannir beaucoup de monde d’un coup, après un aperçu et une confirmation
    .usage = identifiants… | joined:10m [motif]
    .example = who:joined:10m raid
    .who = Identifiants ou mentions, ou joined:10m pour les derniers arrivés ; puis le motif
cmd-masskick = Expulser beaucoup de monde d’un coup, après un aperçu et une confirmation
    .usage = identifiants… | joined:10m [motif]
    .example = who:joined:10m raid
    .who = Identifiants ou mentions, ou joined:10m pour les derniers arrivés ; puis le motif
cmd-massmute = Faire taire beaucoup de monde d’un coup, après un aperçu et une confirmation
    .usage = identifiants… | joined:10m [1h] [motif]
    .example = who:joined:10m 1h raid
    .who = Identifiants ou mentions, ou joined:10m pour les derniers arrivés ; puis la durée et le motif
cmd-massundo = Revenir sur tout un lot
    .usage = numéro
    .example = batch:1
    .batch = Le numéro du lot
cmd-purge = Effacer les derniers messages de ce salon, de tous ou d’un membre
    .usage = nombre [@membre]
    .example =
        count:20
        count:20 member:@sam
    .count = Combien, de 1 à 500
    .member = De qui ; sinon de tout le monde
cmd-slowmode = Ralentir ce salon
    .usage = 10s | off
    .example =
        pause:10s
        pause:off
    .pause = Le temps entre deux messages de chacun, par exemple 10s ou 5m ; ou off

raid-preview-ban = Bannir { $count ->
    [1] une personne
   *[other] { $count } personnes
} ? { $members }
raid-preview-kick = Expulser { $count ->
    [1] une personne
   *[other] { $count } personnes
} ? { $members }
raid-preview-mute = Faire taire { $count ->
    [1] une personne
   *[other] { $count } personnes
} ? { $members }
raid-confirm = Oui, tout le monde
raid-cancelled = Rien n’a été fait.
raid-done = Lot n° { $batch } : { $count } de faits{ $spared ->
    [0] .
   *[other] , { $spared } épargnés.
} Pour revenir dessus : massundo { $batch }
raid-undone = Retour sur le lot n° { $number } : { $count }.
raid-purged = { $count ->
    [1] 1 message effacé.
   *[other] { $count } messages effacés.
}
raid-purged-limit = { $done } J’ai parcouru les { $most } derniers messages des deux dernières semaines.
raid-log-purged = { $count ->
    [1] 1 message effacé
   *[other] { $count } messages effacés
}
raid-log-slowmode = Mode lent
raid-field-channel = Salon
raid-slowmode = Salon ralenti : un message par { $length }.
raid-slowmode-off = Le salon n’est plus ralenti.

refused-too-many = Trop de monde d’un coup : { $most } au plus.
refused-nobody-left = Il n’y a personne à qui faire cela : identifiants, mentions ou joined:10m, de membres au-dessous de vous et de moi.
refused-no-batch = Aucun dossier du lot n° { $number } ne tient encore.
refused-purge-count = De 1 à { $most } messages d’un coup.
refused-nothing-to-purge = Il n’y a pas de tel message des deux dernières semaines ici.
refused-lacking-permission = Il me manque une permission ici : { $permission }.
refused-slowmode = Je ne comprends pas « { $words } » : 10s, 5m, jusqu’à 6h, ou off.
