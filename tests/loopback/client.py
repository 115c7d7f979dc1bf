"""What a person's client does before anything is sent: it offers what is registered, and refuses what cannot be."""

from typing import Any

from tests.loopback.checks import SELECTS, walk
from tests.loopback.world import DEFAULT_PERMISSIONS, Channel, Guild, Json, SetupError, User, World

CHAT, MESSAGE_MENU = 1, 3
STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER = 3, 4, 5, 6, 7, 10
PYTHON: dict[int, Any] = {
    STRING: str, INTEGER: int, BOOLEAN: bool, USER: User, CHANNEL: Channel, NUMBER: (int, float),
}  # fmt: skip
BUTTON, STRING_SELECT, TEXT_INPUT, LABEL = 2, 3, 4, 18


def command(d: World, user: User, channel: Channel, name: str, kind: int) -> Json:
    """The registered command that this user is offered here under this name."""
    local = d.guild_commands.get(channel.guild.id, {}) if channel.guild else {}
    pool = [one for one in (*local.values(), *d.commands.values()) if one["type"] == kind]
    found = next((one for one in pool if one["name"] == name), None)
    if found is None:
        raise SetupError(f"no registered command {name!r}: {sorted(one['name'] for one in pool)}")
    contexts = found["contexts"]
    if contexts is None:
        contexts = [0] if found.get("dm_permission") is False else [0, 1, 2]
    if channel.context not in contexts:
        raise SetupError(f"{name!r} is not offered in context {channel.context}")
    away = channel.context == 2 or (channel.guild and not channel.guild.member)
    if away and 1 not in (found["integration_types"] or [0]):
        raise SetupError(f"{name!r} is not offered where the bot is not installed")
    needed = int(found["default_member_permissions"] or 0)
    if channel.guild and not away and needed & ~channel.guild.permissions(user):
        raise SetupError(f"{name!r} is not offered to {user.name}, who lacks permissions {needed}")
    return found


def command_data(
    d: World, user: User, channel: Channel, name: str, given: dict[str, Any], focused: str | None = None
) -> Json:
    """The data of a slash command, `group sub` for a subcommand; `focused` is the option that is being typed."""
    root, *path = name.split()
    found = command(d, user, channel, root, CHAT)
    specs: list[Json] = found.get("options") or []
    wrap: list[Json] = []
    for word in path:
        sub = next((one for one in specs if one["name"] == word and one["type"] in (1, 2)), None)
        if sub is None:
            raise SetupError(f"{name!r}: no subcommand {word!r}")
        wrap.insert(0, {"name": word, "type": sub["type"]})
        specs = sub.get("options") or []
    if any(one["type"] in (1, 2) for one in specs):
        raise SetupError(f"{name!r} needs a subcommand")
    known = {one["name"]: one for one in specs}
    missing = [one["name"] for one in specs if one.get("required") and one["name"] not in given]
    if given.keys() - known.keys() or (missing and not focused):
        raise SetupError(f"{name!r} has options {sorted(known)}, lacks {missing}")
    resolved: Json = {}
    options: list[Json] = []
    for key, value in given.items():
        option = {"name": key, "type": known[key]["type"]}
        if key == focused:
            if not known[key].get("autocomplete"):
                raise SetupError(f"{key!r} completes nothing")
            options.append(option | {"value": str(value), "focused": True})
        else:
            options.append(option | {"value": option_value(known[key], value, channel.guild, d, resolved)})
    for outer in wrap:
        options = [outer | {"options": options}]
    more = {"guild_id": found.get("guild_id"), "resolved": resolved}
    told = {key: value for key, value in more.items() if value}
    return {"id": found["id"], "name": root, "type": CHAT, "options": options, **told}


