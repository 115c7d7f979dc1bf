"""Who may do what with cards, decks, reminders, files and briefs: everybody, with what is their own.

`learner` has the card that is up; the others press the same button, and are told that it is none of theirs.
"""

from bot.discord_app.studying.study_ids import Verb

TABLE = """
                    everyone  learner  moderator  owner  elsewhere
study now           yes       yes      yes        yes    yes
study progress      yes       yes      yes        yes    yes
study deck add      yes       yes      yes        yes    yes
study deck show     yes       yes      yes        yes    yes
study deck drop     yes       yes      yes        yes    yes
study remind on     yes       yes      yes        yes    yes
study remind off    yes       yes      yes        yes    yes
study export        yes       yes      yes        yes    yes
brief               yes       yes      yes        yes    yes
NEXT                yes       yes      yes        yes    yes
CHOOSE              no        yes      no         no     no
SHOW                no        yes      no         no     no
GRADE               no        yes      no         no     no
DROP                no        yes      no         no     no
PROGRESS            yes       yes      yes        yes    yes
DECK                no        yes      no         no     no
ROUND               no        yes      no         no     no
"""
HEAD, *LINES = [line for line in TABLE.splitlines() if line]
WHO = HEAD.split()
ROWS = {line[:20].strip(): dict(zip(WHO, (word == "yes" for word in line[20:].split()), strict=True)) for line in LINES}
COMMANDS = [name for name in ROWS if name not in Verb.__members__]
