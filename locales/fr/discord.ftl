# Ce que toutes les commandes ont en commun, et les alertes au propriétaire du bot.
verbatim = { $words }
duration-days = { $n ->
    [1] 1 jour
   *[other] { $n } jours
}
duration-hours = { $n ->
    [1] 1 heure
   *[other] { $n } heures
}
duration-minutes = { $n ->
    [1] 1 minute
   *[other] { $n } minutes
}
duration-seconds = { $n ->
    [1] 1 seconde
   *[other] { $n } secondes
}

apology = Désolé, quelque chose s’est mal passé de mon côté, et rien n’a été changé. Incident { $incident } : donnez ce numéro à qui gère le bot.
refused-argument = Je ne comprends pas « { $input } ». La commande s’écrit : `{ $usage }`
refused-usage = Il manque quelque chose. La commande s’écrit : `{ $usage }`
refused-too-much = C’est plus que ce que la commande accepte. Elle s’écrit : `{ $usage }`
refused-guild-only = Cette commande ne fonctionne que sur un serveur.
refused-pace = Doucement : vous pourrez continuer { $until }.
refused-owners-only = Cette commande est réservée au propriétaire du bot.
refused-stopping = On est en train de m’arrêter, et rien n’a été changé. Réessayez dans un instant.
refused-outdated-command = Cette commande vient de changer : rechargez Discord (Ctrl+R) et réessayez.

alarm-second-bot = ⚠️ Un message a été publié avec mon jeton, et ce n’est pas moi qui l’ai envoyé. Un autre programme utilise le même jeton : arrêtez-le, ou changez le jeton sur le portail des développeurs.
alarm-recovered = ⚠️ Au démarrage, les données ont dû être récupérées depuis les fichiers. { $report }
alarm-task-failed = ⚠️ La tâche « { $task } » a échoué : { $why }
alarm-store-broken = ⚠️ Le disque a refusé une écriture. Rien de ce qui était confirmé n’est perdu, mais plus rien ne sera enregistré avant un redémarrage : vérifiez le disque, puis redémarrez-moi.

log-incident = Incident { $incident } pendant { $what } : { $error }
log-reply-failed = La réponse à { $command } n’est pas partie : { $error }
log-command-outdated = Commande périmée chez Discord : { $command } ({ $reason })
log-listener-failed = Échec à l’écoute de { $what } : { $error }
log-framework-failed = Échec du cadre de commandes : { $error }
log-commands-published = { $count ->
    [1] 1 commande slash publiée
   *[other] { $count } commandes slash publiées
}
log-commands-not-published = Les commandes slash n’ont pas pu être publiées ; les commandes à préfixe fonctionnent : { $error }
log-effect-refused = Discord refuse pour de bon l’acte { $effect } (code { $code }, entrée { $seq } du registre)
log-effect-postponed = L’acte { $effect } sera retenté (entrée { $seq } du registre) : { $error }
log-outbox-failed = La boîte d’envoi n’a pas pu être lue : { $error }
log-member-not-told = Le membre { $member } n’a pas pu être prévenu : { $error }
log-owner-not-told = Le propriétaire { $owner } n’a pas pu être prévenu : { $error }
log-settings-unreadable = Les réglages du serveur { $guild } sont illisibles : { $error }
log-autocomplete-failed = La complétion automatique a échoué : { $error }
log-connected = Connecté à Discord en tant que { $name } ({ $guilds ->
    [0] sur aucun serveur
    [1] sur 1 serveur
   *[other] sur { $guilds } serveurs
})
log-invite-wanted = Greffier n’est encore sur aucun serveur. Le lien d’invitation : { $link }
log-gateway-close-slow = La passerelle de Discord tarde à se fermer ; l’arrêt continue sans elle
log-second-bot = Un message de notre compte ne vient pas de nous (salon { $channel }, message { $message }) : un autre programme utilise le même jeton
log-tasks-cut-off = Des tâches ont été interrompues à l’arrêt ; le prochain démarrage les reprend
log-listeners-cut-off = Ce qui était encore écouté a été interrompu à l’arrêt ; le prochain démarrage regarde de nouveau
log-disk-failed = Le disque a refusé une écriture : rien de ce qui était confirmé n’est perdu ; le bot s’arrête pour redémarrer sur un disque vérifié
refused-not-your-question = Cette question s’adresse à quelqu’un d’autre.
