"""Text from users and facts made harmless.

Comes in: any text. Goes out: text that Discord shows as it was written: no formatting, no mention, no link of its own,
nothing hidden, nothing that runs over other lines or turns them round. Must not know: where it is shown.

Every message is sent with no allowed mentions besides; what is done here keeps a mention from being drawn, too.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from bot.discord_app.limits import ISOLATE, POP, fit

MARKS = 4  # combining marks on one letter: Hebrew with cantillation and Vietnamese stay below, stacked noise does not

_JOINERS = "\u200c\u200d"  # Persian spelling and composed emoji need these two
_VISIBLE_FORMATS = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"  # Arabic signs that Unicode files as controls
)
_BLANKS = "\u115f\u1160\u3164\uffa0"  # letters that show nothing
_BREAK = "\u2060"  # word joiner: invisible, and no pattern of Discord's reads across it

_INDENT = re.compile(r"(?:[-+@]+ ?)? *")
_SIGNS = re.compile(r"[\\*_~`|\[\]<>]")
_STARTS = re.compile(r"^(\s*)([#+-])", re.MULTILINE)
_NUMBERS = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_CALLS = re.compile(r"@(?=everyone|here)|(?<=\\<)(?=[@#&/:a-z])", re.IGNORECASE)
_ADDRESSES = re.compile(r":(?=//)|:(?=\w+:)")
_INVITES = re.compile(r"\b(discord(?:app)?)\.(?=gg/|com/invite/|me/)", re.IGNORECASE)


def clean(text: str, *, lines: bool = False) -> str:
    """The text without what hides, turns round or piles up; one line, unless `lines`."""
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n"):
        kind = unicodedata.category(character)
        if character in "\n\t\v\f\r\x85\u2028\u2029" or kind == "Zs":
            kept.append("\n" if lines and kind != "Zs" and character != "\t" else " ")
            marks = MARKS  # a mark on a space would hang on whatever is put before it
        elif kind in ("Mn", "Me"):
            if kept and marks < MARKS:
                kept.append(character)
                marks += 1
        elif character in _JOINERS:
            if kept and not kept[-1].isspace() and kept[-1] not in _JOINERS:
                kept.append(character)
        elif kind == "Cs":
            kept.append("\ufffd")
        elif (kind in ("Cc", "Cf") and character not in _VISIBLE_FORMATS) or character in _BLANKS:
            continue
        else:
            kept.append(character)
            marks = 0
    text = "".join(kept)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip().rstrip(_JOINERS)


def escape(text: str, *, lines: bool = False) -> str:
    """Cleaned text as Discord markdown that shows just that text. Right-to-left lines are kept apart from the rest."""
    return "\n".join(_isolated(line, _escaped(line)) for line in clean(text, lines=lines).split("\n"))


def plain(text: str, limit: int) -> str:
    """Cleaned text for where Discord reads no markdown (a button, a choice, a title); "…" where nothing is left."""
    return fit(clean(text), limit) or "…"


def link(label: str, url: str | None, limit: int) -> str:
    """A masked link with an escaped label of at most `limit` characters; the label alone where `url` is no address."""
    # Discord draws no link whose label holds an address or an unpaired bracket.
    label = re.sub(r"\w+://", "", clean(label)).replace("[", "(").replace("]", ")")
    shown = fit(escape(label), limit) or "…"
    address = web_address(url)
    return f"[{shown}]({address})" if address else shown


def web_address(url: str | None) -> str | None:
    """An address that can stand in a masked link, or None: http or https, with a host, nothing that could end it."""
    if not url or any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs") for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return quote(url, safe=":/?#@!$&*+,;=%~-._")


def fence(text: str) -> str:
    """Text as a code block, which shows it as it is. A backtick could end the block, so it becomes an apostrophe."""
    return f"```\n{clean(text, lines=True).replace('`', chr(39)) or ' '}\n```"


def code(text: str, language: str = "") -> str:
    """The same for lines whose indentation says something: a file's, or a diff's."""
    lines = []
    for line in text.split("\n"):
        begun = _INDENT.match(line)
        lead = begun[0] if begun else ""
        lines.append(lead + clean(line[len(lead) :]).replace("`", "'"))
    return f"```{language}\n{chr(10).join(lines).strip(chr(10)) or ' '}\n```"


def blockquote(text: str, limit: int) -> str:
    """Text as a quotation of at most `limit` characters."""
    shown = fit(escape(text), limit - 2)
    return f"> {shown or '…'}"


def _escaped(line: str) -> str:
    line = _SIGNS.sub(r"\\\g<0>", line)
    line = _ADDRESSES.sub(r"\:", line)
    line = _STARTS.sub(r"\1\\\2", line)
    line = _NUMBERS.sub(r"\1\\\2", line)
    line = _CALLS.sub(lambda found: found.group() + _BREAK, line)
    return _INVITES.sub(rf"\1{_BREAK}.", line)


def _isolated(line: str, escaped: str) -> str:
    turned = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in line)
    return f"{ISOLATE}{escaped}{POP}" if turned else escaped
