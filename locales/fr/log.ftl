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
log-text-missing = Le texte « { $key } » n’existe pas en { $locale ->
    [fr] français
   *[en] anglais
} : c’est un défaut du programme
log-control-failed = Une demande sur la socket de contrôle a échoué : { $error }
log-store-close-failed = La base de données ne s’est pas fermée proprement : { $error }
log-commit-failed = Un enregistrement a échoué, rien n’en a été annoncé : { $error }
log-panicked = Défaut du programme : { $what } ({ $at })
log-log-filter-wrong = GREFFIER_LOG n’est pas un filtre valide et reste sans effet : { $why }
