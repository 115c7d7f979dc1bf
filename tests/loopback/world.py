"""The world of the loopback Discord: people, servers, channels, and how Discord writes them as JSON.

Knows nothing of sockets. Ids are strings of digits, as in Discord's JSON; permissions are bit sets.
"""

import base64
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
USE_COMMANDS, EXTERNAL_APPS = 1 << 31, 1 << 50
DEFAULT_PERMISSIONS = (
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_HISTORY | USE_COMMANDS | EXTERNAL_APPS
)
# Kick, ban, manage channels, manage server, manage messages, moderate members.
MODERATOR = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 13 | 1 << 40

GUILDS, MEMBERS, PRESENCES, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1, 1 << 1, 1 << 8, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = MEMBERS | PRESENCES | CONTENT
# The application's flags that show which privileged switches are on (those of bots in fewer than 100 servers).
SWITCHES = {PRESENCES: 1 << 13, MEMBERS: 1 << 15, CONTENT: 1 << 19}

TEXT, DM, GROUP = 0, 1, 3
EPOCH = 1_420_070_400_000


class SetupError(Exception):
    """The test asks for what nobody could do in a real client: an unknown command, a disabled button."""


class Refused(Exception):  # noqa: N818
    """What Discord answers instead: HTTP status, its own error code, its message."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(eq=False)
class User:
    """Somebody, or the bot itself."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    dms_closed: bool = False

    @property
    def mention(self) -> str:
        """What mentions this user in a message."""
        return f"<@{self.id}>"

    def json(self) -> Json:
        """A user object."""
        empty = dict.fromkeys(("avatar", "banner", "accent_color"))
        named = {"id": self.id, "username": self.name, "global_name": self.name.title(), "discriminator": "0"}
        return {**named, **empty, "bot": self.bot, "system": False, "public_flags": 0, "flags": 0}


@dataclass(eq=False)
class Guild:
    """A server. `member=False`: the bot is not in it, and only somebody who installed it can use it there."""

    id: str
    name: str
    member: bool = True
    locale: str = "en-US"
    bot_perms: int = DEFAULT_PERMISSIONS
    user_perms: int = DEFAULT_PERMISSIONS
    moderators: set[str] = field(default_factory=set)  # ids of users
    channels: list["Channel"] = field(default_factory=list)

    @property
    def moderator_role(self) -> str:
        """The id of the role that moderators have."""
        return str(int(self.id) + 1)

    @property
    def bot_role(self) -> str:
        """The id of the role that the bot has."""
        return str(int(self.id) + 2)

    def permissions(self, user: User) -> int:
        """What a user may do in it."""
        return self.user_perms | (MODERATOR if user.id in self.moderators else 0)


@dataclass(eq=False)
class Channel:
    """A text channel, a DM with the bot, or a private group that the bot is not in."""

    id: str
    type: int = TEXT
    name: str = "general"
    guild: Guild | None = None
    recipient: User | None = None
    bot_perms: int | None = None  # what the bot may do here, where that differs from its server
    messages: list[Json] = field(default_factory=list)  # ephemeral ones are not among them

    @property
    def perms(self) -> int:
        """What the bot may do in it."""
        if self.bot_perms is not None:
            return self.bot_perms
        return self.guild.bot_perms if self.guild else DEFAULT_PERMISSIONS

    @property
    def context(self) -> int:
        """Where an interaction takes place: 0 a server, 1 a DM with the bot, 2 a private channel."""
        return 0 if self.guild else 1 if self.type == DM else 2

    def json(self, bot: User) -> Json:
        """A channel object."""
        out: Json = {"id": self.id, "type": self.type, "last_message_id": None, "flags": 0}
        if self.recipient:
            out["recipients"] = [self.recipient.json()]
            return out | ({} if self.type == DM else {"name": None, "icon": None, "owner_id": self.recipient.id})
        assert self.guild
        overwrites = []
        if self.bot_perms is not None:
            denied = DEFAULT_PERMISSIONS & ~self.bot_perms
            overwrites = [{"id": bot.id, "type": 1, "allow": str(self.bot_perms), "deny": str(denied)}]
        out |= {"name": self.name, "position": 0, "permission_overwrites": overwrites, "nsfw": False, "topic": None}
        return out | {"parent_id": None, "rate_limit_per_user": 0, "guild_id": self.guild.id}


