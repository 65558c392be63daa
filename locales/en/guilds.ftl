# Guilds that Greffier is no longer in.

guilds-left-title = Greffier is no longer on a server
guilds-left-text = { $guild }: what is kept of it rests until { $until }, then it goes. Whoever brings Greffier back before finds everything.
guilds-forgotten-title = A server’s records are gone
guilds-forgotten-text = { $guild }: nobody brought Greffier back since { $left }. What was kept of it is erased; the archives still hold it until they are pruned.
log-guild-left = Greffier is no longer on server { $guild }: what is kept of it rests for 30 days
log-guild-returned = Greffier is back on server { $guild }: everything is there
log-guild-forgotten = Server { $guild } was left 30 days ago: what was kept of it is erased
