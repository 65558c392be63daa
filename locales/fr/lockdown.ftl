# Verrouillages : des salons fermés aux membres, puis rouverts.
cmd-lockdown = Fermer ce salon aux membres, ou d’autres, ou tous ; pour un temps ou jusqu’à `unlock`
    .usage = [#salon | all] [10m] [motif]
    .example =
        duration:10m reason:raid
        channel:#general duration:2h
    .channel = Quel salon ; sinon celui-ci
    .all = Tous les salons où les membres peuvent écrire
    .duration = Pour combien de temps, par exemple 10m ou 2h ; sinon jusqu’à unlock
    .reason = Pourquoi
cmd-unlock = Rouvrir ce salon, ou d’autres, ou tous ceux qui sont fermés
    .usage = [#salon | all] [motif]
    .example = reason:le calme est revenu
    .channel = Quel salon ; sinon celui-ci
    .all = Tous les salons que j’ai fermés
    .reason = Pourquoi

lockdown-until = jusqu’au { $until }
lockdown-until-opened = jusqu’à `unlock`
lockdown-for = pour { $length }, { $until }
lockdown-preview = Fermer { $count ->
    [1] ce salon
   *[other] ces { $count } salons
} aux membres jusqu’à `unlock` ? { $channels }
lockdown-preview-for = Fermer { $count ->
    [1] ce salon
   *[other] ces { $count } salons
} aux membres pour { $length } ? { $channels }
lockdown-preview-beyond = { $question }
    Hors de ma portée, et qui restent ouverts : { $channels }
lockdown-confirm = Oui, fermer
lockdown-done = Verrouillage n° { $number } : { $channels } { $count ->
    [1] est fermé
   *[other] sont fermés
} aux membres { $until }.
lockdown-goes-on = { $channels } : fermeture { $until }.
lockdown-opened = { $count ->
    [1] De nouveau ouvert :
   *[other] { $count } salons de nouveau ouverts :
} { $channels }

lockdown-begun = Verrouillage n° { $number } · { $count ->
    [1] 1 salon fermé
   *[other] { $count } salons fermés
}
lockdown-prolonged = Verrouillage n° { $number } · une autre fin
lockdown-ended = Verrouillage n° { $number } · { $count ->
    [1] 1 salon rouvert
   *[other] { $count } salons rouverts
}
lockdown-trouble = Verrouillage n° { $number } · pas comme prévu
lockdown-field-channels = Salons
lockdown-time-over = le temps est écoulé
lockdown-changed-by-hand = Quelqu’un a changé les permissions de { $channel } pendant la fermeture, pour { $whom }. Je les ai laissées telles quelles : jetez-y un œil.
lockdown-gone = #{ $name } a été supprimé pendant la fermeture : il n’y a plus rien à rouvrir.
lockdown-not-closed = Discord ne me laisse pas fermer { $channel } (code { $code }) : il reste ouvert. Il m’y faut « Gérer les rôles ».
lockdown-not-opened = Discord ne me laisse pas rouvrir { $channel } (code { $code }) : je réessaie toutes les heures. Il m’y faut « Gérer les rôles ».

refused-nothing-to-close = Il n’y a aucun salon que je puisse fermer aux membres.
refused-all-closed = Ils sont déjà tous fermés.
refused-closed-already = { $channel } est déjà fermé, { $until }. Une durée lui donne une autre fin : `lockdown 30m`.
refused-not-closed = Je n’ai pas fermé { $channel }.
refused-none-closed = Je n’ai fermé aucun salon ici.
refused-no-channel = { $channel } n’est pas un salon où l’on se retrouve.
refused-channel-out-of-reach = Je ne peux pas changer qui écrit dans { $channel } : il m’y faut « Voir le salon » et « Gérer les rôles ».
