"""How the program ends, told by a number: what a supervisor, a script or an operator can act on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes of every command. What is not named here (130) is a command that somebody interrupted."""

    DONE = 0  # all went well
    KNOWLEDGE = 1  # the knowledge base has problems; `attache check` lists them
    CANNOT_RUN = 2  # the settings, a folder or the usage is wrong
    NO_TOKEN = 3  # the token of the bot is missing, or Discord refuses it
    SWITCH_OFF = 4  # a switch of the application is not set in the developer portal (a privileged intent)
    STATE = 5  # the state cannot be opened, or another bot is using it
    CONFLICT = 6  # a fact that was to be changed was changed by somebody else; look at it again
