"""Text is fitted by what a reader sees as one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord_app.escape import escape, link
from bot.discord_app.limits import ELLIPSIS, ISOLATE, POP, cut, fit, paged, pieces, size, split

MARKDOWN = st.lists(
    st.one_of(
        st.text(max_size=30), st.text(max_size=30).map(escape),
        st.sampled_from(["👨‍👩‍👧", "🇵🇰", "é", "\\*", "<@1>", " "]),
        st.text(max_size=20).map(lambda label: link(label, "https://example.org/a", 60)),
    )
).map("".join)  # fmt: skip


@given(MARKDOWN, st.integers(0, 200))
def test_a_fitted_text_is_within_the_limit(text: str, limit: int) -> None:
    assert size(fit(text, limit)) <= limit


@given(MARKDOWN, st.integers(1, 60))
def test_nothing_is_cut_in_half(text: str, limit: int) -> None:
    head, rest = cut(text, limit)
    if not rest:
        return
    kept = head.removesuffix(ELLIPSIS).rstrip(POP)
    whole = list(pieces(text))
    ends = {"".join(whole[:n]).rstrip().rstrip(POP) for n in range(len(whole) + 1)}
    assert kept in ends


@given(MARKDOWN, st.integers(1, 200))
def test_a_cut_keeps_right_to_left_apart(text: str, limit: int) -> None:
    shown = fit(escape(text), limit)
    assert shown.count(ISOLATE) == shown.count(POP)


@given(st.text())
def test_pieces_make_up_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(st.text(alphabet="abc de.", max_size=400), st.integers(12, 80))
def test_a_split_text_loses_no_word(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(size(part) <= limit for part in parts)
    joined = "".join(part.removesuffix(ELLIPSIS) for part in parts)
    assert joined.replace(" ", "") == text.replace(" ", "")


@given(st.lists(MARKDOWN, max_size=30), st.integers(2, 300), st.integers(1, 5))
def test_pages_are_within_their_budget(blocks: list[str], budget: int, most: int) -> None:
    pages = paged(blocks, budget, most)
    assert pages
    assert all(size("\n".join(page)) <= budget and len(page) <= most for page in pages)


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("a short one", 11, "a short one"),
        ("one two three", 9, "one two…"),
        ("🇵🇰🇦🇲", 6, "🇵🇰…"),
        ("👨‍👩‍👧 family", 5, "…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("\\*\\*\\*", 4, "\\*…"),
        ("a [label](https://example.org) b", 20, "a…"),
        ("", 5, ""),
    ],
)
def test_cuts(text: str, limit: int, shown: str) -> None:
    assert fit(text, limit) == shown


@given(st.text())
def test_the_size_counts_utf_16(text: str) -> None:
    assert size(text) == len(text.encode("utf-16-le")) // 2
    assert size(text) >= len(unicodedata.normalize("NFC", text)) - len(text)
