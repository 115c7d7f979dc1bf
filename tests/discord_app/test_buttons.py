"""Every button does what it says, for whom it may, weeks later and after a restart; one that cannot says so."""

import pytest
from simcord import ResponseMessage

from tests.discord_app.world import World, buttons, components_of, custom_id, file_of, shown, texts

pytestmark = pytest.mark.asyncio

QUESTION = "does pakistan recognise armenia?"
# A question whose query fits into no custom id: two long names and a time.
LONG = "did the united arab emirates and bosnia and herzegovina have diplomatic relations before 12 march 1994?"
GONE = "Please ask the question again"
TOLD = {
    "Sources": "📚 Sources", "History": "🕰️ History", "Why": "🔎 Why this answer", "Copy": "🔖 Citation",
}  # fmt: skip


async def card(world: World, question: str = QUESTION) -> ResponseMessage:
    """A public answer to Alice."""
    return shown(await world.ask(world.alice, question))


# --- what stands behind an answer


@pytest.mark.parametrize("label", TOLD)
@pytest.mark.parametrize("restarted", [False, True])
async def test_anybody_may_look_behind_an_answer(world: World, label: str, restarted: bool) -> None:
    """Privately; before and after a restart."""
    answer = await card(world)
    if restarted:
        await world.restart()
    behind = shown(await world.press(world.bob, answer, label))
    assert behind.ephemeral
    assert TOLD[label] in texts(behind)
    assert texts(world.current(answer)) == texts(answer)


async def test_sources_are_all_there_with_their_dates(world: World) -> None:
    """As many as the button says, each with its link and the day it was read."""
    answer = await card(world)
    (label,) = [label for label in buttons(answer) if label.startswith("Sources")]
    told = texts(await world.press(world.bob, answer, "Sources"))
    assert told.count("](https://") >= int(label.removeprefix("Sources (").rstrip(")"))
    assert told.count("ead ") >= int(label.removeprefix("Sources (").rstrip(")"))


async def test_history_tells_what_was_before(world: World) -> None:
    """The facts of the statement as a dated list."""
    assert "31 August 2025" in texts(await world.press(world.bob, await card(world), "History"))


async def test_why_knows_the_words_until_a_restart(world: World) -> None:
    """The score is of the words, which are kept in memory alone; the rule and the facts stay known."""
    answer = await card(world, "does pakistn recognise armenia")
    told = texts(await world.press(world.bob, answer, "Why"))
    assert "**Score**" in told
    assert "recognition" in told
    await world.restart()
    told = texts(await world.press(world.bob, answer, "Why"))
    assert "**Score**" not in told
    assert "recognition" in told
    assert "is not kept" in told


async def test_a_citation_can_be_copied_whole(world: World) -> None:
    """In a code block, with the day of access and whole addresses."""
    told = texts(await world.press(world.bob, await card(world), "Copy"))
    assert told.count("```") == 2
    assert "accessed 22 November 2026" in told
    assert "https://www.geo.tv/" in told


async def test_pages_behind_an_answer_turn_in_place(world: World) -> None:
    """A private page is its reader's own."""
    answer = await card(world, "who recognises kosovo?")
    first = shown(await world.press(world.bob, answer, "Sources"))
    before = texts(first)
    await world.press(world.bob, first, "Next")
    assert texts(world.current(first)) != before
    assert buttons(world.current(first))["‹ Back"]["disabled"] is False


# --- a choice to make


async def test_the_asker_chooses_in_place(world: World) -> None:
    """The offer becomes the answer, which is the asker's to delete."""
    offer = await card(world, "does congo recognise kosovo?")
    await world.press(world.alice, offer, "2.")
    now = world.current(offer)
    assert "Which one" not in texts(now)
    assert "Democratic Republic of the Congo" in texts(now)
    assert custom_id(now, "Delete") == custom_id(offer, "Delete")
    assert len(world.own(world.channel)) == 1


async def test_others_choose_for_themselves(world: World) -> None:
    """The offer stays for who asked."""
    offer = await card(world, "does congo recognise kosovo?")
    chosen = shown(await world.press(world.bob, offer, "1."))
    assert chosen.ephemeral
    assert "Congo" in texts(chosen)
    assert "Which one" in texts(world.current(offer))


