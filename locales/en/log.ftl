# The lines of the log: one for each event, with the key `log-` and the event's name.
log-text-missing = The text “{ $key }” does not exist in { $locale ->
    [fr] French
   *[en] English
}: this is a defect of the program
