# L’économie : pièces, salaires, boutique, jeux.
help-category-economy = Économie

cmd-balance = Combien de pièces vous avez, vous ou un autre membre
    .usage = [@membre]
    .example = member:@sam
    .member = De qui ; sinon les vôtres
cmd-pay = Payer un autre membre
    .usage = @membre montant
    .example =
        member:@sam amount:50
        member:@sam amount:2k
    .member = Qui payer
    .amount = Combien : 50, 1 000, 2k ou tout
cmd-leaderboard = Qui a le plus de pièces
    .usage = [page]
    .example = page:2
    .page = Quelle page de la liste
cmd-history = D’où viennent vos pièces et où elles sont parties
    .usage = [@membre]
    .example = member:@sam
    .member = De qui, pour la modération ; sinon le vôtre
cmd-daily = Prendre les pièces du jour ; chaque jour de suite rapporte davantage
cmd-work = Travailler pour quelques pièces
cmd-shop = Ce qui s’achète ici
    .usage = [page]
    .example = page:2
    .page = Quelle page de la liste
cmd-buy = Acheter quelque chose à la boutique
    .usage = [nombre] article
    .example =
        item:Pass VIP
        count:2 item:Pass VIP
    .item = Quoi, par son nom ou son numéro
    .count = Combien, 1 par défaut
cmd-inventory = Ce que vous avez acheté, vous ou un autre membre
    .usage = [@membre]
    .example = member:@sam
    .member = De qui ; sinon le vôtre
cmd-use = Utiliser quelque chose que vous avez acheté
    .usage = article
    .example = item:Pass VIP
    .item = Quoi, par son nom ou son numéro
cmd-coinflip = Doubler une mise, ou la perdre contre la banque
    .usage = montant [pile|face]
    .example =
        stake:50
        stake:50 side:pile
    .stake = Combien : 50, 1 000, 2k ou tout
    .side = Votre côté de la pièce, face par défaut
cmd-duel = Défier un membre : chacun mise autant, l’un prend tout
    .usage = @membre montant
    .example = member:@sam stake:100
    .member = Qui défier
    .stake = Ce que chacun mise
cmd-economy = L’économie de ce serveur
cmd-economy-overview = Les réglages de l’économie de ce serveur
cmd-economy-audit = Faire le compte : combien de pièces existent, et si le grand livre est juste
cmd-economy-grant = Donner à un membre des pièces de la banque
    .usage = @membre montant [motif]
    .example =
        member:@sam amount:500
        member:@sam amount:500 reason:meilleur dessin
    .member = Qui les reçoit
    .amount = Combien
    .reason = Pourquoi ; figure dans l’historique du membre
cmd-economy-take = Retirer des pièces à un membre
    .usage = @membre montant [motif]
    .example = member:@sam amount:100 reason:par erreur
    .member = À qui
    .amount = Combien, ou tout
    .reason = Pourquoi ; figure dans l’historique du membre
cmd-economy-payday = Payer tous ceux qui ont un rôle, une fois ou régulièrement
    .usage = @rôle montant [rythme]
    .example =
        role:@Moderator amount:100
        role:@Moderator amount:100 every:7j
    .role = Quel rôle
    .amount = Ce que chacun reçoit ; 0 met fin à la paie du rôle
    .every = Tous les combien : 1j, 7j ; sinon une fois, maintenant
cmd-economy-reset = Repartir de zéro : pièces, séries et inventaires sont vidés, après une archive
cmd-economy-currency = Le symbole des pièces et leur nom
    .usage = symbole [nom]
    .example =
        symbol:💎
        symbol:💎 name:gemmes
    .symbol = Ce qui suit un montant : un émoji ou quelques lettres
    .name = Le nom des pièces
cmd-economy-set = Régler les gains, les limites et le fuseau horaire
    .usage = quoi valeur
    .example =
        choice:daily value:200
        choice:work value:20-60
        choice:zone value:Europe/Paris
    .choice = Quoi régler
    .value = Un montant, une durée, un fuseau horaire, ou défaut
