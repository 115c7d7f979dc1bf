"""How the bot ends: soon, with nothing lost, and where it cannot run, with one line that says why, and its own code."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.exit_codes import ExitCode
from tests.conftest import TOY
from tests.process.attache import ANSWER, CALLBACK, LOG_LINE, POST, QUESTION, Bot, Start, text
from tests.process.folders import change, copied, processes_of


async def ends(bot: Bot, how: int = signal.SIGTERM) -> None:
    """The process ends with 0, and need not be killed."""
    assert await bot.d.stop(how) == ExitCode.DONE


async def refuses(bot: Bot, code: ExitCode, said: str, **variables: str) -> list[str]:
    """The process ends by itself with a code, and one line that is no log; the lines before it, if there are any."""
    await bot.launch(ready=False, **variables)
    assert await bot.d.exited(60) == code, bot.d.log()
    told = [line for line in bot.d.log().splitlines() if not LOG_LINE.match(line)]
    assert [line for line in told if line.startswith("attache: ")] == told[-1:]
    assert said in told[-1]
    assert "Traceback" not in bot.d.log()
    return told[:-1]


async def in_the_middle_of_questions(start: Start, how: signal.Signals) -> None:
    """What was asked before the signal is answered, though Discord is slow."""
    async with start() as bot:
        d = bot.d
        for fault in (POST, CALLBACK):
            d.fault(*fault, delay=1.0, times=9)
        asked = [bot.post() for _ in range(3)]
        command = asyncio.create_task(d.slash(bot.alice, bot.channel, "ask", question=QUESTION))
        await d.until(lambda: sum(r["path"].endswith(("/messages", "/callback")) for r in d.requests) == 4)
        await ends(bot, how)
        assert [len(bot.answers(message)) for message in asked] == [1, 1, 1]
        assert ANSWER in text((await command).message)


async def with_a_request_that_hangs(start: Start) -> None:
    """An answer that Discord does not take is not waited for longer than there is time."""
    async with start() as bot:
        bot.d.fault(*POST, delay=30)
        bot.post()
        await bot.d.until(lambda: any(r["path"].endswith("/messages") for r in bot.d.requests))
        await ends(bot)


async def without_a_connection(start: Start) -> None:
    """Neither a gateway that refuses every socket nor a wait for the next try keeps it from ending."""
    async with start(launch=False, faulty=True) as bot:
        bot.d.refuse_ws = 99
        await bot.launch(ready=False)
        await bot.d.until(lambda: bot.d.refuse_ws < 99, 30)
        await ends(bot)
        bot.d.fault("GET", "/users/@me", status=503, times=99)
        await bot.launch(ready=False)
        await bot.d.until(lambda: bot.told("connecting again"), 30)
        await ends(bot)


@pytest.mark.asyncio
async def test_told_to_end(start: Start) -> None:
    """Whatever it is doing."""
    await asyncio.gather(
        in_the_middle_of_questions(start, signal.SIGTERM), in_the_middle_of_questions(start, signal.SIGINT),
        with_a_request_that_hangs(start), without_a_connection(start),
    )  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform != "linux", reason="looks for the compiling process in /proc")
async def test_while_a_reload_compiles(start: Start, tmp_path: Path) -> None:
    """A reload under way is given up."""
    folder = copied(tmp_path)
    async with start(variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        assert bot.d.process
        number = bot.d.process.pid
        change(folder, "the communiqué on diplomatic relations", "a communiqué on diplomatic relations")
        os.kill(number, signal.SIGHUP)
        await bot.d.until(lambda: processes_of(number), 10)
        await asyncio.sleep(0.5)
        await ends(bot)


@pytest.mark.asyncio
async def test_what_cannot_run(start: Start, tmp_path: Path) -> None:
    """Each fault ends with its own code and says in one line what to mend."""
    odd = tmp_path / "odd.sqlite"
    odd.write_text("this is no database, but a text of some length\n" * 100, encoding="utf-8")
    cases: list[tuple[ExitCode, str, dict[str, str]]] = [
        (ExitCode.NO_TOKEN, "refuses the token", {"DISCORD_TOKEN": "wrong"}),
        (ExitCode.NO_TOKEN, "no token: set DISCORD_TOKEN", {"DISCORD_TOKEN": " "}),
        (ExitCode.SWITCH_OFF, "Message Content Intent is off", {"MESSAGE_CONTENT": "1"}),
        (ExitCode.STATE, "not a database URL", {"STATE_URL": "nonsense"}),
        (ExitCode.STATE, str(odd), {"STATE_URL": f"sqlite:///{odd.as_posix()}"}),
        (ExitCode.STATE, "cannot be written", {"STATE_URL": f"sqlite:///{odd.as_posix()}/state.sqlite"}),
        (ExitCode.CANNOT_RUN, "does not exist; set KNOWLEDGE_DIR", {"KNOWLEDGE_DIR": str(tmp_path / "nowhere")}),
        (ExitCode.CANNOT_RUN, "COOLDOWN_QUESTIONS", {"COOLDOWN_QUESTIONS": "many"}),
    ]

    async def fails(code: ExitCode, said: str, more: dict[str, str]) -> None:
        async with start(launch=False, variables={"KNOWLEDGE_DIR": str(TOY)}, faulty=True) as bot:
            assert await refuses(bot, code, said, **more) == []
            assert bot.d.token not in bot.d.log()

    await asyncio.gather(*(fails(*case) for case in cases))


@pytest.mark.asyncio
async def test_broken_knowledge(start: Start, tmp_path: Path) -> None:
    """Every problem is named with its file and line before the one line that says that nothing is served."""
    folder = copied(tmp_path, TOY)
    broken = folder / "facts" / "broken.yaml"
    broken.write_text("facts:\n  - {id: a, relation: nothing, sources: []}\n", encoding="utf-8")
    async with start(launch=False, faulty=True, variables={"KNOWLEDGE_DIR": str(folder)}) as bot:
        problems = await refuses(bot, ExitCode.KNOWLEDGE, "`attache check` lists them")
        assert problems
        assert all("facts/broken.yaml:2:" in problem for problem in problems)


@pytest.mark.asyncio
async def test_a_second_bot(start: Start) -> None:
    """The state belongs to one process; the second one ends, and the first goes on."""
    async with start() as bot, start(launch=False, faulty=True) as other:
        state = {"STATE_URL": bot.environment["STATE_URL"]}
        assert await refuses(other, ExitCode.STATE, "runs on this state; stop it", **state) == []
        assert ANSWER in text(await bot.ask())


@pytest.mark.asyncio
async def test_thrown_off_for_good(start: Start) -> None:
    """A token that was made anew, or a switch that was turned off, while the bot runs: trying again cannot help."""

    async def thrown(code: int, ending: ExitCode, said: str) -> None:
        async with start(faulty=True, variables={"KNOWLEDGE_DIR": str(TOY)}) as bot:
            await bot.d.close(code)
            assert await bot.d.exited(20) == ending
            (line,) = [line for line in bot.d.log().splitlines() if not LOG_LINE.match(line)]
            assert line.startswith("attache: ")
            assert said in line

    await asyncio.gather(
        thrown(4004, ExitCode.NO_TOKEN, "refuses the token"), thrown(4014, ExitCode.SWITCH_OFF, "Intent"),
        thrown(4013, ExitCode.CANNOT_RUN, "4013"),
    )  # fmt: skip
