# A member's own data.
cmd-mydata = Your own data: have it, or have it erased
cmd-mydata-export = All that is kept about you, as one file by direct message
cmd-mydata-erase = Have your words and names erased from the records

help-category-mydata = Your data

mydata-what = `{ $prefix }mydata export` sends you all that I keep about you. `{ $prefix }mydata erase` erases your words and names for good.
mydata-export = { $count ->
    [0] I keep nothing about you. The file says so.
    [one] One entry about you is kept: here it is.
   *[other] { $count } entries about you are kept: here they are.
}
mydata-sent = I have sent you all that I keep about you by direct message.
mydata-erase-question = Erase your data for good, on every server where I am? Your messages’ words and your names are overwritten, also in the journal, and no restore brings them back. Moderation records stay without their content, and coins stay where they are. It can’t be undone.
mydata-erase-button = Erase my data
mydata-kept = Nothing was erased.
mydata-erasing = Erasing…
mydata-erased = Your words and names are erased, for good.
mydata-erased-but-archives = Your words and names are erased, and no restore brings them back. { $count ->
    [one] One archive
   *[other] { $count } archives
} from before still { $count ->
    [one] holds
   *[other] hold
} them until pruned, after about { $days ->
    [one] one day
   *[other] { $days } days
}; I will tell you when the last one is gone.
mydata-unfinished = The erasure is begun and noted, but could not be finished now. I go on with it at my next start.
mydata-gone-title = Your erased data is gone from the archives too
mydata-gone = The last archive from before your erasure was deleted: no copy of your words and names is left with me.

refused-export-too-large = All that is kept about you is more than Discord lets me send: ask whoever runs the bot.
refused-export-closed = Your direct messages are closed to me: open them, or use `/mydata export`, which shows the file to you alone.