cmd-economy-item = Ce que vend la boutique
cmd-economy-item-add = Mettre un article en vente
    .usage = "nom" prix [rôle:@rôle] [pour:30j] [stock:10] [limite:1] [description]
    .example =
        name:Pass VIP price:500
        name:Biscuit price:10 stock:100 limit:5 description:Encore chaud
    .typed =
        "Pass VIP" 500
        Biscuit 10 stock:100 limite:5 Encore chaud
    .name = Son nom
    .price = Son prix ; 0 est un cadeau
    .description = Ce qu’on en dit
    .role = Le rôle que donne son utilisation
    .duration = Pour combien de temps le rôle est donné : 30j ; sinon pour toujours
    .stock = Combien il y en a ; sinon sans limite
    .limit = Combien un membre peut en acheter ; sinon sans limite
cmd-economy-item-edit = Modifier un article de la boutique
    .usage = "article" [prix:500] [rôle:@rôle] [pour:30j] [stock:10] [limite:1] [description]
    .example =
        item:Pass VIP price:450
        item:Biscuit stock:200 description:Tout juste sorti du four
    .typed =
        "Pass VIP" prix:450
        Biscuit stock:200 Tout juste sorti du four
    .item = Quel article
    .name = Un autre nom
    .price = Son prix
    .description = Ce qu’on en dit
    .role = Le rôle que donne son utilisation
    .duration = Pour combien de temps le rôle est donné, ou toujours
    .stock = Combien il y en a, ou aucun pour ne pas limiter
    .limit = Combien un membre peut en acheter, ou aucun pour ne pas limiter
cmd-economy-item-remove = Retirer un article de la vente ; ceux qui l’ont le gardent
    .usage = article
    .example = item:Pass VIP
    .item = Quel article

economy-coins = { $amount } { $symbol }
economy-number = { $number }
economy-currency-default = pièces
economy-balance = { $member } a **{ $has }**.
economy-balance-placed = { $member } a **{ $has }** : place { $place } au classement.
economy-paid = { $sender } paie **{ $amount }** à { $member } et garde { $left }.
economy-pay-question = Payer **{ $amount }** à { $member } ?
economy-pay-confirm = Payer { $amount }
economy-unpaid = Rien n’a été payé.
economy-kept = Rien n’a changé.
economy-claimed = Vous prenez les **{ $amount }** du jour : { $streak ->
    [1] premier jour
   *[other] { $streak } jours de suite
}. Vous avez { $has }. Les prochaines pièces seront là { $next }.
economy-claimed-excused = { $done }
    Les jours où j’étais absent n’ont pas rompu votre série.
economy-worked = Votre travail vous rapporte **{ $amount }**. Vous avez { $has }. Vous pourrez retravailler { $next }.

economy-leaderboard = Classement · { $currency }
economy-leaderboard-empty = Personne n’en a encore. `daily` et `work` rapportent les premières.
economy-yours = Vous avez
economy-history = Historique · { $currency }
economy-history-empty = Rien n’est encore entré ni sorti.
economy-field-member = Membre
economy-entry-in = { $at } **+{ $amount }** { $why } → { $has }
economy-entry-out = { $at } **−{ $amount }** { $why } → { $has }
economy-entry-with = { $why } ({ $other })
economy-entry-note = { $why } : { $note }
economy-why-pay = paiement
economy-why-daily = pièces du jour
economy-why-work = travail
economy-why-coinflip = pile ou face
economy-why-stake = mise
economy-why-stake-back = mise rendue
economy-why-pot = duel gagné
economy-why-purchase = achat
economy-why-grant = don de l’administration
economy-why-take = retrait par l’administration
economy-why-payday = paie
economy-why-reset = remise à zéro
economy-why-undo = annulation

economy-shop = Boutique
economy-shop-empty = Rien n’est en vente. L’administration ajoute des articles avec `economy item add`.
economy-item-name = { $number }. { $item } · { $price }
economy-item-facts = { $all }
    { $fact }
economy-item-plain = À posséder et à montrer.
economy-item-role = Donne { $role }
economy-item-role-for = Donne { $role } pour { $duration }
economy-item-stock = Il en reste { $stock }
economy-item-sold-out = Épuisé
economy-item-limit = { $most } par membre
economy-bought = Vous achetez { $count ->
    [1] **{ $item }**
   *[other] { $count } × **{ $item }**
} pour { $price } et gardez { $left }.
economy-bought-usable = { $done } La commande `use` l’utilise.
economy-inventory = Inventaire
economy-inventory-empty = Il n’y a encore rien ici.
economy-held = { $count } × { $item }
economy-used = Vous utilisez **{ $item }** : { $role } est à vous.
economy-used-until = Vous utilisez **{ $item }** : { $role } est à vous jusqu’au { $until }.

