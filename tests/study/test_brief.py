"""Briefs: every line has its date and its sources, and the page is one page."""

import datetime
import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.engine import Engine
from bot.study import brief_markdown, brief_pdf
from bot.study.brief import Brief, Item, Section, brief, cited
from tests.conftest import SHIPPED, Attache

DAY = datetime.date(2026, 11, 22)
# Who has most on file, who has least, and names with letters that few fonts have.
SET = ("azerbaijan", "pakistan", "turkey", "israel", "nauru", "kosovo", "ivory-coast", "palestine")


def states(engine: Engine) -> list[str]:
    """Everybody of whom a brief may be wanted."""
    kb = engine.kb
    heads = {kind for r in kb.relations.values() if r.digest for role in r.roles for kind in role}
    return [id_ for id_, entity in kb.entities.items() if entity.kind in heads and kb.connected(id_)]


def test_every_line_is_dated_and_sourced(engine: Engine) -> None:
    """Of everybody: each line says when it is so or when it was seen, and cites; numbers follow one another."""
    for who in states(engine):
        made = brief(engine, who, DAY)
        numbers = made.numbers()
        assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
        for section in made.sections:
            assert section.items
            for item in section.items:
                assert item.text, who
                assert item.period or item.as_of, (who, item)
                assert item.sources, (who, item)
                assert "{" not in item.text + item.period
        assert [number for number, _ in cited(engine, made)] == list(numbers.values())


def test_the_sentences_are_the_engines(engine: Engine) -> None:
    """A head for each relation that has something on file; a list is what a question would be told."""
    made = brief(engine, "pakistan", DAY)
    assert [s.title for s in made.sections][:3] == ["recognition", "diplomatic relations", "embassies"]
    told = engine.ask("Which states does Pakistan not recognise?", today=DAY).text
    assert any(item.text and told.startswith(item.text) for item in made.sections[0].items)
    assert any("31 August 2025" in item.period and "Armenia" in item.text for item in made.sections[0].items)


def test_what_a_count_leaves_out_is_told(engine: Engine) -> None:
    """Behind a count the newest stand, and how many more there are; a list of all needs no such line."""
    recognition = brief(engine, "kosovo", DAY).sections[0]
    assert recognition.items[0].text.startswith("Recognitions of Kosovo: ")
    assert recognition.more > 100
    membership = next(s for s in brief(engine, "turkey", DAY).sections if s.title == "membership")
    assert "the Organisation of Turkic States" in membership.items[0].text
    assert membership.more == 0


@pytest.mark.parametrize("who", SET)
def test_one_page(engine: Engine, who: str) -> None:
    """Whatever is on file; the name is on it, and every number of a line is among its sources."""
    made = brief(engine, who, DAY) if who in engine.kb.entities else pytest.skip("nobody of that name")
    page = brief_pdf.write(made, lambda short: cited(engine, short))
    assert page == brief_pdf.write(made, lambda short: cited(engine, short))
    read = PdfReader(io.BytesIO(page))
    assert len(read.pages) == 1
    text = read.pages[0].extract_text()
    assert engine.kb.entities[who].name in text
    assert "Recognition" in text
    assert b"/URI" in page


def test_letters_of_every_kind() -> None:
    """Names keep their letters, also those that the text's own font lacks."""
    name = "Əli İlham Ğ Ștefan Łódź Việt Κύπρος Україна"
    made = Brief(name, "", DAY, (Section("a", (Item("2020", f"{name} <&> \u05d0.", "2020", ("s",)),)),))
    read = PdfReader(io.BytesIO(brief_pdf.write(made, lambda _: [])))
    text = " ".join(read.pages[0].extract_text().split())
    for word in name.split():
        assert text.count(word) == 2, word
    assert "<&>" in text


def test_too_much_is_cut_and_said(engine: Engine) -> None:
    """More than fits on a page is left out from the longest head, whose number of lines left out is told."""
    item = Item("1 May 2020", "It is so, and this is a long sentence about it. " * 6, "2020", ("a",))
    made = Brief("Somewhere", "", DAY, (Section("one", (item,) * 60), Section("two", (item,))))
    read = PdfReader(io.BytesIO(brief_pdf.write(made, lambda _: [])))
    assert len(read.pages) == 1
    text = " ".join(read.pages[0].extract_text().split())
    left_out = re.search(r"… and (\d+) more on file", text)
    assert left_out is not None
    assert text.count("1 May 2020") == 61 - int(left_out[1])


def test_markdown(engine: Engine) -> None:
    """Heads, lines with numbers, and each source with its address; signs of markup mean nothing."""
    made = brief(engine, "pakistan", DAY)
    text = brief_markdown.write(made, cited(engine, made))
    assert text.startswith("# 🇵🇰 Pakistan\n")
    assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) == len(made.numbers())
    lines = [line for line in text.splitlines() if line.startswith("- ") and "more on file" not in line]
    assert all(re.search(r"\[[\d, –]+\]$", line) for line in lines)
    assert brief_markdown.plain("*a* [b](c) <d>") == r"\*a\* \[b\](c) \<d\>"


def test_numbers_in_runs() -> None:
    """Three and more that follow one another are told as a run."""
    numbers = {str(n): n for n in range(1, 10)}
    assert brief_markdown.marks(Item("", "", "", ("1", "3", "4", "5", "7", "8")), numbers) == "[1, 3–5, 7, 8]"


def test_the_command(attache: Attache, tmp_path: Path) -> None:
    """Printed, or written to files; a name that is nobody's is a fault of usage."""
    page, text = tmp_path / "a.pdf", tmp_path / "a.md"
    printed = attache("brief", "Türkiye", "--today", "2026-11-22", knowledge=SHIPPED)
    assert printed.stdout.decode().startswith("# 🇹🇷 Turkey\n")
    done = attache("brief", "turkey", "--pdf", str(page), "--md", str(text), "--today", "2026-11-22", knowledge=SHIPPED)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert page.read_bytes().startswith(b"%PDF-")
    assert text.read_text(encoding="utf-8") == printed.stdout.decode()
    assert attache("brief", "Nowhereland", knowledge=SHIPPED).returncode == 2
