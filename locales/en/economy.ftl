# The economy: coins, wages, the shop, games.
help-category-economy = Economy

cmd-balance = How many coins you or another member have
    .usage = [@member]
    .example = member:@sam
    .member = Whose; otherwise your own
cmd-pay = Pay another member
    .usage = @member amount
    .example =
        member:@sam amount:50
        member:@sam amount:2k
    .member = Whom to pay
    .amount = How much: 50, 1,000, 2k or all
cmd-leaderboard = Who has the most coins
    .usage = [page]
    .example = page:2
    .page = Which page of the list
cmd-history = Where your coins came from and went
    .usage = [@member]
    .example = member:@sam
    .member = Whose, for moderators; otherwise your own
cmd-daily = Take the day’s coins; each further day in a row brings more
cmd-work = Work for some coins
cmd-shop = What can be bought here
    .usage = [page]
    .example = page:2
    .page = Which page of the list
cmd-buy = Buy something from the shop
    .usage = [number] item
    .example =
        item:VIP pass
        count:2 item:VIP pass
    .item = What, by its name or its number
    .count = How many, 1 by default
cmd-inventory = What you or another member have bought
    .usage = [@member]
    .example = member:@sam
    .member = Whose; otherwise your own
cmd-use = Use something that you have bought
    .usage = item
    .example = item:VIP pass
    .item = What, by its name or its number
cmd-coinflip = Double a stake, or lose it to the bank
    .usage = amount [heads|tails]
    .example =
        stake:50
        stake:50 side:tails
    .stake = How much: 50, 1,000, 2k or all
    .side = Your side of the coin, heads by default
cmd-duel = Challenge a member: both stake as much, one takes it all
    .usage = @member amount
    .example = member:@sam stake:100
    .member = Whom to challenge
    .stake = What each of you stakes
cmd-economy = The economy of this server
cmd-economy-overview = What is set for this server’s economy
cmd-economy-audit = Add all coins up: how many there are, and whether the ledger is right
cmd-economy-grant = Give a member coins from the bank
    .usage = @member amount [reason]
    .example =
        member:@sam amount:500
        member:@sam amount:500 reason:best drawing
    .member = Who gets them
    .amount = How many
    .reason = Why; stands in the member’s history
cmd-economy-take = Take coins from a member
    .usage = @member amount [reason]
    .example = member:@sam amount:100 reason:by mistake
    .member = Whose
    .amount = How many, or all
    .reason = Why; stands in the member’s history
cmd-economy-payday = Pay everyone with a role, once or from time to time
    .usage = @role amount [every]
    .example =
        role:@Moderator amount:100
        role:@Moderator amount:100 every:7d
    .role = Which role
    .amount = How much each member gets; 0 ends the role’s payday
    .every = Every how long: 1d, 7d; otherwise once, now
cmd-economy-reset = Begin anew: all coins, streaks and inventories go; an archive is made first
cmd-economy-currency = The symbol of the coins and what they are called
    .usage = symbol [name]
    .example =
        symbol:💎
        symbol:💎 name:gems
    .symbol = What stands after an amount: an emoji or a few letters
    .name = What the coins are called
cmd-economy-set = Set rewards, limits and the time zone
    .usage = what value
    .example =
        choice:daily value:200
        choice:work value:20-60
        choice:zone value:Europe/Paris
    .choice = What to set
    .value = An amount, a duration, a time zone, or default
cmd-economy-item = What the shop sells
cmd-economy-item-add = Put an item into the shop
    .usage = "name" price [role:@role] [for:30d] [stock:10] [limit:1] [description]
    .example =
        name:VIP pass price:500
        name:Cookie price:10 stock:100 limit:5 description:Still warm
    .typed =
        "VIP pass" 500
        Cookie 10 stock:100 limit:5 Still warm
    .name = What it is called
    .price = What one costs; 0 is a gift
    .description = What is said of it
    .role = The role that using it gives
    .duration = For how long the role is given: 30d; otherwise for good
    .stock = How many there are; otherwise any number
    .limit = How many one member may buy; otherwise any number
cmd-economy-item-edit = Change an item of the shop
    .usage = "item" [price:500] [role:@role] [for:30d] [stock:10] [limit:1] [description]
    .example =
        item:VIP pass price:450
        item:Cookie stock:200 description:Fresh from the oven
    .typed =
        "VIP pass" price:450
        Cookie stock:200 Fresh from the oven
    .item = Which item
    .name = Another name
    .price = What one costs
    .description = What is said of it
    .role = The role that using it gives
    .duration = For how long the role is given, or ever
    .stock = How many there are, or none for no limit
    .limit = How many one member may buy, or none for no limit
cmd-economy-item-remove = Take an item out of the shop; those who have it keep it
    .usage = item
    .example = item:VIP pass
    .item = Which item

