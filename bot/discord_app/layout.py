"""A card as discord.py sends it: Components V2, one container.

Why Components V2 and not an embed:

- Somebody who has switched off "show embeds", and a channel where the bot lacks Embed Links, would see no answer at
  all in an embed; texts of Components V2 are always shown.
- Rules, headings and rows of buttons stand inside the frame where they belong, and buttons of a clarify between texts;
  an embed has all buttons below it and two sizes of text.
- A source's address is never unfurled into a preview that buries the answer.

What it costs: such a message has no `content`, so a reply to it carries none, and search does not find it. Both hold
for an embed too. Plain replies, slash and menu answers, private ones and edits after a defer all take the same view.
"""

from typing import Any

import discord
from discord import ui

from bot.discord_app.limits import ALT_TEXT, fit
from bot.discord_app.parts import Attached, Block, Button, Card, Menu, Picture, Rule, Text

_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "danger": discord.ButtonStyle.danger,
}


def layout(card: Card) -> ui.LayoutView:
    """The view to pass as `view=` (with no content and no embed). Call it within the event loop.

    The view is stopped, so that discord.py keeps nothing of it: buttons are told apart by their custom ids alone,
    whatever message they are on and whoever sent it.
    """
    view = ui.LayoutView(timeout=None)
    items = [_item(block) for block in card.blocks]
    view.add_item(ui.Container[ui.LayoutView](*items, accent_colour=card.accent))
    view.stop()
    return view


def components(card: Card) -> list[dict[str, Any]]:
    """What `layout` would send, as Discord's API names it."""
    made: list[dict[str, Any]] = layout(card).to_components()  # type: ignore[no-untyped-call]
    return made


def _item(block: Block) -> ui.Item[ui.LayoutView]:
    if isinstance(block, Text):
        return ui.TextDisplay(block.markdown)
    if isinstance(block, Rule):
        return ui.Separator()
    if isinstance(block, Menu):
        return ui.ActionRow(_menu(block))
    if isinstance(block, Picture):
        told = fit(block.told, ALT_TEXT)
        return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{block.name}", description=told))
    if isinstance(block, Attached):
        return ui.File(f"attachment://{block.name}")
    return ui.ActionRow(*(_button(button) for button in block.buttons))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(
        label=button.label, custom_id=button.custom_id, style=_STYLES[button.style],
        disabled=button.disabled,
    )  # fmt: skip


def _menu(menu: Menu) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(
            label=option.label, value=option.value, description=option.hint or None, default=option.chosen
        )
        for option in menu.options
    ]
    return ui.Select(custom_id=menu.custom_id, placeholder=menu.prompt, options=options)
