"""A card for the pocket: when, where, whom to ask for; nothing on it says why (14 points and more)."""

from dataclasses import dataclass

from reportlab.platypus import Flowable, Spacer, Table

from caseapp.documents.colours import INK, SECOND
from caseapp.documents.page import Built, Paper, Running, language_tag, style


@dataclass(frozen=True, slots=True)
class CardData:
    """Lines of label and value in the person's language; empty values print no line."""

    language: str
    title: str
    lines: tuple[tuple[str, str], ...]
    crisis: str
    agency_line: str
    foot: str


def build(data: CardData) -> Built:
    """The card at the top of a page, to be cut out and folded."""
    paper = Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))
    words = paper.words
    inside: list[Flowable] = [words.paragraph(data.title, style(20, bold=True, after=8))]
    inside += [
        words.labelled(f"{label}:", value, style(14.5, after=5)) for label, value in data.lines if value
    ]
    inside += [
        Spacer(1, 4),
        words.paragraph(data.crisis, style(14, after=5)),
        words.paragraph(data.agency_line, style(14, color=SECOND)),
    ]
    box = Table([[inside]], colWidths=[paper.width * 0.72])
    box.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 1, INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 18),
            ("RIGHTPADDING", (0, 0), (-1, -1), 18),
            ("TOPPADDING", (0, 0), (-1, -1), 14),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 14),
        ]
    )
    box.hAlign = "LEFT"
    paper.add(box)
    paper.missing_note()
    return paper.build()
