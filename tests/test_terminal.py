"""Answers as people see them: every status, wrapped and coloured on a terminal, plain elsewhere, safe everywhere."""

import datetime
import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import Engine
from bot.terminal import WIDEST, Line, answer_lines, print_answer, print_lines, print_trace, safe, source_lines

DAY = datetime.date(2026, 1, 15)
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[a-zA-Z]|\]8;[^\x1b]*\x1b\\)")

Printed = Callable[..., str]


class _Terminal(io.StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def printed(toy_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Printed:
    """What is printed for a question: plain, or on a terminal of some columns."""

    def ask(question: str, columns: int = 0, *, trace: bool = False, **variables: str) -> str:
        out = _Terminal() if columns else io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", out)
            for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
                patch.delenv(name, raising=False)
            for name, value in {"TERM": "xterm-256color", "COLUMNS": str(columns or 80), **variables}.items():
                patch.setenv(name, value)
            made = toy_engine.ask(question, (), DAY)
            (print_trace if trace else print_answer)(toy_engine, made)
        return out.getvalue()

    return ask


ANSWERS = {
    "did nora borrow salt lighthouse": """\
✓ Yes. Nora Finch has had The Salt Lighthouse on paper since 3 November 2025.
  Since 3 November 2025 · as of 31 December 2025
  Read as: Does Nora Finch have The Salt Lighthouse?

  [1] Harbour Library: Register of loans, 2025 (31 December 2025)
      https://library.example/register/2025
""",
    "why has Petra not borrowed Winter Orchard": """\
✗ Petra Lund does not have Winter Orchard. She reads on paper only, and the library has the book as a recording.
  Verdict: no · since 1 June 2025 · as of June 2025
  Read as: Why does Petra Lund not have Winter Orchard?
  ! The only source is an opinion piece.

  [1] Letters to the library: Why I still read on paper (1 June 2025)
""",
    "is Ninety Maps written by Varda": """\
⇄ It is disputed whether Jonas Varda wrote Ninety Maps. The catalogue: Jonas Varda is the only author. \
Petra Lund: The maps are by somebody else.
  Disputed since 2022 · as of 5 January 2026
  Read as: Did Jonas Varda write Ninety Maps?

  [1] Harbour Library: Catalogue of the Harbour Library (undated)
      https://library.example/catalogue
  [2] Letters to the library: Why I still read on paper (1 June 2025)
""",
    "what is between nora and omar": """\
• On file about Nora Finch and Omar Hale:
  • May 2024: Nora Finch and Omar Hale became friends.
  Since May 2024 · as of 31 December 2025
  Read as: What is on file between Nora Finch and Omar Hale?

  [1] Harbour Library: Register of loans, 2025 (31 December 2025)
      https://library.example/register/2025
""",
    "did omar borrow ninety maps": """\
○ I have no record of whether Omar Hale has Ninety Maps.
  Read as: Does Omar Hale have Ninety Maps?
""",
    "did he borrow salt lighthouse": """\
? Who is meant? Please name them.
  1. Does Nora Finch have The Salt Lighthouse?
  2. Does Omar Hale have Winter Orchard as a recording?
""",
    "did nora steal salt lighthouse": """\
– I did not understand that as a question about the library.
  Did you mean:
  1. Does Nora Finch have The Salt Lighthouse?
""",
    "hello": "– I did not understand that as a question about the library.\n",
}


@pytest.mark.parametrize("question", ANSWERS)
def test_every_kind_of_answer_looks_as_it_should(printed: Printed, question: str) -> None:
    """Verdict by word and icon, dates, caveats, numbered sources, numbered suggestions."""
    assert printed(question) == ANSWERS[question]


@pytest.mark.parametrize("question", ANSWERS)
def test_colour_is_never_the_only_sign(printed: Printed, question: str) -> None:
    """Without its colours a terminal shows the words of the plain answer, and NO_COLOR is heeded."""
    coloured = printed(question, 80)
    assert coloured != (bare := _ANSI.sub("", coloured))
    assert bare.split() == ANSWERS[question].split()
    assert "\x1b[3" not in printed(question, 80, NO_COLOR="1")


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("question", ANSWERS)
def test_lines_are_wrapped_at_words_and_hang_beneath_their_text(printed: Printed, question: str, columns: int) -> None:
    """No row is wider than the terminal or than is good to read; only addresses may be."""
    rows = _ANSI.sub("", printed(question, columns)).splitlines()
    assert all(len(row) <= min(columns, WIDEST) for row in rows if "https://" not in row)
    assert all(row == row.rstrip() for row in rows)
    assert all(row.startswith("  ") for row in rows[1:] if row)


def test_an_address_is_never_broken(printed: Printed) -> None:
    """It must stay whole, to be opened or copied."""
    assert "https://library.example/register/2025" in _ANSI.sub("", printed("did nora borrow salt lighthouse", 24))


def test_an_overview_stays_a_list(toy_engine: Engine, today: datetime.date) -> None:
    """Each line of a text of several lines is an item of its own."""
    made = toy_engine.ask("what is between nora and omar", (), today)
    lines = answer_lines(toy_engine, replace(made, text="On file:\n• 2024: One.\n• 2025: Two."))
    assert [(line.lead, line.text) for line in lines[:3]] == [
        ("• ", "On file:"),
        ("• ", "2024: One."),
        ("• ", "2025: Two."),
    ]


def test_many_sources_are_cut_short_and_told_of(toy_engine: Engine, today: datetime.date) -> None:
    """A long list of sources does not bury the answer."""
    made = toy_engine.ask("did nora borrow salt lighthouse", (), today)
    lines = answer_lines(toy_engine, replace(made, sources=made.sources * 9), more="see elsewhere")
    assert [line.text for line in lines][-1] == "and 4 more; see elsewhere"


def test_sources_in_full_tell_when_they_were_read(toy_engine: Engine) -> None:
    """Kind and day of access, for whoever checks a fact."""
    told = [line.text for line in source_lines(toy_engine, ["register-2025"], accessed=True)]
    assert told == [
        "Harbour Library: Register of loans, 2025 (31 December 2025; official; read on 5 January 2026)",
        "https://library.example/register/2025",
    ]


def test_the_explanation_names_the_steps_and_what_speaks(printed: Printed) -> None:
    """Steps with their labels, the line that won, the fact and its sources."""
    told = printed("did nora borrow salt lighthouse", trace=True)
    assert told.startswith("How this was read\n  words")
    assert "nora = nora-finch" in told
    assert "loan.whether" in told
    assert "fact     loan-nora-lighthouse (as of 2025-12-31; register-2025)" in told
    assert "nothing on file" in printed("did omar borrow ninety maps", trace=True)
    assert "What the answer rests on" not in printed("hello", trace=True)


# --- hostile text


@given(st.text())
def test_no_text_can_act_on_the_terminal(text: str) -> None:
    """No control, no bidi sign, no lone surrogate is let through; nothing else is touched."""
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert not any(
        unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI") for c in shown
    )
    assert all(b in (a, "\ufffd") for a, b in zip(text, shown, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "[bold red]x[/] [link=https://x.example]y[/link] :smile: [/]",
        "a\x1b[31mred\x1b[0m\x07\r\n\x9bK",
        "abc\u202efed\u2066\u200f",
    ],
)
@pytest.mark.parametrize("terminal", [True, False])
def test_markup_and_controls_in_a_text_are_only_text(
    monkeypatch: pytest.MonkeyPatch, text: str, terminal: bool
) -> None:
    """Square brackets stay as they are; escapes, line ends and reversals are replaced by a sign."""
    out = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    print_lines([Line(text), Line(word=text)])
    assert _ANSI.sub("", out.getvalue()) == f"  {safe(text)}\n" * 2


def test_a_terminal_that_lacks_the_letters_gets_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old encoding is no reason for a traceback."""
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    print_lines([Line("Türkiye", "✓ ", 0)])
    assert raw.getvalue() == b"? T?rkiye\n"
