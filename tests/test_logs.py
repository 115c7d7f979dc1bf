"""A record is one line, whatever it is about, and holds nothing that somebody wrote or that must stay secret."""

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

WRITTEN = "what somebody wrote"
SHAPED = "MTE2MDMyNTQzODcyNjg2NDk5OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def _untouched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is set up for the whole process is undone."""
    loggers = [logging.getLogger(name) for name in ("", "bot", *logs.FLOORS, *logs.ALWAYS_WARN)]
    levels = [logger.level for logger in loggers]
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    yield
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == "attache"]:
        root.removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def lines(write: Callable[[], object], form: Any = "text", level: Any = "info") -> list[str]:
    """What is written to the log meanwhile."""
    stream = io.StringIO()
    logs.set_up(form, level, stream)
    write()
    return stream.getvalue().splitlines()


def line(write: Callable[[], object]) -> str:
    """The one line of text that is written meanwhile, without its time."""
    (only,) = lines(write)
    return only.partition(" ")[2]


def record(write: Callable[[], object], level: Any = "info") -> dict[str, Any]:
    """The one object that is written meanwhile."""
    (only,) = lines(write, "json", level)
    told = json.loads(only)
    assert isinstance(told, dict)
    return told


def fail(text: str = WRITTEN) -> None:
    """Raise, from another exception."""
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(text) from error


def failing(write: Callable[[], object]) -> Callable[[], None]:
    """Write while an exception is handled."""

    def run() -> None:
        try:
            fail()
        except ValueError:
            write()

    return run


own = structlog.get_logger("bot.somewhere")


# --- form


def test_a_line_of_text() -> None:
    """Time in UTC with seconds, level, event, what goes with it, the logger."""
    (told,) = lines(lambda: own.info("ready", guilds=3, name="two words", none=None, on=True))
    time, _, rest = told.partition(" ")
    assert len(time) == len("2026-11-22T14:00:00Z")
    assert time.endswith("Z")
    assert rest == 'info ready guilds=3 name="two words" none=null on=true logger=bot.somewhere'


def test_an_object() -> None:
    """The same, for programs. An id stays exact."""
    told = record(lambda: own.warning("not ready", guild=613425648685547541, shards=[1, {"a": 2.5}]))
    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "warning", "event": "not ready", "guild": "613425648685547541", "shards": [1, {"a": 2.5}],
        "logger": "bot.somewhere",
    }  # fmt: skip


def test_a_logger_without_a_name_is_its_module() -> None:
    """As the rooms of the bot get it."""
    assert record(lambda: structlog.get_logger().info("x"))["logger"] == __name__


def test_values_stay_in_their_line() -> None:
    """Line ends, controls and directions are escaped; quotes too."""
    told = line(lambda: own.info("a\nb", x="\x1b[31m\u202e\u2028\r", y='say "so"', z="a=b\\", empty=""))
    assert told == (r'info "a\nb" x="\u001b[31m\u202e\u2028\r" y="say \"so\"" z="a=b\\" empty="" logger=bot.somewhere')


@given(st.text(), st.recursive(st.text() | st.floats() | st.integers() | st.none(), lambda held: st.lists(held)))
def test_whatever_is_logged_is_one_line_and_json(event: str, value: Any) -> None:
    """For any event and value, in both forms; letters that are seen stay as they are."""
    for form in ("text", "json"):
        (told,) = lines(lambda: own.info(event, value=value), form)
        assert told.isprintable()
    assert json.loads(told)["level"] == "info"
    if len(event) < logs.LONGEST and "." not in event:
        assert json.loads(told)["event"] == event


def test_objects_are_told_by_their_type() -> None:
    """Their own words may hold a name or a message."""

    class Member:
        def __repr__(self) -> str:
            return WRITTEN

    assert "who=<Member>" in line(lambda: own.info("x", who=Member()))
    assert "error=ValueError " in line(lambda: own.info("x", error=ValueError(WRITTEN)))


def test_a_long_value_is_cut() -> None:
    """And a nested one ends somewhere."""
    nested: list[Any] = []
    nested.append(nested)
    told = record(lambda: own.info("x", long="word " * 10_000, nested=nested))
    assert len(told["long"]) == logs.LONGEST + 1
    assert told["nested"] == [[["<list>"]]]


