"""What the program tells of its own running: one line a record, to standard error.

Comes in: records of structlog (`log = structlog.get_logger()`, then `log.info("event", key=value)`) and of the standard
library's loggers, to which discord.py, aiohttp, Alembic and asyncio write. Goes out: a line of text, or a JSON object.
Must not know: what the records are about.

What people write, and tokens, must not end up in a log. Therefore an exception is told by its type, its numbers and
where it was raised, never by its message, which may quote either; an object is told by its type; of what asyncio says,
what it lists of its tasks is left out, for that holds exceptions and arguments; and whatever has the shape of a token
is blanked. Give a discord.py client `log_handler=None`, or it adds its own lines to these.
"""

import datetime
import json
import logging
import math
import re
import sys
import threading
import traceback
from collections import deque
from collections.abc import Mapping
from enum import Enum
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

LONGEST = 2_000  # letters of one value: a line is to be read
FRAMES = 8  # of an exception, the innermost
LINKS = 4  # exceptions told of one chain, and of one group

# The bot's own loggers obey LOG_LEVEL alone, all others never write less than INFO. These are named because their DEBUG
# lines hold messages as they were sent, SQLAlchemy's INFO lines the statements, and watchfiles' count every change.
FLOORS = {
    "discord": logging.INFO, "aiohttp": logging.INFO, "sqlalchemy": logging.WARNING, "watchfiles": logging.WARNING,
}  # fmt: skip
# Rate limits and a gateway that falls behind are told even where only errors are wanted.
ALWAYS_WARN = ("discord.http", "discord.gateway")
# Loggers whose arguments may be people, messages and what these hold.
GUARDED = ("discord", "aiohttp", "asyncio")

_NAME = "attache"
_HOMES = tuple(str(path) for path in (Path(__file__).resolve().parent.parent, Path(traceback.__file__).parent))
# A word begins where none goes on, so that a long text is gone through once.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{5,10}\.[A-Za-z0-9_-]{25,}[A-Za-z0-9_.-]*")
_ADDRESS = re.compile(r"\b((?:interactions|webhooks)/\d+/)[^/\s?\"'<>]+")
_BARE = re.compile(r"[!-~]+")


def set_up(
    format: Literal["text", "json"],  # noqa: A002 - the setting's name
    level: Literal["debug", "info", "warning", "error"],
    stream: TextIO | None = None,
) -> None:
    """Write every record of this process to a stream (standard error), one line each. A second call replaces the first.

    Also takes over what the interpreter tells by itself: warnings, and exceptions that nobody caught.
    """
    handler = _Handler(stream or sys.stderr)
    handler.set_name(_NAME)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[_plain, redact, _as_json if format == "json" else _as_text],
            use_get_message=False,
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.get_name() == _NAME]:
        root.removeHandler(old)
    root.addHandler(handler)
    own = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(own, logging.INFO))
    logging.getLogger(__name__.partition(".")[0]).setLevel(own)
    for name, floor in FLOORS.items():
        logging.getLogger(name).setLevel(max(own, floor))
    for name in ALWAYS_WARN:
        logging.getLogger(name).setLevel(min(max(own, logging.INFO), logging.WARNING))
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(own),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines. A record that cannot be written is dropped: the library would print it, with all it holds."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        del record


def _plain(_logger: WrappedLogger, _method: str, given: EventDict) -> EventDict:
    """A record as plain values: time, level, event, what goes with it, the logger, the exception."""
    record: logging.LogRecord = given.pop("_record")
    own = given.pop("_from_structlog")
    args, error = given.pop("positional_args", None), given.pop("exc_info", None)
    given.pop("stack_info", None)  # lines of source
    event = given.pop("event", "")
    told: dict[str, Any] = {
        "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": record.levelname.lower(),
        "event": _value(event) if own else _foreign(record, args),
    }
    told |= {key: _value(value) for key, value in given.items() if key not in told}
    told["logger"] = record.name
    error = sys.exc_info() if error is True else error
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        told["exception"] = described(error)
    return told


def described(error: BaseException, depth: int = 2) -> str:
    """An exception without its message: `KeyError at a.py:3 in inner < b.py:9 in outer`, then what it came from."""
    told: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen and len(told) < LINKS:
        seen.add(id(link))
        told.append(_raised(link, depth))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return " from ".join(told)


