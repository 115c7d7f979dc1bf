"""`/suggest` for everybody, and *Report a mistake*: proposals made, and taken back.

Comes in: what somebody wrote into a form. Goes out: a proposal in the queue, and its number. Must not know: who
decides.
"""

import asyncio
from typing import Any

from discord import app_commands

from bot.curation.decided import Proposed
from bot.curation.drafts import Curator
from bot.curation.outcomes import Failed
from bot.discord_app import acting, forms, pages, sending
from bot.discord_app.aliases import Command, Interaction, anywhere
from bot.discord_app.curating import rights, working
from bot.discord_app.curating.ids import Press, Verb, press, write
from bot.discord_app.desk import Desk
from bot.discord_app.escape import escape
from bot.discord_app.forms import tell_of
from bot.discord_app.parts import Card, Row, Text
from bot.state.proposals import NewProposal


def suggest_command() -> Command:
    """`/suggest`."""

    @app_commands.command(name="suggest", description="Propose a fact, or a change of one, to the curators")
    async def suggest(interaction: Interaction) -> None:
        await sending.ask_for(interaction, forms.suggest_form(write(Verb.SUGGEST_FORM)))

    return anywhere(suggest)


async def suggested(desk: Desk, interaction: Interaction, _: Press) -> None:
    """The form of `/suggest`, filled in."""
    data = acting.data_of(interaction)
    text, source = forms.report_of(data)
    new = NewProposal("suggestion", text, source, **_from(interaction), tell=tell_of(data, interaction.guild_id))
    await propose(desk, interaction, new)


def _from(interaction: Interaction) -> dict[str, Any]:
    """Who proposes, and where."""
    return {
        "proposer_id": interaction.user.id, "guild_id": interaction.guild_id,
        "channel_id": interaction.channel_id,
    }  # fmt: skip


async def propose(desk: Desk, interaction: Interaction, new: NewProposal) -> None:
    """Keep a proposal, and say under which number."""
    if await acting.must_wait(desk, interaction, acting.asker_of(interaction, private=True)):
        return
    await sending.defer(interaction, private=True)
    came = await asyncio.to_thread(desk.queue.propose, new)
    told = f"🙏 {came}" if isinstance(came, Proposed) else f"🚫 {escape(str(came))}"
    if isinstance(came, Proposed) and new.kind == "report":
        told = f"🙏 Thank you. This is report {came.proposal.id}; curators will look at it."
    if isinstance(came, Failed):
        told = "⚠️ Your report could not be kept. Please try again later."
    buttons: tuple[Row, ...] = ()
    if isinstance(came, Proposed):
        if new.tell != "no":
            told += " You will be told what came of it."
        buttons = (Row((press(Verb.WITHDRAW, "Take it back", came.proposal.id),)),)
    await sending.respond(interaction, Card((Text(told), *buttons)), private=True)


async def withdraw(desk: Desk, interaction: Interaction, pressed: Press) -> None:
    """Take back what one proposed oneself; everybody may."""
    person = Curator(rights.name_of(interaction), interaction.user.id)
    await working.hold_on(interaction)
    came = await asyncio.to_thread(desk.queue.withdraw, pressed.number, person)
    await sending.respond(interaction, pages.say(escape(str(came))), private=True)
