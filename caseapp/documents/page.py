"""The frame of every paper: margins, running head and foot with page x of y, headings, grids."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)

from caseapp.documents import fonts
from caseapp.documents.canvas import MARGIN, NumberedCanvas, Part
from caseapp.documents.colours import ACCENT, INK, LINE, SECOND
from caseapp.documents.tags import DataTable, prepare
from caseapp.documents.text import Words

_FOOT = 20 * mm
_TITLE = 15
"""Points from which bold letters are the title of the paper."""
_TAGS = {"en": "en-US", "es": "es-US"}


@dataclass(frozen=True, slots=True)
class _FrameWords:
    """What the frame itself says, in the language of the paper.

    `not_recorded` stands where nothing is known, so that an empty place is never taken for "no".
    """

    page: str
    not_recorded: str
    missing: str
    spelled: str


_FRAME_WORDS = {
    "en-US": _FrameWords(
        "Page {number} of {count}",
        "not recorded",
        "Some letters have no printed form here and stand by their number: {names}.",
        "Words in another alphabet are spelled in Latin letters here.",
    ),
    "es-US": _FrameWords(
        "Página {number} de {count}",
        "sin dato",
        "Algunas letras no se pueden imprimir aquí; en su lugar está su número: {names}.",
        "Las palabras en otro alfabeto se escriben aquí con letras latinas.",
    ),
}


def language_tag(code: str) -> str:
    """The document's language as PDF names it (BCP 47)."""
    return _TAGS.get(code, "en-US")


@dataclass(frozen=True, slots=True)
class Built:
    """A finished paper: its bytes, how many pages, and letters for which there was no glyph."""

    pdf: bytes
    pages: int
    missing_glyphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page: the document's title (no name of a person), and the foot's words."""

    title: str
    foot: str
    language: str = "en-US"


def style(
    size: float = 9.5,
    *,
    bold: bool = False,
    color: Color = INK,
    after: float = 0,
    before: float = 0,
    tag: str = "",
) -> ParagraphStyle:
    """A paragraph style of the family; `tag` is its kind, else large bold letters are a title."""
    fonts.register()
    return ParagraphStyle(
        f"s{size}{bold}{color.hexval()}{after}{before}{tag}",
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=size * 1.36,
        textColor=color,
        spaceAfter=after,
        spaceBefore=before,
        alignment=TA_LEFT,
        splitLongWords=True,
        tag=tag or ("H1" if bold and size >= _TITLE else "P"),
    )


class Paper:
    """Collects flowables from plain values and builds the PDF."""

    def __init__(self, running: Running) -> None:
        fonts.register()
        prepare()
        self._running = running
        self._says = _FRAME_WORDS[running.language]
        self._flow: list[Flowable] = []
        self.words = Words()

    @property
    def width(self) -> float:
        """Points between the margins."""
        return float(LETTER[0] - 2 * MARGIN)

    def add(self, *flowables: Flowable) -> None:
        """Put something of one's own on the page."""
        self._flow.extend(flowables)

    def heading(self, text: str) -> None:
        """A section's title under a hairline; it never stands alone at the foot of a page."""
        self.add(CondPageBreak(26 * mm), Spacer(1, 5), rule(), Spacer(1, 3))
        heading = self.words.paragraph(text, style(10, bold=True, color=ACCENT, after=2, tag="H2"))
        heading.keepWithNext = 1
        self.add(heading)

    def text(self, text: str) -> None:
        """A section's words, or that nothing is recorded."""
        self.add(self.words.paragraph(text.strip() or self._says.not_recorded, style(9.5, after=2)))

    def grid(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels and values in two columns."""
        cells = [
            [
                self.words.paragraph(label, style(9.5, color=SECOND)),
                self.words.paragraph(value.strip() or self._says.not_recorded, style(9.5)),
            ]
            for label, value in rows
        ]
        first = 112.0
        self.add(_table(cells, [first, self.width - first], pad=1.6))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table whose head repeats on each page; without rows it says so."""
        if not rows:
            self.text("")
            return
        cells: list[list[Any]] = [
            [self.words.paragraph(name, style(8.5, bold=True, color=SECOND)) for name in header]
        ]
        empty = self._says.not_recorded
        cells += [[self.words.paragraph(cell or empty, style(9.5)) for cell in row] for row in rows]
        table = _table(cells, [share * self.width for share in widths], pad=3, repeat=1)
        table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)])
        self.add(table)

    def notice(self, text: str) -> None:
        """A boxed text that must be seen."""
        body = self.words.paragraph(text, style(8.5, bold=True))
        box = Table([[body]], colWidths=[self.width])
        box.setStyle([("BOX", (0, 0), (-1, -1), 0.9, INK), ("LEFTPADDING", (0, 0), (-1, -1), 8)])
        self.add(Spacer(1, 5), box)

    def part(self, foot: str, language: str) -> None:
        """From here on another paper stands in the same file: a new page, its own foot and page numbers.

        `language` is that of the paper, as `language_tag` says it.
        """
        if self._flow:
            self.add(PageBreak())
        self.add(Part(self.words.printable(foot), _FRAME_WORDS[language].page))

    def missing_note(self) -> None:
        """Say on the paper itself which letters could not be printed, and whether words are spelled."""
        if self.words.is_spelled:
            self.add(self.words.paragraph(self._says.spelled, style(8, color=SECOND, before=6)))
        if self.words.missing:
            names = ", ".join(f"U+{ord(letter):04X}" for letter in list(self.words.missing)[:20])
            note = self._says.missing.format(names=names)
            self.add(self.words.paragraph(note, style(8, color=SECOND, before=6)))

    def build(self) -> Built:
        """The PDF; the same values give the same bytes."""
        target = io.BytesIO()
        document = BaseDocTemplate(
            target,
            pagesize=LETTER,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=14 * mm,
            bottomMargin=_FOOT,
            title=self._running.title,
            author="",
            invariant=1,
            lang=self._running.language,
        )
        frame = Frame(MARGIN, _FOOT, self.width, LETTER[1] - 14 * mm - _FOOT, 0, 0, 0, 0)
        document.addPageTemplates([PageTemplate("page", [frame])])
        foot = self.words.printable(self._running.foot)
        counted: list[int] = []

        def canvas(*args: Any, **options: Any) -> Canvas:
            return NumberedCanvas(*args, foot=foot, page_words=self._says.page, counted=counted, **options)

        document.build(self._flow, canvasmaker=canvas)
        return Built(target.getvalue(), counted[0], tuple(self.words.missing))


def rule(*, dashed: bool = False) -> HRFlowable:
    """A line across the page; dashed where one is to cut."""
    return HRFlowable(
        width="100%",
        thickness=0.9 if dashed else 0.6,
        color=INK if dashed else LINE,
        dash=(3, 3) if dashed else None,
        spaceBefore=0,
        spaceAfter=0,
    )


def _table(cells: list[list[Any]], widths: list[float], *, pad: float, repeat: int = 0) -> Table:
    table = DataTable(cells, colWidths=widths, repeatRows=repeat, splitByRow=1, splitInRow=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ]
    )
    return table
