"""Work sheets of the agency's own staff: facts, tables by section, boxes to tick, lines to sign."""

from dataclasses import dataclass, field

from caseapp.documents.colours import SECOND
from caseapp.documents.fill_in import Blanks, CheckBoxes
from caseapp.documents.page import Built, Paper, Running, style


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its table; without rows it says what that means."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    when_empty: str = ""


@dataclass(frozen=True, slots=True)
class SheetData:
    """One sheet; `notice` stands in a box on top, `criteria` are each judged with two boxes."""

    title: str
    agency: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notice: str
    words: str = ""
    criteria: tuple[str, ...] = ()
    verdicts: tuple[str, str] = ("acceptable", "not acceptable")
    blanks: tuple[str, ...] = ()
    foot: str = ""
    words_title: str = field(default="In one's own words")


def build(data: SheetData) -> Built:
    """The pages, US letter."""
    paper = Paper(Running(title=data.title, foot=data.foot))
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(9, color=SECOND, after=3)),
        words.paragraph(data.title, style(17, bold=True, after=4)),
    )
    paper.notice(data.notice)
    paper.grid(data.facts)
    if data.words.strip():
        paper.heading(data.words_title)
        for line in data.words.split("\n"):
            paper.add(words.paragraph(line or " ", style(10.5, after=2)))
    for section in data.sections:
        paper.heading(f"{section.title} ({len(section.rows)})")
        if section.rows:
            paper.table(section.header, section.rows, section.shares)
        else:
            paper.text(section.when_empty or "None.")
    if data.criteria:
        paper.heading("Judged")
    for criterion in data.criteria:
        paper.add(words.paragraph(criterion, style(9.5, before=3)))
        paper.add(CheckBoxes("", data.verdicts, paper.width / 2))
    if data.blanks:
        paper.add(Blanks(data.blanks, paper.width))
    paper.missing_note()
    return paper.build()
