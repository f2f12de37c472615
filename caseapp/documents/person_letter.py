"""Letters to people: one, or many in a file, each from page one; plain, large enough, nothing clinical."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.page import Built, Paper, Running, language_tag, style

TEMPLATE = "letter to a person 1"


@dataclass(frozen=True, slots=True)
class PersonLetterData:
    """A letter as text ready to read; `address` is one line each, as an envelope's window shows it."""

    language: str
    agency: str
    title: str
    day: str
    address: tuple[str, ...]
    greeting: str
    text: str
    crisis: str
    closing: str
    signed: str
    foot: str


def build(letters: Sequence[PersonLetterData]) -> Built:
    """The letters in one PDF, US letter, each starting on a page of its own with its own page numbers."""
    first = letters[0]
    running = Running(title=first.title, foot=first.foot, language=language_tag(first.language))
    paper = Paper(running)
    for one in letters:
        paper.part(one.foot, language_tag(one.language))
        _letter(paper, one)
    paper.missing_note()
    return paper.build()


def _letter(paper: Paper, one: PersonLetterData) -> None:
    words, body = paper.words, style(12.5, after=9)
    paper.add(words.paragraph(one.agency, style(9.5, color=SECOND, after=26, tag="H1")))
    paper.add(*(words.paragraph(line, style(12)) for line in one.address))
    paper.add(
        words.paragraph(one.day, style(11, color=SECOND, before=26, after=18)),
        words.paragraph(one.greeting, body),
    )
    paper.add(*(words.paragraph(part, body) for part in one.text.split("\n\n") if part.strip()))
    paper.add(
        words.paragraph(one.closing, style(12.5, before=6, after=30)),
        words.paragraph(one.signed, style(12.5, after=12)),
        Spacer(1, 6),
        words.paragraph(one.crisis, style(12.5, bold=True)),
    )
