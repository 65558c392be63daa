# Les tickets.
help-category-tickets = Tickets
cmd-ticket = Les tickets : ouvrir, répondre, fermer
cmd-ticket-open = Ouvrir un ticket
    .usage = [catégorie] [sujet]
    .example =
        subject:Je ne vois pas la boutique
        category:paiements subject:Un paiement manque
    .typed =
        support Je ne vois pas la boutique
        paiements Un paiement manque
    .category = De quelle sorte ; nécessaire s’il y en a plusieurs
    .subject = De quoi il s’agit
cmd-ticket-close = Fermer ce ticket
    .usage = [motif] | dans 2h [motif] | demander [motif] | annuler
    .example =
        reason:réglé
        reason:dans 2h réglé
        reason:demander
    .reason = Pourquoi ; "dans 2h …" plus tard, "demander …" demande au membre, "annuler" le laisse ouvert
cmd-ticket-reopen = Rouvrir un ticket fermé
    .usage = [numéro]
    .example = number:1
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-claim = Prendre un ticket en charge
    .usage = [numéro]
    .example = number:1
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-release = Laisser un ticket à d’autres
    .usage = [numéro]
    .example = number:1
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-transfer = Confier un ticket à quelqu’un d’autre de l’équipe
    .usage = @membre [numéro]
    .example =
        member:@mia
        member:@mia number:1
    .member = À qui
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-priority = Dire si un ticket presse
    .usage = basse|normale|haute|urgente [numéro]
    .example =
        level:haute
        level:urgente number:1
    .level = À quel point
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-rename = Changer le sujet de ce ticket
    .usage = sujet
    .example = subject:La boutique est fermée
    .subject = De quoi il s’agit
cmd-ticket-add = Faire entrer un membre dans un ticket
    .usage = @membre [numéro]
    .example = member:@lea
    .member = Qui
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-remove = Faire sortir un membre d’un ticket
    .usage = @membre [numéro]
    .example = member:@lea
    .member = Qui
    .number = Lequel ; sinon celui de ce salon
cmd-ticket-move = Mettre un ticket dans une autre catégorie
    .usage = catégorie [numéro]
    .example = category:paiements
    .category = Laquelle
    .number = Quel ticket ; sinon celui de ce salon
cmd-ticket-note = Garder une note que le membre ne voit jamais
    .usage = texte
    .example = words:nous a déjà écrit la semaine passée
    .typed = /
    .words = La note
cmd-ticket-reply = Publier ici une réponse préparée
    .usage = nom
    .example = name:bonjour
    .name = Laquelle
cmd-ticket-list = Les tickets ouverts
cmd-ticket-transcript = Lire un ticket
    .usage = numéro
    .example = number:1
    .typed = /
    .number = Lequel
cmd-ticket-search = Chercher dans tous les tickets
    .usage = mots
    .example = words:remboursement
    .words = Que chercher
cmd-ticket-stats = Combien de tickets, en combien de temps, par qui
cmd-ticket-block = Empêcher un membre d’ouvrir des tickets
    .usage = @membre [motif]
    .example = member:@sam reason:plaisanteries
    .member = Qui
    .reason = Pourquoi
cmd-ticket-unblock = Laisser un membre ouvrir à nouveau des tickets
    .usage = @membre
    .example = member:@sam
    .member = Qui
cmd-ticket-blocks = Qui ne peut pas ouvrir de tickets
cmd-ticket-category = Les sortes de tickets
cmd-ticket-category-add = Créer une catégorie
    .usage = nom
    .example = name:Paiements
    .name = Ce que les gens lisent
cmd-ticket-category-set = Changer quelque chose à une catégorie
    .usage = catégorie réglage valeur
    .example = category:paiements setting:about value:Paiements et remboursements
    .category = Laquelle
    .setting = Quoi : name, about, staff, parent, place, opening, questions, hours, ending…
    .value = Ce qui vaut désormais ; "défaut" revient en arrière
cmd-ticket-category-remove = Ne plus proposer une catégorie
    .usage = catégorie
    .example = category:paiements
    .category = Laquelle