economy-coins = { $amount } { $symbol }
economy-number = { $number }
economy-currency-default = coins
economy-balance = { $member } has **{ $has }**.
economy-balance-placed = { $member } has **{ $has }**: place { $place } on the leaderboard.
economy-paid = { $sender } paid { $member } **{ $amount }** and has { $left } left.
economy-pay-question = Pay { $member } **{ $amount }**?
economy-pay-confirm = Pay { $amount }
economy-unpaid = Nothing was paid.
economy-kept = Everything stays as it is.
economy-claimed = You take today’s **{ $amount }**: { $streak ->
    [1] the first day
   *[other] { $streak } days in a row
}. You have { $has }. The next coins are there { $next }.
economy-claimed-excused = { $done }
    Days on which I was away have not broken your streak.
economy-worked = Your work earned you **{ $amount }**. You have { $has }. You can work again { $next }.

economy-leaderboard = Leaderboard · { $currency }
economy-leaderboard-empty = Nobody has any yet. `daily` and `work` bring the first ones.
economy-yours = You have
economy-history = History · { $currency }
economy-history-empty = Nothing has come or gone yet.
economy-field-member = Member
economy-entry-in = { $at } **+{ $amount }** { $why } → { $has }
economy-entry-out = { $at } **−{ $amount }** { $why } → { $has }
economy-entry-with = { $why } ({ $other })
economy-entry-note = { $why }: { $note }
economy-why-pay = payment
economy-why-daily = daily coins
economy-why-work = work
economy-why-coinflip = coin flip
economy-why-stake = stake
economy-why-stake-back = stake returned
economy-why-pot = duel won
economy-why-purchase = purchase
economy-why-grant = gift from the administration
economy-why-take = taken by the administration
economy-why-payday = payday
economy-why-reset = new beginning
economy-why-undo = undone

economy-shop = Shop
economy-shop-empty = Nothing is on sale. Administrators add things with `economy item add`.
economy-item-name = { $number }. { $item } · { $price }
economy-item-facts = { $all }
    { $fact }
economy-item-plain = To have and to show.
economy-item-role = Gives { $role }
economy-item-role-for = Gives { $role } for { $duration }
economy-item-stock = { $stock } left
economy-item-sold-out = Sold out
economy-item-limit = { $most } per member
economy-bought = You buy { $count ->
    [1] **{ $item }**
   *[other] { $count } × **{ $item }**
} for { $price }, and have { $left } left.
economy-bought-usable = { $done } The command `use` uses it.
economy-inventory = Inventory
economy-inventory-empty = There is nothing here yet.
economy-held = { $count } × { $item }
economy-used = You use **{ $item }**: { $role } is yours.
economy-used-until = You use **{ $item }**: { $role } is yours until { $until }.

economy-heads = heads
economy-tails = tails
economy-flip-won = 🪙 It is { $side }: you win **{ $stake }** and have { $has }.
economy-flip-lost = 🪙 It is { $side }: you lose **{ $stake }** and have { $has }.
economy-duel-title = ⚔️ Duel
economy-duel = { $opponent }, { $challenger } challenges you for **{ $stake }** each. Without an answer the challenge ends { $due }, and the stake goes back.
economy-duel-accept = Accept
economy-duel-decline = Decline
economy-duelled = ⚔️ { $winner } beats { $loser } and takes **{ $pot }**.
economy-declined = { $opponent } declines the duel with { $challenger }, whose { $stake } are back.
economy-withdrawn = { $challenger } withdraws the challenge and has the { $stake } back.
economy-expired = { $opponent } did not answer the challenge of { $challenger }, whose { $stake } are back.
economy-duel-reset = The duel between { $challenger } and { $opponent } is off: the economy begins anew.

economy-granted = { $member } gets **{ $amount }** and has { $has }.
economy-taken = **{ $amount }** are taken from { $member }, who has { $left } left.
economy-payday = Payday
economy-payday-line = { $role }: { $amount } every { $every }, next { $due }
economy-payday-set = Every { $every } each member of { $role } gets **{ $amount }**, first on { $due }.
economy-payday-ended = { $role } has no payday any more.
economy-payday-question = Pay the { $count ->
    [1] one member
   *[other] { $count } members
} of { $role } **{ $amount }** each, { $total } in all?
economy-payday-confirm = Pay { $total }
economy-paid-out = The members of { $role } got **{ $amount }** each, { $total } in all.
economy-audit = Audit of the ledger
economy-audit-fine = ✅ Every balance is the sum of its entries, and no coin was made or lost.
economy-audit-wrong = ⚠️ The ledger does not add up:
    { $problems }
