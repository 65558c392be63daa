"""Members, roles, bans, the audit log."""

import datetime

import discord

from town import causing, refused


async def drive(client, town):
    ids = town.directory
    home = client.get_guild(int(ids["guild"]))
    assert (await client.fetch_guild(home.id)).name == home.name
    assert len(await home.query_members("sa")) == 1
    assert len(await home.chunk()) == 6
    assert len([member async for member in home.fetch_members(limit=10)]) == 6
    found = await client.http.request(
        discord.http.Route("GET", "/guilds/{guild_id}/members/search?query=sa&limit=5", guild_id=home.id))
    assert found[0]["user"]["username"] == "sam"
    await roles(client, home, ids)
    await members(client, town, home, ids)
    await bans(client, town, home, ids)
    log = [entry async for entry in home.audit_logs(action=discord.AuditLogAction.kick, limit=5)]
    assert log[0].reason == "trop de bruit à midi" and log[0].user.id == client.user.id


async def roles(client, home, ids):
    permissions = discord.Permissions(send_messages=True)
    role = await causing(
        client, "guild_role_create", home.create_role(name="Helper", permissions=permissions, colour=0x00FF00))
    await causing(client, "guild_role_update", role.edit(hoist=True))
    assert (await home.fetch_role(role.id)).hoist
    await home.fetch_roles()
    await home.edit_role_positions({home.get_role(int(ids["roles"]["Moderator"])): 2})
    sam = home.get_member(int(ids["members"]["sam"]))
    await causing(client, "member_update", sam.add_roles(role))
    await sam.remove_roles(role)
    await refused(50013, sam.add_roles(home.get_role(int(ids["roles"]["Admin"]))))
    await causing(client, "guild_role_delete", role.delete())


async def members(client, town, home, ids):
    await home.me.edit(nick="The clerk")
    sam = await home.fetch_member(int(ids["members"]["sam"]))
    await sam.timeout(datetime.timedelta(minutes=1), reason="calm down")
    assert (await home.fetch_member(sam.id)).is_timed_out()
    await sam.timeout(None)
    await refused(50013, home.get_member(int(ids["members"]["adam"])).timeout(datetime.timedelta(minutes=1)))
    await refused(50035, sam.timeout(datetime.timedelta(days=29)))
    await causing(
        client, "audit_log_entry_create", sam.kick(reason="trop de bruit à midi"),
        check=lambda entry: entry.action == discord.AuditLogAction.kick)
    await causing(client, "member_join", town.does("joins", who="sam"))
    await causing(client, "member_remove", town.does("leaves", who="lea"))
    await town.does("joins", who="lea")


async def bans(client, town, home, ids):
    sam = home.get_member(int(ids["members"]["sam"]))
    await causing(client, "member_ban", home.ban(sam, delete_message_seconds=60, reason="spam"))
    assert [ban.reason async for ban in home.bans()] == ["spam"]
    assert (await home.fetch_ban(sam)).reason == "spam"
    await causing(client, "member_unban", home.unban(sam))
    await town.does("joins", who="sam")
    await many(client, town, home, ids)


async def many(client, town, home, ids):
    """To ban many at once, a bot must be allowed to manage the guild as well."""
    own = home.self_role
    bits = own.permissions.value | discord.Permissions(manage_guild=True).value
    await causing(
        client, "guild_role_update",
        town.does("sets_role_permissions", who="olive", target=own.name, text=str(bits)))
    sam, olive = discord.Object(int(ids["members"]["sam"])), discord.Object(int(ids["members"]["olive"]))
    banned = await home.bulk_ban([sam, olive], reason="raid")
    assert [user.id for user in banned.banned] == [sam.id] and [user.id for user in banned.failed] == [olive.id]
    await home.unban(sam)
    await town.does("joins", who="sam")
    mia = int(ids["members"]["mia"])
    await causing(
        client, "audit_log_entry_create", town.does("times_out", who="mia", target="sam", ms=60_000, reason="by hand"),
        check=lambda entry: entry.user_id == mia and entry.reason == "by hand")
    await town.does("times_out", who="mia", target="sam", ms=0)
