"""A signature as it was drawn: lines, never a picture, so that no foreign image is ever read."""

from collections.abc import Sequence
from itertools import pairwise

from reportlab.platypus import Flowable
from typing_extensions import override

from caseapp.documents.colours import INK

Stroke = Sequence[tuple[float, float]]
"""Points of one line, each 0 to 1 from the upper left corner."""


class Strokes(Flowable):
    """Draws the lines into a box."""

    def __init__(self, strokes: Sequence[Stroke], width: float, height: float) -> None:
        super().__init__()
        self._strokes, self._width, self._height = strokes, width, height

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self._width, self._height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.1)
        for stroke in self._strokes:
            points = [(self._width * x, self._height * (1 - y)) for x, y in stroke]
            for (left, low), (right, high) in pairwise(points):
                canvas.line(left, low, right, high)
