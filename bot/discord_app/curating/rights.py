"""Who may do what: looked at for every command and again for every button and form.

Comes in: an interaction. Goes out: the curator or the owner who acts, or nothing once they were told that they may not.
"""

from bot.curation.curators import Curators
from bot.curation.drafts import Curator
from bot.discord_app import pages, sending
from bot.discord_app.aliases import Interaction
from bot.discord_app.desk import PROMPT, Desk

ONLY_CURATORS = "🚫 Only curators can do that. **/suggest** is for everybody: a curator looks at what you propose."
ONLY_OWNER = "🚫 Only who runs me can do that."
_UNKNOWN = "⚠️ I could not look up whether you may do that. Please try again in a moment."


def curators(desk: Desk) -> Curators:
    """The curators as the settings and the owner have them now."""
    settings = desk.settings
    return Curators(desk.store, lambda: desk.now(), desk.owners, settings.curator_ids, settings.curator_role_ids)


def name_of(interaction: Interaction) -> str:
    """The name under which somebody's changes stand in the public trail."""
    return interaction.user.display_name


def roles_of(interaction: Interaction) -> tuple[int, ...]:
    """The roles of who acts, in the server in which they act."""
    return tuple(role.id for role in getattr(interaction.user, "roles", ()))


async def curator(desk: Desk, interaction: Interaction) -> Curator | None:
    """Who acts, as a curator; otherwise they are told privately why not."""
    person, roles, guild = interaction.user.id, roles_of(interaction), interaction.guild_id
    may = await desk.kept(lambda: curators(desk).may_curate(person, roles, guild), PROMPT)
    if may:
        return Curator(name_of(interaction), person)
    await sending.respond(interaction, pages.say(_UNKNOWN if may is None else ONLY_CURATORS), private=True)
    return None


async def owner(desk: Desk, interaction: Interaction) -> bool:
    """Whether who acts runs the bot; otherwise they are told privately."""
    if curators(desk).may_appoint(interaction.user.id):
        return True
    await sending.respond(interaction, pages.say(ONLY_OWNER), private=True)
    return False
