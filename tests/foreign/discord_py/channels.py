"""Channels, overwrites, threads."""

import discord
from discord.http import Route

from town import causing


async def drive(client, town):
    ids = town.directory
    home = client.get_guild(int(ids["guild"]))
    category = await home.create_category("Tickets")
    closed = {home.default_role: discord.PermissionOverwrite(add_reactions=False)}
    ticket = await causing(
        client, "guild_channel_create",
        home.create_text_channel("ticket 1", category=category, topic="Help", overwrites=closed))
    assert ticket.name == "ticket-1" and ticket.category_id == category.id
    await causing(client, "guild_channel_update", ticket.edit(topic="Help with it"))
    assert (await client.fetch_channel(ticket.id)).topic == "Help with it"
    moderator = home.get_role(int(ids["roles"]["Moderator"]))
    await ticket.set_permissions(moderator, send_messages=True)
    await ticket.set_permissions(moderator, overwrite=None)
    await ticket.edit(position=0)
    assert ticket.id in [channel.id for channel in await home.fetch_channels()]
    await home.create_voice_channel("Voice")
    await threads(client, town, ticket, ids)
    await causing(client, "guild_channel_delete", ticket.delete(reason="done"))


async def threads(client, town, ticket, ids):
    start = await ticket.send("a thread, please")
    thread = await causing(client, "thread_create", start.create_thread(name="talk", auto_archive_duration=60))
    assert thread.id == start.id and thread.owner_id == client.user.id
    sam = ticket.guild.get_member(int(ids["members"]["sam"]))
    await causing(client, "thread_member_join", thread.add_user(sam))
    assert len(await thread.fetch_members()) == 2
    where = {"channel_id": thread.id, "user_id": sam.id}
    await client.http.request(Route("GET", "/channels/{channel_id}/thread-members/{user_id}", **where))
    await causing(client, "thread_member_remove", thread.remove_user(sam))
    await thread.leave()
    await thread.join()
    await thread.send("in the thread")
    assert len(await ticket.guild.active_threads()) == 1
    await causing(client, "thread_update", thread.edit(archived=True))
    assert len([one async for one in ticket.archived_threads()]) == 1
    hidden = await ticket.create_thread(name="hidden", type=discord.ChannelType.private_thread, invitable=False)
    assert not hidden.invitable
    lea = ticket.guild.get_member(int(ids["members"]["lea"]))
    await causing(client, "thread_member_join", hidden.add_user(lea))
    said = town.does("says", who="lea", place="#hidden", text="hello")
    await causing(client, "message", said, check=lambda message: message.channel.id == hidden.id)
    await causing(client, "thread_update", hidden.edit(locked=True))
    assert [one async for one in ticket.archived_threads(private=True)] == []
    await causing(client, "thread_delete", town.does("deletes_channel", who="olive", text="hidden"))