async def test_a_choice_is_followed_up(world: World) -> None:
    """By who chose: the question that was meant is the last one."""
    offer = await card(world, "does korea recognise palestine?")
    await world.press(world.alice, offer, "1.")
    answer = await world.mention(world.alice, "since when?")
    assert answer is not None
    assert "North Korea" in texts(answer)


# --- delete


@pytest.mark.parametrize("who", ["alice", "moderator"])
async def test_the_asker_and_moderators_delete(world: World, who: str) -> None:
    """The answer is gone, and so is what was kept for its buttons."""
    answer = await card(world, LONG)
    assert world.desk.store.recall_answer(answer.id) is not None
    await world.press(getattr(world, who), answer, "Delete")
    assert world.own(world.channel) == []
    assert world.desk.store.recall_answer(answer.id) is None


@pytest.mark.parametrize("who", ["bob", "owner", "guest"])
async def test_nobody_else_deletes(world: World, who: str) -> None:
    """They are told so privately."""
    answer = await card(world)
    refused = shown(await world.press(getattr(world, who), answer, "Delete"))
    assert refused.ephemeral
    assert "Only who asked, and moderators" in texts(refused)
    assert len(world.own(world.channel)) == 1


async def test_a_reply_and_a_direct_answer_can_be_deleted(world: World) -> None:
    """By who asked, wherever."""
    answer = await world.mention(world.alice, QUESTION)
    assert answer is not None
    await world.press(world.alice, answer, "Delete")
    assert world.own(world.channel) == []
    direct = await world.direct(world.alice.user, QUESTION)
    assert direct is not None
    await world.press(world.alice.user, direct, "Delete")
    assert world.own(world.alice.user.dm_channel) == []


# --- report


async def test_a_report_is_kept_with_its_facts(world: World) -> None:
    """What is wrong, by which source, about which facts, by whom and where."""
    form = await world.press(world.bob, await card(world), "Report")
    done = shown(await world.bob.submit_modal(form, {"what": " It ended. ", "source": "https://example.org/x"}))
    assert done.ephemeral
    (report,) = world.desk.store.proposals.all()
    assert f"report {report.id}" in texts(done)
    assert (report.text, report.source) == ("It ended.", "https://example.org/x")
    assert report.facts == world.desk.engine.ask(QUESTION, today=world.desk.today()).facts
    assert (report.proposer_id, report.guild_id, report.state) == (world.bob.id, world.guild.id, "open")


async def test_a_report_without_facts_says_what_was_asked(world: World) -> None:
    """Or nobody could tell what it is about; a source is no duty."""
    form = await world.press(world.bob, await card(world, "does fiji sell arms to malta?"), "Report")
    await world.bob.submit_modal(form, {"what": "It does"})
    (report,) = world.desk.store.proposals.all()
    assert report.facts == ()
    assert "fiji" in report.text
    assert "It does" in report.text


async def test_a_report_on_a_miss_is_kept(world: World) -> None:
    """There is no question then, only what was written."""
    form = await world.press(world.bob, await card(world, "blah blah"), "Report")
    await world.bob.submit_modal(form, {"what": "you should know"})
    assert [report.text for report in world.desk.store.proposals.all()] == ["you should know"]


# --- old buttons, damaged ones, and those that hold too much


@pytest.mark.parametrize(
    "id_",
    [
        "att2s::recognition;w;pakistan;armenia", "att0s:", "att1", "att1s", "att1s::", "att1s::recognition",
        "att1s::recognition;w;pakistan", "att1s::recognition;w;atlantis;armenia", "att1s::amity;w;pakistan;armenia",
        "att1Q::recognition;w;pakistan;armenia", "att1s::recognition;w;pakistan;armenia;zz=1", "att1w::@", "att1p:7:@",
        "att1x:123:", "att1x:120260230:", "att1s::recognition;w;pakistan;armenia;a=never",
        "att1s:99999999999999999999999:recognition;w;pakistan;armenia",
    ],
)  # fmt: skip
async def test_a_button_that_is_not_understood_says_so(world: World, id_: str) -> None:
    """Of another version, damaged, of an entity or relation that is gone, or with a query that was not kept."""
    pressed = shown(await world.alice.click(world.plant(id_), custom_id=id_))
    assert pressed.ephemeral
    assert GONE in texts(pressed)


