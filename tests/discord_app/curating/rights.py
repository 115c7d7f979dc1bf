"""Who may do what with facts: every command, and every button, menu and form that is not for curators alone.

`second` is another curator, `moderator` moderates this server, `member` is a plain one, `stranger` moderates another.
"""

from bot.discord_app.curating.ids import Verb

TABLE = """
                owner  curator  second  moderator  member  stranger
suggest         yes    yes      yes     yes        yes     yes
fact find       yes    yes      yes     no         no      no
fact show       yes    yes      yes     no         no      no
fact add        yes    yes      yes     no         no      no
fact correct    yes    yes      yes     no         no      no
fact end        yes    yes      yes     no         no      no
fact dispute    yes    yes      yes     no         no      no
fact confirm    yes    yes      yes     no         no      no
fact retire     yes    yes      yes     no         no      no
fact history    yes    yes      yes     no         no      no
fact undo       yes    yes      yes     no         no      no
review          yes    yes      yes     no         no      no
gaps            yes    yes      yes     no         no      no
stale           yes    yes      yes     no         no      no
kb check        yes    yes      yes     no         no      no
kb stats        yes    yes      yes     no         no      no
curators add    yes    no       no      no         no      no
curators remove yes    no       no      no         no      no
curators list   yes    no       no      no         no      no
WITHDRAW        yes    yes      yes     yes        yes     yes
SUGGEST_FORM    yes    yes      yes     yes        yes     yes
"""
HEAD, *LINES = [line for line in TABLE.splitlines() if line]
WHO = HEAD.split()
ROWS = {line[:16].strip(): dict(zip(WHO, (word == "yes" for word in line[16:].split()), strict=True)) for line in LINES}
COMMANDS = [name for name in ROWS if name not in Verb.__members__]
