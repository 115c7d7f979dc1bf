"""Sources as people read them: a linked title, who published it and when."""

from collections.abc import Sequence

from bot.answers.words import Words
from bot.discord_app.escape import escape, link, web_address
from bot.discord_app.limits import fit, size
from bot.knowledge.records import Source

TITLE = 200
PUBLISHER = 80
BRIEF_TITLE = 60  # with publisher and date, about one row of small print on a wide screen
BRIEF_PUBLISHER = 30
_NBSP = "\u00a0"  # a date broken over two rows reads badly


def published(words: Words, source: Source) -> str:
    """When a source came out: "31 August 2025", "undated"; "(inferred)" where the page itself does not say."""
    if not source.published:
        return "undated"
    return f"{words.date(source.published)}{' (inferred)' if source.inferred else ''}".replace(" ", _NBSP)


def brief(words: Words, ids: Sequence[str], budget: int, most: int) -> list[str]:
    """The first sources as lines of small print, and how many more there are, in at most `budget` characters."""
    lines: list[str] = []
    left = budget - len("\n-# and 1000000 more")
    for id_ in ids[:most]:
        source = words.kb.source(id_)
        told = f"-# {fit(escape(source.publisher), BRIEF_PUBLISHER)}, {published(words, source)} · "
        line = told + link(source.title, source.url, BRIEF_TITLE)
        if size(line) > left:  # an endless address: say what the source is, the page of sources links it
            line = told + link(source.title, None, BRIEF_TITLE)
        if size(line) > left:
            break
        left -= size(line) + 1
        lines.append(line)
    more = len(ids) - len(lines)
    return [*lines, f"-# and {more} more"] if more else lines


def full(words: Words, number: int, id_: str, budget: int) -> str:
    """One source with all that is known of it, in at most `budget` characters; what is too long loses its link."""
    source = words.kb.source(id_)
    seen = f"{published(words, source)} · {source.kind} · read on {words.date(source.accessed)}"
    told = f"\n-# {fit(escape(source.publisher), PUBLISHER)} · {seen}"
    kept = f" · {link('archived copy', source.archive_url, 40)}" if web_address(source.archive_url) else ""
    for url, more in ((source.url, kept), (source.url, ""), (None, "")):
        text = f"**{number}.** {link(source.title, url, TITLE)}{told}{more}"
        if size(text) <= budget:
            return text
    return fit(text, budget)
