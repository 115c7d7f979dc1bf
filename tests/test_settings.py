"""Settings are read from the environment and `.env`; what is wrong is told without the value."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, settings

SHAPED = "MTE2MDMyNTQzODcyNjg2NDk5OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
APPLICATION = 1160325438726864999
ANNA, BORIS = 268473310986240001, 412347257233604609


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No settings but those of the test: an empty folder, no variables, nothing read before."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_defaults() -> None:
    """What holds where nobody set anything."""
    held = settings()
    assert held.discord_token.get_secret_value() == ""
    assert (held.owner_ids, held.message_content) == (frozenset(), False)
    assert (held.cooldown_questions, held.cooldown_seconds) == (20, 60.0)
    assert (held.log_format, held.log_level, held.operator_contact) == ("text", "info", "")


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the token is concerned, and only if it says something."""
    Path(".env").write_text(f"DISCORD_TOKEN={SHAPED}\nLOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.setenv("DISCORD_TOKEN", "another")
    monkeypatch.setenv("LOG_LEVEL", "")
    held = settings()
    assert (held.discord_token.get_secret_value(), held.log_level) == ("another", "debug")
    monkeypatch.delenv("DISCORD_TOKEN")
    settings.cache_clear()
    assert settings().discord_token.get_secret_value() == SHAPED


def test_a_token_is_taken_without_what_copying_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line end in a header would be refused by the library, with the header in its message."""
    monkeypatch.setenv("DISCORD_TOKEN", f"  {SHAPED}\r\n")
    assert settings().discord_token.get_secret_value() == SHAPED


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{ANNA}", {ANNA}),
        (f"{ANNA},{BORIS}", {ANNA, BORIS}),
        (f" {ANNA} ,, {BORIS}  {ANNA}\t", {ANNA, BORIS}),
        (",", set()),
    ],
)
def test_owners(monkeypatch: pytest.MonkeyPatch, text: str, ids: set[int]) -> None:
    """Commas, spaces, or both."""
    monkeypatch.setenv("OWNER_IDS", text)
    assert settings().owner_ids == ids


@pytest.mark.parametrize(
    ("text", "on"), [("", True), ("on", True), ("off", False), ("Off", False), ("false", False), ("0", False)]
)
def test_a_second_curator(monkeypatch: pytest.MonkeyPatch, text: str, on: bool) -> None:
    """Wanted, unless somebody who curates alone says otherwise."""
    monkeypatch.setenv("SECOND_CURATOR", text)
    assert settings().second_curator is on


def test_the_page_of_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number has a place in the address."""
    monkeypatch.setenv("COMMIT_URL", " https://example.org/kb/commit/{commit} ")
    assert settings().commit_url == "https://example.org/kb/commit/{commit}"


NO_PAGE = "COMMIT_URL: not the address of a page with {commit} in it"
WRONG = [
    ("CURATOR_IDS", f"{ANNA} boris", "CURATOR_IDS: not an id: entry 2;"),
    ("CURATOR_ROLE_IDS", "@keepers", "CURATOR_ROLE_IDS: not an id: entry 1;"),
    ("SECOND_CURATOR", "perhaps", "SECOND_CURATOR: Input should be a valid boolean"),
    ("COMMIT_URL", "https://kb.example/c/", NO_PAGE),
    ("COMMIT_URL", "ftp://example.org/{commit}", NO_PAGE),
    ("COMMIT_URL", "https://example.org/{commit}/{other}", NO_PAGE),
    ("OWNER_IDS", f"{ANNA}, anna, <@{BORIS}>", "OWNER_IDS: not an id: entry 2, 3; write the 15 to 20 digits"),
    ("OWNER_IDS", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "OWNER_IDS: not an id: entry 1;"),
    ("OWNER_IDS", SHAPED, "OWNER_IDS: not an id: entry 1;"),
    ("MESSAGE_CONTENT", "perhaps", "MESSAGE_CONTENT: Input should be a valid boolean"),
    ("COOLDOWN_QUESTIONS", "-1", "COOLDOWN_QUESTIONS: Input should be greater than or equal to 0"),
    ("COOLDOWN_QUESTIONS", "six", "COOLDOWN_QUESTIONS: Input should be a valid integer"),
    ("COOLDOWN_SECONDS", "0", "COOLDOWN_SECONDS: Input should be greater than 0"),
    ("COOLDOWN_SECONDS", "nan", "COOLDOWN_SECONDS: Input should be a finite number"),
    ("LOG_FORMAT", "xml", "LOG_FORMAT: Input should be 'text' or 'json'"),
    ("LOG_LEVEL", SHAPED, "LOG_LEVEL: Input should be 'debug', 'info', 'warning' or 'error'"),
    ("OPERATOR_CONTACT", "x" * 201, "OPERATOR_CONTACT: String should have at most 200 characters"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_wrong_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    """The setting and what it takes; never the value, and nothing behind it that would show the value."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings()
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(said)
    shown = "".join(traceback.format_exception(caught.value))
    assert value not in shown or len(value) < 5


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one message."""
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("OWNER_IDS", "anna")
    with pytest.raises(SettingsError, match=r"see \.env\.example: OWNER_IDS: .*; LOG_LEVEL: "):
        settings()


def test_a_file_that_cannot_be_read() -> None:
    """Named, without its contents."""
    Path(".env").write_bytes(b"DISCORD_TOKEN=secret\xff\n")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 at byte 20; save it as UTF-8") as caught:
        settings()
    assert "secret" not in "".join(traceback.format_exception(caught.value))


def test_the_token_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither where settings are printed, nor where another one is wrong, nor in a log."""
    monkeypatch.setenv("DISCORD_TOKEN", SHAPED)
    monkeypatch.setenv("STATE_URL", "postgresql://bot:hidden@host/attache")
    held = settings()
    logging.getLogger("bot").warning("%s %r", held, held)
    assert SHAPED not in f"{held!r} {held} {held.discord_token} {held.model_dump()} {held.model_dump_json()}"
    assert "hidden" not in repr(held)
    monkeypatch.setenv("LOG_LEVEL", "loud")
    settings.cache_clear()
    with pytest.raises(SettingsError) as caught:
        settings()
    assert SHAPED not in "".join(traceback.format_exception(caught.value)) + caplog.text


@pytest.mark.parametrize(
    ("text", "application"),
    [
        (SHAPED, APPLICATION),
        ("", None),
        (f"Bot {SHAPED}", None),
        (SHAPED.rpartition(".")[0], None),
        ("YWJjZGVmZ2hpamtsbW5vcHE.GhIjKl.abcdefghijklmnopqrstuvwxyz0", None),  # letters
        ("MTE2MDMyNTQzODcyNjg2NDk5O.GhIjKl.abcdefghijklmnopqrstuvwxyz0", None),  # no whole number of bytes
        ("____________________________.GhIjKl.abcdefghijklmnopqrstuvwxyz0", None),  # no text
    ],
)
def test_the_application_of_a_token(text: str, application: int | None) -> None:
    """Its first part says whose it is."""
    assert Settings(_env_file=None, discord_token=text).application_id() == application
