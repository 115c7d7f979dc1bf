"""What Discord would refuse in the registration of commands."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from tests.loopback.world import Json

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMANDS = (1, 2)
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}
MOST_CHARACTERS = 8000  # names, descriptions and values of one command


def command_set_problems(commands: list[Json]) -> Iterator[str]:
    """The problems of all commands of a scope."""
    kinds = [command.get("type") or CHAT for command in commands]
    yield from (f"commands: more than {most} of type {kind}" for kind, most in MOST.items() if kinds.count(kind) > most)
    names = Counter((kind, command.get("name")) for kind, command in zip(kinds, commands, strict=True))
    yield from (f"commands: {name!r} is registered {times} times" for (_, name), times in names.items() if times > 1)
    for at, command in enumerate(commands):
        yield from command_problems(command, f"commands.{at}", whole=True)


def command_problems(command: Json, where: str, *, whole: bool) -> Iterator[str]:
    """The problems of one command; of a change only what it changes."""
    kind, name = command.get("type") or CHAT, command.get("name")
    if (whole or name is not None) and not is_name(name or "", chat=kind == CHAT):
        yield f"{where}.name: {name!r} is no name for a command"
    if kind != CHAT and (command.get("description") or command.get("options")):
        yield f"{where}: an entry of a menu has no description and no options"
    if kind == CHAT and (whole or "description" in command):
        yield from description_problems(command, where)
    if size(command) > MOST_CHARACTERS:
        yield f"{where}: {size(command)} characters in all, the limit is {MOST_CHARACTERS}"
    yield from option_problems(command.get("options") or [], where)


def is_name(name: str, *, chat: bool) -> bool:
    """Whether a name may be given: that of a slash command or option is one lower-case word."""
    if not 1 <= len(name) <= 32 or not name.strip():
        return False
    return not chat or (name == name.lower() and all(c in "-_'" or unicodedata.category(c)[0] in "LNM" for c in name))


def description_problems(described: Json, where: str) -> Iterator[str]:
    """A problem if there is no description, or too long a one."""
    if not 1 <= len(described.get("description") or "") <= 100:
        yield f"{where}.description: {len(described.get('description') or '')} characters, allowed are 1 to 100"


def size(command: Json) -> int:
    """The characters that count towards the limit of a command."""
    total = len(command.get("name") or "") + len(command.get("description") or "")
    total += sum(len(str(c.get("name"))) + len(str(c.get("value"))) for c in command.get("choices") or ())
    return total + sum(size(option) for option in command.get("options") or ())


def option_problems(options: list[Json], where: str) -> Iterator[str]:
    """The problems of options and of the subcommands among them."""
    if len(options) > 25:
        yield f"{where}.options: {len(options)}, the limit is 25"
    subcommands = [option.get("type") in SUBCOMMANDS for option in options]
    if any(subcommands) and not all(subcommands):
        yield f"{where}.options: subcommands beside other options"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{where}.options: a required one after one that is not"
    if len({option.get("name") for option in options}) != len(options):
        yield f"{where}.options: a name is used twice"
    for at, option in enumerate(options):
        here = f"{where}.options.{at}"
        if not is_name(option.get("name") or "", chat=True):
            yield f"{here}.name: {option.get('name')!r} is no name for an option"
        yield from description_problems(option, here)
        choices = option.get("choices") or []
        if option.get("autocomplete") and choices:
            yield f"{here}: both choices and autocomplete"
        if len(choices) > 25:
            yield f"{here}.choices: {len(choices)}, the limit is 25"
        for key in ("name", "value"):
            said = [choice.get(key) for choice in choices]
            if len(set(said)) != len(said) or any(isinstance(one, str) and not 1 <= len(one) <= 100 for one in said):
                yield f"{here}.choices: a {key} is used twice, empty or longer than 100 characters"
        yield from option_problems(option.get("options") or [], here)