economy-heads = face
economy-tails = pile
economy-flip-won = 🪙 C’est { $side } : vous gagnez **{ $stake }** et avez { $has }.
economy-flip-lost = 🪙 C’est { $side } : vous perdez **{ $stake }** et avez { $has }.
economy-duel-title = ⚔️ Duel
economy-duel = { $opponent }, { $challenger } vous défie pour **{ $stake }** chacun. Sans réponse, le défi prend fin { $due } et la mise est rendue.
economy-duel-accept = Accepter
economy-duel-decline = Refuser
economy-duelled = ⚔️ { $winner } bat { $loser } et remporte **{ $pot }**.
economy-declined = { $opponent } refuse le duel avec { $challenger }, à qui { $stake } sont rendus.
economy-withdrawn = { $challenger } retire son défi et reprend { $stake }.
economy-expired = { $opponent } n’a pas répondu au défi de { $challenger }, à qui { $stake } sont rendus.
economy-duel-reset = Le duel entre { $challenger } et { $opponent } n’a plus lieu : l’économie repart de zéro.

economy-granted = { $member } reçoit **{ $amount }** et a { $has }.
economy-taken = **{ $amount }** sont retirés à { $member }, qui garde { $left }.
economy-payday = Paie
economy-payday-line = { $role } : { $amount } tous les { $every }, prochaine le { $due }
economy-payday-set = Tous les { $every }, chaque membre de { $role } reçoit **{ $amount }**, la première fois le { $due }.
economy-payday-ended = { $role } n’a plus de paie.
economy-payday-question = Payer { $count ->
    [1] au seul membre
   *[other] aux { $count } membres
} de { $role } **{ $amount }** chacun, soit { $total } en tout ?
economy-payday-confirm = Payer { $total }
economy-paid-out = Les membres de { $role } ont reçu **{ $amount }** chacun, { $total } en tout.
economy-audit = Vérification du grand livre
economy-audit-fine = ✅ Chaque solde est la somme de ses écritures ; aucune pièce n’a été créée ni perdue.
economy-audit-wrong = ⚠️ Le grand livre ne tombe pas juste :
    { $problems }
economy-audit-supply = En circulation
economy-audit-purses = Dans les bourses des membres
economy-audit-escrow = En jeu dans les parties ouvertes
economy-audit-members = Membres qui ont des pièces
economy-audit-entries = Écritures
economy-reset-question = Repartir de zéro ? { $supply } retournent à la banque, séries et inventaires sont vidés, les parties ouvertes prennent fin. La boutique et les réglages restent. Une archive est faite d’abord.
economy-reset-confirm = Repartir de zéro
economy-archiving = Une archive est faite d’abord…
economy-reset-done = { $gone } sont retournés à la banque ; tout le monde repart de zéro. L’état d’avant se trouve dans { $archive }.
economy-reset-failed = L’archive n’a pas pu être faite : rien n’a changé.
economy-overview = Économie · { $currency } · { $example }
economy-overview-how = Pour changer : `{ $prefix }economy set quoi valeur`, `{ $prefix }economy currency symbole nom` ; `défaut` annule un choix.
economy-currency-set = Les pièces s’appellent maintenant { $currency } : { $example }
economy-chosen = { $choice } : { $value }
economy-off = désactivé
economy-range = { $least } à { $most }
economy-choice-zone = Fuseau horaire du jour
economy-choice-daily = Pièces du jour
economy-choice-streak-bonus = Bonus de chaque jour de suite
economy-choice-work = Paie du travail
economy-choice-work-every = Pause entre deux travaux
economy-choice-confirm-above = Paiements à confirmer au-dessus de
economy-choice-highest-stake = Mise maximale
economy-item-added = **{ $item }** (n° { $number }) est en vente à { $price }.
economy-item-edited = **{ $item }** (n° { $number }) a été modifié ; il coûte { $price }.
economy-item-removed = **{ $item }** (n° { $number }, { $price }) n’est plus en vente. Ceux qui l’ont le gardent.

