# Les lignes du journal d’exploitation : une par événement, clé `log-` suivie du nom de l’événement.
log-text-missing = Le texte « { $key } » n’existe pas en { $locale ->
    [fr] français
   *[en] anglais
} : c’est un défaut du programme
