"""A brief as a PDF of one page: the lines in two columns, the sources in three below them.

Comes in: a brief and its sources. Goes out: the bytes of the file. Letters shrink and titles of sources are shortened
until everything fits; what does not fit even then is left out line by line, and the page says so. The library that sets
it is imported when a page is set, and its letters come with the plotting library: no font of the machine is needed.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from bot.knowledge.dates import spoken
from bot.knowledge.records import Source
from bot.study.brief import Brief, Item
from bot.study.brief_markdown import marks

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK, SOFT, BLUE, RULE = "#1f2a33", "#62707c", "#1f5c99", "#c9d2da"
WIDTH, HEIGHT = 595.28, 841.89  # A4, in points
MARGIN, GAP, FOOT = 36.0, 16.0, 10.0
SIZES = (10.0, 9.5, 9.0, 8.6, 8.2, 7.8)  # of the lines; what is smaller is not read
TITLES = (90, 60, 40)  # letters of a source's title
TEXT, BOLD, ITALIC, HEADS, SPARE = "STIX", "STIX-Bold", "STIX-Italic", "DejaVu-Bold", "DejaVu"
_FILES = {
    TEXT: "STIXGeneral.ttf", BOLD: "STIXGeneralBol.ttf", ITALIC: "STIXGeneralItalic.ttf",
    HEADS: "DejaVuSans-Bold.ttf", SPARE: "DejaVuSans.ttf",
}  # fmt: skip

Flow = list[Any]  # flowables of reportlab


def write(made: Brief, cited: Callable[[Brief], Sequence[tuple[int, Source]]]) -> bytes:
    """The file. `cited` gives the sources of a brief, for one that was cut short cites fewer."""
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    page = _fit(made, cited)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, lang="en")
    canvas.setTitle(f"{made.name}: brief of {spoken(made.day.isoformat())}")
    canvas.setAuthor("Attaché")
    _draw(canvas, page)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@dataclass(slots=True)
class _Page:
    """What stands on the page, measured: heads, columns of lines and columns of sources, and their heights."""

    head: Flow
    columns: list[Flow]
    source_height: float
    sources: list[Flow]


def _fit(made: Brief, cited: Callable[[Brief], Sequence[tuple[int, Source]]]) -> _Page:
    """The page in the largest letters that fit, cut short only if not even the smallest do."""
    sources = cited(made)
    while (over := _set(made, sources, SIZES[-1], TITLES[-1])[1]) > 0:
        for _ in range(1 + int(over / (8 * SIZES[-1]))):  # two columns of lines of some 60 points, sources apart
            made = made.shorter()
        sources = cited(made)
    for size in SIZES:
        for letters in TITLES:
            page, over = _set(made, sources, size, letters)
            if over <= 0:
                return page
    raise AssertionError("what fitted in small letters fits no more")


def _set(made: Brief, sources: Sequence[tuple[int, Source]], size: float, letters: int) -> tuple[_Page, float]:
    """The page at these sizes, and by how many points it is too much for one."""
    wide, narrow = (WIDTH - 2 * MARGIN - GAP) / 2, (WIDTH - 2 * MARGIN - 2 * GAP) / 3
    head, listed = _head(made), _listed(sources, max(5.6, size - 2.6), letters)
    per_source, source_height = _columns(listed, narrow, 3)
    room = HEIGHT - 2 * MARGIN - _height(head, WIDTH - 2 * MARGIN) - source_height - GAP - FOOT
    columns, height = _columns(_lines(made, size), wide, 2)
    return _Page(head, columns, source_height, per_source), height - room


def _columns(flow: Flow, width: float, number: int) -> tuple[list[Flow], float]:
    """Flowables in columns of about the same height, in their order, and that height."""
    heights = [_height([one], width) for one in flow]
    low, high = max([0.0, *heights]), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(flow, heights, middle)) <= number else (middle, high)
    return _filled(flow, heights, high), high


def _filled(flow: Flow, heights: Sequence[float], most: float) -> list[Flow]:
    columns: list[Flow] = [[]]
    used = 0.0
    for one, height in zip(flow, heights, strict=True):
        if used + height > most + 0.01 and columns[-1]:
            columns.append([])
            used = 0.0
        columns[-1].append(one)
        used += height
    return columns


def _height(flow: Flow, width: float) -> float:
    return float(sum(one.wrap(width, HEIGHT)[1] + one.getSpaceAfter() for one in flow))


def _draw(canvas: "Canvas", page: _Page) -> None:
    from reportlab.lib.colors import HexColor

    top = _pour(canvas, page.head, MARGIN, HEIGHT - MARGIN, WIDTH - 2 * MARGIN)
    wide, narrow = (WIDTH - 2 * MARGIN - GAP) / 2, (WIDTH - 2 * MARGIN - 2 * GAP) / 3
    for place, column in enumerate(page.columns):
        _pour(canvas, column, MARGIN + place * (wide + GAP), top, wide)
    below = MARGIN + FOOT + page.source_height
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, below + GAP / 2, WIDTH - MARGIN, below + GAP / 2)
    for place, column in enumerate(page.sources):
        _pour(canvas, column, MARGIN + place * (narrow + GAP), below, narrow)


def _pour(canvas: "Canvas", flow: Flow, left: float, top: float, width: float) -> float:
    """Draw flowables below one another; where the last one ends."""
    for one in flow:
        _, height = one.wrap(width, HEIGHT)
        one.drawOn(canvas, left, top - height)
        top -= height + one.getSpaceAfter()
    return top


def _head(made: Brief) -> Flow:
    from reportlab.platypus import HRFlowable

    day = spoken(made.day.isoformat())
    return [
        _paragraph(_said(made.name, HEADS), HEADS, 20, INK, after=3),
        _paragraph(f"Brief of {day}. What is on file, with the day of each; numbers are those of the sources below.",
                   ITALIC, 9.5, SOFT, after=5),
        HRFlowable(width="100%", thickness=1.4, color=BLUE, spaceBefore=0, spaceAfter=8),
    ]  # fmt: skip


def _lines(made: Brief, size: float) -> Flow:
    """The sections; a head stays with its first line."""
    numbers, flow = made.numbers(), []
    for section in made.sections:
        title = section.title[:1].upper() + section.title[1:]
        head = f'<font name="{HEADS}" size="{size - 0.6}" color="{BLUE}">{_said(title, HEADS)}</font><br/>'
        told = [_line(item, numbers) for item in section.items]
        if section.more:  # never alone at the head of a column
            more = f'<font name="{ITALIC}" color="{SOFT}">… and {section.more} more on file.</font>'
            told[-1:] = ["<br/>".join((*told[-1:], more))]
        for place, text in enumerate(told):
            after = size * (0.9 if place == len(told) - 1 else 0.28)
            flow.append(_paragraph((head if place == 0 else "") + text, TEXT, size, INK, after=after))
    return flow


def _line(item: Item, numbers: dict[str, int]) -> str:
    period = f'<font name="{BOLD}">{_said(item.period, BOLD)}.</font> ' if item.period else ""
    seen = f"as of {item.as_of} " if item.as_of and item.as_of not in item.period else ""
    return f'{period}{_said(item.text, TEXT)} <font color="{SOFT}">{_said(seen, TEXT)} {marks(item, numbers)}</font>'


def _listed(sources: Sequence[tuple[int, Source]], size: float, letters: int) -> Flow:
    flow = []
    for number, source in sources:
        title = source.title if len(source.title) <= letters else source.title[: letters - 1].rstrip() + "…"
        told = f"{_said(source.publisher, TEXT)}: {_said(title, TEXT)}"
        if source.url:
            told = f'<a href={quoteattr(source.url)} color="{BLUE}">{told}</a>'
        published = f", {source.published}" if source.published else ""
        text = f'<font name="{BOLD}">{number}</font> {told}{published}'
        flow.append(_paragraph(text, TEXT, size, SOFT, after=0.6))
    return flow


def _paragraph(text: str, font: str, size: float, color: str, *, after: float) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line", fontName=font, fontSize=size, leading=size * 1.18, textColor=HexColor(color), spaceAfter=after,
        splitLongWords=1, allowWidows=0, allowOrphans=0,
    )  # fmt: skip
    return Paragraph(text, style)


def _said(text: str, font: str) -> str:
    """A text for a paragraph; letters that the font lacks are set in one that has more."""
    known = _fonts()[font]
    if known.issuperset(map(ord, text)):
        return escape(text)
    spare = f'<font name="{SPARE}">{{}}</font>'
    return "".join(escape(c) if ord(c) in known or c.isspace() else spare.format(escape(c)) for c in text)


@cache
def _fonts() -> dict[str, frozenset[int]]:
    """Make the fonts known to the library; which letters each has."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    found = find_spec("matplotlib")
    folder = Path(found.origin if found and found.origin else "").parent / "mpl-data" / "fonts" / "ttf"
    letters = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file))
        registerFont(font)
        letters[name] = frozenset(font.face.charToGlyph)
    return letters
