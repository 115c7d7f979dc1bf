"""Curators' buttons, menus and forms: told apart by their custom ids alone, however old the message is.

Comes in: an interaction. Goes out: a call of what does it. Who may is looked at where it is done.
"""

from collections.abc import Awaitable, Callable

import discord

from bot.discord_app import sending
from bot.discord_app.acting import data_of
from bot.discord_app.aliases import Interaction
from bot.discord_app.curating import adding, fact_commands, review, saving, suggesting, work_lists, working
from bot.discord_app.curating.ids import FORMS, Press, Verb, read
from bot.discord_app.desk import Desk
from bot.discord_app.views import gone_card

Handler = Callable[[Desk, Interaction, Press], Awaitable[None]]

HANDLERS: dict[Verb, Handler] = {
    Verb.SAVE: saving.save, Verb.AGAIN: working.again, Verb.CANCEL: working.cancel, Verb.WHOLE: working.whole,
    Verb.BEGIN: working.begin_again, Verb.BEGIN_FORM: working.fill, Verb.WORDS: working.ask,
    Verb.WORDS_FORM: working.fill, Verb.DATES: working.ask, Verb.DATES_FORM: working.fill, Verb.SOURCE: working.ask,
    Verb.SOURCE_FORM: working.fill, Verb.SIDE: working.ask, Verb.SIDE_FORM: working.fill, Verb.UNDO: saving.undo,
    Verb.FACT: fact_commands.pressed_fact, Verb.CHOSEN: fact_commands.chosen, Verb.FOUND: fact_commands.turned,
    Verb.CHANGES: fact_commands.turned_history, Verb.CHANGE: fact_commands.chosen_change,
    Verb.ACCEPT: review.accept, Verb.REJECT: review.reject, Verb.REJECT_FORM: review.rejected, Verb.SKIP: review.skip,
    Verb.NEXT: review.go_on, Verb.SUGGEST_FORM: suggesting.suggested, Verb.WITHDRAW: suggesting.withdraw,
    Verb.STALE: work_lists.stale_turned, Verb.GAPS: work_lists.gaps_turned, Verb.GAP: work_lists.gap_chosen,
    Verb.TEACH: work_lists.teach, Verb.TURNED: work_lists.turn, Verb.HIDE: work_lists.hide,
    Verb.UNHIDE: work_lists.hide, Verb.PLACES: adding.begin, Verb.RELATION: adding.relation_chosen,
    Verb.PLACE: adding.place_chosen, Verb.NARROWER: adding.narrower_chosen, Verb.NAMES: adding.ask_names,
    Verb.NAMES_FORM: adding.names_sent, Verb.READY: adding.ready,
}  # fmt: skip


async def pressed(desk: Desk, interaction: Interaction) -> None:
    """Act on a button, menu or form, if it is a curator's."""
    found = read(str(data_of(interaction).get("custom_id", "")))
    if found is None:
        return
    sent = interaction.type is discord.InteractionType.modal_submit
    if not isinstance(found, Press) or (found.verb in FORMS) != sent:
        await sending.respond(interaction, gone_card(1), private=True)
        return
    await HANDLERS[found.verb](desk, interaction, found)