@dataclass(frozen=True)
class Rules:
    """How strict this Discord is. Times are seconds; Discord's own values are the defaults.

    `approved`: the privileged intents switched on for the application. `limits`: calls and seconds of a bucket by
    route, such as `{"POST /channels/{channel_id}/messages": (5, 5.0)}`; other routes have no limit worth the name.
    `check_every`: only each so many-th request is checked, for tests of load.
    """

    heartbeat: float = 41.25
    approved: int = 0
    ack_deadline: float = 3.0
    token_ttl: float = 900.0
    identify_interval: float = 5.0
    shards: int = 1
    global_limit: int | None = None
    limits: dict[str, tuple[int, float]] = field(default_factory=dict)
    check_every: int = 1


class World:
    """Everything there is, and what is noted about the bot.

    `violations`: what Discord refuses or a good bot does not do. `counts`: how often what happened.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.url = ""  # http://127.0.0.1:port, once there is a server
        self._last_id = 0
        self.bot = User(self.snowflake(), "testbot", bot=True)
        self.owner = User(self.snowflake(), "owner")
        self.token = f"{base64.b64encode(self.bot.id.encode()).decode().rstrip('=')}.GLoopb.{'loopback' * 4}-_only"
        self.users = {user.id: user for user in (self.bot, self.owner)}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, Json] = {}
        self.commands: dict[str, Json] = {}
        self.guild_commands: dict[str, dict[str, Json]] = {}
        self.violations: list[str] = []
        self.counts: Counter[str] = Counter()

    def snowflake(self) -> str:
        """A new id, of this moment. Servers leave room for the ids of their roles."""
        self._last_id = max(self._last_id + 4, (int(time.time() * 1000) - EPOCH) << 22)
        return str(self._last_id)

    @property
    def mention(self) -> str:
        """What mentions the bot."""
        return self.bot.mention

    def member_json(self, user: User, guild: Guild, *, permissions: bool = False) -> Json:
        """A member object, with the permissions where the member acts."""
        roles = [guild.bot_role] if user is self.bot else [guild.moderator_role] if user.id in guild.moderators else []
        empty = dict.fromkeys(("nick", "avatar", "premium_since", "communication_disabled_until"))
        out = {"user": user.json(), "roles": roles, "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, **empty}
        out |= {"mute": False, "flags": 0, "pending": False}
        return out | ({"permissions": str(guild.permissions(user))} if permissions else {})

    def guild_json(self, guild: Guild) -> Json:
        """A guild as GUILD_CREATE gives it."""
        roles = [
            {"id": role, "name": name, "permissions": str(permissions), "position": position, "color": 0,
             "hoist": False, "mentionable": False,
             "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
             "managed": name == "testbot", "flags": 0, "icon": None, "unicode_emoji": None}
            for position, (role, name, permissions) in enumerate([
                (guild.id, "@everyone", guild.user_perms), (guild.moderator_role, "Moderators", MODERATOR),
                (guild.bot_role, "testbot", guild.bot_perms)])
        ]  # fmt: skip
        nothing = (
            "icon splash discovery_splash afk_channel_id application_id system_channel_id rules_channel_id banner "
            "vanity_url_code description public_updates_channel_id"
        )
        zero = (
            "verification_level default_message_notifications explicit_content_filter mfa_level premium_tier "
            "system_channel_flags premium_subscription_count nsfw_level"
        )
        none_of = "emojis features stickers voice_states threads presences stage_instances guild_scheduled_events"
        return {
            **dict.fromkeys(nothing.split()), **dict.fromkeys(zero.split(), 0), **{key: [] for key in none_of.split()},
            "id": guild.id, "name": guild.name, "owner_id": self.owner.id, "afk_timeout": 300, "roles": roles,
            "preferred_locale": guild.locale, "joined_at": "2026-01-01T00:00:00+00:00", "large": False,
            "unavailable": False, "member_count": 2, "soundboard_sounds": [], "premium_progress_bar_enabled": False,
            "members": [self.member_json(self.bot, guild)],
            "channels": [channel.json(self.bot) for channel in guild.channels],
        }  # fmt: skip

    def application_json(self) -> Json:
        """The application object."""
        flags = sum(flag for intent, flag in SWITCHES.items() if self.rules.approved & intent)
        empty = ("icon", "team", "type", "interactions_endpoint_url", "role_connections_verification_url")
        return {
            **dict.fromkeys(empty), "id": self.bot.id, "name": "testbot", "description": "", "summary": "",
            "bot_public": True, "bot_require_code_grant": False, "verify_key": "00" * 32, "flags": flags, "hook": True,
            "owner": self.owner.json(), "tags": [], "redirect_uris": [], "bot": self.bot.json(),
            "approximate_guild_count": len(self.guilds), "approximate_user_install_count": 1,
            "integration_types_config": {"0": {}, "1": {}},
        }  # fmt: skip
