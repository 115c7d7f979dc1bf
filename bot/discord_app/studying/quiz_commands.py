"""`/quiz`: start and stop one, see how it stands, the season, and whether one is listed.

Comes in: what somebody chose. Goes out: a quiz, or a card that only they see unless they say otherwise.
"""

from typing import Literal

from discord import app_commands

from bot.discord_app import acting, sending
from bot.discord_app.aliases import Choice, Command, Interaction
from bot.discord_app.desk import PROMPT, Desk
from bot.discord_app.escape import escape, plain
from bot.discord_app.limits import CHOICE, fit
from bot.discord_app.pages import say
from bot.discord_app.studying import boards, quiz_shows
from bot.discord_app.studying.quiz_pressing import NOT_YOURS
from bot.discord_app.studying.quiz_starting import MOST, begin, may_lead
from bot.study.scores import board
from bot.study.seasons import season_of
from bot.study.topics import suggested

NONE_RUNS = "No quiz is running here. **/quiz start** begins one."
USUAL_COUNT = 10
_FAILED = "⚠️ That could not be kept. Please try again later."
_UNREAD = "⚠️ That could not be read. Please try again later."


def quiz_group(desk: Desk) -> app_commands.Group:
    """The commands, for everybody; in servers where the bot is, and in direct messages with it."""
    group = app_commands.Group(name="quiz", description="Questions from the facts, for everybody in a channel")
    app_commands.allowed_installs(guilds=True, users=False)(group)
    app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(group)
    for command in (_start(desk), _stop(), _score(desk), _season(desk), _hide(desk), _show(desk)):
        group.add_command(command)
    return group


def _start(desk: Desk) -> Command:
    @app_commands.command(name="start", description="Start a quiz in this channel")
    @app_commands.describe(
        topic="What about; anything, if you leave it out", questions=f"How many; {USUAL_COUNT}, if you leave it out",
        pace="How much time there is; normal is 20 seconds for a question",
        strictness="How exactly typed names and dates must be right; lenient, if you leave it out",
    )  # fmt: skip
    async def start(
        interaction: Interaction,
        topic: app_commands.Range[str, 1, CHOICE] = "",
        questions: app_commands.Range[int, 1, MOST] = USUAL_COUNT,
        pace: Literal["fast", "normal", "slow", "by hand"] = "normal",
        strictness: Literal["lenient", "strict"] = "lenient",
    ) -> None:
        await begin(desk, interaction, topic, questions, pace, strictness == "strict")

    @start.autocomplete("topic")
    async def complete(_: Interaction, typed: str) -> list[Choice]:
        return await topic_choices(desk, typed)

    return start


async def topic_choices(desk: Desk, typed: str) -> list[Choice]:
    """Topics that fit what was typed so far."""
    making = await desk.makers.ready()
    return [
        app_commands.Choice(name=plain(f"{topic.title} · {topic.facts} facts", CHOICE), value=topic.key)
        for topic in suggested(making.topics, typed)
        if len(topic.key) <= CHOICE
    ]


def _stop() -> Command:
    @app_commands.command(name="stop", description="End the quiz in this channel; for who started it, and moderators")
    async def stop(interaction: Interaction) -> None:
        tables = interaction.client.tables
        table = tables.at(interaction.channel_id or 0)
        if table is None:
            await sending.respond(interaction, say(NONE_RUNS), private=True)
        elif not may_lead(interaction, table):
            await sending.respond(interaction, say(f"🚫 {NOT_YOURS}"), private=True)
        else:
            await sending.defer(interaction, private=True)
            await tables.stop(table.channel, f"🎓 {boards.mention(interaction.user.id)} stopped it.")
            await sending.respond(
                interaction, say("The quiz is stopped; the question that was open does not count."), private=True
            )

    return stop


