# Les mises en sourdine.
cmd-mute = Mettre un membre en sourdine, 10 minutes sauf indication contraire
    .usage = @membre [3h] [motif]
    .example =
        member:@sam
        member:@sam duration:3h reason:insultes
        member:@sam duration:1j12h
    .member = Qui faire taire
    .duration = Pour combien de temps : 90m, 1j12h, 2 semaines, toujours… ; 10 minutes par défaut
    .reason = Pourquoi
cmd-unmute = Rendre la parole à un membre
    .usage = @membre [motif]
    .example = member:@sam reason:s’est excusé
    .member = À qui
    .reason = Pourquoi
cmd-mutes = Qui est en sourdine en ce moment
    .usage = [page]
    .example = page:2
    .page = Quelle page de la liste
cmd-muteinfo = Depuis quand, jusqu’à quand et pourquoi un membre est en sourdine
    .usage = @membre
    .example = member:@sam
    .member = Qui
cmd-mute-user = Mettre ce membre en sourdine
    .menu = Mettre en sourdine
    .usage = membre
    .user = Qui
cmd-mute-message = Mettre en sourdine l’auteur de ce message, et le garder
    .menu = Mettre en sourdine
    .usage = message
    .message = Lequel
mutes-form = Mettre un membre en sourdine
mutes-field-duration = Pour combien de temps (10 minutes par défaut)

mutes-muted = Dossier n° { $number } : { $member } est en sourdine pour { $length }, jusqu’au { $until }.
mutes-muted-for-good = Dossier n° { $number } : { $member } est en sourdine tant que personne ne lui rend la parole.
mutes-muted-instead = { $done } Cela remplace le dossier n° { $former }.
mutes-unmuted = Dossier n° { $number } : { $member } peut à nouveau parler.
mutes-list = { $count ->
    [0] Personne n’est en sourdine
    [1] 1 membre est en sourdine
   *[other] { $count } membres sont en sourdine
}
mutes-line-name = Dossier n° { $number }
mutes-line = { $member } · { $until }
mutes-info = Sourdine, dossier n° { $number }
mutes-field-since = Depuis
mutes-field-means = Par
mutes-until = jusqu’au { $until } ({ $relative })
mutes-ending = prend fin à l’instant
mutes-by-timeout = une exclusion temporaire
mutes-by-role = le rôle { $role }

refused-not-muted = { $member } n’est pas en sourdine.
refused-administrator = { $member } administre le serveur : Discord ne permet à personne de le faire taire.

log-mutes-restored = Serveur { $guild } : { $count ->
    [1] 1 membre qui devait se taire est remis en sourdine
   *[other] { $count } membres qui devaient se taire sont remis en sourdine
}

cmd-mute-setup = Mettre en sourdine par un rôle : le créer, lui fermer les salons, le réparer
    .usage = [@rôle | off]
    .example = off:true
    .role = Quel rôle ; sinon celui qui existe, ou un nouveau
    .off = Revenir aux exclusions temporaires de Discord
mutes-role-name = En sourdine
mutes-setup-done = Les sourdines passent désormais par le rôle { $role }. Il ne peut pas écrire dans { $count } salons et catégories ({ $mended } viennent d’être réparés), ni dans ceux à venir.
mutes-setup-made = Je crée le rôle « { $name } » et je lui ferme { $count } salons et catégories. Les sourdines passeront alors par lui ; `settings` le montre.
mutes-setup-kept = { $done }
    Quelqu’un a permis à ce rôle d’écrire dans { $channels } : je l’ai laissé.
mutes-setup-louder = { $done }
    Dans { $channels }, un autre rôle a nommément le droit d’écrire : pour qui le porte, cela l’emporte sur une sourdine. Retirez-le là-bas.
mutes-setup-off = Les sourdines passent de nouveau par l’exclusion temporaire de Discord. Celles en cours restent comme elles sont.
mutes-role-lost = Le rôle de sourdine
mutes-role-deleted = Il a été supprimé. Les sourdines passent désormais par l’exclusion temporaire de Discord{ $count ->
    [0] .
    [1] , et 1 membre que ce rôle faisait taire est exclu temporairement à la place.
   *[other] , et { $count } membres que ce rôle faisait taire sont exclus temporairement à la place.
} Pour un nouveau : `mute_setup`.
mutes-role-out-of-reach = Je n’ai pas pu donner { $role } : il doit être au-dessous du mien. Les sourdines passent désormais par l’exclusion temporaire de Discord{ $count ->
    [0] .
    [1] , celle-ci aussi.
   *[other] , ces { $count } aussi.
} Une fois réparé : `mute_setup`.
mutes-role-not-made = Discord ne me laisse pas créer le rôle de sourdine : il me faut « Gérer les rôles », et le serveur doit avoir moins de 250 rôles.

refused-no-mute-role = Les sourdines passent déjà par l’exclusion temporaire de Discord.
refused-no-role = « { $words } » n’est pas un rôle : mentionnez-en un, ou dites `off`.

mutes-counted-mutes = { $count ->
    [0] aucune mise en sourdine
    [1] 1 mise en sourdine
   *[other] { $count } mises en sourdine
}
