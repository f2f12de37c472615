"""Plain papers of one kind: a title, a few sentences, facts in two columns, perhaps a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.fill_in import Blanks
from caseapp.documents.page import Built, Paper, Running, language_tag, style


@dataclass(frozen=True, slots=True)
class LetterData:
    """Text ready to read; `shares` of the table's width add up to 1."""

    language: str
    agency: str
    title: str
    text: str
    foot: str
    facts: tuple[tuple[str, str], ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    shares: tuple[float, ...] = ()
    when_empty: str = ""
    notice: str = ""
    blanks: tuple[str, ...] = ()
    after: tuple[str, ...] = field(default=())


def build(data: LetterData) -> Built:
    """The paper, US letter."""
    paper = _paper(data)
    _fill(paper, data)
    paper.missing_note()
    return paper.build()


def build_each(letters: Sequence[LetterData]) -> Built:
    """Several in one file, each from a page of its own with its own page numbers."""
    paper = _paper(letters[0])
    for one in letters:
        paper.part(one.foot, language_tag(one.language))
        _fill(paper, one)
    paper.missing_note()
    return paper.build()


def _paper(data: LetterData) -> Paper:
    return Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))


def _fill(paper: Paper, data: LetterData) -> None:
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(8.5, color=SECOND, after=6)),
        words.paragraph(data.title, style(17, bold=True, after=6)),
        words.paragraph(data.text, style(10.5, after=8)),
    )
    if data.facts:
        paper.grid(data.facts)
    if data.header:
        paper.add(Spacer(1, 8))
        if data.rows:
            paper.table(data.header, data.rows, data.shares)
        else:
            paper.text(data.when_empty)
    for text in data.after:
        paper.add(words.paragraph(text, style(9.5, before=6)))
    if data.notice:
        paper.notice(data.notice)
    if data.blanks:
        paper.add(Spacer(1, 20), Blanks(data.blanks, paper.width))
