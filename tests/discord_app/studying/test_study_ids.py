"""The custom ids of those who learn alone: short enough, read back as written, and nothing else is taken for one."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app import custom_ids
from bot.discord_app.curating import ids as curating
from bot.discord_app.limits import CUSTOM_ID
from bot.discord_app.press_ids import Strange
from bot.discord_app.studying import quiz_ids
from bot.discord_app.studying.study_ids import (
    Held,
    Press,
    Scope,
    Verb,
    handle,
    held_of,
    of_key,
    of_last,
    read,
    scope_of,
    write,
)

topics = st.text(max_size=300).map(lambda text: f"entity:{text}")
scopes = st.builds(
    Scope, topic=st.one_of(st.just(""), topics), missed=st.booleans(), more=st.booleans()
) | st.builds(Scope, deck=st.integers(0, 2**53), missed=st.booleans(), more=st.booleans())  # fmt: skip


@given(st.sampled_from(Verb), st.integers(0, 9), scopes, st.text(max_size=300))
def test_every_button_fits_and_is_read_back(verb: Verb, number: int, scope: Scope, key: str) -> None:
    """Of the longest fact and the oddest topic, too."""
    held = Held(of_key(key), of_last(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)), scope)
    made = write(verb, number, held.text())
    assert len(made) <= CUSTOM_ID
    found = read(made)
    assert isinstance(found, Press)
    assert (found.verb, found.number) == (verb, number)
    back = held_of(found.word)
    shown = Scope(handle(scope.topic) if scope.topic else "", scope.deck, scope.missed, scope.more)
    assert back == Held(held.card, held.seen, shown)
    assert scope_of(shown.text()) == shown


@given(st.text(max_size=120) | st.text(max_size=90).map(lambda text: f"atts1:{text}"))
def test_nothing_else_is_read(text: str) -> None:
    """Whatever it is: no error."""
    found = read(text)
    assert found is None or isinstance(found, (Press, Strange))
    if isinstance(found, Press):
        for part in (held_of, scope_of):
            try:
                part(found.word)
            except ValueError:
                continue


def test_no_family_reads_another_s() -> None:
    """One button, one handler."""
    made = write(Verb.NEXT, 0, Scope("relation:x").text())
    assert (custom_ids.read(made), curating.read(made), quiz_ids.read(made)) == (None, None, None)
    assert read(quiz_ids.write(quiz_ids.Verb.NEXT, 1)) is None
    assert read(curating.write(curating.Verb.NEXT, 1)) is None
    assert read(custom_ids.write(custom_ids.Kind.STUDY)) is None
