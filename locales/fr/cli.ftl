# La ligne de commande.

control-not-understood = le bot qui tourne n’a pas compris la demande ({ $why }) ; est-il d’une autre version ?
