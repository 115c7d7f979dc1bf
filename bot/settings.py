"""Everything configurable, read once, in one place. `.env.example` lists it all; a variable wins over `.env`.

Comes in: environment variables and `.env`. Goes out: one Settings, or every problem at once. Must not know: who uses
which setting. What is wrong is told without the value, which may be the token pasted into the wrong line.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_state_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_SHIPPED = Path(__file__).resolve().parent.parent / "knowledge"

_ID = re.compile("[0-9]{15,20}")  # a snowflake: the first ones of 2015 have 15 digits, 64 bits have 20
_TOKEN = re.compile(r"([A-Za-z0-9_-]{18,30})\.[A-Za-z0-9_-]{5,10}\.[A-Za-z0-9_-]{25,}")
_PAGE = re.compile(r"https?://[^\s<>\"()\[\]]+")
_SEPARATORS = re.compile(r"[,\s]+")


class Settings(BaseSettings):
    """The settings and their defaults. An empty value means the default."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    knowledge_dir: Path = Field(default=_SHIPPED, description="The folder with the knowledge base.")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("attache"),
        description="Where compiled copies of the knowledge base are kept; they may be deleted at any time.",
    )
    state_url: str = Field(
        default_factory=lambda: f"sqlite:///{(user_state_path('attache') / 'state.sqlite').as_posix()}",
        repr=False,  # another database's URL may hold a password
        description="The database of what must outlive a restart, as a database URL.",
    )
    discord_token: SecretStr = Field(default=SecretStr(""), description="The token of the bot; needed by `run` alone.")
    owner_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Who may use the owner's commands: ids with commas or spaces between; else its owner at Discord.",
    )
    curator_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="Who may change facts, beside whom the owner names: ids of users."
    )
    curator_role_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="Roles whose members may change facts: ids of roles."
    )
    second_curator: bool = Field(
        default=True,
        description="Whether disputed facts, and relations that say so, need a second curator; off for a single one.",
    )
    commit_url: str = Field(
        default="", description="The page of a commit of the knowledge base, with {commit} for its number."
    )
    message_content: bool = Field(
        default=False,
        description="Read messages that do not mention the bot, where a channel asks for it; a privileged intent.",
    )
    cooldown_questions: int = Field(
        default=20, ge=0,
        description="How many questions a person may ask in one channel within COOLDOWN_SECONDS; 0 is no limit.",
    )  # fmt: skip
    cooldown_seconds: float = Field(
        default=60, gt=0, le=86_400, allow_inf_nan=False,
        description="The time within which COOLDOWN_QUESTIONS may be asked, in seconds.",
    )  # fmt: skip
    log_format: Literal["text", "json"] = Field(default="text", description="How a line of the log looks.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="From which level on the log is written."
    )
    operator_contact: str = Field(
        default="", max_length=200, description="Who runs this bot and how to reach them; shown by /privacy and /about."
    )

    @field_validator("discord_token", "operator_contact", "commit_url", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        """Without the spaces and line ends that copying brings along."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("log_format", "log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("owner_ids", "curator_ids", "curator_role_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        entries = [entry for entry in _SEPARATORS.split(value) if entry]
        wrong = [str(number) for number, entry in enumerate(entries, 1) if not _ID.fullmatch(entry)]
        if wrong:
            raise ValueError(
                f"not an id: entry {', '.join(wrong)}; write the 15 to 20 digits that Copy User ID gives in Discord, "
                "with commas or spaces between ids"
            )
        return frozenset(map(int, entries))

    @field_validator("commit_url")
    @classmethod
    def _page(cls, value: str) -> str:
        if value and not (_PAGE.fullmatch(value) and value.count("{") == value.count("}") == 1 and "{commit}" in value):
            raise ValueError(
                "not the address of a page with {commit} in it, such as https://example.org/commit/{commit}"
            )
        return value

    def application_id(self) -> int | None:
        """The id of the application, which the token's first part holds; None for a token of another shape, or none.

        Strictly it is the id of the bot's user: the two differ for applications made before the autumn of 2016.
        """
        parts = _TOKEN.fullmatch(self.discord_token.get_secret_value())
        if parts is None:
            return None
        first = parts[1]
        try:
            held = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return int(held) if _ID.fullmatch(held) else None


class SettingsError(Exception):
    """The settings cannot be read; `problems` says of each which and why, in the words of the variables."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"the settings cannot be read; see .env.example: {'; '.join(self.problems)}")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        # Not chained: it holds the values, and whoever shows a chain would show them.
        told = [_told(fault) for fault in error.errors(include_url=False, include_context=False, include_input=False)]
        raise SettingsError(told) from None
    except UnicodeDecodeError as error:
        raise SettingsError([f".env is not UTF-8 at byte {error.start}; save it as UTF-8"]) from None
    except OSError as error:
        raise SettingsError([f".env cannot be read: {error.strerror or type(error).__name__}"]) from None
    except ValueError as error:  # what the library says of a value that it cannot take apart may show the value
        raise SettingsError([type(error).__name__]) from None


def _told(fault: Any) -> str:
    name = str(fault["loc"][0]).upper() if fault["loc"] else "a setting"
    return f"{name}: {fault['msg'].removeprefix('Value error, ')}"
