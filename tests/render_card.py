"""Draws cards as Discord's dark theme shows them: `python -m tests.render_card cards.html [QUESTION …]`.

An imitation: what is drawn is what `layout` would send, read by a small parser of Discord's markdown. Colours and sizes
are those of the desktop client. Open the page in any browser.
"""

import asyncio
import datetime
import html
import re
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.engine import Engine
from tests.conftest import SHIPPED

STYLE = """
body { background: #313338; color: #dbdee1; font: 16px/1.375 'gg sans', 'Noto Sans', sans-serif; padding: 8px }
.asked, .time { color: #949ba4; font-size: 12px }
.message { display: flex; gap: 16px; margin: 0 0 22px }
.face { width: 40px; height: 40px; border-radius: 50%; background: #5865f2; flex: none; color: #fff; font-weight: 700;
  display: flex; align-items: center; justify-content: center }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 5px; margin: 0 6px }
.card { max-width: 600px; box-sizing: border-box; background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px;
  padding: 16px; margin-top: 6px; position: relative; overflow: hidden; display: flex; gap: 8px;
  flex-direction: column }
.card:before { content: ''; position: absolute; left: 0; top: 0; bottom: 0; width: 4px; background: var(--accent) }
.text { overflow-wrap: anywhere }
h1, h2, h3 { margin: 4px 0; color: #f2f3f5; line-height: 1.3; font-size: 24px }
h2 { font-size: 20px }
h3 { font-size: 16px }
small { display: block; font-size: 13px; color: #949ba4 }
hr { border: 0; border-top: 1px solid #3f4147; margin: 4px 0; width: 100% }
a { color: #00a8fc; text-decoration: none }
ul { margin: 2px 0; padding-left: 20px }
blockquote { margin: 2px 0; border-left: 4px solid #4e5058; padding-left: 12px }
pre { background: #1e1f22; border: 1px solid #3f4147; border-radius: 4px; padding: 8px; margin: 4px 0; font-size: 14px;
  white-space: pre-wrap }
.row { display: flex; flex-wrap: wrap; gap: 8px }
.button { background: #4e5058; color: #fff; border-radius: 8px; font-size: 14px; line-height: 18px; font-weight: 500;
  padding: 7px 14px; max-width: 100%; box-sizing: border-box }
.style1 { background: #5865f2 }
.style4 { background: #da373c }
.menu { background: #1e1f22; border-radius: 8px; padding: 10px 12px; width: 100%; color: #949ba4; font-size: 14px;
  display: flex; justify-content: space-between }
.off { opacity: .5 }
.pictures img { width: 100%; border-radius: 8px; display: block }
.file { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 12px; color: #00a8fc }
"""

_INLINE = re.compile(
    r"\\(?P<escape>[^0-9A-Za-z\s])|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*|\[(?P<label>(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]+)\)"
    r"|`(?P<code>[^`]+)`|(?P<auto>https?://\S+)"
)


def inline(text: str) -> str:
    """A line of Discord markdown as HTML."""
    out, at = [], 0
    for found in _INLINE.finditer(text):
        out.append(html.escape(text[at : found.start()]))
        at = found.end()
        if found["escape"]:
            out.append(html.escape(found["escape"]))
        elif found["bold"]:
            out.append(f"<b>{inline(found['bold'])}</b>")
        elif found["url"]:
            out.append(f'<a href="{html.escape(found["url"])}">{inline(found["label"])}</a>')
        elif found["code"]:
            out.append(f"<code>{html.escape(found['code'])}</code>")
        else:
            out.append(f"<a>{html.escape(found['auto'])}</a>")
    return "".join(out) + html.escape(text[at:])