economy-audit-supply = In circulation
economy-audit-purses = In members’ purses
economy-audit-escrow = At stake in open games
economy-audit-members = Members with coins
economy-audit-entries = Entries
economy-reset-question = Begin anew? { $supply } go back to the bank, streaks and inventories are emptied, open games end. The shop and the settings stay. An archive is made first.
economy-reset-confirm = Begin anew
economy-archiving = An archive is made first…
economy-reset-done = { $gone } went back to the bank; everyone begins anew. What was before stands in { $archive }.
economy-reset-failed = The archive could not be made, so nothing was changed.
economy-overview = Economy · { $currency } · { $example }
economy-overview-how = To change: `{ $prefix }economy set what value`, `{ $prefix }economy currency symbol name`; `default` takes a choice back.
economy-currency-set = The coins are now called { $currency }: { $example }
economy-chosen = { $choice }: { $value }
economy-off = off
economy-range = { $least } to { $most }
economy-choice-zone = Time zone of the day
economy-choice-daily = Daily coins
economy-choice-streak-bonus = Bonus of each further day
economy-choice-work = Pay for work
economy-choice-work-every = Time between work and work
economy-choice-confirm-above = Payments are confirmed above
economy-choice-highest-stake = Highest stake
economy-item-added = **{ $item }** (no. { $number }) is in the shop for { $price }.
economy-item-edited = **{ $item }** (no. { $number }) was changed; it costs { $price }.
economy-item-removed = **{ $item }** (no. { $number }, { $price }) is no longer sold. Those who have it keep it.

refused-no-amount = "{ $typed }" is no amount. Amounts are written 50, 1,000, 2k or all.
refused-spaced-amount = Write the amount without spaces: 1000000 or 1,000,000.
refused-amount = An amount is at least 1.
refused-amount-too-large = So many coins cannot exist.
refused-too-poor = You have { $has }.
refused-they-have = { $member } has { $has }.
refused-supply = The bank cannot give so much: the server’s supply of coins is at its limit.
refused-pay-yourself = You can’t pay yourself.
refused-bot-purse = Bots have no purse: choose a member.
refused-not-your-button = This button is for { $member }.
refused-others-history = The histories of others are for moderators.
refused-far-page = By its number a page is found up to { $last }; from there the buttons go on.
refused-no-more = The list does not go on here.
refused-daily = You have taken today’s coins. The next ones are there { $next }.
refused-daily-off = There are no daily coins on this server.
refused-work = You have just worked. You can work again { $next }.
refused-work-off = There is no work on this server.
refused-games-off = There are no games for coins on this server.
refused-stake = A stake is at most { $most }.
refused-duel-yourself = You can’t challenge yourself.
refused-duel-waiting = Your last challenge still waits for its answer.
refused-duel-too-poor = { $member } can’t afford this stake.
refused-duel-over = This duel is over.
refused-duel-not-yours = This duel is between { $challenger } and { $opponent }.
refused-no-item = There is no "{ $item }" here.
refused-count = Buy at least one.
refused-stock = Of { $item } { $left ->
    [0] none is left
    [1] only 1 is left
   *[other] only { $left } are left
}.
refused-item-limit = Of { $item } each member may buy { $most }.
refused-keepsake = { $item } is to have and to show: there is nothing to use.
refused-has-role = { $role } is yours for good already.
refused-shop-full = The shop is full: { $most } items at most.
refused-item-words = A name or a description has { $least } to { $most } characters and no line breaks.
refused-item-name = There is an item called { $item } already.
refused-price = A price is an amount from 0: 500, 1,000 or 2k.
refused-term = I don’t understand "{ $term }". Examples: `role:@vip`, `for:30d`, `stock:10`, `limit:1`.
refused-role-duration = A role can be given for a year at most.
refused-duration-without-role = Only a role can be given for a time: add one.
refused-choice = I can’t read this value for "{ $choice }". Examples: `100`, `20-60`, `1h`, `Europe/Paris`, `default`.
refused-choice-range = This value is out of range.
refused-currency = A symbol or a name has 1 to { $longest } characters.
refused-zone = There is no time zone "{ $zone }". Examples: `Europe/Paris`, `America/Montreal`.
refused-role-empty = No member has { $role }.
refused-payday-rhythm = A payday comes every hour at the most, once a year at the least: `1d`, `7d`.
refused-paydays = There are { $most } paydays already.
refused-no-payday = { $role } has no payday.

log-ledger-wrong = ⚠️ The ledger of server { $guild } does not add up: { $problems }
log-payday-failed = The payday of role { $role } (server { $guild }) has to wait: { $error }
log-reset-failed = The economy was not reset: { $error }

economy-counted-entries = { $count ->
    [1] 1 booking
   *[other] { $count } bookings
}
economy-counted-coins = { $count ->
    [1] 1 coin
   *[other] { $count } coins
}
