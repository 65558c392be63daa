# Les conversations : ce que leurs règles refusent.
refused-no-ticket = Il n’y a pas de ticket n° { $number } sur ce serveur.
refused-ticket-closed = Le ticket n° { $number } est fermé.
refused-ticket-open = Le ticket n° { $number } est encore ouvert.
refused-ticket-opening = Le ticket n° { $number } est en cours d’ouverture : réessayez dans un instant.
refused-not-your-ticket = Ce ticket n’est pas le vôtre.
refused-stars = Il faut de 1 à 5 étoiles.
refused-subject = Un sujet compte de 1 à { $longest } caractères.
refused-claimed-already = Vous avez déjà ce ticket.
refused-claimed-by = { $agent } a déjà ce ticket.
refused-claimed-by-nobody = Personne n’a ce ticket.
refused-same-category = Le ticket est déjà dans cette catégorie.
refused-in-ticket = { $member } est déjà dans ce ticket.
refused-not-in-ticket = { $member } n’a pas été ajouté à ce ticket.
refused-ticket-crowd = On peut ajouter { $most } personnes au plus à un ticket.
refused-not-scheduled = Aucune fermeture n’est prévue pour ce ticket.