cmd-ticket-category-list = Les catégories
cmd-ticket-panel = Les messages par lesquels on ouvre un ticket
cmd-ticket-panel-post = Publier un panneau
    .usage = [#salon] [boutons|menu] [titre | texte]
    .example =
        channel:#general
        channel:#general look:menu words:Besoin d’aide ? | Choisissez le sujet.
    .channel = Où ; sinon ici
    .look = Des boutons ou un menu
    .words = Ce qu’il dit : un titre, une barre, le texte
cmd-ticket-panel-remove = Oublier un panneau
    .usage = numéro
    .example = number:1
    .number = Lequel
cmd-ticket-canned = Les réponses préparées
cmd-ticket-canned-set = Préparer une réponse
    .usage = nom texte
    .example = name:bonjour words:Bonjour {"{"}user{"}"}, comment vous aider ?
    .name = Par lequel on l’appelle
    .words = Ce qu’elle dit ; "{"{"}user{"}"}", "{"{"}agent{"}"}", "{"{"}number{"}"}" et "{"{"}subject{"}"}" sont remplis
cmd-ticket-canned-remove = Oublier une réponse préparée
    .usage = nom
    .example = name:bonjour
    .name = Laquelle
cmd-ticket-canned-list = Les réponses préparées
cmd-ticket-desk = Ce qui vaut pour tous les tickets
    .usage = transcripts|zone valeur
    .example =
        setting:zone value:Europe/Paris
        setting:transcripts value:#general
    .setting = "transcripts" (un salon) ou "zone" (des heures)
    .value = Le salon, ou un fuseau comme Europe/Paris
cmd-mytickets = Vos propres tickets, avec ce qui y fut écrit
    .usage = [page]
    .example = page:2
    .page = Quelle page de la liste
cmd-ticket-setup = Mettre les tickets en place avec des menus

tickets-title = Ticket n° { $number } · { $subject }
tickets-opening = Dites de quoi il s’agit : l’équipe lit ici et vous répondra.
tickets-field-away = Personne n’est là avant
tickets-field-reason = Motif
tickets-field-user = Membre
tickets-field-category = Catégorie
tickets-field-subject = Sujet
tickets-field-agent = Équipe
tickets-field-cause = Fermeture
tickets-button-close = Fermer
tickets-button-claim = Je m’en charge
tickets-button-reopen = Rouvrir
tickets-button-agree = C’est réglé
tickets-button-decline = Pas encore
tickets-request-title = Est-ce réglé ?
tickets-request = { $agent } aimerait fermer ce ticket.
tickets-requested = On demande au membre si c’est réglé.
tickets-declined = { $member } répond : pas encore. Le ticket reste ouvert.
tickets-cause-asked = Fermé par { $by }
tickets-cause-agreed = { $by } a confirmé que c’est réglé
tickets-cause-scheduled = Fermé à l’heure prévue
tickets-cause-stale = Fermé parce que personne n’écrivait
tickets-cause-vanished = Son salon a été supprimé ; son histoire est gardée
tickets-cause-unmade = Aucun salon n’a pu être créé pour lui
tickets-closed-title = Le ticket n° { $number } est fermé
tickets-farewell = Voici ce qui fut écrit dans votre ticket sur { $guild }. Comment était-ce ?
tickets-trouble-title = Ticket n° { $number }
tickets-opened = Le ticket n° { $number } est ouvert : { $channel }
tickets-opening-soon = Le ticket n° { $number } est ouvert ; son salon apparaît dans un instant.
tickets-opened-away = { $opened } Personne n’est là avant { $until } ; vous pouvez déjà écrire.
tickets-overflowed = Il n’y avait pas de place pour son salon (Discord : { $code }) ; c’est donc un fil.
tickets-not-moved = Discord n’a pas voulu déplacer son salon (code { $code }), comme lorsqu’une catégorie est pleine avec 50 salons ; il reste où il est.
tickets-not-changed = Discord n’a pas voulu modifier ou supprimer son salon (code { $code }) : merci de le faire à la main.
tickets-unmade = Votre ticket sur { $guild } n’a pas pu être ouvert : le serveur n’a pas de place pour lui. Son équipe est au courant.
tickets-claimed = { $agent } s’occupe de ce ticket.
tickets-released = { $agent } laisse ce ticket à d’autres.
tickets-transferred = { $agent } s’occupe désormais de ce ticket.
tickets-moved = Ce ticket est maintenant dans la catégorie { $category }.
tickets-added = { $member } peut maintenant lire et écrire ici.
tickets-removed = { $member } ne peut plus lire ici.
tickets-answer-title = { $guild }
tickets-scheduled = Ce ticket se fermera { $at }, sauf si vous écrivez.
tickets-scheduled-reply = Entendu : il se fermera { $at }.
tickets-unscheduled = Il reste ouvert.
tickets-called-off = La fermeture prévue est annulée, puisque vous avez écrit.
tickets-stale = Personne n’a écrit depuis un moment : ce ticket se fermera { $until }, sauf si quelqu’un écrit.
tickets-reopened = { $agent } a rouvert ce ticket.
tickets-closing = Le ticket n° { $number } est fermé ; ce qui fut écrit est gardé.
tickets-claim-done = Le ticket n° { $number } est à vous.
tickets-release-done = Personne n’a plus le ticket n° { $number }.
tickets-transfer-done = { $agent } a maintenant le ticket n° { $number }.
tickets-priority-done = Ticket n° { $number } : priorité { $level }.
tickets-rename-done = Sujet du ticket n° { $number } : { $subject }
tickets-add-done = { $member } est maintenant dans le ticket n° { $number }.
tickets-remove-done = { $member } n’est plus dans le ticket n° { $number }.
tickets-move-done = Le ticket n° { $number } est maintenant dans { $category }.
tickets-note-done = Noté dans le ticket n° { $number }. Seule l’équipe le lit.
tickets-reply-done = Publié.
tickets-reopen-done = Le ticket n° { $number } est rouvert.
tickets-blocked = { $member } ne peut plus ouvrir de tickets.
tickets-unblocked = { $member } peut à nouveau ouvrir des tickets.
tickets-blocks = { $count ->
    [0] Tout le monde peut ouvrir des tickets
    [1] 1 membre ne peut pas ouvrir de tickets
   *[other] { $count } membres ne peuvent pas ouvrir de tickets
}
tickets-blocks-value = { $member } · par { $by }, le { $at }
tickets-rated = { $stars } Merci !
tickets-list = { $count ->
    [0] Aucun ticket ouvert
    [1] 1 ticket ouvert
   *[other] { $count } tickets ouverts
}
tickets-list-line = { $number } · { $subject }
tickets-list-value = { $channel } par { $user }, { $since } · équipe : { $agent } · priorité { $level }
tickets-found = { $count ->
    [0] Rien trouvé
    [1] 1 message trouvé
   *[other] { $count } messages trouvés
}
tickets-found-line = Ticket n° { $number }
tickets-mine = { $count ->
    [0] Vous n’avez aucun ticket
    [1] Votre ticket
   *[other] Vos { $count } tickets
}
tickets-state-opening = en cours d’ouverture
tickets-state-open = ouvert : { $channel }
tickets-state-closed = fermé le { $at }
tickets-read-one = En lire un
tickets-stats-title = Les tickets
tickets-stats-count = Combien
tickets-stats-counts = { $open } ouverts, { $all } en tout
tickets-stats-answer = Première réponse après
tickets-stats-close = Fermés après
tickets-stats-stars = Notés
tickets-stats-by = Équipe
tickets-stats-agent = { $agent } : { $count ->
    [1] 1 ticket
   *[other] { $count } tickets
}, réponse après { $answer }, { $stars }
priority-low = basse
priority-normal = normale
priority-high = haute
priority-urgent = urgente

tickets-categories = { $count ->
    [0] Aucune catégorie : `ticket category add nom`
    [1] 1 catégorie
   *[other] { $count } catégories
}
tickets-category-added = La catégorie est créée ; dans les commandes, elle s’appelle `{ $key }`.
tickets-category-removed = La catégorie `{ $key }` n’est plus proposée. Ses tickets continuent.
tickets-category-title = { $name } ({ $key })
tickets-panel-title = Besoin d’aide ?
tickets-panel-words = Ouvrez un ticket : un salon que seuls vous et l’équipe voyez.
tickets-panel-menu = De quoi s’agit-il ?
tickets-panel-posted = Le panneau n° { $number } arrive.
tickets-panel-removed = Le panneau n° { $number } est oublié. Supprimez vous-même son message.
tickets-canned-set = La réponse `{ $name }` est préparée.
tickets-canned-removed = La réponse `{ $name }` est oubliée.
tickets-canned-list = { $count ->
    [0] Aucune réponse préparée
    [1] 1 réponse préparée
   *[other] { $count } réponses préparées
}
tickets-desk = Transcriptions : { $transcripts } · fuseau des heures : { $zone }
ticket-setting-name = Nom
ticket-setting-about = À quoi elle sert
ticket-setting-staff = Équipe
ticket-setting-parent = Où
ticket-setting-place = Salon ou fil
ticket-setting-opening = Premiers mots
ticket-setting-questions = Questions
ticket-setting-most-open = Ouverts à la fois
ticket-setting-most-each = Ouverts à la fois par membre
ticket-setting-cooldown = Entre deux d’un même membre
ticket-setting-hours = Heures
ticket-setting-silence = Avertissement après un silence de
ticket-setting-grace = Fermé si longtemps après
ticket-setting-ending = Le salon à la fin
ticketsetup-title = Mise en place des tickets
ticketsetup-words = { $count ->
    [0] Créez d’abord une catégorie : une sorte de ticket, avec son équipe et ses questions. Publiez ensuite un panneau là où les membres le voient.
    [1] Il y a 1 catégorie. Choisissez-la pour la changer, ou publiez un panneau ici.
   *[other] Il y a { $count } catégories. Choisissez-en une pour la changer, ou publiez un panneau ici.
}
ticketsetup-pick = Changer une catégorie
ticketsetup-transcripts = Où publier les transcriptions
ticketsetup-new = Nouvelle catégorie
ticketsetup-panel = Publier un panneau ici
ticketsetup-menu = Publier un panneau à menu ici
ticketsetup-staff = Qui répond
ticketsetup-parent = Où se trouvent ses tickets
ticketsetup-texts = Textes et questions
ticketsetup-as-thread = Utiliser des fils
ticketsetup-as-channel = Utiliser des salons
ticketsetup-back = Retour

transcript-title = Ticket n° { $number }
transcript-edited = modifié
transcript-deleted = supprimé
transcript-note = note
transcript-staff = équipe
transcript-lost = non gardé

refused-no-category = Il n’y a pas de catégorie `{ $key }`.
refused-no-categories = Aucune catégorie de tickets n’est encore en place : un administrateur s’en charge avec `ticket_setup`.
refused-which-category = Dites quelle catégorie : { $keys }
refused-category-exists = Il y a déjà une catégorie `{ $key }`, ou ce n’est pas un nom possible.
refused-many-categories = Un serveur a { $most } catégories au plus.
refused-blocked = Vous ne pouvez pas ouvrir de tickets sur ce serveur.
refused-open-already = { $count ->
    [1] Vous avez un ticket ouvert de cette sorte : { $channel }
   *[other] Vous avez { $count } tickets ouverts de cette sorte : { $channel }
}
refused-opening-already = { $count ->
    [1] Votre ticket est déjà en cours d’ouverture.
   *[other] Vous avez déjà { $count } tickets de cette sorte.
}
refused-reopen-open = { $member } a déjà un ticket ouvert de cette sorte.
refused-cooldown = Vous pourrez en ouvrir un autre { $until }.
refused-category-full = { $most } tickets de cette sorte sont ouverts : autant qu’il peut y en avoir. Réessayez plus tard.
refused-staff-only = C’est réservé à l’équipe de ce ticket.
refused-own-ticket = C’est votre propre ticket : quelqu’un d’autre doit s’en charger.
refused-not-staff = { $member } n’est pas de l’équipe de ce ticket.
refused-ticket-bot = On ne peut pas ajouter de bots aux tickets.
refused-typed-note = Ce qu’on tape ici se lit ici, aussi par le membre : utilisez /ticket note.
refused-typed-transcript = La réponse se lirait ici par tous, notes de l’équipe comprises : utilisez /ticket transcript.
refused-before-member = Le membre lit ce salon : utilisez la commande slash, ou un autre salon.
refused-no-ticket-here = Ce salon n’est pas un ticket : allez-y, ou donnez son numéro.
refused-no-reply = Il n’y a pas de réponse préparée `{ $name }`.
refused-words = De 1 à { $longest } caractères, s’il vous plaît.
refused-questions = { $most } questions au plus, de { $longest } caractères chacune, séparées par |.
refused-ticket-setting = « { $value } » ne convient pas ici.
refused-no-ticket-setting = Ce qui se règle : { $names }
refused-no-panel = Il n’y a pas de panneau n° { $number }.
refused-not-blocked = { $member } peut ouvrir des tickets.
refused-transcript = Ce qui fut écrit dans le ticket n° { $number } n’a pas pu être mis à l’abri ; il reste donc ouvert. Le journal dit pourquoi.
refused-ticket-busy = On écrit dans le ticket n° { $number } plus vite qu’on ne peut le copier : réessayez dans un instant.