def markdown(text: str) -> str:
    """Discord markdown as HTML: headings, small print, lists, quotations, code blocks."""
    out: list[str] = []
    for index, part in enumerate(re.split(r"```(?:\w+\n|\n)?(.*?)\n?```", text, flags=re.DOTALL)):
        if index % 2:
            out.append(f"<pre>{html.escape(part)}</pre>")
            continue
        for line in part.strip("\n").split("\n"):
            heading = re.match(r"(#{1,3}) (.*)", line)
            if heading:
                out.append(f"<h{len(heading[1])}>{inline(heading[2])}</h{len(heading[1])}>")
            elif line.startswith("-# "):
                out.append(f"<small>{inline(line[3:])}</small>")
            elif line.startswith("> "):
                out.append(f"<blockquote>{inline(line[2:])}</blockquote>")
            elif line.startswith("- "):
                out.append(f"<ul><li>{inline(line[2:])}</li></ul>")
            elif line:
                out.append(f"<div>{inline(line)}</div>")
    return "".join(out)


def component(data: dict[str, Any]) -> str:
    """A component, as it would be sent, as HTML."""
    inner = "".join(component(child) for child in data.get("components", ()))
    match data["type"]:
        case 17:
            accent = data.get("accent_color")
            colour = "transparent" if accent is None else f"#{accent:06x}"
            return f'<div class="card" style="--accent: {colour}">{inner}</div>'
        case 10:
            return f'<div class="text">{markdown(data["content"])}</div>'
        case 14:
            return "<hr>"
        case 1:
            return f'<div class="row">{inner}</div>'
        case 12:
            shown = (f'<img src="{i["media"]["url"]}" alt="{html.escape(i["description"])}">' for i in data["items"])
            return f'<div class="pictures">{"".join(shown)}</div>'
        case 13:
            return f'<div class="file">📄 {html.escape(data["file"]["url"].removeprefix("attachment://"))}</div>'
        case 3:
            return f'<div class="menu">{html.escape(data.get("placeholder") or "")}<span>⌄</span></div>'
        case _:
            off = " off" if data.get("disabled") else ""
            return f'<span class="button style{data["style"]}{off}">{html.escape(data["label"])}</span>'


def page(messages: Iterable[tuple[str, list[dict[str, Any]]]]) -> str:
    """Questions and the components that answer them as one HTML page."""
    shown = "".join(
        f'<div class="asked">{html.escape(asked)}</div><div class="message"><div class="face">A</div><div>'
        f'Attaché<span class="app">APP</span><span class="time">Today at 14:03</span>'
        f"{''.join(component(data) for data in components)}</div></div>"
        for asked, components in messages
    )
    return f'<meta charset="utf-8"><style>{STYLE}</style>{shown}'


QUESTIONS = (
    "does pakistan recognise armenia", "does mali recognise artsakh", "does russia recognise taiwan",
    "does nigera recognise kosovo", "does taiwan recognise china", "who recognises kosovo",
    "when did france recognise kosovo", "why does serbia not recognise kosovo",
    "what do israel and turkey have in common", "overview israel turkey", "how many states recognise kosovo",
    "what is persona non grata",
)  # fmt: skip


def main() -> None:
    """Write the page named first; ask what follows, or a choice of questions."""
    warnings.simplefilter("ignore", DeprecationWarning)
    from bot.discord_app import views
    from bot.discord_app.card import answer_card
    from bot.discord_app.layout import components

    async def draw() -> list[tuple[str, list[dict[str, Any]]]]:
        engine, today = Engine.open(SHIPPED), datetime.datetime.now(datetime.UTC).date()
        drawn = []
        for question in sys.argv[2:] or QUESTIONS:
            answer = engine.ask(question, today=today)
            cards = [("", answer_card(engine, answer, asker=1))]
            if answer.sources:
                cards += [
                    (" · sources", views.sources_card(engine, answer)), (" · why", views.why_card(engine, answer)),
                    (" · history", views.history_card(engine, answer)),
                    (" · citation", views.citation_card(engine, answer, today)),
                ]  # fmt: skip
            drawn += [(question + what, components(card)) for what, card in cards]
        return drawn

    Path(sys.argv[1]).write_text(page(asyncio.run(draw())), encoding="utf-8")


if __name__ == "__main__":
    main()
