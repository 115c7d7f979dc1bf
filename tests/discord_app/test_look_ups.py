"""The look-ups find what is named, however it is typed, and show all of it page by page."""

import pytest

from bot import choices
from tests.discord_app.world import World, buttons, file_of, shown, texts

pytestmark = pytest.mark.asyncio

RECOGNISE = "Which states recognise …?"


# --- names


@pytest.mark.parametrize(("typed", "name"), [("Pakistan", "Pakistan"), ("pakisten", "Pakistan"), ("🇵🇰", "Pakistan")])
async def test_a_name_may_be_misspelt(world: World, typed: str, name: str) -> None:
    """What is typed instead of a choice is read as a name."""
    assert f"{name} and Azerbaijan" in texts(
        await world.alice.slash(world.channel, "overview", a=typed, b="Azerbaijan")
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"a": "Congo", "b": "France"}, "Democratic Republic of the Congo"),
        ({"a": "France", "b": "Congo"}, "Please say which"),
        ({"a": "Atlantis", "b": "France"}, "Nothing that fits here is called *Atlantis*"),
        ({"a": "France", "b": ""}, "Nothing that fits here is called"),
        ({"a": "France", "b": "x" * 6000}, "Nothing that fits here is called"),
        ({"a": "France", "b": "france"}, "Please choose two that differ"),
    ],
)
async def test_a_name_that_fits_nobody_or_several_is_told(world: World, options: dict[str, str], told: str) -> None:
    """Privately, with what it may mean; nothing is guessed."""
    answer = shown(await world.alice.slash(world.channel, "overview", **options))
    assert answer.ephemeral
    assert told in texts(answer)
    assert world.own(world.channel) == []


@pytest.mark.parametrize("typed", ["", "pak", "x" * 100, "@everyone", "\u202e", "(", "saint"])
@pytest.mark.parametrize(("command", "option"), [("overview", "a"), ("list", "of"), ("compare", "but_not")])
async def test_names_are_offered_while_typing(world: World, command: str, option: str, typed: str) -> None:
    """At most 25 of at most 100 characters, each of which is read back as the one entity it names."""
    offered = await world.alice.autocomplete(world.channel, command, option, typed)
    names = [choice["value"] for choice in offered]
    assert len(names) <= 25
    assert all(1 <= len(name) <= 100 for name in names)
    assert all(len(choices.entities_named(world.desk.engine, name, world.desk.today())) == 1 for name in names)
    if typed == "pak":
        assert names[0] == "Pakistan"


# --- overview


async def test_an_overview_is_a_dated_list(world: World) -> None:
    """Everything on file between two, with sources; public unless asked otherwise."""
    answer = shown(await world.alice.slash(world.channel, "overview", a="Turkey", b="Azerbaijan"))
    assert "1991" in texts(answer)
    assert not answer.ephemeral
    assert any(label.startswith("Sources (") for label in buttons(answer))
    assert shown(await world.alice.slash(world.channel, "overview", a="Turkey", b="Azerbaijan", private=True)).ephemeral


# --- lists


async def test_every_kind_of_list_works(world: World) -> None:
    """Each by its title, for the first of the offered names of whom a list is on file, if one is."""
    engine, today = world.desk.engine, world.desk.today()
    answered = 0
    kinds = world.desk.live.lists
    for kind in kinds:
        offered = await world.alice.autocomplete(world.channel, "list", "what", kind.title)
        assert kind.key in [choice["value"] for choice in offered]
        names = await world.alice.autocomplete(world.channel, "list", "of", "", what=kind.key)
        found = {n["value"]: choices.entities_named(engine, n["value"], today, kind.takes()) for n in names}
        assert all(len(ids) == 1 for ids in found.values())
        best = next(
            (name for name, (id_,) in found.items() if engine.answer(kind.query(id_), today).status == "answered"),
            next(iter(found)),
        )
        told = texts(await world.alice.slash(world.channel, "list", what=kind.title, of=best, private=True))
        assert "Not understood" not in told
        answered += "No record" not in told
    assert answered >= len(kinds) - 3


async def test_kinds_of_list_are_at_most_25_choices(world: World) -> None:
    """Positive ones first; typed words narrow them down."""
    every = await world.alice.autocomplete(world.channel, "list", "what", "")
    assert len(every) <= 25
    narrowed = await world.alice.autocomplete(world.channel, "list", "what", "not recog")
    assert {choice["name"] for choice in narrowed} == {
        "Which states do not recognise …?",
        "Which states does … not recognise?",
        "Which states and bodies do not recognise …?",
    }


async def test_a_list_that_there_is_not_is_told(world: World) -> None:
    """With those that there are."""
    answer = shown(await world.alice.slash(world.channel, "list", what="best friends of", of="Kosovo"))
    assert answer.ephemeral
    assert "There is no list called *best friends of*" in texts(answer)
    assert RECOGNISE in texts(answer).replace("\\", "")


async def test_a_list_takes_only_what_fits_it(world: World) -> None:
    """An event has no members."""
    answer = await world.alice.slash(
        world.channel, "list", what="Which states are members of …?", of="Khojaly massacre"
    )
    assert "Nothing that fits here is called" in texts(answer)


