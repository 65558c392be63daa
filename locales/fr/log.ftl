# Les lignes du journal d’exploitation : une par événement, clé `log-` suivie du nom de l’événement.

# Fixé par les documents d’origine.
log-auto-save-task-started = ✅ Tâche de sauvegarde automatique démarrée
log-auto-save-started = 🔄 Début de la sauvegarde automatique...
log-auto-save-done = ✅ Sauvegarde automatique terminée - { $cogs ->
    [1] 1 cog sauvegardé
   *[other] { $cogs } cogs sauvegardés
}
log-daily-archive-started = 🌙 Début de la sauvegarde quotidienne...
log-daily-archive-done = ✅ Sauvegarde quotidienne terminée - { $files ->
    [1] 1 fichier sauvegardé
   *[other] { $files } fichiers sauvegardés
}
log-prune-started = 🧹 Début du nettoyage des anciennes sauvegardes...
log-prune-done = ✅ Nettoyage terminé - { $count ->
    [1] 1 ancienne sauvegarde supprimée
   *[other] { $count } anciennes sauvegardes supprimées
}
log-mirror-saved = 💾 Sauvegarde automatique (30s): { $conversations ->
    [1] 1 conversation
   *[other] { $conversations } conversations
}, { $groups ->
    [1] 1 groupe de messages
   *[other] { $groups } groupes de messages
}

# Le programme lui-même.
log-text-unreadable = Des textes d’un cog sont illisibles ou existent déjà, et sont laissés de côté ({ $locale }) : { $error }
log-text-missing = Le texte « { $key } » n’existe pas en { $locale ->
    [fr] français
   *[en] anglais
} : c’est un défaut du programme
log-control-failed = Une demande sur la socket de contrôle a échoué : { $error }
log-store-close-failed = La base de données ne s’est pas fermée proprement : { $error }
log-commit-failed = Un enregistrement a échoué, rien n’en a été annoncé : { $error }
log-panicked = Défaut du programme : { $what } ({ $at })
log-log-filter-wrong = GREFFIER_LOG n’est pas un filtre valide et reste sans effet : { $why }
log-config-mistake = Configuration : { $what }
log-config-warning = { $what }
log-ready = 📖 Greffier est à son poste
log-stopping = Greffier s’arrête...
log-stopped = Greffier est arrêté, tout est enregistré
log-stop-failed = L’arrêt ne s’est pas terminé proprement ({ $error }) ; rien de ce qui a été confirmé n’est perdu
log-token-refused = Discord refuse le jeton du bot ; copiez-le de nouveau depuis le portail des développeurs (« Reset Token »)
log-intents-missing = Il manque au bot une intention privilégiée ; activez « Server Members Intent » et « Message Content Intent » sur https://discord.com/developers/applications (votre application, page « Bot »). `greffier check --online` dit laquelle manque
log-connection-lost = La connexion à Discord est perdue : { $why }
log-address-wrong = `discord.api_url` n’est pas une adresse : { $address }
log-start-failed = Le démarrage a échoué : { $error }
log-watchdog-silent = Les registres ne répondent pas : { $error }
log-systemd-not-told = systemd n’a pas pu être prévenu : { $error }
log-deadlines-failed = Ce qui est arrivé à échéance n’a pas pu être cherché ; nouvel essai dans 30 s : { $error }
log-deadline-failed = Ce qui est arrivé à échéance ({ $what }) n’a pas pu être fait ; nouvel essai dans 30 s : { $error }
log-file-unreadable = Un fichier à publier n’a pas pu être lu : { $error }
log-config-absent = Il n’y a pas de config.toml ici : les réglages par défaut s’appliquent, et les données sont dans { $data }
log-transcript-failed = Les transcriptions du ticket n° { $ticket } n’ont pas pu être gardées ; il reste ouvert : { $error }
log-attachment-postponed = Un fichier du message { $message } n’est pas arrivé ; on réessaie au prochain démarrage : { $error }
log-attachments-full = Les fichiers des tickets ont atteint `attachments.quota_mib` ({ $quota } octets) : les nouveaux sont nommés mais non gardés
log-ticket-not-read = Le salon du ticket n° { $ticket } n’a pas pu être lu : { $error }
log-messages-fetched = { $count } messages de tickets, écrits pendant l’absence du bot, ont été récupérés
log-discord-unreachable = Discord ne répond pas. Cette machine est-elle connectée, et `discord.api_url` est-il juste ? Ce que dit la connexion : { $error }
log-blobs-missing = { $count } fichiers auxquels des tickets renvoient sont introuvables, comme { $first }
log-blobs-pruned = { $count } fichiers auxquels plus rien ne renvoie ont été supprimés
log-blobs-brought-back = { $count } fichiers de tickets ont été repris des sauvegardes
log-ticket-compared-in-part = Le ticket n° { $ticket } a beaucoup de messages : ce qui a été modifié ou supprimé pendant l’absence du bot a été cherché dans les { $pages } pages de 100 les plus récentes
log-audit-log-unread = Le journal d’audit du serveur { $guild } est illisible : ce qui a été fait à la main pendant l’absence du bot reste inconnu : { $error }
log-archive-passed-over = ⚠️ L’archive { $archive } est endommagée : une plus ancienne est prise
