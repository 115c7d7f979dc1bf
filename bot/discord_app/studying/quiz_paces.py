"""How fast a quiz goes."""

from dataclasses import dataclass

from bot.study.playing import Rules


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for a question, and for reading the reveal; a pause of 0 waits until somebody asks the next one."""

    seconds: int
    pause: int
    told: str


PACES = {
    "fast": Pace(10, 6, "10 seconds each"),
    "normal": Pace(20, 10, "20 seconds each"),
    "slow": Pace(45, 15, "45 seconds each"),
    "by hand": Pace(120, 0, "led by hand: whoever started it reveals and asks the next"),
}
USUAL = "normal"


def pace_of(rules: Rules) -> str:
    """The name of the pace that a quiz has; the usual one for any that was named otherwise."""
    by_times = {(pace.seconds, pace.pause): name for name, pace in PACES.items()}
    return by_times.get((rules.seconds, rules.pause), USUAL)
