"""The links ask for what the bot needs and no more."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.discord_app.invite import PERMISSIONS, links
from tests.conftest import Attache

SHAPED = "MTE2MDMyNTQzODcyNjg2NDk5OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
APPLICATION, OTHER = 1160325438726864999, 157730590492196864


def asked(link: str) -> dict[str, str]:
    """What a link asks Discord for."""
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "discord.com", "/oauth2/authorize")
    return {key: value for key, (value,) in parse_qs(parts.query, strict_parsing=True).items()}


def test_permissions() -> None:
    """Exactly these; their bits are those of Discord's permission reference."""
    assert {name for name, given in PERMISSIONS if given} == {
        "attach_files", "read_message_history", "send_messages", "send_messages_in_threads",
        "read_messages",  # the library's older name for view_channel
    }  # fmt: skip
    assert PERMISSIONS.value == 1 << 10 | 1 << 11 | 1 << 15 | 1 << 16 | 1 << 38


def test_links() -> None:
    """To a server with the bot, to a person without."""
    to_server, to_person = map(asked, links(APPLICATION))
    assert to_server == {
        "client_id": str(APPLICATION), "scope": "bot applications.commands", "permissions": str(PERMISSIONS.value),
    }  # fmt: skip
    assert to_person == {"client_id": str(APPLICATION), "scope": "applications.commands", "integration_type": "1"}


@pytest.mark.parametrize(
    ("arguments", "variables", "application"),
    [
        ((), {"DISCORD_TOKEN": SHAPED}, APPLICATION),
        (("--application-id", str(OTHER)), {"DISCORD_TOKEN": SHAPED}, OTHER),
        (("--application-id", str(OTHER)), {"DISCORD_TOKEN": ""}, OTHER),
    ],
)
def test_the_command(attache: Attache, arguments: tuple[str, ...], variables: dict[str, str], application: int) -> None:
    """The application is given, or the token's."""
    done = attache("invite", *arguments, **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    shown = tuple(line.split()[-1] for line in done.stdout.decode().splitlines())
    assert shown == links(application)


@pytest.mark.parametrize(("text", "fault"), [("", "is not set"), ("changeme", "does not look like a token")])
def test_without_an_application(attache: Attache, text: str, fault: str) -> None:
    """One line, and the exit code for a token that is missing."""
    done = attache("invite", DISCORD_TOKEN=text)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode() == f"attache: DISCORD_TOKEN {fault}; set it, or give --application-id\n"


@pytest.mark.parametrize("text", ["anna", "1", "-5", "9" * 30])
def test_what_is_no_id(attache: Attache, text: str) -> None:
    """Wrong usage."""
    done = attache("invite", f"--application-id={text}")
    assert done.returncode == 2
    assert b"--application-id" in done.stderr
