"""Discord's limits, and text fitted to them.

Comes in: text, plain or Discord markdown. Goes out: text that Discord accepts, cut where a reader would cut it. Must
not know: what the text says.

Sources: "openapi" is Discord's OpenAPI file (discord/discord-api-spec, specs/openapi.json), with the schema's name;
"reference" is the component reference of Discord's documentation, for the sums that the file leaves out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

MESSAGE_TEXT = 4000  # reference: all text displays of a message together
COMPONENTS = 40  # reference: all components of a message, those inside others too
ROW_BUTTONS = 5  # openapi ActionRowComponentForMessageRequest
BUTTON_LABEL = 80  # openapi ButtonComponentForMessageRequest
CUSTOM_ID = 100  # openapi ButtonComponentForMessageRequest; modals and inputs the same
CONTENT = 2000  # openapi IncomingWebhookInteractionRequest; documented for every message of a bot
CHOICES = 25  # openapi ApplicationCommandAutocompleteCallbackRequest
CHOICE = 100  # the same: a choice's name, and its text value
OPTIONS = 25  # openapi StringSelectComponentForMessageRequest
OPTION = 100  # openapi StringSelectOptionForRequest: label, value and description
PROMPT = 150  # openapi StringSelectComponentForMessageRequest: what stands in a menu before a choice
ALT_TEXT = 1024  # openapi MediaGalleryItemRequest: what a picture shows, in words
FILES = 10 << 20  # reference: bytes of all files of a message, where no server is boosted
MODAL_FIELDS = 5  # reference: the components of a modal
MODAL_TITLE = 45  # openapi ModalInteractionCallbackRequestData
MODAL_LABEL = 45  # openapi LabelComponentForModalRequest
MODAL_PLACEHOLDER = 100  # openapi TextInputComponentForModalRequest
MODAL_TEXT = 4000  # the same: what may be typed

ELLIPSIS = "…"
ISOLATE, POP = "\u2068", "\u2069"  # first strong isolate, pop directional isolate

_ZWJ = "\u200d"
# What must stay whole: a masked link, a mention or timestamp, an escaped sign.
_WHOLE = re.compile(r"\[(?:\\.|[^\[\]\\\n])*\]\([^()\s]*\)|<[^<>\s]{1,100}>|\\[^0-9A-Za-z\s]")


def size(text: str) -> int:
    """The length in UTF-16 units: never less than Discord's count, whichever of the two ways it counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> str:
    """The text, or its beginning with "…", in at most `limit` characters."""
    return cut(text, limit)[0]


def split(text: str, limit: int) -> list[str]:
    """The whole text in parts of at most `limit` characters; each but the last ends with "…"."""
    parts = []
    while text:
        part, text = cut(text, limit)
        parts.append(part)
    return parts


def cut(text: str, limit: int) -> tuple[str, str]:
    """A beginning of at most `limit` characters, marked with "…" if anything is left, and what is left.

    Nothing is cut within a grapheme, a link or an escape, nor within a word where a space is near. A single piece that
    is longer than the limit is left out.
    """
    if size(text) <= limit:
        return text, ""
    taken: list[str] = []
    used, open_, space = size(ELLIPSIS), 0, 0
    for piece in pieces(text):
        deeper = max(open_ + piece.count(ISOLATE) - piece.count(POP), 0)
        if used + size(piece) + deeper > limit:
            break
        taken.append(piece)
        used, open_ = used + size(piece), deeper
        if piece.isspace():
            space = len(taken)
    if not taken:
        return ELLIPSIS if limit else "", text[len(next(iter(pieces(text)))) :]
    begun = len(taken)
    if space > 0.6 * begun and not text[len("".join(taken)) :][:1].isspace():
        begun = space
    head = "".join(taken[:begun])
    rest = text[len(head) :].lstrip()
    left_open = max(head.count(ISOLATE) - head.count(POP), 0)
    return head.rstrip() + POP * left_open + ELLIPSIS, ISOLATE * left_open + rest if rest else ""


def paged(blocks: Iterable[str], budget: int, most: int = 1000) -> list[list[str]]:
    """Blocks of text on pages of at most `budget` characters, line breaks counted, and `most` blocks; at least one.

    A block that no page holds is carried over to the next.
    """
    pages: list[list[str]] = [[]]
    used = 0
    for block in blocks:
        for part in split(block, budget):
            if pages[-1] and (used + 1 + size(part) > budget or len(pages[-1]) >= most):
                pages.append([])
                used = 0
            used += size(part) + bool(pages[-1])
            pages[-1].append(part)
    return pages


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that must stay whole: links, mentions, escaped signs and graphemes."""
    index = 0
    while index < len(text):
        found = _WHOLE.match(text, index)
        end = found.end() if found else index + 1
        if not found and _regional(text[index]) and end < len(text) and _regional(text[end]):
            end += 1
        while end < len(text) and _continues(text[end - 1], text[end]):
            end += 1
        yield text[index:end]
        index = end


def _continues(before: str, character: str) -> bool:
    """Whether a character belongs to the grapheme before it (UAX 29, without the rules for rare scripts)."""
    if character in (_ZWJ, "\u200c") or unicodedata.category(character) in ("Mn", "Me", "Mc"):
        return True
    if before == _ZWJ:
        return not character.isspace()
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True  # skin tones, and the letters of a region's flag
    if "\u1160" <= character <= "\u11ff":
        return "\u1100" <= before <= "\u11ff"  # Hangul vowels and finals
    return before == "\r" and character == "\n"


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
