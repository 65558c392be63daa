# Les serveurs où Greffier n’est plus.

guilds-left-title = Greffier n’est plus sur un serveur
guilds-left-text = { $guild } : ce qui en est gardé reste jusqu’au { $until }, puis disparaît. Qui fait revenir Greffier avant cette date retrouve tout.
guilds-forgotten-title = Les registres d’un serveur sont effacés
guilds-forgotten-text = { $guild } : personne n’a fait revenir Greffier depuis le { $left }. Ce qui en était gardé est effacé ; les archives le contiennent encore jusqu’à leur nettoyage.
log-guild-left = Greffier n’est plus sur le serveur { $guild } : ce qui en est gardé reste 30 jours
log-guild-returned = Greffier est de retour sur le serveur { $guild } : tout y est
log-guild-forgotten = Le serveur { $guild } a été quitté il y a 30 jours : ce qui en était gardé est effacé
