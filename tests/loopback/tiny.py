"""A tiny bot with one of each feature, for the tests of the loopback Discord. It knows nothing of it."""

import os
from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

FRUITS = ("apple", "apricot", "banana", "fig")


class Note(discord.ui.Modal, title="A note"):
    """A form."""

    text: discord.ui.TextInput[discord.ui.View] = discord.ui.TextInput(label="Text", max_length=200)

    async def on_submit(self, interaction: Interaction) -> None:
        await interaction.response.send_message(f"noted: {self.text.value}", ephemeral=True)


class Panel(discord.ui.View):
    """Buttons and a menu that work after a restart."""

    @discord.ui.button(label="More", custom_id="tiny:more")
    async def more(self, interaction: Interaction, _: discord.ui.Button["Panel"]) -> None:
        await interaction.response.edit_message(content="more!", view=self)

    @discord.ui.button(label="Note", custom_id="tiny:note")
    async def note(self, interaction: Interaction, _: discord.ui.Button["Panel"]) -> None:
        await interaction.response.send_modal(Note())

    @discord.ui.select(custom_id="tiny:pick", options=[discord.SelectOption(label=fruit) for fruit in FRUITS])
    async def pick(self, interaction: Interaction, select: discord.ui.Select["Panel"]) -> None:
        await interaction.response.send_message("picked " + ", ".join(select.values), ephemeral=True)


class Tiny(commands.AutoShardedBot):
    """The bot."""

    async def setup_hook(self) -> None:
        self.add_view(Panel(timeout=None))
        every: list[Any] = [ask, later, broken, count_words, farm]
        for each in every:
            self.tree.add_command(each)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if self.user and not message.author.bot and (not message.guild or self.user in message.mentions):
            await message.reply("you said: " + message.content.replace(self.user.mention, "").strip())


@app_commands.command(description="Ask about a fruit")
@app_commands.allowed_installs(guilds=True, users=True)
async def ask(interaction: Interaction, fruit: str) -> None:
    await interaction.response.send_message(f"about {fruit}", view=Panel(timeout=None))


@ask.autocomplete("fruit")
async def fruits(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=fruit, value=fruit) for fruit in FRUITS if fruit.startswith(current)]


@app_commands.command(description="Answers later")
async def later(interaction: Interaction, edit: bool = False) -> None:
    await interaction.response.defer(thinking=True, ephemeral=True)
    await (interaction.edit_original_response(content="at last") if edit else interaction.followup.send("at last"))
    await interaction.followup.send("and more")


@app_commands.command(description="Sends what Discord refuses")
async def broken(interaction: Interaction) -> None:
    await interaction.response.send_message("x" * 2001)


@app_commands.context_menu(name="Count words")
async def count_words(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{len(message.content.split())} words", ephemeral=True)


farm = app_commands.Group(
    name="farm", description="The farm", default_permissions=discord.Permissions(manage_guild=True), guild_only=True
)


@farm.command(description="Plants a tree")
async def plant(interaction: Interaction, count: app_commands.Range[int, 1, 9], by: discord.Member) -> None:
    await interaction.response.send_message(f"{count} planted by {by.name}")


if __name__ == "__main__":
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    intents.message_content = bool(os.environ.get("TINY_CONTENT"))
    Tiny((), intents=intents, allowed_mentions=discord.AllowedMentions.none()).run(os.environ["DISCORD_TOKEN"])
