# Les rôles que les membres doivent avoir, et ceux qui peuvent être donnés.

refused-role-gone = Ce rôle n’existe plus.
refused-role-managed = { $role } ne peut pas être donné : il appartient à Discord, à un bot ou à une intégration.
refused-role-dangerous = { $role } ne peut pas être donné : qui le porte pourrait nuire au serveur ({ $dangers }).
refused-role-above-greffier = { $role } ne peut pas être donné : il est au-dessus du rôle le plus haut de Greffier. Remontez le rôle de Greffier dans les paramètres du serveur.
refused-role-above-chooser = { $role } ne peut pas être donné : il n’est pas en dessous du rôle le plus haut de { $member }, qui l’a proposé.

log-role-not-changed = Le rôle { $role } du membre { $member } reste comme il est (serveur { $guild }) : { $reason }
log-roles-put-right = { $cause ->
    [rejoin] 🎭 Rôles d’un membre revenu remis en ordre (serveur { $guild })
   *[start] 🎭 Rôles { $members ->
        [one] d’un membre
       *[other] de { $members } membres
    } remis en ordre (serveur { $guild })
}
