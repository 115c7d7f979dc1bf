"""Who may do what with quizzes and the question of the day: every command, button and form.

`host` started the quiz that runs; `everyone` is a plain member, as `elsewhere` is here, who moderates another server;
`owner` runs the bot, which gives no right in anybody's server.
"""

from bot.discord_app.studying.quiz_ids import Verb

TABLE = """
                everyone  host  moderator  owner  elsewhere
quiz start      yes       yes   yes        yes    yes
quiz stop       no        yes   yes        no     no
quiz score      yes       yes   yes        yes    yes
quiz season     yes       yes   yes        yes    yes
quiz hide-me    yes       yes   yes        yes    yes
quiz show-me    yes       yes   yes        yes    yes
daily on        no        no    yes        no     no
daily off       no        no    yes        no     no
daily show      no        no    yes        no     no
PICK            yes       yes   yes        yes    yes
REVEAL          no        yes   yes        no     no
NEXT            no        yes   yes        no     no
CHALLENGE       yes       yes   yes        yes    yes
CHALLENGE_FORM  yes       yes   yes        yes    yes
MISSED          yes       yes   yes        yes    yes
AGAIN           yes       yes   yes        yes    yes
DAILY           yes       yes   yes        yes    yes
"""
HEAD, *LINES = [line for line in TABLE.splitlines() if line]
WHO = HEAD.split()
ROWS = {line[:16].strip(): dict(zip(WHO, (word == "yes" for word in line[16:].split()), strict=True)) for line in LINES}
COMMANDS = [name for name in ROWS if name not in Verb.__members__]