async def test_pages_from_first_to_last(world: World) -> None:
    """In place for who asked; every name stands on exactly one page; the ends lead nowhere further."""
    answer = shown(await world.alice.slash(world.channel, "list", what=RECOGNISE, of="Kosovo"))
    assert buttons(answer)["‹ Back"]["disabled"]
    last = int(next(label for label in buttons(answer) if " of " in label).split(" of ")[1])
    pages = [texts(answer)]
    for number in range(2, last + 1):
        await world.press(world.alice, world.current(answer), "Next")
        pages.append(texts(world.current(answer)))
        assert f"{number} of {last}" in buttons(world.current(answer))
    assert buttons(world.current(answer))["Next ›"]["disabled"]
    assert len(world.own(world.channel)) == 1
    names = [world.desk.engine.kb.entities[e].name.replace(" ", "\u00a0") for e in ("costa-rica", "france", "jordan")]
    assert all(sum(name in page for page in pages) == 1 for name in names)
    await world.press(world.alice, world.current(answer), "‹ Back")
    assert f"{last - 1} of {last}" in buttons(world.current(answer))
    assert "Delete" in buttons(world.current(answer))


async def test_others_turn_pages_for_themselves(world: World) -> None:
    """The message stays as it is for who asked."""
    answer = shown(await world.alice.slash(world.channel, "list", what=RECOGNISE, of="Kosovo"))
    turned = shown(await world.press(world.bob, answer, "Next"))
    assert turned.ephemeral
    assert "2 of" in " ".join(buttons(turned))
    assert "1 of" in " ".join(buttons(world.current(answer)))
    await world.press(world.bob, turned, "Next")
    assert "Delete" not in buttons(turned)


async def test_a_list_as_a_text_file(world: World) -> None:
    """All of it, one name a line, with the sources; privately."""
    answer = await world.alice.slash(world.channel, "list", what=RECOGNISE, of="Kosovo")
    handed = await world.press(world.bob, answer, "As a text file")
    assert shown(handed).ephemeral
    name, text = await file_of(handed)
    assert name.endswith(".txt")
    assert {"Albania", "France", "Jordan"} <= set(text.splitlines())
    assert "Sources:" in text
    assert "accessed 22 November 2026" in text


# --- compare


async def test_compare_takes_one_list_from_another(world: World) -> None:
    """Who recognises Kosovo but not Israel."""
    answer = await world.alice.slash(world.channel, "compare", of="Kosovo", but_not="Israel")
    assert "Malaysia" in texts(answer)
    assert "France" not in texts(answer)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"of": "Kosovo", "but_not": "kosovo"}, "Please choose two that differ"),
        ({"of": "Kosovo", "but_not": "Atlantis"}, "Nothing that fits here is called"),
        ({"of": "Kosovo", "but_not": "Israel", "what": "friends"}, "There is no list called *friends*"),
    ],
)
async def test_compare_tells_what_does_not_fit(world: World, options: dict[str, str], told: str) -> None:
    """Privately."""
    answer = shown(await world.alice.slash(world.channel, "compare", **options))
    assert answer.ephemeral
    assert told in texts(answer)


async def test_compare_offers_its_lists(world: World) -> None:
    """Each offered one works."""
    offered = await world.alice.autocomplete(world.channel, "compare", "what", "")
    assert offered
    for choice in offered:
        answer = await world.alice.slash(
            world.channel, "compare", of="Kosovo", but_not="Israel", what=choice["value"], private=True
        )
        assert "There is no list" not in texts(answer)


# --- changes


@pytest.mark.parametrize("since", ["", "30 days", "2 weeks", "2025", "2025-08", "2025-08-31", "since 2025", "12 m"])
async def test_changes_reads_how_people_say_since_when(world: World, since: str) -> None:
    """An empty one means the usual span."""
    assert "### 🗓️ Since" in texts(await world.alice.slash(world.channel, "changes", since=since))


@pytest.mark.parametrize("since", ["tomorrow", "2030", "99999 years", "9999 years", "0", "🦆", "2025-13", "x" * 500])
async def test_changes_tells_what_it_cannot_read(world: World, since: str) -> None:
    """The future, nonsense, and a span longer than time: privately, with what to try."""
    answer = shown(await world.alice.slash(world.channel, "changes", since=since))
    assert answer.ephemeral
    assert "I cannot read" in texts(answer)


async def test_changes_turn_pages(world: World) -> None:
    """For others privately, since the message belongs to nobody alone."""
    answer = shown(await world.alice.slash(world.channel, "changes", since="2024"))
    assert "31 August 2025" in texts(answer) or "Next ›" in buttons(answer)
    turned = shown(await world.press(world.bob, answer, "Next"))
    assert turned.ephemeral
    before = texts(turned)
    assert before != texts(answer)
    await world.press(world.bob, turned, "Next")
    assert texts(world.current(turned)) != before


async def test_changes_offers_spans(world: World) -> None:
    """Each offered one is read back."""
    for choice in await world.alice.autocomplete(world.channel, "changes", "since", ""):
        told = texts(await world.alice.slash(world.channel, "changes", since=choice["value"], private=True))
        assert "### 🗓️ Since" in told


# --- the house


@pytest.mark.parametrize("command", ["about", "help", "privacy"])
async def test_house_cards_are_private(world: World, command: str) -> None:
    """Nobody else has to read them; in direct messages they work too."""
    assert shown(await world.alice.slash(world.channel, command)).ephemeral
    assert texts(await world.alice.user.slash(command))


async def test_help_names_every_command(world: World) -> None:
    """Nothing can be done that /help keeps to itself."""
    told = texts(await world.alice.slash(world.channel, "help"))
    for command in world.bot.tree.walk_commands():
        if not command.parent and command.name != "help":
            assert f"/{command.name}" in told
    assert "Check this claim" in told


@pytest.mark.settings(operator_contact="the @everyone desk, <desk@example.org>")
async def test_about_says_who_runs_it_and_what_is_on_file(world: World) -> None:
    """Figures from the knowledge base, the operator's contact as plain text."""
    told = texts(await world.alice.slash(world.channel, "about"))
    assert f"**{len(world.desk.engine.kb):,}** facts" in told
    assert "desk@example" in told.replace("\\", "")
