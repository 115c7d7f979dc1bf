"""The table of rights is held to, for every command, button, menu and form; looked at when pressed, not when shown."""

import pytest
from discord import app_commands
from simcord.actors import MemberActor

from bot.discord_app.curating.ids import FORMS, Verb, handle, write
from bot.discord_app.curating.pressing import HANDLERS
from bot.discord_app.curating.rights import ONLY_CURATORS, ONLY_OWNER
from tests.conftest import ROOT
from tests.discord_app.curating.hands import ARMENIA, PAGE, Hands
from tests.discord_app.curating.rights import COMMANDS, ROWS, WHO
from tests.discord_app.world import custom_id, shown, texts

pytestmark = pytest.mark.asyncio

CURATORS = {who: who in ("owner", "curator", "second") for who in WHO}  # every other button, menu and form

OPTIONS: dict[str, dict[str, object]] = {
    "fact find": {"words": "pakistan"}, "fact show": {"fact": ARMENIA},
    "fact add": {"relation": "embassy", "subject": "Fiji", "object": "Peru"}, "fact correct": {"fact": ARMENIA},
    "fact end": {"fact": ARMENIA, "until": "2026"}, "fact dispute": {"fact": ARMENIA},
    "fact confirm": {"fact": ARMENIA},
    "fact retire": {"fact": ARMENIA, "reason": "x"}, "fact undo": {"change": "1"}, "curators remove": {"who": "99"},
}  # fmt: skip


def person(hands: Hands, who: str) -> MemberActor:
    """Whom a column is about."""
    world = hands.world
    people = {"curator": hands.ada, "second": hands.ben, "member": world.alice, "stranger": world.guest}
    made: MemberActor = people.get(who) or getattr(world, who)
    return made


async def test_every_command_is_in_the_table(hands: Hands) -> None:
    """Those of this room; `test_permissions` sees to it that there is no other."""
    tree = hands.world.bot.tree
    slash = {c.qualified_name for c in tree.walk_commands() if not isinstance(c, app_commands.Group)}
    assert set(COMMANDS) <= slash


async def test_every_verb_does_something() -> None:
    """And does it only for curators, unless the table says otherwise."""
    assert set(HANDLERS) == set(Verb)


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands(hands: Hands, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not is refused kindly and privately, even where a server shows the command to everybody."""
    monkeypatch.setattr("bot.discord_app.curating.groups.said", _said)
    options = OPTIONS.get(name, {})
    for who, allowed in ROWS[name].items():
        if name == "curators add":
            options = {"who": hands.world.bob.user}
        came = await person(hands, who).slash(hands.world.channel, name, **options)
        assert came.acknowledged
        refused = came.response is not None and any(told in texts(came) for told in (ONLY_CURATORS, ONLY_OWNER))
        assert refused is not allowed, who
        assert not refused or shown(came).ephemeral


async def _said(*_: object) -> str:
    return "0 errors"


@pytest.mark.parametrize("name", ["fact find", "review", "gaps", "stale", "kb check", "curators list"])
async def test_commands_are_hidden(hands: Hands, name: str) -> None:
    """From everybody but administrators, until a server's administrators show them to whom they like."""
    world = hands.world
    (registered,) = world.requests("PUT", r"/applications/\d+/commands")
    shown_to = {c["name"]: c["default_member_permissions"] for c in registered.json or ()}
    assert str(shown_to[name.split()[0]]) == "0"
    assert shown_to["suggest"] is None


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in FORMS])
async def test_buttons_and_menus(hands: Hands, verb: Verb) -> None:
    """Whoever could see them."""
    rows = ROWS.get(verb.name, CURATORS)
    word = handle(ARMENIA) if verb in (Verb.FACT, Verb.ACCEPT) else ""
    for who, allowed in rows.items():
        planted = hands.world.plant(write(verb, 7, word))
        came = await person(hands, who).click(planted, custom_id=write(verb, 7, word))
        assert came.acknowledged
        refused = came.response is not None and ONLY_CURATORS in texts(came)
        assert refused is not allowed, who


