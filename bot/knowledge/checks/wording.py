"""Checks of the wording of answers: a key or place that is misspelt would be passed over in silence."""

import re

from bot.knowledge.checks.ledger import Ledger, near

# How a statement may stand. Each may be worded for a past day apart, as `<outcome>_then`.
OUTCOMES = frozenset({
    "yes", "no", "ended", "was", "not_yet", "began", "began_else", "began_open", "disputed", "claimed",
    "implied", "implied_was", "unlisted_yes", "unlisted_no",
})  # fmt: skip

# What else an answer may say; `detail_<detail>` and `detail_<detail>_of` besides. knowledge/README.md says when.
KEYS = frozenset({
    "reading", "reading_not", "no_record", "no_list", "no_row", "not_each", "no_detail", "not_existing",
    "none_changed", "none_over", "over", "when", "when_by", "when_ended", "when_end", "when_again",
    "no_since", "which", "which_not",
    "which_open", "which_not_open", "which_none", "which_not_none", "which_minus", "changed", "changed_open",
    "how_many", "how_many_not", "counts", "any_yes", "any_no", "any_open",
    "overview", "line", "line_not",
    "line_claimed", "line_disputed", "line_detail", "detail",
})  # fmt: skip

# What a template may be filled with, besides the relation's narrowings.
PLACES = frozenset({
    "subject", "object", "object_stated", "named", "among", "minus", "without", "rank", "at", "mode", "since",
    "until", "since_day", "earlier",
    "on_since", "on_until", "as_of", "on_as_of", "date", "list", "count", "counts", "value", "of", "whose", "period",
    "text", "by", "claimed_by", "entity", "start", "when",
})  # fmt: skip

_PLACE = re.compile(r"\{([^{}]*)\}")


def check_wording(ledger: Ledger) -> None:
    """Check every answer and message: known keys, known places, brackets that close."""
    for file in ledger.rows.intents:
        relation = ledger.rows.relations.get(file["relation"], {})
        keys = KEYS | OUTCOMES | {f"{outcome}_then" for outcome in OUTCOMES}
        keys |= {f"detail_{detail}{of}" for detail in relation.get("details", {}) for of in ("", "_of")}
        places = PLACES | set(relation.get("narrows", {}))
        entries = [(f"intents {file['relation']}", file), *((f"intent {id_}", i) for id_, i in file["intents"].items())]
        for key, entry in entries:
            for name, template in entry.get("answers", {}).items():
                if name not in keys and "relations" not in ledger.rows.unread:
                    hint = f"see the list in knowledge/README.md{near(name, keys)}"
                    ledger.say(key, f"there is no answer '{name}'", hint)
                _check_template(ledger, key, name, template, places)
    for name, template in ledger.rows.shared.get("messages", {}).items():
        _check_template(ledger, "shared", name, template, PLACES)


def _check_template(ledger: Ledger, key: str, name: str, template: str, places: frozenset[str]) -> None:
    for place in _PLACE.findall(template):
        if place not in places and "relations" not in ledger.rows.unread:
            hint = f"see the list in knowledge/README.md{near(place, places)}"
            ledger.say(key, f"'{name}' has no place {{{place}}}", hint)
    bare = _PLACE.sub("", template)
    if re.search(r"[{}]", bare) or not _closes(bare):
        ledger.say(key, f"in '{name}' a bracket is not closed", "mend the brackets")


def _closes(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return False
    return depth == 0