# --- whose records, from which level


def test_other_loggers_write_the_same_lines() -> None:
    """As discord.py, aiohttp and Alembic do."""
    told = line(lambda: logging.getLogger("discord.client").info("Shard ID %s is %r", 0, "up"))
    assert told == "info \"Shard ID 0 is 'up'\" logger=discord.client"
    told = line(lambda: logging.getLogger("alembic.runtime").info("Running %(step)s", {"step": "one"}))
    assert told == 'info "Running one" logger=alembic.runtime'


@pytest.mark.parametrize("name", ["discord.gateway", "discord.http", "aiohttp.client", "asyncio", "some.library"])
def test_debug_is_of_the_bot_alone(name: str) -> None:
    """Whatever LOG_LEVEL says: other loggers' DEBUG lines hold payloads."""

    def write() -> None:
        logging.getLogger(name).debug("payload %s", WRITTEN)
        own.debug("mine")

    (told,) = lines(write, level="debug")
    assert "debug mine" in told


def test_levels() -> None:
    """Less than LOG_LEVEL is left out, but for rate limits and a gateway that falls behind."""

    def write() -> None:
        own.warning("left out")
        logging.getLogger("discord.client").warning("left out")
        logging.getLogger("discord.http").info("left out")
        for name in logs.ALWAYS_WARN:
            logging.getLogger(name).warning("kept")
        own.error("kept")

    assert [("kept" in told) for told in lines(write, level="error")] == [True] * 3
    assert lines(lambda: logging.getLogger("sqlalchemy.engine").info("SELECT"), level="debug") == []


def test_set_up_twice_writes_once() -> None:
    """The second stream replaces the first; other handlers stay."""
    root = logging.getLogger()
    other = logging.NullHandler()
    root.addHandler(other)
    try:
        first = io.StringIO()
        logs.set_up("text", "info", first)
        assert len(lines(lambda: own.info("x"))) == 1
        assert first.getvalue() == ""
        assert other in root.handlers
    finally:
        root.removeHandler(other)


def test_standard_error_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is for answers."""
    logs.set_up("text", "info")
    own.info("x")
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


# --- exceptions


def test_an_exception_is_its_type_and_its_places() -> None:
    """The innermost first, and what it came from; never its text."""
    told = record(failing(lambda: own.exception("failed")))
    assert told["level"] == "error"
    error, cause = told["exception"].split(" from ")
    assert error.startswith("ValueError at tests/test_logs.py:")
    assert error.split(" < ")[0].endswith(" in fail")
    assert error.split(" < ")[1].endswith(" in failing.<locals>.run")
    assert cause.startswith("KeyError at tests/test_logs.py:")
    assert WRITTEN not in json.dumps(told)


@pytest.mark.parametrize(
    "write",
    [
        lambda: logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message"),
        lambda: logging.getLogger("discord.client").error("failed", exc_info=sys.exc_info()),
        lambda: logging.getLogger("discord.client").error("failed: %s %r", sys.exc_info()[1], sys.exc_info()[1]),
        lambda: logging.getLogger("somebody").exception(sys.exc_info()[1]),
        lambda: own.error("failed", exc_info=sys.exc_info()[1]),
        lambda: own.info("failed", held=[sys.exc_info()[1]]),
    ],
    ids=["exception", "exc_info", "argument", "the exception as text", "own", "value"],
)
def test_however_an_exception_comes_in(write: Callable[[], object]) -> None:
    """It is told in its line, without its text."""
    told = line(failing(write))
    assert "ValueError at tests/test_logs.py:" in told
    assert "KeyError" in told
    assert WRITTEN not in told


def test_numbers_of_an_exception_are_told() -> None:
    """They say what a message would."""
    assert logs.described(OSError(28, WRITTEN)) == "OSError(errno=28)"


def test_a_deep_exception_is_cut_to_its_innermost_places() -> None:
    """And a chain that bites its tail ends."""

    def down(depth: int) -> None:
        if depth:
            down(depth - 1)
        raise ValueError(WRITTEN)

    with pytest.raises(ValueError, match=WRITTEN) as caught:
        down(50)
    error = caught.value
    assert logs.described(error).count(" in ") == logs.FRAMES
    error.__cause__ = KeyError()
    error.__cause__.__cause__ = error
    assert logs.described(error).count(" from ") == 1


def test_a_group_tells_what_it_holds() -> None:
    """Of tasks that failed together."""
    group = ExceptionGroup(WRITTEN, [ValueError(WRITTEN), OSError(5, WRITTEN)])
    assert logs.described(group) == "ExceptionGroup [ValueError; OSError(errno=5)]"


def test_a_task_whose_exception_nobody_took() -> None:
    """asyncio lists the task with the exception's text; the list is left out, the places stay."""

    async def run() -> None:
        async def work() -> None:
            fail()

        task = asyncio.ensure_future(work())
        await asyncio.wait([task])

    told = record(lambda: asyncio.run(run()))
    assert told["event"] == "Task exception was never retrieved"
    assert " in fail" in told["exception"]
    assert WRITTEN not in json.dumps(told)


