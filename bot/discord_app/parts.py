"""What a card is made of, without any library: texts, rules and rows of buttons inside one frame.

A card is data, so that it can be compared, measured and drawn by anything; `layout` turns it into what discord.py
sends.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.discord_app import limits
from bot.discord_app.custom_ids import Action, Kind, read, write
from bot.discord_app.escape import plain
from bot.questions.query import Query


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of Discord markdown."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the card."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `style` is `primary`, `secondary` or `danger`."""

    label: str
    custom_id: str
    style: str = "secondary"
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One to five buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu. `value` comes back when it is chosen; `chosen` is the one that is shown as chosen already."""

    label: str
    value: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of up to 25 options of which one is chosen."""

    custom_id: str
    prompt: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is sent along as a file of this name. `told` says in words what it shows."""

    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is sent along under this name, to be taken away."""

    name: str


Block = Text | Rule | Row | Menu | Picture | Attached


@dataclass(frozen=True, slots=True)
class Card:
    """A whole message. `accent` is a colour as 0xRRGGBB, or None.

    `held` are the queries that fit into no custom id: keep `query_text(query)` for each under the sent message's id and
    the slot, so that `custom_ids.resolve` finds it.
    """

    blocks: tuple[Block, ...]
    accent: int | None = None
    held: Mapping[int, Query] = field(default_factory=dict)

    def texts(self) -> Iterator[str]:
        """The markdown of all texts, in order."""
        return (block.markdown for block in self.blocks if isinstance(block, Text))

    def buttons(self) -> Iterator[Button]:
        """All buttons, in order."""
        return (button for block in self.blocks if isinstance(block, Row) for button in block.buttons)


def button(
    kind: Kind, label: str, query: Query | None = None, *, number: int = 0, style: str = "secondary",
    disabled: bool = False,
) -> Button:  # fmt: skip
    """A button that does something for a query; its label is fitted."""
    return Button(plain(label, limits.BUTTON_LABEL), write(kind, query, number), style, disabled)


def turner(
    kind: Kind, query: Query | None, page: int, pages: int, number: Callable[[int], int] = int
) -> list[Row]:  # fmt: skip
    """The row that turns pages; nothing where there is only one. `number` makes a button's number of a page."""
    if pages < 2:
        return []
    back = button(kind, "‹ Back", query, number=number(page - 1), disabled=page == 1)
    here = button(kind, f"{page} of {pages}", query, number=number(page), disabled=True)
    onward = button(kind, "Next ›", query, number=number(page + 1), disabled=page == pages)
    return [Row((back, here, onward))]


def held(blocks: Sequence[Block], queries: Mapping[int, Query | None]) -> dict[int, Query]:
    """Which queries, by slot, stand in no custom id of these blocks although a button needs them."""
    found: dict[int, Query] = {}
    for pressed in Card(tuple(blocks)).buttons():
        action = read(pressed.custom_id)
        if isinstance(action, Action) and action.held:
            query = queries.get(action.slot)
            if query is not None:
                found[action.slot] = query
    return found