refused-no-amount = « { $typed } » n’est pas un montant. Un montant s’écrit 50, 1 000, 2k ou tout.
refused-spaced-amount = Écrivez le montant sans espaces : 1000000 ou 1,000,000.
refused-amount = Un montant est d’au moins 1.
refused-amount-too-large = Il ne peut pas exister autant de pièces.
refused-too-poor = Vous avez { $has }.
refused-they-have = { $member } a { $has }.
refused-supply = La banque ne peut pas donner autant : le serveur a atteint sa limite de pièces.
refused-pay-yourself = Vous ne pouvez pas vous payer vous-même.
refused-bot-purse = Un bot n’a pas de bourse : choisissez un membre.
refused-not-your-button = Ce bouton est pour { $member }.
refused-others-history = L’historique des autres est réservé à la modération.
refused-far-page = Par son numéro, une page se trouve jusqu’à { $last } ; au-delà, les boutons continuent.
refused-no-more = La liste ne va pas plus loin.
refused-daily = Vous avez pris les pièces du jour. Les prochaines seront là { $next }.
refused-daily-off = Il n’y a pas de pièces du jour sur ce serveur.
refused-work = Vous venez de travailler. Vous pourrez retravailler { $next }.
refused-work-off = Il n’y a pas de travail sur ce serveur.
refused-games-off = On ne joue pas de pièces sur ce serveur.
refused-stake = Une mise est de { $most } au plus.
refused-duel-yourself = Vous ne pouvez pas vous défier vous-même.
refused-duel-waiting = Votre dernier défi attend encore sa réponse.
refused-duel-too-poor = { $member } n’a pas de quoi miser autant.
refused-duel-over = Ce duel est terminé.
refused-duel-not-yours = Ce duel oppose { $challenger } et { $opponent }.
refused-no-item = Il n’y a pas de « { $item } » ici.
refused-count = Achetez-en au moins un.
refused-stock = { $item } : { $left ->
    [0] il n’en reste plus
    [1] il n’en reste qu’un
   *[other] il n’en reste que { $left }
}.
refused-item-limit = { $item } : chaque membre peut en acheter { $most }.
refused-keepsake = { $item } se possède et se montre : il n’y a rien à utiliser.
refused-has-role = { $role } est déjà à vous pour toujours.
refused-shop-full = La boutique est pleine : { $most } articles au plus.
refused-item-words = Un nom ou une description a de { $least } à { $most } caractères, sans saut de ligne.
refused-item-name = Un article s’appelle déjà { $item }.
refused-price = Un prix est un montant à partir de 0 : 500, 1 000 ou 2k.
refused-term = Je ne comprends pas « { $term } ». Exemples : `rôle:@vip`, `pour:30j`, `stock:10`, `limite:1`.
refused-role-duration = Un rôle se donne pour un an au plus.
refused-duration-without-role = Seul un rôle peut être donné pour un temps : ajoutez-en un.
refused-choice = Je ne peux pas lire cette valeur pour « { $choice } ». Exemples : `100`, `20-60`, `1h`, `Europe/Paris`, `défaut`.
refused-choice-range = Cette valeur est hors limites.
refused-currency = Un symbole ou un nom a de 1 à { $longest } caractères.
refused-zone = Il n’y a pas de fuseau horaire « { $zone } ». Exemples : `Europe/Paris`, `America/Montreal`.
refused-role-empty = Aucun membre n’a { $role }.
refused-payday-rhythm = Une paie revient toutes les heures au plus, tous les ans au moins : `1j`, `7j`.
refused-paydays = Il y a déjà { $most } paies.
refused-no-payday = { $role } n’a pas de paie.

log-ledger-wrong = ⚠️ Le grand livre du serveur { $guild } ne tombe pas juste : { $problems }
log-payday-failed = La paie du rôle { $role } (serveur { $guild }) doit attendre : { $error }
log-reset-failed = L’économie n’a pas été remise à zéro : { $error }

economy-counted-entries = { $count ->
    [0] aucune écriture
    [1] 1 écriture
   *[other] { $count } écritures
}
economy-counted-coins = { $count ->
    [0] aucune pièce
    [1] 1 pièce
   *[other] { $count } pièces
}
