"""The release of information: filled or blank, signed or to be signed, with its revocation block."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, KeepTogether, Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.fill_in import Blanks, CheckBoxes
from caseapp.documents.page import Built, Paper, Running, language_tag, style
from caseapp.documents.strokes import Stroke, Strokes


@dataclass(frozen=True, slots=True)
class Tick:
    """A kind of information with its box."""

    words: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class ReleaseData:
    """Everything on the form as text ready to read, in the person's language.

    `facts` are label and value, an empty value prints a line to write on; `statements` are what the law
    wants told (42 CFR 2.31(a)(6), (10)).
    """

    language: str
    agency: str
    title: str
    intro: str
    facts: tuple[tuple[str, str], ...]
    information_title: str
    information: tuple[Tick, ...]
    statements: tuple[tuple[str, str], ...]
    signed: tuple[tuple[str, str], ...]
    blanks: tuple[tuple[str, ...], ...]
    signature: tuple[Stroke, ...]
    revocation_title: str
    revocation: tuple[tuple[str, str], ...]
    revocation_blanks: tuple[str, ...]
    foot: str


def build(data: ReleaseData) -> Built:
    """The form, US letter."""
    paper = Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(8.5, color=SECOND, after=5)),
        words.paragraph(data.title, style(15, bold=True, after=5)),
        words.paragraph(data.intro, style(10, after=5)),
    )
    _facts(paper, data.facts)
    paper.heading(data.information_title)
    _ticks(paper, data.information)
    for title, text in data.statements:
        if title:
            paper.heading(title)
        paper.add(words.paragraph(text, style(9.5, after=4)))
    _signed(paper, data)
    paper.heading(data.revocation_title)
    _facts(paper, data.revocation)
    if data.revocation_blanks:
        paper.add(Spacer(1, 6), Blanks(data.revocation_blanks, paper.width))
    paper.missing_note()
    return paper.build()


def _facts(paper: Paper, facts: Sequence[tuple[str, str]]) -> None:
    filled = [(label, value) for label, value in facts if value]
    if filled:
        paper.grid(filled)
    for label, value in facts:
        if not value:
            paper.add(Spacer(1, 2), Blanks((label,), paper.width))


def _ticks(paper: Paper, ticks: Sequence[Tick]) -> None:
    """Two boxes a line, so that the longest word of either language fits."""
    for start in range(0, len(ticks), 2):
        some = ticks[start : start + 2]
        labels, ticked = [one.words for one in some], [one.is_ticked for one in some]
        paper.add(CheckBoxes("", labels, paper.width, ticked=ticked))


def _signed(paper: Paper, data: ReleaseData) -> None:
    block: list[Flowable] = [Spacer(1, 10)]
    if data.signature:
        block.append(Strokes(data.signature, 190, 52))
    paper.add(KeepTogether(block))
    if data.signed:
        paper.grid(data.signed)
    for labels in data.blanks:
        paper.add(Spacer(1, 4), Blanks(labels, paper.width))
