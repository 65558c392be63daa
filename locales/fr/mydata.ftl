# Les données personnelles d’un membre.
cmd-mydata = Vos propres données : les recevoir ou les faire effacer
cmd-mydata-export = Tout ce qui est gardé sur vous, en un fichier, par message privé
cmd-mydata-erase = Faire effacer des registres vos mots et vos noms

help-category-mydata = Vos données

mydata-what = `{ $prefix }mydata export` vous envoie tout ce que je garde sur vous. `{ $prefix }mydata erase` efface pour de bon vos mots et vos noms.
mydata-export = { $count ->
    [0] Je ne garde rien sur vous. Le fichier le dit.
    [one] Une entrée vous concerne : la voici.
   *[other] { $count } entrées vous concernent : les voici.
}
mydata-sent = Je vous ai envoyé par message privé tout ce que je garde sur vous.
mydata-erase-question = Effacer vos données pour de bon, sur tous les serveurs où je suis ? Les mots de vos messages et vos noms sont écrasés, dans le registre aussi, et aucune restauration ne les ramène. Les sanctions restent sans leur contenu, et les pièces restent où elles sont. Cela ne peut pas être annulé.
mydata-erase-button = Effacer mes données
mydata-kept = Rien n’a été effacé.
mydata-erasing = Effacement en cours…
mydata-erased = Vos mots et vos noms sont effacés, pour de bon.
mydata-erased-but-archives = Vos mots et vos noms sont effacés, et aucune restauration ne les ramènera. { $count ->
    [one] Une archive d’avant les contient
   *[other] { $count } archives d’avant les contiennent
} encore jusqu’à sa suppression, d’ici environ { $days ->
    [one] un jour
   *[other] { $days } jours
} ; je vous dirai quand il n’en restera plus.
mydata-unfinished = L’effacement est commencé et noté, mais n’a pas pu être terminé maintenant. Je le reprendrai à mon prochain démarrage.
mydata-gone-title = Vos données effacées ont aussi quitté les archives
mydata-gone = La dernière archive d’avant votre effacement a été supprimée : il ne reste chez moi aucune copie de vos mots ni de vos noms.

refused-export-too-large = Tout ce qui est gardé sur vous dépasse ce que Discord me laisse envoyer : demandez à qui gère le bot.
refused-export-closed = Vos messages privés me sont fermés : ouvrez-les, ou utilisez `/mydata export`, qui ne montre le fichier qu’à vous.