def option_value(spec: Json, value: Any, guild: Guild | None, d: World, resolved: Json) -> object:
    """A value as it is sent; users and channels are resolved."""
    kind, name = spec["type"], spec["name"]
    if not isinstance(value, PYTHON[kind]) or (kind == INTEGER and isinstance(value, bool)):
        raise SetupError(f"option {name!r} does not take {value!r}")
    choices = [choice["value"] for choice in spec.get("choices") or ()]
    if choices and value not in choices:
        raise SetupError(f"option {name!r}: {value!r} is not among {choices}")
    if isinstance(value, User):
        resolved.setdefault("users", {})[value.id] = value.json()
        if guild:
            member = d.member_json(value, guild, permissions=True)
            resolved.setdefault("members", {})[value.id] = {
                k: v for k, v in member.items() if k not in ("user", "deaf", "mute")
            }
        return value.id
    if isinstance(value, Channel):
        about = {"id": value.id, "type": value.type, "name": value.name, "permissions": str(DEFAULT_PERMISSIONS)}
        resolved.setdefault("channels", {})[value.id] = about
        return value.id
    if kind == STRING and not spec.get("min_length", 0) <= len(value) <= spec.get("max_length", 6000):
        raise SetupError(f"option {name!r}: {len(value)} characters")
    if kind in (INTEGER, NUMBER) and not spec.get("min_value", -(2**53)) <= value <= spec.get("max_value", 2**53):
        raise SetupError(f"option {name!r}: {value}")
    return value


def menu_data(found: Json, target: Json) -> Json:
    """The data of an entry of a message's menu; its content comes with it whatever the intents."""
    messages = {target["id"]: target}
    return {
        "id": found["id"],
        "name": found["name"],
        "type": MESSAGE_MENU,
        "target_id": target["id"],
        "resolved": {"messages": messages},
    }


def component(message: Json, user: User, kinds: set[int], custom_id: str | None, label: str | None) -> Json:
    """The button or select menu of a message that is meant, if this user can use it."""
    seen_by = message.get("interaction_metadata", {}).get("user", {}).get("id")
    if message["flags"] & 1 << 6 and seen_by != user.id:
        raise SetupError(f"{user.name} does not see an ephemeral message of somebody else")
    every = [one for one in walk(message["components"]) if one["type"] in kinds]
    for one in every:
        if custom_id in (None, one.get("custom_id")) and label in (None, one.get("label")):
            if one.get("disabled") or not one.get("custom_id"):
                raise SetupError(f"{custom_id or label!r} is disabled or a link")
            return one
    raise SetupError(f"no {custom_id or label!r} among {[(one.get('custom_id'), one.get('label')) for one in every]}")


def select_data(found: Json, values: list[Any]) -> Json:
    """The data of a choice in a select menu."""
    if found["type"] == STRING_SELECT and set(values) - {option["value"] for option in found["options"]}:
        raise SetupError(f"{values} are not all on offer")
    if not found.get("min_values", 1) <= len(values) <= found.get("max_values", 1):
        raise SetupError(f"{len(values)} values chosen")
    sent = [value.id if isinstance(value, (User, Channel)) else value for value in values]
    users = {value.id: value.json() for value in values if isinstance(value, User)}
    about = {"component_type": found["type"], "custom_id": found["custom_id"], "id": found["id"], "values": sent}
    return about | ({"resolved": {"users": users}} if users else {})


def modal_data(modal: Json, values: dict[str, Any]) -> Json:
    """The data of a modal filled in; keys are labels or custom ids, what is not named keeps what it shows."""
    left, rows = dict(values), []
    for at, outer in enumerate(modal["components"]):
        inner = outer.get("component") or next(iter(outer.get("components") or ()), None)
        if inner is None:
            continue
        label, select = inner.get("label") or outer.get("label"), inner["type"] in SELECTS
        value = (
            left.pop(inner["custom_id"], None) or left.pop(label, None) or inner.get("value") or ([] if select else "")
        )
        least = inner.get("min_values", 1) if select else inner.get("min_length") or int(inner.get("required", True))
        most = inner.get("max_values", 1) if select else inner.get("max_length") or 4000
        if not least <= len(value) <= most and (value or inner.get("required", True)):
            raise SetupError(f"{label!r}: {len(value)} given, {least} to {most} taken")
        sent = {
            "type": inner["type"],
            "custom_id": inner["custom_id"],
            "id": 100 + at,
            "values" if select else "value": value,
        }
        inside = {"component": sent} if outer["type"] == LABEL else {"components": [sent]}
        rows.append({"type": outer["type"], "id": 1 + at, **inside})
    if left:
        raise SetupError(f"the modal has no {sorted(left)}")
    return {"custom_id": modal["custom_id"], "components": rows}
