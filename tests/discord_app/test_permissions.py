"""Who may do what: every command and every button, in one table that the bot is held to."""

import discord
import pytest
from simcord.actors import MemberActor

from bot.discord_app.custom_ids import Kind, write
from bot.questions.query import Query
from tests.discord_app.curating.rights import COMMANDS as OTHERS
from tests.discord_app.studying.quiz_rights import COMMANDS as QUIZZES
from tests.discord_app.studying.study_rights import COMMANDS as CARDS
from tests.discord_app.world import World, shown, texts

pytestmark = pytest.mark.asyncio

# `everyone` is neither asker nor anything else; `owner` runs the bot, which gives no right in anybody's server;
# `elsewhere` moderates another server and is a plain member here.
TABLE = """
                    everyone  asker  moderator  owner  elsewhere
ask                 yes       yes    yes        yes    yes
Check this claim    yes       yes    yes        yes    yes
overview            yes       yes    yes        yes    yes
list                yes       yes    yes        yes    yes
compare             yes       yes    yes        yes    yes
changes             yes       yes    yes        yes    yes
about               yes       yes    yes        yes    yes
help                yes       yes    yes        yes    yes
privacy             yes       yes    yes        yes    yes
channel mode        no        no     yes        no     no
channel show        no        no     yes        no     no
server keep         no        no     yes        no     no
server audit        no        no     yes        no     no
server digest       no        no     yes        no     no
PAGE                yes       yes    yes        yes    yes
SOURCES             yes       yes    yes        yes    yes
HISTORY             yes       yes    yes        yes    yes
WHY                 yes       yes    yes        yes    yes
CITATION            yes       yes    yes        yes    yes
REPORT              yes       yes    yes        yes    yes
REPORT_FORM         yes       yes    yes        yes    yes
FOLLOW              yes       yes    yes        yes    yes
FOLLOW_FORM         yes       yes    yes        yes    yes
DELETE              no        yes    yes        no     no
PICK                yes       yes    yes        yes    yes
OPEN                yes       yes    yes        yes    yes
FILE                yes       yes    yes        yes    yes
CHANGES             yes       yes    yes        yes    yes
EXPORT              yes       yes    yes        yes    yes
FORGET              yes       yes    yes        yes    yes
FORGET_SURELY       yes       yes    yes        yes    yes
STUDY               yes       yes    yes        yes    yes
"""
HEAD, *LINES = [line for line in TABLE.splitlines() if line]
WHO = HEAD.split()
ROWS = {line[:20].strip(): dict(zip(WHO, (word == "yes" for word in line[20:].split()), strict=True)) for line in LINES}
COMMANDS = [name for name in ROWS if name not in Kind.__members__]
KINDS = [name for name in ROWS if name in Kind.__members__]

OPTIONS: dict[str, dict[str, object]] = {
    "ask": {"question": "does pakistan recognise armenia?"}, "overview": {"a": "Pakistan", "b": "Armenia"},
    "list": {"what": "Which states recognise …?", "of": "Kosovo"}, "compare": {"of": "Kosovo", "but_not": "Israel"},
    "channel mode": {"mode": "mention"}, "server keep": {"words": True},
}  # fmt: skip
QUERY = Query("recognition", "which", None, ("kosovo",), rule="recognition.which")


def person(world: World, who: str) -> MemberActor:
    """Whom a column is about; Alice is the asker."""
    people = {"everyone": world.bob, "asker": world.alice, "elsewhere": world.guest}
    made: MemberActor = people.get(who) or getattr(world, who)
    return made


async def test_every_command_is_in_the_table(world: World) -> None:
    """A new one has to say who may use it; those of curators, and those of quizzes, have a table of their own."""
    tree = world.bot.tree
    slash = {c.qualified_name for c in tree.walk_commands() if not hasattr(c, "walk_commands")} - set(OTHERS)
    slash -= {*QUIZZES, *CARDS}
    menus = {c.name for kind in (2, 3) for c in tree.get_commands(type=_menu(kind))}
    assert slash | menus == set(COMMANDS)


async def test_every_kind_of_button_is_in_the_table() -> None:
    """A new one has to say who may press it."""
    assert set(KINDS) == set(Kind.__members__)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "Check this claim"])
