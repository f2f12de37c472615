"""What is filled in by hand on a paper: boxes to tick, and lines to write on."""

from collections.abc import Sequence

from reportlab.platypus import Flowable
from typing_extensions import override

from caseapp.documents import fonts
from caseapp.documents.tags import marked


class CheckBoxes(Flowable):
    """Boxes with words, drawn as shapes because fonts lack the signs; with a lead, a line ends them."""

    def __init__(
        self, lead: str, labels: Sequence[str], width: float, *, ticked: Sequence[bool] | None = None
    ) -> None:
        super().__init__()
        self._lead, self._labels, self._width, self._ticked = lead, labels, width, ticked

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self._width, 18

    def draw(self) -> None:
        with marked(self.canv, "P"):
            self._draw_boxes()

    def _draw_boxes(self) -> None:
        canvas, x = self.canv, 0.0
        canvas.setFont(fonts.BOLD, 9.5)
        canvas.drawString(x, 5, self._lead)
        x += canvas.stringWidth(self._lead, fonts.BOLD, 9.5) + 16 if self._lead else 0
        canvas.setFont(fonts.REGULAR, 9.5)
        for place, label in enumerate(self._labels):
            canvas.rect(x, 4, 8, 8)
            if self._ticked and self._ticked[place]:
                canvas.line(x + 1.5, 8, x + 3.5, 5.5)
                canvas.line(x + 3.5, 5.5, x + 7, 11)
            canvas.drawString(x + 12, 5, label)
            width = 12 + canvas.stringWidth(label, fonts.REGULAR, 9.5) + 14
            x += width if self._lead else self._width / len(self._labels)
        if self._lead:
            canvas.line(x, 3, self._width, 3)


class Blanks(Flowable):
    """Labels with lines to write on, sharing the width."""

    def __init__(self, labels: Sequence[str], width: float) -> None:
        super().__init__()
        self._labels, self._width = labels, width

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self._width, 24

    def draw(self) -> None:
        with marked(self.canv, "P"):
            self._draw_labels()

    def _draw_labels(self) -> None:
        canvas, each = self.canv, self._width / len(self._labels)
        canvas.setFont(fonts.REGULAR, 9.5)
        for place, label in enumerate(self._labels):
            start = place * each
            canvas.drawString(start, 5, label)
            begin = start + canvas.stringWidth(label, fonts.REGULAR, 9.5) + 8
            canvas.line(begin, 3, start + each - 12, 3)
