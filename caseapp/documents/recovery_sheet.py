"""The printed recovery key: the last way in when every password is lost."""

from dataclasses import dataclass

from reportlab.platypus import Spacer

from caseapp.documents.colours import SECOND
from caseapp.documents.fill_in import Blanks
from caseapp.documents.page import Built, Paper, Running, style


@dataclass(frozen=True, slots=True)
class RecoverySheetData:
    """`key` in its printed groups; `file` is the database's name without its folder."""

    agency: str
    file: str
    key: str
    made_on: str


def build(data: RecoverySheetData) -> Built:
    """One page to print, sign and seal."""
    paper = Paper(Running(title="Recovery key", foot=f"{data.agency}, recovery key of {data.made_on}"))
    words = paper.words
    paper.add(
        words.paragraph(data.agency, style(9, color=SECOND, after=6)),
        words.paragraph("Recovery key", style(20, bold=True, after=10)),
        words.paragraph(data.key, style(15, bold=True, after=10)),
    )
    paper.grid((("Database", data.file), ("Made on", data.made_on)))
    paper.heading("What it is for")
    paper.text("It opens the database when no password is left. Whoever holds it can read everything.")
    paper.heading("How to keep it")
    paper.text(
        "Print two copies. Put each in a sealed envelope, sign across the seal, and lock them in two places. "
        "Do not photograph it, do not store it on a computer."
    )
    paper.heading("How to use it")
    paper.text(
        "At the sign-in window choose “Use the recovery key”, type the key, then choose a new password. "
        "Make a new sheet afterwards and destroy this one."
    )
    paper.add(
        Spacer(1, 24), Blanks(("Sealed by", "Date"), paper.width), Blanks(("Kept at", "Witness"), paper.width)
    )
    return paper.build()
