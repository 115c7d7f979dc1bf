"""`attache invite`: the links by which the bot comes to a server, or to a person.

Comes in: the id of the application, or none. Goes out: two links on standard output. Must not know: whether Discord
knows the application; nothing is sent.
"""

import sys

import discord
from discord.utils import oauth_url

from bot.exit_codes import ExitCode
from bot.settings import settings

# What the bot asks of a server, and no more: an administrator sees this list, and each entry must be worth asking for.
PERMISSIONS = discord.Permissions(
    view_channel=True,  # to see the questions that mention it
    send_messages=True,  # to answer them
    send_messages_in_threads=True,  # and where they are asked in a thread; Discord counts that apart
    read_message_history=True,  # to answer as a reply, which refers to a message of the past
    attach_files=True,  # to hand over what does not fit into a message, such as an export of one's data
)
TO_SERVER = ("bot", "applications.commands")
TO_PERSON = ("applications.commands",)  # a person's own commands: there is no bot to add, and nothing to permit

_BY_PERSON = "&integration_type=1"  # USER_INSTALL of Discord's OAuth2 reference, which oauth_url cannot say


def links(application: int) -> tuple[str, str]:
    """The link that adds the bot to a server, and the one by which a person installs it for themselves."""
    to_server = oauth_url(application, permissions=PERMISSIONS, scopes=TO_SERVER)
    return to_server, oauth_url(application, scopes=TO_PERSON) + _BY_PERSON


def run_invite(application: int | None) -> ExitCode:
    """Print the links for an application, or for the one whose token is set. Raises SettingsError."""
    if application is None:
        read = settings()
        application = read.application_id()
        if application is None:
            fault = "does not look like a token" if read.discord_token.get_secret_value() else "is not set"
            sys.stderr.write(f"attache: DISCORD_TOKEN {fault}; set it, or give --application-id\n")
            return ExitCode.NO_TOKEN
    to_server, to_person = links(application)
    sys.stdout.write(f"Add to a server:       {to_server}\nInstall for yourself:  {to_person}\n")
    return ExitCode.DONE