async def test_commands(world: World, name: str) -> None:
    """Who may not is not shown the command; and is refused, where a server shows it to everybody nevertheless."""
    for who, allowed in ROWS[name].items():
        assert (name in person(world, who).available_commands(world.channel)) is allowed, who
    root = world.env.backend.find_command(name.split()[0], world.guild.id, type=1)
    assert root is not None
    world.guild.set_command_permissions(int(root["id"]), {world.guild.default_role: True})
    for who, allowed in ROWS[name].items():
        answer = shown(await person(world, who).slash(world.channel, name, **OPTIONS.get(name, {})))
        assert ("🚫 That needs the permission" not in texts(answer)) is allowed, who
        assert answer.ephemeral or allowed


async def test_the_menu_of_a_message(world: World) -> None:
    """Everybody may check what anybody wrote."""
    message = await world.alice.send(world.channel, "Pakistan recognises Armenia.")
    for who, allowed in ROWS["Check this claim"].items():
        answer = await person(world, who).context_menu(world.channel, "Check this claim", message)
        assert ("On file" in texts(answer)) is allowed, who


@pytest.mark.parametrize("name", [name for name in KINDS if name != "DELETE" and not name.endswith("_FORM")])
async def test_buttons(world: World, name: str) -> None:
    """On an answer to Alice, for all to see."""
    kind = Kind[name]
    number = {Kind.CHANGES: 1_2024_01_01, Kind.PAGE: 2}.get(kind, 0)
    about = None if kind in (Kind.CHANGES, Kind.EXPORT, Kind.FORGET, Kind.FORGET_SURELY) else QUERY
    id_, delete = write(kind, about, number), write(Kind.DELETE, number=world.alice.id)
    for who, allowed in ROWS[name].items():
        pressed = await person(world, who).click(world.plant(id_, delete), custom_id=id_)
        assert pressed.acknowledged
        refused = pressed.response is not None and "Only who asked" in texts(pressed)
        assert refused is not allowed, who


@pytest.mark.parametrize(("name", "field"), [("REPORT_FORM", "what"), ("FOLLOW_FORM", "question")])
async def test_forms(world: World, name: str, field: str) -> None:
    """Opened from an answer to Alice."""
    id_ = write(Kind[name.removesuffix("_FORM")], QUERY)
    for who, allowed in ROWS[name].items():
        form = await person(world, who).click(world.plant(id_), custom_id=id_)
        sent = await person(world, who).submit_modal(form, {field: "who recognises israel?"})
        assert ("Thank you" in texts(sent) or "recognise Israel" in texts(sent)) is allowed, who


async def test_delete(world: World) -> None:
    """An answer to Alice is gone, or stays."""
    for who, allowed in ROWS["DELETE"].items():
        answer = shown(await world.ask(world.alice, "does pakistan recognise armenia?"))
        await world.press(person(world, who), answer, "Delete")
        assert (answer.id not in [message.id for message in world.own(world.channel)]) is allowed, who


async def test_delete_asks_for_the_right_in_the_channel(world: World) -> None:
    """Who moderates one channel alone deletes there alone; Manage Messages is what counts, no other right."""
    helper = world.guild.add_member(world.env.create_user("helper"))
    theirs = world.guild.create_text_channel(
        "theirs", overwrites={helper: discord.PermissionOverwrite(manage_messages=True)}
    )
    for channel, gone in ((theirs, True), (world.channel, False)):
        answer = shown(await world.ask(world.alice, "does pakistan recognise armenia?", channel))
        await world.press(helper, answer, "Delete")
        assert (world.own(channel) == []) is gone


async def test_a_report_of_another_server_is_marked_as_such(world: World) -> None:
    """What the guest reports here is of this server, not of the one that they moderate."""
    id_ = write(Kind.REPORT, QUERY)
    form = await world.guest.click(world.plant(id_), custom_id=id_)
    await world.guest.submit_modal(form, {"what": "wrong"})
    (report,) = world.desk.store.proposals.all()
    assert report.guild_id == world.guild.id


def _menu(kind: int) -> discord.AppCommandType:
    return discord.AppCommandType(kind)
