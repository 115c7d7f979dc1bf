"""The progress as a picture: what is due, what is learned, and how much of it was known.

Comes in: figures. Goes out: the bytes of a PNG. The plotting library is imported here alone, when a picture is drawn;
its global state is left alone, so that pictures may be drawn in any thread.
"""

import datetime
import io
from typing import TYPE_CHECKING

from bot.study.progress import AHEAD, Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, SOFT, GRID, PAPER = "#22303c", "#6b7a87", "#e3e8ec", "#ffffff"
BLUE, GREEN, AMBER = "#2f6fb0", "#2a8a6a", "#c9822b"
FEW = 4  # weeks whose points can all be labelled without their labels meeting
TITLE, LINE, TICK, SMALL = 19, 15, 14, 12.5  # sizes of letters: a chat shows the picture at half its width
AIM = 0.9  # the share that the schedule aims at


def draw(p: Progress) -> bytes:
    """The picture, 1000 by 820 pixels: what is due across the whole width, the two others side by side below."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 8.2), dpi=100, facecolor=PAPER)
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, left=0.06, right=0.965, top=0.885, bottom=0.075, hspace=0.52, wspace=0.25)
    due, learned, kept = (figure.add_subplot(place) for place in (grid[0, :], grid[1, 0], grid[1, 1]))
    _due(due, p)
    _learned(learned, p)
    _kept(kept, p)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _due(axes: "Axes", p: Progress) -> None:
    _frame(axes, "Due", f"{p.due} now, {sum(p.ahead[1:8])} in the seven days after today")
    bars = axes.bar(range(AHEAD), p.ahead, color=[AMBER] + [BLUE] * (AHEAD - 1), width=0.72)
    axes.bar_label(bars, labels=[str(n) if n else "" for n in p.ahead], color=SOFT, fontsize=SMALL, padding=2)
    days = [p.day + datetime.timedelta(days=n) for n in range(AHEAD)]
    places = [0, *range(3, AHEAD, 3)]
    axes.set_xticks(places, ["today" if n == 0 else f"{days[n].day} {days[n]:%b}" for n in places])
    axes.set_yticks([])
    axes.set_ylim(0, max(4, max(p.ahead) * 1.18))
    axes.grid(visible=False)


def _learned(axes: "Axes", p: Progress) -> None:
    from matplotlib.ticker import MaxNLocator

    _frame(axes, "Learned", f"{p.known} of {p.cards} card{'s' * (p.cards != 1)}")
    days = [(day - p.day).days for day, _ in p.learned]
    counts = [count for _, count in p.learned]
    if len(days) == 1:
        days, counts = [days[0] - 1, *days], [0, *counts]
    axes.step(days, counts, where="post", color=GREEN, linewidth=2.5)
    axes.fill_between(days, counts, step="post", color=GREEN, alpha=0.14, linewidth=0)
    axes.plot(days[-1:], counts[-1:], "o", color=GREEN, markersize=8, clip_on=False, zorder=5)
    axes.annotate(
        str(counts[-1]), (days[-1], counts[-1]), (-4, 7), textcoords="offset points", ha="right", color=GREEN,
        weight="bold", fontsize=LINE,
    )  # fmt: skip
    step = max(1, -days[0] // 3)
    places = list(range(0, days[0] - 1, -step))
    told = [p.day + datetime.timedelta(days=n) for n in places]
    axes.set_xticks(places, ["today" if n == 0 else f"{d.day} {d:%b}" for n, d in zip(places, told, strict=True)])
    axes.set_xlim(days[0], 0)
    axes.set_ylim(0, max(4, max(counts) * 1.18))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))


def _kept(axes: "Axes", p: Progress) -> None:
    _frame(
        axes,
        "Retention",
        "the dashed line is the aim" if p.mind is None else f"{p.mind:.0%} in mind now; dashed: the aim",
    )
    axes.axhline(AIM, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
    weeks = [week for week, _, _ in p.kept]
    shares = [share for _, share, _ in p.kept]
    axes.plot(range(len(shares)), shares, "-o", color=BLUE, linewidth=2.5, markersize=8, clip_on=False)
    labelled = range(len(weeks)) if len(weeks) <= FEW else (len(weeks) - 1,)
    for place in labelled:
        _, share, number = p.kept[place]
        axes.annotate(
            f"{share:.0%}\nof {number}", (place, share), (0, -10), textcoords="offset points", ha="center", va="top",
            fontsize=SMALL, color=INK, linespacing=1.3,
        )  # fmt: skip
    every = max(1, -(-len(weeks) // 4))
    axes.set_xticks(
        range(0, len(weeks), every), [f"week of\n{week.day} {week:%b}" for week in weeks[::every]], fontsize=SMALL
    )
    low = max(0.0, min([0.5, *(share - 0.25 for share in shares)]))
    axes.set_ylim(low, 1.0)
    axes.set_xlim(-0.5, max(0.5, len(weeks) - 0.5))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def _frame(axes: "Axes", title: str, below: str) -> None:
    """What all three have in common: the title, a line below it, and no more ink than needed."""
    axes.set_title(title, loc="left", color=INK, weight="bold", fontsize=TITLE, pad=36)
    axes.annotate(
        below, (0, 1), (0, 13), xycoords="axes fraction", textcoords="offset points", color=SOFT, fontsize=LINE
    )
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(GRID)
    axes.tick_params(length=0, colors=SOFT, labelsize=TICK)
    axes.tick_params(axis="x", pad=9)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
