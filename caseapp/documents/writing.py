"""Room to write by hand: ruled lines, and a box that keeps what belongs together on one page."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Table
from typing_extensions import override

from caseapp.documents.colours import LINE, SECOND

_GAP = 19.0
"""Points between ruled lines: room for a hand that writes standing."""

_FOOT = 5.0
"""Points under the last line, so that it is not taken for one with the rule below it."""


class Lines(Flowable):
    """Ruled lines over the whole width."""

    def __init__(self, count: int, width: float) -> None:
        super().__init__()
        self._count, self._width = count, width

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self._width, self._count * _GAP

    def draw(self) -> None:
        self.canv.setStrokeColor(SECOND)
        self.canv.setLineWidth(0.5)
        for number in range(self._count):
            self.canv.line(0, number * _GAP + _FOOT, self._width, number * _GAP + _FOOT)


def boxed(parts: Sequence[Flowable], width: float) -> Flowable:
    """Parts in a box that is never broken over two pages."""
    box = Table([[list(parts)]], colWidths=[width])
    box.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 0.8, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return KeepTogether([box])
