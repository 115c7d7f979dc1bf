"""Hostile text is named for what is defended against it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.discord_app.escape import MARKS, blockquote, clean, escape, fence, link, plain, web_address
from bot.discord_app.limits import ISOLATE, POP, size

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize("text", ["**bold**", "_it_", "~~gone~~", "`code`", "||spoiler||", "a*b_c`d", "\\*"])
def test_no_formatting_from_text(text: str) -> None:
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(text)) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|]", escape(text))


@pytest.mark.parametrize(
    "text", ["# head", "-# small", "- item", "+ item", "> quote", ">>> quote", "1. one", "12) twelve"]
)
def test_no_block_from_the_start_of_a_line(text: str) -> None:
    for line in escape(f"first\n{text}", lines=True).split("\n")[1:]:
        assert re.match(r"\d*\\", line)


@pytest.mark.parametrize(
    "text",
    ["@everyone", "@here", "@Everyone", "<@123456789>", "<@!123>", "<@&123>", "<#123>", "</ask:1>", "<id:browse>",
     "<t:1700000000:R>", "<:name:123>", "<a:name:123>"],
)  # fmt: skip
def test_no_mention_from_text(text: str) -> None:
    shown = escape(f"x {text}")
    assert not re.search(r"@(everyone|here)", shown, re.IGNORECASE)
    assert not re.search(r"<(@[!&]?|#|/|id:|t:|a?:)\w", shown)


@pytest.mark.parametrize(
    "text", ["[click](https://evil.example)", "[a][b]", "<https://evil.example>", "https://evil.example"]
)
def test_no_link_from_text(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"(?<!\\):(?=//)", shown)
    assert not re.search(r"(?<!\\)\[", shown)


@pytest.mark.parametrize("text", ["discord.gg/abc", "discord.com/invite/abc", "https://discord.gg/abc"])
def test_no_invitation_from_text(text: str) -> None:
    assert not re.search(r"discord(app)?\.(gg|com)", escape(text))


@pytest.mark.parametrize("control", BIDI)
def test_bidi_controls_turn_nothing_round(control: str) -> None:
    assert control not in clean(f"abc{control}def")


def test_right_to_left_text_is_kept_apart() -> None:
    assert escape("שלום") == f"{ISOLATE}שלום{POP}"
    assert escape("hello") == "hello"


def test_stacked_marks_do_not_run_over_other_lines() -> None:
    shown = clean("Z" + "\u0301" * 200 + "a" + "\u0489" * 50)
    assert shown == "Z" + "\u0301" * MARKS + "a" + "\u0489" * MARKS


def test_a_mark_does_not_hang_on_what_stands_before_the_text() -> None:
    assert clean("\u0301abc \u0301def") == "abc def"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\U000e0041", "\u180e", "\x00", "\x1b"]
)
def test_nothing_hides_in_text(hidden: str) -> None:
    assert clean(f"ab{hidden}cd") == "abcd"
    assert clean(hidden * 5) == ""


def test_joiners_that_spelling_needs_are_kept() -> None:
    assert clean("می‌خواهم") == "می‌خواهم"
    assert clean("👨‍👩‍👧") == "👨‍👩‍👧"
    assert clean("a\u200d\u200d\u200db") == "a\u200db"


def test_a_code_block_cannot_be_ended_from_inside() -> None:
    assert fence("a```\n@everyone```b").count("```") == 2


def test_lone_surrogates_are_replaced() -> None:
    assert clean("a\ud800b") == "a\ufffdb"


def test_one_line_stays_one_line() -> None:
    assert "\n" not in escape("a\nb\u2028c\r\nd\x85e\u2029f")
    assert blockquote("a\n# b", 100) == "> a # b"


def test_an_address_cannot_end_its_link() -> None:
    assert web_address("https://example.org/a(b)c d") is None
    assert web_address("https://example.org/a(b)‘c’") == "https://example.org/a%28b%29%E2%80%98c%E2%80%99"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://a@b.example",
        "//x",
        "https://[",
        "x y",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link("label", url, 50) == "label"


def test_a_label_shows_no_other_address() -> None:
    assert link("https://bank.example [x", "https://example.org", 50) == "[bank.example (x](https://example.org)"


@given(st.text(), st.integers(10, 100))
def test_plain_text_fits_and_is_never_empty(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert 0 < size(shown) <= limit
    assert shown.strip()


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("*_~`|[]()<>@#-:/\\.1 \n\u202e\u0301אب"))))
def test_no_text_is_markdown_once_escaped(text: str) -> None:
    """A stricter reader of markdown than Discord's sees one paragraph of plain text."""
    shown = escape(text).replace(ISOLATE, "").replace(POP, "")
    kinds = {token.type for token in MarkdownIt("commonmark").parse(shown)} - {"inline"}
    assert kinds <= {"paragraph_open", "paragraph_close"}
    children = [c for token in MarkdownIt("commonmark").parse(shown) for c in token.children or ()]
    assert {c.type for c in children} <= {"text", "text_special", "softbreak"}
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown)
