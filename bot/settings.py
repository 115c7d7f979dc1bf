"""Everything configurable, read once, in one place. `.env.example` lists it all; a variable wins over `.env`."""

from functools import lru_cache
from pathlib import Path

from platformdirs import user_cache_path, user_state_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_SHIPPED = Path(__file__).resolve().parent.parent / "knowledge"


class Settings(BaseSettings):
    """The settings and their defaults. An empty value means the default."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    knowledge_dir: Path = Field(default=_SHIPPED, description="The folder with the knowledge base.")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("attache"),
        description="Where compiled copies of the knowledge base are kept; they may be deleted at any time.",
    )
    state_url: str = Field(
        default_factory=lambda: f"sqlite:///{(user_state_path('attache') / 'state.sqlite').as_posix()}",
        description="The database of what must outlive a restart, as a database URL.",
    )


class SettingsError(Exception):
    """The settings cannot be read; the text says which and why."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises SettingsError."""
    try:
        return Settings()
    except (ValueError, OSError) as error:  # a value of the wrong form, or a .env that cannot be read
        raise SettingsError(f"the settings cannot be read; see .env.example: {error}") from error