def test_a_callback_that_fails() -> None:
    """asyncio names its arguments."""

    async def run() -> None:
        asyncio.get_running_loop().call_soon(fail, WRITTEN)
        await asyncio.sleep(0.01)

    told = record(lambda: asyncio.run(run()))
    assert told["event"] == "Exception in callback fail"
    assert WRITTEN not in json.dumps(told)


def test_what_nobody_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the interpreter's own last words are lines of the log."""

    def end() -> None:
        try:
            fail()
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)

    told = line(end)
    assert told.startswith('critical "uncaught exception" ')
    assert WRITTEN not in told

    def end_thread() -> None:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()

    told = line(end_thread)
    assert " in fail" in told
    assert WRITTEN not in told


def test_warnings_are_lines() -> None:
    """As Python prints them, they would be two."""

    def warn() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(False)
            logging.captureWarnings(True)
            warnings.warn("old", stacklevel=1)

    assert "logger=py.warnings" in line(warn)


# --- what must not be told


@pytest.mark.parametrize("around", ["{}", "Bot {}", "x={}&y", "a\n{}\nb", "word.{}", "{}{}"])
def test_what_looks_like_a_token_is_blanked(around: str) -> None:
    """Wherever in a record it stands."""
    text = around.format(SHAPED, SHAPED)

    def write() -> None:
        own.info(text, key=text, **{SHAPED: [text, {text: text}]})
        logging.getLogger("discord.http").info("sent %s", text)

    for form in ("text", "json"):
        for told in lines(write, form):
            assert "[token]" in told
            assert SHAPED.rpartition(".")[2] not in told
            assert form == "text" or json.loads(told)


def test_the_secret_part_of_an_address_is_blanked() -> None:
    """With it, anybody could answer in the bot's name for a quarter of an hour."""
    said = "We are being rate limited. POST https://discord.com/api/v10/%s/aW50ZXI/callback?wait=1 in %.2f s"
    for place in ("interactions/123", "webhooks/123"):
        told = line(partial(logging.getLogger("discord.http").warning, said, place, 1.0))
        assert f"{place}/[token]/callback?wait=1 in 1.00 s" in told


def test_discord_never_tells_of_objects() -> None:
    """A button's label may be a question; the library logs the button where its callback fails."""

    class Button:
        def __repr__(self) -> str:
            return WRITTEN

    told = line(lambda: logging.getLogger("discord.ui.view").error("Ignoring exception for item %r", Button()))
    assert told == 'error "Ignoring exception for item <Button>" logger=discord.ui.view'


def test_a_record_that_cannot_be_written_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    """The library would print it with all it holds; arguments that do not fit are left out."""
    stream = io.StringIO()
    logs.set_up("text", "info", stream)
    (handler,) = [handler for handler in logging.getLogger().handlers if handler.get_name() == "attache"]
    handler.handle(logging.LogRecord("x", logging.INFO, "", 1, "%s %s", (WRITTEN,), None))
    assert stream.getvalue().endswith('info "%s %s" logger=x\n')
    stream.close()
    own.info(WRITTEN)
    assert capsys.readouterr() == ("", "")
