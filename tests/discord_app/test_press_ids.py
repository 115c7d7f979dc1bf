"""Custom ids that carry a number and a word stay, to the byte, what is on messages that were sent already."""

from types import ModuleType

import pytest

from bot.discord_app.curating import ids
from bot.discord_app.curating.ids import Verb as Curating
from bot.discord_app.press_ids import Strange
from bot.discord_app.studying import quiz_ids, study_ids
from bot.discord_app.studying.quiz_ids import Verb as Quiz
from bot.discord_app.studying.study_ids import Scope
from bot.discord_app.studying.study_ids import Verb as Study

FAMILIES = (ids, quiz_ids, study_ids)

# Each as it stands on messages out there: no line is ever changed.
SENT = [
    (ids, Curating.SAVE, 17, "", "attc1:save:17:"),
    (ids, Curating.SOURCE_FORM, 171, "", "attc1:source_form:171:"),
    (ids, Curating.FACT, 4, "relations-israel-turkey", "attc1:fact:4:relations-israel-turkey"),
    (ids, Curating.FACT, 4, ids.handle("a" * 90), "attc1:fact:4:~f50a5315fb1a41f25b04f0e3"),
    (ids, Curating.GAPS, 1000002, "aside", "attc1:gaps:1000002:aside"),
    (ids, Curating.FOUND, 2, "Türkei: 50% ~/.?", "attc1:found:2:T%C3%BCrkei%3A%2050%25%20~%2F.%3F"),
    (ids, Curating.PLACE, 170, "", "attc1:place:170:"),
    (quiz_ids, Quiz.PICK, 3, "5f0c2a91.2", "attq1:pick:3:5f0c2a91.2"),
    (quiz_ids, Quiz.DAILY, 740295, "5f0c2a91.2", "attq1:daily:740295:5f0c2a91.2"),
    (quiz_ids, Quiz.NEXT, 0, "", "attq1:next::"),
    (quiz_ids, Quiz.CHALLENGE_FORM, 1, "a:b~é", "attq1:challenge_form:1:a%3Ab~%C3%A9"),
    (study_ids, Study.CHOOSE, 2, "1f0a9c33b7d2.5f0c2a91.d12", "atts1:choose:2:1f0a9c33b7d2.5f0c2a91.d12"),
    (study_ids, Study.GRADE, 3, "1f0a9c33b7d2.673f0e40.m", "atts1:grade:3:1f0a9c33b7d2.673f0e40.m"),
    (study_ids, Study.NEXT, 0, Scope("entity:côte d'ivoire", missed=True).text(),
     "atts1:next::mtentity:c%C3%B4te%20d%27ivoire"),
    (study_ids, Study.NEXT, 0, Scope("t" * 60).text(), "atts1:next::t~9282a4e3d460714f"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "verb", "number", "word", "sent"), SENT, ids=[line[-1] for line in SENT])
def test_what_was_sent_is_written_and_read(family: ModuleType, verb: str, number: int, word: str, sent: str) -> None:
    """By its own family alone."""
    assert family.write(verb, number, word) == sent
    assert family.press(verb, "Label", number, word).custom_id == sent
    for other in FAMILIES:
        assert other.read(sent) == (family.Press(verb, number, word) if other is family else None)


@pytest.mark.parametrize(
    "rest",
    ["", ":", "2:next::", "1:next", "1:nothing::", "1:Next::", "1:next:x:", "1:next:-1:", "1:next:\u0663:", "01x",
     "1:next:123456789012345678901:", "1:next:1:%ff", "0:next::", "9999:next::"],
)  # fmt: skip
@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_not_understood_is_said_to_be_so(family: ModuleType, rest: str) -> None:
    """Of another version, or damaged; without a version it is nobody's."""
    own = family.write(next(iter(family.Verb))).partition("1")[0]
    expected = Strange() if rest[:1].isdigit() else None
    assert family.read(own + rest) == expected


@pytest.mark.parametrize(
    "custom_id", ["", "att", "attc", "attc12345:save::", "attx1:next::", "ATTC1:save::", "att1s:2:x"]
)
def test_what_is_nobodys(custom_id: str) -> None:
    """Ids of answers, of other letters, and of others altogether."""
    assert [family.read(custom_id) for family in FAMILIES] == [None, None, None]


def test_a_word_that_is_too_long() -> None:
    """Is refused when it is written: Discord takes 100 characters."""
    assert len(ids.write(Curating.FOUND, 0, "x" * 87)) == 100
    with pytest.raises(ValueError, match="no room for"):
        ids.write(Curating.FOUND, 0, "x" * 88)
