//! The channel in which a guild reads what its moderators did; and what happens when it is gone.

use crate::town::Town;

#[test]
fn what_moderators_do_is_written_in_the_log_channel() {
    let town = Town::open();
    let mia = town.moderator("mia");
    town.olive().says("!settings log_channel #logs");
    mia.says("!warn @sam 2 spam");
    insta::assert_snapshot!(town.finds("#logs", "Warning 1"), @r"
    | **Warning 1**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: spam
    | Points: 2 (total: 2)
    | _Greffier · 3_
    ");
    // The case has one post, which says what the case says.
    town.settles();
    mia.says("!warnreason 1 spam in #general");
    insta::assert_snapshot!(town.finds("#logs", "spam in #general"), @r"
    | **Warning 1**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: spam in #general
    | Points: 2
    | _Greffier · 3_
    ");
    mia.says("!unwarn 1");
    insta::assert_snapshot!(town.finds("#logs", "taken back"), @r"
    | **Warning 1**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: spam in #general
    | Points: 2
    | State: taken back by @mia, <t:1795176000:f>
    | _Greffier · 3_
    ");
    insta::assert_snapshot!(town.shows("#logs"), @r"
    Greffier: | **Warning 1**
    | Member: @sam (672538191462400000)
    | Moderator: @mia
    | Reason: spam in #general
    | Points: 2
    | State: taken back by @mia, <t:1795176000:f>
    | _Greffier · 3_
    ");
}

#[test]
fn a_log_channel_that_is_deleted_is_said_once_to_the_owner() {
    let town = Town::open();
    let (mia, olive) = (town.moderator("mia"), town.olive());
    olive.says("!settings log_channel #logs");
    town.wait(town.discord().deletes_channel("adam", "logs"))
        .expect("deleted");
    insta::assert_snapshot!(olive.is_told("log channel"), @r"
    | **The log channel is gone**
    | What to do: The channel <#715299959603200000>, where Greffier kept your server’s log, is gone or closed to it. Every case is still kept. Choose another channel with the setup command.
    ");
    insta::assert_snapshot!(olive.says("!settings log_channel"), @r"
    | **Settings of this server**
    | To change one: `!settings setting value`. The value `default` takes it back to the default.
    | Log channel (`log_channel`): ⚠️ <#715299959603200000> is gone or closed to me since <t:1795176000:f>: choose another
    ");
    insta::assert_snapshot!(mia.says("!warn @sam spam"), @"@sam was warned (case 1): 1 point, 1 in total.");
    town.member("sam").is_told("case 1");
    assert_eq!(
        olive.dms().matches("is gone").count(),
        2,
        "once, in title and text: {}",
        olive.dms()
    );
    // Chosen anew, it is well again.
    olive.says("!settings log_channel #staff");
    mia.says("!warn @sam spam again");
    town.finds("#staff", "Warning 2");
}

#[test]
fn a_log_channel_that_is_closed_to_the_bot_is_said_once_to_the_owner() {
    let town = Town::open();
    let (mia, olive) = (town.moderator("mia"), town.olive());
    olive.says("!settings log_channel #logs");
    let view = 1 << 10;
    town.wait(
        town.discord()
            .sets_overwrite("adam", "logs", "Greffier", 0, view),
    )
    .expect("closed");
    mia.says("!warn @sam spam");
    insta::assert_snapshot!(olive.is_told("log channel"), @r"
    | **The log channel is gone**
    | What to do: The channel #logs, where Greffier kept your server’s log, is gone or closed to it. Every case is still kept. Choose another channel with the setup command.
    ");
    mia.says("!warn @sam spam again");
    town.member("sam").is_told("case 2");
    assert_eq!(
        olive.dms().matches("is gone").count(),
        2,
        "once, in title and text: {}",
        olive.dms()
    );
    insta::assert_snapshot!(olive.says("!setup"), @r"
    | **Setting Greffier up**
    | Language: English (default)
    | Log channel: ⚠️ #logs is gone or closed to me since <t:1795176000:f>: choose another
    | Moderator roles: whoever may time members out (default)
    | What I lack here: - The log channel is gone or closed to me since <t:1795176000:f>: choose another below.
    [Choose the language ▾ French | English]
    [Choose the log channel ▾ a channel]
    [Choose the moderator roles ▾ a role]
    [Check again]
    ");
}
