"""Application commands and everything that comes of them."""

import discord
from discord import app_commands
from discord.http import Route


async def drive(client, town):
    register(client.tree)
    await by_hand(client, town.directory)
    assert len(await client.tree.sync()) == 5
    await client.tree.fetch_commands()
    await slash(town)
    await controls(town)
    message = await town.does("says", who="sam", text="look at this")
    looked = await town.does("uses", who="mia", text="Look", target=message["id"])
    assert looked["replied"]["content"] == "look at this"
    about = await town.does("uses", who="mia", text="About", target="sam")
    assert about["replied"]["content"] == "about sam"


async def by_hand(client, ids):
    """The routes that the command tree itself does not use."""
    application = ids["application"]
    for prefix in ("/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands"):
        where = {"application_id": application, "guild_id": ids["guild"]}
        made = await client.http.request(Route("POST", prefix, **where), json={"name": "old", "description": "Old"})
        where["command_id"] = made["id"]
        one = prefix + "/{command_id}"
        await client.http.request(Route("PATCH", one, **where), json={"description": "Older"})
        assert (await client.http.request(Route("GET", one, **where)))["description"] == "Older"
        await client.http.request(Route("DELETE", one, **where))
    home = discord.Object(int(ids["guild"]))
    await client.tree.sync(guild=home)
    assert await client.tree.fetch_commands(guild=home) == []


async def slash(town):
    offered = await town.does("autocomplete", who="sam", text="echo word:go", target="word")
    assert offered == [{"name": "good", "value": "good"}], offered
    line = 'echo word:"good day" member:@lea channel:#general role:Moderator'
    echoed = (await town.does("slash", who="sam", text=line))["replied"]
    assert (echoed["content"], echoed["only_for"]) == ("good day lea general Moderator", "sam"), echoed
    slow = await town.does("slash", who="sam", text="slow")
    assert slow["replied"]["content"] == "first"
    direct = await town.does("slash", who="lea", place="@lea", text="echo word:alone")
    assert direct["replied"]["content"] == "alone"


async def controls(town):
    await town.does("slash", who="sam", text="ask me")
    assert (await town.does("clicks", who="sam", text="Change"))["updated"]["content"] == "changed"
    assert (await town.does("clicks", who="sam", text="Later"))["updated"]["content"] == "later"
    for menu, value, answer in (("Colour", "Red", "red"), ("Who", "lea", "lea"), ("Which", "Moderator", "Moderator")):
        picked = await town.does("picks", who="sam", text=menu, values=[value])
        assert picked["replied"]["content"] == answer, picked
    assert (await town.does("clicks", who="sam", text="Form"))["modal"]["title"] == "A form"
    sent = await town.does("submits", who="sam", fields=[["Name", "Sam"]])
    assert sent["replied"]["content"] == "hello Sam"


class Form(discord.ui.Modal, title="A form"):
    name = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"hello {self.name.value}")


class Panel(discord.ui.View):
    @discord.ui.button(label="Change")
    async def change(self, interaction, _):
        await interaction.response.edit_message(content="changed")

    @discord.ui.button(label="Later")
    async def later(self, interaction, _):
        await interaction.response.defer()
        await interaction.edit_original_response(content="later")

    @discord.ui.button(label="Form")
    async def form(self, interaction, _):
        await interaction.response.send_modal(Form())

    @discord.ui.select(placeholder="Colour", options=[discord.SelectOption(label="Red", value="red")])
    async def colour(self, interaction, select):
        await interaction.response.send_message(select.values[0])

    @discord.ui.select(cls=discord.ui.UserSelect, placeholder="Who")
    async def who(self, interaction, select):
        await interaction.response.send_message(select.values[0].name)

    @discord.ui.select(cls=discord.ui.RoleSelect, placeholder="Which")
    async def which(self, interaction, select):
        await interaction.response.send_message(select.values[0].name)


def register(tree):
    @tree.command(description="Says it again")
    async def echo(
        interaction: discord.Interaction, word: str, member: discord.User = None,
        channel: discord.TextChannel = None, role: discord.Role = None,
    ):
        words = [word] + [named.name for named in (member, channel, role) if named]
        answered = await interaction.response.send_message(" ".join(words), ephemeral=True)
        assert answered.message_id is not None

    @echo.autocomplete("word")
    async def complete(_, current: str):
        return [app_commands.Choice(name=current + "od", value="good")]

    @tree.command(description="Thinks")
    async def slow(interaction: discord.Interaction):
        await interaction.response.defer()
        await interaction.edit_original_response(content="first")
        assert (await interaction.original_response()).content == "first"
        more = await interaction.followup.send("second", wait=True)
        await interaction.followup.edit_message(more.id, content="second, better")
        assert (await interaction.followup.fetch_message(more.id)).content == "second, better"
        await interaction.followup.delete_message(more.id)
        await interaction.delete_original_response()

    ask = app_commands.Group(name="ask", description="Controls")

    @ask.command(description="Me")
    async def me(interaction: discord.Interaction):
        await interaction.response.send_message("choose", view=Panel())

    tree.add_command(ask)

    @tree.context_menu(name="Look")
    async def look(interaction: discord.Interaction, message: discord.Message):
        await interaction.response.send_message(message.content)

    @tree.context_menu(name="About")
    async def about(interaction: discord.Interaction, user: discord.User):
        await interaction.response.send_message(f"about {user.name}")