ELSEWHERE = {Verb.SUGGEST_FORM, Verb.REJECT_FORM, Verb.SIDE_FORM, Verb.NAMES_FORM}  # no form of a change of a fact


@pytest.mark.parametrize("verb", sorted(FORMS - ELSEWHERE))
async def test_a_form_that_was_open_when_the_right_was_lost(hands: Hands, verb: Verb) -> None:
    """Is refused when it is sent, and changes nothing."""
    world, store = hands.world, hands.world.desk.store
    form = await hands.slash(hands.ada, "fact confirm", fact=ARMENIA)
    values = dict(PAGE)
    if verb is not Verb.BEGIN_FORM:
        preview = await hands.fill(hands.ada, form, **PAGE)
        form = await hands.press(hands.ada, preview, verb.removesuffix("_form").capitalize())
        values = {"words_form": {}, "dates_form": {}, "source_form": PAGE}[verb]
    for one in store.curators.all():
        store.curators.remove(one.id)
    came = await hands.fill(hands.ada, form, **values)
    assert ONLY_CURATORS in texts(came)
    assert world.desk.curation.history() == []


async def test_the_save_of_one_who_is_no_curator_any_more(hands: Hands) -> None:
    """Is refused; so is that of another curator, for a draft is its own curator's alone."""
    store = hands.world.desk.store
    preview = await hands.end(hands.ada)
    came = await hands.ben.click(hands.world.plant(*_ids(hands, preview)), custom_id=_ids(hands, preview)[0])
    assert "another curator's" in texts(came)
    for one in store.curators.all():
        store.curators.remove(one.id)
    await hands.press(hands.ada, preview, "Save")
    assert hands.world.desk.curation.history() == []


def _ids(hands: Hands, preview: object) -> list[str]:
    return [custom_id(hands.now(shown(preview)), "Save")]  # type: ignore[arg-type]


async def test_a_role_makes_curators(hands: Hands) -> None:
    """Those who have it, where they have it; the role of everybody never does."""
    world = hands.world
    role = world.guild.create_role("Editors")
    editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])
    assert ONLY_CURATORS in texts(await hands.slash(editor, "stale"))
    told = await hands.slash(world.owner, "curators add", who=role)
    assert "everybody with the role Editors may change facts" in texts(told)
    assert not shown(told).ephemeral
    assert ONLY_CURATORS not in hands.told(await hands.slash(editor, "stale"))
    refused = await hands.slash(world.owner, "curators add", who=world.guild.default_role)
    assert "Everybody in the server has this role" in texts(refused)


async def test_curators_are_named_listed_and_dismissed(hands: Hands) -> None:
    """By the owner; the name that becomes public is announced for all to read."""
    world = hands.world
    told = await hands.slash(world.owner, "curators add", who=world.bob.user)
    assert "bob may change facts from now on" in texts(told)
    assert "public" in texts(told)
    assert "bob" in texts(await hands.slash(world.owner, "curators list"))
    (offered,) = await world.owner.autocomplete(world.channel, "curators remove", "who", "bob")
    assert "may change facts no longer" in texts(
        await hands.slash(world.owner, "curators remove", who=offered["value"])
    )
    assert ONLY_CURATORS in texts(await hands.slash(world.bob, "stale"))
    assert await world.alice.autocomplete(world.channel, "curators remove", "who", "a") == []


async def test_the_readme_and_the_help_name_every_command(hands: Hands) -> None:
    """What curators use stands in the table for curators; the help names each group."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = texts(await hands.slash(hands.world.alice, "help"))
    for name in COMMANDS:
        group, _, verb = name.partition(" ")
        assert f"**/{group}**" in told, name
        assert (
            f"`/{name}`" in readme or f"`/{name} " in readme or (f"`/{group} " in readme and f"`{verb}`" in readme)
        ), name