def _score(desk: Desk) -> Command:
    @app_commands.command(name="score", description="How the quiz in this channel stands")
    @app_commands.describe(show="For all to read; otherwise only you see it")
    async def score(interaction: Interaction, show: bool = False) -> None:
        table = interaction.client.tables.at(interaction.channel_id or 0)
        if table is None:
            await sending.respond(interaction, say(NONE_RUNS), private=True)
            return
        private = not show or await acting.quiet(desk, interaction)
        guild = interaction.guild_id
        hidden = await desk.kept(lambda: desk.store.quizzes.opted_out(guild), PROMPT) if guild else None
        quiz = table.quiz
        shown, others = boards.listed(quiz.scores(), hidden or ())
        lines = [
            f"-# After {len(quiz.results)} of {len(quiz.questions)} questions",
            f"### {escape(quiz_shows.title(desk, table))}",
        ]
        lines += boards.lines(shown) or ["Nobody has answered yet."]
        lines += [f"-# and {others} who play without being listed"] if others else []
        await sending.respond(interaction, say("\n".join(lines)), private=private)

    return score


def _season(desk: Desk) -> Command:
    @app_commands.command(name="season", description="The leaderboard of this server, of this quarter of the year")
    @app_commands.describe(show="For all to read; otherwise only you see it")
    async def season(interaction: Interaction, show: bool = False) -> None:
        guild, now = interaction.guild_id, desk.now()
        if guild is None:
            await sending.respond(interaction, say("Leaderboards are kept of servers alone."), private=True)
            return
        private = not show or await acting.quiet(desk, interaction)
        this = season_of(now)
        rows = await desk.kept(lambda: desk.store.quizzes.season(guild, this.since, this.before), PROMPT)
        if rows is None:
            await sending.respond(interaction, say(_UNREAD), private=True)
            return
        scores = board(rows)
        year, quarter = this.label.split("-")
        lines = [
            f"-# All quizzes of this server since {this.since.day} {this.since:%B} {year}",
            f"### 🏆 Season {quarter} of {year}",
        ]
        lines += boards.lines(scores) or ["No quiz was played to its end yet. **/quiz start** begins one."]
        own = next((score for score in scores[boards.LINES :] if score.person == interaction.user.id), None)
        if own is not None and private:
            lines.append(f"You are on rank **{own.rank}** with **{own.points}**.")
        lines.append("-# A point for each right answer. **/quiz hide-me** takes you off the boards.")
        await sending.respond(interaction, say(fit("\n".join(lines), 3900)), private=private)

    return season


def _hide(desk: Desk) -> Command:
    @app_commands.command(
        name="hide-me", description="Be on no leaderboard of this server; what you reached is deleted"
    )
    async def hide(interaction: Interaction) -> None:
        guild, person, now = interaction.guild_id, interaction.user.id, desk.now()
        if guild is None:
            await sending.respond(interaction, say("Leaderboards are kept of servers alone."), private=True)
            return

        def work() -> bool:
            desk.store.quizzes.opt_out(guild, person, now)
            return True

        done = await desk.kept(work, PROMPT)
        told = (
            "You are on no leaderboard of this server any more, and what you had reached is deleted. You can play on; "
            "**/quiz show-me** lists you again."
        )
        await sending.respond(interaction, say(told if done else _FAILED), private=True)

    return hide


def _show(desk: Desk) -> Command:
    @app_commands.command(name="show-me", description="Be on the leaderboards of this server again, from now on")
    async def show(interaction: Interaction) -> None:
        guild, person = interaction.guild_id, interaction.user.id
        if guild is None:
            await sending.respond(interaction, say("Leaderboards are kept of servers alone."), private=True)
            return
        was_hidden = await desk.kept(lambda: desk.store.quizzes.opt_in(guild, person), PROMPT)
        told = "From now on you are on the leaderboards of this server." if was_hidden else "You are on them already."
        await sending.respond(interaction, say(_FAILED if was_hidden is None else told), private=True)

    return show