@pytest.mark.parametrize(
    "id_",
    [
        "att1g:99999999999999999999:recognition;l;;kosovo", "att1s:99999999999999999999:recognition;l;;kosovo",
        "att1h:0:recognition;w;;", "att1w::recognition;w;khojaly;armenia", "att1c::recognition;l;;",
        "att1t::recognition;w;pakistan;armenia", "att1p::recognition;w;pakistan;armenia;r=no.such.rule",
        "att1s::recognition;w;pakistan;armenia;n.colour=red", "att1w::recognition;_sideways;pakistan;armenia",
        "att1p::overview;d;pakistan;", "att1p::glossary;d;;", "att1p::recognition;w;pakistan,armenia;armenia",
        "att1g::membership;l;;oic;k=khojaly;m=khojaly", "att1p::recognition;l;;kosovo;x=,", "att1p::energy;n;;",
    ],
)  # fmt: skip
async def test_a_button_of_an_odd_query_fails_nothing(world: World, id_: str) -> None:
    """What an earlier version may have written: answered, or said to be gone; never a fault."""
    pressed = await world.alice.click(world.plant(id_), custom_id=id_)
    assert pressed.acknowledged
    assert not world.log.lines("failed")


async def test_a_button_of_somebody_else_is_left_alone(world: World) -> None:
    """Another program of the same application may answer it."""
    assert not (await world.alice.click(world.plant("vote:1"), custom_id="vote:1")).acknowledged


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_query_too_long_for_a_button_is_held(world: World, restarted: bool) -> None:
    """It is stored with the message, and found again after a restart."""
    answer = await card(world, LONG)
    assert custom_id(answer, "Why").endswith("::@")
    if restarted:
        await world.restart()
    told = texts(await world.press(world.bob, answer, "Why"))
    assert "Bosnia and Herzegovina" in told
    assert "1994" in told
    assert "Bosnia" in texts(await world.follow(world.bob, answer, "and in 2005?"))


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_choices_too_long_for_a_button_are_held(world: World, who: str) -> None:
    """Each under its own number; what comes of a choice holds its own query in its turn."""
    offer = await card(
        world, "did congo and saint vincent and the grenadines have diplomatic relations before 12 march 1994?"
    )
    assert custom_id(offer, "2.").endswith(":2:@")
    await world.restart()
    person = getattr(world, who)
    chosen = await world.press(person, offer, "2.")
    answer = shown(chosen) if who == "bob" else world.current(offer)
    assert "Democratic Republic of the Congo" in texts(answer)
    assert "Democratic Republic of the Congo" in texts(await world.press(person, answer, "Why"))


async def test_a_held_query_that_was_forgotten_says_so(world: World) -> None:
    """After ninety days, or when the asker was forgotten."""
    answer = await card(world, LONG)
    world.desk.store.forget_answer(answer.id)
    assert GONE in texts(await world.press(world.bob, answer, "Why"))


async def test_a_held_query_survives_a_form(world: World) -> None:
    """The form's own id holds no query either; the message it was opened from does."""
    form = await world.press(world.bob, await card(world, LONG), "Report")
    await world.bob.submit_modal(form, {"what": "wrong"})
    (report,) = world.desk.store.proposals.all()
    assert "bosnia-and-herzegovina" in report.text


async def test_no_card_repeats_a_custom_id(world: World) -> None:
    """Discord refuses such a message: several claims, pages, choices."""
    for question in ("who recognises kosovo?", "does congo recognise kosovo?", LONG, "blah"):
        ids = [c["custom_id"] for c in components_of(await card(world, question)) if "custom_id" in c]
        assert len(ids) == len(set(ids))


async def test_a_file_is_handed_over_from_an_old_message(world: World) -> None:
    """After a restart, to anybody."""
    answer = await card(world, "who recognises kosovo?")
    await world.restart()
    _, text = await file_of(await world.press(world.bob, answer, "As a text file"))
    assert "France" in text.splitlines()
