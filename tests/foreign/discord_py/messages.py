"""Messages, reactions, pins, direct messages."""

import io

import discord
from discord.http import Route

from town import causing, refused


class Panel(discord.ui.View):
    @discord.ui.button(label="Press", custom_id="b")
    async def press(self, interaction, button):
        raise AssertionError("nobody presses it")


async def drive(client, town):
    ids = town.directory
    general = client.get_channel(int(ids["channels"]["general"]))
    await causing(client, "message", town.does("says", who="sam", text="hello @Greffier"))
    from_sam = (await message_list(general))[0]
    assert from_sam.author.name == "sam" and client.user in from_sam.mentions

    embed = discord.Embed(title="Title", description="Text", timestamp=discord.utils.utcnow())
    embed.add_field(name="n", value="v").set_footer(text="f").set_image(url="https://example.org/a.png")
    note = discord.File(io.BytesIO(b"some text"), "note.txt", description="A note")
    reply = await from_sam.reply("hi", embed=embed, view=Panel(), file=note)
    assert reply.reference.message_id == from_sam.id
    assert reply.attachments[0].size == 9
    await causing(client, "message_edit", reply.edit(content="hello", attachments=[], view=None))
    assert (await general.fetch_message(reply.id)).content == "hello"
    assert len(await message_list(general)) == 2
    await refused(50035, general.send("x" * 2001))
    await refused(50013, client.http.request(
        Route("DELETE", "/guilds/{guild_id}/members/{user_id}", guild_id=ids["guild"], user_id=ids["members"]["olive"])))

    await causing(client, "typing", general.typing().__aenter__())
    await reactions(client, reply, from_sam, ids)
    await pins(client, general, reply)
    await causing(client, "message_delete", reply.delete())
    many = [await general.send(str(number)) for number in range(3)]
    await causing(client, "bulk_message_delete", general.delete_messages(many))
    await direct(client, town, ids)


async def message_list(channel):
    return [message async for message in channel.history(limit=10)]


async def reactions(client, reply, from_sam, ids):
    await causing(client, "reaction_add", reply.add_reaction("👍"))
    reply = await reply.channel.fetch_message(reply.id)
    assert [user.id async for user in reply.reactions[0].users()] == [client.user.id]
    await causing(client, "reaction_remove", reply.remove_reaction("👍", client.user))
    await reply.add_reaction("👍")
    sam = client.get_user(int(ids["members"]["sam"]))
    await reply.remove_reaction("👍", sam)
    await causing(client, "reaction_clear_emoji", reply.clear_reaction("👍"))
    await from_sam.add_reaction("🎉")
    await causing(client, "reaction_clear", from_sam.clear_reactions())


async def pins(client, general, reply):
    await causing(client, "guild_channel_pins_update", reply.pin())
    assert len([pin async for pin in general.pins()]) == 1
    await reply.unpin()
    # The routes of before 2025, which older libraries still use.
    where = {"channel_id": general.id, "message_id": reply.id}
    await client.http.request(Route("PUT", "/channels/{channel_id}/pins/{message_id}", **where))
    await client.http.request(Route("GET", "/channels/{channel_id}/pins", channel_id=general.id))
    await client.http.request(Route("DELETE", "/channels/{channel_id}/pins/{message_id}", **where))


async def direct(client, town, ids):
    lea = await client.fetch_user(int(ids["members"]["lea"]))
    dm = await lea.create_dm()
    await dm.send("hello")
    said = town.does("says", who="lea", place="@lea", text="hello yourself")
    await causing(client, "message", said, check=lambda message: message.guild is None and message.author.id == lea.id)
    await town.does("closes_dms", who="lea")
    await refused(50007, dm.send("again"))
    await town.does("opens_dms", who="lea")
