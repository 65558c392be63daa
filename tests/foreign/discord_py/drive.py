"""discord.py 2 lives in the local Discord and drives every endpoint and event that it has.

The directory of the sandbox comes in the environment variable DIRECTORY.
"""

import asyncio
import json
import logging
import os
import sys

import discord
import yarl
from discord.http import Route

import channels
import commands
import guild
import messages
from town import Town, causing

DIRECTORY = json.loads(os.environ["DIRECTORY"])

# Where the library believes Discord to be.
Route.BASE = f"{DIRECTORY['api']}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(DIRECTORY["gateway"])

EXPECTED = [
    "ready", "resumed", "guild_available", "guild_unavailable", "guild_remove",
    "member_join", "member_remove", "member_update", "member_ban", "member_unban",
    "guild_role_create", "guild_role_update", "guild_role_delete", "audit_log_entry_create",
    "guild_channel_create", "guild_channel_update", "guild_channel_delete", "guild_channel_pins_update",
    "thread_create", "thread_update", "thread_delete", "thread_member_join", "thread_member_remove",
    "message", "message_edit", "message_delete", "bulk_message_delete",
    "reaction_add", "reaction_remove", "reaction_clear", "reaction_clear_emoji", "typing", "interaction",
]


class Tree(discord.app_commands.CommandTree):
    async def on_error(self, interaction, error):
        self.client.failed = error
        await super().on_error(interaction, error)


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.all())
        self.tree = Tree(self)
        self.seen = set()
        self.failed = None

    def dispatch(self, event, /, *args, **kwargs):
        self.seen.add(event)
        super().dispatch(event, *args, **kwargs)

    async def on_error(self, event, /, *args, **kwargs):
        self.failed = sys.exc_info()[1]
        await super().on_error(event, *args, **kwargs)


async def login(client, town):
    assert client.user.id == int(DIRECTORY["bot"])
    home = client.get_guild(int(DIRECTORY["guild"]))
    assert home.member_count == 6
    for path in ("/gateway", "/gateway/bot", "/applications/@me", "/oauth2/applications/@me", "/users/@me"):
        await client.http.request(Route("GET", path))
    await client.user.edit(username="Greffier")
    info = await client.application_info()
    assert info.owner.id == int(DIRECTORY["members"]["olive"])
    await info.edit(description="A clerk")
    assert [guild.id async for guild in client.fetch_guilds()] == [home.id]
    assert (await client.fetch_user(int(DIRECTORY["members"]["sam"]))).name == "sam"


async def disturbances(client, town):
    await causing(client, "resumed", town.does("disturb", "drop_socket"))
    await causing(client, "guild_unavailable", town.does("disturb", {"guild_available": False}))
    await causing(client, "guild_available", town.does("disturb", {"guild_available": True}))


async def leave(client, town):
    home = client.get_guild(int(DIRECTORY["guild"]))
    await causing(client, "guild_remove", home.leave())


async def main():
    discord.utils.setup_logging(level=logging.WARNING)
    town = Town(DIRECTORY)
    client = Bot()
    await client.login(DIRECTORY["token"])
    running = asyncio.create_task(client.connect())
    await asyncio.wait_for(client.wait_until_ready(), 20)
    parts = [login, messages.drive, channels.drive, guild.drive, commands.drive, disturbances, leave]
    for part in parts:
        await part(client, town)
        print(f"discord.py: {part.__module__}.{part.__name__}")
    assert client.failed is None, client.failed
    missing = [event for event in EXPECTED if event not in client.seen]
    assert not missing, f"events that discord.py never raised: {missing}"
    assert await town.asks("troubles") == []
    await client.close()
    await running


asyncio.run(main())