def _raised(error: BaseException, depth: int) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    numbers = [(key, getattr(error, key, None)) for key in ("errno", "status", "code")]
    told = ", ".join(f"{key}={number}" for key, number in numbers if isinstance(number, int))
    frames = deque(traceback.walk_tb(error.__traceback__), maxlen=FRAMES)
    places = [f"{_file(f.f_code.co_filename)}:{line} in {f.f_code.co_qualname}" for f, line in reversed(frames)]
    text = name + (f"({told})" if told else "") + (f" at {' < '.join(places)}" if places else "")
    if isinstance(error, BaseExceptionGroup) and depth:
        text += f" [{'; '.join(described(held, depth - 1) for held in error.exceptions[:LINKS])}]"
    return text


def _file(path: str) -> str:
    """A path within the project, a library or Python's own; of any other, the end."""
    _, packages, rest = path.rpartition("site-packages/")
    if packages:
        return rest
    for home in _HOMES:
        if path.startswith(home):
            return path[len(home) + 1 :]
    return "/".join(Path(path).parts[-2:])


def _foreign(record: logging.LogRecord, args: object) -> Any:
    """The text of a record of the standard library's, without what its arguments hold."""
    if not isinstance(record.msg, str):
        return _value(record.msg)
    change = _argument if record.name.partition(".")[0] in GUARDED else _no_exception
    text = record.msg
    try:
        if isinstance(args, Mapping):
            text = text % {key: change(value) for key, value in args.items()}
        elif isinstance(args, tuple) and args:
            text = text % tuple(map(change, args))
    except (TypeError, ValueError, KeyError):
        pass  # told as it was written, without the arguments that do not fit
    if record.name == "asyncio":
        return re.split(r"[\n(<]", text, maxsplit=1)[0].rstrip()
    return text


class _Word(str):
    """A word that stands without quotes also where `%r` asks for it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _no_exception(value: object) -> object:
    return _Word(described(value)) if isinstance(value, BaseException) else value


def _argument(value: object) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return _no_exception(value) if isinstance(value, BaseException) else _Word(f"<{type(value).__name__}>")


def _value(value: object, depth: int = 3) -> Any:
    """A value that JSON can hold, and that tells nothing of an object but its type."""
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)  # an id, which a reader of JSON would round
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, BaseException):
        return described(value)
    if isinstance(value, (PurePath, datetime.date, datetime.timedelta)):
        return str(value)
    if depth and isinstance(value, Mapping):
        return {str(key): _value(held, depth - 1) for key, held in value.items()}
    if depth and isinstance(value, (list, tuple, set, frozenset)):
        return [_value(held, depth - 1) for held in value]
    return f"<{type(value).__name__}>"


def redact(_logger: WrappedLogger, _method: str, told: EventDict) -> EventDict:
    """The last defence: what has the shape of a Discord token, or is the secret part of an address, is blanked."""
    return {_redacted(key): _redacted(value) for key, value in told.items()}


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        text = _ADDRESS.sub(r"\1[token]", _TOKEN.sub("[token]", value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if isinstance(value, list):
        return [_redacted(held) for held in value]
    if isinstance(value, dict):
        return {_redacted(key): _redacted(held) for key, held in value.items()}
    return value


def _as_json(_logger: WrappedLogger, _method: str, told: EventDict) -> str:
    return _dumped(told)


def _as_text(_logger: WrappedLogger, _method: str, told: EventDict) -> str:
    head = [told.pop("time"), told.pop("level"), _word(told.pop("event"))]
    return " ".join([*head, *(f"{key}={_word(value)}" for key, value in told.items())])


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) and not set(value) & set('"=\\') else _dumped(value)
    return _word(_dumped(value)) if isinstance(value, (dict, list)) else _dumped(value)


def _dumped(value: Any) -> str:
    """JSON on one line. What cannot be seen, or would turn the line round, is escaped."""
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(value, ensure_ascii=False))


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        logging.getLogger(__name__).critical("uncaught exception", exc_info=(kind, error, trace))
    else:
        sys.__excepthook__(kind, error, trace)


def _uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
        logging.getLogger(__name__).critical("uncaught exception in a thread", exc_info=given.exc_value)


def _unraisable(given: Any) -> None:
    logging.getLogger(__name__).error("exception ignored", exc_info=given.exc_value)
