"""The face sheet: who somebody is, how to find them, and what stands open, on a page to take along."""

from dataclasses import dataclass

from caseapp.documents.colours import SECOND
from caseapp.documents.page import Built, Paper, Running, language_tag, style

TEMPLATE = "face sheet 1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of the sheet; `shares` of the width add up to 1, `when_empty` stands where there is no row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] | str
    shares: tuple[float, ...]
    when_empty: str


@dataclass(frozen=True, slots=True)
class FaceSheetData:
    """Everything on the sheet as text ready to read; an empty value prints `not_recorded`.

    `sections` are a title with its labels and values. `basis` says who may have the sheet, and stands above
    all else; `notice` and `consent_copy` go with substance-use items (42 CFR 2.32).
    """

    language: str
    agency: str
    title: str
    called: str
    under: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    lists: tuple[Listed, ...]
    basis: str
    notice: str
    consent_title: str
    consent_copy: tuple[tuple[str, str], ...]
    not_recorded: str
    foot: str


def build(data: FaceSheetData) -> Built:
    """The sheet, US letter."""
    paper = Paper(Running(title=data.title, foot=data.foot, language=language_tag(data.language)))
    words, missing = paper.words, data.not_recorded
    paper.add(
        words.paragraph(f"{data.agency}   {data.title}", style(8.5, color=SECOND, after=5)),
        words.paragraph(data.called, style(17, bold=True, after=3)),
        words.paragraph(data.under, style(9.5, color=SECOND, after=2)),
        words.paragraph(data.basis, style(8.5, color=SECOND, before=2)),
    )
    for title, rows in data.sections:
        paper.heading(title)
        paper.grid([(label, value.strip() or missing) for label, value in rows])
    for one in data.lists:
        paper.heading(one.title)
        if isinstance(one.rows, str):
            paper.text(one.rows)
        elif not one.rows:
            paper.text(one.when_empty)
        else:
            cells = [[cell.strip() or missing for cell in row] for row in one.rows]
            paper.table(one.header, cells, one.shares)
    if data.notice:
        paper.notice(data.notice)
    if data.consent_copy:
        paper.heading(data.consent_title)
        paper.grid(data.consent_copy)
    paper.missing_note()
    return paper.build()
