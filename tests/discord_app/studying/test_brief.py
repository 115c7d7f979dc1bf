"""`/brief`: a short card, and one page as Markdown and as a PDF."""

import pytest
from simcord import InteractionResult

from bot.study import brief_markdown
from bot.study.brief import Brief, brief, cited
from tests.discord_app.studying.test_study_decks import raw
from tests.discord_app.world import World, buttons, components_of, shown, texts

pytestmark = pytest.mark.asyncio


async def ask(world: World, **options: object) -> InteractionResult:
    """`/brief`, by Alice."""
    came: InteractionResult = await world.alice.slash(world.channel, "brief", **options)
    return came


async def test_a_brief_comes_with_its_files(world: World) -> None:
    """The heads with a sentence each; the files say what the command line's do."""
    came = await ask(world, of="Pakisten")
    engine, today = world.desk.engine, world.desk.today()
    made = brief(engine, "pakistan", today)
    assert not shown(came).ephemeral
    assert "🇵🇰 Pakistan" in texts(came) and f"{len(made.numbers())} sources" in texts(came)
    for section in made.sections:
        assert f"**{section.title[:1].upper()}{section.title[1:]}** ({len(section.items) + section.more})" in texts(
            came
        )
    assert (await raw(came, ".md")).decode() == brief_markdown.write(made, cited(engine, made))
    assert (await raw(came, ".pdf")).startswith(b"%PDF-")
    assert "Delete" in buttons(came)


async def test_a_brief_leads_to_cards(world: World) -> None:
    """Of whom it is about."""
    came = await world.press(world.bob, await ask(world, of="Maldives"), "Study this")
    assert shown(came).ephemeral and "Maldives · new" in texts(came)


async def test_a_brief_may_be_private(world: World) -> None:
    """If somebody says so, or the channel is a quiet one."""
    assert shown(await ask(world, of="Maldives", private=True)).ephemeral
    await world.moderator.slash(world.channel, "channel mode", mode="off")
    came = await ask(world, of="Maldives")
    assert shown(came).ephemeral and "Delete" not in buttons(came)


@pytest.mark.parametrize(("typed", "told"), [("Atlantis", "is called *Atlantis*"), ("Congo", "Please say which")])
async def test_a_name_that_is_none_is_told(world: World, typed: str, told: str) -> None:
    """Privately, and at once."""
    came = await ask(world, of=typed)
    assert shown(came).ephemeral and told in texts(came)


async def test_names_are_offered(world: World) -> None:
    """Of whom there are briefs."""
    offered = await world.alice.autocomplete(world.channel, "brief", "of", "pak")
    assert offered[0]["value"] == "Pakistan"


async def test_nothing_on_file_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without files."""
    monkeypatch.setattr("bot.discord_app.studying.brief_command.brief", lambda _, id_, day: Brief(id_, "", day, ()))
    came = await ask(world, of="Maldives")
    assert "Nothing for a brief" in texts(came)
    assert [c for c in components_of(came) if c["type"] == 13] == []
