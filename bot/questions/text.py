"""Normalises what somebody typed and cuts it into tokens and sentences.

Comes in: any text. Goes out: folded tokens that know where they stood. Must not know: any word of any language.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

MAX_CHARACTERS = 2000  # a longer text is refused, never cut: the lost end may hold the "not"

_MARKUP = re.compile(
    r"<a?:\w{1,32}:\d{1,20}>"  # custom emoji
    r"|<[@#][!&]?\d{1,20}>|<id:\w{1,20}>|<t:-?\d{1,14}(?::\w)?>|</[^<>]{1,64}:\d{1,20}>"  # mentions, times, commands
    r"|```\w*|`|\*{1,3}|~~|\|\||_{2,3}"
    r"|^\s*(?:>{1,3}|#{1,3}|-#|[-*])\s",
    re.MULTILINE,
)
_FOLDS = str.maketrans({
    "ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʻ": "'", "′": "'", "＇": "'",
    "‐": "-", "‑": "-", "–": "-", "—": " - ", "―": " - ", "−": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "؟": "?", "？": "?", "¿": " ", "¡": " ", "،": ",", "؛": ";", "。": ".", "…": "...",
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا",
})  # fmt: skip
_TOKEN = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}"  # a flag
    r"|\d+(?:[.,]\d+)+|\d+(?:st|nd|rd|th)\b|\d+s\b|\d+"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?"  # initialisms: U.S.A.
    r"|(?<![^\W_])[^\W\d_]/[^\W\d_](?![^\W_])"  # y/n
    r"|[^\W_]+(?:'[^\W_]+)*"
    r"|'s\b|\n|\.{2,}|[.?!;,:()/\"|+&=]|(?<!\w)-|-(?!\w)"
)
_ENDS = frozenset({".", "?", "!", ";", "\n", "..", "..."})
CLAUSE_MARKS = frozenset({",", ":", "-", "(", ")", "/", '"', "|", "+", "&", "="})


class Token(NamedTuple):
    """A word, number or mark. `text` is folded; `raw` is as typed; `start` and `end` are offsets into the input."""

    text: str
    raw: str
    start: int
    end: int

    @property
    def mark(self) -> bool:
        """Whether this is punctuation."""
        return self.text in CLAUSE_MARKS or self.text in _ENDS


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens up to a full stop, question mark or line end. `asked` tells of a question mark."""

    tokens: tuple[Token, ...]
    asked: bool


def fold(text: str) -> str:
    """The key under which spellings are compared: compatibility form, casefolded, without accents."""
    if text.isascii():
        return text.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDS))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", kept).casefold().translate(_FOLDS)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return fold(_visible(character))


def _visible(character: str) -> str:
    """A character, a space where it must not be seen, or nothing where it must not separate."""
    if character in "\n\r\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category == "Cf":  # zero-width and bidi controls
        return ""
    if category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
        return " "
    if category in ("So", "Sk") and not "\U0001f1e6" <= character <= "\U0001f1ff":
        return " " if character not in "`´" else "'"
    return character


_ASCII = {code: _folded(chr(code)) for code in range(128)}


def _folded_ascii(text: str) -> tuple[str, Sequence[int]]:
    """As `_folded_any`: each of these characters is folded to one."""
    return text.translate(_ASCII), range(len(text))


def _folded_any(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the index of the one that it comes from."""
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        out = _folded(character)
        folded.append(out)
        origin.extend([index] * len(out))
    return "".join(folded), origin


def tokenise(text: str) -> list[Token]:
    """Folded tokens of a text. Never raises, whatever the text."""
    cleaned = _MARKUP.sub(lambda found: " " * len(found.group()), text)
    joined, origin = _folded_ascii(cleaned) if cleaned.isascii() else _folded_any(cleaned)
    tokens: list[Token] = []
    for found in _TOKEN.finditer(joined):
        start, end = origin[found.start()], origin[found.end() - 1] + 1
        word, raw = found.group(), text[start:end]
        if len(word) > 2 and "." in word and word[0].isalpha():
            word = word.replace(".", "")
        if word.endswith("'s") and len(word) > 2:
            tokens.append(Token(word[:-2], raw[:-2], start, end - 2))
            tokens.append(Token("'s", raw[-2:], end - 2, end))
        else:
            tokens.append(Token(word, raw, start, end))
    return tokens


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name or phrase, without marks and possessives' signs."""
    return tuple(token.text for token in tokenise(text) if not token.mark)


def sentences(tokens: list[Token], abbreviations: frozenset[str] = frozenset()) -> list[Sentence]:
    """Cut at full stops, question marks and line ends; a stop behind an abbreviation (St. Lucia) does not cut."""
    found: list[Sentence] = []
    current: list[Token] = []
    for token in tokens:
        short = token.text == "." and bool(current) and current[-1].text in abbreviations
        if token.text not in _ENDS or short:
            if not short:
                current.append(token)
            continue
        if current:
            found.append(Sentence(tuple(current), token.text == "?"))
            current = []
        elif token.text == "?" and found:
            found[-1] = Sentence(found[-1].tokens, True)
    if current:
        found.append(Sentence(tuple(current), False))
    return found
