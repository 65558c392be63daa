# Which roles members should have, and which may be handed out.

refused-role-gone = That role no longer exists.
refused-role-managed = { $role } cannot be handed out: it belongs to Discord, to a bot or to an integration.
refused-role-dangerous = { $role } cannot be handed out: whoever holds it could harm the server ({ $dangers }).
refused-role-above-greffier = { $role } cannot be handed out: it stands above Greffier’s highest role. Move Greffier’s role up in the server’s settings.
refused-role-above-chooser = { $role } cannot be handed out: it does not stand below the highest role of { $member }, who set this up.

log-role-not-changed = Role { $role } of member { $member } stays as it is (server { $guild }): { $reason }
log-roles-put-right = { $cause ->
    [rejoin] 🎭 Roles of a returning member put right (server { $guild })
   *[start] 🎭 { $members ->
        [one] Roles of one member
       *[other] Roles of { $members } members
    } put right (server { $guild })
}
