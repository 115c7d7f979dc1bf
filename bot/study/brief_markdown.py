"""A brief as a Markdown file: every line with its sources' numbers, and every source with its address."""

import re
from collections.abc import Sequence

from bot.knowledge.dates import spoken
from bot.knowledge.records import Source
from bot.study.brief import Brief, Item

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def write(made: Brief, sources: Sequence[tuple[int, Source]]) -> str:
    """The text of the file."""
    numbers = made.numbers()
    lines = [f"# {made.flag} {plain(made.name)}".replace("#  ", "# "), ""]
    lines += [f"Brief of {spoken(made.day.isoformat())}. Numbers are those of the sources below.", ""]
    for section in made.sections:
        lines += [f"## {plain(section.title[:1].upper() + section.title[1:])}", ""]
        lines += [f"- {_line(item, numbers)}" for item in section.items]
        if section.more:
            lines.append(f"- … and {section.more} more on file.")
        lines.append("")
    lines += ["## Sources", "", *(f"{number}. {source_line(source)}" for number, source in sources)]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """A text in which no sign means anything to Markdown."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _line(item: Item, numbers: dict[str, int]) -> str:
    period = f"**{plain(item.period)}:** " if item.period else ""
    seen = f" *(as of {plain(item.as_of)})*" if item.as_of and item.as_of not in item.period else ""
    return f"{period}{plain(item.text)}{seen} {marks(item, numbers)}"


def marks(item: Item, numbers: dict[str, int]) -> str:
    """The numbers of an item's sources: `[1, 3–5]`."""
    held = sorted({numbers[id_] for id_ in item.sources})
    runs: list[list[int]] = []
    for number in held:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"[{', '.join(told)}]"


def source_line(source: Source) -> str:
    """A source with its title, publisher, dates and address."""
    title = plain(source.title)
    told = f"[{title}](<{source.url}>)" if source.url else title
    published = f", {spoken(source.published)}" if source.published else ""
    return f"{plain(source.publisher)}: {told}{published} (read {spoken(source.accessed)})"
