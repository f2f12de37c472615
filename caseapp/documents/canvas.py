"""Draws running words and page numbers, and tells a screen reader the order of what is on a page."""

from collections import Counter
from typing import Any

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
)
from typing_extensions import override

from caseapp.documents import fonts
from caseapp.documents.colours import LINE, SECOND
from caseapp.documents.tags import Tree, with_artifacts, write

MARGIN = 19 * mm
_FOOT_SIZE, _FOOT_GAP = 7.5, 12
"""Points of the foot's letters, which grow smaller where its words would reach the page numbers."""


class NumberedCanvas(Canvas):
    """Holds pages back until their number is known, then draws "Page x of y" on each."""

    def __init__(self, *args: Any, foot: str, page_words: str, counted: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.part, self.foot, self.page_words = 0, foot, page_words
        self.tree, self.page_place = Tree(), 0
        self._counted = counted
        self._held: list[dict[str, Any]] = []

    @override
    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self.page_place = len(self._held)
        self._startPage()  # type: ignore[attr-defined]

    @override
    def save(self) -> None:
        of_part = Counter(page["part"] for page in self._held)
        drawn: Counter[int] = Counter()
        for page in self._held:
            self.__dict__.update(page)
            drawn[self.part] += 1
            self._draw_foot(drawn[self.part], of_part[self.part])
            self._code: list[str] = with_artifacts(self._code)
            super().showPage()
        self._counted.append(len(self._held))
        write(self.tree, self._doc)  # type: ignore[attr-defined]
        super().save()

    def write_code(self, operator: str) -> None:
        """Put an operator of PDF into the page's stream as it stands."""
        self._code.append(operator)

    def _draw_foot(self, number: int, count: int) -> None:
        self.setStrokeColor(LINE)
        self.setLineWidth(0.6)
        self.line(MARGIN, 15 * mm, LETTER[0] - MARGIN, 15 * mm)
        self.setFillColor(SECOND)
        numbers = self.page_words.format(number=number, count=count)
        room = LETTER[0] - 2 * MARGIN - self.stringWidth(numbers, fonts.REGULAR, _FOOT_SIZE) - _FOOT_GAP
        wanted = self.stringWidth(self.foot, fonts.REGULAR, _FOOT_SIZE)
        self.setFont(fonts.REGULAR, _FOOT_SIZE * min(1, room / max(wanted, 1)))
        self.drawString(MARGIN, 11.5 * mm, self.foot)
        self.setFont(fonts.REGULAR, _FOOT_SIZE)
        self.drawRightString(LETTER[0] - MARGIN, 11.5 * mm, numbers)


class Part(Flowable):
    """Takes no room; from the page that it is drawn on, the foot and the numbers are another paper's."""

    def __init__(self, foot: str, page_words: str) -> None:
        super().__init__()
        self._foot, self._page_words = foot, page_words

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.part += 1
        canvas.foot, canvas.page_words = self._foot, self._page_words
