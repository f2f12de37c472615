"""Notes of contacts on paper, oldest first, each with who signed it and what was added."""

from dataclasses import dataclass

from reportlab.platypus import CondPageBreak

from caseapp.documents.colours import SECOND
from caseapp.documents.page import Built, Paper, Running, rule, style


@dataclass(frozen=True, slots=True)
class NoteOnPaper:
    """One contact: headings with their words as written, and the addenda under them."""

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    addenda: tuple[tuple[str, str], ...]
    signatures: str


@dataclass(frozen=True, slots=True)
class NotesData:
    """The notes of one person for one reader; `left_out` counts what may not leave with them."""

    agency: str
    person: str
    recipient: str
    notes: tuple[NoteOnPaper, ...]
    left_out: int
    notice: str
    foot: str


def build(data: NotesData) -> Built:
    """The pages, US letter."""
    paper = Paper(Running(title="Notes of contacts", foot=data.foot))
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(9, color=SECOND, after=3)),
        words.paragraph("Notes of contacts", style(17, bold=True, after=4)),
    )
    paper.grid([("About", data.person), ("For", data.recipient), ("Notes", _count(data))])
    if data.notice:
        paper.notice(data.notice)
    for note in data.notes:
        paper.add(CondPageBreak(70), rule())
        paper.add(words.paragraph(note.title, style(11, bold=True, before=4, after=2)))
        paper.grid(note.facts)
        for heading, text in note.parts:
            if len(note.parts) > 1:
                paper.add(words.paragraph(heading, style(9, bold=True, color=SECOND, before=3)))
            for line in text.split("\n"):
                paper.add(words.paragraph(line or " ", style(10, after=1)))
        for heading, text in note.addenda:
            paper.add(words.paragraph(heading, style(9, bold=True, color=SECOND, before=3)))
            paper.text(text)
        paper.add(words.paragraph(note.signatures, style(8.5, color=SECOND, before=2, after=6)))
    paper.missing_note()
    return paper.build()


def _count(data: NotesData) -> str:
    words = f"{len(data.notes)} on these pages"
    return f"{words}; {data.left_out} kept back" if data.left_out else words
