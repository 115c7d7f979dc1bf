"""Makes the ids that nobody types: of a new fact as its neighbours have them, of a new source by who published what.

Comes in: words and the ids that are taken. Goes out: an id. Also tells whether two addresses are of one page.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.knowledge.records import Row

LONGEST = 80
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_cid|mc_eid|ref|ref_src")
_YEAR = re.compile(r"[12][0-9]{3}")


def slug(text: str, most: int = LONGEST) -> str:
    """A text as a part of an id: plain lower-case words joined by hyphens, at most so long."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    made = ""
    for word in words:
        if made and len(made) + len(word) + 1 > most:
            break
        made = f"{made}-{word}" if made else word[:most]
    return made


def fact_id(row: Row, neighbours: Iterable[Row], taken: Container[str]) -> str:
    """The id of a new fact: the neighbours' pattern with other participants, else relation and participants."""
    mine = _people(row)
    made = "-".join([slug(row["relation"]), *mine[:3]])[:LONGEST].strip("-")
    for neighbour in neighbours:
        theirs = _people(neighbour)
        if neighbour["relation"] == row["relation"] and len(theirs) == len(mine):
            found = _patterned(neighbour["id"], theirs, mine)
            if found:
                made = found
                break
    began = _YEAR.search(str(row.get("since") or ""))
    for ending in ("", f"-{began[0]}" if began else "-2", *(f"-{number}" for number in range(2, 10_000))):
        if f"{made}{ending}" not in taken:
            return f"{made}{ending}"
    raise AssertionError("no id is left")


def _people(row: Row) -> list[str]:
    return list(dict.fromkeys(participant[0] for role in row["roles"] for participant in role))


def _patterned(id_: str, theirs: Sequence[str], mine: Sequence[str]) -> str:
    """A neighbour's id with other participants; empty where it does not consist of them and of words that recur."""
    made, replaced = id_, []
    for number, who in enumerate(theirs):
        pattern = re.compile(rf"(?<![a-z0-9]){re.escape(who)}(?![a-z0-9])")
        if pattern.search(made):
            made = pattern.sub(f"\0{number}\0", made, count=1)
            replaced.append(number)
    different = {number for number, (one, two) in enumerate(zip(theirs, mine, strict=True)) if one != two}
    if not replaced or not different <= set(replaced):
        return ""
    if _YEAR.search(made.rpartition("\0")[2]):  # a year of the neighbour's own
        made = made[: made.rindex("\0") + 1]
    for number, who in enumerate(mine):
        made = made.replace(f"\0{number}\0", who)
    return made[:LONGEST].strip("-")


def source_id(publisher: str, published: str, title: str, about: Iterable[str], taken: Container[str]) -> str:
    """The id of a new source: its publisher, its date and what it is about."""
    who = slug(re.split(r"[(,;/|]", publisher)[0], 20) or "page"
    what = next((slug(word, 30) for word in about if slug(word)), slug(title, 30))
    made = "-".join(part for part in (who, published, what) if part) or "page"
    for ending in ("", *(f"-{number}" for number in range(2, 10_000))):
        if f"{made}{ending}" not in taken:
            return f"{made}{ending}"
    raise AssertionError("no id is left")


def address(url: str) -> str:
    """An address as it is however it was copied: without scheme, `www.`, fragment, tracking or a slash at the end."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url.strip()
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    ]
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{where}{parts.path.rstrip('/')}{query}"
